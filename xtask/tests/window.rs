//! The real window on a virtual screen: it appears under its name, and a picture of it is kept in light and dark.
#![cfg(target_os = "linux")]
#![allow(clippy::expect_used, clippy::print_stdout, reason = "a test speaks and fails by these")]

use std::path::{Path, PathBuf};
use std::process::Command;

/// Waits for the window, gives the page a moment to draw, takes the picture, then ends what it started.
const LOOK: &str = r#"
"$AKKOORD_PROGRAM" & app=$!
trap 'kill $app 2>/dev/null; wait $app 2>/dev/null' EXIT
for _ in $(seq 1 300); do
  kill -0 $app 2>/dev/null || { echo "the program ended by itself" >&2; exit 1; }
  window=$(xdotool search --onlyvisible --name '^Akkoord$' 2>/dev/null | tail -n 1)
  [ -n "$window" ] && break
  sleep 0.1
done
[ -n "$window" ] || { echo "no window named Akkoord in 30 s" >&2; exit 1; }
before=
for _ in $(seq 1 100); do
  import -window "$window" "$AKKOORD_PICTURE"
  now=$(identify -format '%k %#' "$AKKOORD_PICTURE")
  # Painted, and the same twice: pictures inside the page come a moment after its text.
  [ "${now%% *}" -gt 50 ] && [ "$now" = "$before" ] && exit 0
  before=$now
  sleep 0.5
done
echo "the window stayed empty" >&2; exit 1
"#;

#[test]
#[ignore = "needs the built window and a virtual screen: cargo xtask test --only window"]
fn the_window_opens_under_its_name() {
    for (look, theme) in [("light", "Adwaita"), ("dark", "Adwaita:dark")] {
        let picture = screenshots().join(format!("about-{look}.png"));
        let _ = std::fs::remove_file(&picture);
        open(theme, &picture);
        let size = std::fs::metadata(&picture).expect("a picture was taken").len();
        assert!(size > 10_000, "the picture of {size} bytes shows nothing");
        println!("{}", picture.display());
    }
}

/// Starts the program on a screen of its own, with a home folder and a session bus of its own.
fn open(theme: &str, picture: &Path) {
    let home = target().join("window-home");
    std::fs::create_dir_all(&home).expect("a home folder");
    let status = Command::new("xvfb-run")
        .args(["--auto-servernum", "--server-args=-screen 0 1280x800x24"])
        .args(["dbus-run-session", "--", "sh", "-c", LOOK])
        .env("AKKOORD_PROGRAM", target().join("debug/akkoord"))
        .env("AKKOORD_PICTURE", picture)
        .env("GTK_THEME", theme)
        .env("HOME", &home)
        .env("XDG_DATA_HOME", home.join("data"))
        .env("XDG_CACHE_HOME", home.join("cache"))
        .env("NO_AT_BRIDGE", "1")
        .env_remove("WAYLAND_DISPLAY")
        .status()
        .expect("xvfb-run starts");
    assert!(status.success(), "the window did not show itself: {status}");
}

fn target() -> PathBuf {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), PathBuf::from)
}

fn screenshots() -> PathBuf {
    let folder = target().join("screenshots");
    std::fs::create_dir_all(&folder).expect("a folder for pictures");
    folder
}
