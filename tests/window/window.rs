//! The real window, used as a person uses it: by what is written on things, with mouse and keyboard.

use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use crate::driver::{Driver, Element, Refusal};
use crate::patience::until;
use crate::world::{Look, Size, World, built, target};

/// What can be pressed.
const BUTTONS: &[&str] = &["button", "link", "tab", "menuitem", "menuitemradio", "option", "switch"];
/// What can be chosen among others.
const CHOICES: &[&str] = &["radio", "checkbox", "option", "switch", "menuitemradio", "menuitemcheckbox"];
/// What can be written in.
const FIELDS: &[&str] = &["textbox", "searchbox", "combobox", "spinbutton"];

/// A window that the driver opened.
pub(crate) struct Window<'world> {
    pub(crate) world: &'world World,
    pub(crate) driver: Driver,
    pub(crate) look: Look,
}

impl World {
    /// Starts the application in the light, at the usual size.
    pub(crate) fn open(&self) -> Window<'_> {
        self.open_looking(Look::LIGHT)
    }

    /// Starts the application on a desktop that looks so.
    pub(crate) fn open_looking(&self, look: Look) -> Window<'_> {
        self.open_program(look, &built("akkoord"))
    }

    /// Starts this program as the application.
    pub(crate) fn open_program(&self, look: Look, program: &Path) -> Window<'_> {
        let mut command = self.program("WebKitWebDriver");
        command.env("GTK_THEME", if look.dark { "Adwaita:dark" } else { "Adwaita" });
        // Tauri lets itself be driven only where these say so.
        command.env("TAURI_AUTOMATION", "true").env("TAURI_WEBVIEW_AUTOMATION", "true");
        command.stdout(self.noise("window")).stderr(self.noise("window"));
        let driver = Driver::start(command, &program.to_string_lossy());
        let window = Window { world: self, driver, look };
        window.resize(look.size);
        window
    }
}

