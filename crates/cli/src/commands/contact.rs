//! `akkoord-cli contact …`

use std::collections::HashMap;

use akkoord_office::clock;
use akkoord_office::erasure;
use akkoord_office::people::{self, Change, How, NewSource, Question};
use akkoord_office::problem::{Problem, Result};
use akkoord_office::vault::Vault;
use clap::{Args, Subcommand};
use serde_json::json;
use uuid::Uuid;

use super::page;
use crate::open::Door;
use crate::output::Outcome;
use crate::text::{counted, plain, table};

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
    /// Pairs of contacts that are probably one, the likeliest first.
    #[command(after_help = "Example:\n  akkoord-cli contact duplicates --limit 20")]
    Duplicates {
        /// At most this many pairs.
        #[arg(long, default_value_t = 50, value_parser = clap::value_parser!(u32).range(1..))]
        limit: u32,
    },
    /// Say that two contacts that look alike are two.
    #[command(after_help = "Example:\n  akkoord-cli contact distinct an@example.be an@shop.example")]
    Distinct {
        /// The one.
        one: String,
        /// The other.
        other: String,
    },
    /// Take back that two contacts are two.
    #[command(after_help = "Example:\n  akkoord-cli contact alike an@example.be an@shop.example")]
    Alike {
        /// The one.
        one: String,
        /// The other.
        other: String,
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
        Command::Duplicates { limit } => duplicates(&door.read()?, limit),
        Command::Distinct { one, other } => {
            people::distinct(&mut door.write()?, &one, &other, clock::now())?;
            Ok(Outcome::new(json!({ "distinct": true }), "They are two, and are not shown as one again."))
        }
        Command::Alike { one, other } => {
            people::alike(&mut door.write()?, &one, &other, clock::now())?;
            Ok(Outcome::new(json!({ "alike": true }), "They may be shown as one again."))
        }
        Command::Timeline { contact } => page::timeline(&door.read()?, &contact),
    }
}

fn duplicates(vault: &Vault, limit: u32) -> Result<Outcome> {
    let found = people::duplicates(vault, limit as usize)?;
    if found.total == 0 {
        return Ok(Outcome::new(found, "No two contacts look like one."));
    }
    let mut text = String::new();
    for pair in &found.pairs {
        let same: Vec<&str> = pair.same.iter().map(|what| in_common(what)).collect();
        let differs: Vec<&str> = pair.differs.iter().map(|what| in_common(what)).collect();
        let against = if differs.is_empty() { String::new() } else { format!("; not the same {}", differs.join(", ")) };
        text.push_str(&format!("{:>3}  the same {}{against}\n", pair.score, same.join(", ")));
        for side in [&pair.one, &pair.other] {
            let address = side.email.as_deref().or(side.phone.as_deref()).unwrap_or_default();
            text.push_str(&format!("     {}  {}  {}\n", plain(&side.name), plain(address), side.id));
        }
    }
    let pairs = counted(found.total, "pair", "pairs");
    text.push_str(&format!(
        "{} of {pairs}. One of a pair: contact merge KEEP OTHER. Two people: contact distinct ONE OTHER.\n",
        found.pairs.len()
    ));
    Ok(Outcome::new(found, text))
}

fn in_common(what: &str) -> &str {
    match what {
        "email" => "e-mail address",
        "phone" => "phone number",
        "near_name" => "name but for a slip",
        "postal_code" => "postcode",
        "given" => "first name",
        "family" => "family name",
        other => other,
    }
}

fn run_add(vault: &mut Vault, add: &Add) -> Result<Outcome> {
    let draft = people::typed([&add.given, &add.family], &add.email, &add.phone, vault.business())?;
    let changes = add.set.iter().map(|text| change(text)).collect::<Result<Vec<_>>>()?;
    let source = NewSource {
        text: add.source.clone(),
        url: add.source_url.clone(),
        ip: add.source_ip.clone(),
        place: add.source_place.clone(),
    };
    let id = people::add(vault, &draft, &changes, &source, add.duplicate, clock::now())?.output;
    let mut text = format!("Added: {id}");
    let mut warnings = Vec::new();
    if erasure::resembles(vault, &id.to_string())? {
        warnings.push("resembles_erased");
        text.push_str(
            "\nIt has the name, with birthday or postcode, of somebody who was erased: look whether it is them.",
        );
    }
    Ok(Outcome::new(json!({ "contact": id, "warnings": warnings }), text))
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
    let mut times: HashMap<&str, u32> = HashMap::new();
    for email in list.contacts.iter().filter_map(|contact| contact.email.as_deref()) {
        *times.entry(email).or_default() += 1;
    }
    let row = |contact: &people::Listed| {
        // What names this contact alone in another command.
        let own = contact.email.clone().filter(|email| times.get(email.as_str()) == Some(&1));
        let known_by = own.unwrap_or_else(|| contact.id.to_string());
        vec![contact.name.clone(), known_by, contact.phone.clone().unwrap_or_default(), contact.organisation.clone()]
    };
    let rows: Vec<Vec<String>> = list.contacts.iter().map(row).collect();
    let mut text = match rows.len() {
        0 => "Nobody was found.\n".to_owned(),
        shown => {
            let table = table(&["Name", "E-mail or id", "Phone", "Organisation"], &rows);
            format!("{table}{shown} of {}\n", counted(list.total, "contact", "contacts"))
        }
    };
    if let Some(next) = list.next {
        text.push_str(&format!("The next page: --after {next}\n"));
    }
    Ok(Outcome::new(list, text))
}

fn show(vault: &Vault, contact: &str) -> Result<Outcome> {
    let shown = people::show(vault, contact, clock::now())?;
    let text = page::page(vault, &shown)?;
    Ok(Outcome::new(shown, text))
}
