//! An address book on a server, kept as the gate says: cards of our own making are written, changed and taken away; everybody
//! else's, and ours once somebody changed them there, are left as they are.
//!
//! What went is recorded once it went. Should a run break off between the two, the next one finds our cards there by their names
//! and makes up for it: also of whoever may not be there any more, that they were.

mod multistatus;
mod server;
mod shelf;

use std::collections::{BTreeSet, HashMap};

use akkoord_rules::outflow::Kind;
use chrono::{DateTime, Utc};
use rusqlite::Connection;
use serde::Serialize;
use serde_json::json;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use self::server::Server;
pub(crate) use self::shelf::{Met, Shelf};
use super::export::{going, high_of, is_organisation, record};
use super::flow::{Fate, Flows};
use super::paper::titled;
use super::preview::Tally;
use super::{again, card};
use crate::erasure;
use crate::key::{Passphrase, keychain};
use crate::papers::vcard;
use crate::people::{Who, listed, resolve};
use crate::problem::{Code, Problem, Result};
use crate::vault::connection::{Stored, live};
use crate::vault::disclosure::{self, CardThere};
use crate::vault::{Act, Done, Rows, Vault, hex};

/// How the names of our cards on a server begin.
const OURS: &str = "akkoord-";

/// What stands for a version that a line which broke off left unknown.
const UNKNOWN: &str = "?";

/// How to run.
#[derive(Debug, Default)]
pub struct RunOptions {
    /// The password; absent is the one in this computer's keychain.
    pub password: Option<Passphrase>,
    /// Contacts whose card is written over what somebody made of it there.
    pub overwrite: Vec<String>,
}

/// Why a card was left as it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "snake_case", rename = "ConflictWhy")]
pub enum Why {
    /// Somebody changed it there.
    ChangedThere,
    /// Somebody took it away there.
    GoneThere,
}

/// A card that was left as it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename = "ConnectionConflict")]
pub struct Conflict {
    /// Whose it is.
    pub contact: Uuid,
    /// What people call them.
    pub name: String,
    /// Why.
    pub why: Why,
}

/// What a run did.
#[derive(Debug, Clone, Default, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename = "ConnectionRan")]
pub struct Ran {
    /// Who may be there and who not, in numbers.
    #[serde(flatten)]
    pub tally: Tally,
    /// The run, by which each person's record names it; none where nothing was written.
    pub disclosure: Option<Uuid>,
    /// How many cards were written.
    pub written: usize,
    /// How many were as they should be.
    pub unchanged: usize,
    /// How many were taken away.
    pub removed: usize,
    /// Those that were left as they are.
    pub conflicts: Vec<Conflict>,
}

/// Something that happened on the server and has to be recorded.
#[derive(Debug)]
enum Happened {
    Written(Fate, CardThere),
    /// A card of ours was there of which nothing is on record, as a run broke off before it could be; it goes away again.
    Found(Fate),
    /// Which contact's own card went, and whose person that is.
    Removed(Who, i64),
    /// The card of somebody who was erased went.
    Erased,
    /// The line broke off: nobody knows which version is there.
    Doubtful(CardThere),
}

/// Keeps the password of an address book in this computer's keychain.
///
/// # Errors
/// [`Code::NotFound`], [`Code::Invalid`] for a file; those of the keychain.
pub fn keep_password(vault: &Vault, key: &str, password: &Passphrase) -> Result<()> {
    keychain::password_set(address_book(vault, key)?.id, password)
}

fn address_book(vault: &Vault, key: &str) -> Result<Stored> {
    let stored = live(vault.rows(), key)?;
    match stored.kind {
        Kind::Carddav => Ok(stored),
        Kind::File => Err(Problem::invalid("connection", "no_address_book")),
    }
}

/// Brings an address book to what the gate says: who may be there is written, who may not any more is taken away.
///
/// # Errors
/// [`Code::NotFound`]; [`Code::Invalid`] for a file; [`Code::NoPassword`] and those of the keychain; those of the server, when
/// what had happened by then is recorded. Those that may pass by themselves are tried again: [`super::again`].
pub fn run(vault: &mut Vault, key: &str, options: &RunOptions, now: DateTime<Utc>) -> Result<Done<Ran>> {
    let stored = address_book(vault, key)?;
    if !vault.writes() {
        return Err(Problem::new(Code::VaultReadOnly));
    }
    let over =
        options.overwrite.iter().map(|given| Ok(resolve(vault.rows(), given)?.no)).collect::<Result<Vec<_>>>()?;
    let ran = attempt(vault, &stored, options.password.as_ref(), over, &|| false, now);
    again::noted(vault, &stored, None, ran, now)
}

