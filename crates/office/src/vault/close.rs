//! Closing a vault: nothing of it is left beside its file.

use std::time::Duration;

use super::Vault;
use crate::profile::WriterLock;

impl Vault {
    /// Closes the file and gives the right to write back, for whoever puts the file elsewhere.
    pub(super) fn close(mut self) -> Option<WriterLock> {
        self.carry_over();
        self.lock.take()
    }

    /// Leaves no write-ahead log behind where nobody else reads; the file is whole either way. Whoever reads stands still, so
    /// there is nothing to wait for.
    fn carry_over(&self) {
        let _ = self.conn.busy_timeout(Duration::ZERO);
        let _ = self.conn.pragma_update(None, "wal_checkpoint", "TRUNCATE");
    }
}

impl Drop for Vault {
    fn drop(&mut self) {
        if self.writes() {
            self.carry_over();
        }
    }
}
