//! The documents of `--json` against their published description, docs/cli.schema.json.

use std::sync::OnceLock;

use serde_json::Value;

use crate::general::commands;
use crate::world::World;

fn schema() -> &'static Value {
    static SCHEMA: OnceLock<Value> = OnceLock::new();
    SCHEMA.get_or_init(|| serde_json::from_str(include_str!("../docs/cli.schema.json")).unwrap())
}

/// Checks what a command said against the definition that bears the command's name: `contact add` is `contact_add`.
pub(crate) fn check(args: &[&str], said: &Value, done: bool) {
    let name = if done { name(args) } else { Some("error".to_owned()) };
    let Some(name) = name else { return };
    let mut faults = Vec::new();
    compare(&schema()["$defs"][&name], said, &name, &mut faults);
    assert!(faults.is_empty(), "{args:?} against docs/cli.schema.json:\n{}", faults.join("\n"));
}

/// The longest name of a definition that the arguments begin with.
fn name(args: &[&str]) -> Option<String> {
    let takes_value = |arg: &str| ["--passphrase-file", "--profile", "--wait"].contains(&arg);
    let options = args.iter().scan(false, |value, arg| {
        let option = *value || arg.starts_with('-');
        *value = takes_value(arg);
        Some(option)
    });
    let from = options.take_while(|option| *option).count();
    let words: Vec<&str> = args[from..].iter().copied().take_while(|arg| !arg.starts_with('-')).collect();
    let batch = if args.contains(&"--batch") { "_batch" } else { "" };
    let names = (1..=words.len()).rev().map(|length| words[..length].join("_").replace('-', "_") + batch);
    names.into_iter().find(|name| schema()["$defs"].get(name).is_some())
}

#[test]
fn every_command_is_described() {
    let defs = schema()["$defs"].as_object().unwrap();
    for (words, _) in commands(&World::empty()) {
        let name = words.join("_").replace('-', "_");
        assert!(defs.contains_key(&name), "docs/cli.schema.json has no definition {name}");
    }
}

/// What a definition refers to is there, and uses nothing that [`compare`] does not know.
#[test]
fn the_description_is_sound() {
    let known =
        ["type", "required", "properties", "additionalProperties", "items", "enum", "format", "$ref", "description"];
    let mut open: Vec<&Value> = schema()["$defs"].as_object().unwrap().values().collect();
    while let Some(schema) = open.pop() {
        let schema = schema.as_object().unwrap();
        assert!(schema.keys().all(|key| known.contains(&key.as_str())), "{schema:?}");
        if let Some(name) = schema.get("$ref") {
            let name = name.as_str().unwrap().strip_prefix("#/$defs/").unwrap();
            assert!(self::schema()["$defs"].get(name).is_some(), "{name}");
        }
        open.extend(["items", "additionalProperties"].into_iter().filter_map(|key| schema.get(key)));
        open.extend(schema.get("properties").and_then(Value::as_object).into_iter().flat_map(|all| all.values()));
    }
    let mut faults = Vec::new();
    let list = serde_json::json!({ "total": "1", "contacts": [{ "id": "x", "kind": "pet" }], "next": null, "more": 1 });
    compare(&self::schema()["$defs"]["contact_list"], &list, "contact_list", &mut faults);
    assert_eq!(faults.len(), 9, "{faults:#?}");
}

/// The part of JSON Schema that the description uses, and one thing more: here a key that it does not name is a fault, so that
/// nothing is said that nobody described. Other programs must expect keys to be added.
fn compare(schema: &Value, value: &Value, at: &str, faults: &mut Vec<String>) {
    if let Some(name) = schema["$ref"].as_str() {
        let name = name.strip_prefix("#/$defs/").unwrap();
        return compare(&self::schema()["$defs"][name], value, at, faults);
    }
    if let Some(kinds) = schema.get("type") {
        let kinds: Vec<&str> = kinds
            .as_array()
            .map_or(vec![kinds], |kinds| kinds.iter().collect())
            .into_iter()
            .filter_map(Value::as_str)
            .collect();
        if !kinds.iter().any(|kind| is(kind, value)) {
            return faults.push(format!("{at}: {value} is not {}", kinds.join(" or ")));
        }
    }
    if schema["enum"].as_array().is_some_and(|allowed| !allowed.contains(value)) {
        faults.push(format!("{at}: {value} is none of {}", schema["enum"]));
    }
    let format = schema["format"].as_str().zip(value.as_str());
    if let Some((format, text)) = format.filter(|(format, text)| !fits(format, text)) {
        faults.push(format!("{at}: {text} is no {format}"));
    }
    for (n, item) in value.as_array().into_iter().flatten().enumerate() {
        compare(&schema["items"], item, &format!("{at}[{n}]"), faults);
    }
    compare_keys(schema, value, at, faults);
}

fn compare_keys(schema: &Value, value: &Value, at: &str, faults: &mut Vec<String>) {
    let Some(object) = value.as_object() else { return };
    let required = schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str);
    faults.extend(required.filter(|key| !object.contains_key(*key)).map(|key| format!("{at}: no {key}")));
    for (key, value) in object {
        match schema["properties"].get(key).or(schema.get("additionalProperties")) {
            Some(schema) => compare(schema, value, &format!("{at}.{key}"), faults),
            None if schema.get("properties").is_some() => faults.push(format!("{at}: nobody described {key}")),
            None => {}
        }
    }
}

fn is(kind: &str, value: &Value) -> bool {
    match kind {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "integer" => value.is_i64() || value.is_u64(),
        "number" => value.is_number(),
        "boolean" => value.is_boolean(),
        "null" => value.is_null(),
        other => panic!("the description knows no {other}"),
    }
}

fn fits(format: &str, text: &str) -> bool {
    match format {
        "uuid" => text.parse::<uuid::Uuid>().is_ok(),
        "date" => text.parse::<chrono::NaiveDate>().is_ok(),
        "date-time" => text.len() == 25 && chrono::DateTime::parse_from_rfc3339(text).is_ok(),
        other => panic!("the description knows no {other}"),
    }
}
