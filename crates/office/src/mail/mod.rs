//! Mail that goes out: the business's own account, letters to one person, and the outbox in which each waits until a server has
//! taken it, once (SPEC §11).
//!
//! Whatever goes has passed the gate twice: when it was written, and when it left.

mod account;
mod letter;
mod message;
mod outbox;
mod post;
mod server;
mod trial;
mod words;
mod write;

use rusqlite::Connection;
use serde::Serialize;

use crate::problem::Result;
use crate::vault::{Fault, Rows, mail};

pub use account::{Account, NewAccount, Security, account, account_set};
pub use letter::{Letter, Part};
pub use message::FILES_MAX;
pub use outbox::{MailShown, about, again, arrived, outbox, put_away, shown, stuck};
pub(crate) use outbox::{message, to};
pub use post::{Lender, Round, due, run};
pub use trial::{Tried, try_account};
pub use write::{NewMail, Preview, Template, preview, write};
pub(crate) use write::{asking, write_with};

/// Where a mail stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum MailState {
    /// It goes when its time comes.
    Waiting,
    /// It is on the line.
    HandingOver,
    /// The line broke, or the computer stopped, while it was on the line: nobody knows whether the server took it.
    Doubtful,
    /// The server took it.
    Sent,
    /// The server will not take it.
    Refused,
    /// The gate does not let it out any more.
    Stopped,
    /// The owner does not want it sent.
    PutAway,
}

impl MailState {
    /// Every state.
    pub const ALL: [Self; 7] =
        [Self::Waiting, Self::HandingOver, Self::Doubtful, Self::Sent, Self::Refused, Self::Stopped, Self::PutAway];

    /// The stable code.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::HandingOver => "handing_over",
            Self::Doubtful => "doubtful",
            Self::Sent => "sent",
            Self::Refused => "refused",
            Self::Stopped => "stopped",
            Self::PutAway => "put_away",
        }
    }

    /// The state of this code.
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == code)
    }
}

/// Leaves every mail that waits in doubt: in the vault that a backup was made of it may have gone since.
///
/// # Errors
/// Faults of the database.
pub(crate) fn doubt_all(rows: &mut Rows<'_>) -> Result<()> {
    let code = "restored";
    for waiting in mail::on_their_way(rows)? {
        let fate = mail::Fate { code, settled_at: Some(rows.at), ..mail::Fate::default() };
        post::put(rows, &waiting, MailState::Doubtful, &fate)?;
    }
    Ok(())
}

/// The first mail that is not as it was sealed.
///
/// # Errors
/// Faults of the database.
pub(crate) fn changed(conn: &Connection) -> Result<Option<Fault>> {
    Ok(mail::changed(conn)?.map(|seq| Fault { seq, code: "mail_changed" }))
}
