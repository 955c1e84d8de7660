//! The encrypted file and what guards it: opening, the one door for writes, the audit chain, and one file per group of tables.

mod act;
mod anchor;
pub mod backup;
pub(crate) mod blocked;
pub(crate) mod breach;
mod business;
mod close;
pub(crate) mod connection;
pub(crate) mod contact;
mod create;
pub(crate) mod disclosure;
pub mod doctor;
mod draft;
pub(crate) mod erasure;
mod file;
pub(crate) mod import;
pub(crate) mod informed;
mod interrupt;
pub(crate) mod known_by;
pub(crate) mod mail;
pub(crate) mod mapping;
mod migrate;
mod plain;
pub(crate) mod recipient;
mod record;
mod rehearsal;
pub(crate) mod request;
pub(crate) mod restriction;
pub(crate) mod source;
mod status;
pub(crate) mod value;
mod verify;
mod ways;
pub(crate) mod wipe;

use chrono::{DateTime, FixedOffset, Utc};
use rusqlite::Connection;
use std::cell::{Cell, RefCell};
use std::time::Duration;
use uuid::Uuid;

use crate::consents::Stood;
use crate::erasure::journal;
use crate::key::{DataKey, Passphrase, RecoveryCode, SlotKind, Slots};
use crate::people::{Found, Order};
use crate::problem::{Code, Problem, Result};
use crate::profile::settings::Settings;
use crate::profile::{Profile, WriterLock};

use anchor::Anchored;

pub use act::{Act, Area};
pub use business::Business;
use business::business;
pub(crate) use create::print_of;
pub use create::{Created, Setup, create};
pub use disclosure::DisclosureShown;
pub use file::Access;
pub use interrupt::Interrupter;
pub use migrate::SCHEMA;
pub(crate) use migrate::forget_copies;
pub use plain::{Plain, export_plain};
pub use record::{Done, Rows};
pub(crate) use rehearsal::Cast;
pub use status::Status;
pub use verify::{Fault, Verified};

/// Which door an act came through; the audit chain stores its code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Actor {
    /// The window.
    Window,
    /// The command line.
    Cli,
}

impl Actor {
    /// The code as the audit chain stores it.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Window => "window",
            Self::Cli => "cli",
        }
    }
}

/// Who is at work: the door, and the name that sources and events carry.
#[derive(Debug, Clone)]
pub struct Desk {
    /// Which door.
    pub actor: Actor,
    /// The person's name on this computer.
    pub by: String,
}

/// What opens the vault.
#[derive(Debug)]
pub enum Opener {
    /// The system's keychain.
    Keychain,
    /// The passphrase.
    Passphrase(Passphrase),
    /// The printed recovery code.
    Recovery(RecoveryCode),
}

impl Opener {
    /// The data key that this opens.
    ///
    /// # Errors
    /// A code of its own for each way in which it can fail to.
    pub fn key(&self, slots: &Slots) -> Result<DataKey> {
        match self {
            Self::Keychain => slots.open_with_keychain(),
            Self::Passphrase(passphrase) => slots.open_with_passphrase(passphrase),
            Self::Recovery(code) => slots.open_with_recovery(code),
        }
    }
}

/// An open vault.
pub struct Vault {
    conn: Connection,
    profile: Profile,
    id: Uuid,
    business: Business,
    desk: Desk,
    settings: Settings,
    key: DataKey,
    slots: Slots,
    lock: Option<WriterLock>,
    anchored: Anchored,
    order: RefCell<Order>,
    found: RefCell<Found>,
    stood: RefCell<Stood>,
    /// How many acts this connection has recorded.
    acts: Cell<u64>,
    /// The log of changes holds what shall not stay, and somebody still read it.
    uncut: Cell<bool>,
}

impl std::fmt::Debug for Vault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Vault").field("id", &self.id).field("writes", &self.writes()).finish_non_exhaustive()
    }
}

