//! The program inside the zkVM, as far as a host can see it: its input, and the cycles of its spans.

mod cycles;
mod input;
mod span;

pub use input::ProgramInput;
pub use span::{spans_of, Span};
