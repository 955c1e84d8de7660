//! Long work: how far it is goes to the page, and the page may stop it.

use std::sync::atomic::Ordering;
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::sync::{Arc, Weak};
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

/// The long work that was begun and has not ended, the first first: one runs, the others wait for it.
#[derive(Debug, Default)]
pub(crate) struct Running(Vec<Job>);

#[derive(Debug)]
struct Job {
    /// Gone when the work has ended, however it ended.
    progress: Weak<Progress>,
    kind: Kind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// It changes the vault.
    Work,
    /// It looks at what work would do: whatever is begun next stops it, as nobody needs it any more.
    Preview,
    /// It goes through the log, beside whatever else runs.
    Walk,
}

impl Running {
    /// Begins to look at what would be done.
    pub(crate) fn preview(&mut self, steps: Channel<Step>) -> Watch {
        self.stop_each(Kind::Preview);
        self.next(steps, Kind::Preview)
    }

    /// Begins something that changes the vault.
    pub(crate) fn work(&mut self, steps: Channel<Step>) -> Watch {
        self.stop_each(Kind::Preview);
        self.next(steps, Kind::Work)
    }

    /// Begins to go through the log; another walk that goes on is stopped.
    pub(crate) fn walk(&mut self, steps: Channel<Step>) -> Watch {
        self.stop_walk();
        self.next(steps, Kind::Walk)
    }

    /// Stops what runs; what waits for it, and a walk, go on.
    pub(crate) fn stop(&self) {
        let jobs = self.0.iter().filter(|job| job.kind != Kind::Walk);
        if let Some(progress) = jobs.filter_map(|job| job.progress.upgrade()).next() {
            progress.cancel.store(true, Ordering::Relaxed);
        }
    }

    /// Stops the walk; whatever else runs goes on.
    pub(crate) fn stop_walk(&self) {
        self.stop_each(Kind::Walk);
    }

    /// Stops all of it.
    pub(crate) fn stop_all(&self) {
        [Kind::Work, Kind::Preview, Kind::Walk].into_iter().for_each(|kind| self.stop_each(kind));
    }

    fn stop_each(&self, kind: Kind) {
        for progress in self.0.iter().filter(|job| job.kind == kind).filter_map(|job| job.progress.upgrade()) {
            progress.cancel.store(true, Ordering::Relaxed);
        }
    }

    fn next(&mut self, steps: Channel<Step>, kind: Kind) -> Watch {
        self.0.retain(|job| job.progress.strong_count() > 0);
        let progress = Arc::default();
        self.0.push(Job { progress: Arc::downgrade(&progress), kind });
        Watch { progress, steps }
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

    /// What stops the work.
    pub(crate) fn progress(&self) -> Arc<Progress> {
        Arc::clone(&self.progress)
    }

    fn step(&self) -> Step {
        Step { read: self.progress.read.load(Ordering::Relaxed), rows: self.progress.rows.load(Ordering::Relaxed) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stopped(watch: &Watch) -> bool {
        watch.progress.cancel.load(Ordering::Relaxed)
    }

    #[test]
    fn cancel_stops_what_runs_and_not_what_waits_for_it() {
        let channel = || Channel::new(|_| Ok(()));
        let mut running = Running::default();
        let import = running.work(channel());
        let (first, second) = (running.preview(channel()), running.preview(channel()));
        assert!(stopped(&first) && !stopped(&second) && !stopped(&import));
        running.stop();
        assert!(stopped(&import) && !stopped(&second));
        drop((import, first));
        running.stop();
        assert!(stopped(&second));
        let (undo, walk) = (running.work(channel()), running.walk(channel()));
        let (next, preview) = (running.walk(channel()), running.preview(channel()));
        assert!(
            stopped(&walk) && !stopped(&undo) && !stopped(&next) && !stopped(&preview),
            "a walk stops a walk alone"
        );
        running.stop_walk();
        assert!(stopped(&next) && !stopped(&undo) && !stopped(&preview));
        drop((undo, next));
        let (undo, walk) = (running.work(channel()), running.walk(channel()));
        assert!(stopped(&preview) && !stopped(&walk));
        drop((preview, second));
        running.stop();
        assert!(stopped(&undo) && !stopped(&walk), "cancelling work leaves the walk alone");
        drop(undo);
        running.stop();
        assert!(!stopped(&walk));
        let undo = running.work(channel());
        running.stop_all();
        assert!(stopped(&undo) && stopped(&walk));
    }
}
