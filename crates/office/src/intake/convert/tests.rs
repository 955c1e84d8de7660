use std::fmt::Write;

use expect_test::{Expect, expect, expect_file};

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
    Source::open(&path.into(), &options).unwrap().preview(usize::MAX).unwrap()
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

/// A file of the fixtures beside what is expected of it: what was detected, and its rows.
fn check_file(name: &str, with: &str) {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/fixtures/import");
    let mut options = Options::detect(Region::of("BE").unwrap());
    options.selection = Selection::of(with.split(','));
    let files = ["csv", "vcf", "xlsx"].map(|kind| folder.join(name).with_extension(kind));
    let file = files.into_iter().find(|file| file.exists()).unwrap();
    let mut source = Source::open(&file.into(), &options).unwrap();
    let found = source.detected();
    let language = found.language.map_or("-", Language::tag);
    let (format, encoding, delimiter) = (found.format.as_str(), found.encoding, found.delimiter.unwrap_or('-'));
    let left_out = found.left_out().collect::<Vec<_>>().join(" | ");
    let columns = found.columns.len();
    let mut out = format!("{format} {encoding} {delimiter:?} {language}, {columns} columns, left out: {left_out}\n");
    source.preview(usize::MAX).unwrap().iter().for_each(|row| out.push_str(&show(row)));
    let ticked = if with.is_empty() { String::new() } else { format!("+{}", with.replace(',', "+")) };
    expect_file![folder.join(format!("{name}{ticked}.txt"))].assert_eq(&out);
}

#[test]
fn every_kind_of_file() {
    for (name, with) in [
        ("google_new", ""),
        ("google_new", "all"),
        ("google_new_trimmed", ""),
        ("google_old", ""),
        ("google_old", "relations,gender"),
        ("outlook_nl", ""),
        ("outlook_nl", "all"),
        ("outlook_de_2007", ""),
        ("outlook_de_2025", "birthday"),
        ("outlook_fr", ""),
        ("outlook_fr", "birthday,Notes"),
        ("outlook_en", "birthday"),
        ("outlook_nl_trimmed", ""),
        ("outlook_fr_utf16", ""),
        ("outlook_com", ""),
        ("google_as_outlook", ""),
        ("thunderbird", ""),
        ("webshop", ""),
        ("google_cards", ""),
        ("google_cards", "all"),
        ("outlook_cards_2_1", "all"),
        ("android_cards_2_1", ""),
        ("apple_cards_3_0", "birthday,events"),
        ("nextcloud_cards_4_0", ""),
        ("nextcloud_cards_4_0", "all"),
        ("klanten", ""),
        ("klanten", "all"),
    ] {
        check_file(name, with);
    }
}

#[test]
fn odd_cells() {
    let header =
        "First Name,Last Name,Labels,E-mail 1 - Label,E-mail 1 - Value,Phone 1 - Value,Custom Field 1 - Value\n";
    let row = |cells: &str| format!("{header}{cells}\n");
    check(
        &row("'=1+1,'t Hooft,,,,,"),
        "",
        expect![[r#"
        2 Ready
          given "=1+1"
          family "'t Hooft"
    "#]],
    );
    check(
        &row("'Jan,'@home,,,'+x@example.be,'+32475123456,"),
        "",
        expect![[r#"
        2 Ready
          given "'Jan"
          family "@home"
          email "+x@example.be" +x@example.be ()
          phone "+32475123456" +32475123456 0475123456 ()
    "#]],
    );
    check(
        &row("=cmd|' /C calc'!A0,\u{202e}evil\u{200b},,,,,"),
        "",
        expect![[r#"
            2 Ready
              given "=cmd|' /C calc'!A0"
              family "\u{202e}evil\u{200b}"
        "#]],
    );
}

#[test]
fn values_beside_each_other() {
    let header =
        "First Name,Last Name,Labels,E-mail 1 - Label,E-mail 1 - Value,Phone 1 - Value,Custom Field 1 - Value\n";
    let row = |cells: &str| format!("{header}{cells}\n");
    check(
        &row(
            "\u{a0}Jan\u{a0},,A ::: * starred ::: A,,JAN@example.be ::: jan@example.be,0475 12 34 56 ::: +32 475 12 34 56,",
        ),
        "",
        expect![[r#"
            2 Ready
              given "Jan"
              labels ["A", "starred"]
              email "JAN@example.be" jan@example.be ()
              phone "0475 12 34 56" +32475123456 0475123456 ()
        "#]],
    );
    check(
        &row(",,,,,,only this"),
        "all",
        expect![[r#"
        2 Rejected(NoName)
          own "Custom Field 1 - Value" "only this"
          ! no_name -
    "#]],
    );
    check(
        &row(",,,,jan@example.be,,0/0/00"),
        "all",
        expect![[r#"
        2 Ready
          email "jan@example.be" jan@example.be ()
    "#]],
    );
}

/// A draft as one row in Google's layout.
fn as_google(draft: &Draft) -> Vec<u8> {
    let mut head = vec!["First Name", "Last Name", "Organization Name", "Notes", "Labels"]
        .into_iter()
        .map(str::to_owned)
        .collect::<Vec<_>>();
    let labels = draft.labels.join(" ::: ");
    let mut cells =
        vec![draft.given.clone(), draft.family.clone(), draft.organisation.clone(), draft.notes.clone(), labels];
    for (n, e) in draft.emails.iter().enumerate() {
        head.extend([format!("E-mail {} - Label", n + 1), format!("E-mail {} - Value", n + 1)]);
        cells.extend([e.label.clone(), e.value.clone()]);
    }
    for (n, p) in draft.phones.iter().enumerate() {
        head.extend([format!("Phone {} - Label", n + 1), format!("Phone {} - Value", n + 1)]);
        cells.extend([p.label.clone(), p.value.clone()]);
    }
    let guarded = cells.into_iter().map(|c| if c.starts_with(['=', '+', '-', '@']) { format!("'{c}") } else { c });
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(head).unwrap();
    writer.write_record(guarded).unwrap();
    writer.into_inner().unwrap()
}

proptest::proptest! {
    #![proptest_config(proptest::test_runner::Config::with_cases(96))]

    #[test]
    fn a_draft_written_as_csv_is_read_back_the_same(
        names in proptest::collection::vec("[=+@-]?[A-Zé][a-zé ,;\"\n']{0,10}[a-z]", 4),
        labels in proptest::collection::btree_set("[A-Z][a-z]{1,8}", 0..3),
        emails in proptest::collection::btree_set("[a-z]{1,9}", 0..4),
        phones in proptest::collection::btree_set(0u32..1_000_000, 0..3),
    ) {
        let email = |name: &String| Email { value: format!("{}@Example.be", name.to_uppercase()), normalised: format!("{name}@example.be"), label: "Werk".into() };
        let phone = |n: &u32| Phone { value: format!("+32 475 {n:06}"), e164: format!("+32475{n:06}"), national: format!("0475{n:06}"), label: String::new() };
        let draft = Draft {
            given: names[0].clone(), family: names[1].clone(), organisation: names[2].clone(), notes: names[3].clone(),
            labels: labels.into_iter().collect(),
            emails: emails.iter().map(email).collect(),
            phones: phones.iter().map(phone).collect(),
            ..Draft::default()
        };
        let read = rows(&as_google(&draft), "notes").remove(0);
        proptest::prop_assert_eq!(read.draft, draft);
        proptest::prop_assert!(read.problems.is_empty());
    }
}
