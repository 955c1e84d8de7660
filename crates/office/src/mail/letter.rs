//! What a mail says, as text and as a page, from one source.

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use quick_xml::escape::escape;

/// What a mail says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    /// The language that it is written in.
    pub language: String,
    /// Its subject.
    pub subject: String,
    /// What stands in it, from above.
    pub parts: Vec<Part>,
}

/// A part of what a mail says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    /// Paragraphs, parted by empty lines.
    Text(String),
    /// Something to choose: a link that begins an answer.
    Choice {
        /// What the person says with it.
        label: String,
        /// Where it leads.
        to: String,
    },
}

impl Letter {
    /// As text, its lines ended as mail wants them.
    #[must_use]
    pub fn text(&self) -> String {
        let part = |part: &Part| match part {
            Part::Text(text) => text.trim().replace("\r\n", "\n"),
            Part::Choice { label, to } => format!("{label}:\n{to}"),
        };
        let parts: Vec<String> = self.parts.iter().map(part).collect();
        format!("{}\n", parts.join("\n\n")).replace('\n', "\r\n")
    }

    /// As a page that asks nothing of any other computer. Whatever stands in it is shown as it was typed.
    #[must_use]
    pub fn page(&self) -> String {
        let paragraph = |text: &str| format!("<p>{}</p>\n", escape(text.trim()).replace('\n', "<br>\n"));
        let part = |part: &Part| match part {
            Part::Text(text) => {
                let text = text.replace("\r\n", "\n");
                text.split("\n\n").filter(|one| !one.trim().is_empty()).map(paragraph).collect::<String>()
            }
            Part::Choice { label, to } => {
                format!("<p><a href=\"{}\">{}</a></p>\n", escape(to), escape(label))
            }
        };
        let body: String = self.parts.iter().map(part).collect();
        format!(
            "<!doctype html>\n<html lang=\"{}\">\n<head><meta charset=\"utf-8\"><title>{}</title></head>\n\
             <body style=\"font-family:sans-serif;font-size:16px;line-height:1.5;max-width:40em\">\n{body}</body>\n</html>\n",
            escape(&self.language),
            escape(&self.subject)
        )
    }
}

/// A link that begins a mail to this address (RFC 6068).
pub(super) fn mailto(address: &str, subject: &str) -> String {
    let (local, domain) = address.rsplit_once('@').unwrap_or((address, ""));
    let local = utf8_percent_encode(local, NON_ALPHANUMERIC);
    format!("mailto:{local}@{domain}?subject={}", utf8_percent_encode(subject, NON_ALPHANUMERIC))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn letter(text: &str) -> Letter {
        Letter {
            language: "nl".to_owned(),
            subject: "<b>Dag</b>".to_owned(),
            parts: vec![
                Part::Text(text.to_owned()),
                Part::Choice { label: "Ja & graag".to_owned(), to: mailto("an+x@example.be", "Ja [1f]") },
            ],
        }
    }

    #[test]
    fn the_page_shows_what_was_typed_and_runs_nothing() {
        let page = letter("Dag <img src=x onerror=alert(1)>\r\nvan An\n\n\"R&D\"").page();
        assert!(
            page.contains("<p>Dag &lt;img src=x onerror=alert(1)&gt;<br>\nvan An</p>\n<p>&quot;R&amp;D&quot;</p>"),
            "{page}"
        );
        assert!(page.contains("<title>&lt;b&gt;Dag&lt;/b&gt;</title>"));
        assert!(
            page.contains("<a href=\"mailto:an%2Bx@example.be?subject=Ja%20%5B1f%5D\">Ja &amp; graag</a>"),
            "{page}"
        );
        assert_eq!(page.matches("<img").count(), 0);
    }

    #[test]
    fn the_text_holds_the_same() {
        let text = letter("Dag\n\nTot later").text();
        assert_eq!(
            text,
            "Dag\r\n\r\nTot later\r\n\r\nJa & graag:\r\nmailto:an%2Bx@example.be?subject=Ja%20%5B1f%5D\r\n"
        );
    }
}
