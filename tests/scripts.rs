//! The scripts of the documentation do what it says of them.

use std::process::{Command, Output};

use crate::consent::{agrees, shop};
use crate::world::World;

/// `docs/examples/newsletter.py` on a list.
fn newsletter(world: &World, list: &str, out: &str, passphrase: Option<&str>) -> Output {
    let mut command = Command::new("python3");
    world.at_home(&mut command);
    command.env("AKKOORD_CLI", world.program().get_program());
    if let Some(file) = passphrase {
        command.env("AKKOORD_PASSPHRASE_FILE", file);
    }
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/examples/newsletter.py");
    command.args([script, list, out, "newsletter", "email"]).output().unwrap()
}

#[test]
fn a_newsletter_goes_to_those_who_agreed_and_to_nobody_else() {
    let world = shop();
    world.contact(&["--given", "Jo", "--email", "jo@example.be"]);
    agrees(&world, "2026-03-05", &[]);
    let list =
        world.file("list.csv", "\u{feff}Naam,email\n\"Peeters, An\",AN@example.be\nJo,jo@example.be\nX,x@example.be\n");
    let out = world.file("out.csv", "as it was");
    let locked = newsletter(&world, &list, &out, None);
    assert_eq!(locked.status.code(), Some(4), "{}", String::from_utf8_lossy(&locked.stderr));
    assert_eq!(std::fs::read_to_string(&out).unwrap(), "as it was", "nobody answered");
    let done = newsletter(&world, &list, &out, Some(&world.passphrase_file()));
    let said = String::from_utf8_lossy(&done.stderr).into_owned();
    assert!(done.status.success() && said.contains("1 of 3 may get it."), "{said}");
    assert_eq!(std::fs::read_to_string(&out).unwrap(), "Naam,email\r\n\"Peeters, An\",AN@example.be\r\n");
    world.ok(&["consent", "withdraw", "an@example.be", "--purpose", "newsletter", "--how", "phone"]);
    assert!(newsletter(&world, &list, &out, Some(&world.passphrase_file())).status.success());
    assert_eq!(std::fs::read_to_string(&out).unwrap(), "Naam,email\r\n", "a no counts at once");
}
