//! The desk: which vault is at hand, whether it is open, and the one place where commands reach it. No decisions.

use std::path::PathBuf;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError, TryLockError};
use std::thread::Thread;
use std::time::{Duration, Instant};

use akkoord_office::problem::{Code, Problem, Result};
use akkoord_office::profile::Profile;
use akkoord_office::profile::incoming::Spool;
use akkoord_office::vault::{Access, Actor, Area, Done, Opener, Vault};
use akkoord_office::{clock, practice, requests, vault};
use chrono::{DateTime, Utc};
use tauri::AppHandle;
use tauri_specta::Event;

use crate::events::Locked;
use crate::refusal::Refusal;
use crate::rounds::Rounds;
use crate::running::Running;
use crate::studies::Studies;

/// What a command answers.
pub(crate) type Answer<T> = std::result::Result<T, Refusal>;

/// How long to wait for a command line that is just writing.
const PATIENCE: Duration = Duration::from_secs(3);

/// The vault at hand, shared by all commands.
#[derive(Clone)]
pub(crate) struct Desk(Arc<Inner>);

struct Inner {
    home: Profile,
    practice: Profile,
    held: Mutex<Held>,
    /// A second look at the vault while long work holds the first.
    beside: Mutex<Option<Vault>>,
    studies: Studies,
    rounds: Rounds,
    files: Arc<Spool>,
    running: Mutex<Running>,
    begun: Instant,
    /// Milliseconds from `begun` to the last sign of life of the person.
    touched: AtomicU64,
    /// The same by the clock on the wall, which goes on while the computer sleeps.
    seen: AtomicI64,
    /// Who looks what falls due.
    watcher: OnceLock<Thread>,
}

/// What the desk holds.
#[derive(Default)]
pub(crate) struct Held {
    /// The practice vault is at hand, not the business's own.
    pub(crate) practice: bool,
    pub(crate) vault: Option<Vault>,
    /// The business's own vault, where it was open before the practice vault.
    pub(crate) aside: Option<Vault>,
    /// A recovery code that was shown and not typed back yet, and which of its groups is asked for.
    pub(crate) kit: Option<(akkoord_office::key::RecoveryCode, usize)>,
    /// A backup that the person chose from the disk.
    pub(crate) backup: Option<PathBuf>,
    /// Where exports went before that was changed last; the inner one is none for the usual folder.
    pub(crate) exports_before: Option<Option<PathBuf>>,
}

impl std::fmt::Debug for Desk {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Desk").field("home", &self.0.home.dir()).finish_non_exhaustive()
    }
}

impl Desk {
    pub(crate) fn new(home: Profile, practice: Profile) -> Self {
        Self(Arc::new(Inner {
            files: Arc::new(Spool::at(&home)),
            running: Mutex::default(),
            home,
            practice,
            held: Mutex::default(),
            beside: Mutex::default(),
            studies: Studies::default(),
            rounds: Rounds::default(),
            begun: Instant::now(),
            touched: AtomicU64::new(0),
            seen: AtomicI64::new(clock::now().timestamp_millis()),
            watcher: OnceLock::new(),
        }))
    }

    /// The profile of the business's own vault.
    pub(crate) fn home(&self) -> &Profile {
        &self.0.home
    }

    /// What the desk holds; other commands wait.
    pub(crate) fn held(&self) -> MutexGuard<'_, Held> {
        // A command that panicked left its transaction undone, so what it held is as it was before.
        self.0.held.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The profile at hand.
    pub(crate) fn profile(&self, held: &Held) -> Profile {
        if held.practice { self.0.practice.clone() } else { self.0.home.clone() }
    }

