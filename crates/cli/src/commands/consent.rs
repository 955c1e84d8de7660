//! `akkoord-cli consent …`

use std::path::PathBuf;

use akkoord_office::clock;
use akkoord_office::consents::{self, Asking, NewAnswer, Recorded, Warning};
use akkoord_office::problem::Result;
use akkoord_rules::consent::{How, Status};
use akkoord_rules::person::Channel;
use chrono::NaiveDate;
use clap::{Args, Subcommand};
use uuid::Uuid;

use super::purpose::{coded, codes};
use super::{asking, batch, look};
use crate::open::Door;
use crate::output::Outcome;
use crate::text::{day, plain, size};

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Record what a person answered.
    #[command(
        disable_version_flag = true,
        after_help = "Example:\n  akkoord-cli consent record an@example.be --purpose newsletter --answer given --how phone \
            --on 2026-03-05T10:15 --attach call.ogg"
    )]
    Record(Box<Record>),
    /// Record that people were asked; whom the law protects from that is left out and listed.
    #[command(
        after_help = "Example:\n  akkoord-cli consent ask an@example.be jo@example.be --purpose newsletter --by email"
    )]
    Ask {
        /// Ids or e-mail addresses.
        #[arg(required = true)]
        contacts: Vec<String>,
        /// The purpose's key.
        #[arg(long, value_name = "KEY")]
        purpose: String,
        /// The way.
        #[arg(long, value_parser = ["email", "letter", "phone"])]
        by: String,
    },
    /// Record one yes for each of many people: those whom a file names in a column contact or email, who have a label, or whom an
    /// import brought. Whoever said no later, objected, is on lock or was a child is left out and listed.
    #[command(
        disable_version_flag = true,
        after_help = "Example:\n  akkoord-cli consent batch --purpose newsletter --from signed.csv --how letter \
            --on 2026-03-05 --attach scans.pdf"
    )]
    Batch(Box<batch::Batch>),
    /// Take back, as a mistake, everything that one batch recorded.
    #[command(
        after_help = "Example:\n  akkoord-cli consent unbatch 0198f0c2-0000-7000-8000-000000000000 --note \"Wrong pile\""
    )]
    Unbatch {
        /// The id that `consent batch` gave.
        batch: Uuid,
        /// What the mistake was.
        #[arg(long)]
        note: String,
    },
    /// Record that a person confirmed the yes that waits for it.
    #[command(after_help = "Example:\n  akkoord-cli consent confirm an@example.be --purpose newsletter")]
    Confirm {
        /// The contact's id or e-mail address.
        contact: String,
        /// The purpose's key.
        #[arg(long, value_name = "KEY")]
        purpose: String,
    },
    /// Record that a person took the yes back. It counts at once.
    #[command(after_help = "Example:\n  akkoord-cli consent withdraw an@example.be --purpose newsletter --how email")]
    Withdraw {
        /// The contact's id or e-mail address.
        contact: String,
        /// The purpose's key.
        #[arg(long, value_name = "KEY")]
        purpose: String,
        /// The way it came.
        #[arg(long, value_parser = hows())]
        how: String,
        /// When: an instant, or a day (its noon, or after a yes of that day); now unless given.
        #[arg(long, value_name = "INSTANT")]
        on: Option<String>,
    },
    /// Take out an event that was recorded by mistake. It stays in the history.
    #[command(
        after_help = "Example:\n  akkoord-cli consent correct 0198f0c2-0000-7000-8000-000000000000 --note \"Wrong person\""
    )]
    Correct {
        /// The event's id.
        event: Uuid,
        /// What the mistake was.
        #[arg(long)]
        note: String,
    },
    /// Everything that was recorded about a person's consents, with the texts as they stood.
    #[command(after_help = "Example:\n  akkoord-cli consent history an@example.be")]
    History {
        /// The contact's id or e-mail address.
        contact: String,
    },
    /// How many people stand where, for each purpose.
    #[command(after_help = "Example:\n  akkoord-cli consent dashboard --on 2026-01-01")]
    Dashboard {
        /// As of the end of this day; today unless given.
        #[arg(long, value_name = "DATE")]
        on: Option<String>,
    },
    /// The people who stand in one place towards a purpose.
    #[command(after_help = "Example:\n  akkoord-cli consent list --purpose newsletter --status expired")]
    List {
        /// The purpose's key.
        #[arg(long, value_name = "KEY")]
        purpose: String,
        /// Where they stand.
        #[arg(long, value_parser = codes(Status::ALL.iter().map(|status| status.as_str())))]
        status: String,
        /// As of the end of this day; today unless given.
        #[arg(long, value_name = "DATE")]
        on: Option<String>,
        /// At most this many.
        #[arg(long, value_name = "N", default_value_t = 50)]
        limit: usize,
    },
    #[command(flatten)]
    Asking(asking::Command),
}

