//! Long work: how far it is goes to the page, and the page may stop it.

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::Duration;

use akkoord_office::intake::reader::Progress;
use serde::Serialize;
use specta::Type;
use tauri::ipc::Channel;

/// How often the page hears how far it is.
const EVERY: Duration = Duration::from_millis(100);

/// How far long work is.
#[derive(Debug, Clone, Copy, Serialize, Type)]
pub(crate) struct Step {
    /// Bytes of the file read so far.
    pub(crate) read: u64,
    /// Rows dealt with so far.
    pub(crate) rows: u64,
}

/// The long work that runs, of which there is one at a time.
#[derive(Debug, Default)]
pub(crate) struct Running {
    progress: Arc<Progress>,
    /// It only looks: new work stops it.
    looks: bool,
}

impl Running {
    /// Begins to look at something; a look that goes on is stopped, as nobody needs it any more.
    pub(crate) fn look(&mut self, steps: Channel<Step>) -> Watch {
        self.next(steps, true)
    }

    /// Begins something that changes the vault.
    pub(crate) fn work(&mut self, steps: Channel<Step>) -> Watch {
        self.next(steps, false)
    }

    /// Stops what runs.
    pub(crate) fn stop(&self) {
        self.progress.cancel.store(true, Ordering::Relaxed);
    }

    /// Stops what runs if it only looks.
    pub(crate) fn stop_looking(&self) {
        if self.looks {
            self.stop();
        }
    }

    fn next(&mut self, steps: Channel<Step>, looks: bool) -> Watch {
        self.stop_looking();
        *self = Self { progress: Arc::default(), looks };
        Watch { progress: Arc::clone(&self.progress), steps }
    }
}

/// Tells the page how far its work is.
pub(crate) struct Watch {
    progress: Arc<Progress>,
    steps: Channel<Step>,
}

impl Watch {
    /// Does the work, which says how far it is.
    pub(crate) fn over<T>(&self, work: impl FnOnce(&Progress) -> T) -> T {
        std::thread::scope(|scope| {
            // Whether the work ends or panics, this end of it goes, and the thread with it.
            let (_end, ended) = channel::<()>();
            scope.spawn(move || {
                while ended.recv_timeout(EVERY) == Err(RecvTimeoutError::Timeout) {
                    // Where nobody listens any more there is nobody to tell.
                    let _ = self.steps.send(self.step());
                }
            });
            work(&self.progress)
        })
    }

    fn step(&self) -> Step {
        Step { read: self.progress.read.load(Ordering::Relaxed), rows: self.progress.rows.load(Ordering::Relaxed) }
    }
}
