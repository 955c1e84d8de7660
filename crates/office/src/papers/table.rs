//! `contact.csv`: one row under the column names of Google Contacts, which most address books read, ours too.
//!
//! RFC 4180 with CRLF, in UTF-8 with a byte order mark, without which spreadsheets guess the encoding.

use std::path::Path;

use crate::intake::draft::Draft;
use crate::intake::guarded;
use crate::problem::{Code, Problem, Result};

/// The table of one person.
///
/// # Errors
/// Never in practice: it is written to memory.
pub(super) fn csv(draft: &Draft) -> Result<Vec<u8>> {
    let labels = draft.labels.join(" ::: ");
    let (head, row): (Vec<String>, Vec<&str>) = columns(draft, &labels).into_iter().unzip();
    let failed = |error: csv::Error| Problem::new(Code::System).because(error);
    let mut bytes = "\u{feff}".as_bytes().to_vec();
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(&mut bytes);
    writer.write_record(&head).map_err(failed)?;
    writer.write_record(row.into_iter().map(guarded)).map_err(failed)?;
    writer.flush().map_err(|error| Problem::new(Code::System).because(error))?;
    drop(writer);
    Ok(bytes)
}

/// What a register is written as, by the end of its file's name: `pdf` or `csv`.
///
/// # Errors
/// [`Code::Invalid`] for any other.
pub(super) fn format_of(to: &Path) -> Result<&'static str> {
    let ending = to.extension().and_then(|ending| ending.to_str()).unwrap_or_default().to_ascii_lowercase();
    match ending.as_str() {
        "pdf" => Ok("pdf"),
        "csv" => Ok("csv"),
        _ => Err(Problem::invalid("to", "pdf_or_csv")),
    }
}

/// A table of many rows, and how many of its cells were guarded.
///
/// # Errors
/// Never in practice: it is written to memory.
pub(super) fn plain(head: &[&str], rows: &[Vec<String>]) -> Result<(Vec<u8>, usize)> {
    let failed = |error: csv::Error| Problem::new(Code::System).because(error);
    let mut bytes = "\u{feff}".as_bytes().to_vec();
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(&mut bytes);
    writer.write_record(head).map_err(failed)?;
    let mut count = 0;
    for row in rows {
        let cells: Vec<String> = row.iter().map(|cell| guarded(cell)).collect();
        count += cells.iter().zip(row).filter(|(safe, cell)| safe != cell).count();
        writer.write_record(&cells).map_err(failed)?;
    }
    writer.flush().map_err(|error| Problem::new(Code::System).because(error))?;
    drop(writer);
    Ok((bytes, count))
}

/// Every column with its value. The fixed ones stand there even when empty; of the numbered ones as many as there are values.
fn columns<'d>(draft: &'d Draft, labels: &'d str) -> Vec<(String, &'d str)> {
    let fixed = [
        ("Name Prefix", &draft.prefix),
        ("First Name", &draft.given),
        ("Middle Name", &draft.middle),
        ("Last Name", &draft.family),
        ("Name Suffix", &draft.suffix),
        ("Nickname", &draft.nickname),
        ("Organization Name", &draft.organisation),
        ("Organization Title", &draft.job_title),
        ("Birthday", &draft.birthday),
        ("Language", &draft.language),
        ("Notes", &draft.notes),
    ];
    let mut columns: Vec<(String, &str)> = fixed.map(|(name, value)| (name.to_owned(), value.as_str())).into();
    columns.push(("Labels".to_owned(), labels));
    let mut add =
        |kind: &str, at: usize, part: &str, value| columns.push((format!("{kind} {} - {part}", at + 1), value));
    for (at, email) in draft.emails.iter().enumerate() {
        add("E-mail", at, "Label", email.label.as_str());
        add("E-mail", at, "Value", &email.value);
    }
    for (at, phone) in draft.phones.iter().enumerate() {
        add("Phone", at, "Label", &phone.label);
        add("Phone", at, "Value", &phone.value);
    }
    for (at, address) in draft.addresses.iter().enumerate() {
        let parts = [
            ("Label", &address.label),
            ("Street", &address.street),
            ("Extended Address", &address.extended),
            ("PO Box", &address.po_box),
            ("Postal Code", &address.postal_code),
            ("City", &address.city),
            ("Region", &address.region),
            ("Country", &address.country),
        ];
        parts.into_iter().for_each(|(part, value)| add("Address", at, part, value));
    }
    for (at, website) in draft.websites.iter().enumerate() {
        add("Website", at, "Label", &website.label);
        add("Website", at, "Value", &website.value);
    }
    for (at, (title, value)) in draft.custom.iter().enumerate() {
        add("Custom Field", at, "Label", title);
        add("Custom Field", at, "Value", value);
    }
    columns
}

