//! `contact.vcf`: a vCard 4.0 (RFC 6350).

use std::fmt::Write;

use chrono::NaiveDate;
use uuid::Uuid;

use crate::intake::draft::{Address, Draft};

/// The longest line in octets, without its end (RFC 6350 §3.2).
const LINE: usize = 75;

/// The card of one person or organisation.
pub(crate) fn vcard(id: Uuid, draft: &Draft, organisation: bool) -> String {
    let mut card = Card::default();
    card.line("BEGIN", "VCARD");
    card.line("VERSION", "4.0");
    card.line("PRODID", concat!("-//Akkoord//Akkoord ", env!("CARGO_PKG_VERSION"), "//EN"));
    card.line("UID", &format!("urn:uuid:{id}"));
    card.line("KIND", if organisation { "org" } else { "individual" });
    card.line("FN", &text(&formatted_name(draft)));
    card.list("N", &[&draft.family, &draft.given, &draft.middle, &draft.prefix, &draft.suffix]);
    card.text("NICKNAME", &draft.nickname);
    card.text("ORG", &draft.organisation);
    card.text("TITLE", &draft.job_title);
    birthday(&mut card, &draft.birthday);
    if is_language(&draft.language) {
        card.line("LANG", &draft.language);
    }
    for email in &draft.emails {
        card.labelled("EMAIL", &email.label, &text(&email.value));
    }
    for phone in &draft.phones {
        card.labelled("TEL;VALUE=uri", &phone.label, &format!("tel:{}", phone.e164));
    }
    for address in &draft.addresses {
        card.labelled("ADR", &address.label, &postal(address));
    }
    for website in &draft.websites {
        card.labelled("URL", &website.label, &uri(&website.value));
    }
    card.text("NOTE", &draft.notes);
    if !draft.labels.is_empty() {
        let labels: Vec<String> = draft.labels.iter().map(|label| text(label)).collect();
        card.line("CATEGORIES", &labels.join(","));
    }
    for (title, value) in &draft.custom {
        card.named("X-AKKOORD-FIELD", title, &text(value));
    }
    card.line("END", "VCARD");
    card.lines
}

/// What a list of contacts shows; a card must have one (§6.2.1), so an address stands in where there is no name.
pub(super) fn formatted_name(draft: &Draft) -> String {
    let name = draft.full_name();
    let email = draft.emails.first().map(|email| email.value.as_str());
    let phone = draft.phones.first().map(|phone| phone.e164.as_str());
    [name.as_str(), &draft.nickname, &draft.organisation, email.unwrap_or_default(), phone.unwrap_or_default()]
        .into_iter()
        .find(|name| !name.is_empty())
        .unwrap_or_default()
        .to_owned()
}

#[derive(Debug, Default)]
struct Card {
    lines: String,
    groups: usize,
}

impl Card {
    /// Adds a property whose value is escaped already.
    fn line(&mut self, name: &str, value: &str) {
        let mut room = LINE;
        for c in name.chars().chain([':']).chain(value.chars()) {
            if c.len_utf8() > room {
                // A space begins a continued line and belongs to it; a character is never parted.
                self.lines.push_str("\r\n ");
                room = LINE - 1;
            }
            self.lines.push(c);
            room -= c.len_utf8();
        }
        self.lines.push_str("\r\n");
    }

    fn text(&mut self, name: &str, value: &str) {
        if !value.is_empty() {
            self.line(name, &text(value));
        }
    }

    /// A value of several components, if any of them is there.
    fn list(&mut self, name: &str, parts: &[&String]) {
        if parts.iter().any(|part| !part.is_empty()) {
            self.line(name, &components(parts));
        }
    }

    /// A property with what it is for: a type that every program knows, and, where that is another word, the person's own in a
    /// group, as address books write it.
    fn labelled(&mut self, name: &str, label: &str, value: &str) {
        let property = name.split_once(';').map_or(name, |(property, _)| property);
        match kind(property, label) {
            Some((kind, word)) if word == label => self.line(&format!("{name};TYPE={kind}"), value),
            Some((kind, _)) => self.named(&format!("{name};TYPE={kind}"), label, value),
            None if label.is_empty() => self.line(name, value),
            None => self.named(name, label, value),
        }
    }

