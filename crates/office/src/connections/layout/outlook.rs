//! Outlook for the desktop, in English: 92 columns, three e-mail addresses, a column for each use of a phone.

use std::borrow::Cow;

use super::{Row, dialled, labels};
use crate::intake::draft::{Address, Draft};
use crate::normal::text::fold;

const HEAD: [&str; 92] = [
    "Title",
    "First Name",
    "Middle Name",
    "Last Name",
    "Suffix",
    "Company",
    "Department",
    "Job Title",
    "Business Street",
    "Business Street 2",
    "Business Street 3",
    "Business City",
    "Business State",
    "Business Postal Code",
    "Business Country/Region",
    "Home Street",
    "Home Street 2",
    "Home Street 3",
    "Home City",
    "Home State",
    "Home Postal Code",
    "Home Country/Region",
    "Other Street",
    "Other Street 2",
    "Other Street 3",
    "Other City",
    "Other State",
    "Other Postal Code",
    "Other Country/Region",
    "Assistant's Phone",
    "Business Fax",
    "Business Phone",
    "Business Phone 2",
    "Callback",
    "Car Phone",
    "Company Main Phone",
    "Home Fax",
    "Home Phone",
    "Home Phone 2",
    "ISDN",
    "Mobile Phone",
    "Other Fax",
    "Other Phone",
    "Pager",
    "Primary Phone",
    "Radio Phone",
    "TTY/TDD Phone",
    "Telex",
    "Account",
    "Anniversary",
    "Assistant's Name",
    "Billing Information",
    "Birthday",
    "Business Address PO Box",
    "Categories",
    "Children",
    "Directory Server",
    "E-mail Address",
    "E-mail Type",
    "E-mail Display Name",
    "E-mail 2 Address",
    "E-mail 2 Type",
    "E-mail 2 Display Name",
    "E-mail 3 Address",
    "E-mail 3 Type",
    "E-mail 3 Display Name",
    "Gender",
    "Government ID Number",
    "Hobby",
    "Home Address PO Box",
    "Initials",
    "Internet Free Busy",
    "Keywords",
    "Language",
    "Location",
    "Manager's Name",
    "Mileage",
    "Notes",
    "Office Location",
    "Organizational ID Number",
    "Other Address PO Box",
    "Priority",
    "Private",
    "Profession",
    "Referred By",
    "Sensitivity",
    "Spouse",
    "User 1",
    "User 2",
    "User 3",
    "User 4",
    "Web Page",
];

/// The columns of phone numbers by what people call them, each kind in the order in which it fills.
const PHONES: [(&[&str], &[&str]); 6] = [
    (&["mobile", "mobiel", "gsm", "cell", "handy", "mobil", "portable"], &["Mobile Phone"]),
    (
        &["work", "werk", "business", "bureau", "arbeit", "geschaftlich", "travail"],
        &["Business Phone", "Business Phone 2"],
    ),
    (&["home", "thuis", "prive", "privat", "domicile", "maison"], &["Home Phone", "Home Phone 2"]),
    (
        &["work fax", "fax", "fax op werk", "fax werk", "home fax", "other fax"],
        &["Business Fax", "Home Fax", "Other Fax"],
    ),
    (&["pager"], &["Pager"]),
    (&["main", "", "hoofd", "principal"], &["Primary Phone"]),
];

/// Where a number goes whose own column is taken.
const ANY_PHONE: [&str; 12] = [
    "Other Phone",
    "Primary Phone",
    "Mobile Phone",
    "Home Phone",
    "Business Phone",
    "Home Phone 2",
    "Business Phone 2",
    "Company Main Phone",
    "Car Phone",
    "Callback",
    "Radio Phone",
    "ISDN",
];

const EMAILS: [(&str, &str); 3] =
    [("E-mail Address", "E-mail Type"), ("E-mail 2 Address", "E-mail 2 Type"), ("E-mail 3 Address", "E-mail 3 Type")];

/// The kinds of address by what people call them.
const PLACES: [(&str, &[&str]); 3] = [
    ("Business", &["work", "werk", "business", "bureau", "arbeit", "geschaftlich", "travail"]),
    ("Home", &["home", "thuis", "prive", "privat", "domicile", "maison", ""]),
    ("Other", &[]),
];

pub(super) fn head() -> Vec<String> {
    HEAD.map(str::to_owned).into()
}

