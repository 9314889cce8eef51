mod evm;

pub use ethrex_levm::million_gas;
pub use evm::*;
