use ethrex_common::{Block, ExecutionWitness};

pub struct ProgramInput {
    pub block: Block,
    pub witness: ExecutionWitness,
}

impl ProgramInput {
    /// The same input gives the same bytes, whatever the machine.
    pub fn encode(&self) -> Vec<u8> {
        let mut bytes = Vec::new();
        bytes.extend(self.witness.format.to_le_bytes());
        bytes.extend(self.block.number.to_le_bytes());
        bytes.extend(self.block.gas_used.to_le_bytes());
        bytes.extend((self.block.transactions as u64).to_le_bytes());
        for node in &self.witness.nodes {
            bytes.extend((node.len() as u64).to_le_bytes());
            bytes.extend(node);
        }
        bytes
    }
}
