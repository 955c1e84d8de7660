use chrono::Duration;
use expect_test::{Expect, expect};
use proptest::prelude::*;

use super::*;
use crate::deadline::{Rule, compute, working_day};
use crate::law::Country;

fn date(text: &str) -> NaiveDate {
    text.parse().expect("a date")
}

/// One event per line: `opened 2026-03-05`, `asked …`, `confirmed …`, `failed …`, `extended-2 …`, `weighed …`, `answered …`,
/// `refused …`.
fn events(lines: &str) -> Vec<Event> {
    let text = || "words".to_owned();
    let event = |line: &str| {
        let (what, on) = line.trim().split_once(' ').expect("a word and a day");
        let on = date(on);
        match what {
            "opened" => Event::Opened { received: Received::Date(on) },
            "asked" => Event::IdentityAsked { on, reason: text() },
            "confirmed" => Event::IdentityConfirmed { on, how: text() },
            "failed" => Event::IdentityFailed { on, how: text() },
            "extended-1" => Event::Extended { months: 1, reason: text(), told: on },
            "extended-2" => Event::Extended { months: 2, reason: text(), told: on },
            "answered" => Event::Answered { on },
            "weighed" => Event::Weighed { on, stops: true, reason: text() },
            "refused" => Event::Refused { on, reason: text() },
            other => panic!("{other}"),
        }
    };
    lines.split(',').map(event).collect()
}

fn at(lines: &str) -> Position {
    fold(Country::Be, &events(lines)).expect("a lawful request")
}

fn check(lines: &str, expected: Expect) {
    let position = at(lines);
    let or_none = |day: Option<NaiveDate>| day.map_or("none".to_owned(), |day| day.to_string());
    expected.assert_eq(&format!(
        "{} due {} first month {} extended {} reminder {} target {} paused {}",
        position.state().as_str(),
        position.due(),
        position.first_month().due.date(),
        or_none(position.extended_due()),
        or_none(position.reminder()),
        position.own_target(20),
        position.paused_days(),
    ));
}

fn refused(lines: &str, expected: Expect) {
    expected.assert_eq(&fold(Country::Be, &events(lines)).expect_err("an unlawful request").to_string());
}

#[test]
fn where_a_request_stands() {
    check(
        "opened 2026-03-05",
        expect!["open due 2026-04-07 first month 2026-04-07 extended none reminder none target 2026-03-25 paused 0"],
    );
    check(
        "opened 2026-03-05, asked 2026-03-10",
        expect![
            "waiting_identity due 2026-04-07 first month 2026-04-07 extended none reminder none target 2026-03-25 paused 0"
        ],
    );
    check(
        "opened 2026-03-05, asked 2026-03-10, confirmed 2026-03-20",
        expect!["open due 2026-04-15 first month 2026-04-15 extended none reminder none target 2026-04-04 paused 10"],
    );
    check(
        "opened 2026-03-05, asked 2026-03-10, failed 2026-03-20",
        expect!["open due 2026-04-15 first month 2026-04-15 extended none reminder none target 2026-04-04 paused 10"],
    );
    check(
        "opened 2026-03-05, asked 2026-03-10, failed 2026-03-20, asked 2026-03-20, confirmed 2026-03-25",
        expect!["open due 2026-04-20 first month 2026-04-20 extended none reminder none target 2026-04-09 paused 15"],
    );
    check(
        "opened 2026-03-05, confirmed 2026-03-05",
        expect!["open due 2026-04-07 first month 2026-04-07 extended none reminder none target 2026-03-25 paused 0"],
    );
    check(
        "opened 2026-01-31, extended-2 2026-02-10",
        expect![
            "extended due 2026-04-30 first month 2026-03-02 extended 2026-04-30 reminder 2026-04-28 target 2026-02-20 paused 0"
        ],
    );
    check(
        "opened 2026-01-31, extended-1 2026-02-10",
        expect![
            "extended due 2026-03-31 first month 2026-03-02 extended 2026-03-31 reminder 2026-03-30 target 2026-02-20 paused 0"
        ],
    );
    check(
        "opened 2026-01-31, extended-2 2026-02-10, asked 2026-02-11",
        expect![
            "waiting_identity due 2026-04-30 first month 2026-03-02 extended 2026-04-30 reminder 2026-04-28 target 2026-02-20 paused 0"
        ],
    );
    check(
        "opened 2026-01-31, asked 2026-02-01, confirmed 2026-02-11, extended-2 2026-03-10",
        expect![
            "extended due 2026-05-11 first month 2026-03-10 extended 2026-05-11 reminder 2026-05-08 target 2026-03-02 paused 10"
        ],
    );
    check(
        "opened 2026-03-05, answered 2026-03-20",
        expect![
            "answered due 2026-04-07 first month 2026-04-07 extended none reminder none target 2026-03-25 paused 0"
        ],
    );
    check(
        "opened 2026-03-05, asked 2026-03-10, refused 2026-05-20",
        expect!["refused due 2026-04-07 first month 2026-04-07 extended none reminder none target 2026-03-25 paused 0"],
    );
}

