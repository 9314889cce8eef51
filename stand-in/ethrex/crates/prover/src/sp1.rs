use crate::backend::{Backend, ProofType};
use crate::behaviour::SP1;
use crate::conduct::{self, Sp1};
use crate::executor::{Executor, Panicked};
use crate::{cuda, proof, timing, BackendError};
use ethrex_common::trace::{emit, Event, Level};
use ethrex_common::Block;
use ethrex_guest_program::cycles_of;
use std::time::Duration;

/// Runs the guest on the CPU, also in a GPU build.
pub fn execute(block: &Block) -> Result<Duration, BackendError> {
    let cycles = Executor::new("execute").run(block).map_err(|Panicked| {
        eprintln!("stderr: thread 'main' panicked at crates/guest-program/src/common/execution.rs:58:10:");
        eprintln!("stderr: called `Result::unwrap()` on an `Err` value: InvalidReceiptsRoot");
        BackendError::Execution("execution failed with exit code 1".to_string())
    })?;
    let took = timing::execute(cycles_of(block));
    match SP1 {
        Sp1::V5 => {
            let message = format!("gas: {}", prover_gas(cycles));
            log(Level::Info, "execute", "sp1_prover", &message);
        }
        Sp1::V6 => {
            let target = "sp1_prover::worker::prover::execute";
            let message = format!("minimal executor finished in {cycles} cycles");
            log(Level::Debug, "execute", target, &message);
            let public_values = block.number.to_le_bytes();
            let message = format!("public_value_stream: {public_values:?}");
            log(Level::Info, "execute", target, &message);
        }
    }
    Ok(took)
}

pub fn prove(block: &Block, proof_type: ProofType) -> Result<Duration, BackendError> {
    if cfg!(feature = "gpu") {
        cuda::set_up(block);
    } else {
        prove_on_cpu(block)?;
    }
    if conduct::guest_panics(block) {
        return Err(failed("execution failed with exit code 1"));
    }
    let took = proof::attempt(Backend::Sp1, block).map_err(failed)?;
    if cfg!(feature = "gpu") {
        let wrap: &[&str] = match proof_type {
            ProofType::Groth16 => &["Shrink", "Wrap"],
            ProofType::Compressed => &[],
        };
        ["ProveCore", "Compress"]
            .iter()
            .chain(wrap)
            .for_each(|call| cuda::respond(call));
    }
    Ok(took)
}

/// A CPU proof runs the guest again, and says so in the same words under another span.
fn prove_on_cpu(block: &Block) -> Result<(), BackendError> {
    let again = Executor::new("prove_core").run(block);
    let cycles = again.map_err(|Panicked| failed("execution failed with exit code 1"))?;
    if SP1 == Sp1::V6 {
        return Ok(());
    }
    Executor::new("prove_core").open_only(block);
    let target = "sp1_core_machine::utils::prove";
    let totals = format!("execution report (totals): total_cycles={cycles}, total_syscall_cycles=0");
    log(Level::Debug, "prove_core", target, &totals);
    let summary = format!("summary: cycles={cycles}, e2e=0.0, khz=0.00");
    log(Level::Debug, "prove_core", target, &summary);
    Ok(())
}

fn failed(cause: &str) -> BackendError {
    BackendError::Proving(cause.to_string())
}

/// Exact like the cycles, in another unit.
fn prover_gas(cycles: u64) -> u64 {
    cycles + cycles / 7
}

fn log(level: Level, span: &str, target: &str, message: &str) {
    emit(&Event {
        level,
        span: Some(span),
        target,
        message,
    });
}
