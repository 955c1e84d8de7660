//! Writing rows: find the contact that a row is about, then add, fill or leave.

use std::borrow::Cow;
use std::collections::HashMap;

use akkoord_rules::block::Kind;
use akkoord_rules::field::Provenance;
use rusqlite::{OptionalExtension, params};
use serde::Serialize;
use serde_json::json;
use uuid::Uuid;

use super::convert::{Row, Verdict};
use super::draft::Draft;
use super::import::{Ask, OnDuplicate, Origin as ImportOrigin};
use super::matching::{self, Match};
use super::plan::Merge;
use crate::erasure::{self, Admission};
use crate::normal::text::fold;
use crate::people;
use crate::problem::Result;
use crate::vault::contact::{self, Origin};
use crate::vault::import as table;
use crate::vault::restriction;
use crate::vault::source::{self, Source};
use crate::vault::{Cast, Rows};

/// What became of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Outcome {
    Added,
    Merged,
    Unchanged,
    Skipped,
    Restricted,
    Private,
    Blocked,
    Rejected,
}

/// What became of a row, and of which contact.
#[derive(Debug)]
pub(super) struct Applied {
    pub(super) outcome: Outcome,
    pub(super) contact: Option<Uuid>,
    pub(super) conflicts: Vec<Cow<'static, str>>,
    /// The contact that it was matched to as it was before, and what the row says otherwise or more; for [`OnDuplicate::Create`]
    /// only where somebody watches.
    pub(super) matched: Option<(Match, Merge)>,
    /// It has the name of somebody who was erased.
    pub(super) resembles: bool,
}

impl Applied {
    fn plain(outcome: Outcome) -> Self {
        Self { outcome, contact: None, conflicts: Vec::new(), matched: None, resembles: false }
    }

    fn matched(outcome: Outcome, conflicts: Vec<Cow<'static, str>>, found: Match, merge: Merge) -> Self {
        Self { contact: Some(found.head.id), conflicts, matched: Some((found, merge)), ..Self::plain(outcome) }
    }
}

/// Applies the rows of one import.
pub(super) struct Applier<'a, 'tx> {
    rows: &'a mut Rows<'tx>,
    import: Uuid,
    import_no: i64,
    ask: &'a Ask,
    by: &'a str,
    provenance: Provenance,
    /// Somebody wants to know of duplicates also where they are added a second time.
    watched: bool,
    /// Of a trial: whom the rows could be about.
    cast: Option<&'a Cast<'a>>,
    /// Keys of own fields by the name that the file calls them.
    own: HashMap<String, String>,
}

#[derive(Serialize)]
struct Added<'a> {
    import: Uuid,
    line: u64,
    fields: &'a Draft,
}

#[derive(Serialize)]
struct Merged<'a> {
    import: Uuid,
    line: u64,
    filled: &'a table::Fillings<'a>,
}

impl<'a, 'tx> Applier<'a, 'tx> {
    pub(super) fn new(
        rows: &'a mut Rows<'tx>,
        import: Uuid,
        import_no: i64,
        ask: &'a Ask,
        by: &'a str,
        watched: bool,
        cast: Option<&'a Cast<'a>>,
    ) -> Self {
        let provenance = match ask.origin {
            ImportOrigin::Own | ImportOrigin::Unknown => Provenance::Provided,
            ImportOrigin::Other => Provenance::ThirdParty,
        };
        Self { rows, import, import_no, ask, by, provenance, watched, cast, own: HashMap::new() }
    }

    /// Applies one row.
    pub(super) fn apply(&mut self, row: &Row) -> Result<Applied> {
        match row.verdict {
            Verdict::Skipped(_) => return Ok(Applied::plain(Outcome::Skipped)),
            Verdict::Rejected(code) => {
                table::note(self.rows, self.import_no, row.line, "rejected", code.as_str())?;
                return Ok(Applied::plain(Outcome::Rejected));
            }
            Verdict::Ready if row.private && !self.ask.private => return Ok(Applied::plain(Outcome::Private)),
            Verdict::Ready => {}
        }
        let mut named;
        let resembles = match erasure::admit(self.rows, &row.draft)? {
            Admission::Barred(kind) => return self.barred(row, kind),
            Admission::Resembles => true,
            Admission::Free => false,
        };
        let draft = if row.draft.custom.is_empty() {
            &row.draft
        } else {
            named = row.draft.clone();
            named.custom = self.own_fields(&row.draft.custom)?;
            &named
        };
        if let Some(cast) = self.cast {
            cast.bring(self.rows, draft)?;
        }
        let found = match self.ask.on_duplicate {
            OnDuplicate::Create if !self.watched => None,
            OnDuplicate::Create | OnDuplicate::Merge | OnDuplicate::Skip => matching::find(self.rows, draft)?,
        };
        let Some(found) = found else { return Ok(Applied { resembles, ..self.add(row, draft)? }) };
        let merge = Merge::of(&found.known, draft);
        match self.ask.on_duplicate {
            OnDuplicate::Create => {
                let added = self.add(row, draft)?;
                Ok(Applied { matched: Some((found, merge)), resembles, ..added })
            }
            OnDuplicate::Merge | OnDuplicate::Skip if restriction::stands(self.rows, found.head.no)? => {
                table::note(self.rows, self.import_no, row.line, "skipped", "restricted")?;
                Ok(Applied::matched(Outcome::Restricted, Vec::new(), found, Merge::default()))
            }
            OnDuplicate::Skip => {
                // The contact is not named: it owes nothing to this import.
                table::note(self.rows, self.import_no, row.line, "skipped", "known")?;
                let conflicts = matching::other_name(&merge);
                Ok(Applied::matched(Outcome::Skipped, conflicts, found, merge))
            }
            OnDuplicate::Merge => {
                let outcome = self.merge(row, &found, &merge)?;
                Ok(Applied::matched(outcome, merge.conflicts.clone(), found, merge))
            }
        }
    }

