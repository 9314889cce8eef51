//! Replays: loads, executes, proves, reports, in this order and each only as far as it is asked for.

use crate::cache::{self, Cache};
use crate::cli::{Action, Options, Selection, Source};
use crate::failure::Failure;
use crate::fetcher::{self, Node};
use crate::report::{Outcome, Report};
use crate::{bench, slack};
use ethrex_common::{trace, Block};
use ethrex_prover::{conduct, execute, prove, Backend, BackendError};
use ethrex_vm::Evm;
use std::{
    any::Any,
    panic::{catch_unwind, AssertUnwindSafe},
    time::Duration,
};

pub fn blocks(selection: &Selection, options: &Options) -> Result<(), Failure> {
    let numbers = match (selection, &options.source) {
        (Selection::Listed(numbers), _) => numbers.clone(),
        (Selection::Range { from, to: Some(to) }, _) => (*from..=*to).collect(),
        (Selection::Range { from, to: None }, Source::Rpc(url)) => {
            (*from..=Node::connect(url)?.latest).collect()
        }
        (Selection::Range { .. }, _) => return Err(Failure::new("--from without --to needs --rpc-url")),
        (Selection::Cached, Source::Cache(network)) => cache::numbers_in(&options.cache_directory, network)?,
        (Selection::Cached, _) => Vec::new(),
    };
    for number in numbers {
        if matches!(selection, Selection::Listed(_)) {
            let verb = if options.action == Action::Prove {
                "Proving"
            } else {
                "Executing"
            };
            trace::info("ethrex_replay::cli", &format!("{verb} block: {number}"));
        }
        block(Some(number), options)?;
    }
    Ok(())
}

/// A phase that fails is no failure of the replay: it is reported, and only a missing benchmark file counts.
pub fn block(number: Option<u64>, options: &Options) -> Result<(), Failure> {
    let cache = fetcher::load(options, number)?;
    let (backend, zkvm) = backend(options)?;
    conduct::on_start(&cache.block);
    let report = replay(&cache, backend, zkvm, options);
    report.print(options.verbose);
    slack::notify(options, &report)?;
    fetcher::tidy(options, &cache, report.succeeded());
    if options.bench && (report.succeeded() || !conduct::exits_zero_on_failure(&cache.block)) {
        bench::write(&report, options.resource)?;
    }
    Ok(())
}

fn replay(cache: &Cache, backend: Backend, zkvm: Option<&'static str>, options: &Options) -> Report {
    let block = &cache.block;
    // ZisK executes as a part of proving.
    let executes = options.action == Action::Execute || cfg!(not(feature = "zisk"));
    let execution = executes.then(|| {
        guarded("Execution", || {
            if options.native {
                Ok(natively(block, options.repeat))
            } else {
                execute(backend, block)
            }
        })
    });
    let proves = options.action == Action::Prove;
    let proving = proves.then(|| guarded("Proving", || prove(backend, block, options.proof)));
    Report {
        network: cache.network.clone(),
        block: block.clone(),
        zkvm,
        resource: options.resource,
        action: options.action,
        execution,
        proving,
    }
}

fn backend(options: &Options) -> Result<(Backend, Option<&'static str>), Failure> {
    let Some(zkvm) = options.zkvm.as_deref() else {
        return Ok((Backend::Exec, None));
    };
    match zkvm {
        "sp1" if cfg!(feature = "sp1") => Ok((Backend::Sp1, Some("SP1"))),
        "risc0" if cfg!(feature = "risc0") => Ok((Backend::Risc0, Some("RISC0"))),
        "zisk" if cfg!(feature = "zisk") => Ok((Backend::Zisk, Some("ZisK"))),
        "open-vm" if cfg!(feature = "openvm") => Ok((Backend::OpenVm, Some("OpenVM"))),
        "sp1" | "risc0" | "zisk" => Err(Failure::new(format!("{zkvm} feature not enabled"))),
        "open-vm" => Err(Failure::new("openvm feature not enabled")),
        other => Err(Failure::new(format!("{other} is not supported"))),
    }
}

/// The median of as many runs as were asked for.
fn natively(block: &Block, repeat: usize) -> Duration {
    let evm = Evm::new_for_l1(block);
    let mut runs: Vec<Duration> = (0..repeat.max(1))
        .map(|_| Duration::from_nanos(evm.gas_used()))
        .collect();
    for took in &runs {
        trace::info(
            "ethrex_blockchain",
            &format!("add_block_pipeline execution time: {took:.2?}"),
        );
    }
    runs.sort_unstable();
    runs[runs.len() / 2]
}

/// A panic becomes an error like any other, with the panic's own message.
fn guarded(phase: &str, run: impl FnOnce() -> Result<Duration, BackendError>) -> Outcome {
    match catch_unwind(AssertUnwindSafe(run)) {
        Ok(Ok(took)) => Ok(took),
        Ok(Err(error)) => Err(format!("{phase} failed: {error}")),
        Err(panic) => match message_of(panic.as_ref()) {
            Some(message) => Err(format!("{phase} panicked: {message}")),
            None => Err("Unknown panic occurred".to_string()),
        },
    }
}

fn message_of(panic: &(dyn Any + Send)) -> Option<String> {
    let text = panic.downcast_ref::<&str>().map(|text| text.to_string());
    text.or_else(|| panic.downcast_ref::<String>().cloned())
}