impl Window<'_> {
    /// Makes the window this large.
    pub(crate) fn resize(&self, size: Size) {
        let rect = json!({ "x": 0, "y": 0, "width": size.0, "height": size.1 });
        until("the window takes its size", || {
            self.driver.post("/window/rect", &rect).map_err(said)?;
            let inner = self.ask("return [innerWidth, innerHeight]");
            if inner == json!([size.0, size.1]) { Ok(()) } else { Err(format!("It is {inner}.")) }
        });
    }

    /// Waits until this screen is there and has its data.
    #[track_caller]
    pub(crate) fn shows(&self, screen: &str) {
        until(&format!("the screen `{screen}`"), || {
            let script = "return [...document.querySelectorAll('[data-screen]')].map((one) => one.dataset.screen + (one.dataset.ready === 'true' ? '' : ' (not ready)'))";
            let there = self.driver.script(script, &[]).map_err(said)?;
            let found = there.as_array().is_some_and(|there| there.iter().any(|one| one == screen));
            if found { Ok(()) } else { Err(format!("There is {there}.")) }
        });
    }

    /// Waits until these words can be read.
    #[track_caller]
    pub(crate) fn reads(&self, words: &str) {
        until(&format!("the words “{words}”"), || {
            let text = self.driver.script("return document.body.innerText", &[]).map_err(said)?;
            let text = squash(text.as_str().unwrap_or_default());
            if text.contains(&squash(words)) { Ok(()) } else { Err(format!("There is: {text}")) }
        });
    }

    /// Waits until these words cannot be read any more.
    #[track_caller]
    pub(crate) fn reads_no_more(&self, words: &str) {
        until(&format!("the words “{words}” to go"), || {
            let text = self.text();
            if text.contains(&squash(words)) { Err(format!("There is: {text}")) } else { Ok(()) }
        });
    }

    /// Waits until the field or list box of this name shows these words.
    #[track_caller]
    pub(crate) fn holds(&self, name: &str, words: &str) {
        let script = "const [one] = arguments; return one.selectedOptions?.[0]?.label ?? one.value";
        self.act(&[FIELDS, &["listbox"]].concat(), name, |element| {
            let held = self.driver.script(script, &[element.argument()])?;
            let held = held.as_str().unwrap_or_default().trim();
            let other = Refusal { code: "other words".to_owned(), words: format!("{name} shows “{held}”.") };
            if held == words { Ok(()) } else { Err(other) }
        });
    }

    /// The file that is said to have been made last.
    #[track_caller]
    pub(crate) fn saved(&self) -> PathBuf {
        let path = self.ask("return [...document.querySelectorAll('[data-path]')].at(-1).dataset.path");
        path.as_str().expect("a path").into()
    }

    /// All that can be read now, its white squashed.
    pub(crate) fn text(&self) -> String {
        squash(self.ask("return document.body.innerText").as_str().unwrap_or_default())
    }

    /// Presses the button, link or tab of this name.
    #[track_caller]
    pub(crate) fn press(&self, name: &str) {
        self.act(BUTTONS, name, |element| self.driver.click(element));
    }

    /// Presses the first of several that do the same.
    #[track_caller]
    pub(crate) fn press_first(&self, name: &str) {
        let arguments = [json!(BUTTONS), json!(name)];
        until(&format!("“{name}” among {BUTTONS:?}"), || {
            let found = self.driver.script(include_str!("find.js"), &arguments).map_err(said)?;
            let first = Element::of(&found["found"][0]).ok_or_else(|| format!("There is {}.", found["there"]))?;
            self.driver.click(&first).map_err(said)
        });
    }

    /// Waits until everything that is on the screen has its data.
    #[track_caller]
    pub(crate) fn settles(&self) {
        until("everything ready", || {
            let script = "return [...document.querySelectorAll('[data-ready=false], [aria-busy=true]')].map((one) => one.dataset.screen ?? one.className)";
            let waiting = self.driver.script(script, &[]).map_err(said)?;
            if waiting == json!([]) { Ok(()) } else { Err(format!("{waiting} is not ready.")) }
        });
    }

    /// Waits until no dialog is open.
    #[track_caller]
    pub(crate) fn closes_dialogs(&self) {
        until("no dialog", || match self.ask("return document.querySelectorAll('dialog[open]').length").as_u64() {
            Some(0) => Ok(()),
            _ => Err(self.text()),
        });
    }

    /// Goes to a screen by the menu.
    #[track_caller]
    pub(crate) fn goes(&self, name: &str) {
        self.act_within(Some("navigation"), &["link", "button"], name, |element| self.driver.click(element));
    }

    /// Chooses the answer of this name: a round or square box, or what its label covers.
    #[track_caller]
    pub(crate) fn choose(&self, name: &str) {
        self.act(CHOICES, name, |element| {
            let label = self.driver.script("return arguments[0].labels?.[0] ?? arguments[0]", &[element.argument()])?;
            self.driver.click(&Element::of(&label).unwrap_or_else(|| element.clone()))
        });
    }

    /// Writes into the field of this name, over what stood there.
    #[track_caller]
    pub(crate) fn write(&self, name: &str, text: &str) {
        self.act(FIELDS, name, |element| {
            self.driver.script("arguments[0].focus(); arguments[0].select?.()", &[element.argument()])?;
            self.driver.types(if text.is_empty() { "\u{E017}" } else { text })
        });
    }

    /// Chooses an option in the list box of this name.
    #[track_caller]
    pub(crate) fn select(&self, list: &str, option: &str) {
        self.act(&["combobox", "listbox"], list, |element| {
            let script = "return [...arguments[0].options].find((one) => one.label.trim() === arguments[1])";
            let found = self.driver.script(script, &[element.argument(), json!(option)])?;
            let there = Element::of(&found);
            let missing = Refusal { code: "no such option".to_owned(), words: format!("{list} has no {option}.") };
            self.driver.click(&there.ok_or(missing)?)
        });
    }

    /// Gives a file to the field for files of this name.
    #[track_caller]
    pub(crate) fn give(&self, name: &str, file: &Path) {
        self.act(&["file"], name, |element| self.driver.give(element, &file.to_string_lossy()));
    }

    /// Drops a file on the thing of this name, as the page sees it when somebody does.
    #[track_caller]
    pub(crate) fn drop_file(&self, roles: &[&str], name: &str, file: &Path) {
        let bytes = std::fs::read(file).expect("the file is there");
        let file_name = file.file_name().expect("a file").to_string_lossy();
        self.act(roles, name, |element| {
            let arguments = [element.argument(), json!(file_name), json!(bytes)];
            self.driver.script(include_str!("drop.js"), &arguments).map(|_| ())
        });
    }

    /// Presses keys together, wherever the focus is: `["Control", "k"]`.
    #[track_caller]
    pub(crate) fn keys(&self, keys: &[&str]) {
        let keys: Vec<char> = keys.iter().map(|key| code(key)).collect();
        self.driver.chord(&keys).map_err(said).expect("keys can be pressed");
    }

    /// Types a text, wherever the focus is.
    #[track_caller]
    pub(crate) fn types(&self, text: &str) {
        self.driver.types(text).map_err(said).expect("keys can be pressed");
    }

    /// Where the keyboard is: role and name, as it is read out.
    pub(crate) fn focus(&self) -> String {
        self.ask(include_str!("focus.js")).as_str().unwrap_or_default().to_owned()
    }

    /// What a script gives back at once.
    #[track_caller]
    pub(crate) fn ask(&self, script: &str) -> Value {
        self.driver.script(script, &[]).map_err(said).expect("the page answers")
    }

    /// Waits until the vault is open: there is a menu of screens.
    #[track_caller]
    pub(crate) fn is_open(&self) {
        until("an open vault", || match self.count(&["navigation"], "") {
            0 => Err(format!("There is: {}", self.text())),
            _ => Ok(()),
        });
    }

    /// How many things have one of these roles and this name.
    pub(crate) fn count(&self, roles: &[&str], name: &str) -> usize {
        let found = self.driver.script(include_str!("find.js"), &[json!(roles), json!(name)]);
        found.map_or(0, |found| found["found"].as_array().map_or(0, Vec::len))
    }

    /// Finds the one thing of that name and does something to it; again while the page is still changing.
    #[track_caller]
    pub(crate) fn act(&self, roles: &[&str], name: &str, act: impl Fn(&Element) -> Result<(), Refusal>) {
        self.act_within(None, roles, name, act);
    }

    #[track_caller]
    fn act_within(
        &self,
        within: Option<&str>,
        roles: &[&str],
        name: &str,
        act: impl Fn(&Element) -> Result<(), Refusal>,
    ) {
        let arguments = [json!(roles), json!(name), json!(within)];
        until(&format!("“{name}” among {roles:?}"), || {
            let found = self.driver.script(include_str!("find.js"), &arguments).map_err(said)?;
            match found["found"].as_array().map(Vec::as_slice) {
                Some([one]) => act(&Element::of(one).ok_or("It is gone.")?).map_err(said),
                Some([]) | None => Err(format!("There is {}.", found["there"])),
                Some(many) => Err(format!("There are {} of them, among {}.", many.len(), found["there"])),
            }
        });
    }

    /// Takes a picture of what is in the window.
    pub(crate) fn photograph(&self, path: &Path) {
        let found = || self.world.windows().pop().ok_or_else(|| "There is none.".to_owned());
        let window = until("a window named Akkoord", found);
        self.world.keeps_a_picture(&window, path);
    }

    /// Keeps the words of a story that failed.
    fn keep(&self) {
        let text = self.driver.script("return document.body.innerText + '\\n\\n' + document.body.innerHTML", &[]);
        let text = text.ok().and_then(|text| text.as_str().map(str::to_owned)).unwrap_or_default();
        let _ = std::fs::write(remains("txt"), text);
    }
}

