//! Desktop sessions for stories about the keychain: a real gnome-keyring on a private session bus.

use std::fs::File;
use std::process::Command;

use crate::missing;
use crate::world::{Answer, World};

/// A session that somebody signed in to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Session {
    /// The keychain is open; the first time this makes one.
    Unlocked,
    /// The keychain is there and locked. On a computer where none was ever made, it has nowhere to keep anything.
    Locked,
    /// The keychain was wiped before somebody signed in.
    Wiped,
}

const UNLOCK: &str = "printf pass | gnome-keyring-daemon --unlock --components=secrets >&2";
const START: &str = "gnome-keyring-daemon --start --components=secrets >&2";
/// The keychain goes to the background before it has its name on the bus; the bus would start another for whoever asked early.
const HEARD: &str = "gdbus wait --session --timeout 60 org.freedesktop.secrets";

/// Whether this computer can give such sessions.
pub(crate) fn possible() -> bool {
    let there = |program: &&str| Command::new(program).arg("--version").output().is_ok();
    missing::possible(["dbus-run-session", "gnome-keyring-daemon"].into_iter().find(|program| !there(program)))
}

impl World {
    /// Runs a command with `--json` in such a session. No passphrase is given but what `args` says.
    pub(crate) fn in_session(&self, session: Session, args: &[&str]) -> Answer {
        let run = self.root().join("run");
        std::fs::create_dir_all(&run).unwrap();
        // A keychain that is still dying with the session before would answer in the new one's place.
        let _ = std::fs::remove_dir_all(run.join("keyring"));
        let setup = match session {
            Session::Unlocked => UNLOCK.to_owned(),
            Session::Locked => START.to_owned(),
            Session::Wiped => format!("rm -rf \"$HOME/.local/share/keyrings\"; {UNLOCK}"),
        };
        let mut command = Command::new("dbus-run-session");
        self.at_home(&mut command);
        let script = format!("({setup}; {HEARD}) 2>&1 >/dev/null\nexec \"$0\" --json \"$@\" >said 2>heard");
        command.args(["--", "sh", "-c", &script, env!("CARGO_BIN_EXE_akkoord-cli")]).args(args);
        // Into files: a keychain that the dying bus still started would keep a pipe open for ever.
        let noise = File::create(run.join("noise")).unwrap();
        command.env("XDG_RUNTIME_DIR", &run).current_dir(&run).stdout(noise.try_clone().unwrap()).stderr(noise);
        let status = command.status().unwrap();
        let text = |name: &str| std::fs::read_to_string(run.join(name)).unwrap_or_default();
        Answer { exit: status.code().unwrap_or(-1), stdout: text("said"), stderr: text("heard") }
    }
}
