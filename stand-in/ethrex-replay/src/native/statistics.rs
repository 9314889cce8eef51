use std::{fmt, time::Duration};

/// Of at least one duration.
pub struct Statistics {
    ascending: Vec<Duration>,
}

impl Statistics {
    pub fn new(durations: impl Iterator<Item = Duration>) -> Self {
        let mut ascending: Vec<Duration> = durations.collect();
        ascending.sort_unstable();
        Self { ascending }
    }

    pub fn median(&self) -> Duration {
        let middle = self.ascending.len() / 2;
        if self.ascending.len() % 2 == 1 {
            self.ascending[middle]
        } else {
            (self.ascending[middle - 1] + self.ascending[middle]) / 2
        }
    }

    fn mean(&self) -> Duration {
        self.ascending.iter().sum::<Duration>() / self.ascending.len() as u32
    }

    fn deviation_in_milliseconds(&self) -> f64 {
        let mean = self.mean().as_secs_f64();
        let squares = self
            .ascending
            .iter()
            .map(|one| (one.as_secs_f64() - mean).powi(2));
        1000.0 * (squares.sum::<f64>() / self.ascending.len() as f64).sqrt()
    }

    fn percentile(&self, percent: f64) -> Duration {
        let last = self.ascending.len() - 1;
        self.ascending[(percent / 100.0 * last as f64).round() as usize]
    }
}

impl fmt::Display for Statistics {
    fn fmt(&self, out: &mut fmt::Formatter) -> fmt::Result {
        writeln!(out, "  min:    {:>8.2?}", self.percentile(0.0))?;
        writeln!(out, "  max:    {:>8.2?}", self.percentile(100.0))?;
        writeln!(out, "  mean:   {:>8.2?}", self.mean())?;
        writeln!(out, "  median: {:>8.2?}", self.median())?;
        writeln!(out, "  stddev: {:>8.2}ms", self.deviation_in_milliseconds())?;
        writeln!(out, "  p95:    {:>8.2?}", self.percentile(95.0))?;
        write!(out, "  p99:    {:>8.2?}", self.percentile(99.0))
    }
}
