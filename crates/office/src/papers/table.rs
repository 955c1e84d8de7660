//! `contact.csv`: one row under the column names of Google Contacts, which most address books read, ours too.
//!
//! RFC 4180 with CRLF, in UTF-8 with a byte order mark, without which spreadsheets guess the encoding.

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