    /// A property with a name that people gave it.
    fn named(&mut self, name: &str, label: &str, value: &str) {
        self.groups += 1;
        let group = format!("item{}", self.groups);
        self.line(&format!("{group}.{name}"), value);
        self.line(&format!("{group}.X-ABLabel"), &text(label));
    }
}

/// The vCard type of a label (§5.6, §6.4.1), in the languages in which address books write it, and the word in which it is read
/// again.
fn kind(property: &str, label: &str) -> Option<(&'static str, &'static str)> {
    let phone = property == "TEL";
    Some(match label.to_lowercase().as_str() {
        "home" | "thuis" | "privé" | "domicile" | "privat" => ("home", "Home"),
        "work" | "werk" | "bureau" | "travail" | "arbeit" | "geschäftlich" => ("work", "Work"),
        "mobile" | "mobiel" | "gsm" | "cell" | "handy" | "mobil" if phone => ("cell", "Mobile"),
        "fax" if phone => ("fax", "Fax"),
        "pager" if phone => ("pager", "Pager"),
        _ => return None,
    })
}

/// A text value: backslash, comma, semicolon and line break are escaped (§3.4); other control characters, which a card
/// cannot hold (§3.3), are left out.
fn text(value: &str) -> String {
    let value = value.replace("\r\n", "\n");
    let mut escaped = String::with_capacity(value.len());
    for c in value.chars() {
        match c {
            '\\' | ',' | ';' => escaped.extend(['\\', c]),
            '\n' | '\r' => escaped.push_str("\\n"),
            '\t' => escaped.push(c),
            c if c.is_control() => {}
            c => escaped.push(c),
        }
    }
    escaped
}

fn components(parts: &[&String]) -> String {
    parts.iter().map(|part| text(part)).collect::<Vec<_>>().join(";")
}

fn postal(address: &Address) -> String {
    let Address { label: _, street, extended, po_box, city, region, postal_code, country } = address;
    components(&[po_box, extended, street, city, region, postal_code, country])
}

/// A date in the basic format, `--0307` without a year (§4.3.1); what is no date stays as it was typed.
fn birthday(card: &mut Card, birthday: &str) {
    let date = birthday.parse::<NaiveDate>().ok().map(|date| date.format("%Y%m%d").to_string());
    let day = || {
        let day = birthday.strip_prefix("--")?;
        format!("2000-{day}").parse::<NaiveDate>().ok().map(|date| date.format("--%m%d").to_string())
    };
    match date.or_else(day) {
        Some(date) => card.line("BDAY", &date),
        None => card.text("BDAY;VALUE=text", birthday),
    }
}

/// Whether it looks like a language tag (BCP 47): `nl`, `nl-BE`.
fn is_language(tag: &str) -> bool {
    let alphanumeric = |part: &str| (1..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric());
    let mut parts = tag.split('-');
    parts.next().is_some_and(|first| (2..=3).contains(&first.len()) && first.bytes().all(|b| b.is_ascii_alphabetic()))
        && parts.all(alphanumeric)
}

/// An address of the web as a URI (§6.7.8): people leave the scheme out, and write what a URI must escape. A comma is
/// escaped, too: some programs part values there.
fn uri(typed: &str) -> String {
    let mut uri = String::with_capacity(typed.len());
    if !typed.contains("://") && !typed.starts_with("mailto:") {
        uri.push_str("https://");
    }
    for byte in typed.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' => uri.push(char::from(byte)),
            byte if b"-._~:/?#[]@!$&'()*+;=%".contains(&byte) => uri.push(char::from(byte)),
            byte => {
                let _ = write!(uri, "%{byte:02X}");
            }
        }
    }
    uri
}

#[cfg(test)]
pub(super) mod tests;
