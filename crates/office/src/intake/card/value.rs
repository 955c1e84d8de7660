//! What a card says, sorted into columns.

use std::collections::{BTreeMap, HashMap};

use super::Card;
use super::column::{Half, One, Part, Place};
use super::property::{Property, parts, text};
use crate::intake::google;
use crate::normal::text::trim;

/// How many values of one kind a card may have.
const REPEATED: u16 = 20;

/// The values of a card, each with its column.
#[derive(Debug, Default)]
pub(super) struct Values {
    all: BTreeMap<Place, String>,
    too_many: bool,
}

impl Values {
    /// Sorts out what a card says. A picture is taken only where its column is `kept`.
    pub(super) fn of(card: &Card, kept: impl Fn(&Place) -> bool) -> Self {
        let named: HashMap<&str, &Property> = card
            .properties
            .iter()
            .filter(|property| property.name == "X-ABLABEL" && !property.group.is_empty())
            .map(|property| (property.group.as_str(), property))
            .collect();
        let mut sorting = Sorting { old: card.old, named, counts: [0; 4], values: Self::default() };
        for property in card.properties.iter().filter(|property| property.name != "X-ABLABEL") {
            sorting.take(property, &kept);
        }
        if sorting.counts[3] == 0 {
            card.properties.iter().filter(|property| property.name == "LABEL").for_each(|label| sorting.whole(label));
        }
        sorting.values.finished()
    }

    pub(super) fn places(&self) -> impl Iterator<Item = &Place> {
        self.all.keys()
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = (&Place, &str)> {
        self.all.iter().map(|(place, value)| (place, value.as_str()))
    }

    /// Whether some value had no place left.
    pub(super) fn too_many(&self) -> bool {
        self.too_many
    }

    /// Puts a value where nothing is yet.
    fn put(&mut self, place: Place, value: &str) {
        let value = trim(value);
        if value.is_empty() {
            return;
        }
        match self.all.get(&place) {
            None => drop(self.all.insert(place, value.to_owned())),
            Some(known) if known == value => {}
            Some(_) => self.too_many = true,
        }
    }

    /// Adds a value to what is there.
    fn add(&mut self, place: Place, value: &str, between: &str) {
        let value = trim(value);
        if value.is_empty() {
            return;
        }
        let cell = self.all.entry(place).or_default();
        if !cell.is_empty() {
            cell.push_str(between);
        }
        cell.push_str(value);
    }

    /// Takes away a whole name that is none: cards must have one, so that something else stands in.
    fn finished(mut self) -> Self {
        let whole = Place::One(One::Whole);
        let stands_in = self.all.get(&whole).is_some_and(|name| {
            self.all.iter().any(|(place, value)| {
                let other = matches!(place, Place::One(One::Nickname | One::Organisation));
                let address = matches!(place, Place::Email(_, Half::Value) | Place::Phone(_, Half::Value));
                (other || address) && value == name
            })
        });
        if stands_in {
            self.all.remove(&whole);
        }
        self
    }
}

/// A card being sorted out.
struct Sorting<'a> {
    old: bool,
    /// The person's own word for what is in a group.
    named: HashMap<&'a str, &'a Property>,
    /// How many e-mail addresses, phone numbers, web pages and postal addresses there were.
    counts: [u16; 4],
    values: Values,
}

