//! The tables of a contact: its row, its repeated values, and what search looks through.

use akkoord_rules::field::Provenance;
use akkoord_rules::person::Kind;
use rusqlite::{Connection, params};
use uuid::Uuid;

use super::known_by::{email_key, match_key, phone_key};
use crate::intake::draft::{Address, Draft, Email, Phone, Website};
use crate::normal::text;
use crate::problem::Result;

/// Where a value came from, as the rows below store it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Origin {
    pub(crate) provenance: Provenance,
    pub(crate) source_no: i64,
}

/// A contact's place in the file and its name outside.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Key {
    pub(crate) no: i64,
    pub(crate) id: Uuid,
}

/// The name of a provenance in the database and in JSON.
pub(crate) fn provenance_code(provenance: Provenance) -> &'static str {
    match provenance {
        Provenance::Provided => "provided",
        Provenance::Observed => "observed",
        Provenance::Derived => "derived",
        Provenance::ThirdParty => "third_party",
    }
}

/// A row without a personal name is an organisation.
pub(crate) fn kind_of(draft: &Draft) -> Kind {
    let names = [&draft.prefix, &draft.given, &draft.middle, &draft.family, &draft.suffix, &draft.nickname];
    if names.iter().all(|name| name.is_empty()) && !draft.organisation.is_empty() {
        Kind::Organisation
    } else {
        Kind::Person
    }
}

/// Family name first, then the others; for an organisation its name; for neither, the address that it has.
fn sort_key(draft: &Draft) -> String {
    let mut key = String::new();
    for part in [&draft.family, &draft.given, &draft.middle, &draft.nickname, &draft.organisation] {
        if !part.is_empty() {
            if !key.is_empty() {
                key.push(' ');
            }
            key.push_str(&text::fold(part));
        }
    }
    if key.is_empty() {
        let address = draft.emails.first().map(|email| email.normalised.as_str());
        key.push_str(address.or(draft.phones.first().map(|phone| phone.e164.as_str())).unwrap_or_default());
    }
    key
}

/// What search looks through: words, and the digits of phone numbers as they are dialled from abroad and at home.
fn searched(draft: &Draft) -> (String, String) {
    let names = [&draft.given, &draft.middle, &draft.family, &draft.nickname, &draft.organisation];
    let emails = draft.emails.iter().map(|email| &email.value);
    let words = joined(names.into_iter().chain(emails).chain(&draft.labels).map(String::as_str));
    let digits = |phone: &'_ Phone| format!("{}\n{}", phone.e164.trim_start_matches('+'), phone.national);
    (words, draft.phones.iter().map(digits).collect::<Vec<_>>().join("\n"))
}

/// One line a part; empty parts are none.
fn joined<'a>(parts: impl Iterator<Item = &'a str>) -> String {
    let mut all = String::with_capacity(96);
    for part in parts.filter(|part| !part.is_empty()) {
        if !all.is_empty() {
            all.push('\n');
        }
        all.push_str(&text::searchable(part));
    }
    all
}

/// Makes the contact's row; its source and values follow, as they name it.
pub(crate) fn insert(conn: &Connection, id: Uuid, draft: &Draft, provenance: Provenance, at: i64) -> Result<Key> {
    let kind = match kind_of(draft) {
        Kind::Person => "person",
        Kind::Organisation => "organisation",
    };
    conn.prepare_cached(
        "INSERT INTO contact (id, kind, prefix, given, middle, family, suffix, nickname, organisation, job_title,
           birthday, language, notes, provenance, sort_key, match_key, created_at)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    )?
    .execute(params![
        id,
        kind,
        draft.prefix,
        draft.given,
        draft.middle,
        draft.family,
        draft.suffix,
        draft.nickname,
        draft.organisation,
        draft.job_title,
        draft.birthday,
        draft.language,
        draft.notes,
        provenance_code(provenance),
        sort_key(draft),
        match_key(draft),
        at,
    ])?;
    Ok(Key { no: conn.last_insert_rowid(), id })
}

/// Adds every repeated value of a draft, and makes the contact findable.
pub(crate) fn insert_values(conn: &Connection, no: i64, draft: &Draft, origin: Origin) -> Result<()> {
    let name = email_key(draft);
    for email in &draft.emails {
        add_email(conn, no, email, &name, origin)?;
    }
    let name = phone_key(draft);
    for phone in &draft.phones {
        add_phone(conn, no, phone, &name, origin)?;
    }
    for address in &draft.addresses {
        add_address(conn, no, address, origin)?;
    }
    for website in &draft.websites {
        add_website(conn, no, website, origin)?;
    }
    for label in &draft.labels {
        add_label(conn, no, label)?;
    }
    for (field, value) in &draft.custom {
        set_custom(conn, no, field, value, origin)?;
    }
    index(conn, no, draft)
}

