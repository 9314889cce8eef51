//! Leaves what a build of the guest leaves, for whoever wants to know whether two guests are the same: an ELF
//! and its verifying key. Both are made up, from nothing but the sources that the guest is made of.

use std::{env, fs, io, path::Path};

/// The guest and the crates that it depends on; a change anywhere else is another host, and the same guest.
const SOURCES: &[&str] = &[
    "src",
    "bin/sp1/Cargo.toml",
    "bin/sp1/src",
    "Cargo.toml",
    "../common",
    "../vm",
];
/// Relative to this crate, in whose directory a build script runs.
const OUT: &str = "bin/sp1/out";
const ELF: &str = "riscv32im-succinct-zkvm-elf";

fn main() -> io::Result<()> {
    for path in SOURCES {
        println!("cargo:rerun-if-changed={path}");
    }
    if env::var_os("CARGO_FEATURE_SP1").is_none() {
        return Ok(());
    }
    let mut hash = Hash::new();
    for path in SOURCES {
        add(Path::new(path), &mut hash)?;
    }
    let Hash(guest) = hash;
    fs::create_dir_all(OUT)?;
    fs::write(
        format!("{OUT}/{ELF}"),
        format!("\x7fELF of no machine, {guest:016x}\n"),
    )?;
    fs::write(format!("{OUT}/{ELF}-vk-bn254"), format!("{guest:#066x}"))?;
    fs::write(format!("{OUT}/{ELF}-vk-u32"), format!("{guest:#066x}"))
}

/// A file's name and content, or those of all files in a directory, in the order of their names.
fn add(path: &Path, hash: &mut Hash) -> io::Result<()> {
    if !path.is_dir() {
        hash.add(path.to_string_lossy().as_bytes());
        hash.add(&fs::read(path)?);
        return Ok(());
    }
    let entries: io::Result<Vec<_>> = fs::read_dir(path)?.collect();
    let mut paths: Vec<_> = entries?.iter().map(fs::DirEntry::path).collect();
    paths.sort();
    paths.iter().try_for_each(|path| add(path, hash))
}

/// FNV-1a of 64 bits: enough to tell sources apart that nobody chose in order to deceive.
struct Hash(u64);

impl Hash {
    fn new() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }

    fn add(&mut self, bytes: &[u8]) {
        for byte in (bytes.len() as u64).to_le_bytes().iter().chain(bytes) {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
    }
}
