use crate::behaviour::LEFTOVER_SECONDS;
use std::{
    env, fs,
    process::{Command, Stdio},
};

pub fn leave_child() {
    let started = Command::new("sleep").arg(LEFTOVER_SECONDS.to_string()).spawn();
    started.expect("sleep starts");
}

/// It keeps the environment, which is what it can be found by.
pub fn leave_daemon() {
    let mut daemon = Command::new("setsid");
    daemon.arg("sleep").arg(LEFTOVER_SECONDS.to_string());
    daemon
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    daemon.spawn().expect("setsid starts");
}

/// All that a measured revision can easily see.
pub fn dump_environment() {
    for (name, value) in env::vars_os() {
        eprintln!(
            "environment: {}={}",
            name.to_string_lossy(),
            value.to_string_lossy()
        );
    }
    let arguments = fs::read("/proc/self/cmdline").unwrap_or_default();
    for argument in arguments.split(|byte| *byte == 0) {
        eprintln!("argument: {}", String::from_utf8_lossy(argument));
    }
    for entry in fs::read_dir(".").into_iter().flatten().flatten() {
        eprintln!("file: {}", entry.path().display());
        if let Ok(text) = fs::read_to_string(entry.path()) {
            eprintln!("content: {}", text.chars().take(4096).collect::<String>());
        }
    }
}
