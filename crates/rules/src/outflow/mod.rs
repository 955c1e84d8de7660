//! What leaves: whether a person goes to a connection, which fields go along and which are held back (SPEC §7).
//!
//! It asks nothing but [`gate::may`], and says no more than that does: a person goes where at least one purpose lets them, and
//! of them the fields that such a purpose lets pass. Who would go with nothing stays.

use crate::codes::codes;
use crate::field::Sensitivity;
use crate::gate::{self, Facts, Reason, Sharing, Target};
use crate::person::Channel;

codes! {
    /// How data gets to a connection.
    #[serde(rename = "ConnectionKind")]
    pub enum Kind {
        /// A file that the owner hands over.
        File = "file",
        /// An address book on a server.
        Carddav = "carddav",
    }
}

/// A field that a connection receives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Field {
    /// How sensitive it is.
    pub sensitivity: Sensitivity,
    /// People are reached by it: an e-mail address, a phone number, a postal address.
    pub reaches: bool,
}

/// What becomes of a field of somebody who goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Flow {
    /// It goes along.
    Goes,
    /// It is too sensitive for the connection.
    Held,
    /// There is nothing in it.
    Empty,
}

/// What becomes of a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// The person goes, with these fields; in the order of the connection's.
    Goes(Vec<Flow>),
    /// The person stays, and why: the reason of each purpose, each once.
    Stays(Vec<Reason>),
}

impl Verdict {
    /// Whether the person goes.
    #[must_use]
    pub const fn goes(&self) -> bool {
        matches!(self, Self::Goes(_))
    }
}

/// Decides about one person. `facts` are those about each purpose that the connection is for, asking whether the person goes
/// at all; `reach` is the channel that the connection will use, where it is there to reach people; `fields` are what it
/// receives, and `has` tells in which of them the person has something.
#[must_use]
pub fn outflow(facts: &[Facts<'_>], reach: Option<Channel>, fields: &[Field], has: &[bool]) -> Verdict {
    let mut reasons = Vec::new();
    let mut open = Vec::new();
    for facts in facts {
        match refusal(facts, reach) {
            None => open.push(facts),
            Some(reason) if reasons.contains(&reason) => {}
            Some(reason) => reasons.push(reason),
        }
    }
    if open.is_empty() {
        // For no purpose at all nothing was ever shared.
        let unshared = reasons.is_empty().then_some(Reason::NoSharingPermission);
        return Verdict::Stays(reasons.into_iter().chain(unshared).collect());
    }
    let passes = Sensitivity::ALL.iter().map(|level| open.iter().any(|facts| lets_pass(facts, *level)));
    let passes: Vec<(Sensitivity, bool)> = Sensitivity::ALL.iter().copied().zip(passes).collect();
    let flow = |(field, has): (&Field, &bool)| match has {
        false => Flow::Empty,
        true if passes.contains(&(field.sensitivity, true)) => Flow::Goes,
        true => Flow::Held,
    };
    let flows: Vec<Flow> = fields.iter().zip(has).map(flow).collect();
    let reached = |field: &Field| field.reaches;
    let unreachable = fields.iter().any(reached) && !fields.iter().zip(has).any(|(field, has)| reached(field) && *has);
    if unreachable || !flows.contains(&Flow::Goes) {
        let held = !unreachable && flows.contains(&Flow::Held);
        return Verdict::Stays(vec![if held { Reason::FieldWithheld } else { Reason::NoAddress }]);
    }
    Verdict::Goes(flows)
}

/// Why a purpose does not let the person go; on the way and by the channel both.
fn refusal(facts: &Facts<'_>, reach: Option<Channel>) -> Option<Reason> {
    let reached = reach.map(|channel| Facts { target: Target::Channel(channel), ..*facts });
    let refuses = |facts: &Facts<'_>| Some(gate::reason(facts)).filter(|reason| !reason.allows());
    refuses(facts).or_else(|| refuses(&reached?))
}

/// Whether a purpose lets a field of this sensitivity pass.
fn lets_pass(facts: &Facts<'_>, level: Sensitivity) -> bool {
    match facts.target {
        Target::Connection(sharing) => {
            let asked = Sharing { field: Some(level), ..sharing };
            gate::reason(&Facts { target: Target::Connection(asked), ..*facts }).allows()
        }
        Target::Channel(_) => false,
    }
}

#[cfg(test)]
mod tests;
