use super::{formatted, Outcome, Report};
use crate::cli::{Action, Resource};
use crate::machine;
use std::fmt;

/// All of a report, a line an item. Unlike the log line it keeps the time of a phase beside the other's error.
pub struct Full<'a>(pub &'a Report);

impl fmt::Display for Full<'_> {
    fn fmt(&self, out: &mut fmt::Formatter) -> fmt::Result {
        let report = self.0;
        let verb = if report.action == Action::Prove {
            "Prove"
        } else {
            "Execute"
        };
        let start = if report.succeeded() {
            "✅ Succeeded to"
        } else {
            "⚠️ Failed to"
        };
        let with = report
            .zkvm
            .map(|zkvm| format!(" with {zkvm}"))
            .unwrap_or_default();
        let on = if report.resource == Resource::Gpu {
            "GPU"
        } else {
            "CPU"
        };
        writeln!(out, "{start} {verb} Block{with} on {on}")?;
        writeln!(out, "Network: {}", report.network.name())?;
        writeln!(out, "Block: {}", report.block.number)?;
        writeln!(out, "Gas: {}", report.block.gas_used)?;
        writeln!(out, "#Txs: {}", report.block.transactions)?;
        outcomes(report, out)?;
        writeln!(out, "GPU: {}", machine::gpu())?;
        writeln!(out, "CPU: {}", machine::cpu())?;
        writeln!(out, "RAM: {}", machine::ram())?;
        let (branch, commit) = machine::revision();
        writeln!(out, "Branch & Commit: {branch} ({commit})")?;
        for (phase, outcome) in [("Execution", &report.execution), ("Proving", &report.proving)] {
            if let Some(Ok(took)) = outcome {
                writeln!(out, "{phase} Time: {}", formatted(*took))?;
            }
        }
        report
            .urls()
            .iter()
            .try_for_each(|(site, url)| writeln!(out, "{site}: {url}"))
    }
}

fn outcomes(report: &Report, out: &mut fmt::Formatter) -> fmt::Result {
    if report.proving.is_some() {
        let result = result_of(report.execution.as_ref());
        writeln!(out, "Execution Result: {result}")?;
    } else if let Some(Err(error)) = &report.execution {
        writeln!(out, "Execution Error: {error}")?;
    }
    match &report.proving {
        Some(Err(error)) => writeln!(out, "Proving Error: {error}"),
        _ => Ok(()),
    }
}

/// The execution beside a proof, in words.
pub fn result_of(execution: Option<&Outcome>) -> String {
    match execution {
        Some(Ok(_)) => "Succeeded".to_string(),
        Some(Err(error)) => format!("⚠️ Failed with {error}"),
        None => "Not executed".to_string(),
    }
}
