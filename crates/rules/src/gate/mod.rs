//! "May I?": one pure function that every way out of the application goes through (SPEC §6).
//!
//! A refusal carries exactly one reason: the first that fails in SPEC §6's order. What comes after it was not asked.
//! Where SPEC is silent the stricter reading holds:
//!
//! - An objection to the purpose itself stops what rests on consent, legitimate interests or a public task (Art. 21(1))
//!   and all marketing; a contract or a legal duty goes on. An objection to all marketing stops all marketing, also
//!   what was agreed to later, until it is lifted.
//! - A no or a withdrawal recorded for a marketing purpose stops it whatever its basis: to the person it is the same.
//! - A restriction stops everything except `rights`. `inform` is stopped by nothing that was answered.
//! - `ask` by itself knows no answers. Whoever asks about a purpose marks it as marketing where that purpose is, and gives
//!   the standing towards that purpose: then an objection stops it, and a no or a withdrawal stops every electronic
//!   message. Electronic messages to an address that came from somebody else have no basis (SPEC §8): a letter, a call
//!   or a talk remain.
//! - Marketing by electronic message on the ground of legitimate interests needs a yes, unless the owner chose the soft opt-in
//!   and the address came from the person (Directive 2002/58/EC, Art. 13(1) and (2)).
//! - A yes to a purpose about special categories of data that was not given expressly is none (Art. 9(2)(a)).
//! - A yes recorded for a purpose on another basis allows nothing more, but its channels and preference bind.
//! - Sharing needs the purpose to be shared with the connection and, where the basis is consent, the person's yes to it.

mod decision;
mod words;

pub use self::decision::{Decision, Instead, Reason, Reminder};
pub use self::words::{Told, sentence};

use crate::codes::codes;
use crate::consent::{Basis, Builtin, Purpose, Standing, Status};
use crate::field::Sensitivity;
use crate::law::{PhoneException, PhoneMarketing, PhoneRule};
use crate::person::{Channel, ChannelSet};

codes! {
    /// What is known of the contact.
    pub enum Known {
        /// In the vault.
        Known = "known",
        /// Erased, and on the blocked list.
        Erased = "erased",
        /// Never heard of.
        Unknown = "unknown",
    }
}

/// What somebody wants to do: reach the person, or pass their data on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Target {
    /// Reach the person on this channel.
    Channel(Channel),
    /// Pass data to a connection.
    Connection(Sharing),
}

/// Passing data to a connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sharing {
    /// The purpose is shared with this connection.
    pub shared: bool,
    /// The person's standing names this connection.
    pub permitted: bool,
    /// The connection receives the field in question; true where none is asked about.
    pub received: bool,
    /// The field in question; `None` asks whether the person goes at all.
    pub field: Option<Sensitivity>,
    /// The highest sensitivity that the connection may receive.
    pub ceiling: Sensitivity,
}

/// All that the gate looks at. The caller gathers it for one contact, or for the contacts merged into one, as of the
/// end of one day; where members of the group differ the stricter counts.
#[derive(Debug, Clone, Copy)]
pub struct Facts<'a> {
    /// What is known of the contact.
    pub known: Known,
    /// The purpose; `None` where there is none with that key.
    pub purpose: Option<&'a Purpose>,
    /// A restriction stands.
    pub restricted: bool,
    /// An objection to all marketing stands.
    pub objected_marketing: bool,
    /// An objection to this purpose stands.
    pub objected_purpose: bool,
    /// The contact has the purpose's label, or the purpose has none.
    pub labelled: bool,
    /// Where the person stands towards the purpose.
    pub standing: &'a Standing,
    /// The channels that the contact has an address for; see [`ChannelSet::reachable`].
    pub addresses: ChannelSet,
    /// The channels for which the contact has an address that came from somebody else or nobody knows where.
    pub secondhand: ChannelSet,
    /// The person is below the country's age for consenting alone.
    pub minor: bool,
    /// The country's rule for marketing calls on that day: [`crate::law::Country::phone_marketing`].
    pub phone: &'a PhoneRule,
    /// What is asked.
    pub target: Target,
}

/// Decides.
#[must_use]
pub fn may(facts: &Facts<'_>) -> Decision {
    let verdict = judge(facts);
    let evidence = if verdict.rests_on_events() { facts.standing.evidence.clone() } else { Vec::new() };
    Decision {
        allowed: verdict.allows(),
        reasons: vec![verdict],
        instead: if verdict.allows() { Vec::new() } else { instead(facts, verdict) },
        evidence,
        remind: reminder(facts, verdict),
    }
}

