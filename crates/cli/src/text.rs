//! How anything is set on a terminal: tables, lines of a readable length, days and times, and nothing that acts.

use std::fmt::Display;

use akkoord_office::vault::Business;
use chrono::{DateTime, Datelike, NaiveDate};
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// The columns of a terminal that a line may take.
pub(crate) const WIDE: usize = 100;

/// What a table's column shrinks to at least when the table is too wide.
const NARROW: usize = 12;

/// Columns that are copied into the next command: they are never cut.
const COPIED: [&str; 6] = ["Id", "Key", "E-mail", "E-mail or id", "Proof", "About"];

/// A table for people: columns as wide as their widest cell, the widest cut with `…` where the whole would be too wide.
pub(crate) fn table(head: &[&str], rows: &[Vec<String>]) -> String {
    let rows: Vec<Vec<String>> = rows.iter().map(|row| row.iter().map(|cell| plain(cell)).collect()).collect();
    let width = |(column, name): (usize, &&str)| {
        let cells = rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.width());
        cells.chain([name.width()]).max().unwrap_or(0)
    };
    let mut widths: Vec<usize> = head.iter().enumerate().map(width).collect();
    shrink(head, &mut widths);
    let numbers: Vec<bool> = (0..head.len()).map(|column| counts(&rows, column)).collect();
    let line = |cells: &mut dyn Iterator<Item = &str>| {
        let padded = cells.zip(&widths).zip(&numbers).map(|((cell, width), number)| pad(cell, *width, *number));
        padded.collect::<Vec<_>>().join("  ").trim_end().to_owned() + "\n"
    };
    let mut text = line(&mut head.iter().copied());
    for row in &rows {
        text.push_str(&line(&mut row.iter().map(String::as_str)));
    }
    text
}

/// Takes from the widest columns what the table has too much.
fn shrink(head: &[&str], widths: &mut [usize]) {
    let gaps = widths.len().saturating_sub(1) * 2;
    loop {
        let whole = widths.iter().sum::<usize>() + gaps;
        let cuttable = widths.iter_mut().zip(head).filter(|(width, name)| **width > NARROW && !COPIED.contains(name));
        match cuttable.map(|(width, _)| width).max() {
            Some(widest) if whole > WIDE => *widest -= 1,
            _ => return,
        }
    }
}

/// Whether a column holds numbers alone, which stand under each other by their last digit.
fn counts(rows: &[Vec<String>], column: usize) -> bool {
    let mut cells = rows.iter().filter_map(|row| row.get(column)).peekable();
    cells.peek().is_some() && cells.all(|cell| !cell.is_empty() && cell.chars().all(|c| c.is_ascii_digit()))
}

fn pad(cell: &str, width: usize, right: bool) -> String {
    let cell = shorten(cell, width);
    let room = " ".repeat(width.saturating_sub(cell.width()));
    if right { room + &cell } else { cell + &room }
}

fn shorten(cell: &str, width: usize) -> String {
    if cell.width() <= width {
        return cell.to_owned();
    }
    let mut taken = 0;
    let fits = |c: &char| {
        taken += c.width().unwrap_or(0);
        taken < width
    };
    cell.chars().take_while(fits).chain(['…']).collect()
}

/// Text for a terminal: nothing in it acts, and no line is longer than [`WIDE`] where it has a space to break at. What goes on
/// in a next line begins below the text of its first.
pub(crate) fn set(text: &str) -> String {
    text.lines().map(|line| broken(&plain(line))).collect()
}

fn broken(line: &str) -> String {
    if line.width() <= WIDE {
        return format!("{}\n", line.trim_end());
    }
    let indent = line.chars().take_while(|c| *c == ' ').count();
    let (mut text, mut column) = (" ".repeat(indent), indent);
    for word in line.split(' ').filter(|word| !word.is_empty()) {
        if column > indent && column + 1 + word.width() > WIDE {
            text.push('\n');
            text.push_str(&" ".repeat(indent));
            column = indent;
        }
        if column > indent {
            text.push(' ');
            column += 1;
        }
        text.push_str(word);
        column += word.width();
    }
    text.push('\n');
    text
}

