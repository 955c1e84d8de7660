//! `akkoord-cli restrict …` and `akkoord-cli unrestrict …`

use akkoord_office::clock;
use akkoord_office::people;
use akkoord_office::problem::Result;
use chrono::NaiveDate;
use clap::Args;
use serde_json::json;

use crate::open::Door;
use crate::output::Outcome;

#[derive(Debug, Args)]
pub(crate) struct Restrict {
    /// The contact's id or e-mail address.
    contact: String,
    /// Why.
    #[arg(long)]
    reason: String,
}

#[derive(Debug, Args)]
pub(crate) struct Unrestrict {
    /// The contact's id or e-mail address.
    contact: String,
    /// Why.
    #[arg(long)]
    reason: String,
    /// The day on which the person was told: before the lock is lifted.
    #[arg(long, value_name = "DATE")]
    told: NaiveDate,
}

pub(crate) fn restrict(given: &Restrict, door: &Door) -> Result<Outcome> {
    let done = people::restrict(&mut door.write()?, &given.contact, &given.reason, clock::now())?.output;
    Ok(Outcome::new(done, "On lock: their data is stored from now on, and nothing else is done with it."))
}

pub(crate) fn unrestrict(given: &Unrestrict, door: &Door) -> Result<Outcome> {
    let lifted =
        people::unrestrict(&mut door.write()?, &given.contact, &given.reason, given.told, clock::now())?.output;
    Ok(Outcome::new(json!({ "lifted": lifted }), "Lifted. What they agreed to counts again."))
}
