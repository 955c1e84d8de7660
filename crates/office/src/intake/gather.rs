//! The cells of one record, put beside those that they belong with.

use super::draft::{Address, Draft};
use super::google;
use super::header::{Column, Target};
use super::table::Record;
use crate::normal::text::{fold, trim};

/// One value of a field that repeats.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Value {
    pub(super) slot: u16,
    pub(super) column: usize,
    pub(super) text: String,
}

/// Everything a record says, before anything is validated.
#[derive(Debug, Default)]
pub(super) struct Gather {
    /// The fields that have one value.
    pub(super) draft: Draft,
    pub(super) whole_name: String,
    pub(super) groups: Vec<String>,
    pub(super) emails: Vec<Value>,
    pub(super) phones: Vec<Value>,
    pub(super) websites: Vec<Value>,
    pub(super) others: Vec<Value>,
    pub(super) claims: Vec<(String, String)>,
    pub(super) private: bool,
    labels: Vec<(Target, u16, String)>,
    places: Vec<Place>,
}

#[derive(Debug, Default)]
struct Place {
    key: (u16, usize),
    address: Address,
    whole: String,
}

impl Gather {
    pub(super) fn of(columns: &[Column], record: &Record) -> Self {
        let mut gather = Self::default();
        for (at, (column, cell)) in columns.iter().zip(record.iter()).enumerate() {
            let cell = clean(cell);
            if cell.is_empty() {
                continue;
            }
            if column.claims {
                gather.claims.push((column.header.clone(), cell.to_owned()));
            }
            if column.kept {
                gather.take(at, column, cell);
            }
        }
        gather
    }

    /// The label of a slot, as typed.
    pub(super) fn label(&self, target: Target, slot: u16) -> Option<&str> {
        self.labels.iter().find(|(t, s, _)| *t == target && *s == slot).map(|(_, _, text)| text.as_str())
    }

    /// The postal addresses, by slot.
    pub(super) fn addresses(&self) -> Vec<Address> {
        let mut places: Vec<&Place> = self.places.iter().collect();
        places.sort_by_key(|place| place.key);
        let whole = |place: &Place| {
            let mut address = place.address.clone();
            if !is_postal(&address) {
                address.street.clone_from(&place.whole);
            }
            if let Some(label) = self.label(Target::AddressLabel, place.key.0) {
                address.label = trim(label.trim_start_matches('*')).to_owned();
            }
            address
        };
        places.into_iter().map(whole).collect()
    }

    fn take(&mut self, at: usize, column: &Column, cell: &str) {
        let (target, slot) = (column.meaning.target, column.meaning.slot);
        match target {
            Target::Prefix => first(&mut self.draft.prefix, cell),
            Target::Given => first(&mut self.draft.given, cell),
            Target::Middle => first(&mut self.draft.middle, cell),
            Target::Family => first(&mut self.draft.family, cell),
            Target::Suffix => first(&mut self.draft.suffix, cell),
            Target::Nickname => first(&mut self.draft.nickname, cell),
            Target::Name => first(&mut self.whole_name, cell),
            Target::Organisation => first(&mut self.draft.organisation, cell),
            Target::JobTitle => first(&mut self.draft.job_title, cell),
            Target::Birthday => first(&mut self.draft.birthday, cell),
            Target::Language => first(&mut self.draft.language, cell),
            Target::Notes => add_line(&mut self.draft.notes, cell),
            Target::Labels => self.groups.push(cell.to_owned()),
            Target::Email => several(&mut self.emails, slot, at, cell),
            Target::Phone => several(&mut self.phones, slot, at, cell),
            Target::Website => several(&mut self.websites, slot, at, cell),
            Target::Other => self.others.push(Value { slot, column: at, text: cell.to_owned() }),
            Target::Private => self.private |= is_yes(cell),
            Target::Sensitivity => self.private |= is_private(cell),
            Target::EmailLabel
            | Target::EmailType
            | Target::PhoneLabel
            | Target::WebsiteLabel
            | Target::AddressLabel
            | Target::OtherLabel => self.labels.push((target, slot, cell.to_owned())),
            Target::Formatted => self.place(column, cell, |place| &mut place.whole),
            Target::Street => self.place(column, cell, |place| &mut place.address.street),
            Target::Extended => self.place(column, cell, |place| &mut place.address.extended),
            Target::PoBox => self.place(column, cell, |place| &mut place.address.po_box),
            Target::City => self.place(column, cell, |place| &mut place.address.city),
            Target::Region => self.place(column, cell, |place| &mut place.address.region),
            Target::PostalCode => self.place(column, cell, |place| &mut place.address.postal_code),
            Target::Country => self.place(column, cell, |place| &mut place.address.country),
        }
    }

    /// A part of an address; several addresses may stand in one cell.
    fn place(&mut self, column: &Column, cell: &str, field: fn(&mut Place) -> &mut String) {
        for (n, part) in cell.split(google::BETWEEN).map(trim).enumerate().filter(|(_, part)| !part.is_empty()) {
            let key = (column.meaning.slot, n);
            let at = self.places.iter().position(|place| place.key == key).unwrap_or_else(|| {
                let address = Address { label: column.meaning.label.clone(), ..Address::default() };
                self.places.push(Place { key, address, whole: String::new() });
                self.places.len() - 1
            });
            if let Some(place) = self.places.get_mut(at) {
                add_line(field(place), part);
            }
        }
    }
}

/// A letter could be sent there: more than a region or a country.
pub(super) fn is_postal(address: &Address) -> bool {
    [&address.street, &address.po_box, &address.city, &address.postal_code].iter().any(|part| !part.is_empty())
}

/// A cell as its owner meant it: without white space around it, and without the one apostrophe that keeps a spreadsheet
/// from taking it for a formula (LAW §5).
pub(super) fn clean(cell: &str) -> &str {
    let cell = trim(cell);
    match cell.strip_prefix('\'') {
        Some(rest) if rest.starts_with(['=', '+', '-', '@', '\t']) => trim(rest),
        _ => cell,
    }
}

fn first(field: &mut String, cell: &str) {
    if field.is_empty() {
        field.push_str(cell);
    }
}

fn add_line(field: &mut String, cell: &str) {
    if !field.is_empty() {
        field.push('\n');
    }
    field.push_str(cell);
}

fn several(values: &mut Vec<Value>, slot: u16, column: usize, cell: &str) {
    let parts = cell.split(google::BETWEEN).map(clean).filter(|part| !part.is_empty());
    values.extend(parts.map(|part| Value { slot, column, text: part.to_owned() }));
}

fn is_yes(cell: &str) -> bool {
    let words = ["true", "waar", "wahr", "vrai", "1", "yes", "ja", "oui", "private", "prive", "privat"];
    words.contains(&fold(cell).as_str())
}

fn is_private(cell: &str) -> bool {
    let words = ["private", "prive", "privat", "confidential", "vertrouwelijk", "vertraulich", "confidentiel"];
    words.contains(&fold(cell).as_str())
}
