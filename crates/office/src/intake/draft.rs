//! What every reader turns a row into, whatever the format; planning and applying know nothing else.

use serde::Serialize;

use crate::people;

/// A contact as one row of a file, or one person at the keyboard, gives it. Text is as typed, trimmed; empty means absent.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename = "ContactDraft")]
pub struct Draft {
    /// "Dr.", "Mevr."
    #[serde(skip_serializing_if = "String::is_empty")]
    pub prefix: String,
    /// First name.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub given: String,
    /// Names between the first and the family name.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub middle: String,
    /// Last name.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub family: String,
    /// "Jr."
    #[serde(skip_serializing_if = "String::is_empty")]
    pub suffix: String,
    /// What friends say.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub nickname: String,
    /// The organisation that the person belongs to, or that this is.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub organisation: String,
    /// What the person does there.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub job_title: String,
    /// ISO 8601 date, `--MM-DD` when the year is unknown; as typed when it is neither.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub birthday: String,
    /// BCP 47 tag, as far as known.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub language: String,
    /// Free text; may hold line breaks.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub notes: String,
    /// Groups or categories.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub labels: Vec<String>,
    /// E-mail addresses, valid ones only; the first is the preferred one.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub emails: Vec<Email>,
    /// Phone numbers, valid ones only; the first is the preferred one.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub phones: Vec<Phone>,
    /// Postal addresses.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub addresses: Vec<Address>,
    /// Web pages.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub websites: Vec<Website>,
    /// The owner's own fields and ticked unknown columns: (field key, value).
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub custom: Vec<(String, String)>,
}

impl Draft {
    /// All parts of a person's name, as it stands on an envelope; empty where there are none.
    #[must_use]
    pub fn full_name(&self) -> String {
        let parts = [&self.prefix, &self.given, &self.middle, &self.family, &self.suffix];
        parts.into_iter().filter(|part| !part.is_empty()).map(String::as_str).collect::<Vec<_>>().join(" ")
    }

    /// The fields that a contact has once, by their key, in the order in which people read them; each is a column too.
    pub const SINGLE: [&'static str; 11] = [
        "prefix",
        "given",
        "middle",
        "family",
        "suffix",
        "nickname",
        "organisation",
        "job_title",
        "birthday",
        "language",
        "notes",
    ];

    /// The values of [`Draft::SINGLE`], each with its key.
    #[must_use]
    pub fn singles(&self) -> [(&'static str, &str); 11] {
        let values = [
            &self.prefix,
            &self.given,
            &self.middle,
            &self.family,
            &self.suffix,
            &self.nickname,
            &self.organisation,
            &self.job_title,
            &self.birthday,
            &self.language,
            &self.notes,
        ];
        std::array::from_fn(|at| (Self::SINGLE[at], values[at].as_str()))
    }

    /// What people call the contact.
    #[must_use]
    pub fn name(&self) -> String {
        let parts = [&self.prefix, &self.given, &self.middle, &self.family, &self.suffix].map(String::clone);
        let address = self.emails.first().map(|email| email.value.as_str());
        let address = address.or_else(|| self.phones.first().map(|phone| phone.value.as_str()));
        people::display_name(&parts, &self.nickname, &self.organisation, address)
    }

    /// Adds what another draft of the same contact says: single values where this one has none, and every repeated value.
    pub(crate) fn take_in(&mut self, other: Self) {
        let singles = [
            (&mut self.prefix, other.prefix),
            (&mut self.given, other.given),
            (&mut self.middle, other.middle),
            (&mut self.family, other.family),
            (&mut self.suffix, other.suffix),
            (&mut self.nickname, other.nickname),
            (&mut self.organisation, other.organisation),
            (&mut self.job_title, other.job_title),
            (&mut self.birthday, other.birthday),
            (&mut self.language, other.language),
            (&mut self.notes, other.notes),
        ];
        for (ours, theirs) in singles {
            if ours.is_empty() {
                *ours = theirs;
            }
        }
        self.labels.extend(other.labels);
        self.emails.extend(other.emails);
        self.phones.extend(other.phones);
        self.addresses.extend(other.addresses);
        self.websites.extend(other.websites);
        self.custom.extend(other.custom);
    }
}

/// An e-mail address as typed and as compared.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct Email {
    /// As typed.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub value: String,
    /// Lower case, domain in IDNA; never empty.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub normalised: String,
    /// "Work", "Thuis"; may be empty.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub label: String,
}

/// A phone number as typed and as compared.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct Phone {
    /// As typed.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub value: String,
    /// E.164 with the leading `+`; never empty.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub e164: String,
    /// The national significant number with its trunk prefix, digits only, for search ("0475123456").
    #[serde(skip_serializing_if = "String::is_empty")]
    pub national: String,
    /// "Mobile", "Werk"; may be empty.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub label: String,
}

/// A postal address in parts.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct Address {
    /// "Work", "Thuis"; may be empty.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub label: String,
    /// Street and number, lines joined by a line break.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub street: String,
    /// Box, floor, building.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub extended: String,
    /// Post office box.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub po_box: String,
    /// Town.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub city: String,
    /// Province or state.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub region: String,
    /// Postcode.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub postal_code: String,
    /// As typed: a name or an ISO code.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub country: String,
}

impl Address {
    /// As it stands on an envelope, in one line.
    #[must_use]
    pub fn line(&self) -> String {
        let street = self.street.replace('\n', ", ");
        let town = format!("{} {}", self.postal_code, self.city);
        let parts = [street.as_str(), &self.extended, &self.po_box, town.trim(), &self.region, &self.country];
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
    }
}

/// A web page.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct Website {
    /// As typed.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub value: String,
    /// "Work"; may be empty.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub label: String,
}
