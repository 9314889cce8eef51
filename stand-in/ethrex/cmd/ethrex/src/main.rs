//! The node: not part of proving, so a change here cannot matter to it.

fn main() {
    println!("ethrex {}", env!("CARGO_PKG_VERSION"));
}
