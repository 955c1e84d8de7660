use super::*;
use crate::intake::draft::Draft;
use crate::people::{self, Change, How};
use crate::trial::Trial;

fn texts(all: &[&str]) -> Vec<String> {
    all.iter().map(|text| (*text).to_owned()).collect()
}

fn field(key: &str, holds: Holds, choices: &[&str]) -> NewField {
    NewField {
        key: key.to_owned(),
        title: key.to_uppercase(),
        holds,
        choices: texts(choices),
        sensitivity: Sensitivity::High,
    }
}

fn put(trial: &mut Trial, who: &str, field: &str, value: &str) -> Result<i64> {
    let change = Change { field: field.to_owned(), how: How::Set, value: value.to_owned() };
    people::set(&mut trial.vault, who, &[change], trial.now).map(|done| done.output)
}

/// What the contact has there.
fn has(trial: &Trial, who: &str, field: &str) -> String {
    let shown = people::show(&trial.vault, who, trial.now).unwrap();
    shown.fields.single.get(field).and_then(|value| value.as_str()).unwrap_or_default().to_owned()
}

fn why(problem: &Problem) -> &str {
    problem.facts.get("why").and_then(|why| why.as_str()).unwrap_or_default()
}

fn standing(trial: &Trial) -> String {
    let all = choices(&trial.vault, "colour").unwrap();
    all.iter().map(|one| format!("{} {}", one.choice, one.contacts)).collect::<Vec<_>>().join(", ")
}

#[test]
fn choices_are_one_to_fifty_short_texts_each_once() {
    let mut trial = Trial::new();
    let long = "é".repeat(101);
    let cases: [(Holds, &[&str], &str); 6] = [
        (Holds::Choice, &["Rood", " "], "choice_text"),
        (Holds::Choice, &["Rood", &long], "choice_text"),
        (Holds::Choice, &["Ro\nod"], "choice_text"),
        (Holds::Choice, &["Café", " cafe "], "choice_twice"),
        (Holds::Text, &["Rood"], "only_of_a_choice"),
        (Holds::Date, &["Rood"], "only_of_a_choice"),
    ];
    for (holds, choices, expected) in cases {
        let refused = add_field(&mut trial.vault, &field("colour", holds, choices), trial.now).unwrap_err();
        assert_eq!(why(&refused), expected, "{choices:?}");
    }
    let many: Vec<String> = (0..51).map(|n| n.to_string()).collect();
    let new = NewField { choices: many, ..field("colour", Holds::Choice, &[]) };
    assert_eq!(why(&add_field(&mut trial.vault, &new, trial.now).unwrap_err()), "too_many_choices");
    let new = NewField { choices: new.choices[..50].to_vec(), ..new };
    add_field(&mut trial.vault, &new, trial.now).unwrap();
    add_field(&mut trial.vault, &field("size", Holds::Number, &[]), trial.now).unwrap();
    for (key, wanted, expected) in [("size", "Rood", "only_of_a_choice"), ("colour", "", "no_choices")] {
        let wanted: Vec<String> = Some(wanted.to_owned()).into_iter().filter(|text| !text.is_empty()).collect();
        assert_eq!(why(&set_choices(&mut trial.vault, key, &wanted, trial.now).unwrap_err()), expected);
    }
    let unknown = set_choices(&mut trial.vault, "bike", &texts(&["Rood"]), trial.now).unwrap_err();
    assert_eq!(unknown.code, Code::NotFound);
}

#[test]
fn only_a_choice_is_taken_and_in_its_own_spelling() {
    let mut trial = Trial::new();
    let an = trial.person("An");
    add_field(&mut trial.vault, &field("colour", Holds::Choice, &[" Rood ", "Blauw", "Café au lait"]), trial.now)
        .unwrap();
    put(&mut trial, &an, "colour", " CAFE AU LAIT ").unwrap();
    assert_eq!(has(&trial, &an, "colour"), "Café au lait");
    let refused = put(&mut trial, &an, "colour", "Groen").unwrap_err();
    assert_eq!((why(&refused), refused.facts["title"].as_str()), ("no_choice", Some("COLOUR")));
    assert_eq!(refused.facts["choices"], "Rood, Blauw, Café au lait");
    assert_eq!(has(&trial, &an, "colour"), "Café au lait");
    put(&mut trial, &an, "colour", "").unwrap();
    assert_eq!(has(&trial, &an, "colour"), "");
    for (key, holds, bad, good, expected) in
        [("since", Holds::Date, "lente", "2020-02-29", "no_date"), ("size", Holds::Number, "NaN", "41.5", "no_number")]
    {
        add_field(&mut trial.vault, &field(key, holds, &[]), trial.now).unwrap();
        assert_eq!(why(&put(&mut trial, &an, key, bad).unwrap_err()), expected);
        put(&mut trial, &an, key, good).unwrap();
        assert_eq!(has(&trial, &an, key), good);
    }
    add_field(&mut trial.vault, &field("empty", Holds::Choice, &[]), trial.now).unwrap();
    assert_eq!(why(&put(&mut trial, &an, "empty", "Rood").unwrap_err()), "nothing_to_choose");
    assert_eq!(trial.fault(), None);
}

