//! A window with nothing in it: what the system alone takes for one, for the bench to compare with.

fn main() -> tauri::Result<()> {
    tauri::Builder::default().run(tauri::generate_context!("tests/window/empty/tauri.conf.json"))
}
