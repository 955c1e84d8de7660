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
    let saved = notices(&mut trial.vault, &ids, Channel::Post, from, &to, trial.now).unwrap().output;
    assert_eq!((saved.people, saved.stays.len()), (3, 0));
    let [dutch, french, italian] = messages(&to).try_into().unwrap();
    assert!(dutch.starts_with("Dag {data},"), "a name is no place to fill: {dutch}");
    for words in [
        "Welke gegevens: uw naam, uw adres, uw functie.",
        "Waar ze vandaan komen: de beurs in Gent.",
        "(alleen als u daar ja op zegt)",
        "Wie ze van ons kreeg: niemand.",
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
        notices(&mut trial.vault, &ids, channel, from, &to, trial.now).unwrap_err()
    };
    assert_eq!(refused(" ", Channel::Post, &mut trial).facts["why"], "empty");
    assert_eq!(refused(&"x".repeat(301), Channel::Post, &mut trial).facts["why"], "too_long");
    assert_eq!(refused("x", Channel::Phone, &mut trial).facts["why"], "not_prepared");
    assert_eq!(refused("x", Channel::Email, &mut trial).code, Code::NotAllowed, "nobody of them has an address");
    people::restrict(&mut trial.vault, &ids[0].to_string(), "betwist", trial.now).unwrap();
    let saved = notices(&mut trial.vault, &ids, Channel::Post, "x", &to, trial.now).unwrap().output;
    assert_eq!(saved.people, 2, "who is on lock is not written to");
}

#[test]
fn every_template_is_filled_whole() {
    for words in &WORDS {
        let places = ["name", "business", "data", "from", "since", "uses", "shared"];
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
