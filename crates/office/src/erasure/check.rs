//! That erasures, holds and the blocked list are the ones that were sealed.

use std::collections::BTreeSet;

use rusqlite::{Connection, params};
use serde_json::Value;

use crate::problem::Result;
use crate::vault::{Act, Fault, blocked, erasure};

/// The first that is not as it was sealed.
///
/// # Errors
/// Faults of the database.
pub(crate) fn changed(conn: &Connection) -> Result<Option<Fault>> {
    if let Some(seq) = erasure::changed(conn)? {
        return Ok(Some(Fault { seq, code: "erasure_changed" }));
    }
    let sealed = sealed(conn)?;
    let mut accounts: BTreeSet<(i64, String)> =
        sealed.iter().filter_map(|(seq, facts)| Some((*seq, facts.get("erasure")?.to_string()))).collect();
    for one in erasure::all(conn)?.into_iter().filter(|one| one.state == "destroyed") {
        let seq = one.seq.unwrap_or_default();
        let account = serde_json::from_str::<Value>(&one.account).unwrap_or_default();
        let named = account.get("id").and_then(Value::as_str) == Some(one.id.to_string().as_str());
        if !named || !accounts.remove(&(seq, account.to_string())) {
            return Ok(Some(Fault { seq, code: "erasure_changed" }));
        }
    }
    if let Some((seq, _)) = accounts.into_iter().next() {
        return Ok(Some(Fault { seq, code: "erasure_missing" }));
    }
    list_changed(conn, &sealed)
}

/// The facts about nobody of entries that change the blocked list, in order.
fn sealed(conn: &Connection) -> Result<Vec<(i64, Value)>> {
    let mut query = conn.prepare(
        "SELECT a.seq, f.facts FROM audit a JOIN audit_fact f USING (seq)
         WHERE a.act IN (?, ?) AND f.contact_id IS NULL ORDER BY a.seq, f.n",
    )?;
    let mut rows = query.query(params![Act::Erased.code(), Act::Unblocked.code()])?;
    let mut all = Vec::new();
    while let Some(row) = rows.next()? {
        let text: String = row.get(1)?;
        all.push((row.get(0)?, serde_json::from_str(&text).unwrap_or_default()));
    }
    Ok(all)
}

/// The list must be what erasures put on it and unblockings took off, in their order.
fn list_changed(conn: &Connection, sealed: &[(i64, Value)]) -> Result<Option<Fault>> {
    let names = |facts: &Value, key: &str| -> Vec<String> {
        let all = facts.get(key).and_then(Value::as_array).into_iter().flatten();
        all.filter_map(Value::as_str).map(str::to_owned).collect()
    };
    let (mut expected, mut unblockings, mut last) = (BTreeSet::new(), BTreeSet::new(), 0);
    for (seq, facts) in sealed {
        last = *seq;
        expected.extend(names(facts, "listed"));
        if let Some(id) = facts.get("unblocked").and_then(Value::as_str) {
            unblockings.insert(id.to_owned());
            for name in names(facts, "hashes") {
                expected.remove(&name);
            }
        }
    }
    let found: BTreeSet<String> = blocked::everything(conn)?.iter().map(ToString::to_string).collect();
    let noted: BTreeSet<String> = blocked::unblockings(conn)?.iter().map(|one| one.id.to_string()).collect();
    let whole = found == expected && noted == unblockings;
    Ok((!whole).then_some(Fault { seq: last, code: "blocked_changed" }))
}
