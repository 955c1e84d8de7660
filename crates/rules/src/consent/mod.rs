//! What a person answered, as dated facts, and what follows from them on a given day (SPEC §5).

pub mod batch;
mod fold;
mod purpose;

use std::collections::BTreeSet;

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

pub use self::fold::{CONFIRM_DAYS, Ending, Standing, fold, start_of};
pub use self::purpose::{Builtin, Purpose, Version};
use crate::codes::codes;
use crate::person::{Channel, ChannelSet};

codes! {
    /// The lawful basis of a purpose (GDPR Art. 6(1)(a) to (f)).
    pub enum Basis {
        /// The person said yes.
        Consent = "consent",
        /// Needed for a contract with the person.
        Contract = "contract",
        /// Ordered by law.
        LegalObligation = "legal_obligation",
        /// To protect a life.
        VitalInterests = "vital_interests",
        /// A task in the public interest.
        PublicTask = "public_task",
        /// An interest of the business that outweighs the person's.
        LegitimateInterests = "legitimate_interests",
    }
}

codes! {
    /// Where a person stands towards a purpose on a day: a projection of the events (SPEC §1).
    #[serde(rename = "ConsentStatus")]
    pub enum Status {
        /// Nothing is known.
        NotAsked = "not_asked",
        /// Asked; no answer yet.
        Asked = "asked",
        /// Said yes by a way that anybody could have used, and has not confirmed it yet.
        AwaitingConfirmation = "awaiting_confirmation",
        /// Said yes, and the yes holds.
        Given = "given",
        /// Said no.
        Refused = "refused",
        /// Took the yes back.
        Withdrawn = "withdrawn",
        /// Said yes, and the yes holds no longer: [`Ending`] says why.
        Expired = "expired",
    }
}

codes! {
    /// The way in which an answer came. Importing is none of them: an import never creates consent.
    pub enum How {
        /// In a call.
        Phone = "phone",
        /// By e-mail.
        Email = "email",
        /// On paper, by post.
        Letter = "letter",
        /// Face to face.
        InPerson = "in_person",
        /// A form on a website.
        WebForm = "web_form",
        /// The form on this computer, for a visitor at the counter.
        Kiosk = "kiosk",
        /// The person's own page.
        Portal = "portal",
    }
}

/// One dated fact about a contact and a version of a purpose. Never edited; a mistake is corrected by a later event.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    /// Names the event for ever.
    pub id: Uuid,
    /// The order of recording in this vault, rising.
    pub seq: i64,
    /// When it happened, which may be long before it was recorded.
    pub happened: DateTime<Utc>,
    /// The version of the purpose that the person saw or heard; 1 is the first.
    pub version: u32,
    /// What happened.
    pub answer: Answer,
}

/// What happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum Answer {
    /// The business asked.
    Asked,
    /// Yes, on these terms.
    Given(Terms),
    /// No.
    Refused,
    /// The person confirmed the yes before, from the address that it named (double opt-in).
    Confirmed,
    /// The person took the yes back.
    Withdrawn,
    /// The named event was recorded by mistake; naming a correction brings back what it had taken out.
    Corrected {
        /// The event that counts no longer.
        event: Uuid,
    },
}

impl Answer {
    /// The stable code of the kind of event (SPEC §1).
    #[must_use]
    pub const fn as_str(&self) -> &'static str {
        match self {
            Self::Asked => "asked",
            Self::Given(_) => "given",
            Self::Refused => "refused",
            Self::Confirmed => "confirmed",
            Self::Withdrawn => "withdrawn",
            Self::Corrected { .. } => "corrected",
        }
    }
}

/// On what terms the yes was given.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Terms {
    /// The channels that the yes covers; empty is none, absent is every channel that the purpose has today. Whoever
    /// records a yes writes the channels of its day, so that one added to the purpose later is not covered.
    pub channels: Option<ChannelSet>,
    /// The one channel that the person wants to be reached on, if they named one.
    pub prefer: Option<Channel>,
    /// The first day on which the yes no longer holds, if the person set one; overrides the purpose's validity.
    pub expires: Option<NaiveDate>,
    /// The keys of the connections that the data may be shared with.
    #[serde(default)]
    pub share: BTreeSet<String>,
    /// A parent or guardian gave it for a child.
    #[serde(default)]
    pub guardian: bool,
    /// Given expressly, as special categories of data ask for (Art. 9).
    #[serde(default)]
    pub explicit: bool,
    /// Came by a way that anybody could have used; counts once the person confirms.
    #[serde(default)]
    pub unconfirmed: bool,
}

/// The day on which an instant fell where the business is.
#[must_use]
pub fn day_of(instant: DateTime<Utc>, zone: Tz) -> NaiveDate {
    use chrono::{Offset, TimeZone};
    let utc = instant.naive_utc();
    let offset = zone.offset_from_utc_datetime(&utc).fix();
    // At the two ends of chrono's calendar there is no local day; the day in UTC is next to it.
    utc.checked_add_offset(offset).unwrap_or(utc).date()
}

/// Whether something that began at one instant and may have been lifted at another (an objection, a restriction)
/// stands at the end of a day where the business is.
#[must_use]
pub fn stands(since: DateTime<Utc>, lifted: Option<DateTime<Utc>>, on: NaiveDate, zone: Tz) -> bool {
    day_of(since, zone) <= on && lifted.is_none_or(|instant| day_of(instant, zone) > on)
}

#[cfg(test)]
pub(crate) mod props;
#[cfg(test)]
pub(crate) mod tests;
