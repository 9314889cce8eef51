use crate::behaviour::FLOOD_MEBIBYTES;
use std::{
    fs::File,
    io::{stdout, BufWriter, Write},
    os::fd::AsFd,
};

const LINE: &str =
    "2026-03-07T10:00:41.123456Z  INFO execute: sp1_core_executor::executor: flooding flooding flooding\n";

pub fn once() {
    print_lines(FLOOD_MEBIBYTES * 1024 * 1024 / LINE.len() as u64 + 1);
}

pub fn forever() {
    print_lines(u64::MAX);
}

fn print_lines(count: u64) {
    // A descriptor of its own: whoever must still print during a flood does not wait for it.
    let descriptor = stdout().as_fd().try_clone_to_owned().expect("stdout is open");
    let mut out = BufWriter::with_capacity(1 << 16, File::from(descriptor));
    for _ in 0..count {
        // A reader that went away ends the flood, as it ends any program that writes into a pipe.
        if out.write_all(LINE.as_bytes()).is_err() {
            return;
        }
    }
}
