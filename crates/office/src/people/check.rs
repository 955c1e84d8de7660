//! That contacts are the ones that were sealed: a label, birthday, address or merge that was changed behind the application's back
//! shows, and so does a contact that was added or removed.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use rusqlite::{Connection, OptionalExtension, params};
use serde_json::{Map, Value};
use uuid::Uuid;

use super::{distinct, inform, restrict};
use crate::intake::draft::Draft;
use crate::problem::{Code, Problem, Result};
use crate::vault::{Act, Fault, contact};

/// The first contact that is not as it was sealed.
///
/// # Errors
/// Faults of the database.
pub(crate) fn changed(conn: &Connection) -> Result<Option<Fault>> {
    for check in [restrict::changed, inform::changed, distinct::changed] {
        if let Some(fault) = check(conn)? {
            return Ok(Some(fault));
        }
    }
    let mut contacts = conn.prepare(
        "SELECT no, id, (SELECT id FROM contact kept WHERE kept.no = contact.merged_into) FROM contact ORDER BY no",
    )?;
    let mut contacts = contacts.query([])?;
    while let Some(row) = contacts.next()? {
        let (no, id, under): (i64, Uuid, Option<Uuid>) = (row.get(0)?, row.get(1)?, row.get(2)?);
        let sealed = Sealed::of(conn, id)?;
        if sealed.under != under {
            return Ok(Some(Fault { seq: sealed.seq, code: "merge_changed" }));
        }
        if !sealed.state.is_that_of(&contact::read(conn, no)?)? {
            return Ok(Some(Fault { seq: sealed.seq, code: "contact_changed" }));
        }
    }
    let gone: Option<i64> = conn
        .prepare(
            "SELECT l.seq FROM audit_leaf l JOIN audit_fact f USING (seq, n) WHERE l.contact_id IS NOT NULL
               AND NOT EXISTS (SELECT 1 FROM contact WHERE id = l.contact_id) ORDER BY l.seq LIMIT 1",
        )?
        .query_row([], |row| row.get(0))
        .optional()?;
    Ok(gone.map(|seq| Fault { seq, code: "contact_missing" }))
}

/// What the acts about a contact sealed, one after the other.
#[derive(Debug, Default)]
struct Sealed {
    /// The last entry about it.
    seq: i64,
    state: State,
    /// Whom it was merged into.
    under: Option<Uuid>,
    /// Under whom it was before each merge.
    merges: HashMap<String, Uuid>,
    /// The import that filled it up last, and its state before.
    before: Option<(String, State)>,
}

/// A contact's values as they were sealed.
#[derive(Debug, Clone, Default)]
struct State {
    fields: Map<String, Value>,
}

impl Sealed {
    fn of(conn: &Connection, id: Uuid) -> Result<Self> {
        let mut query = conn.prepare_cached(
            "SELECT l.seq, a.act, a.subject, f.facts FROM audit_leaf l JOIN audit a USING (seq) JOIN audit_fact f USING (seq, n)
             WHERE l.contact_id = ? AND a.act IN (?, ?, ?, ?, ?, ?, ?, ?, ?) ORDER BY l.seq, l.n",
        )?;
        let acts = [
            Act::ContactAdded,
            Act::ContactSet,
            Act::ContactMerged,
            Act::ContactUnmerged,
            Act::Imported,
            Act::ImportUndone,
            Act::CallRecorded,
            Act::ContactsLabelled,
            Act::FieldSet,
        ];
        let [added, set, merged, unmerged, imported, undone, called, labelled, field] = acts.map(Act::code);
        let mut rows =
            query.query(params![id, added, set, merged, unmerged, imported, undone, called, labelled, field])?;
        let mut sealed = Self::default();
        while let Some(row) = rows.next()? {
            let (act, subject, text): (String, Option<Uuid>, String) = (row.get(1)?, row.get(2)?, row.get(3)?);
            let facts: Value =
                serde_json::from_str(&text).map_err(|error| Problem::new(Code::VaultDamaged).because(error))?;
            // Of a conversation only what says who the person is.
            if act == called && facts.get("fields").is_none() {
                continue;
            }
            sealed.seq = row.get(0)?;
            let subject = subject.map(|subject| subject.to_string()).unwrap_or_default();
            if act == merged {
                sealed.merge(&subject, &facts);
            } else if act == unmerged {
                sealed.unmerge(id, &subject);
            } else if act == undone {
                sealed.undo(&subject);
            } else {
                sealed.hold(subject, facts);
            }
        }
        Ok(sealed)
    }

