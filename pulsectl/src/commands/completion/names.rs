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
use pulse_api::http::Page;
use serde::Deserialize;

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
    /// The numbers of those that are open.
    Prompts,
    Tokens,
    Schedules,
    Sensors,
    Channels,
    Regions,
}

/// What a list tells of a thing that is called something.
#[derive(Debug, Deserialize)]
struct Listed {
    /// What a region is called is its code, not the name beside it.
    #[serde(alias = "code")]
    key: Option<String>,
    name: Option<String>,
    /// Executions and prompts go by it.
    number: Option<i64>,
}

impl Listed {
    fn called(self) -> Option<String> {
        let number = self.number.map(|number| number.to_string());
        number.or(self.key).or(self.name)
    }
}

impl Kind {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Workers => "workers",
            Self::Workflows => "workflows",
            Self::Executions => "executions",
            Self::Secrets => "secrets",
            Self::Monitors => "monitors",
            Self::Prompts => "prompts",
            Self::Tokens => "tokens",
            Self::Schedules => "schedules",
            Self::Sensors => "sensors",
            Self::Channels => "channels",
            Self::Regions => "regions",
        }
    }

    /// The list that they are in: one page of it, more helps nobody who types.
    fn call(self) -> Call {
        let page = |path: &str| Call::get(path).query("limit", "500");
        match self {
            Self::Workers => page("/workers"),
            Self::Workflows => page("/workflows"),
            Self::Executions => Call::get("/executions").query("limit", "50"),
            Self::Secrets => page("/secrets"),
            Self::Prompts => page("/prompts").query("status", "open"),
            Self::Tokens => page("/tokens"),
            Self::Schedules => page("/schedules"),
            Self::Sensors => page("/sensors"),
            Self::Channels => page("/notifications/channels"),
            Self::Regions => page("/regions"),
            Self::Monitors => page("/monitors"),
        }
    }

    /// What is a name without the server's saying so.
    const fn always(self) -> Option<&'static str> {
        match self {
            Self::Executions => Some("@last"),
            Self::Workers
            | Self::Workflows
            | Self::Secrets
            | Self::Prompts
            | Self::Tokens
            | Self::Schedules
            | Self::Sensors
            | Self::Channels
            | Self::Monitors
            | Self::Regions => None,
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

/// Asks the server, for one page.
async fn ask(app: &App, kind: Kind) -> Option<String> {
    if reads_stdin(app) {
        return None;
    }
    let client = app.hurried_client(PATIENCE).ok()?;
    let found: Page<Listed> = client.json(kind.call()).await.ok()?;
    let names = found.items.into_iter().filter_map(Listed::called);
    let names = names.filter(|name| is_plain(name));
    let always = kind.always().map(str::to_owned);
    let mut names: Vec<String> = always.into_iter().chain(names).collect();
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
