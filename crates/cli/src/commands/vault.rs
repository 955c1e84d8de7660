//! `akkoord-cli vault …`

use std::path::{Path, PathBuf};

use akkoord_office::clock;
use akkoord_office::key::{Passphrase, RecoveryCode, SlotKind};
use akkoord_office::papers::Kit;
use akkoord_office::problem::{Problem, Result};
use akkoord_office::profile::place::{self, Place};
use akkoord_office::vault::{self, Access, Opener, Setup, Vault};
use akkoord_press::Typst;
use akkoord_rules::law::Country;
use clap::Subcommand;
use serde_json::json;

use super::business;
use crate::names;
use crate::open::{Door, desk};
use crate::output::Outcome;
use crate::text::{listed, plain, when};

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Make a vault. Asks for a passphrase in a terminal; prints the recovery code, this once.
    #[command(
        after_help = "Example:\n  akkoord-cli --passphrase-file pass.txt vault init --name \"Bakkerij Jans\" --country BE --language nl"
    )]
    Init {
        /// The business's name.
        #[arg(long)]
        name: String,
        /// Its country: BE, NL, FR, DE, LU, AT, IE, ES or IT.
        #[arg(long)]
        country: String,
        /// The language it works in.
        #[arg(long, value_parser = ["nl", "fr", "de", "en"])]
        language: String,
        /// Open with this computer's keychain.
        #[arg(long)]
        keychain: bool,
    },
    /// Show the vault at a glance: its contacts, what opens it, its size, its last backup.
    #[command(after_help = "Example:\n  akkoord-cli vault status --json")]
    Status,
    /// The passphrase that opens the vault.
    #[command(subcommand)]
    Passphrase(PassphraseCommand),
    /// This computer's keychain.
    #[command(subcommand)]
    Keychain(KeychainCommand),
    /// The Emergency Kit with the recovery code.
    #[command(subcommand)]
    Kit(KitCommand),
    /// Write the whole vault into an ordinary SQLite file that is NOT encrypted; whoever has it reads all of it.
    #[command(after_help = "Example:\n  akkoord-cli vault export-plain --to everything.sqlite --yes")]
    ExportPlain {
        /// The file to write; one that is there already is replaced.
        #[arg(long, value_name = "FILE")]
        to: PathBuf,
    },
    /// The business whose vault it is: its name, and how it is reached.
    #[command(subcommand)]
    Business(business::Command),
    /// Say that you put the vault file back to an older state yourself, so that it can be changed again.
    #[command(after_help = "Example:\n  akkoord-cli vault restored --yes")]
    Restored,
    /// Open with the recovery code; sets a new passphrase where one is given.
    #[command(
        after_help = "Example:\n  akkoord-cli vault recover --recovery-code-file code.txt --new-passphrase-file new.txt --yes"
    )]
    Recover {
        /// A file with the recovery code on its first line.
        #[arg(long)]
        recovery_code_file: PathBuf,
        /// A file with the new passphrase on its first line.
        #[arg(long)]
        new_passphrase_file: Option<PathBuf>,
    },
}

#[derive(Debug, Subcommand)]
pub(crate) enum PassphraseCommand {
    /// Set or change the passphrase that opens the vault.
    #[command(after_help = "Example:\n  akkoord-cli vault passphrase set --new-passphrase-file new.txt")]
    Set {
        /// A file with the new passphrase on its first line.
        #[arg(long)]
        new_passphrase_file: PathBuf,
    },
}

#[derive(Debug, Subcommand)]
pub(crate) enum KeychainCommand {
    /// Let this computer's keychain open the vault.
    #[command(after_help = "Example:\n  akkoord-cli vault keychain set")]
    Set,
}

#[derive(Debug, Subcommand)]
pub(crate) enum KitCommand {
    /// Make a new recovery code; the old one no longer opens this vault.
    #[command(after_help = "Example:\n  akkoord-cli vault kit new --to kit.pdf")]
    New {
        /// Write the page of the Emergency Kit into this PDF, too: it holds the code.
        #[arg(long, value_name = "FILE")]
        to: Option<PathBuf>,
    },
}

pub(crate) fn run(command: Command, door: &Door) -> Result<Outcome> {
    match command {
        Command::Init { name, country, language, keychain } => init(door, name, &country, language, keychain),
        Command::Status => status(&door.read()?),
        Command::Passphrase(PassphraseCommand::Set { new_passphrase_file }) => {
            let new = Passphrase::from_file(&new_passphrase_file)?;
            let mut vault = door.write()?;
            vault.set_passphrase(&new, clock::now())?;
            Ok(Outcome::new(
                slots(&vault),
                "The new passphrase opens the vault from now on. Backups made until now still open with the one before.",
            ))
        }
        Command::Keychain(KeychainCommand::Set) => {
            let mut vault = door.write()?;
            vault.set_keychain(clock::now())?;
            Ok(Outcome::new(slots(&vault), "This computer's keychain opens the vault from now on."))
        }
        Command::Kit(KitCommand::New { to }) => new_kit(&mut door.write()?, to.as_deref(), door.json()),
        Command::Business(command) => business::run(command, door),
        Command::Restored => restored(door),
        Command::ExportPlain { to } => export_plain(door, &to),
        Command::Recover { recovery_code_file, new_passphrase_file } => {
            recover(door, &recovery_code_file, new_passphrase_file.as_deref())
        }
    }
}

