//! Splits arguments into flags and positionals by a table of flags.

use crate::usage::{self, Stop};
use std::str::FromStr;

pub struct Flag {
    pub name: &'static str,
    /// The placeholder of its value; a flag without one is a switch.
    pub value: Option<&'static str>,
    /// All that its value may be; empty for anything.
    pub possible: &'static [&'static str],
}

impl Flag {
    pub const fn switch(name: &'static str) -> Self {
        Self {
            name,
            value: None,
            possible: &[],
        }
    }

    pub const fn value(name: &'static str, placeholder: &'static str) -> Self {
        Self {
            name,
            value: Some(placeholder),
            possible: &[],
        }
    }

    pub const fn choice(
        name: &'static str,
        placeholder: &'static str,
        possible: &'static [&'static str],
    ) -> Self {
        Self {
            name,
            value: Some(placeholder),
            possible,
        }
    }

    fn shown(&self) -> String {
        match self.value {
            Some(placeholder) => format!("--{} <{placeholder}>", self.name),
            None => format!("--{}", self.name),
        }
    }
}

#[derive(Default)]
pub struct Matches {
    flags: Vec<(&'static str, String)>,
    pub positional: Vec<String>,
}

impl Matches {
    pub fn has(&self, name: &str) -> bool {
        self.get(name).is_some()
    }

    pub fn get(&self, name: &str) -> Option<&str> {
        self.flags
            .iter()
            .find(|(flag, _)| *flag == name)
            .map(|(_, value)| value.as_str())
    }

    pub fn number<T: FromStr>(&self, name: &str, placeholder: &str) -> Result<Option<T>, Stop> {
        self.get(name)
            .map(|text| number(text, &format!("--{name} <{placeholder}>")))
            .transpose()
    }
}

pub fn number<T: FromStr>(text: &str, shown: &str) -> Result<T, Stop> {
    text.parse()
        .map_err(|_| usage::invalid(text, shown, ": invalid digit found in string"))
}

pub fn split(arguments: &[String], flags: &[&'static [Flag]]) -> Result<Matches, Stop> {
    let mut matches = Matches::default();
    let mut rest = arguments.iter();
    while let Some(argument) = rest.next() {
        let long = if argument == "-v" {
            Some("verbose")
        } else {
            argument.strip_prefix("--")
        };
        let Some(long) = long else {
            if argument.starts_with('-') {
                return Err(unexpected(argument));
            }
            matches.positional.push(argument.clone());
            continue;
        };
        let (name, attached) = match long.split_once('=') {
            Some((name, value)) => (name, Some(value.to_string())),
            None => (long, None),
        };
        let flag = flags
            .iter()
            .flat_map(|table| table.iter())
            .find(|flag| flag.name == name);
        let flag = flag.ok_or_else(|| unexpected(argument))?;
        if matches.has(flag.name) {
            return Err(usage::error(format!(
                "the argument '{}' cannot be used multiple times",
                flag.shown()
            )));
        }
        let value = value_of(flag, attached, || rest.next().cloned())?;
        matches.flags.push((flag.name, value));
    }
    Ok(matches)
}

fn value_of(
    flag: &Flag,
    attached: Option<String>,
    next: impl FnOnce() -> Option<String>,
) -> Result<String, Stop> {
    if flag.value.is_none() {
        return match attached {
            None => Ok(String::new()),
            Some(value) => Err(usage::error(format!(
                "unexpected value '{value}' for '{}' found; no more were expected",
                flag.shown()
            ))),
        };
    }
    let value = attached.or_else(next).filter(|value| !value.starts_with("--"));
    let shown = flag.shown();
    let value = value
        .ok_or_else(|| usage::error(format!("a value is required for '{shown}' but none was supplied")))?;
    if !flag.possible.is_empty() && !flag.possible.contains(&value.as_str()) {
        let reason = format!("\n  [possible values: {}]", flag.possible.join(", "));
        return Err(usage::invalid(&value, &shown, &reason));
    }
    Ok(value)
}

fn unexpected(argument: &str) -> Stop {
    usage::error(format!("unexpected argument '{argument}' found"))
}
