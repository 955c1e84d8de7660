//! By which way each of many people may be asked for their consent: by mail, by letter, in a call, or not at all.

use std::collections::BTreeMap;

use akkoord_rules::consent::Status;
use akkoord_rules::gate::{Decision, Reason};
use akkoord_rules::person::Channel;
use chrono::{DateTime, Days, Utc};
use serde::Serialize;
use uuid::Uuid;

use super::leaving::{Stays, Tally, each_once};
use super::may::Gate;
use super::record::Wordings;
use crate::problem::Result;
use crate::purposes::{answerable, latest};
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
    let texts = Wordings::of(conn, business, &purpose, version)?;
    let mut sorting = Sorting::by(ways);
    let mut agreed = 0;
    let whom = each_once(vault, contacts)?;
    let judged = gate.judge_all(&whom, |gate, gathered| (gate.judge_each(gathered), gathered.standing.clone()))?;
    for (who, (decisions, standing)) in whom.into_iter().zip(judged) {
        let holds = standing.expires.is_none_or(|end| end > soon) && standing.version == Some(version);
        if standing.status == Status::Given && holds {
            agreed += 1;
            continue;
        }
        let language = || Ok(texts.read_by(conn, who)?.0);
        sorting.put(who.id, &decisions, language)?;
    }
    let (ways, cannot) = sorting.done();
    Ok(AskPlan { ways, cannot, agreed, worded: !texts.is_empty() })
}

/// People being sorted by the first way that reaches them.
pub(super) struct Sorting {
    ways: Vec<AskWay>,
    /// Of each way, how many read which language.
    languages: Vec<BTreeMap<String, usize>>,
    cannot: Tally,
}

impl Sorting {
    /// By those of [`WAYS`] that are among these.
    pub(super) fn by(ways: &[Channel]) -> Self {
        let ways = WAYS.into_iter().filter(|way| ways.contains(way));
        let ways: Vec<AskWay> =
            ways.map(|channel| AskWay { channel, people: Vec::new(), languages: Vec::new() }).collect();
        Self { languages: vec![BTreeMap::new(); ways.len()], ways, cannot: Tally::default() }
    }

    /// Sorts somebody, who reads that language.
    pub(super) fn put(
        &mut self,
        who: Uuid,
        decisions: &[(Channel, Decision)],
        language: impl FnOnce() -> Result<String>,
    ) -> Result<()> {
        let verdict =
            |way: Channel| decisions.iter().find(|(channel, _)| *channel == way).map(|(_, decision)| decision);
        let first = self.ways.iter().position(|way| verdict(way.channel).is_some_and(|decision| decision.allowed));
        match first.and_then(|at| Some((self.ways.get_mut(at)?, self.languages.get_mut(at)?))) {
            Some((way, spoken)) => {
                way.people.push(who);
                *spoken.entry(language()?).or_insert(0) += 1;
            }
            None => {
                let reasons = self.ways.iter().filter_map(|way| verdict(way.channel)).map(Decision::reason);
                let weighty = reasons.into_iter().find(|reason| *reason != Reason::NoAddress);
                self.cannot.add(weighty.unwrap_or(Reason::NoAddress));
            }
        }
        Ok(())
    }

    /// Whom each way reaches, and how many none does.
    pub(super) fn done(mut self) -> (Vec<AskWay>, Vec<Stays>) {
        for (way, spoken) in self.ways.iter_mut().zip(self.languages) {
            way.languages = spoken.into_iter().map(|(language, people)| Spoken { language, people }).collect();
            way.languages.sort_by_key(|one| std::cmp::Reverse(one.people));
        }
        (self.ways, self.cannot.stays())
    }
}
