//! A folder with files to import and vaults to import them into, below `target/`.

use std::cell::OnceCell;
use std::path::{Path, PathBuf};

use akkoord_office::clock;
use akkoord_office::key::{Passphrase, Slots};
use akkoord_office::profile::Profile;
use akkoord_office::vault::{self, Access, Actor, Desk, Opener, Setup, Vault};
use akkoord_rules::law::Country;
use rusqlite::{Connection, OpenFlags};

use crate::{Outcome, google};

/// What opens every vault that is made here.
pub(crate) const PASSPHRASE: &str = "drie koeien in de wei";

/// Where everything is.
#[derive(Debug)]
pub(crate) struct World {
    folder: PathBuf,
    pragma: OnceCell<String>,
}

impl World {
    /// A new folder with an empty vault in it.
    pub(crate) fn new() -> Outcome<Self> {
        let target = std::env::current_exe()?.parent().and_then(Path::parent).map(Path::to_owned);
        let folder = target.ok_or("the program is in no target folder")?.join("bench");
        if folder.exists() {
            std::fs::remove_dir_all(&folder)?;
        }
        std::fs::create_dir_all(&folder)?;
        let world = Self::beside(folder);
        let setup = Setup {
            name: "Bakkerij Jans".to_owned(),
            country: Country::Be,
            language: "nl".to_owned(),
            keychain: false,
            passphrase: Some(Passphrase::new(PASSPHRASE.to_owned())),
            ask_code: false,
        };
        vault::create(&Profile::at(world.at("empty")), setup, desk(), clock::now())?;
        Ok(world)
    }

    /// A folder that somebody else made, with nothing in it.
    pub(crate) fn beside(folder: PathBuf) -> Self {
        Self { folder, pragma: OnceCell::new() }
    }

    /// A place in the folder.
    pub(crate) fn at(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    /// A Google file of that many rows.
    pub(crate) fn file(&self, rows: u64) -> Outcome<PathBuf> {
        let path = self.at(&format!("google-{rows}.csv"));
        if !path.exists() {
            google::write(&path, rows)?;
        }
        Ok(path)
    }

    /// Puts the empty vault there, whatever stood there before.
    pub(crate) fn fresh(&self, profile: &Path) -> Outcome {
        if profile.exists() {
            std::fs::remove_dir_all(profile)?;
        }
        copy(&self.at("empty"), profile)
    }

    /// Opens a vault to write.
    pub(crate) fn open(&self, profile: &Path) -> Outcome<Vault> {
        open(profile)
    }

    /// The file of a vault, past the office: to change what a stage of the import works on.
    pub(crate) fn raw(&self, profile: &Path) -> Outcome<Connection> {
        let profile = Profile::at(profile);
        let conn = Connection::open_with_flags(profile.vault(), OpenFlags::SQLITE_OPEN_READ_WRITE)?;
        let pragma = match self.pragma.get() {
            Some(pragma) => pragma,
            None => {
                let slots = Slots::load(&profile)?.slots;
                let key = slots.open_with_passphrase(&Passphrase::new(PASSPHRASE.to_owned()))?;
                self.pragma.get_or_init(|| key.pragma().to_string())
            }
        };
        conn.pragma_update(None, "key", pragma)?;
        Ok(conn)
    }
}

/// Opens a vault to write.
pub(crate) fn open(profile: &Path) -> Outcome<Vault> {
    let opener = Opener::Passphrase(Passphrase::new(PASSPHRASE.to_owned()));
    Ok(Vault::open(&Profile::at(profile), &opener, Access::Write, desk(), None, clock::now())?)
}

/// Who works here.
pub(crate) fn desk() -> Desk {
    Desk { actor: Actor::Cli, by: "bench".to_owned() }
}

fn copy(from: &Path, to: &Path) -> Outcome {
    std::fs::create_dir_all(to)?;
    std::fs::set_permissions(to, std::fs::metadata(from)?.permissions())?;
    for entry in std::fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy(&entry.path(), &target)?;
        } else {
            std::fs::copy(entry.path(), &target)?;
        }
    }
    Ok(())
}
