//! A plain table: a column or a few for each field, in names that newsletter services and our importer know. Of what repeats the
//! first goes, which is the preferred one.

use std::borrow::Cow;

use super::{Row, dialled, labels};
use crate::intake::draft::{Address, Draft};
use crate::vault::connection::FieldRow;

const POSTAL: [&str; 7] = ["Street", "Address Line 2", "PO Box", "Postal Code", "City", "State", "Country"];

pub(super) fn head(fields: &[FieldRow]) -> Vec<String> {
    let mut head: Vec<String> = Vec::new();
    for field in fields {
        match name(field) {
            Some(name) => head.push(name.to_owned()),
            None if field.own => head.push(field.title.clone()),
            None => head.extend(POSTAL.map(str::to_owned)),
        }
    }
    head
}

/// The column of a field; `None` for an address, which has several, and for own fields.
fn name(field: &FieldRow) -> Option<&'static str> {
    if field.own {
        return None;
    }
    Some(match field.key.as_str() {
        "prefix" => "Title",
        "given" => "First Name",
        "middle" => "Middle Name",
        "family" => "Last Name",
        "suffix" => "Suffix",
        "nickname" => "Nickname",
        "organisation" => "Company",
        "job_title" => "Job Title",
        "email" => "Email Address",
        "phone" => "Phone Number",
        "website" => "Website",
        "birthday" => "Birthday",
        "language" => "Language",
        "notes" => "Notes",
        "labels" => "Tags",
        _ => return None,
    })
}

pub(super) fn row<'d>(fields: &[FieldRow], draft: &'d Draft) -> Row<'d> {
    let mut row = Row::default();
    let singles = draft.singles();
    for field in fields {
        let key = field.key.as_str();
        match key {
            _ if field.own => {
                let value = draft.custom.iter().find(|(known, _)| known == key);
                row.put(value.map_or("", |(_, value)| value.as_str()));
            }
            "email" => {
                row.put(draft.emails.first().map_or("", |email| email.value.as_str()));
                more(&mut row, "email", draft.emails.len());
            }
            "phone" => {
                row.cells.push(draft.phones.first().map_or(Cow::Borrowed(""), dialled));
                more(&mut row, "phone", draft.phones.len());
            }
            "website" => {
                row.put(draft.websites.first().map_or("", |website| website.value.as_str()));
                more(&mut row, "website", draft.websites.len());
            }
            "address" => {
                postal(&mut row, draft.addresses.first());
                more(&mut row, "address", draft.addresses.len());
            }
            "labels" => labels(&mut row, draft, ";"),
            single => row.put(singles.iter().find(|(known, _)| *known == single).map_or("", |(_, value)| value)),
        }
    }
    row
}

fn more<'d>(row: &mut Row<'d>, key: &'d str, many: usize) {
    if many > 1 {
        row.lose(key, false);
    }
}

fn postal<'d>(row: &mut Row<'d>, address: Option<&'d Address>) {
    let Some(address) = address else {
        POSTAL.iter().for_each(|_| row.put(""));
        return;
    };
    let Address { label: _, street, extended, po_box, city, region, postal_code, country } = address;
    [street, extended, po_box, postal_code, city, region, country].into_iter().for_each(|part| row.put(part));
}
