//! The window's door. It decides nothing: it opens the page, hands its questions to the office and the answers back.

mod bindings;
mod chores;
mod commands;
mod desk;
mod driven;
mod events;
mod first;
mod idle;
mod kept;
mod letters;
mod opening;
mod outgoing;
mod page;
mod refusal;
mod remind;
mod restoring;
mod rounds;
mod running;
mod screen;
mod sent;
mod state;
mod studies;
mod tray;
mod words;

use std::path::PathBuf;
use std::process::ExitCode;

use akkoord_office::profile::Profile;
use tauri::ipc::Invoke;
use tauri::plugin::TauriPlugin;
use tauri::{App, AppHandle, Manager, RunEvent, Url, Wry};
use tauri_plugin_window_state::StateFlags;

use desk::Desk;

/// Opens the window and stays until it is closed.
///
/// Fails when the system's web view cannot be started (no display, missing library); the reason goes to stderr,
/// which is all there is without a window.
#[must_use]
pub fn run() -> ExitCode {
    akkoord_office::key::never_dumped();
    let Some((home, practice)) = profiles() else { return refuse("no home folder") };
    #[cfg(target_os = "linux")]
    if first::is_there(&home) {
        return ExitCode::SUCCESS;
    }
    let bindings = bindings::all();
    let builder = tauri::Builder::default();
    #[cfg(target_os = "macos")]
    let builder = builder.on_web_content_process_terminate(|page| {
        // A page that cannot be brought back stays blank.
        let _ = page.reload();
    });
    let built = builder
        // First, so that a second start ends before it does anything else.
        .plugin(first::plugin(&home))
        .plugin(tauri_plugin_window_state::Builder::default().with_state_flags(remembered()).build())
        .plugin(stays())
        .on_window_event(tray::closing)
        .invoke_handler(asked(bindings.invoke_handler()))
        .setup(move |app| {
            bindings.mount_events(app);
            start(app, home, practice);
            Ok(())
        })
        .build(driven::context());
    match built {
        Ok(app) => ExitCode::from(u8::try_from(app.run_return(goes_on)).unwrap_or(1)),
        Err(error) => refuse(&error.to_string()),
    }
}

/// What happens around the window. However the application ends, the vault is locked and nothing stays in the clear.
fn goes_on(app: &AppHandle, event: RunEvent) {
    match event {
        RunEvent::Exit => {
            let desk = app.state::<Desk>();
            desk.running().stop_all();
            desk.lock(app);
        }
        #[cfg(target_os = "macos")]
        RunEvent::Reopen { .. } => tray::show(app),
        _ => {}
    }
}

/// The window shows the application's own page, and nothing that a file dropped beside its place or a link would put there.
fn stays() -> TauriPlugin<Wry> {
    tauri::plugin::Builder::new("stays").on_navigation(|_, url| is_own(url)).build()
}

/// Whether this is the application's own page: under its own scheme, or on Windows and Android at a host of its own.
fn is_own(url: &Url) -> bool {
    match url.scheme() {
        "tauri" => url.host_str() == Some("localhost"),
        "http" | "https" => cfg!(windows) && url.host_str() == Some("tauri.localhost") && url.port().is_none(),
        "about" => url.path() == "blank",
        _ => false,
    }
}

/// Every command: those of the bindings, and the one that takes bare bytes.
fn asked(described: impl Fn(Invoke) -> bool) -> impl Fn(Invoke) -> bool {
    let bare: fn(Invoke) -> bool = tauri::generate_handler![commands::files::file_piece];
    move |invoke| if invoke.message.command() == "file_piece" { bare(invoke) } else { described(invoke) }
}

/// Puts the desk where the commands find it, and watches over it.
fn start(app: &mut App, home: PathBuf, practice: PathBuf) {
    let (home, practice) = (Profile::at(home), Profile::at(practice));
    // What cannot be taken away lies in a private folder until the next time.
    let _ = (home.sweep(), akkoord_office::practice::leave(&practice));
    let desk = Desk::new(home, practice);
    app.manage(desk.clone());
    // Some desktops have no place beside the clock: then closing the window ends the application.
    let _ = tray::place(app, &words::language());
    // A page that cannot be watched is as good as any until it goes.
    let _ = page::revive(app);
    idle::watch(app.handle().clone(), desk.clone());
    remind::watch(app.handle().clone(), desk.clone());
    chores::watch(app.handle().clone(), desk.clone());
    screen::watch(app.handle().clone(), desk);
}

/// What the window remembers of itself: its place, size and whether it fills the screen; not that it was hidden.
fn remembered() -> StateFlags {
    StateFlags::SIZE | StateFlags::POSITION | StateFlags::MAXIMIZED
}

/// The folders of the business's own vault and of the practice vault.
fn profiles() -> Option<(PathBuf, PathBuf)> {
    let named = std::env::var_os("AKKOORD_PROFILE").filter(|value| !value.is_empty()).map(PathBuf::from);
    let home = named.or_else(usual)?;
    let mut practice = home.clone().into_os_string();
    practice.push("-practice");
    Some((home, practice.into()))
}

/// The folder of the business's own vault where none was named.
fn usual() -> Option<PathBuf> {
    directories::ProjectDirs::from("eu", "", "akkoord").map(|dirs| dirs.data_dir().to_owned())
}

#[expect(clippy::print_stderr, reason = "there is no window to say it in")]
fn refuse(why: &str) -> ExitCode {
    eprintln!("Akkoord: het venster gaat niet open / the window cannot be opened: {why}");
    ExitCode::FAILURE
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_window_shows_the_applications_own_page_only() {
        let own = |url: &str| is_own(&url.parse().unwrap());
        for url in ["tauri://localhost", "tauri://localhost/index.html", "about:blank"] {
            assert!(own(url), "{url}");
        }
        assert_eq!(own("http://tauri.localhost/"), cfg!(windows));
        for url in [
            "https://example.be/",
            "http://localhost/",
            "http://tauri.localhost.example.be/",
            "http://tauri.localhost:8080/",
            "tauri://example.be/",
            "file:///home/an/klanten.pdf",
            "data:text/html,x",
            "blob:tauri://localhost/1",
            "about:srcdoc",
        ] {
            assert!(!own(url), "{url}");
        }
    }
}
