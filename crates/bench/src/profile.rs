//! What stands between the import and plain SQLite: the same import again and again, each time with one thing taken out of
//! the vault beforehand. What it is quicker by is what that thing costs.

use std::fmt::Write;
use std::path::Path;

use akkoord_office::intake::reader::{Progress, Source};

use crate::world::World;
use crate::{Outcome, clocked, importing};

/// Something that can be taken out of an empty vault, so that the import still runs and does all else.
struct Part {
    name: &'static str,
    without: &'static str,
}

/// Tables become views that swallow what is written to them.
const PARTS: &[Part] = &[
    Part {
        name: "search: any three letters (FTS5 trigram)",
        without: "DROP TABLE contact_part;
            CREATE VIEW contact_part (contact_part, rowid, words, digits) AS SELECT '', no, words, digits FROM contact_text;
            CREATE TRIGGER swallow INSTEAD OF INSERT ON contact_part BEGIN SELECT 1; END;",
    },
    Part {
        name: "search: how words begin (FTS5 prefix)",
        without: "DROP TABLE contact_start;
            CREATE VIEW contact_start (contact_start, rowid, words) AS SELECT '', no, words FROM contact_text;
            CREATE TRIGGER swallow INSTEAD OF INSERT ON contact_start BEGIN SELECT 1; END;",
    },
    Part {
        name: "audit: facts and leaves",
        without: "DROP TABLE audit_fact; DROP TABLE audit_leaf;
            CREATE VIEW audit_fact AS SELECT 1 AS seq, 2 AS n, 3 AS contact_id, 4 AS salt, 5 AS facts;
            CREATE VIEW audit_leaf AS SELECT 1 AS seq, 2 AS n, 3 AS contact_id, 4 AS leaf;
            CREATE TRIGGER swallow_fact INSTEAD OF INSERT ON audit_fact BEGIN SELECT 1; END;
            CREATE TRIGGER swallow_leaf INSTEAD OF INSERT ON audit_leaf BEGIN SELECT 1; END;",
    },
    Part {
        name: "indexes that only lists and later changes use",
        without: "DROP INDEX contact_by_name; DROP INDEX contact_label_by_label; DROP INDEX source_by_import;",
    },
];

/// The part that cannot be taken out.
const ENCRYPTION: &str = "encryption (copying the finished vault, sealed less plain)";

/// A line for each part, the most expensive first.
pub(crate) fn measure(world: &World, file: &Path, times: usize) -> Outcome<String> {
    let profile = world.at("stage");
    let mut whole = f64::INFINITY;
    let mut without = vec![f64::INFINITY; PARTS.len()];
    for _ in 0..times {
        whole = whole.min(import(world, &profile, file, "")?);
        for (part, best) in PARTS.iter().zip(&mut without) {
            *best = best.min(import(world, &profile, file, part.without)?);
        }
    }
    let mut lines: Vec<(String, f64)> =
        PARTS.iter().zip(&without).map(|(part, without)| (part.name.to_owned(), whole - without)).collect();
    import(world, &profile, file, "")?;
    lines.push((ENCRYPTION.to_owned(), encryption(world, &profile)?));
    lines.sort_by(|a, b| b.1.total_cmp(&a.1));
    let known: f64 = lines.iter().map(|line| line.1).sum();
    lines.push(("the rest: contacts, their values, finding duplicates".to_owned(), whole - known));
    let mut text = String::new();
    for (name, seconds) in lines {
        writeln!(text, "{name:<58} {seconds:>6.2} s {:>4.0} %", 100.0 * seconds / whole)?;
    }
    writeln!(text, "{:<58} {whole:>6.2} s", "the whole")?;
    writeln!(text, "{:<58} {:>6.2} s", "beside it, on other threads: reading and converting", converting(file)?)?;
    Ok(text)
}

fn import(world: &World, profile: &Path, file: &Path, without: &str) -> Outcome<f64> {
    world.fresh(profile)?;
    let conn = world.raw(profile)?;
    conn.pragma_update(None, "foreign_keys", without.is_empty())?;
    conn.execute_batch(without)?;
    drop(conn);
    Ok(importing::in_a_child(profile, file)?.seconds)
}

/// Reads and converts the file on one thread.
fn converting(file: &Path) -> Outcome<f64> {
    clocked::seconds(|| {
        let mut source = Source::open(file, &importing::options()?)?;
        source.read(1, &Progress::default(), |_| Ok(()))?;
        Ok(())
    })
}

/// Copies the vault twice, to a file with its key and to one with none.
fn encryption(world: &World, profile: &Path) -> Outcome<f64> {
    let conn = world.raw(profile)?;
    let copy = |name: &str, key: &str| -> Outcome<f64> {
        let to = world.at(name);
        // A connection that makes no files attaches none that is not there.
        std::fs::write(&to, b"")?;
        conn.execute(&format!("ATTACH ? AS copy KEY {key}"), [to.to_string_lossy()])?;
        let seconds = clocked::seconds(|| {
            conn.query_row("SELECT sqlcipher_export('copy')", [], |_| Ok(()))?;
            Ok(())
        })?;
        conn.execute_batch("DETACH copy")?;
        std::fs::remove_file(&to)?;
        Ok(seconds)
    };
    let key = format!("\"x'{}'\"", "5a".repeat(32));
    let (mut sealed, mut plain) = (f64::INFINITY, f64::INFINITY);
    for _ in 0..3 {
        sealed = sealed.min(copy("sealed.db", &key)?);
        plain = plain.min(copy("plain.db", "''")?);
    }
    Ok(sealed - plain)
}
