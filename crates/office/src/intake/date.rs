//! Birthdays as files write them, as ISO 8601.

use chrono::{Datelike, NaiveDate};

use super::outlook::Language;

/// Two-digit years from here on are of the last century, those before of this one.
const PIVOT: i32 = 30;

/// `YYYY-MM-DD`, or `--MM-DD` without a year; as typed when it is neither; empty for "no date" (`0/0/00`).
///
/// Which of day and month comes first, when both could be: the day in files in Dutch, German and French and wherever full
/// stops or hyphens part them; the month in English files with slashes, as Outlook in English writes them. A file whose
/// language is unknown does not decide: such a date stays as typed.
#[must_use]
pub fn birthday(cell: &str, language: Option<Language>) -> String {
    if is_no_date(cell) {
        return String::new();
    }
    let day = cell.split_once([' ', 'T']).filter(|(_, time)| is_midnight(time)).map_or(cell, |(day, _)| day);
    iso(day).or_else(|| numeric(day, language)).unwrap_or_else(|| cell.to_owned())
}

/// Outlook's ways of saying that there is no date: zeros alone.
#[must_use]
pub fn is_no_date(cell: &str) -> bool {
    cell.contains('0') && cell.chars().all(|c| matches!(c, '0' | '/' | '-' | '.' | ' '))
}

fn is_midnight(time: &str) -> bool {
    time.chars().all(|c| matches!(c, '0' | ':' | '.' | 'Z'))
}

fn iso(text: &str) -> Option<String> {
    if let Some(rest) = text.strip_prefix("--") {
        let compact = rest.replacen('-', "", 1);
        let (month, day) = compact.split_at_checked(2).filter(|(_, day)| day.len() == 2)?;
        // A leap year, so that the 29th of February is a day.
        let date = NaiveDate::from_ymd_opt(2000, number(month)?, number(day)?)?;
        return Some(format!("--{:02}-{:02}", date.month(), date.day()));
    }
    let mut parts = text.split(['-', '/', '.']);
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    let whole = year.len() == 4 && parts.next().is_none();
    let date = whole.then(|| date(year.parse().ok()?, number(month)?, number(day)?)).flatten()?;
    Some(date.to_string())
}

fn numeric(text: &str, language: Option<Language>) -> Option<String> {
    let text = text.trim_end_matches('.');
    let slashes = text.contains('/');
    let mut parts = text.split(['-', '/', '.']).map(str::trim);
    let (first, second) = (number(parts.next()?)?, number(parts.next()?)?);
    let year = parts.next().filter(|y| !y.is_empty());
    if parts.next().is_some() {
        return None;
    }
    let day_first = match language {
        _ if first > 12 => true,
        _ if second > 12 => false,
        _ if !slashes => true,
        Some(Language::Dutch | Language::German | Language::French) => true,
        Some(Language::English) => false,
        None if first == second => true,
        None => return None,
    };
    let (day, month) = if day_first { (first, second) } else { (second, first) };
    match year {
        Some(year) => date(full_year(year)?, month, day).map(|date| date.to_string()),
        None => date(2000, month, day).map(|date| format!("--{:02}-{:02}", date.month(), date.day())),
    }
}

fn full_year(text: &str) -> Option<i32> {
    let year: i32 = text.bytes().all(|b| b.is_ascii_digit()).then(|| text.parse().ok())??;
    match text.len() {
        4 => Some(year),
        2 if year >= PIVOT => Some(1900 + year),
        2 => Some(2000 + year),
        _ => None,
    }
}

fn date(year: i32, month: u32, day: u32) -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(year, month, day).filter(|_| year >= 1000)
}

fn number(text: &str) -> Option<u32> {
    let short = (1..=2).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
    short.then(|| text.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn birthdays() {
        let (nl, en, de) = (Some(Language::Dutch), Some(Language::English), Some(Language::German));
        for (typed, language, expected) in [
            ("1980-03-07", None, "1980-03-07"),
            ("1980-3-7", None, "1980-03-07"),
            ("1980/03/07", en, "1980-03-07"),
            ("1980-03-07T00:00:00Z", None, "1980-03-07"),
            ("--03-07", None, "--03-07"),
            ("--0307", None, "--03-07"),
            ("--02-29", None, "--02-29"),
            ("7/3/1980", nl, "1980-03-07"),
            ("7-3-1980", nl, "1980-03-07"),
            ("7.3.1980", de, "1980-03-07"),
            ("07.03.", de, "--03-07"),
            ("3/7/1980", en, "1980-03-07"),
            ("7-3-1980", en, "1980-03-07"),
            ("25/12/1980", en, "1980-12-25"),
            ("12/25/1980", nl, "1980-12-25"),
            ("7/3/80", nl, "1980-03-07"),
            ("7/3/05", nl, "2005-03-07"),
            ("7/3/1980 0:00:00", nl, "1980-03-07"),
            ("7/3/1980", None, "7/3/1980"),
            ("25/3/1980", None, "1980-03-25"),
            ("31/2/1980", nl, "31/2/1980"),
            ("lente 1980", nl, "lente 1980"),
            ("--13-01", None, "--13-01"),
            ("0/0/00", nl, ""),
            ("0-0-00", nl, ""),
            ("0.0.00", de, ""),
            ("00/00/0000", en, ""),
        ] {
            assert_eq!(birthday(typed, language), expected, "{typed} in {language:?}");
        }
    }

    proptest::proptest! {
        #[test]
        fn never_panics_and_reads_its_own_dates(text in "[-0-9/. é]{0,14}") {
            let read = birthday(&text, Some(Language::Dutch));
            proptest::prop_assert_eq!(birthday(&read, None), read);
        }
    }
}
