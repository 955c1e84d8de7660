//! A whole day at the counter, from the first start to the locked door, watched from outside.

use std::process::Command;

use crate::contacts::opens;
use crate::first_start::starts;
use crate::imports::imports;
use crate::world::{Keychain, Look, PASSPHRASE, World};

/// What somebody types or brings in on that day, and what may be found nowhere but in the vault and in what it gave out.
const SECRETS: &[&str] = &[
    PASSPHRASE,
    "marieke.janssens@post.example",
    "0470/12.34.56",
    "Van den Broeck",
    "wil geen suiker meer",
    "Ik wil alles meenemen naar mijn nieuwe bakker",
];

#[test]
#[ignore = "needs the built window: cargo xtask test --only window"]
fn the_main_job_from_first_start_to_locked_door() {
    let world = World::new(Keychain::Open);
    let watch = world.watch();
    let window = world.open_program(Look::LIGHT, &watch.program);
    starts(&window, Some("Met allebei"));
    window.press("Contacten invoeren");
    window.give("Kies een bestand met contacten", &world.sample("google.csv"));
    window.holds("Herkend als", "Google Contacten");
    imports(&window, "11");
    purpose(&window);
    opens(&window, "janss", "Marieke Janssens");
    window.keys(&["Control", "Shift", "p"]);
    window.reads("Mogen we u");
    window.types("j");
    window.drop_file(&["file"], "Bewijs toevoegen: opname of scan", &world.sample("opname.wav"));
    window.reads("opname.wav");
    window.write("Notitie", "wil geen suiker meer");
    world.no_process_was_told(SECRETS);
    window.keys(&["Control", "Enter"]);
    window.reads("zei Marieke aan de telefoon ja tegen");
    window.keys(&["Control", "r"]);
    window.choose("Gegevens meenemen");
    window.choose("Aan de telefoon");
    window.write("Wat zei of schreef de persoon?", "Ik wil alles meenemen naar mijn nieuwe bakker");
    window.press("Verzoek noteren");
    window.shows("request");
    window.reads("Antwoord ten laatste op");
    window.reads("plus één maand is");
    window.press_first("Brief versturen");
    window.choose("Zelf, op papier of van hand tot hand");
    window.press("Bewaren als pdf");
    window.reads("De brief staat klaar");
    window.examine("request-file");
    unzipped(&world);
    window.press("Afsluiten als beantwoord");
    window.press("Afsluiten");
    window.reads("Het verzoek is afgesloten.");
    window.keys(&["Control", "l"]);
    window.shows("locked");
    world.no_process_was_told(SECRETS);
    window.press("Openen met deze computer");
    window.is_open();
    drop(window);
    watch.nothing_was_reached();
    for kept in [world.found(".zip"), world.found(".pdf")].concat() {
        std::fs::remove_file(kept).unwrap();
    }
    world.nothing_remains_of(SECRETS);
}

/// The first purpose, from an example.
#[track_caller]
fn purpose(window: &crate::window::Window<'_>) {
    window.goes("Instellingen");
    window.press("Doelen");
    window.press_first("Nieuw doel");
    window.press("Nieuwsbrief");
    window.press("Doel maken");
    window.reads("Nieuwsbrief staat klaar om te vragen.");
}

/// What the person gets is what she gave, in files that other programs read.
fn unzipped(world: &World) {
    let zips = world.found(".zip");
    let zip = zips.first().expect("a zip");
    let listed = Command::new("unzip").arg("-p").arg(zip).output().unwrap();
    let text = String::from_utf8_lossy(&listed.stdout).into_owned();
    assert!(listed.status.success() && text.contains("marieke.janssens@post.example"), "{text}");
    assert!(
        !zip.to_string_lossy().to_lowercase().contains("janssens"),
        "the name of the file tells who: {}",
        zip.display()
    );
}
