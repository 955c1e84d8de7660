use akkoord_rules::consent::Basis;
use akkoord_rules::field::Sensitivity;
use akkoord_rules::outflow::Kind as Way;
use akkoord_rules::person::{Channel, ChannelSet};
use akkoord_rules::request::Kind;
use uuid::Uuid;

use super::*;
use crate::connections::{self, Format, NewConnection};
use crate::intake::draft::{Address, Draft};
use crate::papers::{Block, Paper, Press};
use crate::people;
use crate::problem::{Code, Result};
use crate::purposes::{self, NewPurpose, Wording};
use crate::requests::{self, Asker, NewRequest, Step};
use crate::settings::{Reach, reach_set};
use crate::trial::Trial;

/// Prints the paper's text.
struct Plain;

impl Press for Plain {
    fn pdf(&self, paper: &Paper) -> Result<Vec<u8>> {
        Ok(paper.text().into_bytes())
    }
}

fn reach() -> Reach {
    Reach {
        street: "Kerkstraat 1".to_owned(),
        postal_code: "9000".to_owned(),
        city: "Gent".to_owned(),
        email: "info@claes.example".to_owned(),
        phone: "09 223 45 67".to_owned(),
        officer: String::new(),
    }
}

/// Somebody of whom much is held, whose data went somewhere, and who asked something.
fn known(trial: &mut Trial, language: &str) -> (String, Uuid) {
    let draft = Draft {
        given: "An".to_owned(),
        family: "Peeters".to_owned(),
        language: language.to_owned(),
        emails: vec![people::parse_email(&format!("an.{language}@example.be")).unwrap()],
        addresses: vec![Address {
            street: "Dorp 1".to_owned(),
            postal_code: "9000".to_owned(),
            city: "Gent".to_owned(),
            ..Address::default()
        }],
        notes: "Komt *elke* week; $5 \\ #korting".to_owned(),
        ..Draft::default()
    };
    let an = trial.add(&draft);
    trial.yes(&an, "news");
    let new = NewRequest {
        asker: Asker::Contact(an.clone()),
        kind: Kind::Erasure,
        received: "2026-03-01".to_owned(),
        how: akkoord_rules::consent::How::Letter,
        words: String::new(),
        attach: Vec::new(),
    };
    let request = requests::open(&mut trial.vault, &new, trial.now).unwrap().output.request;
    (an, request)
}

fn trial() -> Trial {
    let mut trial = Trial::new();
    reach_set(&mut trial.vault, &reach(), trial.now).unwrap();
    let wording = |(language, text): (&str, &str)| Wording::new(language, text.to_owned()).unwrap();
    let new = NewPurpose {
        key: "news".to_owned(),
        title: "Nieuwsbrief".to_owned(),
        basis: Basis::Consent,
        wordings: ["nl", "fr", "de", "en"].map(|language| wording((language, "Eens per maand nieuws."))).to_vec(),
        channels: [Channel::Email, Channel::Post].into_iter().collect::<ChannelSet>(),
        retention: Some("P24M".parse().unwrap()),
        marketing: true,
        label: None,
        share: Vec::new(),
        soft_opt_in: None,
        special: false,
    };
    purposes::add(&mut trial.vault, &new, trial.now).unwrap();
    trial
}

fn given_out(trial: &mut Trial) -> std::path::PathBuf {
    let new = NewConnection {
        key: "mailer".to_owned(),
        title: "Postduif nv".to_owned(),
        kind: Way::File,
        fields: ["email", "given"].map(str::to_owned).to_vec(),
        purposes: vec!["news".to_owned()],
        max_sensitivity: Sensitivity::Low,
        eea: false,
        channel: None,
        url: String::new(),
        user: String::new(),
    };
    connections::add(&mut trial.vault, &new, trial.now).unwrap();
    trial.dir().join("out.csv")
}

