//! Log events on stdout in the words of `tracing-subscriber`: coloured also into a pipe, unless `NO_COLOR` is set.

use std::{
    env,
    io::{stdout, Write},
    time::{SystemTime, UNIX_EPOCH},
};

#[derive(Default)]
pub struct Event<'a> {
    pub target: &'a str,
    pub message: &'a str,
    /// Names and fields, each with a colon behind it.
    pub spans: &'a str,
    pub fields: &'a [(&'a str, String)],
}

pub fn info(target: &str, message: &str) {
    let rest = Event::default();
    print(
        " INFO",
        &Event {
            target,
            message,
            ..rest
        },
    );
}

pub fn info_with(event: &Event) {
    print(" INFO", event);
}

pub fn warn(target: &str, message: &str) {
    let rest = Event::default();
    print(
        " WARN",
        &Event {
            target,
            message,
            ..rest
        },
    );
}

fn print(level: &str, event: &Event) {
    let time = rfc3339(SystemTime::now());
    let is_plain = env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    let paint = |code: u8, text: &str| {
        if is_plain || text.is_empty() {
            text.to_string()
        } else {
            format!("\x1b[{code}m{text}\x1b[0m")
        }
    };
    let colour = if level == " WARN" { 33 } else { 32 };
    let spans = paint(1, event.spans);
    let gap = if spans.is_empty() { "" } else { " " };
    let fields: String = event
        .fields
        .iter()
        .map(|(name, value)| format!(" {}{}{value}", paint(3, name), paint(2, "=")))
        .collect();
    let line = format!(
        "{} {} {spans}{gap}{}{} {}{fields}\n",
        paint(2, &time),
        paint(colour, level),
        paint(2, event.target),
        paint(2, ":"),
        event.message
    );
    // A reader that went away is no reason to stop proving.
    let _ = stdout().write_all(line.as_bytes());
}

fn rfc3339(time: SystemTime) -> String {
    let since = time.duration_since(UNIX_EPOCH).unwrap_or_default();
    let (year, month, day) = date_of(since.as_secs() / 86_400);
    let second = since.as_secs() % 86_400;
    let (hour, minute, second) = (second / 3600, second / 60 % 60, second % 60);
    let micros = since.subsec_micros();
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}.{micros:06}Z")
}

/// Year by year, then month by month.
fn date_of(mut days: u64) -> (u64, u64, u64) {
    let is_leap = |year: u64| year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let mut year = 1970;
    while days >= 365 + u64::from(is_leap(year)) {
        days -= 365 + u64::from(is_leap(year));
        year += 1;
    }
    let mut month = 1;
    for length in [
        31,
        28 + u64::from(is_leap(year)),
        31,
        30,
        31,
        30,
        31,
        31,
        30,
        31,
        30,
    ] {
        if days < length {
            break;
        }
        days -= length;
        month += 1;
    }
    (year, month, days + 1)
}
