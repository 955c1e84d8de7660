use super::*;
use crate::intake::draft::{Address, Draft};
use crate::people::{self, alike, distinct};
use crate::trial::Trial;

fn draft(name: &str, email: &str, phone: &str) -> Draft {
    let (given, family) = name.split_once(' ').unwrap_or((name, ""));
    let be = crate::normal::phone::Region::of("BE").unwrap();
    let phone = crate::normal::phone::normalise(phone, be, None);
    Draft {
        given: given.to_owned(),
        family: family.to_owned(),
        emails: people::parse_email(email).into_iter().collect(),
        phones: phone
            .map(|phone| crate::intake::draft::Phone {
                value: phone.e164.clone(),
                e164: phone.e164,
                national: phone.national,
                label: String::new(),
            })
            .into_iter()
            .collect(),
        ..Draft::default()
    }
}

fn at(draft: Draft, postal_code: &str) -> Draft {
    Draft { addresses: vec![Address { postal_code: postal_code.to_owned(), ..Address::default() }], ..draft }
}

/// The pairs of a vault with these contacts: names, score, what is the same and what differs.
fn pairs(people: &[Draft]) -> Vec<String> {
    let mut trial = Trial::new();
    people.iter().for_each(|draft| drop(trial.add(draft)));
    let found = duplicates(&trial.vault, 100).unwrap();
    assert_eq!(found.total, found.pairs.len());
    let line = |pair: &Pair| {
        let Pair { one, other, score, same, differs } = pair;
        format!("{} = {}: {score} {} / {}", one.name, other.name, same.join(" "), differs.join(" "))
    };
    found.pairs.iter().map(line).collect()
}

#[test]
fn pairs_are_found_weighed_and_explained() {
    for (people, expected) in [
        (
            vec![draft("An Peeters", "an@example.be", ""), draft("An Peeters", "an@example.be", "")],
            "An Peeters = An Peeters: 90 email name / ",
        ),
        (
            vec![draft("An Peeters", "an@example.be", ""), draft("Jan Maes", "an@example.be", "")],
            "An Peeters = Jan Maes: 1 email / given family",
        ),
        (
            vec![draft("An Peeters", "a@example.be", "0475123456"), draft("An Peters", "b@example.be", "0475123456")],
            "An Peeters = An Peters: 70 phone near_name / ",
        ),
        (
            vec![draft("An Peeters", "a@example.be", "0475123456"), draft("Jan Peeters", "b@example.be", "0475123456")],
            "An Peeters = Jan Peeters: 15 phone / given",
        ),
        (
            vec![draft("Peeters An", "", "0475123456"), draft("An Peeters", "", "0475123456")],
            "Peeters An = An Peeters: 70 phone near_name / ",
        ),
        (
            vec![draft("J. Maes", "", "0475123456"), draft("Jan Maes", "", "0475123456")],
            "J. Maes = Jan Maes: 70 phone near_name / ",
        ),
        (
            vec![
                at(draft("An Peeters", "a@example.be", ""), "3000"),
                at(draft("an PEETERS", "b@example.be", ""), "3000"),
            ],
            "An Peeters = an PEETERS: 60 name postal_code / ",
        ),
        (vec![draft("An Peeters", "a@example.be", ""), draft("An Peeters", "b@example.be", "")], ""),
        (vec![draft("An Peeters", "a@example.be", "0475123456"), draft("Jan Maes", "b@example.be", "0475123456")], ""),
    ] {
        assert_eq!(pairs(&people).join("; "), expected);
    }
    let born = |birthday: &str| Draft { birthday: birthday.to_owned(), ..draft("An Peeters", "", "") };
    assert_eq!(
        pairs(&[born("1980-03-07"), Draft { given: "An".to_owned(), ..born("1980-03-07") }]),
        ["An Peeters = An Peeters: 65 name birthday / "]
    );
    assert_eq!(pairs(&[at(born("1980-03-07"), "3000"), at(born("1990-03-07"), "3000")]), <[&str; 0]>::default());
}

#[test]
fn a_switchboard_makes_nobody_one() {
    let many: Vec<Draft> = (0..20).map(|n| draft(&format!("An{n} Peeters"), "", "016203040")).collect();
    assert_eq!(pairs(&many), <[&str; 0]>::default());
}

#[test]
fn two_people_are_shown_once_and_one_of_a_group_counts_for_it() {
    let mut trial = Trial::new();
    let ids: Vec<String> =
        ["a", "b", "c"].map(|n| trial.add(&at(draft("An Peeters", &format!("{n}@example.be"), ""), "3000"))).into();
    assert_eq!(duplicates(&trial.vault, 1).unwrap().total, 3);
    distinct(&mut trial.vault, &ids[1], &ids[0], trial.now).unwrap();
    distinct(&mut trial.vault, &ids[0], &ids[1], trial.now).unwrap();
    assert_eq!(duplicates(&trial.vault, 10).unwrap().total, 2);
    people::merge(&mut trial.vault, &ids[1], &ids[2], trial.now).unwrap();
    assert_eq!(duplicates(&trial.vault, 10).unwrap().total, 0, "what holds for one of a group holds for it");
    assert_eq!(distinct(&mut trial.vault, &ids[1], &ids[2], trial.now).unwrap_err().facts["why"], "same_contact");
    alike(&mut trial.vault, &ids[2], &ids[0], trial.now).unwrap();
    assert_eq!(duplicates(&trial.vault, 10).unwrap().total, 1, "what was said of one of a group is taken back for it");
    let again = alike(&mut trial.vault, &ids[0], &ids[1], trial.now).unwrap_err();
    assert_eq!(again.code, crate::Code::NotFound, "nobody says that they are two any more");
    assert_eq!(trial.fault(), None);
}

#[test]
fn that_two_are_two_is_verified() {
    let mut trial = Trial::new();
    let [an, bo, cor] = ["An", "Bo", "Cor"].map(|name| trial.person(name));
    distinct(&mut trial.vault, &an, &bo, trial.now).unwrap();
    distinct(&mut trial.vault, &an, &cor, trial.now).unwrap();
    alike(&mut trial.vault, &cor, &an, trial.now).unwrap();
    trial.later(1);
    distinct(&mut trial.vault, &bo, &an, trial.now).unwrap();
    assert_eq!(trial.fault(), None);
    for sql in [
        "DELETE FROM distinct_pair",
        "UPDATE distinct_pair SET at = at + 1",
        "UPDATE distinct_pair SET other_no = 3",
        "INSERT INTO distinct_pair (one_no, other_no, at, by) SELECT 1, 3, at, by FROM distinct_pair",
        "INSERT INTO distinct_pair (one_no, other_no, at, by) VALUES (2, 3, 0, 'An')",
    ] {
        let conn = trial.vault.rows();
        conn.execute_batch("SAVEPOINT before").unwrap();
        assert_eq!(conn.execute(sql, []).unwrap(), 1, "{sql}");
        let found = trial.fault();
        conn.execute_batch("ROLLBACK TO before; RELEASE before").unwrap();
        assert_eq!(found, Some("distinct_changed"), "{sql}");
    }
}

#[test]
fn a_slip_of_the_pen_is_one_letter_in_a_word_of_some_length() {
    for (one, other, expected) in [
        ("peeters", "peters", true),
        ("peeters", "peetres", true),
        ("claes", "claesz", true),
        ("maes", "maas", true),
        ("jan", "jon", false),
        ("peeters", "pieterse", false),
        ("peeters", "janssen", false),
        ("anna", "hanna", true),
    ] {
        assert_eq!((a_letter_off(one, other), a_letter_off(other, one)), (expected, expected), "{one} {other}");
    }
}
