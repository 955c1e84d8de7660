//! The program `akkoord`: opens the window.
#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

fn main() -> std::process::ExitCode {
    akkoord_desktop::run()
}
