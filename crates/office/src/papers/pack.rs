//! The files of a person's right, in one ZIP: the access pack (Art. 15), the form for corrections (Art. 16), and what they may take
//! along (Art. 20).

use std::path::Path;

use chrono::{DateTime, Utc};
use serde::Serialize;
use serde_json::{Value, json};
use uuid::Uuid;

use super::archive::{self, Entry, Written};
use super::contact::{Held, card};
use super::copy::{Copied, copied};
use super::letter::{self, Composed, FORM_FILES, Letter, Shell, Wanted};
use super::paper::{Enclosed, Press};
use super::{portability, table};
use crate::consents;
use crate::key::Passphrase;
use crate::people::{self, Who, resolve};
use crate::problem::{Code, Problem, Result};
use crate::profile::Leaving;
use crate::settings;
use crate::vault::{Act, Done, Rows, Vault};

/// Which right the files answer. Where a letter is among them, it comes with the press that prints it.
#[derive(Clone, Copy)]
pub enum For<'p> {
    /// Art. 15.
    Access(&'p dyn Press),
    /// Art. 16.
    Rectification(&'p dyn Press),
    /// Art. 20.
    Portability,
}

impl std::fmt::Debug for For<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

impl For<'_> {
    fn as_str(self) -> &'static str {
        match self {
            Self::Access(_) => "access",
            Self::Rectification(_) => "rectification",
            Self::Portability => "portability",
        }
    }
}

/// What was written.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct Exported {
    /// The files in the ZIP.
    pub files: Vec<Written>,
}

/// What goes into the ZIP, and a code on it that leads back to the person.
struct Pack {
    entries: Vec<Entry>,
    code: Option<String>,
    /// The letter among them, and which.
    letter: Option<(Letter, Vec<u8>)>,
}

/// The ZIP for a person, before it goes anywhere.
pub(super) struct Packed {
    pub(super) bytes: Vec<u8>,
    pub(super) files: Vec<Written>,
    /// The letter in it, where one is, and which.
    pub(super) letter: Option<(Letter, Vec<u8>)>,
    who: Who,
    others: Vec<Uuid>,
    facts: Value,
    code: Option<String>,
}

impl Packed {
    /// Records that it leaves, inside the act by which it does.
    ///
    /// # Errors
    /// Faults of the database.
    pub(super) fn seal(&self, rows: &mut Rows<'_>) -> Result<()> {
        rows.fact(Some(self.who.id), &self.facts)?;
        for other in &self.others {
            rows.names(*other)?;
        }
        self.code.as_ref().map_or(Ok(()), |code| letter::keep_code(rows, code, self.who, Letter::Rectification))
    }
}

/// Writes the ZIP for a person; with a password it is encrypted (AES-256). Works for a restricted person, too: it is the answer
/// to their own request.
///
/// # Errors
/// As `resolve`; [`Code::MissingField`] for a place of the letter that nothing fills; [`Code::WeakPassphrase`];
/// [`Code::InProfile`], [`Code::Unwritable`], [`Code::DiskFull`].
pub fn export(
    vault: &mut Vault,
    given: &str,
    right: For<'_>,
    to: &Path,
    password: Option<&Passphrase>,
    now: DateTime<Utc>,
) -> Result<Done<Exported>> {
    let who = resolve(vault.rows(), given)?;
    let packed = packed(vault, who, right, password, now)?;
    let leaving = Leaving::whole(vault.profile(), to, &packed.bytes)?;
    let done = vault.record(Act::ContactExported, Some(who.id), now, |rows| {
        packed.seal(rows)?;
        Ok(Exported { files: packed.files })
    })?;
    leaving.put_recorded()?;
    Ok(done)
}

/// Makes the ZIP for a person.
///
/// # Errors
/// [`Code::MissingField`] for a place of the letter that nothing fills; [`Code::WeakPassphrase`]; faults of the database.
pub(super) fn packed(
    vault: &Vault,
    who: Who,
    right: For<'_>,
    password: Option<&Passphrase>,
    now: DateTime<Utc>,
) -> Result<Packed> {
    if password.is_some_and(|password| password.chars() < crate::key::MIN_PASSPHRASE) {
        return Err(Problem::new(Code::WeakPassphrase).with("min", crate::key::MIN_PASSPHRASE));
    }
    let keep = if matches!(right, For::Portability) { Held::provided } else { Held::all };
    let held = |no| keep(vault.rows(), no, vault.business());
    let group = people::group(vault.rows(), who.no)?.into_iter().map(held).collect::<Result<Vec<_>>>()?;
    let Pack { mut entries, code, letter } = match right {
        For::Access(press) => access(vault, &group, who, press, now)?,
        For::Rectification(press) => form(vault, who, press, now)?,
        For::Portability => Pack { entries: portability::entries(vault, &group, who, now)?, code: None, letter: None },
    };
    entries.push(archive::sums(&entries));
    let files = archive::written(&entries);
    let made = vault.business().local(now.timestamp_millis());
    let high = settings::high_among(vault.rows(), |key| {
        group.iter().flat_map(|held| &held.values).any(|value| value.field == key)
    })?;
    let facts = json!({ "for": right.as_str(), "encrypted": password.is_some(), "files": files, "high": high });
    let others = group.iter().skip(1).map(|held| held.id).collect();
    Ok(Packed { bytes: archive::packed(&entries, password, made)?, files, letter, who, others, facts, code })
}

