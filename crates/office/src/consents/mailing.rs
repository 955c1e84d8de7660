//! Whether a mail may go to somebody: asked when it is written, and again each time before it leaves.

use akkoord_rules::person::Channel;
use chrono::NaiveDate;

use super::follow::Refused;
use super::may::{Gate, Question, Target};
use crate::people::Who;
use crate::problem::Result;
use crate::purposes::Stored;
use crate::vault::Vault;

/// What a mail is for.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Mailing<'a> {
    /// It asks for consent to this purpose.
    Asks(&'a Stored),
    /// A purpose's key: the owner's, or one that the law orders.
    For(&'a str),
}

/// Why no mail may go to somebody on that day; nothing when it may.
///
/// # Errors
/// Faults of the database.
pub(crate) fn may_not_mail(vault: &Vault, who: Who, mailing: Mailing<'_>, on: NaiveDate) -> Result<Option<Refused>> {
    match mailing {
        Mailing::Asks(purpose) => Refused::by(&Gate::asking(vault, purpose, Channel::Email, on)?, who),
        Mailing::For(purpose) => {
            let question = Question { purpose: purpose.to_owned(), target: Target::Channel(Channel::Email), on };
            Refused::by(&Gate::of(vault, &question)?, who)
        }
    }
}