#[test]
fn a_pause_is_explained() {
    let position = at("opened 2026-03-05, asked 2026-03-10, confirmed 2026-03-20");
    expect!["received on 5 March, a day that is not counted; 5 March + 1 month → 5 April + 10 days of waiting for proof of identity → 15 April"].assert_eq(&position.deadline().sentence());
}

#[test]
fn asked_on_easter_the_month_cannot_end_before_the_proof_came() {
    // The month ran out on Sunday 5 April and is moved to Tuesday 7 April.
    check(
        "opened 2026-03-05, asked 2026-04-06, confirmed 2026-04-16",
        expect!["open due 2026-04-16 first month 2026-04-16 extended none reminder none target 2026-04-05 paused 11"],
    );
    check(
        "opened 2026-03-05, asked 2026-04-07, confirmed 2026-04-07",
        expect!["open due 2026-04-07 first month 2026-04-07 extended none reminder none target 2026-03-27 paused 2"],
    );
    check(
        "opened 2026-03-05, asked 2026-04-04, confirmed 2026-04-14",
        expect!["open due 2026-04-15 first month 2026-04-15 extended none reminder none target 2026-04-04 paused 10"],
    );
}

#[test]
fn asking_after_the_due_date_stops_nothing() {
    check(
        "opened 2026-03-05, asked 2026-04-08, confirmed 2026-05-08",
        expect!["open due 2026-04-07 first month 2026-04-07 extended none reminder none target 2026-03-25 paused 0"],
    );
    let waiting = at("opened 2026-03-05, asked 2026-04-08");
    assert!(waiting.overdue(date("2026-04-08")) && waiting.overdue(date("2026-06-01")));
}

#[test]
fn what_is_not_lawful_is_refused() {
    refused("asked 2026-03-05", expect!["a request begins with its receipt"]);
    refused("opened 2026-03-05, opened 2026-03-06", expect!["the request was opened before"]);
    refused("opened 2026-03-05, asked 2026-03-04", expect!["2026-03-04 lies before 2026-03-05"]);
    refused(
        "opened 2026-03-05, asked 2026-03-06, asked 2026-03-07",
        expect!["proof of identity has been awaited since 2026-03-06"],
    );
    refused("opened 2026-03-05, asked 2026-03-06, confirmed 2026-03-05", expect!["2026-03-05 lies before 2026-03-06"]);
    refused("opened 2026-03-05, confirmed 2026-03-06, asked 2026-03-07", expect!["the identity was confirmed before"]);
    refused("opened 2026-03-05, confirmed 2026-03-06, failed 2026-03-07", expect!["the identity was confirmed before"]);
    refused(
        "opened 2026-03-05, asked 2026-03-06, failed 2026-03-10, asked 2026-03-09",
        expect!["2026-03-09 lies before 2026-03-10"],
    );
    refused("opened 2026-03-05, extended-2 2026-03-04", expect!["2026-03-04 lies before 2026-03-05"]);
    refused(
        "opened 2026-03-05, extended-2 2026-04-08",
        expect!["the person had to be told of an extension by 2026-04-07"],
    );
    refused(
        "opened 2026-03-05, extended-1 2026-03-10, extended-1 2026-03-11",
        expect!["the request was extended before"],
    );
    refused(
        "opened 2026-03-05, asked 2026-04-08, extended-2 2026-04-08",
        expect!["the person had to be told of an extension by 2026-04-07"],
    );
    refused("opened 2026-03-05, answered 2026-03-04", expect!["2026-03-04 lies before 2026-03-05"]);
    refused("opened 2026-03-05, asked 2026-03-10, refused 2026-03-09", expect!["2026-03-09 lies before 2026-03-10"]);
    refused(
        "opened 2026-03-05, extended-1 2026-03-10, answered 2026-03-09",
        expect!["2026-03-09 lies before 2026-03-10"],
    );
    for next in ["opened", "asked", "confirmed", "failed", "extended-1", "answered", "refused"] {
        for closed in ["answered", "refused"] {
            let found =
                fold(Country::Be, &events(&format!("opened 2026-03-05, {closed} 2026-03-06, {next} 2026-03-07")));
            assert_eq!(found, Err(RequestError::Closed { on: date("2026-03-06") }), "{next} after {closed}");
        }
    }
}

