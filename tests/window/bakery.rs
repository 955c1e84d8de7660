//! A bakery that has used Akkoord for a while: the sample files of the project, three purposes, a few answers.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

use akkoord_office::key::Passphrase;
use akkoord_office::profile::Profile;
use akkoord_office::vault::{Access, Actor, Desk, Opener, Vault};
use akkoord_office::{clock, settings};

use crate::window::{Window, folder};
use crate::world::{Keychain, PASSPHRASE, World};

/// Marieke, who stands in both sample files.
pub(crate) const MARIEKE: &str = "marieke.janssens@post.example";

/// A purpose of the bakery: key, title, channels, how long a yes lasts, the question.
type Purpose = (&'static str, &'static str, &'static str, &'static str, &'static str);

const PURPOSES: &[Purpose] = &[
    ("nieuwsbrief", "Nieuwsbrief", "email,post", "P2Y", "Mogen we u elke maand onze nieuwsbrief sturen?"),
    ("bestelling", "Bestelling klaar", "email,phone,sms", "P5Y", "Mogen we u verwittigen als uw bestelling klaar is?"),
    ("foto", "Foto", "post", "P1Y", "Mogen we een foto van uw feesttaart op onze website zetten?"),
];

impl World {
    /// A desktop with the bakery's vault, locked. All stories start from copies of one vault.
    pub(crate) fn bakery() -> Self {
        static MADE: OnceLock<PathBuf> = OnceLock::new();
        let made = MADE.get_or_init(make);
        let world = Self::new(Keychain::Open);
        copy(made, &world.profile());
        world
    }

    /// A file of the sample data.
    pub(crate) fn sample(&self, name: &str) -> PathBuf {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../xtask/sample").join(name);
        self.file(name, std::fs::read(path).expect("the sample file"))
    }

    /// An empty vault that opens with the passphrase, its Emergency Kit typed back.
    pub(crate) fn vault(&self, name: &str) {
        self.runs(&["vault", "init", "--name", name, "--country", "BE", "--language", "nl"]);
        settings::confirm_kit(&mut self.office(Access::Write), true, clock::now()).expect("it is recorded");
    }

    /// The vault past window and command line, for what neither tells.
    pub(crate) fn office(&self, access: Access) -> Vault {
        let opener = Opener::Passphrase(Passphrase::new(PASSPHRASE.to_owned()));
        let desk = Desk { actor: Actor::Window, by: "An".to_owned() };
        Vault::open(&Profile::at(self.profile()), &opener, access, desk, None, clock::now()).expect("it opens")
    }

    /// Adds the bakery's purposes.
    pub(crate) fn purposes(&self) {
        for (key, title, channels, lasts, question) in PURPOSES {
            let text = format!("# {title}\n\n{question}\n\nWe gebruiken alleen wat daarvoor nodig is.\n");
            let file = self.file(&format!("{key}.md"), text);
            let purpose = ["purpose", "add", "--key", key, "--title", title, "--basis", "consent", "--marketing"];
            let terms = ["--channels", channels, "--retention", lasts, "--language", "nl", "--wording-file"];
            self.runs(&[&purpose[..], &terms, &[file.to_str().expect("a path")]].concat());
        }
    }

    /// Takes down that this person said yes to the newsletter on the phone.
    pub(crate) fn says_yes(&self, who: &str, more: &[&str]) {
        let yes = ["consent", "record", who, "--purpose", "nieuwsbrief", "--answer", "given", "--how", "phone"];
        self.runs(&[&yes[..], more].concat());
    }
}

impl Window<'_> {
    /// Opens the locked vault with the passphrase.
    #[track_caller]
    pub(crate) fn unlocks(&self) {
        self.shows("locked");
        self.write("Wachtzin", PASSPHRASE);
        self.press("Openen");
        self.is_open();
    }
}

fn make() -> PathBuf {
    let world = World::new(Keychain::Absent);
    world.vault("Bakkerij Jans");
    for name in ["google.csv", "outlook.csv"] {
        let file = world.sample(name);
        world.runs(&["import", file.to_str().expect("a path")]);
    }
    world.purposes();
    let made = folder("window-bakery");
    std::fs::remove_dir_all(&made).expect("the one before goes");
    copy(&world.profile(), &made);
    made
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to.parent().expect("a folder")).expect("a folder");
    let copied = Command::new("cp").arg("--archive").arg(from).arg(to).status().expect("cp starts");
    assert!(copied.success(), "{} was not copied", from.display());
}
