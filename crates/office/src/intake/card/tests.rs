use expect_test::{Expect, expect};
use proptest::prelude::*;

use super::*;
use crate::intake::convert::{Row, Verdict};
use crate::intake::draft::{Address, Draft, Email, Phone, Website};
use crate::intake::header::Selection;
use crate::intake::reader::{Options, Progress, Source};
use crate::normal::phone::{self, Region};
use crate::papers::vcard::vcard as ours;
use crate::profile::incoming::Given;

fn given(bytes: &[u8]) -> (tempfile::TempDir, Given) {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("cards.vcf");
    std::fs::write(&file, bytes).unwrap();
    (dir, Given::Path(file))
}

fn options() -> Options {
    Options { selection: Selection::all(), ..Options::detect(Region::of("BE").unwrap()) }
}

/// Every card of a file, all columns ticked.
fn read(bytes: &[u8]) -> Vec<Row> {
    let (_dir, given) = given(bytes);
    let mut source = Source::open(&given, &options()).unwrap();
    let mut rows = Vec::new();
    let keep = |batch: Vec<Row>| {
        rows.extend(batch);
        Ok(())
    };
    source.read(2, &Progress::default(), keep).unwrap();
    rows
}

fn lines(text: &str) -> Vec<u8> {
    text.replace('\n', "\r\n").into_bytes()
}

/// What came in, a line for each value that is there.
fn shown(rows: &[Row]) -> String {
    let mut text = String::new();
    for row in rows {
        text.push_str(&format!("{} {:?}", row.line, row.verdict));
        row.problems.iter().for_each(|problem| text.push_str(&format!(" {:?}={:?}", problem.column, problem.code)));
        text.push('\n');
        let json = serde_json::to_value(&row.draft).unwrap();
        for (field, value) in json.as_object().unwrap() {
            text.push_str(&format!("  {field}: {value}\n"));
        }
    }
    text
}

fn check(text: &str, expected: Expect) {
    expected.assert_eq(&shown(&read(&lines(text))));
}

