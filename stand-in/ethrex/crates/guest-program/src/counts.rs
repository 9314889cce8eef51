/// User cycles of RISC0 by block.
pub const RISC0_COUNTS: &[(u64, u64)] = &[];

/// Any other block: thousandths of the cycles of SP1's outermost spans.
pub const RISC0_PER_MILLE: u64 = 1250;

/// Steps of ZisK.
pub const ZISK_COUNTS: &[(u64, u64)] = &[];
pub const ZISK_PER_MILLE: u64 = 700;

/// Instructions of OpenVM.
pub const OPENVM_COUNTS: &[(u64, u64)] = &[];
pub const OPENVM_PER_MILLE: u64 = 900;
