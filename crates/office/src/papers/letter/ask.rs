//! The letter that asks for consent, with a form to answer on paper.

use akkoord_rules::person::Channel;
use serde::Serialize;
use uuid::Uuid;

use super::access::Annex;
use super::code;
use super::filling::put;
use super::template::{Filled, Filling};
use crate::consents;
use crate::papers::paper::Block;
use crate::papers::readme::one_line;
use crate::people;
use crate::problem::{Code, Problem, Result};
use crate::purposes::{answerable, by_no, latest, wordings};
use crate::vault::Vault;

/// What a code on a paper was made for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename = "PaperFound")]
pub struct Told {
    /// Whose paper it is.
    pub contact: Uuid,
    /// Which letter.
    pub letter: String,
    /// The key of the purpose that it asks about, if it asks.
    pub purpose: Option<String>,
    /// When it was made, RFC 3339 in the business's zone.
    pub made: String,
    /// Whether an answer to that purpose came by letter since: a code is good for one.
    pub used: bool,
}

/// Fills the places of the letter. Returns the code on it, with the purpose's row.
///
/// # Errors
/// [`Code::MissingField`] where no purpose was named; [`Code::NotFound`], [`Code::BuiltinPurpose`]; [`Code::NoWording`] where
/// there is no text in the person's language.
pub(super) fn fill(filling: &mut Filling, annex: Annex<'_>, key: Option<&str>) -> Result<(String, Option<i64>)> {
    let (conn, business, words) = (annex.vault.rows(), annex.vault.business(), annex.words);
    let key = key.ok_or_else(|| Problem::new(Code::MissingField).with("field", "purpose"))?;
    let purpose = answerable(conn, business, key)?;
    let whom = [annex.who.id];
    let by = |channel| consents::askable_part(annex.vault, &whom, &purpose, channel, annex.now);
    // A letter may be handed over, too; but nobody gets one whom the gate protects.
    if by(Channel::Post)?.0.is_empty() && by(Channel::InPerson)?.0.is_empty() {
        let why: Vec<&str> = by(Channel::InPerson)?.1.iter().map(|stays| stays.reason.as_str()).collect();
        return Err(Problem::new(Code::NotAllowed).with("reasons", why.join(", ")));
    }
    let version = latest(&purpose.rules);
    let text = wordings(conn, purpose.no, version)?.into_iter().find(|(language, _)| language == words.code);
    let (_, text) = text.ok_or_else(|| {
        let problem = Problem::new(Code::NoWording).with("purpose", key).with("version", version);
        problem.with("language", words.code)
    })?;
    let channels: Vec<Channel> = purpose.rules.channels.iter().collect();
    let yes = |channel: &Channel| format!("{}, {}", words.yes, words.by_channel.replace("{}", words.channel(*channel)));
    let mut choices: Vec<String> = match channels.as_slice() {
        [] | [_] => vec![words.yes.to_owned()],
        several => several.iter().map(yes).collect(),
    };
    choices.push(words.no.to_owned());
    let code = code::drawn()?;
    let scan = Block::Qr { content: code.clone(), caption: words.scan.to_owned() };
    put(filling, "purpose", one_line(&purpose.title));
    put(filling, "retention", words.period(&purpose.retention));
    let sign = Block::Signature(words.sign.map(str::to_owned).to_vec());
    for (name, blocks) in [
        ("wording", Block::texts(&text)),
        ("choices", vec![Block::Choices(choices)]),
        ("signature", vec![sign]),
        ("code", vec![scan]),
    ] {
        filling.insert(name, Filled::Blocks(blocks));
    }
    Ok((code, Some(purpose.no)))
}

/// Whose paper a code stands on, and what it asked.
///
/// # Errors
/// [`Code::NotFound`] for a code that no paper has, or whose person is gone; faults of the database.
pub fn told_by(vault: &Vault, given: &str) -> Result<Told> {
    let conn = vault.rows();
    let found = code::find(conn, given)?.ok_or_else(|| Problem::not_found("code", given))?;
    let head = "SELECT coalesce(merged_into, no) FROM contact WHERE no = ?";
    let head: i64 = conn.prepare_cached(head)?.query_row([found.contact_no], |row| row.get(0))?;
    let purpose = found.purpose_no.map(|no| by_no(conn, vault.business(), no)).transpose()?;
    let answered = "SELECT 1 FROM consent_event WHERE purpose_no = ?1 AND how = 'letter' AND recorded_at >= ?2
        AND answer <> 'asked' AND contact_no IN (SELECT no FROM contact WHERE no = ?3 OR merged_into = ?3)";
    let used = match &purpose {
        Some(purpose) => conn.prepare_cached(answered)?.exists(rusqlite::params![purpose.no, found.made_at, head])?,
        None => false,
    };
    Ok(Told {
        contact: people::id(conn, head)?,
        letter: found.letter,
        purpose: purpose.map(|purpose| purpose.rules.key),
        made: vault.business().said(found.made_at),
        used,
    })
}
