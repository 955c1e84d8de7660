//! Programs that stories start: a server, a keychain. Nothing stands in for them.

/// Whether a story can do with what this computer has. On Linux `cargo xtask test` installs all of it, so that what is missing there
/// fails the story; elsewhere it is left out, and says so.
#[expect(clippy::print_stderr, reason = "a test that was left out should say so")]
pub(crate) fn possible(missing: Option<&str>) -> bool {
    let Some(what) = missing else { return true };
    assert_ne!(
        std::env::consts::OS,
        "linux",
        "this computer has no {what}, and a story needs it: `cargo xtask test` installs all that stories need"
    );
    eprintln!("left out: no {what} on this computer");
    false
}
