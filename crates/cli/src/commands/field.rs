//! `akkoord-cli field …`

use akkoord_office::problem::Result;
use akkoord_office::{clock, settings};
use akkoord_rules::field::Sensitivity;
use clap::{Subcommand, ValueEnum};
use serde_json::json;

use crate::names;
use crate::open::Door;
use crate::output::Outcome;
use crate::text::table;

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// List all fields: what they are called and how sensitive each is.
    #[command(after_help = "Example:\n  akkoord-cli field list")]
    List,
    /// Set how sensitive a field is, for all contacts.
    #[command(after_help = "Example:\n  akkoord-cli field set birthday --sensitivity high")]
    Set {
        /// Its key.
        name: String,
        /// How sensitive.
        #[arg(long)]
        sensitivity: Level,
    },
    /// Add an own field.
    #[command(after_help = "Example:\n  akkoord-cli field add bike --title \"Fiets\" --type text --sensitivity high")]
    Add {
        /// Its key: small letters, digits and `_`.
        key: String,
        /// What people call it.
        #[arg(long)]
        title: String,
        /// What it holds.
        #[arg(long = "type", value_parser = ["text", "date", "number", "choice"])]
        kind: String,
        /// How sensitive.
        #[arg(long, default_value = "high")]
        sensitivity: Level,
    },
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum Level {
    None,
    Low,
    High,
}

impl Level {
    fn word(self) -> &'static str {
        match self {
            Self::None => "no",
            Self::Low => "low",
            Self::High => "high",
        }
    }
}

impl From<Level> for Sensitivity {
    fn from(level: Level) -> Self {
        match level {
            Level::None => Self::None,
            Level::Low => Self::Low,
            Level::High => Self::High,
        }
    }
}

pub(crate) fn run(command: Command, door: &Door) -> Result<Outcome> {
    match command {
        Command::List => {
            let fields = settings::fields(&door.read()?)?;
            let rows: Vec<Vec<String>> = fields
                .iter()
                .map(|field| {
                    let title = names::field(&field.key).map_or_else(|| field.title.clone(), str::to_owned);
                    vec![field.key.clone(), title, field.kind.clone(), field.sensitivity.clone()]
                })
                .collect();
            let text = table(&["Key", "Title", "Type", "Sensitivity"], &rows);
            Ok(Outcome::new(json!({ "fields": fields }), text))
        }
        Command::Set { name, sensitivity } => {
            settings::set_sensitivity(&mut door.write()?, &name, sensitivity.into(), clock::now())?;
            Ok(Outcome::new(
                json!({ "field": name }),
                format!("Saved: {name} is of {} sensitivity, for all contacts.", sensitivity.word()),
            ))
        }
        Command::Add { key, title, kind, sensitivity } => {
            settings::add_field(&mut door.write()?, &key, &title, &kind, sensitivity.into(), clock::now())?;
            Ok(Outcome::new(json!({ "field": key }), format!("Added the field {key}.")))
        }
    }
}
