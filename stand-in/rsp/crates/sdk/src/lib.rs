//! What stands in for SP1: a clock, an execution report, and a prover that sleeps. `recorded.rs` says how long.

pub mod log;
pub mod recorded;
mod report;

use log::Event;
use recorded::{
    CYCLES, CYCLES_PER_GAS, EXECUTED_CYCLES_PER_SECOND, FAULTS, REVISION, SECONDS, SECONDS_PER_GIGAGAS,
    TIME_SCALE,
};
pub use report::{ExecutionReport, SYSCALLS_V5, SYSCALLS_V6};
use std::{thread::sleep, time::Duration};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Revision {
    /// 2c57180: SP1 5.1.0, prints no time.
    C2c57180,
    /// The same with the patch of ethrex's documents.
    C2c57180Patched,
    /// d1d8123: SP1 6.3.1.
    D1d8123,
}

impl Revision {
    pub fn has_sp1_v6(self) -> bool {
        self == Self::D1d8123
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The host counts other gas than the header when it fetches the block.
    GasMismatch,
    ProvingFails,
    Panics,
    Hangs,
}

pub fn fault_of(block: u64) -> Option<Fault> {
    FAULTS
        .iter()
        .find(|(number, _)| *number == block)
        .map(|(_, fault)| *fault)
}

/// A block, as far as it is known here.
#[derive(Clone, Copy, Debug)]
pub struct Block {
    pub chain: u64,
    pub number: u64,
    pub gas_used: u64,
    pub transactions: u64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EnvProver {
    Cpu,
    Cuda,
}

impl EnvProver {
    /// By the value of SP1_PROVER.
    pub fn new(name: Option<&str>) -> Self {
        match name {
            Some("cpu") => Self::Cpu,
            Some("cuda") if REVISION.has_sp1_v6() && cfg!(not(feature = "cuda")) => {
                panic!("The CUDA prover requires the `cuda` feature to be enabled")
            }
            Some("cuda") => Self::Cuda,
            Some(other) => panic!(
                "Invalid SP1_PROVER value. Expected one of: mock, cpu, cuda, or network. Got: '{other}'."
            ),
            None => {
                if !REVISION.has_sp1_v6() {
                    log::warn(
                        "sp1_sdk::env",
                        "SP1_PROVER environment variable not set, defaulting to 'cpu'",
                    );
                }
                Self::Cpu
            }
        }
    }

    pub fn execute(self, block: &Block) -> (ExecutionReport, Duration) {
        let cycles = cycles_of(block);
        if REVISION.has_sp1_v6() {
            eprintln!("stdout: cycle-tracker-report-start: deserialize inputs");
            eprintln!("stdout: cycle-tracker-report-end: deserialize inputs");
        } else {
            eprintln!("WARNING: Using insecure random number generator.");
            let spans = format!("execute_client{{number={}}}:execute:", block.number);
            tracked(&spans, "┌╴deserialize inputs");
            tracked(&spans, &format!("└╴{} cycles", grouped(cycles / 20)));
        }
        let took = pass(cycles as f64 / EXECUTED_CYCLES_PER_SECOND);
        (ExecutionReport::new(cycles), took)
    }

    pub fn prove(self, block: &Block) -> Result<Duration, String> {
        if self == Self::Cuda && !REVISION.has_sp1_v6() {
            log::info("sp1_cuda", "waiting for proving server to be ready");
            log::info("sp1_cuda", "proving server is ready");
        }
        match fault_of(block.number) {
            Some(Fault::ProvingFails) => return Err("the prover ran out of device memory".to_string()),
            Some(Fault::Panics) => panic!("called `Result::unwrap()` on an `Err` value: RecvError"),
            Some(Fault::Hangs) => sleep(Duration::from_secs(3600)),
            _ => {}
        }
        Ok(pass(proving_seconds(block)))
    }
}

fn tracked(spans: &str, message: &str) {
    let target = "sp1_core_executor::syscalls::write";
    let rest = Event::default();
    log::info_with(&Event {
        target,
        message,
        spans,
        ..rest
    });
}

fn cycles_of(block: &Block) -> u64 {
    let own = CYCLES.iter().find(|(number, _)| *number == block.number);
    own.map_or(block.gas_used * CYCLES_PER_GAS, |(_, cycles)| *cycles)
}

fn proving_seconds(block: &Block) -> f64 {
    let own = SECONDS.iter().find(|(number, _)| *number == block.number);
    own.map_or(
        block.gas_used as f64 / 1e9 * SECONDS_PER_GIGAGAS,
        |(_, seconds)| *seconds,
    )
}

/// Sleeps the scaled time and returns the whole of it.
fn pass(seconds: f64) -> Duration {
    sleep(Duration::from_secs_f64(seconds / TIME_SCALE));
    Duration::from_secs_f64(seconds)
}

fn grouped(count: u64) -> String {
    let digits = count.to_string();
    let first = digits.len() % 3;
    let mut groups = vec![&digits[..first]];
    groups.extend(
        digits.as_bytes()[first..]
            .chunks(3)
            .map(|group| std::str::from_utf8(group).unwrap()),
    );
    groups.retain(|group| !group.is_empty());
    groups.join(",")
}
