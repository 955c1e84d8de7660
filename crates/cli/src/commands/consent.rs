//! `akkoord-cli consent …`

use std::path::PathBuf;

use akkoord_office::clock;
use akkoord_office::consents::{self, NewAnswer, Recorded, Warning};
use akkoord_office::problem::Result;
use akkoord_rules::consent::{How, Status};
use akkoord_rules::person::Channel;
use chrono::NaiveDate;
use clap::{Args, Subcommand};

use super::purpose::{coded, codes};
use crate::open::Door;
use crate::output::Outcome;

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Record what a person answered.
    #[command(
        disable_version_flag = true,
        after_help = "Example:\n  akkoord-cli consent record an@example.be --purpose newsletter --answer given --how phone \
            --on 2026-03-05T10:15 --attach call.ogg"
    )]
    Record(Box<Record>),
}

#[derive(Debug, Args)]
pub(crate) struct Record {
    /// The contact's id or e-mail address.
    contact: String,
    /// The purpose's key.
    #[arg(long, value_name = "KEY")]
    purpose: String,
    /// What the person said.
    #[arg(long, value_parser = ["given", "refused"])]
    answer: String,
    /// The way the answer came.
    #[arg(long, value_parser = codes(How::ALL.iter().map(|how| how.as_str())))]
    how: String,
    /// When: an instant, or a day (its noon); now unless given.
    #[arg(long, value_name = "INSTANT")]
    on: Option<String>,
    /// The language of the text that was read or shown; the contact's unless given.
    #[arg(long)]
    language: Option<String>,
    /// The version of the text; the newest unless given.
    #[arg(long, value_name = "N")]
    version: Option<u32>,
    /// The channels that the answer covers, parted by commas; those of the purpose unless given.
    #[arg(long, value_delimiter = ',', value_parser = codes(Channel::ALL.iter().map(|channel| channel.as_str())))]
    channels: Vec<String>,
    /// The one channel that the person wants to be reached on.
    #[arg(long, value_name = "CHANNEL", value_parser = codes(Channel::ALL.iter().map(|channel| channel.as_str())))]
    prefer: Option<String>,
    /// A connection that the data may be shared with; may repeat.
    #[arg(long, value_name = "CONNECTION")]
    share: Vec<String>,
    /// The last day on which a yes holds.
    #[arg(long, value_name = "DATE")]
    until: Option<NaiveDate>,
    /// A file that shows it, up to 100 MB; may repeat.
    #[arg(long, value_name = "FILE")]
    attach: Vec<PathBuf>,
    /// A note.
    #[arg(long, default_value = "")]
    note: String,
    /// The parent or guardian who answered for a child.
    #[arg(long, value_name = "NAME", default_value = "")]
    guardian: String,
    /// Given expressly, as health and other special data ask for.
    #[arg(long)]
    explicit: bool,
    /// It counts once the person confirms; always so for web forms and e-mail.
    #[arg(long)]
    unconfirmed: bool,
}

pub(crate) fn run(command: Command, door: &Door) -> Result<Outcome> {
    match command {
        Command::Record(record) => run_record(&record, door),
    }
}

fn run_record(record: &Record, door: &Door) -> Result<Outcome> {
    let mut vault = door.write()?;
    let now = clock::now();
    let happened = consents::happened(record.on.as_deref(), vault.business(), now)?;
    let how = coded("how", &record.how, How::parse)?;
    let channel = |code: &String| coded("channels", code, Channel::parse);
    let channels = record.channels.iter().map(channel).collect::<Result<_>>()?;
    let new = NewAnswer {
        language: record.language.clone(),
        version: record.version,
        channels: (!record.channels.is_empty()).then_some(channels),
        prefer: record.prefer.as_ref().map(channel).transpose()?,
        share: record.share.clone(),
        until: record.until,
        attach: record.attach.clone(),
        note: record.note.clone(),
        guardian: record.guardian.clone(),
        explicit: record.explicit,
        unconfirmed: record.unconfirmed,
        ..NewAnswer::new(&record.purpose, record.answer == "given", how, happened)
    };
    let recorded = consents::record(&mut vault, &record.contact, &new, now)?.output;
    let text = recorded_in_words(&recorded);
    Ok(Outcome::new(recorded, text))
}

fn recorded_in_words(recorded: &Recorded) -> String {
    let mut text = format!("Recorded. {}\n", standing_in_words(recorded.status, recorded.expires));
    for proof in &recorded.proofs {
        text.push_str(&format!("  Proof {}: {} bytes, SHA-256 {}\n", proof.id, proof.bytes, proof.sha256));
    }
    for warning in &recorded.warnings {
        text.push_str(match warning {
            Warning::GuardianNeeded => {
                "Mind: this is a child. Until a parent or guardian agrees (--guardian NAME) the yes cannot be used.\n"
            }
            Warning::Expired => "Mind: this yes is over already.\n",
        });
    }
    text.push_str(&format!("  Event {}\n", recorded.event));
    text
}

/// A status as people say it; `expires` is the first day on which a yes no longer holds.
pub(super) fn standing_in_words(status: Status, expires: Option<NaiveDate>) -> String {
    let last = expires.and_then(|day| day.pred_opt());
    let until = last.map_or_else(String::new, |day| format!(", up to and including {day}"));
    match status {
        Status::NotAsked => "Nothing is known about them for this purpose.".to_owned(),
        Status::Asked => "They were asked; no answer has come yet.".to_owned(),
        Status::AwaitingConfirmation => format!("Their yes waits until they confirm it{until}."),
        Status::Given => format!("They agree{until}."),
        Status::Refused => "They said no.".to_owned(),
        Status::Withdrawn => "They took their yes back.".to_owned(),
        Status::Expired => "Their yes is over.".to_owned(),
    }
}
