//! The rounds of the post, and of address books that could not be brought up to date: one at a time, and what a lock does to
//! them. Those of the post hold the vault for an act only.

use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use akkoord_office::clock;
use akkoord_office::connections::{self, Again};
use akkoord_office::mail::{self, Lender, Round};
use akkoord_office::problem::{Code, Problem, Result};
use akkoord_office::vault::{Done, Vault};

use crate::desk::{Beside, Desk, Held};

/// How long a lock waits for the mail that is on the line. Whoever is slower is left in doubt, and told of.
const PATIENCE: Duration = Duration::from_secs(3);

/// The rounds.
#[derive(Debug, Default)]
pub(crate) struct Rounds {
    /// Held by the round that runs.
    one: Mutex<()>,
    line: Mutex<Line>,
    settled: Condvar,
}

#[derive(Debug, Default)]
struct Line {
    /// A mail is on it.
    busy: bool,
    /// No further mail is to leave.
    stop: bool,
}

impl Rounds {
    fn line(&self) -> MutexGuard<'_, Line> {
        self.line.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether a mail is being handed over just now.
    pub(crate) fn on_the_line(&self) -> bool {
        self.line().busy
    }

    /// Lets no further mail leave, and waits a little for the one that is on its way.
    pub(crate) fn stop(&self) {
        let mut line = self.line();
        line.stop = true;
        let waited = self.settled.wait_timeout_while(line, PATIENCE, |line| line.busy);
        drop(waited.unwrap_or_else(PoisonError::into_inner));
    }
}

impl Desk {
    /// Sends what is due, after the round that runs already, if one does.
    pub(crate) fn round(&self) -> Result<Done<Round>> {
        let one = self.rounds().one.lock().unwrap_or_else(PoisonError::into_inner);
        self.rounded(&one)
    }

    /// Sends what is due, unless a round runs already.
    pub(crate) fn round_unasked(&self) -> Option<Result<Done<Round>>> {
        let one = self.rounds().one.try_lock().ok()?;
        Some(self.rounded(&one))
    }

    /// Tries again the address books whose time has come, unless a round runs already; a lock stops it between two cards.
    pub(crate) fn again_unasked(&self) -> Option<Result<Done<Again>>> {
        let _one = self.rounds().one.try_lock().ok()?;
        *self.rounds().line() = Line::default();
        let now = clock::now();
        let due = |vault: &Vault| connections::again_due(vault, now).unwrap_or(false);
        self.long_unasked(due, |vault| connections::again(vault, &|| self.rounds().line().stop, now))
    }

    /// Long work that nobody asked for with the business's own vault, where that is at hand, nothing long holds it, and there is a
    /// reason.
    fn long_unasked<T>(&self, reason: impl FnOnce(&Vault) -> bool, work: impl FnOnce(&mut Vault) -> T) -> Option<T> {
        let mut held = self.held_at_rest().filter(|held| !held.practice)?;
        let vault = held.vault.as_mut().filter(|vault| vault.writes() && reason(vault))?;
        *self.beside() = Some(vault.beside().ok()?);
        let _beside = Beside(self);
        Some(work(vault))
    }

    fn rounded(&self, _one: &MutexGuard<'_, ()>) -> Result<Done<Round>> {
        *self.rounds().line() = Line::default();
        let sent = mail::run(&mut Lent(self), None, clock::now());
        Lent(self).on_the_line(false);
        sent
    }
}

impl Held {
    /// The business's own vault, also while the practice vault lies over it.
    pub(crate) fn own(&mut self) -> Result<&mut Vault> {
        let own = if self.practice { &mut self.aside } else { &mut self.vault };
        own.as_mut().ok_or_else(|| Problem::new(Code::VaultLocked))
    }
}

/// The desk lends the business's own vault as long as that is open.
struct Lent<'d>(&'d Desk);

impl Lender for Lent<'_> {
    fn lend<T>(&mut self, act: impl FnOnce(&mut Vault) -> Result<T>) -> Result<T> {
        act(self.0.held().own()?)
    }

    fn stopped(&self) -> bool {
        self.0.rounds().line().stop
    }

    fn on_the_line(&mut self, is: bool) {
        self.0.rounds().line().busy = is;
        self.0.rounds().settled.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::opening::tests::desk as opened;

    #[test]
    fn whoever_locks_waits_for_the_mail_on_the_line_and_no_other_leaves() {
        let dir = tempfile::tempdir().unwrap();
        let (desk, _) = opened(&dir);
        let mut lent = Lent(&desk);
        lent.on_the_line(true);
        std::thread::scope(|scope| {
            let locks = scope.spawn(|| desk.rounds().stop());
            while !lent.stopped() {
                std::thread::yield_now();
            }
            assert!(desk.rounds().on_the_line() && !locks.is_finished());
            assert!(lent.lend(|vault| Ok(vault.writes())).unwrap(), "what became of it is put on record");
            lent.on_the_line(false);
            locks.join().unwrap();
        });
        assert!(desk.shut(&mut desk.held()));
        assert_eq!(lent.lend(|_| Ok(())).unwrap_err().code, Code::VaultLocked);
        // A server that says nothing keeps no vault open for long.
        lent.on_the_line(true);
        desk.rounds().stop();
    }
}
