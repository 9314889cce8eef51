//! Prints log events on stdout in the words of `tracing-subscriber`: coloured also into a pipe, unless
//! `NO_COLOR` is set.

mod filter;
mod timestamp;

use ethrex_common::filter::Filter;
use ethrex_common::trace::{self, Event, Level};
use std::{
    env,
    io::{stdout, Write},
    sync::OnceLock,
    time::SystemTime,
};

struct Format {
    filter: Filter,
    colours: bool,
}

static FORMAT: OnceLock<Format> = OnceLock::new();

pub fn install() {
    let colours = env::var_os("NO_COLOR").is_none_or(|value| value.is_empty());
    let filter = filter::with_rust_log(&env::var("RUST_LOG").unwrap_or_default());
    let _ = FORMAT.set(Format { filter, colours });
    trace::subscribe(print);
}

fn print(event: &Event) {
    let Some(format) = FORMAT.get() else { return };
    if !format.filter.lets_through(event) {
        return;
    }
    let time = timestamp::rfc3339(SystemTime::now());
    let line = if format.colours {
        coloured(&time, event)
    } else {
        plain(&time, event)
    };
    // A reader that went away is no reason to stop proving.
    let _ = stdout().write_all(line.as_bytes());
}

fn plain(time: &str, event: &Event) -> String {
    let span = event.span.map(|name| format!("{name}: ")).unwrap_or_default();
    format!(
        "{time} {} {span}{}: {}\n",
        label(event.level),
        event.target,
        event.message
    )
}

const DIM: &str = "\x1b[2m";
const BOLD: &str = "\x1b[1m";
const ITALIC: &str = "\x1b[3m";
const RESET: &str = "\x1b[0m";

fn coloured(time: &str, event: &Event) -> String {
    let colour = match event.level {
        Level::Error => 31,
        Level::Warn => 33,
        Level::Debug => 34,
        Level::Trace => 35,
        Level::Info | Level::Off => 32,
    };
    let level = format!("\x1b[{colour}m{}{RESET}", label(event.level));
    let spans: String = event
        .span
        .into_iter()
        .flat_map(|spans| spans.split(':'))
        .map(coloured_span)
        .collect();
    let gap = if spans.is_empty() { "" } else { " " };
    format!(
        "{DIM}{time}{RESET} {level} {spans}{gap}{DIM}{}{RESET}{DIM}:{RESET} {}\n",
        event.target, event.message
    )
}

/// `name`, or `name{field=value}`.
fn coloured_span(span: &str) -> String {
    let (name, field) = match span.trim_end_matches('}').split_once('{') {
        Some((name, field)) => (name, field.split_once('=')),
        None => (span, None),
    };
    let field = field
        .map(|(key, value)| format!("{BOLD}{{{RESET}{ITALIC}{key}{RESET}{DIM}={RESET}{value}{BOLD}}}{RESET}"))
        .unwrap_or_default();
    format!("{BOLD}{name}{RESET}{field}{DIM}:{RESET}")
}

fn label(level: Level) -> &'static str {
    match level {
        Level::Error => "ERROR",
        Level::Warn => " WARN",
        Level::Debug => "DEBUG",
        Level::Trace => "TRACE",
        Level::Info | Level::Off => " INFO",
    }
}