impl Vault {
    /// Opens a profile's vault. Opened for reading it stands still: whatever it is asked, a writer beside it is seen wholly or
    /// not at all, as of the opening; for what is newer it is opened again ([`Vault::beside`]). To write, it takes the writer's lock, waiting for at most `wait`, and migrates an older file
    /// after copying it into `backups/`.
    ///
    /// # Errors
    /// A code of its own for each thing that can be wrong with the profile, its slots, the key or the file; nothing is
    /// created and nothing changed then.
    pub fn open(
        profile: &Profile,
        opener: &Opener,
        access: Access,
        desk: Desk,
        wait: Option<Duration>,
        now: DateTime<Utc>,
    ) -> Result<Self> {
        if profile.vacant().is_ok() {
            return Err(Problem::new(Code::NoVault));
        }
        let lock = match access {
            Access::Write => Some(WriterLock::acquire(profile, desk.actor.code(), wait)?),
            Access::Read => None,
        };
        let slots = Slots::load(profile)?.slots;
        let key = opener.key(&slots)?;
        let mut vault = Self::open_with(profile, key, slots, access, desk, lock)?;
        if let Some(doubt) = vault.doubt().filter(|doubt| vault.writes() && doubt.code != Code::AnchorLost) {
            return Err(doubt);
        }
        if vault.writes() {
            // A kill may have come before an erasure's line, or before a file that was put back caught up: else the next time.
            let _ = journal::catch_up(&mut vault, now);
        }
        Ok(vault)
    }

    /// Opens the same vault once more, for reading beside this one; nothing has to be typed again.
    ///
    /// # Errors
    /// A code of its own for each thing that has become wrong with the file since.
    pub fn beside(&self) -> Result<Self> {
        let (key, slots, desk) = (self.key.again(), self.slots.clone(), self.desk.clone());
        Self::open_with(&self.profile, key, slots, Access::Read, desk, None)
    }

    /// Removes what was opened or sent from outside, before this vault lets go of the writer's lock.
    ///
    /// # Errors
    /// As [`Profile::sweep`].
    pub fn sweep(&self) -> Result<()> {
        self.lock.as_ref().map_or(Ok(()), |lock| self.profile.sweep_under(lock))
    }

    /// What stops whatever this vault is just being asked, from any thread.
    #[must_use]
    pub fn interrupter(&self) -> Interrupter {
        Interrupter::of(&self.conn)
    }

    fn open_with(
        profile: &Profile,
        key: DataKey,
        slots: Slots,
        access: Access,
        desk: Desk,
        lock: Option<WriterLock>,
    ) -> Result<Self> {
        let (mut conn, standing) = file::open(&profile.vault(), &key, slots.vault(), access)?;
        if standing == migrate::Standing::Older {
            match access {
                Access::Read => {
                    let found = migrate::version(&conn)?;
                    return Err(Problem::new(Code::VaultOlder).with("found", found).with("known", SCHEMA));
                }
                Access::Write => migrate::migrate_with_copy(&mut conn, profile)?,
            }
        }
        let business = business(&conn)?;
        if access == Access::Read {
            // From the first row read below on; the anchors are read before that, so that none is newer than the rows.
            conn.execute_batch("BEGIN")?;
        }
        let (mut settings, anchored) = anchor::look(&conn, profile, &slots)?;
        let id = slots.vault();
        if access == Access::Write {
            // Where they were lost they are made again, and stand in the file from the next act on.
            settings.vault = Some(id);
            settings.instance.get_or_insert_with(Uuid::new_v4);
            settings.business = Some(business.name.clone());
            settings.business_language = Some(business.language.clone());
        }
        let profile = profile.clone();
        let (order, found, stood, acts, uncut) = Default::default();
        Ok(Self {
            conn,
            profile,
            id,
            business,
            desk,
            settings,
            key,
            slots,
            lock,
            anchored,
            order,
            found,
            stood,
            acts,
            uncut,
        })
    }

