//! Letters: what a business writes to a person about that person's rights, in their language, from texts that the owner may
//! change.

mod access;
mod ask;
mod code;
mod compose;
mod filling;
mod form;
mod made;
mod mail;
mod processing;
mod stored;
mod template;
mod tried;
pub(super) mod words;

pub(super) use access::Annex;
pub use ask::{Told, told_by};
pub(super) use code::keep_code;
pub(super) use compose::{Composed, Shell, composed};
pub use compose::{Previewed, Wanted, paper, preview};
pub(super) use filling::authority;
pub(super) use form::{FORM_FILES, Row, rows};
pub(super) use made::Printed;
pub use made::{Kit, Made, make};
pub(crate) use mail::{Own, mail_text};
pub use processing::{ActivityShown, RecipientsShown, RecordShown, Recorded, register, register_shown};
pub use stored::{LanguageListed, LetterListed, LetterShown, PlaceShown, letter, letter_set, letters};

pub use tried::{Tried, try_text};

use template::Place;

use crate::problem::{Problem, Result};

macro_rules! letters {
    ($($(#[$doc:meta])* $name:ident = $code:literal needs [$($need:literal),*],)+) => {
        /// A letter or paper that the owner can word.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Letter { $($(#[$doc])* $name,)+ }

        impl Letter {
            /// Every letter.
            pub const ALL: &[Self] = &[$(Self::$name,)+];

            /// The name that programs know it by.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$name => $code,)+ }
            }

            /// The letter of this name.
            #[must_use]
            pub fn parse(text: &str) -> Option<Self> {
                match text { $($code => Some(Self::$name),)+ _ => None }
            }

            /// What its text must hold, whoever writes it: without these it would not be what the law asks for.
            fn needs(self) -> &'static [&'static str] {
                match self { $(Self::$name => &[$($need),*],)+ }
            }

            /// The text that comes with the application.
            fn default_text(self, language: &str) -> &'static str {
                match (self, language) {
                    $((Self::$name, "nl") => include_str!(concat!("../letters/nl/", $code, ".txt")),
                      (Self::$name, "fr") => include_str!(concat!("../letters/fr/", $code, ".txt")),
                      (Self::$name, "de") => include_str!(concat!("../letters/de/", $code, ".txt")),
                      (Self::$name, _) => include_str!(concat!("../letters/en/", $code, ".txt")),)+
                }
            }
        }
    };
}

letters! {
    /// What is held of somebody, and all that Art. 15(1) lists.
    Access = "access" needs ["categories", "purposes", "sources", "recipients", "authority", "data"],
    /// A request was granted.
    Answer = "answer" needs ["received", "right"],
    /// A request was refused: why, to whom to complain, and the way to court (Art. 12(4)).
    Refusal = "refusal" needs ["reason", "authority", "court"],
    /// More time is taken: why, and until when (Art. 12(3)).
    Extension = "extension" needs ["reason", "due"],
    /// Is it really them (Art. 12(6))?
    Identity = "identity" needs ["reason"],
    /// A form to correct what is held (Art. 16).
    Rectification = "rectification" needs ["form"],
    /// Somebody's data is on lock (Art. 18).
    Restriction = "restriction" needs ["received", "since"],
    /// What came of an objection: where it was weighed, why (Art. 21).
    Objection = "objection" needs ["received"],
    /// Every yes was taken back (Art. 7(3)).
    Withdrawal = "withdrawal" needs ["received"],
    /// Nothing is held of whoever asked.
    Nothing = "nothing" needs ["received", "right"],
    /// A lock will be lifted (Art. 18(3)).
    RestrictionLifted = "restriction_lifted" needs ["reason"],
    /// Their data is gone, but for keyed hashes (Art. 17).
    Erased = "erased" needs ["erased_on"],
    /// Who was told of a change (Art. 19).
    RecipientsTold = "recipients_told" needs ["recipients"],
    /// May we? With a form to answer on paper (Art. 7, 13).
    Consent = "consent" needs ["wording", "choices", "contact", "authority"],
    /// The Emergency Kit: what opens the vault when nothing else does.
    Kit = "kit" needs ["recovery_code"],
    /// The record of processing (Art. 30).
    Processing = "processing" needs ["controller", "activities", "recipients"],
    /// A mail that asks: may we? With an answer to choose.
    MailAsk = "mail_ask" needs ["wording", "answers"],
    /// A mail that tells that data is held (Art. 14).
    MailInform = "mail_inform" needs ["notice"],
    /// A mail with which a letter about a request goes.
    MailAnswer = "mail_answer" needs ["locked"],
}

/// Languages that letters are written in.
pub(super) const LANGUAGES: [&str; 4] = ["nl", "fr", "de", "en"];

/// Places of every letter, within a text.
const COMMON: [&str; 7] = ["authority", "business", "contact", "court", "date", "name", "salutation"];

impl Letter {
    /// The letter of this name, as somebody gave it.
    ///
    /// # Errors
    /// [`crate::Code::NotFound`].
    pub fn named(given: &str) -> Result<Self> {
        Self::parse(given).ok_or_else(|| Problem::not_found("letter", given))
    }

    /// Whether it goes as a mail, not on paper.
    #[must_use]
    pub fn is_mail(self) -> bool {
        matches!(self, Self::MailAsk | Self::MailInform | Self::MailAnswer)
    }

    /// The places that its text may have.
    fn places(self) -> Vec<Place> {
        let within = |name| Place { name, alone: false, optional: false };
        let alone = |name| Place { name, alone: true, optional: false };
        let request = || ["received", "right", "due"].map(within).to_vec();
        let may_be_silent =
            [Self::Answer, Self::Restriction, Self::Objection, Self::Withdrawal, Self::Nothing].contains(&self);
        let reason = Place { name: "reason", alone: false, optional: may_be_silent };
        let own = match self {
            Self::Access => ["categories", "purposes", "sources", "recipients", "data"].map(alone).to_vec(),
            Self::Answer
            | Self::Refusal
            | Self::Extension
            | Self::Identity
            | Self::Objection
            | Self::Withdrawal
            | Self::Nothing => [request(), vec![reason]].concat(),
            Self::Restriction => [request(), vec![within("since"), reason]].concat(),
            Self::Rectification => ["form", "signature", "code"].map(alone).to_vec(),
            Self::RestrictionLifted => vec![within("since"), reason],
            Self::Erased => vec![within("erased_on"), alone("recipients")],
            Self::RecipientsTold => vec![alone("recipients")],
            Self::Consent => {
                let parts = ["wording", "choices", "signature", "code"].map(alone);
                [&parts[..], &["purpose", "retention"].map(within)].concat()
            }
            Self::Kit => {
                return [&["recovery_code", "qr", "vault"].map(alone)[..], &["business", "date"].map(within)].concat();
            }
            Self::MailAsk => [["wording", "answers"].map(alone).to_vec(), vec![within("purpose")]].concat(),
            Self::MailInform => vec![alone("notice")],
            Self::MailAnswer => {
                let locked = Place { name: "locked", alone: true, optional: true };
                [request(), vec![within("subject"), locked]].concat()
            }
            Self::Processing => {
                let parts = ["controller", "activities", "recipients"].map(alone);
                return [&parts[..], &["business", "date"].map(within)].concat();
            }
        };
        [own, COMMON.map(within).to_vec()].concat()
    }
}

#[cfg(test)]
mod tests;
