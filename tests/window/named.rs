//! The accessibility tree of the real window, asked over the bus as a screen reader asks: every control has a name.

use zbus::blocking::{Connection, Proxy, connection};
use zbus::zvariant::OwnedObjectPath;

use crate::patience::until;
use crate::window::Window;

const ACCESSIBLE: &str = "org.a11y.atspi.Accessible";
const ROOT: &str = "/org/a11y/atspi/accessible/root";

/// What somebody can act on, by AT-SPI's names of roles.
const CONTROLS: &[&str] = &[
    "push button",
    "button",
    "toggle button",
    "link",
    "entry",
    "text box",
    "password text",
    "check box",
    "radio button",
    "combo box",
    "list box",
    "slider",
    "spin button",
    "menu item",
    "page tab",
    "switch",
    "tree item",
];

/// One thing in the tree.
#[derive(Debug)]
pub(crate) struct Thing {
    pub(crate) role: String,
    pub(crate) name: String,
}

impl Window<'_> {
    /// Fails when a control has no name, or when there are fewer controls than the page has.
    #[track_caller]
    pub(crate) fn has_names(&self) {
        let things = until("the accessibility tree holds the page", || {
            let things = self.things()?;
            let there = things.iter().any(|thing| thing.role.starts_with("document"));
            if there { Ok(things) } else { Err(format!("There is {things:?}.")) }
        });
        let controls: Vec<&Thing> = things.iter().filter(|thing| CONTROLS.contains(&thing.role.as_str())).collect();
        let nameless: Vec<_> = controls.iter().filter(|thing| thing.name.trim().is_empty()).collect();
        assert!(nameless.is_empty(), "controls without a name: {nameless:?}");
        let script = "return [...document.querySelectorAll('button, a[href], input:not([type=hidden]), select, textarea')].filter((one) => one.checkVisibility({ visibilityProperty: true }) && !one.closest('[inert], [aria-hidden=true]')).length";
        let drawn = self.ask(script).as_u64().unwrap_or_default();
        assert!(controls.len() as u64 >= drawn, "of {drawn} controls the tree has {}: {controls:?}", controls.len());
    }

    /// Everything in the accessibility tree of the application.
    pub(crate) fn things(&self) -> Result<Vec<Thing>, String> {
        self.walk().map_err(|error| error.to_string())
    }

    fn walk(&self) -> zbus::Result<Vec<Thing>> {
        let session = connection::Builder::address(self.world.bus().as_str())?.build()?;
        let address: String =
            Proxy::new(&session, "org.a11y.Bus", "/org/a11y/bus", "org.a11y.Bus")?.call("GetAddress", &())?;
        let bus = connection::Builder::address(address.as_str())?.build()?;
        let mut waiting = children(&bus, "org.a11y.atspi.Registry", ROOT)?;
        let mut things = Vec::new();
        while let Some((owner, path)) = waiting.pop() {
            let thing = Proxy::new(&bus, owner.as_str(), path.as_str(), ACCESSIBLE)?;
            let role: String = thing.call("GetRoleName", &())?;
            let name: String = thing.get_property("Name")?;
            things.push(Thing { role, name });
            waiting.extend(children(&bus, &owner, path.as_str())?);
        }
        Ok(things)
    }
}

fn children(bus: &Connection, owner: &str, path: &str) -> zbus::Result<Vec<(String, OwnedObjectPath)>> {
    Proxy::new(bus, owner.to_owned(), path.to_owned(), ACCESSIBLE)?.call("GetChildren", &())
}
