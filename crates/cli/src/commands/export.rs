//! `akkoord-cli export …`

use std::path::PathBuf;

use akkoord_office::clock;
use akkoord_office::key::Passphrase;
use akkoord_office::papers::{self, For, Written};
use akkoord_office::problem::Result;
use clap::{Subcommand, ValueEnum};

use crate::open::Door;
use crate::output::Outcome;
use crate::text::plain;

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// One person's data, for that person.
    #[command(
        after_help = "Example:\n  akkoord-cli export contact an@example.be --for portability --to an.zip --password-file password.txt"
    )]
    Contact {
        /// Its id or e-mail address.
        contact: String,
        /// The right that it answers; this version makes the files for portability (Art. 20) only.
        #[arg(long = "for")]
        right: Right,
        /// The ZIP to write; one that is there already is replaced.
        #[arg(long, value_name = "FILE")]
        to: PathBuf,
        /// A file with the password on its first line: the ZIP is encrypted with it (AES-256).
        #[arg(long, value_name = "FILE")]
        password_file: Option<PathBuf>,
    },
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum Right {
    Access,
    Portability,
    Rectification,
}

impl From<Right> for For {
    fn from(right: Right) -> Self {
        match right {
            Right::Access => Self::Access,
            Right::Portability => Self::Portability,
            Right::Rectification => Self::Rectification,
        }
    }
}

pub(crate) fn run(command: Command, door: &Door) -> Result<Outcome> {
    let Command::Contact { contact, right, to, password_file } = command;
    let password = password_file.as_deref().map(Passphrase::from_file).transpose()?;
    let mut vault = door.write()?;
    let exported = papers::export(&mut vault, &contact, right.into(), &to, password.as_ref(), clock::now())?.output;
    let line = |file: &Written| format!("  {:<14} {:>8} bytes  {}\n", file.name, file.bytes, file.sha256);
    let lines: String = exported.files.iter().map(line).collect();
    let safe = match password {
        Some(_) => "It is encrypted: give the password by another way than the file.",
        None => "It is not encrypted: hand it over in person, or make it again with --password-file.",
    };
    let text = format!("Written to {}. {safe}\n\n{lines}", plain(&to.display().to_string()));
    Ok(Outcome::new(exported, text))
}
