//! What a row means for a contact that is there already: what it fills, what it adds, where it disagrees.

use std::borrow::Cow;

use super::draft::{Address, Draft, Email, Phone, Website};
use crate::normal::text::{fold, name_key};
use crate::vault::import::Fillings;

/// A single value that a row fills.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Fill {
    pub(super) field: &'static str,
    pub(super) value: String,
}

/// What a row changes on a contact. Nothing is ever overwritten.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Merge {
    pub(super) fills: Vec<Fill>,
    pub(super) emails: Vec<Email>,
    pub(super) phones: Vec<Phone>,
    pub(super) addresses: Vec<Address>,
    pub(super) websites: Vec<Website>,
    pub(super) labels: Vec<String>,
    pub(super) custom: Vec<(String, String)>,
    /// Fields in which the row says something else than the contact.
    pub(super) conflicts: Vec<Cow<'static, str>>,
}

impl Merge {
    /// Compares a row with the contact that it was matched to.
    pub(super) fn of(ours: &Draft, theirs: &Draft) -> Self {
        let mut merge = Self::default();
        let name_differs = differs(ours, theirs);
        for ((field, mine), (_, other)) in ours.singles().into_iter().zip(theirs.singles()) {
            if other.is_empty() || fold(mine) == fold(other) {
                continue;
            }
            // A name is one thing: parts of two people's names would make a third person.
            if mine.is_empty() && !(name_differs && NAME.contains(&field)) {
                merge.fills.push(Fill { field, value: other.to_owned() });
            } else {
                merge.conflicts.push(field.into());
            }
        }
        merge.repeated(ours, theirs);
        for (key, value) in &theirs.custom {
            match ours.custom.iter().find(|(known, _)| known == key) {
                None => merge.custom.push((key.clone(), value.clone())),
                Some((_, known)) if fold(known) == fold(value) => {}
                Some(_) => merge.conflicts.push(key.clone().into()),
            }
        }
        merge
    }

    fn repeated(&mut self, ours: &Draft, theirs: &Draft) {
        let new_email = |email: &&Email| !ours.emails.iter().any(|known| known.normalised == email.normalised);
        self.emails = theirs.emails.iter().filter(new_email).cloned().collect();
        let new_phone = |phone: &&Phone| !ours.phones.iter().any(|known| known.e164 == phone.e164);
        self.phones = theirs.phones.iter().filter(new_phone).cloned().collect();
        let new_label = |label: &&String| !ours.labels.contains(label);
        self.labels = theirs.labels.iter().filter(new_label).cloned().collect();
        let new_site = |site: &&Website| !ours.websites.iter().any(|known| same_page(&known.value, &site.value));
        let websites: Vec<Website> = theirs.websites.iter().filter(new_site).cloned().collect();
        let new_address = |address: &&Address| !ours.addresses.iter().any(|known| same_place(known, address));
        let addresses: Vec<Address> = theirs.addresses.iter().filter(new_address).cloned().collect();
        match (ours.websites.is_empty(), websites.is_empty()) {
            (true, _) => self.websites = websites,
            (false, false) => self.conflicts.push("website".into()),
            (false, true) => {}
        }
        match (ours.addresses.is_empty(), addresses.is_empty()) {
            (true, _) => self.addresses = addresses,
            (false, false) => self.conflicts.push("address".into()),
            (false, true) => {}
        }
    }

    /// What it changes, as it is written.
    pub(super) fn parts(&self) -> Fillings<'_> {
        Fillings {
            singles: self.fills.iter().map(|fill| (fill.field, fill.value.as_str())).collect(),
            emails: &self.emails,
            phones: &self.phones,
            addresses: &self.addresses,
            websites: &self.websites,
            labels: &self.labels,
            custom: &self.custom,
        }
    }

    /// Whether it changes anything.
    pub(super) fn is_empty(&self) -> bool {
        self.fills.is_empty()
            && self.emails.is_empty()
            && self.phones.is_empty()
            && self.addresses.is_empty()
            && self.websites.is_empty()
            && self.labels.is_empty()
            && self.custom.is_empty()
    }
}

/// Whether two addresses of the web lead to one page: people leave the scheme out, and programs put it back.
fn same_page(a: &str, b: &str) -> bool {
    let bare = |page: &str| {
        let page = fold(page);
        let page = page.strip_prefix("https://").or_else(|| page.strip_prefix("http://")).unwrap_or(&page);
        page.trim_end_matches('/').to_owned()
    };
    bare(a) == bare(b)
}

fn same_place(a: &Address, b: &Address) -> bool {
    let parts = |address: &Address| {
        [&address.street, &address.extended, &address.po_box, &address.postal_code, &address.city]
            .map(|part| fold(part))
    };
    parts(a) == parts(b)
}

/// The fields that make up a person's name.
const NAME: [&str; 6] = ["prefix", "given", "middle", "family", "suffix", "nickname"];

/// Whether two drafts name different people: a part of the name that both have differs, or one is an organisation and the
/// other has a person's name.
fn differs(ours: &Draft, theirs: &Draft) -> bool {
    let parts = |draft: &Draft| [&draft.given, &draft.middle, &draft.family].map(|part| name_key(part));
    let (mine, other) = (parts(ours), parts(theirs));
    let nobody = mine.iter().all(String::is_empty) && ours.nickname.is_empty();
    let disagree = mine.iter().zip(&other).any(|(a, b)| !a.is_empty() && !b.is_empty() && a != b);
    disagree || (nobody && !ours.organisation.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn draft(given: &str, family: &str, notes: &str) -> Draft {
        Draft { given: given.into(), family: family.into(), notes: notes.into(), ..Draft::default() }
    }

    #[test]
    fn fills_what_is_empty_and_never_overwrites() {
        let merge = Merge::of(&draft("An", "", "oud"), &draft("An", "Peeters", "nieuw"));
        assert_eq!(merge.fills, [Fill { field: "family", value: "Peeters".into() }]);
        assert_eq!(merge.conflicts, ["notes"]);
    }

    #[test]
    fn case_and_accents_are_no_conflict() {
        assert_eq!(Merge::of(&draft("René", "Maes", ""), &draft("RENE", "maes", "")), Merge::default());
    }

    #[test]
    fn parts_of_two_names_never_make_a_third_person() {
        let merge = Merge::of(&draft("", "Janssens", ""), &draft("An", "Peeters", ""));
        assert_eq!((merge.fills, merge.conflicts), (vec![], vec!["given".into(), "family".into()]));
        let garage = Draft { organisation: "Garage Peeters".into(), ..Draft::default() };
        let merge = Merge::of(&garage, &draft("Jan", "Mertens", ""));
        assert_eq!((merge.fills, merge.conflicts), (vec![], vec!["given".into(), "family".into()]));
        let merge = Merge::of(&draft("", "Peeters", ""), &draft("An", "Peeters", ""));
        assert_eq!(merge.fills, [Fill { field: "given", value: "An".into() }]);
    }

    proptest! {
        #[test]
        fn merging_a_row_with_itself_changes_nothing(given in "\\PC{0,12}", family in "\\PC{0,12}", notes in "\\PC{0,12}") {
            let row = draft(&given, &family, &notes);
            prop_assert_eq!(Merge::of(&row, &row), Merge::default());
        }
    }
}
