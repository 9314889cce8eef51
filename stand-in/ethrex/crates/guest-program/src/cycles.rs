/// Cycles by span and block. A path names its parents, which come first and hold what is inside them.
pub const RECORDED: &[(u64, &[(&str, u64)])] = &[];

/// Any other block: cycles for each unit of its gas.
pub const PER_GAS: &[(&str, u64)] = &[
    ("read_input", 1),
    ("execution", 40),
    ("execution/ethrex_guest_program_state_initialization", 12),
    ("execution/execute_block", 18),
    ("execution/get_final_state_root", 8),
];

/// Whatever the gas.
pub const COMMIT_CYCLES: u64 = 26_791;
