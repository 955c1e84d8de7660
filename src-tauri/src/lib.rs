//! The window's door. It decides nothing: it opens the page, and the page may call nothing of the machine yet.

mod driven;

use std::process::ExitCode;

/// Opens the window and stays until it is closed.
///
/// Fails when the system's web view cannot be started (no display, missing library); the reason goes to stderr,
/// which is all there is without a window.
#[must_use]
pub fn run() -> ExitCode {
    match tauri::Builder::default().run(driven::context()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            refuse(&error);
            ExitCode::FAILURE
        }
    }
}

#[expect(clippy::print_stderr, reason = "there is no window to say it in")]
fn refuse(error: &tauri::Error) {
    eprintln!("Akkoord: het venster gaat niet open / the window cannot be opened: {error}");
}
