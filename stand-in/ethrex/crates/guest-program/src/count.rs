use crate::counts::{
    OPENVM_COUNTS, OPENVM_PER_MILLE, RISC0_COUNTS, RISC0_PER_MILLE, ZISK_COUNTS, ZISK_PER_MILLE,
};
use crate::spans_of;
use ethrex_common::Block;

/// A zkVM that knows no spans, only how much it did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Counting {
    Risc0,
    Zisk,
    OpenVm,
}

/// What the guest spends on a block: user cycles of RISC0, steps of ZisK, instructions of OpenVM.
pub fn count_of(zkvm: Counting, block: &Block) -> u64 {
    let (counts, per_mille) = match zkvm {
        Counting::Risc0 => (RISC0_COUNTS, RISC0_PER_MILLE),
        Counting::Zisk => (ZISK_COUNTS, ZISK_PER_MILLE),
        Counting::OpenVm => (OPENVM_COUNTS, OPENVM_PER_MILLE),
    };
    match counts.iter().find(|(number, _)| *number == block.number) {
        Some((_, count)) => *count,
        None => cycles_of(block) * per_mille / 1000,
    }
}

/// SP1's cycles, as far as spans hold them.
pub fn cycles_of(block: &Block) -> u64 {
    spans_of(block).iter().map(|span| span.cycles).sum()
}
