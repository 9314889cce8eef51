use crate::backend::Backend;
use crate::recorded::{
    EXECUTED_CYCLES_PER_SECOND, OPENVM_SECONDS, OPENVM_SECONDS_FACTOR, RISC0_SECONDS, RISC0_SECONDS_FACTOR,
    SECONDS, SECONDS_PER_GIGAGAS, TIME_SCALE, ZISK_SECONDS, ZISK_SECONDS_FACTOR,
};
use ethrex_common::Block;
use std::{thread::sleep, time::Duration};

pub fn proving_seconds(backend: Backend, block: &Block) -> f64 {
    let (own, factor): (&[(u64, f64)], f64) = match backend {
        Backend::Exec | Backend::Sp1 => (&[], 1.0),
        Backend::Risc0 => (RISC0_SECONDS, RISC0_SECONDS_FACTOR),
        Backend::Zisk => (ZISK_SECONDS, ZISK_SECONDS_FACTOR),
        Backend::OpenVm => (OPENVM_SECONDS, OPENVM_SECONDS_FACTOR),
    };
    recorded(own, block)
        .or_else(|| recorded(SECONDS, block).map(|seconds| factor * seconds))
        .unwrap_or(factor * (block.gas_used as f64 / 1e9 * SECONDS_PER_GIGAGAS))
}

fn recorded(seconds: &[(u64, f64)], block: &Block) -> Option<f64> {
    let of_block = seconds.iter().find(|(number, _)| *number == block.number);
    of_block.map(|(_, seconds)| *seconds)
}

/// As long as an execution of so many cycles, steps or instructions takes.
pub fn execute(count: u64) -> Duration {
    pass(count as f64 / EXECUTED_CYCLES_PER_SECOND)
}

/// Sleeps the scaled time and returns the whole of it.
pub fn pass(seconds: f64) -> Duration {
    sleep(Duration::from_secs_f64(seconds / TIME_SCALE));
    Duration::from_secs_f64(seconds)
}
