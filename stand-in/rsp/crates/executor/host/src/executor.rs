use crate::{fetch, input, Error};
use sp1_sdk::log::{self, Event};
use sp1_sdk::{recorded::REVISION, Block, EnvProver, ExecutionReport, Revision};
use std::{path::PathBuf, time::Duration};

const TARGET: &str = "rsp_host_executor::full_executor";

pub struct Config {
    pub chain: u64,
    pub rpc_url: Option<String>,
    pub cache_dir: Option<PathBuf>,
    pub prove: bool,
}

/// What is done with an execution report before the proof begins.
pub type OnExecuted<'a> = &'a dyn Fn(&Block, &ExecutionReport) -> std::io::Result<()>;

/// With an endpoint the input is made where it is not there; without one it must be there.
pub fn execute(
    number: u64,
    config: &Config,
    prover: EnvProver,
    on_executed: OnExecuted,
) -> Result<(), Error> {
    let block = load(number, config)?;
    let (report, took) = prover.execute(&block);
    let hash = ("executed_block_hash", format!("0x{number:064x}"));
    succeeded("Execution successful", vec![hash], took);
    on_executed(&block, &report).map_err(Error::new)?;
    if !config.prove {
        return Ok(());
    }
    log::info(TARGET, "Starting proof generation");
    let took = prover.prove(&block).map_err(Error::new)?;
    if REVISION == Revision::C2c57180Patched {
        println!("proving time: {}", took.as_secs());
    }
    succeeded("Proof successfully generated!", vec![], took);
    Ok(())
}

/// Only newer revisions say how long it took.
fn succeeded(message: &str, mut fields: Vec<(&str, String)>, took: Duration) {
    if REVISION.has_sp1_v6() {
        fields.push(("duration", format!("{took:?}")));
    }
    let event = Event {
        target: TARGET,
        message,
        fields: &fields,
        ..Event::default()
    };
    log::info_with(&event);
}

fn load(number: u64, config: &Config) -> Result<Block, Error> {
    let cached = match &config.cache_dir {
        Some(directory) => input::load(directory, config.chain, number),
        None => Ok(None),
    };
    match &config.rpc_url {
        Some(url) => match cached {
            Ok(Some(block)) => Ok(block),
            Ok(None) => fetch(number, url, config),
            Err(error) => {
                log::warn(TARGET, &format!("Failed to load input from cache: {error:?}"));
                fetch(number, url, config)
            }
        },
        None if config.cache_dir.is_none() => {
            Err(Error::new("Either a RPC URL or a cache dir must be provided"))
        }
        None => cached?.ok_or_else(|| Error::new("No cached input found")),
    }
}

fn fetch(number: u64, url: &str, config: &Config) -> Result<Block, Error> {
    let block = fetch::block(url, config.chain, number)?;
    if let Some(directory) = &config.cache_dir {
        input::save(directory, &block)?;
    }
    Ok(block)
}