impl Sorting<'_> {
    fn take(&mut self, property: &Property, kept: impl Fn(&Place) -> bool) {
        let value = &property.value;
        let one = match property.name.as_str() {
            "N" => return self.name(value),
            "ORG" => return self.organisation(value),
            "EMAIL" => return self.half(0, Place::Email, property, bare(&text(value, self.old), "mailto:")),
            "TEL" => return self.half(1, Place::Phone, property, bare(&text(value, self.old), "tel:")),
            "URL" => return self.half(2, Place::Website, property, text(value, self.old)),
            "ADR" => return self.address(property),
            "LABEL" => return,
            "NOTE" => return self.values.add(Place::One(One::Notes), &text(value, self.old), "\n"),
            "CATEGORIES" => {
                let labels = parts(value, ',', self.old);
                return labels.iter().for_each(|label| {
                    self.values.add(Place::One(One::Labels), label, &format!(" {} ", google::BETWEEN));
                });
            }
            "BDAY" => {
                return self
                    .values
                    .put(Place::One(One::Birthday), &birthday(&text(value, self.old), &property.no_year));
            }
            "FN" => One::Whole,
            "NICKNAME" => {
                let names = parts(value, ',', self.old).join(", ");
                return self.values.put(Place::One(One::Nickname), &names);
            }
            "TITLE" => One::JobTitle,
            "LANG" if self.values.all.contains_key(&Place::One(One::Language)) => return,
            "LANG" => One::Language,
            "CLASS" => One::Class,
            _ => return self.other(property, kept),
        };
        self.values.put(Place::One(one), &text(value, self.old));
    }

    fn name(&mut self, value: &str) {
        let places = [One::Family, One::Given, One::Middle, One::Prefix, One::Suffix];
        for (one, part) in places.into_iter().zip(escaped_parts(value, ';')) {
            let between = if matches!(one, One::Given | One::Middle) { " " } else { ", " };
            self.values.put(Place::One(one), &self.listed(part, between));
        }
    }

    /// A part of a structured value: several, parted by commas, but not in version 2.1.
    fn listed(&self, part: &str, between: &str) -> String {
        if self.old {
            return text(part, true);
        }
        let several = parts(part, ',', false);
        several.iter().map(|one| trim(one)).filter(|one| !one.is_empty()).collect::<Vec<_>>().join(between)
    }

    fn organisation(&mut self, value: &str) {
        let mut units = parts(value, ';', self.old).into_iter();
        self.values.put(Place::One(One::Organisation), &units.next().unwrap_or_default());
        let rest: Vec<String> = units.filter(|unit| !trim(unit).is_empty()).collect();
        self.values.put(Place::Other("ORG department".to_owned()), &rest.join(", "));
    }

    fn half(&mut self, kind: usize, place: fn(u16, Half) -> Place, property: &Property, value: String) {
        let Some(n) = self.next(kind, trim(&value)) else { return };
        self.values.put(place(n, Half::Label), &self.label(property));
        self.values.put(place(n, Half::Value), &value);
    }

    /// The number of the next value of a kind; none for a value that is empty or one too many.
    fn next(&mut self, kind: usize, value: &str) -> Option<u16> {
        let count = self.counts.get_mut(kind).filter(|_| !value.is_empty())?;
        if *count == REPEATED {
            self.values.too_many = true;
            return None;
        }
        *count += 1;
        Some(*count - 1)
    }

    fn address(&mut self, property: &Property) {
        let order =
            [Part::PoBox, Part::Extended, Part::Street, Part::City, Part::Region, Part::PostalCode, Part::Country];
        let cells: Vec<String> =
            escaped_parts(&property.value, ';').map(|part| trim(&self.listed(part, ", ")).to_owned()).collect();
        let Some(n) = self.next(3, cells.concat().as_str()) else { return };
        self.values.put(Place::Address(n, Part::Label), &self.label(property));
        for (part, cell) in order.into_iter().zip(&cells) {
            self.values.put(Place::Address(n, part), cell);
        }
    }

    /// A whole address, where the card has none in parts.
    fn whole(&mut self, property: &Property) {
        let whole = text(&property.value, self.old);
        let Some(n) = self.next(3, trim(&whole)) else { return };
        self.values.put(Place::Address(n, Part::Label), &self.label(property));
        self.values.put(Place::Address(n, Part::Whole), &whole);
    }

    fn other(&mut self, property: &Property, kept: impl Fn(&Place) -> bool) {
        let own = (property.name == "X-AKKOORD-FIELD").then(|| self.own_name(property)).flatten();
        let name: String = own.unwrap_or_else(|| property.name.clone()).chars().take(100).collect();
        let place = Place::Other(name);
        match property.binary {
            true if !kept(&place) => self.values.put(place, "…"),
            true if property.value.contains(':') => self.values.put(place, &property.value),
            true => self.values.put(place, &data(property)),
            false if property.name == "ANNIVERSARY" => self.values.put(place, &birthday(&property.value, "")),
            false => self.values.add(place, &text(&property.value, self.old), "\n"),
        }
    }

    /// What a value is for: the person's own word, or the card's.
    fn label(&self, property: &Property) -> String {
        let label = self.own_name(property).unwrap_or_else(|| {
            let kinds: Vec<String> = property.types.iter().filter_map(|kind| word(kind)).collect();
            kinds.join(" ")
        });
        // As Google marks the one that is preferred.
        if property.is("pref") { format!("* {label}") } else { label }
    }

    fn own_name(&self, property: &Property) -> Option<String> {
        let label = text(&self.named.get(property.group.as_str())?.value, self.old);
        let bare = label.strip_prefix("_$!<").and_then(|label| label.strip_suffix(">!$_")).unwrap_or(&label);
        Some(trim(bare).to_owned()).filter(|label| !label.is_empty())
    }
}

