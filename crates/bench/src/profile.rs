//! What stands between the import and plain SQLite: the same import again and again, each time with one thing more taken out
//! of the vault beforehand. What it is quicker by is what that thing costs; so the costs are those of the whole, and no more.

use std::fmt::Write;
use std::path::Path;

use akkoord_office::intake::reader::{Progress, Source};

use crate::importing::{self, Run};
use crate::world::World;
use crate::{Outcome, clocked};

/// Something that can be taken out of an empty vault, so that the import still runs and does all else.
struct Part {
    name: &'static str,
    without: &'static str,
}

/// In the order in which they are taken out. Tables become views that swallow what is written to them.
const PARTS: &[Part] = &[
    Part {
        name: "audit: facts and leaves",
        without: "DROP TABLE audit_fact; DROP TABLE audit_leaf;
            CREATE VIEW audit_fact AS SELECT 1 AS seq, 2 AS n, 3 AS contact_id, 4 AS salt, 5 AS facts;
            CREATE VIEW audit_leaf AS SELECT 1 AS seq, 2 AS n, 3 AS contact_id, 4 AS leaf;
            CREATE TRIGGER swallow_fact INSTEAD OF INSERT ON audit_fact BEGIN SELECT 1; END;
            CREATE TRIGGER swallow_leaf INSTEAD OF INSERT ON audit_leaf BEGIN SELECT 1; END;",
    },
    Part {
        name: "search: any three letters (FTS5 trigram)",
        without: "DROP TABLE contact_part;
            CREATE VIEW contact_part (contact_part, rowid, words, digits) AS SELECT '', no, words, digits FROM contact_text;
            CREATE TRIGGER swallow_part INSTEAD OF INSERT ON contact_part BEGIN SELECT 1; END;",
    },
    Part {
        name: "search: how words begin (FTS5 prefix)",
        without: "DROP TABLE contact_start;
            CREATE VIEW contact_start (contact_start, rowid, words) AS SELECT '', no, words FROM contact_text;
            CREATE TRIGGER swallow_start INSTEAD OF INSERT ON contact_start BEGIN SELECT 1; END;",
    },
    Part {
        name: "indexes for lists and for later changes",
        without: "DROP INDEX contact_by_name; DROP INDEX contact_label_by_label; DROP INDEX source_by_import;",
    },
    Part {
        name: "sources: where each contact came from",
        without: "DROP TABLE source;
            CREATE VIEW source AS SELECT 1 AS no, 2 AS contact_no, 3 AS kind, 4 AS origin, 5 AS import_no, 6 AS row, 7 AS text,
              8 AS url, 9 AS ip, 10 AS place, 11 AS at, 12 AS by WHERE 0;
            CREATE TRIGGER swallow_source INSTEAD OF INSERT ON source BEGIN SELECT 1; END;",
    },
    Part {
        name: "addresses, numbers, and who is there already",
        without: "DROP TABLE contact_email; DROP TABLE contact_phone; DROP TABLE contact_address; DROP TABLE contact_website;
            CREATE VIEW contact_email AS SELECT 1 AS no, 2 AS contact_no, 3 AS value, 4 AS normalised, 5 AS name_key,
              6 AS label, 7 AS provenance, 8 AS source_no WHERE 0;
            CREATE VIEW contact_phone AS SELECT 1 AS no, 2 AS contact_no, 3 AS value, 4 AS e164, 5 AS national, 6 AS name_key,
              7 AS label, 8 AS provenance, 9 AS source_no WHERE 0;
            CREATE VIEW contact_address AS SELECT 1 AS no, 2 AS contact_no, 3 AS label, 4 AS street, 5 AS extended,
              6 AS po_box, 7 AS city, 8 AS region, 9 AS postal_code, 10 AS country, 11 AS provenance, 12 AS source_no WHERE 0;
            CREATE VIEW contact_website AS SELECT 1 AS no, 2 AS contact_no, 3 AS value, 4 AS label, 5 AS provenance,
              6 AS source_no WHERE 0;
            CREATE TRIGGER swallow_email INSTEAD OF INSERT ON contact_email BEGIN SELECT 1; END;
            CREATE TRIGGER swallow_phone INSTEAD OF INSERT ON contact_phone BEGIN SELECT 1; END;
            CREATE TRIGGER keep_email INSTEAD OF UPDATE ON contact_email BEGIN SELECT 1; END;
            CREATE TRIGGER keep_phone INSTEAD OF UPDATE ON contact_phone BEGIN SELECT 1; END;
            CREATE TRIGGER swallow_address INSTEAD OF INSERT ON contact_address BEGIN SELECT 1; END;
            CREATE TRIGGER swallow_website INSTEAD OF INSERT ON contact_website BEGIN SELECT 1; END;",
    },
];

