//! What can go wrong, as codes and facts. The window and the command line each have one table that turns a code into words.

use std::error::Error;
use std::fmt;

/// The result of every use case.
pub type Result<T, E = Problem> = std::result::Result<T, E>;

macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident = $text:literal,)+) => {
        /// A stable name for each kind of problem. Codes are added, never renamed.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Code { $($(#[$doc])* $name,)+ }

        impl Code {
            /// Every code, for tests that check that each has words.
            pub const ALL: &[Self] = &[$(Self::$name,)+];

            /// The code as other programs see it.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$name => $text,)+ }
            }

            /// The code of this name.
            #[must_use]
            pub fn parse(text: &str) -> Option<Self> {
                match text { $($text => Some(Self::$name),)+ _ => None }
            }
        }
    };
}

codes! {
    // The vault and its keys.
    /// No vault in this profile.
    NoVault = "no_vault",
    /// A vault, or what is left of one, is there already.
    VaultExists = "vault_exists",
    /// The key slots are there, the vault file is not.
    VaultMissing = "vault_missing",
    /// The vault file has no bytes, or fewer than its header says.
    VaultTruncated = "vault_truncated",
    /// Bytes of the vault file do not match their seal.
    VaultDamaged = "vault_damaged",
    /// The vault file and the key slots belong to different vaults.
    VaultMismatch = "vault_mismatch",
    /// Made by a newer version. Facts: `found`, `known`.
    VaultNewer = "vault_newer",
    /// An older schema, opened for reading only: opening for writing migrates it. Facts: `found`, `known`.
    VaultOlder = "vault_older",
    /// The vault was opened for reading only.
    VaultReadOnly = "vault_read_only",
    /// The anchored audit entry is not in the chain: the file was rolled back.
    VaultRolledBack = "vault_rolled_back",
    /// The settings beside the vault, and the anchor in them, cannot be read. Fact: `file`.
    SettingsDamaged = "settings_damaged",
    /// Nothing outside the file says how far its chain went: a file put back to an older state would not be noticed.
    AnchorLost = "anchor_lost",
    /// Another process writes. Fact: `by`.
    VaultInUse = "vault_in_use",
    /// A backup is cut or changed, or is none. Facts: `file`, `fault`.
    BackupDamaged = "backup_damaged",
    /// Key slots missing or unreadable, and no copy helps.
    SlotsLost = "slots_lost",
    /// No slot of the kind that was asked for. Fact: `slot`.
    NoSuchSlot = "no_such_slot",
    /// The passphrase is not the one of this vault.
    WrongPassphrase = "wrong_passphrase",
    /// The passphrase is too short to protect anything. Fact: `min`.
    WeakPassphrase = "weak_passphrase",
    /// The recovery code has a typing error.
    RecoveryCodeMistyped = "recovery_code_mistyped",
    /// A well-formed recovery code of another vault.
    RecoveryCodeOther = "recovery_code_other",
    /// No keychain service on this machine or in this session.
    NoKeychain = "no_keychain",
    /// The keychain is there and locked.
    KeychainLocked = "keychain_locked",
    /// The keychain answers, but holds no key for this vault.
    KeychainEmpty = "keychain_empty",
    /// The keychain holds a key, but not this vault's.
    KeychainOther = "keychain_other",
    /// The vault is locked: nothing to open it with was given and nobody can be asked.
    VaultLocked = "vault_locked",
    /// Nothing that shall open a new vault was given.
    NoKeyGiven = "no_key_given",

    // The machine.
    /// A file that leaves the vault cannot go into the profile folder. Fact: `file`.
    InProfile = "in_profile",
    /// A file could not be read. Fact: `file`.
    Unreadable = "unreadable",
    /// A file or folder could not be written. Fact: `file`.
    Unwritable = "unwritable",
    /// No room on the disk.
    DiskFull = "disk_full",
    /// The system gave no random bytes, or something equally basic failed.
    System = "system",
    /// A fault in the database. Nothing was changed.
    Database = "database",

    // What was asked.
    /// Nothing with that id or address. Facts: `what`, `given`.
    NotFound = "not_found",
    /// An address of several contacts. Fact: `candidates`.
    Ambiguous = "ambiguous",
    /// A value that cannot be what it says it is. Facts: `field`, `why`.
    Invalid = "invalid",
    /// Known already. Facts: `field`, `contact`.
    Duplicate = "duplicate",
    /// On the blocked list. Fact: `field`.
    Blocked = "blocked",
    /// The contact is on lock: stored, nothing else. Facts: `contact`, `since`.
    Restricted = "restricted",
    /// Something still wants this person's data kept. Facts: `contact`, `why`, and `on` where the day is known.
    StillNeeded = "still_needed",
    /// The contact is on lock already. Fact: `contact`.
    AlreadyRestricted = "already_restricted",
    /// The import was taken back already.
    AlreadyUndone = "already_undone",
    /// A fact that has not happened yet. Fact: `given`.
    InFuture = "in_future",
    /// The request was answered or refused. Fact: `on`.
    RequestClosed = "request_closed",
    /// A day before one on which things already stood further. Facts: `on`, `earliest`.
    TooEarly = "too_early",
    /// A reason must be recorded, and none was given.
    NoReason = "no_reason",
    /// Proof of identity was asked for and has not come in. Fact: `since`.
    AlreadyWaiting = "already_waiting",
    /// The identity was confirmed before.
    AlreadyConfirmed = "already_confirmed",
    /// An extension by other than one or two months. Fact: `months`.
    ExtensionLength = "extension_length",
    /// The request was extended before.
    AlreadyExtended = "already_extended",
    /// The person had to be told of an extension within the first month. Fact: `last`.
    ExtensionTooLate = "extension_too_late",
    /// Something that this version cannot do. Fact: `what`.
    NotYet = "not_yet",
    /// Cannot be taken back, and nobody said yes.
    NotConfirmed = "not_confirmed",
    /// The same key is taken already. Facts: `what`, `given`.
    Taken = "taken",
    /// More than may be kept. Facts: `file`, `max`.
    TooLarge = "too_large",
    /// People saw this wording, so it stays as it is. Facts: `purpose`, `version`, `language`.
    WordingInUse = "wording_in_use",
    /// There is no text that the person could have agreed to. Facts: `purpose`, `version`, `language`.
    NoWording = "no_wording",
    /// A purpose that the law itself orders and that nobody can change or answer. Fact: `purpose`.
    BuiltinPurpose = "builtin_purpose",
    /// A channel that the purpose, or the answer, does not cover. Fact: `channel`.
    WrongChannel = "wrong_channel",
    /// No yes waits for its confirmation. Fact: `purpose`.
    NothingToConfirm = "nothing_to_confirm",
    /// The event was corrected already. Fact: `event`.
    AlreadyCorrected = "already_corrected",
    /// The gate says no. Fact: `reasons`.
    NotAllowed = "not_allowed",
    /// A server cannot be reached, or broke off. Fact: `server`.
    ServerUnreachable = "server_unreachable",
    /// A server takes too long. Fact: `server`.
    ServerSlow = "server_slow",
    /// A server cannot prove who it is. Fact: `server`.
    ServerUntrusted = "server_untrusted",
    /// A server does not take the name and password. Fact: `server`.
    ServerRefused = "server_refused",
    /// A server answers something else than one of its kind does. Facts: `server`, `status`.
    ServerAnswer = "server_answer",
    /// No password for the address book is in the keychain. Fact: `connection`.
    NoPassword = "no_password",
    /// The owner set no mail account.
    NoMailAccount = "no_mail_account",
    /// No password for the mail account is in the keychain. Fact: `user`.
    NoMailPassword = "no_mail_password",
    /// A mail server does not take a mail. Facts: `server`, `answer`.
    MailRefused = "mail_refused",
    /// Nothing is there to fill a place of a letter with. Fact: `field`.
    MissingField = "missing_field",
    /// What was to be done is no longer what whoever asked for it saw. Fact: `what`.
    Changed = "changed",
    /// Stopped by the person who asked for it.
    Cancelled = "cancelled",
}

