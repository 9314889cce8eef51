use crate::recorded::REVISION;
use std::fmt::{self, Display};

/// In their order in SP1 5.1.0; they become columns of the CSV.
pub const SYSCALLS_V5: &[&str] = &[
    "halt",
    "write",
    "enter_unconstrained",
    "exit_unconstrained",
    "sha_extend",
    "sha_compress",
    "ed_add",
    "ed_decompress",
    "keccak_permute",
    "secp256k1_add",
    "secp256k1_double",
    "secp256k1_decompress",
    "bn254_add",
    "bn254_double",
    "commit",
    "commit_deferred_proofs",
    "verify_sp1_proof",
    "bls12381_decompress",
    "hint_len",
    "hint_read",
    "uint256_mul",
    "u256xu2048_mul",
    "bls12381_add",
    "bls12381_double",
    "bls12381_fp_add",
    "bls12381_fp_sub",
    "bls12381_fp_mul",
    "bls12381_fp2_add",
    "bls12381_fp2_sub",
    "bls12381_fp2_mul",
    "bn254_fp_add",
    "bn254_fp_sub",
    "bn254_fp_mul",
    "bn254_fp2_add",
    "bn254_fp2_sub",
    "bn254_fp2_mul",
    "secp256r1_add",
    "secp256r1_double",
    "secp256r1_decompress",
];

/// Those that SP1 6.3.1 has besides.
pub const SYSCALLS_V6: &[&str] = &[
    "uint256_add_carry",
    "uint256_mul_carry",
    "mprotect",
    "poseidon2",
    "sig_return",
    "hint_mprotect_flush",
    "dump_elf",
    "insert_profiler_symbols",
    "delete_profiler_symbols",
];

/// Counts of one execution, made up from its number of instructions.
pub struct ExecutionReport {
    pub instructions: u64,
    pub syscalls: u64,
    pub gas: u64,
}

impl ExecutionReport {
    pub fn new(instructions: u64) -> Self {
        // SP1 6 prints its gas on another scale, so that it looks like that of SP1 4.
        let gas = instructions + instructions / 7;
        let gas = if REVISION.has_sp1_v6() {
            gas * 10 / 191
        } else {
            gas
        };
        Self {
            instructions,
            syscalls: instructions / 10_000 + 1,
            gas,
        }
    }

    pub fn syscall(&self, name: &str) -> u64 {
        match name {
            "halt" => 1,
            "keccak_permute" => self.syscalls - 1,
            _ => 0,
        }
    }
}

impl Display for ExecutionReport {
    fn fmt(&self, out: &mut fmt::Formatter) -> fmt::Result {
        let stores = self.instructions / 3;
        let width = (self.instructions - stores).to_string().len();
        writeln!(out, "gas: {}", self.gas)?;
        writeln!(out, "opcode counts ({} total instructions):", self.instructions)?;
        writeln!(out, "    {:>width$} add", self.instructions - stores)?;
        writeln!(out, "    {stores:>width$} sw")?;
        writeln!(
            out,
            "syscall counts ({} total syscall instructions):",
            self.syscalls
        )?;
        let width = (self.syscalls - 1).to_string().len();
        writeln!(out, "    {:>width$} keccak_permute", self.syscalls - 1)?;
        writeln!(out, "    {:>width$} halt", 1)
    }
}
