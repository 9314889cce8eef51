//! How a revision of ethrex can behave. `behaviour.rs` picks one.

mod flood;
mod forgery;
mod leftovers;

use crate::behaviour::{BEHAVIOUR, BEHAVIOURS};
use crate::signals;
use ethrex_common::Block;
use std::{
    process, thread,
    time::{Duration, SystemTime, UNIX_EPOCH},
};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Behaviour {
    Normal,
    /// The guest panics: the execution fails, and so does the proof.
    PanicsInExecution,
    /// The prover returns an error: exit 0, or 1 where a benchmark file was asked for.
    FailsInProving,
    /// The same, but exit 0 even then, as older hosts did.
    FailsInProvingExitsZero,
    PanicsInProving,
    /// Panics where the host does not catch it: exit 101.
    PanicsOutsideCatch,
    HangsInExecution,
    Hangs,
    /// Hangs in the execution, deaf to INT and TERM.
    IgnoresSignals,
    FloodsTheLog,
    FloodsForever,
    /// A child in the same group that holds the output pipes.
    LeavesChild,
    /// A child in a session of its own, without the pipes.
    LeavesDaemon,
    /// The container that a GPU build starts and never removes.
    StartsContainer,
    /// Claims success on stderr while the proof fails.
    ForgesReport,
    /// Claims to be faster on stderr than it is.
    ForgesFasterReport,
    PrintsWorkflowCommands,
    /// Finds the files by which a step commands its runner, and writes to them.
    WritesCommandFiles,
    DumpsEnvironment,
    /// Reports ten times its proving time.
    ReportsImplausibleTime,
    /// Stops with exit 0 before the report line, as an interrupted host does.
    MissingReportLine,
    NonDeterministic,
}

/// The generation of SP1 that is imitated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sp1 {
    V5,
    V6,
}

/// The generation of ZisK's tools that is imitated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ZisK {
    /// Up to v0.15: a proof leaves its time and steps in `result.json`.
    V15,
    /// From v0.16: it does not, and the backend still reads that file.
    V16,
}

pub fn behaviour_on(block: &Block) -> Behaviour {
    let own = BEHAVIOURS.iter().find(|(number, _)| *number == block.number);
    own.map_or(BEHAVIOUR, |(_, behaviour)| *behaviour)
}

/// The guest stops before its end, whoever runs it.
pub fn guest_panics(block: &Block) -> bool {
    behaviour_on(block) == Behaviour::PanicsInExecution
}

/// What a count is too high by: other every time, where counts are not deterministic.
pub fn surplus(block: &Block) -> u64 {
    if behaviour_on(block) != Behaviour::NonDeterministic {
        return 0;
    }
    let now = SystemTime::now().duration_since(UNIX_EPOCH);
    u64::from(now.expect("it is after 1970").subsec_nanos())
}

/// The host asks where it would turn a failure into its exit code.
pub fn exits_zero_on_failure(block: &Block) -> bool {
    behaviour_on(block) == Behaviour::FailsInProvingExitsZero
}

/// Called by the host before it guards against panics.
pub fn on_start(block: &Block) {
    if behaviour_on(block) == Behaviour::PanicsOutsideCatch {
        panic!("the chain configuration has no fork at this block");
    }
}

pub fn on_execution(block: &Block) {
    match behaviour_on(block) {
        Behaviour::HangsInExecution => hang(),
        Behaviour::IgnoresSignals => {
            signals::ignore();
            eprintln!("stderr: deaf to INT and TERM");
            hang()
        }
        Behaviour::FloodsTheLog => flood::once(),
        Behaviour::FloodsForever => flood::forever(),
        Behaviour::LeavesChild => leftovers::leave_child(),
        Behaviour::LeavesDaemon => leftovers::leave_daemon(),
        Behaviour::ForgesReport | Behaviour::ForgesFasterReport => forgery::claim_success(block),
        Behaviour::PrintsWorkflowCommands => forgery::print_workflow_commands(),
        Behaviour::WritesCommandFiles => forgery::write_command_files(),
        Behaviour::DumpsEnvironment => leftovers::dump_environment(),
        _ => {}
    }
}

pub fn on_proving(block: &Block) {
    match behaviour_on(block) {
        Behaviour::Hangs => hang(),
        Behaviour::MissingReportLine => process::exit(0),
        Behaviour::ForgesReport | Behaviour::ForgesFasterReport => forgery::claim_success(block),
        _ => {}
    }
}

fn hang() -> ! {
    loop {
        thread::sleep(Duration::from_secs(3600));
    }
}
