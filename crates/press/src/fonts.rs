//! The fonts that papers are set in. They are part of the program, so a paper looks the same on every computer.
//!
//! Inter for what we write and most names; Hebrew, Arabic and emoji for names in which they occur. A sign that none of them has
//! is shown as an empty box: the files that go with a letter hold it as it is.

use std::sync::OnceLock;

use typst::foundations::Bytes;
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;

const FILES: [&[u8]; 5] = [
    include_bytes!("../fonts/Inter-Regular.otf"),
    include_bytes!("../fonts/Inter-SemiBold.otf"),
    include_bytes!("../fonts/NotoSansHebrew-Regular.ttf"),
    include_bytes!("../fonts/NotoSansArabic-Regular.ttf"),
    include_bytes!("../fonts/NotoEmoji-Regular.ttf"),
];

/// What stands for a sign that no font has.
const BOX: char = '\u{25a1}';

/// The fonts and what is known of them.
pub(crate) struct Fonts {
    pub(crate) book: LazyHash<FontBook>,
    pub(crate) all: Vec<Font>,
}

/// The fonts, read once.
pub(crate) fn fonts() -> &'static Fonts {
    static FONTS: OnceLock<Fonts> = OnceLock::new();
    FONTS.get_or_init(|| {
        let all: Vec<Font> = FILES.iter().flat_map(|file| Font::iter(Bytes::new(*file))).collect();
        Fonts { book: LazyHash::new(FontBook::from_fonts(&all)), all }
    })
}

/// A text as it can be set: what turns the writing direction or is no sign at all is left out, what no font has is a box.
pub(crate) fn settable(text: &str) -> String {
    text.chars()
        .filter_map(|sign| match sign {
            '\n' => Some('\n'),
            '\t' | '\u{a0}' | '\u{202f}' => Some(if sign == '\t' { ' ' } else { '\u{a0}' }),
            _ if sign.is_control() || turns(sign) => None,
            // PDF/A takes neither a byte order mark nor signs that mean what two agree on.
            '\u{feff}' | '\u{fffe}' => None,
            '\u{e000}'..='\u{f8ff}' | '\u{f0000}'.. => Some(BOX),
            _ if has(sign) => Some(sign),
            _ if unseen(sign) => None,
            _ => Some(BOX),
        })
        .collect()
}

/// Marks, overrides and isolates of the writing direction.
fn turns(sign: char) -> bool {
    matches!(sign, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Signs that change others and are not seen themselves.
fn unseen(sign: char) -> bool {
    matches!(sign, '\u{ad}' | '\u{34f}' | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200d}' | '\u{2060}'..='\u{206f}'
        | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{e0000}'..='\u{e0fff}')
}

fn has(sign: char) -> bool {
    fonts().all.iter().any(|font| font.info().coverage.contains(u32::from(sign)))
}
