//! Each right from the request to its letter and its end, at the page of a request.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::answers::asked;
use crate::bakery::MARIEKE;
use crate::contacts::opens;
use crate::window::Window;
use crate::world::World;

/// Marieke is who she says.
#[track_caller]
pub(crate) fn known(window: &Window<'_>) {
    window.press("Ik weet wie het is");
    window.write("Waaraan zag je dat?", "Belde terug op het nummer dat we hadden");
    window.press("Noteren");
    window.closes_dialogs();
    window.reads("Belde terug op het nummer dat we hadden");
}

/// Prints the letter, and says afterwards that it is out.
#[track_caller]
pub(crate) fn hands_over(window: &Window<'_>, picture: &str) {
    window.press_first("Brief versturen");
    window.choose("Zelf, op papier of van hand tot hand");
    window.press("Bewaren als pdf");
    window.reads("De brief staat klaar");
    window.examine(picture);
    window.press("Afsluiten als beantwoord");
    window.press("Afsluiten");
    window.reads("Het verzoek is afgesloten.");
    window.closes_dialogs();
    window.reads("Beantwoord en afgesloten");
}

/// The one file of the exports with this ending.
fn made(world: &World, ending: &str) -> PathBuf {
    let all = world.found(ending);
    assert_eq!(all.len(), 1, "{all:?}");
    all.into_iter().next().expect("a file")
}

/// What a letter says on paper.
pub(crate) fn printed(pdf: &Path) -> String {
    let said = Command::new("pdftotext").arg("-layout").arg(pdf).arg("-").output().expect("pdftotext");
    String::from_utf8_lossy(&said.stdout).split_whitespace().collect::<Vec<_>>().join(" ")
}

pub(crate) fn state(world: &World) -> String {
    let listed = world.runs(&["request", "list", "--state", "all"]);
    listed["requests"][0]["state"].as_str().unwrap_or_default().to_owned()
}

#[test]
#[ignore = "needs the built window: cargo xtask test --only window"]
fn somebody_sees_what_is_held_by_letter_and_file() {
    let world = World::bakery();
    let window = asked(&world, "access");
    known(&window);
    window.reads("Wat wij over u bewaren");
    window.examine("right-access");
    window.press_first("Brief versturen");
    window.choose("Zelf, op papier of van hand tot hand");
    window.choose("Zip-bestand beveiligen met een wachtwoord");
    window.press("Bewaren als pdf");
    window.reads("Lees de brief en de gegevens eerst na");
    window.choose("Ik keek na dat er niets van iemand anders in staat");
    window.examine("right-access-send");
    window.press("Bewaren als pdf");
    window.reads("De brief staat klaar");
    window.reads("Dit zie je maar één keer.");
    window.examine("right-access-file");
    window.press("Afsluiten als beantwoord");
    window.press("Afsluiten");
    window.reads("Het verzoek is afgesloten.");
    window.closes_dialogs();
    window.reads("brief van jou");
    window.examine("right-access-closed");
    drop(window);
    assert_eq!(state(&world), "answered");
    let letter = printed(&made(&world, ".pdf"));
    assert!(letter.contains("Wat wij over u bewaren") && letter.contains("marieke.janssens@post.example"), "{letter}");
    let zip = made(&world, ".zip");
    let opened = Command::new("unzip").args(["-P", "wrong", "-p"]).arg(&zip).arg("data.json").output().unwrap();
    assert!(!opened.status.success(), "the file opens without its password");
}

#[test]
#[ignore = "needs the built window: cargo xtask test --only window"]
fn a_letter_by_mail_closes_the_request_once_it_is_out() {
    let world = World::bakery();
    let account = ["mail", "account", "set", "--smtp", "mail.invalid", "--user", "bakker@jans.example"];
    world.runs(&account);
    let window = asked(&world, "portability");
    known(&window);
    window.press_first("Brief versturen");
    window.choose("Per mail");
    window.reads("alleen met een wachtwoord opengaat");
    window.examine("right-mail");
    window.press("Brief versturen");
    window.reads("De mail staat klaar");
    window.reads("Zet het nooit in een mail.");
    window.examine("right-mail-sent");
    window.press("Klaar");
    window.closes_dialogs();
    window.reads("Wacht in Postvak uit");
    drop(window);
    assert_eq!(state(&world), "open", "what waits is not out");
    let waiting = world.runs(&["mail", "outbox"]);
    assert_eq!(waiting["mails"][0]["to"], MARIEKE, "{waiting}");
    assert_eq!(waiting["mails"][0]["template"], "letter");
    assert_eq!(world.runs(&["audit", "verify"])["ok"], true);
}

