//! Leaves what a build of the guests leaves, for whoever wants to know whether two guests are the same: an ELF
//! and what it is known by. All are made up, from nothing but the sources that the guest is made of.

use std::{env, fs, io, path::Path};

struct Guest {
    zkvm: &'static str,
    /// The same file wherever it is left: a directory below `bin/<zkvm>`, and a name.
    elves: &'static [(&'static str, &'static str)],
    /// Files in `out`.
    keys: &'static [&'static str],
    /// Whether the zkVM's own build tool tells cargo what the guest is made of. Where it does not, a change of the
    /// sources in place leaves the old guest.
    is_tracked: bool,
}

const GUESTS: &[Guest] = &[
    Guest {
        zkvm: "sp1",
        elves: &[("out", "riscv32im-succinct-zkvm-elf")],
        keys: &[
            "riscv32im-succinct-zkvm-vk-bn254",
            "riscv32im-succinct-zkvm-vk-u32",
        ],
        is_tracked: true,
    },
    Guest {
        zkvm: "risc0",
        elves: &[("out", "riscv32im-risc0-elf")],
        keys: &["riscv32im-risc0-vk"],
        is_tracked: true,
    },
    Guest {
        zkvm: "zisk",
        elves: &[
            ("target/riscv64ima-zisk-zkvm-elf/release", "ethrex-guest-zisk"),
            ("out", "riscv64ima-zisk-elf"),
        ],
        keys: &["riscv64ima-zisk-vk"],
        is_tracked: false,
    },
    Guest {
        zkvm: "openvm",
        elves: &[("out", "riscv32im-openvm-elf")],
        keys: &[],
        is_tracked: false,
    },
];

/// What every guest is made of besides its own program; a change anywhere else is another host, and the same guest.
const SHARED: &[&str] = &["src", "Cargo.toml", "../common", "../vm"];

fn main() -> io::Result<()> {
    println!("cargo:rerun-if-changed=build.rs");
    for guest in GUESTS {
        let feature = format!("CARGO_FEATURE_{}", guest.zkvm.to_uppercase());
        if env::var_os(feature).is_some() {
            build(guest)?;
        }
    }
    Ok(())
}

fn build(guest: &Guest) -> io::Result<()> {
    // A build script runs in the directory of its crate.
    let own = format!("bin/{}", guest.zkvm);
    let program = [format!("{own}/Cargo.toml"), format!("{own}/src")];
    let sources = program.iter().map(String::as_str).chain(SHARED.iter().copied());
    let mut hash = Hash::new();
    for path in sources {
        if guest.is_tracked {
            println!("cargo:rerun-if-changed={path}");
        }
        add(Path::new(path), &mut hash)?;
    }
    let Hash(digest) = hash;
    for (directory, name) in guest.elves {
        let text = format!("\x7fELF of no machine, {digest:016x}\n");
        write(&format!("{own}/{directory}"), name, text)?;
    }
    for name in guest.keys {
        write(&format!("{own}/out"), name, format!("{digest:#066x}\n"))?;
    }
    Ok(())
}

fn write(directory: &str, name: &str, text: String) -> io::Result<()> {
    fs::create_dir_all(directory)?;
    fs::write(format!("{directory}/{name}"), text)
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
