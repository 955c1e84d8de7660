//! `akkoord-cli field …`

use akkoord_office::problem::Result;
use akkoord_office::settings::NewField;
use akkoord_office::{clock, settings};
use akkoord_rules::field::{Holds, Sensitivity};
use clap::{Subcommand, ValueEnum};
use serde_json::json;

use super::purpose::{coded, codes};
use crate::names;
use crate::open::Door;
use crate::output::Outcome;
use crate::text::{counted, table};

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// List all fields: what they are called and how sensitive each is.
    #[command(after_help = "Example:\n  akkoord-cli field list")]
    List,
    /// Set how sensitive a field is, for all contacts, or what may be chosen in an own field.
    #[command(after_help = "Examples:\n  akkoord-cli field set birthday --sensitivity high\n  \
            akkoord-cli field set colour --choice Red --choice Blue\n  \
            akkoord-cli field set colour --rename Red --to Crimson")]
    Set {
        /// Its key.
        name: String,
        /// How sensitive.
        #[arg(long, required_unless_present_any = ["choices", "rename"])]
        sensitivity: Option<Level>,
        /// Something that may be chosen; may repeat, and stands in the place of all that could be chosen before. What somebody has
        /// cannot be left out.
        #[arg(long = "choice", value_name = "TEXT")]
        choices: Vec<String>,
        /// A choice that gets another text, with everybody who has it.
        #[arg(long, value_name = "CHOICE", requires = "to", conflicts_with = "choices")]
        rename: Option<String>,
        /// Its new text.
        #[arg(long, value_name = "TEXT", requires = "rename")]
        to: Option<String>,
    },
    /// Add an own field.
    #[command(
        after_help = "Examples:\n  akkoord-cli field add bike --title \"Fiets\" --type text --sensitivity high\n  \
            akkoord-cli field add colour --title Kleur --type choice --choice Rood --choice Blauw"
    )]
    Add {
        /// Its key: small letters, digits and `_`.
        key: String,
        /// What people call it.
        #[arg(long)]
        title: String,
        /// What it holds.
        #[arg(long = "type", value_parser = codes(Holds::ALL.iter().map(|holds| holds.as_str())))]
        kind: String,
        /// Of a choice, something that may be chosen; may repeat, up to 50 times.
        #[arg(long = "choice", value_name = "TEXT")]
        choices: Vec<String>,
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
                    let (kind, sensitivity) = (field.kind.clone(), field.sensitivity.clone());
                    vec![field.key.clone(), title, kind, sensitivity, field.choices.join(", ")]
                })
                .collect();
            let text = table(&["Key", "Title", "Type", "Sensitivity", "Choices"], &rows);
            Ok(Outcome::new(json!({ "fields": fields }), text))
        }
        Command::Set { name, sensitivity, choices, rename, to } => {
            let mut vault = door.write()?;
            let mut said = Vec::new();
            if let Some((from, to)) = rename.zip(to) {
                let contacts = settings::rename_choice(&mut vault, &name, &from, &to, clock::now())?.output;
                said.push(format!(
                    "Saved: \"{from}\" is \"{}\" now, with {} who had it.",
                    to.trim(),
                    counted(contacts, "contact", "contacts")
                ));
            }
            if !choices.is_empty() {
                settings::set_choices(&mut vault, &name, &choices, clock::now())?;
                said.push(format!("Saved: {} may be chosen in {name}.", counted(choices.len(), "text", "texts")));
            }
            if let Some(level) = sensitivity {
                settings::set_sensitivity(&mut vault, &name, level.into(), clock::now())?;
                said.push(format!("Saved: {name} is of {} sensitivity, for all contacts.", level.word()));
            }
            Ok(Outcome::new(json!({ "field": name }), said.join("\n")))
        }
        Command::Add { key, title, kind, choices, sensitivity } => {
            let holds = coded("type", &kind, Holds::parse)?;
            let chosen = choices.len();
            let new = NewField { key, title, holds, choices, sensitivity: sensitivity.into() };
            settings::add_field(&mut door.write()?, &new, clock::now())?;
            let said = match holds {
                Holds::Choice if chosen == 0 => format!(
                    "Added the field {0}. Nothing can be chosen in it yet: akkoord-cli field set {0} --choice TEXT",
                    new.key
                ),
                Holds::Choice => {
                    format!("Added the field {}. {} may be chosen in it.", new.key, counted(chosen, "text", "texts"))
                }
                Holds::Text | Holds::Date | Holds::Number => format!("Added the field {}.", new.key),
            };
            Ok(Outcome::new(json!({ "field": new.key }), said))
        }
    }
}
