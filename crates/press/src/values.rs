//! A paper as values that the template reads.

use akkoord_office::papers::{Block, Enclosed, Paper, Window};
use chrono::{DateTime, Datelike, FixedOffset, Timelike};
use typst::foundations::{Array, Bytes, Datetime, Dict, Str, Value};
use typst_pdf::Timestamp;

use crate::fonts::settable;
use crate::picture::qr;

/// All that the template may use.
pub(crate) fn inputs(paper: &Paper) -> Result<Dict, String> {
    let body = paper.body.iter().map(block).collect::<Result<Vec<_>, _>>()?;
    let (before, between, after) = numbering(paper.numbered);
    Ok(dict([
        ("language", plain(paper.language)),
        ("title", text(&paper.title)),
        ("head", Value::Dict(dict([("name", text(&paper.head.name)), ("lines", texts(&paper.head.lines))]))),
        ("to", texts(&paper.to)),
        ("window", plain(if paper.window == Window::Right { "right" } else { "left" })),
        ("dated", text(&paper.dated)),
        ("numbered", list([before, between, after].into_iter().map(plain))),
        ("body", list(body)),
        ("enclosed", list(paper.enclosed.iter().map(enclosed))),
    ]))
}

/// When a paper was made, as the document says it.
pub(crate) fn timestamp(made: DateTime<FixedOffset>) -> Option<Timestamp> {
    let small = |number: u32| u8::try_from(number).ok();
    let (month, day) = (small(made.month())?, small(made.day())?);
    let (hour, minute, second) = (small(made.hour())?, small(made.minute())?, small(made.second())?);
    let at = Datetime::from_ymd_hms(made.year(), month, day, hour, minute, second)?;
    Timestamp::new_local(at, made.offset().local_minus_utc() / 60)
}

/// What stands before the page's number, between it and the last, and behind.
fn numbering(words: &str) -> (&str, &str, &str) {
    let (before, rest) = words.split_once("{page}").unwrap_or((words, ""));
    let (between, after) = rest.split_once("{pages}").unwrap_or((rest, ""));
    (before, between, after)
}

fn block(block: &Block) -> Result<Value, String> {
    let (kind, holds) = match block {
        // PDF/UA knows no heading that nobody can read out.
        Block::Heading(said) if !reads(said) => ("text", text(said)),
        Block::Heading(said) => ("heading", text(said)),
        Block::Text(said) => ("text", text(said)),
        Block::List(points) => ("list", texts(points)),
        Block::Table { head, rows } => {
            let rows = list(rows.iter().map(|row| texts(row)));
            ("table", Value::Dict(dict([("head", texts(head)), ("rows", rows)])))
        }
        Block::Pairs(all) => ("pairs", pairs(all)),
        Block::Form(all) => ("form", pairs(all)),
        Block::Choices(all) => ("choices", texts(all)),
        Block::Signature(all) => ("signature", texts(all)),
        Block::Qr { content, caption } => {
            let drawing = Value::Bytes(Bytes::from_string(qr(content)?));
            // Whoever cannot see it hears what it is, or what it holds.
            let alt = if reads(caption) { caption } else { content };
            ("qr", Value::Dict(dict([("drawing", drawing), ("caption", text(caption)), ("alt", text(alt))])))
        }
        Block::Code(code) => ("code", text(code)),
        Block::Annex => ("annex", Value::None),
    };
    Ok(Value::Dict(dict([("kind", plain(kind)), ("holds", holds)])))
}

fn enclosed(file: &Enclosed) -> Value {
    Value::Dict(dict([
        ("name", plain(file.name)),
        ("mime", plain(file.mime)),
        ("about", text(&file.about)),
        ("bytes", Value::Bytes(Bytes::new(file.bytes.clone()))),
    ]))
}

fn pairs(all: &[(String, String)]) -> Value {
    list(all.iter().map(|(name, value)| list([text(name), text(value)])))
}

/// Whether there is anything in a text to be read out.
fn reads(said: &str) -> bool {
    said.chars().any(char::is_alphanumeric)
}

fn texts(all: &[String]) -> Value {
    list(all.iter().map(|one| text(one)))
}

fn text(said: &str) -> Value {
    Value::Str(Str::from(settable(said)))
}

fn plain(said: &str) -> Value {
    Value::Str(Str::from(said))
}

fn list(values: impl IntoIterator<Item = Value>) -> Value {
    Value::Array(values.into_iter().collect::<Array>())
}

fn dict<const N: usize>(all: [(&str, Value); N]) -> Dict {
    all.into_iter().map(|(name, value)| (Str::from(name), value)).collect()
}
