//! A mapping: a TOML file that says what the columns of some CSV mean. The format is described in `docs/import-mapping.md`.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashMap};

use serde::{Deserialize, Serialize};

use super::header::{Column, Meaning, Target, Why};
use super::outlook::Language;
use crate::normal::text::fold;
use crate::problem::{Code, Problem, Result};

/// What the columns of a file mean, by name.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Mapping {
    /// What people call it ("Kassa").
    pub name: String,
    /// The encoding of such files, when it is not to be detected.
    pub encoding: Option<String>,
    /// The delimiter of such files, when it is not to be detected.
    pub delimiter: Option<char>,
    /// The language of such files: decides how dates are read.
    pub language: Option<Language>,
    /// Columns that it does not name mean what they would mean without it; else they stay out.
    pub recognises: bool,
    columns: Vec<(String, Entry)>,
}

/// What the owner says of one column.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename = "ColumnSaid")]
pub struct Said {
    /// Its name as it stands in the file.
    pub header: String,
    /// What it is, by a name that mappings know.
    pub field: String,
}

/// A field of the owner's own that is made with the first import that brings it.
pub const NEW: &str = "own.new";
const IGNORE: &str = "ignore";
const RECOGNISE: &str = "recognise";
/// Columns that a mapping adds to those that were recognised are values after theirs.
const AFTER: u16 = 10_000;

#[derive(Debug, Clone, PartialEq, Eq)]
struct Entry {
    field: Field,
    label: String,
    group: Option<u16>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Field {
    Of(Target),
    /// A field of the owner's own, by its key.
    Own(String),
    /// A field of the owner's own, made if need be: it is called as the label or the column.
    New,
    Ignored,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Document {
    #[serde(default)]
    name: String,
    encoding: Option<String>,
    delimiter: Option<String>,
    language: Option<String>,
    others: Option<String>,
    columns: toml::Table,
}

#[derive(Serialize)]
struct Written<'a> {
    #[serde(skip_serializing_if = "str::is_empty")]
    name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    encoding: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    delimiter: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    language: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    others: Option<&'a str>,
    columns: BTreeMap<&'a str, Long>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Long {
    field: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    label: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    group: Option<u16>,
}

impl Mapping {
    /// Reads a mapping. `own` are the keys of the owner's own fields.
    ///
    /// # Errors
    /// `Invalid`, field `map`, why `not_toml`, `unknown_field`, `unknown_language`, `unknown_others`, `not_a_delimiter` or `no_columns`, with what was given.
    pub fn parse(text: &str, own: &BTreeSet<String>) -> Result<Self> {
        let document: Document =
            toml::from_str(text).map_err(|e| invalid("not_toml", e.message()).because(e.to_string()))?;
        if document.columns.is_empty() {
            return Err(Problem::invalid("map", "no_columns"));
        }
        let entry = |(header, value): (String, toml::Value)| Entry::read(value, own).map(|entry| (header, entry));
        let columns = document.columns.into_iter().map(entry).collect::<Result<_>>()?;
        let one = |text: String| {
            let mut chars = text.chars();
            let only = chars.next().filter(|_| chars.next().is_none());
            only.ok_or_else(|| invalid("not_a_delimiter", &text))
        };
        let language = |tag: String| Language::tagged(&tag).ok_or_else(|| invalid("unknown_language", &tag));
        let recognises = match document.others.as_deref() {
            None | Some(IGNORE) => false,
            Some(RECOGNISE) => true,
            Some(other) => return Err(invalid("unknown_others", other)),
        };
        Ok(Self {
            recognises,
            name: document.name,
            encoding: document.encoding,
            delimiter: document.delimiter.map(one).transpose()?,
            language: document.language.map(language).transpose()?,
            columns,
        })
    }

    /// What the owner says of some columns; the others mean what they would mean without it.
    ///
    /// # Errors
    /// `Invalid`, field `map`, why `unknown_field`.
    pub fn said(said: &[Said], own: &BTreeSet<String>) -> Result<Self> {
        let entry = |one: &Said| {
            let field = Field::read(&one.field, own)?;
            Ok((one.header.clone(), Entry { field, label: String::new(), group: None }))
        };
        Ok(Self { recognises: true, columns: said.iter().map(entry).collect::<Result<_>>()?, ..Self::default() })
    }

