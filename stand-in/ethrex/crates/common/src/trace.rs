//! Log events, without a say in how they look: the host subscribes and prints them.

use std::sync::OnceLock;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    Off,
    Error,
    Warn,
    Info,
    Debug,
    Trace,
}

pub struct Event<'a> {
    pub level: Level,
    /// Spans from the outermost inwards, with a colon between them: `app_prove{group="app_proof"}:execute_metered`.
    pub span: Option<&'a str>,
    pub target: &'a str,
    pub message: &'a str,
}

static SUBSCRIBER: OnceLock<fn(&Event)> = OnceLock::new();

/// The first subscriber stays.
pub fn subscribe(subscriber: fn(&Event)) {
    let _ = SUBSCRIBER.set(subscriber);
}

pub fn emit(event: &Event) {
    if let Some(subscriber) = SUBSCRIBER.get() {
        subscriber(event);
    }
}

pub fn info(target: &str, message: &str) {
    emit(&Event {
        level: Level::Info,
        span: None,
        target,
        message,
    });
}

pub fn warn(target: &str, message: &str) {
    emit(&Event {
        level: Level::Warn,
        span: None,
        target,
        message,
    });
}

pub fn error(target: &str, message: &str) {
    emit(&Event {
        level: Level::Error,
        span: None,
        target,
        message,
    });
}
