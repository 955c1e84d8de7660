//! `akkoord-cli may …`

use akkoord_office::clock;
use akkoord_office::consents::{self, Question, Target};
use akkoord_office::problem::Result;
use akkoord_rules::person::Channel;
use clap::Args;

use super::purpose::{coded, codes};
use crate::open::Door;
use crate::output::Outcome;

#[derive(Debug, Args)]
pub(crate) struct May {
    /// The contact's id or e-mail address.
    contact: String,
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
    let answered = consents::may(&vault, &may.contact, &question)?;
    let exit = if answered.decision.allowed { 0 } else { 3 };
    let text = answered.text.clone();
    Ok(Outcome::new(answered, text).with_exit(exit))
}
