//! How the page is drawn, and how it comes back when the process that draws it is gone: it was killed, or ran out of memory.
//! What was typed stands in the vault as a draft.

use tauri::App;

/// A page that goes as often as this within [`SHORT`] is left alone.
#[cfg(target_os = "linux")]
const OFTEN: usize = 3;

/// See [`OFTEN`].
#[cfg(target_os = "linux")]
const SHORT: std::time::Duration = std::time::Duration::from_secs(20);

/// Listens for the end of the process that draws the page, which keeps no more than it shows and draws without the graphics
/// card: lists and text need none, its drivers cost more memory than all of the page, and with some of them a window stays
/// blank.
#[cfg(target_os = "linux")]
pub(crate) fn revive(app: &App) -> tauri::Result<()> {
    use std::cell::RefCell;
    use std::time::Instant;

    use tauri::Manager;
    use webkit2gtk::{CacheModel, HardwareAccelerationPolicy, SettingsExt, WebContextExt, WebViewExt};

    let Some(window) = app.get_webview_window("main") else { return Ok(()) };
    window.with_webview(|view| {
        // There is one page, and it stays: what was seen before is not kept.
        if let Some(context) = view.inner().context() {
            context.set_cache_model(CacheModel::DocumentViewer);
        }
        if let Some(settings) = WebViewExt::settings(&view.inner()) {
            settings.set_hardware_acceleration_policy(HardwareAccelerationPolicy::Never);
        }
        let ends = RefCell::new(Vec::new());
        view.inner().connect_web_process_terminated(move |view, _| {
            let mut ends = ends.borrow_mut();
            ends.retain(|end: &Instant| end.elapsed() < SHORT);
            ends.push(Instant::now());
            if ends.len() < OFTEN {
                view.reload();
            }
        });
    })
}

/// macOS is listened to where the application is built; the web view of Windows offers to load its page again.
#[cfg(not(target_os = "linux"))]
pub(crate) fn revive(_: &App) -> tauri::Result<()> {
    Ok(())
}
