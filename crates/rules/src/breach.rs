//! What a breach of personal data obliges to (Art. 33 and 34): pure.

use crate::codes::codes;

codes! {
    /// How likely it is that the people concerned come to harm.
    #[serde(rename = "BreachRisk")]
    pub enum Risk {
        /// A risk is unlikely.
        Unlikely = "unlikely",
        /// There is a risk.
        Some = "some",
        /// The risk is high.
        High = "high",
    }
}

codes! {
    /// Who is told of a breach.
    #[serde(rename = "BreachTold")]
    pub enum Told {
        /// The supervisory authority, within 72 hours (Art. 33(1)).
        Authority = "authority",
        /// The persons concerned, without undue delay (Art. 34(1)).
        Persons = "persons",
    }
}

impl Told {
    /// Whether the law wants them told: the authority unless a risk is unlikely; the persons where it is high, unless nobody
    /// could read the data (Art. 34(3)(a)). The register is kept in every case (Art. 33(5)).
    #[must_use]
    pub fn is_owed(self, risk: Risk, encrypted: bool) -> bool {
        match self {
            Self::Authority => risk != Risk::Unlikely,
            Self::Persons => risk == Risk::High && !encrypted,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_has_to_be_told() {
        let owed = |risk, encrypted| Told::ALL.iter().map(|told| told.is_owed(risk, encrypted)).collect::<Vec<_>>();
        assert_eq!(owed(Risk::Unlikely, false), [false, false]);
        assert_eq!(owed(Risk::Unlikely, true), [false, false]);
        assert_eq!(owed(Risk::Some, false), [true, false]);
        assert_eq!(owed(Risk::Some, true), [true, false]);
        assert_eq!(owed(Risk::High, false), [true, true]);
        assert_eq!(owed(Risk::High, true), [true, false]);
    }
}
