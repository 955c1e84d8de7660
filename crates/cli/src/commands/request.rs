//! `akkoord-cli request …`

use std::path::PathBuf;

use akkoord_office::clock;
use akkoord_office::problem::Result;
use akkoord_office::requests::{self, Asker, Filter, NewRequest, Step};
use akkoord_office::vault::Vault;
use akkoord_rules::consent::How;
use akkoord_rules::request::Kind;
use chrono::NaiveDate;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, Subcommand, ValueEnum};
use uuid::Uuid;

use super::asked;
use super::deadline::reasons;
use crate::open::Door;
use crate::output::Outcome;
use crate::text::day;

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Take down what somebody asked.
    #[command(
        after_help = "Examples:\n  akkoord-cli request open an@example.be --kind access --received 2026-03-05 --how email --words \"Wat weet u van mij?\"\n  akkoord-cli request open --unknown \"Jan Claes\" --kind erasure --received 2026-03-05T10:20 --how phone"
    )]
    Open(Open),
    /// The requests, the most urgent first.
    #[command(after_help = "Example:\n  akkoord-cli request list --state overdue")]
    List {
        /// Which of them.
        #[arg(long, default_value = "open")]
        state: Which,
        /// As they stood at the end of this day.
        #[arg(long, value_name = "DATE")]
        on: Option<NaiveDate>,
    },
    /// Show all that is known about a request.
    #[command(after_help = "Example:\n  akkoord-cli request show 0198f0c2-0000-7000-8000-000000000000")]
    Show {
        /// Its id.
        id: Uuid,
    },
    /// Take one or two months more (Art. 12(3)): the person must have been told, with the reason, within the first month.
    #[command(
        after_help = "Example:\n  akkoord-cli request extend 0198f0c2-0000-7000-8000-000000000000 --months 2 --reason \"Veel dossiers\" --told 2026-03-20"
    )]
    Extend {
        /// Its id.
        id: Uuid,
        /// Beyond the first month.
        #[arg(long, value_parser = clap::value_parser!(u8).range(1..=2))]
        months: u8,
        /// Complexity or number of requests, in words.
        #[arg(long)]
        reason: String,
        /// The day on which the person was told.
        #[arg(long, value_name = "DATE")]
        told: NaiveDate,
    },
    /// Note the check of who asks (Art. 12(6)); the clock stands still while proof is awaited.
    #[command(
        after_help = "Example:\n  akkoord-cli request identity 0198f0c2-0000-7000-8000-000000000000 --result asked --how \"Other e-mail address than ours\""
    )]
    Identity {
        /// Its id.
        id: Uuid,
        /// What happened.
        #[arg(long)]
        result: Check,
        /// For asked the reason of the doubt; else by what it was seen, or what was wrong with it.
        #[arg(long, value_name = "TEXT")]
        how: String,
        /// The day on which it happened, today if left out.
        #[arg(long, value_name = "DATE")]
        on: Option<NaiveDate>,
    },
    /// Note that the answer went out.
    #[command(
        after_help = "Example:\n  akkoord-cli request answer 0198f0c2-0000-7000-8000-000000000000 --on 2026-03-20 --attach brief.pdf"
    )]
    Answer {
        /// Its id.
        id: Uuid,
        /// What was sent, kept in the vault; may repeat.
        #[arg(long, value_name = "FILE")]
        attach: Vec<PathBuf>,
        /// The day on which it went out, today if left out.
        #[arg(long, value_name = "DATE")]
        on: Option<NaiveDate>,
    },
    /// Note what weighed when somebody objected to a use in your own interest (Art. 21(1)).
    #[command(
        after_help = "Example:\n  akkoord-cli request weigh 0198f0c2-0000-7000-8000-000000000000 --result stops --reason \"Visits can be planned without it\""
    )]
    Weigh {
        /// Its id.
        id: Uuid,
        /// Whether the use stops, or goes on for a compelling reason.
        #[arg(long)]
        result: Weighed,
        /// What weighed.
        #[arg(long)]
        reason: String,
    },
    /// Show who got the data and has to hear of a correction, an erasure or a lock (Art. 19).
    #[command(after_help = "Example:\n  akkoord-cli request recipients 0198f0c2-0000-7000-8000-000000000000")]
    Recipients {
        /// Its id.
        id: Uuid,
    },
    /// Note that one of them heard of it, or why not.
    #[command(
        after_help = "Example:\n  akkoord-cli request told 0198f0c2-0000-7000-8000-000000000000 mailer --outcome told --how email"
    )]
    Told(super::recipients::Told),
    /// Write the deadlines of all open requests into a calendar file (RFC 5545).
    #[command(after_help = "Example:\n  akkoord-cli request calendar --to deadlines.ics")]
    Calendar {
        /// The file to write; one that is there already is replaced.
        #[arg(long, value_name = "FILE")]
        to: PathBuf,
        /// With the names of those who asked.
        #[arg(long)]
        names: bool,
    },
    /// Note that a refusal went out, with its reason and where the person can complain (Art. 12(4)).
    #[command(
        after_help = "Example:\n  akkoord-cli request refuse 0198f0c2-0000-7000-8000-000000000000 --reason \"Fifth request this month\""
    )]
    Refuse {
        /// Its id.
        id: Uuid,
        /// Why.
        #[arg(long)]
        reason: String,
    },
}

