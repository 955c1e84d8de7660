//! Every row of `deadlines.csv` holds.

use akkoord_rules::deadline::{Due, Received, Rule, compute};
use akkoord_rules::law::Country;

#[test]
fn every_row_of_the_table_holds() {
    let mut rows = csv::Reader::from_reader(include_str!("deadlines.csv").as_bytes());
    let mut wrong = Vec::new();
    let mut seen = 0;
    for row in rows.records() {
        let row = row.expect("a row");
        let country: Country = row[0].parse().expect("a country");
        let read = |text: &str| Received::parse(text, country.zone()).expect("a date");
        let rule = match &row[2] {
            "one_month" => Rule::OneMonth,
            "extended_three_months" => Rule::ThreeMonths,
            "art14_one_month" => Rule::OneMonthNotice,
            "breach_72h_from_datetime" => Rule::SeventyTwoHours,
            other => panic!("unknown kind {other}"),
        };
        let found = match compute(country, read(&row[1]), rule).due {
            Due::Date(date) => Received::Date(date),
            Due::Instant(at) => Received::Instant(at),
        };
        if found.to_string() != read(&row[3]).to_string() {
            wrong.push(format!("{} {} {}: {found}, not {} ({})", &row[0], &row[2], &row[1], &row[3], &row[4]));
        }
        seen += 1;
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert_eq!(seen, 49, "rows in the table");
}