    /// Leaves out a row of somebody who was erased, and says so: in which line, never what stood there.
    fn barred(&mut self, row: &Row, kind: Kind) -> Result<Applied> {
        table::note(self.rows, self.import_no, row.line, "blocked", kind.as_str())?;
        let refused = json!({ "field": kind, "way": "import", "import": self.import, "line": row.line });
        self.rows.fact(None, &json!({ "refused": refused }))?;
        Ok(Applied::plain(Outcome::Blocked))
    }

    fn add(&mut self, row: &Row, draft: &Draft) -> Result<Applied> {
        let id = Uuid::now_v7();
        let key = contact::insert(self.rows, id, draft, self.provenance, self.rows.at)?;
        let source_no = self.source(row, key.no)?;
        contact::insert_values(self.rows, key.no, draft, Origin { provenance: self.provenance, source_no })?;
        self.rows.fact(Some(id), &Added { import: self.import, line: row.line, fields: draft })?;
        Ok(Applied { contact: Some(id), ..Applied::plain(Outcome::Added) })
    }

    fn source(&self, row: &Row, contact_no: i64) -> Result<i64> {
        let claims: Vec<String> = row.claims.iter().map(|(column, value)| format!("{column}: {value}")).collect();
        let source = Source {
            kind: "indirect",
            origin: self.ask.origin.as_str(),
            import_no: Some(self.import_no),
            row: Some(row.line),
            text: &claims.join("\n"),
            at: self.rows.at,
            by: self.by,
            ..Source::default()
        };
        source::insert(self.rows, contact_no, &source)
    }

    fn merge(&mut self, row: &Row, found: &Match, merge: &Merge) -> Result<Outcome> {
        if merge.is_empty() {
            table::unchanged(self.rows, self.import_no, row.line, found.member)?;
            return Ok(Outcome::Unchanged);
        }
        let source_no = self.source(row, found.member)?;
        let origin = Origin { provenance: self.provenance, source_no };
        let filled = merge.parts();
        let changes = table::fill(self.rows, found.member, &filled, origin)?;
        contact::derive(self.rows, found.member)?;
        table::merged(self.rows, self.import_no, row.line, found.member, &changes)?;
        let member = people::id(self.rows, found.member)?;
        self.rows.fact(Some(member), &Merged { import: self.import, line: row.line, filled: &filled })?;
        Ok(Outcome::Merged)
    }

    /// The keys of the own fields that the file's names mean; a name that is new becomes a field.
    fn own_fields(&mut self, named: &[(String, String)]) -> Result<Vec<(String, String)>> {
        let mut keyed: Vec<(String, String)> = Vec::with_capacity(named.len());
        for (name, value) in named {
            let key = match self.own.get(name) {
                Some(key) => key.clone(),
                None => {
                    let key = self.own_field(name)?;
                    self.own.insert(name.clone(), key.clone());
                    key
                }
            };
            if !keyed.iter().any(|(known, _)| *known == key) {
                keyed.push((key, value.clone()));
            }
        }
        Ok(keyed)
    }

    fn own_field(&mut self, name: &str) -> Result<String> {
        let sql = "SELECT key FROM field WHERE own = 1 AND (key = ?1 OR title = ?1) ORDER BY no LIMIT 1";
        let known: Option<String> = self.rows.prepare_cached(sql)?.query_row([name], |row| row.get(0)).optional()?;
        if let Some(key) = known {
            return Ok(key);
        }
        let stem = key_of(name);
        let taken = |key: &str| self.rows.prepare_cached("SELECT 1 FROM field WHERE key = ?")?.exists([key]);
        let mut key = stem.clone();
        let mut n = 2;
        while taken(&key)? {
            key = format!("{stem}_{n}");
            n += 1;
        }
        self.rows
            .prepare_cached("INSERT INTO field (key, title, type, sensitivity, own) VALUES (?, ?, 'text', 'high', 1)")?
            .execute(params![key, name])?;
        let field = self.rows.last_insert_rowid();
        self.rows.fact(None, &json!({ "field_added": field }))?;
        Ok(key)
    }
}

/// A field's key from what the file calls it.
fn key_of(name: &str) -> String {
    let plain: String = fold(name).chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '_' }).take(36).collect();
    let plain = plain.trim_matches('_');
    if plain.is_empty() { "own".to_owned() } else { plain.to_owned() }
}
