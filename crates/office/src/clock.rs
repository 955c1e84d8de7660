//! The only place that asks what time it is.

use chrono::{DateTime, Utc};

/// This computer's time.
#[must_use]
#[expect(clippy::disallowed_methods, reason = "the one place that may")]
pub fn now() -> DateTime<Utc> {
    Utc::now()
}
