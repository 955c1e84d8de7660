//! What the import is measured against: the `sqlite3` program's own import of the same file, unencrypted, every cell as it
//! stands, and full-text indexes over the columns that Akkoord searches.

use std::path::Path;
use std::process::{Command, Stdio};

use crate::world::World;
use crate::{Outcome, clocked, google};

/// The best seconds so far.
#[derive(Debug)]
pub(crate) struct Best {
    /// The import alone.
    pub(crate) bare: f64,
    /// With an index of any three letters.
    pub(crate) one: f64,
    /// With that and one of how words begin.
    pub(crate) both: f64,
}

impl Default for Best {
    fn default() -> Self {
        Self { bare: f64::INFINITY, one: f64::INFINITY, both: f64::INFINITY }
    }
}

/// Columns that Akkoord searches too.
const SEARCHED: [&str; 10] = [
    "First Name",
    "Middle Name",
    "Last Name",
    "Nickname",
    "Organization Name",
    "Labels",
    "E-mail 1 - Value",
    "E-mail 2 - Value",
    "Phone 1 - Value",
    "Phone 2 - Value",
];

impl Best {
    /// Measures each once more.
    pub(crate) fn measure(&mut self, world: &World, file: &Path) -> Outcome {
        let all = quoted(&SEARCHED);
        let words = quoted(&SEARCHED[..8]);
        let one = format!(
            "CREATE VIRTUAL TABLE part USING fts5({all}, content = 'people', tokenize = 'trigram');
             INSERT INTO part (part) VALUES ('rebuild');\n"
        );
        let both = format!(
            "{one}CREATE VIRTUAL TABLE start USING fts5({words}, content = 'people',
               tokenize = 'unicode61 remove_diacritics 2', prefix = '1 2', detail = 'none');
             INSERT INTO start (start) VALUES ('rebuild');\n"
        );
        self.bare = self.bare.min(run(world, file, "")?);
        self.one = self.one.min(run(world, file, &one)?);
        self.both = self.both.min(run(world, file, &both)?);
        Ok(())
    }
}

fn quoted(columns: &[&str]) -> String {
    columns.iter().map(|column| format!("\"{column}\"")).collect::<Vec<_>>().join(", ")
}

/// Imports into a new file, then runs `more`.
fn run(world: &World, file: &Path, more: &str) -> Outcome<f64> {
    let to = world.at("baseline.db");
    if to.exists() {
        std::fs::remove_file(&to)?;
    }
    debug_assert!(google::columns().filter(|column| SEARCHED.contains(column)).count() == SEARCHED.len());
    let import = format!(".mode csv\n.import \"{}\" people\n", file.display());
    let script = world.at("baseline.sql");
    std::fs::write(&script, format!("{import}{more}"))?;
    clocked::seconds(|| {
        let program = Command::new("sqlite3")
            .arg("-bail")
            .arg(&to)
            .stdin(std::fs::File::open(&script)?)
            .stdout(Stdio::null())
            .status()
            .map_err(|error| format!("the sqlite3 program cannot be started: {error}"))?;
        if program.success() { Ok(()) } else { Err("the sqlite3 program failed".into()) }
    })
}
