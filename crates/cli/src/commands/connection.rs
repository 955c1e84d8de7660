//! `akkoord-cli connection …`

use std::path::PathBuf;

use akkoord_office::clock;
use akkoord_office::connections::{self, ConnectionChange, Format, NewConnection, Put, RunOptions, Warning};
use akkoord_office::key::Passphrase;
use akkoord_office::problem::Result;
use akkoord_office::vault::{Business, Vault};
use akkoord_rules::field::Sensitivity;
use akkoord_rules::outflow::Kind;
use akkoord_rules::person::Channel;
use clap::{Args, Subcommand};

use super::outflow;
use super::purpose::{coded, codes};
use crate::names;
use crate::open::Door;
use crate::output::Outcome;
use crate::text::{counted, listed, plain, short_when, table};

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Define a connection: who outside receives data, which fields, and for which purposes.
    #[command(
        after_help = "Example:\n  akkoord-cli connection add --key mailer --title Postduif --fields email,given --max-sensitivity low --purpose newsletter"
    )]
    Add(Box<Add>),
    /// Change a connection. What is not named stays as it is.
    #[command(after_help = "Example:\n  akkoord-cli connection set mailer --fields email,given,family")]
    Set(Box<Set>),
    /// List the connections.
    #[command(after_help = "Example:\n  akkoord-cli connection list")]
    List,
    /// See who would go now, who would stay and why, and who has to be taken out there. Nothing is sent.
    #[command(after_help = "Example:\n  akkoord-cli connection preview mailer")]
    Preview {
        /// The connection's key.
        key: String,
    },
    /// Write a file for a connection; what went is put on record.
    #[command(after_help = "Example:\n  akkoord-cli connection export mailer --format csv --to mailer.csv")]
    Export {
        /// The connection's key.
        key: String,
        /// How the file is written; suppression lists the addresses that it has and must leave alone.
        #[arg(long, value_parser = codes(Format::ALL.iter().map(|format| format.as_str())))]
        format: String,
        /// The file to write; one that is there already is replaced.
        #[arg(long, value_name = "FILE")]
        to: PathBuf,
    },
    /// Bring an address book to what people agreed to: write who may be there, take away who may not any more.
    #[command(after_help = "Example:\n  akkoord-cli connection run phonebook")]
    Run {
        /// The connection's key.
        key: String,
        /// A file with the password on its first line; without it, the one in this computer's keychain.
        #[arg(long, value_name = "FILE")]
        password_file: Option<PathBuf>,
        /// A contact whose card is written over what somebody made of it there; may repeat.
        #[arg(long, value_name = "CONTACT")]
        overwrite: Vec<String>,
    },
    /// Tick off that people were taken out there.
    #[command(after_help = "Example:\n  akkoord-cli connection removed mailer an@example.be")]
    Removed {
        /// The connection's key.
        key: String,
        /// Ids or e-mail addresses.
        #[arg(required = true, value_name = "CONTACT")]
        contacts: Vec<String>,
    },
    /// End a connection: it receives nothing any more. What went there stays on record.
    #[command(after_help = "Example:\n  akkoord-cli connection remove mailer")]
    Remove {
        /// The connection's key.
        key: String,
    },
}

