//! The truth table, row by row, and the sentences.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use expect_test::expect;
use uuid::Uuid;

use super::*;
use crate::consent::{Ending, Version};
use crate::person::ChannelSet;

mod dated;
mod plain;

/// The purposes that the table's heading lists.
pub(super) fn purpose(name: &str) -> Option<Purpose> {
    let (basis, marketing, channels) = match name {
        "newsletter" => (Basis::Consent, true, "email phone sms post"),
        "photos" => (Basis::Consent, false, "email phone sms post messaging in_person"),
        "appointments" => (Basis::Contract, false, "email phone sms"),
        "renewals" => (Basis::Contract, true, "email phone"),
        "invoices" => (Basis::LegalObligation, false, "email post"),
        "recall" => (Basis::VitalInterests, false, "email phone sms post messaging in_person"),
        "census" => (Basis::PublicTask, false, "email post"),
        "offers" => (Basis::LegitimateInterests, true, "email phone post"),
        "mailing" => (Basis::LegitimateInterests, true, "email phone sms post messaging"),
        "allergies" => (Basis::Consent, false, "email phone"),
        "survey" => (Basis::LegitimateInterests, false, "email phone"),
        "ask_offer" => return Some(Purpose { marketing: true, ..Purpose::builtin(Builtin::Ask) }),
        "nonsense" => return None,
        builtin => return Some(Purpose::builtin(Builtin::parse(builtin).expect("a purpose of the heading"))),
    };
    let since = NaiveDate::from_ymd_opt(2026, 1, 1).unwrap();
    Some(Purpose {
        key: name.to_owned(),
        basis,
        marketing,
        soft_opt_in: name == "offers",
        special: name == "allergies",
        channels: channels_of(channels, ' '),
        label: (basis != Basis::Consent).then(|| "customer".to_owned()),
        versions: vec![Version { number: 1, since, material: false }],
        validity: None,
        builtin: None,
    })
}

fn channels_of(list: &str, by: char) -> ChannelSet {
    list.split(by).map(|code| Channel::parse(code).expect(code)).collect()
}

fn standing(words: &str, purpose: Option<&Purpose>) -> Standing {
    let mut standing = Standing { evidence: vec![Uuid::from_u128(7)], ..Standing::default() };
    let covered = purpose.map_or(ChannelSet::ALL, |purpose| purpose.channels);
    for word in words.split_whitespace() {
        match word {
            "after" => {}
            "wording" => (standing.lapsed, standing.ending) = (true, Some(Ending::Wording)),
            "unconfirmed" => (standing.lapsed, standing.ending) = (true, Some(Ending::Unconfirmed)),
            "expired" if standing.status == Status::Asked => standing.lapsed = true,
            "none" => standing.channels = ChannelSet::NONE,
            "guardian" => standing.guardian = true,
            "expressly" => standing.explicit = true,
            "share" => standing.share = BTreeSet::from(["mailer".to_owned()]),
            other => match (other.strip_prefix("prefer="), Status::parse(other)) {
                (Some(channel), _) => standing.prefer = Channel::parse(channel),
                (None, Some(status)) => {
                    standing.status = status;
                    standing.lapsed = status == Status::Expired;
                    standing.channels = if status == Status::Given { covered } else { ChannelSet::NONE };
                }
                (None, None) => standing.channels = channels_of(other, '+'),
            },
        }
    }
    standing
}

fn target(word: &str, purpose: &str, standing: &Standing) -> Target {
    match word.strip_prefix("mailer") {
        Some(field) => Target::Connection(Sharing {
            shared: purpose != "appointments",
            permitted: standing.share.contains("mailer"),
            received: !field.ends_with("unasked"),
            field: field.strip_prefix(':').and_then(|word| Sensitivity::parse(word.trim_end_matches("-unasked"))),
            ceiling: Sensitivity::Low,
        }),
        None => Target::Channel(Channel::parse(word).expect(word)),
    }
}

