//! vCard 2.1, 3.0 and 4.0: each card becomes a record under columns that are named for its properties, and goes the way of all
//! records from there. Cards are read one at a time, in memory that does not grow with the file.

mod column;
mod line;
mod property;
mod value;

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Read};

use encoding_rs::Encoding;

use self::column::{OTHERS, Place};
use self::line::{Line, Lines};
use self::property::Property;
use self::value::Values;
use super::fault::{ReadError, RowCode};
use super::header::Meaning;
use super::table::{CELL_MAX, CELLS_MAX, RECORD_MAX, Record};

/// Reads cards.
#[derive(Debug)]
struct Cards<R> {
    lines: Lines<R>,
    fallback: &'static Encoding,
    /// A card that began where another had not ended.
    begun: Option<u64>,
}

/// One card as it stands in the file.
#[derive(Debug, Default)]
struct Card {
    line: u64,
    /// Version 2.1.
    old: bool,
    properties: Vec<Property>,
    /// It is no contact, or cannot be read.
    fault: Option<RowCode>,
    /// Something of it is left out.
    remark: Option<RowCode>,
    bytes: usize,
}

impl<R: Read> Cards<R> {
    fn new(input: R, fallback: &'static Encoding) -> Self {
        Self { lines: Lines::new(input), fallback, begun: None }
    }

    /// The next card; what stands between cards is passed over.
    fn next(&mut self) -> io::Result<Option<Card>> {
        let mut begun = self.begun.take();
        while begun.is_none() {
            let Some(line) = self.lines.next(false)? else { return Ok(None) };
            begun = is(&line.bytes, "BEGIN", Some("VCARD")).then_some(line.number);
        }
        let mut card = Card { line: begun.unwrap_or_default(), ..Card::default() };
        let (mut within, mut agent) = (0_u64, false);
        while let Some(line) = self.lines.next(card.old)? {
            match () {
                // Something else inside the card, down to its own end: a person's agent, an appointment.
                () if within > 0 => {
                    within += u64::from(is(&line.bytes, "BEGIN", None));
                    within -= u64::from(is(&line.bytes, "END", None));
                }
                () if is(&line.bytes, "END", Some("VCARD")) => return Ok(Some(card)),
                () if is(&line.bytes, "BEGIN", Some("VCARD")) && !agent => {
                    self.begun = Some(line.number);
                    card.fault = Some(RowCode::UnfinishedCard);
                    return Ok(Some(card));
                }
                () if is(&line.bytes, "BEGIN", None) => within = 1,
                () => agent = card.take(&line, self.fallback),
            }
        }
        card.fault = Some(RowCode::UnfinishedCard);
        Ok(Some(card))
    }
}

/// Whether a line begins or ends something, or just this.
fn is(line: &[u8], name: &str, what: Option<&str>) -> bool {
    let line = line.trim_ascii();
    let named = line.get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name.as_bytes()));
    let rest = line.get(name.len()..).unwrap_or_default();
    let Some(rest) = rest.trim_ascii_start().strip_prefix(b":").filter(|_| named) else { return false };
    what.is_none_or(|what| rest.trim_ascii().eq_ignore_ascii_case(what.as_bytes()))
}

impl Card {
    /// Takes a line in; whether a card within this one may follow.
    fn take(&mut self, line: &Line, fallback: &'static Encoding) -> bool {
        let Some(mut property) = Property::of(&line.bytes, fallback) else {
            if !line.bytes.trim_ascii().is_empty() {
                self.remark = Some(RowCode::UnreadablePart);
            }
            return false;
        };
        property.binary |= column::is_binary(&property.name);
        match property.name.as_str() {
            "VERSION" => self.old = property.value.trim() == "2.1",
            "KIND" | "X-ADDRESSBOOKSERVER-KIND" if property.value.trim().eq_ignore_ascii_case("group") => {
                self.fault = Some(RowCode::GroupCard);
            }
            name if column::is_envelope(name) => {}
            _ if self.properties.len() == CELLS_MAX || self.bytes + property.value.len() > RECORD_MAX => {
                self.fault = Some(RowCode::RowTooLarge);
            }
            _ if property.value.len() > CELL_MAX || line.cut => match property.binary {
                true => self.remark = Some(RowCode::UnreadablePart),
                false => self.fault = Some(RowCode::CellTooLarge),
            },
            _ => {
                let agent = property.name == "AGENT" && property.value.trim().is_empty();
                self.bytes += property.value.len();
                self.properties.push(property);
                return agent;
            }
        }
        false
    }
}

/// The columns of a file of cards.
#[derive(Debug, Clone)]
pub(super) struct Layout {
    places: BTreeMap<Place, usize>,
    fallback: &'static Encoding,
}

impl Layout {
    /// Reads the file through to find which columns it takes.
    pub(super) fn of(input: impl Read, fallback: &'static Encoding) -> Result<Self, ReadError> {
        let mut cards = Cards::new(input, fallback);
        let mut places = BTreeSet::new();
        let mut others = 0;
        while let Some(card) = cards.next()? {
            // What lists others is no contact and needs no columns.
            for place in Values::of(&card, |_| false).places().filter(|_| card.fault != Some(RowCode::GroupCard)) {
                let other = matches!(place, Place::Other(_));
                if !places.contains(place) && (!other || others < OTHERS) {
                    others += usize::from(other);
                    places.insert(place.clone());
                }
            }
        }
        let places = places.into_iter().enumerate().map(|(at, place)| (place, at)).collect();
        Ok(Self { places, fallback })
    }

    /// The name of each column, and what it means.
    pub(super) fn columns(&self) -> Vec<(String, Meaning)> {
        self.places.keys().map(|place| (place.name(), place.meaning())).collect()
    }

    /// The names under which rows are saved to be mended: those of a table that is read again.
    pub(super) fn header(&self) -> Record {
        Record::of(1, self.places.keys().map(Place::saved))
    }

    /// The cards of the file as records. `kept` are the columns that come in.
    pub(super) fn records<R: Read>(&self, input: R, kept: Vec<bool>) -> Records<'_, R> {
        Records { cards: Cards::new(input, self.fallback), layout: self, kept }
    }
}

/// Cards as records.
#[derive(Debug)]
pub(super) struct Records<'a, R> {
    cards: Cards<R>,
    layout: &'a Layout,
    kept: Vec<bool>,
}

impl<R: Read> Records<'_, R> {
    /// The next card as a record.
    pub(super) fn next_record(&mut self) -> Result<Option<Record>, ReadError> {
        let Some(card) = self.cards.next()? else { return Ok(None) };
        let places = &self.layout.places;
        let kept = |place: &Place| places.get(place).and_then(|at| self.kept.get(*at)).copied().unwrap_or_default();
        let values = Values::of(&card, kept);
        let mut cells = vec![""; places.len()];
        let mut remark = card.remark.or_else(|| values.too_many().then_some(RowCode::UnreadablePart));
        for (place, value) in values.iter() {
            match places.get(place).and_then(|at| cells.get_mut(*at)) {
                Some(cell) => *cell = value,
                None => remark = Some(RowCode::UnreadablePart),
            }
        }
        let mut record = Record::of(card.line, cells);
        (record.fault, record.remark) = (card.fault, remark);
        Ok(Some(record))
    }
}

#[cfg(test)]
mod tests;