fn wanted(contact: &str, request: Uuid, letter: Letter) -> Wanted {
    let said = match letter {
        Letter::Answer
        | Letter::Extension
        | Letter::Refusal
        | Letter::Identity
        | Letter::Restriction
        | Letter::Objection
        | Letter::Withdrawal
        | Letter::Nothing
        | Letter::RestrictionLifted => {
            vec![("reason".to_owned(), "Omdat #het {{zo}} is.".to_owned())]
        }
        Letter::Access
        | Letter::Rectification
        | Letter::Erased
        | Letter::RecipientsTold
        | Letter::Consent
        | Letter::Kit
        | Letter::Processing
        | Letter::MailAsk
        | Letter::MailInform
        | Letter::MailAnswer => Vec::new(),
    };
    let mut wanted =
        Wanted { contact: Some(contact.to_owned()), purpose: Some("news".to_owned()), said, request: None, step: None };
    if !matches!(letter, Letter::Access | Letter::Consent | Letter::Rectification) {
        wanted.request = Some(request);
    }
    wanted
}

#[test]
fn every_letter_in_every_language() {
    let mut trial = trial();
    let people: Vec<(&str, String, Uuid)> = LANGUAGES
        .into_iter()
        .map(|language| {
            let (an, request) = known(&mut trial, language);
            (language, an, request)
        })
        .collect();
    for (_, an, _) in &people {
        people::restrict(&mut trial.vault, an, "betwist", trial.now).unwrap();
    }
    for (language, an, request) in people {
        let mut all = String::new();
        for letter in Letter::ALL
            .iter()
            .filter(|letter| !letter.is_mail() && !matches!(letter, Letter::Kit | Letter::Processing | Letter::Consent))
        {
            if *letter == Letter::Extension {
                let early = preview(&trial.vault, *letter, &wanted(&an, request, *letter), trial.now).unwrap_err();
                assert_eq!(early.code, Code::MissingField, "the day before the extension is not the one to promise");
                let told = trial.vault.business().today(trial.now);
                let more = Step::Extended { months: 2, reason: "Veel werk.".to_owned(), told };
                requests::step(&mut trial.vault, request, more, trial.now).unwrap();
            }
            let shown = preview(&trial.vault, *letter, &wanted(&an, request, *letter), trial.now)
                .unwrap_or_else(|problem| panic!("{letter:?} {language}: {problem:?} {:?}", problem.facts));
            assert_eq!(shown.language, language);
            all.push_str(&format!("##### {}\n\n{}\n", shown.letter, without_code(&shown.text)));
        }
        insta::assert_snapshot!(format!("letters_{language}"), all);
    }
}

/// Codes are random.
fn without_code(text: &str) -> String {
    let lines = text.lines().map(|line| if line.starts_with("(QR ") { "(QR)" } else { line });
    lines.map(|line| format!("{line}\n")).collect()
}

#[test]
fn a_letter_that_asks_leads_back_to_whom_it_asks() {
    let mut trial = trial();
    for language in LANGUAGES {
        let (an, request) = known(&mut trial, language);
        let wanted = wanted(&an, request, Letter::Consent);
        let shown = preview(&trial.vault, Letter::Consent, &wanted, trial.now).unwrap();
        insta::assert_snapshot!(format!("consent_{language}"), without_code(&shown.text));
        let code = |text: &str| text.split_once("(QR ").unwrap().1.split(')').next().unwrap().to_owned();
        // What was only looked at leads nowhere.
        assert_eq!(told_by(&trial.vault, &code(&shown.text)).unwrap_err().code, Code::NotFound);
        let to = trial.dir().join("ask.pdf");
        make(&mut trial.vault, Letter::Consent, &wanted, &Plain, (&to, false), trial.now).unwrap();
        let code = code(&std::fs::read_to_string(&to).unwrap());
        let told = told_by(&trial.vault, &code.to_lowercase()).unwrap();
        assert_eq!((told.contact.to_string(), told.purpose.as_deref(), told.used), (an.clone(), Some("news"), false));
        trial.later(3);
        let answer = trial.answer("news", true, akkoord_rules::consent::How::Letter);
        crate::consents::record(&mut trial.vault, &an, &answer, trial.now).unwrap();
        assert!(told_by(&trial.vault, &code).unwrap().used);
    }
    let (an, request) = known(&mut trial, "nl-BE");
    people::restrict(&mut trial.vault, &an, "betwist", trial.now).unwrap();
    let refused =
        preview(&trial.vault, Letter::Consent, &wanted(&an, request, Letter::Consent), trial.now).unwrap_err();
    assert_eq!(refused.code, Code::NotAllowed, "who is on lock is asked nothing");
    assert_eq!(trial.fault(), None);
}

