//! Gas. The host does not name this crate: it comes with `ethrex-vm`.

use ethrex_common::Block;

pub fn million_gas(block: &Block) -> f64 {
    block.gas_used as f64 / 1e6
}
