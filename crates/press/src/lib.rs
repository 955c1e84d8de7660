//! Papers as PDF: what the office composes, set in type by Typst.
//!
//! Typst is large and slow to build, so it stands apart: only the two programs that print have it. What a paper says comes in as
//! values, never as markup, so no name and no note can mean anything to the typesetter. It reads no file, asks no network and
//! loads no package: its world is one template and the fonts beside it.
//!
//! Every paper is PDF/A-3a (ISO 19005-3) and PDF/UA-1 (ISO 14289-1), as far as Typst itself checks that.

mod fonts;
mod picture;
mod values;
mod world;

use std::panic::{AssertUnwindSafe, catch_unwind};

use akkoord_office::papers::{Paper, Press};
use akkoord_office::problem::{Code, Problem, Result};
use typst::comemo;
use typst::diag::SourceDiagnostic;
use typst::foundations::Smart;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

use world::Set;

/// Sets papers with Typst.
#[derive(Debug, Clone, Copy, Default)]
pub struct Typst;

/// How many papers what was computed for one stays at hand for others: a window that runs for weeks must not grow.
const KEPT_FOR: usize = 2;

impl Press for Typst {
    fn pdf(&self, paper: &Paper) -> Result<Vec<u8>> {
        // A fault of the typesetter is no fault of whoever prints: it must not end a program that holds an open vault.
        let printed = catch_unwind(AssertUnwindSafe(|| print(paper)));
        comemo::evict(KEPT_FOR);
        let failed = |why: String| Problem::new(Code::System).with("what", "pdf").because(why);
        printed.unwrap_or_else(|_| Err("the typesetter stopped".to_owned())).map_err(failed)
    }
}

fn print(paper: &Paper) -> Result<Vec<u8>, String> {
    let set = Set::of(paper)?;
    let document = typst::compile(&set).output.map_err(|faults| said(&faults))?;
    let standards =
        PdfStandards::new(&[PdfStandard::A_3a, PdfStandard::Ua_1]).map_err(|fault| fault.message().to_string())?;
    let options = PdfOptions {
        ident: Smart::Auto,
        creator: Smart::Custom(Some("Akkoord".to_owned())),
        timestamp: values::timestamp(paper.made),
        standards,
        ..PdfOptions::default()
    };
    typst_pdf::pdf(&document, &options).map_err(|faults| said(&faults))
}

fn said(faults: &[SourceDiagnostic]) -> String {
    faults.iter().map(|fault| fault.message.as_str()).collect::<Vec<_>>().join("; ")
}

#[cfg(test)]
mod tests;
