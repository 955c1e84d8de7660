//! The accessibility tree of the real window, asked over the bus as a screen reader asks: every control has a name.

use zbus::blocking::{Connection, Proxy, connection, proxy};
use zbus::proxy::CacheProperties;
use zbus::zvariant::OwnedObjectPath;

use crate::patience::until;
use crate::window::Window;
use crate::world::World;

const ACCESSIBLE: &str = "org.a11y.atspi.Accessible";
const ROOT: &str = "/org/a11y/atspi/accessible/root";

/// What somebody can act on, by AT-SPI's numbers of roles; WebKit gives no names for them.
const CONTROLS: &[(u32, &str)] = &[
    (7, "check box"),
    (8, "check menu item"),
    (11, "combo box"),
    (35, "menu item"),
    (37, "page tab"),
    (40, "password"),
    (43, "button"),
    (44, "radio button"),
    (45, "radio menu item"),
    (51, "slider"),
    (52, "spin button"),
    (62, "toggle button"),
    (79, "field"),
    (88, "link"),
    (91, "tree item"),
    (98, "list box"),
];

/// The page itself.
const PAGE: u32 = 95;

/// How many controls the page draws; while a dialog is open, in it.
const DRAWN: &str = "
const room = [...document.querySelectorAll('dialog:modal')].pop() ?? document;
const controls = [...room.querySelectorAll('button, a[href], input:not([type=hidden]), select, textarea')];
const drawn = controls.filter((one) => one.checkVisibility({ visibilityProperty: true }) && !one.closest('[inert], [aria-hidden=true]'));
return drawn.length;";

/// One thing in the tree.
#[derive(Debug)]
pub(crate) struct Thing {
    pub(crate) role: u32,
    pub(crate) name: String,
}

impl Thing {
    /// Kind and name of a control.
    pub(crate) fn control(&self) -> Option<(&'static str, &str)> {
        CONTROLS.iter().find(|(role, _)| *role == self.role).map(|(_, kind)| (*kind, self.name.trim()))
    }
}

impl Window<'_> {
    /// Fails when a control has no name, or when there are fewer controls than the page has.
    #[track_caller]
    pub(crate) fn has_names(&self) {
        let things = until("the accessibility tree holds the page", || {
            let things = self.world.things()?;
            let there = things.iter().any(|thing| thing.role == PAGE);
            let controls = things.iter().filter_map(Thing::control).count();
            // A list that just got taller is drawn, and told of, a moment later.
            let drawn = self.ask(DRAWN).as_u64().unwrap_or_default();
            if there && controls as u64 >= drawn {
                return Ok(things);
            }
            Err(format!("Of {drawn} controls the tree has {controls}: {things:?}"))
        });
        let controls: Vec<_> = things.iter().filter_map(Thing::control).collect();
        let nameless: Vec<_> = controls.iter().filter(|(_, name)| name.is_empty()).collect();
        assert!(nameless.is_empty(), "controls without a name: {nameless:?}");
    }
}

impl World {
    /// Everything in the accessibility trees of this desktop.
    pub(crate) fn things(&self) -> Result<Vec<Thing>, String> {
        self.walk().map_err(|error| error.to_string())
    }

    /// Waits until a screen reader would find this name.
    #[track_caller]
    pub(crate) fn finds(&self, name: &str) -> Thing {
        until(&format!("“{name}” to be read out"), || {
            let (mut found, others): (Vec<_>, Vec<_>) =
                self.things()?.into_iter().partition(|thing| thing.name.contains(name));
            let names: Vec<String> =
                others.into_iter().map(|thing| thing.name).filter(|name| !name.is_empty()).collect();
            found.pop().ok_or_else(|| format!("There is: {}", names.join(" · ")))
        })
    }

    fn walk(&self) -> zbus::Result<Vec<Thing>> {
        let session = connection::Builder::address(self.bus().as_str())?.build()?;
        let asked = Proxy::new(&session, "org.a11y.Bus", "/org/a11y/bus", "org.a11y.Bus")?;
        let address: String = asked.call("GetAddress", &())?;
        let bus = connection::Builder::address(address.as_str())?.build()?;
        let mut waiting = children(&bus, "org.a11y.atspi.Registry", ROOT)?;
        let mut things = Vec::new();
        while let Some((owner, path)) = waiting.pop() {
            let thing = thing(&bus, &owner, path.as_str())?;
            let role: u32 = thing.call("GetRole", &())?;
            let name: String = thing.get_property("Name")?;
            things.push(Thing { role, name });
            waiting.extend(children(&bus, &owner, path.as_str())?);
        }
        Ok(things)
    }
}

/// What stands below a thing. The page is embedded from another process, and only its place tells it.
fn children(bus: &Connection, owner: &str, path: &str) -> zbus::Result<Vec<(String, OwnedObjectPath)>> {
    let thing = thing(bus, owner, path)?;
    let children: Vec<(String, OwnedObjectPath)> = thing.call("GetChildren", &())?;
    if children.is_empty() {
        let count: i32 = thing.get_property("ChildCount")?;
        return (0..count).map(|place| thing.call("GetChildAtIndex", &place)).collect();
    }
    Ok(children)
}

fn thing<'bus>(bus: &'bus Connection, owner: &str, path: &str) -> zbus::Result<Proxy<'bus>> {
    let named = proxy::Builder::new(bus).destination(owner.to_owned())?.path(path.to_owned())?;
    named.interface(ACCESSIBLE)?.cache_properties(CacheProperties::No).build()
}