#[test]
fn version_2_1_as_phones_and_outlook_write_it() {
    check(
        "BEGIN:VCARD\nVERSION:2.1\nN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:Dela=C3=A7rue;Ren=C3=A9;;Mr.\n\
         FN;CHARSET=ISO-8859-1;ENCODING=QUOTED-PRINTABLE:Ren=E9 Dela=E7rue\n\
         NOTE;ENCODING=QUOTED-PRINTABLE:Eerste lijn=0D=0ATweede en =\nhaar vervolg=\n\
         ORG:Jans, Bakkerij;Winkel\nTEL;WORK;VOICE:016 21 32 43\nTEL;CELL;PREF:0475/12.34.56\nTEL;HOME;FAX:016 21 32 44\n\
         EMAIL;PREF;INTERNET:rene@example.be\nADR;HOME:;bus 2;Kerkstraat 1;Gent;;9000;Belgi=EB\n\
         LABEL;HOME;ENCODING=QUOTED-PRINTABLE:Kerkstraat 1=0D=0A9000 Gent\nURL;WORK:http://example.be\nBDAY:19800307\n\
         PHOTO;JPEG;ENCODING=BASE64:\n    /9j/4AAQ\n    SkZJRg==\n\nREV:20121012T210525Z\nEND:VCARD\n",
        expect![[r#"
            1 Ready
              prefix: "Mr."
              given: "René"
              family: "Delaçrue"
              birthday: "1980-03-07"
              notes: "Eerste lijn\nTweede en haar vervolgORG:Jans, Bakkerij;Winkel"
              emails: [{"value":"rene@example.be","normalised":"rene@example.be"}]
              phones: [{"value":"0475/12.34.56","e164":"+32475123456","national":"0475123456","label":"Mobile"},{"value":"016 21 32 43","e164":"+3216213243","national":"016213243","label":"Work"},{"value":"016 21 32 44","e164":"+3216213244","national":"016213244","label":"Home Fax"}]
              addresses: [{"label":"Home","street":"Kerkstraat 1","extended":"bus 2","city":"Gent","postal_code":"9000","country":"Belgi=EB"}]
              websites: [{"value":"http://example.be","label":"Work"}]
              custom: [["PHOTO","data:image/jpeg;base64,/9j/4AAQSkZJRg=="]]
        "#]],
    );
}

#[test]
fn version_3_0_as_apple_and_google_write_it() {
    check(
        "BEGIN:VCARD\nVERSION:3.0\nN:Peeters;An\\, Marie;Jo,Els;Dr.;Jr.,MSc\nFN:Dr. An Peeters\nNICKNAME:Annie,An\n\
         item1.EMAIL;type=INTERNET;type=pref:an@example.be\nitem1.X-ABLabel:_$!<School>!$_\nitem2.TEL:+32 475 12 34 56\n\
         item2.X-ABLabel:Van haar\n  moeder\nTEL;type=\"work,pref\":0476123456\nitem3.ADR;type=HOME:;;Kerkstraat 1\\nbus 2;Gent;;9000;\n\
         URL:http\\://www.example.be\nBDAY;X-APPLE-OMIT-YEAR=1604:1604-03-07\nCATEGORIES:klant,a\\,b\nCATEGORIES:vip\n\
         NOTE:een\nNOTE:twee\nX-TWITTER:an\nCLASS:PRIVATE\nEND:VCARD\n",
        expect![[r#"
            1 Ready
              prefix: "Dr."
              given: "An, Marie"
              middle: "Jo Els"
              family: "Peeters"
              suffix: "Jr., MSc"
              nickname: "Annie, An"
              birthday: "--03-07"
              notes: "een\ntwee"
              labels: ["klant","a,b","vip"]
              emails: [{"value":"an@example.be","normalised":"an@example.be","label":"School"}]
              phones: [{"value":"0476123456","e164":"+32476123456","national":"0476123456","label":"Work"},{"value":"+32 475 12 34 56","e164":"+32475123456","national":"0475123456","label":"Van haar moeder"}]
              addresses: [{"label":"Home","street":"Kerkstraat 1\nbus 2","city":"Gent","postal_code":"9000"}]
              websites: [{"value":"http://www.example.be"}]
              custom: [["X-TWITTER","an"]]
        "#]],
    );
    assert!(read(&lines("BEGIN:VCARD\nFN:An\nCLASS:CONFIDENTIAL\nEND:VCARD\n"))[0].private);
}

#[test]
fn version_4_0_and_what_stands_in_for_a_name() {
    check(
        "BEGIN:VCARD\nVERSION:4.0\nFN:an@example.be\nEMAIL;PREF=1;TYPE=work:mailto:an@example.be\nTEL;VALUE=uri;TYPE=\"cell,voice\":tel:+32-475-12-34-56\n\
         LANG;PREF=1:nl-BE\nLANG:fr\nBDAY:--0307\nGENDER:F\nANNIVERSARY:20100601\nRELATED;TYPE=spouse:Jan\nEND:VCARD\n\
         BEGIN:VCARD\nVERSION:4.0\nFN:Bakkerij Jans\nORG:Bakkerij Jans\nKIND:org\nADR;LABEL=\"Markt 1\\n3000 Leuven\":;;Markt 1;Leuven;;3000;BE\nEND:VCARD\n\
         BEGIN:VCARD\nVERSION:4.0\nFN:Jan Van den Berg\nBDAY;VALUE=text:lente 1980\nEND:VCARD\n\
         BEGIN:VCARD\nVERSION:4.0\nKIND:group\nFN:Vrienden\nMEMBER:urn:uuid:1\nEND:VCARD\n",
        expect![[r#"
            1 Ready
              birthday: "--03-07"
              language: "nl-BE"
              emails: [{"value":"an@example.be","normalised":"an@example.be","label":"Work"}]
              phones: [{"value":"+32-475-12-34-56","e164":"+32475123456","national":"0475123456","label":"Mobile"}]
              custom: [["ANNIVERSARY","2010-06-01"],["GENDER","F"],["RELATED","Jan"]]
            13 Ready
              organisation: "Bakkerij Jans"
              addresses: [{"street":"Markt 1","city":"Leuven","postal_code":"3000","country":"BE"}]
            20 Ready
              given: "Jan"
              family: "Van den Berg"
              birthday: "lente 1980"
            25 Skipped(GroupCard) None=UnreadablePart
        "#]],
    );
}

#[test]
fn what_is_broken_costs_its_own_card_and_no_other() {
    check(
        "BEGIN:VCARD\nFN:Geen einde\nBEGIN:VCARD\nFN:An\nAGENT:\nBEGIN:VCARD\nFN:Iemand anders\nEND:VCARD\nEND:VCARD\n\
         tussendoor\nBEGIN:VCARD\nFN:Jan\nzonder dubbelepunt\nNOTE;ENCODING=QUOTED-PRINTABLE:=ZZ =4=\nEND:VCARD\n\
         begin:vcard\nfn:Els\nBEGIN:VALARM\nFN:niet zij\nEND:VALARM\nend:vcard\nBEGIN:VCARD\nEMAIL:geen adres\nEND:VCARD\nBEGIN:VCARD\nFN:Afgebroken",
        expect![[r#"
            1 Rejected(UnfinishedCard) None=UnfinishedCard
            3 Ready
              given: "An"
            11 Ready None=UnreadablePart
              given: "Jan"
              notes: "=ZZ =4="
            16 Ready
              given: "Els"
            22 Rejected(NoValidAddress) Some("EMAIL")=InvalidEmail None=NoValidAddress
            25 Rejected(UnfinishedCard) None=UnfinishedCard
        "#]],
    );
}

#[test]
fn nothing_is_too_large_to_be_refused() {
    let long = "a".repeat(10 << 20);
    let photo = format!("BEGIN:VCARD\nFN:An\nPHOTO;ENCODING=b:{long}\nEND:VCARD\n");
    let rows = read(&lines(&photo));
    assert_eq!((rows[0].verdict, rows[0].problems[0].code), (Verdict::Ready, RowCode::UnreadablePart));
    let note = format!("BEGIN:VCARD\nFN:An\nNOTE:{long}\nEND:VCARD\nBEGIN:VCARD\nFN:Jan\nEND:VCARD\n");
    let rows = read(&lines(&note));
    assert_eq!((rows[0].verdict, rows[1].verdict), (Verdict::Rejected(RowCode::CellTooLarge), Verdict::Ready));
    let many = format!("BEGIN:VCARD\nFN:An\n{}END:VCARD\n", "EMAIL:an@example.be\n".repeat(5_000));
    assert_eq!(read(&lines(&many))[0].verdict, Verdict::Rejected(RowCode::RowTooLarge));
    let several: String = (0..30).map(|n| format!("EMAIL:an{n}@example.be\n")).collect();
    let rows = read(&lines(&format!("BEGIN:VCARD\nFN:An\n{several}END:VCARD\n")));
    assert_eq!((rows[0].draft.emails.len(), rows[0].problems[0].code), (20, RowCode::UnreadablePart));
    let names: String = (0..500).map(|n| format!("X-{n}:1\n")).collect();
    let rows = read(&lines(&format!("BEGIN:VCARD\nFN:An\n{names}END:VCARD\n")));
    assert_eq!((rows[0].draft.custom.len(), rows[0].problems[0].code), (200, RowCode::UnreadablePart));
    let nul = given(b"BEGIN:VCARD\nFN:A\0n\nEND:VCARD\n");
    assert_eq!(Source::open(&nul.1, &options()).unwrap_err().facts["why"], "binary");
}

#[test]
fn characters_are_what_the_card_or_else_the_file_says() {
    for (bytes, name) in [
        (b"BEGIN:VCARD\nFN:Ren\xe9\nEND:VCARD\n".to_vec(), "René"),
        ("\u{feff}BEGIN:VCARD\nFN:René\nEND:VCARD\n".as_bytes().to_vec(), "René"),
        (b"BEGIN:VCARD\nFN;CHARSET=windows-1250:Ji\xf8\xed\nFN:\nEND:VCARD\n".to_vec(), "Jiří"),
        // One card is not what the other is.
        ([b"BEGIN:VCARD\nNOTE:\xe9\nFN:Ren".as_slice(), "é\nEND:VCARD\n".as_bytes()].concat(), "René"),
        ("\u{feff}BEGIN:VCARD\r\nFN:René\r\nEND:VCARD\r\n".encode_utf16().flat_map(u16::to_le_bytes).collect(), "René"),
    ] {
        assert_eq!(read(&bytes)[0].draft.given, name, "{bytes:?}");
    }
}

#[test]
fn what_is_not_ticked_stays_out_and_is_named() {
    let card = b"BEGIN:VCARD\nFN:An\nNOTE:x\nBDAY:1980-03-07\nPHOTO;ENCODING=b:AAAA\nX-NIEUWSBRIEF:ja\nUID:1\nREV:2\nEND:VCARD\n";
    let (_dir, given) = given(card);
    let mut source = Source::open(&given, &Options::detect(Region::of("BE").unwrap())).unwrap();
    let out: Vec<&str> = source.detected().left_out().collect();
    assert_eq!(out, ["BDAY", "NOTE", "PHOTO", "X-NIEUWSBRIEF"]);
    let row = source.preview(1).unwrap().remove(0);
    assert_eq!(row.draft, Draft { given: "An".into(), ..Draft::default() });
    assert_eq!(row.claims, [("X-NIEUWSBRIEF".to_owned(), "ja".to_owned())]);
    assert!(!format!("{:?}", row.raw).contains("AAAA"));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_give_rows_or_a_reason(
        lines in proptest::collection::vec(prop_oneof![
            Just("BEGIN:VCARD".to_owned()), Just("END:VCARD".to_owned()), Just("VERSION:2.1".to_owned()), Just(String::new()),
            Just("N;ENCODING=QUOTED-PRINTABLE:=C3=A9=".to_owned()), Just("PHOTO;ENCODING=B:AAAA".to_owned()), Just("AGENT:".to_owned()),
            "[ \t]\\PC{0,20}", "[A-Z0-9.;=\":]{1,12}:\\PC{0,30}", "(TEL|EMAIL|ADR|ORG|N|BDAY|CATEGORIES)[;=a-z\"]{0,8}:[;,\\\\a-z0-9é=]{0,30}",
        ], 0..40),
        mark in prop_oneof![Just("\n"), Just("\r\n"), Just("\r")],
    ) {
        let text = format!("BEGIN:VCARD{mark}{}", lines.join(mark));
        let rows = read(text.as_bytes());
        prop_assert!(!rows.is_empty());
        let begun = text.split(['\r', '\n']).filter(|line| line.trim().eq_ignore_ascii_case("BEGIN:VCARD")).count();
        prop_assert!(rows.len() <= begun);
    }

    #[test]
    fn our_own_cards_come_back_unchanged(draft in person()) {
        let card = ours(uuid::Uuid::now_v7(), &draft, false);
        let rows = read(card.as_bytes());
        prop_assert_eq!(&rows[0].problems, &[]);
        prop_assert_eq!(&rows[0].draft, &draft, "{}", card);
    }
}

/// A word as people write them, with everything that a card must escape.
fn word() -> impl Strategy<Value = String> {
    "[A-Za-zéßÖ,;:\\\\\"][A-Za-z0-9éßÖ ,;:=\\\\\"()-]{0,90}[A-Za-z0-9é;\\\\]"
        .prop_filter("a word of its own", |word| !word.contains(":::"))
}

fn person() -> impl Strategy<Value = Draft> {
    let names = (word(), word(), "|[A-Z][a-z]{1,9}", "|Dr\\.|Mevr\\.", word(), word());
    let rest = (
        "|19[0-9]{2}-0[1-9]-1[0-9]|--0[1-9]-1[0-9]",
        "|nl|fr-BE",
        proptest::option::of((word(), word())),
        proptest::collection::btree_set("[a-zé;,]{1,12}x", 0..4),
        proptest::collection::btree_map("[a-z]{1,9}", "|Work|Werk|Home|Thuis|School|Van haar, moeder", 0..4),
        proptest::collection::btree_map(0..900_000_u32, "|Mobile|Mobiel|Work|Fax|bij; oma", 0..4),
        proptest::option::of(("[A-Z][a-z]{2,9}straat [0-9]{1,3}", word(), "[1-9][0-9]{3}", "|Thuis|Home")),
        proptest::collection::btree_map("Eigen[a-z]{1,9}", word(), 0..3),
    );
    (names, rest).prop_map(|(names, rest)| {
        let (given, family, middle, prefix, organisation, job_title) = names;
        let (birthday, language, notes, labels, emails, phones, address, custom) = rest;
        let home = Region::of("BE").unwrap();
        let phones = phones.into_iter().map(|(n, label)| {
            let normal = phone::normalise(&format!("+32475{n:06}"), home, None).unwrap();
            Phone { value: normal.e164.clone(), e164: normal.e164, national: normal.national, label }
        });
        let emails = emails.into_iter().map(|(name, label)| {
            let value = format!("{name}@example.be");
            Email { normalised: value.clone(), value, label }
        });
        let address = address.map(|(street, city, postal_code, label)| Address {
            label,
            street,
            city,
            postal_code,
            ..Address::default()
        });
        Draft {
            given,
            family,
            middle,
            prefix,
            organisation,
            job_title,
            birthday,
            language,
            notes: notes.map(|(one, two)| format!("{one}\n{two}")).unwrap_or_default(),
            labels: labels.into_iter().collect(),
            emails: emails.collect(),
            phones: phones.collect(),
            addresses: address.into_iter().collect(),
            websites: vec![Website { value: "https://example.be/a%2Cb".into(), label: "Werk".into() }],
            custom: custom.into_iter().collect(),
            ..Draft::default()
        }
    })
}
