//! The texts of letters and mails: changed by the owner, shown with a real person as they are typed, told at once where something
//! is wrong, and put back.

use crate::world::World;

/// A text as keys: a line ends with Enter.
fn typed(text: &str) -> String {
    text.replace('\n', "\u{E007}")
}

#[test]
#[ignore = "needs the built window: cargo xtask test --only window"]
fn a_text_is_changed_shown_with_a_person_and_put_back() {
    let world = World::bakery();
    let window = world.open();
    window.unlocks();
    window.goes("Instellingen");
    window.press("Brieven en mails");
    window.reads("Mail: vraag om toestemming");
    window.settles();
    window.examine("settings-letters-list");
    window.press("Weigering");
    window.reads("Zo ziet het eruit");
    window.reads("Dit komt erin als je de brief maakt:");
    window.write("Voorbeeld voor", "marieke");
    window.reads("Marieke Janssens");
    let text = "# Over uw vraag\n\n{{salutation}}\n\nWij doen dat niet: {{reason}}.\n\nKlagen kan bij {{authority}}.\n";
    window.write("Tekst", &typed(text));
    window.reads("{{court}} ontbreekt");
    window.examine("settings-letter-wrong");
    window.write("Tekst", &typed(&format!("{text}\nOf {{{{court}}}}, {{{{onzin}}}}.\n")));
    window.reads("Deze tekst kent geen {{onzin}}.");
    window.write("Tekst", &typed(&format!("{text}\nOf {{{{court}}}}.\n")));
    window.reads("Wij doen dat niet:");
    window.reads("Marieke Janssens,");
    window.press("Tekst bewaren");
    window.reads("Je tekst geldt vanaf nu.");
    window.examine("settings-letter-own");
    window.press("Tekst van Akkoord terugzetten");
    window.reads("De tekst van Akkoord staat er weer.");
    window.press("Ongedaan maken");
    window.reads("Je tekst geldt vanaf nu.");
    window.press_first("Brieven en mails");
    window.reads("eigen tekst in het Nederlands");
    window.press("Mail: vraag om toestemming");
    window.reads("Ja, dat mag");
    window.reads("Mogen we u");
    window.examine("settings-mail-text");
    drop(window);
    let shown = world.runs(&["letter", "show", "refusal", "--language", "nl"]);
    assert!(shown["own"] == true && shown["text"].as_str().unwrap().contains("Wij doen dat niet"), "{shown}");
}

#[test]
#[ignore = "needs the built window: cargo xtask test --only window"]
fn what_is_typed_of_a_letter_survives_the_lock_and_looks_as_it_is_printed() {
    let world = World::bakery();
    let window = world.open();
    window.unlocks();
    window.goes("Instellingen");
    window.press("Brieven en mails");
    window.press("Niets gevonden");
    window.write("Voorbeeld voor", "marieke");
    let text = "# Over uw vraag\n\nOp {{received}} vroeg u ons om {{right}}. Wij kennen u niet.\n";
    window.write("Tekst", &typed(text));
    window.reads("Wij kennen u niet.");
    let paper = window.ask("return document.querySelector('.paper[role=region]').innerText");
    let paper = paper.as_str().unwrap();
    assert!(paper.contains("Bakkerij Jans") && paper.contains("Marieke Janssens"), "no letterhead: {paper}");
    window.settles();
    window.examine("settings-letter-paper");
    window.press("Frans");
    window.write("Tekst", &typed("# Votre question\n\nLe {{received}} : {{right}}. Rien chez nous.\n"));
    std::thread::sleep(std::time::Duration::from_millis(1000));
    window.keys(&["Control", "l"]);
    window.unlocks();
    window.goes("Instellingen");
    window.press_first("Brieven en mails");
    window.press("Niets gevonden");
    window.reads("Je was hier al mee bezig");
    window.examine("settings-letter-unfinished");
    window.press("Verdergaan");
    window.reads("Wij kennen u niet.");
    window.press("Tekst bewaren");
    window.reads("Je tekst geldt vanaf nu.");
    window.press("Frans");
    window.reads("Rien chez nous.");
    window.press("Tekst bewaren");
    window.reads_no_more("Nog niet bewaard");
    window.press_first("Brieven en mails");
    window.press("Niets gevonden");
    window.reads("Wij kennen u niet.");
    window.reads_no_more("Je was hier al mee bezig");
    drop(window);
    let shown = world.runs(&["letter", "show", "nothing", "--language", "fr"]);
    assert!(shown["own"] == true && shown["text"].as_str().unwrap().contains("Rien chez nous"), "{shown}");
}
