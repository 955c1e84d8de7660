//! What is held of a person: every value with its origin, as JSON, and as the one card or row that other programs know.

use akkoord_rules::field::Provenance;
use rusqlite::Connection;
use serde_json::{Map, Value as Json, json};
use uuid::Uuid;

use crate::intake::draft::Draft;
use crate::problem::Result;
use crate::vault::value::{self, Content, Value};
use crate::vault::{Business, source};

/// One contact's row: its values and where they came from.
#[derive(Debug, Clone)]
pub(super) struct Held {
    pub(super) id: Uuid,
    pub(super) kind: String,
    pub(super) values: Vec<Value>,
    /// The sources that values name, by row.
    sources: Vec<(i64, Json)>,
    /// How many values are not here because the person did not provide them.
    pub(super) left_out: usize,
}

/// What the person provided, typed, told or observed; not what was concluded or came from others (Art. 20(1), LAW §4).
fn provided(provenance: Provenance) -> bool {
    match provenance {
        Provenance::Provided | Provenance::Observed => true,
        Provenance::Derived | Provenance::ThirdParty => false,
    }
}

impl Held {
    /// What the person behind a contact's row provided.
    pub(super) fn provided(conn: &Connection, no: i64, business: &Business) -> Result<Self> {
        Self::kept(conn, no, business, provided)
    }

    /// All that is held under a contact's row.
    pub(super) fn all(conn: &Connection, no: i64, business: &Business) -> Result<Self> {
        Self::kept(conn, no, business, |_| true)
    }

    fn kept(conn: &Connection, no: i64, business: &Business, keep: fn(Provenance) -> bool) -> Result<Self> {
        let (id, kind) = conn
            .prepare_cached("SELECT id, kind FROM contact WHERE no = ?")?
            .query_row([no], |row| Ok((row.get(0)?, row.get(1)?)))?;
        let all = value::of(conn, no)?;
        let before = all.len();
        let values: Vec<Value> = all.into_iter().filter(|value| keep(value.provenance)).collect();
        let named = |source: &i64| values.iter().any(|value| value.source_no == Some(*source));
        let shown = source::of(conn, no, business)?;
        let numbers = source::numbers(conn, no)?;
        let sources = numbers
            .into_iter()
            .zip(shown)
            .filter(|(no, _)| named(no))
            .map(|(no, shown)| (no, plain(json!(shown))))
            .collect();
        Ok(Self { id, kind, left_out: before - values.len(), values, sources })
    }

    /// Lossless: every value as it was typed and as it is compared, with its origin.
    pub(super) fn json(&self) -> Json {
        let place = |no: Option<i64>| self.sources.iter().position(|(source, _)| Some(*source) == no).map(|at| at + 1);
        let values: Vec<Json> = self
            .values
            .iter()
            .map(|value| {
                let mut object = content(value);
                object.insert("provenance".to_owned(), json!(value.provenance));
                object.insert("source".to_owned(), json!(place(value.source_no)));
                Json::Object(object)
            })
            .collect();
        let numbered = self.sources.iter().enumerate().map(|(at, (_, source))| {
            let mut object = Map::from_iter([("source".to_owned(), json!(at + 1))]);
            object.extend(source.as_object().cloned().unwrap_or_default());
            Json::Object(object)
        });
        json!({ "id": self.id, "kind": self.kind, "values": values, "sources": numbered.collect::<Vec<_>>() })
    }
}

/// A source without what is empty, and without who of the business typed it in: that is another person's name.
fn plain(source: Json) -> Json {
    let mut object = source.as_object().cloned().unwrap_or_default();
    object.retain(|key, value| key != "by" && !value.is_null() && value != "");
    Json::Object(object)
}

fn content(value: &Value) -> Map<String, Json> {
    let mut object = Map::from_iter([("field".to_owned(), json!(value.field))]);
    match &value.content {
        Content::Single(text) | Content::Label(text) => {
            object.insert("value".to_owned(), json!(text));
        }
        Content::Own { title, value } => {
            object.insert("title".to_owned(), json!(title));
            object.insert("value".to_owned(), json!(value));
        }
        Content::Address(address) => {
            object.insert("value".to_owned(), json!(address));
        }
        Content::Email(email) => object.extend(parts(json!(email))),
        Content::Phone(phone) => object.extend(parts(json!(phone))),
        Content::Website(website) => object.extend(parts(json!(website))),
    }
    object
}

fn parts(json: Json) -> Map<String, Json> {
    json.as_object().cloned().unwrap_or_default()
}

/// One card for a person whose contacts were merged: the first contact's values first, filled up from the others. Own fields
/// go by their title, as they do in the person's eyes.
pub(super) fn card(group: &[Held]) -> Draft {
    let mut draft = Draft::default();
    for value in group.iter().flat_map(|held| &held.values) {
        add(&mut draft, value);
    }
    draft
}

fn add(draft: &mut Draft, value: &Value) {
    match &value.content {
        Content::Single(text) => {
            if let Some(place) = single(draft, &value.field).filter(|place| place.is_empty()) {
                place.clone_from(text);
            }
        }
        Content::Email(email) if draft.emails.iter().all(|known| known.normalised != email.normalised) => {
            draft.emails.push(email.clone());
        }
        Content::Phone(phone) if draft.phones.iter().all(|known| known.e164 != phone.e164) => {
            draft.phones.push(phone.clone());
        }
        Content::Address(address) if !draft.addresses.contains(address) => draft.addresses.push(address.clone()),
        Content::Website(website) if !draft.websites.contains(website) => draft.websites.push(website.clone()),
        Content::Label(label) if !draft.labels.contains(label) => draft.labels.push(label.clone()),
        Content::Own { title, value } if draft.custom.iter().all(|(known, _)| known != title) => {
            draft.custom.push((title.clone(), value.clone()));
        }
        Content::Email(_)
        | Content::Phone(_)
        | Content::Address(_)
        | Content::Website(_)
        | Content::Label(_)
        | Content::Own { .. } => {}
    }
}

fn single<'d>(draft: &'d mut Draft, field: &str) -> Option<&'d mut String> {
    Some(match field {
        "prefix" => &mut draft.prefix,
        "given" => &mut draft.given,
        "middle" => &mut draft.middle,
        "family" => &mut draft.family,
        "suffix" => &mut draft.suffix,
        "nickname" => &mut draft.nickname,
        "organisation" => &mut draft.organisation,
        "job_title" => &mut draft.job_title,
        "birthday" => &mut draft.birthday,
        "language" => &mut draft.language,
        "notes" => &mut draft.notes,
        _ => return None,
    })
}
