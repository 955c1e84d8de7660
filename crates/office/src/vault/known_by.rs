//! By what a row of a file finds the contact again that it is about.

use crate::intake::draft::Draft;
use crate::normal::text;

/// What finds a contact without e-mail and phone again: name, organisation and postcode; the street too where there is
/// neither name nor organisation.
pub(crate) fn match_key(draft: &Draft) -> Option<String> {
    if !draft.emails.is_empty() || !draft.phones.is_empty() {
        return None;
    }
    let names = [&draft.given, &draft.middle, &draft.family, &draft.nickname, &draft.organisation];
    let address = draft.addresses.first();
    let postcode = address.map_or("", |address| address.postal_code.as_str());
    let street = address.filter(|_| names.iter().all(|name| name.is_empty())).map_or("", |address| &address.street);
    let parts = names.into_iter().map(String::as_str).chain([postcode, street]);
    Some(parts.map(text::name_key).collect::<Vec<_>>().join("\u{1f}"))
}

/// Whose e-mail address it is: the person's first and family name; without either, the organisation's.
pub(crate) fn email_key(draft: &Draft) -> String {
    if draft.given.is_empty() && draft.family.is_empty() {
        return format!("o {}", text::name_key(&draft.organisation));
    }
    format!("p {}\u{1f}{}", text::name_key(&draft.given), text::name_key(&draft.family))
}

/// Whose phone number it is: of [`phone_owner`], and of this first name there.
pub(crate) fn phone_key(draft: &Draft) -> String {
    format!("{}\u{1f}{}", phone_owner(draft), text::name_key(&draft.given))
}

/// Whom a phone number is shared by: this family; without one, this organisation; with neither, this first name.
pub(crate) fn phone_owner(draft: &Draft) -> String {
    match (draft.family.is_empty(), draft.organisation.is_empty()) {
        (false, _) => format!("f {}", text::name_key(&draft.family)),
        (true, false) => format!("o {}", text::name_key(&draft.organisation)),
        (true, true) => format!("g {}", text::name_key(&draft.given)),
    }
}