#[test]
#[ignore = "needs the built window: cargo xtask test --only window"]
fn a_form_goes_out_and_comes_back_field_by_field() {
    let world = World::bakery();
    let window = asked(&world, "rectification");
    known(&window);
    window.press("Formulier maken");
    window.choose("Zelf, op papier of van hand tot hand");
    window.press("Bewaren als pdf");
    window.reads("De brief staat klaar");
    window.press("Klaar");
    window.closes_dialogs();
    let unzip = Command::new("unzip").arg("-p").arg(made(&world, ".zip")).arg("formulier.csv").output().unwrap();
    let form = String::from_utf8(unzip.stdout).unwrap();
    assert!(form.contains("Janssens"), "{form}");
    let back = world.file("terug.csv", form.replace("Janssens", "Janssens-Peeters").replace("Marieke", "Maria"));
    window.give("Ingevuld formulier", &back);
    window.reads("Op 2 plaatsen zegt het formulier iets anders.");
    window.choose("Achternaam overnemen");
    window.examine("right-form-back");
    window.press("1 gegeven verbeteren");
    window.reads("1 gegeven verbeterd.");
    window.closes_dialogs();
    window.reads("Janssens-Peeters");
    window.write("Wat wil je er zelf bij zeggen?", "Uw familienaam is nu juist.");
    window.reads("Uw familienaam is nu juist.");
    window.examine("right-rectification");
    hands_over(&window, "right-letter-ready");
    drop(window);
    assert_eq!(state(&world), "answered");
    let shown = world.runs(&["contact", "show", MARIEKE]);
    assert_eq!(
        (&shown["fields"]["given"], &shown["fields"]["family"]),
        (&"Marieke".into(), &"Janssens-Peeters".into())
    );
}

#[test]
#[ignore = "needs the built window: cargo xtask test --only window"]
fn a_restriction_locks_and_says_so() {
    let world = World::bakery();
    let window = asked(&world, "restriction");
    known(&window);
    window.reads("Zet de gegevens eerst op slot: de brief zegt sinds wanneer.");
    window.examine("right-restriction-open");
    window.press("Op slot zetten");
    window.write("Waarom", "Het adres klopt niet");
    window.examine("right-lock");
    window.press("Op slot zetten");
    window.closes_dialogs();
    window.reads("Op slot sinds");
    window.reads("Uw gegevens staan op slot");
    hands_over(&window, "right-restriction-ready");
    window.press("Brief dat het slot eraf gaat");
    window.write("Waarom gaat het slot eraf?", "Het adres is nu juist.");
    window.choose("Met een brief op papier");
    window.press("Brief klaarzetten");
    window.closes_dialogs();
    drop(window);
    assert_eq!(state(&world), "answered");
    assert_eq!(world.runs(&["contact", "show", MARIEKE])["restricted"], true);
    let letters: Vec<String> = world.found(".pdf").iter().map(|pdf| printed(pdf)).collect();
    for words in ["staan uw gegevens op slot", "Het adres is nu juist."] {
        assert!(letters.iter().any(|letter| letter.contains(words)), "{words}: {letters:?}");
    }
}

#[test]
#[ignore = "needs the built window: cargo xtask test --only window"]
fn an_objection_is_weighed_and_the_person_reads_why() {
    let world = World::bakery();
    let window = asked(&world, "objection");
    known(&window);
    window.reads("Reclame is gestopt");
    window.press("Afweging noteren");
    window.choose("Het belang van de persoon: ik stop ermee");
    window.write("Waarom?", "Wij kunnen onze rondes ook zonder plannen.");
    window.examine("right-weigh");
    window.press("Afweging noteren");
    window.reads("Afweging genoteerd.");
    window.closes_dialogs();
    window.reads("Afgewogen: je stopt ermee.");
    hands_over(&window, "right-objection-ready");
    drop(window);
    assert_eq!(state(&world), "answered");
    let letter = printed(&made(&world, ".pdf"));
    assert!(letter.contains("Wij kunnen onze rondes ook zonder plannen."), "{letter}");
}