/// One run, until `stopped` says that it had better end.
pub(super) fn attempt(
    vault: &mut Vault,
    stored: &Stored,
    password: Option<&Passphrase>,
    over: Vec<i64>,
    stopped: &dyn Fn() -> bool,
    now: DateTime<Utc>,
) -> Result<Done<Ran>> {
    let kept = match password {
        Some(_) => None,
        None => keychain::password_get(stored.id)?,
    };
    let missing = || Problem::new(Code::NoPassword).with("connection", stored.key.as_str());
    let password = password.or(kept.as_ref()).ok_or_else(missing)?;
    go_over(vault, stored, Server::of(&stored.url, &stored.user, password), over, stopped, now)
}

/// Brings the cards on a shelf to what the gate says, and records what went.
///
/// # Errors
/// Those of the shelf, and [`Code::Cancelled`], when what had happened by then is recorded; faults of the database.
pub(crate) fn go_over(
    vault: &mut Vault,
    stored: &Stored,
    shelf: impl Shelf,
    over: Vec<i64>,
    stopped: &dyn Fn() -> bool,
    now: DateTime<Utc>,
) -> Result<Done<Ran>> {
    let there: HashMap<String, String> = shelf.list()?.into_iter().filter(|(name, _)| name.starts_with(OURS)).collect();
    let mut round = Round { shelf, there, over, ran: Ran::default(), happened: Vec::new() };
    let broke = round.go(vault, stored, stopped, now).err();
    let (mut ran, happened) = (round.ran, round.happened);
    let touched = keep(vault, stored, &mut ran, happened, now)?;
    match broke {
        Some(problem) => Err(problem.with("written", ran.written).with("removed", ran.removed)),
        None => Ok(Done { output: ran, touched }),
    }
}

/// One going over of the address book.
struct Round<S> {
    shelf: S,
    /// Our cards there, by name, with their versions.
    there: HashMap<String, String>,
    over: Vec<i64>,
    ran: Ran,
    happened: Vec<Happened>,
}

impl<S: Shelf> Round<S> {
    fn go(&mut self, vault: &Vault, stored: &Stored, stopped: &dyn Fn() -> bool, now: DateTime<Utc>) -> Result<()> {
        let (conn, business) = (vault.rows(), vault.business());
        let fields: Vec<&str> = stored.fields.iter().map(|field| field.key.as_str()).collect();
        let flows = Flows::of(conn, business, stored, business.today(now))?;
        flows.each(|fate| {
            if stopped() {
                return Err(Problem::new(Code::Cancelled));
            }
            self.ran.tally.count(&fields, &fate);
            let known = disclosure::cards(conn, stored.no, fate.who.no)?;
            let name = name_of(fate.who.id);
            let (own, others): (Vec<_>, Vec<_>) = known.into_iter().partition(|card| card.contact_no == fate.who.no);
            for other in others {
                let _ = self.remove(conn, fate.who, &other.href, other.contact_no)?;
            }
            match going(conn, &flows, &fate)? {
                Some((draft, _)) => {
                    let organisation = is_organisation(conn, fate.who.no)?;
                    let text = vcard::vcard(fate.who.id, &titled(&stored.fields, &draft), organisation);
                    self.write(conn, fate, name, own.into_iter().next(), text)
                }
                None if own.is_empty() && !self.there.contains_key(&name) => Ok(()),
                None => {
                    let (who, unrecorded) = (fate.who, own.is_empty());
                    if self.remove(conn, who, &name, who.no)? && unrecorded {
                        self.happened.push(Happened::Found(fate));
                    }
                    Ok(())
                }
            }
        })?;
        self.remove_erased(conn)
    }

    /// Takes the cards of those away who were erased: nothing here knows of them but that they were.
    fn remove_erased(&mut self, conn: &Connection) -> Result<()> {
        for (name, version) in &self.there {
            let id = name.strip_prefix(OURS).and_then(|name| name.strip_suffix(".vcf")?.parse().ok());
            // What somebody changes there just now goes the next time.
            if let Some(id) = id
                && erasure::was_erased(conn, id)?
                && matches!(self.shelf.delete(name, version)?, Met::Done(_))
            {
                self.happened.push(Happened::Erased);
            }
        }
        Ok(())
    }

