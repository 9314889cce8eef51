//! What OpenVM says: nothing of an execution, and of a proof how many instructions each of its segments holds.

use crate::backend::{Backend, ProofType};
use crate::{conduct, proof, timing, BackendError};
use ethrex_common::trace::{emit, Event, Level};
use ethrex_common::Block;
use ethrex_guest_program::{count_of, Counting};
use std::time::Duration;

const SEGMENT_INSTRUCTIONS: u64 = 1 << 22;
const AIR: &str = "VmAirWrapper<Rv32BaseAluAdapterAir, BaseAluCoreAir<4, 8>";
const GUEST_PANICKED: &str = "VM error: execution error: program exit code 1";

pub fn execute(block: &Block) -> Result<Duration, BackendError> {
    if conduct::guest_panics(block) {
        return Err(BackendError::Execution(GUEST_PANICKED.to_string()));
    }
    Ok(timing::execute(count_of(Counting::OpenVm, block)))
}

pub fn prove(block: &Block, proof_type: ProofType) -> Result<Duration, BackendError> {
    if proof_type == ProofType::Groth16 {
        let what = "Groth16 is not supported for OpenVM backend";
        return Err(BackendError::NotImplemented(what.to_string()));
    }
    let segments = log_segments(count_of(Counting::OpenVm, block) + conduct::surplus(block));
    // Only after the last segment is it asked how the guest ended.
    if conduct::guest_panics(block) {
        return Err(BackendError::Proving(GUEST_PANICKED.to_string()));
    }
    let proved = proof::attempt(Backend::OpenVm, block);
    let took = proved.map_err(|cause| BackendError::Proving(cause.to_string()))?;
    let message = format!("num_leaf_proofs={segments}");
    log("agg_layer{group=\"leaf\"}", "openvm_sdk::prover::agg", &message);
    Ok(took)
}

/// How many there are.
fn log_segments(instructions: u64) -> u64 {
    let count = instructions.div_ceil(SEGMENT_INSTRUCTIONS).max(1);
    for segment in 0..count {
        let start = segment * SEGMENT_INSTRUCTIONS;
        let held = SEGMENT_INSTRUCTIONS.min(instructions - start);
        let end = if segment + 1 == count { " [TERMINATED]" } else { "" };
        let message = format!(
            "Segment {segment:3} | instret {start:10} | {held:8} instructions | {:10} cells | \
             {:10} interactions | {:8} max height ({AIR}){end}",
            held * 147,
            held * 61,
            held.next_power_of_two(),
        );
        log(
            "app_prove{group=\"app_proof\"}:execute_metered",
            "openvm_circuit::arch::execution_mode::metered::segment_ctx",
            &message,
        );
    }
    count
}

fn log(span: &str, target: &str, message: &str) {
    emit(&Event {
        level: Level::Info,
        span: Some(span),
        target,
        message,
    });
}
