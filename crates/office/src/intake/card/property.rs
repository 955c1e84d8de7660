//! One property of a card: its name, what it is for, and its value as text.

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};
use quoted_printable::ParseMode;

/// A line taken apart.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Property {
    /// What it shares with others of the card, as `item1`; in lower case.
    pub(super) group: String,
    /// In upper case.
    pub(super) name: String,
    /// What it is for: `home`, `pref`.
    pub(super) types: Vec<String>,
    /// Apple's mark for a year that is none.
    pub(super) no_year: String,
    /// Bytes in letters, not text.
    pub(super) binary: bool,
    /// As it stands, decoded, with what is escaped in it still escaped.
    pub(super) value: String,
}

impl Property {
    /// Takes a line apart; `None` for one that is no property. `fallback` is how text is stored that does not say and is no UTF-8.
    pub(super) fn of(line: &[u8], fallback: &'static Encoding) -> Option<Self> {
        let (head, value) = parted(line)?;
        let head = decoded(head, None, fallback);
        let mut words = split(&head, ';');
        let name = words.next()?.trim();
        let (group, name) = name.rsplit_once('.').unwrap_or(("", name));
        let known = !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'));
        let mut property =
            Self { group: group.to_ascii_lowercase(), name: name.to_ascii_uppercase(), ..Self::default() };
        let (mut printable, mut charset) = (false, None);
        for word in words.filter(|_| known) {
            let (key, given) = word.split_once('=').unwrap_or(("", word));
            match (key.trim().to_ascii_uppercase().as_str(), given.trim().trim_matches('"')) {
                ("" | "ENCODING", coding) if coding.eq_ignore_ascii_case("QUOTED-PRINTABLE") => printable = true,
                ("" | "ENCODING", coding) if is_base64(coding) => property.binary = true,
                ("CHARSET", name) => charset = Encoding::for_label(name.as_bytes()),
                ("" | "TYPE", given) => property.types.extend(split(given, ',').map(kind)),
                ("PREF", "1") => property.types.push("pref".to_owned()),
                ("X-APPLE-OMIT-YEAR", year) => year.clone_into(&mut property.no_year),
                _ => {}
            }
        }
        let bytes = match printable {
            true => quoted_printable::decode(value, ParseMode::Robust).map_or(Cow::Borrowed(value), Cow::Owned),
            false => Cow::Borrowed(value),
        };
        let text = decoded(&bytes, charset, fallback);
        // No text holds a NUL; what is written as one is a mistake.
        property.value =
            if text.contains(['\0', '\r']) { text.replace('\0', "").replace("\r\n", "\n") } else { text.into_owned() };
        property.binary |= property.value.get(..5).is_some_and(|start| start.eq_ignore_ascii_case("data:"));
        known.then_some(property)
    }

    pub(super) fn is(&self, kind: &str) -> bool {
        self.types.iter().any(|known| known.eq_ignore_ascii_case(kind))
    }
}

/// Name and parameters, and the value, parted by the first colon that is not quoted.
fn parted(line: &[u8]) -> Option<(&[u8], &[u8])> {
    let mut quoted = false;
    let colon = line.iter().position(|b| {
        quoted ^= *b == b'"';
        *b == b':' && !quoted
    });
    // A quote that never closes is a character like others.
    let colon = colon.or_else(|| line.iter().position(|b| *b == b':'))?;
    Some((line.get(..colon)?, line.get(colon + 1..)?))
}

/// Parts between marks that are not quoted.
fn split(text: &str, mark: char) -> impl Iterator<Item = &str> {
    let mut quoted = false;
    text.split(move |c: char| {
        quoted ^= c == '"';
        c == mark && !quoted
    })
}

fn kind(word: &str) -> String {
    let word = word.trim().trim_matches('"');
    word.strip_prefix(['x', 'X']).and_then(|word| word.strip_prefix('-')).unwrap_or(word).to_owned()
}

fn is_base64(coding: &str) -> bool {
    coding.eq_ignore_ascii_case("BASE64") || coding.eq_ignore_ascii_case("B")
}

/// Bytes as text: as they say, else UTF-8 where they are that.
fn decoded<'a>(bytes: &'a [u8], charset: Option<&'static Encoding>, fallback: &'static Encoding) -> Cow<'a, str> {
    if let Some(charset) = charset.filter(|charset| *charset != UTF_8) {
        return charset.decode_without_bom_handling(bytes).0;
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => Cow::Borrowed(text),
        Err(_) if fallback == UTF_8 => WINDOWS_1252.decode_without_bom_handling(bytes).0,
        Err(_) => fallback.decode_without_bom_handling(bytes).0,
    }
}

/// The parts of a value between marks that are not escaped, each with nothing escaped any more.
pub(super) fn parts(value: &str, mark: char, old: bool) -> Vec<String> {
    let (mut all, mut part) = (Vec::new(), String::new());
    let mut chars = value.chars();
    while let Some(c) = chars.next() {
        match c {
            '\\' => match chars.next() {
                Some('n' | 'N') if !old => part.push('\n'),
                Some(escaped @ ('\\' | ',' | ';' | ':' | '"')) => part.push(escaped),
                Some(other) => part.extend(['\\', other]),
                None => part.push('\\'),
            },
            c if c == mark => all.push(std::mem::take(&mut part)),
            c => part.push(c),
        }
    }
    all.push(part);
    all
}

/// A value with nothing escaped any more.
pub(super) fn text(value: &str, old: bool) -> String {
    // No value holds this character: there is one part.
    parts(value, '\0', old).pop().unwrap_or_default()
}
