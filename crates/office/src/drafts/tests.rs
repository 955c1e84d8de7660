use super::*;
use crate::trial::Trial;
use crate::vault::Act;

#[test]
fn each_draft_is_kept_once_and_is_no_act() {
    let mut trial = Trial::new();
    let an = trial.person("An");
    let head = trial.vault.verify(None).unwrap().head;
    let vault = &trial.vault;
    put(vault, "phone_consent", None, "first", trial.now).unwrap();
    put(vault, "phone_consent", Some(&an), "second", trial.now).unwrap();
    put(vault, "request", None, "Wis alles", trial.now).unwrap();
    put(vault, "phone_consent/2", None, "later", trial.now + chrono::TimeDelta::seconds(1)).unwrap();
    put(vault, "phone_consents", None, "another's", trial.now).unwrap();
    let kept = list(vault, "phone_consent").unwrap();
    let told: Vec<_> = kept.iter().map(|one| (one.kind.as_str(), one.contact, one.body.as_str())).collect();
    assert_eq!(told, [("phone_consent/2", None, "later"), ("phone_consent", an.parse().ok(), "second")]);
    assert_eq!(kept[1].at, "2026-03-02T10:00:00+01:00");
    assert!(discard(vault, "request").unwrap() && !discard(vault, "request").unwrap());
    assert_eq!(list(vault, "request").unwrap(), []);
    assert_eq!(trial.vault.verify(None).unwrap().head, head, "the chain knows nothing of it");
    assert_eq!(trial.fault(), None);
}

#[test]
fn a_draft_goes_with_its_contact() {
    let mut trial = Trial::new();
    let an = trial.person("An");
    put(&trial.vault, "note", Some(&an), "An belde", trial.now).unwrap();
    let deleted = trial.vault.record(Act::ContactSet, None, trial.now, |rows| {
        let no = resolve(rows, &an)?.no;
        crate::vault::contact::unindex(rows, no)?;
        crate::vault::contact::delete(rows, no)
    });
    deleted.unwrap();
    assert_eq!(list(&trial.vault, "note").unwrap(), []);
}

#[test]
fn who_only_reads_keeps_no_draft() {
    let trial = Trial::new();
    let reader = trial.vault.beside().unwrap();
    assert_eq!(put(&reader, "note", None, "x", trial.now).unwrap_err().code, Code::VaultReadOnly);
    let long = "x".repeat(DRAFT_MAX + 1);
    assert_eq!(put(&trial.vault, "note", None, &long, trial.now).unwrap_err().code, Code::TooLarge);
    assert_eq!(put(&trial.vault, "note", Some("nobody@x.be"), "x", trial.now).unwrap_err().code, Code::NotFound);
}
