use std::time::Duration;

/// Never rounded up; between a minute and an hour the milliseconds are dropped.
pub fn formatted(duration: Duration) -> String {
    let (seconds, millis) = (duration.as_secs(), duration.subsec_millis());
    let (hours, minutes, rest) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    if hours > 0 {
        format!("{hours:02}h {minutes:02}m {rest:02}s {millis:03}ms")
    } else if minutes > 0 {
        format!("{minutes:02}m {rest:02}s")
    } else {
        format!("{rest:02}s {millis:03}ms")
    }
}
