use chrono::DateTime;
use proptest::prelude::*;
use uuid::Uuid;

use akkoord_rules::field::Provenance;

use super::*;
use crate::intake::draft::{Draft, Email, Phone};
use crate::normal::phone;
use crate::trial::vault_in;
use crate::vault::Act;
use crate::vault::contact::{self, Origin};
use crate::vault::source::{self, Source};

fn check(query: &str, parts: &[&[&str]], starts: &[&str]) {
    let terms = Terms::of(query);
    assert_eq!(terms.parts, parts.iter().map(|p| p.to_vec()).collect::<Vec<_>>(), "{query}");
    assert_eq!(terms.starts, starts, "{query}");
}

#[test]
fn queries_are_taken_apart() {
    check("", &[], &[]);
    check("  jan  van ", &[&["jan"], &["van"]], &[]);
    check("ja", &[], &["ja"]);
    check("e\u{301}a", &[], &["éa"]);
    check("0475/12.34.56", &[&["0475123456", "0475/12.34.56"]], &[]);
    check("+32 475 12 34 56", &[&["32475123456", "+32 475 12 34 56"]], &[]);
    check("0032 475", &[&["32475", "0032 475"]], &[]);
    check("+32 (0) 475", &[&["32475", "+32 (0) 475"]], &[]);
    check("jan 0475 12", &[&["jan"], &["047512", "0475 12"]], &[]);
    check("J\u{200b}an\u{202e}sen", &[&["Jansen"]], &[]);
    check("\u{1112}\u{1161}\u{11ab}", &[], &["\u{d55c}"]);
    check("(0) 12", &[&["(0)"]], &["12"]);
    check("24/7 shop", &[&["247", "24/7"], &["shop"]], &[]);
    check("o'", &[], &["o"]);
    check("\"*", &[], &[]);
    check("NEAR(\"", &[&["NEAR(\""]], &[]);
}

/// An open vault in a folder that goes with it.
struct Office(Vault, #[expect(dead_code, reason = "kept until the end")] tempfile::TempDir);

impl Office {
    fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        Self(vault_in(dir.path(), now()), dir)
    }

    /// Adds all of them in one act.
    fn add(&mut self, drafts: &[Draft]) -> Vec<Uuid> {
        let added = self.0.record(Act::ContactAdded, None, now(), |rows| {
            drafts
                .iter()
                .map(|draft| {
                    let key = contact::insert(rows, Uuid::now_v7(), draft, Provenance::Provided, rows.at)?;
                    let source = Source { kind: "direct", origin: "self", at: rows.at, ..Source::default() };
                    let source_no = source::insert(rows, key.no, &source)?;
                    contact::insert_values(
                        rows,
                        key.no,
                        draft,
                        Origin { provenance: Provenance::Provided, source_no },
                    )?;
                    Ok(key.id)
                })
                .collect::<Result<Vec<_>>>()
        });
        added.unwrap().output
    }

    fn finds(&self, query: &str, id: Uuid) -> bool {
        let question = Question { query: query.to_owned(), limit: 100_000, after: None };
        list(&self.0, &question).unwrap().contacts.iter().any(|contact| contact.id == id)
    }

    /// Everybody that a query finds, page by page.
    fn pages(&self, query: &str, limit: usize) -> Vec<Uuid> {
        let mut question = Question { query: query.to_owned(), limit, after: None };
        let mut all = Vec::new();
        loop {
            let page = list(&self.0, &question).unwrap();
            assert!(page.contacts.len() <= limit);
            all.extend(page.contacts.iter().map(|contact| contact.id));
            if page.next.is_none() {
                assert_eq!(all.len(), page.total, "{query}");
                return all;
            }
            assert_eq!(page.next, all.last().copied());
            question.after = page.next;
        }
    }
}

fn now() -> DateTime<chrono::Utc> {
    DateTime::from_timestamp(1_774_000_000, 0).unwrap()
}

fn named(given: &str, family: &str) -> Draft {
    Draft { given: given.to_owned(), family: family.to_owned(), ..Draft::default() }
}

/// Every run of three letters, with the marks that belong to them, in every word of a name.
fn threes(name: &str) -> Vec<String> {
    let mut found = Vec::new();
    for word in name.split_whitespace() {
        let mut letters: Vec<String> = Vec::new();
        for c in word.chars() {
            match letters.last_mut().filter(|_| is_combining_mark(c)) {
                Some(letter) => letter.push(c),
                None => letters.push(c.to_string()),
            }
        }
        found.extend(letters.windows(3).map(|three| three.concat()));
    }
    found
}

