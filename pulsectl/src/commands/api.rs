//! `api`: any call of the server, with the token and the retries of every other command.

use std::{fs, io::Read as _};

use clap::Args;
use futures_util::StreamExt as _;
use reqwest::Method;
use serde_json::Value;

use crate::{
    app::App,
    client::{Call, read_json},
    error::{Exit, Failure, Kind},
    ui::Passing,
};

/// Call the server directly
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  pulsectl api GET /workers?status=online
  pulsectl api GET /user --jq .username
  pulsectl api POST /executions -d '{\"workflow\": \"backup\"}'
  pulsectl api PUT /workflows/backup -d @backup.yaml --content-type application/yaml")]
pub(crate) struct Api {
    /// GET, POST, PUT, PATCH or DELETE
    method: String,
    /// Path below /api/v1, or from the root with /api/…, /health or /metrics
    path: String,
    /// The body; @FILE reads it from a file, @- from stdin
    #[arg(short, long, value_name = "BODY")]
    data: Option<String>,
    /// Media type of the body
    #[arg(long, value_name = "TYPE", default_value = "application/json")]
    content_type: String,
    /// Fetch every page of a list, as one answer
    #[arg(long, conflicts_with = "data")]
    paginate: bool,
    /// Start at most one change for this key
    #[arg(long, value_name = "KEY")]
    idempotency_key: Option<String>,
}

impl Api {
    pub(crate) async fn run(self, app: &App) -> Result<Exit, Failure> {
        let method: Method = self
            .method
            .to_uppercase()
            .parse()
            .map_err(|_| Failure::usage(format!("`{}` is no HTTP method", self.method)))?;
        let path = if self.path.starts_with('/') {
            self.path.clone()
        } else {
            format!("/{}", self.path)
        };
        let is_root = ["/api/", "/health", "/metrics", "/docs"]
            .iter()
            .any(|root| path.starts_with(root));
        let full = if is_root {
            path
        } else {
            format!("/api/v1{path}")
        };
        let mut call = Call::at(method, full)
            .key(self.idempotency_key.as_deref())
            .unhurried();
        if let Some(data) = &self.data {
            call = call.body(&self.content_type, read(data)?);
        }
        if self.paginate {
            return pages(app, call).await;
        }
        let client = app.client()?;
        let response = client.send(&call).await?;
        if app.ui.reshapes() {
            return reshaped(app, response).await;
        }
        let mut body = response.bytes_stream();
        let (mut passing, mut last) = (Passing::new(&app.ui), None);
        while let Some(chunk) = body.next().await {
            let chunk = chunk.map_err(|error| {
                if error.is_timeout() && client.deadline().is_some() {
                    return Failure::new(Kind::WaitedTooLong, "the answer had no end in time");
                }
                Failure::general("the answer broke off").because(&error)
            })?;
            last = chunk.last().copied().or(last);
            passing.pass(pulse_api::status::Stream::Stdout, &chunk)?;
        }
        passing.end()?;
        if app.ui.stdout_tty && last.is_some_and(|byte| byte != b'\n') {
            app.ui.data("")?;
        }
        Ok(Exit::OK)
    }
}

/// Prints what `--jq`, `--format` or `-o` make of the answer.
async fn reshaped(app: &App, response: reqwest::Response) -> Result<Exit, Failure> {
    let is_json = response
        .headers()
        .get(reqwest::header::CONTENT_TYPE)
        .and_then(|kind| kind.to_str().ok())
        .is_some_and(|kind| kind.contains("json"));
    if !is_json && response.status() != reqwest::StatusCode::NO_CONTENT {
        return Err(Failure::usage("the answer is no JSON")
            .hint("leave out --jq, --format and -o to have it as it is"));
    }
    let answer: Value = read_json(response).await?;
    if !answer.is_null() {
        app.ui.bare(&answer)?;
    }
    Ok(Exit::OK)
}

/// Prints all items of a list, from page to page.
async fn pages(app: &App, call: Call) -> Result<Exit, Failure> {
    let items: Vec<Value> = app.client()?.list(call, None).await.map_err(|failure| {
        if failure.kind == Kind::General {
            failure.hint("only lists have pages; leave out --paginate")
        } else {
            failure
        }
    })?;
    let all = serde_json::json!({"items": items, "next_cursor": null});
    app.ui.structured(&all)?;
    Ok(Exit::OK)
}

fn read(data: &str) -> Result<Vec<u8>, Failure> {
    let Some(path) = data.strip_prefix('@') else {
        return Ok(data.as_bytes().to_vec());
    };
    let failed =
        |error: std::io::Error| Failure::usage(format!("could not read {path}")).because(&error);
    if path != "-" {
        return fs::read(path).map_err(failed);
    }
    let mut bytes = Vec::new();
    std::io::stdin()
        .lock()
        .read_to_end(&mut bytes)
        .map_err(failed)?;
    Ok(bytes)
}