#[test]
fn the_last_day_to_tell_of_an_extension_is_the_first_months_last_day() {
    for lawful in [
        "opened 2026-03-05, extended-2 2026-03-05",
        "opened 2026-03-05, extended-2 2026-04-07",
        // The clock stood still since 10 March.
        "opened 2026-03-05, asked 2026-03-10, extended-2 2026-04-30",
        "opened 2026-03-05, asked 2026-04-07, extended-2 2026-04-30",
        "opened 2026-03-05, asked 2026-03-10, confirmed 2026-03-20, extended-2 2026-04-15",
    ] {
        assert_eq!(at(lawful).extension().map(|extension| extension.months), Some(2), "{lawful}");
    }
    refused(
        "opened 2026-03-05, asked 2026-03-10, confirmed 2026-03-20, extended-2 2026-04-16",
        expect!["the person had to be told of an extension by 2026-04-15"],
    );
}

#[test]
fn reasons_and_lengths_are_checked() {
    let open = at("opened 2026-03-05");
    let on = date("2026-03-06");
    for reason in ["", "  \n"] {
        let reason = reason.to_owned();
        assert_eq!(open.admit(&Event::IdentityAsked { on, reason: reason.clone() }), Err(RequestError::NoReason));
        assert_eq!(open.admit(&Event::Refused { on, reason: reason.clone() }), Err(RequestError::NoReason));
        assert_eq!(open.admit(&Event::Extended { months: 1, reason, told: on }), Err(RequestError::NoReason));
    }
    for months in [0, 3, u8::MAX] {
        let found = open.admit(&Event::Extended { months, reason: "many".to_owned(), told: on });
        assert_eq!(found, Err(RequestError::ExtensionLength { months }));
    }
    assert_eq!(fold(Country::Be, []), Err(RequestError::NotOpened));
}

#[test]
fn days_left_count_down_and_stand_still_while_waiting() {
    let left = |lines: &str, on: &str| (at(lines).days_left(date(on)), at(lines).overdue(date(on)));
    for (lines, on, expected) in [
        ("opened 2026-03-05", "2026-03-05", (33, false)),
        ("opened 2026-03-05", "2026-04-07", (0, false)),
        ("opened 2026-03-05", "2026-04-08", (-1, true)),
        ("opened 2026-03-05, asked 2026-03-10", "2026-03-08", (30, false)),
        ("opened 2026-03-05, asked 2026-03-10", "2026-12-01", (28, false)),
        ("opened 2026-03-05, asked 2026-04-08", "2026-04-20", (-13, true)),
        ("opened 2026-03-05, answered 2026-04-06", "2026-12-01", (1, false)),
        ("opened 2026-03-05, answered 2026-04-09", "2026-12-01", (-2, false)),
    ] {
        assert_eq!(left(lines, on), expected, "{lines} on {on}");
    }
}

#[test]
fn the_own_target_never_lies_after_the_legal_date() {
    let open = at("opened 2026-03-05");
    for (days, expected) in
        [(0, "2026-03-05"), (20, "2026-03-25"), (33, "2026-04-07"), (34, "2026-04-07"), (u32::MAX, "2026-04-07")]
    {
        assert_eq!(open.own_target(days), date(expected), "{days} days");
    }
}

#[test]
fn the_position_tells_what_is_known() {
    let position = at("opened 2026-03-05, asked 2026-03-06");
    assert_eq!(position.identity(), Identity::Waiting { since: date("2026-03-06") });
    assert_eq!(at("opened 2026-03-05, failed 2026-03-06").identity(), Identity::Failed);
    assert_eq!(at("opened 2026-03-05").identity(), Identity::NotAsked);
    assert_eq!(position.closed_on(), None);
    assert_eq!(at("opened 2026-03-05, answered 2026-03-06").closed_on(), Some(date("2026-03-06")));
    assert_eq!(position.deadline().rule, Rule::OneMonth);
    assert_eq!(at("opened 2026-03-05, extended-1 2026-03-06").deadline().rule, Rule::TwoMonths);
    assert_eq!(at("opened 2026-03-05, extended-2 2026-03-06").deadline().rule, Rule::ThreeMonths);
}

