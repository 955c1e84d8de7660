//! Opening the encrypted file: pragmas, and every way in which the file can be wrong.

use std::fs::OpenOptions;
use std::path::Path;
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};
use uuid::Uuid;
use zeroize::Zeroizing;

use super::migrate::{self, Standing};
use crate::key::DataKey;
use crate::problem::{Code, Problem, Result};
use crate::profile::private;

/// Whoever writes caches pages up to this many KiB: the library's 2 MB halves the speed of an import.
const CACHE_KIB: i64 = 20 * 1024;

/// Whoever only reads caches up to this many KiB: several look at the vault at once, and none for long.
const GLANCE_KIB: i64 = 5 * 1024;

/// How long a statement waits for another connection.
pub(super) const BUSY: Duration = Duration::from_secs(10);

/// Whether a connection may change the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Reading and writing; one process at a time.
    Write,
    /// Reading beside a writer.
    Read,
}

/// Makes a new encrypted file. The caller has made sure that none is there.
pub(super) fn create(path: &Path, key: &DataKey) -> Result<Connection> {
    let unwritable = |error| Problem::new(Code::Unwritable).with("file", file_name(path)).because(error);
    private(OpenOptions::new().write(true).create_new(true)).open(path).map_err(unwritable)?;
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let conn = Connection::open_with_flags(path, flags)?;
    unlock(&conn, key)?;
    prepare(&conn, Access::Write)?;
    conn.pragma_update(None, "journal_mode", "WAL")?;
    Ok(conn)
}

/// Makes a file for what nobody keeps: it need not outlive a power cut, nor be put right after one.
pub(super) fn scratch(path: &Path, key: &DataKey) -> Result<Connection> {
    let conn = create(path, key)?;
    conn.pragma_update(None, "journal_mode", "MEMORY")?;
    conn.pragma_update(None, "synchronous", "OFF")?;
    conn.pragma_update(None, "secure_delete", false)?;
    Ok(conn)
}

/// Opens the file of vault `id` with the key that its slots gave.
///
/// # Errors
/// One code for each thing that can be wrong with the file. Nothing is created and nothing changed.
pub(super) fn open(path: &Path, key: &DataKey, id: Uuid, access: Access) -> Result<(Connection, Standing)> {
    let bytes = match std::fs::metadata(path) {
        Ok(meta) => meta.len(),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Err(Problem::new(Code::VaultMissing)),
        Err(error) => return Err(Problem::new(Code::Unreadable).with("file", file_name(path)).because(error)),
    };
    if bytes == 0 {
        return Err(Problem::new(Code::VaultTruncated));
    }
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let conn = Connection::open_with_flags(path, flags)?;
    unlock(&conn, key)?;
    readable(&conn)?;
    prepare(&conn, access)?;
    let standing = migrate::standing(&conn)?;
    whole(&conn, path)?;
    let found: Uuid = conn.query_row("SELECT id FROM vault", [], |row| row.get(0)).map_err(damaged)?;
    if found != id {
        return Err(Problem::new(Code::VaultMismatch));
    }
    Ok((conn, standing))
}

/// Sets the key. SQLCipher's own log would print to stderr: ours is the error.
fn unlock(conn: &Connection, key: &DataKey) -> Result<()> {
    let pragma: Zeroizing<String> = key.pragma();
    conn.execute_batch("PRAGMA cipher_log_level = NONE")?;
    conn.pragma_update(None, "key", pragma.as_str())?;
    Ok(())
}

/// The slots vouched for the key, so a file that it does not open is damaged, not locked.
fn readable(conn: &Connection) -> Result<()> {
    conn.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get::<_, i64>(0)).map_err(damaged)?;
    Ok(())
}

fn damaged(error: rusqlite::Error) -> Problem {
    let mut problem = Problem::from(error);
    if problem.code == Code::Database {
        problem.code = Code::VaultDamaged;
    }
    problem
}

/// A file cut on a page boundary passes every page's seal; its length gives it away. Pages that are only in the
/// write-ahead log are not missing. Looked at in this order, because a writer beside us may carry them over meanwhile.
fn whole(conn: &Connection, path: &Path) -> Result<()> {
    let pages: u64 = conn.pragma_query_value(None, "page_count", |row| row.get(0))?;
    // SQLCipher answers this one itself, in text.
    let size: String = conn.pragma_query_value(None, "cipher_page_size", |row| row.get(0))?;
    let size: u64 = size.parse().unwrap_or(0);
    let length = |path: &Path| std::fs::metadata(path).map_or(0, |meta| meta.len());
    let cut = length(&path.with_extension("db-wal")) == 0 && length(path) < pages * size;
    if cut { Err(Problem::new(Code::VaultTruncated)) } else { Ok(()) }
}

/// Whether every page's seal holds and the database is sound. A cut on a page's edge passes the seals and fails the structure; a
/// flipped bit may do the reverse: both are asked.
pub(super) fn sound(conn: &Connection) -> rusqlite::Result<bool> {
    let faults = |pragma: &str| -> rusqlite::Result<Vec<String>> {
        let mut query = conn.prepare(&format!("PRAGMA {pragma}"))?;
        query.query_map([], |row| row.get(0))?.collect()
    };
    Ok(faults("cipher_integrity_check")?.is_empty() && faults("integrity_check")? == ["ok"])
}

fn prepare(conn: &Connection, access: Access) -> Result<()> {
    conn.busy_timeout(BUSY)?;
    conn.set_prepared_statement_cache_capacity(128);
    // Plans do not depend on the values bound, so no statement is ever planned twice: a fifth of an import's time.
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    conn.pragma_update(None, "temp_store", "MEMORY")?;
    conn.pragma_update(None, "cache_size", if access == Access::Write { -CACHE_KIB } else { -GLANCE_KIB })?;
    conn.pragma_update(None, "synchronous", "FULL")?;
    conn.pragma_update(None, "foreign_keys", true)?;
    conn.pragma_update(None, "recursive_triggers", true)?;
    conn.pragma_update(None, "secure_delete", true)?;
    conn.pragma_update(None, "trusted_schema", false)?;
    if access == Access::Read {
        conn.pragma_update(None, "query_only", true)?;
    }
    Ok(())
}

fn file_name(path: &Path) -> String {
    path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}
