//! Stopping a vault in the middle of an answer.

use std::fmt;

use rusqlite::Connection;

/// Stops what a vault is just being asked. Holds no key and keeps nothing open.
pub struct Interrupter(rusqlite::InterruptHandle);

impl Interrupter {
    /// Of what this connection is asked.
    pub(super) fn of(conn: &Connection) -> Self {
        Self(conn.get_interrupt_handle())
    }

    /// Lets the statement that runs now, if any, end with [`crate::Code::Cancelled`].
    pub fn interrupt(&self) {
        self.0.interrupt();
    }
}

impl fmt::Debug for Interrupter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Interrupter")
    }
}
