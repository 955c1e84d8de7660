//! `akkoord-cli import mapping …`

use std::path::{Path, PathBuf};

use akkoord_office::clock;
use akkoord_office::intake::mapping::Mapping;
use akkoord_office::intake::saved::{self, MappingShown};
use akkoord_office::problem::Result;
use akkoord_office::vault::Vault;
use clap::Subcommand;
use serde_json::json;

use super::import::plain;
use crate::open::Door;
use crate::output::Outcome;
use crate::text;

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// The mappings that are kept.
    #[command(after_help = "Example:\n  akkoord-cli import mapping list")]
    List,
    /// What a mapping says, as a file for --map.
    #[command(after_help = "Example:\n  akkoord-cli import mapping show Kassa > kassa.toml")]
    Show {
        /// Its name or id.
        name: String,
    },
    /// Keep a mapping; one of the same name is replaced.
    #[command(after_help = "Example:\n  akkoord-cli import mapping add Kassa --map kassa.toml --like klanten.csv")]
    Add {
        /// What to call it.
        name: String,
        /// The file that says what the columns mean.
        #[arg(long, value_name = "MAP.toml")]
        map: PathBuf,
        /// A file of the kind that it is for: the window takes it by itself for files with the same header.
        #[arg(long, value_name = "FILE")]
        like: Option<PathBuf>,
    },
    /// Give a mapping another name.
    #[command(after_help = "Example:\n  akkoord-cli import mapping rename Kassa \"Kassa Gent\"")]
    Rename {
        /// Its name or id.
        name: String,
        /// The new name.
        to: String,
    },
    /// Forget a mapping; what came in with it stays.
    #[command(after_help = "Example:\n  akkoord-cli import mapping remove Kassa")]
    Remove {
        /// Its name or id.
        name: String,
    },
}

pub(super) fn run(command: Command, door: &Door) -> Result<Outcome> {
    match command {
        Command::List => list(&door.read()?),
        Command::Show { name } => {
            let found = saved::mapping_named(&door.read()?, &name)?;
            let document = found.mapping.document()?;
            Ok(Outcome::new(json!({ "mapping": found.id, "name": found.name, "document": document }), document))
        }
        Command::Add { name, map, like } => {
            let mut vault = door.write()?;
            let (mapping, options, like) = (read(&map, &vault)?, plain(&vault)?, like.map(Into::into));
            let like = like.as_ref().map(|file| (file, &options));
            let id = saved::keep_mapping(&mut vault, &name, &mapping, like, clock::now())?.output;
            Ok(Outcome::new(
                json!({ "mapping": id }),
                format!("Kept. Use it with --mapping \"{}\".", text::plain(&name)),
            ))
        }
        Command::Rename { name, to } => {
            let mut vault = door.write()?;
            let id = saved::mapping_named(&vault, &name)?.id;
            saved::rename_mapping(&mut vault, id, &to, clock::now())?;
            Ok(Outcome::new(json!({ "mapping": id }), "Renamed."))
        }
        Command::Remove { name } => {
            let mut vault = door.write()?;
            let id = saved::mapping_named(&vault, &name)?.id;
            saved::forget_mapping(&mut vault, id, clock::now())?;
            Ok(Outcome::new(json!({ "mapping": id }), "Forgotten."))
        }
    }
}

/// A mapping from its file.
pub(super) fn read(path: &Path, vault: &Vault) -> Result<Mapping> {
    Mapping::parse(&super::text_of(path)?, &saved::own_fields(vault)?)
}

fn list(vault: &Vault) -> Result<Outcome> {
    let all = saved::mappings(vault)?;
    let line = |one: &MappingShown| {
        let columns = text::counted(one.columns, "column", "columns");
        let taken = if one.by_itself { ", taken by itself in the window" } else { "" };
        format!("{}  ({columns}{taken})\n  Id {}\n", text::plain(&one.name), one.mapping)
    };
    let said: String = all.iter().map(line).collect();
    let said = if said.is_empty() { "No mapping is kept yet.".to_owned() } else { said };
    Ok(Outcome::new(json!({ "mappings": all }), said))
}
