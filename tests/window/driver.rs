//! The W3C WebDriver protocol, as far as the stories speak it, to the system's own driver for WebKit.

use std::net::TcpListener;
use std::process::{Child, Command};
use std::time::Duration;

use serde_json::{Value, json};

use crate::patience::until;

/// The name under which the protocol hands over an element.
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";

/// A running driver with one session: the application's window.
pub(crate) struct Driver {
    agent: ureq::Agent,
    session: String,
    process: Child,
}

/// What the driver would not do: the protocol's code and the driver's words.
#[derive(Debug)]
pub(crate) struct Refusal {
    pub(crate) code: String,
    pub(crate) words: String,
}

/// An element of the page, by the number that the driver gave it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Element(String);

impl Driver {
    /// Starts the driver in the environment that `command` describes, and lets it open `program`.
    pub(crate) fn start(mut command: Command, program: &str) -> Self {
        let port = free_port();
        let process = command.arg(format!("--port={port}")).spawn().expect("WebKitWebDriver starts");
        let config = ureq::Agent::config_builder().http_status_as_error(false);
        let agent = config.timeout_global(Some(Duration::from_secs(120))).build().new_agent();
        let mut driver = Self { agent, session: format!("http://127.0.0.1:{port}"), process };
        until("the driver answers", || driver.get("/status").map_err(|refusal| refusal.words));
        let options = json!({ "binary": program, "args": [] });
        let wanted = json!({ "capabilities": { "alwaysMatch": { "webkitgtk:browserOptions": options } } });
        let made = driver.post("/session", &wanted).expect("the window opens for the driver");
        let id = made["sessionId"].as_str().expect("a session has a name");
        driver.session = format!("{}/session/{id}", driver.session);
        driver
    }

    /// Ends the session, and the application with it.
    pub(crate) fn end(&mut self) {
        let _ = self.answer(self.agent.delete(&self.session).call());
        let _ = self.process.kill();
        let _ = self.process.wait();
    }

    pub(crate) fn get(&self, path: &str) -> Result<Value, Refusal> {
        self.answer(self.agent.get(format!("{}{path}", self.session)).call())
    }

    pub(crate) fn post(&self, path: &str, body: &Value) -> Result<Value, Refusal> {
        self.answer(self.agent.post(format!("{}{path}", self.session)).send_json(body))
    }

    /// Runs a script in the page; `arguments` may hold elements.
    pub(crate) fn script(&self, script: &str, arguments: &[Value]) -> Result<Value, Refusal> {
        self.post("/execute/sync", &json!({ "script": script, "args": arguments }))
    }

    /// The same for a script that answers later, by calling its last argument.
    pub(crate) fn later(&self, script: &str, arguments: &[Value]) -> Result<Value, Refusal> {
        self.post("/execute/async", &json!({ "script": script, "args": arguments }))
    }

    /// Clicks in the middle of an element, as a mouse does: what lies above it is in the way.
    pub(crate) fn click(&self, element: &Element) -> Result<(), Refusal> {
        self.post(&format!("/element/{}/click", element.0), &json!({})).map(|_| ())
    }

    /// Gives the paths of files to a field for files.
    pub(crate) fn give(&self, element: &Element, path: &str) -> Result<(), Refusal> {
        self.post(&format!("/element/{}/value", element.0), &json!({ "text": path })).map(|_| ())
    }

    /// Presses keys together, wherever the focus is, and lets them go in reverse.
    pub(crate) fn chord(&self, keys: &[char]) -> Result<(), Refusal> {
        let down = keys.iter().map(|key| json!({ "type": "keyDown", "value": key }));
        let up = keys.iter().rev().map(|key| json!({ "type": "keyUp", "value": key }));
        self.keyboard(down.chain(up).collect())
    }

    /// Presses one key after the other, wherever the focus is.
    pub(crate) fn types(&self, text: &str) -> Result<(), Refusal> {
        let stroke = |key| [json!({ "type": "keyDown", "value": key }), json!({ "type": "keyUp", "value": key })];
        self.keyboard(text.chars().flat_map(stroke).collect())
    }

    fn keyboard(&self, actions: Vec<Value>) -> Result<(), Refusal> {
        let keyboard = json!({ "type": "key", "id": "keyboard", "actions": actions });
        self.post("/actions", &json!({ "actions": [keyboard] })).map(|_| ())
    }

    fn answer(&self, answer: Result<ureq::http::Response<ureq::Body>, ureq::Error>) -> Result<Value, Refusal> {
        let lost = |error: ureq::Error| Refusal { code: "lost".to_owned(), words: error.to_string() };
        let mut answer = answer.map_err(lost)?;
        let mut value: Value = answer.body_mut().read_json().map_err(lost)?;
        let value = value["value"].take();
        let text = |key: &str| value[key].as_str().unwrap_or_default().to_owned();
        if answer.status().is_success() {
            return Ok(value);
        }
        Err(Refusal { code: text("error"), words: text("message") })
    }
}

impl Element {
    /// The element in what a script gave back.
    pub(crate) fn of(value: &Value) -> Option<Self> {
        value[ELEMENT].as_str().map(|id| Self(id.to_owned()))
    }

    /// The element as an argument of a script.
    pub(crate) fn argument(&self) -> Value {
        json!({ ELEMENT: self.0 })
    }
}

/// A port that nobody listens on.
fn free_port() -> u16 {
    let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a port");
    listener.local_addr().expect("its number").port()
}
