use proptest::prelude::*;

use super::*;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// `status since [until] [agreed] [objected]` of a consent, or `basis [span] [objected]`.
fn reason(text: &str) -> Reason {
    let words: Vec<&str> = text.split_whitespace().collect();
    let named = |name: &str| words.iter().find_map(|word| word.strip_prefix(name)).map(day);
    let objected = named("objected=");
    match words.as_slice() {
        ["basis", rest @ ..] => {
            let keeps = rest.iter().find(|word| word.starts_with('P')).map(|span| span.parse().unwrap());
            Reason::Basis { keeps, objected }
        }
        [status, since, ..] => Reason::Consent {
            status: Status::parse(status).unwrap(),
            since: day(since),
            expires: named("until="),
            agreed: words.contains(&"agreed"),
            objected,
        },
        _ => panic!("{text}"),
    }
}

fn check(reasons: &[&str], bar: Option<Bar>, hold: Option<&str>, expected: &str) {
    let reasons: Vec<Reason> = reasons.iter().map(|text| reason(text)).collect();
    let hold = hold.map(day);
    let facts = Facts { reasons: &reasons, last: day("2026-03-01"), evidence_years: 3, bar, hold };
    let found = match fate(&facts) {
        Fate::Stays => "stays".to_owned(),
        Fate::Ends { on, why, bar: None } => format!("{on} {}", why.as_str()),
        Fate::Ends { on, why, bar: Some(bar) } => format!("{on} {} {}", why.as_str(), bar.as_str()),
    };
    assert_eq!(found, expected, "{reasons:?}");
}

#[test]
fn it_is_over_once_no_reason_stands() {
    for (reasons, expected) in [
        (&[][..], false),
        (&["given 2026-01-10 until=2027-01-10 agreed"], false),
        (&["given 2025-01-10 until=2026-03-05 agreed"], true),
        (&["given 2026-01-10 agreed objected=2026-02-01"], true),
        (&["withdrawn 2026-02-28 agreed"], true),
        (&["withdrawn 2026-02-28 agreed", "given 2026-01-10 until=2027-01-10 agreed"], false),
        (&["asked 2026-02-01"], false),
        (&["refused 2026-02-01", "basis"], false),
        (&["refused 2026-02-01", "basis P24M"], false),
        (&["refused 2026-02-01", "basis P4D"], true),
    ] {
        let kept: Vec<Reason> = reasons.iter().map(|text| reason(text)).collect();
        let facts = Facts {
            reasons: &kept,
            last: day("2026-03-01"),
            evidence_years: 3,
            bar: None,
            hold: Some(day("2099-01-01")),
        };
        assert_eq!(over(&facts, day("2026-03-05")), expected, "{reasons:?}");
    }
}

#[test]
fn a_reason_ends_on_its_day() {
    for (reason, expected) in [
        ("given 2026-01-10", "stays"),
        ("given 2026-01-10 until=2027-01-10 agreed", "2030-01-10 expired"),
        ("given 2026-01-10 agreed objected=2026-02-01", "2029-02-01 objected"),
        ("withdrawn 2026-02-28 agreed", "2029-02-28 withdrawn"),
        ("expired 2026-02-01 until=2026-02-01 agreed", "2029-02-01 expired"),
        ("expired 2026-02-01 until=2026-02-01", "2026-02-01 unconfirmed"),
        ("awaiting_confirmation 2026-02-01 until=2026-02-15", "2026-02-15 unconfirmed"),
        ("refused 2026-02-01", "2026-02-01 refused"),
        ("refused 2026-02-01 agreed", "2029-02-01 refused"),
        ("asked 2026-02-01", "stays"),
        ("basis", "stays"),
        ("basis P24M", "2028-03-01 retention_over"),
        ("basis P24M objected=2026-02-05", "2026-02-05 objected"),
    ] {
        check(&[reason], None, None, expected);
    }
}