/// Adds an e-mail address with its [`email_key`]; returns its row.
pub(crate) fn add_email(conn: &Connection, no: i64, email: &Email, name: &str, origin: Origin) -> Result<i64> {
    conn.prepare_cached(
        "INSERT INTO contact_email (contact_no, value, normalised, name_key, label, provenance, source_no)
         VALUES (?, ?, ?, ?, ?, ?, ?)",
    )?
    .execute(params![
        no,
        email.value,
        email.normalised,
        name,
        email.label,
        provenance_code(origin.provenance),
        origin.source_no
    ])?;
    Ok(conn.last_insert_rowid())
}

/// Adds a phone number with its [`phone_key`]; returns its row.
pub(crate) fn add_phone(conn: &Connection, no: i64, phone: &Phone, name: &str, origin: Origin) -> Result<i64> {
    conn.prepare_cached(
        "INSERT INTO contact_phone (contact_no, value, e164, national, name_key, label, provenance, source_no)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
    )?
    .execute(params![
        no,
        phone.value,
        phone.e164,
        phone.national,
        name,
        phone.label,
        provenance_code(origin.provenance),
        origin.source_no
    ])?;
    Ok(conn.last_insert_rowid())
}

/// Adds a postal address; returns its row.
pub(crate) fn add_address(conn: &Connection, no: i64, address: &Address, origin: Origin) -> Result<i64> {
    conn.prepare_cached(
        "INSERT INTO contact_address (contact_no, label, street, extended, po_box, city, region, postal_code, country,
           provenance, source_no)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    )?
    .execute(params![
        no,
        address.label,
        address.street,
        address.extended,
        address.po_box,
        address.city,
        address.region,
        address.postal_code,
        address.country,
        provenance_code(origin.provenance),
        origin.source_no
    ])?;
    Ok(conn.last_insert_rowid())
}

/// Adds a web page; returns its row.
pub(crate) fn add_website(conn: &Connection, no: i64, website: &Website, origin: Origin) -> Result<i64> {
    conn.prepare_cached(
        "INSERT INTO contact_website (contact_no, value, label, provenance, source_no) VALUES (?, ?, ?, ?, ?)",
    )?
    .execute(params![no, website.value, website.label, provenance_code(origin.provenance), origin.source_no])?;
    Ok(conn.last_insert_rowid())
}

/// Adds a label; a label is there once, whatever is asked. True when it was new.
pub(crate) fn add_label(conn: &Connection, no: i64, label: &str) -> Result<bool> {
    let rows = conn
        .prepare_cached("INSERT INTO contact_label (contact_no, label) VALUES (?, ?) ON CONFLICT DO NOTHING")?
        .execute(params![no, label])?;
    Ok(rows == 1)
}

/// Sets one of the owner's own fields; a value that is there already keeps where it came from. A key that is no own field is passed over: the caller has checked it.
pub(crate) fn set_custom(conn: &Connection, no: i64, field: &str, value: &str, origin: Origin) -> Result<()> {
    conn.prepare_cached(
        "INSERT INTO custom_value (contact_no, field_no, value, provenance, source_no)
         SELECT ?, no, ?, ?, ? FROM field WHERE key = ? AND own = 1
         ON CONFLICT (contact_no, field_no) DO UPDATE SET
           value = excluded.value, provenance = excluded.provenance, source_no = excluded.source_no
           WHERE value <> excluded.value",
    )?
    .execute(params![no, value, provenance_code(origin.provenance), origin.source_no, field])?;
    Ok(())
}

/// Puts a new contact into the search indexes.
fn index(conn: &Connection, no: i64, draft: &Draft) -> Result<()> {
    let (words, digits) = searched(draft);
    conn.prepare_cached("INSERT INTO contact_text (no, words, digits) VALUES (?, ?, ?)")?
        .execute(params![no, words, digits])?;
    conn.prepare_cached("INSERT INTO contact_part (rowid, words, digits) VALUES (?, ?, ?)")?
        .execute(params![no, words, digits])?;
    conn.prepare_cached("INSERT INTO contact_start (rowid, words) VALUES (?, ?)")?.execute(params![no, words])?;
    Ok(())
}

/// Takes a contact out of the search indexes.
pub(crate) fn unindex(conn: &Connection, no: i64) -> Result<()> {
    for (table, columns) in [("contact_part", "words, digits"), ("contact_start", "words")] {
        conn.prepare_cached(&format!(
            "INSERT INTO {table} ({table}, rowid, {columns}) SELECT 'delete', no, {columns} FROM contact_text WHERE no = ?"
        ))?
        .execute([no])?;
    }
    conn.prepare_cached("DELETE FROM contact_text WHERE no = ?")?.execute([no])?;
    Ok(())
}

