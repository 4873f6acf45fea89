//! What can be checked without the network.

use pulse_api::doctor::Check;
use std::path::PathBuf;

use clap_complete::Shell;

use super::failed;
use crate::{
    app::App,
    config::{ConfigFile, Credentials},
    follow::plural,
};

pub(super) fn checks(app: &App) -> Vec<Check> {
    [configuration(app), credentials(app), completion(app)]
        .into_iter()
        .flatten()
        .collect()
}

fn configuration(app: &App) -> Option<Check> {
    let path = app.settings.env.config_path()?;
    let shown = path.display().to_string();
    Some(match ConfigFile::read(&path) {
        Ok(_) if !path.exists() => Check::good(
            "configuration",
            format!("{shown} does not exist; nothing is stored"),
        ),
        Ok(file) => Check::good(
            "configuration",
            format!("{shown}, {}", plural(file.contexts.len(), "context")),
        ),
        Err(failure) => failed("configuration", &failure),
    })
}

fn credentials(app: &App) -> Option<Check> {
    let path = app.settings.env.credentials_path()?;
    Some(match Credentials::read(&path) {
        Ok(stored) if stored.contexts.is_empty() => {
            Check::good("credentials", "no token is stored")
        }
        Ok(stored) => {
            let names: Vec<String> = stored.contexts.into_keys().collect();
            Check::good(
                "credentials",
                format!(
                    "{}, readable by you alone: {}",
                    path.display(),
                    names.join(", ")
                ),
            )
        }
        Err(failure) => failed("credentials", &failure),
    })
}

/// Whether the shell in use would complete.
fn completion(app: &App) -> Option<Check> {
    let (shell, places) = completion_places(app)?;
    if let Some(found) = places.iter().find(|path| path.exists()) {
        return Some(Check::good("completion", found.display().to_string()));
    }
    let place = places.first()?.display().to_string();
    Some(Check::warning(
        "completion",
        format!("not installed for {shell}"),
        format!("pulsectl doctor --fix, or pulsectl completion {shell} > {place}"),
    ))
}

/// The shell in use, and where it finds the script: its own place first.
pub(super) fn completion_places(app: &App) -> Option<(Shell, Vec<PathBuf>)> {
    let env = &app.settings.env;
    let data = env.home("XDG_DATA_HOME", ".local/share");
    let config = env.home("XDG_CONFIG_HOME", ".config");
    let home = env.get("HOME").map(PathBuf::from);
    let shell: Shell = env.get("SHELL")?.rsplit('/').next()?.parse().ok()?;
    let (own, of_all) = match shell {
        Shell::Bash => (
            data.map(|data| data.join("bash-completion/completions/pulsectl")),
            "/usr/share/bash-completion/completions/pulsectl",
        ),
        Shell::Zsh => (
            home.map(|home| home.join(".zfunc/_pulsectl")),
            "/usr/share/zsh/vendor-completions/_pulsectl",
        ),
        Shell::Fish => (
            config.map(|config| config.join("fish/completions/pulsectl.fish")),
            "/usr/share/fish/vendor_completions.d/pulsectl.fish",
        ),
        Shell::Elvish | Shell::PowerShell | _ => return None,
    };
    Some((shell, own.into_iter().chain([of_all.into()]).collect()))
}
