use sp1_sdk::recorded::REVISION;
use std::{path::PathBuf, str::FromStr};

pub enum Stop {
    Help(String),
    Usage(String),
}

#[derive(Default)]
pub struct Arguments {
    pub block_number: u64,
    pub rpc_url: Option<String>,
    pub chain_id: Option<u64>,
    pub prove: bool,
    pub cache_dir: Option<PathBuf>,
    pub report_path: PathBuf,
    pub precompile_tracking: bool,
    pub opcode_tracking: bool,
}

/// Names with the placeholder of their value; a switch has none.
const FLAGS: &[(&str, Option<&str>)] = &[
    ("block-number", Some("BLOCK_NUMBER")),
    ("rpc-url", Some("RPC_URL")),
    ("chain-id", Some("CHAIN_ID")),
    ("genesis-path", Some("GENESIS_PATH")),
    ("custom-beneficiary", Some("CUSTOM_BENEFICIARY")),
    ("prove", None),
    ("cache-dir", Some("CACHE_DIR")),
    ("report-path", Some("REPORT_PATH")),
    ("precompile-tracking", None),
    ("opcode-tracking", None),
    ("state-backend", Some("STATE_BACKEND")),
];

pub fn parse(arguments: &[String]) -> Result<Arguments, Stop> {
    let given = split(arguments)?;
    let value = |name: &str| {
        given
            .iter()
            .find(|(flag, _)| *flag == name)
            .map(|(_, value)| value.clone())
    };
    let block_number = value("block-number").ok_or_else(|| {
        usage("the following required arguments were not provided:\n  --block-number <BLOCK_NUMBER>")
    })?;
    let backend = value("state-backend").unwrap_or_else(|| "proofs".to_string());
    if backend != "proofs" && backend != "execution-witness" {
        let why = "unknown state backend (expected `proofs` or `execution-witness`)";
        return Err(usage(&format!(
            "invalid value '{backend}' for '--state-backend <STATE_BACKEND>': {why}"
        )));
    }
    Ok(Arguments {
        block_number: number(&block_number, "--block-number <BLOCK_NUMBER>")?,
        rpc_url: value("rpc-url"),
        chain_id: value("chain-id")
            .map(|text| number(&text, "--chain-id <CHAIN_ID>"))
            .transpose()?,
        prove: value("prove").is_some(),
        cache_dir: value("cache-dir").map(PathBuf::from),
        report_path: PathBuf::from(value("report-path").unwrap_or_else(|| "report.csv".to_string())),
        precompile_tracking: value("precompile-tracking").is_some(),
        opcode_tracking: value("opcode-tracking").is_some(),
    })
}

fn split(arguments: &[String]) -> Result<Vec<(&'static str, String)>, Stop> {
    let mut given = Vec::new();
    let mut rest = arguments.iter();
    while let Some(argument) = rest.next() {
        if argument == "--help" || argument == "-h" {
            return Err(Stop::Help(
                "Usage: rsp [OPTIONS] --block-number <BLOCK_NUMBER>\n".to_string(),
            ));
        }
        let (long, attached) = match argument.split_once('=') {
            Some((name, value)) => (name, Some(value.to_string())),
            None => (argument.as_str(), None),
        };
        let known = FLAGS.iter().find(|(name, _)| {
            long.strip_prefix("--") == Some(*name) && (*name != "state-backend" || REVISION.has_sp1_v6())
        });
        let (name, placeholder) =
            known.ok_or_else(|| usage(&format!("unexpected argument '{argument}' found")))?;
        let value = match placeholder {
            None => String::new(),
            Some(placeholder) => attached
                .or_else(|| rest.next().cloned())
                .filter(|value| !value.starts_with("--"))
                .ok_or_else(|| {
                    usage(&format!(
                        "a value is required for '--{name} <{placeholder}>' but none was supplied"
                    ))
                })?,
        };
        if given.iter().any(|(flag, _)| flag == name) {
            return Err(usage(&format!(
                "the argument '--{name}' cannot be used multiple times"
            )));
        }
        given.push((*name, value));
    }
    Ok(given)
}

fn number<T: FromStr>(text: &str, shown: &str) -> Result<T, Stop> {
    text.parse().map_err(|_| {
        usage(&format!(
            "invalid value '{text}' for '{shown}': invalid digit found in string"
        ))
    })
}

fn usage(problem: &str) -> Stop {
    Stop::Usage(format!(
        "error: {problem}\n\nFor more information, try '--help'.\n"
    ))
}
