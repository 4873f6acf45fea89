//! Nothing that others have written steers the terminal, whatever command shows it.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
    sync::Mutex,
    thread,
};

use serde_json::{Value, json};

use super::{
    fake::{Answer, EXECUTION_ID, Fake, begin, end, execution, prompt_view, user, worker},
    pty::Terminal,
};

/// A title, a cleared screen, a bell, both forms of a sequence, an overwritten line, a text backwards.
const HOSTILE: &str = "\u{1b}]0;owned\u{7}\u{1b}[2J\u{7}\u{9b}2Jx\ry\u{8}\u{202e}\u{1b}[8mz\u{85}";

/// The fields that hold what somebody has written.
const FREE: &[&str] = &[
    "name",
    "step_name",
    "started_by",
    "reason",
    "message",
    "detail",
    "comment",
    "region",
    "host",
    "version",
    "username",
    "display_name",
    "actor",
    "action",
    "subject",
    "description",
    "created_by",
    "workflow",
    "worker",
    "text",
    "code",
    "asked_by",
    "last_error",
    "outcome",
    "options",
    "groups",
    "hosts",
    "answered_by",
    "response",
    "title",
    "hint",
    "step",
];

/// The same with something hostile in whatever somebody has written.
fn hostile(value: Value) -> Value {
    fn text(value: Value) -> Value {
        match value {
            Value::String(text) => Value::String(format!("{text}{HOSTILE}")),
            Value::Array(items) => Value::Array(items.into_iter().map(text).collect()),
            Value::Null => Value::String(HOSTILE.to_owned()),
            other @ (Value::Bool(_) | Value::Number(_) | Value::Object(_)) => hostile(other),
        }
    }
    match value {
        Value::Object(fields) => {
            let fields = fields.into_iter().map(|(key, value)| {
                let is_free = FREE.contains(&key.as_str());
                let value = if is_free { text(value) } else { hostile(value) };
                (key, value)
            });
            Value::Object(fields.collect())
        }
        Value::Array(items) => Value::Array(items.into_iter().map(hostile).collect()),
        other @ (Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_)) => other,
    }
}

/// An execution in which everything has happened.
fn whole() -> Value {
    let mut all = execution("failed");
    let job = json!({
        "id": EXECUTION_ID, "execution_id": EXECUTION_ID, "step": "check", "worker_id": EXECUTION_ID,
        "worker": "web-1", "status": "failed", "exit_code": null, "signal": null, "attempt": 1,
        "created_at": "2026-01-01T12:00:00Z", "started_at": null, "completed_at": null,
        "reason": "odd", "detail": "why", "output_bytes": 0, "output_sha256": null,
        "output_truncated": false
    });
    all["steps"][0]["jobs"] = json!([job]);
    all["steps"][0]["status"] = "failed".into();
    all["steps"][0]["rollout"] = json!({
        "status": "stopped", "batch": 1, "batches": [1], "hosts": ["web-1"], "detail": "why"
    });
    all["prompts"] = json!([prompt_view("open")]);
    all["reason"] = "because".into();
    all
}

fn audited() -> Value {
    json!({
        "id": 1, "at": "2026-01-01T12:00:00Z", "actor": "maria", "action": "token.create",
        "subject": "x", "detail": {"reason": "r"}, "seq": 1, "sha256": "00"
    })
}

fn event(seq: i64, name: &str, mut fields: Value) -> String {
    fields["seq"] = seq.into();
    fields["at"] = "2026-01-01T12:00:00Z".into();
    fields["event"] = name.into();
    format!("id: {seq}\nevent: {name}\ndata: {}\n\n", hostile(fields))
}

fn story() -> Vec<String> {
    let id = EXECUTION_ID;
    let job = json!({
        "job_id": id, "step": "check", "worker": "web-1", "attempt": 1, "status": "failed",
        "exit_code": 1, "reason": "odd"
    });
    vec![
        begin(),
        event(
            1,
            "step",
            json!({"step": "check", "name": "Check", "index": 0, "status": "running"}),
        ),
        event(
            2,
            "output",
            json!({"job_id": id, "step": "check", "worker": "web-1", "attempt": 1,
            "stream": "stdout", "offset": 0, "text": "out\n"}),
        ),
        event(3, "job", job),
        event(
            4,
            "step",
            json!({"step": "check", "name": "Check", "index": 0, "status": "failed",
            "reason": "odd", "detail": "why"}),
        ),
        event(
            5,
            "prompt",
            json!({"prompt": 7, "step": "ask", "status": "answered", "message": "Go?",
            "options": ["Yes"], "response": "Yes", "answered_by": "peter"}),
        ),
        end("failed", None),
    ]
}

fn happened() -> Vec<String> {
    let id = EXECUTION_ID;
    let execution = json!({"id": id, "number": 42, "workflow_id": id, "workflow": "w", "seq": 1});
    let worker = json!({"worker_id": id, "worker": "web-1", "region": "fra", "status": "online",
        "admin_state": "active"});
    vec![
        event(
            1,
            "prompt",
            json!({"execution": execution, "prompt": 7, "step": "ask", "status": "open",
            "message": "Go?", "options": ["Yes"]}),
        ),
        event(2, "worker", worker),
    ]
}