    /// Writes somebody's card, unless it is as it should be or somebody made something else of it there.
    fn write(
        &mut self,
        conn: &Connection,
        fate: Fate,
        name: String,
        known: Option<CardThere>,
        text: String,
    ) -> Result<()> {
        let card = hex(&Sha256::digest(text.as_bytes()));
        let version = self.there.get(&name).cloned();
        let known = known.filter(|known| known.etag != UNKNOWN);
        let stands = known.as_ref().map(|known| Some(&known.etag) == version.as_ref());
        if stands == Some(false) && !self.over.contains(&fate.who.no) {
            let why = if version.is_some() { Why::ChangedThere } else { Why::GoneThere };
            return self.leave(conn, fate.who, why);
        }
        if stands == Some(true) && known.is_some_and(|known| known.card == card) {
            self.ran.unchanged += 1;
            return Ok(());
        }
        let mut put = CardThere { contact_no: fate.who.no, href: name, etag: UNKNOWN.to_owned(), card };
        match self.shelf.put(&put.href, version.as_deref(), text) {
            Ok(Met::Done(etag)) => {
                // Without its version in the answer the next run asks for it.
                put.etag = etag.unwrap_or_else(|| UNKNOWN.to_owned());
                self.happened.push(Happened::Written(fate, put));
                Ok(())
            }
            Ok(Met::Changed) => self.leave(conn, fate.who, Why::ChangedThere),
            Err(problem) => {
                self.happened.push(Happened::Doubtful(put));
                Err(problem)
            }
        }
    }

    /// Leaves a card as it is, and says so.
    fn leave(&mut self, conn: &Connection, who: Who, why: Why) -> Result<()> {
        self.ran.conflicts.push(Conflict { contact: who.id, name: listed(conn, who.no)?.name, why });
        Ok(())
    }

    /// Takes a card of ours away, whatever somebody made of it: the person may not be there.
    fn remove(&mut self, conn: &Connection, who: Who, name: &str, contact_no: i64) -> Result<bool> {
        if let Some(version) = self.there.get(name)
            && self.shelf.delete(name, version)? == Met::Changed
        {
            self.leave(conn, who, Why::ChangedThere)?;
            return Ok(false);
        }
        self.happened.push(Happened::Removed(who, contact_no));
        Ok(true)
    }
}

/// The name of a contact's card.
fn name_of(id: Uuid) -> String {
    format!("{OURS}{id}.vcf")
}

/// Records what happened, in one act.
fn keep(
    vault: &mut Vault,
    stored: &Stored,
    ran: &mut Ran,
    happened: Vec<Happened>,
    now: DateTime<Utc>,
) -> Result<&'static [crate::vault::Area]> {
    ran.tally = std::mem::take(&mut ran.tally).sorted();
    if happened.is_empty() {
        return Ok(&[]);
    }
    let (business, by) = (vault.business().clone(), vault.by().to_owned());
    let done = vault.record(Act::ConnectionFed, None, now, |rows| {
        let conn = rows.beside();
        let flows = Flows::of(conn, &business, stored, business.today(now))?;
        let run = disclosure::begin(rows, stored.no, "carddav", &by)?;
        let mut went = BTreeSet::new();
        for one in &happened {
            match one {
                Happened::Written(fate, _) => {
                    if let Some((draft, keys)) = going(conn, &flows, fate)? {
                        record(rows, run, stored, fate, &draft, &keys)?;
                        went.extend(keys.iter().map(|key| (*key).to_owned()));
                    }
                    ran.written += 1;
                }
                Happened::Found(fate) => {
                    let draft = card::only(card::whole(conn, fate.who.no)?, &flows.open());
                    let keys: Vec<&str> = flows.open().into_iter().filter(|key| card::holds(&draft, key)).collect();
                    record(rows, run, stored, fate, &draft, &keys)?;
                }
                Happened::Removed(..) | Happened::Erased | Happened::Doubtful(_) => {}
            }
        }
        disclosure::arrived(rows, run)?;
        for one in &happened {
            match one {
                Happened::Written(_, card) | Happened::Doubtful(card) => disclosure::card_is(rows, stored.no, card)?,
                Happened::Removed(who, contact_no) => {
                    disclosure::card_gone(rows, stored.no, *contact_no)?;
                    taken_out(rows, stored, *who)?;
                    ran.removed += 1;
                }
                Happened::Erased => ran.removed += 1,
                Happened::Found(_) => {}
            }
        }
        ran.disclosure = (ran.written > 0).then_some(run.id);
        let facts = json!({
            "connection": stored.key, "format": "carddav", "written": ran.written, "removed": ran.removed,
            "high": high_of(stored, &went),
        });
        rows.fact(None, &json!({ "run": facts }))
    })?;
    Ok(done.touched)
}

fn taken_out(rows: &mut Rows<'_>, stored: &Stored, who: Who) -> Result<()> {
    rows.fact(Some(who.id), &json!({ "removed_at": { "connection": stored.key } }))
}
