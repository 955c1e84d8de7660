//! Waiting: for a thing to become true, never for a time to pass.

use std::time::{Duration, Instant};

/// Slow machines with two cores that do other things besides.
pub(crate) const LIMIT: Duration = Duration::from_secs(45);

const PAUSE: Duration = Duration::from_millis(40);

/// Asks until there is an answer; fails with the last reason why not.
#[track_caller]
pub(crate) fn until<T>(what: &str, ask: impl FnMut() -> Result<T, String>) -> T {
    within(LIMIT, what, ask)
}

/// The same with a limit of its own.
#[track_caller]
pub(crate) fn within<T>(limit: Duration, what: &str, mut ask: impl FnMut() -> Result<T, String>) -> T {
    let begin = Instant::now();
    loop {
        match ask() {
            Ok(answer) => return answer,
            Err(reason) if begin.elapsed() > limit => panic!("waited {limit:?} in vain: {what}. {reason}"),
            Err(_) => std::thread::sleep(PAUSE),
        }
    }
}
