//! Somebody asks to be erased: what is said before, what is left after, what waits for a duty to keep, and who may go.

use serde_json::json;

use crate::answers::asked;
use crate::bakery::MARIEKE;
use crate::contacts::opens;
use crate::rights::{known, printed, state};
use crate::window::Window;
use crate::world::World;

const LEA: &str = "lea.dubois@courrier.example";

/// Asks to destroy the data of whoever's page is open.
#[track_caller]
fn asks(window: &Window<'_>, name: &str) {
    window.press("Meer");
    window.press("Gegevens vernietigen");
    window.reads(&format!("De gegevens van {name} vernietigen?"));
    window.reads("Wat er gebeurt");
}

#[test]
#[ignore = "needs the built window: cargo xtask test --only window"]
fn whoever_is_erased_leaves_nothing_in_the_window_and_cannot_be_typed_in_again() {
    let world = World::bakery();
    world.says_yes(MARIEKE, &[]);
    let window = world.open();
    window.unlocks();
    opens(&window, "janss", "Marieke Janssens");
    asks(&window, "Marieke");
    window.reads("1 antwoord");
    window.examine("erasure");
    window.press("Vernietig de gegevens van Marieke");
    window.reads("Schrijf waarom je deze gegevens vernietigt.");
    window.write("Waarom", "Vroeg het aan de toonbank");
    window.press("Vernietig de gegevens van Marieke");
    window.reads("De gegevens zijn vernietigd");
    window.press("Attest bewaren");
    window.reads("Bewaard als");
    window.examine("erased");
    let certificate = std::fs::read(window.saved()).unwrap();
    assert!(certificate.starts_with(b"%PDF"), "the certificate is no PDF");
    window.press_first("Sluiten");
    window.closes_dialogs();
    window.shows("contacts");
    window.reads("Léa Dubois");
    for trace in ["Marieke", "Janssens", MARIEKE, "janss"] {
        let kept = format!("return document.documentElement.outerHTML.includes({})", serde_json::json!(trace));
        assert_eq!(window.ask(&kept), false, "the page still has {trace}");
    }
    window.keys(&["Control", "n"]);
    window.write("Voornaam", "Iemand");
    window.write("E-mail", "Marieke.Janssens@POST.example");
    window.write("Hoe kom je aan deze gegevens?", "kwam langs in de winkel");
    window.press("Contact toevoegen");
    window.reads("Deze gegevens staan op de blokkeerlijst");
    window.examine("contact-blocked");
    window.press("Naar de blokkeerlijst");
    window.closes_dialogs();
    lets_in_again(&window);
    drop(window);
    assert_eq!(world.runs(&["audit", "verify"])["ok"], true);
}

#[test]
#[ignore = "needs the built window: cargo xtask test --only window"]
fn a_certificate_is_saved_again_also_of_whom_nothing_is_on_the_list() {
    let world = World::bakery();
    let nobody = world.runs(&["contact", "add", "--given", "Puk"])["contact"].as_str().unwrap().to_owned();
    world.runs(&["--yes", "erase", &nobody, "--reason", "kwam nooit terug"]);
    let back = "pim@nieuw.example";
    world.runs(&["contact", "add", "--given", "Pim", "--email", back]);
    world.runs(&["--yes", "erase", back, "--reason", "vroeg het"]);
    world.runs(&["blocked", "allow", "--email", back, "--reason", "kwam zelf langs"]);
    let window = world.open();
    window.unlocks();
    window.goes("Registers");
    window.press("Blokkeerlijst");
    window.reads("Niets: geen adres of nummer dat van niemand anders is");
    window.reads("Niets meer: weer toegelaten");
    window.settles();
    window.examine("registers-blocked-nothing");
    window.press_first("Attest bewaren");
    window.reads("Bewaard als");
    let [certificate] = &world.found(".pdf")[..] else { panic!("{:?}", world.found(".pdf")) };
    let kept = world.runs(&["erasure", "list"])["certificates"].take();
    let ids: Vec<&str> = kept.as_array().unwrap().iter().map(|one| one["id"].as_str().unwrap()).collect();
    let text = printed(certificate);
    let of: Vec<&str> = ids.iter().copied().filter(|id| text.contains(id)).collect();
    assert_eq!((ids.len(), of.as_slice()), (2, &ids[..1]), "it is that of the row, the latest: {text}");
}

