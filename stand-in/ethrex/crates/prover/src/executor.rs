//! Plays the guest's spans in the words of SP1's cycle tracker.

use crate::behaviour::SP1;
use crate::conduct::{self, Sp1};
use ethrex_common::trace::{emit, Event, Level};
use ethrex_common::Block;
use ethrex_guest_program::{spans_of, Span};

const CLOCK_LINE_EVERY: u64 = 10_000_000;
/// Between the spans, before the first and after the last.
const CYCLES_OUTSIDE_SPANS: u64 = 3_412;

/// Where a guest that panics stops, and it closes nothing on its way.
pub struct Panicked;

pub struct Executor {
    /// The log span around every line: `execute`, or `prove_core` where a CPU proof runs the guest again.
    span: &'static str,
    clock: u64,
    depth: usize,
    panics: bool,
}

impl Executor {
    pub fn new(span: &'static str) -> Self {
        Self {
            span,
            clock: 0,
            depth: 0,
            panics: false,
        }
    }

    /// The total cycles.
    pub fn run(mut self, block: &Block) -> Result<u64, Panicked> {
        self.panics = conduct::guest_panics(block);
        self.log_clock(0);
        for span in &guest_spans(block) {
            self.play(span)?;
            if span.name == "read_input" {
                eprintln!("WARNING: Using insecure random number generator.");
                eprintln!(
                    "stdout: block {} with {} transactions",
                    block.number, block.transactions
                );
            }
        }
        self.advance_to(self.clock + CYCLES_OUTSIDE_SPANS);
        Ok(self.clock)
    }

    fn play(&mut self, span: &Span) -> Result<(), Panicked> {
        self.open(&span.name);
        let end = self.clock + span.cycles;
        self.depth += 1;
        if self.panics && self.depth == 2 {
            return Err(Panicked);
        }
        for child in &span.children {
            self.play(child)?;
        }
        self.depth -= 1;
        self.advance_to(end);
        self.close(&span.name, span.cycles);
        Ok(())
    }

    /// The guest's own first lines, as the threads that trace its shards repeat them.
    pub fn open_only(mut self, block: &Block) {
        for (depth, span) in guest_spans(block).iter().take(2).enumerate() {
            self.depth = depth;
            self.open(&span.name);
        }
    }

    fn open(&self, name: &str) {
        match tracker() {
            Some(target) => self.log(target, &format!("{}┌╴{name}", "│ ".repeat(self.depth))),
            None => eprintln!("stdout: cycle-tracker-report-start: {name}"),
        }
    }

    fn close(&self, name: &str, cycles: u64) {
        match tracker() {
            Some(target) => self.log(
                target,
                &format!("{}└╴{} cycles", "│ ".repeat(self.depth), grouped(cycles)),
            ),
            None => eprintln!("stdout: cycle-tracker-report-end: {name}"),
        }
    }

    fn advance_to(&mut self, clock: u64) {
        let mut next = (self.clock / CLOCK_LINE_EVERY + 1) * CLOCK_LINE_EVERY;
        while next <= clock {
            self.log_clock(next);
            next += CLOCK_LINE_EVERY;
        }
        self.clock = self.clock.max(clock);
    }

    /// Of SP1 5 alone.
    fn log_clock(&self, clock: u64) {
        if SP1 == Sp1::V5 {
            let message = format!("clk = {clock} pc = 0x21f4e4");
            self.log("sp1_core_executor::executor", &message);
        }
    }

    fn log(&self, target: &str, message: &str) {
        emit(&Event {
            level: Level::Info,
            span: Some(self.span),
            target,
            message,
        });
    }
}

/// SP1 6 knows its spans only in a build for profiling.
fn tracker() -> Option<&'static str> {
    match SP1 {
        Sp1::V5 => Some("sp1_core_executor::syscalls::write"),
        Sp1::V6 if cfg!(feature = "profiling") => Some("sp1_core_executor::minimal::write"),
        Sp1::V6 => None,
    }
}

fn guest_spans(block: &Block) -> Vec<Span> {
    let mut spans = spans_of(block);
    if let Some(span) = spans.iter_mut().find(|span| span.name == "execution") {
        span.cycles += conduct::surplus(block);
    }
    spans
}

fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at) % 3 == 0 {
            text.push(',');
        }
        text.push(digit);
    }
    text
}
