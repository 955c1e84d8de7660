use chrono::Datelike;
use expect_test::{Expect, expect};

use super::*;

/// The holidays of a year with their keys.
fn holidays(country: Country, year: i32) -> Vec<(NaiveDate, &'static str)> {
    let days = NaiveDate::from_ymd_opt(year, 1, 1).expect("a year").iter_days().take_while(|date| date.year() == year);
    days.filter_map(|date| Some((date, country.holiday(date)?))).collect()
}

/// The same, as `month-day key`.
fn check(country: Country, year: i32, expected: Expect) {
    let lines = holidays(country, year).into_iter().map(|(date, key)| format!("{} {key}\n", date.format("%m-%d")));
    expected.assert_eq(&lines.collect::<String>());
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

fn date(text: &str) -> NaiveDate {
    text.parse().expect("a date")
}

#[test]
fn easter_in_known_years() {
    #[rustfmt::skip]
    let years = [
        "1818-03-22", "1900-04-15", "1913-03-23", "1943-04-25", "1954-04-18", "1961-04-02", "1981-04-19",
        "2000-04-23", "2008-03-23", "2011-04-24", "2019-04-21", "2024-03-31", "2025-04-20", "2026-04-05",
        "2027-03-28", "2038-04-25", "2049-04-18", "2076-04-19", "2100-03-28", "2200-04-06", "2285-03-22",
    ];
    for known in years {
        let known = date(known);
        assert_eq!(easter(known.year()), Some(known));
    }
    assert_eq!(easter(i32::MAX), None);
    assert_eq!(easter(i32::MIN), None);
}

#[test]
fn easter_is_a_sunday_between_22_march_and_25_april() {
    for year in -5_000..5_000 {
        let sunday = easter(year).expect("a year of the calendar");
        assert_eq!(sunday.weekday(), chrono::Weekday::Sun);
        assert!(
            (22..=56).contains(&(sunday.ordinal() - NaiveDate::from_ymd_opt(year, 3, 1).expect("March").ordinal() + 1))
        );
    }
}

#[test]
fn holidays_that_depend_on_the_year() {
    for (country, day, expected) in [
        (Country::Nl, "2031-04-26", Some("kings_day")),
        (Country::Nl, "2031-04-27", None),
        (Country::Nl, "2026-04-26", None),
        (Country::Nl, "2026-04-27", Some("kings_day")),
        (Country::Nl, "2026-04-03", None),
        (Country::Nl, "2026-05-05", Some("liberation_netherlands")),
        (Country::Ie, "2022-02-07", None),
        (Country::Ie, "2023-02-06", Some("saint_brigid")),
        (Country::Ie, "2030-02-01", Some("saint_brigid")),
        (Country::Ie, "2030-02-04", None),
        (Country::Ie, "2022-10-31", Some("october_holiday")),
        (Country::Ie, "2022-10-24", None),
        (Country::It, "2025-10-04", None),
        (Country::It, "2026-10-04", Some("saint_francis")),
    ] {
        assert_eq!(country.holiday(date(day)), expected, "{country} {day}");
    }
}

#[test]
fn what_each_country_says() {
    let lines: Vec<_> = Country::all()
        .map(|country| {
            format!(
                "{country} {} {} +{} {:?} child {} evidence {} soft opt-in {}\n",
                country.name(),
                country.zone(),
                country.calling_code(),
                country.languages().collect::<Vec<_>>(),
                country.child_age(),
                country.evidence_years(),
                country.soft_opt_in(),
            )
        })
        .collect();
    expect![[r#"
        AT Austria Europe/Vienna +43 ["de"] child 14 evidence 3 soft opt-in false
        BE Belgium Europe/Brussels +32 ["nl", "fr", "de"] child 13 evidence 3 soft opt-in true
        DE Germany Europe/Berlin +49 ["de"] child 16 evidence 5 soft opt-in false
        ES Spain Europe/Madrid +34 ["es"] child 14 evidence 3 soft opt-in false
        FR France Europe/Paris +33 ["fr"] child 15 evidence 3 soft opt-in false
        IE Ireland Europe/Dublin +353 ["en", "ga"] child 16 evidence 3 soft opt-in false
        IT Italy Europe/Rome +39 ["it"] child 14 evidence 3 soft opt-in false
        LU Luxembourg Europe/Luxembourg +352 ["fr", "de", "lb"] child 16 evidence 3 soft opt-in false
        NL the Netherlands Europe/Amsterdam +31 ["nl"] child 16 evidence 3 soft opt-in true
    "#]]
    .assert_eq(&lines.concat());
}

#[test]
fn phone_marketing_before_and_after_each_change() {
    let lines: Vec<_> = Country::all()
        .flat_map(|country| ["2026-06-30", "2026-07-01", "2026-08-10", "2026-08-11"].map(|on| (country, on)))
        .map(|(country, on)| {
            let rule = country.phone_marketing(date(on));
            let also = [rule.exception.map(|exception| format!("{exception:?}")), rule.register.clone()];
            let verified = if rule.verified { "" } else { " (unverified)" };
            let also = also.into_iter().flatten().map(|text| format!(", {text}")).collect::<String>();
            format!("{country} {on} {:?}{also}{verified}\n", rule.rule)
        })
        .collect();
    expect![[r#"
        AT 2026-06-30 Consent (unverified)
        AT 2026-07-01 Consent (unverified)
        AT 2026-08-10 Consent (unverified)
        AT 2026-08-11 Consent (unverified)
        BE 2026-06-30 Register, Bel-me-niet-meer (unverified)
        BE 2026-07-01 Register, Bel-me-niet-meer (unverified)
        BE 2026-08-10 Register, Bel-me-niet-meer (unverified)
        BE 2026-08-11 Register, Bel-me-niet-meer (unverified)
        DE 2026-06-30 Consent (unverified)
        DE 2026-07-01 Consent (unverified)
        DE 2026-08-10 Consent (unverified)
        DE 2026-08-11 Consent (unverified)
        ES 2026-06-30 Consent (unverified)
        ES 2026-07-01 Consent (unverified)
        ES 2026-08-10 Consent (unverified)
        ES 2026-08-11 Consent (unverified)
        FR 2026-06-30 Register, RunningContract, Bloctel (unverified)
        FR 2026-07-01 Register, RunningContract, Bloctel (unverified)
        FR 2026-08-10 Register, RunningContract, Bloctel (unverified)
        FR 2026-08-11 Consent, RunningContract
        IE 2026-06-30 Consent (unverified)
        IE 2026-07-01 Consent (unverified)
        IE 2026-08-10 Consent (unverified)
        IE 2026-08-11 Consent (unverified)
        IT 2026-06-30 Register, Registro pubblico delle opposizioni (unverified)
        IT 2026-07-01 Register, Registro pubblico delle opposizioni (unverified)
        IT 2026-08-10 Register, Registro pubblico delle opposizioni (unverified)
        IT 2026-08-11 Register, Registro pubblico delle opposizioni (unverified)
        LU 2026-06-30 Consent (unverified)
        LU 2026-07-01 Consent (unverified)
        LU 2026-08-10 Consent (unverified)
        LU 2026-08-11 Consent (unverified)
        NL 2026-06-30 Consent, OwnCustomers (unverified)
        NL 2026-07-01 Consent
        NL 2026-08-10 Consent
        NL 2026-08-11 Consent
    "#]]
    .assert_eq(&lines.concat());
}

#[test]
fn a_country_is_named_by_two_letters() {
    assert_eq!("nl".parse(), Ok(Country::Nl));
    assert_eq!("NL".parse(), Ok(Country::Nl));
    for unknown in ["", "N", "XX", "GB", "NLD", "Belgium", "nl "] {
        assert_eq!(unknown.parse::<Country>(), Err(UnknownCountry(unknown.to_owned())));
    }
    assert_eq!(serde_json::to_string(&Country::Be).expect("text"), r#""BE""#);
    assert_eq!(Country::Be.calling_region(), "BE");
}

#[test]
fn a_holiday_without_a_title_is_named_by_its_key() {
    assert_eq!(holiday_title("kings_day"), "King's Day");
    assert_eq!(holiday_title("no_such_day"), "no_such_day");
}

#[test]
fn the_keys_of_the_holidays_stand_in_the_order_of_the_year() {
    for country in Country::all() {
        let kept = holidays(country, 2026).into_iter().map(|(_, key)| key);
        assert_eq!(country.holiday_keys().collect::<Vec<_>>(), kept.collect::<Vec<_>>(), "{country}");
    }
}

#[test]
fn a_country_has_no_two_holidays_with_one_key() {
    for country in Country::all() {
        let mut keys: Vec<_> = country.holiday_keys().collect();
        keys.sort_unstable();
        assert!(keys.windows(2).all(|pair| pair[0] != pair[1]), "{country}");
    }
}

#[test]
fn a_holiday_has_a_first_and_a_last_year() {
    let holiday: Holiday =
        toml::from_str("key = 'jubilee'\non = { month = 6, day = 3 }\nfrom = 2002\nuntil = 2012").expect("a holiday");
    let kept: Vec<_> = (2000..2015).filter(|year| holiday.is_on(date(&format!("{year}-06-03")))).collect();
    assert_eq!(kept, (2002..=2012).collect::<Vec<_>>());
    for wrong in ["key = 'x'", "key = 'x'\non = { month = 6 }", "key = 'x'\non = { month = 6, day = 3, year = 1 }"] {
        assert!(toml::from_str::<Holiday>(wrong).is_err(), "{wrong}");
    }
}
