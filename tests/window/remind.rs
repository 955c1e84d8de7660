//! What falls due says so on the desktop, also while the vault is locked, and names nobody.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use akkoord_office::clock;
use akkoord_office::profile::Profile;
use akkoord_office::profile::reminders::{Reminders, Said};
use akkoord_office::requests::{self, Filter};
use akkoord_office::vault::Access;
use zbus::blocking::{MessageIterator, connection, fdo::MonitoringProxy};
use zbus::zvariant::OwnedValue;
use zbus::{MatchRule, message};

use crate::bakery::MARIEKE;
use crate::patience::until;
use crate::window::{Window, folder};
use crate::world::World;

/// The program that shows notifications on this desktop.
const DAEMON: &str = "/usr/lib/notification-daemon/notification-daemon";

/// What a program says when it asks for a notification: who, over which, icon, title, text, actions, hints, how long.
type Notify = (String, u32, String, String, String, Vec<String>, HashMap<String, OwnedValue>, i32);

/// Every notification that was asked for on a desktop.
#[derive(Debug, Clone, Default)]
pub(crate) struct Heard(Arc<Mutex<Vec<Notify>>>);

impl Heard {
    /// Title and text of all of them.
    fn all(&self) -> Vec<String> {
        self.0.lock().unwrap().iter().map(|one| format!("{}: {}", one.3, one.4)).collect()
    }

    /// Waits until there are so many; the last.
    #[track_caller]
    fn last_of(&self, count: usize) -> String {
        until(&format!("{count} notifications"), || {
            let all = self.all();
            if all.len() == count { Ok(all.last().cloned().unwrap_or_default()) } else { Err(format!("{all:?}")) }
        })
    }
}

impl World {
    /// Puts a program on the desktop that shows notifications, and listens to what it is asked for.
    fn notifies(&mut self) -> Heard {
        self.gets(DAEMON, &[], "org.freedesktop.Notifications");
        let bus = connection::Builder::address(self.bus().as_str()).unwrap().build().unwrap();
        let rule = MatchRule::builder().msg_type(message::Type::MethodCall).member("Notify").unwrap().build();
        MonitoringProxy::new(&bus).unwrap().become_monitor(&[rule], 0).unwrap();
        let heard = Heard::default();
        let hears = heard.clone();
        std::thread::spawn(move || {
            for message in MessageIterator::from(bus).flatten() {
                if let Ok(notify) = message.body().deserialize::<Notify>() {
                    hears.0.lock().unwrap().push(notify);
                }
            }
        });
        heard
    }

    /// What the profile is to be reminded of.
    fn reminders(&self) -> Reminders {
        Reminders::load(&Profile::at(self.profile()))
    }

    /// Lets the morning come on which the first reminder falls due, with so many days left.
    fn dawns(&self, left: i64) {
        let profile = Profile::at(self.profile());
        let mut all = Reminders::load(&profile);
        let first = all.reminders.first_mut().expect("something to remind of");
        first.at = clock::now().with_timezone(first.at.offset());
        first.days_left = left;
        all.save(&profile).unwrap();
    }
}

/// Marieke asks for her data on the phone, yesterday.
#[track_caller]
fn asks(window: &Window<'_>) {
    window.keys(&["Control", "r"]);
    window.write("Wie vraagt het?", "mariek");
    window.press("Marieke Janssens");
    window.choose("Gegevens meenemen");
    window.write("Binnengekomen op", "gisteren");
    window.choose("Aan de telefoon");
    window.write("Wat zei of schreef de persoon?", "Ik wil mijn gegevens meenemen");
    window.press("Verzoek noteren");
    window.shows("request");
}

#[test]
#[ignore = "needs the built window: cargo xtask test --only window"]
fn a_locked_vault_says_once_that_something_is_due_and_not_of_whom() {
    let mut world = World::bakery();
    let heard = world.notifies();
    let window = world.open();
    window.unlocks();
    asks(&window);
    let days = |world: &World| world.reminders().reminders.iter().map(|one| one.days_left).collect::<Vec<_>>();
    assert_eq!(days(&world)[..5], [14, 7, 3, 1, -1], "as soon as the request stands in the vault");
    let written = std::fs::read_to_string(world.profile().join("reminders.json")).unwrap();
    assert!(!written.contains("Janssens") && !written.contains("Ik wil"), "{written}");
    window.keys(&["Control", "l"]);
    window.shows("locked");
    world.dawns(14);
    let said = "Verzoek beantwoorden: Een verzoek moet binnen 14 dagen beantwoord zijn.";
    assert_eq!(heard.last_of(1), said);
    let shown =
        until("the notification on the screen", || world.windows_of("notification-daemon").pop().ok_or(String::new()));
    let picture = folder("screenshots").join("notification-nl.png");
    assert!(world.program("import").args(["-window", "root"]).arg(picture).status().unwrap().success());
    let there = world.windows().pop().expect("the window");
    world.presses(&["windowminimize", "--sync", &there]);
    until("the window away", || if world.windows().is_empty() { Ok(()) } else { Err("It is there.".to_owned()) });
    world.presses(&["mousemove", "--window", &shown, "60", "40", "click", "1"]);
    until("the window in front", || if world.windows() == [there.as_str()] { Ok(()) } else { Err(String::new()) });
    drop(window);
    let window = world.open();
    window.shows("locked");
    window.unlocks();
    assert_eq!(days(&world)[..4], [14, 7, 3, 1], "what the clock really says");
    assert_eq!(heard.all(), [said], "a new start says it again");
    assert!(Said::load(&Profile::at(world.profile())).until.is_some());
    world.nothing_remains_of(&[MARIEKE]);
}

#[test]
#[ignore = "needs the built window: cargo xtask test --only window"]
fn an_open_vault_names_who_waits_only_where_the_owner_allows_it() {
    let mut world = World::bakery();
    let heard = world.notifies();
    let window = world.open();
    window.unlocks();
    asks(&window);
    let open = requests::list(&world.office(Access::Read), Filter::Open, None, clock::now()).unwrap();
    let left = open.requests[0].days_left;
    let cases = [
        ("false", "nl", format!("Een verzoek moet binnen {left} dagen beantwoord zijn.")),
        ("true", "nl", format!("Een verzoek moet binnen {left} dagen beantwoord zijn: Mevr. Marieke Janssens.")),
        ("true", "en", format!("A request must be answered within {left} days: Mevr. Marieke Janssens.")),
    ];
    for (before, (allowed, language, said)) in cases.into_iter().enumerate() {
        world.set("reminder_names", allowed);
        world.set("language", &format!("\"{language}\""));
        world.dawns(left);
        let last = heard.last_of(before + 1);
        assert!(last.ends_with(&said), "{last}");
    }
}
