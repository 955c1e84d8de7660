use std::collections::BTreeSet;
use std::fmt::Write;

use super::super::convert::Verdict;
use super::super::fault::RowCode;
use super::*;

fn options() -> Options {
    Options::detect(Region::of("BE").unwrap())
}

struct Kept {
    _folder: tempfile::TempDir,
    source: Source,
}

fn open_with(bytes: &[u8], options: &Options) -> Result<Kept> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("contacts.csv");
    std::fs::write(&path, bytes).unwrap();
    let source = Source::open(&path.into(), options)?;
    Ok(Kept { _folder: folder, source })
}

fn open(bytes: &[u8]) -> Kept {
    open_with(bytes, &options()).unwrap()
}

/// Why a file is refused, at opening or while it is read; empty when it is not.
fn refusal(bytes: &[u8], options: &Options) -> String {
    let read = open_with(bytes, options).and_then(|mut kept| kept.source.read(2, &Progress::default(), |_| Ok(())));
    let Err(problem) = read else { return String::new() };
    assert!(matches!(problem.code, Code::Unreadable | Code::Invalid), "{problem:?}");
    let line = problem.facts.get("line").map(|line| format!(" {line}")).unwrap_or_default();
    format!("{}{line}", problem.facts["why"].as_str().unwrap())
}

const GOOGLE: &str =
    "First Name,Last Name,Notes,Labels,E-mail 1 - Label,E-mail 1 - Value,Phone 1 - Label,Phone 1 - Value\n";

#[test]
fn hostile_files_are_refused_whole_with_a_reason() {
    let wide = "E-mail 1 - Value,".repeat(1_000_000);
    let long = format!("{}\nx\n", "First Name ".repeat(200_000));
    for (bytes, expected) in [
        (Vec::new(), "empty"),
        (b"\n\n  \n".to_vec(), "empty"),
        (GOOGLE.as_bytes().to_vec(), "no_rows"),
        (b"jan@example.be,Jan\npiet@example.be,Piet\n".to_vec(), "no_header"),
        (b"apples,pears\n1,2\n".to_vec(), "needs_mapping"),
        (format!("{GOOGLE}Jan,\0\n").into_bytes(), "binary"),
        (format!("{GOOGLE}Jan,Peeters\n\"Piet,x\nand so on\n").into_bytes(), "unclosed_quote 3"),
        (format!("{wide}\nx\n").into_bytes(), "too_many_columns"),
        (long.into_bytes(), "header_too_large"),
        (b"PK\x03\x04 xl/workbook.xml".to_vec(), "damaged_workbook"),
    ] {
        assert_eq!(refusal(&bytes, &options()), expected, "{}", String::from_utf8_lossy(&bytes[..bytes.len().min(60)]));
    }
}

#[test]
fn what_is_asked_for_must_fit() {
    let good = format!("{GOOGLE}Jan,Peeters\n");
    let asked = |change: fn(&mut Options)| {
        let mut options = options();
        change(&mut options);
        refusal(good.as_bytes(), &options)
    };
    assert_eq!(asked(|_| {}), "");
    let outlook = Options { format: Some(Format::Outlook), ..options() };
    assert_eq!(refusal(b"Labels,E-mail 1 - Value\nx,a@example.be\n", &outlook), "other_format");
    let google = Options { format: Some(Format::Google), ..options() };
    assert_eq!(refusal(b"Voornaam,Achternaam,Bedrijf\nJan,Peeters,X\n", &google), "other_format");
    assert_eq!(asked(|o| o.format = Some(Format::Google)), "");
    for format in [Format::Vcard, Format::Xlsx] {
        let other = Options { format: Some(format), ..options() };
        assert_eq!(refusal(good.as_bytes(), &other), "other_format");
    }
    let cards = b"BEGIN:VCARD\nFN:An\nEND:VCARD\n";
    for format in [Format::Google, Format::Outlook, Format::Csv, Format::Xlsx] {
        assert_eq!(refusal(cards, &Options { format: Some(format), ..options() }), "other_format");
    }
    let mapping = Mapping::parse("[columns]\n\"FN\" = \"name\"", &BTreeSet::new()).unwrap();
    assert_eq!(refusal(cards, &Options { mapping: Some(mapping), ..options() }), "not_for_cards");
    assert_eq!(refusal(cards, &Options { format: Some(Format::Vcard), ..options() }), "");
    assert_eq!(asked(|o| o.encoding = Some("klingon".into())), "unknown_encoding");
    assert_eq!(asked(|o| o.encoding = Some("latin1".into())), "");
    assert_eq!(asked(|o| o.delimiter = Some('"')), "not_a_delimiter");
    assert_eq!(asked(|o| o.delimiter = Some('é')), "not_a_delimiter");
    assert_eq!(asked(|o| o.selection = Selection::of(["Notes"])), "");
    assert_eq!(asked(|o| o.selection = Selection::of(["Shoe size"])), "unknown_column");
    assert_eq!(refusal(b"Voornaam|Naam\nJan|Peeters\n", &Options { delimiter: Some('|'), ..options() }), "");
}

