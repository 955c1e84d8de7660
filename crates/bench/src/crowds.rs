//! What is decided about everybody at once, where everybody answered about ten purposes: whom a connection receives, who may
//! be asked and how, who of a list may be reached, and who is probably there twice.

use std::path::Path;

use akkoord_office::connections::{self, Format, NewConnection};
use akkoord_office::consents::{self, WAYS};
use akkoord_office::people::{self, PageQuestion};
use akkoord_office::vault::Vault;
use akkoord_office::{clock, purposes};
use akkoord_rules::field::Sensitivity;
use akkoord_rules::outflow::Kind;
use akkoord_rules::person::Channel;

use crate::Outcome;
use crate::clocked::Times;
use crate::table::Table;
use crate::world::World;

const LOOKS: usize = 3;

/// The connection that receives everybody who may go.
const KEY: &str = "everybody";

/// Adds them to the table.
pub(crate) fn measure(world: &World, profile: &Path, table: &mut Table) -> Outcome {
    let mut vault = world.open(profile)?;
    connected(&mut vault)?;
    let now = clock::now();
    let asked = PageQuestion { limit: usize::MAX, ..PageQuestion::default() };
    let all: Vec<_> = people::choosable(&vault, &asked, now)?.into_iter().map(|one| one.id).collect();
    let mut row = |name: &str, work: &dyn Fn(&Vault) -> Outcome| {
        let looks = Times::of(0..LOOKS, |_| work(&vault))?;
        table.row(&format!("{name}, the slowest"), &format!("{:.0} ms", looks.permille(1_000)), "", None);
        Outcome::Ok(())
    };
    row("who would go to a connection", &|vault| Ok(connections::preview(vault, KEY, now, |_, _| Ok(())).map(drop)?))?;
    row("by which way everybody may be asked", &|vault| Ok(consents::plan(vault, &all, "p0", &WAYS, now).map(drop)?))?;
    row("who of everybody may be reached", &|vault| {
        Ok(consents::going(vault, &all, "p0", Channel::Email, now).map(drop)?)
    })?;
    row("who is probably there twice", &|vault| Ok(people::duplicates(vault, 100).map(drop)?))?;
    let to = world.at("everybody.csv");
    let looks =
        Times::of(0..1, |_| Ok(connections::export(&mut vault, KEY, Format::Csv, &to, now, |_, _| Ok(())).map(drop)?))?;
    table.row("a file for a connection, with the record of it", &format!("{:.0} ms", looks.middle()), "", None);
    Ok(())
}

/// A connection for every purpose.
fn connected(vault: &mut Vault) -> Outcome {
    let own = |key: &String| key.starts_with('p');
    let purposes = purposes::list(vault)?.into_iter().map(|purpose| purpose.key).filter(own).collect();
    let new = NewConnection {
        key: KEY.to_owned(),
        title: KEY.to_owned(),
        kind: Kind::File,
        fields: ["given", "family", "email", "phone"].map(str::to_owned).to_vec(),
        purposes,
        max_sensitivity: Sensitivity::Low,
        eea: true,
        channel: None,
        url: String::new(),
        user: String::new(),
    };
    connections::add(vault, &new, clock::now())?;
    Ok(())
}
