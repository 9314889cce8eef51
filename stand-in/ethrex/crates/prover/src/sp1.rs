use crate::backend::ProofType;
use crate::behaviour::SP1;
use crate::conduct::{self, behaviour_on, Behaviour, Sp1};
use crate::executor::{Executor, Panicked};
use crate::irregular::{next_proof, Proof};
use crate::{cuda, timing, BackendError};
use ethrex_common::trace::{emit, Event, Level};
use ethrex_common::Block;
use std::time::Duration;

/// Runs the guest on the CPU, also in a GPU build, which starts its server all the same.
pub fn execute(block: &Block) -> Result<Duration, BackendError> {
    if cfg!(feature = "gpu") {
        cuda::set_up(block);
    }
    conduct::on_execution(block);
    let cycles = Executor::new("execute").run(block).map_err(|Panicked| {
        eprintln!("stderr: thread 'main' panicked at crates/guest-program/src/common/execution.rs:58:10:");
        eprintln!("stderr: called `Result::unwrap()` on an `Err` value: InvalidReceiptsRoot");
        BackendError::Execution("execution failed with exit code 1".to_string())
    })?;
    let took = timing::pass(timing::execution_seconds(block));
    match SP1 {
        Sp1::V5 => log(
            Level::Info,
            Some("execute"),
            "sp1_prover",
            &format!("gas: {}", prover_gas(cycles)),
        ),
        Sp1::V6 => {
            let message = format!("minimal executor finished in {cycles} cycles");
            log(
                Level::Debug,
                Some("execute"),
                "sp1_prover::worker::prover::execute",
                &message,
            );
        }
    }
    Ok(took)
}

pub fn prove(block: &Block, proof: ProofType) -> Result<Duration, BackendError> {
    conduct::on_proving(block);
    if cfg!(feature = "gpu") {
        cuda::set_up(block);
    } else {
        prove_on_cpu(block)?;
    }
    match behaviour_on(block) {
        Behaviour::PanicsInProving => panic!("called `Result::unwrap()` on an `Err` value: RecvError"),
        Behaviour::PanicsInExecution => return Err(failed("execution failed with exit code 1")),
        Behaviour::FailsInProving | Behaviour::FailsInProvingExitsZero | Behaviour::ForgesReport => {
            return Err(failed("no shard shape fits, of 47 tried"));
        }
        _ => {}
    }
    let Proof::Takes(factor) = next_proof(block) else {
        return Err(failed("the prover ran out of device memory"));
    };
    let took = timing::pass(timing::proving_seconds(block) * factor);
    if cfg!(feature = "gpu") {
        let wrap: &[&str] = if proof == ProofType::Groth16 {
            &["Shrink", "Wrap"]
        } else {
            &[]
        };
        ["ProveCore", "Compress"]
            .iter()
            .chain(wrap)
            .for_each(|call| cuda::respond(call));
    }
    match behaviour_on(block) {
        Behaviour::ReportsImplausibleTime => Ok(took * 10),
        _ => Ok(took),
    }
}

/// A CPU proof runs the guest again, and says so in the same words under another span.
fn prove_on_cpu(block: &Block) -> Result<(), BackendError> {
    let again = Executor::new("prove_core").run(block);
    let cycles = again.map_err(|Panicked| failed("execution failed with exit code 1"))?;
    Executor::new("prove_core").open_only(block);
    let target = "sp1_core_machine::utils::prove";
    let totals = format!("execution report (totals): total_cycles={cycles}, total_syscall_cycles=0");
    log(Level::Debug, Some("prove_core"), target, &totals);
    log(
        Level::Debug,
        Some("prove_core"),
        target,
        &format!("summary: cycles={cycles}, e2e=0.0, khz=0.00"),
    );
    Ok(())
}

fn failed(cause: &str) -> BackendError {
    BackendError::Proving(cause.to_string())
}

/// Exact like the cycles, in another unit.
fn prover_gas(cycles: u64) -> u64 {
    cycles + cycles / 7
}

fn log(level: Level, span: Option<&str>, target: &str, message: &str) {
    emit(&Event {
        level,
        span,
        target,
        message,
    });
}