#[test]
fn a_choice_stays_as_long_as_somebody_has_it_and_comes_back_by_no_undo() {
    let mut trial = Trial::new();
    let people = ["An", "Bo"].map(|name| trial.person(name));
    add_field(&mut trial.vault, &field("colour", Holds::Choice, &["Rood", "Blauw"]), trial.now).unwrap();
    for who in &people {
        put(&mut trial, who, "colour", "rood").unwrap();
    }
    assert_eq!(standing(&trial), "Rood 2, Blauw 0");
    people::merge(&mut trial.vault, &people[0], &people[1], trial.now).unwrap();
    assert_eq!(standing(&trial), "Rood 1, Blauw 0", "two that are one have it once");
    for wanted in [&["Blauw"][..], &["rood", "Blauw"]] {
        let refused = set_choices(&mut trial.vault, "colour", &texts(wanted), trial.now).unwrap_err();
        let facts = (why(&refused), refused.facts["given"].as_str(), refused.facts["count"].as_i64());
        assert_eq!(facts, ("choice_in_use", Some("Rood"), Some(1)));
    }
    set_choices(&mut trial.vault, "colour", &texts(&["Groen", "Rood"]), trial.now).unwrap();
    assert_eq!(standing(&trial), "Groen 0, Rood 1");
    let change = put(&mut trial, &people[0], "colour", "").unwrap();
    assert_eq!(standing(&trial), "Groen 0, Rood 0", "what is emptied is emptied of whoever was merged, too");
    set_choices(&mut trial.vault, "colour", &texts(&["Groen"]), trial.now).unwrap();
    let refused = people::unset(&mut trial.vault, change, trial.now).unwrap_err();
    assert_eq!((why(&refused), has(&trial, &people[0], "colour")), ("changed_since", String::new()));
    assert_eq!(trial.fault(), None);
}

#[test]
fn somebody_typed_in_has_only_what_can_be_chosen() {
    let mut trial = Trial::new();
    add_field(&mut trial.vault, &field("colour", Holds::Choice, &["Rood"]), trial.now).unwrap();
    let draft = Draft { given: "An".to_owned(), ..Draft::default() };
    let add = |trial: &mut Trial, value: &str| {
        let change = Change { field: "colour".to_owned(), how: How::Set, value: value.to_owned() };
        people::add(&mut trial.vault, &draft, &[change], &people::NewSource::default(), true, trial.now)
    };
    assert_eq!(why(&add(&mut trial, "Blauw").unwrap_err()), "no_choice");
    let an = add(&mut trial, "ROOD").unwrap().output.to_string();
    assert_eq!(has(&trial, &an, "colour"), "Rood");
}

#[test]
fn a_choice_that_is_renamed_is_renamed_with_whoever_has_it() {
    let mut trial = Trial::new();
    let people = ["An", "Bo", "Cé"].map(|name| trial.person(name));
    add_field(&mut trial.vault, &field("colour", Holds::Choice, &["Rood", "Blauw"]), trial.now).unwrap();
    add_field(&mut trial.vault, &field("sign", Holds::Choice, &["Rood"]), trial.now).unwrap();
    for who in &people {
        put(&mut trial, who, "colour", "rood").unwrap();
    }
    put(&mut trial, &people[0], "sign", "rood").unwrap();
    let change = put(&mut trial, &people[1], "colour", "blauw").unwrap();
    people::restrict(&mut trial.vault, &people[2], "on the phone", trial.now).unwrap();
    let mut rename = |from: &str, to: &str| rename_choice(&mut trial.vault, "colour", from, to, trial.now);
    assert_eq!(rename("Groen", "Geel").unwrap_err().code, Code::NotFound);
    for (to, expected) in [("blauw", "choice_twice"), (" ", "choice_text")] {
        assert_eq!(why(&rename("Rood", to).unwrap_err()), expected);
    }
    assert_eq!(rename("Rood", " Karmijn ").unwrap().output, 2);
    assert_eq!(standing(&trial), "Karmijn 2, Blauw 1");
    assert_eq!([&people[0], &people[2]].map(|who| has(&trial, who, "colour")), ["Karmijn", "Karmijn"]);
    assert_eq!(has(&trial, &people[0], "sign"), "Rood", "another field keeps its own");
    let refused = people::unset(&mut trial.vault, change, trial.now).unwrap_err();
    assert_eq!((why(&refused), has(&trial, &people[1], "colour")), ("changed_since", "Blauw".to_owned()));
    assert_eq!(trial.fault(), None);
}
