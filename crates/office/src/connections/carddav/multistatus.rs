//! What an address book says that it holds (RFC 4918 §13): the cards with their versions.

use quick_xml::events::Event;
use quick_xml::reader::Reader;

/// A card on the server: the last part of its address, and its version.
pub(super) type Card = (String, String);

/// The cards that the answer lists; `None` where it is no such answer.
pub(super) fn cards(xml: &str) -> Option<Vec<Card>> {
    let mut reader = Reader::from_str(xml);
    let (mut cards, mut place, mut card) = (Vec::new(), Place::Elsewhere, (String::new(), String::new()));
    let mut whole = false;
    loop {
        match reader.read_event().ok()? {
            Event::Start(start) => match start.local_name().as_ref() {
                "response" => card = (String::new(), String::new()),
                "href" if card.0.is_empty() => place = Place::Href,
                "getetag" => place = Place::Etag,
                _ => {}
            },
            Event::Text(text) => add(&mut card, place, &text),
            Event::GeneralRef(entity) => add(&mut card, place, entity_of(&entity)),
            Event::End(end) => match end.local_name().as_ref() {
                "response" => cards.extend(held(&card)),
                "multistatus" => whole = true,
                _ => place = Place::Elsewhere,
            },
            Event::Eof => break,
            Event::Empty(_)
            | Event::CData(_)
            | Event::Comment(_)
            | Event::Decl(_)
            | Event::PI(_)
            | Event::DocType(_) => {}
        }
    }
    whole.then_some(cards)
}

/// Where in the answer the reader is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    Href,
    Etag,
    Elsewhere,
}

fn add(card: &mut Card, place: Place, text: &str) {
    match place {
        Place::Href => card.0.push_str(text.trim()),
        Place::Etag => card.1.push_str(text.trim()),
        Place::Elsewhere => {}
    }
}

/// The entities that an etag is written with.
fn entity_of(name: &str) -> &'static str {
    match name {
        "quot" | "#34" => "\"",
        "amp" => "&",
        "apos" | "#39" => "'",
        _ => "",
    }
}

/// A card by its own name; the address book itself has none.
fn held(card: &Card) -> Option<Card> {
    let name = card.0.rsplit('/').next().filter(|name| !name.is_empty())?;
    (!card.1.is_empty()).then(|| (name.to_owned(), card.1.clone()))
}

#[cfg(test)]
mod tests {
    use super::cards;

    #[test]
    fn cards_are_named_with_their_versions_and_half_an_answer_is_none() {
        let xml = "<?xml version='1.0'?><multistatus xmlns=\"DAV:\"><response><href>/an/book/</href><propstat><prop/>\
            <status>HTTP/1.1 404</status></propstat></response><response><href>/an/book/akkoord-1.vcf</href><propstat><prop>\
            <getetag>&quot;a1&quot;</getetag></prop></propstat></response><D:response xmlns:D=\"DAV:\"><D:href>x.vcf</D:href>\
            <D:getetag>\"b\"</D:getetag></D:response></multistatus>";
        let found = cards(xml).unwrap();
        assert_eq!(found, [("akkoord-1.vcf".into(), "\"a1\"".into()), ("x.vcf".into(), "\"b\"".into())]);
        assert_eq!(cards(xml.trim_end_matches("</multistatus>")), None);
        assert_eq!(cards("<html><body>Sign in</body></html>"), None);
        assert_eq!(cards(""), None);
    }
}
