//! `akkoord-cli audit …`

use akkoord_office::problem::Result;
use akkoord_office::registers;
use chrono::NaiveDate;
use clap::Subcommand;
use serde_json::json;

use crate::names;
use crate::open::Door;
use crate::output::Outcome;
use crate::text::{counted, short_when, table};

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// What was done, when and through which door: ids and codes only.
    #[command(after_help = "Example:\n  akkoord-cli audit list --since 2026-03-01")]
    List {
        /// Only what names this contact: its id or e-mail address.
        #[arg(long)]
        contact: Option<String>,
        /// Only from this day on.
        #[arg(long)]
        since: Option<NaiveDate>,
    },
    /// Find any change, insertion, removal or truncation. Exit 3 when there is one.
    #[command(after_help = "Example:\n  akkoord-cli audit verify --json")]
    Verify {
        /// A head that stood in a backup, dossier or certificate: it must be in the chain.
        #[arg(long)]
        head: Option<String>,
    },
}

pub(crate) fn run(command: Command, door: &Door) -> Result<Outcome> {
    match command {
        Command::List { contact, since } => {
            let vault = door.read()?;
            let entries = registers::audit(&vault, contact.as_deref(), since)?;
            let rows: Vec<Vec<String>> = entries
                .iter()
                .map(|entry| {
                    let subject = entry.subject.map(|id| id.to_string()).unwrap_or_default();
                    vec![
                        entry.seq.to_string(),
                        short_when(&entry.at, vault.business()),
                        entry.actor.clone(),
                        names::act(&entry.act),
                        subject,
                    ]
                })
                .collect();
            let text = table(&["No", "When", "Door", "What", "About"], &rows);
            Ok(Outcome::new(json!({ "entries": entries }), text))
        }
        Command::Verify { head } => {
            let verified = door.read()?.verify(head.as_deref())?;
            let text = match &verified.first_fault {
                None => format!(
                    "The audit log holds: {}.\nHead  {}",
                    counted(verified.entries, "entry", "entries"),
                    verified.head
                ),
                Some(fault) => format!(
                    "The audit log does not hold from entry {} on: somebody changed it, or the file is damaged ({}).\n\
                     Keep this file as it is and restore the newest backup beside it.",
                    fault.seq, fault.code
                ),
            };
            let exit = if verified.ok { 0 } else { 3 };
            Ok(Outcome::new(verified, text).with_exit(exit))
        }
    }
}
