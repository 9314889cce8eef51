//! The few calls that the standard library does not offer.

use std::{
    sync::atomic::{AtomicBool, Ordering},
    thread,
    time::Duration,
};

const SIGINT: i32 = 2;
const SIGTERM: i32 = 15;
const SIG_IGN: usize = 1;

extern "C" {
    fn signal(number: i32, handler: usize) -> usize;
}

static INTERRUPTED: AtomicBool = AtomicBool::new(false);

extern "C" fn note_interrupt(_: i32) {
    INTERRUPTED.store(true, Ordering::Relaxed);
}

pub fn ignore() {
    // SAFETY: ignoring a signal runs no code of ours.
    unsafe {
        signal(SIGINT, SIG_IGN);
        signal(SIGTERM, SIG_IGN);
    }
}

/// Runs `then` on a thread of its own after the first INT.
pub fn on_interrupt(then: fn()) {
    let handler: extern "C" fn(i32) = note_interrupt;
    // SAFETY: the handler only stores to an atomic.
    unsafe { signal(SIGINT, handler as usize) };
    thread::spawn(move || {
        while !INTERRUPTED.load(Ordering::Relaxed) {
            thread::sleep(Duration::from_millis(10));
        }
        then();
    });
}
