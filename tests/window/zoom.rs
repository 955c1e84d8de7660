//! Everything twice as large: nothing is lost, and it stays so.

use serde_json::json;

use crate::answers::takes_down;
use crate::bakery::MARIEKE;
use crate::patience::until;
use crate::window::Window;
use crate::world::{PASSPHRASE, USUAL, World};

/// How many steps there are from the usual size to the largest.
const STEPS: usize = 5;

/// Looks at what is shown, and keeps a picture.
#[track_caller]
fn looks(window: &Window<'_>, name: &str) {
    window.settles();
    window.picture(&format!("large-{name}"), USUAL, false);
    window.is_whole();
    window.is_legible();
}

/// Presses what has this name with the mouse of the desktop, since the driver's own knows nothing of sizes.
#[track_caller]
fn points_at(window: &Window<'_>, within: Option<&str>, name: &str) {
    let place = until(&format!("a place for “{name}”"), || {
        let roles = json!(["button", "link", "tab"]);
        let find = format!(
            "const given = arguments[0]; const find = () => {{ {} }}; {PLACE}",
            include_str!("find.js").replace("arguments", "given")
        );
        let found = window.driver.script(&find, &[json!([roles, name, within])]).map_err(|refusal| refusal.words)?;
        let at = |key: usize| found[key].as_f64().map(|pixel| pixel.round().to_string());
        at(0).zip(at(1)).ok_or_else(|| format!("There is {found}."))
    });
    window.world.presses(&["mousemove", "--sync", &place.0, &place.1, "click", "1"]);
}

/// The middle of the first that is found, in pixels of the screen.
const PLACE: &str = "
const [one] = find().found;
if (!one) return null;
one.scrollIntoView({ block: 'center' });
const box = one.getBoundingClientRect();
const large = outerWidth / innerWidth;
return [(box.left + box.width / 2) * large, (box.top + box.height / 2) * large];";

#[test]
#[ignore = "needs the built window: cargo xtask test --only window"]
fn everything_twice_as_large_loses_nothing() {
    let world = World::bakery();
    world.says_yes(MARIEKE, &["--channels", "email"]);
    takes_down(&world, "access");
    let window = world.open();
    window.shows("locked");
    for _ in 0..STEPS {
        window.keys(&["Control", "+"]);
    }
    window.is_large();
    looks(&window, "locked");
    window.write("Wachtzin", PASSPHRASE);
    points_at(&window, None, "Openen");
    window.is_open();
    window.keys(&["Control", "0"]);
    window.is_usual();
    for _ in 0..STEPS {
        window.keys(&["Control", "+"]);
    }
    window.is_large();
    looks(&window, "today");
    points_at(&window, Some("navigation"), "Contacten");
    window.shows("contacts");
    looks(&window, "contacts");
    window.write("Zoeken in contacten", "janss");
    window.reads("Marieke Janssens");
    window.keys(&["Enter"]);
    window.shows("contact");
    looks(&window, "contact");
    for (keys, name) in [
        (&["Control", "Shift", "p"][..], "call"),
        (&["Control", "r"], "request-new"),
        (&["Control", "n"], "contact-new"),
        (&["Control", "k"], "palette"),
    ] {
        window.keys(keys);
        looks(&window, name);
        window.keys(&["Escape"]);
        window.closes_dialogs();
    }
    points_at(&window, Some("navigation"), "Verzoeken");
    window.shows("requests");
    looks(&window, "requests");
    points_at(&window, None, "Marieke Janssens");
    window.shows("request");
    looks(&window, "request");
    points_at(&window, Some("navigation"), "Instellingen");
    for part in ["Je zaak", "Velden", "Doelen", "Sleutels", "Slot", "Venster", "Over Akkoord"] {
        points_at(&window, None, part);
        window.shows("settings");
        let name = window.ask("return document.querySelector('[data-part]').dataset.part");
        looks(&window, &format!("settings-{}", name.as_str().unwrap()));
    }
    drop(window);
    let window = world.open();
    window.shows("locked");
    window.is_large();
    window.keys(&["Control", "0"]);
    window.is_usual();
    window.unlocks();
}

impl Window<'_> {
    #[track_caller]
    fn is_large(&self) {
        self.is_wide(USUAL.0 / 2);
    }

    #[track_caller]
    fn is_usual(&self) {
        self.is_wide(USUAL.0);
    }

    #[track_caller]
    fn is_wide(&self, wanted: u32) {
        until("everything in its size", || {
            let wide = self.ask("return innerWidth");
            if wide == wanted { Ok(()) } else { Err(format!("The page is {wide} wide.")) }
        });
    }
}
