//! For tests: a vault of a Belgian business in a folder that goes with it.

use std::path::Path;

use akkoord_rules::consent::{Basis, How};
use akkoord_rules::law::Country;
use akkoord_rules::person::ChannelSet;
use akkoord_rules::request::Kind;
use chrono::{DateTime, Days, Utc};
use uuid::Uuid;

use crate::consents::{self, NewAnswer};
use crate::intake::draft::Draft;
use crate::key::Passphrase;
use crate::people::{self, NewSource};
use crate::profile::Profile;
use crate::purposes::{self, NewPurpose, Wording};
use crate::requests::{self, Asker, NewRequest};
use crate::vault::{Actor, Desk, Setup, Vault, create};

/// The vault, and what time it is there.
pub(crate) struct Trial {
    pub(crate) vault: Vault,
    pub(crate) now: DateTime<Utc>,
    dir: tempfile::TempDir,
}

/// A new vault in the folder `profile` of this one.
pub(crate) fn vault_in(dir: &Path, now: DateTime<Utc>) -> Vault {
    let setup = Setup {
        name: "Garage Claes".to_owned(),
        country: Country::Be,
        language: "nl".to_owned(),
        keychain: false,
        passphrase: Some(Passphrase::new("drie koeien in de wei".to_owned())),
        ask_code: false,
    };
    let desk = Desk { actor: Actor::Cli, by: "An".to_owned() };
    create(&Profile::at(dir.join("profile")), setup, desk, now).unwrap().vault
}

impl Trial {
    pub(crate) fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let now = "2026-03-02T09:00:00Z".parse().unwrap();
        Self { vault: vault_in(dir.path(), now), now, dir }
    }

    /// A folder beside the profile.
    pub(crate) fn dir(&self) -> &Path {
        self.dir.path()
    }

    /// Lets days go by.
    pub(crate) fn later(&mut self, days: u64) {
        self.now = self.now + Days::new(days);
    }

    /// Somebody with that first name and an e-mail address of it.
    pub(crate) fn person(&mut self, name: &str) -> String {
        let address = format!("{}@example.be", name.to_lowercase());
        let draft =
            Draft { given: name.to_owned(), emails: vec![people::parse_email(&address).unwrap()], ..Draft::default() };
        self.add(&draft)
    }

    /// Adds a draft as it is.
    pub(crate) fn add(&mut self, draft: &Draft) -> String {
        people::add(&mut self.vault, draft, &[], &NewSource::default(), true, self.now).unwrap().output.to_string()
    }

    /// A purpose that rests on consent.
    pub(crate) fn purpose(&mut self, key: &str, retention: Option<&str>) {
        let new = NewPurpose {
            key: key.to_owned(),
            title: key.to_owned(),
            basis: Basis::Consent,
            wordings: vec![Wording::new("nl", "Ja.".to_owned()).unwrap()],
            channels: ChannelSet::NONE,
            retention: retention.map(|span| span.parse().unwrap()),
            marketing: true,
            label: None,
            share: Vec::new(),
            soft_opt_in: None,
            special: false,
        };
        purposes::add(&mut self.vault, &new, self.now).unwrap();
    }

    /// An answer that came just now.
    pub(crate) fn answer(&self, key: &str, yes: bool, how: How) -> NewAnswer {
        NewAnswer::new(key, yes, how, self.vault.business().local(self.now.timestamp_millis()))
    }

    /// Somebody says yes on the phone.
    pub(crate) fn yes(&mut self, contact: &str, key: &str) {
        let answer = self.answer(key, true, How::Phone);
        consents::record(&mut self.vault, contact, &answer, self.now).unwrap();
    }

    /// Somebody asks for this by letter, the day before the vault was made.
    pub(crate) fn asked(&mut self, contact: &str, kind: Kind) -> Uuid {
        let new = NewRequest {
            asker: Asker::Contact(contact.to_owned()),
            kind,
            received: "2026-03-01".to_owned(),
            how: How::Letter,
            words: String::new(),
            attach: Vec::new(),
        };
        requests::open(&mut self.vault, &new, self.now).unwrap().output.request
    }

    /// Whether what was sealed holds.
    pub(crate) fn fault(&self) -> Option<&'static str> {
        self.vault.verify(None).unwrap().first_fault.map(|fault| fault.code)
    }
}
