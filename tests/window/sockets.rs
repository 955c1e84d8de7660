//! A watch on every socket that the application and its children open.

use std::path::PathBuf;

use crate::world::{World, built};

/// The system calls by which a program reaches another.
const CALLS: &str = "trace=socket,connect,bind,listen,sendto,sendmsg,sendmmsg";

/// The application under watch.
pub(crate) struct Watch {
    /// The program to start in place of the application.
    pub(crate) program: PathBuf,
    seen: PathBuf,
    driver: PathBuf,
}

impl World {
    /// A program that starts the application under watch.
    pub(crate) fn watch(&self) -> Watch {
        let (seen, driver) = (self.root().join("calls"), self.root().join("driver"));
        let script = format!(
            "#!/bin/sh\nprintf %s \"$WEBKIT_INSPECTOR_SERVER\" >'{}'\nexec strace -D -f -qq --seccomp-bpf -e {CALLS} -o '{}' '{}'\n",
            driver.display(),
            seen.display(),
            built("akkoord").display(),
        );
        let program = self.file("watched", script);
        let may_run = std::os::unix::fs::PermissionsExt::from_mode(0o755);
        std::fs::set_permissions(&program, may_run).expect("a program");
        Watch { program, seen, driver }
    }
}

impl Watch {
    /// Fails with every call that reached for a network. The one door that WebKit opens for the driver of these
    /// stories, on this computer alone, is left out by its number.
    #[track_caller]
    pub(crate) fn nothing_was_reached(&self) {
        let calls = self.calls();
        let driver = std::fs::read_to_string(&self.driver).expect("the driver's door");
        let port = driver.rsplit(':').next().expect("its number");
        let door = format!("htons({port}), sin_addr=inet_addr(\"127.0.0.1\")");
        assert!(calls.contains(&door), "the watch saw no driver at {door}");
        let reaches = |call: &&str| call.contains("sa_family=AF_INET") || call.contains("io.systemd.Resolve");
        let reached: Vec<&str> = calls.lines().filter(reaches).filter(|call| !call.contains(&door)).collect();
        assert!(reached.is_empty(), "the network was reached for:\n{}", reached.join("\n"));
    }

    /// Fails with every socket for a network, whether it was used or not: for a session that nobody drove.
    #[track_caller]
    pub(crate) fn no_socket_was_opened(&self) {
        let calls = self.calls();
        let opened: Vec<&str> = calls.lines().filter(|call| call.contains("AF_INET")).collect();
        assert!(opened.is_empty(), "sockets:\n{}", opened.join("\n"));
    }

    /// The same for a session in which something was printed: the desktop's dialog asks this computer for its printers.
    #[track_caller]
    pub(crate) fn only_printers_were_asked_for(&self) {
        let calls = self.calls();
        let printers =
            |call: &str| call.contains("htons(631)") && (call.contains("\"::1\"") || call.contains("\"127.0.0.1\""));
        let reached = calls.lines().filter(|call| call.contains("sa_family=AF_INET") && !printers(call));
        assert_eq!(reached.collect::<Vec<_>>(), Vec::<&str>::new());
    }

    fn calls(&self) -> String {
        let calls = std::fs::read_to_string(&self.seen).expect("calls were seen");
        assert!(calls.contains("AF_UNIX"), "the watch saw nothing:\n{calls}");
        calls
    }
}
