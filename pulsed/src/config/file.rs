//! Reading `pulsed.yaml`, `pulsed.d/*.yaml` and files that hold one secret.

use std::{
    fs,
    io::ErrorKind,
    os::unix::fs::MetadataExt,
    path::{Path, PathBuf},
};

use serde_yaml::Value;

use super::{
    fault::Fault,
    keys::{self, Key},
    settings::{Origin, Settings},
};

/// Files and faults that one reading gathers.
pub(crate) struct Reading<'a> {
    pub(crate) settings: &'a mut Settings,
    pub(crate) faults: &'a mut Vec<Fault>,
    pub(crate) notices: &'a mut Vec<String>,
}

struct Document<'a> {
    path: &'a Path,
    text: &'a str,
}

impl Document<'_> {
    fn origin(&self, section: &str, name: Option<&str>) -> Origin {
        Origin::File {
            path: self.path.to_owned(),
            line: line_of(self.text, section, name),
        }
    }
}

/// The main file's drop-ins, in the order of their names.
pub(crate) fn drop_ins(main: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(main.with_extension("d")) else {
        return Vec::new();
    };
    let mut paths: Vec<_> = entries
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| {
            path.extension()
                .is_some_and(|extension| extension == "yaml")
        })
        .collect();
    paths.sort();
    paths
}

impl Reading<'_> {
    /// Reads one file over what is already set.
    pub(crate) fn file(&mut self, path: &Path) {
        let text = match fs::read_to_string(path) {
            Ok(text) => text,
            Err(error) => {
                let mut fault = Fault::new(path.display(), format!("cannot be read: {error}"));
                if error.kind() == ErrorKind::NotFound {
                    fault = fault.hint("check the path that --config names, or leave it out");
                }
                self.faults.push(fault);
                return;
            }
        };
        let value: Value = match serde_yaml::from_str(&text) {
            Ok(value) => value,
            Err(error) => {
                let place = error.location().map_or_else(
                    || path.display().to_string(),
                    |at| format!("{}:{}:{}", path.display(), at.line(), at.column()),
                );
                self.faults
                    .push(Fault::new(place, format!("is not YAML: {error}")));
                return;
            }
        };
        self.sections(&Document { path, text: &text }, &value);
    }

    fn sections(&mut self, document: &Document<'_>, value: &Value) {
        if value.is_null() {
            return;
        }
        let Some(sections) = value.as_mapping() else {
            let fault = Fault::new(
                document.path.display(),
                "must hold sections, each with keys",
            );
            self.faults
                .push(fault.hint("such as `server:` with `listen:` below it"));
            return;
        };
        for (section, value) in sections {
            let name = scalar(section).unwrap_or_default();
            if keys::sections().all(|known| known != name) {
                let place = document.origin(&name, None);
                let fault = Fault::new(place, format!("there is no section `{name}`"));
                self.faults
                    .push(fault.did_you_mean(&name, keys::sections()));
                continue;
            }
            self.section(document, &name, value);
        }
    }

    fn section(&mut self, document: &Document<'_>, section: &str, value: &Value) {
        if value.is_null() {
            return;
        }
        let Some(entries) = value.as_mapping() else {
            let place = document.origin(section, None);
            let message = format!("section `{section}` must hold keys and values");
            self.faults.push(Fault::new(place, message));
            return;
        };
        for (name, value) in entries {
            let name = scalar(name).unwrap_or_default();
            self.entry(document, (section, &name), value);
        }
    }

    fn entry(&mut self, document: &Document<'_>, at: (&str, &str), value: &Value) {
        let (section, name) = at;
        let origin = document.origin(section, Some(name));
        if value.is_null() {
            return;
        }
        let group = format!("{name}.");
        let is_group = keys::of_section(section).any(|key| key.name().starts_with(&group));
        if let (true, Some(entries)) = (is_group, value.as_mapping()) {
            for (inner, value) in entries {
                let name = group.clone() + &scalar(inner).unwrap_or_default();
                self.entry(document, (section, &name), value);
            }
            return;
        }
        let Some(text) = scalar(value) else {
            let message = format!("`{section}.{name}` must be one value, not a list or a map");
            self.faults.push(Fault::new(origin, message));
            return;
        };
        if let Some(key) = keys::find(&format!("{section}.{name}")) {
            if key.secret && is_open_to_everyone(document.path) {
                let path = document.path.display();
                self.notices.push(format!(
                    "{origin}: {} is a secret and everyone can read this file: chmod 640 {path}",
                    key.path
                ));
            }
            self.settings.set(key.path, text, origin);
            return;
        }
        if let Some(key) = secret_named(section, name) {
            let folder = document.path.parent().unwrap_or(Path::new("/"));
            self.content(key, &folder.join(text), origin);
            return;
        }
        let fault = Fault::new(origin, format!("there is no key `{section}.{name}`"));
        let known = keys::of_section(section).map(Key::name);
        self.faults.push(fault.did_you_mean(name, known));
    }

    /// Reads a secret out of a file of its own.
    pub(crate) fn content(&mut self, key: &'static Key, path: &Path, named_by: Origin) {
        if is_open_to_everyone(path) {
            let message = format!("{} can be read by everyone", path.display());
            let fault = Fault::new(named_by, message);
            self.faults
                .push(fault.hint(format!("chmod 600 {}", path.display())));
            return;
        }
        match fs::read_to_string(path) {
            Ok(text) if text.trim().is_empty() => {
                let message = format!("{} is empty", path.display());
                self.faults.push(Fault::new(named_by, message));
            }
            Ok(text) => {
                let path = path.to_owned();
                let named_by = Box::new(named_by);
                self.settings
                    .set(key.path, text.trim(), Origin::Content { path, named_by });
            }
            Err(error) => {
                let message = format!("{} cannot be read: {error}", path.display());
                self.faults.push(Fault::new(named_by, message));
            }
        }
    }
}

/// The secret that `<name>_file` speaks of.
fn secret_named(section: &str, name: &str) -> Option<&'static Key> {
    let name = name.strip_suffix("_file")?;
    keys::of_section(section).find(|key| key.secret && key.name() == name)
}

fn is_open_to_everyone(path: &Path) -> bool {
    fs::metadata(path).is_ok_and(|about| about.is_file() && about.mode() & 0o004 != 0)
}

fn scalar(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Bool(truth) => Some(truth.to_string()),
        Value::Number(number) => Some(number.to_string()),
        Value::Null | Value::Sequence(_) | Value::Mapping(_) | Value::Tagged(_) => None,
    }
}

/// The line on which a key stands, found by its indentation; in flow style that of what is around it.
fn line_of(text: &str, section: &str, name: Option<&str>) -> Option<usize> {
    let mut lines = text.lines().zip(1..);
    let (_, mut at) =
        lines.find(|(line, _)| key_of(line) == Some(section) && indentation(line) == 0)?;
    let mut depth = 0;
    for part in name.into_iter().flat_map(|name| name.split('.')) {
        let mut inside = lines
            .by_ref()
            .take_while(|(line, _)| key_of(line).is_none() || indentation(line) > depth);
        let Some((line, number)) = inside.find(|(line, _)| key_of(line) == Some(part)) else {
            break;
        };
        (depth, at) = (indentation(line), number);
    }
    Some(at)
}

fn indentation(line: &str) -> usize {
    line.len() - line.trim_start_matches([' ', '\t']).len()
}

fn key_of(line: &str) -> Option<&str> {
    let (key, _) = line.trim_start().split_once(':')?;
    let key = key.trim_end().trim_matches(['"', '\'']);
    (!key.starts_with('#')).then_some(key)
}
