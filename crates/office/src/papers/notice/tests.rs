use super::*;
use crate::intake::draft::{Address, Draft};
use crate::people;
use crate::problem::Code;
use crate::trial::Trial;

/// The message for each person in a table.
fn messages(path: &Path) -> Vec<String> {
    let text = std::fs::read_to_string(path).unwrap();
    let mut reader = csv::ReaderBuilder::new().from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    reader.records().map(|row| row.unwrap().iter().next_back().unwrap().to_owned()).collect()
}

#[test]
fn a_letter_says_who_has_what_from_where_why_and_what_one_may_do() {
    let mut trial = Trial::new();
    trial.purpose("news", None);
    let [street, postal_code, city, email, phone, officer] =
        ["Kerkstraat 1", "9000", "Gent", "info@claes.example", "09 223 45 67", "Eva Maes"].map(str::to_owned);
    let reach = crate::settings::Reach { street, postal_code, city, email, phone, officer };
    crate::settings::reach_set(&mut trial.vault, &reach, trial.now).unwrap();
    let address = Address { street: "Kerkstraat 1".to_owned(), city: "Gent".to_owned(), ..Address::default() };
    let draft = |given: &str, language: &str| Draft {
        given: given.to_owned(),
        language: language.to_owned(),
        job_title: "{from}".to_owned(),
        addresses: vec![address.clone()],
        ..Draft::default()
    };
    let ids = [("{data}", ""), ("Bo", "fr-BE"), ("Cas", "it")]
        .map(|(given, language)| trial.add(&draft(given, language)).parse::<Uuid>().unwrap());
    let to = trial.dir().join("brieven.csv");
    let from = "de\nbeurs in Gent";
    let saved = notices(&mut trial.vault, &ids, Channel::Post, &Origins::all(from), &to, trial.now).unwrap().output;
    assert_eq!((saved.people, saved.stays.len()), (3, 0));
    let [dutch, french, italian] = messages(&to).try_into().unwrap();
    assert!(dutch.starts_with("Dag {data},"), "a name is no place to fill: {dutch}");
    for words in [
        "Welke gegevens: uw naam, uw adres, uw functie.",
        "Waar ze vandaan komen: de beurs in Gent.",
        "(alleen als u daar ja op zegt)",
        "Hoe lang wij ze bewaren: news: niet langer dan daarvoor nodig is.",
        "Wie ze van ons kreeg: niemand.",
        "Wie ze heeft: Garage Claes, Kerkstraat 1, 9000 Gent, info@claes.example, 09 223 45 67, Eva Maes.",
        "een klacht indienen bij de Gegevensbeschermingsautoriteit (",
    ] {
        assert!(dutch.contains(words), "{words} is not in {dutch}");
    }
    assert!(french.starts_with("Bonjour Bo,") && french.contains("votre langue"), "{french}");
    assert!(
        italian.starts_with("Dag Cas,"),
        "a language that we do not write is answered in the business's: {italian}"
    );
    assert_eq!(trial.fault(), None);
    let refused = |from: &str, channel, trial: &mut Trial| {
        notices(&mut trial.vault, &ids, channel, &Origins::all(from), &to, trial.now).unwrap_err()
    };
    assert_eq!(refused(" ", Channel::Post, &mut trial).facts["why"], "empty");
    assert_eq!(refused(&"x".repeat(301), Channel::Post, &mut trial).facts["why"], "too_long");
    assert_eq!(refused("x", Channel::Phone, &mut trial).facts["why"], "not_prepared");
    assert_eq!(refused("x", Channel::Email, &mut trial).code, Code::NotAllowed, "nobody of them has an address");
    people::restrict(&mut trial.vault, &ids[0].to_string(), "betwist", trial.now).unwrap();
    let saved = notices(&mut trial.vault, &ids, Channel::Post, &Origins::all("x"), &to, trial.now).unwrap().output;
    assert_eq!(saved.people, 2, "who is on lock is not written to");
}

