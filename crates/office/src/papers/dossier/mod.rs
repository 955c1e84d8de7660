//! The proof dossier: one ZIP about one person, for an authority. It shows what was agreed to, with the wording and the proof,
//! and can be verified by anybody, without a vault and without a network.
//!
//! The manifest names every file with its SHA-256 and is signed (Ed25519) with the vault's key, whose fingerprint stands on the
//! Emergency Kit. Beside the records stands the person's part of the audit log: the facts, each with its salt, the leaves and
//! entries that they are sealed in, and the whole chain of entries (ids and codes only) up to the head.

mod excerpt;
mod page;
mod paper;
mod read;

use std::io::Write;
use std::path::Path;

use chrono::{DateTime, Utc};
use ed25519_dalek::{Signer, SigningKey};
use serde::{Deserialize, Serialize};
use serde_json::json;
use sha2::{Digest, Sha256};
use uuid::Uuid;
use zeroize::Zeroizing;

use super::archive::Written;
use super::paper::Press;
use crate::consents::{self, EventShown, ProofShown, proof_pieces};
use crate::people::{self, Who, resolve};
use crate::problem::{Code, Problem, Result};
use crate::profile::Leaving;
use crate::sealed;
use crate::vault::{Act, Done, Vault, hex};

pub use read::{Answered, DossierFlaw, Verdict, verify_dossier};

const FORMAT: u32 = 1;
const MANIFEST: &str = "manifest.json";
const SIGNATURE: &str = "manifest.sig";
const CONSENTS: &str = "consents.json";
const EXCERPT: &str = "audit.json";
const CHAIN: &str = "chain.json";

/// What was written.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct Dossier {
    /// The files in the ZIP.
    pub files: Vec<Written>,
    /// The fingerprint of the key that signed it.
    pub fingerprint: String,
    /// How many entries the audit chain had.
    pub entries: i64,
    /// The hash of the last of them.
    pub head: String,
}

/// What a dossier says of itself: this is what is signed.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Manifest {
    format: u32,
    vault: Uuid,
    business: String,
    country: String,
    contact: Uuid,
    made: String,
    /// The public half of the key that signs, in hex.
    key: String,
    entries: i64,
    head: String,
    files: Vec<File>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
struct File {
    name: String,
    bytes: u64,
    sha256: String,
}

/// A file and what is in it; of a proof, which content of the vault.
enum Content {
    Bytes(Vec<u8>),
    Proof(i64, u64),
}

/// Writes the dossier of a person, with those who were merged with them.
///
/// # Errors
/// As `resolve`; [`Code::System`] where the paper cannot be set; [`Code::InProfile`], [`Code::Unwritable`], [`Code::DiskFull`]; [`Code::VaultDamaged`] where a proof's bytes
/// are no longer those that came in, or the audit log does not hold: what is not sound is not signed.
pub fn dossier(
    vault: &mut Vault,
    given: &str,
    press: &dyn Press,
    to: &Path,
    now: DateTime<Utc>,
) -> Result<Done<Dossier>> {
    let who = resolve(vault.rows(), given)?;
    let verified = vault.verify(None)?;
    if let Some(fault) = verified.first_fault {
        return Err(Problem::new(Code::VaultDamaged).with("seq", fault.seq));
    }
    let mut leaving = Leaving::begin(vault.profile(), to)?;
    let events = consents::history(vault, &who.id.to_string())?;
    let mut contents = contents(vault, who, &events, now)?;
    contents.push(printed(vault, who.no, &events, press, (verified.entries, &verified.head), now)?);
    let key = signing_key(vault)?;
    let files = contents.iter().map(|(name, content)| measured(vault, name, content)).collect::<Result<Vec<_>>>()?;
    let manifest = Manifest {
        format: FORMAT,
        vault: vault.id(),
        business: vault.business().name.clone(),
        country: vault.business().country.clone(),
        contact: who.id,
        made: vault.business().said(now.timestamp_millis()),
        key: hex(key.verifying_key().as_bytes()),
        entries: verified.entries,
        head: verified.head,
        files,
    };
    let signed = pretty(&manifest)?;
    let signature = format!("{}\n", hex(&key.sign(&signed).to_bytes()));
    let own = [(SIGNATURE, signature.into_bytes()), (MANIFEST, signed)];
    write(vault, &leaving, &own, &contents)?;
    leaving.flush().map_err(|error| leaving.failed(error))?;
    let mut written: Vec<Written> = own.iter().map(|(name, bytes)| Written::of(name, bytes)).collect();
    written.extend(manifest.files.iter().map(|file| Written {
        name: file.name.clone(),
        sha256: file.sha256.clone(),
        bytes: usize::try_from(file.bytes).unwrap_or(usize::MAX),
    }));
    let fingerprint = vault.fingerprint()?;
    let Manifest { entries, head, .. } = manifest;
    let done = vault.record(Act::DossierMade, Some(who.id), now, |rows| {
        rows.fact(Some(who.id), &json!({ "files": written.len(), "entries": entries, "head": head }))?;
        Ok(Dossier { files: written, fingerprint, entries, head })
    })?;
    leaving.put_recorded()?;
    Ok(done)
}

