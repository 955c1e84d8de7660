//! By which way each of many people may be asked for their consent: by mail, by letter, in a call, or not at all.

use std::collections::BTreeMap;

use akkoord_rules::consent::Status;
use akkoord_rules::gate::Reason;
use akkoord_rules::person::Channel;
use chrono::{DateTime, Days, Utc};
use serde::Serialize;
use uuid::Uuid;

use super::leaving::{Stays, Tally, each_once};
use super::may::Gate;
use super::record::text;
use crate::problem::Result;
use crate::purposes::{answerable, latest, wordings};
use crate::today::SOON_DAYS;
use crate::vault::Vault;

/// The ways in which people are asked, in the order in which they are tried.
pub const WAYS: [Channel; 3] = [Channel::Email, Channel::Post, Channel::Phone];

/// By which way each of many people may be asked.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct AskPlan {
    /// Of each way that the owner uses, whom it reaches.
    pub ways: Vec<AskWay>,
    /// How many cannot be asked by any of these ways, by reason.
    pub cannot: Vec<Stays>,
    /// How many say yes already, so that there is nothing to ask.
    pub agreed: usize,
    /// There is a text to ask with.
    pub worded: bool,
}

/// Whom a way reaches.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct AskWay {
    /// The way.
    pub channel: Channel,
    /// Those who are asked by it, in the order given.
    pub people: Vec<Uuid>,
    /// How many of them read the text in which language, the most frequent first.
    pub languages: Vec<Spoken>,
}

/// How many are asked in a language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct Spoken {
    /// The language of the text.
    pub language: String,
    /// How many people.
    pub people: usize,
}

/// Gives each of these people the first of the ways by which the law lets them be asked; nothing is written. Whoever says yes
/// already, for longer than soon, is left alone.
///
/// # Errors
/// Those of finding each contact; [`crate::Code::NotFound`] for the purpose; [`crate::Code::BuiltinPurpose`].
pub fn plan(vault: &Vault, contacts: &[Uuid], purpose: &str, ways: &[Channel], now: DateTime<Utc>) -> Result<AskPlan> {
    let (conn, business) = (vault.rows(), vault.business());
    let (purpose, today) = (answerable(conn, business, purpose)?, business.today(now));
    let version = latest(&purpose.rules);
    let soon = today.checked_add_days(Days::new(SOON_DAYS)).unwrap_or(today);
    let gate = Gate::asking(vault, &purpose, Channel::Post, today)?;
    let ways: Vec<Channel> = WAYS.into_iter().filter(|way| ways.contains(way)).collect();
    let mut plan = AskPlan {
        ways: ways.iter().map(|way| AskWay { channel: *way, people: Vec::new(), languages: Vec::new() }).collect(),
        cannot: Vec::new(),
        agreed: 0,
        worded: !wordings(conn, purpose.no, version)?.is_empty(),
    };
    let mut languages: Vec<BTreeMap<String, usize>> = vec![BTreeMap::new(); ways.len()];
    let mut cannot = Tally::default();
    let whom = each_once(vault, contacts)?;
    let judged = gate.judge_all(&whom, |gate, gathered| (gate.judge_each(gathered), gathered.standing.clone()))?;
    for (who, (decisions, standing)) in whom.into_iter().zip(judged) {
        let holds = standing.expires.is_none_or(|end| end > soon) && standing.version == Some(version);
        if standing.status == Status::Given && holds {
            plan.agreed += 1;
            continue;
        }
        let verdict =
            |way: &Channel| decisions.iter().find(|(channel, _)| channel == way).map(|(_, decision)| decision);
        let first = ways.iter().position(|way| verdict(way).is_some_and(|decision| decision.allowed));
        match first.and_then(|at| Some((plan.ways.get_mut(at)?, languages.get_mut(at)?))) {
            Some((way, spoken)) => {
                way.people.push(who.id);
                *spoken.entry(text(conn, business, who, &purpose, version, None)?.0).or_insert(0) += 1;
            }
            None => {
                let reasons: Vec<Reason> = ways.iter().filter_map(verdict).map(|decision| decision.reason()).collect();
                let weighty = reasons.iter().find(|reason| **reason != Reason::NoAddress);
                cannot.add(weighty.copied().unwrap_or(Reason::NoAddress));
            }
        }
    }
    for (way, spoken) in plan.ways.iter_mut().zip(languages) {
        way.languages = spoken.into_iter().map(|(language, people)| Spoken { language, people }).collect();
        way.languages.sort_by_key(|one| std::cmp::Reverse(one.people));
    }
    plan.cannot = cannot.stays();
    Ok(plan)
}
