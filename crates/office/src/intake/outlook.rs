//! Outlook: the classic desktop program in English, Dutch, German and French, Outlook.com, and what Google calls "Outlook CSV".
//!
//! The names are in `outlook.csv` beside this file: target, slot, label, why left out, and the name per language. Names
//! decide; position decides only between equal names (French: `Titre` is the salutation and, later, the job title).

use std::collections::HashMap;
use std::sync::LazyLock;

use super::header::{Meaning, Target};
use crate::normal::text::fold;

/// The language in which Outlook named the columns.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Language {
    /// English; also Outlook.com and Google's Outlook CSV.
    English,
    /// Dutch.
    Dutch,
    /// German.
    German,
    /// French.
    French,
}

impl Language {
    /// Every language, in the order of the table's columns.
    pub const ALL: [Self; 4] = [Self::English, Self::Dutch, Self::German, Self::French];

    /// BCP 47 tag.
    #[must_use]
    pub fn tag(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::Dutch => "nl",
            Self::German => "de",
            Self::French => "fr",
        }
    }

    /// The language with this tag.
    #[must_use]
    pub fn tagged(tag: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|language| language.tag() == tag)
    }
}

type Names = HashMap<String, Vec<Meaning>>;

/// Per language: what a folded name means; more than one meaning when a language uses the name twice.
static NAMES: LazyLock<HashMap<Language, Names>> = LazyLock::new(|| {
    let mut all: HashMap<Language, Names> = HashMap::new();
    let mut table = csv::ReaderBuilder::new().has_headers(true).from_reader(include_str!("outlook.csv").as_bytes());
    for row in table.records().flatten() {
        let cell = |at| row.get(at).unwrap_or_default();
        let Some(meaning) = Meaning::from_table(cell(0), cell(1), cell(2), cell(3)) else { continue };
        for (language, name) in Language::ALL.into_iter().zip(row.iter().skip(4)).filter(|(_, name)| !name.is_empty()) {
            all.entry(language).or_default().entry(fold(name)).or_default().push(meaning.clone());
        }
    }
    all
});

/// What a whole header means, as Outlook; `None` where it is no name of Outlook's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// The language with most names.
    pub language: Language,
    /// Per column.
    pub meanings: Vec<Option<Meaning>>,
}

impl Reading {
    /// How many columns have a name of Outlook's.
    #[must_use]
    pub fn known(&self) -> usize {
        self.meanings.iter().flatten().count()
    }
}

/// Reads a header as Outlook's: at least three of its names in one language, a name or an e-mail column among them.
#[must_use]
pub fn read(headers: &[String]) -> Option<Reading> {
    let folded: Vec<String> = headers.iter().map(|h| fold(h)).collect();
    let mut best: Option<Reading> = None;
    for language in Language::ALL {
        let reading = in_language(&folded, language);
        if best.as_ref().is_none_or(|b| reading.known() > b.known()) {
            best = Some(reading);
        }
    }
    best.filter(|reading| {
        let telling = |m: &Meaning| matches!(m.target, Target::Given | Target::Family | Target::Email);
        reading.known() >= 3 && reading.meanings.iter().flatten().any(telling)
    })
}

/// What a single name means in whichever language has it; for files that mix.
#[must_use]
pub fn meaning(header: &str) -> Option<Meaning> {
    let folded = fold(header);
    Language::ALL.iter().find_map(|language| NAMES.get(language)?.get(&folded)?.first().cloned())
}

fn in_language(folded: &[String], language: Language) -> Reading {
    let names = NAMES.get(&language);
    let mut used: HashMap<&str, usize> = HashMap::new();
    let meanings = folded.iter().enumerate().map(|(at, name)| {
        let meanings = names?.get(name)?;
        let times = used.entry(name).or_default();
        *times += 1;
        let alone = folded.iter().filter(|other| *other == name).count() == 1;
        // One `Titre` in a trimmed file: the salutation opens the header, a job title stands elsewhere.
        let which = if alone && at > 0 { meanings.len() } else { *times };
        meanings.get(which - 1).or(meanings.last()).cloned()
    });
    Reading { language, meanings: meanings.collect() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_of_the_table_is_understood() {
        let rows = include_str!("outlook.csv").lines().count() - 1;
        let mut table = csv::Reader::from_reader(include_str!("outlook.csv").as_bytes());
        let read =
            table.records().flatten().filter(|r| Meaning::from_table(&r[0], &r[1], &r[2], &r[3]).is_some()).count();
        assert_eq!(read, rows);
    }

    #[test]
    fn the_two_french_titles_are_told_apart() {
        let header = |names: &[&str]| read(&names.iter().map(|n| (*n).to_owned()).collect::<Vec<_>>()).unwrap();
        let targets = |names: &[&str]| -> Vec<Target> {
            header(names).meanings.iter().map(|m| m.as_ref().unwrap().target).collect()
        };
        let full = ["Titre", "Prénom", "Nom", "Titre"];
        assert_eq!(targets(&full), [Target::Prefix, Target::Given, Target::Family, Target::JobTitle]);
        assert_eq!(targets(&["Prénom", "Nom", "Titre"]), [Target::Given, Target::Family, Target::JobTitle]);
        assert_eq!(targets(&["Titre", "Prénom", "Nom"]), [Target::Prefix, Target::Given, Target::Family]);
        assert_eq!(header(&full).language, Language::French);
    }
}
