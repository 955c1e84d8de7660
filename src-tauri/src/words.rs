//! The few words that are said outside the page: beside the clock and in notifications. Never a name of their own.

use akkoord_office::profile::reminders::Word;

/// What is said, in one language.
#[derive(Debug)]
pub(crate) struct Words {
    pub(crate) open: &'static str,
    pub(crate) lock: &'static str,
    pub(crate) quit: &'static str,
    /// What a notification is about.
    pub(crate) answer: &'static str,
    /// Nothing is late or due soon.
    nothing: &'static str,
    /// So many requests are late.
    late: fn(usize) -> String,
    /// So many requests are due in so many days.
    due: fn(usize, i64) -> String,
    /// Beside the clock: so many are late, so many are due soon.
    requests: &'static str,
    are_late: &'static str,
    are_due: &'static str,
}

const NL: Words = Words {
    open: "Akkoord openen",
    lock: "Op slot doen",
    quit: "Afsluiten",
    answer: "Verzoek beantwoorden",
    nothing: "Geen verzoek dat dringt",
    late: |count| match count {
        1 => "Een verzoek is over tijd".to_owned(),
        many => format!("{many} verzoeken zijn over tijd"),
    },
    due: |count, days| {
        let who = if count == 1 { "Een verzoek moet".to_owned() } else { format!("{count} verzoeken moeten") };
        let when = match days {
            0 => "vandaag".to_owned(),
            1 => "ten laatste morgen".to_owned(),
            more => format!("binnen {more} dagen"),
        };
        format!("{who} {when} beantwoord zijn")
    },
    requests: "Verzoeken",
    are_late: "over tijd",
    are_due: "binnen 14 dagen",
};

const EN: Words = Words {
    open: "Open Akkoord",
    lock: "Lock",
    quit: "Quit",
    answer: "Answer a request",
    nothing: "No request is pressing",
    late: |count| match count {
        1 => "A request is late".to_owned(),
        many => format!("{many} requests are late"),
    },
    due: |count, days| {
        let who = if count == 1 { "A request".to_owned() } else { format!("{count} requests") };
        let when = match days {
            0 => "today".to_owned(),
            1 => "by tomorrow".to_owned(),
            more => format!("within {more} days"),
        };
        format!("{who} must be answered {when}")
    },
    requests: "Requests",
    are_late: "late",
    are_due: "within 14 days",
};

impl Words {
    /// The sentences of a notification, each with the names that `named` gives for so many days left; of what is late, `None`.
    pub(crate) fn sentences(&self, word: &Word, named: impl Fn(Option<i64>) -> Vec<String>) -> String {
        let sentence = |said: String, names: Vec<String>| match names.as_slice() {
            [] => format!("{said}."),
            names => format!("{said}: {}.", names.join(", ")),
        };
        let late = (word.late > 0).then(|| sentence((self.late)(word.late), named(None)));
        let due = word.due.iter().map(|(days, count)| sentence((self.due)(*count, *days), named(Some(*days))));
        late.into_iter().chain(due).collect::<Vec<_>>().join("\n")
    }

    /// How things stand, in a line.
    pub(crate) fn line(&self, standing: &Word) -> String {
        let soon: usize = standing.due.iter().map(|(_, count)| count).sum();
        let counted = [(standing.late, self.are_late), (soon, self.are_due)];
        let parts: Vec<String> =
            counted.iter().filter(|(count, _)| *count > 0).map(|(count, said)| format!("{count} {said}")).collect();
        if parts.is_empty() { self.nothing.to_owned() } else { format!("{}: {}", self.requests, parts.join(", ")) }
    }
}

/// The words of a language; Dutch where there are none.
pub(crate) fn words(language: &str) -> &'static Words {
    if language == "en" { &EN } else { &NL }
}

/// The language of this computer's account, as far as the system tells.
pub(crate) fn language() -> String {
    let mut named = ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter().filter_map(|name| std::env::var(name).ok());
    named.find(|value| !value.is_empty()).unwrap_or_default().chars().take(2).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_notification_counts_and_names_only_whom_it_is_given() {
        let word = Word { late: 1, due: vec![(0, 1), (1, 2), (14, 3)] };
        let nobody = |_| Vec::new();
        assert_eq!(
            words("nl").sentences(&word, nobody),
            "Een verzoek is over tijd.\nEen verzoek moet vandaag beantwoord zijn.\n2 verzoeken moeten ten laatste morgen beantwoord zijn.\n3 verzoeken moeten binnen 14 dagen beantwoord zijn."
        );
        assert_eq!(
            words("en").sentences(&word, nobody),
            "A request is late.\nA request must be answered today.\n2 requests must be answered by tomorrow.\n3 requests must be answered within 14 days."
        );
        let two = |days| if days == Some(1) { vec!["Marieke".to_owned(), "Els".to_owned()] } else { Vec::new() };
        let said = words("fr").sentences(&Word { late: 2, due: vec![(1, 2)] }, two);
        assert_eq!(
            said,
            "2 verzoeken zijn over tijd.\n2 verzoeken moeten ten laatste morgen beantwoord zijn: Marieke, Els."
        );
    }

    #[test]
    fn beside_the_clock_stands_what_presses() {
        let line = |language, late, due| words(language).line(&Word { late, due });
        assert_eq!(line("nl", 0, vec![]), "Geen verzoek dat dringt");
        assert_eq!(line("nl", 1, vec![(3, 2), (7, 1)]), "Verzoeken: 1 over tijd, 3 binnen 14 dagen");
        assert_eq!(line("en", 0, vec![(0, 1)]), "Requests: 1 within 14 days");
        assert_eq!(line("en", 2, vec![]), "Requests: 2 late");
    }
}
