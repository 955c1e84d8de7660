//! The few words that are said outside the page: beside the clock and in notifications. Never a name.

/// What is said, in one language.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Words {
    pub(crate) open: &'static str,
    pub(crate) lock: &'static str,
    pub(crate) quit: &'static str,
    pub(crate) one_due: &'static str,
    pub(crate) many_due: &'static str,
    pub(crate) one_overdue: &'static str,
    pub(crate) many_overdue: &'static str,
    pub(crate) look: &'static str,
}

const NL: Words = Words {
    open: "Akkoord openen",
    lock: "Op slot doen",
    quit: "Afsluiten",
    one_due: "Eén verzoek moet binnen {days} beantwoord zijn",
    many_due: "{count} verzoeken moeten binnen {days} beantwoord zijn",
    one_overdue: "Eén verzoek is te laat",
    many_overdue: "{count} verzoeken zijn te laat",
    look: "Open Akkoord om te zien welk.",
};

const EN: Words = Words {
    open: "Open Akkoord",
    lock: "Lock",
    quit: "Quit",
    one_due: "One request must be answered within {days}",
    many_due: "{count} requests must be answered within {days}",
    one_overdue: "One request is late",
    many_overdue: "{count} requests are late",
    look: "Open Akkoord to see which.",
};

/// The words of a language; Dutch where there are none.
pub(crate) fn words(language: &str) -> &'static Words {
    if language == "en" { &EN } else { &NL }
}
