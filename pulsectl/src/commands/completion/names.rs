//! What things are called, for shells that complete: asked of the server, kept for a minute.
//!
//! A shell waits for this while somebody types. It answers within a moment or with nothing, and
//! never complains.

use std::{
    fs,
    hash::{DefaultHasher, Hash as _, Hasher as _},
    os::unix::fs::PermissionsExt as _,
    path::{Path, PathBuf},
    time::Duration,
};

use clap::{Args, ValueEnum};
use pulse_api::http::{
    Page, executions::ExecutionSummary, monitors::MonitorView, secrets::SecretView,
    workers::WorkerView, workflows::WorkflowView,
};

use crate::{
    app::App,
    client::Call,
    error::{Exit, Failure},
};

/// How long a shell waits.
const PATIENCE: Duration = Duration::from_millis(300);
/// How long names are taken from the file of the last time.
const FRESH: Duration = Duration::from_mins(1);

/// Print the names of things, for shell completion
#[derive(Debug, Args)]
pub(crate) struct CompleteNames {
    #[arg(value_enum)]
    kind: Kind,
}

/// What there are names of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Kind {
    Workers,
    Workflows,
    Executions,
    Secrets,
    Monitors,
}

impl Kind {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Workers => "workers",
            Self::Workflows => "workflows",
            Self::Executions => "executions",
            Self::Secrets => "secrets",
            Self::Monitors => "monitors",
        }
    }
}

impl CompleteNames {
    pub(crate) async fn run(self, app: &App) -> Result<Exit, Failure> {
        let file = file(app, self.kind);
        let kept = file.as_deref().and_then(read);
        let names = match kept {
            Some((names, age)) if age < FRESH => names,
            kept => {
                let asked = tokio::time::timeout(PATIENCE, ask(app, self.kind)).await;
                match (asked.ok().flatten(), kept) {
                    (Some(names), _) => {
                        if let Some(file) = &file {
                            keep(file, &names);
                        }
                        names
                    }
                    (None, Some((names, _))) => names,
                    (None, None) => return Ok(Exit::OK),
                }
            }
        };
        // Whoever completes may have gone away.
        let _ = app.ui.text(&names);
        Ok(Exit::OK)
    }
}

/// The file for the names of this server.
fn file(app: &App, kind: Kind) -> Option<PathBuf> {
    let folder = app.settings.env.home("XDG_CACHE_HOME", ".cache")?;
    let mut server = DefaultHasher::new();
    app.settings.url().ok()?.value.hash(&mut server);
    let name = format!("names-{:016x}-{}", server.finish(), kind.as_str());
    Some(folder.join("pulsectl").join(name))
}

/// The names in a file, and how old they are.
fn read(file: &Path) -> Option<(String, Duration)> {
    let age = fs::metadata(file).ok()?.modified().ok()?.elapsed().ok()?;
    Some((fs::read_to_string(file).ok()?, age))
}

/// Writes a file anew; another shell finds the old one or the new one. Without it, the next shell
/// asks again.
fn keep(file: &Path, names: &str) {
    let Some(folder) = file.parent() else { return };
    let fresh = file.with_extension(std::process::id().to_string());
    let written = fs::create_dir_all(folder)
        .and_then(|()| fs::write(&fresh, names))
        .and_then(|()| fs::set_permissions(&fresh, fs::Permissions::from_mode(0o600)))
        .and_then(|()| fs::rename(&fresh, file));
    if written.is_err() {
        let _ = fs::remove_file(&fresh);
    }
}

/// Asks the server, for one page: more than that helps nobody who types.
async fn ask(app: &App, kind: Kind) -> Option<String> {
    if reads_stdin(app) {
        return None;
    }
    let client = app.hurried_client(PATIENCE).ok()?;
    let page = |path: &str, limit: u32| Call::get(path).query("limit", limit.to_string());
    let names: Vec<String> = match kind {
        Kind::Workers => {
            let found: Page<WorkerView> = client.json(page("/workers", 500)).await.ok()?;
            found.items.into_iter().map(|worker| worker.name).collect()
        }
        Kind::Workflows => {
            let found: Page<WorkflowView> = client.json(page("/workflows", 500)).await.ok()?;
            let items = found.items.into_iter();
            items.map(|workflow| workflow.name).collect()
        }
        Kind::Executions => {
            let found: Page<ExecutionSummary> = client.json(page("/executions", 50)).await.ok()?;
            let items = found.items.into_iter();
            items
                .map(|execution| execution.number.to_string())
                .collect()
        }
        Kind::Secrets => {
            let found: Page<SecretView> = client.json(page("/secrets", 500)).await.ok()?;
            found.items.into_iter().map(|secret| secret.name).collect()
        }
        Kind::Monitors => {
            let found: Page<MonitorView> = client.json(page("/monitors", 500)).await.ok()?;
            let items = found.items.into_iter();
            items.map(|monitor| monitor.name).collect()
        }
    };
    let mut names: Vec<String> = names.into_iter().filter(|name| is_plain(name)).collect();
    names.push(String::new());
    Some(names.join("\n"))
}

/// Whether the token would be read from stdin, where whoever types sits.
fn reads_stdin(app: &App) -> bool {
    let settings = &app.settings;
    let files = [
        settings.global.token_file.as_deref(),
        settings.env.get("PULSE_TOKEN_FILE"),
    ];
    files.contains(&Some("-"))
}

/// Whether a shell takes a name as it is. Hosts choose their names, and bash would run what is in
/// `$(…)` of a word that it is offered.
fn is_plain(name: &str) -> bool {
    !name.is_empty()
        && !name.starts_with('-')
        && name
            .chars()
            .all(|c| c.is_alphanumeric() || matches!(c, '.' | '_' | '-' | '@' | '+'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_a_shell_would_read_as_more_than_a_word_is_not_offered() {
        for name in ["web-1", "db_2.example", "münchen-3", "42"] {
            assert!(is_plain(name), "{name}");
        }
        for name in [
            "$(id)",
            "`id`",
            "a b",
            "a;b",
            "*",
            "a\\b",
            "-rf",
            "",
            "a\u{1b}[m",
            "'a",
        ] {
            assert!(!is_plain(name), "{name}");
        }
    }
}
