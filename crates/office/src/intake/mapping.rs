//! A mapping: a TOML file that says what the columns of some CSV mean. The format is described in `docs/import-mapping.md`.

use std::collections::{BTreeSet, HashMap};

use serde::Deserialize;

use super::header::{Meaning, Target};
use super::outlook::Language;
use crate::normal::text::fold;
use crate::problem::{Problem, Result};

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
    columns: Vec<(String, Entry)>,
}

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
    columns: toml::Table,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Long {
    field: String,
    #[serde(default)]
    label: String,
    group: Option<u16>,
}

impl Mapping {
    /// Reads a mapping. `own` are the keys of the owner's own fields.
    ///
    /// # Errors
    /// `Invalid`, field `map`, why `not_toml`, `unknown_field`, `unknown_language`, `not_a_delimiter` or `no_columns`, with what was given.
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
        Ok(Self {
            name: document.name,
            encoding: document.encoding,
            delimiter: document.delimiter.map(one).transpose()?,
            language: document.language.map(language).transpose()?,
            columns,
        })
    }

    /// What each column means; columns that the mapping does not name are unknown. What it names comes in: naming is ticking.
    ///
    /// # Errors
    /// `Invalid`, field `map`, why `unknown_header`, when it names a column that the file does not have.
    pub fn meanings(&self, headers: &[String]) -> Result<Vec<Meaning>> {
        let folded: Vec<String> = headers.iter().map(|h| fold(h)).collect();
        if let Some((missing, _)) = self.columns.iter().find(|(name, _)| !folded.contains(&fold(name))) {
            return Err(invalid("unknown_header", missing));
        }
        let by_name: HashMap<String, &Entry> = self.columns.iter().map(|(name, entry)| (fold(name), entry)).collect();
        let meaning = |(at, name): (usize, &String)| match by_name.get(name) {
            Some(entry) => entry.meaning(at),
            None => Meaning::unknown(headers.get(at).map(String::as_str).unwrap_or_default()),
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

    fn meaning(&self, at: usize) -> Meaning {
        // Columns after one another are values after one another; parts of one address share its group.
        let slot = self.group.unwrap_or_else(|| u16::try_from(at).unwrap_or(u16::MAX));
        match &self.field {
            Field::Of(target) if is_address(*target) => {
                Meaning { target: *target, slot: self.group.unwrap_or_default(), label: self.label.clone(), why: None }
            }
            Field::Of(target) => Meaning { target: *target, slot, label: self.label.clone(), why: None },
            Field::Own(key) => Meaning { label: key.clone(), ..Meaning::of(Target::Other) },
            Field::Ignored => Meaning::unknown(""),
        }
    }
}

impl Field {
    fn read(name: &str, own: &BTreeSet<String>) -> Result<Self> {
        let target = match name {
            "ignore" => return Ok(Self::Ignored),
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
