//! `akkoord-cli proof …`

use std::path::PathBuf;

use akkoord_office::clock;
use akkoord_office::consents;
use akkoord_office::problem::Result;
use clap::Subcommand;
use serde_json::json;
use uuid::Uuid;

use crate::open::Door;
use crate::output::Outcome;
use crate::text::size;

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Save a proof file outside the vault. That it was taken out is on the audit log.
    #[command(after_help = "Example:\n  akkoord-cli proof export 0198f0c2-0000-7000-8000-000000000000 --to call.ogg")]
    Export {
        /// The proof's id.
        proof: Uuid,
        /// The file to write; one that is there already is replaced.
        #[arg(long, value_name = "FILE")]
        to: PathBuf,
    },
}

pub(crate) fn run(command: Command, door: &Door) -> Result<Outcome> {
    match command {
        Command::Export { proof, to } => {
            let saved = consents::export(&mut door.write()?, proof, &to, clock::now())?.output;
            let text =
                format!("Saved {} ({}), as it came in. Anybody can read it there.", to.display(), size(saved.bytes));
            let json = json!({ "id": saved.id, "file": to, "sha256": saved.sha256, "bytes": saved.bytes });
            Ok(Outcome::new(json, text))
        }
    }
}
