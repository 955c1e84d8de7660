//! What is done while the vault is open and nobody asks for it: the backup of the day, the mails that are due, and the address
//! books that could not be brought up to date when the owner wanted it. A lock stops it.

use std::thread;
use std::time::{Duration, Instant};

use akkoord_office::problem::Code;
use akkoord_office::vault::{Area, backup};
use akkoord_office::{clock, mail};
use tauri::AppHandle;
use tauri_specta::Event;

use crate::desk::Desk;
use crate::events::Touched;

/// How often to look.
const EVERY: Duration = Duration::from_secs(5);

/// Whoever just opened the vault has it for themselves for so long.
const AT_FIRST: Duration = Duration::from_secs(20);

/// A backup that failed is tried again after so long.
const AGAIN: Duration = Duration::from_secs(3600);

/// What outlives one look.
struct Chores {
    app: AppHandle,
    desk: Desk,
    /// Since when the vault is open, as far as was seen.
    open: Option<Instant>,
    /// When the backup failed last.
    failed: Option<Instant>,
}

/// Looks now and then what there is to do, as long as the application runs.
pub(crate) fn watch(app: AppHandle, desk: Desk) {
    let mut chores = Chores { app, desk, open: None, failed: None };
    thread::spawn(move || {
        loop {
            thread::sleep(EVERY);
            chores.look();
        }
    });
}

impl Chores {
    fn look(&mut self) {
        // Something long holds it: it is open.
        let locked = self.desk.held_at_rest().is_some_and(|mut held| held.own().is_err());
        if locked {
            (self.open, self.failed) = (None, None);
        } else if self.open.get_or_insert_with(Instant::now).elapsed() >= AT_FIRST {
            self.back_up();
            self.post();
            self.again();
        }
    }

    fn back_up(&mut self) {
        if self.failed.is_some_and(|at| at.elapsed() < AGAIN) {
            return;
        }
        let now = clock::now();
        let due = |vault: &_| backup::due(vault, now).unwrap_or(false);
        let made = self.desk.unasked(due, |vault, progress| backup::daily(vault, progress, now));
        match made {
            None => return,
            Some(Ok(_)) => self.failed = None,
            // Somebody locks, or makes one: it is still due.
            Some(Err(problem)) if matches!(problem.code, Code::Cancelled | Code::VaultInUse) => return,
            Some(Err(_)) => self.failed = Some(Instant::now()),
        }
        self.tell(&[Area::Backups]);
    }

    fn post(&self) {
        let due = self.desk.held_at_rest().is_some_and(|mut held| {
            held.own().is_ok_and(|vault| vault.writes() && mail::due(vault, clock::now()).unwrap_or(false))
        });
        if due && self.desk.round_unasked().is_some() {
            self.tell(&[Area::Mails, Area::Contacts, Area::Consent, Area::Requests]);
        }
    }

    fn again(&self) {
        if let Some(done) = self.desk.again_unasked() {
            self.tell(done.map_or(&[Area::Connections][..], |done| done.touched));
        }
    }

    fn tell(&self, areas: &[Area]) {
        // A page that is gone reads all anew when it comes back.
        let _ = Touched { areas: areas.to_vec() }.emit(&self.app);
    }
}
