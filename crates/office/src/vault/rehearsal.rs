//! A stage on which an act is tried out: an empty vault of its own, beside the real one, which is only read. Whoever the act is
//! about comes onto it first, as they stand; nothing that happens there reaches the vault. Its file is encrypted with a key that
//! is nowhere but in memory, and goes with the trial.

use std::path::PathBuf;

use chrono::{DateTime, Utc};
use rusqlite::types::Value;
use rusqlite::{Connection, OptionalExtension, params_from_iter};
use uuid::Uuid;

use super::record::{Rows, head};
use super::{Vault, file, known_by, migrate};
use crate::intake::draft::Draft;
use crate::key::DataKey;
use crate::problem::Result;
use crate::profile::create_private_dir;

/// Numbered rows that the trial adds go on after those of the vault.
const NUMBERED: [&str; 9] = [
    "contact",
    "contact_email",
    "contact_phone",
    "contact_address",
    "contact_website",
    "custom_value",
    "restriction",
    "field",
    "source",
];
/// What belongs to a contact, beside its own row.
const VALUES: [&str; 7] = [
    "contact_email",
    "contact_phone",
    "contact_address",
    "contact_website",
    "contact_label",
    "custom_value",
    "restriction",
];

impl Vault {
    /// Tries `work` out as an act, to see what comes of it. The vault is only read: whoever writes beside goes on.
    ///
    /// # Errors
    /// Whatever `work` refuses with; faults of the database.
    pub(crate) fn try_out<T>(
        &self,
        now: DateTime<Utc>,
        work: impl FnOnce(&mut Rows<'_>, &Cast<'_>) -> Result<T>,
    ) -> Result<T> {
        let mut stage = Stage::of(self)?;
        let seq = head(self.rows())?.seq + 1;
        let tx = stage.conn.transaction()?;
        let nobody = !self.rows().prepare_cached("SELECT 1 FROM contact LIMIT 1")?.exists([])?;
        let cast = Cast { live: self.rows(), nobody };
        // The stage has no list of its own.
        let seen = work(&mut Rows::of(&tx, seq, now.timestamp_millis(), None, self.blocked()), &cast);
        tx.rollback()?;
        seen
    }
}

/// The file on which an act is tried out.
struct Stage {
    conn: Connection,
    // After the connection: a file that is open cannot go everywhere.
    _file: Scrap,
}

/// A file that goes when it is let go of.
struct Scrap(PathBuf);

impl Drop for Scrap {
    fn drop(&mut self) {
        // What cannot go now goes at the next start.
        let _ = std::fs::remove_file(&self.0);
    }
}

impl Stage {
    fn of(vault: &Vault) -> Result<Self> {
        let dir = vault.profile().incoming();
        create_private_dir(&dir)?;
        let scrap = Scrap(dir.join(format!("{}.trial", Uuid::new_v4())));
        let mut conn = file::scratch(&scrap.0, &DataKey::passing()?)?;
        migrate::migrate(&mut conn)?;
        conn.execute("DELETE FROM field", [])?;
        copy(vault.rows(), &conn, "field", "1", 1)?;
        for table in NUMBERED {
            let sql = "SELECT seq FROM sqlite_sequence WHERE name = ?";
            let last: Option<i64> = vault.rows().query_row(sql, [table], |row| row.get(0)).optional()?;
            conn.execute("DELETE FROM sqlite_sequence WHERE name = ?", [table])?;
            conn.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (?, ?)", (table, last.unwrap_or(0)))?;
        }
        Ok(Self { conn, _file: scrap })
    }
}

/// Those of the vault whom a trial may be about.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Cast<'v> {
    live: &'v Connection,
    /// There is nobody yet.
    nobody: bool,
}

