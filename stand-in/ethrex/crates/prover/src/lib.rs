//! Executes and proves a block with a zkVM, or seems to: figures are looked up, time is slept.

pub mod backend;
pub mod behaviour;
pub mod conduct;
mod cuda;
mod error;
mod executor;
mod irregular;
mod irregularities;
mod openvm;
mod proof;
mod recorded;
mod risc0;
mod signals;
mod sp1;
mod timing;
mod zisk;

pub use backend::{execute, prove, Backend, ProofType};
pub use error::BackendError;
