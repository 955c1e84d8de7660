//! A file as Google Contacts exports it, of people who are not there: the same file for the same number of rows.

use std::io::{BufWriter, Write};
use std::path::Path;

use crate::Outcome;
use crate::chance::Chance;
use crate::names::{DEPARTMENTS, DOMAINS, FORMS, LABELS, NOTES, PLACES, PREFIXES, Place, TITLES, TRADES};

const HEADER: &str = "First Name,Middle Name,Last Name,Phonetic First Name,Phonetic Middle Name,Phonetic Last Name,\
Name Prefix,Name Suffix,Nickname,File As,Organization Name,Organization Title,Organization Department,Birthday,Notes,\
Photo,Labels,E-mail 1 - Label,E-mail 1 - Value,E-mail 2 - Label,E-mail 2 - Value,Phone 1 - Label,Phone 1 - Value,\
Phone 2 - Label,Phone 2 - Value,Address 1 - Label,Address 1 - Country,Address 1 - Street,Address 1 - Extended Address,\
Address 1 - City,Address 1 - Region,Address 1 - Postal Code,Address 1 - PO Box,Website 1 - Label,Website 1 - Value";

/// Names of the columns in the order of [`HEADER`].
pub(crate) fn columns() -> impl Iterator<Item = &'static str> {
    HEADER.split(',')
}

mod at {
    pub(super) const FIRST: usize = 0;
    pub(super) const MIDDLE: usize = 1;
    pub(super) const LAST: usize = 2;
    pub(super) const PREFIX: usize = 6;
    pub(super) const NICKNAME: usize = 8;
    pub(super) const ORGANISATION: usize = 10;
    pub(super) const TITLE: usize = 11;
    pub(super) const DEPARTMENT: usize = 12;
    pub(super) const BIRTHDAY: usize = 13;
    pub(super) const NOTES: usize = 14;
    pub(super) const LABELS: usize = 16;
    pub(super) const EMAIL: usize = 17;
    pub(super) const SECOND_EMAIL: usize = 19;
    pub(super) const PHONE: usize = 21;
    pub(super) const SECOND_PHONE: usize = 23;
    pub(super) const ADDRESS: usize = 25;
    pub(super) const WEBSITE: usize = 33;
    pub(super) const COLUMNS: usize = 35;
}

type Row = [String; at::COLUMNS];

/// Writes the file.
pub(crate) fn write(path: &Path, rows: u64) -> Outcome {
    let mut out = BufWriter::new(std::fs::File::create(path)?);
    writeln!(out, "{HEADER}\r")?;
    let mut chance = Chance::new(20_240_525);
    let mut seen: Vec<Row> = Vec::with_capacity(5_000);
    for n in 0..rows {
        let again = if chance.happens(3) { chance.pick(&seen).cloned() } else { None };
        let row = match again {
            Some(row) => seen_again(row, &mut chance),
            None => {
                let row = person(n, &mut chance);
                if seen.len() < 5_000 {
                    seen.push(row.clone());
                }
                row
            }
        };
        write_row(&mut out, &row)?;
    }
    out.flush()?;
    Ok(())
}

/// A row about somebody who had one: the e-mail address in capitals, the phone bare, or the name without its marks.
fn seen_again(mut row: Row, chance: &mut Chance) -> Row {
    match chance.below(3) {
        0 if !row[at::EMAIL + 1].is_empty() => row[at::EMAIL + 1] = row[at::EMAIL + 1].to_uppercase(),
        1 if !row[at::PHONE + 1].is_empty() => row[at::PHONE + 1].retain(|c| !" /.".contains(c)),
        _ => {
            row[at::FIRST] = plain(&row[at::FIRST]);
            row[at::LAST] = plain(&row[at::LAST]).to_uppercase();
        }
    }
    row
}

fn person(n: u64, chance: &mut Chance) -> Row {
    let mut row: Row = std::array::from_fn(|_| String::new());
    let place = place(chance);
    let first = chance.one(place.first).to_owned();
    let last = format!("{}{}", chance.one(place.last.0), chance.one(place.last.1));
    let company_only = chance.happens(6);
    if !company_only {
        name(&mut row, place, &first, &last, chance);
    }
    if company_only || chance.happens(45) {
        row[at::ORGANISATION] = format!("{} {last} {}", chance.one(TRADES), chance.one(FORMS));
        some(&mut row, at::TITLE, 60, TITLES, chance);
        some(&mut row, at::DEPARTMENT, 20, DEPARTMENTS, chance);
    }
    if chance.happens(25) {
        let (year, month, day) = (1940 + chance.below(66), 1 + chance.below(12), 1 + chance.below(28));
        row[at::BIRTHDAY] = format!("{year}-{month:02}-{day:02}");
    }
    chance.one(NOTES).clone_into(&mut row[at::NOTES]);
    chance.one(LABELS).clone_into(&mut row[at::LABELS]);
    addresses(&mut row, n, place, &first, &last, chance);
    row
}