/// Each gets the origin that stands with them, how long, and the interest in the words of its text.
#[test]
fn a_letter_names_the_origin_of_that_person_how_long_and_which_interest() {
    let mut trial = Trial::new();
    trial.purpose("news", Some("P2Y"));
    let new = crate::purposes::NewPurpose {
        key: "visits".to_owned(),
        title: "Bezoeken".to_owned(),
        basis: Basis::LegitimateInterests,
        wordings: vec![crate::purposes::Wording::new("nl", "Wij plannen\nonze bezoeken.".to_owned()).unwrap()],
        channels: akkoord_rules::person::ChannelSet::NONE,
        retention: Some("P1Y6M".parse().unwrap()),
        marketing: false,
        label: None,
        share: Vec::new(),
        soft_opt_in: None,
        special: false,
    };
    purposes::add(&mut trial.vault, &new, trial.now).unwrap();
    let ids = ["An", "Bo", "Cas"].map(|name| trial.person(name).parse::<Uuid>().unwrap());
    people::label(&mut trial.vault, &ids, "Beurs", true, trial.now).unwrap();
    let came = |rows: &mut crate::vault::Rows<'_>| {
        rows.execute_batch(
            "INSERT INTO import (id, at, file, sha256, bytes, format, encoding, delimiter, origin, on_duplicate, by, seq) VALUES
               (randomblob(16), 0, 'beurs.csv', randomblob(32), 1, 'csv', 'UTF-8', ',', 'other', 'merge', 'An', 1);
             UPDATE source SET origin = 'other', text = 'haar collega Bo' WHERE contact_no = 1;
             UPDATE source SET origin = 'other', text = 'Nieuwsbrief: ja', import_no = 1 WHERE contact_no = 2;
             UPDATE source SET origin = 'other' WHERE contact_no = 3",
        )?;
        Ok(())
    };
    trial.vault.record(crate::vault::Act::ContactSet, None, trial.now, came).unwrap();
    let of = |file: Option<&str>| OriginAsked { file: file.map(str::to_owned), people: 1 };
    assert_eq!(asked(&trial.vault, &ids).unwrap(), [of(Some("beurs.csv")), of(None)]);
    let to = trial.dir().join("mails.csv");
    let files = vec![FileOrigin { file: "beurs.csv".to_owned(), from: "de beurs\nin Gent".to_owned() }];
    let from = Origins { files, others: String::new() };
    let refused = notices(&mut trial.vault, &ids, Channel::Email, &from, &to, trial.now).unwrap_err();
    assert_eq!(refused.facts["why"], "empty", "of Cas nobody says it");
    let from = Origins { others: "een klant".to_owned(), ..from };
    notices(&mut trial.vault, &ids, Channel::Email, &from, &to, trial.now).unwrap();
    let [an, bo, cas] = messages(&to).try_into().unwrap();
    for (letter, from) in [(&an, "haar collega Bo"), (&bo, "de beurs in Gent"), (&cas, "een klant")] {
        assert!(letter.contains(&format!("Waar ze vandaan komen: {from}.")), "{letter}");
    }
    for words in [
        "de groepen waarin wij u indelen",
        "Bezoeken (in ons gerechtvaardigd belang: \"Wij plannen onze bezoeken.\")",
        "Hoe lang wij ze bewaren: news: 2 jaar na uw ja; Bezoeken: 1 jaar en 6 maanden.",
    ] {
        assert!(an.contains(words), "{words} is not in {an}");
    }
}

#[test]
fn every_template_is_filled_whole() {
    for words in &WORDS {
        let places = ["name", "business", "reach", "authority", "data", "from", "since", "uses", "shared", "kept"];
        for place in places {
            assert!(words.text.contains(&format!("{{{place}}}")), "{} has no {place}", words.code);
        }
        let filled = fill(words.text, |place| {
            assert!(places.contains(&place), "{}: nobody fills {place}", words.code);
            String::new()
        });
        assert!(!filled.contains(['{', '}']), "{filled}");
    }
}

#[test]
fn nobody_is_greeted_by_an_address() {
    let mut trial = Trial::new();
    let emails = vec![people::parse_email("an@example.be").unwrap()];
    let nameless = trial.add(&Draft { emails, ..Draft::default() });
    let who = people::resolve(trial.vault.rows(), &nameless).unwrap();
    let (_, text) = notice_to(&trial.vault, who, "de beurs in Gent", trial.now).unwrap();
    assert!(text.starts_with("Dag,\n"), "{text}");
}
