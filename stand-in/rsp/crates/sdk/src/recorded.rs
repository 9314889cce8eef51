use crate::{Fault, Revision};

/// Which rsp is imitated.
pub const REVISION: Revision = Revision::D1d8123;

/// Each second that is reported is slept 1/TIME_SCALE of a second.
pub const TIME_SCALE: f64 = 1.0;

/// Proving time by block.
pub const SECONDS: &[(u64, f64)] = &[];

/// Any other block: proving time by its gas.
pub const SECONDS_PER_GIGAGAS: f64 = 100.0;

/// Instructions by block.
pub const CYCLES: &[(u64, u64)] = &[];

/// Any other block: instructions for each unit of its gas.
pub const CYCLES_PER_GAS: u64 = 16;

pub const EXECUTED_CYCLES_PER_SECOND: f64 = 1e9;

/// What goes wrong, by block.
pub const FAULTS: &[(u64, Fault)] = &[];
