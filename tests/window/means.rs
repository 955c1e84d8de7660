//! The means by which stories are told, tried on a page of their own: things are found by their names, and judges can say no.

use serde_json::json;

use crate::patience::until;
use crate::window::Window;
use crate::world::{Keychain, World};

const PAGE: &str = r#"
<main data-screen="trial" data-ready="true">
  <h1>Trial</h1>
  <button>Save <kbd>Ctrl</kbd></button> <button>Save all</button> <button hidden>Gone</button>
  <label for="name">Name</label> <input id="name" value="before">
  <span id="town">Town</span> <input aria-labelledby="town">
  <label>Country <select><option>Belgium</option><option>France</option></select></label>
  <fieldset><legend>May we?</legend>
    <label><input type="radio" name="may">Yes</label> <label><input type="radio" name="may">No</label>
  </fieldset>
  <label>Proof <input type="file"></label>
  <div role="group" aria-label="Drop here">Drop</div>
  <output></output>
</main>"#;

/// Writes down what happens to the page, for the stories to read.
const SCRIPT: &str = "
document.body.innerHTML = arguments[0];
const output = document.querySelector('output');
const say = (what) => (output.textContent += `${what};`);
for (const button of document.querySelectorAll('button')) button.addEventListener('click', () => say(`pressed ${button.textContent}`));
for (const input of document.querySelectorAll('input, select')) input.addEventListener('change', () => {
  say(input.type === 'file' ? `given ${input.files[0].name}` : input.type === 'radio' ? `chose ${input.labels[0].textContent}` : `wrote ${input.value}`);
});
const target = document.querySelector('[role=group]');
target.addEventListener('dragover', (event) => event.preventDefault());
target.addEventListener('drop', async (event) => say(`dropped ${event.dataTransfer.files[0].name} ${await event.dataTransfer.files[0].text()}`));
document.addEventListener('keydown', (event) => { if (event.ctrlKey && event.key !== 'Control') say(`control ${event.key}`); });";

fn trial(world: &World) -> Window<'_> {
    let window = world.open();
    window.reads("Akkoord");
    window.driver.script(SCRIPT, &[json!(PAGE)]).unwrap();
    window
}

#[test]
#[ignore = "needs the built window: cargo xtask test --only window"]
fn things_are_found_by_what_is_written_on_them() {
    let world = World::new(Keychain::Absent);
    let window = trial(&world);
    window.shows("trial");
    window.press("Save Ctrl");
    window.reads("pressed Save Ctrl;");
    window.write("Name", "Zoë");
    window.write("Town", "Gent");
    window.select("Country", "France");
    window.choose("No");
    window.reads("wrote Zoë;wrote France;wrote Gent;chose No;");
    let file = world.file("proof.txt", "she said yes");
    window.give("Proof", &file);
    window.drop_file(&["group"], "Drop here", &file);
    window.reads("given proof.txt;dropped proof.txt she said yes;");
    window.press("Save all");
    window.keys(&["Control", "k"]);
    window.reads("pressed Save all;control k;");
    window.tab_to("text Name");
    window.types("An");
    until("typed", || {
        if window.ask("return document.activeElement.value") == "An" { Ok(()) } else { Err(window.focus()) }
    });
    assert_eq!(window.count(&["button"], "Gone"), 0);
    assert_eq!(window.count(&["button"], "Sa"), 2);
    window.ask("document.querySelector('output').textContent = ''");
    window.reads_no_more("pressed");
    window.is_accessible();
    window.has_names();
    let stops = window.tab_through();
    assert_eq!(stops, ["Save Ctrl", "Save all", "Name", "Town", "Country BelgiumFrance", "No", "Proof"]);
}

#[test]
#[ignore = "needs the built window: cargo xtask test --only window"]
fn judges_find_what_has_no_name() {
    let world = World::new(Keychain::Absent);
    let window = trial(&world);
    assert_eq!(window.barriers(), Vec::<String>::new());
    window.ask("document.querySelector('main').append(document.createElement('button'))");
    let found = window.barriers();
    assert!(found.iter().any(|finding| finding.contains("button-name")), "{found:?}");
    window.ask("for (const one of document.querySelectorAll('button')) one.style.outline = 'none'");
    let look = std::panic::AssertUnwindSafe(|| window.tab_through());
    assert!(std::panic::catch_unwind(look).is_err(), "a button without a mark of the focus was not found");
    until("the tree holds a button without a name", || {
        let things = world.things()?;
        let controls: Vec<_> = things.iter().filter_map(|thing| thing.control()).collect();
        if controls.contains(&("button", "")) { Ok(()) } else { Err(format!("{controls:?}")) }
    });
}

#[test]
#[ignore = "needs the built window: cargo xtask test --only window"]
fn what_is_left_behind_is_found() {
    let world = World::new(Keychain::Locked);
    world.nothing_remains_of(&["Annelies"]);
    for (name, text) in
        [("plain", b"for Annelies".to_vec()), ("wide", "Annelies".encode_utf16().flat_map(u16::to_le_bytes).collect())]
    {
        std::fs::write(world.home().join(name), text).unwrap();
        let look = std::panic::AssertUnwindSafe(|| world.nothing_remains_of(&["Annelies"]));
        assert!(std::panic::catch_unwind(look).is_err(), "{name} was not found");
        std::fs::remove_file(world.home().join(name)).unwrap();
    }
}
