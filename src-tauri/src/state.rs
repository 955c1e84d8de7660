//! What the page shows before and around every screen: which vault is at hand, how it opens, what is doubtful about it.

use akkoord_office::key::{SlotKind, Slots, recovery::RecoveryCode};
use akkoord_office::problem::Result;
use akkoord_office::profile::settings::{Language, Look, Settings, Zoom};
use akkoord_office::vault::Vault;
use akkoord_office::{clock, settings};
use chrono::NaiveDate;
use serde::Serialize;
use specta::Type;
use uuid::Uuid;
use zeroize::{Zeroize, ZeroizeOnDrop};

use crate::desk::{Desk, Held};
use crate::refusal::Refusal;

/// Whether there is a vault, and whether it is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Stage {
    /// No vault yet, nor what is left of one.
    Vacant,
    /// There is one, closed.
    Locked,
    /// It is open.
    Open,
}

/// The business whose vault is open.
#[derive(Debug, Clone, Serialize, Type)]
pub(crate) struct BusinessShown {
    /// Its name.
    pub name: String,
    /// ISO 3166 code of its country.
    pub country: String,
    /// The language it works in.
    pub language: String,
    /// Its time zone, by its IANA name.
    pub zone: String,
    /// Today's date there.
    pub today: NaiveDate,
}

/// The vault at hand.
#[derive(Debug, Clone, Serialize, Type)]
pub(crate) struct VaultState {
    /// Whether there is one, and whether it is open.
    pub stage: Stage,
    /// It is the practice vault, with sample data.
    pub practice: bool,
    /// The business; known once it is open.
    pub business: Option<BusinessShown>,
    /// The business's name, which the window says while the vault is locked too.
    pub name: Option<String>,
    /// The ways in.
    pub slots: Vec<SlotKind>,
    /// What is wrong with the files that hold the locked keys, or with the settings beside the vault.
    pub fault: Option<Refusal>,
    /// Why nobody can be sure that this is the newest state of the vault.
    pub doubt: Option<Refusal>,
    /// The Emergency Kit was typed back.
    pub kit_confirmed: bool,
    /// Minutes without use after which it locks; 0 for never.
    pub lock_after_minutes: u16,
    /// The window's language; absent while the vault is open is the business's, where the window speaks it.
    pub language: Option<Language>,
    /// Light, dark, or as the system has it.
    pub look: Look,
    /// How large everything is, in percent.
    pub zoom: Zoom,
    /// The folder it is in.
    pub folder: String,
    /// The version of the application.
    pub version: &'static str,
}

/// How things stand with the vault at hand.
pub(crate) fn of(desk: &Desk, held: &Held) -> VaultState {
    let profile = desk.profile(held);
    let vacant = profile.vacant().is_ok();
    let (slots, no_slots) =
        parted(if vacant { Ok(Vec::new()) } else { Slots::load(&profile).map(|loaded| loaded.slots.kinds()) });
    let (outside, no_settings) = parted(Settings::load(&profile));
    let vault = held.vault.as_ref();
    VaultState {
        stage: match (vault, vacant) {
            (Some(_), _) => Stage::Open,
            (None, true) => Stage::Vacant,
            (None, false) => Stage::Locked,
        },
        practice: held.practice,
        business: vault.map(business),
        slots,
        fault: no_slots.or(no_settings),
        doubt: vault.and_then(Vault::doubt).map(Refusal::from),
        kit_confirmed: vault.is_none_or(|vault| settings::kit_confirmed(vault).unwrap_or(true)),
        lock_after_minutes: outside.lock_after_minutes,
        language: if vault.is_some() { outside.language } else { outside.spoken() },
        name: outside.business,
        look: outside.look,
        zoom: outside.zoom,
        folder: profile.dir().display().to_string(),
        version: env!("CARGO_PKG_VERSION"),
    }
}

fn parted<T: Default>(result: Result<T>) -> (T, Option<Refusal>) {
    match result {
        Ok(value) => (value, None),
        Err(problem) => (T::default(), Some(problem.into())),
    }
}

fn business(vault: &Vault) -> BusinessShown {
    let business = vault.business();
    BusinessShown {
        name: business.name.clone(),
        country: business.country.clone(),
        language: business.language.clone(),
        zone: business.zone.name().to_owned(),
        today: business.today(clock::now()),
    }
}

/// The Emergency Kit: what must be on the paper that opens the vault when nothing else does. Its code is wiped when it is dropped.
#[derive(Debug, Serialize, Type, Zeroize, ZeroizeOnDrop)]
pub(crate) struct Kit {
    /// The recovery code in groups. Shown this once.
    pub groups: Vec<String>,
    /// Which group, from 0, is to be typed back from the paper.
    pub asked: usize,
    /// The vault's id.
    #[zeroize(skip)]
    pub vault: Uuid,
    /// The fingerprint of the key that signs dossiers.
    pub fingerprint: String,
    /// The day on which it was made.
    #[zeroize(skip)]
    pub made: NaiveDate,
    /// The business's name.
    pub business: String,
}

/// What stands on the paper beside the code. Read before a code is made, so that nothing can fail between that and showing it.
#[derive(Debug)]
pub(crate) struct Paper(Kit);

impl Paper {
    /// The paper of this vault.
    pub(crate) fn of(vault: &Vault) -> Result<Self> {
        let business = vault.business();
        Ok(Self(Kit {
            groups: Vec::new(),
            asked: 0,
            vault: vault.id(),
            fingerprint: vault.fingerprint()?,
            made: business.today(clock::now()),
            business: business.name.clone(),
        }))
    }

    /// The kit with this code.
    pub(crate) fn with(self, code: &RecoveryCode) -> Kit {
        let Self(mut kit) = self;
        kit.groups = code.grouped().split('-').map(str::to_owned).collect();
        // Any group but the first, which people read most easily off the screen. The vault's id is as random as this needs.
        let others = kit.groups.len().saturating_sub(1).max(1);
        kit.asked = 1 + usize::from(*Uuid::new_v4().as_bytes().first().unwrap_or(&0)) % others;
        kit
    }
}
