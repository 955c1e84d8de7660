use std::io::Write;

use expect_test::expect;
use proptest::prelude::*;
use zip::write::SimpleFileOptions;

use super::*;
use crate::intake::reader::{Options, Progress, Source};
use crate::normal::phone::Region;

/// A workbook of these parts, beside those that every workbook has.
fn book(parts: &[(&str, String)]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let mut add = |name: &str, text: &str| {
        zip.start_file(name, SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    };
    let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    add(
        "_rels/.rels",
        &format!(
            "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"r\" Type=\"{office}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
        ),
    );
    let sheets: Vec<&str> = parts.iter().filter_map(|(name, _)| name.strip_prefix("xl/worksheets/")).collect();
    let listed: String = sheets
        .iter()
        .enumerate()
        .map(|(n, name)| {
            let state = if name.starts_with("hidden") { " state=\"hidden\"" } else { "" };
            format!("<sheet name=\"{name}\" sheetId=\"{0}\" r:id=\"r{0}\"{state}/>", n + 1)
        })
        .collect();
    add("xl/workbook.xml", &format!("<workbook xmlns:r=\"{office}\"><sheets>{listed}</sheets></workbook>"));
    let related: String = sheets
        .iter()
        .enumerate()
        .map(|(n, name)| {
            format!("<Relationship Id=\"r{}\" Type=\"{office}/worksheet\" Target=\"worksheets/{name}\"/>", n + 1)
        })
        .collect();
    add("xl/_rels/workbook.xml.rels", &format!("<Relationships>{related}</Relationships>"));
    // The second format is a date, the third one with a time, the fourth a length of time.
    add(
        "xl/styles.xml",
        "<styleSheet><cellXfs count=\"4\"><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/><xf numFmtId=\"22\"/><xf numFmtId=\"46\"/></cellXfs></styleSheet>",
    );
    parts.iter().for_each(|(name, text)| add(name, text));
    zip.finish().unwrap().into_inner()
}

fn sheet(rows: &str) -> String {
    format!("<worksheet><sheetData>{rows}</sheetData></worksheet>")
}

fn text(cell: &str, value: &str) -> String {
    format!("<c r=\"{cell}\" t=\"inlineStr\"><is><t>{value}</t></is></c>")
}

fn given(bytes: &[u8]) -> (tempfile::TempDir, Given) {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("book.xlsx");
    std::fs::write(&file, bytes).unwrap();
    (dir, Given::Path(file))
}

fn why(error: &ReadError) -> String {
    if let ReadError::Damaged(cause) = error { format!("{error}: {cause}") } else { error.to_string() }
}

/// Every row of a workbook: its line, its fault and its cells.
fn rows(bytes: &[u8]) -> Result<String, String> {
    let (_dir, given) = given(bytes);
    let mut book = Book::open(&given, None).map_err(|error| why(&error))?;
    let mut out = format!("{} not {:?}: {:?}\n", book.sheet, book.others, book.header.iter().collect::<Vec<_>>());
    let read = AtomicU64::new(0);
    let mut records = book.records(1_000, &read).map_err(|error| why(&error))?;
    while let Some(row) = records.next_record().map_err(|error| why(&error))? {
        let cells: Vec<&str> = row.iter().collect();
        out.push_str(&format!("{} {:?} {cells:?}\n", row.line, row.fault));
    }
    assert_eq!(read.load(Ordering::Relaxed), 1_000);
    Ok(out)
}

#[test]
fn a_cell_is_what_it_shows() {
    let strings = "<sst uniqueCount=\"2\"><si><t>Naam</t></si><si><r><t>E-</t></r><r><t>mail</t></r></si></sst>";
    let values = "<row r=\"4\"><c r=\"A4\" t=\"str\"><f>B4&amp;C4</f><v>An</v></c><c r=\"B4\"><v>3.2475123456E10</v></c><c r=\"C4\"><v>475123456</v></c>\
        <c r=\"D4\" s=\"1\"><v>29287</v></c><c r=\"E4\" s=\"2\"><v>29287.5</v></c><c r=\"F4\" t=\"b\"><v>1</v></c><c r=\"G4\" t=\"e\"><v>#N/A</v></c>\
        <c r=\"H4\"><v>0.30000000000000004</v></c><c r=\"I4\"><f>1+1</f><v>2</v></c><c r=\"J4\" s=\"3\"><v>1.5</v></c><c r=\"K4\" s=\"2\"><v>0.25</v></c></row>";
    let parts = [
        ("xl/sharedStrings.xml", strings.to_owned()),
        (
            "xl/worksheets/hidden1.xml",
            sheet(&format!("<row r=\"1\">{}</row><row r=\"2\">{}</row>", text("A1", "Naam"), text("A2", "Niemand"))),
        ),
        ("xl/worksheets/empty.xml", sheet("<row r=\"1\"><c r=\"A1\" s=\"1\"/></row>")),
        (
            "xl/worksheets/people.xml",
            sheet(&format!(
                "<row r=\"3\"><c r=\"A3\" t=\"s\"><v>0</v></c><c r=\"D3\" t=\"s\"><v>1</v></c></row>{values}<row r=\"9\"><c r=\"B9\"/></row><row r=\"12\">{}</row>",
                text("C12", "x")
            )),
        ),
    ];
    expect![[r#"
        people.xml not ["hidden1.xml", "empty.xml"]: ["Naam", "", "", "E-mail"]
        4 None ["An", "32475123456", "475123456", "1980-03-07", "1980-03-07T12:00:00", "true", "", "0.3", "2", "1.5", "06:00:00"]
        12 None ["", "", "x"]
    "#]].assert_eq(&rows(&book(&parts)).unwrap());
}

#[test]
fn a_merged_cell_stands_for_all_its_rows() {
    let cells = format!(
        "<row r=\"1\">{}{}</row><row r=\"2\">{}{}</row><row r=\"3\">{}</row><row r=\"5\">{}</row>",
        text("A1", "Bedrijf"),
        text("B1", "Naam"),
        text("A2", "Bakkerij"),
        text("B2", "An"),
        text("B3", "Jan"),
        text("B5", "Els"),
    );
    let merged = "<mergeCells count=\"2\"><mergeCell ref=\"A2:A4\"/><mergeCell ref=\"A1:B1\"/></mergeCells>";
    let sheet = format!("<worksheet><sheetData>{cells}</sheetData>{merged}</worksheet>");
    expect![[r#"
        s.xml not []: ["Bedrijf", "Naam"]
        2 None ["Bakkerij", "An"]
        3 None ["Bakkerij", "Jan"]
        5 None ["", "Els"]
    "#]]
    .assert_eq(&rows(&book(&[("xl/worksheets/s.xml", sheet)])).unwrap());
}

#[test]
fn what_does_not_fit_is_refused_before_it_is_held() {
    let header = format!("<row r=\"1\">{}</row>", text("A1", "Naam"));
    let people = |more: &str| ("xl/worksheets/s.xml", sheet(&format!("{header}{more}")));
    let strings = |text: String| ("xl/sharedStrings.xml", text);
    let row = format!("<row r=\"2\">{}</row>", text("A2", "An"));
    for (parts, expected) in [
        (vec![people("")], "no_rows"),
        (vec![("xl/worksheets/hidden.xml", sheet(&header))], "empty"),
        (vec![people(&row), strings("<sst uniqueCount=\"99999999999\"></sst>".to_owned())], "workbook_too_large"),
        (
            vec![people(&row), strings(format!("<sst><si><t>{}</t></si></sst>", "a".repeat(20 << 20)))],
            "workbook_too_large",
        ),
        (
            vec![(
                "xl/worksheets/s.xml",
                "<worksheet><sheetData><row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>x".to_owned(),
            )],
            "damaged_workbook",
        ),
        (vec![people("<row r=\"2\"><c r=\"A2\" t=\"s\"><v>7</v></c></row>")], "damaged_workbook"),
    ] {
        let found = rows(&book(&parts));
        let said = found.as_ref().err().and_then(|why| why.split(':').next());
        assert_eq!(said, Some(expected), "{found:?}");
    }
    let wide = format!("<row r=\"2\">{}{}</row>", text("A2", "An"), text("ZZZ2", "far"));
    let long = format!("<row r=\"3\">{}</row>", text("A3", &"a".repeat(2 << 20)));
    let found =
        rows(&book(&[people(&format!("{wide}{long}{}", row.replace("\"2\"", "\"4\"").replace("A2", "A4")))])).unwrap();
    let faults: Vec<&str> = found.lines().skip(1).map(|line| line.split(" [").next().unwrap()).collect();
    assert_eq!(faults, ["2 Some(RowTooLarge)", "3 Some(CellTooLarge)", "4 None"]);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    #[test]
    fn a_broken_workbook_gives_rows_or_a_reason(at in proptest::collection::vec((0.0..1.0, any::<u8>()), 1..6), cut in proptest::option::of(0.0..1.0)) {
        let row = |n: usize| format!("<row r=\"{n}\">{}<c r=\"B{n}\" s=\"1\"><v>29287</v></c></row>", text(&format!("A{n}"), "An"));
        let mut bytes = book(&[("xl/worksheets/s.xml", sheet(&(1..5).map(row).collect::<String>()))]);
        for (place, byte) in at {
            let place = (place * bytes.len() as f64) as usize;
            bytes[place] = byte;
        }
        if let Some(cut) = cut {
            bytes.truncate((cut * bytes.len() as f64) as usize);
        }
        let (_dir, given) = given(&bytes);
        let read = Source::open(&given, &Options::detect(Region::of("BE").unwrap()));
        let _ = read.and_then(|mut source| source.read(2, &Progress::default(), |_| Ok(())));
    }
}
