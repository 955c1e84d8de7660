//! What the build knows of the application: windows, icons, the page's policy.

/// The window forgets everything when it closes, and nobody may drive it. WebKit ties the two together: a window that
/// forgets cannot be driven. So a debug build keeps a store when it is started by the tests' driver; a release never does.
pub(crate) fn context() -> tauri::Context {
    let context = tauri::generate_context!();
    #[cfg(debug_assertions)]
    let context = remembering(context);
    context
}

#[cfg(debug_assertions)]
fn remembering(mut context: tauri::Context) -> tauri::Context {
    let driven = std::env::var_os("TAURI_WEBVIEW_AUTOMATION").is_some();
    for window in &mut context.config_mut().app.windows {
        window.incognito = window.incognito && !driven;
    }
    context
}
