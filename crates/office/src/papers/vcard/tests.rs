use expect_test::{Expect, expect};
use proptest::prelude::*;

use super::*;
use crate::intake::draft::{Email, Phone, Website};

const ID: Uuid = Uuid::from_u128(0x0198_f0c2_0000_7000_8000_0000_0000_0001);

/// A person as nobody would make them up, and as address books hold them.
pub(crate) fn ugly() -> Draft {
    let email = |value: &str, label: &str| Email {
        value: value.to_owned(),
        normalised: value.to_lowercase(),
        label: label.to_owned(),
    };
    let phone = |value: &str, e164: &str, label: &str| Phone {
        value: value.to_owned(),
        e164: e164.to_owned(),
        national: String::new(),
        label: label.to_owned(),
    };
    Draft {
        prefix: "Dr.".to_owned(),
        given: "An,na".to_owned(),
        family: "=Pee;ters\\".to_owned(),
        nickname: "👩‍🦰 Rosse".to_owned(),
        organisation: "Jans & Zonen; bvba".to_owned(),
        birthday: "--02-29".to_owned(),
        language: "nl-BE".to_owned(),
        notes:
            "Eerste lijn, met komma\r\ntweede \u{202e}lijn\u{202c}\u{7}\nשלום 😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀"
                .to_owned(),
        labels: vec!["klant, vast".to_owned(), "VIP".to_owned()],
        emails: vec![email("An@Example.be", "Werk"), email("mama@example.be", "Van haar moeder")],
        phones: vec![phone("+32 475 12 34 56", "+32475123456", "Mobiel"), phone("03 123 45 67", "+3231234567", "")],
        addresses: vec![Address {
            label: "Thuis".to_owned(),
            street: "Kerkstraat 1\nbus 2".to_owned(),
            city: "Gent".to_owned(),
            postal_code: "9000".to_owned(),
            ..Address::default()
        }],
        websites: vec![Website { value: "exämple.be/a b,c".to_owned(), label: String::new() }],
        custom: vec![("Fietsmaat".to_owned(), "-54".to_owned())],
        ..Draft::default()
    }
}

fn check(draft: &Draft, organisation: bool, expected: Expect) {
    let card = vcard(ID, draft, organisation);
    let version = env!("CARGO_PKG_VERSION");
    expected.assert_eq(
        &card.replace("\r\n", "\n").replace(version, "0.0.0").replace('\u{202e}', "<rlo>").replace('\u{202c}', "<pdf>"),
    );
}

/// A card's lines as a reader puts them together again.
fn unfold(card: &str) -> Vec<String> {
    card.replace("\r\n ", "").split_terminator("\r\n").map(str::to_owned).collect()
}

