//! Destroying whatever says something of a contact, table by table.

use std::collections::BTreeMap;

use rusqlite::{Connection, params};
use uuid::Uuid;

use super::{Rows, contact};
use crate::intake::draft::Draft;
use crate::people::Who;
use crate::problem::Result;

/// What goes before the contact's own rows do, in this order: what refers to a row goes before that row.
const STEPS: [(&str, &str); 17] = [
    ("consent_status", "DELETE FROM consent_status WHERE contact_no = ?1"),
    ("proof", "DELETE FROM proof WHERE event_no IN (SELECT no FROM consent_event WHERE contact_no = ?1)"),
    ("consent_event", "DELETE FROM consent_event WHERE contact_no = ?1"),
    ("objection", "DELETE FROM objection WHERE contact_no = ?1"),
    ("restriction", "DELETE FROM restriction WHERE contact_no = ?1"),
    ("legal_hold", "DELETE FROM legal_hold WHERE contact_no = ?1"),
    ("informed", "DELETE FROM informed WHERE contact_no = ?1"),
    ("disclosed", "DELETE FROM disclosed WHERE contact_no = ?1"),
    ("held_there", "DELETE FROM held_there WHERE contact_no = ?1"),
    ("held_email", "DELETE FROM held_email WHERE contact_no = ?1"),
    ("mail", "DELETE FROM mail WHERE contact_no = ?1"),
    ("paper_code", "DELETE FROM paper_code WHERE contact_no = ?1"),
    ("breach_contact", "DELETE FROM breach_contact WHERE contact_no = ?1"),
    ("draft", "DELETE FROM draft WHERE contact_no = ?1"),
    ("asking_person", "DELETE FROM asking_person WHERE contact_no = ?1"),
    ("distinct_pair", "DELETE FROM distinct_pair WHERE one_no = ?1 OR other_no = ?1"),
    (
        "erasure",
        "UPDATE erasure SET contact_no = NULL, reason = '', state = replace(state, 'locked', 'taken_back') WHERE contact_no = ?1",
    ),
];

/// What is counted of a contact, under the name that an account of it has.
const COUNTED: [(&str, &str); 14] = [
    ("emails", "contact_email WHERE contact_no = ?1"),
    ("phones", "contact_phone WHERE contact_no = ?1"),
    ("addresses", "contact_address WHERE contact_no = ?1"),
    ("websites", "contact_website WHERE contact_no = ?1"),
    ("labels", "contact_label WHERE contact_no = ?1"),
    ("own_fields", "custom_value WHERE contact_no = ?1"),
    ("sources", "source WHERE contact_no = ?1"),
    ("consent_events", "consent_event WHERE contact_no = ?1"),
    ("objections", "objection WHERE contact_no = ?1"),
    ("requests", "request WHERE contact_no = ?1"),
    (
        "proofs",
        "proof WHERE event_no IN (SELECT no FROM consent_event WHERE contact_no = ?1)
           OR request_no IN (SELECT no FROM request WHERE contact_no = ?1)",
    ),
    ("mails", "mail WHERE contact_no = ?1"),
    ("disclosures", "disclosed WHERE contact_no = ?1"),
    (
        "facts",
        "audit_leaf l JOIN audit_fact USING (seq, n) WHERE l.contact_id = (SELECT id FROM contact WHERE no = ?1)",
    ),
];

/// How much there is of these contacts: what there is nothing of is left out.
pub(crate) fn counted(conn: &Connection, whom: &[Who]) -> Result<BTreeMap<&'static str, u64>> {
    let mut counts = BTreeMap::from([("contacts", whom.len() as u64)]);
    for (name, what) in COUNTED {
        for who in whom {
            let n: u64 =
                conn.prepare_cached(&format!("SELECT count(*) FROM {what}"))?.query_row([who.no], |row| row.get(0))?;
            *counts.entry(name).or_default() += n;
        }
    }
    counts.retain(|_, n| *n > 0);
    Ok(counts)
}

/// Destroys these contacts with all that says something of them; the running act names them, and nothing more. Their requests
/// have let go of them before.
pub(crate) fn wipe(rows: &mut Rows<'_>, whom: &[Who]) -> Result<()> {
    let traces = traces(rows, whom)?;
    for who in whom {
        rows.execute("INSERT INTO erasing (contact_id) VALUES (?)", [who.id])?;
        rows.execute("UPDATE contact SET merged_into = NULL WHERE no = ?", [who.no])?;
    }
    for who in whom {
        rows.execute(
            "DELETE FROM audit_fact WHERE (seq, n) IN (SELECT seq, n FROM audit_leaf WHERE contact_id = ?)",
            [who.id],
        )?;
        for (_, sql) in STEPS {
            rows.prepare_cached(sql)?.execute([who.no])?;
        }
        let imports = imports(rows, who.no)?;
        contact::unindex(rows, who.no)?;
        contact::delete(rows, who.no)?;
        for import in imports {
            rename_import(rows, import, &traces)?;
        }
        rows.names(who.id)?;
    }
    drop_drafts(rows, &traces)?;
    drop_contents(rows)?;
    rows.execute("DELETE FROM erasing", [])?;
    Ok(())
}

