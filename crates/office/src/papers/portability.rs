//! What a person provided, in files that another business or program can read (Art. 20).

use std::io::Write;
use std::path::Path;

use akkoord_rules::field::Sensitivity;
use chrono::{DateTime, Utc};
use rusqlite::Connection;
use serde::Serialize;
use serde_json::json;

use super::archive::{self, Entry, Written};
use super::contact::{Held, card};
use super::readme::{About, language};
use super::{table, vcard};
use crate::consents;
use crate::key::Passphrase;
use crate::people::{self, Who, resolve};
use crate::problem::{Code, Problem, Result};
use crate::profile::Leaving;
use crate::vault::{Act, Done, Vault};

/// Which right the files answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum For {
    /// Art. 15.
    Access,
    /// Art. 16.
    Rectification,
    /// Art. 20.
    Portability,
}

/// What was written.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct Exported {
    /// The files in the ZIP.
    pub files: Vec<Written>,
}

/// Writes the ZIP for a person; with a password it is encrypted (AES-256). Works for a restricted person, too: it is the answer
/// to their own request.
///
/// # Errors
/// As `resolve`; [`Code::NotYet`] for the letters of access and rectification: without what Art. 15(1) lists, a copy of the
/// data would pass for an answer that it is not; [`Code::WeakPassphrase`]; [`Code::InProfile`],
/// [`Code::Unwritable`], [`Code::DiskFull`].
pub fn export(
    vault: &mut Vault,
    given: &str,
    right: For,
    to: &Path,
    password: Option<&Passphrase>,
    now: DateTime<Utc>,
) -> Result<Done<Exported>> {
    match right {
        For::Access => return Err(Problem::new(Code::NotYet).with("what", "access")),
        For::Rectification => return Err(Problem::new(Code::NotYet).with("what", "rectification")),
        For::Portability => {}
    }
    if password.is_some_and(|password| password.chars() < crate::key::MIN_PASSPHRASE) {
        return Err(Problem::new(Code::WeakPassphrase).with("min", crate::key::MIN_PASSPHRASE));
    }
    let who = resolve(vault.rows(), given)?;
    let group = people::group(vault.rows(), who.no)?;
    let held = |no| Held::provided(vault.rows(), no, vault.business());
    let group = group.into_iter().map(held).collect::<Result<Vec<_>>>()?;
    let entries = entries(vault, &group, who, now)?;
    let files = archive::written(&entries);
    let made = vault.business().local(now.timestamp_millis());
    let mut leaving = Leaving::begin(vault.profile(), to)?;
    leaving.write_all(&archive::packed(&entries, password, made)?).map_err(|error| leaving.failed(error))?;
    leaving.sync()?;
    let done = vault.record(Act::ContactExported, Some(who.id), now, |rows| {
        let high = high(rows, &group)?;
        let facts = json!({ "for": "portability", "encrypted": password.is_some(), "files": files, "high": high });
        rows.fact(Some(who.id), &facts)?;
        for held in group.iter().skip(1) {
            rows.names(held.id)?;
        }
        Ok(Exported { files })
    })?;
    leaving.put_recorded()?;
    Ok(done)
}

/// The fields of high sensitivity that are in it, for the audit log.
fn high(conn: &Connection, group: &[Held]) -> Result<Vec<String>> {
    let mut query = conn.prepare_cached("SELECT key FROM field WHERE sensitivity = ? ORDER BY no")?;
    let keys = query.query_map([Sensitivity::High.as_str()], |row| row.get(0))?.collect::<Result<Vec<String>, _>>()?;
    let held = |key: &String| group.iter().flat_map(|held| &held.values).any(|value| value.field == *key);
    Ok(keys.into_iter().filter(held).collect())
}

/// The files, always in the same order.
fn entries(vault: &Vault, group: &[Held], who: Who, now: DateTime<Utc>) -> Result<Vec<Entry>> {
    let business = vault.business();
    let draft = card(group);
    let made = business.local(now.timestamp_millis());
    let language = language(&[&draft.language, &business.language]);
    let name = [&draft.prefix, &draft.given, &draft.middle, &draft.family, &draft.suffix];
    let name = name.into_iter().filter(|part| !part.is_empty()).cloned().collect::<Vec<_>>().join(" ");
    let about = About {
        business: &business.name,
        name: &name,
        on: made.date_naive(),
        left_out: group.iter().any(|held| held.left_out > 0),
    };
    let contact = json!({
        "format": "akkoord.portability.1",
        "made": business.said(now.timestamp_millis()),
        "controller": { "name": business.name, "country": business.country },
        "contacts": group.iter().map(Held::json).collect::<Vec<_>>(),
    });
    let organisation = group.first().is_some_and(|held| held.kind == "organisation");
    let mut entries = vec![
        (language.file, language.page(about)),
        ("contact.vcf", vcard::vcard(who.id, &draft, organisation).into_bytes()),
        ("contact.csv", table::csv(&draft)?),
        ("contact.json", pretty(&contact)?),
        ("consents.json", pretty(&consents::receipts(vault, &who.id.to_string(), now)?)?),
    ];
    entries.push(archive::sums(&entries));
    Ok(entries)
}

/// JSON that people can read, too.
fn pretty(json: &impl Serialize) -> Result<Vec<u8>> {
    let mut text = serde_json::to_string_pretty(json).map_err(|error| Problem::new(Code::System).because(error))?;
    text.push('\n');
    Ok(text.into_bytes())
}