#[test]
fn an_ugly_card() {
    check(
        &ugly(),
        false,
        expect![[r#"
            BEGIN:VCARD
            VERSION:4.0
            PRODID:-//Akkoord//Akkoord 0.0.0//EN
            UID:urn:uuid:0198f0c2-0000-7000-8000-000000000001
            KIND:individual
            FN:Dr. An\,na =Pee\;ters\\
            N:=Pee\;ters\\;An\,na;;Dr.;
            NICKNAME:👩‍🦰 Rosse
            ORG:Jans & Zonen\; bvba
            BDAY:--0229
            LANG:nl-BE
            item1.EMAIL;TYPE=work:An@Example.be
            item1.X-ABLabel:Werk
            item2.EMAIL:mama@example.be
            item2.X-ABLabel:Van haar moeder
            item3.TEL;VALUE=uri;TYPE=cell:tel:+32475123456
            item3.X-ABLabel:Mobiel
            TEL;VALUE=uri:tel:+3231234567
            item4.ADR;TYPE=home:;;Kerkstraat 1\nbus 2;Gent;;9000;
            item4.X-ABLabel:Thuis
            URL:https://ex%C3%A4mple.be/a%20b%2Cc
            NOTE:Eerste lijn\, met komma\ntweede <rlo>lijn<pdf>\nשלום 😀😀😀😀
             😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀
            CATEGORIES:klant\, vast,VIP
            item5.X-AKKOORD-FIELD:-54
            item5.X-ABLabel:Fietsmaat
            END:VCARD
        "#]],
    );
}

#[test]
fn nobody_has_no_name() {
    let email =
        Email { value: "an@example.be".to_owned(), normalised: "an@example.be".to_owned(), label: String::new() };
    check(
        &Draft { emails: vec![email], ..Draft::default() },
        false,
        expect![[r#"
        BEGIN:VCARD
        VERSION:4.0
        PRODID:-//Akkoord//Akkoord 0.0.0//EN
        UID:urn:uuid:0198f0c2-0000-7000-8000-000000000001
        KIND:individual
        FN:an@example.be
        EMAIL:an@example.be
        END:VCARD
    "#]],
    );
    check(
        &Draft { organisation: "Bakkerij Jans".to_owned(), ..Draft::default() },
        true,
        expect![[r#"
        BEGIN:VCARD
        VERSION:4.0
        PRODID:-//Akkoord//Akkoord 0.0.0//EN
        UID:urn:uuid:0198f0c2-0000-7000-8000-000000000001
        KIND:org
        FN:Bakkerij Jans
        ORG:Bakkerij Jans
        END:VCARD
    "#]],
    );
}

#[test]
fn birthdays() {
    let line = |birthday: &str| {
        let card = vcard(ID, &Draft { birthday: birthday.to_owned(), ..Draft::default() }, false);
        unfold(&card).into_iter().find(|line| line.starts_with("BDAY")).unwrap_or_default()
    };
    for (birthday, expected) in [
        ("1980-03-07", "BDAY:19800307"),
        ("--03-07", "BDAY:--0307"),
        ("--02-29", "BDAY:--0229"),
        ("ergens in mei, denk ik", "BDAY;VALUE=text:ergens in mei\\, denk ik"),
        ("", ""),
    ] {
        assert_eq!(line(birthday), expected);
    }
}

#[test]
fn addresses_of_the_web_are_uris() {
    for (typed, expected) in [
        ("www.example.be", "https://www.example.be"),
        ("http://example.be/?a=1&b=2#c", "http://example.be/?a=1&b=2#c"),
        ("example.be/een twee\n,\\", "https://example.be/een%20twee%0A%2C%5C"),
    ] {
        assert_eq!(uri(typed), expected);
    }
}

fn any_text() -> impl Strategy<Value = String> {
    proptest::string::string_regex("([\\PC\r\n\t\0;,:\\\\]|[😀-😏]|\u{301}){0,120}").expect("a pattern")
}

proptest! {
    #[test]
    fn lines_are_short_whole_and_fold_back(notes in any_text(), family in any_text(), label in any_text()) {
        let email = Email { value: "an@example.be".to_owned(), normalised: String::new(), label };
        let draft = Draft { notes, family, emails: vec![email], ..Draft::default() };
        let card = vcard(ID, &draft, false);
        for line in card.split_terminator("\r\n") {
            prop_assert!(line.len() <= LINE, "{} octets: {line}", line.len());
            prop_assert!(!line.contains(['\r', '\n']) && !line.chars().any(|c| c.is_control() && c != '\t'));
        }
        let lines = unfold(&card);
        prop_assert!(lines.iter().all(|line| line.contains(':')));
        prop_assert_eq!((lines.first().map(String::as_str), lines.last().map(String::as_str)), (Some("BEGIN:VCARD"), Some("END:VCARD")));
        prop_assert_eq!(lines.iter().filter(|line| line.starts_with("FN:")).count(), 1);
        let note = lines.iter().find_map(|line| line.strip_prefix("NOTE:")).unwrap_or_default();
        prop_assert_eq!(read(note), shown(&draft.notes));
    }
}

/// A text value as a reader understands it.
fn read(value: &str) -> String {
    let mut chars = value.chars();
    let mut text = String::new();
    while let Some(c) = chars.next() {
        match (c, c == '\\') {
            (_, true) => match chars.next() {
                Some('n') => text.push('\n'),
                Some(escaped) => text.push(escaped),
                None => panic!("ends in a backslash"),
            },
            (c, false) => text.push(c),
        }
    }
    text
}

/// A text with one kind of line break and without what a card cannot hold.
fn shown(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    text.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')).collect()
}
