//! A purpose as far as the rules look at it.

use chrono::NaiveDate;

use super::Basis;
use crate::codes::codes;
use crate::person::ChannelSet;
use crate::span::Span;

codes! {
    /// A purpose that comes with the application because the law itself orders it (SPEC §6).
    pub enum Builtin {
        /// Answers, notices and files to a person about that person's own request or data.
        Rights = "rights",
        /// Notices about data that was collected (Art. 13 and 14).
        Inform = "inform",
        /// Asking for consent. Alone it is about no purpose and knows no answer; whoever records an asking decides it with
        /// the purpose at hand, see [`crate::gate`].
        Ask = "ask",
    }
}

/// Why data is used, as far as the rules look at it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Purpose {
    /// Its name for programs.
    pub key: String,
    /// The lawful basis.
    pub basis: Basis,
    /// Whether it is direct marketing (Art. 21(2) and (3)).
    pub marketing: bool,
    /// The owner says that it is about similar products, to existing customers who could object when they gave their address
    /// and can in each message: where the country lets them (NL, BE), they may be sent it without a yes.
    pub soft_opt_in: bool,
    /// It is about special categories of data (Art. 9): a yes counts only when it was given expressly.
    pub special: bool,
    /// The channels it may use at all.
    pub channels: ChannelSet,
    /// The label of those it applies to; `None` is everybody. Only looked at where the basis is not consent.
    pub label: Option<String>,
    /// Its versions, in any order.
    pub versions: Vec<Version>,
    /// How long a yes lasts, unless the person says otherwise; `None` is until it is withdrawn.
    pub validity: Option<Span>,
    /// Set for the three that the law orders.
    pub builtin: Option<Builtin>,
}

impl Purpose {
    /// One of the purposes that the law orders: every channel, everybody, no wording to agree to.
    #[must_use]
    pub fn builtin(builtin: Builtin) -> Self {
        Self {
            key: builtin.as_str().to_owned(),
            basis: Basis::LegalObligation,
            marketing: false,
            soft_opt_in: false,
            special: false,
            channels: ChannelSet::ALL,
            label: None,
            versions: Vec::new(),
            validity: None,
            builtin: Some(builtin),
        }
    }

    /// The version of the wording in force on a day: the newest that had begun. Before the first had begun it is 1, as a
    /// fact may have happened before its wording was entered.
    #[must_use]
    pub fn version_on(&self, day: NaiveDate) -> u32 {
        self.versions.iter().filter(|version| version.since <= day).map(|version| version.number).max().unwrap_or(1)
    }

    /// Whether it falls to an objection to it (Art. 21(1) to (3)): a contract, a duty and a life at stake go on, but no
    /// marketing does.
    #[must_use]
    pub const fn falls_to_objection(&self) -> bool {
        match self.basis {
            Basis::Consent | Basis::PublicTask | Basis::LegitimateInterests => true,
            Basis::Contract | Basis::LegalObligation | Basis::VitalInterests => self.marketing,
        }
    }

    /// The first day on which a yes to this version no longer holds because of a material change of the wording.
    #[must_use]
    pub fn changed_since(&self, version: u32) -> Option<NaiveDate> {
        self.versions.iter().filter(|v| v.material && v.number > version).map(|v| v.since).min()
    }
}

/// One version of the wording that people see.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Version {
    /// 1 is the first.
    pub number: u32,
    /// From this day on it is the wording.
    pub since: NaiveDate,
    /// The owner marked the change as one that needs a new yes.
    pub material: bool,
}