#[test]
fn a_missing_file_is_unreadable() {
    let problem = Source::open(&Given::Path("no/such/file.csv".into()), &options()).unwrap_err();
    assert_eq!((problem.code, &problem.facts["file"]), (Code::Unreadable, &"file.csv".into()));
}

/// Many rows, some of them over several lines, with something wrong in every seventh.
fn many(rows: usize) -> String {
    let mut text = GOOGLE.to_owned();
    for n in 0..rows {
        let note = if n % 5 == 0 { "\"two\nlines\"" } else { "" };
        let email = if n % 7 == 0 { "nobody".to_owned() } else { format!("p{n}@example.be") };
        writeln!(text, "Jan {n},Peeters,{note},,,{email},,").unwrap();
    }
    text
}

#[test]
fn rows_keep_their_order_and_lines_however_many_threads() {
    let text = many(5_000);
    let mut kept = open(text.as_bytes());
    let mut expected = kept.source.preview(usize::MAX).unwrap();
    assert_eq!(expected.len(), 5_000);
    assert_eq!(expected[1].line, 4, "the first row has two lines");
    for workers in [0, 1, 3, 8] {
        let mut rows = Vec::new();
        let progress = Progress::default();
        kept.source
            .read(workers, &progress, |batch| {
                rows.extend(batch);
                Ok(())
            })
            .unwrap();
        assert_eq!(rows, expected, "{workers} workers");
        assert_eq!(progress.read.load(Ordering::Relaxed), kept.source.detected().bytes);
    }
    expected.retain(|row| row.verdict == Verdict::Rejected(RowCode::NoValidAddress));
    assert_eq!(expected.len(), 5_000usize.div_ceil(7));
    assert_eq!(expected[1].raw.iter().next(), Some("Jan 7"), "the record can be saved as it was");
}

#[test]
fn reading_stops_when_asked_and_when_the_caller_fails() {
    let mut kept = open(many(20_000).as_bytes());
    let progress = Progress::default();
    let mut seen = 0;
    let stopped = kept.source.read(2, &progress, |batch| {
        seen += batch.len();
        progress.cancel.store(true, Ordering::Relaxed);
        Ok(())
    });
    assert_eq!(stopped.unwrap_err().code, Code::Cancelled);
    assert!(seen < 20_000);
    let failed = kept.source.read(2, &Progress::default(), |_| Err(Problem::new(Code::DiskFull)));
    assert_eq!(failed.unwrap_err().code, Code::DiskFull);
}

#[test]
fn a_file_that_grows_while_it_is_read_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("contacts.csv");
    std::fs::write(&path, many(10)).unwrap();
    let mut source = Source::open(&Given::Path(path.clone()), &options()).unwrap();
    std::fs::write(&path, many(11)).unwrap();
    let problem = source.read(1, &Progress::default(), |_| Ok(())).unwrap_err();
    assert_eq!(problem.facts["why"], "changed_while_reading");
}

#[test]
fn hostile_rows_cost_themselves_and_no_more() {
    let huge = "x".repeat(10 << 20);
    let commas = ",".repeat(100_000);
    let text = format!(
        "{GOOGLE}Jan,A,,,,a@example.be\n{huge},B\nPiet{commas}\n,,,,,\n\nAn,C,,,,c@example.be,,,surplus\n,,only a note\n"
    );
    let rows = open(text.as_bytes()).source.preview(usize::MAX).unwrap();
    let seen: Vec<_> = rows.iter().map(|r| (r.line, r.verdict)).collect();
    assert_eq!(
        seen,
        [
            (2, Verdict::Ready),
            (3, Verdict::Rejected(RowCode::CellTooLarge)),
            (4, Verdict::Rejected(RowCode::RowTooLarge)),
            (5, Verdict::Skipped(RowCode::EmptyRow)),
            (7, Verdict::Ready),
            (8, Verdict::Rejected(RowCode::NoName)),
        ]
    );
    assert_eq!(rows[4].problems[0].code, RowCode::SurplusCells);
}

proptest::proptest! {
    #![proptest_config(proptest::test_runner::Config::with_cases(64))]

    #[test]
    fn any_bytes_below_a_header_never_panic(bytes in proptest::collection::vec(0u8..=255, 0..400)) {
        let whole = [GOOGLE.as_bytes(), &bytes].concat();
        if let Ok(mut kept) = open_with(&whole, &options()) {
            drop(kept.source.read(2, &Progress::default(), |_| Ok(())));
        }
    }

    #[test]
    fn any_cells_never_panic(cells in proptest::collection::vec("[^\0\"]{0,20}", 8)) {
        let quoted: Vec<String> = cells.iter().map(|c| format!("\"{c}\"")).collect();
        let whole = format!("{GOOGLE}{}\n", quoted.join(","));
        let mut options = options();
        options.selection = Selection::all();
        if let Ok(mut kept) = open_with(whole.as_bytes(), &options) {
            proptest::prop_assert!(kept.source.preview(9).is_ok());
        }
    }
}
