//! Which program wrote a file, and what each of its columns means.

use super::body::Body;
use super::dialect::Kind;
use super::fault::ReadError;
use super::header::{Column, Meaning, Target};
use super::outlook::{self, Language};
use super::reader::Options;
use super::{generic, google};
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

/// Finds out what the columns of a file mean, as asked for or by itself.
pub(super) fn body(body: &Body, options: &Options) -> Result<Recognised, Fault> {
    let names = body.names();
    match body.meanings() {
        Some(_) if options.mapping.is_some() => Err(Fault::Asked(Problem::invalid("map", "not_for_cards"))),
        Some(meanings) => Ok(recognised(Format::Vcard, None, &names, meanings, options)),
        // What the columns of a sheet mean is found out as for text, whoever made it.
        None if body.sheets().is_some() => {
            let found = header(&names, &Options { format: None, ..options.clone() })?;
            Ok(Recognised { format: Format::Xlsx, ..found })
        }
        None => header(&names, options),
    }
}

fn header(names: &[String], options: &Options) -> Result<Recognised, Fault> {
    if let Some(mapping) = &options.mapping {
        let meanings = mapping.meanings(names).map_err(Fault::Asked)?;
        return Ok(recognised(Format::Csv, mapping.language, names, meanings, options));
    }
    if names.iter().any(|name| email::normalise(name).is_some()) {
        return Err(Fault::Read(ReadError::NoHeader));
    }
    let outlook = outlook::read(names);
    let format = options.format.unwrap_or_else(|| detect(names, outlook.as_ref()));
    match (format, outlook) {
        (Format::Google, _) if google::recognises(names) => {
            let meanings = names.iter().map(|name| google::meaning(name)).collect();
            Ok(recognised(Format::Google, None, names, meanings, options))
        }
        (Format::Outlook, Some(reading)) => {
            let meanings = names.iter().zip(reading.meanings);
            let or_common = |(name, meaning): (&String, Option<Meaning>)| {
                meaning.or_else(|| generic::meaning(name)).unwrap_or_else(|| Meaning::unknown(name))
            };
            let language = Some(reading.language);
            Ok(recognised(Format::Outlook, language, names, meanings.map(or_common).collect(), options))
        }
        (Format::Csv, _) => common(names, options),
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

fn common(names: &[String], options: &Options) -> Result<Recognised, Fault> {
    let known: Vec<Option<Meaning>> =
        names.iter().map(|name| generic::meaning(name).or_else(|| outlook::meaning(name))).collect();
    if !generic::suffices(known.iter().flatten()) {
        return Err(Fault::Read(ReadError::NeedsMapping));
    }
    let meanings = names.iter().zip(known).map(|(name, known)| known.unwrap_or_else(|| Meaning::unknown(name)));
    Ok(recognised(Format::Csv, language_of(names), names, meanings.collect(), options))
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

fn recognised(
    format: Format,
    language: Option<Language>,
    names: &[String],
    meanings: Vec<Meaning>,
    options: &Options,
) -> Recognised {
    let column = |(name, meaning): (&String, Meaning)| {
        // "Private" is read whatever is ticked: it protects.
        let kept = meaning.target == Target::Private || options.selection.keeps(name, &meaning);
        Column { header: name.clone(), meaning, kept }
    };
    let columns = names.iter().zip(meanings).map(column).collect();
    Recognised { format, language, columns, label_marks: format.label_marks() }
}
