//! What a person provided, in files that another business or program can read (Art. 20).

use chrono::{DateTime, Utc};
use serde_json::json;

use super::archive::Entry;
use super::contact::{Held, card};
use super::pack::pretty;
use super::readme::{About, language};
use super::{table, vcard};
use crate::consents;
use crate::people::Who;
use crate::problem::Result;
use crate::vault::Vault;

/// The files, always in the same order.
pub(super) fn entries(vault: &Vault, group: &[Held], who: Who, now: DateTime<Utc>) -> Result<Vec<Entry>> {
    let business = vault.business();
    let draft = card(group);
    let made = business.local(now.timestamp_millis());
    let language = language(&[&draft.language, &business.language]);
    let about = About {
        business: &business.name,
        name: &draft.full_name(),
        on: made.date_naive(),
        left_out: group.iter().any(|held| held.left_out > 0),
    };
    let contact = json!({
        "format": "akkoord.portability.1",
        "made": business.said(now.timestamp_millis()),
        "controller": { "name": business.name, "country": business.country },
        "contacts": group.iter().map(Held::json).collect::<Vec<_>>(),
    });
    let organisation = group.first().is_some_and(|held| held.kind == "organisation");
    Ok(vec![
        (language.file.into(), language.page(about)),
        ("contact.vcf".into(), vcard::vcard(who.id, &draft, organisation).into_bytes()),
        ("contact.csv".into(), table::csv(&draft)?),
        ("contact.json".into(), pretty(&contact)?),
        ("consents.json".into(), pretty(&consents::receipts(vault, &who.id.to_string(), now)?)?),
    ])
}
