//! Runs a block without a zkVM, as often as is asked for.

mod statistics;

use crate::cache::Cache;
use crate::cli::{Action, Options};
use crate::dialect::{has, Dialect};
use crate::report::Outcome;
use ethrex_common::trace;
use ethrex_vm::Evm;
use statistics::Statistics;
use std::time::Duration;

const TARGET: &str = "ethrex_replay::cli";

struct Run {
    preparation: Duration,
    execution: Duration,
}

/// The median of all runs.
pub fn run(cache: &Cache, options: &Options) -> Outcome {
    if options.action == Action::Prove {
        return Err("Proving not enabled without backend".to_string());
    }
    let nodes = cache.input()?.witness.nodes.len();
    let repeat = options.repeat.max(1);
    let runs: Vec<Run> = (0..repeat)
        .map(|nth| {
            if repeat > 1 {
                log(&format!("--- Run {}/{repeat} ---", nth + 1));
            }
            once(cache, nodes, nth)
        })
        .collect();
    if let [only] = runs.as_slice() {
        let call = if has(Dialect::At4561304) {
            "add_block_pipeline"
        } else {
            "add_block"
        };
        log(&format!("{call} execution time: {:.2?}", only.execution));
        return Ok(only.execution);
    }
    Ok(profile(&runs))
}

/// Each run takes a tenth of the first longer than the one before.
fn once(cache: &Cache, nodes: usize, nth: usize) -> Run {
    log("Preparing Storage for execution without zkVM");
    let preparation = Duration::from_micros(100) * nodes as u32;
    log(&format!("Storage preparation finished in {preparation:.2?}"));
    let (number, network) = (cache.block.number, cache.network.name());
    log(&format!("Executing block {number} on {network}"));
    let execution = Duration::from_nanos(Evm::new_for_l1(&cache.block).gas_used());
    Run {
        preparation,
        execution: execution * (10 + nth as u32) / 10,
    }
}

fn profile(runs: &[Run]) -> Duration {
    let preparation = Statistics::new(runs.iter().map(|run| run.preparation));
    let execution = Statistics::new(runs.iter().map(|run| run.execution));
    log(&format!("=== Profiling Results ({} runs) ===", runs.len()));
    log(&format!("Preparation:\n{preparation}"));
    log(&format!("Execution (add_block_pipeline):\n{execution}"));
    log("Individual runs:");
    for (nth, run) in runs.iter().enumerate() {
        let total = run.preparation + run.execution;
        let message = format!(
            "  #{:>2}: prep={:>8.2?} exec={:>8.2?} total={total:>8.2?}",
            nth + 1,
            run.preparation,
            run.execution
        );
        trace::info("ethrex_replay::profiling", &message);
    }
    execution.median()
}

fn log(message: &str) {
    trace::info(TARGET, message);
}
