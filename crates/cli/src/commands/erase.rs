//! `akkoord-cli erase …` and `akkoord-cli erasure …`

use akkoord_office::clock;
use akkoord_office::erasure::{self, Certificate, Erased, Ground, NewHold, Ran, Warning};
use akkoord_office::problem::{Code, Problem, Result};
use akkoord_office::requests;
use akkoord_office::vault::Vault;
use akkoord_rules::request::State;
use chrono::NaiveDate;
use clap::{Args, Subcommand};
use serde_json::json;
use uuid::Uuid;

use crate::open::Door;
use crate::output::Outcome;
use crate::text::{counted, date_in_words, listed, plain, short_day, table};

#[derive(Debug, Args)]
pub(crate) struct Erase {
    /// The contact's id or e-mail address.
    contact: String,
    /// The request that asks for it: closed as answered once it is done.
    #[arg(long, value_name = "ID", required_unless_present = "reason", conflicts_with = "reason")]
    request: Option<Uuid>,
    /// Why, where nobody asked for it.
    #[arg(long, value_name = "TEXT")]
    reason: Option<String>,
    /// The last day on which a law wants the data kept: on lock until then, destroyed from the day after.
    #[arg(long, value_name = "DATE", requires = "hold_reason")]
    hold_until: Option<NaiveDate>,
    /// Which law or claim that is.
    #[arg(long, value_name = "TEXT", requires = "hold_until")]
    hold_reason: Option<String>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Destroy those whose duty to be kept has ended, from the day after its last one.
    #[command(after_help = "Example:\n  akkoord-cli erasure run --dry-run --on 2033-01-01")]
    Run {
        /// Say whom it would destroy, and do nothing.
        #[arg(long)]
        dry_run: bool,
        /// As of this day; of a dry run only.
        #[arg(long, value_name = "DATE", requires = "dry_run")]
        on: Option<NaiveDate>,
    },
    /// Put the day right until which somebody must be kept: it comes in the place of all that was said of it before.
    #[command(
        after_help = "Example:\n  akkoord-cli erasure hold an@example.be --until 2033-12-31 --reason \"Invoices, seven years\""
    )]
    Hold {
        /// The contact's id or e-mail address.
        contact: String,
        /// The last day on which a law wants the data kept.
        #[arg(long, value_name = "DATE")]
        until: NaiveDate,
        /// Which law or claim that is.
        #[arg(long, value_name = "TEXT")]
        reason: String,
    },
    /// The certificates of all that was erased, the latest first.
    #[command(after_help = "Example:\n  akkoord-cli erasure list")]
    List,
}

pub(crate) fn erase(given: Erase, door: &Door) -> Result<Outcome> {
    let ground = match (given.request, given.reason) {
        (Some(request), _) => Ground::Request(request),
        (None, reason) => Ground::Reason(reason.unwrap_or_default()),
    };
    let hold = given.hold_until.map(|until| NewHold { until, reason: given.hold_reason.unwrap_or_default() });
    let question = match &hold {
        Some(hold) => format!("Put them on lock, and erase them after {}?", date_in_words(hold.until)),
        None => "Erase this contact for good? Nobody can bring it back.".to_owned(),
    };
    if !door.confirm(&question)? {
        return Err(Problem::new(Code::Cancelled));
    }
    let mut vault = door.write()?;
    let erased = erasure::erase(&mut vault, &given.contact, &ground, hold.as_ref(), clock::now())?.output;
    remind(&vault);
    let text = told(&erased);
    Ok(Outcome::new(erased, text))
}

/// Lets the window know what to remind of while the vault is locked: a request may be closed by now.
fn remind(vault: &Vault) {
    // What cannot be written now is written when the window opens the vault.
    let _ = requests::keep_reminders(vault, clock::now());
}