/// A problem: a code, facts for the sentence about it (never a secret), and the cause for the details fold.
pub struct Problem {
    /// What kind of problem.
    pub code: Code,
    /// Values that the sentence needs, by name.
    pub facts: serde_json::Map<String, serde_json::Value>,
    cause: Option<Box<dyn Error + Send + Sync>>,
}

impl Problem {
    /// A problem of this kind without further facts.
    #[must_use]
    pub fn new(code: Code) -> Self {
        Self { code, facts: serde_json::Map::new(), cause: None }
    }

    /// Adds a fact for the sentence.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl Into<serde_json::Value>) -> Self {
        self.facts.insert(name.to_owned(), value.into());
        self
    }

    /// Adds what caused it.
    #[must_use]
    pub fn because(mut self, cause: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        self.cause = Some(cause.into());
        self
    }

    /// Something that does not exist.
    #[must_use]
    pub fn not_found(what: &str, given: &str) -> Self {
        Self::new(Code::NotFound).with("what", what).with("given", given)
    }

    /// A value that cannot be what it says it is; `why` is a stable code of its own.
    #[must_use]
    pub fn invalid(field: &str, why: &str) -> Self {
        Self::new(Code::Invalid).with("field", field).with("why", why)
    }
}

impl fmt::Debug for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Problem").field("code", &self.code.as_str()).field("cause", &self.cause).finish_non_exhaustive()
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code.as_str())
    }
}

impl Error for Problem {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.cause.as_deref().map(|cause| cause as _)
    }
}

impl From<rusqlite::Error> for Problem {
    fn from(error: rusqlite::Error) -> Self {
        use rusqlite::ErrorCode as Sqlite;
        let code = match error.sqlite_error_code() {
            Some(Sqlite::DiskFull) => Code::DiskFull,
            // The index of the write-ahead log, without which nothing is read, finds no room.
            Some(Sqlite::SystemIoFailure) if error.sqlite_error().is_some_and(no_room) => Code::DiskFull,
            Some(Sqlite::DatabaseBusy | Sqlite::DatabaseLocked) => {
                return Self::new(Code::VaultInUse).with("by", "").because(error);
            }
            // The file was there, so it is the folder that lets no file be made beside it, or the file itself.
            Some(Sqlite::CannotOpen | Sqlite::ReadOnly | Sqlite::PermissionDenied) => {
                return Self::new(Code::Unwritable).with("file", "vault.db").because(error);
            }
            Some(Sqlite::DatabaseCorrupt | Sqlite::NotADatabase) => Code::VaultDamaged,
            Some(Sqlite::OperationInterrupted) => Code::Cancelled,
            _ => Code::Database,
        };
        Self::new(code).because(error)
    }
}

fn no_room(error: &rusqlite::ffi::Error) -> bool {
    error.extended_code == rusqlite::ffi::SQLITE_IOERR_SHMSIZE
}
