//! Which program wrote a file, and what each of its columns means.

use std::collections::HashSet;

use super::body::Body;
use super::dialect::Kind;
use super::fault::ReadError;
use super::header::{Column, Meaning, Target, Why};
use super::outlook::{self, Language};
use super::reader::Options;
use super::{generic, google, mapping};
use uuid::Uuid;

use crate::normal::email;
use crate::normal::text::{fold, trim};
use crate::problem::Problem;

/// The kind of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Format {
    /// Google Contacts CSV, either layout.
    Google,
    /// Outlook CSV: desktop in four languages, Outlook.com, and Google's imitation of it.
    Outlook,
    /// vCard.
    Vcard,
    /// A workbook.
    Xlsx,
    /// Any other CSV, by common names or by a mapping.
    Csv,
}

impl Format {
    /// Every format.
    pub const ALL: [Self; 5] = [Self::Google, Self::Outlook, Self::Vcard, Self::Xlsx, Self::Csv];

    /// The name as the command line has it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Google => "google",
            Self::Outlook => "outlook",
            Self::Vcard => "vcard",
            Self::Xlsx => "xlsx",
            Self::Csv => "csv",
        }
    }

    /// The format with this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.as_str() == name)
    }

    /// Whether a file that is made of this can be of this format.
    #[must_use]
    pub fn fits(self, kind: Kind) -> bool {
        match kind {
            Kind::Table => self.is_delimited(),
            Kind::Cards => self == Self::Vcard,
            Kind::Book => self == Self::Xlsx,
        }
    }

    /// What parts the labels in one cell, besides Google's own mark.
    pub(super) fn label_marks(self) -> &'static [char] {
        match self {
            Self::Google | Self::Outlook => &[';'],
            Self::Csv | Self::Xlsx => &[';', ','],
            Self::Vcard => &[],
        }
    }

    /// Whether it is a text file with cells.
    #[must_use]
    pub fn is_delimited(self) -> bool {
        matches!(self, Self::Google | Self::Outlook | Self::Csv)
    }
}

/// What a header says.
#[derive(Debug)]
pub(super) struct Recognised {
    pub(super) format: Format,
    pub(super) language: Option<Language>,
    pub(super) columns: Vec<Column>,
    pub(super) label_marks: &'static [char],
    pub(super) mapping: Option<(Uuid, String)>,
    pub(super) suffices: bool,
}

/// Why a header is refused.
#[derive(Debug)]
pub(super) enum Fault {
    /// The file cannot be understood.
    Read(ReadError),
    /// What was asked for does not fit the file.
    Asked(Problem),
}

/// A column's name as people see it.
pub(super) fn name(cell: &str) -> String {
    trim(&cell.replace('\u{a0}', " ")).to_owned()
}

/// The names of columns told apart: the second "Tel." is "Tel. (2)". What a column means is read from its name as it stands.
fn apart(names: &[String]) -> Vec<String> {
    let mut taken: HashSet<String> = names.iter().map(|name| fold(name)).collect();
    let mut seen = HashSet::new();
    let apart = |name: &String| {
        if name.is_empty() || seen.insert(fold(name)) {
            return name.clone();
        }
        let numbered = |n: &usize| taken.insert(fold(&format!("{name} ({n})")));
        let free = (2..=names.len() + 1).find(numbered).unwrap_or_default();
        format!("{name} ({free})")
    };
    names.iter().map(apart).collect()
}

/// Finds out what the columns of a file mean, as asked for or by itself.
pub(super) fn body(body: &Body, options: &Options) -> Result<Recognised, Fault> {
    let names = body.names();
    match body.meanings() {
        Some(_) if options.mapping.is_some() => Err(Fault::Asked(Problem::invalid("map", "not_for_cards"))),
        Some(meanings) => Ok(Found::of(Format::Vcard, None, meanings).recognised(&names, options)),
        // What the columns of a sheet mean is found out as for text, whoever made it.
        None if body.sheets().is_some() => {
            let found = header(&names, &Options { format: None, ..options.clone() })?;
            Ok(Recognised { format: Format::Xlsx, ..found })
        }
        None => header(&names, options),
    }
}

/// By a mapping that is given, one that is kept and fits, or by the names alone; then what is said of single columns.
fn header(names: &[String], options: &Options) -> Result<Recognised, Fault> {
    let called = apart(names);
    let fitting = || {
        let shape = mapping::shape(&called);
        options.saved.iter().find(|saved| saved.fits(&shape))
    };
    let taken = if options.mapping.is_none() { fitting() } else { None };
    let mapping = options.mapping.as_ref().or(taken.map(|saved| &saved.mapping));
    let mut found = match mapping.filter(|mapping| !mapping.recognises) {
        Some(mapping) => {
            let (meanings, out) = mapping.meanings(&called).map_err(Fault::Asked)?.into_iter().unzip();
            Found { out, ..Found::of(Format::Csv, mapping.language, meanings).claiming(names) }
        }
        None => by_names(names, options)?,
    };
    found.taken = taken.map(|saved| (saved.id, saved.name.clone()));
    let alone = mapping.is_some_and(|mapping| !mapping.recognises);
    for over in mapping.filter(|mapping| mapping.recognises).into_iter().chain(&options.said) {
        over.over(&called, &mut found.meanings, &mut found.out).map_err(Fault::Asked)?;
        found.language = over.language.or(found.language);
    }
    let recognised = found.recognised(&called, options);
    let enough = alone || options.lenient || recognised.suffices;
    if enough { Ok(recognised) } else { Err(Fault::Read(ReadError::NeedsMapping)) }
}

