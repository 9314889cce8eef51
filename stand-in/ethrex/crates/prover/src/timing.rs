use crate::recorded::{EXECUTED_CYCLES_PER_SECOND, SECONDS, SECONDS_PER_GIGAGAS, TIME_SCALE};
use ethrex_common::Block;
use ethrex_guest_program::spans_of;
use std::{thread::sleep, time::Duration};

pub fn proving_seconds(block: &Block) -> f64 {
    match SECONDS.iter().find(|(number, _)| *number == block.number) {
        Some((_, seconds)) => *seconds,
        None => block.gas_used as f64 / 1e9 * SECONDS_PER_GIGAGAS,
    }
}

pub fn execution_seconds(block: &Block) -> f64 {
    let cycles: u64 = spans_of(block).iter().map(|span| span.cycles).sum();
    cycles as f64 / EXECUTED_CYCLES_PER_SECOND
}

/// Sleeps the scaled time and returns the whole of it.
pub fn pass(seconds: f64) -> Duration {
    sleep(Duration::from_secs_f64(seconds / TIME_SCALE));
    Duration::from_secs_f64(seconds)
}
