//! Verifying a dossier with nothing but the file: its bytes, its files, the signature, the audit log's part, and that the
//! records say what was sealed.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use akkoord_rules::chain::{Commitment, Entry, GENESIS, Hash, leaf};
use chrono::{DateTime, FixedOffset, SecondsFormat, TimeDelta};
use ed25519_dalek::{Signature, VerifyingKey};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use uuid::Uuid;
use zip::{CompressionMethod, ZipArchive};

use super::excerpt::{Link, Sealed};
use super::{CHAIN, CONSENTS, EXCERPT, FORMAT, MANIFEST, Manifest, SIGNATURE};
use crate::problem::{Code, Problem, Result};
use crate::sealed;
use crate::vault::print_of;

/// More than the text files of any dossier need: so much is in memory at once.
const TEXT_MAX: u64 = 256 << 20;

/// What verifying found.
#[derive(Debug, Clone, Serialize)]
pub struct Verdict {
    /// Whether everything holds.
    pub ok: bool,
    /// The fingerprint of the key that signed it, to be compared with the Emergency Kit or a letter of the business.
    pub fingerprint: Option<String>,
    /// The first thing that does not hold.
    pub first_fault: Option<DossierFlaw>,
    /// The business that made it.
    pub business: Option<String>,
    /// Its vault.
    pub vault_id: Option<Uuid>,
    /// The contact whose dossier it is.
    pub contact: Option<Uuid>,
    /// When it was made by that computer's clock.
    pub made: Option<String>,
    /// How many entries the audit chain had.
    pub entries: Option<i64>,
    /// The hash of the last of them: it stands in every backup and dossier that is made later as well.
    pub head: Option<String>,
    /// What the person answered, as it was sealed.
    pub events: Vec<Answered>,
}

/// An answer: when it happened, as somebody said, beside when it was recorded, by that computer's clock.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Answered {
    /// The event's id.
    pub event: Uuid,
    /// The purpose's key.
    pub purpose: String,
    /// What was answered.
    pub answer: String,
    /// When it happened, RFC 3339.
    pub happened: String,
    /// When it was recorded, RFC 3339.
    pub recorded: String,
}

/// Something in a dossier that does not hold.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DossierFlaw {
    /// What is wrong; a code.
    pub code: &'static str,
    /// In which file, if in one.
    pub file: Option<String>,
    /// At which entry of the audit chain, if at one.
    pub seq: Option<i64>,
}

fn flaw(code: &'static str) -> DossierFlaw {
    DossierFlaw { code, file: None, seq: None }
}

fn flaw_in(file: &str, code: &'static str) -> DossierFlaw {
    DossierFlaw { file: Some(file.to_owned()), ..flaw(code) }
}

fn flaw_at(seq: i64, code: &'static str) -> DossierFlaw {
    DossierFlaw { seq: Some(seq), ..flaw(code) }
}

/// Verifies a dossier. Needs no vault; nothing is unpacked.
///
/// # Errors
/// [`Code::Unreadable`] for a file that cannot be read; [`Code::VaultNewer`] for one of a newer version. A fault in it is a
/// result.
pub fn verify_dossier(path: &Path) -> Result<Verdict> {
    let unreadable =
        |error: io::Error| Problem::new(Code::Unreadable).with("file", path.display().to_string()).because(error);
    let file = File::open(path).map_err(unreadable)?;
    if !file.metadata().map_err(unreadable)?.is_file() {
        return Err(unreadable(io::ErrorKind::InvalidInput.into()));
    }
    let whole = sealed::holds(&file).map_err(unreadable)?.is_some();
    let mut verdict = Verdict {
        ok: false,
        fingerprint: None,
        first_fault: None,
        business: None,
        vault_id: None,
        contact: None,
        made: None,
        entries: None,
        head: None,
        events: Vec::new(),
    };
    let found = match ZipArchive::new(file) {
        Ok(zip) => look(zip, &mut verdict)?,
        Err(_) => Some(flaw("no_dossier")),
    };
    // What is wrong in a file says more than that something is wrong in all of it.
    verdict.first_fault = found.or_else(|| (!whole).then(|| flaw("changed")));
    verdict.ok = verdict.first_fault.is_none();
    Ok(verdict)
}

