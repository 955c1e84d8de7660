//! What the columns of a file mean, and which of them the owner lets in.

use std::collections::BTreeSet;

use crate::normal::text::fold;
use crate::problem::{Problem, Result};

/// What a cell is put into.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Target {
    /// Salutation or title.
    Prefix,
    /// First name.
    Given,
    /// Names in between.
    Middle,
    /// Last name.
    Family,
    /// What follows a name.
    Suffix,
    /// What friends say.
    Nickname,
    /// A whole name in one cell; used when its parts are absent.
    Name,
    /// Organisation.
    Organisation,
    /// What the person does there.
    JobTitle,
    /// Date of birth.
    Birthday,
    /// Language of the person.
    Language,
    /// Free text.
    Notes,
    /// Groups or categories, several in one cell.
    Labels,
    /// An e-mail address.
    Email,
    /// What the e-mail address in the same slot is called.
    EmailLabel,
    /// Outlook's kind of address: `EX` is none.
    EmailType,
    /// A phone number.
    Phone,
    /// What the phone number in the same slot is called.
    PhoneLabel,
    /// A web page.
    Website,
    /// What the web page in the same slot is called.
    WebsiteLabel,
    /// What the address in the same slot is called.
    AddressLabel,
    /// A whole postal address in one cell; used when its parts are absent.
    Formatted,
    /// Street and number; several columns of one slot become lines.
    Street,
    /// Box, floor, building.
    Extended,
    /// Post office box.
    PoBox,
    /// Town.
    City,
    /// Province or state.
    Region,
    /// Postcode.
    PostalCode,
    /// Country.
    Country,
    /// Outlook's "private" mark on the whole row.
    Private,
    /// Outlook's sensitivity; "private" and "confidential" mark the row too.
    Sensitivity,
    /// Kept, if at all, as a field of the owner's own.
    Other,
    /// The name of the own field in the same slot.
    OtherLabel,
}

/// The names of targets in the tables beside this file and in mappings; field keys are those of the command line.
const TARGETS: [(&str, Target); 33] = [
    ("prefix", Target::Prefix),
    ("given", Target::Given),
    ("middle", Target::Middle),
    ("family", Target::Family),
    ("suffix", Target::Suffix),
    ("nickname", Target::Nickname),
    ("name", Target::Name),
    ("organisation", Target::Organisation),
    ("job_title", Target::JobTitle),
    ("birthday", Target::Birthday),
    ("language", Target::Language),
    ("notes", Target::Notes),
    ("labels", Target::Labels),
    ("email", Target::Email),
    ("email_label", Target::EmailLabel),
    ("email_type", Target::EmailType),
    ("phone", Target::Phone),
    ("phone_label", Target::PhoneLabel),
    ("website", Target::Website),
    ("website_label", Target::WebsiteLabel),
    ("address_label", Target::AddressLabel),
    ("formatted", Target::Formatted),
    ("street", Target::Street),
    ("extended", Target::Extended),
    ("po_box", Target::PoBox),
    ("city", Target::City),
    ("region", Target::Region),
    ("postal_code", Target::PostalCode),
    ("country", Target::Country),
    ("private", Target::Private),
    ("sensitivity", Target::Sensitivity),
    ("other", Target::Other),
    ("other_label", Target::OtherLabel),
];

impl Target {
    /// Whether it says that a row is private, which is read and looked at whatever is ticked.
    pub(super) fn protects(self) -> bool {
        matches!(self, Self::Private | Self::Sensitivity)
    }

    /// The target of that name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        TARGETS.iter().find(|(known, _)| *known == name).map(|(_, target)| *target)
    }

    /// Its name.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        TARGETS.iter().find(|(_, target)| *target == self).map_or("other", |(name, _)| *name)
    }
}

macro_rules! whys {
    ($($(#[$doc:meta])* $name:ident = $text:literal,)+) => {
        /// Why a column is left out unless the owner ticks it (LAW §6). Codes are added, never renamed.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Why { $($(#[$doc])* $name,)+ }

        impl Why {
            /// Every reason.
            pub const ALL: &[Self] = &[$(Self::$name,)+];

            /// The code as other programs see it, and as `--with` takes it.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$name => $text,)+ }
            }

            /// The reason with this code.
            #[must_use]
            pub fn named(code: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|why| why.as_str() == code)
            }
        }
    };
}

whys! {
    /// Date of birth.
    Birthday = "birthday",
    /// Free text about a person.
    Notes = "notes",
    /// Partner, children, manager, assistant, who referred them: other people.
    Relations = "relations",
    /// A picture.
    Photo = "photo",
    /// Anniversaries and other dates.
    Events = "events",
    /// Gender.
    Gender = "gender",
    /// Government, tax or organisation numbers.
    GovernmentId = "government_id",
    /// Hobbies.
    Hobby = "hobby",
    /// Claims a consent. Importing never creates one: it goes to the source as a note.
    Consent = "consent",
    /// Not a field of contacts.
    Unknown = "unknown",
}

