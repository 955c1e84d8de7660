use std::fmt::Write;

use expect_test::{Expect, expect};

use super::super::header::Selection;
use super::super::reader::{Options, Source};
use super::*;

/// Reads a file of these bytes, ticking what is named.
pub(crate) fn rows(bytes: &[u8], with: &str) -> Vec<Row> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("contacts.csv");
    std::fs::write(&path, bytes).unwrap();
    let mut options = Options::detect(Region::of("BE").unwrap());
    options.selection = Selection::of(with.split(','));
    Source::open(&path, &options).unwrap().preview(usize::MAX).unwrap()
}

/// A row as text: only what is set.
fn show(row: &Row) -> String {
    let d = &row.draft;
    let mut out = String::new();
    let texts = [
        ("prefix", &d.prefix),
        ("given", &d.given),
        ("middle", &d.middle),
        ("family", &d.family),
        ("suffix", &d.suffix),
        ("nickname", &d.nickname),
        ("organisation", &d.organisation),
        ("job", &d.job_title),
        ("birthday", &d.birthday),
        ("language", &d.language),
        ("notes", &d.notes),
    ];
    for (name, text) in texts.iter().filter(|(_, text)| !text.is_empty()) {
        writeln!(out, "  {name} {text:?}").unwrap();
    }
    if !d.labels.is_empty() {
        writeln!(out, "  labels {:?}", d.labels).unwrap();
    }
    d.emails.iter().for_each(|e| writeln!(out, "  email {:?} {} ({})", e.value, e.normalised, e.label).unwrap());
    d.phones
        .iter()
        .for_each(|p| writeln!(out, "  phone {:?} {} {} ({})", p.value, p.e164, p.national, p.label).unwrap());
    for a in &d.addresses {
        let parts = [&a.street, &a.extended, &a.po_box, &a.postal_code, &a.city, &a.region, &a.country];
        writeln!(out, "  address {:?} ({})", parts, a.label).unwrap();
    }
    d.websites.iter().for_each(|w| writeln!(out, "  website {} ({})", w.value, w.label).unwrap());
    d.custom.iter().for_each(|(key, value)| writeln!(out, "  own {key:?} {value:?}").unwrap());
    row.claims.iter().for_each(|(key, value)| writeln!(out, "  claim {key:?} {value:?}").unwrap());
    for p in &row.problems {
        writeln!(out, "  ! {} {}", p.code.as_str(), p.column.as_deref().unwrap_or("-")).unwrap();
    }
    let private = if row.private { " private" } else { "" };
    format!("{} {:?}{private}\n{out}", row.line, row.verdict)
}

fn check(text: &str, with: &str, expected: Expect) {
    let shown: Vec<String> = rows(text.as_bytes(), with).iter().map(show).collect();
    expected.assert_eq(&shown.concat());
}

#[test]
fn google_since_2024() {
    let header = "First Name,Last Name,Organization Name,Organization Title,Organization Department,Birthday,Notes,Labels,E-mail 1 - Label,E-mail 1 - Value,E-mail 2 - Label,E-mail 2 - Value,Phone 1 - Label,Phone 1 - Value,Address 1 - Label,Address 1 - Country,Address 1 - Street,Address 1 - City,Address 1 - Postal Code,Website 1 - Label,Website 1 - Value,Custom Field 1 - Label,Custom Field 1 - Value\n";
    let row = "Jan,Peeters,Bakkerij,Bakker,IT,--03-07,\"Gebeld\nop maandag\",* myContacts ::: Klanten,Work,JAN@Example.be ::: jan2@example.be,* Home,thuis@example.be,Mobile,'+32 475 12 34 56,Home,BE,Kerkstraat 1,Gent,9000,Work,https://x.be,Hond,Fikkie\n";
    check(
        &format!("{header}{row}"),
        "",
        expect![[r#"
        2 Ready
          given "Jan"
          family "Peeters"
          organisation "Bakkerij"
          job "Bakker"
          labels ["Klanten"]
          email "thuis@example.be" thuis@example.be (Home)
          email "JAN@Example.be" jan@example.be (Work)
          email "jan2@example.be" jan2@example.be (Work)
          phone "+32 475 12 34 56" +32475123456 0475123456 (Mobile)
          address ["Kerkstraat 1", "", "", "9000", "Gent", "", "BE"] (Home)
          website https://x.be (Work)
    "#]],
    );
    check(
        &format!("{header}{row}"),
        "birthday,notes,unknown",
        expect![[r#"
        2 Ready
          given "Jan"
          family "Peeters"
          organisation "Bakkerij"
          job "Bakker"
          birthday "--03-07"
          notes "Gebeld\nop maandag"
          labels ["Klanten"]
          email "thuis@example.be" thuis@example.be (Home)
          email "JAN@Example.be" jan@example.be (Work)
          email "jan2@example.be" jan2@example.be (Work)
          phone "+32 475 12 34 56" +32475123456 0475123456 (Mobile)
          address ["Kerkstraat 1", "", "", "9000", "Gent", "", "BE"] (Home)
          website https://x.be (Work)
          own "Organization Department" "IT"
          own "Hond" "Fikkie"
    "#]],
    );
}
