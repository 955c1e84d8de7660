//! Calls that go otherwise than usual: a child, and ways that differ by purpose.

use akkoord_office::clock;
use akkoord_office::people::{self, Change, How};
use akkoord_office::vault::Access;

use crate::bakery::MARIEKE;
use crate::call::picks_up;
use crate::world::World;

#[test]
#[ignore = "needs the built window: cargo xtask test --only window"]
fn a_child_says_yes_with_a_parent() {
    let world = World::bakery();
    {
        let mut vault = world.office(Access::Write);
        let year: i32 = clock::now().format("%Y").to_string().parse().unwrap();
        let born = format!("{}-01-15", year - 9);
        let birthday = Change { field: "birthday".to_owned(), how: How::Set, value: born };
        people::set(&mut vault, MARIEKE, &[birthday], clock::now()).unwrap();
    }
    let window = world.open();
    window.unlocks();
    picks_up(&window, "janss", "Marieke Janssens");
    window.types("jgg1");
    window.reads("Marieke is nog te jong om alleen ja te zeggen.");
    window.examine("call-child");
    window.write("Ouder of voogd die mee ja zegt", "Jan Janssens");
    window.reads_no_more("Marieke is nog te jong");
    window.reads("mag je Marieke mailen voor Nieuwsbrief");
    window.examine("call-guardian");
    window.keys(&["Control", "Enter"]);
    window.reads("Genoteerd voor Marieke");
    drop(window);
    let may = world.runs(&["may", MARIEKE, "--purpose", "nieuwsbrief", "--channel", "email"]);
    assert_eq!(may["allowed"], true, "{may}");
}

#[test]
#[ignore = "needs the built window: cargo xtask test --only window"]
fn ways_may_differ_by_purpose() {
    let world = World::bakery();
    let window = world.open();
    window.unlocks();
    picks_up(&window, "janss", "Marieke Janssens");
    window.types("jjg");
    window.types("1");
    window.press("Per doel anders");
    window.reads("Bestelling klaar");
    let second = "return [...document.querySelectorAll('dialog[open] details .one')].map((one) => one.innerText)";
    assert_eq!(window.ask(second).as_array().map(Vec::len), Some(2));
    let boxes = "const [, order] = document.querySelectorAll('dialog[open] details .one'); \
        const of = (word) => [...order.querySelectorAll('label')].find((one) => one.innerText.includes(word)); \
        of('Telefoon').click(); of('E-mail').click(); return true";
    window.ask(boxes);
    window.reads("mag je Marieke bellen voor Bestelling klaar");
    window.reads("mag je Marieke mailen voor Nieuwsbrief");
    window.examine("call-by-purpose");
    window.keys(&["Control", "Enter"]);
    window.reads("Genoteerd voor Marieke");
    drop(window);
    for (purpose, channel, allowed) in
        [("nieuwsbrief", "email", true), ("bestelling", "phone", true), ("bestelling", "email", false)]
    {
        let said = world.cli(&["may", MARIEKE, "--purpose", purpose, "--channel", channel]);
        assert_eq!(said.status.success(), allowed, "{purpose} {channel}");
    }
}
