//! By what somebody who was erased is known again, so that the same data does not come in twice (SPEC §10). What is kept of it is
//! a keyed hash; here it is said of which text.

use chrono::NaiveDate;

use crate::codes::codes;

codes! {
    /// What an entry of the blocked list is the hash of.
    #[serde(rename = "BlockedKind")]
    pub enum Kind {
        /// An e-mail address.
        Email = "email",
        /// A phone number.
        Phone = "phone",
        /// A name with a full birthday.
        NameBirthday = "name_birthday",
        /// A name with a postcode.
        NamePostcode = "name_postcode",
    }
}

impl Kind {
    /// Whether a match refuses: an address is one person's, a name with a birthday or postcode may be somebody else's too and
    /// only warns.
    #[must_use]
    pub const fn refuses(self) -> bool {
        match self {
            Self::Email | Self::Phone => true,
            Self::NameBirthday | Self::NamePostcode => false,
        }
    }
}

/// One thing by which somebody is known, normalised by the caller.
#[derive(Clone, PartialEq, Eq)]
pub struct Identifier {
    /// What it is.
    pub kind: Kind,
    text: String,
}

/// Its text is somebody's data, and goes nowhere but into a hash.
impl std::fmt::Debug for Identifier {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Identifier").field("kind", &self.kind).finish_non_exhaustive()
    }
}

impl Identifier {
    /// An e-mail address, in the form in which addresses are compared.
    #[must_use]
    pub fn email(normalised: &str) -> Self {
        Self { kind: Kind::Email, text: normalised.to_owned() }
    }

    /// A phone number in E.164.
    #[must_use]
    pub fn phone(e164: &str) -> Self {
        Self { kind: Kind::Phone, text: e164.to_owned() }
    }

    /// A name with a birthday; `None` without a name, or for a day without its year, which too many share.
    #[must_use]
    pub fn name_birthday(name: &str, birthday: &str) -> Option<Self> {
        let born: NaiveDate = birthday.parse().ok()?;
        named(Kind::NameBirthday, name, &born.to_string())
    }

    /// A name with a postcode, however that is spaced; `None` where one of them is empty.
    #[must_use]
    pub fn name_postcode(name: &str, postcode: &str) -> Option<Self> {
        let bare: String = postcode.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_uppercase).collect();
        if bare.is_empty() { None } else { named(Kind::NamePostcode, name, &bare) }
    }

    /// The bytes that are hashed: each kind has its own, so that no two kinds ever give one hash.
    #[must_use]
    pub fn message(&self) -> Vec<u8> {
        [self.kind.as_str().as_bytes(), b"\0", self.text.as_bytes()].concat()
    }
}

fn named(kind: Kind, name: &str, beside: &str) -> Option<Identifier> {
    if name.trim().is_empty() { None } else { Some(Identifier { kind, text: format!("{name}\0{beside}") }) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_refuses_and_a_name_warns() {
        let refusing: Vec<&str> = Kind::ALL.iter().filter(|kind| kind.refuses()).map(|kind| kind.as_str()).collect();
        assert_eq!(refusing, ["email", "phone"]);
    }

    #[test]
    fn one_postcode_in_any_spacing_is_one() {
        let of = |postcode: &str| Identifier::name_postcode("an peeters", postcode).map(|one| one.message());
        assert_eq!(of("1012 ab"), of("1012AB"));
        assert_ne!(of("1012AB"), of("1012AC"));
        assert_eq!(of(" - "), None);
        assert_eq!(Identifier::name_postcode(" ", "9000"), None);
    }

    #[test]
    fn a_birthday_without_its_year_is_nobodys() {
        assert!(Identifier::name_birthday("an peeters", "1990-04-01").is_some());
        for day in ["--04-01", "", "1990"] {
            assert_eq!(Identifier::name_birthday("an peeters", day), None, "{day}");
        }
    }

    #[test]
    fn no_two_kinds_have_one_message() {
        assert_ne!(Identifier::email("x").message(), Identifier::phone("x").message());
        assert_eq!(format!("{:?}", Identifier::email("an@example.be")), "Identifier { kind: Email, .. }");
    }
}