/// What was read of a dossier's files, each by its name.
struct Inside {
    texts: BTreeMap<String, Vec<u8>>,
    sums: BTreeMap<String, (u64, String)>,
}

/// The first flaw; what can be told of the dossier is put into the verdict on the way.
fn look(zip: ZipArchive<File>, verdict: &mut Verdict) -> Result<Option<DossierFlaw>> {
    let inside = match read(zip) {
        Ok(inside) => inside,
        Err(flaw) => return Ok(Some(flaw)),
    };
    let Some(signed) = inside.texts.get(MANIFEST) else { return Ok(Some(flaw("no_dossier"))) };
    let Ok(manifest) = serde_json::from_slice::<Manifest>(signed) else {
        return Ok(Some(flaw_in(MANIFEST, "changed")));
    };
    if manifest.format > FORMAT {
        return Err(Problem::new(Code::VaultNewer).with("found", manifest.format).with("known", FORMAT));
    }
    let key = bytes::<32>(&manifest.key);
    verdict.fingerprint = key.map(|key| print_of(&key));
    verdict.business = Some(manifest.business.clone());
    (verdict.vault_id, verdict.contact) = (Some(manifest.vault), Some(manifest.contact));
    (verdict.made, verdict.entries) = (Some(manifest.made.clone()), Some(manifest.entries));
    verdict.head = Some(manifest.head.clone());
    let checks = signature(&inside, &manifest, signed)
        .and_then(|()| files(&inside, &manifest))
        .and_then(|()| audit(&inside, &manifest))
        .and_then(|facts| records(&inside, &manifest, &facts));
    match checks {
        Ok(events) => {
            verdict.events = events;
            Ok(None)
        }
        Err(flaw) => Ok(Some(flaw)),
    }
}

/// Reads every file: the sum of each, and those that are text whole. None is compressed, so none is larger than the dossier.
fn read(mut zip: ZipArchive<File>) -> Result<Inside, DossierFlaw> {
    let mut inside = Inside { texts: BTreeMap::new(), sums: BTreeMap::new() };
    // Of two of one name another program may show the other.
    if zip.has_duplicate_names() {
        return Err(flaw("file_added"));
    }
    for at in 0..zip.len() {
        let broken = |_| flaw("changed");
        let file = zip.by_index(at).map_err(broken)?;
        let name = file.name().map_err(broken)?.into_owned();
        if !safe(&name) {
            return Err(flaw_in(&name, "unsafe_name"));
        }
        if file.compression() != CompressionMethod::Stored {
            return Err(flaw_in(&name, "compressed"));
        }
        let text = [MANIFEST, SIGNATURE, CONSENTS, EXCERPT, CHAIN].contains(&name.as_str());
        let mut kept = Vec::new();
        let sum = sealed::measured(file.take(if text { TEXT_MAX } else { u64::MAX }), &mut |piece| {
            if text {
                kept.extend_from_slice(piece);
            }
            Ok(())
        });
        let sum = sum.map_err(|_| flaw_in(&name, "changed"))?;
        if text {
            inside.texts.insert(name.clone(), kept);
        }
        inside.sums.insert(name, sum);
    }
    Ok(inside)
}

/// A name as this program gives it: it leads nowhere else.
fn safe(name: &str) -> bool {
    let usual = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_' | '/');
    name.chars().all(usual) && name.split('/').all(|part| !part.is_empty() && !part.starts_with('.'))
}

