//! How long data is kept for each purpose, as a letter says it (Art. 14(2)(a)).

use akkoord_rules::consent::Basis;
use akkoord_rules::span::Span;

use crate::papers::readme::one_line;
use crate::purposes::Stored;

/// What is said of how long in one language.
struct Lengths {
    code: &'static str,
    /// One and several of each: years, months, weeks, days.
    units: [[&'static str; 2]; 4],
    and: &'static str,
    /// Behind how long, where it counts from a yes on.
    after_yes: &'static str,
    /// The owner said no length for that purpose.
    as_needed: &'static str,
    /// There is no purpose.
    no_use: &'static str,
}

const LENGTHS: [Lengths; 4] = [
    Lengths {
        code: "nl",
        units: [["jaar", "jaar"], ["maand", "maanden"], ["week", "weken"], ["dag", "dagen"]],
        and: "en",
        after_yes: "na uw ja",
        as_needed: "niet langer dan daarvoor nodig is",
        no_use: "niet langer dan nodig is",
    },
    Lengths {
        code: "fr",
        units: [["an", "ans"], ["mois", "mois"], ["semaine", "semaines"], ["jour", "jours"]],
        and: "et",
        after_yes: "après votre oui",
        as_needed: "pas plus longtemps que nécessaire pour cela",
        no_use: "pas plus longtemps que nécessaire",
    },
    Lengths {
        code: "de",
        units: [["Jahr", "Jahre"], ["Monat", "Monate"], ["Woche", "Wochen"], ["Tag", "Tage"]],
        and: "und",
        after_yes: "nach Ihrem Ja",
        as_needed: "nicht länger, als es dafür nötig ist",
        no_use: "nicht länger als nötig",
    },
    Lengths {
        code: "en",
        units: [["year", "years"], ["month", "months"], ["week", "weeks"], ["day", "days"]],
        and: "and",
        after_yes: "after your yes",
        as_needed: "no longer than is needed for that",
        no_use: "no longer than is needed",
    },
];

/// Of each of these purposes how long, in the language of that code.
pub(super) fn kept(code: &str, uses: &[&Stored]) -> String {
    let words = LENGTHS.iter().find(|words| words.code == code).unwrap_or(&LENGTHS[3]);
    let of = |purpose: &&Stored| {
        let length = match purpose.retention.parse::<Span>() {
            Ok(span) if purpose.rules.basis == Basis::Consent => format!("{} {}", words.of(span), words.after_yes),
            Ok(span) => words.of(span),
            Err(_) => words.as_needed.to_owned(),
        };
        format!("{}: {length}", one_line(&purpose.title))
    };
    match uses {
        [] => words.no_use.to_owned(),
        uses => uses.iter().map(of).collect::<Vec<_>>().join("; "),
    }
}

impl Lengths {
    /// "1 jaar en 6 maanden".
    fn of(&self, span: Span) -> String {
        let parts = span.counts().into_iter().zip(self.units).filter(|(count, _)| *count > 0);
        let parts = parts.map(|(count, [one, many])| format!("{count} {}", if count == 1 { one } else { many }));
        parts.collect::<Vec<_>>().join(&format!(" {} ", self.and))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_length_is_said_in_each_language() {
        for (span, expected) in [
            ("P2Y", ["2 jaar", "2 ans", "2 Jahre", "2 years"]),
            ("P1Y6M", ["1 jaar en 6 maanden", "1 an et 6 mois", "1 Jahr und 6 Monate", "1 year and 6 months"]),
            ("P1W", ["1 week", "1 semaine", "1 Woche", "1 week"]),
            ("P30D", ["30 dagen", "30 jours", "30 Tage", "30 days"]),
        ] {
            assert_eq!(LENGTHS.each_ref().map(|words| words.of(span.parse().unwrap())), expected, "{span}");
        }
    }
}
