//! A vault as large as any small business will ever have, made by the bench.

use std::process::Command;

use crate::world::{Keychain, World, built};

/// People in it, each with an answer about ten purposes, unless somebody says otherwise.
const PEOPLE: &str = "100000";

impl World {
    /// A desktop with that vault, locked; keychain and passphrase open it.
    pub(crate) fn stocked() -> Self {
        let world = Self::new(Keychain::Open);
        std::fs::create_dir_all(world.profile().parent().expect("a folder")).expect("a folder");
        let people = std::env::var("AKKOORD_PEOPLE").unwrap_or_else(|_| PEOPLE.to_owned());
        let mut maker: Command = world.program(built("akkoord-bench"));
        let made = maker.arg("vault").arg(world.profile()).arg(people).output().expect("akkoord-bench starts");
        assert!(made.status.success(), "no vault: {}", String::from_utf8_lossy(&made.stdout));
        world
    }
}