const WORDS: &str = "\
In words: sqlite3 writes each row as it stands into one table and then makes an index of that. The vault first looks whether
the person is there already, writes a row into some ten tables with indexes of their own, so that it is found, told where
from, and taken back, keeps a fact of it that the audit trail seals, fills two search indexes as it goes, and encrypts all
of that. The times are the processor's on the one thread that writes; each line is what the import was quicker by without.";

/// A line for each part, the most expensive first; they are as much as the whole.
pub(crate) fn measure(world: &World, file: &Path, times: usize) -> Outcome<String> {
    let profile = world.at("stage");
    // The whole, then without the first part, without the first two, and so on.
    let mut rungs = vec![f64::INFINITY; PARTS.len() + 1];
    let mut clock = f64::INFINITY;
    for _ in 0..times {
        let mut without = String::new();
        for (n, rung) in rungs.iter_mut().enumerate() {
            let run = import(world, &profile, file, &without)?;
            *rung = rung.min(run.writer);
            if n == 0 {
                clock = clock.min(run.seconds);
            }
            without.push_str(PARTS.get(n).map_or("", |part| part.without));
        }
    }
    // Who does less takes no longer: a rung above the one before it was disturbed, and says no more than that one.
    for n in 1..rungs.len() {
        rungs[n] = rungs[n].min(rungs[n - 1]);
    }
    let whole = rungs.first().copied().unwrap_or_default();
    let mut lines: Vec<(&str, f64)> =
        PARTS.iter().zip(rungs.windows(2)).map(|(part, pair)| (part.name, pair[0] - pair[1])).collect();
    lines.push(("contacts with their labels, and all the rest", rungs.last().copied().unwrap_or_default()));
    lines.sort_by(|a, b| b.1.total_cmp(&a.1));
    import(world, &profile, file, "")?;
    let mut text = String::new();
    for (name, seconds) in lines {
        writeln!(text, "{name:<58} {seconds:>6.2} s {:>4.0} %", 100.0 * seconds / whole)?;
    }
    writeln!(text, "{}\n{:<58} {whole:>6.2} s  100 %", "─".repeat(80), "the whole")?;
    writeln!(text, "{:<58} {clock:>6.2} s", "  by the clock, the disk included")?;
    let sealing = encryption(world, &profile)?;
    writeln!(text, "{:<58} {sealing:>6.2} s", "  within it: encrypting every page once, of those above")?;
    writeln!(text, "{:<58} {:>6.2} s", "  beside it, on other threads: reading and converting", converting(file)?)?;
    writeln!(text, "\n{WORDS}")?;
    Ok(text)
}

fn import(world: &World, profile: &Path, file: &Path, without: &str) -> Outcome<Run> {
    world.fresh(profile)?;
    let conn = world.raw(profile)?;
    conn.pragma_update(None, "foreign_keys", without.is_empty())?;
    conn.execute_batch(without)?;
    drop(conn);
    importing::in_a_child(profile, file)
}

/// Reads and converts the file on one thread.
fn converting(file: &Path) -> Outcome<f64> {
    clocked::seconds(|| {
        let mut source = Source::open(&file.to_owned().into(), &importing::options()?)?;
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
        let begun = clocked::processor();
        let by_the_clock = clocked::seconds(|| {
            conn.query_row("SELECT sqlcipher_export('copy')", [], |_| Ok(()))?;
            Ok(())
        })?;
        let seconds = begun.zip(clocked::processor()).map_or(by_the_clock, |(begun, done)| done - begun);
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
    Ok((sealed - plain).max(0.0))
}
