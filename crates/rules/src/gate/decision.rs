//! What the gate answers.

use serde::{Serialize, Serializer};
use uuid::Uuid;

use crate::codes::codes;
use crate::person::Channel;

codes! {
    /// Why something is allowed or not (SPEC §6).
    pub enum Reason {
        /// A yes holds.
        AllowedConsent = "allowed_consent",
        /// The purpose rests on another basis than consent.
        AllowedBasis = "allowed_basis",
        /// Not asked, or asked without an answer.
        NotAsked = "not_asked",
        /// The yes is not confirmed yet.
        AwaitingConfirmation = "awaiting_confirmation",
        /// The person said no.
        Refused = "refused",
        /// The person took the yes back.
        Withdrawn = "withdrawn",
        /// The yes is over.
        Expired = "expired",
        /// The wording changed in a way that needs a new yes.
        WordingChanged = "wording_changed",
        /// The person objected.
        Objected = "objected",
        /// The contact is restricted: stored, nothing else.
        Restricted = "restricted",
        /// The contact was erased and is on the blocked list.
        Erased = "erased",
        /// The yes or the purpose does not cover the channel, or the person prefers another.
        WrongChannel = "wrong_channel",
        /// No address for the channel.
        NoAddress = "no_address",
        /// A child's yes without a parent or guardian.
        GuardianNeeded = "guardian_needed",
        /// The purpose does not apply to this contact.
        BasisMissing = "basis_missing",
        /// The purpose is not shared with the connection, or the person gave no permission for it.
        NoSharingPermission = "no_sharing_permission",
        /// The field is more sensitive than the connection may receive.
        FieldWithheld = "field_withheld",
        /// No purpose with that key.
        UnknownPurpose = "unknown_purpose",
        /// Nobody with that id or address.
        UnknownContact = "unknown_contact",
    }
}

impl Reason {
    /// Whether this reason allows.
    #[must_use]
    pub const fn allows(self) -> bool {
        matches!(self, Self::AllowedConsent | Self::AllowedBasis)
    }

    /// Whether the person's consent events show it.
    pub(super) const fn rests_on_events(self) -> bool {
        matches!(
            self,
            Self::AllowedConsent
                | Self::NotAsked
                | Self::AwaitingConfirmation
                | Self::Refused
                | Self::Withdrawn
                | Self::Expired
                | Self::WordingChanged
                | Self::WrongChannel
                | Self::NoAddress
                | Self::GuardianNeeded
                | Self::NoSharingPermission
                | Self::FieldWithheld
        )
    }

    /// Whether no other channel can change the answer.
    pub(super) const fn concerns_whole_contact(self) -> bool {
        matches!(self, Self::UnknownContact | Self::Erased | Self::UnknownPurpose | Self::Restricted | Self::Objected)
    }

    /// Whether a new answer of the person could change the decision, and asking for it is decent: not after a no.
    pub(super) const fn mends_by_asking(self) -> bool {
        matches!(
            self,
            Self::NotAsked
                | Self::AwaitingConfirmation
                | Self::Expired
                | Self::WordingChanged
                | Self::WrongChannel
                | Self::GuardianNeeded
                | Self::NoSharingPermission
        )
    }
}

/// What would be allowed instead of what was refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Instead {
    /// Reaching the person on this channel.
    Channel(Channel),
    /// Asking the person, for the first time or anew.
    AskAgain,
    /// Nothing.
    Nothing,
}

impl Instead {
    /// The stable code: a channel's, `ask_again` or `nothing`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Channel(channel) => channel.as_str(),
            Self::AskAgain => "ask_again",
            Self::Nothing => "nothing",
        }
    }
}

impl Serialize for Instead {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

codes! {
    /// What to keep in mind with something that is allowed.
    pub enum Reminder {
        /// Look the number up in the country's do-not-call register first.
        CallRegister = "call_register",
    }
}

/// The gate's answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct Decision {
    /// Allowed or not.
    pub allowed: bool,
    /// Why: one reason, or one for each contact where several were asked about together.
    pub reasons: Vec<Reason>,
    /// What would be allowed instead; empty where it is allowed, never empty where it is not.
    #[cfg_attr(feature = "specta", specta(type = Vec<String>))]
    pub instead: Vec<Instead>,
    /// The consent events that show it, oldest first.
    pub evidence: Vec<Uuid>,
    /// What to keep in mind.
    pub remind: Option<Reminder>,
}

impl Decision {
    /// The reason.
    #[must_use]
    pub fn reason(&self) -> Reason {
        self.reasons.first().copied().unwrap_or(Reason::UnknownContact)
    }

    /// The answer for an address that several contacts have: allowed only if allowed for all; a refusal is the first
    /// one's, with the others' reasons after it. Nobody at all is an unknown contact.
    #[must_use]
    pub fn for_all(decisions: impl IntoIterator<Item = Self>) -> Self {
        let (allowed, refused): (Vec<Self>, Vec<Self>) = decisions.into_iter().partition(|decision| decision.allowed);
        let counted = if refused.is_empty() { allowed } else { refused };
        counted.into_iter().reduce(Self::beside).unwrap_or_else(Self::of_nobody)
    }

    /// The answer about somebody who is not in the vault.
    #[must_use]
    pub fn of_nobody() -> Self {
        Self::missing(Reason::UnknownContact)
    }

    /// The answer about somebody who was erased.
    #[must_use]
    pub fn of_erased() -> Self {
        Self::missing(Reason::Erased)
    }

    fn missing(reason: Reason) -> Self {
        Self {
            allowed: false,
            reasons: vec![reason],
            instead: vec![Instead::Nothing],
            evidence: Vec::new(),
            remind: None,
        }
    }

    fn beside(mut self, other: Self) -> Self {
        for reason in other.reasons {
            if !self.reasons.contains(&reason) {
                self.reasons.push(reason);
            }
        }
        if !self.allowed {
            self.instead.retain(|instead| other.instead.contains(instead));
            if self.instead.is_empty() {
                self.instead.push(Instead::Nothing);
            }
        }
        self.evidence.extend(other.evidence);
        self.remind = self.remind.or(other.remind);
        self
    }
}
