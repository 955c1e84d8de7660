//! Who of a list may be reached for a purpose, and who stays: what every export of people asks first.

use std::collections::{BTreeMap, BTreeSet};

use akkoord_rules::gate::Reason;
use akkoord_rules::person::Channel;
use chrono::{DateTime, Utc};
use serde::Serialize;
use uuid::Uuid;

use super::may::Gate;
use crate::people::{Who, resolve};
use crate::problem::Result;
use crate::purposes::{Stored, answerable};
use crate::vault::Vault;

/// How many stay for one reason.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct Stays {
    /// Why.
    pub reason: Reason,
    /// How many people.
    pub people: usize,
}

/// Who of a list goes, and why the others stay.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct Going {
    /// How many go.
    pub goes: usize,
    /// How many stay, the most frequent reason first.
    pub stays: Vec<Stays>,
}

/// Says who of these may be reached for a purpose on a channel today; nothing is written.
///
/// # Errors
/// Those of finding each contact; [`crate::Code::NotFound`] for the purpose; [`crate::Code::BuiltinPurpose`].
pub fn going(vault: &Vault, contacts: &[Uuid], purpose: &str, channel: Channel, now: DateTime<Utc>) -> Result<Going> {
    let purpose = answerable(vault.rows(), vault.business(), purpose)?;
    let (goes, stays) = part(vault, contacts, &purpose, channel, now)?;
    Ok(Going { goes: goes.len(), stays })
}

/// Those of these who may be reached, each group once in the order given, and how many stay for which reason.
pub(crate) fn part(
    vault: &Vault,
    contacts: &[Uuid],
    purpose: &Stored,
    channel: Channel,
    now: DateTime<Utc>,
) -> Result<(Vec<Who>, Vec<Stays>)> {
    let (conn, business) = (vault.rows(), vault.business());
    parted(vault, contacts, &Gate::reaching(conn, business, purpose, channel, business.today(now))?)
}

/// Those of these who may be asked for their consent, and how many stay for which reason.
pub(crate) fn askable_part(
    vault: &Vault,
    contacts: &[Uuid],
    purpose: &Stored,
    channel: Channel,
    now: DateTime<Utc>,
) -> Result<(Vec<Who>, Vec<Stays>)> {
    parted(vault, contacts, &Gate::asking(vault, purpose, channel, vault.business().today(now))?)
}

/// Those of these whom a gate lets through.
pub(super) fn parted(vault: &Vault, contacts: &[Uuid], gate: &Gate<'_>) -> Result<(Vec<Who>, Vec<Stays>)> {
    let (mut goes, mut tally) = (Vec::new(), Tally::default());
    let whom = each_once(vault, contacts)?;
    let decisions = gate.judge_all(&whom, Gate::judge_aim)?;
    for (who, decision) in whom.into_iter().zip(decisions) {
        if decision.allowed { goes.push(who) } else { tally.add(decision.reason()) }
    }
    Ok((goes, tally.stays()))
}

/// The contacts that stand for these, each once, in the order given.
pub(super) fn each_once(vault: &Vault, contacts: &[Uuid]) -> Result<Vec<Who>> {
    let mut seen = BTreeSet::new();
    let mut found = Vec::with_capacity(contacts.len());
    for contact in contacts {
        let who = resolve(vault.rows(), &contact.to_string())?;
        if seen.insert(who.no) {
            found.push(who);
        }
    }
    Ok(found)
}

/// How often each reason was met.
#[derive(Debug, Default)]
pub(super) struct Tally(BTreeMap<&'static str, Stays>);

impl Tally {
    pub(super) fn add(&mut self, reason: Reason) {
        self.0.entry(reason.as_str()).or_insert(Stays { reason, people: 0 }).people += 1;
    }

    /// The most frequent first.
    pub(super) fn stays(self) -> Vec<Stays> {
        let mut stays: Vec<Stays> = self.0.into_values().collect();
        stays.sort_by_key(|one| std::cmp::Reverse(one.people));
        stays
    }
}