impl Cast<'_> {
    /// Brings whoever a row could be matched to, with those that they were merged with.
    pub(crate) fn bring(&self, stage: &Connection, draft: &Draft) -> Result<()> {
        if self.nobody {
            return Ok(());
        }
        let (name, owner, person) =
            (known_by::email_key(draft), known_by::phone_owner(draft), known_by::phone_key(draft));
        for email in &draft.emails {
            self.first(stage, "contact_email WHERE normalised = ?1 AND name_key = ?2", &[&email.normalised, &name])?;
            self.first(stage, "contact_email WHERE normalised = ?1", &[&email.normalised])?;
        }
        for phone in &draft.phones {
            self.first(stage, "contact_phone WHERE e164 = ?1 AND name_key = ?2", &[&phone.e164, &person])?;
            let owned = "contact_phone WHERE e164 = ?1 AND name_key >= ?2 || char(31) AND name_key < ?2 || char(32)";
            self.first(stage, owned, &[&phone.e164, &owner])?;
        }
        if let Some(key) = known_by::match_key(draft) {
            self.first(stage, "(SELECT no AS contact_no, match_key FROM contact) WHERE match_key = ?1", &[&key])?;
        }
        Ok(())
    }

    /// Brings the oldest to whom this applies. Whoever is on the stage already and was changed there so that it does no more is
    /// passed over; whoever it still applies to was brought before all that are newer.
    fn first(&self, stage: &Connection, among: &str, given: &[&str]) -> Result<()> {
        let mut query = self.live.prepare_cached(&format!("SELECT contact_no FROM {among} ORDER BY contact_no"))?;
        let mut found = query.query(params_from_iter(given))?;
        while let Some(row) = found.next()? {
            let no: i64 = row.get(0)?;
            if !stage.prepare_cached("SELECT 1 FROM contact WHERE no = ?")?.exists([no])? {
                return self.enter(stage, no);
            }
            let still = format!("SELECT 1 FROM {among} AND contact_no = ?{}", given.len() + 1);
            let all = given.iter().map(|one| Value::from((*one).to_owned())).chain([Value::from(no)]);
            if stage.prepare_cached(&still)?.exists(params_from_iter(all))? {
                return Ok(());
            }
        }
        Ok(())
    }

    /// Puts a contact onto the stage, with the one that speaks for it and all that it speaks for.
    fn enter(&self, stage: &Connection, no: i64) -> Result<()> {
        let sql = "SELECT coalesce(merged_into, no) FROM contact WHERE no = ?";
        let head: i64 = self.live.prepare_cached(sql)?.query_row([no], |row| row.get(0))?;
        let others = "SELECT no FROM contact WHERE merged_into = ? ORDER BY no";
        let others: Vec<i64> =
            self.live.prepare_cached(others)?.query_map([head], |row| row.get(0))?.collect::<Result<_, _>>()?;
        for no in std::iter::once(head).chain(others) {
            copy(self.live, stage, "contact", "no", no)?;
            for table in VALUES {
                copy(self.live, stage, table, "contact_no", no)?;
            }
            copy(self.live, stage, "contact_text", "no", no)?;
            for (table, columns) in [("contact_part", "words, digits"), ("contact_start", "words")] {
                let sql = format!(
                    "INSERT INTO {table} (rowid, {columns}) SELECT no, {columns} FROM contact_text WHERE no = ?"
                );
                stage.prepare_cached(&sql)?.execute([no])?;
            }
        }
        Ok(())
    }
}

/// Copies the rows of a table in which a column has this value. Both files have one schema.
fn copy(from: &Connection, to: &Connection, table: &str, column: &str, value: i64) -> Result<()> {
    let mut query = from.prepare_cached(&format!("SELECT * FROM {table} WHERE {column} = ?"))?;
    let width = query.column_count();
    let places = vec!["?"; width].join(", ");
    let mut rows = query.query([value])?;
    while let Some(row) = rows.next()? {
        let cells = (0..width).map(|at| row.get(at)).collect::<Result<Vec<Value>, _>>()?;
        to.prepare_cached(&format!("INSERT INTO {table} VALUES ({places})"))?.execute(params_from_iter(cells))?;
    }
    Ok(())
}
