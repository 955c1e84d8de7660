//! Marketing calls to consumers: who must have asked what before, per country and date.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::codes::codes;

codes! {
    /// What must be so before a consumer may be called with marketing.
    pub enum PhoneMarketing {
        /// The person consented before, whatever the purpose's lawful basis is.
        Consent = "consent",
        /// The person does not stand in the country's do-not-call register, unless they consented.
        Register = "register",
        /// The person has not objected.
        OptOut = "opt_out",
    }
}

codes! {
    /// Whom a rule leaves out.
    pub enum PhoneException {
        /// The business's own customers, about similar products.
        OwnCustomers = "own_customers",
        /// A call about a contract that is running.
        RunningContract = "running_contract",
    }
}

/// A rule with the day from which it holds, until the next one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(deny_unknown_fields)]
pub struct PhoneRule {
    /// The first day; `None` for the oldest rule kept here.
    pub from: Option<NaiveDate>,
    /// What must be so.
    pub rule: PhoneMarketing,
    /// Whom the rule leaves out.
    pub exception: Option<PhoneException>,
    /// The do-not-call register's name.
    pub register: Option<String>,
    /// Whether somebody read the law's text; otherwise it is general knowledge and the reader should check.
    pub verified: bool,
}

/// The last rule that began on or before that day. The files give the oldest first and the oldest without a date.
pub(super) fn in_force(rules: &[PhoneRule], on: NaiveDate) -> &PhoneRule {
    let begun = rules.partition_point(|rule| rule.from.is_none_or(|from| from <= on));
    &rules[begun.saturating_sub(1)]
}
