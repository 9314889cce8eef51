//! What would run inside ZisK. It is never built: its steps come from `counts.rs`.

fn main() {
    let _ = ethrex_guest_program::count_of;
}
