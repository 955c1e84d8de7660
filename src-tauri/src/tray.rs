//! The icon beside the clock: what brings the window back, locks the vault, and ends the application.

use std::sync::{Mutex, PoisonError};

use tauri::menu::{Menu, MenuItem, PredefinedMenuItem};
use tauri::tray::{MouseButton, TrayIconBuilder, TrayIconEvent};
use tauri::{App, AppHandle, Manager, Window, WindowEvent, Wry};

use crate::desk::Desk;
use crate::words::{Words, words};

/// What is written in the menu of the icon, and what it says now.
struct Shown {
    standing: MenuItem<Wry>,
    open: MenuItem<Wry>,
    lock: MenuItem<Wry>,
    quit: MenuItem<Wry>,
    line: Mutex<String>,
}

/// Puts the icon beside the clock. Where the system has no such place, closing the window ends the application.
pub(crate) fn place(app: &App, language: &str) -> tauri::Result<()> {
    let Words { open, lock, quit, .. } = words(language);
    let item = |id: &str, text: &str| MenuItem::with_id(app, id, text, id != "standing", None::<&str>);
    let shown = Shown {
        standing: item("standing", "Akkoord")?,
        open: item("open", open)?,
        lock: item("lock", lock)?,
        quit: item("quit", quit)?,
        line: Mutex::default(),
    };
    let (above, below) = (PredefinedMenuItem::separator(app)?, PredefinedMenuItem::separator(app)?);
    let menu = Menu::with_items(app, &[&shown.standing, &above, &shown.open, &shown.lock, &below, &shown.quit])?;
    app.manage(shown);
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

/// Says beside the clock how things stand.
pub(crate) fn tell(app: &AppHandle, words: &'static Words, line: String) {
    let app = app.clone();
    // Where the application is ending there is nobody to tell.
    let _ = app.clone().run_on_main_thread(move || {
        let Some(shown) = app.try_state::<Shown>() else { return };
        let mut before = shown.line.lock().unwrap_or_else(PoisonError::into_inner);
        if *before != line {
            // A word that is not taken stays the one before.
            let texts = [(&shown.standing, line.as_str()), (&shown.open, words.open)];
            for (item, text) in texts.into_iter().chain([(&shown.lock, words.lock), (&shown.quit, words.quit)]) {
                let _ = item.set_text(text);
            }
            if let Some(tray) = app.tray_by_id("akkoord") {
                let _ = tray.set_tooltip(Some(format!("Akkoord: {line}")));
            }
            *before = line;
        }
    });
}

fn chosen(app: &AppHandle, item: &str) {
    match item {
        "open" => show(app),
        "lock" => app.state::<Desk>().lock_soon(app),
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

/// With an icon beside the clock the application goes on when its window is closed, for its reminders, and the vault locks
/// after its time without use; at once where it has none. Without an icon nobody could bring the window back or end it, so
/// it ends.
pub(crate) fn closing(window: &Window, event: &WindowEvent) {
    let app = window.app_handle();
    if let WindowEvent::CloseRequested { api, .. } = event {
        let desk = app.state::<Desk>();
        if app.tray_by_id("akkoord").is_some() && is_shown() {
            api.prevent_close();
            let _ = window.hide();
            if desk.never_locks() {
                desk.lock_soon(app);
            }
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
