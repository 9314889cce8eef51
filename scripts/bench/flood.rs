//! Prints 10^9 bytes in lines of 256, each with a write of its own, as a program does that flushes every line.
//! They begin like the lines with the figures, so that our reader has to take every one apart.

use std::io::{self, Write};

const LINE: usize = 256;
const LINES: usize = 1_000_000_000 / LINE;
const START: &[u8] =
    b"2026-03-02T09:00:00.000000Z  INFO prove:execute: sp1_core_executor::executor: clk = ";
/// Digits and the newline.
const END: usize = 21;

fn main() -> io::Result<()> {
    let mut stdout = io::stdout().lock();
    let mut line = [b'0'; LINE];
    line[..START.len()].copy_from_slice(START);
    for number in 0..LINES {
        writeln!(&mut line[LINE - END..], "{number:020}")?;
        stdout.write_all(&line)?;
        stdout.flush()?;
    }
    Ok(())
}