/// On the blocked list, and off it again with a reason.
#[track_caller]
fn lets_in_again(window: &Window<'_>) {
    window.shows("registers");
    window.reads("2 e-mailadressen");
    window.write("E-mailadres of nummer", MARIEKE);
    window.press("Nakijken");
    window.reads("Staat op de blokkeerlijst, sinds");
    window.settles();
    window.examine("registers-blocked");
    window.press("Weer toelaten");
    window.press("Weer toelaten");
    window.reads("Schrijf waarom dit weer mag.");
    window.write("Waarom", "Kwam zelf langs en wil de nieuwsbrief weer");
    window.press("Weer toelaten");
    window.reads("Van de lijst gehaald.");
    window.write("E-mailadres of nummer", MARIEKE);
    window.press("Nakijken");
    window.reads("Staat niet op de blokkeerlijst.");
}

#[test]
#[ignore = "needs the built window: cargo xtask test --only window"]
fn what_a_law_wants_kept_waits_on_lock_and_is_shown() {
    let world = World::bakery();
    world.runs(&["request", "open", LEA, "--kind", "erasure", "--received", "2026-02-02", "--how", "email"]);
    let window = world.open();
    window.unlocks();
    opens(&window, "dubois", "Léa Dubois");
    asks(&window, "Léa");
    window.choose("Ik moet de gegevens nog een tijd bewaren");
    window.press("Op slot zetten");
    window.reads("Kies waarom.");
    window.choose("Gevraagd in het verzoek");
    window.reads("Nog niemand ging na of het verzoek echt van deze persoon komt.");
    window.press("Er zijn facturen: 10 jaar bewaren");
    window.holds("Wat vraagt dat", "boekhouding, 10 jaar");
    window.write("Bewaren tot en met", "31/12/2033");
    window.write("Wat vraagt dat", "boekhouding, zeven jaar");
    window.holds("Wat vraagt dat", "boekhouding, zeven jaar");
    window.examine("erasure-held");
    window.press("Op slot tot en met");
    window.reads("Op slot gezet");
    window.press_first("Sluiten");
    window.closes_dialogs();
    window.shows("contact");
    window.reads("Léa staat op slot en wordt vernietigd vanaf 1 januari 2034.");
    window.reads("Bewaren tot en met 31 december 2033: boekhouding, zeven jaar.");
    window.reads("alleen lezen");
    window.examine("contact-held");
    window.keys(&["Control", "k"]);
    window.types("mag weg");
    window.keys(&["Enter"]);
    window.shows("leaving");
    window.reads("Wacht op het einde van een bewaarplicht");
    window.examine("leaving-waiting");
    drop(window);
    let shown = world.runs(&["contact", "show", LEA]);
    assert_eq!(shown["retention"]["held_until"], "2033-12-31", "{shown}");
}

/// What another part of the application does while the dialog is open: it finds that somebody must be kept.
const KEEP: &str = r"
const [contact, done] = arguments;
const hold = { until: '2033-12-31', reason: 'boekhouding' };
const wanted = { ground: { reason: 'Er zijn facturen' }, hold, letter: false, expected: 'locked' };
window.__TAURI_INTERNALS__.invoke('contact_erase', { contact, wanted }).then(done, (refusal) => done({ refusal }));
";

#[test]
#[ignore = "needs the built window: cargo xtask test --only window"]
fn what_changed_since_it_was_seen_destroys_nobody_and_is_looked_at_again() {
    let world = World::bakery();
    let contact = world.runs(&["contact", "show", LEA])["id"].clone();
    let window = world.open();
    window.unlocks();
    opens(&window, "dubois", "Léa Dubois");
    asks(&window, "Léa");
    window.write("Waarom", "Vroeg het aan de toonbank");
    let kept = window.driver.later(KEEP, &[contact]).unwrap();
    assert_eq!(kept["refusal"], json!(null), "{kept}");
    window.press("Vernietig de gegevens van Léa");
    window.reads("Dit veranderde terwijl je keek. Er gebeurde niets.");
    window.reads("Je moet de gegevens bewaren tot en met 31 december 2033: boekhouding. Tot dan staan ze op slot.");
    window.holds("Waarom", "Vroeg het aan de toonbank");
    assert_eq!(window.count(&["button"], "Vernietig de gegevens van Léa"), 0, "it can still be destroyed");
    window.examine("erasure-changed");
    let shown = world.runs(&["contact", "show", LEA]);
    assert_eq!(shown["retention"]["held_until"], "2033-12-31", "{shown}");
    window.press("Op slot tot en met");
    window.reads("Op slot gezet");
    drop(window);
    assert_eq!(world.runs(&["erasure", "list"])["certificates"], json!([]));
    assert_eq!(world.runs(&["audit", "verify"])["ok"], true);
}

