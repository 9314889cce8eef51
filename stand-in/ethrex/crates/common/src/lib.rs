//! What every crate of the workspace speaks of: blocks, witnesses, log events.

pub mod filter;
pub mod trace;

/// The little that is known of a block.
#[derive(Clone, Debug)]
pub struct Block {
    pub number: u64,
    pub gas_used: u64,
    pub transactions: usize,
}

/// The state that a block needs, in the order in which the guest reads it.
pub struct ExecutionWitness {
    pub format: u32,
    pub nodes: Vec<Vec<u8>>,
}
