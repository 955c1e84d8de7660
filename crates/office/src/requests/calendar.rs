//! Open deadlines as a calendar file (RFC 5545), for the calendar that the owner already has. It names nobody unless that is wanted.

use std::fmt::Write as _;
use std::path::Path;

use akkoord_rules::request::{Kind, State};
use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;
use serde_json::json;

use super::list::{Listed, due};
use crate::problem::Result;
use crate::profile::Leaving;
use crate::vault::{Act, Done, Vault};

/// Most octets of a line (RFC 5545, 3.1).
const LINE: usize = 75;

/// The words of one language: what is asked in the order of [`Kind::ALL`], and around it.
struct Words {
    code: &'static str,
    kinds: [&'static str; 8],
    answer: &'static str,
    waits: &'static str,
}

const WORDS: [Words; 4] = [
    Words {
        code: "nl",
        kinds: [
            "inkijken",
            "verbeteren",
            "wissen",
            "op slot zetten",
            "meenemen",
            "bezwaar",
            "toestemming terugnemen",
            "uitleg over een automatisch besluit",
        ],
        answer: "Verzoek beantwoorden",
        waits: "wacht op bewijs van identiteit",
    },
    Words {
        code: "fr",
        kinds: [
            "accès",
            "rectification",
            "effacement",
            "limitation",
            "portabilité",
            "opposition",
            "retrait du consentement",
            "décision automatisée",
        ],
        answer: "Répondre à une demande",
        waits: "attend une preuve d'identité",
    },
    Words {
        code: "de",
        kinds: [
            "Auskunft",
            "Berichtigung",
            "Löschung",
            "Einschränkung",
            "Übertragung",
            "Widerspruch",
            "Widerruf der Einwilligung",
            "automatisierte Entscheidung",
        ],
        answer: "Anfrage beantworten",
        waits: "wartet auf einen Identitätsnachweis",
    },
    Words {
        code: "en",
        kinds: [
            "access",
            "rectification",
            "erasure",
            "restriction",
            "portability",
            "objection",
            "withdrawal of consent",
            "automated decision",
        ],
        answer: "Answer a request",
        waits: "waits for proof of identity",
    },
];

/// What was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct Calendar {
    /// How many deadlines are in it.
    pub deadlines: usize,
}

/// Writes the deadlines of all open requests into a calendar file; whose they are only where `names` is wanted.
///
/// # Errors
/// [`crate::Code::InProfile`], [`crate::Code::Unwritable`], [`crate::Code::DiskFull`]; faults of the database.
pub fn calendar(vault: &mut Vault, names: bool, to: &Path, now: DateTime<Utc>) -> Result<Done<Calendar>> {
    let open = due(vault, vault.business().today(now))?;
    let text = written(&open, &vault.business().language, names, now);
    let leaving = Leaving::whole(vault.profile(), to, text.as_bytes())?;
    let deadlines = open.len();
    let done = vault.record(Act::ListExported, None, now, |rows| {
        rows.fact(None, &json!({ "calendar": deadlines, "names": names }))?;
        if names {
            for one in &open {
                rows.fact(one.contact, &json!({ "calendar": one.due }))?;
            }
        }
        Ok(Calendar { deadlines })
    })?;
    leaving.put_recorded()?;
    Ok(done)
}

fn written(open: &[Listed], language: &str, names: bool, now: DateTime<Utc>) -> String {
    let words = WORDS.iter().find(|words| words.code == language).unwrap_or(&WORDS[3]);
    let mut text = String::new();
    let mut line = |content: &str| folded(&mut text, content);
    line("BEGIN:VCALENDAR");
    line("VERSION:2.0");
    line("PRODID:-//Akkoord//Akkoord//EN");
    line("CALSCALE:GREGORIAN");
    line("METHOD:PUBLISH");
    for one in open {
        event(&mut line, one, words, names, now);
    }
    line("END:VCALENDAR");
    text
}

