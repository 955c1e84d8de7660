//! Where somebody's data came from, as a letter says it (Art. 14(2)(f)): of each file in the owner's words; of what was noted with
//! the person, as it stands there.

use rusqlite::Connection;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::papers::readme::one_line;
use crate::people::{Who, resolve};
use crate::problem::{Problem, Result};
use crate::vault::Vault;

/// The longest answer to where data came from.
const MAX: usize = 300;

/// Where data came from, in the owner's words.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(default)]
pub struct Origins {
    /// What came with a file that is named.
    pub files: Vec<FileOrigin>,
    /// Everything else.
    pub others: String,
}

/// Where the data in a file came from.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct FileOrigin {
    /// Its name.
    pub file: String,
    /// In words.
    pub from: String,
}

/// Something of which the owner has to say where it came from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct OriginAsked {
    /// The file; absent for what came without one and of which nothing was noted.
    pub file: Option<String>,
    /// Of how many people.
    pub people: usize,
}

impl Origins {
    /// The same words for all.
    #[must_use]
    pub fn all(from: &str) -> Self {
        Self { files: Vec::new(), others: from.to_owned() }
    }

    /// The same, each on one line.
    ///
    /// # Errors
    /// [`crate::Code::Invalid`] for more than 300 characters.
    pub(super) fn checked(&self) -> Result<Self> {
        let one = |from: &str| {
            let from = one_line(from);
            let short = from.chars().count() <= MAX;
            if short { Ok(from) } else { Err(Problem::invalid("from", "too_long").with("most", MAX)) }
        };
        let file = |of: &FileOrigin| Ok(FileOrigin { file: of.file.clone(), from: one(&of.from)? });
        Ok(Self { files: self.files.iter().map(file).collect::<Result<_>>()?, others: one(&self.others)? })
    }

    /// Where somebody's data came from.
    ///
    /// # Errors
    /// [`crate::Code::Invalid`] where nobody says it.
    pub(super) fn of(&self, conn: &Connection, who: Who) -> Result<String> {
        let sources = sources(conn, who)?;
        let all = if sources.is_empty() { vec![Source::File(None)] } else { sources };
        let mut origins: Vec<String> = Vec::new();
        for source in all {
            let origin = match source {
                Source::Noted(words) => words,
                Source::File(file) => self.words(file.as_deref()),
            };
            if origin.is_empty() {
                return Err(Problem::invalid("from", "empty"));
            }
            if !origins.contains(&origin) {
                origins.push(origin);
            }
        }
        Ok(origins.join("; "))
    }

    fn words(&self, file: Option<&str>) -> String {
        let named = self.files.iter().find(|of| Some(of.file.as_str()) == file);
        named.map_or(&self.others, |of| &of.from).clone()
    }
}

/// What is known of where some data came from.
enum Source {
    /// What was noted with it.
    Noted(String),
    /// The file that it came with, if with one.
    File(Option<String>),
}

/// The sources of a contact and whoever was merged into it that are not the person alone, the first first. What an import notes
/// with a source is no origin.
fn sources(conn: &Connection, who: Who) -> Result<Vec<Source>> {
    let mut query = conn.prepare_cached(
        "SELECT text, url, place, file FROM source LEFT JOIN import ON import.no = import_no WHERE source.origin <> 'self'
           AND contact_no IN (SELECT ?1 UNION ALL SELECT no FROM contact WHERE merged_into = ?1) ORDER BY source.at, source.no",
    )?;
    let rows = query.query_map([who.no], |row| {
        let (words, file): ([String; 3], Option<String>) = ([row.get(0)?, row.get(1)?, row.get(2)?], row.get(3)?);
        let noted = words.into_iter().map(|text| one_line(&text)).find(|text| !text.is_empty() && file.is_none());
        Ok(noted.map_or(Source::File(file), Source::Noted))
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Of what the owner has to say where it came from, before these people can be told; what concerns most of them first.
///
/// # Errors
/// Those of finding each contact.
pub(crate) fn asked(vault: &Vault, contacts: &[Uuid]) -> Result<Vec<OriginAsked>> {
    let mut asked: Vec<OriginAsked> = Vec::new();
    for contact in contacts {
        let sources = sources(vault.rows(), resolve(vault.rows(), &contact.to_string())?)?;
        let none = sources.is_empty().then_some(Source::File(None));
        let mut files: Vec<Option<String>> = Vec::new();
        for source in sources.into_iter().chain(none) {
            if let Source::File(file) = source
                && !files.contains(&file)
            {
                files.push(file);
            }
        }
        for file in files {
            match asked.iter_mut().find(|one| one.file == file) {
                Some(one) => one.people += 1,
                None => asked.push(OriginAsked { file, people: 1 }),
            }
        }
    }
    asked.sort_by_key(|one| std::cmp::Reverse(one.people));
    Ok(asked)
}
