//! From what a node answers to what the guest reads.

mod input_format;

use ethrex_common::ExecutionWitness;
pub use input_format::INPUT_FORMAT;

/// The answer to `debug_executionWitness`, decoded.
pub struct RpcExecutionWitness {
    pub state: Vec<Vec<u8>>,
    pub keys: Vec<Vec<u8>>,
    pub codes: Vec<Vec<u8>>,
    pub headers: Vec<Vec<u8>>,
}

pub fn execution_witness_from_rpc(answer: RpcExecutionWitness) -> ExecutionWitness {
    let nodes = [answer.headers, answer.state, answer.codes, answer.keys].concat();
    ExecutionWitness {
        format: INPUT_FORMAT,
        nodes,
    }
}