#[test]
fn the_access_letter_names_who_got_the_data_and_nobody_else() {
    let mut trial = trial();
    let (an, request) = known(&mut trial, "nl");
    trial.person("Zoe");
    let to = given_out(&mut trial);
    let mut answer = trial.answer("news", true, akkoord_rules::consent::How::Phone);
    answer.share = vec!["mailer".to_owned()];
    crate::consents::record(&mut trial.vault, &an, &answer, trial.now).unwrap();
    connections::export(&mut trial.vault, "mailer", Format::Csv, &to, trial.now, |_, _| Ok(())).unwrap();
    let text = preview(&trial.vault, Letter::Access, &wanted(&an, request, Letter::Access), trial.now).unwrap().text;
    for words in [
        "Postduif nv (buiten de Europese Economische Ruimte) | ",
        "Nieuwsbrief | ",
        "24 maanden",
        "Gegevensbeschermingsautoriteit",
        "Komt *elke* week; $5 \\ #korting",
    ] {
        assert!(text.contains(words), "{words} is not in {text}");
    }
    assert!(!text.contains("Zoe"), "{text}");
}

#[test]
fn what_is_missing_is_said_before_anything_is_made() {
    let mut trial = Trial::new();
    trial.purpose("news", None);
    let an = trial.person("An");
    let to = trial.dir().join("letter.pdf");
    let wanted = |purpose: Option<&str>| Wanted {
        contact: Some(an.clone()),
        purpose: purpose.map(str::to_owned),
        ..Wanted::default()
    };
    let mut missing = |letter, wanted: &Wanted| {
        let refused = make(&mut trial.vault, letter, wanted, &Plain, (&to, false), trial.now).unwrap_err();
        (refused.code, refused.facts["field"].as_str().unwrap().to_owned())
    };
    // Who asks must say how they are reached (Art. 13(1)(a)); who answers need not.
    assert_eq!(missing(Letter::Consent, &wanted(Some("news"))), (Code::MissingField, "contact".to_owned()));
    assert_eq!(missing(Letter::Consent, &wanted(None)), (Code::MissingField, "purpose".to_owned()));
    assert_eq!(missing(Letter::Refusal, &wanted(None)), (Code::MissingField, "received".to_owned()));
    assert!(!to.exists());
    make(&mut trial.vault, Letter::Access, &wanted(None), &Plain, (&to, false), trial.now).unwrap();
    assert!(std::fs::read_to_string(&to).unwrap().contains("door dit bericht te beantwoorden"));
}

