//! The record of processing (Art. 30(1)), from what the vault knows: purposes, connections, retention.

use std::path::Path;

use chrono::{DateTime, Utc};
use serde::Serialize;
use serde_json::json;

use super::access::capital;
use super::compose::Shell;
use super::filling::put;
use super::template::{Filled, Filling};
use super::words::Words;
use super::{Letter, stored};
use crate::papers::notice::{Said, in_language};
use crate::papers::paper::{Block, Press};
use crate::papers::readme::one_line;
use crate::papers::table;
use crate::problem::Result;
use crate::profile::Leaving;
use crate::purposes::{self, Stored};
use crate::vault::connection::{self, FieldRow};
use crate::vault::{Act, Done, Vault};

/// The record as it was written.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename = "ProcessingRecorded")]
pub struct Recorded {
    /// How many purposes are in it.
    pub activities: usize,
    /// How many that data goes to.
    pub recipients: usize,
    /// `pdf` or `csv`.
    pub format: &'static str,
}

/// Writes the record of processing into a file: as a paper, or as a table for a file that ends in `.csv`.
///
/// # Errors
/// [`crate::Code::Invalid`] for a file that ends in neither `.pdf` nor `.csv`; [`crate::Code::InProfile`],
/// [`crate::Code::Unwritable`], [`crate::Code::DiskFull`]; faults of the database.
pub fn register(vault: &mut Vault, press: &dyn Press, to: &Path, now: DateTime<Utc>) -> Result<Done<Recorded>> {
    let format = table::format_of(to)?;
    let shell = Shell::of(vault, "", now)?;
    let record = Record::of(vault, &shell)?;
    let bytes = if format == "csv" { record.csv(shell.words)? } else { record.pdf(vault, &shell, press, now)? };
    let leaving = Leaving::whole(vault.profile(), to, &bytes)?;
    let (activities, recipients) = (record.activities.len(), record.recipients.len());
    let done = vault.record(Act::RegisterWritten, None, now, |rows| {
        rows.fact(None, &json!({ "register": "processing", "format": format, "activities": activities }))?;
        Ok(Recorded { activities, recipients, format })
    })?;
    leaving.put_recorded()?;
    Ok(done)
}

/// The record of processing as it stands, in the language of the business.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename = "ProcessingShown")]
pub struct RecordShown {
    /// Who processes: names and what they stand for; what nobody filled in is left out.
    pub controller: Vec<(String, String)>,
    /// Each purpose by its title, with names and what they stand for.
    pub activities: Vec<ActivityShown>,
    /// Who receives data.
    pub recipients: RecipientsShown,
    /// How the data is secured, in the owner's own words.
    pub security: String,
}

/// A purpose in the record of processing.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct ActivityShown {
    /// What the owner calls it.
    pub title: String,
    /// What the law wants to know of it.
    pub says: Vec<(String, String)>,
}

/// A table of those who receive data.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct RecipientsShown {
    /// The names of its columns.
    pub head: Vec<String>,
    /// A row for each.
    pub rows: Vec<Vec<String>>,
}

/// Shows the record of processing; nothing is written.
///
/// # Errors
/// Faults of the database.
pub fn register_shown(vault: &Vault, now: DateTime<Utc>) -> Result<RecordShown> {
    let shell = Shell::of(vault, "", now)?;
    let (words, record) = (shell.words, Record::of(vault, &shell)?);
    let activity = |row: &[String; 7]| {
        let says = words.activity.iter().zip(row).skip(1);
        let says = says.map(|(name, value)| ((*name).to_owned(), value.clone())).collect();
        ActivityShown { title: row[0].clone(), says }
    };
    Ok(RecordShown {
        activities: record.activities.iter().map(activity).collect(),
        recipients: RecipientsShown {
            head: recipient_columns(words).map(str::to_owned).to_vec(),
            rows: record.recipients.iter().map(|row| row.to_vec()).collect(),
        },
        controller: record.controller,
        security: record.security,
    })
}

/// The names of the columns of a table of those who receive data.
fn recipient_columns(words: &Words) -> [&'static str; 3] {
    [words.activity[4], words.activity[3], words.activity[5]]
}

/// What the record says.
struct Record {
    controller: Vec<(String, String)>,
    /// A row for each purpose, in the order of [`Words::activity`] without the last.
    activities: Vec<[String; 7]>,
    recipients: Vec<[String; 3]>,
    security: String,
}

