//! `consents.json`: a receipt for each purpose that a person answered, with the fields of ISO/IEC TS 27560:2023 as JSON-LD in
//! the terms of the W3C's Data Privacy Vocabulary (LAW §5).
//!
//! What the vocabulary has no term for stands under `akkoord:`, so that nothing of an answer is lost.

use akkoord_rules::consent::{Basis, Status};
use chrono::{DateTime, Utc};
use serde_json::{Map, Value as Json, json};

use crate::consents::{Consent, EventShown, consents_of, history};
use crate::people::Who;
use crate::problem::Result;
use crate::purposes::{self, PurposeShown};
use crate::vault::Vault;

/// The receipts of a person and whoever was merged into them; `data` are the keys of the fields that are held.
///
/// # Errors
/// Faults of the database.
pub(super) fn receipts(vault: &Vault, who: Who, data: &[&str], now: DateTime<Utc>) -> Result<Json> {
    let events = history(vault, &who.id.to_string())?;
    let mut receipts = Vec::new();
    for consent in consents_of(vault, who, now)? {
        let purpose = purposes::show(vault, &consent.purpose)?;
        let events: Vec<&EventShown> = events.iter().filter(|event| event.purpose == consent.purpose).collect();
        receipts.push(receipt(vault, who, &consent, &purpose, &events, data, now));
    }
    Ok(json!({
        "@context": {
            "dpv": "https://w3id.org/dpv#",
            "eu-gdpr": "https://w3id.org/dpv/legal/eu/gdpr#",
            "loc": "https://w3id.org/dpv/loc#",
            "dct": "http://purl.org/dc/terms/",
            "xsd": "http://www.w3.org/2001/XMLSchema#",
            "akkoord": "urn:akkoord:",
        },
        "@graph": receipts,
    }))
}

fn receipt(
    vault: &Vault,
    who: Who,
    consent: &Consent,
    purpose: &PurposeShown,
    events: &[&EventShown],
    data: &[&str],
    now: DateTime<Utc>,
) -> Json {
    let business = vault.business();
    let made = business.said(now.timestamp_millis());
    let record = format!("urn:akkoord:consent:{}:{}", who.id, purpose.key);
    let country = json!({ "@id": format!("loc:{}", business.country) });
    let renewed = events.iter().filter(|event| event.answer == "given" && event.corrected_by.is_none()).count() > 1;
    json!({
        "@id": format!("{record}:{}", now.timestamp_millis()),
        "@type": "dpv:ConsentReceipt",
        "dct:hasVersion": "ISO/IEC TS 27560:2023",
        "dct:created": instant(&made),
        "dct:isPartOf": record,
        "dpv:hasDataSubject": { "@id": format!("urn:uuid:{}", who.id) },
        "dpv:hasDataController": {
            "@id": format!("urn:uuid:{}", vault.id()), "@type": "dpv:DataController",
            "dpv:hasName": business.name, "dpv:hasCountry": country,
        },
        "dpv:hasPurpose": { "@type": "dpv:Purpose", "dct:identifier": purpose.key, "dct:title": purpose.title,
            "akkoord:marketing": purpose.marketing },
        "dpv:hasLegalBasis": { "@id": basis(purpose.basis) },
        "dpv:hasPersonalData": data,
        "dpv:hasStorageCondition": { "dpv:hasLocation": country, "dpv:hasDuration": purpose.retention },
        "dpv:hasJurisdiction": country,
        "dpv:hasRecipient": consent.share,
        "dpv:hasWithdrawalMethod":
            format!("Tell {}, in whatever way is easiest; it takes no more steps than giving it did.", business.name),
        "dpv:hasConsentStatus": { "@id": status(consent.status, renewed) },
        "akkoord:since": consent.since,
        "akkoord:expires": consent.expires,
        "akkoord:channels": consent.channels,
        "akkoord:preferred": consent.preferred,
        "dct:hasPart": events.iter().scan(false, |given, event| Some(part(event, given))).collect::<Vec<_>>(),
    })
}

/// One event; `given` remembers whether a yes stood before.
fn part(event: &EventShown, given: &mut bool) -> Json {
    let mut part = Map::from_iter([("@id".to_owned(), json!(format!("urn:uuid:{}", event.event)))]);
    let mut add = |key: &str, value: Json| {
        let empty = value.is_null() || value == "" || value == json!([]) || value == false;
        if !empty {
            part.insert(key.to_owned(), value);
        }
    };
    let mut types = state(event, *given);
    if event.explicit {
        types.push("dpv:ExplicitlyExpressedConsent");
    }
    add("@type", json!(types));
    add("akkoord:answer", json!(event.answer));
    add("dct:date", instant(&event.happened));
    add("dct:dateSubmitted", instant(&event.recorded));
    add("dpv:hasEntity", json!({ "@id": format!("urn:uuid:{}", event.contact) }));
    if !event.text.is_empty() {
        let notice = json!({ "@type": "dpv:ConsentNotice", "dct:hasVersion": event.version.to_string(),
            "dct:language": event.language, "dct:description": event.text });
        add("dpv:hasNotice", notice);
    }
    add("akkoord:version", json!(event.version));
    add("akkoord:how", json!(event.how));
    add("akkoord:channels", json!(event.channels));
    add("akkoord:preferred", json!(event.preferred));
    add("akkoord:expires", json!(event.expires));
    add("dpv:hasRecipient", json!(event.share));
    add("akkoord:guardian", json!(event.guardian));
    add("akkoord:unconfirmed", json!(event.unconfirmed));
    add("akkoord:url", json!(event.url));
    add("akkoord:ip", json!(event.ip));
    add("akkoord:place", json!(event.place));
    add("akkoord:corrects", json!(event.corrects));
    add("akkoord:proofs", json!(event.proofs));
    *given |= event.answer == "given";
    Json::Object(part)
}

/// The state that an event leads to; a correction leads to none of its own.
fn state(event: &EventShown, given_before: bool) -> Vec<&'static str> {
    match event.answer.as_str() {
        "asked" => vec!["dpv:ConsentRequested"],
        "given" if event.unconfirmed => vec!["dpv:ConsentRequested"],
        "given" if given_before => vec!["dpv:RenewedConsentGiven"],
        "given" | "confirmed" => vec!["dpv:ConsentGiven"],
        "refused" => vec!["dpv:ConsentRefused"],
        "withdrawn" => vec!["dpv:ConsentWithdrawn"],
        _ => Vec::new(),
    }
}

fn status(status: Status, renewed: bool) -> &'static str {
    match status {
        Status::NotAsked => "dpv:ConsentUnknown",
        Status::Asked | Status::AwaitingConfirmation => "dpv:ConsentRequested",
        Status::Given if renewed => "dpv:RenewedConsentGiven",
        Status::Given => "dpv:ConsentGiven",
        Status::Refused => "dpv:ConsentRefused",
        Status::Withdrawn => "dpv:ConsentWithdrawn",
        Status::Expired => "dpv:ConsentExpired",
    }
}

fn basis(basis: Basis) -> &'static str {
    match basis {
        Basis::Consent => "eu-gdpr:A6-1-a",
        Basis::Contract => "eu-gdpr:A6-1-b",
        Basis::LegalObligation => "eu-gdpr:A6-1-c",
        Basis::VitalInterests => "eu-gdpr:A6-1-d",
        Basis::PublicTask => "eu-gdpr:A6-1-e",
        Basis::LegitimateInterests => "eu-gdpr:A6-1-f",
    }
}

fn instant(at: &str) -> Json {
    json!({ "@type": "xsd:dateTime", "@value": at })
}
