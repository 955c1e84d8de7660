//! Names as life and malice write them: long, from right to left, in pictures, like programs. Nothing of them runs.

use crate::window::Window;
use crate::world::{Keychain, World};

/// Elements that only a name could have made.
const MADE: &str = "
const made = document.querySelectorAll('img[src=x], svg[onload], iframe, main script, dialog script, main b > img');
return { ran: typeof window.__ran, made: [...made].map((one) => one.outerHTML.slice(0, 200)) };";

impl Window<'_> {
    /// Fails where a name did something.
    #[track_caller]
    pub(crate) fn nothing_ran(&self) {
        let seen = self.ask(MADE);
        assert_eq!(seen, serde_json::json!({ "ran": "undefined", "made": [] }));
    }
}

/// A vault in which everything that can be named bears a bad name.
pub(crate) fn ugly() -> World {
    let world = World::new(Keychain::Absent);
    world.vault("<img src=x onerror=window.__ran=1> & \"Zonen\"");
    let people = world.file("ugly.csv", include_str!("ugly.csv"));
    world.runs(&["import", people.to_str().unwrap(), "--format", "google", "--with", "all"]);
    let text = "# <script>window.__ran=1</script>\n\nMag dit: <img src=x onerror=window.__ran=1>?\n\n<svg onload=window.__ran=1> zei hij.\n";
    let wording = world.file("wording.md", text);
    let purpose =
        ["purpose", "add", "--key", "raar", "--title", "<b onclick=window.__ran=1>Raar</b>", "--basis", "consent"];
    let terms = ["--channels", "email,phone", "--language", "nl", "--wording-file", wording.to_str().unwrap()];
    world.runs(&[&purpose[..], &terms].concat());
    let asked =
        ["request", "open", "script@post.example", "--kind", "access", "--received", "2026-01-31", "--how", "email"];
    world.runs(&[&asked[..], &["--words", "<img src=x onerror=window.__ran=1>"]].concat());
    world
}

#[test]
#[ignore = "needs the built window: cargo xtask test --only window"]
fn names_that_look_like_programs_run_nothing() {
    let world = ugly();
    let window = world.open();
    window.unlocks();
    window.goes("Contacten");
    window.shows("contacts");
    window.reads("Wolfeschlegelsteinhausen");
    window.nothing_ran();
    window.examine("contacts-ugly");
    for name in ["<img src=x", "Wolfeschlegel", "محمد", "כהן", "Zonneschijn", "DROP TABLE"] {
        // By way of today: a contact's page has a second way back to the contacts.
        window.goes("Vandaag");
        window.goes("Contacten");
        window.shows("contacts");
        window.write("Zoeken in contacten", name.split(' ').next().unwrap());
        window.keys(&["Enter"]);
        window.shows("contact");
        window.reads("Mag ik");
        window.nothing_ran();
        window.is_whole();
        if name == "Wolfeschlegel" || name == "<img src=x" || name == "محمد" {
            window.examine(&format!(
                "contact-ugly-{}",
                if name == "محمد" {
                    "rtl"
                } else if name.starts_with('<') {
                    "script"
                } else {
                    "long"
                }
            ));
        }
    }
    window.keys(&["Control", "Shift", "p"]);
    window.reads("Toestemming aan de telefoon");
    window.nothing_ran();
    window.examine("call-ugly");
    window.keys(&["Escape"]);
    window.goes("Verzoeken");
    window.shows("requests");
    window.nothing_ran();
    window.examine("requests-ugly");
    window.press("<img src=x");
    window.shows("request");
    window.nothing_ran();
    window.keys(&["Control", "k"]);
    window.types("window");
    window.reads("Doen");
    window.nothing_ran();
}
