//! axe-core's judgement of the screen that the window shows: rules of accessibility that a program can decide.

use std::path::Path;

use serde_json::{Value, json};

use crate::window::Window;

/// Runs in the page through the driver, so past the page's own policy; calls back with the findings.
const RUN: &str = "
const done = arguments[arguments.length - 1];
const options = { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'], resultTypes: ['violations'] };
axe.run(document, options).then(
  (results) => done(results.violations.map((one) => ({ id: one.id, help: one.help, nodes: one.nodes.map((node) => node.html.slice(0, 300) + ' — ' + node.failureSummary) }))),
  (error) => done([{ id: 'axe', help: String(error), nodes: [] }]),
);";

impl Window<'_> {
    /// Fails with every finding of axe-core on what is shown now.
    #[track_caller]
    pub(crate) fn is_accessible(&self) {
        let found = self.barriers();
        assert!(found.is_empty(), "axe-core finds:\n{}", found.join("\n"));
    }

    /// Every finding of axe-core on what is shown now.
    pub(crate) fn barriers(&self) -> Vec<String> {
        if self.ask("return typeof axe") != json!("object") {
            let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../ui/node_modules/axe-core/axe.min.js");
            let axe = std::fs::read_to_string(path).expect("axe-core is among the page's packages");
            self.driver.script(&axe, &[]).expect("axe-core can be put into the page");
        }
        let found = self.driver.later(RUN, &[]).expect("axe-core answers");
        found.as_array().expect("a list").iter().map(tell).collect()
    }
}

fn tell(finding: &Value) -> String {
    let nodes = finding["nodes"].as_array().map(Vec::as_slice).unwrap_or_default();
    let nodes: Vec<&str> = nodes.iter().filter_map(Value::as_str).collect();
    format!("{}: {}\n    {}", finding["id"], finding["help"], nodes.join("\n    "))
}
