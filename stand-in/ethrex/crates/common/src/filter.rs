//! Which log events are shown, in the words of `RUST_LOG`.

use crate::trace::{Event, Level};

/// Directives: the longest target that begins an event's decides, and what no directive names is not shown.
pub struct Filter {
    directives: Vec<(String, Level)>,
}

impl Filter {
    /// What of the text is no directive is left out.
    pub fn new(text: &str) -> Self {
        Self {
            directives: text.split(',').filter_map(directive).collect(),
        }
    }

    pub fn is_empty(&self) -> bool {
        self.directives.is_empty()
    }

    /// In place of what was said of the same target before.
    pub fn set(&mut self, target: &str, level: Level) {
        self.directives.retain(|(known, _)| known != target);
        self.directives.push((target.to_string(), level));
    }

    pub fn lets_through(&self, event: &Event) -> bool {
        let matching = self
            .directives
            .iter()
            .filter(|(target, _)| event.target.starts_with(target.as_str()));
        let longest = matching.max_by_key(|(target, _)| target.len());
        longest.is_some_and(|(_, level)| event.level <= *level)
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