#[derive(Debug, Args)]
pub(crate) struct Open {
    /// The id or e-mail address of the contact who asks.
    #[arg(required_unless_present = "unknown")]
    contact: Option<String>,
    /// The name of somebody who is in no contact.
    #[arg(long, value_name = "NAME", conflicts_with = "contact")]
    unknown: Option<String>,
    /// What is asked.
    #[arg(long, value_parser = kinds())]
    kind: Kind,
    /// When it came in, read or not: a date, or an instant; without an offset it is in the business's zone.
    #[arg(long, value_name = "DATE|INSTANT")]
    received: String,
    /// The way in which it came.
    #[arg(long)]
    how: Way,
    /// What was asked, in the person's own words.
    #[arg(long, default_value = "", hide_default_value = true)]
    words: String,
    /// A file that came with it, kept in the vault; may repeat.
    #[arg(long, value_name = "FILE")]
    attach: Vec<PathBuf>,
}

fn kinds() -> impl TypedValueParser<Value = Kind> {
    let codes = PossibleValuesParser::new(Kind::ALL.iter().map(|kind| kind.as_str()));
    codes.try_map(|code| Kind::parse(&code).ok_or("unknown"))
}

#[derive(Debug, Clone, Copy, ValueEnum)]
#[value(rename_all = "snake_case")]
pub(crate) enum Way {
    Phone,
    Email,
    Letter,
    InPerson,
    WebForm,
    Portal,
}

impl From<Way> for How {
    fn from(way: Way) -> Self {
        match way {
            Way::Phone => Self::Phone,
            Way::Email => Self::Email,
            Way::Letter => Self::Letter,
            Way::InPerson => Self::InPerson,
            Way::WebForm => Self::WebForm,
            Way::Portal => Self::Portal,
        }
    }
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum Which {
    Open,
    Overdue,
    Closed,
    All,
}

impl From<Which> for Filter {
    fn from(which: Which) -> Self {
        match which {
            Which::Open => Self::Open,
            Which::Overdue => Self::Overdue,
            Which::Closed => Self::Closed,
            Which::All => Self::All,
        }
    }
}

#[derive(Debug, Clone, Copy, ValueEnum)]
#[value(rename_all = "snake_case")]
pub(crate) enum Weighed {
    Stops,
    GoesOn,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum Check {
    Asked,
    Confirmed,
    Failed,
}

pub(crate) fn run(command: Command, door: &Door) -> Result<Outcome> {
    match command {
        Command::Open(open) => run_open(&mut door.write()?, open),
        Command::List { state, on } => asked::list(&door.read()?, state.into(), on),
        Command::Show { id } => {
            let vault = door.read()?;
            let shown = requests::show(&vault, id, clock::now())?;
            let text = asked::page(&shown, vault.business());
            Ok(Outcome::new(shown, text))
        }
        Command::Extend { id, months, reason, told } => step(door, id, Step::Extended { months, reason, told }),
        Command::Identity { id, result, how, on } => {
            let check = match result {
                Check::Asked => Step::IdentityAsked { reason: how, on },
                Check::Confirmed => Step::IdentityConfirmed { how, on },
                Check::Failed => Step::IdentityFailed { how, on },
            };
            step(door, id, check)
        }
        Command::Answer { id, attach, on } => {
            let attach = attach.into_iter().map(Into::into).collect();
            step(door, id, Step::Answered { on, attach })
        }
        Command::Weigh { id, result, reason } => {
            step(door, id, Step::Weighed { stops: matches!(result, Weighed::Stops), reason })
        }
        Command::Recipients { id } => super::recipients::list(&door.read()?, id),
        Command::Told(told) => super::recipients::told(&mut door.write()?, &told),
        Command::Calendar { to, names } => super::recipients::calendar(&mut door.write()?, &to, names),
        Command::Refuse { id, reason } => step(door, id, Step::Refused { reason }),
    }
}

fn run_open(vault: &mut Vault, open: Open) -> Result<Outcome> {
    let asker = match (open.contact, open.unknown) {
        (Some(contact), _) => Asker::Contact(contact),
        (None, name) => Asker::Unknown(name.unwrap_or_default()),
    };
    let new = NewRequest {
        asker,
        kind: open.kind,
        received: open.received,
        how: open.how.into(),
        words: open.words,
        attach: open.attach.into_iter().map(Into::into).collect(),
    };
    let opened = requests::open(vault, &new, clock::now())?.output;
    remind(vault);
    let mut text =
        format!("Taken down: {}\nAnswer by {}.\n{}", opened.request, day(opened.due), reasons(&opened.deadline));
    if opened.objected {
        text.push_str("From now on no marketing goes to them, whatever they agreed to before.\n");
    }
    if !opened.withdrawn.is_empty() {
        text.push_str("Every yes that they gave before that is taken back.\n");
    }
    Ok(Outcome::new(opened, text))
}

fn step(door: &Door, id: Uuid, step: Step) -> Result<Outcome> {
    let mut vault = door.write()?;
    let moved = requests::step(&mut vault, id, step, clock::now())?.output;
    remind(&vault);
    let text = asked::words(&moved);
    Ok(Outcome::new(moved, text))
}

/// Lets the window know what to remind of while the vault is locked.
fn remind(vault: &Vault) {
    // What cannot be written now is written when the window opens the vault; the request itself is kept.
    let _ = requests::keep_reminders(vault, clock::now());
}
