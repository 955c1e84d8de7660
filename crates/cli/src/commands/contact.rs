//! `akkoord-cli contact …`

use akkoord_office::clock;
use akkoord_office::intake::draft::Draft;
use akkoord_office::people::{self, Change, How, Moment, NewSource, Question, Shown};
use akkoord_office::problem::{Problem, Result};
use akkoord_office::vault::Vault;
use clap::{Args, Subcommand};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::open::Door;
use crate::output::{Outcome, plain, table};

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Add a contact by hand.
    #[command(
        after_help = "Example:\n  akkoord-cli contact add --given An --family Peeters --email an@example.be --phone 0475123456"
    )]
    Add(Box<Add>),
    /// List or find contacts.
    #[command(after_help = "Example:\n  akkoord-cli contact list --query \"peet 0475\" --limit 20")]
    List {
        /// Words of which all must be found: parts of names, organisation, e-mail, phone or label.
        #[arg(long, default_value = "")]
        query: String,
        /// At most this many.
        #[arg(long, default_value_t = 50, value_parser = clap::value_parser!(u32).range(1..))]
        limit: u32,
        /// The `next` of the page before.
        #[arg(long)]
        after: Option<Uuid>,
    },
    /// Show all that is known about a contact.
    #[command(after_help = "Example:\n  akkoord-cli contact show an@example.be")]
    Show {
        /// Its id or e-mail address.
        contact: String,
    },
    /// Change a contact.
    #[command(
        after_help = "Example:\n  akkoord-cli contact set an@example.be family=Janssens phone+=0475123456 address.city=Gent"
    )]
    Set {
        /// Its id or e-mail address.
        contact: String,
        /// FIELD=VALUE sets, FIELD+=VALUE adds, FIELD-=VALUE removes, FIELD= empties.
        #[arg(required = true)]
        changes: Vec<String>,
    },
    /// Make one contact of two.
    #[command(after_help = "Example:\n  akkoord-cli contact merge an@example.be an.peeters@example.be")]
    Merge {
        /// The contact that stays.
        keep: String,
        /// The contact that it takes in.
        other: String,
    },
    /// Take a merge back.
    #[command(after_help = "Example:\n  akkoord-cli contact unmerge 0198f0c2-0000-7000-8000-000000000000")]
    Unmerge {
        /// The id that `contact merge` gave.
        merge: Uuid,
    },
    /// What happened with a contact.
    #[command(after_help = "Example:\n  akkoord-cli contact timeline an@example.be")]
    Timeline {
        /// Its id or e-mail address.
        contact: String,
    },
}

#[derive(Debug, Args)]
pub(crate) struct Add {
    /// First name.
    #[arg(long, default_value = "")]
    given: String,
    /// Last name.
    #[arg(long, default_value = "")]
    family: String,
    /// E-mail address; may repeat.
    #[arg(long)]
    email: Vec<String>,
    /// Phone number; may repeat.
    #[arg(long)]
    phone: Vec<String>,
    /// Any other field: FIELD=VALUE; may repeat.
    #[arg(long, value_name = "FIELD=VALUE")]
    set: Vec<String>,
    /// Where the data came from, in words.
    #[arg(long, default_value = "")]
    source: String,
    /// The page on which it was left.
    #[arg(long, default_value = "")]
    source_url: String,
    /// The address that it was left from.
    #[arg(long, default_value = "")]
    source_ip: String,
    /// The place.
    #[arg(long, default_value = "")]
    source_place: String,
    /// Add a second contact with the same e-mail or phone.
    #[arg(long)]
    duplicate: bool,
}

pub(crate) fn run(command: Command, door: &Door) -> Result<Outcome> {
    match command {
        Command::Add(add) => run_add(&mut door.write()?, &add),
        Command::List { query, limit, after } => list(&door.read()?, query, limit, after),
        Command::Show { contact } => show(&door.read()?, &contact),
        Command::Set { contact, changes } => {
            let changes = changes.iter().map(|text| change(text)).collect::<Result<Vec<_>>>()?;
            people::set(&mut door.write()?, &contact, &changes, clock::now())?;
            Ok(Outcome::new(json!({ "changed": changes.len() }), "Saved."))
        }
        Command::Merge { keep, other } => {
            let merge = people::merge(&mut door.write()?, &keep, &other, clock::now())?.output;
            Ok(Outcome::new(
                json!({ "merge": merge }),
                format!("They are one contact now. To take it back: contact unmerge {merge}"),
            ))
        }
        Command::Unmerge { merge } => {
            people::unmerge(&mut door.write()?, merge, clock::now())?;
            Ok(Outcome::new(json!({ "unmerged": merge }), "They are separate contacts again."))
        }
        Command::Timeline { contact } => timeline(&door.read()?, &contact),
    }
}

fn run_add(vault: &mut Vault, add: &Add) -> Result<Outcome> {
    let mut draft = Draft {
        given: add.given.trim().to_owned(),
        family: add.family.trim().to_owned(),
        emails: add.email.iter().map(|value| people::parse_email(value.trim())).collect::<Result<_>>()?,
        ..Draft::default()
    };
    for value in &add.phone {
        draft.phones.push(people::parse_phone(value.trim(), vault.business())?);
    }
    let changes = add.set.iter().map(|text| change(text)).collect::<Result<Vec<_>>>()?;
    let source = NewSource {
        text: add.source.clone(),
        url: add.source_url.clone(),
        ip: add.source_ip.clone(),
        place: add.source_place.clone(),
    };
    let id = people::add(vault, &draft, &changes, &source, add.duplicate, clock::now())?.output;
    Ok(Outcome::new(json!({ "contact": id }), format!("Added: {id}")))
}