    /// The mapping that makes these columns of what they would be without it.
    #[must_use]
    pub fn between(plain: &[Column], wanted: &[Column], own: &BTreeSet<String>) -> Self {
        let differ = |(plain, wanted): &(&Column, &Column)| {
            !wanted.header.is_empty() && (plain.kept != wanted.kept || plain.meaning != wanted.meaning && wanted.kept)
        };
        let entry = |(_, column): (&Column, &Column)| Some((column.header.clone(), Entry::of(column, own)?));
        let columns = plain.iter().zip(wanted).filter(differ).filter_map(entry).collect();
        Self { recognises: true, columns, ..Self::default() }
    }

    /// Whether it says nothing of any column.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.columns.is_empty()
    }

    /// How many columns it speaks of.
    #[must_use]
    pub fn len(&self) -> usize {
        self.columns.len()
    }

    /// Whether a file with these columns has all that it names.
    #[must_use]
    pub fn fits(&self, headers: &[String]) -> bool {
        let folded: BTreeSet<String> = headers.iter().map(|header| fold(header)).collect();
        self.columns.iter().all(|(name, _)| folded.contains(&fold(name)))
    }

    /// The document that [`Mapping::parse`] reads.
    ///
    /// # Errors
    /// `System` if it cannot be written, which no mapping is known to cause.
    pub fn document(&self) -> Result<String> {
        let long = |entry: &Entry| Long {
            field: entry.field.name().into_owned(),
            label: entry.label.clone(),
            group: entry.group,
        };
        let written = Written {
            name: &self.name,
            encoding: self.encoding.as_deref(),
            delimiter: self.delimiter.map(String::from),
            language: self.language.map(Language::tag),
            others: self.recognises.then_some(RECOGNISE),
            columns: self.columns.iter().map(|(header, entry)| (header.as_str(), long(entry))).collect(),
        };
        toml::to_string(&written).map_err(|error| Problem::new(Code::System).because(error))
    }

    /// Says of recognised columns what it says otherwise.
    ///
    /// # Errors
    /// `Invalid`, field `map`, why `unknown_header`, when it names a column that is not there.
    pub(super) fn over(&self, headers: &[String], meanings: &mut [Meaning], out: &mut [Option<bool>]) -> Result<()> {
        let folded: Vec<String> = headers.iter().map(|h| fold(h)).collect();
        if let Some((missing, _)) = self.columns.iter().find(|(name, _)| !folded.contains(&fold(name))) {
            return Err(invalid("unknown_header", missing));
        }
        let first = meanings.iter().filter(|meaning| is_address(meaning.target)).map(|meaning| meaning.slot).min();
        let by_name: HashMap<String, &Entry> = self.columns.iter().map(|(name, entry)| (fold(name), entry)).collect();
        for (at, ((name, meaning), out)) in folded.iter().zip(meanings).zip(out).enumerate() {
            let Some(entry) = by_name.get(name).filter(|_| !meaning.target.protects()) else { continue };
            *out = Some(entry.field == Field::Ignored);
            if entry.field != Field::Ignored {
                // What is private by its name stays so, whatever is made of it.
                let by_name = meaning.why.filter(|why| !matches!(why, Why::Unknown | Why::Consent));
                *meaning = entry.meaning(at, first.unwrap_or_default(), AFTER);
                meaning.why = meaning.why.or(by_name);
            }
        }
        Ok(())
    }

    /// What each column means, and of those that it names whether it takes them out; columns that it does not name are unknown.
    ///
    /// # Errors
    /// `Invalid`, field `map`, why `unknown_header`, when it names a column that the file does not have.
    pub fn meanings(&self, headers: &[String]) -> Result<Vec<(Meaning, Option<bool>)>> {
        let folded: Vec<String> = headers.iter().map(|h| fold(h)).collect();
        if let Some((missing, _)) = self.columns.iter().find(|(name, _)| !folded.contains(&fold(name))) {
            return Err(invalid("unknown_header", missing));
        }
        let by_name: HashMap<String, &Entry> = self.columns.iter().map(|(name, entry)| (fold(name), entry)).collect();
        let meaning = |(at, name): (usize, &String)| match by_name.get(name) {
            Some(entry) => (entry.meaning(at, 0, 0), Some(entry.field == Field::Ignored)),
            None => (Meaning::unknown(headers.get(at).map(String::as_str).unwrap_or_default()), None),
        };
        Ok(folded.iter().enumerate().map(meaning).collect())
    }
}

impl Entry {
    fn read(value: toml::Value, own: &BTreeSet<String>) -> Result<Self> {
        let long = match value.as_str() {
            Some(field) => Long { field: field.to_owned(), label: String::new(), group: None },
            None => value.try_into().map_err(|e: toml::de::Error| invalid("unknown_field", e.message()))?,
        };
        Ok(Self { field: Field::read(&long.field, own)?, label: long.label, group: long.group })
    }

