use super::*;
use crate::intake::draft::Draft;
use crate::people;
use crate::trial::Trial;

#[test]
fn labels_locks_and_requests_are_counted_once_for_those_who_are_one() {
    let mut trial = Trial::new();
    let labelled = |name: &str, labels: &[&str]| Draft {
        given: name.to_owned(),
        labels: labels.iter().map(|label| (*label).to_owned()).collect(),
        ..Draft::default()
    };
    let an = trial.add(&labelled("An", &["vip", "Élan"]));
    let bo = trial.add(&labelled("Bo", &["vip", "zaal"]));
    let cas = trial.add(&labelled("Cas", &["vip", "zaal"]));
    trial.add(&labelled("Dé", &["vip"]));
    people::restrict(&mut trial.vault, &an, "betwist", trial.now).unwrap();
    people::restrict(&mut trial.vault, &bo, "betwist", trial.now).unwrap();
    let counts = |trial: &Trial| {
        let facets = facets(&trial.vault).unwrap();
        let labels: Vec<String> = facets.labels.iter().map(|one| format!("{} {}", one.label, one.contacts)).collect();
        (labels.join(", "), facets.restricted, facets.open_requests, facets.imports.len())
    };
    assert_eq!(counts(&trial), ("Élan 1, vip 4, zaal 2".to_owned(), 2, 0, 0));
    people::merge(&mut trial.vault, &an, &bo, trial.now).unwrap();
    people::merge(&mut trial.vault, &an, &cas, trial.now).unwrap();
    assert_eq!(counts(&trial), ("Élan 1, vip 2, zaal 1".to_owned(), 1, 0, 0));
}
