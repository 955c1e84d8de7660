//! Waiting: for a thing to become true, never for a time to pass.

use std::time::{Duration, Instant};

/// Slow machines with two cores that do other things besides.
pub(crate) const LIMIT: Duration = Duration::from_secs(45);

const PAUSE: Duration = Duration::from_millis(40);

/// As many times the limit anybody waits for what goes on changing and never comes.
const MOST: u32 = 10;

/// Asks until there is an answer. As long as the reason why not goes on changing, something goes on, and it is waited for;
/// fails with the last reason when nothing changed for a while.
#[track_caller]
pub(crate) fn until<T>(what: &str, ask: impl FnMut() -> Result<T, String>) -> T {
    within(LIMIT, what, ask)
}

/// The same with a limit of its own.
#[track_caller]
pub(crate) fn within<T>(limit: Duration, what: &str, mut ask: impl FnMut() -> Result<T, String>) -> T {
    let begin = Instant::now();
    let (mut changed, mut last) = (begin, String::new());
    loop {
        let reason = match ask() {
            Ok(answer) => return answer,
            Err(reason) => reason,
        };
        if reason != last {
            (changed, last) = (Instant::now(), reason);
        }
        if changed.elapsed() > limit || begin.elapsed() > limit * MOST {
            panic!("waited {:?} in vain: {what}. {last}", begin.elapsed());
        }
        std::thread::sleep(PAUSE);
    }
}