fn server() -> Fake {
    Fake::start(|request, _| {
        let path = request.path.trim_start_matches("/api/v1");
        let page = |item: Value| Answer::page(&hostile(json!([item])));
        let one = |item: Value| Answer::Json(200, hostile(item));
        let words: Vec<&str> = path.trim_start_matches('/').split('/').collect();
        match (request.method.as_str(), words.as_slice()) {
            ("GET", ["executions"]) => page(whole()),
            ("GET", ["executions", _]) => one(whole()),
            ("POST", ["executions"] | ["workers", _, "command"])
            | ("GET", ["executions", _, "events"]) => Answer::Stream(story()),
            ("GET", ["events"]) => Answer::Stream(happened()),
            ("GET", ["audit"]) => page(audited()),
            ("GET", ["workers"]) => page(worker("web-1")),
            ("GET", ["workers", _]) => one(worker("web-1")),
            ("GET", ["prompts"]) => page(prompt_view("open")),
            ("GET", ["prompts", _]) => one(prompt_view("open")),
            ("GET", ["user"]) => one(user()),
            _ => {
                let body = hostile(json!({
                    "type": "t", "status": 422, "detail": "d", "code": "invalid_body", "title": "t",
                    "errors": [{"path": "p", "message": "m"}]
                }));
                // What the program decides by is not somebody's text.
                let body = merged(body, &json!({"code": "invalid_body"}));
                Answer::Json(422, body)
            }
        }
    })
}

fn merged(mut body: Value, fields: &Value) -> Value {
    for (key, value) in fields.as_object().into_iter().flatten() {
        body[key] = value.clone();
    }
    body
}

/// The words of every command that has a manual page.
fn commands() -> BTreeSet<Vec<String>> {
    let man = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../man"));
    let pages = fs::read_dir(man).unwrap().flatten();
    let pages = pages.filter(|page| page.file_name().to_string_lossy().starts_with("pulsectl"));
    let named = pages.filter_map(|page| {
        let text = fs::read_to_string(page.path()).unwrap();
        let synopsis = text.split(".SH SYNOPSIS\n\\fBpulsectl").nth(1)?;
        let words = synopsis.split("\\fR").next()?.replace("\\-", "-");
        Some(words.split_whitespace().map(str::to_owned).collect())
    });
    named
        .filter(|words: &Vec<String>| !words.is_empty())
        .collect()
}

/// What may be given to a command of which nothing is known.
const FORMS: &[&[&str]] = &[&[], &["1", "-f"], &["1", "--", "true"]];

/// What a terminal would do more than show text in a colour.
fn steering(shown: &str) -> Option<String> {
    let bare = uncoloured(shown);
    // Progress of a command takes the place of what it was, on its own line.
    let bare = bare.replace("\r\n", "\n").replace("\r\u{1b}[K", "");
    let at = bare.char_indices().find(|(_, c)| {
        let is_bidi = matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
        (c.is_control() && !matches!(c, '\n' | '\t')) || is_bidi
    })?;
    let begin = bare[..at.0]
        .char_indices()
        .rev()
        .nth(60)
        .map_or(0, |(at, _)| at);
    Some(
        bare[begin..]
            .chars()
            .take(120)
            .collect::<String>()
            .escape_debug()
            .to_string(),
    )
}

/// The same without the choice of a colour that text is readable in.
fn uncoloured(shown: &str) -> String {
    let mut parts = shown.split("\u{1b}[");
    let mut bare = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let end = part.find(|c: char| !c.is_ascii_digit() && c != ';');
        let numbers: Vec<&str> = part[..end.unwrap_or(0)].split(';').collect();
        let is_colour = end.is_some_and(|end| part[end..].starts_with('m'))
            && (matches!(numbers[..], ["38", "5", _])
                || !numbers
                    .iter()
                    .any(|it| matches!(*it, "5" | "7" | "8" | "40" | "41")));
        if let Some(end) = end.filter(|_| is_colour) {
            bare.push_str(&part[end + 1..]);
        } else {
            bare.push_str("\u{1b}[");
            bare.push_str(part);
        }
    }
    bare
}

#[test]
fn nothing_that_a_server_says_steers_the_terminal() {
    let fake = server();
    let mut calls = Vec::new();
    for words in commands() {
        calls.extend(FORMS.iter().map(|form| {
            let own = words.iter().cloned();
            let given = form.iter().map(|word| (*word).to_owned());
            own.chain(given).collect::<Vec<String>>()
        }));
    }
    let (calls, wrong) = (Mutex::new(calls), Mutex::new(BTreeMap::new()));

    thread::scope(|scope| {
        // Most of it is waiting for ends that do not come.
        for _ in 0..16 {
            scope.spawn(|| {
                loop {
                    let Some(call) = calls.lock().unwrap().pop() else {
                        break;
                    };
                    let flags = ["--yes", "--no-input", "--no-pager", "--timeout", "600ms"];
                    let at = call
                        .iter()
                        .position(|word| word == "--")
                        .unwrap_or(call.len());
                    let mut args: Vec<&str> = call.iter().map(String::as_str).collect();
                    args.splice(at..at, flags);
                    let shown = Terminal::open(&fake, &args, "xterm").at_the_end();
                    if let Some(steers) = steering(&shown) {
                        wrong.lock().unwrap().insert(call.join(" "), steers);
                    }
                }
            });
        }
    });

    let wrong = wrong.into_inner().unwrap();
    assert!(wrong.is_empty(), "{wrong:#?}");
    // It was there to be shown.
    let shown =
        Terminal::open(&fake, &["audit", "ls", "-f", "--timeout", "1s"], "xterm").at_the_end();
    assert!(shown.contains("token.create"), "{shown}");
}
