//! Long looks that nobody waits for. Each has a key and an open file of its own, so a lock stops them and waits until they
//! let go.

use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use akkoord_office::clock;
use akkoord_office::problem::Result;
use akkoord_office::vault::{Interrupter, Vault};
use chrono::{DateTime, Utc};

use crate::desk::{Answer, Desk, needed, off_thread};

/// Between two attempts to stop what is under way: one stops only the statement that runs just then.
const AGAIN: Duration = Duration::from_millis(20);

/// The looks that are under way.
#[derive(Default)]
pub(crate) struct Studies {
    under_way: Mutex<Vec<(u64, Interrupter)>>,
    one_less: Condvar,
}

/// A look that is under way, on the list until this is dropped.
struct Listed<'s> {
    studies: &'s Studies,
    number: u64,
}

impl Studies {
    fn under_way(&self) -> MutexGuard<'_, Vec<(u64, Interrupter)>> {
        self.under_way.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Puts a look on the list. Whoever calls holds what the look was made from, so that no lock comes in between.
    fn list(&self, look: &Vault) -> Listed<'_> {
        let mut under_way = self.under_way();
        let number = under_way.last().map_or(0, |(last, _)| last + 1);
        under_way.push((number, look.interrupter()));
        Listed { studies: self, number }
    }

    /// Stops all that are under way, and comes back when none of them holds anything any more.
    pub(crate) fn stop(&self) {
        let mut under_way = self.under_way();
        while !under_way.is_empty() {
            under_way.iter().for_each(|(_, look)| look.interrupt());
            let waited = self.one_less.wait_timeout(under_way, AGAIN);
            under_way = waited.unwrap_or_else(PoisonError::into_inner).0;
        }
    }
}

impl Drop for Listed<'_> {
    fn drop(&mut self) {
        self.studies.under_way().retain(|(number, _)| *number != self.number);
        self.studies.one_less.notify_all();
    }
}

impl Desk {
    /// Reads for so long that nobody is to wait for it: through a look of its own, as things stand when it begins.
    pub(crate) async fn study<T: Send + 'static>(
        &self,
        ask: impl FnOnce(&Vault, DateTime<Utc>) -> Result<T> + Send + 'static,
    ) -> Answer<T> {
        let desk = self.clone();
        off_thread(move || {
            let (listed, look) = desk.look()?;
            let answer = ask(&look, clock::now());
            // Closed first: whoever waits for it to go from the list must find nothing open.
            drop(look);
            drop(listed);
            answer
        })
        .await
    }

    /// A look of its own at the vault at hand, or at the one that long work holds.
    fn look(&self) -> Result<(Listed<'_>, Vault)> {
        let beside = self.beside();
        if let Some(vault) = &*beside {
            let look = vault.beside()?;
            return Ok((self.studies().list(&look), look));
        }
        drop(beside);
        let mut held = self.held();
        let look = needed(&mut held)?.beside()?;
        Ok((self.studies().list(&look), look))
    }
}
