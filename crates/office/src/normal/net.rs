//! Pages and network addresses, as they stand beside what came from there.

use core::net::IpAddr;

use super::text::trim_marks;

/// The longest address of a page, in letters.
const PAGE_MAX: usize = 2_000;

/// The address of a page as typed, without space around it: `https://www.example.be/nieuws`, with or without how it is reached.
#[must_use]
pub fn page(text: &str) -> Option<String> {
    let text = trim_marks(text);
    let bare = match text.split_once("://") {
        Some((scheme, rest)) => {
            Some(rest).filter(|_| ["http", "https"].iter().any(|known| scheme.eq_ignore_ascii_case(known)))?
        }
        None => text,
    };
    let host = bare.split(['/', '?', '#']).next().unwrap_or_default();
    let host = host.rsplit_once(':').filter(|(_, port)| port.parse::<u16>().is_ok()).map_or(host, |(host, _)| host);
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '.' | '-');
    let named = host.contains('.') && host.chars().all(plain) && !host.starts_with('.') && !host.contains("..");
    let readable = text.chars().count() <= PAGE_MAX && !text.chars().any(|c| c.is_whitespace() || c.is_control());
    (named && readable).then(|| text.to_owned())
}

/// A network address as it is written at its shortest: `203.0.113.7`, `2001:db8::7`.
#[must_use]
pub fn address(text: &str) -> Option<String> {
    trim_marks(text).parse::<IpAddr>().ok().map(|address| address.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages() {
        for (typed, expected) in [
            (" https://www.example.be/nieuws?van=kassa#ja ", Some("https://www.example.be/nieuws?van=kassa#ja")),
            ("example.be/nieuws", Some("example.be/nieuws")),
            ("HTTP://example.be:8080", Some("HTTP://example.be:8080")),
            ("https://bäckerei.example/ja", Some("https://bäckerei.example/ja")),
            ("javascript:alert(1)", None),
            ("file:///etc/passwd", None),
            ("ftp://example.be", None),
            ("https://", None),
            ("https://an@example.be", None),
            ("de website", None),
            ("website", None),
            ("https://example..be", None),
            ("https://example.be/\u{7}", None),
            ("", None),
        ] {
            assert_eq!(page(typed).as_deref(), expected, "{typed}");
        }
        assert_eq!(page(&format!("https://example.be/{}", "x".repeat(2_000))), None);
    }

    #[test]
    fn addresses() {
        for (typed, expected) in [
            (" 203.0.113.7 ", Some("203.0.113.7")),
            ("2001:0db8:0000::0007", Some("2001:db8::7")),
            ("203.0.113", None),
            ("203.0.113.256", None),
            ("203.0.113.7:443", None),
            ("thuis", None),
            ("", None),
        ] {
            assert_eq!(address(typed).as_deref(), expected, "{typed}");
        }
    }

    proptest::proptest! {
        #[test]
        fn never_panics_and_takes_its_own(text in "\\PC{0,24}") {
            if let Some(read) = address(&text) {
                proptest::prop_assert_eq!(address(&read), Some(read));
            }
            if let Some(read) = page(&text) {
                proptest::prop_assert_eq!(page(&read), Some(read));
            }
        }
    }
}
