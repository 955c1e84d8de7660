use super::*;
use crate::mail::{self, NewAccount, NewMail, Template as MailOf};
use crate::papers::letter_set;
use crate::problem::Code;
use crate::trial::Trial;

fn tried(trial: &Trial, letter: Letter, text: &str, who: Option<&str>) -> Result<Tried> {
    let who = who.map(|id| id.parse().unwrap());
    try_text(&trial.vault, letter, ("nl", text), who, Some("news"), trial.now)
}

fn trial() -> (Trial, String) {
    let mut trial = Trial::new();
    trial.purpose("news", None);
    let an = trial.person("An");
    (trial, an)
}

#[test]
fn a_text_that_is_still_written_is_shown_with_a_person_and_names_what_is_missing() {
    let (trial, an) = trial();
    let text = "# Over uw vraag\n\n{{salutation}}\n\nNee: {{reason}}. Klagen kan bij {{authority}}, of {{court}}.\n";
    let shown = tried(&trial, Letter::Refusal, text, Some(&an)).unwrap();
    assert!(shown.text.contains("Beste An,") && shown.text.contains("Nee: {{reason}}."), "{}", shown.text);
    assert_eq!((shown.title.as_str(), shown.unfilled), ("Over uw vraag", vec!["reason"]));
    let why = |text: &str| tried(&trial, Letter::Refusal, text, None).unwrap_err().facts["why"].clone();
    assert_eq!(why("Over uw vraag"), "no_title");
    assert_eq!(why("# Dag {{onzin}}"), "unknown_place");
    assert_eq!(why("# Dag {{reason}} {{court}}"), "place_missing");
    // Every text that comes with the application can be shown, also to nobody.
    for letter in Letter::ALL {
        for who in [None, Some(an.as_str())] {
            let shown = tried(&trial, *letter, letter.default_text("nl"), who);
            assert!(shown.is_ok(), "{letter:?}: {:?}", shown.unwrap_err().facts);
        }
    }
    let paper = shown.paper.unwrap();
    assert_eq!(
        (paper.head.name.as_str(), paper.to, paper.dated.as_str()),
        ("Garage Claes", vec!["An".to_owned()], "2 maart 2026")
    );
    let nobody = tried(&trial, Letter::Kit, Letter::Kit.default_text("nl"), None).unwrap().paper.unwrap();
    assert!(nobody.to.is_empty() && nobody.head.name == "Garage Claes");
    let mail = tried(&trial, Letter::MailAsk, Letter::MailAsk.default_text("nl"), Some(&an)).unwrap();
    assert!(
        mail.paper.is_none()
            && mail.text.contains("Ja, dat mag")
            && !mail.text.contains("====")
            && mail.unfilled.is_empty(),
        "{}",
        mail.text
    );
}

#[test]
fn a_mail_says_what_the_owner_wrote() {
    let (mut trial, an) = trial();
    let account =
        NewAccount { smtp: "mail.example.be".to_owned(), user: "winkel@example.be".to_owned(), ..Default::default() };
    mail::account_set(&mut trial.vault, &account, None, trial.now).unwrap();
    let text = "# Mag het, {{name}}, voor {{purpose}}?\n\n{{wording}}\n\n{{answers}}\n\n- Groeten\n- {{business}}\n";
    letter_set(&mut trial.vault, Letter::MailAsk, "nl", Some(text), trial.now).unwrap();
    let ask = NewMail { template: MailOf::Ask { purpose: "news".to_owned() }, attach: Vec::new(), request: None };
    let shown = mail::preview(&trial.vault, &an, &ask, trial.now).unwrap();
    let title = crate::purposes::list(&trial.vault).unwrap().into_iter().find(|one| one.key == "news").unwrap().title;
    assert_eq!(shown.subject, format!("Mag het, An, voor {title}?"));
    let typed = tried(&trial, Letter::MailAsk, text, Some(&an)).unwrap();
    assert_eq!((&typed.title, typed.unfilled), (&shown.subject, vec![]), "what is shown is what goes");
    assert!(shown.text.contains("Ja, dat mag:\r\nmailto:winkel@example.be?subject=Ja"), "{}", shown.text);
    assert!(shown.text.ends_with("- Groeten\r\n- Garage Claes\r\n"), "{}", shown.text);
    // What goes with a letter belongs to a request of that person.
    let template = MailOf::Letter { subject: "Uw vraag".to_owned(), locked: false };
    let answer = NewMail { template, attach: Vec::new(), request: None };
    let refused = mail::preview(&trial.vault, &an, &answer, trial.now).unwrap_err();
    assert_eq!((refused.code, refused.facts["why"].clone()), (Code::Invalid, "rights_of_whom".into()));
}
