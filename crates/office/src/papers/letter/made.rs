//! Making a letter: a file for the owner to print or send, its entry on the record, and a copy with the request that it is about.

use std::path::Path;

use chrono::{DateTime, Utc};
use serde::Serialize;
use serde_json::json;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::compose::{Composed, Shell, Wanted, composed};
use super::filling::put;
use super::template::{Filled, Filling, Template};
use super::{Letter, code, stored};
use crate::consents::ProofShown;
use crate::key::RecoveryCode;
use crate::papers::paper::{Block, Paper, Press};
use crate::people::Who;
use crate::problem::{Problem, Result};
use crate::profile::incoming::Given;
use crate::profile::{Leaving, Profile};
use crate::requests;
use crate::vault::{Act, Done, Rows, Vault, hex};

/// A letter that was made.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename = "LetterMade")]
pub struct Made {
    /// Its name for programs.
    pub letter: &'static str,
    /// The language that it is in.
    pub language: &'static str,
    /// SHA-256 of the file, in hex.
    pub sha256: String,
    /// Its size.
    pub bytes: usize,
    /// The copies that went with the request.
    pub attachments: Vec<ProofShown>,
}

/// Makes a letter as PDF and writes it into a file; `keep` puts a copy with the request that it is about.
///
/// # Errors
/// [`crate::Code::NotFound`], [`crate::Code::Ambiguous`]; [`crate::Code::MissingField`] for a place that nothing fills, before
/// anything is made; [`crate::Code::Invalid`], also for a copy without a request; [`crate::Code::InProfile`],
/// [`crate::Code::Unwritable`], [`crate::Code::DiskFull`].
pub fn make(
    vault: &mut Vault,
    letter: Letter,
    wanted: &Wanted,
    press: &dyn Press,
    (to, keep): (&Path, bool),
    now: DateTime<Utc>,
) -> Result<Done<Made>> {
    if keep && wanted.request.is_none() {
        return Err(Problem::invalid("request", "nothing_to_keep_with"));
    }
    let Composed { paper, who, code } = composed(vault, letter, wanted, now)?;
    let printed =
        Printed { letter, language: paper.language, bytes: press.pdf(&paper)?, code, request: wanted.request };
    let leaving = Leaving::whole(vault.profile(), to, &printed.bytes)?;
    let done = vault.record(Act::LetterMade, who.map(|who| who.id), now, |rows| printed.seal(rows, who, keep))?;
    leaving.put_recorded()?;
    Ok(done)
}

/// A letter that was printed.
pub(in crate::papers) struct Printed {
    pub(in crate::papers) letter: Letter,
    pub(in crate::papers) language: &'static str,
    pub(in crate::papers) bytes: Vec<u8>,
    /// The code on it, and the purpose that it asks about.
    pub(in crate::papers) code: Option<(String, Option<i64>)>,
    /// The request that it is about.
    pub(in crate::papers) request: Option<Uuid>,
}

impl Printed {
    /// Seals what leaves, inside the act by which it does; `keep` puts a copy with its request.
    pub(in crate::papers) fn seal(&self, rows: &mut Rows<'_>, who: Option<Who>, keep: bool) -> Result<Made> {
        let (letter, language) = (self.letter.as_str(), self.language);
        if let (Some((code, purpose_no)), Some(who)) = (&self.code, who) {
            code::keep(rows, code, who, *purpose_no, letter)?;
        }
        let copy = || Given::Made { name: format!("{letter}.pdf"), bytes: self.bytes.clone().into() };
        let kept = self.request.filter(|_| keep).map(|request| requests::keep_letter(rows, request, &copy()));
        let attachments = kept.transpose()?.unwrap_or_default();
        let files: Vec<Uuid> = attachments.iter().map(|file| file.id).collect();
        let sha256 = hex(&Sha256::digest(&self.bytes));
        let about = json!({ "name": letter, "language": language, "request": self.request, "sha256": sha256 });
        rows.fact(who.map(|who| who.id), &json!({ "letter": about, "files": files }))?;
        Ok(Made { letter, language, sha256, bytes: self.bytes.len(), attachments })
    }
}

/// The page of the Emergency Kit, but for the code: that is shown this once, before it counts.
#[derive(Debug)]
pub struct Kit {
    profile: Profile,
    template: Template,
    filling: Filling,
    paper: Paper,
}

impl Kit {
    /// The page of this vault.
    ///
    /// # Errors
    /// Faults of the database.
    pub fn of(vault: &Vault, now: DateTime<Utc>) -> Result<Self> {
        let shell = Shell::of(vault, "", now)?;
        let [vault_word, fingerprint] = shell.words.kit;
        let mut filling = Filling::new();
        put(&mut filling, "business", vault.business().name.clone());
        put(&mut filling, "date", shell.language.date(vault.business().today(now)));
        let known = [(vault_word, vault.id().to_string()), (fingerprint, vault.fingerprint()?)];
        let known = known.map(|(name, value)| (name.to_owned(), value)).to_vec();
        filling.insert("vault", Filled::Blocks(vec![Block::Pairs(known)]));
        Ok(Self {
            profile: vault.profile().clone(),
            template: stored::template(vault.rows(), Letter::Kit, shell.language.code)?,
            filling,
            paper: shell.paper(vault, String::new(), Vec::new(), Vec::new()),
        })
    }

    /// Writes the page with a recovery code.
    ///
    /// # Errors
    /// [`crate::Code::InProfile`], [`crate::Code::Unwritable`], [`crate::Code::DiskFull`].
    pub fn write(mut self, recovery: &RecoveryCode, press: &dyn Press, to: &Path) -> Result<()> {
        let code = recovery.grouped();
        let scan = Block::Qr { content: code.to_string(), caption: self.paper.head.name.clone() };
        for (name, block) in [("recovery_code", Block::Code(code.to_string())), ("qr", scan)] {
            self.filling.insert(name, Filled::Blocks(vec![block]));
        }
        (self.paper.title, self.paper.body) = self.template.filled(&Letter::Kit.places(), &self.filling)?;
        let bytes = press.pdf(&self.paper)?;
        Leaving::whole(&self.profile, to, &bytes)?.put()
    }
}