/// Derives again what follows from a contact's values: kind, order, matching and search. After any change of them.
pub(crate) fn derive(conn: &Connection, no: i64) -> Result<()> {
    let draft = read(conn, no)?;
    let kind = match kind_of(&draft) {
        Kind::Person => "person",
        Kind::Organisation => "organisation",
    };
    conn.prepare_cached("UPDATE contact SET kind = ?, sort_key = ?, match_key = ? WHERE no = ?")?.execute(params![
        kind,
        sort_key(&draft),
        match_key(&draft),
        no
    ])?;
    for (table, name) in [("contact_email", email_key(&draft)), ("contact_phone", phone_key(&draft))] {
        conn.prepare_cached(&format!("UPDATE {table} SET name_key = ?1 WHERE contact_no = ?2 AND name_key <> ?1"))?
            .execute(params![name, no])?;
    }
    unindex(conn, no)?;
    index(conn, no, &draft)
}

/// A contact's values as a draft: what a reader would have made of it.
pub(crate) fn read(conn: &Connection, no: i64) -> Result<Draft> {
    let mut draft = conn
        .prepare_cached(
            "SELECT prefix, given, middle, family, suffix, nickname, organisation, job_title, birthday, language, notes
             FROM contact WHERE no = ?",
        )?
        .query_row([no], |row| {
            Ok(Draft {
                prefix: row.get(0)?,
                given: row.get(1)?,
                middle: row.get(2)?,
                family: row.get(3)?,
                suffix: row.get(4)?,
                nickname: row.get(5)?,
                organisation: row.get(6)?,
                job_title: row.get(7)?,
                birthday: row.get(8)?,
                language: row.get(9)?,
                notes: row.get(10)?,
                ..Draft::default()
            })
        })?;
    let all = |sql: &str| -> Result<Vec<Vec<String>>> {
        let mut query = conn.prepare_cached(sql)?;
        let width = query.column_count();
        let rows = query.query_map([no], |row| (0..width).map(|column| row.get(column)).collect())?;
        Ok(rows.collect::<Result<_, _>>()?)
    };
    for row in all("SELECT value, normalised, label FROM contact_email WHERE contact_no = ? ORDER BY no")? {
        let [value, normalised, label] = exactly(row);
        draft.emails.push(Email { value, normalised, label });
    }
    for row in all("SELECT value, e164, national, label FROM contact_phone WHERE contact_no = ? ORDER BY no")? {
        let [value, e164, national, label] = exactly(row);
        draft.phones.push(Phone { value, e164, national, label });
    }
    for row in all("SELECT label, street, extended, po_box, city, region, postal_code, country
                    FROM contact_address WHERE contact_no = ? ORDER BY no")?
    {
        let [label, street, extended, po_box, city, region, postal_code, country] = exactly(row);
        draft.addresses.push(Address { label, street, extended, po_box, city, region, postal_code, country });
    }
    for row in all("SELECT value, label FROM contact_website WHERE contact_no = ? ORDER BY no")? {
        let [value, label] = exactly(row);
        draft.websites.push(Website { value, label });
    }
    for row in all("SELECT label FROM contact_label WHERE contact_no = ? ORDER BY label")? {
        draft.labels.extend(row);
    }
    for row in all("SELECT field.key, value FROM custom_value JOIN field ON field.no = field_no
                    WHERE contact_no = ? ORDER BY field.no")?
    {
        let [key, value] = exactly(row);
        draft.custom.push((key, value));
    }
    Ok(draft)
}

/// Whether a contact is an organisation.
pub(crate) fn is_organisation(conn: &Connection, no: i64) -> Result<bool> {
    Ok(conn
        .prepare_cached("SELECT kind = 'organisation' FROM contact WHERE no = ?")?
        .query_row([no], |row| row.get(0))?)
}

/// The columns of a row whose number the statement fixes.
fn exactly<const N: usize>(row: Vec<String>) -> [String; N] {
    row.try_into().unwrap_or_else(|_| std::array::from_fn(|_| String::new()))
}

/// The tables whose rows are parts of a contact, and go with it.
pub(super) const PARTS: [&str; 10] = [
    "contact_text",
    "contact_email",
    "contact_phone",
    "contact_address",
    "contact_website",
    "contact_label",
    "custom_value",
    "field_origin",
    "import_row",
    "source",
];

/// Destroys a contact's rows. Its id must stand in `erasing`, or the sealed tables refuse. The search indexes follow with
/// [`unindex`] before, or [`reindex`] after.
pub(crate) fn delete(conn: &Connection, no: i64) -> Result<()> {
    for table in PARTS {
        let column = if table == "contact_text" { "no" } else { "contact_no" };
        conn.prepare_cached(&format!("DELETE FROM {table} WHERE {column} = ?"))?.execute([no])?;
    }
    conn.prepare_cached("DELETE FROM contact WHERE no = ?")?.execute([no])?;
    Ok(())
}

/// Makes the search indexes anew: where many contacts go at once that is faster than taking out one after the other.
pub(crate) fn reindex(conn: &Connection) -> Result<()> {
    for table in ["contact_part", "contact_start"] {
        conn.execute(&format!("INSERT INTO {table} ({table}) VALUES ('rebuild')"), [])?;
    }
    Ok(())
}
