//! A text of a letter or mail that its owner is still writing, shown with a real person.

use chrono::{DateTime, Utc};
use serde::Serialize;
use uuid::Uuid;

use super::access::Annex;
use super::compose::{Shell, Wanted, addressee, called, data, fill_own};
use super::mail::{Own, placed};
use super::template::{Filled, Filling, Template};
use super::{Letter, filling, stored};
use crate::intake::draft::Draft;
use crate::mail::asking;
use crate::papers::notice_to;
use crate::papers::paper::{Block, Paper};
use crate::people::{Who, resolve};
use crate::problem::Result;
use crate::purposes::answerable;
use crate::vault::Vault;

/// A text with what is known of one person in its places.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename = "LetterTried")]
pub struct Tried {
    /// Its subject.
    pub title: String,
    /// What it says below that, as plain text; without what stands around a letter.
    pub text: String,
    /// As it is printed, with what stands around it; a mail is not.
    pub paper: Option<Paper>,
    /// Places in it that only a request, or what the owner says by then, will fill. They stand in it as they were written.
    pub unfilled: Vec<&'static str>,
}

/// Shows a text in the place of a letter's, in the language that it is written in. Nothing is kept.
///
/// # Errors
/// Those of [`super::letter_set`] for the text; [`crate::Code::NotFound`], [`crate::Code::Ambiguous`]; faults of the database.
pub fn try_text(
    vault: &Vault,
    letter: Letter,
    (language, text): (&str, &str),
    contact: Option<Uuid>,
    purpose: Option<&str>,
    now: DateTime<Utc>,
) -> Result<Tried> {
    let language = stored::known(language)?;
    stored::check(letter, text)?;
    let who = contact.map(|id| resolve(vault.rows(), &id.to_string())).transpose()?;
    let draft = who.map_or_else(|| Ok(Draft::default()), |who| data(vault, who))?;
    let (shell, name) = (Shell::of(vault, language, now)?, called(&draft));
    let (places, mut filled) = (letter.places(), Filling::new());
    let about = shell.about(vault, &name, letter == Letter::Consent);
    filling::common(&mut filled, &about)?;
    if let Some(who) = who {
        let annex = Annex { vault, who, language: shell.language, words: shell.words, now };
        let wanted = Wanted { purpose: purpose.map(str::to_owned), ..Wanted::default() };
        // What cannot be filled for this person, as where nobody may ask them, is shown as a place.
        let _ = fill_own(&mut filled, letter, &wanted, annex, &about);
        filled.extend(placed(&places, of_mail(vault, letter, who, purpose, now).unwrap_or_default()));
    }
    let template = Template::parse(text, &places)?;
    let mut unfilled = Vec::new();
    for place in &places {
        let empty =
            filled.get(place.name).is_none_or(|there| matches!(there, Filled::Text(text) if text.trim().is_empty()));
        if empty && template.places().contains(&place.name) {
            filled.insert(place.name, Filled::Text(format!("{{{{{}}}}}", place.name)));
            unfilled.push(place.name);
        }
    }
    let (title, body) = template.filled(&places, &filled)?;
    let to = if who.is_some() { addressee(&draft, &name, vault) } else { Vec::new() };
    let paper = shell.paper(vault, title, to, body);
    let (title, text) = (paper.title.clone(), paper.body_text());
    Ok(Tried { title, text, paper: Some(paper).filter(|_| !is_mail(letter)), unfilled })
}

fn is_mail(letter: Letter) -> bool {
    matches!(letter, Letter::MailAsk | Letter::MailInform | Letter::MailAnswer)
}

/// What a mail alone has.
fn of_mail(vault: &Vault, letter: Letter, who: Who, purpose: Option<&str>, now: DateTime<Utc>) -> Result<Own> {
    match (letter, purpose) {
        (Letter::MailInform, _) => Ok(vec![("notice", Block::texts(&notice_to(vault, who, "…", now)?.1))]),
        (Letter::MailAsk, Some(key)) => Ok(asking(vault, who, &answerable(vault.rows(), vault.business(), key)?)?.1),
        _ => Ok(Vec::new()),
    }
}

#[cfg(test)]
mod tests;