fn calls(words: &[&str]) -> PhoneRule {
    let exception = match words {
        words if words.contains(&"contract_excepted") => Some(PhoneException::RunningContract),
        words if words.contains(&"customers_excepted") => Some(PhoneException::OwnCustomers),
        _ => None,
    };
    let rule = match words {
        words if words.contains(&"calls=consent") => PhoneMarketing::Consent,
        words if words.contains(&"calls=register") => PhoneMarketing::Register,
        _ => PhoneMarketing::OptOut,
    };
    PhoneRule { from: None, rule, exception, register: None, verified: true }
}

/// Decides the case of a row's first four columns.
fn decide(name: &str, said: &str, how: &str, besides: &str) -> Decision {
    let purpose = purpose(name);
    let standing = standing(said, purpose.as_ref());
    let words: Vec<&str> = besides.split_whitespace().collect();
    let so = |word: &str| words.contains(&word);
    may(&Facts {
        known: match (so("unknown"), so("erased")) {
            (true, _) => Known::Unknown,
            (false, true) => Known::Erased,
            (false, false) => Known::Known,
        },
        purpose: purpose.as_ref(),
        restricted: so("restricted"),
        objected_marketing: so("objects_marketing"),
        objected_purpose: so("objects_purpose"),
        labelled: !so("no_label"),
        standing: &standing,
        addresses: ChannelSet::reachable(!so("no_email"), !so("no_phone"), !so("no_post")),
        secondhand: ChannelSet::reachable(so("others_email"), so("others_phone"), so("others_post")),
        minor: so("minor"),
        phone: &calls(&words),
        target: target(how, name, &standing),
    })
}

#[test]
fn the_truth_table_holds() {
    let mut wrong = Vec::new();
    let mut rows = 0;
    for row in include_str!("truth.txt").lines().filter(|line| !line.starts_with('#') && !line.is_empty()) {
        let columns: Vec<&str> = row.split('|').map(str::trim).collect();
        let [name, said, how, besides, answer, instead] = columns[..] else { panic!("six columns: {row}") };
        let decision = decide(name, said, how, besides);
        let codes: Vec<&str> = decision.instead.iter().map(|one| one.as_str()).collect();
        let reminded = if decision.remind.is_some() { " reminded" } else { "" };
        let found = (format!("{}{reminded}", decision.reason().as_str()), codes.join(" "));
        if found != (answer.to_owned(), instead.to_owned()) {
            wrong.push(format!("{row}\n    is {found:?}"));
        }
        assert_eq!(decision.allowed, decision.reason().allows(), "{row}");
        assert_eq!(decision.allowed, decision.instead.is_empty(), "{row}");
        assert_eq!(decision.reasons.len(), 1, "{row}");
        rows += 1;
    }
    assert!(wrong.is_empty(), "{} of {rows} rows:\n{}", wrong.len(), wrong.join("\n"));
    assert!(rows >= 250);
}

/// The table as a lawyer reads it: `docs/may-i.md`, made from `truth.txt` and `dates.txt` and what the gate answers.
#[test]
fn the_truth_table_is_written_down_in_plain_words() {
    let mut text = include_str!("plain.md").to_owned();
    let mut open = false;
    for line in include_str!("truth.txt").lines().skip_while(|line| !line.is_empty()).skip(2) {
        if let Some(head) = line.strip_prefix("# ") {
            if open {
                text.push('\n');
            }
            text.push_str(&format!("\n### {head}\n"));
            open = false;
        } else if !line.is_empty() {
            if !open {
                text.push_str("\n| for | the person | how | besides | may I? | why | instead |\n");
                text.push_str("| --- | --- | --- | --- | --- | --- | --- |\n");
                open = true;
            }
            text.push_str(&plain::row(line));
        }
    }
    text.push_str(include_str!("dates.md"));
    text.push_str(&dated::in_plain_words());
    let text = text.replace("\n\n\n", "\n\n");
    expect_test::expect_file!["../../../../docs/may-i.md"].assert_eq(&text);
}

