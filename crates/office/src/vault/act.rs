//! Every change by name. The audit chain, the timeline and the window's refresh read it here.

use serde::{Deserialize, Serialize};

/// What a screen shows; an act says which went stale.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum Area {
    /// Lists and pages of contacts.
    Contacts,
    /// Purposes and what people agreed to.
    Consent,
    /// Requests and their deadlines.
    Requests,
    /// Imports.
    Imports,
    /// Connections and what went to them.
    Connections,
    /// Registers: audit, blocked list.
    Registers,
    /// Settings, fields, keys.
    Settings,
    /// Mails that go out.
    Mails,
    /// Backups: no act touches them.
    Backups,
}

macro_rules! acts {
    ($($(#[$doc:meta])* $name:ident = $code:literal touches [$($area:ident),*],)+) => {
        /// A change that the application can make. Codes are stored for ever: added, never renamed.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Act { $($(#[$doc])* $name,)+ }

        impl Act {
            /// Every act.
            pub const ALL: &[Self] = &[$(Self::$name,)+];

            /// The code as the audit chain stores it.
            #[must_use]
            pub fn code(self) -> &'static str {
                match self { $(Self::$name => $code,)+ }
            }

            /// What went stale in a window.
            #[must_use]
            pub fn touched(self) -> &'static [Area] {
                match self { $(Self::$name => &[$(Area::$area),*],)+ }
            }
        }
    };
}

