//! The texts of letters: those that come with the application, and those that the owner put in their place.

use chrono::{DateTime, Utc};
use rusqlite::{Connection, OptionalExtension, params};
use serde::Serialize;
use serde_json::json;

use super::template::Template;
use super::{LANGUAGES, Letter};
use crate::problem::{Code, Problem, Result};
use crate::vault::{Act, Done, Vault};

/// The longest text of a letter, in letters.
const TEXT_MAX: usize = 20_000;

/// A letter as a list shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct LetterListed {
    /// Its name for programs.
    pub letter: &'static str,
    /// The languages that it is written in.
    pub languages: Vec<LanguageListed>,
}

/// A letter in one language, as a list shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct LanguageListed {
    /// The language.
    pub language: &'static str,
    /// Whether the owner wrote a text of their own.
    pub own: bool,
}

/// The text of a letter in one language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct LetterShown {
    /// Its name for programs.
    pub letter: &'static str,
    /// The language.
    pub language: &'static str,
    /// The text, with its places.
    pub text: String,
    /// Whether the owner wrote it.
    pub own: bool,
    /// The places that it may have.
    pub places: Vec<PlaceShown>,
}

/// A place in a letter's text, to be filled when the letter is made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct PlaceShown {
    /// Its name, between double braces in the text.
    pub name: &'static str,
    /// Whether it stands alone on its line: a table, a list, a form.
    pub alone: bool,
    /// Whether the text cannot do without it.
    pub needed: bool,
}

/// Every letter with its languages.
///
/// # Errors
/// Faults of the database.
pub fn letters(vault: &Vault) -> Result<Vec<LetterListed>> {
    let listed = |letter: &Letter| {
        let in_one = |language| -> Result<LanguageListed> {
            Ok(LanguageListed { language, own: own(vault.rows(), *letter, language)?.is_some() })
        };
        let languages = LANGUAGES.map(in_one);
        Ok(LetterListed { letter: letter.as_str(), languages: languages.into_iter().collect::<Result<_>>()? })
    };
    Letter::ALL.iter().map(listed).collect()
}

/// A letter's text in one language.
///
/// # Errors
/// [`Code::Invalid`] for a language that no letter is written in; faults of the database.
pub fn letter(vault: &Vault, letter: Letter, language: &str) -> Result<LetterShown> {
    let language = known(language)?;
    let own = own(vault.rows(), letter, language)?;
    let place = |place: super::Place| {
        let needed = letter.needs().contains(&place.name);
        PlaceShown { name: place.name, alone: place.alone, needed }
    };
    Ok(LetterShown {
        letter: letter.as_str(),
        language,
        own: own.is_some(),
        text: own.unwrap_or_else(|| letter.default_text(language).to_owned()),
        places: letter.places().into_iter().map(place).collect(),
    })
}

/// Puts the owner's text in the place of a letter's; without one the text that came with the application comes back.
///
/// # Errors
/// [`Code::Invalid`] for a language that no letter is written in, and for a text with `why`: `too_long`, `no_title`,
/// `unknown_place`, `place_alone`, `place_missing` (fact `given`): nothing was changed then.
pub fn letter_set(
    vault: &mut Vault,
    letter: Letter,
    language: &str,
    text: Option<&str>,
    now: DateTime<Utc>,
) -> Result<Done<()>> {
    let language = known(language)?;
    if let Some(text) = text {
        check(letter, text)?;
    }
    let by = vault.by().to_owned();
    vault.record(Act::LetterSet, None, now, |rows| {
        let key = params![letter.as_str(), language];
        rows.execute("DELETE FROM letter_text WHERE letter = ? AND language = ?", key)?;
        if let Some(text) = text {
            rows.execute(
                "INSERT INTO letter_text (letter, language, text, at, by) VALUES (?, ?, ?, ?, ?)",
                params![letter.as_str(), language, text, rows.at, by],
            )?;
        }
        rows.fact(None, &json!({ "letter": letter.as_str(), "language": language, "own": text.is_some() }))
    })
}

/// Refuses a text from which the letter could not be made, or would lack what the law asks for.
pub(super) fn check(letter: Letter, text: &str) -> Result<()> {
    if text.chars().count() > TEXT_MAX {
        return Err(Problem::invalid("text", "too_long").with("max", TEXT_MAX));
    }
    let template = Template::parse(text, &letter.places())?;
    let there = template.places();
    let missing = letter.needs().iter().find(|need| !there.contains(need));
    missing.map_or(Ok(()), |need| Err(Problem::invalid("text", "place_missing").with("given", *need)))
}

/// The letter's text in that language, taken apart.
pub(super) fn template(conn: &Connection, letter: Letter, language: &'static str) -> Result<Template> {
    let own = own(conn, letter, language)?;
    Template::parse(own.as_deref().unwrap_or_else(|| letter.default_text(language)), &letter.places())
        .map_err(|problem| Problem::new(Code::VaultDamaged).because(problem))
}

fn own(conn: &Connection, letter: Letter, language: &str) -> Result<Option<String>> {
    Ok(conn
        .prepare_cached("SELECT text FROM letter_text WHERE letter = ? AND language = ?")?
        .query_row(params![letter.as_str(), language], |row| row.get(0))
        .optional()?)
}

pub(super) fn known(language: &str) -> Result<&'static str> {
    let found = LANGUAGES.into_iter().find(|known| *known == language);
    found.ok_or_else(|| Problem::invalid("language", "no_language").with("given", language))
}