fn by_names(names: &[String], options: &Options) -> Result<Found, Fault> {
    if names.iter().any(|name| email::normalise(name).is_some()) {
        return Err(Fault::Read(ReadError::NoHeader));
    }
    let outlook = outlook::read(names);
    let format = options.format.unwrap_or_else(|| detect(names, outlook.as_ref()));
    match (format, outlook) {
        (Format::Google, _) if google::recognises(names) => {
            let meanings = names.iter().map(|name| google::meaning(name)).collect();
            Ok(Found::of(Format::Google, None, meanings))
        }
        (Format::Outlook, Some(reading)) => {
            let meanings = names.iter().zip(reading.meanings);
            let or_common = |(name, meaning): (&String, Option<Meaning>)| {
                meaning.or_else(|| generic::meaning(name)).unwrap_or_else(|| Meaning::unknown(name))
            };
            Ok(Found::of(Format::Outlook, Some(reading.language), meanings.map(or_common).collect()))
        }
        (Format::Csv, _) => {
            let known = |name: &String| generic::meaning(name).or_else(|| outlook::meaning(name));
            let meanings = names.iter().map(|name| known(name).unwrap_or_else(|| Meaning::unknown(name))).collect();
            Ok(Found::of(Format::Csv, language_of(names), meanings))
        }
        (Format::Google | Format::Outlook | Format::Vcard | Format::Xlsx, _) => {
            Err(Fault::Read(ReadError::OtherFormat))
        }
    }
}

/// Google's own columns decide; then Outlook's, unless everyday names explain more of the header (Thunderbird, web shops).
fn detect(names: &[String], outlook: Option<&outlook::Reading>) -> Format {
    if google::recognises(names) {
        return Format::Google;
    }
    let everyday = names.iter().filter(|name| generic::meaning(name).is_some()).count();
    match outlook {
        Some(reading) if reading.known() >= everyday => Format::Outlook,
        Some(_) | None => Format::Csv,
    }
}

/// The language of everyday names, by the words for what nearly every file has; decides how dates are read.
fn language_of(names: &[String]) -> Option<Language> {
    let telling = |name: &String| match fold(name).as_str() {
        "voornaam" | "achternaam" | "familienaam" | "naam" | "bedrijf" | "geboortedatum" => Some(Language::Dutch),
        "vorname" | "nachname" | "firma" | "geburtsdatum" | "geburtstag" => Some(Language::German),
        "prenom" | "nom" | "societe" | "date de naissance" => Some(Language::French),
        _ => None,
    };
    names.iter().find_map(telling)
}

/// What names say, before anybody ticked anything.
struct Found {
    format: Format,
    language: Option<Language>,
    meanings: Vec<Meaning>,
    /// Of each column whether its mapping takes it out, where one speaks of it.
    out: Vec<Option<bool>>,
    /// Whether each column claims a consent.
    claims: Vec<bool>,
    taken: Option<(Uuid, String)>,
}

impl Found {
    fn of(format: Format, language: Option<Language>, meanings: Vec<Meaning>) -> Self {
        let claims = meanings.iter().map(|meaning| meaning.why == Some(Why::Consent)).collect();
        Self { format, language, out: vec![None; meanings.len()], claims, meanings, taken: None }
    }

    /// A column that claims a consent by its name does so also where a mapping makes free words of it.
    fn claiming(mut self, names: &[String]) -> Self {
        let words = [Target::Labels, Target::Notes, Target::Other];
        for ((name, meaning), claims) in names.iter().zip(&self.meanings).zip(&mut self.claims) {
            *claims |= words.contains(&meaning.target) && Meaning::unknown(name).why == Some(Why::Consent);
        }
        self
    }

    fn recognised(self, names: &[String], options: &Options) -> Recognised {
        let selection = &options.selection;
        let columns = names.iter().zip(self.meanings).zip(self.out.into_iter().zip(self.claims));
        let column = |((name, meaning), (out, claims)): ((&String, Meaning), (Option<bool>, bool))| {
            let chosen = match out {
                Some(out) => selection.says(name).unwrap_or(!out),
                None => selection.keeps(name, &meaning),
            };
            // What says that a row is private is read whatever is ticked: it protects.
            Column { header: name.clone(), kept: meaning.target.protects() || chosen, claims, meaning }
        };
        let columns: Vec<Column> = columns.map(column).collect();
        let (format, language) = (self.format, self.language);
        let kept = columns.iter().filter(|column| column.kept).map(|column| &column.meaning);
        let suffices = format != Format::Csv || generic::suffices(kept);
        Recognised { format, language, columns, label_marks: format.label_marks(), mapping: self.taken, suffices }
    }
}
