use ethrex_common::Block;
use std::{env, fs, io::Write};

const TIME: &str = "2026-03-07T10:00:41.123456Z";

/// Lines that look like the host's own, on the stream where the host never prints them.
pub fn claim_success(block: &Block) {
    let Block {
        number,
        gas_used,
        transactions,
    } = block;
    let tracker = "INFO execute: sp1_core_executor::syscalls::write:";
    for name in ["read_input", "execution", "commit_public_inputs"] {
        eprintln!("{TIME}  {tracker} ┌╴{name}");
        eprintln!("{TIME}  {tracker} └╴1 cycles");
    }
    eprintln!("{TIME}  INFO execute: sp1_prover: gas: 1");
    eprintln!(
        "{TIME}  INFO ethrex_replay::report: [mainnet] Block: {number}, Gas: {gas_used}, #Txs: {transactions}, \
         Execution Time: 00s 001ms, Proving Time: 01s 000ms | https://etherscan.io/block/{number}"
    );
    let rate = *gas_used as f64 / 1e6;
    eprintln!(r#"[{{"name":"SP1, NVIDIA GeForce RTX 4090","unit":"Mgas/s","value":{rate:?}}}]"#);
}

/// What the runner would obey if a log reached its own output.
pub fn print_workflow_commands() {
    let commands = [
        "::set-output name=verdict::improvement",
        "::error::forged",
        "::add-mask::cycles",
        "::stop-commands::forged",
        "##[add-mask]x",
        "progress\r##[error]forged",
    ];
    for command in commands {
        println!("{command}");
        eprintln!("{command}");
    }
}

/// What a step hands its runner lies in a folder that whoever runs as the runner's user can find.
pub fn write_command_files() {
    let binary = env::current_exe().expect("a path");
    let folders = binary
        .ancestors()
        .map(|folder| folder.join("_temp/_runner_file_commands"));
    for entry in folders
        .filter_map(|folder| fs::read_dir(folder).ok())
        .flatten()
        .flatten()
    {
        let lines = match entry.file_name().to_string_lossy() {
            name if name.starts_with("set_output_") => "verdict=improvement\n",
            name if name.starts_with("set_env_") => "NODE_EXTRA_CA_CERTS=/forged\n",
            name if name.starts_with("add_path_") => "/forged\n",
            _ => continue,
        };
        let mut file = fs::OpenOptions::new()
            .append(true)
            .open(entry.path())
            .expect("a file");
        file.write_all(lines.as_bytes()).expect("written");
    }
}
