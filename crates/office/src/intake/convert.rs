//! From the cells of a record to a draft: cleaned, validated, with a reason for everything that is left out.

use std::sync::Arc;

use akkoord_rules::field::Holds;

use super::date;
use super::draft::{Draft, Email, Phone, Website};
use super::fault::RowCode;
use super::gather::{Gather, Value, is_postal};
use super::google;
use super::header::{Column, Target};
use super::outlook::Language;
use super::table::Record;
use crate::normal::phone::Region;
use crate::normal::text::{fold, trim};
use crate::normal::{email, phone};
use crate::settings::{OwnField, Unfit};

/// What became of a record before anybody looked for duplicates.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The physical line where it begins; the header's is 1 in an ordinary file.
    pub line: u64,
    /// What came in.
    pub draft: Draft,
    /// Values left out and, for a rejected row, why.
    pub problems: Vec<RowProblem>,
    /// Whether it may go on.
    pub verdict: Verdict,
    /// Marked private in the program it comes from: ask before taking it.
    pub private: bool,
    /// Whether the row gave any e-mail address or phone number, valid or not.
    pub had_contact_values: bool,
    /// What the row claims about consent, by column: a note on the source, never an event.
    pub claims: Vec<(String, String)>,
    /// The record as it stands in the file, to save it for mending.
    pub raw: Record,
}

/// Whether a row may go on to planning.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// It may.
    Ready,
    /// Nothing in it.
    Skipped(RowCode),
    /// It cannot be a contact.
    Rejected(RowCode),
}

/// Something wrong with a row or one of its values.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowProblem {
    /// The row's line.
    pub line: u64,
    /// The column's name, when it is about one.
    pub column: Option<String>,
    /// What is wrong.
    pub code: RowCode,
}

/// Turns records into rows; shared by the threads that do so.
#[derive(Debug, Clone)]
pub struct Converter {
    /// The columns of the file.
    pub columns: Arc<[Column]>,
    /// The business's country: numbers without a country code are read there first.
    pub home: Region,
    /// The language of the file, which decides how dates are read.
    pub language: Option<Language>,
    /// What parts the labels in one cell, besides Google's own mark.
    pub label_marks: &'static [char],
    /// The owner's own fields: what goes into one of them must fit it.
    pub(crate) own: Arc<[OwnField]>,
}

impl Converter {
    /// Converts one record. Never fails: what is wrong is in the row.
    #[must_use]
    pub fn row(&self, record: Record) -> Row {
        let mut row = Row {
            line: record.line,
            draft: Draft::default(),
            problems: Vec::new(),
            verdict: Verdict::Ready,
            private: false,
            had_contact_values: false,
            claims: Vec::new(),
            raw: record,
        };
        row.verdict = match row.raw.fault {
            Some(RowCode::GroupCard) => Verdict::Skipped(RowCode::GroupCard),
            Some(fault) => Verdict::Rejected(fault),
            None if row.raw.iter().all(|cell| trim(cell).is_empty()) => Verdict::Skipped(RowCode::EmptyRow),
            None => self.fill(&mut row),
        };
        if let Some(code) = row.raw.remark {
            row.problems.push(RowProblem { line: row.line, column: None, code });
        }
        if let Verdict::Rejected(code) = row.verdict {
            row.problems.push(RowProblem { line: row.line, column: None, code });
        }
        row
    }

    fn fill(&self, row: &mut Row) -> Verdict {
        let gather = Gather::of(&self.columns, &row.raw);
        row.private = gather.private;
        row.claims = gather.claims.clone();
        row.had_contact_values = !gather.emails.is_empty() || !gather.phones.is_empty();
        if row.raw.iter().skip(self.columns.len()).any(|cell| !trim(cell).is_empty()) {
            row.problems.push(RowProblem { line: row.line, column: None, code: RowCode::SurplusCells });
        }
        row.draft = gather.draft.clone();
        self.finish_texts(&mut row.draft, &gather);
        row.draft.addresses = gather.addresses();
        self.emails(row, &gather);
        self.phones(row, &gather);
        row.draft.websites = websites(&gather);
        self.own_fields(row, &gather);
        verdict(row)
    }

