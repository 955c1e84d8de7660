//! Google Contacts: fixed columns, then as many numbered ones as the fullest contact needs.

use std::borrow::Cow;

use rusqlite::Connection;

use super::{Row, dialled, labels};
use crate::intake::draft::{Address, Draft};
use crate::problem::Result;
use crate::vault::connection::FieldRow;

const FIXED: [&str; 17] = [
    "First Name",
    "Middle Name",
    "Last Name",
    "Phonetic First Name",
    "Phonetic Middle Name",
    "Phonetic Last Name",
    "Name Prefix",
    "Name Suffix",
    "Nickname",
    "File As",
    "Organization Name",
    "Organization Title",
    "Organization Department",
    "Birthday",
    "Notes",
    "Photo",
    "Labels",
];

const POSTAL: [&str; 8] = ["Label", "Street", "City", "PO Box", "Region", "Postal Code", "Country", "Extended Address"];

/// How many numbered columns of each kind there are.
#[derive(Debug, Default)]
pub(in super::super) struct Widths {
    /// Google has no column for it, but passes over one that it does not know.
    language: bool,
    emails: usize,
    phones: usize,
    addresses: usize,
    websites: usize,
    /// Keys and titles of own fields.
    own: Vec<(String, String)>,
}

impl Widths {
    pub(super) fn of(conn: &Connection, fields: &[FieldRow]) -> Result<Self> {
        let receives = |key: &str| fields.iter().any(|field| !field.own && field.key == key);
        let most = |key: &str, table: &str| if receives(key) { most(conn, table) } else { Ok(0) };
        let own = fields.iter().filter(|field| field.own).map(|field| (field.key.clone(), field.title.clone()));
        Ok(Self {
            language: receives("language"),
            emails: most("email", "contact_email")?,
            phones: most("phone", "contact_phone")?,
            addresses: most("address", "contact_address")?,
            websites: most("website", "contact_website")?,
            own: own.collect(),
        })
    }
}

/// The most that anybody has in a table; with what was merged into somebody beside it, so never too few.
fn most(conn: &Connection, table: &str) -> Result<usize> {
    let sql = format!(
        "SELECT coalesce((SELECT max(n) FROM (SELECT count(*) n FROM {table} GROUP BY contact_no)), 0)
              + coalesce((SELECT max(n) FROM (SELECT count(*) n FROM contact JOIN {table} ON contact_no = contact.no
                  WHERE merged_into IS NOT NULL GROUP BY merged_into)), 0)"
    );
    Ok(conn.query_row(&sql, [], |row| row.get(0))?)
}

pub(super) fn head(widths: &Widths) -> Vec<String> {
    let mut head: Vec<String> = FIXED.map(str::to_owned).into();
    if widths.language {
        head.push("Language".to_owned());
    }
    let mut add = |kind: &str, many: usize, parts: &[&str]| {
        for at in 1..=many {
            head.extend(parts.iter().map(|part| format!("{kind} {at} - {part}")));
        }
    };
    add("E-mail", widths.emails, &["Label", "Value"]);
    add("Phone", widths.phones, &["Label", "Value"]);
    add("Address", widths.addresses, &POSTAL);
    add("Website", widths.websites, &["Label", "Value"]);
    add("Custom Field", widths.own.len(), &["Label", "Value"]);
    head
}

pub(super) fn row<'d>(widths: &Widths, draft: &'d Draft) -> Row<'d> {
    let mut row = Row::default();
    let fixed = [
        draft.given.as_str(),
        &draft.middle,
        &draft.family,
        "",
        "",
        "",
        &draft.prefix,
        &draft.suffix,
        &draft.nickname,
        "",
        &draft.organisation,
        &draft.job_title,
        "",
        &draft.birthday,
        &draft.notes,
        "",
    ];
    fixed.into_iter().for_each(|cell| row.put(cell));
    labels(&mut row, draft, " ::: ");
    if widths.language {
        row.put(&draft.language);
    }
    let blank = |row: &mut Row<'_>, from: usize, to: usize, parts: usize| {
        (from * parts..to * parts).for_each(|_| row.put(""));
    };
    for email in &draft.emails {
        row.put(&email.label);
        row.put(&email.value);
    }
    blank(&mut row, draft.emails.len(), widths.emails, 2);
    for phone in &draft.phones {
        row.put(&phone.label);
        row.cells.push(dialled(phone));
    }
    blank(&mut row, draft.phones.len(), widths.phones, 2);
    for address in &draft.addresses {
        postal(&mut row, address);
    }
    blank(&mut row, draft.addresses.len(), widths.addresses, POSTAL.len());
    for website in &draft.websites {
        row.put(&website.label);
        row.put(&website.value);
    }
    blank(&mut row, draft.websites.len(), widths.websites, 2);
    for (key, title) in &widths.own {
        let value = draft.custom.iter().find(|(known, _)| known == key).map_or("", |(_, value)| value);
        row.cells.push(Cow::Owned(if value.is_empty() { String::new() } else { title.clone() }));
        row.put(value);
    }
    row
}

fn postal<'d>(row: &mut Row<'d>, address: &'d Address) {
    let Address { label, street, extended, po_box, city, region, postal_code, country } = address;
    [label, street, city, po_box, region, postal_code, country, extended].into_iter().for_each(|part| row.put(part));
}