/// The letter with all that Art. 15(1) lists, and the copy of the data as files, which are inside the letter, too.
fn access(vault: &Vault, group: &[Held], who: Who, press: &dyn Press, now: DateTime<Utc>) -> Result<Pack> {
    let Copied { told, files } = copied(vault, who, now)?;
    let json = pretty(&held_of(vault, group, who, told, now)?)?;
    let csv = table::csv(&card(group))?;
    let mut paper = of_right(vault, Letter::Access, who, now)?.paper;
    let shell = Shell::of(vault, paper.language, now)?;
    let [json_about, csv_about] = shell.words.enclosed.map(str::to_owned);
    let enclosed = |name, mime, about, bytes: &Vec<u8>| Enclosed { name, mime, about, bytes: bytes.clone() };
    paper.enclosed.push(enclosed("data.json", "application/json", json_about, &json));
    paper.enclosed.push(enclosed("data.csv", "text/csv", csv_about, &csv));
    let readme = shell.language.page_of(shell.words.access_readme, &vault.business().name);
    let letter = press.pdf(&paper)?;
    let mut entries = vec![
        (shell.language.file.into(), readme),
        (shell.words.letter_file.into(), letter.clone()),
        ("data.csv".into(), csv),
        ("data.json".into(), json),
    ];
    entries.extend(files);
    Ok(Pack { entries, code: None, letter: Some((Letter::Access, letter)) })
}

/// The form on paper and as a table to be corrected and sent back.
fn form(vault: &Vault, who: Who, press: &dyn Press, now: DateTime<Utc>) -> Result<Pack> {
    let Composed { paper, code, .. } = of_right(vault, Letter::Rectification, who, now)?;
    let shell = Shell::of(vault, paper.language, now)?;
    let annex = letter::Annex { vault, who, language: shell.language, words: shell.words, now };
    let rows: Vec<Vec<String>> =
        letter::rows(annex)?.into_iter().map(|row| vec![row.key, row.title, row.value]).collect();
    let (csv, _) = table::plain(&shell.words.form_head, &rows)?;
    let name = FORM_FILES.iter().find(|(code, _)| *code == shell.words.code).map_or(&"form.csv", |(_, name)| name);
    let readme = shell.language.page_of(shell.words.form_readme, &vault.business().name);
    let letter = press.pdf(&paper)?;
    let entries = vec![
        (shell.language.file.into(), readme),
        (shell.words.form_pdf.into(), letter.clone()),
        ((*name).into(), csv),
    ];
    Ok(Pack { entries, code: code.map(|(code, _)| code), letter: Some((Letter::Rectification, letter)) })
}

fn of_right(vault: &Vault, letter: Letter, who: Who, now: DateTime<Utc>) -> Result<Composed> {
    let wanted = Wanted { contact: Some(who.id.to_string()), ..Wanted::default() };
    letter::composed(vault, letter, &wanted, now)
}

/// Everything that is held of a person, for programs; nothing about anybody else: not who of the business wrote it down, nor who
/// spoke for a child.
fn held_of(vault: &Vault, group: &[Held], who: Who, told: Value, now: DateTime<Utc>) -> Result<Value> {
    let business = vault.business();
    let shown = people::show(vault, &who.id.to_string(), now)?;
    let mut consents = json!(consents::receipts(vault, &who.id.to_string(), now)?);
    without(&mut consents, &["by", "recorded_by", "guardian"]);
    let mut said = json!({
        "objections": shown.objections, "disclosures": shown.disclosures, "informed": shown.informed,
        "restriction": shown.restriction,
    });
    if let (Some(said), Some(told)) = (said.as_object_mut(), told.as_object()) {
        said.extend(told.clone());
    }
    without(&mut said, &["by", "name"]);
    Ok(json!({
        "format": "akkoord.access.1",
        "made": business.said(now.timestamp_millis()),
        "controller": { "name": business.name, "country": business.country, "reach": crate::settings::reach(vault)? },
        "contacts": group.iter().map(Held::json).collect::<Vec<_>>(),
        "consents": consents,
        "history": said,
    }))
}

/// Takes these keys out, at any depth.
fn without(json: &mut Value, keys: &[&str]) {
    match json {
        Value::Object(object) => {
            object.retain(|key, _| !keys.contains(&key.as_str()));
            object.values_mut().for_each(|value| without(value, keys));
        }
        Value::Array(all) => all.iter_mut().for_each(|value| without(value, keys)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// JSON that people can read, too.
pub(super) fn pretty(json: &impl Serialize) -> Result<Vec<u8>> {
    let mut text = serde_json::to_string_pretty(json).map_err(|error| Problem::new(Code::System).because(error))?;
    text.push('\n');
    Ok(text.into_bytes())
}