#[derive(Debug, Args)]
pub(crate) struct Add {
    /// Its name for programs: small letters, digits, _ and -.
    #[arg(long)]
    key: String,
    /// Its name for people.
    #[arg(long)]
    title: String,
    /// The fields that it receives, by their keys, parted by commas.
    #[arg(long, value_delimiter = ',', required = true)]
    fields: Vec<String>,
    /// The highest sensitivity that it may receive; what is above it is held back.
    #[arg(long, value_parser = levels())]
    max_sensitivity: String,
    /// A purpose that it is for; may repeat.
    #[arg(long, value_name = "KEY")]
    purpose: Vec<String>,
    /// It is outside the European Economic Area.
    #[arg(long)]
    outside_eea: bool,
    /// The channel on which it reaches people: then nobody goes who may not be reached on it.
    #[arg(long, value_parser = channels())]
    channel: Option<String>,
    /// It is an address book on a server (CardDAV), at this address; without one it is a file.
    #[arg(long, requires = "user")]
    url: Option<String>,
    /// Who signs in there.
    #[arg(long, requires = "url")]
    user: Option<String>,
    /// A file with the password on its first line, to be kept in this computer's keychain.
    #[arg(long, value_name = "FILE", requires = "url")]
    password_file: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(crate) struct Set {
    /// The connection's key.
    key: String,
    /// Its name for people.
    #[arg(long)]
    title: Option<String>,
    /// The fields that it receives, all of them, parted by commas.
    #[arg(long, value_delimiter = ',')]
    fields: Option<Vec<String>>,
    /// The highest sensitivity that it may receive.
    #[arg(long, value_parser = levels())]
    max_sensitivity: Option<String>,
    /// A purpose that it is for; may repeat. Those not named are no longer.
    #[arg(long, value_name = "KEY", conflicts_with = "no_purpose")]
    purpose: Option<Vec<String>>,
    /// It is for no purpose: nobody goes.
    #[arg(long)]
    no_purpose: bool,
    /// It is outside the European Economic Area.
    #[arg(long, conflicts_with = "in_eea")]
    outside_eea: bool,
    /// It is in the European Economic Area.
    #[arg(long)]
    in_eea: bool,
    /// The channel on which it reaches people.
    #[arg(long, value_parser = channels(), conflicts_with = "no_channel")]
    channel: Option<String>,
    /// It is not there to reach people.
    #[arg(long)]
    no_channel: bool,
    /// The address of the address book.
    #[arg(long)]
    url: Option<String>,
    /// Who signs in there.
    #[arg(long)]
    user: Option<String>,
    /// A file with the password on its first line, to be kept in this computer's keychain.
    #[arg(long, value_name = "FILE")]
    password_file: Option<PathBuf>,
}

fn levels() -> clap::builder::PossibleValuesParser {
    codes(Sensitivity::ALL.iter().map(|level| level.as_str()))
}

fn channels() -> clap::builder::PossibleValuesParser {
    codes(Channel::ALL.iter().map(|channel| channel.as_str()))
}

pub(crate) fn run(command: Command, door: &Door) -> Result<Outcome> {
    match command {
        Command::Add(add) => {
            let password = add.password_file.as_deref().map(Passphrase::from_file).transpose()?;
            let (new, mut vault) = (new(*add)?, door.write()?);
            let put = connections::add(&mut vault, &new, clock::now())?.output;
            keep(&vault, &new.key, password.as_ref())?;
            Ok(said(put, "Added the connection"))
        }
        Command::Set(set) => {
            let password = set.password_file.as_deref().map(Passphrase::from_file).transpose()?;
            let ((key, change), mut vault) = (change(*set)?, door.write()?);
            keep(&vault, &key, password.as_ref())?;
            let put = connections::set(&mut vault, &key, &change, clock::now())?.output;
            Ok(said(put, "Changed the connection"))
        }
        Command::Run { key, password_file, overwrite } => {
            let password = password_file.as_deref().map(Passphrase::from_file).transpose()?;
            outflow::run(&mut door.write()?, &key, &RunOptions { password, overwrite })
        }
        Command::List => list(door),
        Command::Preview { key } => outflow::preview(&door.read()?, &key),
        Command::Export { key, format, to } => {
            let format = coded("format", &format, Format::named)?;
            outflow::export(&mut door.write()?, &key, format, &to)
        }
        Command::Removed { key, contacts } => {
            let removed = connections::removed(&mut door.write()?, &key, &contacts, clock::now())?.output;
            let people = counted(removed.removed as u64, "person is", "people are");
            Ok(Outcome::new(removed, format!("{people} no longer at {key}, as far as Akkoord knows.")))
        }
        Command::Remove { key } => {
            let ended = connections::end(&mut door.write()?, &key, clock::now())?.output;
            let mut text = format!("{key} receives nothing any more. What went there stays on record.\n");
            if ended.still_there > 0 {
                let people = counted(ended.still_there.unsigned_abs(), "person", "people");
                text.push_str(&format!("Mind: it still has the data of {people}. Have it taken out there.\n"));
            }
            Ok(Outcome::new(ended, text))
        }
    }
}

/// Keeps a password that was given for an address book.
fn keep(vault: &Vault, key: &str, password: Option<&Passphrase>) -> Result<()> {
    password.map_or(Ok(()), |password| connections::keep_password(vault, key, password))
}

fn new(add: Add) -> Result<NewConnection> {
    Ok(NewConnection {
        key: add.key,
        title: add.title,
        kind: if add.url.is_some() { Kind::Carddav } else { Kind::File },
        fields: add.fields,
        purposes: add.purpose,
        max_sensitivity: coded("max_sensitivity", &add.max_sensitivity, Sensitivity::parse)?,
        eea: !add.outside_eea,
        channel: add.channel.as_deref().map(|code| coded("channel", code, Channel::parse)).transpose()?,
        url: add.url.unwrap_or_default(),
        user: add.user.unwrap_or_default(),
    })
}

fn change(set: Set) -> Result<(String, ConnectionChange)> {
    let level = set.max_sensitivity.as_deref().map(|code| coded("max_sensitivity", code, Sensitivity::parse));
    let change = ConnectionChange {
        title: set.title,
        fields: set.fields,
        purposes: if set.no_purpose { Some(Vec::new()) } else { set.purpose },
        max_sensitivity: level.transpose()?,
        eea: (set.in_eea || set.outside_eea).then_some(set.in_eea),
        channel: if set.no_channel { Some(String::new()) } else { set.channel },
        url: set.url,
        user: set.user,
    };
    Ok((set.key, change))
}

fn said(put: Put, what: &str) -> Outcome {
    let mut text = format!("{what} {}.\n", put.connection);
    for warning in &put.warnings {
        text.push_str(match warning {
            Warning::NoPurpose => "Nobody goes yet: share a purpose with it, with `akkoord-cli purpose share`.\n",
            Warning::FieldHeldBack => {
                "Mind: it asks for a field that is more sensitive than it may receive. That field is held back.\n"
            }
            Warning::OutsideEea => {
                "Mind: it is outside the European Economic Area. Passing data there needs a ground of its own.\n"
            }
        });
    }
    Outcome::new(put, text)
}

fn list(door: &Door) -> Result<Outcome> {
    let vault = door.read()?;
    let (all, fields) = (connections::list(&vault)?, names::Fields::of(&vault)?);
    let rows: Vec<Vec<String>> = all
        .iter()
        .map(|one| {
            let receives: Vec<String> = one.fields.iter().map(|field| fields.name(&field.key).to_lowercase()).collect();
            let place = if one.eea { "" } else { "outside the EEA" };
            vec![
                one.key.clone(),
                plain(&one.title),
                listed(&receives),
                one.max_sensitivity.as_str().to_owned(),
                went(one, vault.business()),
                place.to_owned(),
            ]
        })
        .collect();
    let text = match rows.is_empty() {
        true => "There are no connections: nothing goes anywhere.".to_owned(),
        false => table(&["Key", "Title", "Receives", "Up to", "Last", ""], &rows),
    };
    Ok(Outcome::new(serde_json::json!({ "connections": all }), text))
}

/// When data went there last, or that the run since then failed.
fn went(one: &connections::Shown, business: &Business) -> String {
    if let Some(tried) = &one.tried {
        return format!("failed {}", short_when(&tried.at, business));
    }
    let people = |last: &connections::Last| counted(last.people.unsigned_abs(), "person", "people");
    let last = one.last.as_ref().map(|last| format!("{}, {}", short_when(&last.at, business), people(last)));
    last.unwrap_or_else(|| "never".to_owned())
}
