//! The icon beside the clock: what brings the window back, locks the vault, and ends the application.

use tauri::menu::{Menu, MenuItem};
use tauri::tray::{MouseButton, TrayIconBuilder, TrayIconEvent};
use tauri::{App, AppHandle, Manager, Window, WindowEvent};

use crate::desk::Desk;
use crate::words::{Words, words};

/// Puts the icon beside the clock. Where the system has no such place, closing the window ends the application.
pub(crate) fn place(app: &App, language: &str) -> tauri::Result<()> {
    let Words { open, lock, quit, .. } = words(language);
    let item = |id: &str, text: &str| MenuItem::with_id(app, id, text, true, None::<&str>);
    let menu = Menu::with_items(app, &[&item("open", open)?, &item("lock", lock)?, &item("quit", quit)?])?;
    let mut tray = TrayIconBuilder::with_id("akkoord").tooltip("Akkoord").menu(&menu).show_menu_on_left_click(false);
    if let Some(icon) = app.default_window_icon() {
        tray = tray.icon(icon.clone());
    }
    tray.on_menu_event(|app, event| chosen(app, event.id().as_ref()))
        .on_tray_icon_event(|tray, event| {
            if let TrayIconEvent::Click { button: MouseButton::Left, .. } = event {
                show(tray.app_handle());
            }
        })
        .build(app)?;
    Ok(())
}

fn chosen(app: &AppHandle, item: &str) {
    match item {
        "open" => show(app),
        "lock" => app.state::<Desk>().lock(app),
        "quit" => app.exit(0),
        _ => {}
    }
}

/// Brings the window to the front.
pub(crate) fn show(app: &AppHandle) {
    if let Some(window) = app.get_webview_window("main") {
        // A window that does not come forward is still in the list of windows.
        let _ = window.show();
        let _ = window.unminimize();
        let _ = window.set_focus();
    }
}

/// Closing the window locks the vault. With an icon beside the clock the application goes on, for its reminders; without
/// one nobody could bring the window back or end it, so it ends.
pub(crate) fn closing(window: &Window, event: &WindowEvent) {
    let app = window.app_handle();
    if let WindowEvent::CloseRequested { api, .. } = event {
        app.state::<Desk>().lock(app);
        if app.tray_by_id("akkoord").is_some() && is_shown() {
            api.prevent_close();
            let _ = window.hide();
        }
    }
}

/// Whether this desktop shows such icons: some only do with an extension.
#[cfg(target_os = "linux")]
fn is_shown() -> bool {
    use zbus::blocking::{Connection, fdo::DBusProxy};

    let asked = || -> zbus::Result<bool> {
        let bus = Connection::session()?;
        Ok(DBusProxy::new(&bus)?.name_has_owner("org.kde.StatusNotifierWatcher".try_into()?)?)
    };
    asked().unwrap_or(false)
}

/// These systems always have the place.
#[cfg(not(target_os = "linux"))]
fn is_shown() -> bool {
    true
}