fn told(erased: &Erased) -> String {
    let mut text = match (&erased.certificate, erased.held_until) {
        (None, until) => format!(
            "On lock until {}: stored, and nothing else. From {} on `akkoord-cli erasure run` destroys all of it.\n",
            date_in_words(until.unwrap_or(erased.on)),
            date_in_words(erased.on)
        ),
        (Some(certificate), _) => format!("Erased. {}\nCertificate  {}\n", account(certificate), certificate.id),
    };
    if let Some(request) = &erased.request {
        text.push_str(match request.state {
            State::Answered => "The request is closed as answered.\n",
            State::Refused => "The request was refused before, and stays so.\n",
            State::Open | State::WaitingIdentity | State::Extended => {
                "The request stays open: tell the person, then `akkoord-cli request answer`.\n"
            }
        });
    }
    if !erased.recipients_to_tell.is_empty() {
        let who = listed(&erased.recipients_to_tell);
        text.push_str(&format!("They have the data too, and must be told to erase it (Art. 19): {who}.\n"));
    }
    text.push_str(&warned(&erased.warnings));
    text
}

/// What to know of it.
pub(super) fn warned(warnings: &[Warning]) -> String {
    let words = |warning: &Warning| match warning {
        Warning::IdentityUnconfirmed => "Nobody has made sure that it was the person who asked.\n",
        Warning::OpenRequests => "Another request of theirs is not answered yet.\n",
        Warning::MailWaiting => "A mail to them waits to be sent; once they are erased it goes with them, unsent.\n",
        Warning::JournalBehind => "The line for the backups could not be written; the next command makes up for it.\n",
        Warning::LogInUse => "Another program still reads the vault as it was; the rest goes when that is done.\n",
    };
    warnings.iter().map(words).collect()
}

/// What went, in words.
fn account(certificate: &Certificate) -> String {
    let count = |name: &str| certificate.destroyed.get(name).copied().unwrap_or_default();
    let mut parts = vec![counted(count("contacts"), "contact", "contacts")];
    for (name, one, many) in [
        ("consent_events", "answer", "answers"),
        ("proofs", "file", "files"),
        ("requests", "request without its words", "requests without their words"),
        ("facts", "entry of its history", "entries of its history"),
    ] {
        if count(name) > 0 {
            parts.push(counted(count(name), one, many));
        }
    }
    format!("{} destroyed.", listed(&parts))
}

pub(crate) fn run(command: &Command, door: &Door) -> Result<Outcome> {
    match command {
        Command::Run { dry_run: true, on } => {
            let vault = door.read()?;
            let on = on.unwrap_or_else(|| vault.business().today(clock::now()));
            Ok(ran(erasure::would_run(&vault, on)?, true))
        }
        Command::Run { .. } => {
            if !door.confirm("Erase for good all whose duty to be kept has ended?")? {
                return Err(Problem::new(Code::Cancelled));
            }
            let mut vault = door.write()?;
            let done = erasure::run(&mut vault, None, clock::now())?.output;
            remind(&vault);
            Ok(ran(done, false))
        }
        Command::Hold { contact, until, reason } => {
            let hold = NewHold { until: *until, reason: reason.clone() };
            let set = erasure::hold_instead(&mut door.write()?, contact, &hold, clock::now())?.output;
            let (until, on) = (date_in_words(set.held_until), date_in_words(set.on));
            let text = format!("To be kept until {until}; from {on} on they can be erased.\n");
            Ok(Outcome::new(set, text))
        }
        Command::List => {
            let all = erasure::certificates(&door.read()?)?;
            let row = |one: &Certificate| vec![short_day(one.on), account(one), one.id.to_string()];
            let rows: Vec<Vec<String>> = all.iter().map(row).collect();
            let text = match rows.is_empty() {
                true => "Nobody was erased yet.".to_owned(),
                false => table(&["On", "What", "Id"], &rows),
            };
            Ok(Outcome::new(json!({ "certificates": all }), text))
        }
    }
}

fn ran(ran: Ran, dry_run: bool) -> Outcome {
    let done = counted(ran.destroyed.len(), "contact", "contacts");
    let mut text = if dry_run { format!("{done} would be erased.\n") } else { format!("{done} erased.\n") };
    for held in &ran.still_held {
        let until = date_in_words(held.until);
        text.push_str(&format!("  {} is kept until {until}: {}\n", held.contact, plain(&held.reason)));
    }
    text.push_str(&warned(&ran.warnings));
    Outcome::new(ran, text)
}
