//! What decides how a call prints and asks, each with where it comes from.

use clap::ValueEnum;

use super::context::Setting;
use crate::{app::App, config::Environment, duration};

/// A value, and where it came from.
type Found = Option<(String, String)>;

pub(super) fn of(app: &App) -> Vec<Setting> {
    let (global, env) = (&app.settings.global, &app.settings.env);
    let time = flag("--time", word(global.time.as_ref()));
    let asks = flag("--no-input", global.no_input.then(truth));
    let asks = asks.or_else(|| on(env, &["PULSE_NO_INPUT", "CI"]));
    let timeout = global.timeout.map(|it| duration::age(it.as_secs()));
    let pager = flag("--no-pager", global.no_pager.then(|| "none".to_owned()));
    let pager = pager.or_else(|| set(env, &["PULSECTL_PAGER", "PAGER"]));
    let editor = set(env, &["PULSECTL_EDITOR", "VISUAL", "EDITOR"]);
    let output = flag("--output", word(global.output.as_ref()));
    let output = output.or_else(|| set(env, &["PULSE_OUTPUT"]));
    let found = [
        ("output", output, "table"),
        ("time", time, "relative on a terminal, else rfc3339"),
        ("color", color(app), "auto"),
        ("no_input", asks, "false"),
        ("yes", flag("--yes", global.yes.then(truth)), "false"),
        ("timeout", flag("--timeout", timeout), "none"),
        ("pager", pager, "less -FRX"),
        ("editor", editor, "vi"),
    ];
    let settings = found.into_iter().map(|(name, found, default)| {
        let (value, origin) = found.unwrap_or_else(|| (default.to_owned(), "default".to_owned()));
        Setting {
            name,
            value,
            origin,
        }
    });
    settings.collect()
}

fn color(app: &App) -> Found {
    let (global, env) = (&app.settings.global, &app.settings.env);
    let chosen = word(Some(&global.color)).filter(|word| word != "auto");
    let named =
        |name: &str, value: &str| env.get(name).map(|_| (value.to_owned(), name.to_owned()));
    flag("--color", chosen)
        .or_else(|| named("NO_COLOR", "never"))
        .or_else(|| named("CLICOLOR_FORCE", "always"))
}

fn word(value: Option<&impl ValueEnum>) -> Option<String> {
    let value = value?.to_possible_value()?;
    Some(value.get_name().to_owned())
}

fn flag(name: &str, value: Option<String>) -> Found {
    value.map(|value| (value, name.to_owned()))
}

fn truth() -> String {
    "true".to_owned()
}

/// The first of these variables that has a value.
fn set(env: &Environment, names: &[&str]) -> Found {
    let found = names.iter().find_map(|name| Some((env.get(name)?, name)));
    found.map(|(value, name)| (value.to_owned(), (*name).to_owned()))
}

/// The first of these variables that is a yes.
fn on(env: &Environment, names: &[&str]) -> Found {
    let found = names.iter().find(|name| env.is_on(name));
    found.map(|name| ("true".to_owned(), (*name).to_owned()))
}