fn signature(inside: &Inside, manifest: &Manifest, signed: &[u8]) -> Result<(), DossierFlaw> {
    let wrong = || flaw_in(SIGNATURE, "signature");
    let text = inside.texts.get(SIGNATURE).and_then(|text| std::str::from_utf8(text).ok());
    let signature = text.and_then(|text| text.strip_suffix('\n')).and_then(bytes::<64>).ok_or_else(wrong)?;
    let key = bytes::<32>(&manifest.key).and_then(|key| VerifyingKey::from_bytes(&key).ok()).ok_or_else(wrong)?;
    key.verify_strict(signed, &Signature::from_bytes(&signature)).map_err(|_| wrong())
}

/// Exactly the files that were signed, each as it was.
fn files(inside: &Inside, manifest: &Manifest) -> Result<(), DossierFlaw> {
    let mut named = BTreeSet::from([MANIFEST, SIGNATURE]);
    for file in &manifest.files {
        let Some((bytes, sum)) = inside.sums.get(&file.name) else { return Err(flaw_in(&file.name, "file_missing")) };
        if (*bytes, sum) != (file.bytes, &file.sha256) {
            return Err(flaw_in(&file.name, "changed"));
        }
        named.insert(&file.name);
    }
    match inside.sums.keys().find(|name| !named.contains(name.as_str())) {
        Some(added) => Err(flaw_in(added, "file_added")),
        None => Ok(()),
    }
}

fn json<T: DeserializeOwned>(inside: &Inside, name: &str) -> Result<T, DossierFlaw> {
    let text = inside.texts.get(name).ok_or_else(|| flaw_in(name, "file_missing"))?;
    serde_json::from_slice(text).map_err(|_| flaw_in(name, "changed"))
}

/// Recomputes the chain to its head, and what the person's entries seal; the facts of those.
fn audit(inside: &Inside, manifest: &Manifest) -> Result<Vec<Value>, DossierFlaw> {
    let chain: Vec<Link> = json(inside, CHAIN)?;
    let mut prev = GENESIS;
    for (expected, link) in (1..).zip(&chain) {
        let changed = || flaw_at(expected, "entry_changed");
        let (commitment, hash): (Hash, Hash) = bytes(&link.commitment).zip(bytes(&link.hash)).ok_or_else(changed)?;
        let subject = link.subject.as_ref().map(Uuid::as_bytes);
        let (actor, act) = (link.actor.as_str(), link.act.as_str());
        let entry = Entry { seq: link.seq, at: link.at, actor, act, subject, commitment: &commitment, prev: &prev };
        if link.seq != expected || entry.hash() != hash {
            return Err(changed());
        }
        prev = hash;
    }
    let last = i64::try_from(chain.len()).unwrap_or(i64::MAX);
    if last != manifest.entries || bytes(&manifest.head) != Some(prev) {
        return Err(flaw_at(last, "head_missing"));
    }
    let excerpt: Vec<Sealed> = json(inside, EXCERPT)?;
    let mut facts = Vec::new();
    for sealed in &excerpt {
        let at = usize::try_from(sealed.seq.saturating_sub(1)).ok().and_then(|at| chain.get(at));
        let link = at.filter(|link| link.act == sealed.act).ok_or_else(|| flaw_at(sealed.seq, "entry_changed"))?;
        if said(&sealed.recorded) != Some(link.at.div_euclid(1000)) {
            return Err(flaw_at(sealed.seq, "entry_changed"));
        }
        facts.extend(leaves(sealed, link)?);
    }
    Ok(facts)
}

/// The instant of a text, in whole seconds.
fn said(text: &str) -> Option<i64> {
    DateTime::parse_from_rfc3339(text).ok().map(|at| at.timestamp())
}