/// The reason alone of what [`may`] decides: for whoever asks of very many and needs no word of what would be allowed instead.
#[must_use]
pub fn reason(facts: &Facts<'_>) -> Reason {
    judge(facts)
}

/// The first reason that fails, in SPEC §6's order, or the one that allows.
fn judge(facts: &Facts<'_>) -> Reason {
    match facts.known {
        Known::Unknown => return Reason::UnknownContact,
        Known::Erased => return Reason::Erased,
        Known::Known => {}
    }
    let Some(purpose) = facts.purpose else { return Reason::UnknownPurpose };
    match purpose.builtin {
        Some(builtin) => ordered(facts, purpose, builtin),
        None => ordinary(facts, purpose),
    }
    .err()
    .unwrap_or(if needs_consent(facts, purpose) { Reason::AllowedConsent } else { Reason::AllowedBasis })
}

/// A check: `Err` is the reason to refuse.
type Check = Result<(), Reason>;

/// A check that refuses where the condition holds.
const fn refuse_if(fails: bool, reason: Reason) -> Check {
    if fails { Err(reason) } else { Ok(()) }
}

/// What the law itself orders.
fn ordered(facts: &Facts<'_>, purpose: &Purpose, builtin: Builtin) -> Check {
    refuse_if(facts.restricted && builtin != Builtin::Rights, Reason::Restricted)?;
    let asks_for_marketing = builtin == Builtin::Ask && purpose.marketing;
    let objected = facts.objected_marketing || facts.objected_purpose;
    refuse_if(asks_for_marketing && objected, Reason::Objected)?;
    if let (Builtin::Ask, Target::Channel(channel)) = (builtin, facts.target)
        && is_electronic_message(channel)
    {
        refuse_if(facts.secondhand.contains(channel), Reason::BasisMissing)?;
        if purpose.marketing {
            not_declined(facts.standing)?;
        }
    }
    match facts.target {
        Target::Channel(channel) => refuse_if(!has_address(facts, channel), Reason::NoAddress),
        Target::Connection(_) => Err(Reason::NoSharingPermission),
    }
}

/// A purpose of the owner's.
fn ordinary(facts: &Facts<'_>, purpose: &Purpose) -> Check {
    refuse_if(facts.restricted, Reason::Restricted)?;
    refuse_if(objected(facts, purpose), Reason::Objected)?;
    let consent = needs_consent(facts, purpose);
    refuse_if(purpose.basis != Basis::Consent && !facts.labelled, Reason::BasisMissing)?;
    if consent {
        holds(facts.standing)?;
        refuse_if(purpose.special && !facts.standing.explicit, Reason::NotAsked)?;
    } else if purpose.marketing {
        not_declined(facts.standing)?;
    }
    match facts.target {
        Target::Channel(channel) => reached(facts, purpose, channel)?,
        Target::Connection(sharing) => {
            let permitted = sharing.permitted || !consent;
            refuse_if(!sharing.shared || !permitted, Reason::NoSharingPermission)?;
        }
    }
    refuse_if(consent && facts.minor && !facts.standing.guardian, Reason::GuardianNeeded)?;
    match facts.target {
        Target::Connection(Sharing { field: Some(field), ceiling, received, .. }) => {
            refuse_if(!received || field > ceiling, Reason::FieldWithheld)
        }
        Target::Connection(Sharing { field: None, .. }) | Target::Channel(_) => Ok(()),
    }
}

/// Whether an objection stops the purpose (Art. 21).
fn objected(facts: &Facts<'_>, purpose: &Purpose) -> bool {
    (facts.objected_marketing && purpose.marketing) || (facts.objected_purpose && purpose.falls_to_objection())
}

/// Whether the target needs a yes: the basis is consent, or the country wants one before a marketing call.
fn needs_consent(facts: &Facts<'_>, purpose: &Purpose) -> bool {
    let by_way = call_needs_consent(facts, purpose) || message_needs_consent(facts, purpose);
    purpose.builtin.is_none() && (purpose.basis == Basis::Consent || by_way)
}

/// Whether this is marketing by electronic message that goes out only after a yes: whatever interest the business has in it, the
/// law wants one, but from its own customers about similar products. Whoever did not give the address is none of them.
fn message_needs_consent(facts: &Facts<'_>, purpose: &Purpose) -> bool {
    let Target::Channel(channel) = facts.target else { return false };
    let excepted = purpose.soft_opt_in && !facts.secondhand.contains(channel);
    let markets = purpose.marketing && purpose.basis == Basis::LegitimateInterests;
    markets && is_electronic_message(channel) && !excepted
}

