//! The files that hold a block and the state it needs.

use crate::failure::Failure;
use crate::json::{self, Json};
use crate::network::Network;
use ethrex_common::Block;
use ethrex_rpc::{execution_witness_from_rpc, RpcExecutionWitness};
use guest_program::ProgramInput;
use std::{
    fs,
    path::{Path, PathBuf},
};

pub struct Cache {
    pub network: Network,
    pub block: Block,
    pub json: Json,
}

pub fn path(directory: &str, network: &Network, number: u64) -> PathBuf {
    Path::new(directory).join(format!("cache_{}_{number}.json", network.name()))
}

impl Cache {
    pub fn load(path: &Path) -> Result<Self, Failure> {
        let text = fs::read_to_string(path);
        let text = text.map_err(|error| {
            Failure::because(format!("Failed to open cache file: {}", path.display()), error)
        })?;
        let read = json::parse(&text).and_then(Self::from_json);
        read.map_err(|error| {
            Failure::because(format!("Failed to parse cache file: {}", path.display()), error)
        })
    }

    pub fn from_json(json: Json) -> Result<Self, String> {
        let first = json
            .field("blocks")?
            .items()?
            .first()
            .ok_or("a cache without a block")?;
        let (header, body) = (first.field("header")?, first.field("body")?);
        let block = Block {
            number: header.field("number")?.quantity()?,
            gas_used: header.field("gasUsed")?.quantity()?,
            transactions: body.field("transactions")?.items()?.len(),
        };
        for part in ["state", "keys", "codes", "headers"] {
            json.field("witness")?.field(part)?.items()?;
        }
        Ok(Self {
            network: Network::from_json(json.field("network")?)?,
            block,
            json,
        })
    }

    pub fn save(&self, path: &Path) -> Result<(), Failure> {
        let directory = path.parent().unwrap_or(Path::new("."));
        let written = fs::create_dir_all(directory).and_then(|()| fs::write(path, self.json.pretty()));
        written.map_err(|error| {
            Failure::because(format!("Failed to write cache file: {}", path.display()), error)
        })
    }

    /// What the guest reads, made by the ethrex that the host was built with.
    pub fn input(&self) -> Result<ProgramInput, String> {
        Ok(ProgramInput {
            block: self.block.clone(),
            witness: execution_witness_from_rpc(self.witness()?),
        })
    }

    fn witness(&self) -> Result<RpcExecutionWitness, String> {
        let witness = self.json.field("witness")?;
        let part = |name: &str| -> Result<Vec<Vec<u8>>, String> {
            witness.field(name)?.items()?.iter().map(Json::bytes).collect()
        };
        let (state, keys) = (part("state")?, part("keys")?);
        Ok(RpcExecutionWitness {
            state,
            keys,
            codes: part("codes")?,
            headers: part("headers")?,
        })
    }
}

/// The blocks of a network that a directory has files of, in ascending order.
pub fn numbers_in(directory: &str, network: &Network) -> Result<Vec<u64>, Failure> {
    let entries = fs::read_dir(directory);
    let entries = entries.map_err(|error| Failure::because(format!("Failed to read {directory}"), error))?;
    let prefix = format!("cache_{}_", network.name());
    let number_of = |name: &str| {
        name.strip_prefix(&prefix)?
            .strip_suffix(".json")?
            .parse::<u64>()
            .ok()
    };
    let names = entries
        .flatten()
        .map(|entry| entry.file_name().to_string_lossy().into_owned());
    let mut numbers: Vec<u64> = names.filter_map(|name| number_of(&name)).collect();
    numbers.sort_unstable();
    Ok(numbers)
}
