//! Who a contact is and how they can be reached.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::codes::codes;

codes! {
    /// A way to reach a contact (SPEC §1), in the order in which people see them.
    #[serde(rename = "ContactChannel")]
    pub enum Channel {
        /// Electronic mail.
        Email = "email",
        /// A spoken call.
        Phone = "phone",
        /// A text message to a phone number.
        Sms = "sms",
        /// A letter to a postal address.
        Post = "post",
        /// A messenger tied to a phone number.
        Messaging = "messaging",
        /// Face to face; needs no address.
        InPerson = "in_person",
    }
}

impl Channel {
    const fn bit(self) -> u8 {
        1 << self as u8
    }
}

/// A set of channels in one byte; in JSON a list of codes in the order of [`Channel::ALL`].
#[derive(Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(from = "Vec<Channel>", into = "Vec<Channel>")]
pub struct ChannelSet(u8);

impl ChannelSet {
    /// No channel.
    pub const NONE: Self = Self(0);
    /// Every channel.
    pub const ALL: Self = Self((1 << Channel::ALL.len()) - 1);

    /// The channels on which somebody with these kinds of address can be reached; face to face needs none.
    #[must_use]
    pub const fn reachable(email: bool, phone: bool, post: bool) -> Self {
        let mut bits = Channel::InPerson.bit();
        if email {
            bits |= Channel::Email.bit();
        }
        if phone {
            bits |= Channel::Phone.bit() | Channel::Sms.bit() | Channel::Messaging.bit();
        }
        if post {
            bits |= Channel::Post.bit();
        }
        Self(bits)
    }

    /// Whether the channel is in the set.
    #[must_use]
    pub const fn contains(self, channel: Channel) -> bool {
        self.0 & channel.bit() != 0
    }

    /// This set and one more channel.
    #[must_use]
    pub const fn with(self, channel: Channel) -> Self {
        Self(self.0 | channel.bit())
    }

    /// The channels that are in both.
    #[must_use]
    pub const fn both(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    /// Whether there is no channel in it.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The channels, in the order of [`Channel::ALL`].
    pub fn iter(self) -> impl Iterator<Item = Channel> {
        Channel::ALL.iter().copied().filter(move |channel| self.contains(*channel))
    }

    /// The set as one byte, for storing; the bits follow [`Channel::ALL`].
    #[must_use]
    pub const fn bits(self) -> u8 {
        self.0
    }

    /// The set of a stored byte; bits of no channel are dropped.
    #[must_use]
    pub const fn from_bits(bits: u8) -> Self {
        Self(bits & Self::ALL.0)
    }
}

impl FromIterator<Channel> for ChannelSet {
    fn from_iter<I: IntoIterator<Item = Channel>>(channels: I) -> Self {
        channels.into_iter().fold(Self::NONE, Self::with)
    }
}

impl From<Vec<Channel>> for ChannelSet {
    fn from(channels: Vec<Channel>) -> Self {
        channels.into_iter().collect()
    }
}

impl From<ChannelSet> for Vec<Channel> {
    fn from(set: ChannelSet) -> Self {
        set.iter().collect()
    }
}

impl fmt::Debug for ChannelSet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.iter()).finish()
    }
}

codes! {
    /// Whether a contact is a data subject or an organisation (SPEC §1).
    #[serde(rename = "ContactKind")]
    pub enum Kind {
        /// The data subject.
        Person = "person",
        /// A row without a personal name.
        Organisation = "organisation",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_holds_what_was_put_in() {
        for bits in 0..=ChannelSet::ALL.bits() {
            let set = ChannelSet::from_bits(bits);
            assert_eq!(set.iter().collect::<ChannelSet>(), set);
            assert_eq!(ChannelSet::from(Vec::from(set)), set);
            assert_eq!(set.is_empty(), set.iter().next().is_none());
        }
        assert_eq!(ChannelSet::NONE.with(Channel::Post).with(Channel::Post), ChannelSet::NONE.with(Channel::Post));
        assert_eq!(format!("{:?}", ChannelSet::NONE.with(Channel::Sms)), "{Sms}");
    }

    /// The vault holds sets as bytes, for ever.
    #[test]
    fn a_stored_byte_has_one_bit_for_each_channel_in_their_order() {
        let bytes = Channel::ALL.iter().map(|channel| ChannelSet::NONE.with(*channel).bits()).collect::<Vec<_>>();
        assert_eq!(bytes, [1, 2, 4, 8, 16, 32]);
        assert_eq!(ChannelSet::ALL.bits(), 0b11_1111);
        for byte in 0..=u8::MAX {
            assert_eq!(ChannelSet::from_bits(byte).bits(), byte & 0b11_1111);
        }
    }

    #[test]
    fn a_set_keeps_what_both_hold() {
        let written = ChannelSet::NONE.with(Channel::Email).with(Channel::Post);
        let reachable = ChannelSet::reachable(true, true, false);
        assert_eq!(written.both(reachable).iter().collect::<Vec<_>>(), [Channel::Email]);
    }

    #[test]
    fn codes_read_back() {
        for channel in Channel::ALL {
            assert_eq!(Channel::parse(channel.as_str()), Some(*channel));
        }
        assert_eq!(Channel::parse("fax"), None);
    }

    #[test]
    fn a_phone_number_serves_three_channels_and_a_visit_needs_nothing() {
        let names = |set: ChannelSet| set.iter().map(Channel::as_str).collect::<Vec<_>>().join(" ");
        assert_eq!(names(ChannelSet::reachable(false, false, false)), "in_person");
        assert_eq!(names(ChannelSet::reachable(true, false, false)), "email in_person");
        assert_eq!(names(ChannelSet::reachable(false, true, false)), "phone sms messaging in_person");
        assert_eq!(names(ChannelSet::reachable(false, false, true)), "post in_person");
    }
}
