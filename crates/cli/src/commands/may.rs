//! `akkoord-cli may …`

use std::path::{Path, PathBuf};

use akkoord_office::clock;
use akkoord_office::consents::{self, Question, Target};
use akkoord_office::problem::{Code, Problem, Result};
use akkoord_office::vault::Vault;
use akkoord_rules::person::Channel;
use clap::Args;

use super::purpose::{coded, codes};
use crate::open::Door;
use crate::output::Outcome;
use crate::text::plain;

#[derive(Debug, Args)]
pub(crate) struct May {
    /// The contact's id or e-mail address.
    #[arg(required_unless_present = "batch", conflicts_with = "batch")]
    contact: Option<String>,
    /// A CSV file with a column contact or email: everybody in it, in its order.
    #[arg(long, value_name = "FILE", requires = "channel")]
    batch: Option<PathBuf>,
    /// The purpose's key.
    #[arg(long, value_name = "KEY")]
    purpose: String,
    /// The channel to reach the contact on.
    #[arg(long, required_unless_present = "connection", conflicts_with = "connection",
          value_parser = codes(Channel::ALL.iter().map(|channel| channel.as_str())))]
    channel: Option<String>,
    /// The connection to pass data to.
    #[arg(long, value_name = "KEY")]
    connection: Option<String>,
    /// The field to pass; without it, whether the contact goes at all.
    #[arg(long, value_name = "NAME", requires = "connection")]
    field: Option<String>,
    /// As of the end of this day; today unless given.
    #[arg(long, value_name = "DATE")]
    on: Option<String>,
}

pub(crate) fn run(may: &May, door: &Door) -> Result<Outcome> {
    let vault = door.read()?;
    let target = match (&may.channel, &may.connection) {
        (Some(channel), _) => Target::Channel(coded("channel", channel, Channel::parse)?),
        (None, connection) => {
            Target::Connection { key: connection.clone().unwrap_or_default(), field: may.field.clone() }
        }
    };
    let on = consents::on_day(may.on.as_deref(), vault.business(), clock::now())?;
    let question = Question { purpose: may.purpose.clone(), target, on };
    match &may.batch {
        Some(file) => batch(&vault, file, &question),
        None => one(&vault, may.contact.as_deref().unwrap_or_default(), &question),
    }
}

fn one(vault: &Vault, contact: &str, question: &Question) -> Result<Outcome> {
    let answered = consents::may(vault, contact, question)?;
    let exit = if answered.decision.allowed { 0 } else { 3 };
    let text = answered.text.clone();
    Ok(Outcome::new(answered, text).with_exit(exit))
}

/// Both documents grow line by line: a file of people may be long.
fn batch(vault: &Vault, file: &Path, question: &Question) -> Result<Outcome> {
    let (mut json, mut text) = (String::from("{\"decisions\":["), String::new());
    let (mut allowed, mut all) = (0_usize, 0_usize);
    consents::may_each(vault, file, question, |line| {
        json.push_str(if all == 0 { "" } else { "," });
        json.push_str(&serde_json::to_string(&line).map_err(|error| Problem::new(Code::System).because(error))?);
        let reasons: Vec<&str> = line.reasons.iter().map(|reason| reason.as_str()).collect();
        let whom = line.email.as_deref().or(line.contact.as_deref()).unwrap_or("-");
        let answer = if line.allowed { "yes" } else { "no " };
        text.push_str(&format!("{answer}  {}  {}\n", plain(whom), reasons.join(", ").replace('_', " ")));
        all += 1;
        allowed += usize::from(line.allowed);
        Ok(())
    })?;
    json.push_str("]}");
    text.push_str(&format!("{allowed} of {all} may be reached.\n"));
    Ok(Outcome::written(json, text))
}
