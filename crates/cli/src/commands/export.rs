//! `akkoord-cli export …`

use std::path::{Path, PathBuf};

use akkoord_office::clock;
use akkoord_office::key::Passphrase;
use akkoord_office::papers::{self, For, Written};
use akkoord_office::problem::Result;
use akkoord_press::Typst;
use clap::{Subcommand, ValueEnum};

use crate::open::Door;
use crate::output::Outcome;
use crate::text::{counted, plain};

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// One person's data, for that person.
    #[command(
        after_help = "Example:\n  akkoord-cli export contact an@example.be --for portability --to an.zip --password-file password.txt"
    )]
    Contact {
        /// Its id or e-mail address.
        contact: String,
        /// The right that it answers: access (Art. 15), rectification (Art. 16) or portability (Art. 20).
        #[arg(long = "for")]
        right: Right,
        /// The ZIP to write; one that is there already is replaced.
        #[arg(long, value_name = "FILE")]
        to: PathBuf,
        /// A file with the password on its first line: the ZIP is encrypted with it (AES-256).
        #[arg(long, value_name = "FILE")]
        password_file: Option<PathBuf>,
    },
    /// Everything in the vault, as CSV, JSON, cards and files in one folder. NOT encrypted.
    #[command(after_help = "Example:\n  akkoord-cli export all --to everything --yes")]
    All {
        /// A new or empty folder.
        #[arg(long, value_name = "DIR")]
        to: PathBuf,
    },
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum Right {
    Access,
    Portability,
    Rectification,
}

impl From<Right> for For<'static> {
    fn from(right: Right) -> Self {
        match right {
            Right::Access => Self::Access(&Typst),
            Right::Portability => Self::Portability,
            Right::Rectification => Self::Rectification(&Typst),
        }
    }
}

pub(crate) fn run(command: Command, door: &Door) -> Result<Outcome> {
    match command {
        Command::Contact { contact, right, to, password_file } => {
            one(door, &contact, right, &to, password_file.as_deref())
        }
        Command::All { to } => all(door, &to),
    }
}

fn all(door: &Door, to: &Path) -> Result<Outcome> {
    let left = papers::export_all(&mut door.write()?, to, clock::now())?.output;
    let text = format!(
        "Written to {}: {}, {} and {} in all. It is NOT encrypted: keep it as you keep your books, and erase it when it is no longer needed.",
        plain(&left.folder),
        counted(left.contacts, "card", "cards"),
        counted(left.proofs, "proof file", "proof files"),
        counted(left.files, "file", "files"),
    );
    Ok(Outcome::new(left, text))
}

fn one(door: &Door, contact: &str, right: Right, to: &Path, password_file: Option<&Path>) -> Result<Outcome> {
    let password = password_file.map(Passphrase::from_file).transpose()?;
    let mut vault = door.write()?;
    let exported = papers::export(&mut vault, contact, right.into(), to, password.as_ref(), clock::now())?.output;
    let line = |file: &Written| format!("  {:<14} {:>8} bytes  {}\n", file.name, file.bytes, file.sha256);
    let lines: String = exported.files.iter().map(line).collect();
    let safe = match password {
        Some(_) => "It is encrypted: give the password by another way than the file.",
        None => "It is not encrypted: hand it over in person, or make it again with --password-file.",
    };
    let text = format!("Written to {}. {safe}\n\n{lines}", plain(&to.display().to_string()));
    Ok(Outcome::new(exported, text))
}