/// The ways of an answer, listed in the help.
pub(super) fn hows() -> clap::builder::PossibleValuesParser {
    codes(How::ALL.iter().map(|how| how.as_str()))
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
    #[arg(long, value_parser = hows())]
    how: String,
    /// When: an instant, or a day (its noon; a no comes after a yes of that day); now unless given.
    #[arg(long, value_name = "INSTANT")]
    on: Option<String>,
    /// The language of the text that was read or shown; the contact's unless given.
    #[arg(long)]
    language: Option<String>,
    /// The version of the text; the one of that day unless given.
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
    /// The page on which it was given.
    #[arg(long, value_name = "URL", default_value = "")]
    source_url: String,
    /// The network address that it came from.
    #[arg(long, value_name = "IP", default_value = "")]
    source_ip: String,
    /// The place.
    #[arg(long, value_name = "TEXT", default_value = "")]
    source_place: String,
}

pub(crate) fn run(command: Command, door: &Door) -> Result<Outcome> {
    match command {
        Command::Record(record) => run_record(&record, door),
        Command::Ask { contacts, purpose, by } => ask(&contacts, &purpose, &by, door),
        Command::Batch(batch) => batch::run(*batch, door),
        Command::Unbatch { batch, note } => batch::undo(batch, &note, door),
        Command::Confirm { contact, purpose } => {
            let recorded = consents::confirm(&mut door.write()?, &contact, &purpose, clock::now())?.output;
            let text = recorded_in_words(&recorded);
            Ok(Outcome::new(recorded, text))
        }
        Command::Withdraw { contact, purpose, how, on } => {
            let mut vault = door.write()?;
            let now = clock::now();
            let happened = consents::said_no(&vault, &contact, Some(&purpose), on.as_deref(), now)?;
            let how = coded("how", &how, How::parse)?;
            let recorded = consents::withdraw(&mut vault, &contact, &purpose, how, happened, now)?.output;
            let text = recorded_in_words(&recorded);
            Ok(Outcome::new(recorded, text))
        }
        Command::Correct { event, note } => {
            let recorded = consents::correct(&mut door.write()?, event, &note, clock::now())?.output;
            let text = recorded_in_words(&recorded);
            Ok(Outcome::new(recorded, text))
        }
        Command::History { contact } => look::history(&door.read()?, &contact),
        Command::Dashboard { on } => look::dashboard(&door.read()?, on.as_deref()),
        Command::List { purpose, status, on, limit } => {
            let status = coded("status", &status, Status::parse)?;
            look::list(&door.read()?, &purpose, status, on.as_deref(), limit)
        }
        Command::Asking(command) => asking::run(command, door),
    }
}

fn ask(contacts: &[String], purpose: &str, by: &str, door: &Door) -> Result<Outcome> {
    let channel = match by {
        "letter" => Channel::Post,
        other => coded("by", other, Channel::parse)?,
    };
    Ok(asked(consents::ask(&mut door.write()?, contacts, purpose, channel, clock::now())?.output))
}

