//! Fields of a contact: how sensitive each is and where a value came from.

use crate::codes::codes;

codes! {
    /// How much harm a field's disclosure could do; ordered, so that a ceiling can be compared with it.
    pub enum Sensitivity {
        /// Not a personal field.
        None = "none",
        /// A personal field of everyday use.
        Low = "low",
        /// A personal field that goes out only where the owner said so.
        High = "high",
    }
}

codes! {
    /// What a field holds.
    pub enum Holds {
        /// Any text.
        Text = "text",
        /// A day of a year.
        Date = "date",
        /// A number.
        Number = "number",
        /// One of a few texts that the owner named.
        Choice = "choice",
    }
}

codes! {
    /// Where a field's value came from; decides what portability covers (Art. 20, LAW §4).
    pub enum Provenance {
        /// Typed or told by the person.
        Provided = "provided",
        /// Seen by the business while serving the person.
        Observed = "observed",
        /// Concluded from other data.
        Derived = "derived",
        /// Came from somebody else.
        ThirdParty = "third_party",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_read_back() {
        for sensitivity in Sensitivity::ALL {
            assert_eq!(Sensitivity::parse(sensitivity.as_str()), Some(*sensitivity));
        }
        for provenance in Provenance::ALL {
            assert_eq!(Provenance::parse(provenance.as_str()), Some(*provenance));
        }
        for holds in Holds::ALL {
            assert_eq!(Holds::parse(holds.as_str()), Some(*holds));
        }
        assert_eq!((Sensitivity::parse("medium"), Provenance::parse("")), (None, None));
    }

    #[test]
    fn sensitivities_rise() {
        assert!(Sensitivity::ALL.is_sorted());
    }
}