#[test]
fn the_truth_table_knows_every_reason() {
    for reason in Reason::ALL {
        let row = |line: &&str| line.split('|').nth(4).is_some_and(|code| code.trim().starts_with(reason.as_str()));
        assert!(include_str!("truth.txt").lines().any(|line| row(&line)), "{}", reason.as_str());
    }
}

#[test]
fn evidence_is_what_the_person_said() {
    let evidence = |name, said, besides| decide(name, said, "email", besides).evidence.len();
    assert_eq!(evidence("newsletter", "given", ""), 1);
    assert_eq!(evidence("newsletter", "withdrawn", ""), 1);
    assert_eq!(evidence("newsletter", "given", "restricted"), 0);
    assert_eq!(evidence("newsletter", "given", "objects_marketing"), 0);
    assert_eq!(evidence("invoices", "given", ""), 0);
    assert_eq!(evidence("newsletter", "given", "unknown"), 0);
}

#[test]
fn an_address_of_several_is_allowed_only_for_all() {
    let yes = decide("newsletter", "given", "email", "");
    let no = decide("newsletter", "given email+post", "phone", "");
    let other = decide("newsletter", "given post", "phone", "");
    let gone = decide("newsletter", "withdrawn", "phone", "");
    assert!(Decision::for_all([yes.clone(), yes.clone()]).allowed);
    let both = Decision::for_all([yes, no.clone(), other]);
    assert!(!both.allowed);
    assert_eq!(both.reasons, [Reason::WrongChannel]);
    assert_eq!(both.instead, [Instead::Channel(Channel::Post)]);
    let both = Decision::for_all([no, gone]);
    assert_eq!(both.reasons, [Reason::WrongChannel, Reason::Withdrawn]);
    assert_eq!(both.instead, [Instead::Nothing]);
    assert_eq!(Decision::for_all([]).reasons, [Reason::UnknownContact]);
}

/// The sentence about a case, with all names and dates.
fn said_of(purpose: &str, said: &str, how: &str, besides: &str) -> String {
    let day = |month, day| NaiveDate::from_ymd_opt(2026, month, day);
    let told = Told {
        purpose,
        channel: Channel::parse(how),
        law: Builtin::parse(purpose),
        connection: "Mailer",
        register: Some("Bel-me-niet-meer"),
        since: day(3, 3),
        expires: day(9, 1),
    };
    sentence(&decide(purpose, said, how, besides), &told)
}

