//! Requests as a list, a page and a line show them.

use akkoord_office::clock;
use akkoord_office::problem::Result;
use akkoord_office::requests::{self, Attachment, EventShown, Filter, Listed, Moved, Shown};
use akkoord_office::vault::{Business, Vault};
use akkoord_rules::request::{Event, Kind, State};
use chrono::NaiveDate;

use super::deadline::reasons;
use crate::names;
use crate::output::Outcome;
use crate::text::{capital, date_in_words, day, labelled, plain, short_day, size, table, when};

/// The requests of a state, the most urgent first.
pub(super) fn list(vault: &Vault, filter: Filter, on: Option<NaiveDate>) -> Result<Outcome> {
    let list = requests::list(vault, filter, on, clock::now())?;
    let row = |request: &Listed| {
        vec![
            short_day(request.due),
            left(request),
            capital(short_kind(request.kind)),
            request.name.clone(),
            request.id.to_string(),
        ]
    };
    let rows: Vec<Vec<String>> = list.requests.iter().map(row).collect();
    let text = match (rows.is_empty(), filter) {
        (true, Filter::Open) => "No request is open.".to_owned(),
        (true, Filter::Overdue) => "No request is overdue.".to_owned(),
        (true, Filter::Closed | Filter::All) => "There is no such request.".to_owned(),
        (false, _) => table(&["Due", "Left", "Asks for", "Who", "Id"], &rows),
    };
    Ok(Outcome::new(list, text))
}

/// A request for the page of who asked: when it came in and how it stands, and its id.
pub(super) fn lines(request: &Listed, business: &Business) -> [(String, String); 2] {
    let until = match request.state.is_closed() {
        true => state_name(request.state).to_owned(),
        false => format!("{}, answer by {} ({})", state_name(request.state), date_in_words(request.due), left(request)),
    };
    let kind = capital(short_kind(request.kind));
    [(when(&request.received, business), format!("{kind}: {until}")), (String::new(), format!("Id {}", request.id))]
}

/// What is left of the time, in words.
fn left(request: &Listed) -> String {
    match (request.state, request.days_left) {
        (State::Answered | State::Refused, _) => state_name(request.state).to_owned(),
        (State::WaitingIdentity, _) => "waits for proof".to_owned(),
        (_, 0) => "today".to_owned(),
        (_, 1) => "1 day".to_owned(),
        (_, -1) => "1 day late".to_owned(),
        (_, days) if days < 0 => format!("{} days late", days.unsigned_abs()),
        (_, days) => format!("{days} days"),
    }
}

/// The kind without its article.
fn short_kind(kind: Kind) -> &'static str {
    kind_name(kind).split_once(" (").map_or(kind_name(kind), |(name, _)| name)
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

/// All that is known about a request.
pub(super) fn page(shown: &Shown, business: &Business) -> String {
    let mut text = format!("{}\n{}\n\n", plain(&shown.listed.name), shown.listed.id);
    text.push_str(&labelled(&stands(shown, business)));
    text.push_str(&format!("\n{}\n", reasons(&shown.deadline)));
    let rows: Vec<Vec<String>> = shown
        .events
        .iter()
        .map(|event| vec![short_day(event.happened), capital(&happened(event)), event.by.clone()])
        .collect();
    text.push_str(&table(&["Day", "What", "By"], &rows));
    if !shown.attachments.is_empty() {
        let row = |file: &Attachment| {
            let proof = &file.proof;
            vec![proof.name.clone(), size(proof.bytes), proof.id.to_string()]
        };
        let rows: Vec<Vec<String>> = shown.attachments.iter().map(row).collect();
        text.push_str(&format!("\n{}", table(&["File", "Size", "Proof"], &rows)));
    }
    text
}

fn stands(shown: &Shown, business: &Business) -> Vec<(String, String)> {
    let listed = &shown.listed;
    let mut lines = Vec::new();
    let mut line = |label: &str, value: String| lines.push((label.to_owned(), value));
    line("Asks for", kind_name(listed.kind).to_owned());
    let received = when(&listed.received, business);
    line("Received", format!("{received}, {}; noted by {}", names::way(&shown.how), shown.by));
    if !shown.words.is_empty() {
        line("In words", shown.words.clone());
    }
    line("State", state_name(listed.state).to_owned());
    if let Some(on) = shown.closed_on {
        line("Closed", day(on));
        return lines;
    }
    line("Due", format!("{} ({})", day(listed.due), left(listed)));
    line("Own target", day(shown.own_target));
    if let Some(reminder) = shown.reminder.filter(|reminder| *reminder < listed.due) {
        line("Better by", format!("{}, as some count month by month", day(reminder)));
    }
    if shown.extended_due.is_none() {
        line("More time", format!("can be taken until {}", day(shown.first_month)));
    }
    lines
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
        Event::Weighed { stops, reason, .. } => {
            format!("weighed, {}: {reason}", if *stops { "it stops" } else { "it goes on" })
        }
        Event::Answered { .. } => "answered".to_owned(),
        Event::Refused { reason, .. } => format!("refused: {reason}"),
    }
}

/// What a step led to.
pub(super) fn words(moved: &Moved) -> String {
    match moved.state {
        State::Answered => "Noted: the request is answered.\n".to_owned(),
        State::Refused => {
            "Noted: the request is refused. The letter must give the reason, the authority to complain to and \
             the way to court.\n"
                .to_owned()
        }
        State::WaitingIdentity => {
            "Noted. The clock stands still until what was asked comes in; note that with `akkoord-cli request identity`.\n"
                .to_owned()
        }
        State::Open | State::Extended => {
            format!("Noted. Answer by {}.\n{}", day(moved.due), reasons(&moved.deadline))
        }
    }
}
