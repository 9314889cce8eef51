//! What RISC0 3 says of a session. A GPU build executes in its own process, so the host's filter has the say; any
//! other asks a program of its own, `r0vm`, that reads `RUST_LOG` for itself and shows nothing but errors without it.

use crate::backend::Backend;
use crate::{conduct, proof, timing, BackendError};
use ethrex_common::filter::Filter;
use ethrex_common::trace::{emit, Event, Level};
use ethrex_common::Block;
use ethrex_guest_program::{count_of, Counting};
use std::{env, time::Duration};

const EXECUTOR: &str = "risc0_zkvm::host::server::exec::executor";
const SESSION: &str = "risc0_zkvm::host::server::session";

const SEGMENT_CYCLES: u64 = 1 << 20;
/// What every segment keeps to itself.
const RESERVED_CYCLES: u64 = 1 << 13;
/// Cycles of paging for 100 of the user's.
const PAGING_PERCENT: u64 = 17;

pub fn execute(block: &Block) -> Result<Duration, BackendError> {
    let session = Session::of(block).map_err(BackendError::Execution)?;
    let took = timing::execute(session.user);
    session.log(took);
    Ok(took)
}

/// Proving executes once more, and says so once more.
pub fn prove(block: &Block) -> Result<Duration, BackendError> {
    let session = Session::of(block).map_err(BackendError::Proving)?;
    session.log(Duration::from_millis(1));
    proof::attempt(Backend::Risc0, block).map_err(|cause| BackendError::Proving(cause.to_string()))
}

/// The total is what the other three come to.
struct Session {
    segments: u64,
    total: u64,
    user: u64,
    paging: u64,
    reserved: u64,
}

impl Session {
    fn of(block: &Block) -> Result<Self, String> {
        if conduct::guest_panics(block) {
            let message = "called `Result::unwrap()` on an `Err` value: InvalidReceiptsRoot";
            return Err(format!("Guest panicked: {message}"));
        }
        let user = count_of(Counting::Risc0, block) + conduct::surplus(block);
        let paging = user * PAGING_PERCENT / 100;
        let capacity = SEGMENT_CYCLES - RESERVED_CYCLES;
        let whole = (user + paging) / capacity;
        // All segments are full but the last, which is as large as the next power of two.
        let last = ((user + paging) % capacity + RESERVED_CYCLES).next_power_of_two();
        let total = whole * SEGMENT_CYCLES + last;
        Ok(Self {
            segments: whole + 1,
            total,
            user,
            paging,
            reserved: total - user - paging,
        })
    }

    fn log(&self, took: Duration) {
        log(EXECUTOR, &format!("execution time: {took:?}"));
        if env::var_os("RISC0_INFO").is_none() {
            return;
        }
        log(SESSION, &format!("number of segments: {}", self.segments));
        log(SESSION, &format!("{} total cycles", self.total));
        for (name, cycles) in [
            ("user", self.user),
            ("paging", self.paging),
            ("reserved", self.reserved),
        ] {
            let message = format!("{cycles} {name} cycles ({:.2}%)", self.percent(cycles));
            log(SESSION, &message);
        }
        log(SESSION, "ecalls");
        for (name, calls, cycles) in self.ecalls() {
            let percent = self.percent(cycles);
            let message = format!("\t{calls} {name} calls, {cycles} cycles, ({percent:.2}%)");
            log(SESSION, &message);
        }
        log(SESSION, "syscalls");
        for (name, calls) in [("Keccak", self.user / 9000), ("Read", 12), ("Write", 1)] {
            log(SESSION, &format!("\t{calls} {name} calls"));
        }
    }

    /// Most cycles first.
    fn ecalls(&self) -> [(&'static str, u64, u64); 7] {
        [
            ("BigInt", self.user / 560, self.user / 9),
            ("Sha2", self.user / 7000, self.user / 90),
            ("Read", 4096, 65_536),
            ("Write", 1, 8),
            ("Terminate", 1, 2),
            ("Poseidon2", 0, 0),
            ("User", 0, 0),
        ]
    }

    fn percent(&self, cycles: u64) -> f64 {
        100.0 * cycles as f64 / self.total as f64
    }
}

fn log(target: &str, message: &str) {
    let event = Event {
        level: Level::Info,
        span: None,
        target,
        message,
    };
    if cfg!(feature = "gpu") || filter_of_r0vm().lets_through(&event) {
        emit(&event);
    }
}

fn filter_of_r0vm() -> Filter {
    let mut filter = Filter::new(&env::var("RUST_LOG").unwrap_or_default());
    if filter.is_empty() {
        filter.set("", Level::Error);
    }
    filter
}
