//! The few words that are said outside the page: beside the clock and in notifications. Never a name.

/// What is said, in one language.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Words {
    pub(crate) open: &'static str,
    pub(crate) lock: &'static str,
    pub(crate) quit: &'static str,
}

const NL: Words = Words { open: "Akkoord openen", lock: "Op slot doen", quit: "Afsluiten" };

const EN: Words = Words { open: "Open Akkoord", lock: "Lock", quit: "Quit" };

/// The words of a language; Dutch where there are none.
pub(crate) fn words(language: &str) -> &'static Words {
    if language == "en" { &EN } else { &NL }
}

/// The language of this computer's account, as far as the system tells.
pub(crate) fn language() -> String {
    let mut named = ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter().filter_map(|name| std::env::var(name).ok());
    named.find(|value| !value.is_empty()).unwrap_or_default().chars().take(2).collect()
}
