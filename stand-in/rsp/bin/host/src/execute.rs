//! What is left of an execution: a report on stdout, a row in a CSV that only grows.

use crate::cli::Arguments;
use sp1_sdk::{recorded::REVISION, Block, ExecutionReport, SYSCALLS_V5, SYSCALLS_V6};
use std::{
    fs::OpenOptions,
    io::{self, Write},
};

const BLOCK: &[&str] = &["chain_id", "block_number", "gas_used", "tx_count"];
const CYCLES: &[&str] = &[
    "total_cycles_count",
    "deserialize_inputs_cycles_count",
    "initialize_witness_db_cycles_count",
    "recover_senders_cycles_count",
    "block_execution_cycles_count",
    "block_validation_cycles_count",
    "state_root_computation_cycles_count",
    "syscalls_count",
    "prover_gas",
];
const PRECOMPILES: &[&str] = &[
    "ecrecover",
    "sha256",
    "ripemd160",
    "identity",
    "modexp",
    "bn-add",
    "bn-mul",
    "bn-pair",
    "blake2f",
    "kzg-point-evaluation",
];
/// The first few of the EVM's.
const OPCODES: &[&str] = &["stop", "add", "mul", "sub", "div", "sdiv", "mod"];

pub fn persist(arguments: &Arguments, block: &Block, report: &ExecutionReport) -> io::Result<()> {
    println!("\nExecution report:\n{report}");
    let mut file = OpenOptions::new()
        .append(true)
        .create(true)
        .open(&arguments.report_path)?;
    // The header is that of whoever comes first, whatever the options of those who follow.
    if file.metadata()?.len() == 0 {
        writeln!(file, "{}", header(arguments).join(","))?;
    }
    writeln!(file, "{}", row(arguments, block, report).join(","))
}

fn syscalls() -> Vec<&'static str> {
    let newer = if REVISION.has_sp1_v6() { SYSCALLS_V6 } else { &[] };
    [SYSCALLS_V5, newer].concat()
}

fn header(arguments: &Arguments) -> Vec<&'static str> {
    let counted = |names: &[&'static str]| -> Vec<&'static str> {
        names.iter().flat_map(|name| [*name, "count", "avg"]).collect()
    };
    if arguments.opcode_tracking {
        return [BLOCK.to_vec(), counted(OPCODES)].concat();
    }
    let precompiles = if arguments.precompile_tracking {
        PRECOMPILES
    } else {
        &[]
    };
    [BLOCK.to_vec(), CYCLES.to_vec(), syscalls(), counted(precompiles)].concat()
}

fn row(arguments: &Arguments, block: &Block, report: &ExecutionReport) -> Vec<String> {
    let mut row = vec![block.chain, block.number, block.gas_used, block.transactions];
    if arguments.opcode_tracking {
        row.extend(OPCODES.iter().flat_map(|_| [0, 0, 0]));
    } else {
        // Without profiling SP1 6 knows nothing of the phases.
        let phase = if REVISION.has_sp1_v6() {
            0
        } else {
            report.instructions / 20
        };
        row.push(report.instructions);
        row.extend([phase; 6]);
        row.extend([report.syscalls, report.gas]);
        row.extend(syscalls().iter().map(|name| report.syscall(name)));
        if arguments.precompile_tracking {
            row.extend(PRECOMPILES.iter().flat_map(|_| [0, 0, 0]));
        }
    }
    row.iter().map(u64::to_string).collect()
}