#[test]
fn every_three_letters_of_every_name_are_found() {
    let office = std::cell::RefCell::new(Office::new());
    let name = prop_oneof![
        "[A-Z][a-z]{2,9}( [a-z]{3,8})?",
        "[A-Za-zéèëïöüçñøłßŒæÅİıŞğĐő'’ -]{3,14}",
        "[a-zA-Z]\u{301}[a-z\u{300}\u{308}]{2,8}",
        "[α-ωΑ-Ω]{3,8}|[а-яА-Я]{3,8}|[\u{5d0}-\u{5ea}]{3,8}|[\u{4e00}-\u{4eff}]{3,6}|[\u{ac00}-\u{ac40}]{3,5}",
        "[A-Za-z0-9.,&/()\"*+:^{}-]{3,12}",
        "\\PC{3,12}",
    ];
    proptest!(ProptestConfig::with_cases(200), |(given in name.clone(), family in name)| {
        let id = office.borrow_mut().add(&[named(&given, &family)])[0];
        for three in threes(&given).into_iter().chain(threes(&family)) {
            prop_assert!(office.borrow().finds(&three, id), "{three:?} of {given:?} {family:?}");
        }
    });
}

#[test]
fn a_number_is_found_in_any_notation() {
    let mut office = Office::new();
    let home = phone::Region::of("BE").unwrap();
    let normal = phone::normalise("0475 12 34 56", home, None).unwrap();
    let phone =
        Phone { value: "0475 12 34 56".to_owned(), e164: normal.e164, national: normal.national, label: String::new() };
    let id = office.add(&[Draft { phones: vec![phone], ..named("An", "Peeters") }])[0];
    for query in [
        "0475123456",
        "0475 12 34 56",
        "0475/12.34.56",
        "0475/123456",
        "0475-12-34-56",
        "+32475123456",
        "+32 475 12 34 56",
        "0032 475 12 34 56",
        "+32 (0)475 12 34 56",
        "(0475) 12 34 56",
        "475123",
        "12 34",
        "123",
        "peeters 0475",
        "0475 pee",
        "+32 (0) 475/12",
        "04751",
    ] {
        assert!(office.finds(query, id), "{query}");
    }
    for query in ["0476", "+31475123456", "peeters 0476", "1235"] {
        assert!(!office.finds(query, id), "{query}");
    }
}

#[test]
fn all_words_must_be_found_wherever_they_stand() {
    let mut office = Office::new();
    let email = Email {
        value: "An@Vogelhuis.example".to_owned(),
        normalised: "an@vogelhuis.example".to_owned(),
        label: String::new(),
    };
    let draft = Draft {
        organisation: "Garage 24 7".to_owned(),
        labels: vec!["klant".to_owned()],
        emails: vec![email],
        ..named("An-Sofie", "D'Hondt")
    };
    let ids = office.add(&[draft, named("An", "Peeters"), named("Björn", "Ångström")]);
    for query in [
        "an hondt",
        "HONDT sof",
        "gelhuis kla",
        "garage 24 7",
        "24 7",
        "ga kl an",
        "d'h",
        "d’hondt".replace('’', "'").as_str(),
    ] {
        assert!(office.finds(query, ids[0]) && !office.finds(query, ids[1]), "{query}");
    }
    assert!(!office.finds("hondt peeters", ids[0]) && !office.finds("an zzz", ids[1]));
    let odd = office.add(&[named("Łukasz", "Straße"), named("Yıldız", "Þór")]);
    for (query, id) in
        [("lukasz", odd[0]), ("strasse", odd[0]), ("STRAß", odd[0]), ("yildiz", odd[1]), ("thor", odd[1])]
    {
        assert!(office.finds(query, id), "{query}");
    }
    for query in ["bjorn", "angstrom", "BJÖRN", "a\u{30a}ngstro\u{308}m", "bj an"] {
        assert!(office.finds(query, ids[2]), "{query}");
    }
    office
        .0
        .record(Act::ContactMerged, None, now(), |rows| {
            Ok(rows.execute(
                "UPDATE contact SET merged_into = (SELECT no FROM contact WHERE given = 'An') WHERE given LIKE 'An-%'",
                [],
            )?)
        })
        .unwrap();
    assert!(
        office.finds("hondt", ids[1]) && !office.finds("hondt", ids[0]),
        "who was merged is found as the one that stays"
    );
    assert_eq!(office.pages("an", 1).len(), 2);
}

