//! Mappings that are kept under a name, for files that come again.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use serde::Serialize;
use serde_json::json;
use uuid::Uuid;

use super::mapping::{Mapping, shape};
use super::reader::{Options, Source};
use crate::problem::{Code, Problem, Result};
use crate::profile::incoming::Given;
use crate::settings;
use crate::vault::mapping::{self as table, Kept};
use crate::vault::{Act, Done, Vault};

/// How long the name of a mapping may be, in characters.
const NAME_MAX: usize = 80;

/// A mapping that is kept.
#[derive(Debug, Clone)]
pub struct Saved {
    /// Its id.
    pub id: Uuid,
    /// What people call it.
    pub name: String,
    /// The names in its header, as they are compared.
    pub(super) shape: String,
    /// What it says.
    pub mapping: Mapping,
}

impl Saved {
    /// Whether a header of this shape is its own.
    pub(super) fn fits(&self, shape: &str) -> bool {
        !self.shape.is_empty() && self.shape == shape
    }
}

/// A mapping as lists show it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct MappingShown {
    /// Its id.
    pub mapping: Uuid,
    /// What people call it.
    pub name: String,
    /// How many columns it speaks of.
    pub columns: usize,
    /// Whether it is taken by itself when a file with the same header comes.
    pub by_itself: bool,
    /// When it was saved, RFC 3339 in the business's zone.
    pub at: String,
    /// Who saved it.
    pub by: String,
}

/// The keys of the owner's own fields, which mappings may name.
///
/// # Errors
/// Faults of the database.
pub fn own_fields(vault: &Vault) -> Result<BTreeSet<String>> {
    Ok(settings::fields(vault)?.into_iter().filter(|field| field.own).map(|field| field.key).collect())
}

/// All mappings that are kept, by name.
///
/// # Errors
/// Faults of the database.
pub fn mappings(vault: &Vault) -> Result<Vec<MappingShown>> {
    let own = own_fields(vault)?;
    let shown = |kept: Kept| MappingShown {
        mapping: kept.id,
        // One that names a field which is gone says nothing any more.
        columns: Mapping::parse(&kept.document, &own).map_or(0, |mapping| mapping.len()),
        by_itself: !kept.shape.is_empty(),
        name: kept.name,
        at: vault.business().said(kept.at),
        by: kept.by,
    };
    Ok(table::all(vault.rows())?.into_iter().map(shown).collect())
}

/// The mappings that are kept, to be taken where they fit. One that names a field which is gone fits nothing.
///
/// # Errors
/// Faults of the database.
pub fn saved(vault: &Vault) -> Result<Vec<Saved>> {
    let own = own_fields(vault)?;
    let read = |kept: Kept| {
        let mapping = Mapping::parse(&kept.document, &own).ok()?;
        Some(Saved { id: kept.id, name: kept.name, shape: kept.shape, mapping })
    };
    Ok(table::all(vault.rows())?.into_iter().filter_map(read).collect())
}

/// The mapping that is kept under this name, or has this id.
///
/// # Errors
/// [`Code::NotFound`]; those of [`Mapping::parse`] for one that names a field which is gone.
pub fn mapping_named(vault: &Vault, name: &str) -> Result<Saved> {
    let name = name.trim();
    let id = name.parse().ok().or(table::named(vault.rows(), name)?);
    let found = table::all(vault.rows())?.into_iter().find(|kept| Some(kept.id) == id);
    let kept = found.ok_or_else(|| Problem::not_found("mapping", name))?;
    let mapping = Mapping::parse(&kept.document, &own_fields(vault)?)?;
    Ok(Saved { id: kept.id, name: kept.name, shape: kept.shape, mapping })
}

