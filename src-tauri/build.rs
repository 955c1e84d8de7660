//! Prepares the desktop build: capabilities, icons, and a folder for the page.

use std::path::Path;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    page_folder()?;
    let attributes = tauri_build::Attributes::new().capabilities_path_pattern("./src-tauri/capabilities/**/*");
    tauri_build::try_build(attributes)?;
    Ok(())
}

/// Checks need no Node: an empty folder lets the shell compile. What is given to people must hold the page.
fn page_folder() -> Result<(), Box<dyn std::error::Error>> {
    let page = Path::new("ui/dist");
    let release = std::env::var("PROFILE").is_ok_and(|profile| profile == "release");
    if release && !page.join("index.html").exists() {
        return Err("ui/dist/index.html is missing: run `npm ci` and `npm run build` in ui/ first".into());
    }
    std::fs::create_dir_all(page)?;
    Ok(())
}