    fn merge(&mut self, merge: &str, facts: &Value) {
        let id = |name: &str| facts.get(name).and_then(Value::as_str).and_then(|id| id.parse().ok());
        if let (Some(was_under), Some(kept)) = (id("was_under"), id("kept")) {
            self.merges.insert(merge.to_owned(), was_under);
            self.under = Some(kept);
        }
    }

    fn unmerge(&mut self, id: Uuid, merge: &str) {
        if let Some(was_under) = self.merges.remove(merge) {
            self.under = (was_under != id).then_some(was_under);
        }
    }

    /// Undoing restores only those whom nothing else happened to since.
    fn undo(&mut self, import: &str) {
        if let Some((_, state)) = self.before.take_if(|(of, _)| of == import) {
            self.state = state;
        }
    }

    fn hold(&mut self, subject: String, mut facts: Value) {
        let whole = ["fields", "after"].into_iter().find_map(|name| facts.get_mut(name).map(Value::take));
        if let Some(Value::Object(fields)) = whole {
            self.state = State { fields };
        } else if let Some(filled) = facts.get("filled") {
            if self.before.as_ref().is_none_or(|(of, _)| *of != subject) {
                self.before = Some((subject, self.state.clone()));
            }
            self.state.fill(filled);
        } else if let Some(label) = facts.get("label") {
            self.state.label(label, facts.get("added") == Some(&Value::Bool(true)));
        } else if let (Some(field), Some(value)) = (facts.get("field"), facts.get("renamed")) {
            self.state.rename(field, value);
        }
    }
}

/// The fields that repeat, in order of adding.
const REPEATED: [&str; 4] = ["emails", "phones", "addresses", "websites"];

impl State {
    /// Adds what an import filled in.
    fn fill(&mut self, filled: &Value) {
        for single in list(filled.get("singles")) {
            if let (Some(field), Some(value)) = (single.get(0).and_then(Value::as_str), single.get(1)) {
                self.fields.insert(field.to_owned(), value.clone());
            }
        }
        for field in REPEATED.into_iter().chain(["labels", "custom"]) {
            if let Value::Array(values) = self.fields.entry(field).or_insert_with(|| Value::Array(Vec::new())) {
                values.extend(list(filled.get(field)).iter().cloned());
            }
        }
    }

    /// Gives it a label, or takes it away.
    fn label(&mut self, label: &Value, added: bool) {
        if let Value::Array(labels) = self.fields.entry("labels").or_insert_with(|| Value::Array(Vec::new())) {
            labels.retain(|known| known != label);
            if added {
                labels.push(label.clone());
            }
        }
    }

    /// Gives one of the owner's fields the new text of what was chosen in it.
    fn rename(&mut self, field: &Value, value: &Value) {
        let custom = self.fields.get_mut("custom").and_then(Value::as_array_mut).into_iter().flatten();
        for chosen in custom.filter_map(|pair| pair.as_array_mut()).filter(|pair| pair.first() == Some(field)) {
            chosen.truncate(1);
            chosen.push(value.clone());
        }
    }

    /// Whether these values are the sealed ones.
    fn is_that_of(&self, draft: &Draft) -> Result<bool> {
        let live = serde_json::to_value(draft).map_err(|error| Problem::new(Code::System).because(error))?;
        let (sealed, found) = (|field| self.fields.get(field), |field| live.get(field));
        let same = Draft::SINGLE.into_iter().all(|field| sealed(field) == found(field))
            && REPEATED.into_iter().all(|field| list(sealed(field)) == list(found(field)))
            && set(sealed("labels")) == set(found("labels"))
            && own(sealed("custom")) == own(found("custom"));
        Ok(same)
    }
}

/// The owner's fields by their key.
fn own(custom: Option<&Value>) -> BTreeMap<&str, &Value> {
    list(custom).iter().filter_map(|pair| Some((pair.get(0)?.as_str()?, pair.get(1)?))).collect()
}

fn list(value: Option<&Value>) -> &[Value] {
    value.and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

fn set(value: Option<&Value>) -> BTreeSet<&str> {
    list(value).iter().filter_map(Value::as_str).collect()
}
