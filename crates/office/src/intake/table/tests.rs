use std::io::Read;

use super::*;

/// Gives a few bytes at a time, as a slow disk or a pipe does.
struct Drip<'a>(&'a [u8], usize);

impl Read for Drip<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let n = self.1.min(into.len()).min(self.0.len());
        let (now, later) = self.0.split_at(n);
        into[..n].copy_from_slice(now);
        self.0 = later;
        Ok(n)
    }
}

fn records(text: &[u8], delimiter: u8, drip: usize) -> Result<Vec<Record>, ReadError> {
    let mut table = Table::new(Drip(text, drip), delimiter);
    let mut out = Vec::new();
    while let Some(record) = table.next_record()? {
        out.push(record);
    }
    Ok(out)
}

fn rows(text: &str) -> Vec<(u64, Vec<String>)> {
    let whole = records(text.as_bytes(), b',', usize::MAX).unwrap();
    assert_eq!(whole, records(text.as_bytes(), b',', 1).unwrap(), "in small pieces: {text:?}");
    whole.iter().map(|r| (r.line, r.iter().map(str::to_owned).collect())).collect()
}

fn row(line: u64, cells: &[&str]) -> (u64, Vec<String>) {
    (line, cells.iter().map(|c| (*c).to_owned()).collect())
}

#[test]
fn cells_and_lines() {
    for (text, expected) in [
        ("a,b\nc,d\n", vec![row(1, &["a", "b"]), row(2, &["c", "d"])]),
        ("a,b\r\nc,d", vec![row(1, &["a", "b"]), row(2, &["c", "d"])]),
        ("a,b\rc,d\r", vec![row(1, &["a", "b"]), row(2, &["c", "d"])]),
        ("\n\r\n\na\n\nb", vec![row(4, &["a"]), row(6, &["b"])]),
        ("h\n\"1\n2\n3\",x\nend", vec![row(1, &["h"]), row(2, &["1\n2\n3", "x"]), row(5, &["end"])]),
        ("\"1\r\n2\",x\r\nend", vec![row(1, &["1\r\n2", "x"]), row(3, &["end"])]),
        ("\"1\r2\"\rend", vec![row(1, &["1\r2"]), row(3, &["end"])]),
        ("\"a\"\"b\",\"\",", vec![row(1, &["a\"b", "", ""])]),
        ("5\" pipe,say \"hi\"\n", vec![row(1, &["5\" pipe", "say \"hi\""])]),
        ("\"a\"b,c\n", vec![row(1, &["ab", "c"])]),
        (",\n,,\n", vec![row(1, &["", ""]), row(2, &["", "", ""])]),
        ("\"\"\n", vec![row(1, &[""])]),
        ("", vec![]),
    ] {
        assert_eq!(rows(text), expected, "{text:?}");
    }
}

#[test]
fn a_quote_that_never_closes_is_found_where_it_begins() {
    let text = b"a,b\n1,2\n3,\"oh\nno\n\n";
    assert!(matches!(records(text, b',', 3), Err(ReadError::UnclosedQuote(3))));
}

#[test]
fn nul_is_refused() {
    assert!(matches!(records(b"a,b\n\0", b',', 9), Err(ReadError::Binary)));
}

#[test]
fn a_huge_cell_costs_its_row_and_no_more() {
    let text = format!("a,b\n\"{}\",x\nc,d\n", "é".repeat(5 << 20));
    let records = records(text.as_bytes(), b',', usize::MAX).unwrap();
    let faults: Vec<_> = records.iter().map(|r| (r.line, r.fault)).collect();
    assert_eq!(faults, [(1, None), (2, Some(RowCode::CellTooLarge)), (3, None)]);
    assert!(records.iter().all(|r| r.bytes() <= RECORD_MAX));
}

#[test]
fn a_million_cells_cost_their_row_and_no_more() {
    let text = format!("a,b\n{}\nc,d\n", "x,".repeat(1_000_000));
    let records = records(text.as_bytes(), b',', usize::MAX).unwrap();
    let seen: Vec<_> = records.iter().map(|r| (r.line, r.len(), r.fault)).collect();
    assert_eq!(seen, [(1, 2, None), (2, CELLS_MAX, Some(RowCode::RowTooLarge)), (3, 2, None)]);
}

proptest::proptest! {
    #[test]
    fn any_bytes_in_any_pieces(bytes in proptest::collection::vec(0u8..=255, 0..200), drip in 1usize..20) {
        let whole = records(&bytes, b',', usize::MAX);
        let pieces = records(&bytes, b',', drip);
        proptest::prop_assert_eq!(whole.ok(), pieces.ok());
    }

    #[test]
    fn agrees_with_the_csv_crate(text in "[ab,;\"\n\r é]{0,60}") {
        if let Ok(ours) = records(text.as_bytes(), b',', 7) {
            let theirs: Vec<Vec<String>> = csv::ReaderBuilder::new()
                .has_headers(false).flexible(true).from_reader(text.as_bytes())
                .records().map(|r| r.unwrap().iter().map(str::to_owned).collect()).collect();
            let ours: Vec<Vec<String>> = ours.iter().map(|r| r.iter().map(str::to_owned).collect()).collect();
            proptest::prop_assert_eq!(ours, theirs);
        }
    }

    #[test]
    fn what_is_written_is_read(rows in proptest::collection::vec(proptest::collection::vec("[^\0]{0,12}", 2..5), 1..6)) {
        let mut writer = csv::WriterBuilder::new().flexible(true).from_writer(Vec::new());
        for cells in &rows { writer.write_record(cells).unwrap(); }
        let bytes = writer.into_inner().unwrap();
        let read: Vec<Vec<String>> = records(&bytes, b',', 5).unwrap()
            .iter().map(|r| r.iter().map(str::to_owned).collect()).collect();
        proptest::prop_assert_eq!(read, rows);
    }
}
