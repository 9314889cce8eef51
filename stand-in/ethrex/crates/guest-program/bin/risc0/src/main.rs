//! What would run inside RISC0. It is never built: its cycles come from `counts.rs`.

fn main() {
    let _ = ethrex_guest_program::count_of;
}
