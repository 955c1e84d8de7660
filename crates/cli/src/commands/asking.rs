//! `akkoord-cli consent plan`, `prepare`, `export` and what follows: many people at once, as the window asks and lists them.

use std::path::{Path, PathBuf};

use akkoord_office::consents::{self, AskPlan, Pile, Prepared, PurposeQuestion, Stays, WAYS};
use akkoord_office::papers::{self, ListSaved};
use akkoord_office::people;
use akkoord_office::problem::Result;
use akkoord_office::vault::Vault;
use akkoord_office::{clock, consents::AskingShown};
use akkoord_rules::consent::Status;
use akkoord_rules::person::Channel;
use clap::{Args, Subcommand};
use serde_json::json;
use uuid::Uuid;

use super::purpose::{coded, codes};
use crate::names;
use crate::open::Door;
use crate::output::Outcome;
use crate::text::{counted, day, plain, table, when};

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// By which way each of many people may be asked for their consent; nothing is written.
    #[command(after_help = "Example:\n  akkoord-cli consent plan --purpose newsletter --status expired")]
    Plan {
        #[command(flatten)]
        whom: Whom,
        /// The ways, parted by commas; each person gets the first that the law allows.
        #[arg(long, value_delimiter = ',', default_value = "email,letter,phone", value_parser = ["email", "letter", "phone"])]
        by: Vec<String>,
    },
    /// Prepare letters or mails that ask for consent, for those who may be asked so. Nobody counts as asked yet.
    #[command(after_help = "Example:\n  akkoord-cli consent prepare --purpose newsletter --status expired --by email")]
    Prepare {
        #[command(flatten)]
        whom: Whom,
        /// Letters or mails.
        #[arg(long, value_parser = ["email", "letter"])]
        by: String,
    },
    /// Letters and mails that were prepared and wait to be sent.
    #[command(after_help = "Example:\n  akkoord-cli consent prepared")]
    Prepared,
    /// Put prepared letters or mails into a table, each with the question in their language, to be merged and sent.
    #[command(
        after_help = "Example:\n  akkoord-cli consent letters 0198f0c2-0000-7000-8000-000000000000 --to letters.csv"
    )]
    Letters {
        /// The id that `consent prepare` gave.
        asking: Uuid,
        /// The table to write.
        #[arg(long, value_name = "FILE.csv")]
        to: PathBuf,
    },
    /// Record that prepared letters or mails were sent: whoever is in it was asked on that day.
    #[command(after_help = "Example:\n  akkoord-cli consent sent 0198f0c2-0000-7000-8000-000000000000 --on 2026-03-05")]
    Sent {
        /// The id that `consent prepare` gave.
        asking: Uuid,
        /// The day, if not today.
        #[arg(long, value_name = "DATE")]
        on: Option<String>,
    },
    /// Put prepared letters or mails away: they are not sent after all.
    #[command(after_help = "Example:\n  akkoord-cli consent put-away 0198f0c2-0000-7000-8000-000000000000")]
    PutAway {
        /// The id that `consent prepare` gave.
        asking: Uuid,
    },
    /// Put those of many people who may be reached for a purpose into a table; the others stay, and why is said.
    #[command(
        after_help = "Example:\n  akkoord-cli consent export --purpose newsletter --channel email --to newsletter.csv"
    )]
    Export {
        #[command(flatten)]
        whom: Whom,
        /// The channel on which they will be reached; the table holds the addresses for it alone.
        #[arg(long, value_parser = codes(Channel::ALL.iter().map(|channel| channel.as_str())))]
        channel: String,
        /// The table to write.
        #[arg(long, value_name = "FILE.csv")]
        to: PathBuf,
    },
    /// Answers of many people that `consent batch` recorded, the latest first; each can be taken back.
    #[command(after_help = "Example:\n  akkoord-cli consent batches")]
    Batches,
}

/// Who is meant.
#[derive(Debug, Args)]
pub(crate) struct Whom {
    /// Their ids or e-mail addresses; without any, everybody.
    contacts: Vec<String>,
    /// The purpose's key.
    #[arg(long, value_name = "KEY")]
    purpose: String,
    /// Only those who stand so towards the purpose today.
    #[arg(long, conflicts_with = "contacts", value_parser = codes(Status::ALL.iter().map(|status| status.as_str())))]
    status: Option<String>,
}

impl Whom {
    fn ids(&self, vault: &Vault) -> Result<Vec<Uuid>> {
        if !self.contacts.is_empty() {
            return people::named(vault, &self.contacts);
        }
        let status = self.status.as_deref().map(|status| coded("status", status, Status::parse)).transpose()?;
        let statuses = status.into_iter().collect();
        let question = PurposeQuestion { purpose: self.purpose.clone(), statuses, ..PurposeQuestion::default() };
        Ok(consents::standers(vault, &question, clock::now())?.into_iter().map(|one| one.id).collect())
    }
}

