//! The columns that cards have: what they are called and what they mean.

use crate::intake::header::{Meaning, Target, Why};

/// How many properties of other names a file may have.
pub(super) const OTHERS: usize = 200;

/// A column, in the order in which people read them.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Place {
    /// A value that a contact has once.
    One(One),
    Email(u16, Half),
    Phone(u16, Half),
    Website(u16, Half),
    Address(u16, Part),
    /// A property that is no field of contacts.
    Other(String),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum One {
    Whole,
    Prefix,
    Given,
    Middle,
    Family,
    Suffix,
    Nickname,
    Organisation,
    JobTitle,
    Language,
    Labels,
    Birthday,
    Notes,
    Class,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Half {
    Label,
    Value,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Part {
    Label,
    Whole,
    Street,
    Extended,
    PoBox,
    City,
    Region,
    PostalCode,
    Country,
}

impl One {
    /// Its name in a card, the name of the column in which Google has it, and what it means.
    fn facts(self) -> (&'static str, &'static str, Target, Option<Why>) {
        match self {
            Self::Whole => ("FN", "Name", Target::Name, None),
            Self::Prefix => ("N prefix", "Name Prefix", Target::Prefix, None),
            Self::Given => ("N given", "First Name", Target::Given, None),
            Self::Middle => ("N middle", "Middle Name", Target::Middle, None),
            Self::Family => ("N family", "Last Name", Target::Family, None),
            Self::Suffix => ("N suffix", "Name Suffix", Target::Suffix, None),
            Self::Nickname => ("NICKNAME", "Nickname", Target::Nickname, None),
            Self::Organisation => ("ORG", "Organization Name", Target::Organisation, None),
            Self::JobTitle => ("TITLE", "Organization Title", Target::JobTitle, None),
            Self::Language => ("LANG", "Language", Target::Language, None),
            Self::Labels => ("CATEGORIES", "Labels", Target::Labels, None),
            Self::Birthday => ("BDAY", "Birthday", Target::Birthday, Some(Why::Birthday)),
            Self::Notes => ("NOTE", "Notes", Target::Notes, Some(Why::Notes)),
            Self::Class => ("CLASS", "Sensitivity", Target::Sensitivity, None),
        }
    }
}

impl Part {
    fn facts(self) -> (&'static str, &'static str, Target) {
        match self {
            Self::Label => ("type", "Label", Target::AddressLabel),
            Self::Whole => ("label", "Formatted", Target::Formatted),
            Self::Street => ("street", "Street", Target::Street),
            Self::Extended => ("extended", "Extended Address", Target::Extended),
            Self::PoBox => ("po box", "PO Box", Target::PoBox),
            Self::City => ("city", "City", Target::City),
            Self::Region => ("region", "Region", Target::Region),
            Self::PostalCode => ("postal code", "Postal Code", Target::PostalCode),
            Self::Country => ("country", "Country", Target::Country),
        }
    }
}

impl Place {
    /// The column's name, as the card has it.
    pub(super) fn name(&self) -> String {
        let half = |name: &str, n: &u16, half: &Half| match half {
            Half::Label => format!("{} type", numbered(name, *n)),
            Half::Value => numbered(name, *n),
        };
        match self {
            Self::One(one) => one.facts().0.to_owned(),
            Self::Email(n, part) => half("EMAIL", n, part),
            Self::Phone(n, part) => half("TEL", n, part),
            Self::Website(n, part) => half("URL", n, part),
            Self::Address(n, part) => format!("{} {}", numbered("ADR", *n), part.facts().0),
            Self::Other(name) => name.clone(),
        }
    }

    /// The column's name in a table that is read again.
    pub(super) fn saved(&self) -> String {
        let half = |name: &str, n: &u16, half: &Half| match half {
            Half::Label => format!("{name} {} - Label", n + 1),
            Half::Value => format!("{name} {} - Value", n + 1),
        };
        match self {
            Self::One(one) => one.facts().1.to_owned(),
            Self::Email(n, part) => half("E-mail", n, part),
            Self::Phone(n, part) => half("Phone", n, part),
            Self::Website(n, part) => half("Website", n, part),
            Self::Address(n, part) => format!("Address {} - {}", n + 1, part.facts().1),
            Self::Other(name) => name.clone(),
        }
    }

    pub(super) fn meaning(&self) -> Meaning {
        let half = |n: &u16, half: &Half, label: Target, value: Target| {
            Meaning::nth(if *half == Half::Label { label } else { value }, *n)
        };
        match self {
            Self::One(one) => {
                let (_, _, target, why) = one.facts();
                Meaning { why, ..Meaning::of(target) }
            }
            Self::Email(n, part) => half(n, part, Target::EmailLabel, Target::Email),
            Self::Phone(n, part) => half(n, part, Target::PhoneLabel, Target::Phone),
            Self::Website(n, part) => half(n, part, Target::WebsiteLabel, Target::Website),
            Self::Address(n, part) => Meaning::nth(part.facts().2, *n),
            Self::Other(name) => match why(name) {
                Some(why) => Meaning::of(Target::Other).unless_ticked(why),
                None => Meaning::unknown(name),
            },
        }
    }
}

fn numbered(name: &str, n: u16) -> String {
    if n == 0 { name.to_owned() } else { format!("{name} {}", n + 1) }
}

/// Why a property that is no field of contacts is left out, where its name tells.
fn why(name: &str) -> Option<Why> {
    Some(match name {
        "PHOTO" | "LOGO" | "SOUND" | "X-MS-CARDPICTURE" => Why::Photo,
        "GENDER" | "X-GENDER" | "SEX" => Why::Gender,
        "ANNIVERSARY" | "X-ANNIVERSARY" | "X-EVOLUTION-ANNIVERSARY" | "X-ABDATE" | "DEATHDATE" | "BIRTHPLACE" => {
            Why::Events
        }
        "RELATED"
        | "AGENT"
        | "X-SPOUSE"
        | "X-EVOLUTION-SPOUSE"
        | "X-ABRELATEDNAMES"
        | "X-MANAGER"
        | "X-EVOLUTION-MANAGER"
        | "X-ASSISTANT"
        | "X-EVOLUTION-ASSISTANT"
        | "X-CHILDREN"
        | "X-MS-SPOUSE"
        | "X-MS-MANAGER"
        | "X-MS-ASSISTANT"
        | "X-MS-CHILD" => Why::Relations,
        "HOBBY" | "INTEREST" | "EXPERTISE" => Why::Hobby,
        _ => return None,
    })
}

/// Pictures, sounds and keys: large, and not text.
pub(super) fn is_binary(name: &str) -> bool {
    matches!(name, "PHOTO" | "LOGO" | "SOUND" | "KEY" | "X-MS-CARDPICTURE")
}

/// What says something about the card and not about the contact.
pub(super) fn is_envelope(name: &str) -> bool {
    const NAMES: [&str; 15] = [
        "VERSION",
        "PRODID",
        "REV",
        "UID",
        "KIND",
        "SOURCE",
        "CLIENTPIDMAP",
        "MAILER",
        "PROFILE",
        "NAME",
        "SORT-STRING",
        "X-ABUID",
        "X-ABSHOWAS",
        "X-ABADR",
        "X-ADDRESSBOOKSERVER-KIND",
    ];
    NAMES.contains(&name) || name.starts_with("X-MS-OL-")
}