/// Who was asked, and who not.
pub(super) fn asked(asking: Asking) -> Outcome {
    let mut text = match asking.asked.len() {
        1 => "Recorded: one person was asked.\n".to_owned(),
        many => format!("Recorded: {many} people were asked.\n"),
    };
    for one in &asking.refused {
        text.push_str(&format!("  Not asked: {}\n    {}\n", one.contact, plain(&one.text)));
    }
    Outcome::new(asking, text)
}

fn run_record(record: &Record, door: &Door) -> Result<Outcome> {
    let mut vault = door.write()?;
    let now = clock::now();
    let yes = record.answer == "given";
    let on = record.on.as_deref();
    let happened = match yes {
        true => consents::happened(on, vault.business(), now)?,
        false => consents::said_no(&vault, &record.contact, Some(&record.purpose), on, now)?,
    };
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
        attach: record.attach.iter().cloned().map(Into::into).collect(),
        note: record.note.clone(),
        guardian: record.guardian.clone(),
        explicit: record.explicit,
        unconfirmed: record.unconfirmed,
        url: record.source_url.clone(),
        ip: record.source_ip.clone(),
        place: record.source_place.clone(),
        ..NewAnswer::new(&record.purpose, yes, how, happened)
    };
    let recorded = consents::record(&mut vault, &record.contact, &new, now)?.output;
    let text = recorded_in_words(&recorded);
    Ok(Outcome::new(recorded, text))
}

fn recorded_in_words(recorded: &Recorded) -> String {
    let standing = match recorded.warnings.contains(&Warning::LaterYes) {
        true => later_yes_in_words(recorded.status, recorded.expires),
        false => standing_in_words(recorded.status, recorded.expires),
    };
    let mut text = format!("Recorded. {standing}\n");
    for proof in &recorded.proofs {
        text.push_str(&format!("  Proof {} ({})\n    SHA-256 {}\n", proof.id, size(proof.bytes), proof.sha256));
    }
    for warning in &recorded.warnings {
        text.push_str(match warning {
            Warning::GuardianNeeded => {
                "Mind: this is a child. Until a parent or guardian agrees (--guardian NAME) the yes cannot be used.\n"
            }
            Warning::Expired => "Mind: this yes is over already.\n",
            // Said in the first line.
            Warning::LaterYes => "",
            Warning::LaterNo => {
                "Mind: this yes does not count, because a later no is recorded. If the yes came last, record it with its time: --on 2026-03-05T15:30.\n"
            }
            Warning::EarlierYesStands => {
                "Mind: that is their earlier yes. This one takes its place once they confirm it.\n"
            }
            Warning::LaterVersion => "Mind: that version of the text began after the day of the answer.\n",
        });
    }
    text.push_str(&format!("  Event {}\n", recorded.event));
    text
}

/// What still stands although a no or a withdrawal was recorded: they said yes after it.
fn later_yes_in_words(status: Status, expires: Option<NaiveDate>) -> String {
    let yes = match status {
        Status::AwaitingConfirmation => "That yes waits until they confirm it",
        Status::NotAsked | Status::Asked | Status::Given | Status::Refused | Status::Withdrawn | Status::Expired => {
            "That yes still counts"
        }
    };
    let until = until_in_words(expires);
    format!("But they said yes again after that moment. {yes}{until}. To end it, withdraw it without --on.")
}

/// A status as people say it; `expires` is the first day on which a yes no longer holds.
pub(super) fn standing_in_words(status: Status, expires: Option<NaiveDate>) -> String {
    let until = until_in_words(expires);
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

fn until_in_words(expires: Option<NaiveDate>) -> String {
    let last = expires.and_then(|day| day.pred_opt());
    last.map_or_else(String::new, |last| format!(", up to and including {}", day(last)))
}