#[test]
#[ignore = "needs the built window: cargo xtask test --only window"]
fn a_withdrawal_is_confirmed() {
    let world = World::bakery();
    let window = asked(&world, "withdrawal");
    known(&window);
    window.reads("Elk ja is teruggenomen");
    window.reads("Uw toestemming is ingetrokken");
    hands_over(&window, "right-withdrawal-ready");
    drop(window);
    assert_eq!(state(&world), "answered");
}

#[test]
#[ignore = "needs the built window: cargo xtask test --only window"]
fn who_asks_how_a_program_decided_reads_it_in_the_owners_words() {
    let world = World::bakery();
    let window = asked(&world, "automated_decision");
    known(&window);
    window.reads("Beslist geen programma alleen, schrijf dan dat");
    window.write("Wat wil je er zelf bij zeggen?", "Geen programma beslist hier alleen.");
    window.reads("Geen programma beslist hier alleen.");
    window.examine("right-decision");
    hands_over(&window, "right-decision-ready");
    opens(&window, "janss", "Marieke Janssens");
    window.reads("Beantwoord: Uitleg over een automatische beslissing");
    window.reads("Brief gemaakt");
    drop(window);
    assert_eq!(state(&world), "answered");
    let letter = printed(&made(&world, ".pdf"));
    assert!(letter.contains("Geen programma beslist hier alleen."), "{letter}");
}

#[test]
#[ignore = "needs the built window: cargo xtask test --only window"]
fn deadlines_go_to_the_owners_calendar_without_names() {
    let world = World::bakery();
    let window = asked(&world, "access");
    window.press("Verzoeken");
    window.shows("requests");
    window.press("Naar mijn agenda");
    window.examine("requests-calendar");
    window.press("Agendabestand maken");
    window.reads("1 termijn");
    window.press("Klaar");
    drop(window);
    let calendar = std::fs::read_to_string(made(&world, ".ics")).unwrap();
    assert!(
        calendar.contains("SUMMARY:Verzoek beantwoorden: inkijken") && !calendar.contains("Janssens"),
        "{calendar}"
    );
}

#[test]
#[ignore = "needs the built window: cargo xtask test --only window"]
fn whoever_got_the_data_hears_of_the_correction() {
    let world = World::bakery();
    let mailer = ["connection", "add", "--key", "postduif", "--title", "Postduif", "--fields", "email,given"];
    world.runs(&[&mailer[..], &["--max-sensitivity", "low", "--purpose", "nieuwsbrief"]].concat());
    world.says_yes(MARIEKE, &["--share", "postduif"]);
    let out = world.root().join("files/out.csv");
    world.runs(&["connection", "export", "postduif", "--format", "csv", "--to", out.to_str().unwrap()]);
    let window = asked(&world, "rectification");
    window.reads("Kreeg: voornaam, e-mail");
    window.press("Noteren: Postduif");
    window.press("Noteren");
    window.reads("Kies wat er gebeurd is.");
    window.choose("Het kan niet");
    window.press("Noteren");
    window.reads("Schrijf waarom het niet kan.");
    window.choose("Ik liet het weten");
    window.select("Hoe", "Per e-mail");
    window.examine("right-recipient");
    window.press("Noteren");
    window.closes_dialogs();
    window.reads("Op de hoogte sinds");
    window.press("Brief met wie het weet");
    window.press("Zo leest de brief");
    window.reads("Wie wij van de verandering op de hoogte brachten");
    window.examine("right-recipients-letter");
    drop(window);
    assert_eq!(world.runs(&["audit", "verify"])["ok"], true);
}

#[test]
#[ignore = "needs the built window: cargo xtask test --only window"]
fn a_request_of_somebody_unknown_ends_in_a_letter_too() {
    let world = World::bakery();
    let today = akkoord_office::clock::now().date_naive().to_string();
    let open =
        ["request", "open", "--unknown", "Els Maes", "--kind", "access", "--received", &today, "--how", "letter"];
    world.runs(&open);
    let window = world.open();
    window.unlocks();
    window.goes("Verzoeken");
    window.press("Els Maes");
    window.shows("request");
    window.reads("Wij bewaren niets van u");
    window.examine("right-unknown");
    hands_over(&window, "right-unknown-ready");
    drop(window);
    assert_eq!(state(&world), "answered");
}
