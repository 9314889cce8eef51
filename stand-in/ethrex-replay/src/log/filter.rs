use ethrex_common::trace::{Event, Level};

/// Whatever `RUST_LOG` says; the first is the level of everything else.
const FORCED: &[(&str, Level)] = &[
    ("", Level::Info),
    ("ethrex_storage::store", Level::Off),
    ("ethrex_storage_rollup::store", Level::Off),
    (
        "ethrex_l2::sequencer::block_producer::payload_builder",
        Level::Off,
    ),
    ("ethrex_blockchain::payload", Level::Off),
];

/// Only where `RUST_LOG` holds no directive at all: any directive replaces it, whatever its target.
const DEFAULT: (&str, Level) = ("sp1_core_executor::executor", Level::Off);

pub struct Filter {
    directives: Vec<(String, Level)>,
}

impl Filter {
    pub fn new(variable: &str) -> Self {
        let mut directives: Vec<(String, Level)> = variable.split(',').filter_map(directive).collect();
        if directives.is_empty() {
            directives.push((DEFAULT.0.to_string(), DEFAULT.1));
        }
        for (target, level) in FORCED {
            directives.retain(|(known, _)| known != target);
            directives.push((target.to_string(), *level));
        }
        // The longest target that matches decides.
        directives.sort_by_key(|(target, _)| std::cmp::Reverse(target.len()));
        Self { directives }
    }

    pub fn lets_through(&self, event: &Event) -> bool {
        let found = self
            .directives
            .iter()
            .find(|(target, _)| event.target.starts_with(target.as_str()));
        found.is_some_and(|(_, level)| event.level <= *level)
    }
}

fn directive(text: &str) -> Option<(String, Level)> {
    let text = text.trim();
    match text.split_once('=') {
        Some((target, name)) => Some((target.to_string(), level(name)?)),
        None if text.is_empty() => None,
        None => match level(text) {
            Some(level) => Some((String::new(), level)),
            None => Some((text.to_string(), Level::Trace)),
        },
    }
}

fn level(name: &str) -> Option<Level> {
    match name.to_ascii_lowercase().as_str() {
        "off" => Some(Level::Off),
        "error" => Some(Level::Error),
        "warn" => Some(Level::Warn),
        "info" => Some(Level::Info),
        "debug" => Some(Level::Debug),
        "trace" => Some(Level::Trace),
        _ => None,
    }
}
