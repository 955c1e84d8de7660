//! `akkoord-cli objection …`

use akkoord_office::clock;
use akkoord_office::consents::{self, NewObjection, ObjectionWarning};
use akkoord_office::problem::Result;
use akkoord_rules::consent::How;
use clap::Subcommand;
use serde_json::json;

use super::consent::hows;
use super::purpose::coded;
use crate::open::Door;
use crate::output::Outcome;

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Record that a person objects to a purpose or, without one, to all marketing. It counts at once.
    #[command(after_help = "Example:\n  akkoord-cli objection record an@example.be --how phone")]
    Record {
        /// The contact's id or e-mail address.
        contact: String,
        /// The purpose's key; all marketing unless given.
        #[arg(long, value_name = "KEY")]
        purpose: Option<String>,
        /// The way it came.
        #[arg(long, value_parser = hows())]
        how: String,
        /// When: an instant, or a day (its noon, or after a yes of that day); now unless given.
        #[arg(long, value_name = "INSTANT")]
        on: Option<String>,
    },
    /// Lift an objection because the person asks for it.
    #[command(
        after_help = "Example:\n  akkoord-cli objection lift an@example.be --reason \"Asked for the newsletter again\""
    )]
    Lift {
        /// The contact's id or e-mail address.
        contact: String,
        /// The purpose's key; all marketing unless given.
        #[arg(long, value_name = "KEY")]
        purpose: Option<String>,
        /// Why.
        #[arg(long)]
        reason: String,
    },
}

pub(crate) fn run(command: Command, door: &Door) -> Result<Outcome> {
    let mut vault = door.write()?;
    let now = clock::now();
    match command {
        Command::Record { contact, purpose, how, on } => {
            let happened = consents::said_no(&vault, &contact, None, on.as_deref(), now)?;
            let new = NewObjection { purpose, how: coded("how", &how, How::parse)?, happened };
            let made = consents::object(&mut vault, &contact, &new, now)?.output;
            let in_vain = made.warnings.contains(&ObjectionWarning::ChangesNothing);
            let text = match new.purpose.as_deref() {
                None => "Recorded. From now on no marketing goes to them.".to_owned(),
                Some(key) if in_vain => format!(
                    "Recorded. Mind: {key} does not rest on consent or interest, and the law gives no right to object to \
                     that (Art. 21): it goes on."
                ),
                Some(key) => format!("Recorded. From now on nothing goes to them for {key}."),
            };
            Ok(Outcome::new(made, text))
        }
        Command::Lift { contact, purpose, reason } => {
            let lifted = consents::lift(&mut vault, &contact, purpose.as_deref(), &reason, now)?.output;
            Ok(Outcome::new(json!({ "lifted": lifted }), "Lifted. What they agreed to counts again."))
        }
    }
}
