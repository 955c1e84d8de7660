//! The ladder of schema versions: each step is one numbered file, all steps that are missing run in one transaction.

use rusqlite::{Connection, TransactionBehavior};

use crate::problem::{Code, Problem, Result};
use crate::profile::{Profile, private};

const STEPS: &[&str] = &[
    include_str!("migrations/0001_first.sql"),
    include_str!("migrations/0002_window.sql"),
    include_str!("migrations/0003_consent.sql"),
    include_str!("migrations/0004_connections.sql"),
    include_str!("migrations/0005_asking.sql"),
    include_str!("migrations/0006_bases.sql"),
    include_str!("migrations/0007_ways_in.sql"),
    include_str!("migrations/0008_mappings.sql"),
    include_str!("migrations/0009_mail.sql"),
    include_str!("migrations/0010_breaches.sql"),
    include_str!("migrations/0011_folding.sql"),
    include_str!("migrations/0012_letters.sql"),
    include_str!("migrations/0013_erasure.sql"),
    include_str!("migrations/0014_replies.sql"),
    include_str!("migrations/0015_known_since.sql"),
    include_str!("migrations/0016_choices.sql"),
    include_str!("migrations/0017_again.sql"),
    include_str!("migrations/0018_hold.sql"),
];

/// The schema that this version of the application writes.
pub const SCHEMA: i64 = STEPS.len() as i64;

/// How the name of a copy from before a change of the schema begins.
const COPY: &str = "before-schema-";

/// How a file's schema stands to [`SCHEMA`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Standing {
    Current,
    Older,
}

/// Compares a file's schema with this version's.
///
/// # Errors
/// [`Code::VaultNewer`] for a file of a newer version: it is never opened.
pub(super) fn standing(conn: &Connection) -> Result<Standing> {
    let found = version(conn)?;
    match found.cmp(&SCHEMA) {
        std::cmp::Ordering::Equal => Ok(Standing::Current),
        std::cmp::Ordering::Less => Ok(Standing::Older),
        std::cmp::Ordering::Greater => Err(Problem::new(Code::VaultNewer).with("found", found).with("known", SCHEMA)),
    }
}

/// The schema version that a file carries.
pub(super) fn version(conn: &Connection) -> Result<i64> {
    Ok(conn.pragma_query_value(None, "user_version", |row| row.get(0))?)
}

/// Brings a file to [`SCHEMA`], all or nothing.
pub(super) fn migrate(conn: &mut Connection) -> Result<()> {
    climb(conn, STEPS)
}

/// Brings an older file to [`SCHEMA`] after putting a copy of it, under the same key, into `backups/`.
pub(super) fn migrate_with_copy(conn: &mut Connection, profile: &Profile) -> Result<()> {
    let copy = profile.backups().join(format!("{COPY}{SCHEMA}.db"));
    let unwritable = |error| Problem::new(Code::Unwritable).with("file", copy.display().to_string()).because(error);
    match std::fs::remove_file(&copy) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(unwritable(error)),
        _ => {}
    }
    // An empty file is filled: so it is the owner's alone from its first byte on.
    private(std::fs::OpenOptions::new().create_new(true)).open(&copy).map_err(unwritable)?;
    conn.execute("VACUUM INTO ?", [copy.to_string_lossy()])?;
    std::fs::File::open(&copy).and_then(|file| file.sync_all()).map_err(unwritable)?;
    migrate(conn)
}

/// Takes the copies away that were made before the schema changed. What cannot go now goes the next time.
pub(crate) fn forget_copies(profile: &Profile) {
    let files = std::fs::read_dir(profile.backups()).into_iter().flatten().flatten();
    for file in files.filter(|file| file.file_name().to_string_lossy().starts_with(COPY)) {
        let _ = std::fs::remove_file(file.path());
    }
}

fn climb(conn: &mut Connection, steps: &[&str]) -> Result<()> {
    let tx = conn.transaction_with_behavior(TransactionBehavior::Exclusive)?;
    let from = usize::try_from(version(&tx)?).unwrap_or(0);
    for step in steps.iter().skip(from) {
        tx.execute_batch(step)?;
    }
    tx.pragma_update(None, "user_version", steps.len())?;
    tx.commit()?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tables(conn: &Connection) -> Vec<String> {
        let mut query = conn.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name").unwrap();
        query.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect()
    }

    #[test]
    fn a_step_that_fails_leaves_the_file_as_it_was() {
        let mut conn = Connection::open_in_memory().unwrap();
        climb(&mut conn, &["CREATE TABLE a (x) "]).unwrap();
        let failed = climb(&mut conn, &["", "CREATE TABLE b (x)", "CREATE TABLE a (x)"]);
        assert!(failed.is_err());
        assert_eq!(version(&conn).unwrap(), 1);
        assert_eq!(tables(&conn), ["a"]);
    }

    #[test]
    fn climbing_twice_does_nothing_the_second_time() {
        let mut conn = Connection::open_in_memory().unwrap();
        migrate(&mut conn).unwrap();
        let first = tables(&conn);
        migrate(&mut conn).unwrap();
        assert_eq!(tables(&conn), first);
    }

    #[test]
    fn an_older_file_is_copied_under_its_key_before_it_changes() {
        let dir = tempfile::tempdir().unwrap();
        let profile = Profile::create(dir.path()).unwrap();
        let key = crate::key::DataKey::generate(&profile.vacant().unwrap()).unwrap();
        let mut conn = crate::vault::file::create(&profile.vault(), &key).unwrap();
        conn.execute_batch("CREATE TABLE old (x); INSERT INTO old VALUES ('Peeters')").unwrap();
        std::fs::write(profile.backups().join(format!("before-schema-{SCHEMA}.db")), "left by a kill").unwrap();
        migrate_with_copy(&mut conn, &profile).unwrap();
        assert_eq!(version(&conn).unwrap(), SCHEMA);
        let copy = profile.backups().join(format!("before-schema-{SCHEMA}.db"));
        let bytes = std::fs::read(&copy).unwrap();
        assert!(!bytes.starts_with(b"SQLite format 3") && !bytes.windows(7).any(|part| part == b"Peeters"));
        #[cfg(unix)]
        assert_eq!(
            std::os::unix::fs::PermissionsExt::mode(&std::fs::metadata(&copy).unwrap().permissions()) & 0o777,
            0o600
        );
        let copy = Connection::open(copy).unwrap();
        copy.pragma_update(None, "key", key.pragma().as_str()).unwrap();
        assert_eq!(copy.query_row("SELECT x FROM old", [], |row| row.get::<_, String>(0)).unwrap(), "Peeters");
    }

    #[test]
    fn a_newer_file_is_refused() {
        let conn = Connection::open_in_memory().unwrap();
        conn.pragma_update(None, "user_version", SCHEMA + 1).unwrap();
        assert_eq!(standing(&conn).unwrap_err().code, Code::VaultNewer);
    }

    /// The whole schema, so that a change of it is seen in review. New steps change it; old steps never do.
    #[test]
    fn the_schema_is_the_one_in_the_docs() {
        let mut conn = Connection::open_in_memory().unwrap();
        migrate(&mut conn).unwrap();
        let mut query = conn
            .prepare(
                "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'contact\\_part\\_%' ESCAPE '\\'
                AND name NOT LIKE 'contact\\_start\\_%' ESCAPE '\\' AND name NOT LIKE 'sqlite%' ORDER BY type, name",
            )
            .unwrap();
        let all: Vec<String> = query.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
        expect_test::expect_file!["../../../../docs/schema.sql"].assert_eq(&(all.join(";\n\n") + ";\n"));
    }
}
