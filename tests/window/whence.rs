//! Where an answer came from: a form on the website, with its page and the network address.

use crate::bakery::MARIEKE;
use crate::call::picks_up;
use crate::contacts::opens;
use crate::world::World;

#[test]
#[ignore = "needs the built window: cargo xtask test --only window"]
fn a_yes_of_the_website_says_from_which_page_it_came() {
    let world = World::bakery();
    let window = world.open();
    window.unlocks();
    picks_up(&window, "janss", "Marieke Janssens");
    window.types("jgg1");
    window.press("Kwam het niet aan de telefoon?");
    window.examine("call-came");
    window.select("Hoe het antwoord kwam", "Op je website");
    window.reads("Een ja op je website of per e-mail telt pas als het bevestigd is.");
    window.write("Adres van de pagina", "de website");
    window.reads("Dat is geen adres van een pagina.");
    window.write("Adres van de pagina", "https://bakkerijjans.example/nieuwsbrief");
    window.write("IP-adres", "203.0.113");
    window.reads("Dat is geen IP-adres.");
    window.examine("call-came-wrong");
    window.write("IP-adres", "203.0.113.7");
    window.write("Plaats", "Kortrijk");
    window.reads_no_more("Dat is geen IP-adres.");
    window.examine("call-came-website");
    window.keys(&["Control", "Enter"]);
    window.reads("Genoteerd voor Marieke");
    window.is_open();
    opens(&window, "janss", "Marieke Janssens");
    window.reads("Herkomst: https://bakkerijjans.example/nieuwsbrief, 203.0.113.7, Kortrijk");
    window.examine("contact-whence");
    window.press("Het ja voor Nieuwsbrief is bevestigd");
    window.reads("Bevestigd: Nieuwsbrief. Vanaf nu mag het.");
    drop(window);
    let events = world.runs(&["consent", "history", MARIEKE]);
    let given = &events["events"][0];
    assert_eq!((&given["how"], &given["ip"]), (&"web_form".into(), &"203.0.113.7".into()), "{events}");
}

#[test]
#[ignore = "needs the built window: cargo xtask test --only window"]
fn who_is_typed_in_may_say_from_which_page_they_came() {
    let world = World::bakery();
    let window = world.open();
    window.unlocks();
    window.keys(&["Control", "n"]);
    window.write("Voornaam", "Noor");
    window.write("E-mail", "noor@example.be");
    window.write("Hoe kom je aan deze gegevens?", "Vulde het formulier in");
    window.press("Pagina, IP-adres of plaats");
    window.write("IP-adres", "thuis");
    window.write("Adres van de pagina", "https://bakkerijjans.example/contact");
    window.press("Contact toevoegen");
    window.reads("Dat is geen IP-adres.");
    window.examine("contacts-new-whence");
    window.write("IP-adres", "2001:db8::7");
    window.press("Contact toevoegen");
    window.shows("contact");
    window.reads("https://bakkerijjans.example/contact, 2001:db8::7");
    window.examine("contact-source");
}
