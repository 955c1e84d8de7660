//! The text of a letter as its owner writes it, and how it becomes a paper.
//!
//! `# ` begins the subject, `## ` a heading, `- ` a point; an empty line parts paragraphs. `{{name}}` is a place that is filled
//! when the letter is made; a place that holds a table or a form stands alone on its line. The text is taken apart before
//! anything is filled in, so nothing that a person is called can become a heading or a place.

use std::collections::BTreeMap;

use crate::papers::paper::Block;
use crate::problem::{Code, Problem, Result};

/// What fills a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Filled {
    /// A word or a sentence within a text.
    Text(String),
    /// Parts of their own.
    Blocks(Vec<Block>),
}

/// What fills the places, by their name.
pub(super) type Filling = BTreeMap<&'static str, Filled>;

/// A place that a letter knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) name: &'static str,
    /// Whether it holds parts of their own, so that it stands alone.
    pub(super) alone: bool,
    /// Whether nothing may be there to fill it with: a paragraph of it alone is left out then.
    pub(super) optional: bool,
}

/// A text taken apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Template {
    title: String,
    parts: Vec<Part>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Part {
    Heading(String),
    Text(String),
    List(Vec<String>),
    Place(&'static str),
}

impl Template {
    /// Takes a text apart.
    ///
    /// # Errors
    /// [`Code::Invalid`] with `why`: `no_title`, `unknown_place` (fact `given`), `place_alone` (fact `given`).
    pub(super) fn parse(text: &str, places: &[Place]) -> Result<Self> {
        let (mut title, mut parts) = (None, Vec::new());
        for piece in text.replace("\r\n", "\n").split("\n\n").map(|piece| piece.trim_matches('\n')) {
            let mut rest = piece.trim_end();
            if let Some(subject) = rest.strip_prefix("# ") {
                let (subject, below) = subject.split_once('\n').unwrap_or((subject, ""));
                title.get_or_insert_with(|| subject.trim().to_owned());
                rest = below;
            } else if let Some(heading) = rest.strip_prefix("## ") {
                let (heading, below) = heading.split_once('\n').unwrap_or((heading, ""));
                parts.push(Part::Heading(heading.trim().to_owned()));
                rest = below;
            }
            if !rest.trim().is_empty() {
                parts.push(part(rest, places)?);
            }
        }
        let title = title.filter(|title| !title.is_empty()).ok_or_else(|| Problem::invalid("text", "no_title"))?;
        let template = Self { title, parts };
        template.check(places)?;
        Ok(template)
    }

    /// Refuses places that the letter does not know, and those within a text that must stand alone.
    fn check(&self, places: &[Place]) -> Result<()> {
        let wrong = |why: &str, given: &str| Err(Problem::invalid("text", why).with("given", given));
        for name in self.texts().flat_map(names) {
            match places.iter().find(|place| place.name == name) {
                None => return wrong("unknown_place", name),
                Some(place) if place.alone => return wrong("place_alone", name),
                Some(_) => {}
            }
        }
        Ok(())
    }

    fn texts(&self) -> impl Iterator<Item = &str> {
        let within = self.parts.iter().flat_map(|part| match part {
            Part::Heading(text) | Part::Text(text) => std::slice::from_ref(text),
            Part::List(points) => points.as_slice(),
            Part::Place(_) => &[],
        });
        std::iter::once(&self.title).chain(within).map(String::as_str)
    }

    /// The names of all places in it.
    pub(super) fn places(&self) -> Vec<&str> {
        let alone = self.parts.iter().filter_map(|part| match part {
            Part::Place(name) => Some(*name),
            Part::Heading(_) | Part::Text(_) | Part::List(_) => None,
        });
        self.texts().flat_map(names).chain(alone).collect()
    }

    /// The subject and the parts, filled.
    ///
    /// # Errors
    /// [`Code::MissingField`] with the name of the first place that has nothing to fill it: before anything is made.
    pub(super) fn filled(&self, places: &[Place], filling: &Filling) -> Result<(String, Vec<Block>)> {
        let optional = |name: &str| places.iter().any(|place| place.name == name && place.optional);
        let mut body = Vec::new();
        for part in &self.parts {
            match part {
                Part::Heading(text) => body.push(Block::Heading(fill(text, filling, optional)?)),
                Part::Text(text) => {
                    let text = fill(text, filling, optional)?;
                    if !text.trim().is_empty() {
                        body.push(Block::Text(text));
                    }
                }
                Part::List(points) => {
                    let points = points.iter().map(|point| fill(point, filling, optional));
                    body.push(Block::List(points.collect::<Result<_>>()?));
                }
                Part::Place(name) => match filling.get(name) {
                    Some(Filled::Blocks(blocks)) => body.extend(blocks.iter().cloned()),
                    Some(Filled::Text(text)) if !text.trim().is_empty() => body.push(Block::Text(text.clone())),
                    _ if optional(name) => {}
                    _ => return Err(missing(name)),
                },
            }
        }
        Ok((fill(&self.title, filling, optional)?, body))
    }
}

/// A piece of text that is neither subject nor heading.
fn part(text: &str, places: &[Place]) -> Result<Part> {
    let alone = text.trim().strip_prefix("{{").and_then(|rest| rest.strip_suffix("}}")).map(str::trim);
    if let Some(name) = alone.filter(|name| !name.contains("}}")) {
        let known = places.iter().find(|place| place.name == name);
        let known = known.ok_or_else(|| Problem::invalid("text", "unknown_place").with("given", name))?;
        return Ok(if known.alone { Part::Place(known.name) } else { Part::Text(text.trim().to_owned()) });
    }
    let points = || text.lines().map(|line| line.trim().strip_prefix("- ").map(str::to_owned));
    Ok(points().collect::<Option<Vec<_>>>().map_or_else(|| Part::Text(text.trim().to_owned()), Part::List))
}

/// The names between double braces.
fn names(text: &str) -> impl Iterator<Item = &str> {
    text.split("{{").skip(1).filter_map(|rest| rest.split_once("}}")).map(|(name, _)| name.trim())
}

fn missing(name: &str) -> Problem {
    Problem::new(Code::MissingField).with("field", name)
}

/// A text with its places filled; what fills them is not looked at again.
fn fill(text: &str, filling: &Filling, optional: impl Fn(&str) -> bool) -> Result<String> {
    let mut pieces = text.split("{{");
    let mut out = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let Some((name, rest)) = piece.split_once("}}") else {
            out.push_str("{{");
            out.push_str(piece);
            continue;
        };
        match filling.get(name.trim()) {
            Some(Filled::Text(value)) if !value.trim().is_empty() || optional(name.trim()) => out.push_str(value),
            _ if optional(name.trim()) => {}
            _ => return Err(missing(name.trim())),
        }
        out.push_str(rest);
    }
    Ok(out)
}

#[cfg(test)]
mod tests;
