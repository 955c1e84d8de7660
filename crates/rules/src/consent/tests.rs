//! The histories, row by row, and what a standing carries along.

use std::fmt::Write;

use chrono::Datelike;
use chrono_tz::{Africa, Europe};
use expect_test::expect;

use super::*;
use crate::person::Channel;

pub(crate) fn day(text: &str) -> NaiveDate {
    text.parse().expect(text)
}

/// The purposes that the table's heading lists.
pub(super) fn purpose(name: &str) -> Purpose {
    let version = |number, since, material| Version { number, since: day(since), material };
    let first = version(1, "2020-01-01", false);
    let versions = match name {
        "edited" => vec![first, version(2, "2026-06-01", false)],
        "changed" => vec![first, version(2, "2026-06-01", true)],
        "twice" => vec![version(3, "2026-06-01", true), first, version(2, "2026-05-01", false)],
        _ => vec![first],
    };
    Purpose {
        key: name.to_owned(),
        basis: Basis::Consent,
        soft_opt_in: false,
        special: false,
        marketing: false,
        channels: [Channel::Email, Channel::Phone, Channel::Post].into_iter().collect(),
        label: None,
        versions,
        validity: (name == "year").then(|| "P12M".parse().unwrap()),
        builtin: None,
    }
}

pub(crate) fn instant(text: &str) -> DateTime<Utc> {
    match text.split_once('T') {
        Some(_) => text.replace('Z', ":00Z").parse().expect(text),
        None => day(text).and_hms_opt(12, 0, 0).unwrap().and_utc(),
    }
}

fn answer(word: &str, words: &[&str]) -> Answer {
    match word {
        "asked" => Answer::Asked,
        "refused" => Answer::Refused,
        "confirmed" => Answer::Confirmed,
        "withdrawn" => Answer::Withdrawn,
        "corrected" => Answer::Corrected { event: Uuid::from_u128(words[1].parse().unwrap()) },
        "given" => Answer::Given(Terms {
            unconfirmed: words.contains(&"unconfirmed"),
            expires: words.iter().find_map(|word| word.strip_prefix("expires=")).map(day),
            ..Terms::default()
        }),
        other => panic!("{other}"),
    }
}

pub(crate) fn events(happened: &str) -> Vec<Event> {
    let facts = happened.split(';').map(str::trim).filter(|fact| !fact.is_empty());
    facts
        .zip(1_u32..)
        .map(|(fact, number)| {
            let words: Vec<&str> = fact.split_whitespace().collect();
            let dated = if words[0] == "corrected" { words[2] } else { words[1] };
            let version = words.iter().find_map(|word| word.strip_prefix('v')).map_or(1, |v| v.parse().unwrap());
            let id = Uuid::from_u128(number.into());
            Event { id, seq: number.into(), happened: instant(dated), version, answer: answer(words[0], &words) }
        })
        .collect()
}

fn stand(name: &str, happened: &str, on: &str) -> Standing {
    fold(&events(happened), &purpose(name), day(on), Europe::Brussels, CONFIRM_DAYS)
}

