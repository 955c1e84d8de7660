//! Long looks that nobody waits for. Each has a key and an open file of its own, so a lock stops them and waits until they
//! let go. There is no other way in which a lock stops what looks.

use std::sync::atomic::Ordering;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use akkoord_office::clock;
use akkoord_office::intake::reader::Progress;
use akkoord_office::problem::Result;
use akkoord_office::vault::{Interrupter, Vault};
use chrono::{DateTime, Utc};

use crate::desk::{Answer, Desk, needed, off_thread};
use crate::running::Watch;

/// Between two attempts to stop what is under way: one stops only the statement that runs just then.
const AGAIN: Duration = Duration::from_millis(20);

/// The looks that are under way.
#[derive(Default)]
pub(crate) struct Studies {
    under_way: Mutex<Vec<Look>>,
    one_less: Condvar,
}

/// A look, and what stops it: the statement that runs, and between statements whoever reads a file for it.
struct Look {
    number: u64,
    statement: Interrupter,
    progress: Arc<Progress>,
}

impl Look {
    fn stop(&self) {
        self.progress.cancel.store(true, Ordering::Relaxed);
        self.statement.interrupt();
    }
}

/// A look that is under way, on the list until this is dropped.
struct Listed<'s> {
    studies: &'s Studies,
    number: u64,
}

impl Studies {
    fn under_way(&self) -> MutexGuard<'_, Vec<Look>> {
        self.under_way.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Puts a look on the list. Whoever calls holds what the look was made from, so that no lock comes in between.
    fn list(&self, look: &Vault, progress: Arc<Progress>) -> Listed<'_> {
        let mut under_way = self.under_way();
        let number = under_way.last().map_or(0, |last| last.number + 1);
        under_way.push(Look { number, statement: look.interrupter(), progress });
        Listed { studies: self, number }
    }

    /// Stops all that are under way, and comes back when none of them holds anything any more.
    pub(crate) fn stop(&self) {
        let mut under_way = self.under_way();
        while !under_way.is_empty() {
            under_way.iter().for_each(Look::stop);
            let waited = self.one_less.wait_timeout(under_way, AGAIN);
            under_way = waited.unwrap_or_else(PoisonError::into_inner).0;
        }
    }
}

impl Drop for Listed<'_> {
    fn drop(&mut self) {
        self.studies.under_way().retain(|look| look.number != self.number);
        self.studies.one_less.notify_all();
    }
}

impl Desk {
    /// Reads for so long that nobody is to wait for it: through a look of its own, as things stand when it begins.
    pub(crate) async fn study<T: Send + 'static>(
        &self,
        ask: impl FnOnce(&Vault, DateTime<Utc>) -> Result<T> + Send + 'static,
    ) -> Answer<T> {
        self.looking(Arc::default(), |vault, _, now| ask(vault, now)).await
    }

    /// The same, while the page sees how far it is and may stop it.
    pub(crate) async fn watched<T: Send + 'static>(
        &self,
        watch: Watch,
        ask: impl FnOnce(&Vault, &Progress, DateTime<Utc>) -> Result<T> + Send + 'static,
    ) -> Answer<T> {
        let progress = watch.progress();
        self.looking(progress, move |vault, _, now| watch.over(|progress| ask(vault, progress, now))).await
    }

    /// A study that can be stopped between two statements, too.
    pub(crate) async fn careful<T: Send + 'static>(
        &self,
        ask: impl FnOnce(&Vault, &Arc<Progress>, DateTime<Utc>) -> Result<T> + Send + 'static,
    ) -> Answer<T> {
        self.looking(Arc::default(), ask).await
    }

    async fn looking<T: Send + 'static>(
        &self,
        progress: Arc<Progress>,
        ask: impl FnOnce(&Vault, &Arc<Progress>, DateTime<Utc>) -> Result<T> + Send + 'static,
    ) -> Answer<T> {
        let desk = self.clone();
        off_thread(move || {
            let (listed, look) = desk.look(Arc::clone(&progress))?;
            let answer = ask(&look, &progress, clock::now());
            // Closed first: whoever waits for it to go from the list must find nothing open.
            drop(look);
            drop(listed);
            answer
        })
        .await
    }

    /// A look that nobody asked for at the business's own vault, where that is open, nothing long holds it, and there is a reason.
    pub(crate) fn unasked<T>(
        &self,
        reason: impl FnOnce(&Vault) -> bool,
        ask: impl FnOnce(&Vault, &Arc<Progress>) -> T,
    ) -> Option<T> {
        let mut held = self.held_at_rest()?;
        let vault = held.own().ok().filter(|vault| vault.writes() && reason(vault))?;
        let (look, progress) = (vault.beside().ok()?, Arc::default());
        let listed = self.studies().list(&look, Arc::clone(&progress));
        drop(held);
        let answer = ask(&look, &progress);
        drop(look);
        drop(listed);
        Some(answer)
    }

    /// A look of its own at the vault at hand, or at the one that long work holds.
    fn look(&self, progress: Arc<Progress>) -> Result<(Listed<'_>, Vault)> {
        let beside = self.beside();
        if let Some(vault) = &*beside {
            let look = vault.beside()?;
            return Ok((self.studies().list(&look, progress), look));
        }
        drop(beside);
        let mut held = self.held();
        let look = needed(&mut held)?.beside()?;
        Ok((self.studies().list(&look, progress), look))
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Barrier;

    use akkoord_office::problem::{Code, Problem};
    use akkoord_office::registers;
    use tauri::async_runtime::block_on;
    use tauri::ipc::Channel;

    use super::*;
    use crate::opening::tests::desk as opened;

    /// A look that asks one thing after the other, and one that reads a file, are both under way when the vault is locked.
    #[test]
    fn a_lock_stops_whatever_looks_and_waits_until_nothing_is_open() {
        let dir = tempfile::tempdir().unwrap();
        let (desk, _) = opened(&dir);
        let begun = Arc::new(Barrier::new(3));
        let (asking, reading) = (Arc::clone(&begun), Arc::clone(&begun));
        let watch = desk.running().preview(Channel::new(|_| Ok(())));
        std::thread::scope(|scope| {
            let asks = scope.spawn(|| {
                block_on(desk.study::<()>(move |vault, _| {
                    asking.wait();
                    loop {
                        registers::audit(vault, None, None)?;
                    }
                }))
            });
            let reads = scope.spawn(|| {
                block_on(desk.watched::<()>(watch, move |_, progress, _| {
                    reading.wait();
                    while !progress.cancel.load(Ordering::Relaxed) {
                        std::thread::yield_now();
                    }
                    Err(Problem::new(Code::Cancelled))
                }))
            });
            begun.wait();
            assert!(desk.shut(&mut desk.held()));
            assert!(desk.studies().under_way().is_empty(), "a look stayed open behind the lock");
            assert!(asks.join().unwrap().is_err() && reads.join().unwrap().is_err());
        });
    }
}
