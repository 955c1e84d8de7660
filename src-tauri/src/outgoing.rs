//! Files that leave: the folder they go to, and the program that opens it.

use std::path::{Path, PathBuf};
use std::sync::mpsc::channel;

use akkoord_office::connections::{self, Format, Sent};
use akkoord_office::consents::{self, ProofShown};
use akkoord_office::intake;
use akkoord_office::papers::{self, Left, ListSaved, Origins};
use akkoord_office::problem::{Code, Problem, Result};
use akkoord_office::profile::create_private_dir;
use akkoord_office::profile::incoming::Given;
use akkoord_office::settings;
use akkoord_office::vault::{self, Done, Plain, Vault};
use akkoord_rules::person::Channel;
use chrono::{DateTime, Utc};
use rfd::{AsyncFileDialog, FileHandle};
use serde::Serialize;
use specta::Type;
use tauri::WebviewWindow;
use uuid::Uuid;

use crate::desk::{Held, needed};

/// A file that was saved.
#[derive(Debug, Clone, Serialize, Type)]
pub(crate) struct Saved<T> {
    /// Its path.
    pub(crate) path: String,
    /// What is in it.
    pub(crate) what: T,
}

/// Where exports go: the folder of the owner's choice, else `Akkoord` in the person's documents.
pub(crate) fn folder(vault: &Vault) -> Result<PathBuf> {
    if let Some(chosen) = settings::exports(vault) {
        return Ok(chosen);
    }
    let dirs = directories::UserDirs::new().ok_or_else(|| Problem::new(Code::System))?;
    Ok(dirs.document_dir().unwrap_or(dirs.home_dir()).join("Akkoord"))
}

impl Held {
    /// Sets where exports go; none is the usual folder.
    pub(crate) fn exports_to(&mut self, folder: Option<PathBuf>) -> Result<()> {
        let vault = needed(self)?;
        let before = settings::exports(vault);
        settings::exports_set(vault, folder.as_deref())?;
        self.exports_before = Some(before);
        Ok(())
    }

    /// Sets it as it was before.
    pub(crate) fn exports_back(&mut self) -> Result<()> {
        let Some(before) = self.exports_before.clone() else { return Ok(()) };
        self.exports_to(before)
    }
}

/// Asks for a folder in the system's own dialog, which begins at this one. What the page says is its title and nothing more: it
/// names no path, and learns of one only where files go that the person chose.
pub(crate) async fn ask_folder(window: &WebviewWindow, title: String, begins: PathBuf) -> Option<PathBuf> {
    ask(window, title, begins, |dialog| dialog.pick_folder()).await
}

/// The same for a backup; it begins in the person's own folder.
pub(crate) async fn ask_file(window: &WebviewWindow, title: String) -> Option<PathBuf> {
    let begins = directories::UserDirs::new().map(|dirs| dirs.home_dir().to_owned()).unwrap_or_default();
    ask(window, title, begins, |dialog| dialog.add_filter("Akkoord", &["zip"]).pick_file()).await
}

/// Shows the system's dialog over the window, and waits for what the person picks.
async fn ask<F: Future<Output = Option<FileHandle>> + Send + 'static>(
    window: &WebviewWindow,
    title: String,
    begins: PathBuf,
    pick: impl FnOnce(AsyncFileDialog) -> F + Send + 'static,
) -> Option<PathBuf> {
    let (give, take) = channel();
    let over = window.clone();
    // Systems show dialogs from the window's own thread only; waiting for the answer is done here.
    let asked = window.run_on_main_thread(move || {
        let dialog = AsyncFileDialog::new().set_title(title).set_directory(begins).set_parent(&over);
        // Where nobody waits any more there is nobody to answer.
        let _ = give.send(pick(dialog));
    });
    asked.ok()?;
    let picked = take.recv().ok()?.await?;
    Some(picked.path().to_owned())
}

/// Everything, as files that are not encrypted.
pub(crate) fn everything(vault: &mut Vault, now: DateTime<Utc>) -> Result<Done<Saved<Left>>> {
    let to = free(vault, word(vault, ["alles", "tout", "alles", "everything"]), "", now)?;
    let done = papers::export_all(vault, &to, now)?;
    Ok(saved(done, &to))
}

/// The whole vault as an SQLite file that is not encrypted.
pub(crate) fn plain(vault: &mut Vault, now: DateTime<Utc>) -> Result<Done<Saved<Plain>>> {
    let to = free(vault, word(vault, ["alles", "tout", "alles", "everything"]), "sqlite", now)?;
    let done = vault::export_plain(vault, &to, now)?;
    Ok(saved(done, &to))
}