/// Words by which a text is found to be about somebody.
#[derive(Debug, Default)]
struct Traces {
    /// Any of these alone tells.
    alone: Vec<String>,
    /// First and last name: both together tell.
    names: Vec<[String; 2]>,
}

impl Traces {
    fn take(&mut self, id: Uuid, draft: &Draft) {
        self.alone.push(id.to_string());
        for email in &draft.emails {
            self.alone.extend([email.value.to_lowercase(), email.normalised.clone()]);
        }
        for phone in &draft.phones {
            self.alone.extend([phone.value.clone(), phone.e164.clone(), phone.national.clone()]);
        }
        self.alone.retain(|word| !word.is_empty());
        self.names.push([words(&draft.given), words(&draft.family)]);
    }

    /// Whether a text is about them. A single name is also a word that others use.
    fn are_in(&self, text: &str) -> bool {
        let (text, words) = (text.to_lowercase(), words(text));
        let named = |name: &[String; 2]| name.iter().all(|part| !part.trim().is_empty() && words.contains(part));
        self.alone.iter().any(|word| text.contains(word)) || self.names.iter().any(named)
    }

    /// Whether the name of a file says any part of theirs.
    fn name(&self, file: &str) -> bool {
        let words = words(file);
        let part = |name: &String| !name.trim().is_empty() && words.contains(name);
        self.are_in(file) || self.names.iter().flatten().any(part)
    }
}

/// A text as its words, with a space around each.
fn words(text: &str) -> String {
    let text = text.to_lowercase();
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.fold(" ".to_owned(), |all, word| all + word + " ")
}

fn traces(conn: &Connection, whom: &[Who]) -> Result<Traces> {
    let mut traces = Traces::default();
    for who in whom {
        traces.take(who.id, &contact::read(conn, who.no)?);
    }
    Ok(traces)
}

/// The imports that brought a contact.
fn imports(conn: &Connection, contact_no: i64) -> Result<Vec<i64>> {
    let mut query = conn.prepare_cached(
        "SELECT import_no FROM source WHERE contact_no = ?1 AND import_no IS NOT NULL
         UNION SELECT import_no FROM import_row WHERE contact_no = ?1",
    )?;
    Ok(query.query_map([contact_no], |row| row.get(0))?.collect::<Result<_, _>>()?)
}

/// An import keeps neither name nor hash of a file that held nobody else, nor a name that says whose it was.
fn rename_import(conn: &Connection, import_no: i64, traces: &Traces) -> Result<()> {
    let others = conn
        .prepare_cached("SELECT 1 FROM source WHERE import_no = ?1 UNION ALL SELECT 1 FROM import_row WHERE import_no = ?1 AND contact_no IS NOT NULL LIMIT 1")?
        .exists([import_no])?;
    let file: String =
        conn.prepare_cached("SELECT file FROM import WHERE no = ?")?.query_row([import_no], |row| row.get(0))?;
    if others && !traces.name(&file) {
        return Ok(());
    }
    let ending = file.rsplit_once('.').map(|(_, end)| end).filter(|end| end.len() <= 5 && end.is_ascii());
    let bare = ending.map_or_else(|| "*".to_owned(), |end| format!("*.{end}"));
    conn.execute("UPDATE import SET file = ? WHERE no = ?", params![bare, import_no])?;
    if !others {
        conn.execute("UPDATE import SET sha256 = zeroblob(32) WHERE no = ?", [import_no])?;
    }
    Ok(())
}

/// What somebody typed about them and has not saved.
fn drop_drafts(conn: &Connection, traces: &Traces) -> Result<()> {
    let mut query = conn.prepare("SELECT kind, body FROM draft")?;
    let all = query
        .query_map([], |row| Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?)))?
        .collect::<Result<Vec<_>, _>>()?;
    for (kind, _) in all.iter().filter(|(_, body)| traces.are_in(body)) {
        conn.execute("DELETE FROM draft WHERE kind = ?", [kind])?;
    }
    Ok(())
}

/// Contents that show nothing any more; those that show something of others too stay.
fn drop_contents(conn: &Connection) -> Result<()> {
    conn.execute(
        "DELETE FROM proof_content WHERE NOT EXISTS (SELECT 1 FROM proof WHERE proof.content_no = proof_content.no)",
        [],
    )?;
    conn.execute(
        "DELETE FROM proof_chunk WHERE NOT EXISTS (SELECT 1 FROM proof_content c WHERE c.no = proof_chunk.content_no)",
        [],
    )?;
    Ok(())
}

#[cfg(test)]
mod tests;
