//! What is printed is what was said, and is a document that others can read and hear.

use akkoord_office::papers::{Block, Enclosed, Letterhead, Paper, Press, Window};
use proptest::prelude::*;
use typst::layout::{Abs, Frame, FrameItem, Point};
use typst_pdf::PdfOptions;

use super::{Set, Typst};

fn paper(body: Vec<Block>) -> Paper {
    Paper {
        language: "nl",
        title: "Uw gegevens".to_owned(),
        head: Letterhead { name: "Bakkerij Jans".to_owned(), lines: vec!["Kerkstraat 1, 9000 Gent".to_owned()] },
        to: vec!["An Peeters".to_owned(), "Dorp 1".to_owned()],
        window: Window::Right,
        dated: "Gent, 2 maart 2026".to_owned(),
        body,
        numbered: "Pagina {page} van {pages}",
        made: "2026-03-02T10:00:00+01:00".parse().unwrap(),
        enclosed: Vec::new(),
    }
}

/// A paper with one of everything.
fn whole(said: &str) -> Paper {
    let said = || said.to_owned();
    let mut paper = paper(vec![
        Block::Heading(said()),
        Block::Text(said()),
        Block::List(vec![said(), said()]),
        Block::Table { head: vec![said(), said(), said()], rows: vec![vec![said(), said(), said()]; 2] },
        Block::Pairs(vec![(said(), said())]),
        Block::Form(vec![(said(), said())]),
        Block::Annex,
        Block::Choices(vec![said()]),
        Block::Signature(vec![said(), said()]),
        Block::Qr { content: "AK1:0123".to_owned(), caption: said() },
        Block::Code(said()),
    ]);
    paper.title = format!("{} x", said());
    paper.to = vec![said(), said()];
    paper.head.name = said();
    paper
}

fn has(bytes: &[u8], text: &str) -> bool {
    bytes.windows(text.len()).any(|window| window == text.as_bytes())
}

#[test]
fn a_paper_of_everything_is_printed() {
    let mut paper = whole("Zoals het #let x = 1 [*] $x$ \\ `a` @b <c> _d_ ~ // er staat");
    paper.enclosed.push(Enclosed {
        name: "a.csv",
        mime: "text/csv",
        about: "De tabel".to_owned(),
        bytes: b"a,b".to_vec(),
    });
    let bytes = Typst.pdf(&paper).unwrap();
    assert!(bytes.starts_with(b"%PDF-1.7"));
    assert!(has(&bytes, "pdfaid:part") && has(&bytes, "pdfuaid:part"), "it says which standards it keeps");
    assert!(has(&bytes, "/Lang") && has(&bytes, "/StructTreeRoot") && has(&bytes, "/AFRelationship"));
}

#[test]
fn names_of_the_world_are_printed() {
    for name in [
        "שלום כהן",
        "محمد علي",
        "Łukasz Ørsted Şık",
        "Иван Петров",
        "👩‍🦰 Rosse ❤️",
        "李小龍",
        "\u{202e}evil",
        "a\u{0}b\u{7}",
        "",
        " ",
        "é\u{301}\u{301}",
    ] {
        Typst.pdf(&whole(name)).unwrap_or_else(|problem| panic!("{name:?}: {problem:?}"));
    }
}

/// How far to the right anything is written.
fn widest(frame: &Frame, left: Abs) -> Abs {
    let right = |(at, item): &(Point, FrameItem)| {
        if let FrameItem::Group(group) = item {
            widest(&group.frame, left + at.x)
        } else if let FrameItem::Text(text) = item {
            left + at.x + text.width()
        } else {
            Abs::zero()
        }
    };
    frame.items().map(right).fold(Abs::zero(), Abs::max)
}

#[test]
fn nothing_runs_off_the_sheet() {
    let address = "a.very.long.address.that.somebody.has@subdomain.of.a.very-long-organisation-name.example.com";
    for word in ["W".repeat(300), address.repeat(3), format!("https://example.com/{}", "path/".repeat(60))] {
        let mut paper = whole(&format!("{word} en {word}"));
        // What is typed over is ours, and never that long.
        paper.body.retain(|block| !matches!(block, Block::Code(_)));
        for to in [paper.to.clone(), Vec::new()] {
            paper.to = to;
            let set = typst::compile(&Set::of(&paper).unwrap()).output.unwrap();
            typst_pdf::pdf(&set, &PdfOptions::default()).unwrap();
            for page in set.pages() {
                let right = widest(&page.frame, Abs::zero()).to_mm();
                assert!(right < 189.0, "{right} mm: {word}");
            }
        }
    }
}

#[test]
fn a_code_that_no_camera_could_hold_is_refused() {
    let long = paper(vec![Block::Qr { content: "x".repeat(5000), caption: String::new() }]);
    assert!(Typst.pdf(&long).is_err());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, ..ProptestConfig::default() })]
    #[test]
    fn nothing_that_is_typed_stops_the_press(said in "[\\PC\\s\\p{C}]{0,40}") {
        let set = Typst.pdf(&whole(&said));
        prop_assert!(set.is_ok(), "{said:?}: {set:?}");
    }
}
