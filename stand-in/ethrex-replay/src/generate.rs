//! Writes the bytes that the guest reads, a file a block.

use crate::cli::Selection;
use crate::failure::Failure;
use crate::fetcher::{self, Node};
use ethrex_common::trace;
use std::{fs, path::Path};

/// What was fetched stays here, wherever the inputs go.
const CACHE_DIRECTORY: &str = "./replay_cache";

pub fn inputs(selection: &Selection, rpc_url: &str, directory: &str) -> Result<(), Failure> {
    let node = Node::connect(rpc_url)?;
    let numbers = match selection {
        Selection::Listed(numbers) => numbers.clone(),
        Selection::Range { from, to } => (*from..=to.unwrap_or(node.latest)).collect(),
        Selection::Cached => Vec::new(),
    };
    for number in &numbers {
        input(&node, *number, Path::new(directory))?;
    }
    let message = match numbers.as_slice() {
        [number] => format!("Generated input for block {number} in directory {directory}"),
        numbers => format!(
            "Generated inputs for {} blocks in directory {directory}",
            numbers.len()
        ),
    };
    trace::info("ethrex_replay::cli", &message);
    Ok(())
}

fn input(node: &Node, number: u64, directory: &Path) -> Result<(), Failure> {
    let cache = fetcher::from_node(node, CACHE_DIRECTORY, number)?;
    let input = cache.input();
    let input =
        input.map_err(|error| Failure::because(format!("Block {number} has no usable witness"), error))?;
    let path = directory.join(format!("ethrex_{}_{number}_input.bin", cache.network.name()));
    let written = fs::create_dir_all(directory).and_then(|()| fs::write(&path, input.encode()));
    written.map_err(|error| Failure::because(format!("Failed to write {}", path.display()), error))
}
