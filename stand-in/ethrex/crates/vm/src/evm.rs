use ethrex_common::Block;

/// Runs a block without a zkVM.
pub struct Evm<'a> {
    block: &'a Block,
}

impl<'a> Evm<'a> {
    pub fn new_for_l1(block: &'a Block) -> Self {
        Self { block }
    }

    pub fn gas_used(&self) -> u64 {
        self.block.gas_used
    }
}