fn name(row: &mut Row, place: &Place, first: &str, last: &str, chance: &mut Chance) {
    first.clone_into(&mut row[at::FIRST]);
    last.clone_into(&mut row[at::LAST]);
    some(row, at::MIDDLE, 6, place.first, chance);
    some(row, at::PREFIX, 4, PREFIXES, chance);
    if chance.happens(3) {
        row[at::NICKNAME] = first.chars().take(3).collect();
    }
}

fn addresses(row: &mut Row, n: u64, place: &Place, first: &str, last: &str, chance: &mut Chance) {
    if chance.happens(88) {
        let local = format!("{}.{}{}", plain(first), plain(last), n % 9_973).to_lowercase().replace([' ', '\''], "");
        let own = format!("example-{}.be", n % 3_001);
        let domain = if chance.happens(11) { own.as_str() } else { chance.one(DOMAINS) };
        labelled(row, at::EMAIL, chance.one(&["* Work", "Home", "*", "Work"]), mail(&local, domain, n, chance));
        if chance.happens(12) {
            labelled(row, at::SECOND_EMAIL, "Other", format!("{local}.2@{domain}"));
        }
    }
    if chance.happens(75) {
        let number = phone(place.code, place.mobile, chance);
        labelled(row, at::PHONE, "Mobile", number);
    }
    if chance.happens(30) {
        let number = phone(place.code, place.fixed, chance);
        labelled(row, at::SECOND_PHONE, "Work", number);
    }
    if chance.happens(65) {
        let town = place.towns[chance.index(place.towns.len())];
        let street = format!("{} {}", chance.one(place.streets), 1 + chance.below(180));
        let parts = [chance.one(&["Home", "Work"]), place.country, &street, "", town.0, "", town.1];
        for (column, part) in parts.into_iter().enumerate() {
            part.clone_into(&mut row[at::ADDRESS + column]);
        }
        if chance.happens(5) {
            row[at::ADDRESS + 3] = format!("bus {}", 1 + chance.below(60));
        }
    }
    if chance.happens(10) {
        labelled(row, at::WEBSITE, "Work", format!("https://www.example-{}.be", n % 3_001));
    }
}

/// One address in a hundred is written so that something is wrong with it, or is two.
fn mail(local: &str, domain: &str, n: u64, chance: &mut Chance) -> String {
    match chance.below(500) {
        0 => local.to_owned(),
        1 => format!("{local}@"),
        2 => format!("{local}@@{domain}"),
        3 => format!("{local}@{domain} ::: info{n}@{domain}"),
        4 => format!(" {local}@{domain} "),
        _ => format!("{local}@{domain}"),
    }
}

/// A number as people write it: abroad or at home, with marks or bare.
fn phone(code: &str, starts: &[&str], chance: &mut Chance) -> String {
    let number = format!("{}{:07}", chance.one(starts), chance.below(10_000_000));
    let (two, three) = (number.split_at(2), number.split_at(3));
    let (a, b) = three.1.split_at(2);
    match chance.below(100) {
        0..35 => format!("+{code} {} {a} {b}", three.0),
        35..60 => format!("0{}/{a}.{b}", three.0),
        60..75 => format!("00{code}{number}"),
        75..90 => format!("0{number}"),
        90..95 => format!("+{code} (0) {} {}", two.0, two.1),
        _ => format!("(0{}) {} ", two.0, two.1),
    }
}

fn labelled(row: &mut Row, column: usize, label: &str, value: String) {
    label.clone_into(&mut row[column]);
    row[column + 1] = value;
}

fn some(row: &mut Row, column: usize, percent: u64, values: &[&str], chance: &mut Chance) {
    if chance.happens(percent) {
        chance.one(values).clone_into(&mut row[column]);
    }
}

fn place(chance: &mut Chance) -> &'static Place {
    let mut drawn = chance.below(100);
    for place in PLACES {
        if drawn < place.share {
            return place;
        }
        drawn -= place.share;
    }
    &PLACES[0]
}

/// Without marks above letters.
fn plain(name: &str) -> String {
    let bare = |c: char| match c {
        'à' | 'â' | 'ä' => "a",
        'é' | 'è' | 'ê' | 'ë' => "e",
        'É' => "E",
        'ï' | 'î' => "i",
        'ô' | 'ö' => "o",
        'ü' => "u",
        'Ü' => "U",
        'ç' => "c",
        'ß' => "ss",
        _ => "",
    };
    let mut out = String::with_capacity(name.len());
    for c in name.chars() {
        match bare(c) {
            "" => out.push(c),
            letters => out.push_str(letters),
        }
    }
    out
}

fn write_row(out: &mut impl Write, row: &Row) -> std::io::Result<()> {
    for (column, cell) in row.iter().enumerate() {
        if column > 0 {
            out.write_all(b",")?;
        }
        if cell.contains([',', '"', '\n', '\r']) {
            write!(out, "\"{}\"", cell.replace('"', "\"\""))?;
        } else {
            out.write_all(cell.as_bytes())?;
        }
    }
    out.write_all(b"\r\n")
}
