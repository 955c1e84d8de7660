//! Names and headers as they are compared and sorted: without case, accents and odd spaces.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Case-folded, without diacritics or invisible characters, runs of white space as one space, trimmed.
///
/// "  Ren\u{e9}e\u{a0} D'HONDT" and "renee d'hondt" are the same; "Müller" and "Muller" too, "Straße" and "strasse" too.
#[must_use]
pub fn fold(text: &str) -> String {
    // Most names are plain letters, with nothing to take apart: of many thousand this is felt.
    if text.is_ascii() {
        return folded(text.len(), text.chars());
    }
    folded(text.len(), text.nfkd().filter(|c| !is_combining_mark(*c) && !is_invisible(*c)))
}

fn folded(len: usize, chars: impl Iterator<Item = char>) -> String {
    let mut out = String::with_capacity(len);
    let mut space = false;
    for c in chars {
        if c.is_whitespace() {
            space = !out.is_empty();
            continue;
        }
        if space {
            out.push(' ');
            space = false;
        }
        push_folded(c, &mut out);
    }
    out
}

/// The key under which names are compared and sorted: [`fold`], with hyphens and full stops as spaces and without apostrophes.
///
/// "Jean-Pierre", "Jean Pierre" are one; so are "D'Hondt" and "D’hondt".
#[must_use]
pub fn name_key(name: &str) -> String {
    let plain: String = name
        .chars()
        .filter(|c| !matches!(c, '\'' | '\u{2018}' | '\u{2019}' | '`' | '\u{b4}'))
        .map(|c| if matches!(c, '-' | '.' | '\u{2010}'..='\u{2015}') { ' ' } else { c })
        .collect();
    fold(&plain)
}

/// A text as search looks through it and is asked for it: composed (NFC), without invisible marks, controls as spaces, and
/// with the letters of [`apart`] taken apart, which the indexes would not do.
#[must_use]
pub fn searchable(text: &str) -> Cow<'_, str> {
    if text.bytes().all(|byte| matches!(byte, b' '..=b'~')) {
        return Cow::Borrowed(text);
    }
    let seen = text.chars().filter(|c| !is_invisible(*c)).map(|c| if c.is_control() { ' ' } else { c });
    let mut out = String::with_capacity(text.len());
    seen.nfc().for_each(|c| match apart(c) {
        Some(letters) => out.push_str(letters),
        None => out.push(c),
    });
    Cow::Owned(out)
}

/// White space (and a stray byte order mark) taken off both ends, as from every cell of a file. Invisible marks stay: they
/// are data. A text of nothing else is empty.
#[must_use]
pub fn trim(text: &str) -> &str {
    let trimmed = text.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    if trimmed.chars().all(is_invisible) { "" } else { trimmed }
}

/// [`trim`], and invisible marks too: for values that are addresses and not names.
#[must_use]
pub fn trim_marks(text: &str) -> &str {
    text.trim_matches(|c: char| c.is_whitespace() || is_invisible(c))
}

fn push_folded(c: char, out: &mut String) {
    match apart(c) {
        None if c.is_ascii() => out.push(c.to_ascii_lowercase()),
        Some(letters) => out.push_str(letters),
        None => out.extend(c.to_lowercase()),
    }
}

/// Letters that Unicode does not take apart, as people type them without a special key.
const fn apart(c: char) -> Option<&'static str> {
    Some(match c {
        'ß' | 'ẞ' => "ss",
        'æ' | 'Æ' => "ae",
        'œ' | 'Œ' => "oe",
        'ø' | 'Ø' => "o",
        'ł' | 'Ł' => "l",
        'đ' | 'Đ' | 'ð' | 'Ð' => "d",
        'þ' | 'Þ' => "th",
        'ı' => "i",
        _ => return None,
    })
}

/// Characters without a shape of their own: zero width, direction marks, the soft hyphen.
pub(crate) fn is_invisible(c: char) -> bool {
    let zero_width = matches!(c, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}');
    zero_width || matches!(c, '\u{ad}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_are_the_same() {
        for (a, b) in [
            ("René", "rene"),
            ("  Van  den\u{a0}Berg ", "van den berg"),
            ("MÜLLER", "Muller"),
            ("Straße", "STRASSE"),
            ("Søren Łuk", "soren luk"),
            ("Cœur", "COEUR"),
            ("Re\u{301}ne\u{200b}", "réne"),
        ] {
            assert_eq!(fold(a), fold(b), "{a} and {b}");
        }
        assert_eq!(name_key("D'Hondt"), name_key("D’HONDT"));
        assert_eq!(name_key("Jean-Pierre"), name_key("jean pierre"));
        assert_ne!(fold("Jan"), fold("Jans"));
    }

    proptest::proptest! {
        #[test]
        fn folding_twice_changes_nothing(text in "\\PC{0,40}") {
            let once = fold(&text);
            proptest::prop_assert_eq!(fold(&once), once);
        }

        #[test]
        fn plain_letters_are_folded_as_all_others(text in "[ -~\\t\\x0b]{0,20}") {
            // The last letter is none that is plain, so this one is taken apart.
            let long = fold(&format!("{text}\u{e9}"));
            let plain = fold(&format!("{text}e"));
            proptest::prop_assert_eq!(plain, long);
        }
    }
}