/// Lines of a label and its value: values stand below each other, also where they go on in a next line.
pub(crate) fn labelled(lines: &[(String, String)]) -> String {
    let wide = lines.iter().map(|(label, _)| label.width()).max().unwrap_or(0).clamp(NARROW, 24);
    let mut text = String::new();
    for (label, value) in lines {
        let label = pad(&plain(label), wide, false);
        let room = WIDE.saturating_sub(wide + 4);
        for (at, part) in parts(&plain(value), room).iter().enumerate() {
            let before = if at == 0 { label.clone() } else { " ".repeat(wide) };
            text.push_str(format!("  {before}  {part}").trim_end());
            text.push('\n');
        }
    }
    text
}

/// The text in lines of at most `room` columns.
fn parts(text: &str, room: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split(' ').filter(|word| !word.is_empty()) {
        match lines.last_mut() {
            Some(line) if line.is_empty() => line.push_str(word),
            Some(line) if line.width() + 1 + word.width() <= room => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

/// A day as people write it: `Monday 2 March 2026`.
pub(crate) fn day(date: NaiveDate) -> String {
    format!("{} {}", date.format("%A"), date_in_words(date))
}

/// A day without its weekday: `2 March 2026`.
pub(crate) fn date_in_words(date: NaiveDate) -> String {
    format!("{} {} {}", date.day(), date.format("%B"), date.year())
}

/// A day for a table: `2 Mar 2026`.
pub(crate) fn short_day(date: NaiveDate) -> String {
    format!("{:>2} {} {}", date.day(), date.format("%b"), date.year())
}

/// A date or an instant, as the office gives it, where the business is: `2 March 2026, 14:05`.
pub(crate) fn when(given: &str, business: &Business) -> String {
    match moment(given, business) {
        Some((date, Some(time))) => format!("{}, {time}", date_in_words(date)),
        Some((date, None)) => date_in_words(date),
        None => given.to_owned(),
    }
}

/// An instant in words, in the offset that it was said in, or a day: for what is told without a vault.
pub(crate) fn day_and_time(given: &str) -> String {
    let at = chrono::DateTime::parse_from_rfc3339(given);
    let day_alone = || given.parse().map_or_else(|_| plain(given), day);
    at.map_or_else(|_| day_alone(), |at| format!("{}, {}", day(at.date_naive()), at.format("%H:%M")))
}

/// The same for a table: `2 Mar 2026, 14:05`.
pub(crate) fn short_when(given: &str, business: &Business) -> String {
    match moment(given, business) {
        Some((date, Some(time))) => format!("{}, {time}", short_day(date)),
        Some((date, None)) => short_day(date),
        None => given.to_owned(),
    }
}

fn moment(given: &str, business: &Business) -> Option<(NaiveDate, Option<String>)> {
    if let Ok(date) = given.parse::<NaiveDate>() {
        return Some((date, None));
    }
    let at = DateTime::parse_from_rfc3339(given).ok()?;
    let local = business.local(at.timestamp_millis());
    Some((local.date_naive(), Some(local.format("%H:%M").to_string())))
}

/// A number with what it counts: `1 row`, `2 rows`.
pub(crate) fn counted<N: Display + PartialEq + From<u8>>(count: N, one: &str, many: &str) -> String {
    format!("{count} {}", if count == N::from(1) { one } else { many })
}

/// Things one after the other: `a`, `a and b`, `a, b and c`.
pub(crate) fn listed(all: &[String]) -> String {
    match all.split_last() {
        Some((last, before)) if !before.is_empty() => format!("{} and {last}", before.join(", ")),
        Some((last, _)) => last.clone(),
        None => String::new(),
    }
}

/// A size as people say it: `310 bytes`, `12 kB`, `3.4 MB`.
pub(crate) fn size(bytes: u64) -> String {
    match bytes {
        0..1_000 => counted(bytes, "byte", "bytes"),
        1_000..1_000_000 => format!("{} kB", bytes / 1_000),
        _ => format!("{}.{} MB", bytes / 1_000_000, bytes % 1_000_000 / 100_000),
    }
}

/// The text with a capital at its beginning.
pub(crate) fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

/// Data as a terminal may show it: nothing that moves the cursor, changes colours, turns the writing direction or cannot be
/// seen (UAX #9 for the marks of direction).
pub(crate) fn plain(text: &str) -> String {
    let acts = |c: char| {
        c.is_control()
            || matches!(c, '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
                | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e0fff}')
    };
    text.chars().map(|c| if acts(c) { ' ' } else { c }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(cells: &[&[&str]]) -> Vec<Vec<String>> {
        cells.iter().map(|row| row.iter().map(|cell| (*cell).to_owned()).collect()).collect()
    }

    #[test]
    fn columns_stand_below_each_other_whatever_the_script() {
        let told = table(&["Name", "Rows", "Id"], &rows(&[&["李小龍", "7", "x"], &["Zoë\u{301} An", "120", "y"]]));
        expect_test::expect![[r"
            Name    Rows  Id
            李小龍     7  x
            Zoë́ An   120  y
        "]]
        .assert_eq(&told);
    }

    #[test]
    fn a_table_fits_and_never_cuts_what_is_copied() {
        let long = "n".repeat(90);
        let id = "0198f0c2-0000-7000-8000-000000000000";
        let told = table(
            &["Name", "Organisation", "Id"],
            &rows(&[&[&long, &long, id], &["寿司".repeat(30).as_str(), "", id]]),
        );
        for line in told.lines() {
            assert!(line.width() <= WIDE, "{line}");
        }
        assert!(told.lines().skip(1).all(|line| line.ends_with(id)), "{told}");
        assert_eq!(told.matches('…').count(), 3, "{told}");
    }

    #[test]
    fn long_lines_break_at_spaces_and_keep_their_margin() {
        let told = set(&format!("  {}", "woord ".repeat(40)));
        assert!(
            told.lines().count() == 3 && told.lines().all(|line| line.width() <= WIDE && line.starts_with("  woord"))
        );
        assert_eq!(told.matches("woord").count(), 40);
        let hash = "0".repeat(130);
        assert_eq!(set(&hash), format!("{hash}\n"), "nothing to break at");
        assert_eq!(set(""), "");
        assert_eq!(set("a\n\nb"), "a\n\nb\n");
    }

    #[test]
    fn nothing_acts_on_a_terminal() {
        for odd in ['\u{1b}', '\r', '\u{9b}', '\u{202e}', '\u{2066}', '\u{61c}', '\u{2028}', '\u{feff}', '\u{e0041}'] {
            assert_eq!(set(&format!("An{odd}Peeters")), "An Peeters\n", "{odd:?}");
        }
        assert_eq!(plain("Zoë 李 👍 עדה"), "Zoë 李 👍 עדה");
    }

    #[test]
    fn instants_are_told_where_the_business_is() {
        let zone = chrono_tz::Europe::Brussels;
        let business = Business { name: String::new(), country: "BE".into(), language: "nl".into(), zone };
        let cases = [
            ("2026-11-24T10:00:00Z", "24 November 2026, 11:00", "24 Nov 2026, 11:00"),
            ("2026-07-04T23:30:00+00:00", "5 July 2026, 01:30", " 5 Jul 2026, 01:30"),
            ("2026-11-24", "24 November 2026", "24 Nov 2026"),
            ("once", "once", "once"),
        ];
        for (given, long, short) in cases {
            assert_eq!((when(given, &business).as_str(), short_when(given, &business).as_str()), (long, short));
        }
    }

    #[test]
    fn numbers_sizes_and_lists_are_said_as_people_do() {
        assert_eq!((counted(1, "row", "rows"), counted(0, "row", "rows")), ("1 row".into(), "0 rows".into()));
        assert_eq!([size(1), size(999), size(8044), size(3_450_000)], ["1 byte", "999 bytes", "8 kB", "3.4 MB"]);
        let all = ["a", "b", "c"].map(str::to_owned);
        assert_eq!(
            [listed(&all), listed(&all[..2]), listed(&all[..1]), listed(&[])],
            ["a, b and c", "a and b", "a", ""]
        );
    }
}
