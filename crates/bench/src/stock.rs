//! A vault with many people in it, all of whom answered about ten purposes, for the window to be measured with.

use std::path::Path;

use akkoord_office::clock;
use akkoord_office::key::Passphrase;
use akkoord_office::profile::Profile;
use akkoord_office::vault::{self, Setup};
use akkoord_rules::law::Country;

use crate::world::{self, World};
use crate::{Outcome, importing, pages};

/// Makes it, to be opened by the passphrase and by the keychain of this session.
pub(crate) fn make(profile: &Path, rows: &str) -> Outcome {
    let setup = Setup {
        name: "Bakkerij Jans".to_owned(),
        country: Country::Be,
        language: "nl".to_owned(),
        keychain: true,
        passphrase: Some(Passphrase::new(world::PASSPHRASE.to_owned())),
        ask_code: false,
    };
    vault::create(&Profile::at(profile), setup, world::desk(), clock::now())?;
    let folder = profile.parent().ok_or("the profile stands in no folder")?;
    let world = World::beside(folder.to_owned());
    let file = world.file(rows.parse()?)?;
    importing::in_this_process(profile, &file)?;
    std::fs::remove_file(file)?;
    pages::answered(&world, profile)
}
