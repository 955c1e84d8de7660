use chrono::Datelike;
use expect_test::{Expect, expect};

use super::*;

/// The holidays of a year, as `month-day key`.
fn check(country: Country, year: i32, expected: Expect) {
    let days = NaiveDate::from_ymd_opt(year, 1, 1).expect("a year").iter_days().take_while(|date| date.year() == year);
    let lines: Vec<_> =
        days.filter_map(|date| Some(format!("{} {}\n", date.format("%m-%d"), country.holiday(date)?))).collect();
    expected.assert_eq(&lines.concat());
}

#[test]
fn every_file_is_read_and_stands_in_its_place() {
    for country in Country::all() {
        let law = country.law();
        assert_eq!(FILES[country as usize].0, country);
        assert!(law.phone_marketing[0].from.is_none(), "{country}: the oldest rule has no date");
        assert!(law.phone_marketing.is_sorted_by_key(|rule| rule.from), "{country}: rules by date");
        assert!(country.languages().count() > 0);
        assert_eq!(country.code().parse(), Ok(country));
        for key in country.holiday_keys() {
            assert_ne!(holiday_title(key), key, "{country}: {key} has a title");
        }
    }
}

#[test]
fn the_dutch_year_2025_has_its_kings_day_on_saturday_and_no_good_friday() {
    check(
        Country::Nl,
        2025,
        expect![[r#"
        01-01 new_year
        04-21 easter_monday
        04-26 kings_day
        05-05 liberation_netherlands
        05-29 ascension
        06-09 whit_monday
        12-25 christmas
        12-26 second_christmas
    "#]],
    );
}

#[test]
fn the_belgian_year_2026() {
    check(
        Country::Be,
        2026,
        expect![[r#"
        01-01 new_year
        04-06 easter_monday
        05-01 labour_day
        05-14 ascension
        05-25 whit_monday
        07-21 national_day_belgium
        08-15 assumption
        11-01 all_saints
        11-11 armistice
        12-25 christmas
    "#]],
    );
}

#[test]
fn the_german_year_2026_has_good_friday() {
    check(
        Country::De,
        2026,
        expect![[r#"
        01-01 new_year
        04-03 good_friday
        04-06 easter_monday
        05-01 labour_day
        05-14 ascension
        05-25 whit_monday
        10-03 german_unity
        12-25 christmas
        12-26 second_christmas
    "#]],
    );
}

#[test]
fn the_french_year_2026() {
    check(
        Country::Fr,
        2026,
        expect![[r#"
        01-01 new_year
        04-06 easter_monday
        05-01 labour_day
        05-08 victory_day
        05-14 ascension
        05-25 whit_monday
        07-14 bastille_day
        08-15 assumption
        11-01 all_saints
        11-11 armistice
        12-25 christmas
    "#]],
    );
}

#[test]
fn the_luxembourgish_year_2026() {
    check(
        Country::Lu,
        2026,
        expect![[r#"
        01-01 new_year
        04-06 easter_monday
        05-01 labour_day
        05-09 europe_day
        05-14 ascension
        05-25 whit_monday
        06-23 national_day_luxembourg
        08-15 assumption
        11-01 all_saints
        12-25 christmas
        12-26 second_christmas
    "#]],
    );
}

#[test]
fn the_austrian_year_2026_has_corpus_christi() {
    check(
        Country::At,
        2026,
        expect![[r#"
        01-01 new_year
        01-06 epiphany
        04-06 easter_monday
        05-01 labour_day
        05-14 ascension
        05-25 whit_monday
        06-04 corpus_christi
        08-15 assumption
        10-26 national_day_austria
        11-01 all_saints
        12-08 immaculate_conception
        12-25 christmas
        12-26 second_christmas
    "#]],
    );
}

#[test]
fn the_irish_year_2026_has_its_mondays() {
    check(
        Country::Ie,
        2026,
        expect![[r#"
        01-01 new_year
        02-02 saint_brigid
        03-17 saint_patrick
        04-06 easter_monday
        05-04 may_holiday
        06-01 june_holiday
        08-03 august_holiday
        10-26 october_holiday
        12-25 christmas
        12-26 saint_stephen
    "#]],
    );
}

#[test]
fn the_spanish_year_2026_has_no_easter_monday() {
    check(
        Country::Es,
        2026,
        expect![[r#"
        01-01 new_year
        01-06 epiphany
        04-03 good_friday
        05-01 labour_day
        08-15 assumption
        10-12 national_day_spain
        11-01 all_saints
        12-06 constitution_day
        12-08 immaculate_conception
        12-25 christmas
    "#]],
    );
}

#[test]
fn the_italian_year_2026_has_saint_francis() {
    check(
        Country::It,
        2026,
        expect![[r#"
        01-01 new_year
        01-06 epiphany
        04-06 easter_monday
        04-25 liberation_italy
        05-01 labour_day
        06-02 republic_day
        08-15 assumption
        10-04 saint_francis
        11-01 all_saints
        12-08 immaculate_conception
        12-25 christmas
        12-26 second_christmas
    "#]],
    );
}