fn event(line: &mut impl FnMut(&str), one: &Listed, words: &Words, names: bool, now: DateTime<Utc>) {
    let at = Kind::ALL.iter().position(|kind| *kind == one.kind).unwrap_or_default();
    let kind = words.kinds.get(at).copied().unwrap_or_default();
    let waiting = one.state == State::WaitingIdentity;
    let mut summary = format!("{}: {kind}", words.answer);
    if names && !one.name.is_empty() {
        let _ = write!(summary, " ({})", one.name);
    }
    if waiting {
        let _ = write!(summary, ", {}", words.waits);
    }
    let day = |day: NaiveDate| day.format("%Y%m%d").to_string();
    line("BEGIN:VEVENT");
    line(&format!("UID:{}@akkoord", one.id));
    line(&format!("DTSTAMP:{}", now.format("%Y%m%dT%H%M%SZ")));
    line(&format!("DTSTART;VALUE=DATE:{}", day(one.due)));
    line(&format!("DTEND;VALUE=DATE:{}", day(one.due.succ_opt().unwrap_or(one.due))));
    line(&format!("SUMMARY:{}", escaped(&summary)));
    line("CLASS:CONFIDENTIAL");
    line("TRANSP:TRANSPARENT");
    line(if waiting { "STATUS:TENTATIVE" } else { "STATUS:CONFIRMED" });
    for before in ["-P7D", "-P1D"] {
        line("BEGIN:VALARM");
        line("ACTION:DISPLAY");
        line(&format!("DESCRIPTION:{}", escaped(&summary)));
        line(&format!("TRIGGER:{before}"));
        line("END:VALARM");
    }
    line("END:VEVENT");
}

/// A text as a value (RFC 5545, 3.3.11).
fn escaped(text: &str) -> String {
    let mut out = String::new();
    for sign in text.chars() {
        match sign {
            '\\' | ';' | ',' => out.extend(['\\', sign]),
            '\n' => out.push_str("\\n"),
            sign if sign.is_control() => {}
            sign => out.push(sign),
        }
    }
    out
}

/// A line, cut where it would be too long, never within a letter.
fn folded(text: &mut String, content: &str) {
    let mut room = LINE;
    for sign in content.chars() {
        if sign.len_utf8() > room {
            text.push_str("\r\n ");
            room = LINE - 1;
        }
        text.push(sign);
        room -= sign.len_utf8();
    }
    text.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn listed(name: &str, state: State) -> Listed {
        Listed {
            id: Uuid::nil(),
            contact: None,
            name: name.to_owned(),
            kind: Kind::Access,
            received: "2026-01-31".to_owned(),
            due: "2026-03-02".parse().unwrap(),
            days_left: 3,
            state,
            overdue: false,
        }
    }

    #[test]
    fn a_deadline_is_a_whole_day_and_names_nobody_unless_wanted() {
        let now = "2026-02-24T08:00:00Z".parse().unwrap();
        let quiet = written(&[listed("An Peeters", State::Open)], "nl", false, now);
        assert!(quiet.contains("DTSTART;VALUE=DATE:20260302\r\nDTEND;VALUE=DATE:20260303\r\n"), "{quiet}");
        assert!(quiet.contains("SUMMARY:Verzoek beantwoorden: inkijken\r\n"), "{quiet}");
        assert!(!quiet.contains("Peeters"));
        let told = written(&[listed("An, \r\nBEGIN:VEVENT; \\Peeters", State::WaitingIdentity)], "en", true, now);
        assert!(told.contains("An\\, \\nBEGIN:VEVENT\\; "), "{told}");
        assert_eq!(told.matches("\r\nBEGIN:VEVENT\r\n").count(), 1);
        assert!(told.contains("STATUS:TENTATIVE"));
    }

    proptest::proptest! {
        #[test]
        fn no_line_is_too_long_and_none_is_lost(name in "(?s).{0,200}") {
            let now = "2026-02-24T08:00:00Z".parse().unwrap();
            let text = written(&[listed(&name, State::Open)], "nl", true, now);
            for line in text.split("\r\n") {
                proptest::prop_assert!(line.len() <= LINE && !line.contains('\n'), "{line:?}");
            }
            let whole = text.replace("\r\n ", "");
            let summary = format!("SUMMARY:{}", escaped(&format!("Verzoek beantwoorden: inkijken ({name})")));
            proptest::prop_assert!(name.is_empty() || whole.contains(&summary));
        }
    }
}