impl Record {
    fn of(vault: &Vault, shell: &Shell) -> Result<Self> {
        let (conn, words, said) = (vault.rows(), shell.words, in_language(shell.words.code));
        let reach = shell.reach();
        let [who, address, contact, officer] = words.controller;
        let contacts = [&reach.email, &reach.phone].into_iter().filter(|way| !way.is_empty()).cloned();
        let controller = [
            (who, vault.business().name.clone()),
            (address, reach.address()),
            (contact, contacts.collect::<Vec<_>>().join(", ")),
            (officer, reach.officer.clone()),
        ];
        let connections = connection::all(conn)?;
        let purposes = purposes::all(conn, vault.business())?;
        let row = |purpose: &Stored| {
            let shared = connections.iter().filter(|one| one.purposes.iter().any(|(no, _)| *no == purpose.no));
            let (inside, outside): (Vec<_>, Vec<_>) = shared.clone().partition(|one| one.eea);
            let titles = |all: &[&connection::Stored]| all.iter().map(|one| one_line(&one.title)).collect::<Vec<_>>();
            let all = titles(&[inside, outside.clone()].concat());
            let fields = shared.flat_map(|one| one.fields.iter().map(|field| called(field, words)));
            [
                one_line(&purpose.title),
                words.basis(purpose.rules.basis).to_owned(),
                purpose.rules.label.clone().unwrap_or_else(|| words.everybody.to_owned()),
                data(fields.collect(), words),
                if all.is_empty() { said.nobody().to_owned() } else { all.join(", ") },
                if outside.is_empty() { words.in_eea.to_owned() } else { titles(&outside).join(", ") },
                words.period(&purpose.retention),
            ]
        };
        let receives = |one: &connection::Stored| {
            let fields = one.fields.iter().map(|field| called(field, words)).collect::<Vec<_>>().join(", ");
            let outside = if one.eea { words.in_eea } else { words.out_of_eea };
            [one_line(&one.title), fields, outside.to_owned()]
        };
        Ok(Self {
            controller: controller
                .into_iter()
                .filter(|(_, value)| !value.trim().is_empty())
                .map(|(name, value)| (name.to_owned(), value))
                .collect(),
            activities: purposes.iter().map(row).collect(),
            recipients: connections.iter().map(receives).collect(),
            security: security(stored::letter(vault, Letter::Processing, words.code)?.text.as_str()),
        })
    }

    fn csv(&self, words: &Words) -> Result<Vec<u8>> {
        let controller = self.controller.iter().map(|(_, value)| value.as_str()).collect::<Vec<_>>().join(", ");
        let head = [&[words.controller[0]], words.activity.as_slice()].concat();
        let row = |row: &[String; 7]| {
            [std::slice::from_ref(&controller), row.as_slice(), std::slice::from_ref(&self.security)].concat()
        };
        let mut rows: Vec<Vec<String>> = self.activities.iter().map(row).collect();
        if rows.is_empty() {
            rows.push(
                [std::slice::from_ref(&controller), &vec![String::new(); 7], std::slice::from_ref(&self.security)]
                    .concat(),
            );
        }
        Ok(table::plain(&head, &rows)?.0)
    }

    fn pdf(&self, vault: &Vault, shell: &Shell, press: &dyn Press, now: DateTime<Utc>) -> Result<Vec<u8>> {
        let (words, said) = (shell.words, in_language(shell.words.code));
        let mut filling = Filling::new();
        put(&mut filling, "business", one_line(&vault.business().name));
        put(&mut filling, "date", shell.language.date(vault.business().today(now)));
        let blocks = [
            ("controller", vec![Block::Pairs(self.controller.clone())]),
            ("activities", self.blocks(words, &said)),
            ("recipients", vec![self.table(words, &said)]),
        ];
        for (name, blocks) in blocks {
            filling.insert(name, Filled::Blocks(blocks));
        }
        let template = stored::template(vault.rows(), Letter::Processing, words.code)?;
        let (title, body) = template.filled(&Letter::Processing.places(), &filling)?;
        press.pdf(&shell.paper(vault, title, Vec::new(), body))
    }

    /// Each purpose under its name.
    fn blocks(&self, words: &Words, said: &Said) -> Vec<Block> {
        if self.activities.is_empty() {
            return vec![Block::Text(capital(said.no_use()))];
        }
        let each = self.activities.iter().map(|row| {
            let pairs = words.activity.iter().zip(row);
            Block::Pairs(pairs.map(|(name, value)| ((*name).to_owned(), value.clone())).collect())
        });
        each.collect()
    }

    fn table(&self, words: &Words, said: &Said) -> Block {
        if self.recipients.is_empty() {
            return Block::Text(capital(said.nobody()));
        }
        let rows = self.recipients.iter().map(|row| row.to_vec()).collect();
        Block::Table { head: recipient_columns(words).map(str::to_owned).to_vec(), rows }
    }
}

/// What people call a field; an own one by its title.
fn called(field: &FieldRow, words: &Words) -> String {
    if field.own { one_line(&field.title) } else { words.field(&field.key) }
}

/// The kinds of data for a purpose: what its connections receive, names and ways to reach people in any case.
fn data(mut fields: Vec<String>, words: &Words) -> String {
    let always = ["given", "family", "email", "phone", "address"].map(|key| words.field(key));
    fields.splice(0..0, always);
    let mut known: Vec<String> = Vec::new();
    fields.into_iter().for_each(|field| {
        if !known.contains(&field) {
            known.push(field);
        }
    });
    known.join(", ")
}

/// The measures, as the owner's own text has them: the points of its last list.
fn security(text: &str) -> String {
    let points: Vec<&str> = text.lines().filter_map(|line| line.strip_prefix("- ")).collect();
    points.join(" ")
}
