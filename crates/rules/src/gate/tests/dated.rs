//! The rows that vary the day: events folded, what stands on that day, and the country's rule of that day, put to the gate.

use chrono::{DateTime, NaiveDate, Utc};

use super::{plain, purpose};
use crate::consent::tests::{day, events, instant};
use crate::consent::{CONFIRM_DAYS, Purpose, Version, fold, stands};
use crate::gate::{Decision, Facts, Known, Target, may};
use crate::law::Country;
use crate::person::{Channel, ChannelSet};

const ROWS: &str = include_str!("../dates.txt");

/// The rows below each remark, columns and all.
fn rows() -> impl Iterator<Item = Vec<&'static str>> {
    let lines = ROWS.lines().filter(|line| !line.starts_with('#') && !line.is_empty());
    lines.map(|line| line.split('|').map(str::trim).collect())
}

fn facts_of(happened: &str) -> impl Iterator<Item = Vec<&str>> {
    happened.split(';').map(|fact| fact.split_whitespace().collect::<Vec<_>>()).filter(|words| !words.is_empty())
}

fn is_answer(word: &str) -> bool {
    ["asked", "given", "confirmed", "refused", "withdrawn", "corrected"].contains(&word)
}

/// The purpose with what the row says of it.
fn told(name: &str, happened: &str) -> Purpose {
    let mut purpose = purpose(name).expect(name);
    for words in facts_of(happened) {
        match words[..] {
            ["lasts", span] => purpose.validity = Some(span.parse().expect(span)),
            ["wording", since] => purpose.versions.push(Version { number: 2, since: day(since), material: true }),
            _ => {}
        }
    }
    purpose
}

/// Decides the case of a row's first five columns.
fn decide(name: &str, happened: &str, place: &str, how: &str, on: &str) -> Decision {
    let (mut purpose, on, country) = (told(name, happened), day(on), place.parse::<Country>().expect(place));
    purpose.soft_opt_in &= country.soft_opt_in();
    let answers: Vec<String> =
        facts_of(happened).filter(|words| is_answer(words[0])).map(|words| words.join(" ")).collect();
    let standing = fold(&events(&answers.join(";")), &purpose, on, country.zone(), CONFIRM_DAYS);
    let so = |what: &str| {
        facts_of(happened).any(|words| match words[..] {
            [word, since] => word == what && stands(instant(since), None, on, country.zone()),
            [word, since, "lifted", until] => {
                word == what && stands(instant(since), Some(instant(until)), on, country.zone())
            }
            _ => false,
        })
    };
    may(&Facts {
        known: Known::Known,
        purpose: Some(&purpose),
        restricted: so("locked"),
        objected_marketing: so("objects_marketing"),
        objected_purpose: so("objects_purpose"),
        labelled: true,
        standing: &standing,
        addresses: ChannelSet::ALL,
        secondhand: ChannelSet::NONE,
        minor: false,
        phone: country.phone_marketing(on),
        target: Target::Channel(Channel::parse(how).expect(how)),
    })
}

#[test]
fn the_truth_table_holds_on_each_day() {
    let mut wrong = Vec::new();
    for row in rows() {
        let [name, happened, place, how, on, answer, instead] = row[..] else { panic!("seven columns: {row:?}") };
        let decision = decide(name, happened, place, how, on);
        let codes: Vec<&str> = decision.instead.iter().map(|one| one.as_str()).collect();
        let reminded = if decision.remind.is_some() { " reminded" } else { "" };
        let found = (format!("{}{reminded}", decision.reason().as_str()), codes.join(" "));
        if found != (answer.to_owned(), instead.to_owned()) {
            wrong.push(format!("{row:?}\n    is {found:?}"));
        }
    }
    assert!(wrong.is_empty(), "{} of {} rows:\n{}", wrong.len(), rows().count(), wrong.join("\n"));
    assert!(rows().count() >= 100);
}