acts! {
    /// The vault was made.
    VaultMade = "vault_made" touches [Settings],
    /// The computer's clock stood earlier than at the entry before.
    ClockWentBack = "clock_went_back" touches [Registers],
    /// The owner put the file back to an older state and said so.
    RollbackAccepted = "rollback_accepted" touches [Registers],
    /// The vault was made of a backup.
    BackupRestored = "backup_restored" touches [Registers, Settings],
    /// A key slot was added, replaced or removed.
    KeysChanged = "keys_changed" touches [Settings],
    /// The business's name or language was set.
    BusinessSet = "business_set" touches [Settings],
    /// A field's sensitivity or choices were set, or an own field was added.
    FieldSet = "field_set" touches [Settings, Contacts],
    /// A contact was typed in.
    ContactAdded = "contact_added" touches [Contacts],
    /// A contact's data was changed.
    ContactSet = "contact_set" touches [Contacts],
    /// Many contacts were given a label, or it was taken from them.
    ContactsLabelled = "contacts_labelled" touches [Contacts, Consent],
    /// Two contacts turned out to be one.
    ContactMerged = "contact_merged" touches [Contacts, Consent],
    /// A merge was taken back.
    ContactUnmerged = "contact_unmerged" touches [Contacts, Consent],
    /// Two contacts that look alike are two people: somebody looked.
    ContactsDistinct = "contacts_distinct" touches [Contacts],
    /// That two contacts are two people was taken back.
    ContactsAlike = "contacts_alike" touches [Contacts],
    /// A contact was put on lock.
    ContactRestricted = "contact_restricted" touches [Contacts, Consent],
    /// A contact's lock was lifted.
    ContactUnrestricted = "contact_unrestricted" touches [Contacts, Consent],
    /// People were told that their data is held.
    PeopleInformed = "people_informed" touches [Contacts],
    /// That people were told was a slip, and was taken back.
    PeopleUninformed = "people_uninformed" touches [Contacts],
    /// A file was imported.
    Imported = "imported" touches [Contacts, Imports],
    /// An import was taken back.
    ImportUndone = "import_undone" touches [Contacts, Imports],
    /// What the columns of files mean was saved under a name, or that name changed.
    MappingKept = "mapping_kept" touches [Imports],
    /// A saved mapping was forgotten.
    MappingForgotten = "mapping_forgotten" touches [Imports],
    /// A purpose was defined.
    PurposeAdded = "purpose_added" touches [Consent],
    /// A purpose got a wording in a language, or a new version of it.
    PurposeWorded = "purpose_worded" touches [Consent],
    /// A purpose's name, channels, label or retention was set.
    PurposeSet = "purpose_set" touches [Consent, Contacts],
    /// A connection was defined.
    ConnectionAdded = "connection_added" touches [Connections, Consent],
    /// A connection's name, fields, purposes, ceiling or place was set.
    ConnectionSet = "connection_set" touches [Connections, Consent, Contacts],
    /// A connection receives nothing any more.
    ConnectionEnded = "connection_ended" touches [Connections, Consent, Contacts],
    /// People's data went to a connection.
    ConnectionFed = "connection_fed" touches [Connections, Contacts],
    /// The list of those whom a connection must leave alone was written.
    SuppressionWritten = "suppression_written" touches [Connections],
    /// People's data was taken out at a connection.
    ConnectionCleared = "connection_cleared" touches [Connections],
    /// A run of an address book failed, or none does any more.
    ConnectionTried = "connection_tried" touches [Connections],
    /// A consent event was recorded.
    ConsentRecorded = "consent_recorded" touches [Consent, Contacts],
    /// What somebody answered in a conversation was recorded, and the person too if new.
    CallRecorded = "call_recorded" touches [Consent, Contacts],
    /// A conversation was taken back, and with it the person who came in by it.
    CallUndone = "call_undone" touches [Consent, Contacts],
    /// Somebody objected.
    ObjectionRecorded = "objection_recorded" touches [Consent, Contacts],
    /// An objection was lifted by the person.
    ObjectionLifted = "objection_lifted" touches [Consent, Contacts],
    /// A request was taken down.
    RequestOpened = "request_opened" touches [Requests, Contacts],
    /// A request moved on.
    RequestMoved = "request_moved" touches [Requests, Contacts],
    /// Who got somebody's data heard of a change, or it was said why not.
    RecipientTold = "recipient_told" touches [Requests, Contacts, Registers],
    /// A proof file was opened or saved outside the vault.
    ProofExported = "proof_exported" touches [Registers],
    /// A person's data was put into a file.
    ContactExported = "contact_exported" touches [Registers],
    /// Everything was put into files that are not encrypted.
    EverythingExported = "everything_exported" touches [Registers],
    /// A person's proof dossier was made.
    DossierMade = "dossier_made" touches [Registers],
    /// A list of people was put into a file.
    ListExported = "list_exported" touches [Registers],
    /// The text of a letter was set, or that of the application put back.
    LetterSet = "letter_set" touches [Settings],
    /// A letter was made.
    LetterMade = "letter_made" touches [Requests, Contacts],
    /// A register was put into a file.
    RegisterWritten = "register_written" touches [Registers],
    /// A contact is to be erased, and kept on lock until a hold ends.
    ErasureOrdered = "erasure_ordered" touches [Contacts, Consent, Requests, Registers],
    /// The day was put right until which somebody must be kept.
    HoldSet = "hold_set" touches [Contacts, Registers],
    /// People were erased: the entry names them, and nothing else does.
    Erased = "erased" touches [Contacts, Consent, Requests, Imports, Connections, Registers],
    /// Somebody who was erased may come in again.
    Unblocked = "unblocked" touches [Registers],
    /// Data of somebody who was erased was to come in again, and was refused.
    ReentryRefused = "reentry_refused" touches [Registers],
    /// Letters or mails that ask for consent were prepared.
    AskingPrepared = "asking_prepared" touches [Consent],
    /// A breach was taken down.
    BreachOpened = "breach_opened" touches [Registers],
    /// It was noted that the authority or the persons were told of a breach, or why not.
    BreachAnswered = "breach_answered" touches [Registers],
    /// Prepared letters or mails were put away unsent.
    AskingPutAway = "asking_put_away" touches [Consent],
    /// The mail account was set.
    MailAccountSet = "mail_account_set" touches [Settings, Mails],
    /// A mail was written and waits to be sent.
    MailQueued = "mail_queued" touches [Contacts, Requests, Mails],
    /// A mail went on its way, was refused, stopped, left in doubt, or put away.
    MailMoved = "mail_moved" touches [Contacts, Requests, Mails],
    /// A server took a mail.
    MailSent = "mail_sent" touches [Contacts, Consent, Requests, Mails],
}
