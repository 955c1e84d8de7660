//! The application started as people start it, without a driver: it forgets everything when it closes.

use std::path::Path;
use std::process::Child;
use std::time::Duration;

use crate::patience::until;
use crate::world::World;

/// The running application.
pub(crate) struct Program<'world> {
    world: &'world World,
    process: Child,
}

impl World {
    /// Starts a program by hand.
    pub(crate) fn by_hand(&self, program: &Path) -> Program<'_> {
        let mut command = self.program(program);
        let process = command.stdout(self.noise("window")).stderr(self.noise("window")).spawn().expect("it starts");
        Program { world: self, process }
    }
}

impl Program<'_> {
    /// Waits until its window is on the screen; its number there.
    #[track_caller]
    pub(crate) fn appears(&mut self) -> String {
        until("a window named Akkoord", || {
            if let Ok(Some(status)) = self.process.try_wait() {
                return Err(format!("The program ended by itself: {status}."));
            }
            self.world.windows().pop().ok_or("There is none.".to_owned())
        })
    }

    /// Closes the window with the keys that every desktop knows, and waits until the program has ended.
    #[track_caller]
    pub(crate) fn closes(&mut self) {
        let window = self.appears();
        self.world.presses(&["windowfocus", "--sync", &window]);
        // A window that has only just appeared may not hear its first keys.
        until("the program ends", || {
            self.world.presses(&["key", "alt+F4"]);
            std::thread::sleep(Duration::from_millis(500));
            match self.process.try_wait() {
                Ok(Some(status)) if status.success() => Ok(()),
                ended => Err(format!("{ended:?}")),
            }
        });
        self.world.forgets_the_application();
    }
}

impl Drop for Program<'_> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            self.world.keep();
        }
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
