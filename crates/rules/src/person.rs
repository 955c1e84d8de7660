//! Who a contact is and how they can be reached.

use serde::{Deserialize, Serialize};

/// A way to reach a contact (SPEC §1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Channel {
    /// Electronic mail.
    Email,
    /// A spoken call.
    Phone,
    /// A text message to a phone number.
    Sms,
    /// A letter to a postal address.
    Post,
    /// A messenger tied to a phone number.
    Messaging,
    /// Face to face; needs no address.
    InPerson,
}

impl Channel {
    /// Every channel, in the order in which people see them.
    pub const ALL: [Self; 6] = [Self::Email, Self::Phone, Self::Sms, Self::Post, Self::Messaging, Self::InPerson];
}

/// Whether a contact is a data subject or an organisation (SPEC §1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// The data subject.
    Person,
    /// A row without a personal name.
    Organisation,
}
