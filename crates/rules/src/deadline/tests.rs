use chrono::Duration;
use expect_test::{Expect, expect};
use proptest::prelude::*;

use super::*;

fn date(text: &str) -> NaiveDate {
    text.parse().expect("a date")
}

fn read(country: Country, text: &str) -> Received {
    Received::parse(text, country.zone()).expect("a date or an instant")
}

/// The steps with their days and the whole sentence.
fn check(country: Country, received: &str, rule: Rule, paused_days: u32, expected: Expect) {
    let deadline = compute_paused(country, read(country, received), rule, paused_days);
    let steps: Vec<_> = deadline.steps.iter().map(|step| format!("{} {}\n", step.date, step.text())).collect();
    expected.assert_eq(&format!("{}= {}\n", steps.concat(), deadline.sentence()));
}

#[test]
fn the_last_day_of_a_short_month_on_a_weekend() {
    check(
        Country::Be,
        "2026-01-31",
        Rule::OneMonth,
        0,
        expect![[r#"
            2026-01-31 received on 31 January, a day that is not counted
            2026-02-28 31 January + 1 month has no such day → 28 February
            2026-02-28 28 February is a Saturday
            2026-03-01 1 March is a Sunday
            2026-03-02 → Monday 2 March
            = received on 31 January, a day that is not counted; 31 January + 1 month has no such day → 28 February; that is a Saturday → Monday 2 March
        "#]],
    );
}

#[test]
fn easter_in_the_way() {
    check(
        Country::Be,
        "2026-03-05",
        Rule::OneMonth,
        0,
        expect![[r#"
        2026-03-05 received on 5 March, a day that is not counted
        2026-04-05 5 March + 1 month → 5 April
        2026-04-05 5 April is a Sunday
        2026-04-06 6 April is Easter Monday
        2026-04-07 → Tuesday 7 April
        = received on 5 March, a day that is not counted; 5 March + 1 month → 5 April; that is a Sunday, 6 April is Easter Monday → Tuesday 7 April
    "#]],
    );
}

#[test]
fn good_friday_weekend_and_easter_monday() {
    check(
        Country::De,
        "2026-03-03",
        Rule::OneMonth,
        0,
        expect![[r#"
            2026-03-03 received on 3 March, a day that is not counted
            2026-04-03 3 March + 1 month → 3 April
            2026-04-03 3 April is Good Friday
            2026-04-04 4 April is a Saturday
            2026-04-05 5 April is a Sunday
            2026-04-06 6 April is Easter Monday
            2026-04-07 → Tuesday 7 April
            = received on 3 March, a day that is not counted; 3 March + 1 month → 3 April; that is Good Friday, 4 April is a Saturday, 6 April is Easter Monday → Tuesday 7 April
        "#]],
    );
}

#[test]
fn a_working_day_is_not_moved() {
    check(
        Country::Nl,
        "2025-06-11",
        Rule::OneMonth,
        0,
        expect![[r#"
        2025-06-11 received on 11 June, a day that is not counted
        2025-07-11 11 June + 1 month → 11 July
        = received on 11 June, a day that is not counted; 11 June + 1 month → 11 July
    "#]],
    );
}

#[test]
fn three_months_from_receipt() {
    check(
        Country::Nl,
        "2026-11-30",
        Rule::ThreeMonths,
        0,
        expect![[r#"
        2026-11-30 received on 30 November, a day that is not counted
        2027-02-28 30 November + 3 months has no such day → 28 February
        2027-02-28 28 February is a Sunday
        2027-03-01 → Monday 1 March
        = received on 30 November, a day that is not counted; 30 November + 3 months has no such day → 28 February; that is a Sunday → Monday 1 March
    "#]],
    );
}

#[test]
fn two_months_from_receipt() {
    check(
        Country::Nl,
        "2026-12-31",
        Rule::TwoMonths,
        0,
        expect![[r#"
        2026-12-31 received on 31 December, a day that is not counted
        2027-02-28 31 December + 2 months has no such day → 28 February
        2027-02-28 28 February is a Sunday
        2027-03-01 → Monday 1 March
        = received on 31 December, a day that is not counted; 31 December + 2 months has no such day → 28 February; that is a Sunday → Monday 1 March
    "#]],
    );
}

#[test]
fn a_pause_is_added_before_the_end_is_moved() {
    check(
        Country::Be,
        "2026-03-05",
        Rule::OneMonth,
        13,
        expect![[r#"
            2026-03-05 received on 5 March, a day that is not counted
            2026-04-05 5 March + 1 month → 5 April
            2026-04-18 + 13 days of waiting for proof of identity → 18 April
            2026-04-18 18 April is a Saturday
            2026-04-19 19 April is a Sunday
            2026-04-20 → Monday 20 April
            = received on 5 March, a day that is not counted; 5 March + 1 month → 5 April + 13 days of waiting for proof of identity → 18 April; that is a Saturday → Monday 20 April
        "#]],
    );
}

#[test]
fn one_day_of_pause_leads_out_of_the_weekend() {
    check(
        Country::Be,
        "2025-03-05",
        Rule::OneMonth,
        2,
        expect![[r#"
        2025-03-05 received on 5 March, a day that is not counted
        2025-04-05 5 March + 1 month → 5 April
        2025-04-07 + 2 days of waiting for proof of identity → 7 April
        = received on 5 March, a day that is not counted; 5 March + 1 month → 5 April + 2 days of waiting for proof of identity → 7 April
    "#]],
    );
}

#[test]
fn data_from_elsewhere() {
    check(
        Country::De,
        "2026-12-25",
        Rule::OneMonthNotice,
        0,
        expect![[r#"
        2026-12-25 obtained on 25 December, a day that is not counted
        2027-01-25 25 December + 1 month → 25 January
        = obtained on 25 December, a day that is not counted; 25 December + 1 month → 25 January
    "#]],
    );
}

#[test]
fn hours_across_the_spring_change() {
    check(
        Country::Be,
        "2026-03-27T10:00+01:00",
        Rule::SeventyTwoHours,
        0,
        expect![[r#"
        2026-03-27 aware on 27 March at 10:00
        2026-03-29 on 29 March the clock goes forward by 60 minutes
        2026-03-30 72 hours → Monday 30 March at 11:00, not moved
        = aware on 27 March at 10:00; on 29 March the clock goes forward by 60 minutes; 72 hours → Monday 30 March at 11:00, not moved
    "#]],
    );
}

#[test]
fn hours_across_the_autumn_change() {
    check(
        Country::Be,
        "2026-10-23T10:00",
        Rule::SeventyTwoHours,
        9,
        expect![[r#"
        2026-10-23 aware on 23 October at 10:00
        2026-10-25 on 25 October the clock goes back by 60 minutes
        2026-10-26 72 hours → Monday 26 October at 09:00, not moved
        = aware on 23 October at 10:00; on 25 October the clock goes back by 60 minutes; 72 hours → Monday 26 October at 09:00, not moved
    "#]],
    );
}

#[test]
fn hours_end_on_easter_monday() {
    check(
        Country::Nl,
        "2026-04-03T15:20:30Z",
        Rule::SeventyTwoHours,
        0,
        expect![[r#"
        2026-04-03 aware on 3 April at 17:20
        2026-04-06 72 hours → Monday 6 April at 17:20, not moved
        = aware on 3 April at 17:20; 72 hours → Monday 6 April at 17:20, not moved
    "#]],
    );
}

#[test]
fn hours_from_a_day_without_a_time() {
    check(
        Country::Ie,
        "2026-02-27",
        Rule::SeventyTwoHours,
        0,
        expect![[r#"
        2026-02-27 aware on 27 February, without a time: counted from its first minute
        2026-03-02 72 hours → Monday 2 March at 00:00, not moved
        = aware on 27 February, without a time: counted from its first minute; 72 hours → Monday 2 March at 00:00, not moved
    "#]],
    );
}

#[test]
fn an_instant_counts_on_its_day_in_the_country() {
    check(
        Country::Be,
        "2026-03-31T23:30Z",
        Rule::OneMonth,
        0,
        expect![[r#"
            2026-04-01 received on 1 April, a day that is not counted
            2026-05-01 1 April + 1 month → 1 May
            2026-05-01 1 May is Labour Day
            2026-05-02 2 May is a Saturday
            2026-05-03 3 May is a Sunday
            2026-05-04 → Monday 4 May
            = received on 1 April, a day that is not counted; 1 April + 1 month → 1 May; that is Labour Day, 2 May is a Saturday → Monday 4 May
        "#]],
    );
}

#[test]
fn serialised_a_deadline_is_codes_dates_and_numeric_offsets() {
    let json = |received: &str, rule| {
        serde_json::to_string(&compute(Country::Ie, read(Country::Ie, received), rule)).expect("text")
    };
    expect![[r#"{"country":"IE","rule":"one_month","due":"2026-02-03","steps":[{"date":"2026-01-02","why":{"code":"received"}},{"date":"2026-02-02","why":{"code":"months","months":1,"from":"2026-01-02"}},{"date":"2026-02-02","why":{"code":"holiday","name":"saint_brigid"}},{"date":"2026-02-03","why":{"code":"next_working_day"}}]}"#]].assert_eq(&json("2026-01-02", Rule::OneMonth));
    expect![[r#"{"country":"IE","rule":"72_hours","due":"2026-03-02T09:00:00+00:00","steps":[{"date":"2026-02-27","why":{"code":"aware","at":"2026-02-27T09:00:00+00:00"}},{"date":"2026-03-02","why":{"code":"elapsed","hours":72,"due":"2026-03-02T09:00:00+00:00"}}]}"#]].assert_eq(&json("2026-02-27T09:00+00:00", Rule::SeventyTwoHours));
}

#[test]
fn a_rule_has_one_code_everywhere() {
    for rule in Rule::ALL.iter().copied() {
        assert_eq!(serde_json::to_string(&rule).expect("text"), format!("{:?}", rule.as_str()));
        assert_eq!(Rule::parse(rule.as_str()), Some(rule));
    }
    assert_eq!(Rule::parse("one month"), None);
}

#[test]
fn the_reminder_of_an_extension_counts_in_steps_where_that_is_earlier() {
    for (received, months, paused_days, expected) in [
        ("2026-01-31", 2, 0, "2026-04-28"),
        ("2026-01-31", 1, 0, "2026-03-30"),
        ("2026-03-05", 2, 0, "2026-06-05"),
        ("2026-01-31", 2, 2, "2026-04-30"),
        ("2025-12-31", 2, 0, "2026-03-31"),
    ] {
        let found = extension_reminder(Country::Be, read(Country::Be, received), months, paused_days);
        assert_eq!(found, date(expected), "{received} + 1 + {months} months + {paused_days} days");
    }
}

#[test]
fn the_ends_of_the_calendar_stand_still() {
    for country in Country::all() {
        for rule in Rule::ALL.iter().copied() {
            for on in [NaiveDate::MIN, NaiveDate::MAX] {
                let midnight = DateTime::from_naive_utc_and_offset(
                    on.and_time(chrono::NaiveTime::MIN),
                    FixedOffset::east_opt(0).expect("UTC"),
                );
                for received in [Received::Date(on), Received::Instant(midnight)] {
                    let deadline = compute_paused(country, received, rule, u32::MAX);
                    assert!(!deadline.sentence().is_empty());
                }
            }
        }
        assert!(extension_reminder(country, Received::Date(NaiveDate::MAX), 2, u32::MAX) <= NaiveDate::MAX);
    }
}

fn country() -> impl Strategy<Value = Country> {
    proptest::sample::select(Country::all().collect::<Vec<_>>())
}

/// A day from 1900 to 2200.
fn day() -> impl Strategy<Value = NaiveDate> {
    let first = date("1900-01-01");
    (0..=date("2200-12-31").signed_duration_since(first).num_days()).prop_map(move |days| first + Duration::days(days))
}

fn month_rule() -> impl Strategy<Value = Rule> {
    proptest::sample::select(vec![Rule::OneMonth, Rule::TwoMonths, Rule::ThreeMonths, Rule::OneMonthNotice])
}

proptest! {
    #[test]
    fn a_date_is_a_working_day_soon_after_the_period_itself(country in country(), on in day(), rule in month_rule(), pause in 0..400_u32) {
        let deadline = compute_paused(country, Received::Date(on), rule, pause);
        let due = deadline.due.date();
        prop_assert!(free(country, due).is_none());
        prop_assert!(due >= deadline.unmoved());
        prop_assert!(due.signed_duration_since(deadline.unmoved()).num_days() <= 5);
        let steps = &deadline.steps;
        prop_assert_eq!(steps[0].date, on);
        prop_assert_eq!(steps.last().map(|step| step.date), Some(due));
        prop_assert!(steps.is_sorted_by_key(|step| step.date));
        prop_assert!(!deadline.sentence().is_empty());
        // Every day between is explained.
        let explained = steps.iter().filter(|step| free(country, step.date).as_ref() == Some(&step.why)).count();
        prop_assert_eq!(i64::try_from(explained).ok(), Some(due.signed_duration_since(deadline.unmoved()).num_days()));
    }

    #[test]
    fn what_came_later_is_not_due_earlier(country in country(), on in day(), later in 0..40_i64, rule in month_rule()) {
        let due = |on| compute(country, Received::Date(on), rule).due.date();
        prop_assert!(due(on) <= due(on + Duration::days(later)));
    }

    #[test]
    fn more_time_is_never_less(country in country(), on in day(), pause in 0..100_u32) {
        let due = |rule, pause| compute_paused(country, Received::Date(on), rule, pause).due.date();
        prop_assert!(due(Rule::OneMonth, pause) < due(Rule::TwoMonths, pause));
        prop_assert!(due(Rule::TwoMonths, pause) < due(Rule::ThreeMonths, pause));
        prop_assert!(due(Rule::OneMonth, pause) <= due(Rule::OneMonth, pause + 1));
        prop_assert!(extension_reminder(country, Received::Date(on), 2, pause) <= due(Rule::ThreeMonths, pause));
        prop_assert!(extension_reminder(country, Received::Date(on), 2, pause) > due(Rule::OneMonth, pause));
    }

    #[test]
    fn hours_pass_one_by_one(country in country(), on in day(), minute in 0..1440_i64, offset in -50_400..=50_400_i32) {
        let at = on.and_time(chrono::NaiveTime::MIN) + Duration::minutes(minute);
        let at = DateTime::from_naive_utc_and_offset(at, FixedOffset::east_opt(offset).expect("an offset"));
        let deadline = compute(country, Received::Instant(at), Rule::SeventyTwoHours);
        prop_assert_eq!(deadline.due, Due::Instant(at + Duration::hours(72)));
        prop_assert!(deadline.steps.is_sorted_by_key(|step| step.date));
        prop_assert_eq!(deadline.steps.last().map(|step| step.date), Some(deadline.due.date()));
    }
}