    /// What a column means that comes in so; nothing where no mapping could say it.
    fn of(column: &Column, own: &BTreeSet<String>) -> Option<Self> {
        let Meaning { target, slot, label, .. } = &column.meaning;
        let (field, label) = if !column.kept {
            (Field::Ignored, String::new())
        } else if *target == Target::Other {
            let known = own.contains(label);
            if known { (Field::Own(label.clone()), String::new()) } else { (Field::New, label.clone()) }
        } else if is_address(*target) || is_plain(*target) {
            (Field::Of(*target), label.clone())
        } else {
            return None;
        };
        let group = is_address(*target).then_some(*slot).filter(|_| column.kept);
        Some(Self { field, label, group })
    }

    /// `first` is the address that parts belong to of which nothing is said, `after` what other values come after.
    fn meaning(&self, at: usize, first: u16, after: u16) -> Meaning {
        // Columns after one another are values after one another; parts of one address share its group.
        let slot = self.group.unwrap_or_else(|| u16::try_from(at).unwrap_or(u16::MAX).saturating_add(after));
        match &self.field {
            Field::Of(target) if is_address(*target) => {
                let slot = self.group.unwrap_or(first);
                Meaning { target: *target, slot, label: self.label.clone(), why: None }
            }
            Field::Of(target) => Meaning { target: *target, slot, label: self.label.clone(), why: sensitive(*target) },
            Field::Own(key) => Meaning { label: key.clone(), ..Meaning::of(Target::Other) },
            Field::New => Meaning { label: self.label.clone(), ..Meaning::of(Target::Other) },
            Field::Ignored => Meaning::unknown(""),
        }
    }
}

/// What a column is, by the name that a mapping gives it; nothing for what only programs write.
pub(super) fn name_of(meaning: &Meaning, own: &BTreeSet<String>) -> Option<String> {
    let kept = Column { header: String::new(), meaning: meaning.clone(), kept: true, claims: false };
    Entry::of(&kept, own).map(|entry| entry.field.name().into_owned())
}

/// The names in a header as they are compared: whatever their order, accents and capitals.
pub(super) fn shape(headers: &[String]) -> String {
    let mut names: Vec<String> = headers.iter().map(|header| fold(header)).filter(|name| !name.is_empty()).collect();
    names.sort_unstable();
    names.join("\u{1f}")
}

impl Field {
    fn read(name: &str, own: &BTreeSet<String>) -> Result<Self> {
        let target = match name {
            IGNORE => return Ok(Self::Ignored),
            NEW => return Ok(Self::New),
            "address" | "address.whole" => Some(Target::Formatted),
            "phone" | "email" | "website" => Target::named(name),
            _ => match name.strip_prefix("address.") {
                Some(part) => Target::named(part).filter(|target| is_address(*target)),
                None => Target::named(name).filter(|target| is_plain(*target)),
            },
        };
        match target {
            Some(target) => Ok(Self::Of(target)),
            None if own.contains(name) => Ok(Self::Own(name.to_owned())),
            None => Err(invalid("unknown_field", name)),
        }
    }

    fn name(&self) -> Cow<'_, str> {
        match self {
            Self::Of(Target::Formatted) => "address".into(),
            Self::Of(target) if is_address(*target) => format!("address.{}", target.as_str()).into(),
            Self::Of(target) => target.as_str().into(),
            Self::Own(key) => key.as_str().into(),
            Self::New => NEW.into(),
            Self::Ignored => IGNORE.into(),
        }
    }
}

/// Why a field stays out unless somebody says that it comes in; that a mapping says so makes it no less private.
fn sensitive(target: Target) -> Option<Why> {
    let known = [(Target::Birthday, Why::Birthday), (Target::Notes, Why::Notes)];
    known.into_iter().find(|(one, _)| *one == target).map(|(_, why)| why)
}

fn is_plain(target: Target) -> bool {
    let others = [Target::Other, Target::OtherLabel, Target::EmailType, Target::AddressLabel, Target::Sensitivity];
    let slots = [Target::EmailLabel, Target::PhoneLabel, Target::WebsiteLabel];
    !is_address(target) && !others.contains(&target) && !slots.contains(&target)
}

fn is_address(target: Target) -> bool {
    let parts = [Target::Formatted, Target::Street, Target::Extended, Target::PoBox, Target::City];
    parts.contains(&target) || matches!(target, Target::Region | Target::PostalCode | Target::Country)
}

fn invalid(why: &str, given: &str) -> Problem {
    Problem::invalid("map", why).with("given", given)
}

#[cfg(test)]
mod tests;