/// Recomputes what an entry seals; its facts.
fn leaves(sealed: &Sealed, link: &Link) -> Result<Vec<Value>, DossierFlaw> {
    let mut commitment = Commitment::new();
    let mut facts = Vec::new();
    for one in &sealed.leaves {
        let hash: Hash = bytes(&one.leaf).ok_or_else(|| flaw_at(sealed.seq, "leaf_changed"))?;
        if let Some(text) = &one.facts {
            let changed = || flaw_at(sealed.seq, "fact_changed");
            let salt = one.salt.as_deref().and_then(bytes::<16>).ok_or_else(changed)?;
            if leaf(&salt, text.as_bytes()) != hash {
                return Err(changed());
            }
            facts.push(serde_json::from_str(text).map_err(|_| changed())?);
        }
        commitment.add(one.contact.as_ref().map(Uuid::as_bytes), &hash);
    }
    match bytes(&link.commitment) == Some(commitment.finish()) {
        true => Ok(facts),
        false => Err(flaw_at(sealed.seq, "leaf_changed")),
    }
}

/// Each record is one that was sealed, each sealed answer has its record, and their texts and proofs are there.
fn records(inside: &Inside, manifest: &Manifest, facts: &[Value]) -> Result<Vec<Answered>, DossierFlaw> {
    let changed = || flaw_in(CONSENTS, "other_than_sealed");
    let records: Value = json(inside, CONSENTS)?;
    let recorded = records.as_array().into_iter().flatten().flat_map(|one| one["events"].as_array()).flatten();
    let recorded: Vec<&Value> = recorded.collect();
    let sealed: Vec<&Value> = facts.iter().map(|fact| &fact["event"]).filter(|event| event["id"].is_string()).collect();
    if recorded.len() != sealed.len() {
        return Err(changed());
    }
    let sums: BTreeSet<&str> = manifest.files.iter().map(|file| file.sha256.as_str()).collect();
    let mut events = Vec::new();
    for event in sealed {
        let record = recorded.iter().find(|record| record["event_id"] == event["id"]).ok_or_else(changed)?;
        let answered = answered(event).ok_or_else(changed)?;
        let same = record["event_type"] == event["answer"]
            && said(record["time"].as_str().unwrap_or_default()) == said(&answered.happened)
            && said(record["recorded"].as_str().unwrap_or_default()) == said(&answered.recorded);
        if !same {
            return Err(changed());
        }
        let proofs = event["proofs"].as_array().into_iter().flatten().map(|proof| &proof["sha256"]);
        for sum in proofs.chain([&event["text_sha256"]]).filter_map(Value::as_str) {
            if !sums.contains(sum) {
                return Err(flaw_in(CONSENTS, "evidence_missing"));
            }
        }
        events.push(answered);
    }
    Ok(events)
}

fn answered(event: &Value) -> Option<Answered> {
    let text = |name: &str| event[name].as_str().map(str::to_owned);
    let offset = FixedOffset::east_opt(i32::try_from(event["happened_offset"].as_i64()?).ok()?.checked_mul(60)?)?;
    let at = |name: &str| {
        DateTime::<chrono::Utc>::UNIX_EPOCH.checked_add_signed(TimeDelta::milliseconds(event[name].as_i64()?))
    };
    let told = |at: DateTime<chrono::Utc>| at.with_timezone(&offset).to_rfc3339_opts(SecondsFormat::Secs, false);
    Some(Answered {
        event: event["id"].as_str()?.parse().ok()?,
        purpose: text("purpose")?,
        answer: text("answer")?,
        happened: told(at("happened_at")?),
        recorded: told(at("recorded_at")?),
    })
}

/// Bytes from their hex.
fn bytes<const N: usize>(text: &str) -> Option<[u8; N]> {
    let small = text.bytes().all(|digit| matches!(digit, b'0'..=b'9' | b'a'..=b'f'));
    let pairs = text.as_bytes().as_chunks::<2>();
    if !small || !pairs.1.is_empty() || pairs.0.len() != N {
        return None;
    }
    let mut found = [0; N];
    for (byte, pair) in found.iter_mut().zip(pairs.0) {
        *byte = u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok()?;
    }
    Some(found)
}