    fn finish_texts(&self, draft: &mut Draft, gather: &Gather) {
        if draft.given.is_empty() && draft.middle.is_empty() && draft.family.is_empty() {
            name_from_whole(draft, &gather.whole_name);
        }
        draft.birthday = date::birthday(&draft.birthday, self.language);
        if is_nothing(&draft.birthday) {
            draft.birthday.clear();
        }
        for cell in &gather.groups {
            for label in cell.split(google::BETWEEN).flat_map(|part| part.split(self.label_marks)) {
                let label = bare_label(label);
                let known = draft.labels.iter().any(|l| l == label);
                if !label.is_empty() && !known && !label.eq_ignore_ascii_case(google::EVERYBODY) {
                    draft.labels.push(label.to_owned());
                }
            }
        }
    }

    fn emails(&self, row: &mut Row, gather: &Gather) {
        for value in preferred_first(&gather.emails, Target::EmailLabel, gather) {
            let exchange = value.text.to_ascii_lowercase().starts_with("/o=")
                || gather.label(Target::EmailType, value.slot).is_some_and(|t| t.eq_ignore_ascii_case("EX"));
            let normal = if exchange { None } else { email::normalise(&value.text) };
            let Some(normal) = normal else {
                let code = if exchange { RowCode::ExchangeAddress } else { RowCode::InvalidEmail };
                self.left_out(row, value, code);
                continue;
            };
            let known = row.draft.emails.iter().any(|e| e.normalised == normal.normalised);
            if !known {
                let label = self.label_of(value, Target::EmailLabel, gather);
                row.draft.emails.push(Email { value: normal.bare, normalised: normal.normalised, label });
            }
        }
    }

    fn phones(&self, row: &mut Row, gather: &Gather) {
        if gather.phones.is_empty() {
            return;
        }
        let elsewhere = row.draft.addresses.iter().find_map(|address| Region::named(&address.country));
        for value in preferred_first(&gather.phones, Target::PhoneLabel, gather) {
            let Some(normal) = phone::normalise(&value.text, self.home, elsewhere) else {
                self.left_out(row, value, RowCode::InvalidPhone);
                continue;
            };
            if !row.draft.phones.iter().any(|p| p.e164 == normal.e164) {
                let label = self.label_of(value, Target::PhoneLabel, gather);
                let (e164, national) = (normal.e164, normal.national);
                row.draft.phones.push(Phone { value: value.text.clone(), e164, national, label });
            }
        }
    }

    fn left_out(&self, row: &mut Row, value: &Value, code: RowCode) {
        let column = self.columns.get(value.column).map(|column| column.header.clone());
        row.problems.push(RowProblem { line: row.line, column, code });
    }

    /// What the file calls a value, or what its column is called for.
    fn label_of(&self, value: &Value, target: Target, gather: &Gather) -> String {
        let of_column = || self.columns.get(value.column).map(|c| c.meaning.label.clone()).unwrap_or_default();
        gather.label(target, value.slot).map_or_else(of_column, |label| bare_label(label).to_owned())
    }

    fn own_fields(&self, row: &mut Row, gather: &Gather) {
        for value in gather.others.iter().filter(|value| !is_nothing(&value.text)) {
            let column = self.columns.get(value.column);
            let key = |c: &Column| if c.meaning.label.is_empty() { c.header.clone() } else { c.meaning.label.clone() };
            let header = || column.map(key).unwrap_or_default();
            let own = gather.label(Target::OtherLabel, value.slot).map(|l| bare_label(l).to_owned());
            let name = own.filter(|name| value.slot > 0 && !name.is_empty()).unwrap_or_else(header);
            match own_named(&self.own, &name)
                .map_or_else(|| Ok(value.text.clone()), |own| self.fitting(own, &value.text))
            {
                Ok(text) => row.draft.custom.push((name, text)),
                Err(Unfit::Date) => self.left_out(row, value, RowCode::InvalidDate),
                Err(Unfit::Number) => self.left_out(row, value, RowCode::InvalidNumber),
                Err(Unfit::Choice) => self.left_out(row, value, RowCode::InvalidChoice),
            }
        }
    }

