//! The consent record in its standard form: the fields of ISO/IEC TS 27560:2023 as JSON-LD with terms of the W3C Data
//! Privacy Vocabulary 2.3.

use akkoord_rules::consent::{Basis, Standing, Status};
use chrono::{DateTime, Utc};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::history::{EventShown, events_of};
use super::standing::standing;
use crate::people::{Who, resolve};
use crate::problem::Result;
use crate::purposes::{Stored, answerable};
use crate::vault::{Vault, contact, hex};

/// The records of a person's consents, one for each purpose that they were asked about or answered.
///
/// # Errors
/// Those of finding the contact; faults of the database.
pub fn receipts(vault: &Vault, contact: &str, now: DateTime<Utc>) -> Result<Vec<Value>> {
    let who = resolve(vault.rows(), contact)?;
    let mut query = vault.rows().prepare_cached(
        "SELECT DISTINCT p.key FROM consent_event e JOIN purpose p ON p.no = e.purpose_no
         WHERE e.contact_no IN (SELECT ?1 UNION ALL SELECT no FROM contact WHERE merged_into = ?1) ORDER BY p.no",
    )?;
    let keys = query.query_map([who.no], |row| row.get(0))?.collect::<Result<Vec<String>, _>>()?;
    keys.iter().map(|key| receipt(vault, who, key, now)).collect()
}

/// The record of a person's consent to one purpose, as of now.
///
/// # Errors
/// [`crate::Code::NotFound`] for the purpose; faults of the database.
fn receipt(vault: &Vault, who: Who, purpose: &str, now: DateTime<Utc>) -> Result<Value> {
    let (conn, business) = (vault.rows(), vault.business());
    let purpose = answerable(conn, business, purpose)?;
    let events = events_of(conn, business, who.no)?;
    let events: Vec<&EventShown> = events.iter().filter(|event| event.purpose == purpose.rules.key).collect();
    let standing = standing(conn, business, who.no, &purpose, business.today(now))?;
    let record = events.first().map_or_else(Uuid::nil, |event| event.event);
    Ok(json!({
        "@context": context(),
        "@type": "dpv:ConsentRecord",
        "schema_version": "ISO/IEC TS 27560:2023",
        "record_id": record,
        "receipt_id": Uuid::now_v7(),
        "dct:issued": business.said(now.timestamp_millis()),
        "pii_principal_id": who.id,
        "dpv:hasNotice": notice(&purpose, &events),
        "dpv:hasPurpose": processing(vault, who, &purpose, &standing)?,
        "dpv:hasDataController": {
            "id": vault.id(), "name": business.name, "country": business.country, "language": business.language,
        },
        "dpv:hasJurisdiction": business.country,
        "dpv:hasConsentStatus": state(&standing),
        "events": events.iter().scan(false, |given, event| Some(in_record(vault, event, given))).collect::<Vec<_>>(),
    }))
}

/// What the keys mean: terms of the vocabulary, and for what it has no term a name of our own, so that nothing is lost to
/// a program that reads linked data.
fn context() -> Value {
    json!({
        "@vocab": "urn:akkoord:consent:",
        "dpv": "https://w3id.org/dpv#",
        "dct": "http://purl.org/dc/terms/",
        "dpv:hasConsentStatus": { "@type": "@id" },
        "dpv:hasLegalBasis": { "@type": "@id" },
        "state": { "@id": "dpv:hasConsentStatus", "@type": "@id" },
    })
}

fn legal_basis(basis: Basis) -> &'static str {
    match basis {
        Basis::Consent => "dpv:Consent",
        Basis::Contract => "dpv:Contract",
        Basis::LegalObligation => "dpv:LegalObligation",
        Basis::VitalInterests => "dpv:VitalInterest",
        Basis::PublicTask => "dpv:PublicInterest",
        Basis::LegitimateInterests => "dpv:LegitimateInterest",
    }
}

/// The text as the person last saw it.
fn notice(purpose: &Stored, events: &[&EventShown]) -> Value {
    let seen = events.iter().rev().find(|event| !event.text.is_empty());
    seen.map_or(Value::Null, |event| {
        json!({
            "title": purpose.title, "version": event.version, "language": event.language, "text": event.text,
            "sha256": hex(&Sha256::digest(event.text.as_bytes())),
        })
    })
}

