//! The vault of the first release: what was written then must open for ever.

use std::path::PathBuf;

use serde_json::json;

use crate::import::{google, outcomes};
use crate::world::World;

/// `vault.db`, the key slots and the settings, as the first release wrote them. The passphrase is that of every story.
fn kept() -> PathBuf {
    concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/fixtures/vault-0.1").into()
}

/// What the import in it brought.
const FEW: &str = "Cas,Maes,,,,klant,Work,cas@example.be,,,,\n\
                   Dé,Ørsted,,,,,,,Mobile,0476 12 34 56,,\n\
                   ,,Bakkerij Weiß,,,,,info@bakkerij.example,,016 21 32 43,,\n";

const FILES: [&str; 4] = ["vault.db", "keyslots.json", "keyslots.bak", "settings.toml"];

/// A copy to work on: opening it for writing brings it up to date.
fn copy() -> World {
    let world = World::empty();
    std::fs::create_dir_all(world.inside("backups")).unwrap();
    for file in FILES {
        std::fs::copy(kept().join(file), world.inside(file)).unwrap();
    }
    world
}

#[test]
fn the_first_release_opens_and_says_what_it_said() {
    let world = copy();
    // A command that writes, so that an older schema is brought up to date first.
    world.contact(&["--given", "Nieuw"]);
    assert_eq!(world.ok(&["audit", "verify"])["ok"], true);
    assert_eq!(world.ok(&["contact", "list"])["total"], 7);
    for (query, name) in [("orsted", "Dé Ørsted"), ("Weiss", "Bakkerij Weiß"), ("weiß", "Bakkerij Weiß")] {
        assert_eq!(world.ok(&["contact", "list", "--query", query])["contacts"][0]["name"], name, "{query}");
    }
    let an = world.ok(&["contact", "show", "an@example.be"]);
    assert_eq!((&an["name"], &an["fields"]["phones"][0]["e164"]), (&json!("An Peeters"), &json!("+32475123456")));
    let history = world.ok(&["consent", "history", "an@example.be"])["events"].take();
    assert_eq!(
        (&history[0]["answer"], &history[0]["text"]),
        (&json!("given"), &json!("Mogen wij u onze nieuwsbrief sturen?"))
    );
    world.no(&["may", "bo@example.be", "--purpose", "newsletter", "--channel", "email", "--on", "2026-12-01"]);
    let an_may = ["may", "an@example.be", "--purpose", "newsletter", "--channel", "email", "--on", "2026-12-01"];
    assert_eq!(world.ok(&an_may)["reasons"], json!(["allowed_consent"]));
    let imports = world.ok(&["import", "list"])["imports"].take();
    assert_eq!((&imports[0]["file"], &imports[0]["added"]), (&json!("contacts.csv"), &json!(3)));
    assert_eq!(outcomes(&world.ok(&["import", &world.file("contacts.csv", google(FEW))])), [0, 0, 3, 0, 0, 0]);
    let to = world.root().join("files/proof.txt");
    let proof = history[0]["proofs"][0]["id"].as_str().unwrap();
    world.ok(&["proof", "export", proof, "--to", to.to_str().unwrap()]);
    assert_eq!(std::fs::read_to_string(to).unwrap(), "An zei ja aan de telefoon.\n");
}

/// Makes the vault anew. Only before the release: afterwards it stays as it is.
#[test]
#[ignore = "makes the fixture: cargo test -p akkoord-cli --test stories -- --ignored make_the_first_release"]
fn make_the_first_release() {
    let world = World::new();
    world.contact(&["--given", "An", "--family", "Peeters", "--email", "an@example.be", "--phone", "0475 12 34 56"]);
    world.contact(&[
        "--given",
        "Bo",
        "--email",
        "bo@example.be",
        "--set",
        "labels=klant",
        "--set",
        "notes=belt na 17 u",
    ]);
    world.contact(&["--set", "organisation=Garage Jans", "--phone", "09 123 45 67"]);
    let text = world.file("nl.md", "Mogen wij u onze nieuwsbrief sturen?");
    let add = ["purpose", "add", "--key", "newsletter", "--title", "Nieuwsbrief", "--basis", "consent", "--marketing"];
    world.ok(&[&add, ["--channels", "email,post", "--wording-file", &text, "--language", "nl"].as_slice()].concat());
    let proof = world.file("gesprek.txt", "An zei ja aan de telefoon.\n");
    let record = |contact: &str, answer: &str, more: &[&str]| {
        let args = ["consent", "record", contact, "--purpose", "newsletter", "--answer", answer, "--how", "phone"];
        world.ok(&[&args, more].concat());
    };
    record("an@example.be", "given", &["--attach", &proof]);
    record("bo@example.be", "given", &[]);
    world.ok(&["consent", "withdraw", "bo@example.be", "--purpose", "newsletter", "--how", "email"]);
    world.ok(&["import", &world.file("contacts.csv", google(FEW))]);
    std::fs::create_dir_all(kept()).unwrap();
    for file in FILES {
        std::fs::copy(world.inside(file), kept().join(file)).unwrap();
    }
}
