use crate::{conduct, error::BackendError, sp1, timing};
use ethrex_common::{trace, Block};
use std::time::Duration;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Backend {
    /// Without a zkVM.
    Exec,
    Sp1,
    Risc0,
    Zisk,
    OpenVm,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProofType {
    Compressed,
    Groth16,
}

/// How long the execution took.
pub fn execute(backend: Backend, block: &Block) -> Result<Duration, BackendError> {
    match backend {
        Backend::Exec => {
            conduct::on_execution(block);
            let took = timing::pass(timing::execution_seconds(block));
            let message = format!("Successfully executed program in {took:.2?}");
            trace::info("ethrex_prover::backend::exec", &message);
            Ok(took)
        }
        Backend::Sp1 => sp1::execute(block),
        other => Err(only_sp1(other)),
    }
}

/// How long the proof took.
pub fn prove(backend: Backend, block: &Block, proof: ProofType) -> Result<Duration, BackendError> {
    match backend {
        Backend::Sp1 => sp1::prove(block, proof),
        Backend::Exec => Err(BackendError::NotImplemented(
            "the exec backend does not prove".to_string(),
        )),
        other => Err(only_sp1(other)),
    }
}

fn only_sp1(backend: Backend) -> BackendError {
    BackendError::NotImplemented(format!("{backend:?} has no stand-in"))
}
