//! `akkoord-cli request recipients …`, `… told …` and `… calendar …`

use std::path::Path;

use akkoord_office::clock;
use akkoord_office::problem::Result;
use akkoord_office::requests::{self, NewOutcome, Outcome as Told19, Recipient};
use akkoord_office::vault::Vault;
use chrono::NaiveDate;
use clap::{Args, ValueEnum};
use serde_json::json;
use uuid::Uuid;

use super::request::Way;
use crate::output::Outcome;
use crate::text::{counted, listed, plain, table};

#[derive(Debug, Args)]
pub(crate) struct Told {
    /// The request's id.
    id: Uuid,
    /// The connection's key.
    connection: String,
    /// What became of it.
    #[arg(long)]
    outcome: Became,
    /// The way in which it heard, where it was told.
    #[arg(long)]
    how: Option<Way>,
    /// Why it was not told, or a note.
    #[arg(long, default_value = "", hide_default_value = true)]
    reason: String,
    /// The day, today if left out.
    #[arg(long, value_name = "DATE")]
    on: Option<NaiveDate>,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Became {
    Told,
    Impossible,
    Disproportionate,
}

impl From<Became> for Told19 {
    fn from(became: Became) -> Self {
        match became {
            Became::Told => Self::Told,
            Became::Impossible => Self::Impossible,
            Became::Disproportionate => Self::Disproportionate,
        }
    }
}

pub(super) fn list(vault: &Vault, id: Uuid) -> Result<Outcome> {
    Ok(shown(requests::recipients(vault, id)?))
}

pub(super) fn told(vault: &mut Vault, told: &Told) -> Result<Outcome> {
    let how = told.how.map(Into::into);
    let new = NewOutcome { outcome: told.outcome.into(), on: told.on, how, reason: told.reason.clone() };
    Ok(shown(requests::recipient_told(vault, told.id, &told.connection, &new, clock::now())?.output))
}

fn shown(recipients: Vec<Recipient>) -> Outcome {
    let row = |one: &Recipient| {
        let became = one.told.as_ref().map(|told| {
            let parts = [told.outcome.as_str(), &told.on.to_string(), &told.how, &told.reason].map(plain);
            parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
        });
        vec![plain(&one.title), listed(&one.fields), became.unwrap_or_default()]
    };
    let rows: Vec<Vec<String>> = recipients.iter().map(row).collect();
    let text = match rows.is_empty() {
        true => "Nobody has to hear of it.\n".to_owned(),
        false => table(&["Who", "Got", "Told"], &rows),
    };
    Outcome::new(json!({ "recipients": recipients }), text)
}

pub(super) fn calendar(vault: &mut Vault, to: &Path, names: bool) -> Result<Outcome> {
    let made = requests::calendar(vault, names, to, clock::now())?.output;
    let text = format!(
        "Written to {}: {}.\n",
        plain(&to.display().to_string()),
        counted(made.deadlines, "deadline", "deadlines")
    );
    Ok(Outcome::new(made, text))
}
