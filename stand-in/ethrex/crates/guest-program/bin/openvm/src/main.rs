//! What would run inside OpenVM. It is never built: its instructions come from `counts.rs`.

fn main() {
    let _ = ethrex_guest_program::count_of;
}
