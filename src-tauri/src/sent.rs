//! What the page sends, as the office takes it.

use akkoord_office::consents::PROOF_MAX;
use akkoord_office::intake::header::Selection;
use akkoord_office::intake::import::{Ask, OnDuplicate, Origin};
use akkoord_office::intake::mapping::{Mapping, Said};
use akkoord_office::intake::reader::Options;
use akkoord_office::intake::recognise::Format;
use akkoord_office::intake::saved;
use akkoord_office::normal::phone::Region;
use akkoord_office::problem::{Code, Problem, Result};
use akkoord_office::profile::incoming::{Given, IMPORT_MAX, Spool};
use akkoord_office::vault::Vault;
use serde::Deserialize;
use specta::Type;
use tauri::ipc::{InvokeBody, Request};
use uuid::Uuid;

use crate::commands::files::Meant;

impl Meant {
    /// How many bytes such a file may have.
    pub(crate) fn most(self) -> u64 {
        match self {
            Self::Import => IMPORT_MAX,
            Self::Proof => PROOF_MAX,
        }
    }
}

/// A file's id and the bytes of its next piece.
pub(crate) fn piece(request: &Request<'_>) -> Result<(Uuid, Vec<u8>)> {
    let named = request.headers().get("file").and_then(|value| value.to_str().ok());
    let file = named.and_then(|text| text.parse().ok()).ok_or_else(|| Problem::not_found("file", ""))?;
    match request.body() {
        InvokeBody::Raw(bytes) => Ok((file, bytes.clone())),
        InvokeBody::Json(_) => Err(Problem::new(Code::System)),
    }
}

/// The files of these ids.
pub(crate) fn given(files: &Spool, ids: &[Uuid]) -> Result<Vec<Given>> {
    ids.iter().map(|id| files.given(*id)).collect()
}

/// A file to import, and how.
#[derive(Debug, Clone, Deserialize, Type)]
pub(crate) struct ImportIn {
    /// The file that was sent.
    pub(crate) file: Uuid,
    /// Who wrote it, where it is not detected rightly.
    pub(crate) format: Option<String>,
    /// Its encoding, where it is not detected rightly.
    pub(crate) encoding: Option<String>,
    /// What stands between its cells, where it is not detected rightly.
    pub(crate) delimiter: Option<char>,
    /// The sheet of a workbook, where another one is wanted than is taken by itself.
    pub(crate) sheet: Option<String>,
    /// The kept mapping to read it by; absent is the one whose header it has.
    pub(crate) mapping: Option<Uuid>,
    /// No kept mapping is taken by itself.
    pub(crate) unmapped: bool,
    /// What single columns are, where they are not recognised rightly.
    pub(crate) columns: Vec<Said>,
    /// Columns that come in though they would be left out, by name.
    pub(crate) with: Vec<String>,
    /// Columns that stay out, by name.
    pub(crate) without: Vec<String>,
    /// Rows too that are marked private in the program they come from.
    pub(crate) private: bool,
    /// Where the data came from at first.
    pub(crate) origin: Origin,
    /// What to do with rows about somebody who is there.
    pub(crate) on_duplicate: OnDuplicate,
}

impl ImportIn {
    pub(crate) fn ask(self, files: &Spool, vault: &Vault) -> Result<Ask> {
        let selection = Selection::of(self.with.iter().map(String::as_str));
        let chosen = self.mapping.map(|id| saved::mapping_named(vault, &id.to_string())).transpose()?;
        let said = Mapping::said(&self.columns, &saved::own_fields(vault)?)?;
        let home = Region::of(&vault.business().country).ok_or_else(|| Problem::new(Code::System))?;
        Ok(Ask {
            file: files.given(self.file)?,
            options: Options {
                format: self.format.as_deref().and_then(Format::named),
                encoding: self.encoding,
                delimiter: self.delimiter,
                sheet: self.sheet,
                mapping: chosen.map(|saved| saved.mapping),
                saved: if self.unmapped { Vec::new() } else { saved::saved(vault)? },
                said: Some(said).filter(|said| !said.is_empty()),
                selection: selection.without(self.without.iter().map(String::as_str)),
                ..Options::detect(home)
            },
            origin: self.origin,
            on_duplicate: self.on_duplicate,
            private: self.private,
            rejected_to: None,
            dry_run: false,
        })
    }
}