/// What a column means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Meaning {
    /// What its cells go into.
    pub target: Target,
    /// Which one of several: columns with the same slot belong together, lower slots come first.
    pub slot: u16,
    /// What the value is called when the file does not say.
    pub label: String,
    /// Set when it is left out unless ticked.
    pub why: Option<Why>,
}

impl Meaning {
    /// An ordinary field.
    #[must_use]
    pub fn of(target: Target) -> Self {
        Self { target, slot: 0, label: String::new(), why: None }
    }

    /// The n-th of a repeating field.
    #[must_use]
    pub fn nth(target: Target, slot: u16) -> Self {
        Self { slot, ..Self::of(target) }
    }

    /// The same, left out unless ticked.
    #[must_use]
    pub fn unless_ticked(mut self, why: Why) -> Self {
        self.why = Some(why);
        self
    }

    /// A column that says nothing to us, or claims a consent.
    #[must_use]
    pub fn unknown(header: &str) -> Self {
        let why = if claims_consent(&fold(header)) { Why::Consent } else { Why::Unknown };
        Self::of(Target::Other).unless_ticked(why)
    }

    /// A row of the tables beside this file: target, slot, label, why.
    pub(super) fn from_table(target: &str, slot: &str, label: &str, why: &str) -> Option<Self> {
        let target = Target::named(target)?;
        Some(Self { target, slot: slot.parse().ok()?, label: label.to_owned(), why: Why::named(why) })
    }
}

/// A column of the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// Its name as it stands in the file, trimmed; of two with one name the second has a number.
    pub header: String,
    /// What it means.
    pub meaning: Meaning,
    /// Whether its cells come in.
    pub kept: bool,
    /// It claims a consent: what it says is noted on the source, whatever else is made of it.
    pub claims: bool,
}

/// What the owner ticked and unticked. The default does neither.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Selection {
    all: bool,
    whys: BTreeSet<Why>,
    headers: BTreeSet<String>,
    unticked: BTreeSet<String>,
}

impl Selection {
    /// Everything in the file.
    #[must_use]
    pub fn all() -> Self {
        Self { all: true, ..Self::default() }
    }

    /// From words: a [`Why`] code ("birthday"), `ids` for government numbers, `all`, or a column's own name.
    #[must_use]
    pub fn of<'a>(words: impl IntoIterator<Item = &'a str>) -> Self {
        let mut selection = Self::default();
        for word in words.into_iter().map(str::trim).filter(|word| !word.is_empty()) {
            match (word, Why::named(word)) {
                ("all", _) => selection.all = true,
                ("ids", _) => drop(selection.whys.insert(Why::GovernmentId)),
                (_, Some(why)) => drop(selection.whys.insert(why)),
                (name, None) => drop(selection.headers.insert(fold(name))),
            }
        }
        selection
    }

    /// The same without the columns of these names, whatever else is ticked.
    #[must_use]
    pub fn without<'a>(mut self, headers: impl IntoIterator<Item = &'a str>) -> Self {
        self.unticked.extend(headers.into_iter().map(fold));
        self
    }

    /// Whether the owner ticked this column by its name, or took it out; nothing where neither.
    #[must_use]
    pub fn says(&self, header: &str) -> Option<bool> {
        if self.unticked.is_empty() && self.headers.is_empty() {
            return None;
        }
        let name = fold(header);
        if self.unticked.contains(&name) { Some(false) } else { self.headers.contains(&name).then_some(true) }
    }

    /// Whether the cells of this column come in.
    #[must_use]
    pub fn keeps(&self, header: &str, meaning: &Meaning) -> bool {
        self.says(header).unwrap_or_else(|| meaning.why.is_none_or(|why| self.all || self.whys.contains(&why)))
    }

    /// Checks that every column named is there.
    ///
    /// # Errors
    /// `Invalid`, field `with`, why `unknown_column`, with the name.
    pub fn check(&self, columns: &[Column]) -> Result<()> {
        let present: BTreeSet<String> = columns.iter().map(|column| fold(&column.header)).collect();
        match self.headers.union(&self.unticked).find(|name| !present.contains(*name)) {
            Some(name) => Err(Problem::invalid("with", "unknown_column").with("given", name.as_str())),
            None => Ok(()),
        }
    }
}

/// Words in a column's name that claim somebody agreed to something (in the four languages, folded).
fn claims_consent(header: &str) -> bool {
    const WORDS: [&str; 16] = [
        "consent",
        "opt-in",
        "optin",
        "opt in",
        "opt-out",
        "optout",
        "opt out",
        "toestemming",
        "nieuwsbrief",
        "newsletter",
        "einwilligung",
        "zustimmung",
        "permission",
        "gdpr",
        "dsgvo",
        "infolettre",
    ];
    WORDS.iter().any(|word| header.contains(word))
}