/// Parts between marks that are not escaped, with what is escaped in them still escaped.
fn escaped_parts(value: &str, mark: char) -> impl Iterator<Item = &str> {
    let mut escaped = false;
    value.split(move |c: char| {
        let parts = c == mark && !escaped;
        escaped = c == '\\' && !escaped;
        parts
    })
}

/// A type in the words in which address books say it; none for what says nothing.
fn word(kind: &str) -> Option<String> {
    let known = match kind.to_ascii_lowercase().as_str() {
        "home" => "Home",
        "work" => "Work",
        "cell" | "mobile" => "Mobile",
        "fax" => "Fax",
        "pager" => "Pager",
        "main" => "Main",
        "pref" | "voice" | "internet" | "text" | "textphone" | "msg" | "video" | "isdn" | "pcs" | "modem" | "bbs"
        | "car" | "dom" | "intl" | "postal" | "parcel" | "iphone" | "other" | "tlx" | "x400" | "" => return None,
        _ => kind,
    };
    Some(known.to_owned())
}

/// Bytes as the URI that says what they are.
fn data(property: &Property) -> String {
    let kind = property.types.iter().find(|kind| !kind.eq_ignore_ascii_case("pref"));
    let kind = kind.map_or("octet-stream".to_owned(), |kind| kind.to_ascii_lowercase());
    let family = match property.name.as_str() {
        "PHOTO" | "LOGO" => "image",
        "SOUND" => "audio",
        _ => "application",
    };
    format!("data:{family}/{kind};base64,{}", property.value.replace([' ', '\t'], ""))
}

fn bare(value: &str, scheme: &str) -> String {
    match value.get(..scheme.len()) {
        Some(start) if start.eq_ignore_ascii_case(scheme) => value.get(scheme.len()..).unwrap_or_default().to_owned(),
        _ => value.to_owned(),
    }
}

/// A date as every file has it: `19800307` with hyphens, and without the year that a program put for none.
fn birthday(value: &str, no_year: &str) -> String {
    let value = trim(value);
    let day = value.split(['T', ' ']).next().unwrap_or_default();
    let value = match (day.len(), day.bytes().all(|b| b.is_ascii_digit()), day.get(..4), day.get(4..6), day.get(6..)) {
        (8, true, Some(year), Some(month), Some(rest)) => format!("{year}-{month}-{rest}"),
        _ => value.to_owned(),
    };
    match value.strip_prefix(no_year).filter(|_| no_year.len() == 4) {
        Some(rest) => format!("-{rest}"),
        None => value,
    }
}
