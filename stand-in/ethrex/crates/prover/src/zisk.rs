//! What ZisK's tools leave. The real backend starts them and throws away what they print, so none is started here:
//! only the files beside this crate's manifest are theirs, and `stand-in/ziskemu.sh` reads them.

use crate::backend::Backend;
use crate::behaviour::ZISK;
use crate::conduct::{self, ZisK};
use crate::{proof, timing, BackendError};
use ethrex_common::Block;
use ethrex_guest_program::{count_of, Counting, ProgramInput, ZISK_ELF};
use std::{fs, io, time::Duration};

const INPUT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/zisk_input.bin");
const ELF: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/zkvm-zisk-program");
const OUTPUT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/zisk_output");
const RESULT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/zisk_output/result.json");
const PROOF: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/zisk_output/vadcop_final_proof.bin");

pub fn execute(input: &ProgramInput) -> Result<Duration, BackendError> {
    let failed = |error: io::Error| BackendError::Execution(error.to_string());
    let steps = write_what_is_run(input).map_err(failed)?;
    if conduct::guest_panics(&input.block) {
        return Err(guest_panicked(BackendError::Execution, "execution"));
    }
    Ok(timing::execute(steps))
}

/// The time is not measured but read from the tool's file, whoever wrote it and when.
pub fn prove(input: &ProgramInput) -> Result<Duration, BackendError> {
    let failed = |error: io::Error| BackendError::Proving(error.to_string());
    let steps = write_what_is_run(input).map_err(failed)?;
    if conduct::guest_panics(&input.block) {
        return Err(guest_panicked(BackendError::Proving, "proof generation"));
    }
    let took = proof::attempt(Backend::Zisk, &input.block).map_err(|cause| {
        eprintln!("Error: {cause}");
        BackendError::Proving("ZisK proof generation failed: ".to_string())
    })?;
    write_proof(&input.block, steps, took).map_err(failed)?;
    let result = fs::read_to_string(RESULT).map_err(failed)?;
    time_in(&result).ok_or_else(|| BackendError::Proving("missing field `time`".to_string()))
}

/// The guest and its input, where the tools look for them. To the guest is added what `ziskemu` shall count: the
/// steps, which are returned, for this block.
fn write_what_is_run(input: &ProgramInput) -> io::Result<u64> {
    let number = input.block.number;
    let steps = count_of(Counting::Zisk, &input.block) + conduct::surplus(&input.block);
    let counted = format!("steps {number} {steps}\n");
    fs::write(ELF, [ZISK_ELF, counted.as_bytes()].concat())?;
    fs::write(INPUT, framed(input.encode()))?;
    Ok(steps)
}

/// Since v0.16 an input tells its length and is filled up to whole words.
fn framed(bytes: Vec<u8>) -> Vec<u8> {
    if ZISK == ZisK::V15 {
        return bytes;
    }
    let length = (bytes.len() as u64).to_le_bytes();
    let mut framed = [&length, bytes.as_slice()].concat();
    framed.resize(framed.len().next_multiple_of(8), 0);
    framed
}

fn write_proof(block: &Block, steps: u64, took: Duration) -> io::Result<()> {
    fs::create_dir_all(OUTPUT)?;
    fs::write(PROOF, format!("no proof of block {}\n", block.number))?;
    if ZISK == ZisK::V15 {
        let id = format!("{:016x}", block.number);
        let (cycles, time) = (steps, took.as_secs_f64());
        let json = format!("{{\n  \"cycles\": {cycles},\n  \"id\": \"{id}\",\n  \"time\": {time:?}\n}}");
        fs::write(RESULT, json)?;
    }
    Ok(())
}

fn time_in(result: &str) -> Option<Duration> {
    let (_, rest) = result.split_once("\"time\":")?;
    let seconds = rest.split(['}', ',']).next()?.trim().parse().ok()?;
    Duration::try_from_secs_f64(seconds).ok()
}

/// The tool's stderr is the host's, so there is nothing left of it to be reported.
fn guest_panicked(error: fn(String) -> BackendError, what: &str) -> BackendError {
    eprintln!("Error during emulation: EmulationNoCompleted");
    error(format!("ZisK {what} failed: "))
}
