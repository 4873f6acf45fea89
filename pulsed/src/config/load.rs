//! Laying the layers over each other: defaults, files, environment, flags.

use std::path::{Path, PathBuf};

use super::{
    alias,
    environment::Environment,
    fault::{ConfigError, Fault},
    file::{Reading, drop_ins},
    keys::{self, KEYS, Key, PREFIX},
    settings::{Origin, Settings},
};

/// The file that is read when none is named.
pub(crate) const DEFAULT_FILE: &str = "/etc/pulsed/pulsed.yaml";

/// A value given on the command line.
#[derive(Debug, Clone)]
pub(crate) struct Flag {
    /// The flag as it is typed.
    pub(crate) name: &'static str,
    pub(crate) path: &'static str,
    pub(crate) value: FlagValue,
}

#[derive(Debug, Clone)]
pub(crate) enum FlagValue {
    Text(String),
    /// The value stands in this file, so that it never stands in `ps`.
    Content(PathBuf),
}

/// What there is to read.
#[derive(Debug)]
pub(crate) struct Sources<'a> {
    pub(crate) file: Option<&'a Path>,
    pub(crate) environment: &'a Environment,
    pub(crate) flags: &'a [Flag],
}

/// The winning values, and what an operator should be told about them.
#[derive(Debug)]
pub(crate) struct Loaded {
    pub(crate) settings: Settings,
    /// One line each, for stderr.
    pub(crate) notices: Vec<String>,
}

/// Reads every layer; fails with everything that does not belong there.
pub(crate) fn load(sources: &Sources<'_>) -> Result<Loaded, ConfigError> {
    let mut settings = Settings::default();
    let (mut faults, mut notices) = (Vec::new(), Vec::new());
    defaults(&mut settings);
    let mut reading = Reading {
        settings: &mut settings,
        faults: &mut faults,
        notices: &mut notices,
    };
    files(&mut reading, sources.file);
    let aliases = alias::apply(sources.environment, &mut reading);
    variables(&mut reading, sources.environment);
    flags(&mut reading, sources.flags);
    follow(reading.settings);
    notices.extend(alias::notices(&aliases, &settings));
    ConfigError::unless_empty(faults)?;
    Ok(Loaded { settings, notices })
}

fn defaults(settings: &mut Settings) {
    for key in KEYS {
        if let Some(text) = key.default {
            settings.set(key.path, text, Origin::Default);
        }
    }
    let host = rustix::system::uname()
        .nodename()
        .to_string_lossy()
        .into_owned();
    settings.set("server.name", host, Origin::Default);
}

fn files(reading: &mut Reading<'_>, named: Option<&Path>) {
    for path in files_read(named) {
        reading.file(&path);
    }
}

/// The configuration file, if it is named or there, and its drop-ins.
pub(crate) fn files_read(named: Option<&Path>) -> Vec<PathBuf> {
    let main = named.unwrap_or(Path::new(DEFAULT_FILE));
    let mut paths = Vec::new();
    if named.is_some() || main.exists() {
        paths.push(main.to_owned());
    }
    if main
        .extension()
        .is_some_and(|extension| extension == "yaml")
    {
        paths.extend(drop_ins(main));
    }
    paths
}

fn variables(reading: &mut Reading<'_>, environment: &Environment) {
    for (variable, text) in environment.iter() {
        let Some(rest) = variable.strip_prefix(PREFIX) else {
            continue;
        };
        let origin = Origin::Variable(variable.to_owned());
        let path = rest.to_lowercase().replace("__", ".");
        if let Some(key) = keys::find(&path) {
            reading.settings.set(key.path, text, origin);
        } else if let Some(key) = path.strip_suffix("_file").and_then(secret_key) {
            reading.content(key, Path::new(text), origin);
        } else {
            let known: Vec<_> = KEYS.iter().map(Key::variable).collect();
            let fault = Fault::new(origin, "there is no such setting");
            let known = known.iter().map(String::as_str);
            reading.faults.push(fault.did_you_mean(variable, known));
        }
    }
}

/// Lets the interval of the heartbeats follow the silence that somebody takes for an absence, where nobody
/// has set it: of five beats one must come.
fn follow(settings: &mut Settings) {
    const BEATS: u64 = 5;
    let number = |path: &str| settings.find(path)?.text.trim().parse::<u64>().ok();
    let interval = settings.find(keys::HEARTBEAT);
    let is_default = interval.is_some_and(|setting| setting.origin == Origin::Default);
    if let (true, Some(interval), Some(silence)) = (
        is_default,
        number(keys::HEARTBEAT),
        number("workers.unreachable_after_ms"),
    ) {
        let shorter = (silence / BEATS).clamp(100, interval.max(100));
        settings.set(keys::HEARTBEAT, shorter.to_string(), Origin::Default);
    }
}

fn secret_key(path: &str) -> Option<&'static Key> {
    keys::find(path).filter(|key| key.secret)
}

fn flags(reading: &mut Reading<'_>, flags: &[Flag]) {
    for flag in flags {
        let origin = Origin::Flag(flag.name);
        match &flag.value {
            FlagValue::Text(text) => reading.settings.set(flag.path, text, origin),
            FlagValue::Content(path) => {
                let key = keys::find(flag.path).expect("flags name keys that exist");
                reading.content(key, path, origin);
            }
        }
    }
}
