//! Making a vault: file, keys, slots and first audit entry, in an order in which a kill leaves nothing that looks whole.

use akkoord_rules::law::Country;
use chrono::{DateTime, Utc};
use ed25519_dalek::SigningKey;
use rusqlite::{Connection, params};
use sha2::{Digest, Sha256};
use uuid::Uuid;
use x25519_dalek::{PublicKey, StaticSecret};
use zeroize::Zeroizing;

use super::{Act, Desk, Vault, file, hex, migrate};
use crate::key::{DataKey, Passphrase, RecoveryCode, Slots};
use crate::problem::{Code, Problem, Result};
use crate::profile::settings::Settings;
use crate::profile::{Profile, WriterLock};
use crate::settings;

/// What a new vault needs to know.
#[derive(Debug)]
pub struct Setup {
    /// The business's name.
    pub name: String,
    /// Its country.
    pub country: Country,
    /// The language it works in: nl, fr, de or en.
    pub language: String,
    /// Opens with this computer's keychain.
    pub keychain: bool,
    /// Opens with this passphrase.
    pub passphrase: Option<Passphrase>,
    /// Whoever is shown the recovery code will be asked for it, until it was typed back from the paper.
    pub ask_code: bool,
}

/// A new vault, open, and the code to be printed.
#[derive(Debug)]
pub struct Created {
    /// The vault.
    pub vault: Vault,
    /// The recovery code, shown this once.
    pub recovery_code: RecoveryCode,
}

/// Makes a vault in a profile that holds none.
///
/// # Errors
/// [`Code::VaultExists`] over a vault or what is left of one; [`Code::NoKeyGiven`] with neither keychain nor passphrase;
/// those of the keychain; those of the disk.
pub fn create(profile: &Profile, setup: Setup, desk: Desk, now: DateTime<Utc>) -> Result<Created> {
    if setup.name.trim().is_empty() {
        return Err(Problem::invalid("name", "empty"));
    }
    if !setup.keychain && setup.passphrase.is_none() {
        return Err(Problem::new(Code::NoKeyGiven));
    }
    let profile = Profile::create(profile.dir())?;
    let lock = WriterLock::acquire(&profile, desk.actor.code(), None)?;
    let vacant = profile.vacant()?;
    let key = DataKey::generate(&vacant)?;
    let id = Uuid::now_v7();
    let said = now.with_timezone(&setup.country.zone()).fixed_offset();
    let mut slots = Slots::new(id);
    if let Some(passphrase) = &setup.passphrase {
        slots.add_passphrase(&key, passphrase, said)?;
    }
    if setup.keychain {
        slots.add_keychain(&key, said)?;
    }
    let recovery_code = slots.add_recovery(&key, said)?;
    let made: Result<Vault> =
        (|| {
            let (instance, business) = (Some(Uuid::new_v4()), Some(setup.name.trim().to_owned()));
            let settings = Settings { vault: Some(id), instance, business, ..Settings::default() };
            settings.save(&profile)?;
            fill(&profile, &key, id, &setup, now)?;
            // Last: without slots nobody can mistake what a kill left for a vault.
            slots.save(&profile)?;
            let mut vault = Vault::open_with(&profile, key, slots, file::Access::Write, desk, Some(lock))?;
            vault.record(Act::VaultMade, Some(id), now, |rows| {
                if setup.ask_code { settings::ask_kit(rows) } else { Ok(()) }
            })?;
            Ok(vault)
        })();
    if made.is_err() {
        clear(&profile);
    }
    Ok(Created { vault: made?, recovery_code })
}

/// Takes away what was begun in a profile that was vacant before, so that it is vacant again.
fn clear(profile: &Profile) {
    let vault = profile.vault();
    let beside = ["db-wal", "db-shm", "db-journal"].map(|end| vault.with_extension(end));
    let files = [profile.slots(), profile.slots_twin(), profile.settings(), vault];
    for file in files.into_iter().chain(beside) {
        // What cannot be removed stays refused as the remains of a vault.
        let _ = std::fs::remove_file(file);
    }
}

fn fill(profile: &Profile, key: &DataKey, id: Uuid, setup: &Setup, now: DateTime<Utc>) -> Result<()> {
    let mut conn = file::create(&profile.vault(), key)?;
    migrate::migrate(&mut conn)?;
    let tx = conn.transaction()?;
    tx.execute(
        "INSERT INTO vault (one, id, name, country, language, zone, created_at) VALUES (1, ?, ?, ?, ?, ?, ?)",
        params![
            id,
            setup.name.trim(),
            setup.country.code(),
            setup.language,
            setup.country.zone().name(),
            now.timestamp_millis()
        ],
    )?;
    let sign = SigningKey::from_bytes(&*random()?);
    let seal = StaticSecret::from(*random()?);
    let pairs = [
        ("sign", sign.verifying_key().to_bytes(), Zeroizing::new(sign.to_bytes())),
        ("seal", PublicKey::from(&seal).to_bytes(), Zeroizing::new(seal.to_bytes())),
    ];
    for (kind, public, secret) in &pairs {
        tx.execute("INSERT INTO vault_key (kind, public, secret) VALUES (?, ?, ?)", params![kind, public, **secret])?;
    }
    tx.commit()?;
    Ok(())
}

fn random() -> Result<Zeroizing<[u8; 32]>> {
    let mut bytes = Zeroizing::new([0; 32]);
    getrandom::fill(&mut *bytes).map_err(|error| Problem::new(Code::System).because(error))?;
    Ok(bytes)
}

impl Vault {
    /// The fingerprint of the key that signs dossiers, in groups of four for paper: what the Emergency Kit and letters show.
    ///
    /// # Errors
    /// Faults of the database.
    pub fn fingerprint(&self) -> Result<String> {
        fingerprint(self.rows())
    }
}

fn fingerprint(conn: &Connection) -> Result<String> {
    let public: [u8; 32] = conn.query_row("SELECT public FROM vault_key WHERE kind = 'sign'", [], |row| row.get(0))?;
    Ok(print_of(&public))
}

/// The fingerprint of a public key.
pub(crate) fn print_of(public: &[u8; 32]) -> String {
    let digits = hex(&Sha256::digest(public)[..16]);
    let groups: Vec<String> =
        digits.as_bytes().chunks(4).map(|group| String::from_utf8_lossy(group).into_owned()).collect();
    groups.join(" ")
}
