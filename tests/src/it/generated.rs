//! Files that are made from the code and kept: they are what the code would make now.

use std::{collections::BTreeMap, fs, path::Path, process::Command};

use pulse_tests::places;
use serde_json::Value;

fn output(program: &str, arguments: &[&str]) -> String {
    let mut command = Command::new(places::program(program));
    let output = command.args(arguments).env_clear().output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{program} {arguments:?}: {said}");
    String::from_utf8(output.stdout).unwrap()
}

#[track_caller]
fn is_fresh(path: &str, made: &str, how: &str) {
    let kept = places::read(path);
    assert!(
        kept == made,
        "{path} is stale; make it again: {how} > {path}"
    );
}

#[test]
fn the_table_of_states_is_fresh() {
    let made = output("pulsed", &["generate", "states"]);

    is_fresh("docs/STATES.md", &made, "pulsed generate states");
}

#[test]
fn the_description_of_the_interface_is_fresh() {
    let made = output("pulsed", &["generate", "openapi"]);

    is_fresh("docs/openapi.json", &made, "pulsed generate openapi");
}

/// Every word that a description allows in some place.
fn words<'a>(part: &'a Value, found: &mut Vec<&'a str>) {
    match part {
        Value::Object(fields) => {
            let values = fields.get("enum").and_then(Value::as_array);
            found.extend(values.into_iter().flatten().filter_map(Value::as_str));
            fields.values().for_each(|field| words(field, found));
        }
        Value::Array(items) => items.iter().for_each(|item| words(item, found)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

#[test]
fn the_description_of_the_interface_has_the_words_of_the_wire() {
    let text = places::read("docs/openapi.json");
    let description: Value = serde_json::from_str(&text).unwrap();
    let mut found = Vec::new();

    words(&description["components"], &mut found);

    for word in ["timed_out", "exit", "already_answered"] {
        assert!(found.contains(&word), "{word} is not described");
    }
    found.retain(|word| word.contains(char::is_uppercase));
    assert!(found.is_empty(), "{found:?}");
}

#[test]
fn the_schema_of_workflows_is_fresh() {
    let made = output("pulsectl", &["workflow", "schema"]);

    is_fresh(
        "docs/workflow.schema.json",
        &made,
        "pulsectl workflow schema",
    );
}

#[test]
fn the_completions_are_fresh() {
    let shells = [
        ("bash", "pulsectl.bash"),
        ("zsh", "_pulsectl"),
        ("fish", "pulsectl.fish"),
        ("elvish", "pulsectl.elv"),
        ("powershell", "_pulsectl.ps1"),
    ];
    for (shell, file) in shells {
        let made = output("pulsectl", &["completion", shell]);
        let path = format!("completions/{file}");
        is_fresh(&path, &made, &format!("pulsectl completion {shell}"));
    }
}

fn pages(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap());
    entries
        .map(|entry| {
            (
                entry.file_name().into_string().unwrap(),
                fs::read(entry.path()).unwrap(),
            )
        })
        .collect()
}

#[test]
fn the_manual_is_fresh() {
    let folder = places::new_folder("manual");
    let into = folder.to_str().unwrap();
    output("pulsectl", &["man", "--dir", into]);
    output("pulsed", &["generate", "manual", "--dir", into]);
    output("pulse-agent", &["manual", into]);
    let made = pages(&folder);
    let kept = pages(&places::checkout().join("man"));
    fs::remove_dir_all(folder).unwrap();

    let names = |pages: &BTreeMap<String, Vec<u8>>| pages.keys().cloned().collect::<Vec<_>>();
    assert_eq!(names(&kept), names(&made));
    for (name, page) in made {
        assert!(
            kept[&name] == page,
            "man/{name} is stale; make it again: script/generate"
        );
    }
}
