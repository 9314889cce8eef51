use crate::arguments::{Flag, Matches};
use crate::dialect::{has, Dialect};
use crate::network::Network;
use crate::usage::{self, Stop};
use ethrex_prover::ProofType;
use std::env;

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Action {
    Execute,
    Prove,
}

/// Only a label: whether the GPU is used was decided when this was built.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Resource {
    Cpu,
    Gpu,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum CacheLevel {
    On,
    Failed,
    Off,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Notification {
    On,
    Failed,
    Off,
}

pub enum Source {
    Rpc(String),
    Cache(Network),
}

/// What `block` and `blocks` have in common.
pub struct Options {
    pub source: Source,
    pub zkvm: Option<String>,
    pub resource: Resource,
    pub action: Action,
    pub proof: ProofType,
    pub cache_directory: String,
    pub cache_level: CacheLevel,
    pub native: bool,
    pub repeat: usize,
    pub bench: bool,
    pub verbose: bool,
    pub slack_url: Option<String>,
    pub notification: Notification,
}

const ZKVMS: &[&str] = &[
    "jolt", "nexus", "open-vm", "pico", "risc0", "sp1", "ziren", "zisk",
];

const COMMON: &[Flag] = &[
    Flag::choice("zkvm", "ZKVM", ZKVMS),
    Flag::choice("resource", "RESOURCE", &["cpu", "gpu"]),
    Flag::choice("action", "ACTION", &["execute", "prove"]),
    Flag::value("rpc-url", "RPC_URL"),
    Flag::switch("cached"),
    Flag::value("network", "NETWORK"),
    Flag::value("cache-dir", "CACHE_DIR"),
    Flag::choice("cache-level", "CACHE_LEVEL", &["on", "failed", "off"]),
    Flag::switch("no-zkvm"),
    Flag::switch("bench"),
    Flag::switch("verbose"),
    Flag::value("slack-webhook-url", "SLACK_WEBHOOK_URL"),
];

const SINCE_372AA07: &[Flag] = &[
    Flag::choice("proof", "PROOF_TYPE", &["compressed", "groth16"]),
    Flag::choice(
        "notification-level",
        "NOTIFICATION_LEVEL",
        &["on", "failed", "off"],
    ),
];

const SINCE_4561304: &[Flag] = &[Flag::value("repeat", "REPEAT")];

/// What the host's dialect has of them.
pub fn common() -> Vec<&'static [Flag]> {
    let tables = [
        (Dialect::At2693e01, COMMON),
        (Dialect::At372aa07, SINCE_372AA07),
        (Dialect::At4561304, SINCE_4561304),
    ];
    tables
        .into_iter()
        .filter(|(since, _)| has(*since))
        .map(|(_, flags)| flags)
        .collect()
}

/// Pairs of which only one may be given. Defaults do not count.
const CONFLICTS: &[(&str, &str, &str, &str)] = &[
    ("rpc-url", "--rpc-url <RPC_URL>", "cached", "--cached"),
    ("cached", "--cached", "cache-level", "--cache-level <CACHE_LEVEL>"),
    ("no-zkvm", "--no-zkvm", "zkvm", "--zkvm <ZKVM>"),
    ("no-zkvm", "--no-zkvm", "proof", "--proof <PROOF_TYPE>"),
];

/// The first needs the second.
const REQUIREMENTS: &[(&str, &str, &str)] = &[
    ("cached", "network", "--network <NETWORK>"),
    ("cache-level", "rpc-url", "--rpc-url <RPC_URL>"),
    ("bench", "zkvm", "--zkvm <ZKVM>"),
    ("repeat", "no-zkvm", "--no-zkvm"),
];

impl Options {
    pub fn new(matches: &Matches) -> Result<Self, Stop> {
        for (first, first_shown, second, second_shown) in CONFLICTS {
            if matches.has(first) && matches.has(second) {
                return Err(usage::conflict(first_shown, second_shown));
            }
        }
        for (name, needed, shown) in REQUIREMENTS {
            if matches.has(name) && !matches.has(needed) {
                return Err(usage::missing(shown));
            }
        }
        let slack_url = matches.get("slack-webhook-url").map(str::to_string);
        let slack_url = slack_url.or_else(|| env::var("SLACK_WEBHOOK_URL").ok());
        if matches.has("notification-level") && slack_url.is_none() {
            return Err(usage::missing("--slack-webhook-url <SLACK_WEBHOOK_URL>"));
        }
        Ok(Self {
            source: source(matches)?,
            zkvm: matches.get("zkvm").map(str::to_string),
            resource: if matches.get("resource") == Some("gpu") {
                Resource::Gpu
            } else {
                Resource::Cpu
            },
            action: if matches.get("action") == Some("prove") {
                Action::Prove
            } else {
                Action::Execute
            },
            proof: match matches.get("proof") {
                Some("groth16") => ProofType::Groth16,
                // Nothing else could be asked for.
                None if !has(Dialect::At372aa07) => ProofType::Groth16,
                _ => ProofType::Compressed,
            },
            cache_directory: matches.get("cache-dir").unwrap_or("./replay_cache").to_string(),
            cache_level: match matches.get("cache-level") {
                Some("off") => CacheLevel::Off,
                Some("failed") => CacheLevel::Failed,
                _ => CacheLevel::On,
            },
            native: matches.has("no-zkvm"),
            repeat: matches.number("repeat", "REPEAT")?.unwrap_or(1),
            bench: matches.has("bench"),
            verbose: matches.has("verbose"),
            slack_url,
            notification: match matches.get("notification-level") {
                Some("off") => Notification::Off,
                Some("failed") => Notification::Failed,
                _ => Notification::On,
            },
        })
    }

    /// The network whose cache files are read, where they are.
    pub fn cached(&self) -> Option<&Network> {
        match &self.source {
            Source::Cache(network) => Some(network),
            Source::Rpc(_) => None,
        }
    }
}

fn source(matches: &Matches) -> Result<Source, Stop> {
    match (matches.get("rpc-url"), matches.get("network")) {
        (Some(url), _) => Ok(Source::Rpc(url.to_string())),
        (None, Some(network)) if matches.has("cached") => Ok(Source::Cache(Network::from_flag(network))),
        _ => Err(usage::missing("<--rpc-url <RPC_URL>|--cached>")),
    }
}