#[test]
fn the_histories_hold() {
    let mut wrong = String::new();
    for row in include_str!("histories.txt").lines().filter(|line| !line.starts_with('#') && !line.is_empty()) {
        let columns: Vec<&str> = row.split('|').map(str::trim).collect();
        let [name, happened, on, status, expires, evidence] = columns[..] else { panic!("six columns: {row}") };
        let standing = stand(name, happened, on);
        let why = standing.ending.filter(|_| standing.lapsed).map_or("", Ending::as_str);
        let found = (
            format!("{} {why}", standing.status.as_str()).trim().to_owned(),
            standing.expires.map_or_else(String::new, |end| end.to_string()),
            standing.evidence.iter().map(|id| id.as_u128().to_string()).collect::<Vec<_>>().join(" "),
        );
        if found != (status.to_owned(), expires.to_owned(), evidence.to_owned()) {
            writeln!(wrong, "{row}\n    is {found:?}").unwrap();
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn a_standing_begins_with_what_brought_it_about() {
    let since = |name, happened, on| stand(name, happened, on).since.map(|instant| instant.to_rfc3339());
    assert_eq!(since("plain", "", "2026-03-01"), None);
    assert_eq!(since("plain", "given 2026-03-01", "2026-03-09").unwrap(), "2026-03-01T12:00:00+00:00");
    let confirmed = "given 2026-03-01 unconfirmed; confirmed 2026-03-02";
    assert_eq!(since("plain", confirmed, "2026-03-09").unwrap(), "2026-03-02T12:00:00+00:00");
    let again = "given 2026-03-01; asked 2026-03-05";
    assert_eq!(since("plain", again, "2026-03-09").unwrap(), "2026-03-01T12:00:00+00:00");
    for after in [
        "given 2026-03-01 expires=2026-03-02; asked 2026-03-05",
        "given 2026-03-01; refused 2026-03-05",
        "given 2026-03-01; withdrawn 2026-03-05",
    ] {
        assert_eq!(since("plain", after, "2026-03-09").unwrap(), "2026-03-05T12:00:00+00:00", "{after}");
    }
    // The day begins in Brussels: an hour before UTC in winter, two in summer.
    assert_eq!(since("year", "given 2026-03-01", "2027-03-09").unwrap(), "2027-02-28T23:00:00+00:00");
    assert_eq!(since("year", "given 2026-07-01", "2027-07-09").unwrap(), "2027-06-30T22:00:00+00:00");
}

#[test]
fn a_standing_tells_the_version_of_the_latest_event_that_counts() {
    for (history, version) in [
        ("", None),
        ("asked 2026-03-01 v2", Some(2)),
        ("asked 2026-03-01 v2; given 2026-03-02 v3", Some(3)),
        ("given 2026-03-01 v2; asked 2026-03-02 v3", Some(2)),
        ("given 2026-03-01 v2 unconfirmed; confirmed 2026-03-02 v3", Some(2)),
        ("given 2026-03-01 v2; refused 2026-03-02 v3", Some(3)),
        ("given 2026-03-01 v2; withdrawn 2026-03-02 v3", Some(3)),
        ("given 2026-03-01 v2; withdrawn 2026-03-02 v3; corrected 2 2026-03-03", Some(2)),
    ] {
        assert_eq!(stand("plain", history, "2026-03-09").version, version, "{history}");
    }
}

#[test]
fn a_yes_that_waits_beside_another_is_told_of_until_it_is_too_late() {
    let two = "given 2026-03-01; given 2026-03-05 v2 unconfirmed";
    for (also, on, waits) in [
        ("", "2026-03-04", false),
        ("", "2026-03-05", true),
        ("", "2026-03-18", true),
        ("", "2026-03-19", false),
        ("; asked 2026-03-06", "2026-03-07", true),
        ("; confirmed 2026-03-06", "2026-03-07", false),
        ("; refused 2026-03-06", "2026-03-07", false),
        ("; withdrawn 2026-03-06", "2026-03-07", false),
        ("; given 2026-03-06", "2026-03-07", false),
        ("; corrected 2 2026-03-06", "2026-03-07", false),
    ] {
        let waiting = stand("plain", &format!("{two}{also}"), on).waiting;
        assert_eq!(waiting, waits.then(|| (2, day("2026-03-19"))), "{also} on {on}");
    }
    let ended = "given 2026-03-01 expires=2026-03-10; given 2026-03-05 unconfirmed";
    assert_eq!(stand("plain", ended, "2026-03-12").waiting, Some((1, day("2026-03-19"))));
    assert_eq!(stand("plain", "given 2026-03-05 unconfirmed", "2026-03-06").waiting, None);
}

#[test]
fn the_version_in_force_is_the_newest_that_had_begun() {
    for (name, on, version) in [
        ("twice", "2019-12-31", 1),
        ("twice", "2020-01-01", 1),
        ("twice", "2026-04-30", 1),
        ("twice", "2026-05-01", 2),
        ("twice", "2026-05-31", 2),
        ("twice", "2026-06-01", 3),
        ("twice", "2199-12-31", 3),
        ("edited", "2026-05-31", 1),
        ("edited", "2026-06-01", 2),
    ] {
        assert_eq!(purpose(name).version_on(day(on)), version, "{name} {on}");
    }
    assert_eq!(Purpose::builtin(Builtin::Ask).version_on(day("2026-06-01")), 1);
}

#[test]
fn a_day_without_midnight_begins_at_its_first_instant() {
    // In Cairo the clock went from 23:59:59 on 24 April 2025 to 01:00 on the 25th.
    let ends =
        fold(&events("given 2025-03-01 expires=2025-04-25"), &purpose("plain"), day("2025-05-01"), Africa::Cairo, 14);
    assert_eq!(ends.since.unwrap().to_rfc3339(), "2025-04-24T22:00:00+00:00");
}

#[test]
fn the_terms_come_along_while_the_yes_holds() {
    let mut history = events("given 2026-03-01; withdrawn 2026-04-01");
    history[0].answer = Answer::Given(Terms {
        channels: Some([Channel::Email, Channel::Sms].into_iter().collect()),
        prefer: Some(Channel::Email),
        expires: Some(day("2026-03-20")),
        share: BTreeSet::from(["mailer".to_owned()]),
        guardian: true,
        explicit: true,
        unconfirmed: false,
    });
    let on = |date| fold(&history, &purpose("plain"), day(date), Europe::Brussels, 14);
    let held = on("2026-03-02");
    // A text message is no channel of the purpose.
    assert_eq!(Vec::from(held.channels), [Channel::Email]);
    assert_eq!((held.prefer, held.guardian, held.explicit, held.version), (Some(Channel::Email), true, true, Some(1)));
    assert!(held.share.contains("mailer"));
    for date in ["2026-03-20", "2026-04-01"] {
        let over = on(date);
        assert!(over.channels.is_empty() && over.share.is_empty() && over.prefer.is_none(), "{date}");
    }
}

#[test]
fn a_yes_covers_no_channel_when_none_was_ticked() {
    let mut history = events("given 2026-03-01");
    let covered =
        |history: &[Event]| fold(history, &purpose("plain"), day("2026-03-02"), Europe::Brussels, 14).channels;
    assert_eq!(covered(&history), purpose("plain").channels);
    history[0].answer = Answer::Given(Terms { channels: Some(ChannelSet::NONE), ..Terms::default() });
    assert!(covered(&history).is_empty());
}

#[test]
fn the_days_to_confirm_are_the_owners() {
    let history = events("given 2026-03-01 unconfirmed");
    let on = |date, days| fold(&history, &purpose("plain"), day(date), Europe::Brussels, days).status;
    assert_eq!(on("2026-03-01", 0), Status::Expired);
    assert_eq!(on("2026-03-30", 30), Status::AwaitingConfirmation);
    assert_eq!(on("2026-03-31", 30), Status::Expired);
    assert_eq!(on("2199-12-31", u32::MAX), Status::AwaitingConfirmation);
}

#[test]
fn changed_wording_has_a_list_of_its_own() {
    assert!(stand("changed", "given 2026-03-01", "2026-06-01").wording_changed());
    assert!(!stand("changed", "given 2026-03-01", "2026-05-31").wording_changed());
    assert!(!stand("year", "given 2026-03-01", "2027-06-01").wording_changed());
    assert!(stand("changed", "given 2026-03-01; asked 2026-06-02 v2", "2026-06-02").wording_changed());
}

#[test]
fn under_one_number_the_stricter_counts() {
    let mut history = events("withdrawn 2026-03-01; refused 2026-03-01; given 2026-03-01; asked 2026-03-01");
    for event in &mut history {
        event.seq = 1;
    }
    let status = |history: &[Event]| fold(history, &purpose("plain"), day("2026-03-01"), Europe::Brussels, 14).status;
    assert_eq!(status(&history), Status::Withdrawn);
    assert_eq!(status(&history[1..]), Status::Refused);
    assert_eq!(status(&history[2..]), Status::Given);
}

#[test]
fn a_correction_takes_out_only_what_was_recorded_before_it() {
    let mut history = events("withdrawn 2026-03-01; corrected 1 2026-03-01");
    let status = |history: &[Event]| fold(history, &purpose("plain"), day("2026-03-01"), Europe::Brussels, 14).status;
    assert_eq!(status(&history), Status::NotAsked);
    history[0].seq = history[1].seq;
    assert_eq!(status(&history), Status::Withdrawn);
    history[0].seq += 1;
    assert_eq!(status(&history), Status::Withdrawn);
}

#[test]
fn something_stands_until_the_day_it_is_lifted() {
    let stands_on =
        |lifted: Option<&str>, on| stands(instant("2026-03-01"), lifted.map(instant), day(on), Europe::Brussels);
    assert!(!stands_on(None, "2026-02-28"));
    assert!(stands_on(None, "2026-03-01"));
    assert!(stands_on(Some("2026-03-05"), "2026-03-04"));
    assert!(!stands_on(Some("2026-03-05"), "2026-03-05"));
    assert!(!stands_on(Some("2026-03-01"), "2026-03-01"));
}

#[test]
fn the_ends_of_the_calendar_have_a_day() {
    assert_eq!(day_of(DateTime::<Utc>::MAX_UTC, Europe::Brussels).year(), DateTime::<Utc>::MAX_UTC.year());
    let west = chrono_tz::America::New_York;
    assert_eq!(day_of(DateTime::<Utc>::MIN_UTC, west).year(), DateTime::<Utc>::MIN_UTC.year());
}

#[test]
fn events_are_written_as_codes() {
    let history = events("given 2026-03-01 unconfirmed; corrected 1 2026-03-02");
    let json = history.iter().map(|event| serde_json::to_string(event).unwrap()).collect::<Vec<_>>().join("\n");
    expect![[r#"
        {"id":"00000000-0000-0000-0000-000000000001","seq":1,"happened":"2026-03-01T12:00:00Z","version":1,"answer":{"kind":"given","channels":null,"prefer":null,"expires":null,"share":[],"guardian":false,"explicit":false,"unconfirmed":true}}
        {"id":"00000000-0000-0000-0000-000000000002","seq":2,"happened":"2026-03-02T12:00:00Z","version":1,"answer":{"kind":"corrected","event":"00000000-0000-0000-0000-000000000001"}}"#]].assert_eq(&json);
    for (line, event) in json.lines().zip(&history) {
        assert_eq!(&serde_json::from_str::<Event>(line).unwrap(), event);
    }
    for answer in ["asked", "given", "refused", "confirmed", "withdrawn", "corrected"] {
        assert_eq!(super::tests::answer(answer, &["", "1"]).as_str(), answer);
    }
}

#[test]
fn an_answer_without_new_keys_still_reads() {
    let terms: Terms = serde_json::from_str(r#"{"channels":["email"]}"#).unwrap();
    assert_eq!(terms, Terms { channels: Some([Channel::Email].into_iter().collect()), ..Terms::default() });
}
