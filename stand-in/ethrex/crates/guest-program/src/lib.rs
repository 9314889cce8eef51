//! The program inside the zkVM, as far as a host can see it: its input, and what it spends.

mod count;
mod counts;
mod cycles;
mod input;
mod span;

pub use count::{count_of, cycles_of, Counting};
pub use input::ProgramInput;
pub use span::{spans_of, Span};

/// ZisK's tools take the guest from a file, so the host brings it along and writes one.
#[cfg(feature = "zisk")]
pub const ZISK_ELF: &[u8] =
    include_bytes!("../bin/zisk/target/riscv64ima-zisk-zkvm-elf/release/ethrex-guest-zisk");
#[cfg(not(feature = "zisk"))]
pub const ZISK_ELF: &[u8] = &[];
