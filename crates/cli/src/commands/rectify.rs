//! `akkoord-cli rectify …`

use std::path::PathBuf;

use akkoord_office::clock;
use akkoord_office::papers::{self, Accept, Difference};
use akkoord_office::problem::Result;
use clap::Args;

use crate::open::Door;
use crate::output::Outcome;
use crate::text::{listed, plain, table};

#[derive(Debug, Args)]
pub(crate) struct Rectify {
    /// The contact's id or e-mail address.
    contact: String,
    /// The form that came back.
    #[arg(long, value_name = "FILE")]
    from: PathBuf,
    /// Accept what the form says of these fields.
    #[arg(long, value_name = "FIELD", num_args = 1.., conflicts_with = "accept_all")]
    accept: Vec<String>,
    /// Accept all that the form says.
    #[arg(long)]
    accept_all: bool,
}

pub(crate) fn run(given: Rectify, door: &Door) -> Result<Outcome> {
    let accept = match (given.accept_all, given.accept.is_empty()) {
        (true, _) => Accept::All,
        (false, true) => Accept::Nothing,
        (false, false) => Accept::Fields(given.accept),
    };
    let mut vault = if accept == Accept::Nothing { door.read()? } else { door.write()? };
    let done = papers::rectify(&mut vault, &given.contact, &given.from.into(), &accept, clock::now())?.output;
    if done.differences.is_empty() {
        return Ok(Outcome::new(done, "The form says what is held: there is nothing to correct.\n"));
    }
    let row = |one: &Difference| {
        let accepted = if one.accepted { "yes" } else { "" };
        let field = if one.title.is_empty() { one.field.clone() } else { format!("{} ({})", one.field, one.title) };
        vec![plain(&field), plain(&one.ours), plain(&one.theirs), accepted.to_owned()]
    };
    let rows: Vec<Vec<String>> = done.differences.iter().map(row).collect();
    let mut text = table(&["Field", "Held", "Theirs", "Accepted"], &rows);
    if !done.recipients_to_tell.is_empty() {
        text.push_str(&format!("\nTell {}: they got one of these.\n", listed(&done.recipients_to_tell)));
    }
    if accept == Accept::Nothing {
        text.push_str("\nNothing was changed. Accept with --accept FIELD or --accept-all.\n");
    }
    Ok(Outcome::new(done, text))
}
