//! Gets what a block needs, from a cache file or from a node.

mod rpc;

use crate::cache::{self, Cache};
use crate::cli::{CacheLevel, Options, Source};
use crate::failure::Failure;
use crate::network::Network;
use ethrex_common::trace;
pub use rpc::Node;
use std::path::Path;

const TARGET: &str = "ethrex_replay::fetcher";

pub fn load(options: &Options, number: Option<u64>) -> Result<Cache, Failure> {
    match &options.source {
        Source::Cache(network) => {
            let number = number.ok_or_else(|| Failure::new("A block number is required with --cached"))?;
            from_cache(&options.cache_directory, network, number)
        }
        Source::Rpc(url) => {
            let node = Node::connect(url)?;
            from_node(&node, &options.cache_directory, number.unwrap_or(node.latest))
        }
    }
}

fn from_cache(directory: &str, network: &Network, number: u64) -> Result<Cache, Failure> {
    trace::info(TARGET, &format!("Getting block {number} data from cache"));
    let path = cache::path(directory, network, number);
    if !path.exists() {
        return Err(Failure::because(
            format!(
                "Cache wasn't found for block {number} of {} in {directory}",
                network.name()
            ),
            format!("no such file: {}", path.display()),
        ));
    }
    let cache = Cache::load(&path)?;
    if cache.block.number != number {
        return Err(Failure::new(format!(
            "{} holds block {}, not {number}",
            path.display(),
            cache.block.number
        )));
    }
    if cache.network != *network {
        let (held, wanted) = (cache.network.name(), network.name());
        return Err(Failure::new(format!(
            "{} is of {held}, not of {wanted}",
            path.display()
        )));
    }
    Ok(cache)
}

/// A file that is there and can be read saves the request, not the connection; it is written again all the same.
pub fn from_node(node: &Node, directory: &str, number: u64) -> Result<Cache, Failure> {
    let behind = node.latest.saturating_sub(number);
    trace::info(
        TARGET,
        &format!("Retrieving execution data for block {number} ({behind} block behind latest)"),
    );
    let path = cache::path(directory, &node.network, number);
    let cache = match kept(&path) {
        Some(cache) => {
            trace::info(TARGET, &format!("Getting block {number} data from cache"));
            cache
        }
        None => node.fetch(number)?,
    };
    cache.save(&path)?;
    Ok(cache)
}

fn kept(path: &Path) -> Option<Cache> {
    if !path.exists() {
        return None;
    }
    Cache::load(path)
        .inspect_err(|failure| trace::warn(TARGET, &format!("Failed to load cache: {failure}")))
        .ok()
}

/// Removes what was fetched, as far as the cache level wants it gone.
pub fn tidy(options: &Options, cache: &Cache, succeeded: bool) {
    let unwanted = match options.cache_level {
        CacheLevel::On => false,
        CacheLevel::Failed => succeeded,
        CacheLevel::Off => true,
    };
    if unwanted && matches!(options.source, Source::Rpc(_)) {
        let _ = std::fs::remove_file(cache::path(
            &options.cache_directory,
            &cache.network,
            cache.block.number,
        ));
    }
}
