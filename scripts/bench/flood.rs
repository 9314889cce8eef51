//! Prints 10^9 bytes in lines of 256, each with a write of its own, as a program does that flushes every line.

use std::io::{self, Write};

const LINE: usize = 256;
const LINES: usize = 1_000_000_000 / LINE;

fn main() -> io::Result<()> {
    let mut stdout = io::stdout().lock();
    for number in 0..LINES {
        let head = format!("2026-03-02T09:00:00.000000Z  INFO sp1_core_machine::utils: shard {number} ");
        let line = format!("{head:.<width$}\n", width = LINE - 1);
        stdout.write_all(line.as_bytes())?;
        stdout.flush()?;
    }
    Ok(())
}
