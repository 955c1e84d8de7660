//! Files on their way in: the page sends them in pieces, the vault takes what is in them, and nothing of them stays.

use serde_json::json;

use crate::first_start::starts;
use crate::patience::until;
use crate::world::{Keychain, World};

/// Sends a file as the page does, then imports it: what the preview and the import say, and how often the page heard how far
/// it is.
const IMPORT: &str = r"
const [text, done] = arguments;
const { invoke, transformCallback } = window.__TAURI_INTERNALS__;
const bytes = new TextEncoder().encode(text);
const piece = 1 << 20;
let heard = 0;
const steps = () => '__CHANNEL__:' + transformCallback(() => (heard += 1));
const story = async () => {
  const file = await invoke('file_begin', { name: 'klanten.csv', bytes: bytes.length, meant: 'import' });
  for (let at = 0; at < bytes.length; at += piece)
    await invoke('file_piece', bytes.slice(at, at + piece), { headers: { file } });
  await invoke('file_done', { file });
  const plan = { file, format: null, encoding: null, delimiter: null, sheet: null, mapping: null, unmapped: false, columns: [], with: [], without: [], private: false, origin: 'self', on_duplicate: 'merge' };
  const preview = await invoke('import_preview', { plan, steps: steps() });
  const report = await invoke('import_run', { plan, steps: steps() });
  const rejected = await invoke('import_rejected', { id: report.output.import_id, file });
  await invoke('file_forget', { file });
  const gone = await invoke('import_preview', { plan, steps: steps() }).catch((refusal) => refusal.code);
  const practice = await invoke('practice_open', { language: 'nl' });
  const own = await invoke('practice_close');
  return { preview, report: report.output, rejected, gone, heard, practice, own };
};
story().then(done, (refusal) => done({ refusal: JSON.stringify(refusal) }));
";

#[test]
#[ignore = "needs the built window: cargo xtask test --only window"]
fn a_file_comes_in_piece_by_piece() {
    let world = World::new(Keychain::Absent);
    let window = world.open();
    starts(&window, None);
    let mut text = "Voornaam;Achternaam;E-mail;Notities\n".to_owned();
    let note = "Wil altijd eerst gebeld worden. ".repeat(50);
    for n in 0..1_500 {
        text.push_str(&format!("Annemie{n};Vandersmissen;annemie{n}@example.be;{note}\n"));
    }
    text.push_str("Bart;Vandersmissen;bart@;\n");
    assert!(text.len() > 2 << 20);
    let said = window.driver.later(IMPORT, &[json!(text)]).unwrap();
    assert_eq!(said["refusal"], json!(null), "{}", said["refusal"]);
    assert_eq!((&said["preview"]["bytes"], &said["preview"]["report"]["added"]), (&json!(text.len()), &json!(1_500)));
    assert_eq!(said["preview"]["columns"][3]["why"], "notes");
    assert_eq!((&said["report"]["added"], &said["report"]["rejected"]), (&json!(1_500), &json!(1)));
    assert_eq!((&said["rejected"]["what"], &said["gone"]), (&json!(1), &json!("not_found")));
    assert!(said["heard"].as_u64().unwrap() > 0, "nobody heard how far it is");
    assert_eq!(
        (&said["practice"]["practice"], &said["practice"]["business"]["name"]),
        (&json!(true), &json!("Ketting & Co"))
    );
    assert_eq!((&said["own"]["practice"], &said["own"]["business"]["name"]), (&json!(false), &json!("Bakkerij Jans")));
    let saved = std::path::PathBuf::from(said["rejected"]["path"].as_str().unwrap());
    assert!(std::fs::read_to_string(&saved).unwrap().contains("Bart;Vandersmissen;bart@;"), "{}", saved.display());
    std::fs::remove_file(saved).unwrap();
    drop(window);
    world.nothing_remains_of(&["Vandersmissen", "annemie7@example.be", "Wil altijd eerst gebeld worden."]);
    assert_eq!(world.runs(&["contact", "list"])["total"], 1_500);
}

#[test]
#[ignore = "needs the built window: cargo xtask test --only window"]
fn the_system_asks_where_files_go_and_the_page_names_no_path() {
    let world = World::bakery();
    let chosen = world.root().join("uit-huis");
    std::fs::create_dir(&chosen).unwrap();
    let shown = chosen.to_str().unwrap();
    let window = world.open();
    window.unlocks();
    window.goes("Instellingen");
    window.press_first("Venster");
    window.reads("Hier komt wat je voor klanten bewaart.");
    let title = "Andere map kiezen";
    let asks = || {
        window.press(title);
        let dialog = until("the system's dialog", || {
            world.windows_named(title).pop().ok_or_else(|| "There is none.".to_owned())
        });
        world.presses(&["windowfocus", "--sync", &dialog]);
    };
    let is_gone = || {
        until("the dialog goes", || {
            if world.windows_named(title).is_empty() { Ok(()) } else { Err("It is there.".to_owned()) }
        });
    };
    asks();
    world.presses(&["key", "Escape"]);
    is_gone();
    window.reads_no_more("Aangepast.");
    asks();
    world.presses(&["type", "--delay", "30", shown]);
    world.presses(&["key", "Return"]);
    is_gone();
    window.reads("Aangepast.");
    window.reads(shown);
    window.examine("settings-exports");
    window.press("Weer de gewone map");
    window.reads_no_more(shown);
    window.press("Ongedaan maken");
    window.reads(shown);
    // Whatever the page says, there is no command that takes a path.
    let named = "const { invoke } = window.__TAURI_INTERNALS__;
                 const done = arguments[arguments.length - 1];
                 invoke('exports_set', { folder: '/tmp/elders' }).then(() => done('taken'), () => done('refused'));";
    assert_eq!(window.driver.later(named, &[]).unwrap(), "refused");
    drop(window);
    let kept = std::fs::read_to_string(world.profile().join("settings.toml")).unwrap();
    assert!(kept.contains(&format!("exports = \"{shown}\"")), "{kept}");
}
