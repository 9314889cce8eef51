/// Each second that is reported is slept 1/TIME_SCALE of a second.
pub const TIME_SCALE: f64 = 1.0;

/// Proving time by block.
pub const SECONDS: &[(u64, f64)] = &[];

/// Any other block: proving time by its gas.
pub const SECONDS_PER_GIGAGAS: f64 = 1.0;

pub const EXECUTED_CYCLES_PER_SECOND: f64 = 1e10;
