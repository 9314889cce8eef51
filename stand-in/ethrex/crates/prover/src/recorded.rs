/// Each second that is reported is slept 1/TIME_SCALE of a second.
pub const TIME_SCALE: f64 = 1.0;

/// Proving time of SP1 by block.
pub const SECONDS: &[(u64, f64)] = &[];

/// Any other block: proving time by its gas.
pub const SECONDS_PER_GIGAGAS: f64 = 1.0;

/// Proving time of another zkVM by block; any other block: so many times that of SP1.
pub const RISC0_SECONDS: &[(u64, f64)] = &[];
pub const RISC0_SECONDS_FACTOR: f64 = 2.0;
pub const ZISK_SECONDS: &[(u64, f64)] = &[];
pub const ZISK_SECONDS_FACTOR: f64 = 0.5;
pub const OPENVM_SECONDS: &[(u64, f64)] = &[];
pub const OPENVM_SECONDS_FACTOR: f64 = 1.5;

/// Cycles, steps or instructions.
pub const EXECUTED_CYCLES_PER_SECOND: f64 = 1e10;