pub(super) fn row(draft: &Draft) -> Row<'_> {
    let mut row = Row { cells: vec![Cow::Borrowed(""); HEAD.len()], lost: Vec::new() };
    let singles = [
        ("Title", &draft.prefix),
        ("First Name", &draft.given),
        ("Middle Name", &draft.middle),
        ("Last Name", &draft.family),
        ("Suffix", &draft.suffix),
        ("Company", &draft.organisation),
        ("Job Title", &draft.job_title),
        ("Language", &draft.language),
        ("Notes", &draft.notes),
    ];
    for (column, value) in singles {
        set(&mut row, column, value.as_str());
    }
    // It knows no birthday without a year.
    if draft.birthday.starts_with('-') {
        row.lose("birthday", true);
    } else {
        set(&mut row, "Birthday", draft.birthday.as_str());
    }
    if !draft.nickname.is_empty() {
        row.lose("nickname", true);
    }
    labels(&mut row, draft, ";");
    if let Some(labels) = row.cells.pop() {
        set(&mut row, "Categories", labels);
    }
    emails(&mut row, draft);
    phones(&mut row, draft);
    addresses(&mut row, draft);
    for (at, website) in draft.websites.iter().enumerate() {
        match at {
            0 => set(&mut row, "Web Page", website.value.as_str()),
            _ => row.lose("website", false),
        }
    }
    for (key, _) in &draft.custom {
        row.lose(key, true);
    }
    row
}

fn emails<'d>(row: &mut Row<'d>, draft: &'d Draft) {
    for (at, email) in draft.emails.iter().enumerate() {
        match EMAILS.get(at) {
            Some((address, kind)) => {
                set(row, address, email.value.as_str());
                set(row, kind, "SMTP");
            }
            None => row.lose("email", false),
        }
    }
}

fn phones<'d>(row: &mut Row<'d>, draft: &'d Draft) {
    for phone in &draft.phones {
        let label = fold(&phone.label);
        let own =
            PHONES.iter().find(|(names, _)| names.contains(&label.as_str())).map_or(&[][..], |(_, columns)| columns);
        let free = own.iter().chain(&ANY_PHONE).find(|column| is_free(row, column));
        match free.copied() {
            Some(column) => set(row, column, dialled(phone)),
            None => row.lose("phone", false),
        }
    }
}

fn addresses<'d>(row: &mut Row<'d>, draft: &'d Draft) {
    let mut free = vec![true; PLACES.len()];
    for address in &draft.addresses {
        let label = fold(&address.label);
        let own = PLACES
            .iter()
            .position(|(_, names)| names.contains(&label.as_str()))
            .filter(|at| free.get(*at) == Some(&true));
        let place = own.or_else(|| free.iter().rposition(|free| *free));
        match place.and_then(|at| Some((at, PLACES.get(at)?.0))) {
            Some((at, kind)) => {
                if let Some(free) = free.get_mut(at) {
                    *free = false;
                }
                postal(row, kind, address);
            }
            None => row.lose("address", false),
        }
    }
}

fn postal<'d>(row: &mut Row<'d>, kind: &str, address: &'d Address) {
    let Address { label: _, street, extended, po_box, city, region, postal_code, country } = address;
    // It has three lines for the street and none for the box.
    let mut lines: Vec<&str> = street.lines().chain([extended.as_str()]).filter(|line| !line.is_empty()).collect();
    let rest = lines.split_off(lines.len().min(2)).join(", ");
    for (at, line) in lines.into_iter().enumerate() {
        let column = if at == 0 { format!("{kind} Street") } else { format!("{kind} Street {}", at + 1) };
        set(row, &column, line);
    }
    let parts = [("City", city), ("State", region), ("Postal Code", postal_code), ("Country/Region", country)];
    for (part, value) in parts {
        set(row, &format!("{kind} {part}"), value.as_str());
    }
    set(row, &format!("{kind} Street 3"), rest);
    set(row, &format!("{kind} Address PO Box"), po_box.as_str());
}

fn place(column: &str) -> Option<usize> {
    HEAD.iter().position(|known| *known == column)
}

fn is_free(row: &Row<'_>, column: &str) -> bool {
    place(column).and_then(|at| row.cells.get(at)).is_some_and(|cell| cell.is_empty())
}

fn set<'d>(row: &mut Row<'d>, column: &str, value: impl Into<Cow<'d, str>>) {
    if let Some(cell) = place(column).and_then(|at| row.cells.get_mut(at)) {
        *cell = value.into();
    }
}
