//! The form for corrections (Art. 16): what is held, each with room for what is right, on paper and as a table that comes back.

use super::access::Annex;
use super::code;
use super::template::{Filled, Filling};
use crate::papers::contact::Held;
use crate::papers::paper::Block;
use crate::people;
use crate::problem::Result;
use crate::settings;
use crate::vault::value::Content;

/// The content of a value, if it is of that kind.
macro_rules! match_of {
    ($value:expr, $kind:ident) => {
        if let Content::$kind(content) = &$value.content { Some(content) } else { None }
    };
}

/// The name of the table by language.
pub(in crate::papers) const FORM_FILES: [(&str, &str); 4] =
    [("nl", "formulier.csv"), ("fr", "formulaire.csv"), ("de", "formular.csv"), ("en", "form.csv")];

/// A line of the form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::papers) struct Row {
    /// The field's key, as changes name it: `email.2` is the second address.
    pub(in crate::papers) key: String,
    /// What people call it.
    pub(in crate::papers) title: String,
    /// What is held.
    pub(in crate::papers) value: String,
}

/// Lines that are there also when nothing is held.
const ALWAYS: [&str; 3] = ["given", "family", "language"];
const ADDRESS: [&str; 4] = ["street", "postal_code", "city", "country"];

/// Fills the places of the form. Returns the code on it.
pub(super) fn fill(filling: &mut Filling, annex: Annex<'_>) -> Result<(String, Option<i64>)> {
    let shown = |row: Row| (row.title, annex.words.value(annex.language, &row.key, &row.value));
    let lines = rows(annex)?.into_iter().map(shown).collect();
    let code = code::drawn()?;
    let scan = Block::Qr { content: code.clone(), caption: annex.words.form_scan.to_owned() };
    let sign = Block::Signature(annex.words.sign.map(str::to_owned).to_vec());
    for (name, block) in [("form", Block::Form(lines)), ("signature", sign), ("code", scan)] {
        filling.insert(name, Filled::Blocks(vec![block]));
    }
    Ok((code, None))
}

/// The lines of the form: everything that is held and that people can correct, and room for what most are asked.
pub(in crate::papers) fn rows(annex: Annex<'_>) -> Result<Vec<Row>> {
    let (conn, words) = (annex.vault.rows(), annex.words);
    let group = people::group(conn, annex.who.no)?;
    let held = group.into_iter().map(|no| Held::all(conn, no, annex.vault.business())).collect::<Result<Vec<_>>>()?;
    let draft = super::compose::data(annex.vault, annex.who)?;
    let shown = |key: &str, value: &str| ALWAYS.contains(&key) || !value.is_empty();
    let mut rows: Vec<Row> = Vec::new();
    for (key, value) in draft.singles().into_iter().filter(|(key, value)| shown(key, value)) {
        rows.push(Row { key: key.to_owned(), title: words.field(key), value: value.to_owned() });
    }
    let all = || held.iter().flat_map(|held| &held.values);
    let emails = all().filter_map(|value| match_of!(value, Email).map(|email| email.value.clone()));
    numbered(&mut rows, "email", &words.field("email"), emails.collect());
    let phones = all().filter_map(|value| match_of!(value, Phone).map(|phone| phone.value.clone()));
    numbered(&mut rows, "phone", &words.field("phone"), phones.collect());
    let addresses: Vec<_> = all().filter_map(|value| match_of!(value, Address)).collect();
    for at in 0..addresses.len().max(1) {
        for part in ADDRESS {
            let value = addresses.get(at).map_or("", |address| match part {
                "street" => &address.street,
                "postal_code" => &address.postal_code,
                "city" => &address.city,
                _ => &address.country,
            });
            let key = if at == 0 { format!("address.{part}") } else { format!("address.{}.{part}", at + 1) };
            rows.push(Row { key, title: nth(&words.field(&format!("address.{part}")), at), value: value.to_owned() });
        }
    }
    let websites: Vec<String> =
        all().filter_map(|value| match_of!(value, Website).map(|one| one.value.clone())).collect();
    if !websites.is_empty() {
        numbered(&mut rows, "website", &words.field("website"), websites);
    }
    for value in all() {
        if let Content::Own { title, value: text } = &value.content {
            // Of those who are one the first speaks; a form has one line for a field.
            if !rows.iter().any(|row| row.key == value.field) {
                let choices = settings::own_field(conn, &value.field)?.choices.join(", ");
                let title = if choices.is_empty() { title.clone() } else { format!("{title} ({choices})") };
                rows.push(Row { key: value.field.clone(), title, value: text.clone() });
            }
        }
    }
    Ok(rows)
}

/// A line for each value; an empty one where there is none.
fn numbered(rows: &mut Vec<Row>, key: &str, title: &str, values: Vec<String>) {
    let values = if values.is_empty() { vec![String::new()] } else { values };
    for (at, value) in values.into_iter().enumerate() {
        let key = if at == 0 { key.to_owned() } else { format!("{key}.{}", at + 1) };
        rows.push(Row { key, title: nth(title, at), value });
    }
}

fn nth(title: &str, at: usize) -> String {
    if at == 0 { title.to_owned() } else { format!("{title} ({})", at + 1) }
}