#[test]
fn pages_give_everybody_once() {
    let mut office = Office::new();
    let many: Vec<Draft> =
        (0..1_300).map(|n| named(["An", "an", "Bo", "Ćas"][n % 4], &format!("Peeters{}", n % 97))).collect();
    let mut ids = office.add(&many);
    ids.sort_unstable();
    for (query, limit) in
        [("", 400), ("peeters", 333), ("peeters", 1_300), ("pe", 500), ("an", 7), ("peeters12 an", 2), ("peeters1", 50)]
    {
        let mut all = office.pages(query, limit);
        let found = all.len();
        all.sort_unstable();
        all.dedup();
        assert_eq!(all.len(), found, "{query}: somebody came twice");
        assert!(
            found > 1 && (query.contains(' ') || query == "an" || query == "peeters1" || all == ids),
            "{query}: {found}"
        );
    }
    // Somebody who is no longer found still says where the next page begins.
    let first = list(&office.0, &Question { query: "peeters12 an".to_owned(), limit: 1, after: None }).unwrap();
    let next = first.next.unwrap();
    office
        .0
        .record(Act::ContactSet, None, now(), |rows| {
            let no = rows.query_row("SELECT no FROM contact WHERE id = ?", [next], |row| row.get(0))?;
            contact::unindex(rows, no)
        })
        .unwrap();
    let rest = list(&office.0, &Question { query: "peeters12 an".to_owned(), limit: 100, after: Some(next) }).unwrap();
    assert_eq!(rest.contacts.len(), rest.total);
    assert!(list(&office.0, &Question { after: Some(Uuid::nil()), ..Question::default() }).is_err());
}

#[test]
fn the_order_follows_every_change() {
    let mut office = Office::new();
    let names = |vault: &Vault| -> Vec<String> {
        let list = list(vault, &Question { limit: 9, ..Question::default() }).unwrap();
        assert_eq!(list.contacts.len(), list.total);
        list.contacts.into_iter().map(|listed| listed.name).collect()
    };
    assert!(names(&office.0).is_empty());
    let ids = office.add(&[named("An", "Wouters"), named("Bo", "Maes")]);
    assert_eq!(names(&office.0), ["Bo Maes", "An Wouters"]);
    let reader = office.0.beside().unwrap();
    assert_eq!(names(&reader), ["Bo Maes", "An Wouters"]);
    let change = |office: &mut Office, sql: &str| {
        office.0.record(Act::ContactSet, None, now(), |rows| Ok(rows.execute(sql, [])?)).unwrap();
    };
    change(&mut office, "UPDATE contact SET sort_key = 'a' WHERE given = 'An'");
    assert_eq!(names(&office.0), ["An Wouters", "Bo Maes"]);
    change(
        &mut office,
        "UPDATE contact SET merged_into = (SELECT no FROM contact WHERE given = 'Bo') WHERE given = 'An'",
    );
    assert_eq!(names(&office.0), ["Bo Maes"]);
    let rest = list(&office.0, &Question { limit: 9, after: Some(ids[0]), ..Question::default() }).unwrap();
    assert_eq!(rest.contacts.len(), 1, "a page follows on somebody who was merged since");
    assert_eq!(names(&reader), ["Bo Maes", "An Wouters"], "a reader stands still");
}

#[test]
fn whatever_is_asked_is_no_error() {
    let mut office = Office::new();
    office.add(&[named("An", "Peeters")]);
    let hostile = [
        "\"",
        "\"\"",
        "*",
        "an*",
        "NEAR(an pee)",
        "an OR bo",
        "an NOT bo",
        "words:an",
        "- words",
        "{words}: an",
        "^an",
        "a\0b",
        "' OR 1=1 --",
        "\u{202e}an",
        "(((",
        "AND",
        "\"an\" AND",
        "+",
        "%",
        "_",
        "\\",
        "\u{feff}",
        "😀",
        "😀😀😀",
        "ﷺ",
        "ß",
        "İİİ",
        "a\u{d82}A",
        "\u{d82}a",
        "a\u{345}b",
        "\u{430}\u{483}\u{431}",
        "\u{24b6}b",
    ];
    let ask = |query: &str| list(&office.0, &Question { query: query.to_owned(), limit: 10, after: None });
    for query in hostile {
        assert!(ask(query).is_ok(), "{query:?}: {:?}", ask(query));
    }
    assert!(ask(&"lang ".repeat(2_000)).is_ok() && ask(&"x".repeat(100_000)).is_ok());
    proptest!(|(query in "\\PC{0,30}|[\"*():^{}+ANDORT -]{0,20}|.{0,20}")| {
        prop_assert!(ask(&query).is_ok(), "{:?}", query);
    });
}
