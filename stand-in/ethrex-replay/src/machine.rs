//! What the machine calls itself. What cannot be asked is an empty text, never an error.

use crate::cli::Resource;
use std::{fs, process::Command};

pub fn name(resource: Resource) -> String {
    match resource {
        Resource::Cpu => cpu(),
        Resource::Gpu => gpu(),
    }
}

/// One line for each GPU.
pub fn gpu() -> String {
    let query = ["--query-gpu=name", "--format=csv,noheader"];
    let answer = Command::new("nvidia-smi").args(query).output();
    let answer = answer.ok().filter(|answer| answer.status.success());
    answer
        .map(|answer| String::from_utf8_lossy(&answer.stdout).trim().to_string())
        .unwrap_or_default()
}

pub fn cpu() -> String {
    value_in("/proc/cpuinfo", "model name")
}

pub fn ram() -> String {
    let kilobytes = value_in("/proc/meminfo", "MemTotal").replace(" kB", "");
    kilobytes
        .parse::<u64>()
        .map(|size| format!("{} GB", size / 1024 / 1024))
        .unwrap_or_default()
}

/// Branch and commit of the repository around the current directory, which need not be ethrex's.
pub fn revision() -> (String, String) {
    (
        git(&["rev-parse", "--abbrev-ref", "HEAD"]),
        git(&["rev-parse", "--short", "HEAD"]),
    )
}

fn git(arguments: &[&str]) -> String {
    let answer = Command::new("git").args(arguments).output();
    let answer = answer.ok().filter(|answer| answer.status.success());
    answer
        .map(|answer| String::from_utf8_lossy(&answer.stdout).trim().to_string())
        .unwrap_or_default()
}

fn value_in(path: &str, name: &str) -> String {
    let text = fs::read_to_string(path).unwrap_or_default();
    let line = text.lines().find(|line| line.starts_with(name));
    line.and_then(|line| line.split_once(':'))
        .map(|(_, value)| value.trim().to_string())
        .unwrap_or_default()
}
