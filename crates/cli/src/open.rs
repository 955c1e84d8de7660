//! Opening the vault with what the person gave: a passphrase file, the keychain, or a question on the terminal.

use std::io::{ErrorKind, IsTerminal};
use std::path::{Path, PathBuf};
use std::time::Duration;

use akkoord_office::clock;
use akkoord_office::key::{DataKey, MIN_PASSPHRASE, Passphrase, RecoveryCode, SlotKind, Slots};
use akkoord_office::problem::{Code, Problem, Result};
use akkoord_office::profile::Profile;
use akkoord_office::vault::{Access, Actor, Desk, Opener, Vault};

use zeroize::Zeroizing;

use crate::args::Args;
use crate::output;

/// What every command needs to reach its vault.
#[derive(Debug)]
pub(crate) struct Door {
    pub(crate) profile: Profile,
    passphrase_file: Option<PathBuf>,
    json: bool,
    pub(crate) yes: bool,
    wait: Option<Duration>,
}

impl Door {
    pub(crate) fn of(args: &Args) -> Result<Self> {
        let given = |path: &Option<PathBuf>| path.clone().filter(|path| !path.as_os_str().is_empty());
        let dir = given(&args.profile).map_or_else(default_profile, Ok)?;
        Ok(Self {
            profile: Profile::at(dir),
            passphrase_file: given(&args.passphrase_file),
            json: args.json,
            yes: args.yes,
            wait: args.wait.map(Duration::from_secs),
        })
    }

    /// The vault, for commands that read beside whoever writes.
    pub(crate) fn read(&self) -> Result<Vault> {
        self.vault(Access::Read)
    }

    /// The vault, for commands that write.
    pub(crate) fn write(&self) -> Result<Vault> {
        self.vault(Access::Write)
    }

    fn vault(&self, access: Access) -> Result<Vault> {
        let vault = Vault::open(&self.profile, &self.opener()?, access, desk(), self.wait, clock::now())?;
        // What an older state says is old: that is told beside the answer.
        if let Some(doubt) = vault.doubt() {
            output::warn(&doubt, self.json);
        }
        Ok(vault)
    }

    /// The passphrase that `--passphrase-file` names.
    pub(crate) fn given_passphrase(&self) -> Result<Option<Passphrase>> {
        self.passphrase_file.as_deref().map(Passphrase::from_file).transpose()
    }

    /// A passphrase for a new vault: that of `--passphrase-file`, else one that somebody at a terminal types twice. `None` off
    /// a terminal.
    pub(crate) fn new_passphrase(&self) -> Result<Option<Passphrase>> {
        if let Some(given) = self.given_passphrase()? {
            return Ok(Some(given));
        }
        if !std::io::stdin().is_terminal() {
            return Ok(None);
        }
        eprintln!(
            "Choose a passphrase of at least {MIN_PASSPHRASE} characters: a few words that only you would put together."
        );
        let first = ask("New passphrase: ")?;
        if first.chars().count() < MIN_PASSPHRASE {
            return Err(Problem::new(Code::WeakPassphrase).with("min", MIN_PASSPHRASE));
        }
        let again = ask("The same again: ")?;
        if first != again {
            return Err(Problem::invalid("passphrase", "not_the_same"));
        }
        Ok(Some(typed(&first)))
    }

    /// A passphrase file, else the keychain, else a question where somebody can answer.
    pub(crate) fn opener(&self) -> Result<Opener> {
        if self.profile.vacant().is_ok() {
            return Err(Problem::new(Code::NoVault));
        }
        match self.given_passphrase()? {
            Some(passphrase) => Ok(Opener::Passphrase(passphrase)),
            None => Self::opener_of(&Slots::load(&self.profile)?.slots),
        }
    }

    /// The keychain, else a question where somebody can answer.
    fn opener_of(slots: &Slots) -> Result<Opener> {
        let keychain = match slots.kinds().contains(&SlotKind::Keychain) {
            true => slots.open_with_keychain().map(|_| ()),
            false => Err(Problem::new(Code::VaultLocked)),
        };
        match keychain {
            Ok(()) => Ok(Opener::Keychain),
            Err(_) if std::io::stdin().is_terminal() && slots.kinds().contains(&SlotKind::Passphrase) => {
                Ok(Opener::Passphrase(typed(&ask("Passphrase: ")?)))
            }
            Err(problem) => Err(problem),
        }
    }

    /// The key of a backup: by the recovery code in a file, else as the vault opens. A passphrase that is newer than the backup
    /// opens the vault of this profile, and that is the same key where it is the same vault.
    pub(crate) fn key_of(&self, slots: &Slots, code: Option<&Path>) -> Result<DataKey> {
        if let Some(code) = code {
            return Opener::Recovery(RecoveryCode::from_file(code)?).key(slots);
        }
        let opener = match self.given_passphrase()? {
            Some(passphrase) => Opener::Passphrase(passphrase),
            None => Self::opener_of(slots)?,
        };
        opener.key(slots).or_else(|problem| {
            let ours = Slots::load(&self.profile).ok().filter(|loaded| loaded.slots.vault() == slots.vault());
            ours.and_then(|loaded| opener.key(&loaded.slots).ok()).ok_or(problem)
        })
    }

    /// Whether a program reads the answer.
    pub(crate) fn json(&self) -> bool {
        self.json
    }

    /// How long to wait for another writer.
    pub(crate) fn wait(&self) -> Option<Duration> {
        self.wait
    }

    /// Asks whether to go on with something that cannot be taken back. `--yes` has answered; without it and without a
    /// terminal nobody can.
    pub(crate) fn confirm(&self, question: &str) -> Result<bool> {
        self.asked(question)?.ok_or_else(|| Problem::new(Code::NotConfirmed))
    }

    /// The same; `None` where nobody can be asked.
    pub(crate) fn asked(&self, question: &str) -> Result<Option<bool>> {
        if self.yes {
            return Ok(Some(true));
        }
        if !std::io::stdin().is_terminal() {
            return Ok(None);
        }
        eprint!("{question} [y/N] ");
        let mut answer = String::new();
        std::io::stdin().read_line(&mut answer).map_err(|error| Problem::new(Code::System).because(error))?;
        Ok(Some(matches!(answer.trim(), "y" | "Y" | "yes" | "j" | "J" | "ja" | "o" | "oui")))
    }
}

fn typed(secret: &Zeroizing<String>) -> Passphrase {
    Passphrase::new(String::clone(secret))
}

/// Asks for a secret that nobody sees typed.
fn ask(question: &str) -> Result<Zeroizing<String>> {
    let typed = rpassword::prompt_password(question).map_err(|error| {
        // Ctrl-D instead of an answer is no fault.
        let gone = matches!(error.kind(), ErrorKind::UnexpectedEof | ErrorKind::Interrupted);
        Problem::new(if gone { Code::Cancelled } else { Code::System }).because(error)
    })?;
    Ok(Zeroizing::new(typed))
}

/// Who sits here: the name of the account on this computer.
pub(crate) fn desk() -> Desk {
    let account = ["USER", "USERNAME", "LOGNAME"].into_iter().find_map(|name| std::env::var(name).ok());
    Desk { actor: Actor::Cli, by: account.filter(|name| !name.is_empty()).unwrap_or_else(|| "owner".to_owned()) }
}

fn default_profile() -> Result<PathBuf> {
    let dirs = directories::ProjectDirs::from("eu", "", "akkoord").ok_or_else(|| Problem::new(Code::System))?;
    Ok(dirs.data_dir().to_owned())
}
