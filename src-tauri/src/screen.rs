//! Locks the vault with the screen and before the computer sleeps, where the system tells of it.

use tauri::AppHandle;

use crate::desk::Desk;

/// Listens to the session of the person at this computer, as long as the application runs.
#[cfg(target_os = "linux")]
pub(crate) fn watch(app: AppHandle, desk: Desk) {
    std::thread::spawn(move || {
        // Without a bus there is nobody to tell; the idle time locks all the same.
        let _ = listen(&app, &desk);
    });
}

/// These systems tell it in a way of their own, which this version does not hear; the idle time locks all the same.
#[cfg(not(target_os = "linux"))]
pub(crate) fn watch(_: AppHandle, _: Desk) {}

/// What screen savers say on the session's bus, by interface and signal; each carries whether the screen is now locked.
#[cfg(target_os = "linux")]
const SAVERS: [&str; 5] = [
    "org.freedesktop.ScreenSaver",
    "org.gnome.ScreenSaver",
    "org.cinnamon.ScreenSaver",
    "org.mate.ScreenSaver",
    "org.xfce.ScreenSaver",
];

#[cfg(target_os = "linux")]
fn listen(app: &AppHandle, desk: &Desk) -> zbus::Result<()> {
    use zbus::MatchRule;
    use zbus::blocking::{Connection, MessageIterator, fdo::DBusProxy};
    use zbus::message::Type;

    let bus = Connection::session()?;
    let proxy = DBusProxy::new(&bus)?;
    for saver in SAVERS {
        let rule = MatchRule::builder().msg_type(Type::Signal).interface(saver)?.member("ActiveChanged")?.build();
        proxy.add_match_rule(rule)?;
    }
    for message in MessageIterator::from(bus) {
        let message = message?;
        let changed = message.header().member().is_some_and(|member| member == "ActiveChanged");
        if changed && message.body().deserialize::<bool>().unwrap_or(false) {
            desk.lock(app);
        }
    }
    Ok(())
}
