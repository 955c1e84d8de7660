//! The icon beside the clock, in a real panel: what it says, and how it brings the window back, locks and ends.

use std::collections::HashMap;
use std::time::Duration;

use akkoord_office::clock;
use zbus::blocking::{Proxy, connection};
use zbus::zvariant::{OwnedObjectPath, OwnedValue};

use crate::bakery::MARIEKE;
use crate::patience::{until, within};
use crate::window::{Window, folder};
use crate::world::{PASSPHRASE, World};

/// A line of a menu: its number, what is said of it, and the lines below it.
type Line = (i32, HashMap<String, OwnedValue>, Vec<OwnedValue>);

/// Which layout it is, and the menu itself.
type Layout = (u32, Line);

/// The lines of the menu, counted from below.
const QUIT: usize = 1;
const LOCK: usize = 2;
const OPEN: usize = 3;

impl World {
    /// Puts a panel with a place for icons at the bottom of the screen.
    fn panel(&mut self) {
        let channels = self.home().join(".config/xfce4/xfconf/xfce-perchannel-xml");
        std::fs::create_dir_all(&channels).expect("a folder");
        std::fs::write(channels.join("xfce4-panel.xml"), include_str!("panel.xml")).expect("a file");
        let settings = format!("/usr/lib/{}-linux-gnu/xfce4/xfconf/xfconfd", std::env::consts::ARCH);
        self.gets(&settings, &[], "org.xfce.Xfconf");
        self.gets("xfce4-panel", &["--disable-wm-check"], "org.kde.StatusNotifierWatcher");
    }

    /// What stands in the menu of the icon, as the panel reads it.
    fn menu(&self) -> zbus::Result<Vec<String>> {
        let bus = connection::Builder::address(self.bus().as_str())?.build()?;
        let watcher = "org.kde.StatusNotifierWatcher";
        let icons: Vec<String> = Proxy::new(&bus, watcher, "/StatusNotifierWatcher", watcher)?
            .get_property("RegisteredStatusNotifierItems")?;
        let Some((owner, path)) = icons.first().and_then(|icon| icon.split_once('/')) else { return Ok(Vec::new()) };
        let icon = Proxy::new(&bus, owner.to_owned(), format!("/{path}"), "org.kde.StatusNotifierItem")?;
        let menu: OwnedObjectPath = icon.get_property("Menu")?;
        let menu = Proxy::new(&bus, owner.to_owned(), menu, "com.canonical.dbusmenu")?;
        let (_, (_, _, below)): Layout = menu.call("GetLayout", &(0, -1, vec!["label"]))?;
        let lines = below.into_iter().filter_map(|line| line.try_into().ok());
        let label = |(_, mut facts, _): Line| String::try_from(facts.remove("label")?).ok();
        Ok(lines.filter_map(label).collect())
    }

    /// Waits until the first line of the menu says so.
    #[track_caller]
    fn counts(&self, words: &str) {
        until(&format!("the icon says “{words}”"), || {
            let menu = self.menu().map_err(|error| error.to_string())?;
            if menu.first().is_some_and(|first| first == words) { Ok(()) } else { Err(format!("{menu:?}")) }
        });
    }

    /// Chooses from the menu of the icon, counted from below.
    fn chooses(&self, place: usize) {
        let up = vec!["Up"; place];
        self.presses(&["mousemove", "13", "787", "click", "3", "sleep", "0.5"]);
        self.presses(&[&["key"][..], &up, &["Return"]].concat());
    }
}

impl Window<'_> {
    /// Closes the window as every desktop does; it is hidden.
    #[track_caller]
    fn hides(&self) {
        let there = self.world.windows().pop().expect("the window");
        self.world.presses(&["windowfocus", "--sync", &there, "key", "alt+F4"]);
        until("the window away", || if self.world.windows().is_empty() { Ok(()) } else { Err(String::new()) });
    }

    #[track_caller]
    fn is_back(&self) {
        until("the window back", || self.world.windows().pop().map(drop).ok_or_else(String::new));
    }
}

#[test]
#[ignore = "needs the built window: cargo xtask test --only window"]
fn the_icon_beside_the_clock_counts_locks_and_brings_the_window_back() {
    let mut world = World::bakery();
    let came = (clock::now() - Duration::from_secs(25 * 24 * 3600)).date_naive().to_string();
    let asks = ["request", "open", MARIEKE, "--kind", "portability", "--received", &came, "--how", "phone"];
    world.runs(&[&asks[..], &["--words", "Ik wil mijn gegevens meenemen"]].concat());
    world.panel();
    let window = world.open();
    window.shows("locked");
    world.counts("Verzoeken: 1 binnen 14 dagen");
    window.unlocks();
    assert_eq!(world.menu().unwrap()[1..], ["Akkoord openen", "Op slot doen", "Afsluiten"]);
    world.presses(&["mousemove", "13", "787", "click", "3", "sleep", "0.5"]);
    let picture = folder("screenshots").join("tray-nl.png");
    assert!(world.program("import").args(["-window", "root"]).arg(picture).status().unwrap().success());
    world.presses(&["key", "Escape"]);
    window.hides();
    window.is_open();
    world.chooses(OPEN);
    window.is_back();
    world.chooses(LOCK);
    window.shows("locked");
    let late = (clock::now() - Duration::from_secs(60 * 24 * 3600)).date_naive().to_string();
    world.runs(&["request", "open", "--unknown", "Els", "--kind", "access", "--received", &late, "--how", "email"]);
    world.counts("Verzoeken: 1 over tijd, 1 binnen 14 dagen");
    world.set("lock_after_minutes", "1");
    window.write("Wachtzin", PASSPHRASE);
    window.press("Openen");
    window.is_open();
    window.hides();
    within(Duration::from_secs(90), "the hidden window locks itself", || {
        let locked = window.ask("return document.querySelector('[data-screen=locked]') !== null");
        if locked == true { Ok(()) } else { Err(window.text()) }
    });
    world.chooses(QUIT);
    until("the program ends", || {
        let runs = |process: &std::path::PathBuf| {
            std::fs::read_link(process.join("exe")).is_ok_and(|exe| exe.ends_with("akkoord"))
        };
        if world.processes().iter().any(runs) { Err("It runs.".to_owned()) } else { Ok(()) }
    });
}