impl Drop for Window<'_> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            self.keep();
            self.world.keep();
        }
        self.driver.end();
        self.world.ends("akkoord");
        self.world.ends("empty-window");
        if !std::thread::panicking() {
            self.world.forgets_the_application();
        }
    }
}

impl World {
    /// Keeps a picture of what is in this window.
    pub(crate) fn keeps_a_picture(&self, window: &str, path: &Path) {
        let taken = self.program("import").args(["-window", window]).arg(path).status().expect("import starts");
        assert!(taken.success(), "no picture of {window}");
    }

    /// Keeps a picture of the screen of a story that failed, and what the application said.
    pub(crate) fn keep(&self) {
        let _ = self.program("import").args(["-window", "root"]).arg(remains("png")).status();
        let _ = std::fs::copy(self.root().join("window.log"), remains("log"));
    }
}

/// Where something of the story that runs here is kept.
fn remains(ending: &str) -> PathBuf {
    let story = std::thread::current().name().unwrap_or("story").replace("::", "-");
    folder("stories").join(format!("{story}.{ending}"))
}

/// A folder of that name for what tests leave behind.
pub(crate) fn folder(name: &str) -> PathBuf {
    let folder = target().join(name);
    std::fs::create_dir_all(&folder).expect("a folder");
    folder
}

fn said(refusal: Refusal) -> String {
    format!("{}: {}", refusal.code, refusal.words)
}

fn squash(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The character by which the protocol knows a key.
fn code(key: &str) -> char {
    match key {
        "Enter" => '\u{E007}',
        "Tab" => '\u{E004}',
        "Shift" => '\u{E008}',
        "Control" => '\u{E009}',
        "Alt" => '\u{E00A}',
        "Escape" => '\u{E00C}',
        "Space" => ' ',
        "PageUp" => '\u{E00E}',
        "PageDown" => '\u{E00F}',
        "End" => '\u{E010}',
        "Home" => '\u{E011}',
        "Left" => '\u{E012}',
        "Up" => '\u{E013}',
        "Right" => '\u{E014}',
        "Down" => '\u{E015}',
        "Backspace" => '\u{E003}',
        "Delete" => '\u{E017}',
        other => other.chars().next().expect("a key"),
    }
}
