//! What the operating system keeps of this program's memory.

/// Lets no crash of this program, nor of those it starts, write its memory to the disk: keys are in it. First thing in every program.
pub fn never_dumped() {
    #[cfg(unix)]
    {
        use rustix::process::{Resource, Rlimit, setrlimit};
        // A system that does not allow even less keeps what it has.
        let _ = setrlimit(Resource::Core, Rlimit { current: Some(0), maximum: Some(0) });
    }
}