/// What is done with which data, how long, and how to end it.
fn processing(vault: &Vault, who: Who, purpose: &Stored, standing: &Standing) -> Result<Value> {
    let withdrawal = format!(
        "Tell {} in any way: by phone, mail, letter or in person. It takes effect at once and costs nothing.",
        vault.business().name
    );
    Ok(json!({
        "purpose_id": purpose.rules.key,
        "title": purpose.title,
        "marketing": purpose.rules.marketing,
        "dpv:hasLegalBasis": legal_basis(purpose.rules.basis),
        "explicit": standing.explicit,
        "dpv:hasPersonalData": personal_data(vault, who)?,
        "channels": standing.channels,
        "preferred_channel": standing.prefer,
        "dpv:hasRecipient": standing.share,
        "storage_locations": [{ "country": vault.business().country, "where": "on the controller's own computer, encrypted" }],
        "retention": purpose.retention,
        "valid_until": standing.expires.and_then(|day| day.pred_opt()),
        "withdrawal_method": withdrawal,
    }))
}

/// The kinds of data held, each with its sensitivity: no values.
fn personal_data(vault: &Vault, who: Who) -> Result<Vec<Value>> {
    let held = contact::read(vault.rows(), who.no)?;
    let filled = |key: &str| match key {
        "prefix" => !held.prefix.is_empty(),
        "given" => !held.given.is_empty(),
        "middle" => !held.middle.is_empty(),
        "family" => !held.family.is_empty(),
        "suffix" => !held.suffix.is_empty(),
        "nickname" => !held.nickname.is_empty(),
        "organisation" => !held.organisation.is_empty(),
        "job_title" => !held.job_title.is_empty(),
        "email" => !held.emails.is_empty(),
        "phone" => !held.phones.is_empty(),
        "address" => !held.addresses.is_empty(),
        "website" => !held.websites.is_empty(),
        "birthday" => !held.birthday.is_empty(),
        "language" => !held.language.is_empty(),
        "notes" => !held.notes.is_empty(),
        "labels" => !held.labels.is_empty(),
        own => held.custom.iter().any(|(field, value)| field == own && !value.is_empty()),
    };
    let fields = crate::settings::fields(vault)?.into_iter().filter(|field| filled(&field.key));
    Ok(fields.map(|field| json!({ "type": field.key, "sensitivity": field.sensitivity })).collect())
}

/// An event; `given` says whether there was a yes before it.
fn in_record(vault: &Vault, event: &EventShown, given: &mut bool) -> Value {
    let renewed = std::mem::replace(given, *given || event.answer == "given");
    let state = match event.answer.as_str() {
        "asked" => "dpv:ConsentRequested",
        "given" if event.unconfirmed => "dpv:ConsentRequested",
        "given" if renewed => "dpv:RenewedConsentGiven",
        "given" | "confirmed" => "dpv:ConsentGiven",
        "refused" => "dpv:ConsentRefused",
        "withdrawn" => "dpv:ConsentWithdrawn",
        _ => "dpv:ConsentUnknown",
    };
    // Asking and mending is the business's; whoever sat at the desk is another person.
    let entity = match event.answer.as_str() {
        "asked" | "corrected" => vault.id(),
        _ => event.contact,
    };
    json!({
        "event_id": event.event, "event_type": event.answer, "state": state, "time": event.happened,
        "recorded": event.recorded, "valid_until": event.expires.and_then(|day| day.pred_opt()), "entity": entity, "method": event.how,
        "guardian": event.guardian, "explicit": event.explicit, "version": event.version, "language": event.language,
        "text": event.text, "channels": event.channels, "preferred_channel": event.preferred, "dpv:hasRecipient": event.share,
        "unconfirmed": event.unconfirmed, "url": event.url, "ip": event.ip, "place": event.place,
        "corrects": event.corrects, "corrected_by": event.corrected_by,
        "evidence": event.proofs.iter().map(|proof| json!({ "id": proof.id, "sha256": proof.sha256 })).collect::<Vec<_>>(),
    })
}

fn state(standing: &Standing) -> &'static str {
    match standing.status {
        Status::NotAsked => "dpv:ConsentUnknown",
        Status::Asked | Status::AwaitingConfirmation => "dpv:ConsentRequested",
        Status::Given => "dpv:ConsentGiven",
        Status::Refused => "dpv:ConsentRefused",
        Status::Withdrawn => "dpv:ConsentWithdrawn",
        Status::Expired => "dpv:ConsentExpired",
    }
}