/// Keeps, under a name, what these options make of the columns of a file; in the place of the mapping that had the name. A
/// file with the same header is then read so by itself.
///
/// # Errors
/// [`Code::Invalid`] for the name, or where nothing is said that would not be found out anyway; those of reading the file.
pub fn keep_columns(
    vault: &mut Vault,
    name: &str,
    file: &Given,
    options: &Options,
    now: DateTime<Utc>,
) -> Result<Done<Uuid>> {
    let own = own_fields(vault)?;
    let wanted = Source::open(file, options)?;
    let wanted = wanted.detected();
    // What was read by a mapping goes on being read as that says.
    let taken = wanted.mapping.as_ref().and_then(|(id, _)| options.saved.iter().find(|saved| saved.id == *id));
    let base = options.mapping.as_ref().or(taken.map(|saved| &saved.mapping));
    let encoding = options.encoding.clone().or_else(|| base.and_then(|base| base.encoding.clone()));
    let delimiter = options.delimiter.or(base.and_then(|base| base.delimiter));
    let plain = Options { lenient: true, encoding: encoding.clone(), delimiter, ..options.plain() };
    let plain = Source::open(file, &plain)?;
    let plain = plain.detected();
    let mut mapping = Mapping::between(&plain.columns, &wanted.columns, &own);
    if mapping.is_empty() {
        return Err(Problem::invalid("map", "no_columns"));
    }
    (mapping.encoding, mapping.delimiter) = (encoding, delimiter);
    mapping.language = base.and_then(|base| base.language);
    let headers: Vec<String> = wanted.columns.iter().map(|column| column.header.clone()).collect();
    keep(vault, name, shape(&headers), &mapping, now)
}

/// Keeps a mapping under a name; in the place of the one that had it. For files like `like`, where one is given, it is taken by
/// itself.
///
/// # Errors
/// [`Code::Invalid`] for the name; those of reading the file.
pub fn keep_mapping(
    vault: &mut Vault,
    name: &str,
    mapping: &Mapping,
    like: Option<(&Given, &Options)>,
    now: DateTime<Utc>,
) -> Result<Done<Uuid>> {
    let header = |(file, options): (&Given, &Options)| -> Result<String> {
        let source = Source::open(file, &Options { mapping: Some(mapping.clone()), ..options.clone() })?;
        let headers: Vec<String> = source.detected().columns.iter().map(|column| column.header.clone()).collect();
        Ok(shape(&headers))
    };
    let shape = like.map(header).transpose()?.unwrap_or_default();
    keep(vault, name, shape, mapping, now)
}

fn keep(vault: &mut Vault, name: &str, shape: String, mapping: &Mapping, now: DateTime<Utc>) -> Result<Done<Uuid>> {
    let name = checked(name)?;
    let by = vault.by().to_owned();
    let document = mapping.document()?;
    vault.record(Act::MappingKept, None, now, |rows| {
        let id = table::named(rows, &name)?.unwrap_or_else(Uuid::now_v7);
        rows.about(id);
        table::keep(rows, &Kept { id, name, shape, document, at: rows.at, by })?;
        rows.fact(None, &json!({ "mapping": { "id": id, "columns": mapping.len() } }))?;
        Ok(id)
    })
}

/// Gives a mapping another name.
///
/// # Errors
/// [`Code::NotFound`]; [`Code::Taken`]; [`Code::Invalid`].
pub fn rename_mapping(vault: &mut Vault, id: Uuid, name: &str, now: DateTime<Utc>) -> Result<Done<()>> {
    let name = checked(name)?;
    if table::named(vault.rows(), &name)?.is_some_and(|other| other != id) {
        return Err(Problem::new(Code::Taken).with("what", "mapping").with("given", name));
    }
    vault.record(Act::MappingKept, Some(id), now, |rows| {
        if !table::rename(rows, id, &name)? {
            return Err(Problem::not_found("mapping", &id.to_string()));
        }
        rows.fact(None, &json!({ "mapping": { "id": id, "renamed": true } }))
    })
}

/// Forgets a mapping; what came in with it stays as it is.
///
/// # Errors
/// [`Code::NotFound`].
pub fn forget_mapping(vault: &mut Vault, id: Uuid, now: DateTime<Utc>) -> Result<Done<()>> {
    vault.record(Act::MappingForgotten, Some(id), now, |rows| {
        if !table::remove(rows, id)? {
            return Err(Problem::not_found("mapping", &id.to_string()));
        }
        rows.fact(None, &json!({ "mapping": { "id": id, "forgotten": true } }))
    })
}

fn checked(name: &str) -> Result<String> {
    let name = crate::normal::text::trim(name);
    let plain = !name.is_empty() && name.chars().count() <= NAME_MAX && !name.chars().any(char::is_control);
    if plain {
        Ok(name.to_owned())
    } else {
        Err(Problem::invalid("name", if name.is_empty() { "empty" } else { "too_long" }))
    }
}

#[cfg(test)]
mod tests;
