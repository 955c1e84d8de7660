//! One window for each profile: a second start brings it forward, and ends.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::Path;

use tauri::Wry;
use tauri::plugin::TauriPlugin;

use crate::tray;

/// The application's own name, as tauri.conf.json has it.
const NAME: &str = "eu.akkoord.desktop";

/// Lets a second start with the same profile bring the window forward, and end. On Linux a profile that was named has a
/// window of its own; elsewhere there is one window for all.
pub(crate) fn plugin(home: &Path) -> TauriPlugin<Wry> {
    let builder = tauri_plugin_single_instance::Builder::new().callback(|app, _, _| tray::show(app));
    builder.dbus_id(of(home)).build()
}

/// What the window of a profile is called on the bus.
fn of(home: &Path) -> String {
    if crate::usual().is_some_and(|usual| usual == home) {
        return NAME.to_owned();
    }
    let mut named = DefaultHasher::new();
    std::path::absolute(home).unwrap_or_else(|_| home.to_owned()).hash(&mut named);
    format!("{NAME}.p{:x}", named.finish())
}

/// Brings the window of this profile forward where there is one, and says so. Asked before anything of a window is loaded: the
/// plugin, which sees to two that start at once, ends the program in the middle of that, and it may crash there.
#[cfg(target_os = "linux")]
pub(crate) fn is_there(home: &Path) -> bool {
    use zbus::blocking::{Connection, fdo::DBusProxy};

    let asked = || -> zbus::Result<bool> {
        let bus = Connection::session()?;
        let name = format!("{}.SingleInstance", of(home));
        if !DBusProxy::new(&bus)?.name_has_owner(name.as_str().try_into()?)? {
            return Ok(false);
        }
        let path = format!("/{}", name.replace('.', "/"));
        let none: (Vec<String>, &str) = (Vec::new(), "");
        bus.call_method(Some(name.as_str()), path.as_str(), Some("org.SingleInstance.DBus"), "ExecuteCallback", &none)?;
        Ok(true)
    };
    // Without a bus there is nobody to ask.
    asked().unwrap_or(false)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_is_the_applications() {
        let config: serde_json::Value = serde_json::from_str(include_str!("../../tauri.conf.json")).unwrap();
        assert_eq!(config["identifier"], NAME);
    }
}