/// `FIELD=VALUE`, `FIELD+=VALUE`, `FIELD-=VALUE`.
fn change(text: &str) -> Result<Change> {
    let (field, value) = text.split_once('=').ok_or_else(|| Problem::invalid(text, "no_change"))?;
    let (field, how) = match (field.strip_suffix('+'), field.strip_suffix('-')) {
        (Some(field), _) => (field, How::Add),
        (_, Some(field)) => (field, How::Remove),
        _ => (field, How::Set),
    };
    Ok(Change { field: field.trim().to_owned(), how, value: value.to_owned() })
}

fn list(vault: &Vault, query: String, limit: u32, after: Option<Uuid>) -> Result<Outcome> {
    let list = people::list(vault, &Question { query, limit: limit as usize, after })?;
    let rows: Vec<Vec<String>> = list
        .contacts
        .iter()
        .map(|contact| {
            let text = |value: &Option<String>| value.clone().unwrap_or_default();
            vec![
                contact.name.clone(),
                text(&contact.email),
                text(&contact.phone),
                contact.organisation.clone(),
                contact.id.to_string(),
            ]
        })
        .collect();
    let text = format!(
        "{}{} of {}\n",
        table(&["Name", "E-mail", "Phone", "Organisation", "Id"], &rows),
        rows.len(),
        list.total
    );
    Ok(Outcome::new(list, text))
}

fn show(vault: &Vault, contact: &str) -> Result<Outcome> {
    let shown = people::show(vault, contact, clock::now())?;
    let text = page(&shown);
    Ok(Outcome::new(shown, text))
}

fn page(shown: &Shown) -> String {
    let mut text = format!("{}\n{}, {}\n\n", plain(&shown.name), shown.kind, shown.id);
    let mut line = |label: &str, value: &str| text.push_str(&format!("  {label:<14} {}\n", plain(value)));
    for (key, value) in &shown.fields.single {
        line(key, value.as_str().unwrap_or_default());
    }
    for email in &shown.fields.emails {
        line("email", &format!("{} {}", email.value, email.label));
    }
    for phone in &shown.fields.phones {
        line("phone", &format!("{} {}", phone.value, phone.label));
    }
    for address in &shown.fields.addresses {
        let parts = &address.parts;
        let place = format!("{} {}", parts.postal_code, parts.city);
        let all = [parts.street.as_str(), &parts.extended, place.trim(), &parts.country];
        line("address", &all.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", "));
    }
    for website in &shown.fields.websites {
        line("website", &website.value);
    }
    line("labels", &shown.fields.labels.join(", "));
    text.push('\n');
    for source in &shown.sources {
        let what = match (&source.file, source.row) {
            (Some(file), Some(row)) => format!("{file}, line {row}"),
            (Some(file), None) => file.clone(),
            (None, _) if source.text.is_empty() => "typed in".to_owned(),
            (None, _) => source.text.clone(),
        };
        text.push_str(&format!("  From {} on {} by {}\n", plain(&what), source.at, plain(&source.by)));
    }
    for consent in &shown.consents {
        let stands = super::consent::standing_in_words(consent.status, consent.expires);
        text.push_str(&format!("  {}: {stands}\n", consent.purpose));
    }
    for objection in shown.objections.iter().filter(|objection| objection.lifted.is_none()) {
        let what = objection.purpose.as_deref().unwrap_or("all marketing");
        text.push_str(&format!("  Objects to {what}, since {}\n", objection.since));
    }
    for request in &shown.requests {
        text.push_str(&super::request::line(request));
    }
    text
}

fn timeline(vault: &Vault, contact: &str) -> Result<Outcome> {
    let moments = people::timeline(vault, contact)?;
    let rows: Vec<Vec<String>> = moments.iter().map(|moment| vec![moment.at.clone(), told(moment)]).collect();
    let text = table(&["When", "What"], &rows);
    Ok(Outcome::new(json!({ "timeline": moments }), text))
}

/// What happened, in words.
fn told(moment: &Moment) -> String {
    let facts = &moment.facts;
    let word = |name: &str| facts.pointer(name).and_then(Value::as_str).unwrap_or_default().replace('_', " ");
    let words = |name: &str| {
        let all = facts.pointer(name).and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str);
        all.collect::<Vec<_>>().join(", ")
    };
    match moment.act.as_str() {
        "contact_added" => "typed in".to_owned(),
        "contact_set" => format!("changed: {}", words("/changed")),
        "imported" if facts.get("fields").is_some() => format!("came in with an import, line {}", facts["line"]),
        "imported" => format!("completed by an import, line {}", facts["line"]),
        "import_undone" => "an import was taken back".to_owned(),
        "contact_merged" => "made one with another contact".to_owned(),
        "contact_unmerged" => "separate again".to_owned(),
        "consent_recorded" => format!("{}: {}", word("/event/purpose"), word("/event/answer")),
        "request_opened" => format!("asked for {}", word("/kind")),
        "contact_exported" => format!("data put into a file for {}", word("/for")),
        "proof_exported" => "a proof was saved outside the vault".to_owned(),
        "objection_recorded" => "objected".to_owned(),
        "objection_lifted" => "took an objection back".to_owned(),
        other => other.replace('_', " "),
    }
}
