//! Who outside receives data from the invented business, and when it last went there.

use akkoord_rules::field::Sensitivity;
use akkoord_rules::outflow::Kind;
use akkoord_rules::person::Channel;
use chrono::{DateTime, Utc};

use super::words::{POST, SHOP, text};
use crate::connections::{self, Format, NewConnection};
use crate::problem::{Code, Problem, Result};
use crate::vault::Vault;

/// Somebody outside who receives data.
#[derive(Debug)]
pub(super) struct Receiver {
    pub(super) key: &'static str,
    title: [&'static str; 4],
    fields: &'static [&'static str],
    /// The purpose that it is for.
    pub(super) aim: &'static str,
    channel: Option<Channel>,
    format: Format,
    /// How long ago data went there, in days.
    pub(super) fed: &'static [u64],
}

/// A newsletter service, and the phone book at the counter.
pub(super) const RECEIVERS: [Receiver; 2] = [
    Receiver {
        key: "postduif",
        title: POST,
        fields: &["given", "middle", "family", "email", "language", "birthday"],
        aim: "newsletter",
        channel: Some(Channel::Email),
        format: Format::Csv,
        fed: &[190, 60, 7],
    },
    Receiver {
        key: "phone-book",
        title: SHOP,
        fields: &["given", "middle", "family", "phone"],
        aim: "service",
        channel: None,
        format: Format::Vcard,
        fed: &[45],
    },
];

/// The keys of those with whom somebody shares what they say yes to; not everybody wants that.
pub(super) fn shared(family: &str, aim: &str) -> Vec<String> {
    let willing = !family.chars().count().is_multiple_of(4);
    RECEIVERS.iter().filter(|one| willing && one.aim == aim).map(|one| one.key.to_owned()).collect()
}

/// Defines one.
pub(super) fn add(vault: &mut Vault, receiver: &Receiver, at: DateTime<Utc>) -> Result<()> {
    let new = NewConnection {
        key: receiver.key.to_owned(),
        title: text(receiver.title, &vault.business().language).to_owned(),
        kind: Kind::File,
        fields: receiver.fields.iter().map(|key| (*key).to_owned()).collect(),
        purposes: vec![receiver.aim.to_owned()],
        max_sensitivity: Sensitivity::Low,
        eea: true,
        channel: receiver.channel,
        url: String::new(),
        user: String::new(),
    };
    connections::add(vault, &new, at).map(drop)
}

/// Passes data on. Nobody waits for the file: it goes at once.
pub(super) fn feed(vault: &mut Vault, receiver: &Receiver, at: DateTime<Utc>) -> Result<()> {
    let folder = tempfile::tempdir().map_err(|error| Problem::new(Code::System).because(error))?;
    let to = folder.path().join(receiver.key);
    connections::export(vault, receiver.key, receiver.format, &to, at, |_, _| Ok(())).map(drop)
}