#[test]
fn the_owner_words_a_letter_and_takes_it_back() {
    let mut trial = trial();
    let (an, request) = known(&mut trial, "nl");
    let text = "# Nee\n\nBeste {{name}}, neen: {{reason}}\n\nKlagen kan bij {{authority}}, of u kunt {{court}}.";
    letter_set(&mut trial.vault, Letter::Refusal, "nl", Some(text), trial.now).unwrap();
    let wanted = wanted(&an, request, Letter::Refusal);
    let shown = preview(&trial.vault, Letter::Refusal, &wanted, trial.now).unwrap();
    assert!(shown.title == "Nee" && shown.text.contains("Beste An Peeters, neen: Omdat #het {{zo}} is."), "{shown:?}");
    assert!(letter(&trial.vault, Letter::Refusal, "nl").unwrap().own);
    for (text, why) in [
        ("# Nee\n\n{{reason}} {{authority}}", "place_missing"),
        ("# Nee\n\n{{reason}} {{authority}} {{court}} {{shoe}}", "unknown_place"),
        ("Nee", "no_title"),
        (&format!("# {}", "x".repeat(20_001)), "too_long"),
    ] {
        let refused = letter_set(&mut trial.vault, Letter::Refusal, "nl", Some(text), trial.now).unwrap_err();
        assert_eq!(refused.facts["why"], why, "{text}");
    }
    assert_eq!(letter(&trial.vault, Letter::Refusal, "xx").unwrap_err().code, Code::Invalid);
    letter_set(&mut trial.vault, Letter::Refusal, "nl", None, trial.now).unwrap();
    assert!(preview(&trial.vault, Letter::Refusal, &wanted, trial.now).unwrap().title.starts_with("Over uw vraag"));
    assert_eq!(letters(&trial.vault).unwrap().len(), Letter::ALL.len());
    assert_eq!(trial.fault(), None);
}

#[test]
fn every_text_that_comes_with_the_application_holds_what_it_must() {
    let mut trial = trial();
    for letter in Letter::ALL {
        for language in LANGUAGES {
            let text = letter.default_text(language).to_owned();
            letter_set(&mut trial.vault, *letter, language, Some(&text), trial.now)
                .unwrap_or_else(|problem| panic!("{letter:?} {language}: {:?}", problem.facts));
        }
    }
}

#[test]
fn a_letter_stays_with_its_request_and_shows_when_it_was_changed() {
    let mut trial = trial();
    let (an, request) = known(&mut trial, "nl");
    let refuse = Step::Refused { reason: "De facturen moeten blijven.".to_owned() };
    requests::step(&mut trial.vault, request, refuse, trial.now).unwrap();
    let to = trial.dir().join("refusal.pdf");
    let about = Wanted { request: Some(request), ..Wanted::default() };
    let made = make(&mut trial.vault, Letter::Refusal, &about, &Plain, (&to, true), trial.now).unwrap().output;
    assert!(std::fs::read_to_string(&to).unwrap().contains("De facturen moeten blijven."));
    let shown = requests::show(&trial.vault, request, trial.now).unwrap();
    let kept: Vec<_> = shown.attachments.iter().map(|file| (file.with, file.proof.name.as_str())).collect();
    assert_eq!(kept, [("letter", "refusal.pdf")]);
    assert_eq!(shown.attachments[0].proof.sha256, made.sha256);
    let told = people::timeline(&trial.vault, &an).unwrap();
    assert_eq!(told.last().unwrap().act, "letter_made");
    assert_eq!(trial.fault(), None);
    trial.vault.rows().execute("DELETE FROM proof", []).unwrap();
    assert_eq!(trial.fault(), Some("request_changed"));
}

#[test]
fn the_record_of_processing_is_a_table_or_a_paper() {
    let mut trial = trial();
    known(&mut trial, "nl");
    given_out(&mut trial);
    let (csv, pdf, doc) = (trial.dir().join("r.csv"), trial.dir().join("r.PDF"), trial.dir().join("r.doc"));
    let made = register(&mut trial.vault, &Plain, &csv, trial.now).unwrap().output;
    assert_eq!((made.activities, made.recipients, made.format), (1, 1, "csv"));
    insta::assert_snapshot!("processing_csv", std::fs::read_to_string(&csv).unwrap().replace(['\u{feff}', '\r'], ""));
    register(&mut trial.vault, &Plain, &pdf, trial.now).unwrap();
    insta::assert_snapshot!("processing_nl", std::fs::read_to_string(&pdf).unwrap());
    assert_eq!(register(&mut trial.vault, &Plain, &doc, trial.now).unwrap_err().facts["why"], "pdf_or_csv");
    assert!(!doc.exists());
    let block = paper(&trial.vault, "fr", "Attest".to_owned(), vec![Block::Text("Ja".to_owned())], trial.now).unwrap();
    assert!(block.text().contains("Gent, le 2 mars 2026"), "{}", block.text());
}
