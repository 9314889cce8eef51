//! The hosts of ethrex-replay's history that say the same in other words, each named after the commit that it begins
//! with.

/// The host that this one is.
pub const DIALECT: Dialect = Dialect::At4561304;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[allow(dead_code, reason = "one of them is spoken")]
pub enum Dialect {
    /// 2025-10-03: SP1 and RISC0, no `--proof`, no `generate-input`.
    At2693e01,
    /// 2025-11-27: all zkVMs; what failed is told as the execution's result.
    At372aa07,
    /// 2025-12-02: what failed is told as an error, and ZisK is not executed before it proves.
    At6fae6c2,
    /// 2026-03-06: runs without a zkVM go through the pipeline, as often as is asked for.
    At4561304,
}

/// Whether what began with a dialect is there.
pub fn has(since: Dialect) -> bool {
    DIALECT >= since
}