#[test]
fn words_are_the_same_everywhere() {
    for kind in Kind::ALL.iter().copied() {
        assert_eq!(serde_json::to_string(&kind).expect("text"), format!("{:?}", kind.as_str()));
        assert_eq!(Kind::parse(kind.as_str()), Some(kind));
        assert_eq!(kind.at_once(true), matches!(kind, Kind::Withdrawal | Kind::Objection));
        assert_eq!(kind.at_once(false), kind == Kind::Withdrawal);
    }
    assert_eq!(Kind::parse("Access"), None);
    for state in State::ALL.iter().copied() {
        assert_eq!(serde_json::to_string(&state).expect("text"), format!("{:?}", state.as_str()));
        assert_eq!(state.is_closed(), matches!(state, State::Answered | State::Refused));
    }
    let event = Event::Extended { months: 2, reason: "many".to_owned(), told: date("2026-03-06") };
    let json = serde_json::to_string(&event).expect("text");
    expect![[r#"{"code":"extended","months":2,"reason":"many","told":"2026-03-06"}"#]].assert_eq(&json);
    assert_eq!(serde_json::from_str::<Event>(&json).expect("an event"), event);
}

/// Any event within half a year around the receipt, lawful or not.
fn event(opened: NaiveDate) -> impl Strategy<Value = Event> {
    let reason = || prop_oneof![9 => Just("words".to_owned()), 1 => Just(" ".to_owned())];
    (-5..150_i64, 0..9_u8, 0..4_u8, reason()).prop_map(move |(days, which, months, reason)| {
        let on = opened + Duration::days(days);
        match which {
            0 => Event::Opened { received: Received::Date(on) },
            1 | 2 => Event::IdentityAsked { on, reason },
            3 => Event::IdentityConfirmed { on, how: reason },
            4 => Event::IdentityFailed { on, how: reason },
            5 => Event::Extended { months, reason, told: on },
            6 => Event::Answered { on },
            7 => Event::Weighed { on, stops: months > 1, reason },
            _ => Event::Refused { on, reason },
        }
    })
}

fn life() -> impl Strategy<Value = (Country, NaiveDate, Vec<Event>)> {
    let country = proptest::sample::select(Country::all().collect::<Vec<_>>());
    let opened = (0..110_000_i64).prop_map(|days| date("1900-01-01") + Duration::days(days));
    (country, opened).prop_flat_map(|(country, opened)| {
        (Just(country), Just(opened), proptest::collection::vec(event(opened), 0..30))
    })
}

proptest! {
    #[test]
    fn only_lawful_moves_are_admitted((country, opened, tried) in life()) {
        let received = Received::Date(opened);
        let due = |rule| compute(country, received, rule).due.date();
        let mut kept = vec![Event::Opened { received }];
        let mut position = fold(country, &kept).expect("opened");
        for event in tried {
            let admitted = position.admit(&event);
            kept.push(event);
            let next = fold(country, &kept);
            prop_assert_eq!(next.as_ref().err().copied(), admitted.err(), "admit and fold agree");
            let Ok(next) = next else {
                kept.pop();
                continue;
            };
            prop_assert!(!position.state().is_closed(), "nothing happens after the end");
            prop_assert!(next.extension().is_none() || position.extension().is_none_or(|old| Some(old) == next.extension()));
            prop_assert!(next.paused_days() >= position.paused_days());
            prop_assert!(next.due() >= position.due(), "no event takes time away");
            prop_assert!(next.due() >= due(Rule::OneMonth));
            let most = compute(country, received, Rule::ThreeMonths).unmoved() + Duration::days(i64::from(next.paused_days()));
            prop_assert!(next.due() <= working_day(country, most));
            prop_assert!(next.own_target(20) <= next.due());
            prop_assert!(next.reminder().is_none_or(|reminder| reminder <= next.due()));
            if let (Identity::Waiting { since }, Identity::Confirmed | Identity::Failed) = (position.identity(), next.identity()) {
                let on = match kept.last() {
                    Some(Event::IdentityConfirmed { on, .. } | Event::IdentityFailed { on, .. }) => *on,
                    _ => unreachable!("only these two end a wait"),
                };
                prop_assert!(since > position.due() || next.due() >= on, "proof in time leaves time to answer");
            }
            position = next;
        }
    }
}