#[test]
fn a_sentence_about_what_the_law_orders_says_so() {
    let says = [("rights", ""), ("inform", ""), ("ask", ""), ("ask", "others_email")]
        .map(|(purpose, besides)| said_of(purpose, "not_asked", "email", besides));
    expect![[r#"
        Yes: the law asks for an answer to a person's own request.
        Yes: the law asks to tell people that their data is held.
        Yes: asking for consent is allowed.
        No: the address for e-mail is not known to come from the person, so it must not be used to ask. Allowed instead: phone, text message, post, messaging, in person."#]].assert_eq(&says.join("\n"));
}

#[test]
fn a_sentence_says_why_and_what_would_be_allowed() {
    let cases = [
        ("newsletter", "given", "email", ""),
        ("newsletter", "withdrawn", "email", ""),
        ("newsletter", "refused", "email", ""),
        ("newsletter", "not_asked", "email", ""),
        ("newsletter", "awaiting_confirmation", "email", ""),
        ("newsletter", "expired", "email", ""),
        ("newsletter", "expired wording", "email", ""),
        ("newsletter", "given email+post", "phone", ""),
        ("newsletter", "given", "email", "no_email"),
        ("newsletter", "given", "email", "minor"),
        ("newsletter", "given", "email", "objects_marketing"),
        ("newsletter", "given", "email", "restricted"),
        ("newsletter", "given", "email", "erased"),
        ("newsletter", "given", "email", "unknown"),
        ("nonsense", "given", "email", ""),
        ("appointments", "not_asked", "email", "no_label"),
        ("appointments", "not_asked", "email", ""),
        ("appointments", "not_asked", "post", ""),
        ("offers", "not_asked", "phone", "calls=register"),
        ("photos", "given", "messaging", "no_phone"),
        ("newsletter", "given", "mailer", ""),
        ("newsletter", "given share", "mailer:high", ""),
    ];
    let says = cases.map(|(purpose, said, how, besides)| said_of(purpose, said, how, besides));
    expect![[r#"
        Yes: consent to “newsletter” was given on 3 March 2026, up to and including 31 August 2026.
        No: consent to “newsletter” was withdrawn on 3 March 2026. Nothing is allowed instead.
        No: “newsletter” was refused on 3 March 2026. Nothing is allowed instead.
        No: no answer about “newsletter” has come yet. Asking for consent is allowed.
        No: the consent to “newsletter” given on 3 March 2026 waits for confirmation. Asking for consent is allowed.
        No: the consent to “newsletter” has ended and does not hold from 1 September 2026 on. Asking for consent is allowed.
        No: the wording of “newsletter” has changed and needs a new answer. Asking for consent is allowed.
        No: phone was not agreed on or preferred for “newsletter”. Allowed instead: e-mail, post.
        No: there is no address for e-mail. Allowed instead: phone, text message, post.
        No: a parent or guardian has to agree for this child. Asking for consent is allowed.
        No: there is an objection to “newsletter” or to all marketing. Nothing is allowed instead.
        No: the contact is restricted: their data is stored and nothing else. Nothing is allowed instead.
        No: the contact was erased and must not be reached. Nothing is allowed instead.
        No: nobody with that address is known. Nothing is allowed instead.
        No: there is no purpose “nonsense”. Nothing is allowed instead.
        No: “appointments” does not apply to this contact. Nothing is allowed instead.
        Yes: “appointments” needs no consent.
        No: post was not agreed on or preferred for “appointments”. Allowed instead: e-mail, phone, text message.
        Yes: “offers” needs no consent. Look the number up in Bel-me-niet-meer first.
        No: there is no address for messaging. Allowed instead: e-mail, post, in person.
        No: there is no permission to share with “Mailer”. Asking for consent is allowed.
        No: this field is too sensitive for “Mailer” and is held back. Nothing is allowed instead."#]].assert_eq(&says.join("\n"));
}

#[test]
fn a_sentence_does_without_dates() {
    let told = Told { purpose: "newsletter", ..Told::default() };
    let says = [
        decide("newsletter", "given", "email", ""),
        decide("newsletter", "expired", "email", ""),
        decide("newsletter", "given email", "phone", ""),
        decide("newsletter", "given", "phone", "no_phone"),
        decide("offers", "not_asked", "phone", "calls=register"),
        Decision::of_nobody(),
    ]
    .map(|decision| sentence(&decision, &told));
    expect![[r#"
        Yes: consent to “newsletter” was given.
        No: the consent to “newsletter” has ended. Asking for consent is allowed.
        No: this way was not agreed on or preferred for “newsletter”. Allowed instead: e-mail.
        No: there is no address for this way. Allowed instead: e-mail, post.
        Yes: “newsletter” needs no consent. Look the number up in the do-not-call register first.
        No: nobody with that address is known. Nothing is allowed instead."#]]
    .assert_eq(&says.join("\n"));
}

#[test]
fn an_answer_is_written_as_codes() {
    let json = serde_json::to_string(&decide("newsletter", "given email", "phone", "")).unwrap();
    expect![[r#"{"allowed":false,"reasons":["wrong_channel"],"instead":["email"],"evidence":["00000000-0000-0000-0000-000000000007"],"remind":null}"#]].assert_eq(&json);
}
