//! Replays: loads, executes, proves, reports, in this order and each only as far as it is asked for.

use crate::cache::{self, Cache};
use crate::cli::{Action, Options, Selection, Source};
use crate::dialect::{has, Dialect};
use crate::failure::Failure;
use crate::fetcher::{self, Node};
use crate::network::Network;
use crate::report::{Outcome, Report};
use crate::{bench, native, slack};
use ethrex_common::trace;
use ethrex_prover::{conduct, execute, prove, Backend, BackendError};
use guest_program::ProgramInput;
use std::{
    any::Any,
    panic::{catch_unwind, AssertUnwindSafe},
    time::Duration,
};

pub fn blocks(selection: &Selection, options: &Options) -> Result<(), Failure> {
    let numbers = match (selection, &options.source) {
        (Selection::Listed(numbers), _) => numbers.clone(),
        (Selection::Range { from, to: Some(to) }, _) if from > to => {
            return Err(Failure::new("starting point can't be greater than ending point"));
        }
        (Selection::Range { from, to: Some(to) }, _) => (*from..=*to).collect(),
        (Selection::Range { from, to: None }, Source::Rpc(url)) => {
            (*from..=Node::connect(url)?.latest).collect()
        }
        (Selection::Range { .. }, _) => {
            let message = "Either both `from` and `to` must be specified, or neither.";
            return Err(Failure::new(message));
        }
        (Selection::Cached, Source::Cache(network)) => all_cached(&options.cache_directory, network)?,
        (Selection::Cached, _) => Vec::new(),
    };
    // Cached blocks are a list too, once their names are read.
    let are_listed = !matches!(selection, Selection::Range { .. });
    for number in numbers {
        if are_listed {
            let verb = match options.action {
                Action::Prove => "Proving",
                Action::Execute => "Executing",
            };
            trace::info("ethrex_replay::cli", &format!("{verb} block: {number}"));
        }
        block(Some(number), options)?;
    }
    Ok(())
}

fn all_cached(directory: &str, network: &Network) -> Result<Vec<u64>, Failure> {
    let name = network.name();
    let message = format!("Running all {name} blocks inside `{directory}`");
    trace::info("ethrex_replay::cli", &message);
    let numbers = cache::numbers_in(directory, network)?;
    let message = format!("Found {} cached blocks: {numbers:?}", numbers.len());
    trace::info("ethrex_replay::cli", &message);
    Ok(numbers)
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
    let (execution, proving) = if options.native {
        (Some(native::run(cache, options)), None)
    } else {
        phases(cache, backend, options)
    };
    Report {
        network: cache.network.clone(),
        block: cache.block.clone(),
        zkvm,
        resource: options.resource,
        action: options.action,
        execution,
        proving,
    }
}

fn phases(cache: &Cache, backend: Backend, options: &Options) -> (Option<Outcome>, Option<Outcome>) {
    let input = cache.input();
    let run = |phase, run: &dyn Fn(&ProgramInput) -> Result<Duration, BackendError>| {
        let input = input.as_ref().map_err(String::clone)?;
        guarded(phase, || run(input))
    };
    let proves = options.action == Action::Prove;
    // ZisK cannot begin twice in a process.
    let executes = !proves || cfg!(not(feature = "zisk")) || !has(Dialect::At6fae6c2);
    let execution = executes.then(|| run("Execution", &|input| execute(backend, input)));
    let proving = proves.then(|| run("Proving", &|input| prove(backend, input, options.proof)));
    (execution, proving)
}

fn backend(options: &Options) -> Result<(Backend, Option<&'static str>), Failure> {
    let Some(zkvm) = options.zkvm.as_deref() else {
        return Ok((Backend::Exec, None));
    };
    match zkvm {
        "sp1" if cfg!(feature = "sp1") => Ok((Backend::Sp1, Some("SP1"))),
        "risc0" if cfg!(feature = "risc0") => Ok((Backend::Risc0, Some("RISC0"))),
        "sp1" | "risc0" if !has(Dialect::At372aa07) => Err(Failure::new(format!(
            "{} feature not enabled",
            zkvm.to_uppercase()
        ))),
        "sp1" | "risc0" => Err(Failure::new(format!("{zkvm} feature not enabled"))),
        _ if !has(Dialect::At372aa07) => Err(Failure::new(
            "Only SP1 and RISC0 backends are supported currently",
        )),
        "zisk" if cfg!(feature = "zisk") => Ok((Backend::Zisk, Some("ZisK"))),
        "open-vm" if cfg!(feature = "openvm") => Ok((Backend::OpenVm, Some("OpenVM"))),
        "zisk" => Err(Failure::new("zisk feature not enabled")),
        "open-vm" => Err(Failure::new("openvm feature not enabled")),
        _ => Err(Failure::new(
            "Only SP1, Risc0, ZisK, and OpenVM backends are supported currently",
        )),
    }
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
