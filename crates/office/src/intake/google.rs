//! Google Contacts: the layout since 2024 (`First Name … Labels`, `E-mail 1 - Label`), also trimmed, and the one before
//! (`Name, Given Name …`, `E-mail 1 - Type`). Columns are matched by name; how many there are depends on the fullest contact.

use super::header::{Meaning, Target, Why};
use crate::normal::text::fold;

/// What stands between several values in one cell.
pub const BETWEEN: &str = ":::";
/// The group that holds everybody; says nothing about anybody.
pub const EVERYBODY: &str = "mycontacts";

/// Names that only Google gives to columns, besides the numbered ones.
const MARKS: [&str; 8] = [
    "phonetic first name",
    "file as",
    "organization name",
    "organization title",
    "labels",
    "given name",
    "yomi name",
    "group membership",
];

/// Whether this is a header of Google's: a numbered column ("E-mail 1 - Value"), or two of its own names and a name column.
#[must_use]
pub fn recognises(headers: &[String]) -> bool {
    let folded: Vec<String> = headers.iter().map(|h| fold(h)).collect();
    let numbered = folded.iter().any(|h| matches!(numbered(h), Some(("e-mail" | "phone", _, _))));
    let marks = folded.iter().filter(|h| MARKS.contains(&h.as_str())).count();
    let named = folded.iter().any(|h| matches!(h.as_str(), "first name" | "last name" | "given name" | "family name"));
    numbered || (marks >= 2 && named)
}

/// What a column of that name means.
#[must_use]
pub fn meaning(header: &str) -> Meaning {
    let folded = fold(header);
    fixed(&folded).or_else(|| repeated(&folded)).unwrap_or_else(|| Meaning::unknown(header))
}

fn fixed(header: &str) -> Option<Meaning> {
    let target = match header {
        "first name" | "given name" => Target::Given,
        "middle name" | "additional name" => Target::Middle,
        "last name" | "family name" => Target::Family,
        "name prefix" => Target::Prefix,
        "name suffix" => Target::Suffix,
        "nickname" => Target::Nickname,
        "name" => Target::Name,
        "organization name" | "organization 1 - name" => Target::Organisation,
        "organization title" | "organization 1 - title" => Target::JobTitle,
        "language" => Target::Language,
        "labels" | "group membership" => Target::Labels,
        "birthday" => return Some(Meaning::of(Target::Birthday).unless_ticked(Why::Birthday)),
        "notes" => return Some(Meaning::of(Target::Notes).unless_ticked(Why::Notes)),
        "photo" => return Some(Meaning::of(Target::Other).unless_ticked(Why::Photo)),
        "gender" => return Some(Meaning::of(Target::Other).unless_ticked(Why::Gender)),
        "hobby" => return Some(Meaning::of(Target::Other).unless_ticked(Why::Hobby)),
        _ => return None,
    };
    Some(Meaning::of(target))
}

fn repeated(header: &str) -> Option<Meaning> {
    let (kind, slot, part) = numbered(header)?;
    // Own fields, dates and relations have slots of their own, so that each finds its own name.
    let own = |offset: u16, why| {
        let target = if part == "value" { Target::Other } else { Target::OtherLabel };
        Some(Meaning::nth(target, slot.saturating_add(offset)).unless_ticked(why))
    };
    let target = match (kind, part) {
        ("e-mail", "value") => Target::Email,
        ("e-mail", "label" | "type") => Target::EmailLabel,
        ("phone", "value") => Target::Phone,
        ("phone", "label" | "type") => Target::PhoneLabel,
        ("website", "value") => Target::Website,
        ("website", "label" | "type") => Target::WebsiteLabel,
        ("address", "label" | "type") => Target::AddressLabel,
        ("address", "formatted") => Target::Formatted,
        ("address", "street") => Target::Street,
        ("address", "extended address") => Target::Extended,
        ("address", "po box") => Target::PoBox,
        ("address", "city") => Target::City,
        ("address", "region") => Target::Region,
        ("address", "postal code") => Target::PostalCode,
        ("address", "country") => Target::Country,
        ("custom field", "value" | "label" | "type") => return own(1_000, Why::Unknown),
        ("event", "value" | "label" | "type") => return own(2_000, Why::Events),
        ("relation", "value" | "label" | "type") => return own(3_000, Why::Relations),
        _ => return None,
    };
    Some(Meaning::nth(target, slot))
}

/// "e-mail 12 - value" in its three parts.
fn numbered(header: &str) -> Option<(&str, u16, &str)> {
    let (left, part) = header.split_once(" - ")?;
    let (kind, number) = left.rsplit_once(' ')?;
    Some((kind, number.parse().ok()?, part))
}
