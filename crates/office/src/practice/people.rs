//! The invented people, as `people.csv` has them.

use super::words;
use crate::intake::draft::Draft;
use crate::people::typed;
use crate::problem::{Code, Problem, Result};
use crate::vault::Business;

/// How somebody came to the business.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum From {
    /// With the address book that was imported first.
    Outlook,
    /// With a list that the organiser of a bicycle fair passed on.
    Fair,
    /// By calling.
    Call,
}

/// Somebody.
#[derive(Debug, Clone)]
pub(super) struct Person {
    pub(super) from: From,
    pub(super) given: String,
    pub(super) family: String,
    pub(super) email: String,
    pub(super) phone: String,
    pub(super) language: String,
    pub(super) labels: Vec<String>,
    /// The cells of the file to import: name, organisation, addresses, language and labels.
    pub(super) cells: Vec<String>,
    /// What they said to each purpose.
    pub(super) said: Vec<Option<Said>>,
}

/// What somebody said, so many days ago.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Said {
    pub(super) what: What,
    pub(super) ago: u64,
    /// How long ago they took it back.
    pub(super) withdrawn: Option<u64>,
}

/// What somebody said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum What {
    Yes,
    No,
    /// Yes on a web form, and nothing since.
    Form,
    /// Nothing: they were asked.
    Asked,
}

/// How many cells of a row go into the file to import.
const IMPORTED: std::ops::Range<usize> = 1..11;

/// Everybody.
pub(super) fn everybody() -> Result<Vec<Person>> {
    let mut table = csv::Reader::from_reader(include_str!("people.csv").as_bytes());
    table.records().map(|row| row.map_err(damaged).and_then(|row| person(&row))).collect()
}

fn person(row: &csv::StringRecord) -> Result<Person> {
    let cell = |at: usize| row.get(at).unwrap_or_default().to_owned();
    let from = match row.get(0) {
        Some("outlook") => From::Outlook,
        Some("fair") => From::Fair,
        _ => From::Call,
    };
    Ok(Person {
        from,
        given: cell(1),
        family: cell(2),
        email: cell(4),
        phone: cell(5),
        language: cell(9),
        labels: cell(10).split(';').map(str::to_owned).collect(),
        cells: IMPORTED.map(cell).collect(),
        said: row.iter().skip(11).map(said).collect::<Result<_>>()?,
    })
}

/// `y40`: yes, 40 days ago; `y40/10`: and taken back 10 days ago.
fn said(cell: &str) -> Result<Option<Said>> {
    let mut letters = cell.chars();
    let what = match letters.next() {
        None => return Ok(None),
        Some('y') => What::Yes,
        Some('n') => What::No,
        Some('a') => What::Form,
        Some(_) => What::Asked,
    };
    let rest = letters.as_str();
    let (ago, withdrawn) = rest.split_once('/').map_or((rest, None), |(ago, withdrawn)| (ago, Some(withdrawn)));
    let days = |text: &str| text.parse().map_err(damaged);
    Ok(Some(Said { what, ago: days(ago)?, withdrawn: withdrawn.map(days).transpose()? }))
}

fn damaged(error: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Problem {
    Problem::new(Code::System).because(error)
}

impl Person {
    /// Has the labels as a business writes them that works in this language, in the file to import too.
    pub(super) fn label(&mut self, language: &str) {
        for label in &mut self.labels {
            *label = words::label(label, language);
        }
        if let Some(cell) = self.cells.last_mut() {
            *cell = self.labels.join(";");
        }
    }

    /// As somebody types them in.
    pub(super) fn draft(&self, business: &Business) -> Result<Draft> {
        let draft = typed([&self.given, &self.family], &[&self.email], &[&self.phone], business)?;
        let organisation = self.cells.get(2).cloned().unwrap_or_default();
        Ok(Draft { organisation, language: self.language.clone(), labels: self.labels.clone(), ..draft })
    }
}

/// The file of those who came in with an import.
pub(super) fn file(everybody: &[Person], from: From) -> String {
    let mut text = "Voornaam;Achternaam;Bedrijf;E-mail;Gsm;Straat;Postcode;Plaats;Taal;Labels\n".to_owned();
    for person in everybody.iter().filter(|person| person.from == from) {
        let cells: Vec<String> = person.cells.iter().map(|cell| format!("\"{cell}\"")).collect();
        text.push_str(&cells.join(";"));
        text.push('\n');
    }
    text
}
