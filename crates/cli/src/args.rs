//! What can be typed.

use std::path::PathBuf;

use clap::builder::{OsStringValueParser, TypedValueParser};
use clap::error::ErrorKind;
use clap::parser::ValueSource;
use clap::{CommandFactory, FromArgMatches, Parser, Subcommand};

use crate::commands::{
    audit, backup, blocked, breach, connection, consent, contact, deadline, doctor, dossier, erase, export, field,
    import, letter, mail, may, objection, proof, purpose, queue, rectify, register, request, restrict, retention,
    vault,
};

/// Know, prove and respect what each person agreed to.
#[derive(Debug, Parser)]
#[command(name = "akkoord-cli", version, propagate_version = true, max_term_width = 100)]
pub(crate) struct Args {
    /// The folder of the vault.
    #[arg(long, global = true, env = "AKKOORD_PROFILE", value_name = "DIR", hide_env_values = true, value_parser = path())]
    pub(crate) profile: Option<PathBuf>,
    /// A file with the passphrase on its first line.
    #[arg(long, global = true, env = "AKKOORD_PASSPHRASE_FILE", value_name = "FILE", hide_env_values = true, value_parser = path())]
    pub(crate) passphrase_file: Option<PathBuf>,
    /// One JSON document on standard output and nothing else.
    #[arg(long, global = true)]
    pub(crate) json: bool,
    /// Do it without asking.
    #[arg(long, global = true)]
    pub(crate) yes: bool,
    /// Wait this many seconds for another program that writes the vault.
    #[arg(long, global = true, value_name = "SECONDS")]
    pub(crate) wait: Option<u64>,
    #[command(subcommand)]
    pub(crate) command: Command,
}

impl Args {
    /// What was typed. An empty variable in the environment says nothing; an empty folder that somebody typed is a mistake, and
    /// must not mean the default one.
    pub(crate) fn from_terminal() -> Result<Self, clap::Error> {
        let matches = Self::command().try_get_matches()?;
        for name in ["profile", "passphrase_file"] {
            let typed = matches.value_source(name) == Some(ValueSource::CommandLine);
            let empty = matches.get_one::<PathBuf>(name).is_some_and(|path| path.as_os_str().is_empty());
            if typed && empty {
                let message = format!("--{} was given without a name", name.replace('_', "-"));
                return Err(Self::command().error(ErrorKind::InvalidValue, message));
            }
        }
        Self::from_arg_matches(&matches)
    }
}

/// A path that may be empty: an empty variable in the environment says nothing.
fn path() -> impl TypedValueParser<Value = PathBuf> {
    OsStringValueParser::new().map(PathBuf::from)
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// The vault and its keys.
    #[command(subcommand)]
    Vault(vault::Command),
    /// Import contacts from a file.
    #[command(after_help = "Example:\n  akkoord-cli import contacts.csv --rejected-to rejected.csv")]
    Import(Box<import::Import>),
    /// People and organisations.
    #[command(subcommand)]
    Contact(contact::Command),
    /// People whose data did not come from themselves, and who must be told of it.
    #[command(subcommand)]
    InformationQueue(queue::Command),
    /// The fields of a contact and how sensitive each is.
    #[command(subcommand)]
    Field(field::Command),
    /// What people asked, and until when it must be answered.
    #[command(subcommand)]
    Request(request::Command),
    /// Put a person's data into files for them.
    #[command(subcommand)]
    Export(export::Command),
    /// Letters to people about their rights: their texts, and making them as PDF.
    #[command(subcommand)]
    Letter(letter::Command),
    /// Compare a form for corrections that came back with what is held, and accept what is right (Art. 16).
    #[command(
        after_help = "Examples:\n  akkoord-cli rectify an@example.be --from form.csv\n  akkoord-cli rectify an@example.be --from form.csv --accept family --accept email"
    )]
    Rectify(rectify::Rectify),
    /// Registers that the law asks for.
    #[command(subcommand)]
    Register(register::Command),
    /// When something is due by law, and why on that day. Needs no vault.
    #[command(after_help = "Example:\n  akkoord-cli deadline --country BE --received 2026-01-31 --rule one_month")]
    Deadline(deadline::Deadline),
    /// Why data is used, and the texts that people agree to.
    #[command(subcommand)]
    Purpose(purpose::Command),
    /// Who outside receives data, what goes to them, and what stays.
    #[command(subcommand)]
    Connection(connection::Command),
    /// What people answered.
    #[command(subcommand)]
    Consent(consent::Command),
    /// Mails to people: the account, what waits, and what became of it.
    #[command(subcommand)]
    Mail(mail::Command),
    /// Files that show that something happened.
    #[command(subcommand)]
    Proof(proof::Command),
    /// Objections, to one purpose or to all marketing.
    #[command(subcommand)]
    Objection(objection::Command),
    /// Put a contact on lock: stored, nothing else.
    #[command(
        after_help = "Example:\n  akkoord-cli restrict an@example.be --reason \"Says that the address is wrong\""
    )]
    Restrict(restrict::Restrict),
    /// Lift a contact's lock.
    #[command(
        after_help = "Example:\n  akkoord-cli unrestrict an@example.be --reason \"The address was right\" --told 2026-03-05"
    )]
    Unrestrict(restrict::Unrestrict),
    /// Erase a contact: at once, or when a duty to keep it ends.
    #[command(
        after_help = "Examples:\n  akkoord-cli erase an@example.be --request 0198f0c2-0000-7000-8000-000000000000\n  akkoord-cli erase an@example.be --reason \"Moved away\" --hold-until 2033-12-31 --hold-reason \"Invoices, 7 years\""
    )]
    Erase(erase::Erase),
    /// Erasures that wait, and the certificates of those that were done.
    #[command(subcommand)]
    Erasure(erase::Command),
    /// Whoever was erased does not come in again, unless they want to.
    #[command(subcommand)]
    Blocked(blocked::Command),
    /// Who may go: people whose every reason to be kept has ended.
    #[command(subcommand)]
    Retention(retention::Command),
    /// May I contact this person, for this purpose, on this channel? Exit 3 when not.
    #[command(after_help = "Example:\n  akkoord-cli may an@example.be --purpose newsletter --channel email")]
    May(may::May),
    /// The audit log.
    #[command(subcommand)]
    Audit(audit::Command),
    /// Backups: make one, look it over, make a vault of it again.
    #[command(subcommand)]
    Backup(backup::Command),
    /// Proof dossiers: signed, and verified without a vault.
    #[command(subcommand)]
    Dossier(dossier::Command),
    /// The register of breaches, with the 72 hours of Art. 33.
    #[command(subcommand)]
    Breach(breach::Command),
    /// Look everything over and say what to do.
    #[command(after_help = "Example:\n  akkoord-cli doctor")]
    Doctor(doctor::Doctor),
    /// Print completions for a shell.
    #[command(after_help = "Example:\n  akkoord-cli completions bash > /etc/bash_completion.d/akkoord-cli")]
    Completions {
        /// The shell.
        shell: clap_complete::Shell,
    },
    /// Print the manual page.
    #[command(after_help = "Example:\n  akkoord-cli man > akkoord-cli.1")]
    Man {
        /// Write one page for each command into this folder too.
        #[arg(long, value_name = "FOLDER")]
        folder: Option<std::path::PathBuf>,
    },
}
