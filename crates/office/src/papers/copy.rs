//! What the copy for a person holds beside their data (Art. 15(3)): what they asked and what came of it, the mails that went to
//! them, and the files that were kept about them.

use chrono::{DateTime, Utc};
use serde_json::{Value, json};
use uuid::Uuid;

use super::archive::Entry;
use crate::consents::{ProofShown, of_person, proof_pieces};
use crate::mail::{self, MailState};
use crate::people::{Who, group};
use crate::problem::Result;
use crate::requests;
use crate::vault::Vault;

/// What is told of it in the copy, and the files themselves.
pub(super) struct Copied {
    pub(super) told: Value,
    pub(super) files: Vec<Entry>,
}

/// Gathers it. A mail that brought a letter is told of, and not copied again: its files are with the person.
///
/// # Errors
/// Faults of the database.
pub(super) fn copied(vault: &Vault, who: Who, now: DateTime<Utc>) -> Result<Copied> {
    let mut files = Vec::new();
    let mut named = Vec::new();
    let group = group(vault.rows(), who.no)?;
    for (content, proof) in of_person(vault.rows(), &group)? {
        let name = match proof.ending() {
            end if end.is_empty() => format!("file-{}", named.len() + 1),
            end => format!("file-{}.{end}", named.len() + 1),
        };
        let mut bytes = Vec::new();
        proof_pieces(vault.rows(), content, |piece| {
            bytes.extend_from_slice(piece);
            Ok(())
        })?;
        named.push(about(&proof, &name));
        files.push((name.into(), bytes));
    }
    let mut mails = Vec::new();
    for mail in mail::to(vault, who)?.into_iter().filter(|mail| mail.state == MailState::Sent) {
        let mut told = json!({ "to": mail.to, "subject": mail.subject, "purpose": mail.purpose, "sent": mail.settled });
        if mail.template != "letter" {
            let name = format!("mail-{}.eml", mails.len() + 1);
            told["file"] = json!(name);
            files.push((name.into(), mail::message(vault, mail.mail)?));
        }
        mails.push(told);
    }
    let asked: Vec<Uuid> = requests::of_contact(vault.rows(), who.no, vault.business().today(now))?
        .into_iter()
        .map(|listed| listed.id)
        .collect();
    let asked = asked.into_iter().map(|id| requests::show(vault, id, now)).collect::<Result<Vec<_>>>()?;
    Ok(Copied { told: json!({ "requests": asked, "mails": mails, "files": named }), files })
}

fn about(proof: &ProofShown, file: &str) -> Value {
    // Not under its own name, which somebody of the business gave it.
    json!({ "file": file, "id": proof.id, "sha256": proof.sha256, "bytes": proof.bytes })
}