    /// Reads from the open vault, off the window's thread. While long work holds the vault, a second look at it answers, as
    /// things stood when the work began.
    pub(crate) async fn read<T: Send + 'static>(
        &self,
        ask: impl FnOnce(&Vault, DateTime<Utc>) -> Result<T> + Send + 'static,
    ) -> Answer<T> {
        let desk = self.clone();
        off_thread(move || {
            let beside = desk.beside();
            match &*beside {
                Some(vault) => ask(vault, clock::now()),
                None => {
                    drop(beside);
                    ask(needed(&mut desk.held())?, clock::now())
                }
            }
        })
        .await
    }

    /// The long looks that are under way.
    pub(crate) fn studies(&self) -> &Studies {
        &self.0.studies
    }

    /// The rounds of the post.
    pub(crate) fn rounds(&self) -> &Rounds {
        &self.0.rounds
    }

    /// Changes the open vault, off the window's thread.
    pub(crate) async fn write<T: Send + 'static>(
        &self,
        act: impl FnOnce(&mut Vault, DateTime<Utc>) -> Result<Done<T>> + Send + 'static,
    ) -> Answer<Done<T>> {
        let desk = self.clone();
        off_thread(move || {
            let mut held = desk.held();
            let done = act(needed(&mut held)?, clock::now())?;
            if done.touched.contains(&Area::Requests) {
                desk.keep_reminders(&held);
            }
            drop(held);
            desk.wake();
            Ok(done)
        })
        .await
    }

    /// Long work with the open vault; whoever reads meanwhile reads beside it.
    pub(crate) async fn long<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Vault, DateTime<Utc>) -> Result<T> + Send + 'static,
    ) -> Answer<T> {
        let desk = self.clone();
        off_thread(move || {
            let mut held = desk.held();
            let vault = needed(&mut held)?;
            *desk.beside() = Some(vault.beside()?);
            let _beside = Beside(&desk);
            let done = work(vault, clock::now());
            desk.touch();
            done
        })
        .await
    }

    /// Something with the files that the page sends, also while long work holds the vault.
    pub(crate) async fn files<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Spool) -> Result<T> + Send + 'static,
    ) -> Answer<T> {
        let files = self.spool();
        off_thread(move || work(&files)).await
    }

    /// The files that the page sends.
    pub(crate) fn spool(&self) -> Arc<Spool> {
        Arc::clone(&self.0.files)
    }

    /// What long work runs under: how far it is goes to the page, which may stop it.
    pub(crate) fn running(&self) -> MutexGuard<'_, Running> {
        self.0.running.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Something with the desk itself: opening, locking, making.
    pub(crate) async fn with<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Self, &mut Held) -> Result<T> + Send + 'static,
    ) -> Answer<T> {
        self.apart(move |desk| {
            let done = work(desk, &mut desk.held());
            desk.wake();
            done
        })
        .await
    }

    /// Something that takes hold of the desk by itself.
    pub(crate) async fn apart<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Self) -> Result<T> + Send + 'static,
    ) -> Answer<T> {
        let desk = self.clone();
        off_thread(move || work(&desk)).await
    }

    /// Opens the vault at hand and keeps it; whatever was open before is closed.
    pub(crate) fn unlock(&self, held: &mut Held, opener: &Opener) -> Result<()> {
        held.vault = None;
        let profile = self.profile(held);
        let vault = Vault::open(&profile, opener, Access::Write, clerk(), Some(PATIENCE), clock::now())?;
        self.take(held, vault);
        Ok(())
    }

    /// Keeps a vault that was just opened.
    pub(crate) fn take(&self, held: &mut Held, vault: Vault) {
        held.vault = Some(vault);
        self.touch();
        self.keep_reminders(held);
    }

    /// Writes down what the business's own vault is to be reminded of while it is locked.
    fn keep_reminders(&self, held: &Held) {
        if let (false, Some(vault)) = (held.practice, &held.vault) {
            // What cannot be written now is written at the next act or unlocking; the act itself is kept.
            let _ = requests::keep_reminders(vault, clock::now());
        }
    }

    /// Closes the vault and lets go of every secret. Tells the page.
    pub(crate) fn lock(&self, app: &AppHandle) {
        // Nobody waits for a look any more; what changes the vault ends first.
        self.0.studies.stop();
        self.0.rounds.stop();
        self.close(app, self.held());
    }

    /// The same without anybody waiting for it: long work may hold the vault for a while.
    pub(crate) fn lock_soon(&self, app: &AppHandle) {
        let (desk, app) = (self.clone(), app.clone());
        std::thread::spawn(move || desk.lock(&app));
    }

    /// Closes the vault where nobody has been there for as long as its settings say. Long work is a sign of life: what the
    /// person is waiting for is not taken away.
    pub(crate) fn lock_unattended(&self, app: &AppHandle) {
        if !self.0.rounds.on_the_line()
            && let Some(held) = self.held_at_rest()
            && held.locks_after().is_some_and(|after| self.idle() >= after)
        {
            self.close(app, held);
        }
    }

    fn close(&self, app: &AppHandle, mut held: MutexGuard<'_, Held>) {
        if self.shut(&mut held) {
            let _ = Locked.emit(app);
        }
        drop(held);
        self.wake();
    }

    /// Closes what is open, and what looks at it; whether a vault was.
    pub(crate) fn shut(&self, held: &mut Held) -> bool {
        (held.kit, held.exports_before) = (None, None);
        self.0.studies.stop();
        self.0.files.clear();
        let was_open = held.vault.is_some();
        self.leave_practice(held);
        // Before the writer lock goes, so that nothing stays because somebody else took it at once. What another program has open
        // goes at the next start.
        let _ = held.vault.as_ref().map_or_else(|| self.0.home.sweep(), Vault::sweep);
        held.vault = None;
        was_open
    }

    /// Whether the open vault does not lock by itself.
    pub(crate) fn never_locks(&self) -> bool {
        self.held_at_rest().is_some_and(|held| held.vault.is_some() && held.locks_after().is_none())
    }

    /// Puts the practice vault at hand, made anew; the business's own is set aside. Whoever practises already goes on with theirs.
    pub(crate) fn practise(&self, held: &mut Held, language: &str) -> Result<()> {
        if held.practice {
            return Ok(());
        }
        let made = practice::make(&self.0.practice, language, clerk(), clock::now())?;
        held.aside = held.vault.replace(made);
        held.practice = true;
        (held.kit, held.exports_before) = (None, None);
        self.touch();
        Ok(())
    }

    /// Throws the practice vault away; the business's own is at hand again, as it was.
    pub(crate) fn leave_practice(&self, held: &mut Held) {
        if std::mem::take(&mut held.practice) {
            self.0.studies.stop();
            held.vault = held.aside.take();
            (held.kit, held.exports_before) = (None, None);
            // What cannot be removed goes at the next start.
            let _ = practice::leave(&self.0.practice);
        }
    }

    /// The person is there.
    pub(crate) fn touch(&self) {
        let since = u64::try_from(self.0.begun.elapsed().as_millis()).unwrap_or(u64::MAX);
        self.0.touched.store(since, Ordering::Relaxed);
        self.0.seen.store(clock::now().timestamp_millis(), Ordering::Relaxed);
    }

    /// How long nobody has been there. A computer that sleeps stops the one clock, somebody who sets the time the other: the
    /// longer of both counts.
    pub(crate) fn idle(&self) -> Duration {
        let touched = Duration::from_millis(self.0.touched.load(Ordering::Relaxed));
        let by_wall = clock::now().timestamp_millis() - self.0.seen.load(Ordering::Relaxed);
        let by_wall = Duration::from_millis(u64::try_from(by_wall).unwrap_or_default());
        self.0.begun.elapsed().saturating_sub(touched).max(by_wall)
    }

    /// What the desk holds, unless something long has it.
    pub(crate) fn held_at_rest(&self) -> Option<MutexGuard<'_, Held>> {
        match self.0.held.try_lock() {
            Ok(held) => Some(held),
            Err(TryLockError::Poisoned(held)) => Some(held.into_inner()),
            Err(TryLockError::WouldBlock) => None,
        }
    }

    /// From now on this thread is woken when something changed.
    pub(crate) fn wakes(&self, watcher: Thread) {
        // There is one, and it stays.
        let _ = self.0.watcher.set(watcher);
    }

    fn wake(&self) {
        if let Some(watcher) = self.0.watcher.get() {
            watcher.unpark();
        }
    }

    pub(crate) fn beside(&self) -> MutexGuard<'_, Option<Vault>> {
        self.0.beside.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The second look, for as long as the work goes on, however that ends.
pub(crate) struct Beside<'d>(pub(crate) &'d Desk);

impl Drop for Beside<'_> {
    fn drop(&mut self) {
        *self.0.beside() = None;
    }
}

/// The open vault.
pub(crate) fn needed(held: &mut Held) -> Result<&mut Vault> {
    held.vault.as_mut().ok_or_else(|| Problem::new(Code::VaultLocked))
}

/// Who sits at the window: the name of the account on this computer.
pub(crate) fn clerk() -> vault::Desk {
    let account = ["USER", "USERNAME", "LOGNAME"].into_iter().find_map(|name| std::env::var(name).ok());
    vault::Desk {
        actor: Actor::Window,
        by: account.filter(|name| !name.is_empty()).unwrap_or_else(|| "owner".to_owned()),
    }
}

/// The one place where work leaves the window's thread. A panic in it is a refusal, and the window lives on.
pub(crate) async fn off_thread<T: Send + 'static>(work: impl FnOnce() -> Result<T> + Send + 'static) -> Answer<T> {
    match tauri::async_runtime::spawn_blocking(work).await {
        Ok(done) => done.map_err(Refusal::from),
        Err(_) => Err(Problem::new(Code::System).into()),
    }
}