/// Every day from which a country's rule for marketing calls changes has its row, and so has the day before.
#[test]
fn each_change_of_the_law_has_a_row_on_its_day_and_on_the_day_before() {
    let days: Vec<NaiveDate> =
        (2020..2040).flat_map(|year| NaiveDate::from_ymd_opt(year, 1, 1).unwrap().iter_days().take(366)).collect();
    for country in Country::all() {
        let changed = |on: &&NaiveDate| country.phone_marketing(**on).from == Some(**on);
        for on in days.iter().filter(changed) {
            for on in [*on, on.pred_opt().unwrap()] {
                let has = |row: Vec<&str>| row[2..5] == [country.code(), "phone", on.to_string().as_str()];
                assert!(rows().any(has), "{country} on {on}");
            }
        }
    }
}

/// The rows as a lawyer reads them.
pub(super) fn in_plain_words() -> String {
    let mut text = String::new();
    for line in ROWS.lines().skip_while(|line| !line.is_empty()).skip(2) {
        if let Some(head) = line.strip_prefix("# ") {
            text.push_str(&format!("\n### {head}\n\n"));
            text.push_str("| for | what happened | where | how | on | may I? | why | instead |\n");
            text.push_str("| --- | --- | --- | --- | --- | --- | --- | --- |\n");
        } else if !line.is_empty() {
            text.push_str(&row(line));
        }
    }
    text
}

fn row(line: &str) -> String {
    let columns: Vec<&str> = line.split('|').map(str::trim).collect();
    let [name, happened, place, how, on, ..] = columns[..] else { panic!("seven columns: {line}") };
    let country: Country = place.parse().expect(place);
    let said: Vec<String> = facts_of(happened).map(|words| fact(&words)).collect();
    format!(
        "| {} | {} | {} | {} | {} | {} |\n",
        plain::purpose(name),
        if said.is_empty() { "nothing".to_owned() } else { said.join("; ") },
        country.name(),
        plain::target(how),
        dated(on),
        plain::answer(&decide(name, happened, place, how, on)),
    )
}

/// `30 June 2026`, or with its hour in UTC where the row names one.
fn dated(text: &str) -> String {
    let at: DateTime<Utc> = instant(text);
    let format = if text.contains('T') { "%-d %B %Y at %H:%M UTC" } else { "%-d %B %Y" };
    at.format(format).to_string()
}

fn fact(words: &[&str]) -> String {
    let [word, at, more @ ..] = words else { panic!("a word and a day: {words:?}") };
    let on = || format!("on {}", dated(at));
    let until = || match more {
        ["lifted", until] => format!(" until it was lifted on {}", dated(until)),
        _ => String::new(),
    };
    match *word {
        "asked" => format!("was asked {}{}", on(), terms(more)),
        "given" => format!("said yes {}{}", on(), terms(more)),
        "confirmed" => format!("confirmed it {}", on()),
        "refused" => format!("said no {}", on()),
        "withdrawn" => format!("took the yes back {}", on()),
        "corrected" => {
            let which = if *at == "1" { "the first" } else { "the second" };
            format!("{which} entry was a mistake, as was found on {}", dated(more[0]))
        }
        "lasts" => {
            let [years, months, weeks, days] = at.parse::<crate::span::Span>().expect(at).counts();
            assert_eq!((years, weeks, days), (0, 0, 0), "{at}");
            format!("a yes lasts {months} months")
        }
        "wording" => format!("the wording changed {}", on()),
        "locked" => format!("on lock from {}{}", dated(at), until()),
        "objects_marketing" => format!("objects to marketing from {}{}", dated(at), until()),
        "objects_purpose" => format!("objects to this purpose from {}{}", dated(at), until()),
        other => panic!("the table has a word that nobody put plainly: {other}"),
    }
}

/// The terms of a yes. Its last day is said, which is the one before the first on which it no longer holds.
fn terms(words: &[&str]) -> String {
    let said = words.iter().map(|word| match (*word, word.strip_prefix("expires=")) {
        (_, Some(end)) => {
            let last = day(end).pred_opt().expect(end).to_string();
            format!(", up to and including {}", dated(&last))
        }
        ("unconfirmed", None) => ", by a form, to be confirmed".to_owned(),
        ("v2", None) => ", with the new wording".to_owned(),
        (other, None) => panic!("the table has a word that nobody put plainly: {other}"),
    });
    said.collect()
}
