//! What flags and files give for the inputs of a run, and that nothing secret is given where others see it.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs, io,
};

use clap::Args;
use pulse_api::SecretText;
use pulse_workflow::Workflow;
use serde_json::Value;

use super::{Inputs, inputs};
use crate::{commands::workflow, error::Failure};

/// What is given for secret inputs, by their names.
pub(crate) type SecretInputs = BTreeMap<String, SecretText>;

/// The inputs that are given for a run.
#[derive(Debug, Default)]
pub(crate) struct Params {
    pub(crate) open: Inputs,
    pub(crate) secrets: SecretInputs,
    /// Those of which the value stands in the arguments of this process.
    seen: BTreeSet<String>,
}

impl Params {
    /// Reads `--params-file`, then lets every `-p` override it.
    pub(super) fn read(file: Option<&str>, params: &[String]) -> Result<Self, Failure> {
        let open = file.map(inputs::from_file).transpose()?;
        let mut given = Self {
            open: open.unwrap_or_default(),
            ..Self::default()
        };
        let from_stdin = params.iter().filter(|param| param.ends_with("=@-")).count();
        if from_stdin + usize::from(file == Some("-")) > 1 {
            return Err(Failure::usage("stdin is read once only")
                .hint("give the others with -p KEY=@FILE, or all of them with --params-file -"));
        }
        for param in params {
            let (key, value) = split(param)?;
            let (value, is_seen) = match value.strip_prefix('@') {
                // `@@` is for values that begin with `@`.
                Some(rest) if rest.starts_with('@') => (rest.to_owned(), true),
                Some(path) => (from(path)?, false),
                None => (value.to_owned(), true),
            };
            given.seen.remove(key);
            given.seen.extend(is_seen.then(|| key.to_owned()));
            given.open.insert(key.to_owned(), Value::String(value));
        }
        Ok(given)
    }

    /// Whether an input is given.
    pub(super) fn has(&self, name: &str) -> bool {
        self.open.contains_key(name) || self.secrets.contains_key(name)
    }

    /// Whether some of it came out of a file, and so may be meant for a secret input.
    pub(super) fn may_be_secret(&self) -> bool {
        self.open.keys().any(|name| !self.seen.contains(name))
    }

    /// Takes what is secret out of what is not.
    pub(super) fn part(&mut self, workflow: &Workflow) -> Result<(), Failure> {
        for spec in workflow.secret_inputs() {
            if self.seen.contains(&spec.name) {
                return Err(openly(&spec.name));
            }
            if let Some(value) = self.open.remove(&spec.name) {
                let text = value.as_str().map(str::to_owned);
                let text = text.unwrap_or_else(|| value.to_string());
                self.secrets
                    .insert(spec.name.clone(), SecretText::new(text));
            }
        }
        Ok(())
    }
}

/// Gives secret inputs to what is run again: those of before were wiped.
#[derive(Debug, Args)]
pub(crate) struct Secrets {
    /// A secret input, whose value is not kept: KEY=@FILE, or KEY=@- on stdin; may be repeated
    #[arg(short = 'p', long = "param", value_name = "KEY=@FILE")]
    params: Vec<String>,
}

impl Secrets {
    pub(crate) fn read(&self) -> Result<SecretInputs, Failure> {
        let params = Params::read(None, &self.params)?;
        if let Some(name) = params.seen.first() {
            return Err(openly(name));
        }
        let secret = |(name, value): (String, Value)| {
            let text = value.as_str().unwrap_or_default();
            (name, SecretText::new(text))
        };
        Ok(params.open.into_iter().map(secret).collect())
    }
}

fn split(param: &str) -> Result<(&str, &str), Failure> {
    let pair = param.split_once('=').filter(|(key, _)| !key.is_empty());
    pair.ok_or_else(|| {
        Failure::usage(format!("`-p {param}` has no value"))
            .hint("write it as -p KEY=VALUE or -p KEY=@FILE")
    })
}

/// The text of a file, or of stdin, without the ends of its last lines.
fn from(path: &str) -> Result<String, Failure> {
    let text = if path == "-" {
        workflow::read_text(path)?
    } else {
        let unreadable =
            |error: io::Error| Failure::usage(format!("could not read {path}")).because(&error);
        fs::read_to_string(path).map_err(unreadable)?
    };
    Ok(text.trim_end_matches('\n').to_owned())
}

/// A secret stands where everybody on this host could read it.
fn openly(name: &str) -> Failure {
    Failure::usage(format!(
        "input `{name}` is secret, and everybody on this host can read the arguments of a command"
    ))
    .hint(format!(
        "give it with -p {name}=@FILE, or with -p {name}=@- on stdin, or leave it out to be asked for it; \
         what was given here is secret no more"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_may_hold_equal_signs_and_begin_with_at() {
        let params = ["url=http://h/?a=b".to_owned(), "user=@@maria".to_owned()];

        let params = Params::read(None, &params).unwrap();

        assert_eq!(params.open["url"], "http://h/?a=b");
        assert_eq!(params.open["user"], "@maria");
    }

    #[test]
    fn a_param_without_a_value_is_refused() {
        assert!(Params::read(None, &["version".to_owned()]).is_err());
    }

    #[test]
    fn stdin_is_read_once() {
        let params = ["a=@-".to_owned(), "b=@-".to_owned()];

        assert!(Params::read(None, &params).is_err());
        assert!(Params::read(Some("-"), &params[..1]).is_err());
    }

    #[test]
    fn what_is_secret_is_taken_out_unless_others_have_seen_it() {
        let text = "inputs: {token: {secret: true}, host: {}}\nsteps: [{command: df}]\n";
        let workflow = inputs::read(text).unwrap();
        let mut params = Params::read(None, &["host=web-1".to_owned()]).unwrap();
        params
            .open
            .insert("token".to_owned(), Value::from("hunter2hunter2"));

        params.part(&workflow).unwrap();

        assert_eq!(params.secrets["token"].expose(), "hunter2hunter2");
        assert_eq!(params.open.keys().collect::<Vec<_>>(), ["host"]);
        let mut seen = Params::read(None, &["token=hunter2hunter2".to_owned()]).unwrap();
        let refused = seen.part(&workflow).unwrap_err();
        assert!(!format!("{refused:?}").contains("hunter2"));
    }
}
