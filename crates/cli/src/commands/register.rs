//! `akkoord-cli register …`

use std::path::PathBuf;

use akkoord_office::clock;
use akkoord_office::papers;
use akkoord_office::problem::Result;
use akkoord_press::Typst;
use clap::Subcommand;

use crate::open::Door;
use crate::output::Outcome;
use crate::text::{counted, plain};

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Write the record of processing (Art. 30) into a file: a paper for .pdf, a table for .csv.
    #[command(after_help = "Example:\n  akkoord-cli register processing --to register.pdf")]
    Processing {
        /// The file to write; one that is there already is replaced.
        #[arg(long, value_name = "FILE")]
        to: PathBuf,
    },
}

pub(crate) fn run(command: Command, door: &Door) -> Result<Outcome> {
    let Command::Processing { to } = command;
    let written = papers::register(&mut door.write()?, &Typst, &to, clock::now())?.output;
    let purposes = counted(u32::try_from(written.activities).unwrap_or(u32::MAX), "purpose", "purposes");
    let text = format!("Written to {}: {purposes}.\n", plain(&to.display().to_string()));
    Ok(Outcome::new(written, text))
}
