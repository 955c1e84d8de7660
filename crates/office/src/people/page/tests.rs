use akkoord_rules::consent::How;
use akkoord_rules::request;

use super::*;
use crate::consents;
use crate::intake::draft::{Address, Draft};
use crate::people::{self, Change};
use crate::requests::{self, Asker, NewRequest};
use crate::trial::Trial;

fn ask(filter: PageFilter, sort: PageSort) -> PageQuestion {
    PageQuestion { filter, sort, limit: 100, ..PageQuestion::default() }
}

fn names(trial: &Trial, question: &PageQuestion) -> String {
    let page = page(&trial.vault, question, trial.now).unwrap();
    page.rows.iter().map(|row| row.name.as_str()).collect::<Vec<_>>().join(" ")
}

fn request(trial: &mut Trial, contact: &str, received: &str) -> Uuid {
    let new = NewRequest {
        asker: Asker::Contact(contact.to_owned()),
        kind: request::Kind::Access,
        received: received.to_owned(),
        how: How::Email,
        words: String::new(),
        attach: Vec::new(),
    };
    requests::open(&mut trial.vault, &new, trial.now).unwrap().output.request
}

#[test]
fn a_row_says_who_it_is_how_they_stand_and_what_comes_next() {
    let mut trial = Trial::new();
    trial.purpose("news", Some("P1M"));
    trial.purpose("care", Some("P2M"));
    let address = Address { postal_code: "9000".to_owned(), city: "Gent".to_owned(), ..Address::default() };
    let an = trial.add(&Draft { given: "An".to_owned(), addresses: vec![address], ..Draft::default() });
    trial.yes(&an, "care");
    trial.yes(&an, "news");
    let first = |trial: &Trial| {
        let page = page(&trial.vault, &ask(PageFilter::default(), PageSort::Name), trial.now).unwrap();
        assert_eq!((page.total, page.everybody, page.purposes.join(" ").as_str()), (1, 1, "news care"));
        page.rows.into_iter().next().unwrap()
    };
    let row = first(&trial);
    assert_eq!((row.place.as_str(), row.kind.as_str(), row.restricted), ("9000 Gent", "person", false));
    assert_eq!(row.statuses, [Status::Given, Status::Given]);
    let ends = |purpose: &str, expires: &str, days_left| Next::Expiry {
        purpose: purpose.to_owned(),
        expires: expires.parse().unwrap(),
        days_left,
    };
    assert_eq!(row.next, Some(ends("news", "2026-04-02", 31)));
    trial.later(31);
    let row = first(&trial);
    assert_eq!(row.statuses, [Status::Expired, Status::Given]);
    assert_eq!(row.next, Some(ends("care", "2026-05-02", 30)));
    let asked = request(&mut trial, &an, "2026-04-02");
    people::restrict(&mut trial.vault, &an, "betwist", trial.now).unwrap();
    let row = first(&trial);
    let Some(Next::Request { request, days_left, .. }) = row.next else { panic!("{row:?}") };
    assert_eq!((request, days_left, row.restricted), (asked, 32, true));
    trial.later(60);
    let row = first(&trial);
    assert!(matches!(row.next, Some(Next::Request { days_left: -28, .. })), "{row:?}");
}

#[test]
fn a_filter_lets_through_whom_it_names() {
    let mut trial = Trial::new();
    trial.purpose("news", Some("P1M"));
    trial.purpose("care", None);
    let [an, bo, cas, dé] = ["An", "Bo", "Cas", "Dé"].map(|name| trial.person(name));
    trial.add(&Draft { organisation: "Eik".to_owned(), ..Draft::default() });
    let no = trial.answer("news", false, How::Phone);
    trial.yes(&an, "news");
    consents::record(&mut trial.vault, &bo, &no, trial.now).unwrap();
    trial.yes(&bo, "care");
    request(&mut trial, &dé, "2026-03-01");
    let merge = people::merge(&mut trial.vault, &cas, &dé, trial.now).unwrap().output;
    let label = |who: &str| {
        (who.to_owned(), Change { field: "labels".to_owned(), how: people::How::Add, value: "vip".to_owned() })
    };
    for (who, change) in [label(&an), label(&cas)] {
        people::set(&mut trial.vault, &who, &[change], trial.now).unwrap();
    }
    people::restrict(&mut trial.vault, &bo, "betwist", trial.now).unwrap();
    let all = PageFilter::default;
    let stands = |purpose: Option<&str>, statuses: &[Status]| PageFilter {
        purpose: purpose.map(str::to_owned),
        statuses: statuses.to_vec(),
        ..all()
    };
    use Status::{Expired, Given, NotAsked, Refused, Withdrawn};
    let check = |trial: &Trial, filter: PageFilter, expected: &str| {
        assert_eq!(names(trial, &ask(filter.clone(), PageSort::Name)), expected, "{filter:?}");
    };
    check(&trial, all(), "An Bo Cas Eik");
    check(&trial, stands(Some("news"), &[Given]), "An");
    check(&trial, stands(Some("news"), &[Refused, Withdrawn]), "Bo");
    check(&trial, stands(Some("news"), &[NotAsked]), "Cas Eik");
    check(&trial, stands(Some("news"), &[NotAsked, Refused]), "Bo Cas Eik");
    check(&trial, PageFilter { persons: true, ..stands(Some("news"), &[NotAsked]) }, "Cas");
    check(&trial, stands(None, &[Given]), "An Bo");
    check(&trial, PageFilter { label: Some("vip".to_owned()), ..all() }, "An Cas");
    check(&trial, PageFilter { label: Some("vip".to_owned()), ..stands(Some("news"), &[Given]) }, "An");
    check(&trial, PageFilter { label: Some("vi".to_owned()), ..all() }, "");
    check(&trial, PageFilter { restricted: true, ..all() }, "Bo");
    check(&trial, PageFilter { open_request: true, ..all() }, "Cas");
    people::unmerge(&mut trial.vault, merge, trial.now).unwrap();
    check(&trial, PageFilter { open_request: true, ..all() }, "Dé");
    trial.later(31);
    check(&trial, stands(Some("news"), &[Expired]), "An");
    check(&trial, stands(Some("news"), &[Given]), "");
    let unknown = |filter| page(&trial.vault, &ask(filter, PageSort::Name), trial.now).unwrap_err().code;
    assert_eq!(unknown(stands(Some("x"), &[Given])), crate::Code::NotFound);
    assert_eq!(unknown(PageFilter { import: Some(Uuid::nil()), ..all() }), crate::Code::NotFound);
}