/// The key that signs, for as long as it is needed.
fn signing_key(vault: &Vault) -> Result<SigningKey> {
    let secret: [u8; 32] =
        vault.rows().query_row("SELECT secret FROM vault_key WHERE kind = 'sign'", [], |row| row.get(0))?;
    Ok(SigningKey::from_bytes(&Zeroizing::new(secret)))
}

/// The files in their order, but for the manifest and its signature.
fn contents(vault: &Vault, who: Who, events: &[EventShown], now: DateTime<Utc>) -> Result<Vec<(String, Content)>> {
    let conn = vault.rows();
    let group = people::group(conn, who.no)?;
    let excerpt = excerpt::of(conn, vault.business(), &group)?;
    let page = page::page(vault, who.no, events, now)?;
    let mut files = vec![
        (page.name.to_owned(), Content::Bytes(page.bytes)),
        (CONSENTS.to_owned(), Content::Bytes(pretty(&consents::receipts(vault, &who.id.to_string(), now)?)?)),
        (EXCERPT.to_owned(), Content::Bytes(pretty(&excerpt)?)),
        (CHAIN.to_owned(), Content::Bytes(lines(&excerpt::chain(conn)?)?)),
    ];
    files.extend(wordings(events));
    for event in events {
        for proof in &event.proofs {
            let content = consents::proof_content(conn, proof.id)?;
            files.push((proof_name(proof), Content::Proof(content, proof.bytes)));
        }
    }
    Ok(files)
}

/// Under which name a proof is in the dossier.
fn proof_name(proof: &ProofShown) -> String {
    let end = proof.ending();
    let dot = if end.is_empty() { "" } else { "." };
    format!("proofs/{}{dot}{end}", proof.id)
}

/// The dossier as a paper.
fn printed(
    vault: &Vault,
    no: i64,
    events: &[EventShown],
    press: &dyn Press,
    log: (i64, &str),
    now: DateTime<Utc>,
) -> Result<(String, Content)> {
    let (name, paper) = paper::paper(vault, no, events, log, now)?;
    Ok((name.to_owned(), Content::Bytes(press.pdf(&paper)?)))
}

/// Each text that was shown or read aloud, once, under the beginning of its sum: the records name it.
fn wordings(events: &[EventShown]) -> Vec<(String, Content)> {
    let mut texts: Vec<&str> = events.iter().map(|event| event.text.as_str()).filter(|text| !text.is_empty()).collect();
    texts.sort_unstable();
    texts.dedup();
    let named = |text: &str| {
        let sum = hex(&Sha256::digest(text));
        (format!("wordings/{sum}.txt"), Content::Bytes(text.as_bytes().to_vec()))
    };
    texts.into_iter().map(named).collect()
}

fn measured(vault: &Vault, name: &str, content: &Content) -> Result<File> {
    let (bytes, sha256) = match content {
        Content::Bytes(bytes) => (bytes.len() as u64, hex(&Sha256::digest(bytes))),
        Content::Proof(no, bytes) => {
            let mut hash = Sha256::new();
            proof_pieces(vault.rows(), *no, |piece| {
                hash.update(piece);
                Ok(())
            })?;
            (*bytes, hex(&hash.finalize()))
        }
    };
    Ok(File { name: name.to_owned(), bytes, sha256 })
}

fn write(vault: &Vault, leaving: &Leaving, own: &[(&str, Vec<u8>)], contents: &[(String, Content)]) -> Result<()> {
    let failed = |error: std::io::Error| leaving.failed(error);
    let mut zip = sealed::begin(leaving.file()).map_err(failed)?;
    for (name, bytes) in own {
        zip.start_file(*name, sealed::stored(0)).map_err(|error| failed(error.into()))?;
        zip.write_all(bytes).map_err(failed)?;
    }
    for (name, content) in contents {
        zip.start_file(name.as_str(), sealed::stored(0)).map_err(|error| failed(error.into()))?;
        match content {
            Content::Bytes(bytes) => zip.write_all(bytes).map_err(failed)?,
            Content::Proof(no, _) => proof_pieces(vault.rows(), *no, |piece| zip.write_all(piece).map_err(failed))?,
        }
    }
    sealed::end(zip).map_err(failed)
}

fn pretty(json: &impl Serialize) -> Result<Vec<u8>> {
    let mut text = serde_json::to_string_pretty(json).map_err(|error| Problem::new(Code::System).because(error))?;
    text.push('\n');
    Ok(text.into_bytes())
}

/// A JSON array with one item a line.
fn lines(all: &[impl Serialize]) -> Result<Vec<u8>> {
    let all = all.iter().map(serde_json::to_string).collect::<Result<Vec<_>, _>>();
    let all = all.map_err(|error| Problem::new(Code::System).because(error))?;
    Ok(format!("[\n{}\n]\n", all.join(",\n")).into_bytes())
}
