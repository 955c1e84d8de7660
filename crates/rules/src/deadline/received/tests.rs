use chrono::Duration;
use proptest::prelude::*;

use super::*;
use crate::law::Country;

#[test]
fn dates_and_instants_are_read_as_people_write_them() {
    for (text, expected) in [
        ("2026-03-05", "2026-03-05"),
        ("2026-03-27T10:00+01:00", "2026-03-27T10:00:00+01:00"),
        ("2026-03-27T10:00:30.5-05:30", "2026-03-27T10:00:30.500-05:30"),
        ("2026-03-27t10:00z", "2026-03-27T10:00:00+00:00"),
        ("2026-03-27 10:00", "2026-03-27T10:00:00+01:00"),
        ("2026-07-27T10:00:01", "2026-07-27T10:00:01+02:00"),
        // The clock went from 02:00 to 03:00.
        ("2026-03-29T02:30", "2026-03-29T03:30:00+02:00"),
        ("2026-03-29T02:00", "2026-03-29T03:00:00+02:00"),
        // It went from 03:00 to 02:00: the first of the two.
        ("2026-10-25T02:30", "2026-10-25T02:30:00+02:00"),
        ("2026-10-25T03:00", "2026-10-25T03:00:00+01:00"),
        ("2024-02-29", "2024-02-29"),
    ] {
        assert_eq!(Received::parse(text, Tz::Europe__Brussels).map(|found| found.to_string()), Ok(expected.to_owned()));
    }
}

#[test]
fn other_texts_are_refused() {
    #[rustfmt::skip]
    let malformed = [
        "", "2026", "2026-3-5", "2026-02-29", "2026-13-01", "05-03-2026", "20260305", " 2026-03-05", "2026-03-05 ",
        "2026-03-05T", "2026-03-05T10", "2026-03-05T25:00", "2026-03-05T10:60", "2026-03-05T10:00:00.",
        "2026-03-05T1:00", "2026-03-05T10:00+1", "2026-03-05T10:00+01:60", "2026-03-05T10:00+24:00",
        "2026-03-05T10:00+-1:00", "2026-03-05T10:00--01:00", "2026-03-05T10:00:00.1234567890", "2026-03-05T10:00ZZ",
        "2026-03-05X10:00", "2026-03-05T10:00.5", "+026-03-05", "éééééééééé", "2026-03-0é", "2026-03-05é",
    ];
    for text in malformed {
        assert_eq!(Received::parse(text, Tz::Europe__Brussels), Err(ReceivedError::Malformed), "{text:?}");
    }
    for text in ["1899-12-31", "2201-01-01", "0026-03-05T10:00"] {
        assert_eq!(Received::parse(text, Tz::Europe__Brussels), Err(ReceivedError::OutOfRange), "{text:?}");
    }
    assert!(Received::parse("1900-01-01", Tz::UTC).is_ok() && Received::parse("2200-12-31", Tz::UTC).is_ok());
}

#[test]
fn serialised_an_instant_carries_its_offset() {
    for text in ["2026-03-05", "2026-03-27T10:00:00+01:00"] {
        let json = format!("{text:?}");
        let received: Received = serde_json::from_str(&json).expect("a date or an instant");
        assert_eq!(serde_json::to_string(&received).expect("text"), json);
    }
    assert_eq!(Received::try_from("2026-03-27T10:00".to_owned()), Err(ReceivedError::NoOffset));
}

proptest! {
    #[test]
    fn any_wall_clock_time_is_an_instant(country in proptest::sample::select(Country::all().collect::<Vec<_>>()), days in 0..110_000_i64, minute in 0..1440_i64) {
        let local = NaiveDate::default().and_time(NaiveTime::MIN) + Duration::days(days - 25_567) + Duration::minutes(minute);
        let at = in_zone(local, country.zone());
        // Outside a gap it is that very time; inside, later by the gap's length (Dublin and Amsterdam once had odd ones).
        let shift = at.naive_local().signed_duration_since(local);
        prop_assert!(shift >= Duration::zero() && shift <= Duration::hours(2), "{local} became {at}");
    }

    #[test]
    fn any_text_is_a_date_or_refused(text in "\\PC*") {
        let _ = Received::parse(&text, Tz::Europe__Amsterdam);
    }

    #[test]
    fn what_is_written_is_read_again(text in "20[0-9]{2}-(0[1-9]|1[0-2])-(0[1-9]|1[0-9]|2[0-8])(T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\\.[0-9]{1,9})?[+-](0[0-9]|1[0-4]):[0-5][0-9])?") {
        let received = Received::parse(&text, Tz::UTC).expect("well formed");
        prop_assert_eq!(Received::try_from(received.to_string()), Ok(received));
    }
}