fn init(door: &Door, name: String, country: &str, language: String, keychain: bool) -> Result<Outcome> {
    let country = country.parse::<Country>().map_err(|_| Problem::invalid("country", "unknown_country"))?;
    // Before anybody is asked for a passphrase; under the lock it is looked at again.
    door.profile.vacant()?;
    let passphrase = if keychain { door.given_passphrase()? } else { door.new_passphrase()? };
    let setup = Setup { name, country, language, keychain, passphrase, ask_code: false };
    let warnings: Vec<&str> = place::warnings(door.profile.dir()).iter().map(Place::as_str).collect();
    let created = vault::create(&door.profile, setup, desk(), clock::now())?;
    let code = created.recovery_code.grouped();
    let profile = created.vault.profile().dir().display().to_string();
    let fingerprint = created.vault.fingerprint()?;
    let mut text = format!(
        "The vault is ready.\n\n  Recovery code  {}\n  Vault          {}\n  Fingerprint    {fingerprint}\n  Folder         {profile}\n\n\
         Write the recovery code down and keep it away from this computer: it opens the vault when nothing else does.\n",
        *code,
        created.vault.id(),
    );
    if !warnings.is_empty() {
        text.push_str("\nThis folder is on a network drive or is synchronised by another program: that damages vaults. Choose a folder on this computer's own disk.\n");
    }
    let json = json!({ "vault_id": created.vault.id(), "recovery_code": *code, "profile": profile, "fingerprint": fingerprint, "warnings": warnings });
    // Shown here, because who was not shown the code must hear of it.
    Outcome::new(json, text).show(door.json()).map_err(|problem| problem.with("why", "code_not_shown"))?;
    Ok(Outcome::written(String::new(), ""))
}

fn status(vault: &Vault) -> Result<Outcome> {
    let status = vault.status()?;
    let ways: Vec<String> = status.slots.iter().map(|slot| names::opener(slot)).collect();
    let text = format!(
        "Vault          {}\nBusiness       {} ({})\nContacts       {}\nOpens with     {}\nFingerprint    {}\nSize           {:.1} MB, {}\nLast backup    {}\n",
        status.vault_id,
        plain(&vault.business().name),
        vault.business().country,
        status.contacts,
        listed(&ways),
        status.fingerprint,
        f64::from(u32::try_from(status.size_bytes / 1024).unwrap_or(u32::MAX)) / 1024.0,
        status.cipher,
        status.last_backup.as_deref().map_or_else(|| "none yet".to_owned(), |at| when(at, vault.business())),
    );
    Ok(Outcome::new(status, text))
}

fn new_kit(vault: &mut Vault, to: Option<&Path>, json: bool) -> Result<Outcome> {
    let mut page = to.map(|_| Kit::of(vault, clock::now())).transpose()?;
    vault.renew_code(clock::now(), |code| {
        if let (Some(page), Some(to)) = (page.take(), to) {
            page.write(&code, &Typst, to)?;
        }
        let code = code.grouped();
        // Before the slots are saved: if nobody could read the new code, the old one goes on opening the vault.
        let text = format!("The new recovery code is\n\n  {}\n\n", *code);
        Outcome::new(json!({ "recovery_code": *code }), text).show(json)
    })?;
    let text = "The one before no longer opens this vault; backups made until now still open with it.";
    Ok(Outcome::written(String::new(), text))
}

fn recover(door: &Door, code: &Path, new: Option<&Path>) -> Result<Outcome> {
    let opener = Opener::Recovery(RecoveryCode::from_file(code)?);
    let new = new.map(Passphrase::from_file).transpose()?;
    if !door.confirm("Open this vault with the recovery code?")? {
        return Err(Problem::new(akkoord_office::Code::Cancelled));
    }
    let mut vault = Vault::open(&door.profile, &opener, Access::Write, desk(), door.wait(), clock::now())?;
    if let Some(new) = &new {
        vault.set_passphrase(new, clock::now())?;
    }
    let text = match new {
        Some(_) => "The recovery code opened the vault, and the new passphrase opens it from now on.",
        None => "The recovery code opens this vault. Set a passphrase with --new-passphrase-file.",
    };
    Ok(Outcome::new(slots(&vault), text))
}

fn restored(door: &Door) -> Result<Outcome> {
    let question = "Did you put this vault file back yourself? What was recorded after it was copied is lost.";
    if !door.confirm(question)? {
        return Err(Problem::new(akkoord_office::Code::Cancelled));
    }
    let vault = Vault::accept_rollback(&door.profile, &door.opener()?, desk(), door.wait(), clock::now())?;
    let text = "The vault goes on from this file. The audit log says that you put it back.";
    Ok(Outcome::new(json!({ "vault_id": vault.id(), "instance": vault.settings().instance }), text))
}

fn export_plain(door: &Door, to: &std::path::Path) -> Result<Outcome> {
    let question =
        "Everything in the vault will stand in this file unencrypted: whoever has the file reads all of it. Go on?";
    if !door.confirm(question)? {
        return Err(Problem::new(akkoord_office::Code::Cancelled));
    }
    let plain = vault::export_plain(&mut door.write()?, to, clock::now())?.output;
    let text = format!(
        "Written to {}. It is NOT encrypted: keep it as you keep your books, and erase it when it is no longer needed. The vault stays as it was.",
        crate::text::plain(&plain.file)
    );
    Ok(Outcome::new(plain, text))
}

fn slots(vault: &Vault) -> serde_json::Value {
    let kinds: Vec<&str> = vault.slots().into_iter().map(SlotKind::as_str).collect();
    json!({ "vault_id": vault.id(), "slots": kinds })
}