#[test]
fn the_last_reason_decides() {
    check(&[], None, None, "stays");
    check(&["withdrawn 2026-02-28 agreed", "basis"], None, None, "stays");
    check(&["withdrawn 2026-02-28 agreed", "basis P5Y"], None, None, "2031-03-01 retention_over");
    check(&["withdrawn 2026-02-28 agreed", "refused 2026-03-01"], None, None, "2029-02-28 withdrawn");
    check(&["expired 2026-02-01 until=2026-02-01", "asked 2026-02-20"], None, None, "stays");
}

#[test]
fn what_stands_against_it_postpones() {
    let gone = ["refused 2026-02-01"];
    check(&gone, Some(Bar::OpenRequest), None, "2026-02-01 refused open_request");
    check(&gone, None, Some("2033-12-31"), "2034-01-01 refused");
    check(&gone, None, Some("2025-12-31"), "2026-02-01 refused");
    let reasons = [reason(gone[0])];
    let facts = Facts { reasons: &reasons, last: day("2026-03-01"), evidence_years: 3, bar: None, hold: None };
    assert!(!fate(&facts).may_go(day("2026-01-31")) && fate(&facts).may_go(day("2026-02-01")));
    let barred = Facts { bar: Some(Bar::Restricted), ..facts };
    assert!(!fate(&barred).may_go(day("2030-01-01")));
}

fn any_day() -> impl Strategy<Value = NaiveDate> {
    (0_u64..4000).prop_map(|days| day("2020-01-01") + chrono::Days::new(days))
}

fn any_reason() -> impl Strategy<Value = Reason> {
    let objected = prop_oneof![Just(None), any_day().prop_map(Some)];
    let expires = prop_oneof![Just(None), any_day().prop_map(Some)];
    let status = prop::sample::select(Status::ALL.to_vec());
    let span = prop_oneof![Just(None), prop::sample::select(vec!["P1M", "P24M", "P7Y"]).prop_map(|s| s.parse().ok())];
    prop_oneof![
        (status, any_day(), expires, any::<bool>(), objected.clone()).prop_map(
            |(status, since, expires, agreed, objected)| Reason::Consent { status, since, expires, agreed, objected }
        ),
        (span, objected).prop_map(|(keeps, objected)| Reason::Basis { keeps, objected }),
    ]
}

proptest! {
    /// One more reason, evidence that is kept longer, or a hold never lets anybody go earlier.
    #[test]
    fn nothing_that_is_added_lets_somebody_go_earlier(
        reasons in prop::collection::vec(any_reason(), 1..5), more in any_reason(), last in any_day(), years in 0_u8..6,
        hold in any_day(), on in any_day()
    ) {
        let facts = Facts { reasons: &reasons, last, evidence_years: years, bar: None, hold: None };
        let all: Vec<Reason> = reasons.iter().copied().chain([more]).collect();
        for stricter in [
            Facts { reasons: &all, ..facts },
            Facts { evidence_years: years + 1, ..facts },
            Facts { hold: Some(hold), ..facts },
            Facts { bar: Some(Bar::OpenRequest), ..facts },
        ] {
            prop_assert!(!fate(&stricter).may_go(on) || fate(&facts).may_go(on));
        }
    }

    /// Whoever's yes stands without an end, and whoever is asked, stays.
    #[test]
    fn a_yes_without_end_keeps(reasons in prop::collection::vec(any_reason(), 0..5), since in any_day(), on in any_day()) {
        let yes = Reason::Consent { status: Status::Given, since, expires: None, agreed: true, objected: None };
        let all: Vec<Reason> = reasons.into_iter().chain([yes]).collect();
        let facts = Facts { reasons: &all, last: since, evidence_years: 0, bar: None, hold: None };
        prop_assert_eq!(fate(&facts), Fate::Stays);
        prop_assert!(!fate(&facts).may_go(on));
    }
}
