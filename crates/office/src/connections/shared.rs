//! What becomes of one person at each connection, as their own page says it.

use akkoord_rules::gate::Reason;
use akkoord_rules::outflow::{Flow, Verdict};
use chrono::{DateTime, Utc};
use serde::Serialize;

use super::flow::Flows;
use crate::people::resolve;
use crate::problem::Result;
use crate::vault::{Vault, connection};

/// What becomes of one person at a connection, if it were fed now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct SharedWith {
    /// The connection's key.
    pub connection: String,
    /// Its name for people.
    pub title: String,
    /// The keys of the fields that would go; none where the person stays.
    pub goes: Vec<String>,
    /// The keys of the fields that are too sensitive for it, of somebody who would go.
    pub held: Vec<String>,
    /// Why the person stays; none where they would go.
    pub reasons: Vec<Reason>,
    /// It has data of this person from before.
    pub there: bool,
}

/// What would go of a person, for each connection that still receives, in the order of adding.
///
/// # Errors
/// Those of finding the contact; faults of the database.
pub fn shared_with(vault: &Vault, contact: &str, now: DateTime<Utc>) -> Result<Vec<SharedWith>> {
    let (conn, business) = (vault.rows(), vault.business());
    let who = resolve(conn, contact)?;
    let each = connection::all(conn)?.into_iter().map(|stored| {
        let fate = Flows::of(conn, business, &stored, business.today(now))?.one(who)?;
        let there = fate.is_there;
        let (goes, held, reasons) = match fate.verdict {
            Verdict::Goes(flows) => {
                let with = |wanted: Flow| -> Vec<String> {
                    let fields = stored.fields.iter().zip(&flows).filter(|(_, flow)| **flow == wanted);
                    fields.map(|(field, _)| field.key.clone()).collect()
                };
                (with(Flow::Goes), with(Flow::Held), Vec::new())
            }
            Verdict::Stays(reasons) => (Vec::new(), Vec::new(), reasons),
        };
        Ok(SharedWith { connection: stored.key, title: stored.title, goes, held, reasons, there })
    });
    each.collect()
}