#[cfg(test)]
mod tests {
    use expect_test::expect;
    use proptest::prelude::*;

    use super::*;
    use crate::intake::draft::Email;
    use crate::papers::vcard::tests::ugly;

    fn text(draft: &Draft) -> String {
        String::from_utf8(csv(draft).unwrap()).unwrap()
    }

    /// The second line's cells by the first line's names, as a spreadsheet's reader sees them and our importer means them.
    fn cells(text: &str) -> Vec<(String, String)> {
        let text = text.strip_prefix('\u{feff}').expect("the mark");
        let mut reader = ::csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
        let rows: Vec<::csv::StringRecord> = reader.records().map(|row| row.expect("a row")).collect();
        assert_eq!(rows.len(), 2);
        let meant = |cell: &str| match cell.strip_prefix('\'') {
            Some(rest) if rest.starts_with(['=', '+', '-', '@', '\t', '\0']) => rest.to_owned(),
            _ => cell.to_owned(),
        };
        rows[0].iter().map(str::to_owned).zip(rows[1].iter().map(meant)).collect()
    }

    #[test]
    fn an_ugly_row() {
        let text = text(&ugly());
        assert!(text.ends_with("\r\n"));
        let shown = text.replace("\r\n", "<CRLF>").replace('\u{202e}', "<rlo>").replace('\u{202c}', "<pdf>");
        expect![[r#"
            ﻿Name Prefix,First Name,Middle Name,Last Name,Name Suffix,Nickname,Organization Name,Organization Title,Birthday,Language,Notes,Labels,E-mail 1 - Label,E-mail 1 - Value,E-mail 2 - Label,E-mail 2 - Value,Phone 1 - Label,Phone 1 - Value,Phone 2 - Label,Phone 2 - Value,Address 1 - Label,Address 1 - Street,Address 1 - Extended Address,Address 1 - PO Box,Address 1 - Postal Code,Address 1 - City,Address 1 - Region,Address 1 - Country,Website 1 - Label,Website 1 - Value,Custom Field 1 - Label,Custom Field 1 - Value<CRLF>Dr.,"An,na",,'=Pee;ters\,,👩‍🦰 Rosse,Jans & Zonen; bvba,,'--02-29,nl-BE,"Eerste lijn, met komma<CRLF>tweede <rlo>lijn<pdf><bel>
            שלום 😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀","klant, vast ::: VIP",Werk,An@Example.be,Van haar moeder,mama@example.be,Mobiel,'+32 475 12 34 56,,03 123 45 67,Thuis,"Kerkstraat 1
            bus 2",,,9000,Gent,,,,"exämple.be/a b,c",Fietsmaat,'-54<CRLF>"#]].assert_eq(&shown.replace('\u{7}', "<bel>"));
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_again(
            given in "[\\PC\r\n\"=+@',;-]{0,30}", notes in "[\\PC\r\n\t\"=+@',;-]{0,60}", mail in "[=+@a-z-]{1,9}", label in "\\PC{0,9}"
        ) {
            // An apostrophe of the person's own before such a sign reads like ours; JSON keeps it.
            let ours = |text: &str| text.strip_prefix('\'').is_some_and(|rest| rest.starts_with(['=', '+', '-', '@', '\t']));
            prop_assume!(!ours(&given) && !ours(&notes) && !ours(&label));
            let email = Email { value: mail, normalised: String::new(), label };
            let draft = Draft { given, notes, emails: vec![email], ..Draft::default() };
            let text = text(&draft);
            let cells = cells(&text);
            let find = |name: &str| cells.iter().find(|(head, _)| head == name).map(|(_, cell)| cell.as_str());
            prop_assert_eq!(find("First Name"), Some(draft.given.as_str()));
            prop_assert_eq!(find("Notes"), Some(draft.notes.as_str()));
            prop_assert_eq!(find("E-mail 1 - Value"), Some(draft.emails[0].value.as_str()));
            prop_assert_eq!(find("E-mail 1 - Label"), Some(draft.emails[0].label.as_str()));
        }

        #[test]
        fn no_cell_starts_a_formula(given in "[=+@-]?\\PC{0,9}", label in "[=+@-]?\\PC{0,9}") {
            let draft = Draft { given, labels: vec![label], ..Draft::default() };
            let text = text(&draft);
            let mut reader = ::csv::Reader::from_reader(text.as_bytes());
            for cell in reader.records().next().expect("a row").expect("whole").iter() {
                prop_assert!(!cell.starts_with(['=', '+', '-', '@', '\t', '\0']), "{cell}");
            }
        }
    }
}