pub(super) fn run(command: Command, door: &Door) -> Result<Outcome> {
    match command {
        Command::Plan { whom, by } => plan(&door.read()?, &whom, &by),
        Command::Prepare { whom, by } => prepare(&mut door.write()?, &whom, &by),
        Command::Prepared => prepared(&door.read()?),
        Command::Letters { asking, to } => {
            let saved = papers::merge_file(&mut door.write()?, asking, &to, clock::now())?.output;
            Ok(saved_in_words(saved, &to))
        }
        Command::Sent { asking, on } => {
            let mut vault = door.write()?;
            let on = consents::on_day(on.as_deref(), vault.business(), clock::now())?;
            Ok(super::consent::asked(consents::sent(&mut vault, asking, on, clock::now())?.output))
        }
        Command::PutAway { asking } => {
            consents::put_away(&mut door.write()?, asking, clock::now())?;
            Ok(Outcome::new(json!({}), "Put away. Nobody was asked."))
        }
        Command::Export { whom, channel, to } => {
            let mut vault = door.write()?;
            let ids = whom.ids(&vault)?;
            let channel = coded("channel", &channel, Channel::parse)?;
            let saved = papers::list(&mut vault, &ids, &whom.purpose, channel, &to, clock::now())?.output;
            Ok(saved_in_words(saved, &to))
        }
        Command::Batches => batches(&door.read()?),
    }
}

fn way(by: &str) -> Result<Channel> {
    match by {
        "letter" => Ok(Channel::Post),
        other => coded("by", other, Channel::parse),
    }
}

fn plan(vault: &Vault, whom: &Whom, by: &[String]) -> Result<Outcome> {
    let ways = by.iter().map(|by| way(by)).collect::<Result<Vec<_>>>()?;
    let ways: Vec<Channel> = WAYS.into_iter().filter(|way| ways.contains(way)).collect();
    let plan = consents::plan(vault, &whom.ids(vault)?, &whom.purpose, &ways, clock::now())?;
    let text = planned(&plan);
    Ok(Outcome::new(plan, text))
}

fn planned(plan: &AskPlan) -> String {
    let mut text = String::new();
    for way in &plan.ways {
        let languages = way.languages.iter().map(|one| format!("{} {}", one.people, names::language(&one.language)));
        let languages = languages.collect::<Vec<_>>().join(", ");
        let languages = if languages.is_empty() { languages } else { format!(" ({languages})") };
        text.push_str(&format!("{:>6} by {}{languages}\n", way.people.len(), names::channel(way.channel)));
    }
    text.push_str(&stay(&plan.cannot));
    if plan.agreed > 0 {
        text.push_str(&format!("{:>6} agree already\n", plan.agreed));
    }
    if !plan.worded {
        text.push_str("There is no text yet to ask with. Write one with `akkoord-cli purpose wording`.\n");
    }
    text
}

fn stay(stays: &[Stays]) -> String {
    stays.iter().map(|one| format!("{:>6} stay: {}\n", one.people, one.reason.as_str().replace('_', " "))).collect()
}

fn prepare(vault: &mut Vault, whom: &Whom, by: &str) -> Result<Outcome> {
    let ids = whom.ids(vault)?;
    let prepared = consents::prepare(vault, &ids, &whom.purpose, way(by)?, clock::now())?.output;
    let Prepared { asking, people, refused } = &prepared;
    let mut text = format!("Prepared for {}.\n", counted(*people, "person", "people"));
    for one in refused {
        text.push_str(&format!("  Not for {}\n    {}\n", one.contact, plain(&one.text)));
    }
    text.push_str(&format!("\nNext: akkoord-cli consent letters {asking} --to letters.csv\n"));
    Ok(Outcome::new(prepared, text))
}

fn prepared(vault: &Vault) -> Result<Outcome> {
    let askings = consents::askings(vault)?;
    let row = |one: &AskingShown| {
        let people = counted(one.people.unsigned_abs(), "person", "people");
        vec![
            day(one.prepared),
            plain(&one.title),
            names::channel(one.channel).to_owned(),
            people,
            one.asking.to_string(),
        ]
    };
    let rows: Vec<Vec<String>> = askings.iter().map(row).collect();
    let text = match rows.is_empty() {
        true => "Nothing waits to be sent.".to_owned(),
        false => table(&["Prepared", "Purpose", "By", "For", "Id"], &rows),
    };
    Ok(Outcome::new(json!({ "askings": askings }), text))
}

fn batches(vault: &Vault) -> Result<Outcome> {
    let piles = consents::piles(vault)?;
    let row = |one: &Pile| {
        let left = if one.left == one.people { String::new() } else { format!("{} still count", one.left) };
        let recorded = when(&one.recorded, vault.business());
        let people = one.people.to_string();
        vec![recorded, plain(&one.title), day(one.on), people, left, one.batch.to_string()]
    };
    let rows: Vec<Vec<String>> = piles.iter().map(row).collect();
    let text = match rows.is_empty() {
        true => "None was recorded.".to_owned(),
        false => table(&["Recorded", "Purpose", "Answered", "People", "", "Id"], &rows),
    };
    Ok(Outcome::new(json!({ "batches": piles }), text))
}

fn saved_in_words(saved: ListSaved, to: &Path) -> Outcome {
    let text = format!(
        "{} in {}.\n{}",
        counted(saved.people, "person is", "people are"),
        plain(&to.display().to_string()),
        stay(&saved.stays)
    );
    Outcome::new(saved, text)
}
