//! Executes a block in the zkVM, and proves it.

mod cli;
mod dotenv;
mod execute;

use cli::Stop;
use rsp_host_executor::{chain_id, Config, Error};
use sp1_sdk::EnvProver;
use std::process::ExitCode;

const USAGE_ERROR: u8 = 2;

fn main() -> ExitCode {
    let environment = dotenv::load();
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments = match cli::parse(&arguments) {
        Ok(arguments) => arguments,
        Err(Stop::Help(text)) => {
            print!("{text}");
            return ExitCode::SUCCESS;
        }
        Err(Stop::Usage(text)) => {
            eprint!("{text}");
            return ExitCode::from(USAGE_ERROR);
        }
    };
    match run(&arguments, &environment) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("Error: {error:?}");
            ExitCode::FAILURE
        }
    }
}

/// The chains whose rules rsp knows.
const CHAINS: &[u64] = &[1, 17_000, 59_144, 11_155_111];

fn run(arguments: &cli::Arguments, environment: &dotenv::Environment) -> Result<(), Error> {
    let (rpc_url, chain) = match (arguments.rpc_url.clone(), arguments.chain_id) {
        (Some(url), Some(chain)) => (Some(url), chain),
        (None, Some(chain)) => (environment.get(&format!("RPC_{chain}")), chain),
        (Some(url), None) => (Some(url.clone()), chain_id(&url)?),
        (None, None) => return Err(Error::new("either --rpc-url or --chain-id must be used")),
    };
    if !CHAINS.contains(&chain) {
        return Err(Error::new(format!("The chain {chain} is not supported")));
    }
    let config = Config {
        chain,
        rpc_url,
        cache_dir: arguments.cache_dir.clone(),
        prove: arguments.prove,
    };
    let prover = EnvProver::new(environment.get("SP1_PROVER").as_deref());
    rsp_host_executor::execute(arguments.block_number, &config, prover, &|block, report| {
        execute::persist(arguments, block, report)
    })
}
