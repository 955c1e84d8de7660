use akkoord_rules::field::Sensitivity;
use akkoord_rules::gate::Reason;

use super::*;
use crate::intake::draft::{Address, Draft};
use crate::people;
use crate::trial::Trial;

fn read(path: &Path) -> Vec<Vec<String>> {
    let text = std::fs::read_to_string(path).unwrap();
    let text = text.strip_prefix('\u{feff}').expect("the mark");
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
    reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect()
}

/// What the acts of lists say went that is of high sensitivity, in their order.
fn high_of(trial: &Trial) -> Vec<String> {
    let sql = "SELECT json_extract(facts, '$.high') FROM audit_fact
        WHERE json_extract(facts, '$.list') IS NOT NULL ORDER BY seq";
    let mut query = trial.vault.rows().prepare(sql).unwrap();
    query.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect()
}

#[test]
fn a_list_holds_those_who_may_be_reached_and_is_on_the_log() {
    let mut trial = Trial::new();
    trial.purpose("news", None);
    let email = people::parse_email("an@example.be").unwrap();
    let notes = "=WACHTWOORD()".to_owned();
    let an = trial.add(&Draft { given: "=An".to_owned(), emails: vec![email], notes, ..Draft::default() });
    let [bo, cas] = ["Bo", "Cas"].map(|name| trial.person(name));
    for who in [&an, &bo] {
        trial.yes(who, "news");
    }
    people::restrict(&mut trial.vault, &bo, "betwist", trial.now).unwrap();
    let ids: Vec<Uuid> = [&an, &bo, &cas, &an].iter().map(|id| id.parse().unwrap()).collect();
    let going = consents::going(&trial.vault, &ids, "news", Channel::Email, trial.now).unwrap();
    let stay = |reason| Stays { reason, people: 1 };
    assert_eq!((going.goes, going.stays.as_slice()), (1, &[stay(Reason::NotAsked), stay(Reason::Restricted)][..]));
    let to = trial.dir().join("lijst.csv");
    let saved = list(&mut trial.vault, &ids, "news", Channel::Email, &to, trial.now).unwrap().output;
    assert_eq!((saved.people, saved.stays, saved.guarded), (1, going.stays, 1));
    let expected = [
        ["Aanspreking", "Voornaam", "Achternaam", "Organisatie", "E-mail", "Taal"],
        ["", "'=An", "", "", "an@example.be", ""],
    ];
    assert_eq!(read(&to), expected);
    let audit = crate::registers::audit(&trial.vault, None, None).unwrap();
    assert!(audit.iter().any(|entry| entry.act == "list_exported"), "{audit:?}");
    assert_eq!(high_of(&trial), ["[]"]);
    crate::settings::set_sensitivity(&mut trial.vault, "email", Sensitivity::High, trial.now).unwrap();
    list(&mut trial.vault, &ids, "news", Channel::Email, &to, trial.now).unwrap();
    assert_eq!(high_of(&trial), ["[]", r#"["email"]"#], "what went of high sensitivity is on the log");
    assert_eq!(trial.fault(), None);
    let nobody = list(&mut trial.vault, &ids[1..3], "news", Channel::Email, &to, trial.now).unwrap_err();
    assert_eq!(nobody.code, Code::NotAllowed);
    assert_eq!(read(&to), expected, "the file before is whole");
}

#[test]
fn prepared_letters_are_merged_and_count_once_they_are_sent() {
    let mut trial = Trial::new();
    trial.purpose("news", None);
    let address = Address {
        street: "Kerkstraat 1".to_owned(),
        postal_code: "9000".to_owned(),
        city: "Gent".to_owned(),
        ..Address::default()
    };
    let an = trial.add(&Draft { given: "An".to_owned(), addresses: vec![address.clone()], ..Draft::default() });
    let bo = trial.add(&Draft { given: "Bo".to_owned(), addresses: vec![address], ..Draft::default() });
    let cas = trial.person("Cas");
    let ids: Vec<Uuid> = [&an, &bo, &cas].iter().map(|id| id.parse().unwrap()).collect();
    let plan = consents::plan(&trial.vault, &ids, "news", &consents::WAYS, trial.now).unwrap();
    let sizes: Vec<usize> = plan.ways.iter().map(|way| way.people.len()).collect();
    assert_eq!((sizes.as_slice(), plan.cannot.len(), plan.agreed, plan.worded), (&[1, 2, 0][..], 0, 0, true));
    let only = consents::plan(&trial.vault, &ids, "news", &[Channel::Phone], trial.now).unwrap();
    assert_eq!(only.cannot, [Stays { reason: Reason::NoAddress, people: 3 }]);
    let made = consents::prepare(&mut trial.vault, &ids, "news", Channel::Post, trial.now).unwrap().output;
    assert_eq!((made.people, made.refused.len()), (2, 1));
    let waiting = consents::askings(&trial.vault).unwrap();
    assert_eq!((waiting.len(), waiting[0].people, waiting[0].channel), (1, 2, Channel::Post));
    trial.later(1);
    people::restrict(&mut trial.vault, &bo, "betwist", trial.now).unwrap();
    let to = trial.dir().join("brieven.csv");
    let saved = merge_file(&mut trial.vault, made.asking, &to, trial.now).unwrap().output;
    assert_eq!((saved.people, saved.stays), (1, vec![Stays { reason: Reason::Restricted, people: 1 }]));
    assert_eq!(read(&to)[1], ["", "An", "", "", "Kerkstraat 1", "9000", "Gent", "", "nl", "Ja."]);
    let today = trial.vault.business().today(trial.now);
    let early = today.pred_opt().unwrap().pred_opt().unwrap();
    let refused =
        |day, trial: &mut Trial| consents::sent(&mut trial.vault, made.asking, day, trial.now).unwrap_err().code;
    assert_eq!(refused(early, &mut trial), Code::Invalid);
    assert_eq!(refused(today.succ_opt().unwrap(), &mut trial), Code::InFuture);
    let asked = consents::sent(&mut trial.vault, made.asking, today, trial.now).unwrap().output;
    assert_eq!((asked.asked.len(), asked.refused.len()), (1, 1));
    assert!(consents::askings(&trial.vault).unwrap().is_empty());
    let history = consents::history(&trial.vault, &an).unwrap();
    assert_eq!((history.len(), history[0].how.as_str()), (1, "letter"));
    assert_eq!(refused(today, &mut trial), Code::NotFound);
    assert_eq!(trial.fault(), None);
}