    /// A value as the field keeps it; days and numbers as files write them.
    fn fitting(&self, own: &OwnField, text: &str) -> Result<String, Unfit> {
        match own.holds {
            Holds::Date => own.kept(&date::birthday(text, self.language)),
            Holds::Number if self.language != Some(Language::English) && !text.contains('.') => {
                own.kept(&text.replacen(',', ".", 1))
            }
            Holds::Text | Holds::Number | Holds::Choice => own.kept(text),
        }
    }
}

/// The own field that a file's name for it means, by its key or by what people call it.
pub(super) fn own_named<'a>(own: &'a [OwnField], name: &str) -> Option<&'a OwnField> {
    own.iter().find(|field| field.key == name || field.title == name)
}

fn verdict(row: &Row) -> Verdict {
    let draft = &row.draft;
    let reachable = !draft.emails.is_empty() || !draft.phones.is_empty();
    if row.had_contact_values && !reachable {
        return Verdict::Rejected(RowCode::NoValidAddress);
    }
    let names = [&draft.given, &draft.middle, &draft.family, &draft.nickname, &draft.organisation];
    let named = names.iter().any(|name| !name.is_empty());
    if named || reachable || draft.addresses.iter().any(is_postal) {
        Verdict::Ready
    } else {
        Verdict::Rejected(RowCode::NoName)
    }
}

fn websites(gather: &Gather) -> Vec<Website> {
    let site = |value: &Value| Website {
        value: value.text.clone(),
        label: gather.label(Target::WebsiteLabel, value.slot).map(|l| bare_label(l).to_owned()).unwrap_or_default(),
    };
    preferred_first(&gather.websites, Target::WebsiteLabel, gather).into_iter().map(site).collect()
}

/// By slot, those marked as the default ("* Work") before the others.
fn preferred_first<'a>(values: &'a [Value], target: Target, gather: &Gather) -> Vec<&'a Value> {
    let mut sorted: Vec<&Value> = values.iter().collect();
    sorted.sort_by_key(|value| {
        let marked = gather.label(target, value.slot).is_some_and(|label| label.starts_with('*'));
        (!marked, value.slot)
    });
    sorted
}

/// Without Google's mark for the default.
fn bare_label(label: &str) -> &str {
    trim(trim(label).trim_start_matches('*'))
}

/// "Peeters, Jan" and "Jan Van den Berg": the family name stands before a comma, or is what follows the first word.
fn name_from_whole(draft: &mut Draft, whole: &str) {
    if whole.is_empty() || whole == draft.organisation || whole.contains('@') {
        return;
    }
    let (given, family) = match whole.split_once(',') {
        Some((family, given)) => (given, family),
        None => whole.split_once(char::is_whitespace).unwrap_or((whole, "")),
    };
    draft.given = trim(given).to_owned();
    draft.family = trim(family).to_owned();
}

/// Outlook's words for "nothing": no gender, no date, not private, ordinary priority.
fn is_nothing(value: &str) -> bool {
    const WORDS: [&str; 17] = [
        "niet-gespecificeerd",
        "niet gespecificeerd",
        "unspecified",
        "nicht angegeben",
        "keine angabe",
        "non specifie",
        "non precise",
        "onwaar",
        "false",
        "falsch",
        "faux",
        "normaal",
        "normal",
        "normale",
        "standaard",
        "none",
        "0/0/0",
    ];
    value.is_empty() || date::is_no_date(value) && value.len() > 1 || WORDS.contains(&fold(value).as_str())
}

#[cfg(test)]
mod tests;
