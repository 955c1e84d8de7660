//! E-mail addresses: is it one, and how is it compared?
//!
//! RFC 5321 lengths (64 octets before the `@`, 254 in all), RFC 6531 letters before the `@`, IDNA (UTS 46) after it.
//! Left out on purpose: a quoted local part (`"jan p"@x.be`), an address literal (`jan@[192.0.2.1]`) and a domain without
//! a dot. All three are lawful, nobody's customer has one, and each is nearly always a mistake in a file.

use unicode_normalization::UnicodeNormalization;

use super::text::{is_invisible, trim_marks};

const LOCAL_MAX: usize = 64;
const TOTAL_MAX: usize = 254;
/// Longer input is no address whatever it holds; keeps hostile cells cheap.
const INPUT_MAX: usize = 1024;

/// The address as typed, bare, and the form under which it is compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Normal {
    /// Without `mailto:`, display name or angle brackets; case as typed.
    pub bare: String,
    /// Lower case, NFC, domain in A-labels.
    pub normalised: String,
}

/// Reads one address; `None` when it is none. Accepts `mailto:` in front, `Name <address>` and quotes around it.
#[must_use]
pub fn normalise(input: &str) -> Option<Normal> {
    if input.len() > INPUT_MAX {
        return None;
    }
    let bare = unwrap(trim_marks(input));
    let (local, domain) = bare.rsplit_once('@')?;
    if !is_local(local) {
        return None;
    }
    let domain = domain_to_ascii(domain)?;
    let mut normalised: String =
        if local.is_ascii() { local.to_ascii_lowercase() } else { local.to_lowercase().nfc().collect() };
    if normalised.len() > LOCAL_MAX {
        return None;
    }
    normalised.push('@');
    normalised.push_str(&domain);
    (normalised.len() <= TOTAL_MAX).then(|| Normal { bare: bare.to_owned(), normalised })
}

/// Takes off what mail programs put around an address.
fn unwrap(text: &str) -> &str {
    let inner = text.strip_suffix('>').and_then(|rest| rest.rsplit_once('<')).map_or(text, |(_, inner)| inner);
    let inner = match inner.split_at_checked(7) {
        Some((scheme, rest)) if scheme.eq_ignore_ascii_case("mailto:") => {
            rest.split_once('?').map_or(rest, |(address, _)| address)
        }
        _ => inner,
    };
    let inner = trim_marks(inner);
    inner.strip_prefix('\'').and_then(|rest| rest.strip_suffix('\'')).unwrap_or(inner)
}

fn is_local(local: &str) -> bool {
    let dots = !local.starts_with('.') && !local.ends_with('.') && !local.contains("..");
    !local.is_empty() && local.len() <= LOCAL_MAX && dots && local.chars().all(is_atom)
}

/// RFC 5322 `atext` and the dot, and with RFC 6531 every visible character outside ASCII.
fn is_atom(c: char) -> bool {
    match c {
        '.' => true,
        c if c.is_ascii() => c.is_ascii_alphanumeric() || "!#$%&'*+-/=?^_`{|}~".contains(c),
        c => !c.is_control() && !c.is_whitespace() && !is_invisible(c) && c != '\u{fffd}',
    }
}

fn domain_to_ascii(domain: &str) -> Option<String> {
    let domain = domain.strip_suffix('.').unwrap_or(domain);
    let plain = domain.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'.');
    let ascii = if plain && !domain.to_ascii_lowercase().contains("xn--") {
        domain.to_ascii_lowercase()
    } else {
        idna::domain_to_ascii_strict(domain).ok()?
    };
    let labels = ascii.split('.').all(|l| (1..=63).contains(&l.len()) && !l.starts_with('-') && !l.ends_with('-'));
    let (_, top) = ascii.rsplit_once('.')?;
    let top = top.len() >= 2 && !top.bytes().all(|b| b.is_ascii_digit());
    (labels && top).then_some(ascii)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(input: &str) -> Option<String> {
        normalise(input).map(|n| n.normalised)
    }

    #[test]
    fn addresses() {
        for (typed, expected) in [
            ("Jan.Peeters@Example.BE", "jan.peeters@example.be"),
            ("  jan@example.be\u{a0}", "jan@example.be"),
            ("mailto:jan@example.be?subject=Hallo", "jan@example.be"),
            ("Jan Peeters <jan@example.be>", "jan@example.be"),
            ("'jan@example.be'", "jan@example.be"),
            ("o'neill+news@example.co.uk", "o'neill+news@example.co.uk"),
            ("info@bücher.de", "info@xn--bcher-kva.de"),
            ("info@XN--bcher-kva.de", "info@xn--bcher-kva.de"),
            ("RENÉ@example.fr", "rené@example.fr"),
            ("用户@例子.广告", "用户@xn--fsqu00a.xn--4rr70v"),
            ("a@sub.example.be.", "a@sub.example.be"),
        ] {
            assert_eq!(form(typed).as_deref(), Some(expected), "{typed}");
        }
    }

    #[test]
    fn not_addresses() {
        let long_local = format!("{}@example.be", "a".repeat(65));
        let long_domain = format!("a@{}.be", "abcdefgh.".repeat(30));
        for typed in [
            "",
            "@",
            "jan",
            "jan@",
            "@example.be",
            "jan@@example.be",
            "jan@x",
            "jan@x.",
            "jan p@example.be",
            "Work",
            "jan@example..be",
            ".jan@example.be",
            "jan.@example.be",
            "j..an@example.be",
            "jan@-x.be",
            "jan@x_y.be",
            "\"jan p\"@example.be",
            "jan@[192.0.2.1]",
            "jan@192.0.2.1",
            "jan@example.be, piet@example.be",
            "jan\n@example.be",
            "jan@exa mple.be",
            "/o=ExchangeLabs/ou=Exchange/cn=Recipients/cn=jan",
            "https://example.be/@jan",
            "jan@example.be ::: piet@example.be",
            "j\u{202e}an@example.be",
            "a@b.c",
            &long_local,
            &long_domain,
        ] {
            assert_eq!(form(typed), None, "{typed}");
        }
    }

    proptest::proptest! {
        #[test]
        fn never_panics_and_normalising_twice_changes_nothing(text in "\\PC{0,12}@?\\PC{0,30}") {
            if let Some(first) = form(&text) {
                proptest::prop_assert!(first.is_ascii() || first.contains('@'));
                proptest::prop_assert_eq!(form(&first), Some(first));
            }
        }
    }
}
