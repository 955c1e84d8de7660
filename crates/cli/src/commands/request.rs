//! `akkoord-cli request …`

use std::path::PathBuf;

use akkoord_office::clock;
use akkoord_office::problem::Result;
use akkoord_office::requests::{self, Asker, Attachment, EventShown, Filter, Listed, Moved, NewRequest, Shown, Step};
use akkoord_office::vault::Vault;
use akkoord_rules::consent::How;
use akkoord_rules::request::{Event, Kind, State};
use chrono::NaiveDate;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, Subcommand, ValueEnum};
use uuid::Uuid;

use super::deadline::reasons;
use crate::open::Door;
use crate::output::{Outcome, day, plain, table};

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
pub(crate) enum Check {
    Asked,
    Confirmed,
    Failed,
}

pub(crate) fn run(command: Command, door: &Door) -> Result<Outcome> {
    match command {
        Command::Open(open) => run_open(&mut door.write()?, open),
        Command::List { state, on } => list(&door.read()?, state.into(), on),
        Command::Show { id } => {
            let shown = requests::show(&door.read()?, id, clock::now())?;
            let text = page(&shown);
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
        Command::Answer { id, attach, on } => step(door, id, Step::Answered { on, attach }),
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
        attach: open.attach,
    };
    let opened = requests::open(vault, &new, clock::now())?.output;
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

fn list(vault: &Vault, filter: Filter, on: Option<NaiveDate>) -> Result<Outcome> {
    let list = requests::list(vault, filter, on, clock::now())?;
    let row = |request: &Listed| {
        vec![
            request.due.to_string(),
            left(request),
            kind_name(request.kind).to_owned(),
            request.name.clone(),
            state_name(request.state).to_owned(),
            request.received.clone(),
            request.id.to_string(),
        ]
    };
    let rows: Vec<Vec<String>> = list.requests.iter().map(row).collect();
    let text = match (rows.is_empty(), filter) {
        (true, Filter::Open) => "No request is open.".to_owned(),
        (true, Filter::Overdue) => "No request is overdue.".to_owned(),
        (true, Filter::Closed | Filter::All) => "There is no such request.".to_owned(),
        (false, _) => table(&["Due", "Left", "Asks for", "Who", "State", "Received", "Id"], &rows),
    };
    Ok(Outcome::new(list, text))
}

/// A request in one line, for the page of who asked.
pub(crate) fn line(request: &Listed) -> String {
    let until = match request.state.is_closed() {
        true => state_name(request.state).to_owned(),
        false => format!("{}, due {} ({})", state_name(request.state), request.due, left(request)),
    };
    format!("  Asked for {} on {}: {until}\n", kind_name(request.kind), request.received)
}

/// What is left of the time, in words.
fn left(request: &Listed) -> String {
    match request.days_left {
        _ if request.state.is_closed() => "closed".to_owned(),
        0 => "today".to_owned(),
        1 => "1 day".to_owned(),
        -1 => "1 day late".to_owned(),
        days if days < 0 => format!("{} days late", days.unsigned_abs()),
        days => format!("{days} days"),
    }
}

fn kind_name(kind: Kind) -> &'static str {
    match kind {
        Kind::Access => "access (Art. 15)",
        Kind::Rectification => "rectification (Art. 16)",
        Kind::Erasure => "erasure (Art. 17)",
        Kind::Restriction => "restriction (Art. 18)",
        Kind::Portability => "portability (Art. 20)",
        Kind::Objection => "objection (Art. 21)",
        Kind::Withdrawal => "withdrawal (Art. 7)",
        Kind::AutomatedDecision => "automated decisions (Art. 22)",
    }
}

fn state_name(state: State) -> &'static str {
    match state {
        State::Open => "open",
        State::WaitingIdentity => "waiting for proof of identity",
        State::Extended => "extended",
        State::Answered => "answered",
        State::Refused => "refused",
    }
}

fn page(shown: &Shown) -> String {
    let listed = &shown.listed;
    let mut text = format!("{}\n{}\n\n", plain(&listed.name), listed.id);
    let mut line = |label: &str, value: &str| text.push_str(&format!("  {label:<14} {}\n", plain(value)));
    line("Asks for", kind_name(listed.kind));
    line("Received", &format!("{} by {}, taken down by {}", listed.received, shown.how.replace('_', " "), shown.by));
    if !shown.words.is_empty() {
        line("In words", &shown.words);
    }
    line("State", state_name(listed.state));
    match shown.closed_on {
        Some(on) => line("Closed", &day(on)),
        None => line("Due", &format!("{} ({})", day(listed.due), left(listed))),
    }
    if shown.closed_on.is_none() {
        line("Own target", &day(shown.own_target));
        if let Some(reminder) = shown.reminder.filter(|reminder| *reminder < listed.due) {
            line("Better by", &format!("{}, as some count month by month", day(reminder)));
        }
        if shown.extended_due.is_none() {
            line("More time", &format!("can be taken until {}", day(shown.first_month)));
        }
    }
    text.push_str(&format!("\n{}\n", reasons(&shown.deadline)));
    let rows: Vec<Vec<String>> =
        shown.events.iter().map(|event| vec![event.happened.to_string(), happened(event), event.by.clone()]).collect();
    text.push_str(&table(&["Day", "What", "By"], &rows));
    if !shown.attachments.is_empty() {
        let row = |file: &Attachment| {
            let proof = &file.proof;
            vec![proof.name.clone(), proof.bytes.to_string(), file.with.to_owned(), proof.id.to_string()]
        };
        let rows: Vec<Vec<String>> = shown.attachments.iter().map(row).collect();
        text.push_str(&format!("\n{}", table(&["File", "Bytes", "With", "Proof"], &rows)));
    }
    text
}

/// What happened, in words.
fn happened(shown: &EventShown) -> String {
    match &shown.event {
        Event::Opened { .. } => "came in".to_owned(),
        Event::IdentityAsked { reason, .. } => format!("proof of identity asked: {reason}"),
        Event::IdentityConfirmed { how, .. } => format!("identity confirmed: {how}"),
        Event::IdentityFailed { how, .. } => format!("identity not proved: {how}"),
        Event::Extended { months, reason, .. } => {
            format!("told of {months} more month{}: {reason}", if *months == 1 { "" } else { "s" })
        }
        Event::Answered { .. } => "answered".to_owned(),
        Event::Refused { reason, .. } => format!("refused: {reason}"),
    }
}

fn step(door: &Door, id: Uuid, step: Step) -> Result<Outcome> {
    let moved = requests::step(&mut door.write()?, id, step, clock::now())?.output;
    let text = words(&moved);
    Ok(Outcome::new(moved, text))
}

fn words(moved: &Moved) -> String {
    match moved.state {
        State::Answered => "Noted: the request is answered.\n".to_owned(),
        State::Refused => {
            "Noted: the request is refused. The letter must give the reason, the authority to complain to and \
                           the way to court.\n"
                .to_owned()
        }
        State::WaitingIdentity => {
            "Noted. The clock stands still until what was asked comes in; note that with `request identity`.\n"
                .to_owned()
        }
        State::Open | State::Extended => {
            format!("Noted. Answer by {}.\n{}", day(moved.due), reasons(&moved.deadline))
        }
    }
}
