//! What every reader turns a row into, whatever the format; planning and applying know nothing else.

/// A contact as one row of a file, or one person at the keyboard, gives it. Text is as typed, trimmed; empty means absent.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Draft {
    /// "Dr.", "Mevr."
    pub prefix: String,
    /// First name.
    pub given: String,
    /// Names between the first and the family name.
    pub middle: String,
    /// Last name.
    pub family: String,
    /// "Jr."
    pub suffix: String,
    /// What friends say.
    pub nickname: String,
    /// The organisation that the person belongs to, or that this is.
    pub organisation: String,
    /// What the person does there.
    pub job_title: String,
    /// ISO 8601 date, `--MM-DD` when the year is unknown; as typed when it is neither.
    pub birthday: String,
    /// BCP 47 tag, as far as known.
    pub language: String,
    /// Free text; may hold line breaks.
    pub notes: String,
    /// Groups or categories.
    pub labels: Vec<String>,
    /// E-mail addresses, valid ones only; the first is the preferred one.
    pub emails: Vec<Email>,
    /// Phone numbers, valid ones only; the first is the preferred one.
    pub phones: Vec<Phone>,
    /// Postal addresses.
    pub addresses: Vec<Address>,
    /// Web pages.
    pub websites: Vec<Website>,
    /// The owner's own fields and ticked unknown columns: (field key, value).
    pub custom: Vec<(String, String)>,
}

/// An e-mail address as typed and as compared.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Email {
    /// As typed.
    pub value: String,
    /// Lower case, domain in IDNA; never empty.
    pub normalised: String,
    /// "Work", "Thuis"; may be empty.
    pub label: String,
}

/// A phone number as typed and as compared.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Phone {
    /// As typed.
    pub value: String,
    /// E.164 with the leading `+`; never empty.
    pub e164: String,
    /// The national significant number with its trunk prefix, digits only, for search ("0475123456").
    pub national: String,
    /// "Mobile", "Werk"; may be empty.
    pub label: String,
}

/// A postal address in parts.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Address {
    /// "Work", "Thuis"; may be empty.
    pub label: String,
    /// Street and number, lines joined by a line break.
    pub street: String,
    /// Box, floor, building.
    pub extended: String,
    /// Post office box.
    pub po_box: String,
    /// Town.
    pub city: String,
    /// Province or state.
    pub region: String,
    /// Postcode.
    pub postal_code: String,
    /// As typed: a name or an ISO code.
    pub country: String,
}

/// A web page.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Website {
    /// As typed.
    pub value: String,
    /// "Work"; may be empty.
    pub label: String,
}
