//! `support-bundle`: what somebody who helps wants to know, without secrets.

use std::{fs::OpenOptions, io::Write as _, os::unix::fs::OpenOptionsExt as _};

use clap::Args;
use serde_json::{Map, Value, json};

use crate::{
    app::App,
    client::{Call, Client, Fed, Feed},
    clock,
    error::{Exit, Failure},
};

/// Gather what somebody who helps wants to know, without secrets, into one file
///
/// It holds the settings in use, the state of the server, the workers, the newest executions and the
/// newest events. Inputs, commands, environments, output and everything that looks like a secret are
/// left out. Look at it before you pass it on.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  pulsectl support-bundle -O bundle.json")]
pub(crate) struct SupportBundle {
    /// Where to; must not be there yet
    #[arg(short = 'O', long, value_name = "FILE")]
    out: String,
}

/// What is asked for, and under which name it goes into the file.
const PARTS: &[(&str, &str)] = &[
    ("health", "/health"),
    ("user", "/user"),
    ("server", "/server/status"),
    ("workers", "/workers?limit=500"),
    ("workflows", "/workflows"),
    ("executions", "/executions?limit=100"),
    ("prompts", "/prompts?status=open"),
];

/// Keys whose values may say more than they should.
const MASKED: &[&str] = &[
    "inputs",
    "env",
    "command",
    "script",
    "definition",
    "source",
    "meta",
    "outputs",
    "reason",
    "comment",
    "message",
    "response",
    "fields",
    "values",
    "detail",
];

impl SupportBundle {
    pub(crate) async fn run(self, app: &App) -> Result<Exit, Failure> {
        let mut bundle = Map::new();
        bundle.insert("made_at".to_owned(), clock::now().to_string().into());
        bundle.insert("pulsectl".to_owned(), env!("CARGO_PKG_VERSION").into());
        let url = app.settings.url()?;
        let from = json!({"value": url.value, "origin": url.origin});
        bundle.insert("url".to_owned(), from);
        let client = app.client()?;
        for (name, path) in PARTS {
            // What cannot be had is told in its place: the bundle is made for when things fail.
            let part = match client.get::<Value>(path).await {
                Ok(part) => masked(part),
                Err(failure) => json!({"error": failure.message, "causes": failure.causes}),
            };
            bundle.insert((*name).to_owned(), part);
        }
        bundle.insert("events".to_owned(), newest_events(&client).await);
        self.write(&Value::Object(bundle))?;
        app.ui.data(&self.out)?;
        app.ui.say("look at it before you pass it on");
        Ok(Exit::OK)
    }

    fn write(&self, bundle: &Value) -> Result<(), Failure> {
        let failed = |error: std::io::Error| {
            Failure::usage(format!("could not write {}", self.out)).because(&error)
        };
        let mut options = OpenOptions::new();
        let options = options.write(true).create_new(true).mode(0o600);
        let mut file = options.open(&self.out).map_err(failed)?;
        writeln!(file, "{bundle:#}").map_err(failed)
    }
}

async fn newest_events(client: &Client) -> Value {
    let mut feed = Feed::until_now(client, Call::get("/events").query("tail", "300"));
    let mut events = Vec::new();
    loop {
        match feed.next().await {
            Ok(Fed::Event(event)) => {
                events.push(masked(serde_json::to_value(&event).unwrap_or_default()));
            }
            Ok(Fed::Lost | Fed::Back) => {}
            Ok(Fed::End) => return Value::Array(events),
            Err(failure) => return json!({"error": failure.message}),
        }
    }
}

/// The same without what may be secret.
fn masked(value: Value) -> Value {
    match value {
        Value::Object(fields) => {
            let fields = fields.into_iter().map(|(key, value)| {
                let is_secret = MASKED.contains(&key.as_str()) || looks_secret(&key);
                let kept = value.is_null() || value.is_boolean() || !is_secret;
                let value = if kept { masked(value) } else { "***".into() };
                (key, value)
            });
            Value::Object(fields.collect())
        }
        Value::Array(items) => Value::Array(items.into_iter().map(masked).collect()),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => value,
    }
}

fn looks_secret(key: &str) -> bool {
    let key = key.to_lowercase();
    [
        "token",
        "secret",
        "password",
        "credential",
        "private",
        "cookie",
    ]
    .iter()
    .any(|word| key.contains(word) && !key.ends_with("_at"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_may_be_secret_is_masked_wherever_it_is() {
        let bundle = masked(json!({
            "items": [{"name": "web-1", "inputs": {"password": "x"}, "api_token": "y",
                "token_expires_at": "2026-01-01", "labels": {"db_password": "z"}, "command": null}],
        }));

        assert_eq!(
            bundle,
            json!({"items": [{"name": "web-1", "inputs": "***", "api_token": "***",
                "token_expires_at": "2026-01-01", "labels": {"db_password": "***"}, "command": null}]})
        );
    }
}