#[test]
fn words_narrow_the_list_and_signs_alone_find_nobody() {
    let mut trial = Trial::new();
    for name in ["Zoë Anders", "An Peeters", "Hanne Maes", "Bo Claes"] {
        let (given, family) = name.split_once(' ').unwrap();
        trial.add(&Draft { given: given.to_owned(), family: family.to_owned(), ..Draft::default() });
    }
    let find = |query: &str, sort| {
        names(&trial, &PageQuestion { query: query.to_owned(), ..ask(PageFilter::default(), sort) })
    };
    assert_eq!(find("an", PageSort::Name), "Zoë Anders An Peeters");
    assert_eq!(find("ann", PageSort::Next), "Hanne Maes");
    assert_eq!(find("\"*", PageSort::Name), "");
    assert_eq!(find("\"*", PageSort::Next), "");
    assert_eq!(find(" ", PageSort::Name), "Zoë Anders Bo Claes Hanne Maes An Peeters");
}

#[test]
fn what_happens_next_comes_first_and_a_request_before_whatever_ends() {
    let mut trial = Trial::new();
    trial.purpose("news", None);
    let ids = ["An", "Bo", "Cas", "Dé", "Eva", "Fé"].map(|name| trial.person(name));
    for (who, until) in [(0, "2026-04-30"), (1, "2026-03-20"), (2, "2026-03-20"), (4, "2026-03-10")] {
        let mut answer = trial.answer("news", true, How::Phone);
        answer.until = Some(until.parse().unwrap());
        consents::record(&mut trial.vault, &ids[who], &answer, trial.now).unwrap();
    }
    request(&mut trial, &ids[4], "2026-03-02");
    request(&mut trial, &ids[5], "2026-02-25");
    let expected = "Bo Cas Fé Eva An Dé";
    let question = ask(PageFilter::default(), PageSort::Next);
    assert_eq!(names(&trial, &question), expected);
    let piece = |offset, limit| names(&trial, &PageQuestion { offset, limit, ..question.clone() });
    assert_eq!((piece(2, 2).as_str(), piece(5, 9).as_str(), piece(9, 9).as_str()), ("Fé Eva", "Dé", ""));
}

#[test]
fn all_whom_a_question_finds_can_be_chosen_whatever_the_stretch() {
    let mut trial = Trial::new();
    let [an, bo] = ["An", "Bo"].map(|given| trial.add(&Draft { given: given.to_owned(), ..Draft::default() }));
    trial.add(&Draft { given: "Cas".to_owned(), ..Draft::default() });
    people::restrict(&mut trial.vault, &bo, "betwist", trial.now).unwrap();
    let chosen = |question: &PageQuestion| -> Vec<(String, bool)> {
        let all = choosable(&trial.vault, question, trial.now).unwrap();
        all.iter().map(|one| (one.id.to_string(), one.restricted)).collect()
    };
    let question = PageQuestion { limit: 1, ..ask(PageFilter::default(), PageSort::Name) };
    let all = chosen(&question);
    assert_eq!((all.len(), &all[..2]), (3, &[(an, false), (bo.clone(), true)][..]));
    assert_eq!(chosen(&PageQuestion { query: "bo".to_owned(), ..question }), [(bo, true)]);
}
