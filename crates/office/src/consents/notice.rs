//! Telling people that their data is held (Art. 14): by which way each may be reached for that, and who not.

use akkoord_rules::consent::Builtin;
use akkoord_rules::person::Channel;
use chrono::{DateTime, Utc};
use serde::Serialize;
use uuid::Uuid;

use super::leaving::{Stays, each_once, parted};
use super::may::{Gate, Question, Target};
use super::plan::{AskWay, Sorting};
use crate::papers;
use crate::people::Who;
use crate::problem::Result;
use crate::vault::Vault;

/// By which way each of many people may be told.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct InformPlan {
    /// Of each way that the owner uses, whom it reaches.
    pub ways: Vec<AskWay>,
    /// How many cannot be told by any of these ways, by reason.
    pub cannot: Vec<Stays>,
    /// Of what the owner has to say where it came from.
    pub origins: Vec<papers::OriginAsked>,
}

/// Gives each of these people the first of the ways by which they may be told; nothing is written.
///
/// # Errors
/// Those of finding each contact.
pub fn inform_plan(vault: &Vault, contacts: &[Uuid], ways: &[Channel], now: DateTime<Utc>) -> Result<InformPlan> {
    let question = question(vault, Channel::Post, now);
    let gate = Gate::of(vault, &question)?;
    let mut sorting = Sorting::by(ways);
    let whom = each_once(vault, contacts)?;
    let judged = gate.judge_all(&whom, Gate::judge_each)?;
    for (who, decisions) in whom.into_iter().zip(judged) {
        sorting.put(who.id, &decisions, || papers::spoken(vault, who).map(str::to_owned))?;
    }
    let (ways, cannot) = sorting.done();
    Ok(InformPlan { ways, cannot, origins: papers::asked(vault, contacts)? })
}

/// Those of these who may be told on a channel, each group once in the order given, and how many stay for which reason.
pub(crate) fn informable_part(
    vault: &Vault,
    contacts: &[Uuid],
    channel: Channel,
    now: DateTime<Utc>,
) -> Result<(Vec<Who>, Vec<Stays>)> {
    parted(vault, contacts, &Gate::of(vault, &question(vault, channel, now))?)
}

fn question(vault: &Vault, channel: Channel, now: DateTime<Utc>) -> Question {
    let purpose = Builtin::Inform.as_str().to_owned();
    Question { purpose, target: Target::Channel(channel), on: vault.business().today(now) }
}
