//! How long things take.

use std::time::{Duration, Instant};

use crate::Outcome;

/// Times of many small things, in order of length.
#[derive(Debug)]
pub(crate) struct Times(Vec<Duration>);

impl Times {
    /// Times `work` on each of the things.
    pub(crate) fn of<T>(things: impl IntoIterator<Item = T>, mut work: impl FnMut(T) -> Outcome) -> Outcome<Self> {
        let mut times = Vec::new();
        for thing in things {
            let begun = Instant::now();
            work(thing)?;
            times.push(begun.elapsed());
        }
        times.sort_unstable();
        Ok(Self(times))
    }

    /// The time that so many out of a thousand stay within, in milliseconds.
    pub(crate) fn permille(&self, n: usize) -> f64 {
        let at = (self.0.len() * n / 1000).min(self.0.len().saturating_sub(1));
        self.0.get(at).map_or(0.0, |time| time.as_secs_f64() * 1e3)
    }

    /// The middle one, in milliseconds.
    pub(crate) fn middle(&self) -> f64 {
        self.permille(500)
    }

    /// The slowest but one in a hundred, in milliseconds.
    pub(crate) fn p99(&self) -> f64 {
        self.permille(990)
    }
}

/// Seconds of one thing.
pub(crate) fn seconds(work: impl FnOnce() -> Outcome) -> Outcome<f64> {
    let begun = Instant::now();
    work()?;
    Ok(begun.elapsed().as_secs_f64())
}

/// Seconds that this thread has kept a processor busy; none where the system does not tell. What else the computer does shows
/// less in them than in the clock.
pub(crate) fn processor() -> Option<f64> {
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    told.split_whitespace().next()?.parse::<f64>().ok().map(|nanoseconds| nanoseconds / 1e9)
}

/// `12.3 MB`.
pub(crate) fn bytes_as_mb(bytes: u64) -> String {
    format!("{:.1} MB", bytes as f64 / 1e6)
}
