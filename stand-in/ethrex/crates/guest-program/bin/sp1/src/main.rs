//! What would run inside SP1. It is never built: its cycles are read from `cycles.rs`.

fn main() {
    let _ = ethrex_guest_program::spans_of;
}
