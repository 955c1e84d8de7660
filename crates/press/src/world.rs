//! All that the typesetter can see: one template, one paper, our fonts. No file, no package, no clock.

use std::sync::OnceLock;

use akkoord_office::papers::Paper;
use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Dict, Duration, Value};
use typst::syntax::{FileId, Source};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World};

use crate::fonts::fonts;
use crate::values::inputs;

/// The template, parsed once: Typst numbers every source for as long as the program runs.
fn template() -> &'static Source {
    static TEMPLATE: OnceLock<Source> = OnceLock::new();
    TEMPLATE.get_or_init(|| Source::detached(include_str!("paper.typ")))
}

/// A paper on the press.
pub(crate) struct Set {
    library: LazyHash<Library>,
}

impl Set {
    pub(crate) fn of(paper: &Paper) -> Result<Self, String> {
        let mut all = Dict::new();
        all.insert("paper".into(), Value::Dict(inputs(paper)?));
        Ok(Self { library: LazyHash::new(Library::builder().with_inputs(all).build()) })
    }
}

impl World for Set {
    fn library(&self) -> &LazyHash<Library> {
        &self.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &fonts().book
    }

    fn main(&self) -> FileId {
        template().id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == template().id() { Ok(template().clone()) } else { Err(FileError::AccessDenied) }
    }

    fn file(&self, _: FileId) -> FileResult<Bytes> {
        Err(FileError::AccessDenied)
    }

    fn font(&self, index: usize) -> Option<Font> {
        fonts().all.get(index).cloned()
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}
