//! Fields of a contact: how sensitive each is and where a value came from.

use serde::{Deserialize, Serialize};

/// How much harm a field's disclosure could do; ordered, so that a ceiling can be compared with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sensitivity {
    /// Not a personal field.
    None,
    /// A personal field of everyday use.
    Low,
    /// A personal field that goes out only where the owner said so.
    High,
}

/// Where a field's value came from; decides what portability covers (Art. 20, LAW §4).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Provenance {
    /// Typed or told by the person.
    Provided,
    /// Seen by the business while serving the person.
    Observed,
    /// Concluded from other data.
    Derived,
    /// Came from somebody else.
    ThirdParty,
}