/// Whether this is a marketing call that the country allows only after a yes. Who is an own customer the gate cannot
/// know, so that exception is not taken; a running contract is the purpose's own basis.
fn call_needs_consent(facts: &Facts<'_>, purpose: &Purpose) -> bool {
    let excepted = match facts.phone.exception {
        Some(PhoneException::RunningContract) => purpose.basis == Basis::Contract,
        Some(PhoneException::OwnCustomers) | None => false,
    };
    markets_by_phone(facts, purpose) && facts.phone.rule == PhoneMarketing::Consent && !excepted
}

/// Whether this is a marketing call.
fn markets_by_phone(facts: &Facts<'_>, purpose: &Purpose) -> bool {
    purpose.marketing && matches!(facts.target, Target::Channel(Channel::Phone))
}

/// Whether a yes holds.
fn holds(standing: &Standing) -> Check {
    let ended = if standing.wording_changed() { Reason::WordingChanged } else { Reason::Expired };
    match standing.status {
        Status::Given => Ok(()),
        Status::Expired => Err(ended),
        // Asked anew after a yes that ended: until the answer comes, what stops it is still that end.
        Status::Asked => Err(if standing.lapsed { ended } else { Reason::NotAsked }),
        Status::NotAsked => Err(Reason::NotAsked),
        Status::AwaitingConfirmation => Err(Reason::AwaitingConfirmation),
        Status::Refused => Err(Reason::Refused),
        Status::Withdrawn => Err(Reason::Withdrawn),
    }
}

/// Whether a purpose that needs no yes met a no.
const fn not_declined(standing: &Standing) -> Check {
    match standing.status {
        Status::Refused => Err(Reason::Refused),
        Status::Withdrawn => Err(Reason::Withdrawn),
        Status::NotAsked | Status::Asked | Status::AwaitingConfirmation | Status::Given | Status::Expired => Ok(()),
    }
}

/// Whether the channel is allowed, is the one that the person prefers, and has an address.
fn reached(facts: &Facts<'_>, purpose: &Purpose, channel: Channel) -> Check {
    let given = facts.standing.status == Status::Given;
    let agreed = if given { purpose.channels.both(facts.standing.channels) } else { purpose.channels };
    let preferred = if given { facts.standing.prefer } else { None };
    refuse_if(!agreed.contains(channel), Reason::WrongChannel)?;
    refuse_if(preferred.is_some_and(|prefer| prefer != channel), Reason::WrongChannel)?;
    refuse_if(!has_address(facts, channel), Reason::NoAddress)
}

/// Whether the channel is electronic mail, of whatever kind (Directive 2002/58/EC, Art. 2(h) and 13(1)).
const fn is_electronic_message(channel: Channel) -> bool {
    matches!(channel, Channel::Email | Channel::Sms | Channel::Messaging)
}

/// Whether the contact has an address for the channel; face to face needs none.
const fn has_address(facts: &Facts<'_>, channel: Channel) -> bool {
    matches!(channel, Channel::InPerson) || facts.addresses.contains(channel)
}

/// What would be allowed instead: other channels; else asking, where asking can change the answer; else nothing.
fn instead(facts: &Facts<'_>, verdict: Reason) -> Vec<Instead> {
    let mut found = Vec::new();
    if let Target::Channel(asked) = facts.target
        && !verdict.concerns_whole_contact()
    {
        let others = Channel::ALL.iter().copied().filter(|channel| *channel != asked);
        let allowed = |channel: &Channel| judge(&Facts { target: Target::Channel(*channel), ..*facts }).allows();
        found.extend(others.filter(allowed).map(Instead::Channel));
    }
    if found.is_empty() {
        found.push(if asking_helps(facts, verdict) { Instead::AskAgain } else { Instead::Nothing });
    }
    found
}

/// Whether a new answer of the person could change the decision; none shares what the owner does not share.
fn asking_helps(facts: &Facts<'_>, verdict: Reason) -> bool {
    let shut = match facts.target {
        Target::Connection(sharing) => {
            !sharing.shared || facts.purpose.is_some_and(|purpose| purpose.builtin.is_some())
        }
        Target::Channel(_) => false,
    };
    verdict.mends_by_asking() && !shut
}

/// What to keep in mind with an allowed marketing call.
fn reminder(facts: &Facts<'_>, verdict: Reason) -> Option<Reminder> {
    let calls = facts.purpose.is_some_and(|purpose| markets_by_phone(facts, purpose));
    let agreed = facts.standing.status == Status::Given;
    let due = verdict.allows() && calls && !agreed && facts.phone.rule == PhoneMarketing::Register;
    due.then_some(Reminder::CallRegister)
}

#[cfg(test)]
mod props;
#[cfg(test)]
mod tests;