/// A proof as it came in.
pub(crate) fn proof(vault: &mut Vault, proof: Uuid, now: DateTime<Utc>) -> Result<Done<Saved<ProofShown>>> {
    let end = consents::proof(vault, proof)?.ending();
    let to = free(vault, word(vault, ["bewijs", "preuve", "nachweis", "proof"]), &end, now)?;
    let done = consents::export(vault, proof, &to, now)?;
    Ok(saved(done, &to))
}

/// A file for a connection.
pub(crate) fn connection(
    vault: &mut Vault,
    key: &str,
    format: Format,
    now: DateTime<Utc>,
) -> Result<Done<Saved<Sent>>> {
    let what = match format {
        Format::Suppression => ["niet-mailen", "ne-pas-ecrire", "nicht-anschreiben", "leave-alone"],
        Format::Google | Format::Outlook | Format::Csv | Format::Vcard => ["voor", "pour", "fuer", "for"],
    };
    let to = free(vault, &format!("{}-{key}", word(vault, what)), format.ending(), now)?;
    let done = connections::export(vault, key, format, &to, now, |_, _| Ok(()))?;
    Ok(saved(done, &to))
}

/// A table of people who may be reached.
pub(crate) fn list(
    vault: &mut Vault,
    contacts: &[Uuid],
    purpose: &str,
    channel: Channel,
    now: DateTime<Utc>,
) -> Result<Done<Saved<ListSaved>>> {
    let to = free(vault, word(vault, ["lijst", "liste", "liste", "list"]), "csv", now)?;
    let done = papers::list(vault, contacts, purpose, channel, &to, now)?;
    Ok(saved(done, &to))
}

/// A table of people who are to be asked.
pub(crate) fn asking(vault: &mut Vault, asking: Uuid, now: DateTime<Utc>) -> Result<Done<Saved<ListSaved>>> {
    let to = free(vault, word(vault, ["te-vragen", "a-demander", "zu-fragen", "to-ask"]), "csv", now)?;
    let done = papers::merge_file(vault, asking, &to, now)?;
    Ok(saved(done, &to))
}

/// A table of people who are to be told that their data is held, with the letter or mail for each.
pub(crate) fn notices(
    vault: &mut Vault,
    contacts: &[Uuid],
    channel: Channel,
    from: &Origins,
    now: DateTime<Utc>,
) -> Result<Done<Saved<ListSaved>>> {
    let to = free(vault, word(vault, ["in-te-lichten", "a-informer", "zu-informieren", "to-tell"]), "csv", now)?;
    let done = papers::notices(vault, contacts, channel, from, &to, now)?;
    Ok(saved(done, &to))
}

/// The rows of an import that did not come in; how many there are.
pub(crate) fn rejected(vault: &Vault, import: Uuid, file: &Given, now: DateTime<Utc>) -> Result<Saved<u64>> {
    let to = free(vault, word(vault, ["na-te-kijken", "a-verifier", "zu-pruefen", "to-mend"]), "csv", now)?;
    let what = intake::save_rejected(vault, import, file, &to)?;
    Ok(Saved { path: to.display().to_string(), what })
}

/// What was done, with the file that it made.
pub(crate) fn saved<T>(done: Done<T>, to: &Path) -> Done<Saved<T>> {
    Done { output: Saved { path: to.display().to_string(), what: done.output }, touched: done.touched }
}

/// A name for a file where exports go that nothing has yet.
pub(crate) fn free(vault: &Vault, what: &str, end: &str, now: DateTime<Utc>) -> Result<PathBuf> {
    papers::free(&folder(vault)?, what, vault.business().today(now), end)
}

/// A file's name in the language of the business: Dutch, French, German, else English.
pub(crate) fn word(vault: &Vault, names: [&'static str; 4]) -> &'static str {
    let [dutch, french, german, english] = names;
    match vault.business().language.as_str() {
        "nl" => dutch,
        "fr" => french,
        "de" => german,
        _ => english,
    }
}

/// Shows the folder where exports go, also before there are any.
pub(crate) fn show(folder: &Path) -> Result<()> {
    create_private_dir(folder)?;
    open(folder)
}

/// Opens a proof that was put where programs find it; where none takes it, it does not stay there.
pub(crate) fn look(proof: &Path) -> Result<()> {
    let opened = open(proof);
    if let (Err(_), Some(folder)) = (&opened, proof.parent()) {
        // What cannot be removed now goes when the vault is locked.
        let _ = std::fs::remove_dir_all(folder);
    }
    opened
}

/// Opens a file or folder with the program that the computer has for it.
pub(crate) fn open(path: &Path) -> Result<()> {
    let failed = |error| Problem::new(Code::Unreadable).with("file", path.display().to_string()).because(error);
    open::that_detached(path).map_err(failed)
}
