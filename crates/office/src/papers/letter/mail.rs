//! Mails whose text the owner may change: what stands in them, before it becomes a mail.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::compose::Shell;
use super::template::{Filled, Filling, Place};
use super::{Letter, filling, stored};
use crate::papers::paper::Block;
use crate::problem::Result;
use crate::requests;
use crate::vault::Vault;

/// What one mail alone has: places, and what fills each.
pub(crate) type Own = Vec<(&'static str, Vec<Block>)>;

/// The subject of a mail and what stands in it, filled: `own` fills what this mail alone has.
///
/// # Errors
/// [`crate::Code::MissingField`] for a place that nothing fills; faults of the database.
pub(crate) fn mail_text(
    vault: &Vault,
    letter: Letter,
    (language, name): (&str, &str),
    own: Own,
    request: Option<Uuid>,
    now: DateTime<Utc>,
) -> Result<(String, Vec<Block>)> {
    let shell = Shell::of(vault, language, now)?;
    let mut filled = Filling::new();
    let about = shell.about(vault, name, false);
    filling::common(&mut filled, &about)?;
    if let Some(request) = request {
        filling::request(&mut filled, &about, &requests::show(vault, request, now)?, letter);
    }
    let places = letter.places();
    filled.extend(placed(&places, own));
    stored::template(vault.rows(), letter, shell.language.code)?.filled(&places, &filled)
}

/// What fills places that stand alone, as blocks, and those within a sentence, as text.
pub(super) fn placed(places: &[Place], own: Own) -> impl Iterator<Item = (&'static str, Filled)> {
    own.into_iter().map(|(name, blocks)| {
        let alone = places.iter().any(|place| place.name == name && place.alone);
        let text = || blocks.iter().flat_map(Block::lines).collect::<Vec<_>>().join("\n");
        (name, if alone { Filled::Blocks(blocks) } else { Filled::Text(text()) })
    })
}
