//! `akkoord-cli register …`

use std::path::{Path, PathBuf};

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
    /// Write the register of breaches (Art. 33(5)) into a file: a paper for .pdf, a table for .csv.
    #[command(after_help = "Example:\n  akkoord-cli register breaches --to breaches.csv")]
    Breaches {
        /// The file to write; one that is there already is replaced.
        #[arg(long, value_name = "FILE")]
        to: PathBuf,
    },
}

pub(crate) fn run(command: Command, door: &Door) -> Result<Outcome> {
    let mut vault = door.write()?;
    let said = |to: &Path, what: &str| format!("Written to {}: {what}.\n", plain(&to.display().to_string()));
    match command {
        Command::Processing { to } => {
            let written = papers::register(&mut vault, &Typst, &to, clock::now())?.output;
            let text = said(&to, &counted(written.activities, "purpose", "purposes"));
            Ok(Outcome::new(written, text))
        }
        Command::Breaches { to } => {
            let written = papers::breach_register(&mut vault, &Typst, &to, clock::now())?.output;
            let text = said(&to, &counted(written.breaches, "breach", "breaches"));
            Ok(Outcome::new(written, text))
        }
    }
}
