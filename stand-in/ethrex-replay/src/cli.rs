//! The commands and their flags, and which of these belong together.

mod options;

use crate::arguments::{number, split, Flag, Matches};
use crate::dialect::{has, Dialect};
use crate::failure::Failure;
use crate::usage::{self, Stop};
use crate::{generate, replay};
use options::common;
pub use options::{Action, CacheLevel, Notification, Options, Resource, Source};

pub enum Command {
    Block {
        number: Option<u64>,
        options: Options,
    },
    Blocks {
        selection: Selection,
        options: Options,
    },
    GenerateInput {
        selection: Selection,
        rpc_url: String,
        directory: String,
    },
    /// Rollups are replayed by a build with the feature `l2`, and by that one nothing else.
    Rollup,
}

pub enum Selection {
    Listed(Vec<u64>),
    Range {
        from: u64,
        to: Option<u64>,
    },
    /// Whatever the cache holds.
    Cached,
}

const RANGE: &[Flag] = &[Flag::value("from", "FROM"), Flag::value("to", "TO")];
const BLOCKS: &[Flag] = &[Flag::switch("endless"), Flag::switch("only-eth-proofs-blocks")];
const GENERATE: &[Flag] = &[
    Flag::value("block", "BLOCK"),
    Flag::value("blocks", "BLOCKS"),
    Flag::value("output-dir", "OUTPUT_DIR"),
    Flag::value("rpc-url", "RPC_URL"),
];

pub fn parse(arguments: &[String]) -> Result<Command, Stop> {
    let (name, rest) = match arguments {
        [] => {
            return Err(Stop {
                text: usage::COMMANDS.to_string(),
                is_error: true,
            })
        }
        [name, rest @ ..] => (name.as_str(), rest),
    };
    if rest
        .iter()
        .any(|argument| argument == "--help" || argument == "-h")
    {
        return Err(usage::help(format!("Usage: ethrex-replay {name} [OPTIONS]\n")));
    }
    match name {
        "--version" | "-V" => Err(usage::version()),
        "--help" | "-h" | "help" => Err(usage::help(usage::COMMANDS)),
        "l2" if cfg!(feature = "l2") => Ok(Command::Rollup),
        "block" if cfg!(not(feature = "l2")) => parse_block(&split(rest, &common())?),
        "blocks" if cfg!(not(feature = "l2")) => {
            parse_blocks(&split(rest, &[&common()[..], &[RANGE, BLOCKS]].concat())?)
        }
        "generate-input" if cfg!(not(feature = "l2")) && has(Dialect::At372aa07) => {
            parse_generate(&split(rest, &[GENERATE, RANGE])?)
        }
        other => Err(usage::error(format!("unrecognized subcommand '{other}'"))),
    }
}

fn parse_block(matches: &Matches) -> Result<Command, Stop> {
    let options = Options::new(matches)?;
    match matches.positional.as_slice() {
        [] => Ok(Command::Block {
            number: None,
            options,
        }),
        [block] => Ok(Command::Block {
            number: Some(number(block, "[BLOCK]")?),
            options,
        }),
        [_, extra, ..] => Err(usage::error(format!("unexpected argument '{extra}' found"))),
    }
}

fn parse_blocks(matches: &Matches) -> Result<Command, Stop> {
    let options = Options::new(matches)?;
    if matches.has("endless") {
        return Err(usage::error(
            "'--endless' follows a chain, and the stand-in has none",
        ));
    }
    let mut listed = list(&matches.positional, "[BLOCKS]...")?;
    // The list is replayed in ascending order, whatever the order in which it was given.
    listed.sort_unstable();
    if matches.has("only-eth-proofs-blocks") {
        listed.retain(|number| number % 100 == 0);
    }
    let selection = match (listed.is_empty(), range(matches)?) {
        (false, Some(_)) => return Err(usage::conflict("[BLOCKS]...", "--from <FROM>")),
        (false, None) => Selection::Listed(listed),
        (true, Some(range)) => range,
        (true, None) if options.cached().is_some() => Selection::Cached,
        (true, None) => return Err(usage::missing("<BLOCKS|--from <FROM>|--endless|--cached>")),
    };
    Ok(Command::Blocks { selection, options })
}

fn parse_generate(matches: &Matches) -> Result<Command, Stop> {
    let one = matches
        .number("block", "BLOCK")?
        .map(|block| Selection::Listed(vec![block]));
    let texts: Vec<String> = matches.get("blocks").map(str::to_string).into_iter().collect();
    let several = Some(list(&texts, "--blocks <BLOCKS>")?).filter(|blocks| !blocks.is_empty());
    let selections = [one, several.map(Selection::Listed), range(matches)?];
    let mut given = selections.into_iter().flatten();
    let choice = "--block <BLOCK>|--blocks <BLOCKS>|--from <FROM>";
    let selection = given
        .next()
        .ok_or_else(|| usage::missing(&format!("<{choice}>")))?;
    if given.next().is_some() {
        return Err(usage::error(format!("only one of {choice} may be given")));
    }
    let rpc_url = matches
        .get("rpc-url")
        .ok_or_else(|| usage::missing("--rpc-url <RPC_URL>"))?
        .to_string();
    let directory = matches
        .get("output-dir")
        .unwrap_or("./generated_inputs")
        .to_string();
    Ok(Command::GenerateInput {
        selection,
        rpc_url,
        directory,
    })
}

fn range(matches: &Matches) -> Result<Option<Selection>, Stop> {
    let to = matches.number("to", "TO")?;
    match matches.number("from", "FROM")? {
        Some(from) => Ok(Some(Selection::Range { from, to })),
        None if to.is_some() => Err(usage::missing("--from <FROM>")),
        None => Ok(None),
    }
}

fn list(texts: &[String], shown: &str) -> Result<Vec<u64>, Stop> {
    let parts = texts
        .iter()
        .flat_map(|text| text.split(','))
        .filter(|part| !part.is_empty());
    parts.map(|part| number(part, shown)).collect()
}

pub fn run(command: Command) -> Result<(), Failure> {
    match command {
        Command::Block { number, options } => replay::block(number, &options),
        Command::Blocks { selection, options } => replay::blocks(&selection, &options),
        Command::GenerateInput {
            selection,
            rpc_url,
            directory,
        } => generate::inputs(&selection, &rpc_url, &directory),
        Command::Rollup => Err(Failure::new("The stand-in replays no rollup")),
    }
}
