//! What came of a block, in a log line or in full.

mod duration;
mod full;

use crate::cli::{Action, Resource};
use crate::dialect::{has, Dialect};
use crate::network::Network;
use duration::formatted;
use ethrex_common::trace::{self, Event, Level};
use ethrex_common::Block;
use std::{fmt, time::Duration};

pub type Outcome = Result<Duration, String>;

pub struct Report {
    pub network: Network,
    pub block: Block,
    /// As it is written, not as it is typed; none where the block ran natively.
    pub zkvm: Option<&'static str>,
    pub resource: Resource,
    pub action: Action,
    /// Nothing where a phase did not take place.
    pub execution: Option<Outcome>,
    pub proving: Option<Outcome>,
}

impl Report {
    pub fn succeeded(&self) -> bool {
        [&self.execution, &self.proving]
            .into_iter()
            .flatten()
            .all(Result::is_ok)
    }

    /// The proving time, or the execution time where nothing was to be proved.
    pub fn measured(&self) -> Option<Duration> {
        if !self.succeeded() {
            return None;
        }
        let measured = self.proving.as_ref().or(self.execution.as_ref())?;
        measured.as_ref().ok().copied()
    }

    pub fn error(&self) -> String {
        let failures = [&self.execution, &self.proving]
            .into_iter()
            .flatten()
            .filter_map(|outcome| outcome.as_ref().err());
        failures.cloned().collect::<Vec<_>>().join(", ")
    }

    pub fn print(&self, verbose: bool) {
        if verbose {
            println!("{}", full::Full(self));
            return;
        }
        let level = if self.succeeded() {
            Level::Info
        } else {
            Level::Error
        };
        let message = self.to_string();
        trace::emit(&Event {
            level,
            span: None,
            target: "ethrex_replay::report",
            message: &message,
        });
    }

    fn urls(&self) -> Vec<(&'static str, String)> {
        let number = self.block.number;
        let mut urls = match &self.network {
            Network::Mainnet => vec![("Etherscan", format!("https://etherscan.io/block/{number}"))],
            Network::Genesis(_) => vec![],
            other => vec![(
                "Etherscan",
                format!("https://{}.etherscan.io/block/{number}", other.name()),
            )],
        };
        if self.network == Network::Mainnet && number % 100 == 0 {
            urls.push(("EthProofs", format!("https://ethproofs.org/blocks/{number}")));
        }
        urls
    }
}

/// The log line.
impl fmt::Display for Report {
    fn fmt(&self, out: &mut fmt::Formatter) -> fmt::Result {
        let Block {
            number,
            gas_used,
            transactions,
        } = self.block;
        write!(
            out,
            "[{}] Block: {number}, Gas: {gas_used}, #Txs: {transactions}",
            self.network.name()
        )?;
        if self.succeeded() {
            self.times(out)?;
        } else {
            self.errors(out)?;
        }
        self.urls()
            .iter()
            .try_for_each(|(_, url)| write!(out, " | {url}"))
    }
}

/// One phase that failed hides the time of the other.
impl Report {
    fn times(&self, out: &mut fmt::Formatter) -> fmt::Result {
        for (phase, outcome) in [("Execution", &self.execution), ("Proving", &self.proving)] {
            if let Some(Ok(took)) = outcome {
                write!(out, ", {phase} Time: {}", formatted(*took))?;
            }
        }
        Ok(())
    }

    fn errors(&self, out: &mut fmt::Formatter) -> fmt::Result {
        if !has(Dialect::At6fae6c2) {
            write!(
                out,
                ", Execution Result: {}",
                full::result_of(self.execution.as_ref())
            )?;
        } else if let Some(Err(error)) = &self.execution {
            write!(out, ", Execution Error: {error}")?;
        }
        match &self.proving {
            Some(Err(error)) => write!(out, ", Proving Error: {error}"),
            _ => Ok(()),
        }
    }
}