    /// The vault's id.
    #[must_use]
    pub fn id(&self) -> Uuid {
        self.id
    }

    /// The folder it is in.
    #[must_use]
    pub fn profile(&self) -> &Profile {
        &self.profile
    }

    /// The business whose vault it is.
    #[must_use]
    pub fn business(&self) -> &Business {
        &self.business
    }

    /// Who is at work.
    #[must_use]
    pub fn by(&self) -> &str {
        &self.desk.by
    }

    /// Whether this process may change it.
    #[must_use]
    pub fn writes(&self) -> bool {
        self.lock.is_some()
    }

    /// Whether the file was put back to an older state behind the application's back.
    #[must_use]
    pub fn rolled_back(&self) -> bool {
        self.anchored == Anchored::RolledBack
    }

    /// Why nobody can be sure that this is the newest state of the vault, if so: to be told beside every answer. Only a lost
    /// anchor lets the vault be changed, which makes a new one.
    #[must_use]
    pub fn doubt(&self) -> Option<Problem> {
        match self.anchored {
            Anchored::Holds => None,
            Anchored::RolledBack => Some(Problem::new(Code::VaultRolledBack)),
            Anchored::Lost => Some(Problem::new(Code::AnchorLost)),
            Anchored::Damaged => Some(Problem::new(Code::SettingsDamaged).with("file", "settings.toml")),
        }
    }

    /// The settings that stand outside the vault.
    #[must_use]
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// The ways in that this vault has.
    #[must_use]
    pub fn slots(&self) -> Vec<SlotKind> {
        self.slots.kinds()
    }

    /// Since when a way in is there.
    #[must_use]
    pub fn slot_since(&self, kind: SlotKind) -> Option<DateTime<FixedOffset>> {
        self.slots.created(kind)
    }

    /// The connection, for the reading half of use cases.
    pub(crate) fn rows(&self) -> &Connection {
        &self.conn
    }

    /// How many acts this connection has recorded: what was read before the last of them is old. Nobody else's act is seen,
    /// as a reader stands still.
    pub(crate) fn acts(&self) -> u64 {
        self.acts.get()
    }

    /// Where the order of everybody's names is kept.
    pub(crate) fn order(&self) -> &RefCell<Order> {
        &self.order
    }

    /// Where the list that the window shows is kept.
    pub(crate) fn found(&self) -> &RefCell<Found> {
        &self.found
    }

    /// Where everybody's standing towards a purpose is kept.
    pub(crate) fn stood(&self) -> &RefCell<Stood> {
        &self.stood
    }

    /// Changes the ways in: the slot file is replaced, and the act recorded.
    ///
    /// # Errors
    /// What `change` refuses with; when the slots cannot be written nothing is changed.
    pub fn change_slots<T>(
        &mut self,
        now: DateTime<Utc>,
        change: impl FnOnce(&mut Slots, &DataKey) -> Result<T>,
    ) -> Result<Done<T>> {
        if !self.writes() {
            return Err(Problem::new(Code::VaultReadOnly));
        }
        let before = Slots::load(&self.profile)?.slots;
        let mut slots = before.clone();
        let output = change(&mut slots, &self.key)?;
        let kinds: Vec<&str> = slots.kinds().into_iter().map(SlotKind::as_str).collect();
        let (profile, mut saved) = (self.profile.clone(), false);
        let done = self.record(Act::KeysChanged, None, now, |rows| {
            rows.fact(None, &serde_json::json!({ "slots": kinds }))?;
            saved = true;
            slots.save(&profile)
        });
        match done {
            Ok(done) => {
                self.slots = slots;
                Ok(Done { output, touched: done.touched })
            }
            Err(problem) => {
                if saved {
                    // The act was not kept, so its slots must not be either. If this fails too, both sets open the vault.
                    let _ = before.save(&profile);
                }
                Err(problem)
            }
        }
    }
}

/// Bytes as people and JSON see them.
pub(crate) fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}
