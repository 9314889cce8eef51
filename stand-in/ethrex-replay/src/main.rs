//! Replays blocks of ethrex: executes them, proves them, and says how long that took.

mod arguments;
mod bench;
mod cache;
mod cli;
mod dialect;
mod failure;
mod fetcher;
mod generate;
mod http;
mod json;
mod log;
mod machine;
mod native;
mod network;
mod replay;
mod report;
mod slack;
mod usage;

use std::{env, process::ExitCode};

const USAGE_ERROR: u8 = 2;

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let command = match cli::parse(&arguments) {
        Ok(command) => command,
        Err(stop) if stop.is_error => {
            eprint!("{}", stop.text);
            return ExitCode::from(USAGE_ERROR);
        }
        Err(stop) => {
            print!("{}", stop.text);
            return ExitCode::SUCCESS;
        }
    };
    log::install();
    match cli::run(command) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            ethrex_common::trace::error("ethrex_replay", &format!("{failure:?}"));
            ExitCode::FAILURE
        }
    }
}
