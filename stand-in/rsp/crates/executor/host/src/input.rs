//! The guest's input of a block, `input/<chain id>/<block>.bin` in the cache directory.

use crate::Error;
use sp1_sdk::Block;
use std::{
    fs, io,
    path::{Path, PathBuf},
};

fn path(directory: &Path, chain: u64, number: u64) -> PathBuf {
    directory.join(format!("input/{chain}/{number}.bin"))
}

pub fn load(directory: &Path, chain: u64, number: u64) -> Result<Option<Block>, Error> {
    match fs::read_to_string(path(directory, chain, number)) {
        Ok(text) => parse(&text).map(Some),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(Error::new(error)),
    }
}

pub fn save(directory: &Path, block: &Block) -> Result<(), Error> {
    let path = path(directory, block.chain, block.number);
    let Block {
        chain,
        number,
        gas_used,
        transactions,
    } = block;
    let text = format!("{chain} {number} {gas_used} {transactions}\n");
    let made = path.parent().map_or(Ok(()), fs::create_dir_all);
    made.and_then(|()| fs::write(&path, text)).map_err(Error::new)
}

fn parse(text: &str) -> Result<Block, Error> {
    let numbers: Vec<u64> = text.split_whitespace().flat_map(str::parse).collect();
    match numbers[..] {
        [chain, number, gas_used, transactions] => Ok(Block {
            chain,
            number,
            gas_used,
            transactions,
        }),
        _ => Err(Error::new("io error: failed to fill whole buffer")),
    }
}
