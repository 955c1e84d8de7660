//! Requests of data subjects (Art. 15-22, and 7(3)): who asked what, until when it must be answered, and what was done.
//!
//! What may happen next and when something is due is decided by `rules::request`; here it is written down and shown.

mod calendar;
mod check;
mod deadline;
mod erased;
mod letter;
mod list;
mod open;
mod recipients;
mod reminders;
mod show;
mod standing;
mod step;

pub use calendar::{Calendar, calendar};
pub(crate) use check::changed;
pub(crate) use deadline::country;
pub use deadline::{Explained, StepShown, deadline};
pub(crate) use erased::{Behind, behind, forget, fulfil, id_of, rows_of, state_of};
pub(crate) use letter::keep_letter;
pub use list::{Filter, List, Listed, list};
pub(crate) use list::{due, of_contact};
pub use open::{Asker, NewRequest, Opened, open};
pub use recipients::{NewOutcome, Outcome, Recipient, RecipientTold, recipient_told, recipients};
pub use reminders::{keep_reminders, reminders};
pub(crate) use show::show_after;
pub use show::{Attachment, EventShown, Shown, show};
pub use step::{Moved, Step, step};
pub(crate) use step::{take, told};

/// The business's own target in days after receipt: "without undue delay" comes before the legal date (Art. 12(3)).
pub const OWN_TARGET_DAYS: u32 = 20;
