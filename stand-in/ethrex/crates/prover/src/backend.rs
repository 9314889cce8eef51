use crate::{conduct, cuda, error::BackendError, openvm, risc0, sp1, timing, zisk};
use ethrex_common::{trace, Block};
use ethrex_guest_program::{cycles_of, ProgramInput};
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
pub fn execute(backend: Backend, input: &ProgramInput) -> Result<Duration, BackendError> {
    let block = &input.block;
    // SP1's server is started also where nothing is to be proved.
    if backend == Backend::Sp1 && cfg!(feature = "gpu") {
        cuda::set_up(block);
    }
    conduct::on_execution(block);
    match backend {
        Backend::Exec => Ok(natively(block)),
        Backend::Sp1 => sp1::execute(block),
        Backend::Risc0 => risc0::execute(block),
        Backend::Zisk => zisk::execute(input),
        Backend::OpenVm => openvm::execute(block),
    }
}

/// How long the proof took.
pub fn prove(backend: Backend, input: &ProgramInput, proof: ProofType) -> Result<Duration, BackendError> {
    let block = &input.block;
    conduct::on_proving(block);
    match backend {
        Backend::Exec => {
            let message = "\"exec\" prover backend generates no proof, only executes";
            trace::warn("ethrex_prover::backend::exec", message);
            Ok(natively(block))
        }
        Backend::Sp1 => sp1::prove(block, proof),
        Backend::Risc0 => risc0::prove(block),
        Backend::Zisk => zisk::prove(input),
        Backend::OpenVm => openvm::prove(block, proof),
    }
}

fn natively(block: &Block) -> Duration {
    let took = timing::execute(cycles_of(block));
    let message = format!("Successfully executed program in {took:.2?}");
    trace::info("ethrex_prover::backend::exec", &message);
    took
}