#[test]
#[ignore = "needs the built window: cargo xtask test --only window"]
fn a_request_to_be_erased_ends_in_its_letter_and_in_nothing_left() {
    let world = World::bakery();
    let window = asked(&world, "erasure");
    known(&window);
    window.press_first("Brief versturen");
    window.choose("Zelf, op papier of van hand tot hand");
    window.press("Bewaren als pdf");
    window.reads("De brief staat klaar");
    window.press("Klaar");
    window.closes_dialogs();
    window.press("Gegevens wissen");
    window.reads("De gegevens van Marieke vernietigen?");
    window.reads("Het verzoek wordt hiermee beantwoord");
    window.examine("right-erasure");
    window.press("Vernietig de gegevens van Marieke");
    window.reads("Het verzoek is afgesloten.");
    window.press_first("Sluiten");
    window.closes_dialogs();
    window.reads("Iemand die gewist is");
    window.reads("Niets meer: alles over deze persoon is gewist.");
    window.examine("right-erasure-closed");
    let gone = "return !document.documentElement.outerHTML.includes('Janssens')";
    assert_eq!(window.ask(gone), true, "the page still names her");
    drop(window);
    assert_eq!(state(&world), "answered");
    assert_eq!(world.cli(&["contact", "show", MARIEKE]).status.code(), Some(5));
    assert_eq!(world.runs(&["audit", "verify"])["ok"], true);
}

#[test]
#[ignore = "needs the built window: cargo xtask test --only window"]
fn those_whom_nothing_wants_kept_are_listed_and_destroyed() {
    let world = World::bakery();
    for who in [MARIEKE, LEA] {
        let said = ["--purpose", "nieuwsbrief", "--answer", "refused", "--how", "phone", "--on", "2026-01-05"];
        world.runs(&[&["consent", "record", who][..], &said].concat());
    }
    let window = world.open();
    window.unlocks();
    window.goes("Vandaag");
    window.shows("today");
    window.reads("2 mensen mogen weg");
    window.examine("today-leaving");
    window.press("2 mensen mogen weg");
    window.shows("leaving");
    window.reads("Zei nee");
    window.examine("leaving");
    window.press("Mevr. Marieke Janssens vernietigen");
    window.reads("De gegevens van Mevr. Marieke Janssens vernietigen?");
    window.press("Vernietig de gegevens van Mevr. Marieke Janssens");
    window.reads("De gegevens van 1 persoon zijn vernietigd.");
    window.reads_no_more("Marieke Janssens");
    window.press("Vernietig de gegevens van 1 persoon");
    window.reads("Léa Dubois");
    window.examine("leaving-asked");
    window.press("Vernietig de gegevens van Léa Dubois");
    window.reads("Niemand hoeft weg");
    window.examine("leaving-empty");
    drop(window);
    assert_eq!(world.runs(&["retention", "list"])["total"], 0);
}

#[test]
#[ignore = "needs the built window: cargo xtask test --only window"]
fn a_yes_that_was_the_last_reason_proposes_what_may_follow() {
    let world = World::bakery();
    world.says_yes(MARIEKE, &[]);
    let window = world.open();
    window.unlocks();
    opens(&window, "janss", "Marieke Janssens");
    window.press("Intrekken");
    window.press("Intrekken");
    window.reads("Niets vraagt nog om Marieke te bewaren");
    window.examine("contact-proposed");
    window.press("Nog bewaren");
    window.closes_dialogs();
    window.reads("Tot dan bewaar je het als bewijs.");
    window.press("Toch al vernietigen");
    window.reads("De gegevens van Marieke vernietigen?");
}

#[test]
#[ignore = "needs the built window: cargo xtask test --only window"]
fn a_proof_dossier_is_made_and_holds() {
    let world = World::bakery();
    world.says_yes(MARIEKE, &[]);
    let window = world.open();
    window.unlocks();
    opens(&window, "janss", "Marieke Janssens");
    window.press("Meer");
    window.press("Bewijsdossier maken");
    window.reads("Bewijsdossier van Marieke");
    window.examine("dossier");
    window.press("Dossier maken");
    window.reads("Het dossier staat klaar");
    window.examine("dossier-ready");
    let verdict = world.runs(&["dossier", "verify", window.saved().to_str().expect("a path")]);
    assert_eq!(verdict["ok"], true, "{verdict}");
    window.press_first("Sluiten");
    window.closes_dialogs();
    window.reads("Bewijsdossier gemaakt");
}
