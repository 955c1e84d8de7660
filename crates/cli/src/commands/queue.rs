//! `akkoord-cli information-queue …`

use std::path::{Path, PathBuf};

use akkoord_office::papers::{self, FileOrigin, Origins};
use akkoord_office::people::{self, HowTold, Queue};
use akkoord_office::problem::Result;
use akkoord_office::vault::Vault;
use akkoord_office::{clock, consents};
use akkoord_rules::person::Channel;
use clap::{Subcommand, ValueEnum};

use crate::open::Door;
use crate::output::Outcome;
use crate::text::{counted, table};

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Who must still be told that you hold their data, and by when.
    #[command(after_help = "Example:\n  akkoord-cli information-queue list --on 2026-04-01")]
    List {
        /// As of the end of this day.
        #[arg(long, value_name = "DATE")]
        on: Option<String>,
        /// At most this many.
        #[arg(long, default_value_t = 1000, value_parser = clap::value_parser!(u32).range(1..))]
        limit: u32,
    },
    /// Put a letter or mail for each of those who wait into a table, to be merged and sent. Nobody counts as told yet.
    #[command(
        after_help = "Example:\n  akkoord-cli information-queue letters --by letter --from \"the list of the fair in Ghent\" --to letters.csv"
    )]
    Letters {
        /// Their ids or e-mail addresses; without any, everybody who waits.
        contacts: Vec<String>,
        /// Letters or mails.
        #[arg(long)]
        by: Post,
        /// Where the data came from, as the letter says it, where it was not noted with the person.
        #[arg(long, default_value = "")]
        from: String,
        /// The same for those who came with one file; may repeat.
        #[arg(long, value_name = "FILE=WORDS", value_parser = of_file)]
        from_file: Vec<FileOrigin>,
        /// The table to write.
        #[arg(long, value_name = "FILE.csv")]
        to: PathBuf,
    },
    /// Record that people were told.
    #[command(after_help = "Example:\n  akkoord-cli information-queue done an@example.be --how letter")]
    Done {
        /// Their ids or e-mail addresses.
        #[arg(required = true)]
        contacts: Vec<String>,
        /// The way.
        #[arg(long)]
        how: Way,
        /// The day, if not today.
        #[arg(long, value_name = "DATE")]
        on: Option<String>,
    },
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum Way {
    Email,
    Letter,
    Phone,
    #[value(name = "in_person")]
    InPerson,
    /// They knew already.
    Knew,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum Post {
    Email,
    Letter,
}

pub(crate) fn run(command: Command, door: &Door) -> Result<Outcome> {
    let now = clock::now();
    match command {
        Command::List { on, limit } => {
            let vault = door.read()?;
            let on = consents::on_day(on.as_deref(), vault.business(), now)?;
            let queue = people::queue(&vault, on, limit as usize)?;
            let text = in_words(&queue);
            Ok(Outcome::new(queue, text))
        }
        Command::Letters { contacts, by, from, from_file, to } => {
            letters(&mut door.write()?, &contacts, by, &Origins { files: from_file, others: from }, &to)
        }
        Command::Done { contacts, how, on } => done(&mut door.write()?, &contacts, how, on.as_deref()),
    }
}

fn of_file(text: &str) -> std::result::Result<FileOrigin, &'static str> {
    let (file, from) = text.split_once('=').ok_or("write it as FILE=WORDS")?;
    Ok(FileOrigin { file: file.trim().to_owned(), from: from.trim().to_owned() })
}

fn letters(vault: &mut Vault, contacts: &[String], by: Post, from: &Origins, to: &Path) -> Result<Outcome> {
    let now = clock::now();
    let channel = match by {
        Post::Email => Channel::Email,
        Post::Letter => Channel::Post,
    };
    let whom = people::waiting(vault, contacts, now)?;
    let saved = papers::notices(vault, &whom, channel, from, to, now)?.output;
    let mut text = format!("{} in {}.", counted(saved.people, "person is", "people are"), to.display());
    for stays in &saved.stays {
        text.push_str(&format!("\n{:>5} stay: {}", stays.people, stays.reason.as_str().replace('_', " ")));
    }
    Ok(Outcome::new(saved, text))
}

fn done(vault: &mut Vault, contacts: &[String], how: Way, on: Option<&str>) -> Result<Outcome> {
    let now = clock::now();
    let on = consents::on_day(on, vault.business(), now)?;
    let how = match how {
        Way::Email => HowTold::Email,
        Way::Letter => HowTold::Letter,
        Way::Phone => HowTold::Phone,
        Way::InPerson => HowTold::InPerson,
        Way::Knew => HowTold::Knew,
    };
    let told = people::told(vault, contacts, how, on, now)?.output;
    let text = format!("Recorded: {} told.", counted(told.people, "contact was", "contacts were"));
    Ok(Outcome::new(told, text))
}

fn in_words(queue: &Queue) -> String {
    if queue.total == 0 {
        return "Nobody is waiting to be told.".to_owned();
    }
    let rows: Vec<Vec<String>> = queue
        .people
        .iter()
        .map(|one| {
            let left = match one.days_left {
                0 => "today".to_owned(),
                days if days < 0 => format!("{} late", counted(days.unsigned_abs(), "day", "days")),
                days => counted(days.unsigned_abs(), "day", "days"),
            };
            let why = if one.why == "first_contact" { "first contact" } else { "one month" };
            let known_by = one.contact.email.clone().unwrap_or_else(|| one.contact.id.to_string());
            vec![
                one.due.to_string(),
                left,
                one.contact.name.clone(),
                known_by,
                why.to_owned(),
                one.file.clone().unwrap_or_default(),
            ]
        })
        .collect();
    let table = table(&["Due", "Left", "Name", "E-mail or id", "Because", "From"], &rows);
    let late = match queue.overdue {
        0 => String::new(),
        late => format!(", {late} late"),
    };
    format!("{table}{}{late}\n", counted(queue.total, "person must be told", "people must be told"))
}
