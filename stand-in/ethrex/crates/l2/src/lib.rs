//! Rollups: in the workspace because the host names the crate, though only behind its feature `l2`.

use ethrex_common::Block;

pub fn batch_of(block: &Block) -> u64 {
    block.number / 10
}
