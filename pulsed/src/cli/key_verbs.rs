//! `pulsed secrets`: the key that secrets are sealed under.

use std::path::Path;

use super::{diagnosis::diagnose, failure::Failure, say::say};
use crate::{
    config::Config,
    domain::secrets::{
        keys::KeyTrouble,
        rotate::{self, Extent},
    },
    key_file::KeyFileError,
    serve::{self, RotateError},
};

/// Makes the key file.
pub(crate) fn init(config: &Config) -> Result<(), Failure> {
    let path = path(config)?;
    match rotate::begin(path) {
        Ok(key) => {
            say(&format!("{} holds the key {key}", path.display()));
            say(
                "keep a copy of it, away from the backups of the database; every replica needs the same file",
            );
            Ok(())
        }
        Err(error) => Err(trouble(&error.into())),
    }
}

/// Seals every secret under a new key.
pub(crate) async fn rotate(config: Config, extent: Extent) -> Result<(), Failure> {
    let path = path(&config)?;
    let rotated = match serve::rotate_key(&config, path, extent).await {
        Ok(rotated) => rotated,
        Err(RotateError::Key(error)) if !matches!(error, KeyTrouble::Store(_)) => {
            return Err(trouble(&error));
        }
        Err(error) => {
            let failure = diagnose(&config.database.url).await;
            return Err(failure.unwrap_or_else(|| {
                Failure::because("the key is not changed everywhere", &error)
                    .hint("type the same again: it carries on")
            }));
        }
    };
    let (file, key) = (path.display(), &rotated.key);
    if extent == Extent::Prepare {
        say(&format!(
            "{file} holds the new key {key} too: copy the file to every host that runs pulsed, then `pulsed secrets rotate-key`"
        ));
        return Ok(());
    }
    if rotated.was_begun {
        say("carried on with a rotation that had begun");
    }
    say(&format!(
        "{} secrets are sealed under the new key {key}, the only one in {file} now: keep a copy of it",
        rotated.secrets
    ));
    Ok(())
}

fn path(config: &Config) -> Result<&Path, Failure> {
    let path = config.secrets.key_file.as_deref();
    path.ok_or_else(|| trouble(&KeyFileError::NotConfigured.into()))
}

fn trouble(error: &KeyTrouble) -> Failure {
    let failure = Failure::because("secrets cannot be used", error);
    match error.hint() {
        Some(hint) => failure.hint(hint),
        None => failure,
    }
}
