//! The file that holds the keys of secrets: read whenever one is needed, so that a key that is made
//! or changed counts at once; never written over.

use std::{
    fs::{self, File, OpenOptions, TryLockError},
    io::{self, ErrorKind, Write as _},
    os::unix::fs::{OpenOptionsExt as _, PermissionsExt as _},
    path::{Path, PathBuf},
};

use crate::{
    files,
    model::seal::{Key, Keys},
};

/// Why there are no keys.
#[derive(Debug, thiserror::Error)]
pub(crate) enum KeyFileError {
    #[error("no key file is configured for secrets")]
    NotConfigured,
    #[error("there is no key for secrets yet: {} is missing", .0.display())]
    Missing(PathBuf),
    #[error("{} exists already", .0.display())]
    Exists(PathBuf),
    #[error("somebody else is changing {} now", .0.display())]
    Held(PathBuf),
    #[error("{} can be read by others than its owner", .0.display())]
    Open(PathBuf),
    #[error("{} is no key file: line {line} is no key", path.display())]
    Malformed { path: PathBuf, line: usize },
    #[error("{} cannot be used", path.display())]
    Unusable {
        path: PathBuf,
        #[source]
        source: io::Error,
    },
    #[error("no randomness to be had")]
    Random,
}

impl KeyFileError {
    /// What to type next.
    pub(crate) fn hint(&self) -> Option<String> {
        match self {
            Self::NotConfigured => Some(
                "set `key_file:` under `secrets:` in /etc/pulsed/pulsed.yaml \
                 (PULSE__SECRETS__KEY_FILE), then run `pulsed secrets init-key`"
                    .to_owned(),
            ),
            Self::Missing(_) => Some(
                "on the server's host: `sudo -u pulsed pulsed secrets init-key`; where there are \
                 secrets already, put back the copy of the file"
                    .to_owned(),
            ),
            Self::Exists(_) => Some("`pulsed secrets rotate-key` makes a new key".to_owned()),
            Self::Held(_) => {
                Some("wait until that `pulsed secrets rotate-key` has ended".to_owned())
            }
            Self::Open(path) => Some(format!("chmod 600 {}", path.display())),
            Self::Malformed { .. } => Some("put back the copy of the file".to_owned()),
            Self::Unusable { .. } | Self::Random => None,
        }
    }
}

/// Whether somebody else than its owner can read a file.
pub(crate) fn is_open(path: &Path) -> bool {
    fs::metadata(path).is_ok_and(|found| found.permissions().mode() & 0o077 != 0)
}

/// Reads the keys, if nobody else can.
pub(crate) fn read(path: Option<&Path>) -> Result<Keys, KeyFileError> {
    let path = path.ok_or(KeyFileError::NotConfigured)?;
    if is_open(path) {
        return Err(KeyFileError::Open(path.to_owned()));
    }
    let text = fs::read_to_string(path).map_err(|source| {
        if source.kind() == ErrorKind::NotFound {
            KeyFileError::Missing(path.to_owned())
        } else {
            unusable(path, source)
        }
    })?;
    Keys::parse(&text).map_err(|line| KeyFileError::Malformed {
        path: path.to_owned(),
        line,
    })
}

/// Makes the file with its first key; one that is there stays as it is.
pub(crate) fn create(path: &Path) -> Result<Keys, KeyFileError> {
    let keys = Keys::one(random_key()?);
    let opened = OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(path);
    let mut file = opened.map_err(|source| {
        if source.kind() == ErrorKind::AlreadyExists {
            KeyFileError::Exists(path.to_owned())
        } else {
            unusable(path, source)
        }
    })?;
    let written = file
        .write_all(keys.text().as_bytes())
        .and_then(|()| file.sync_all())
        .and_then(|()| files::settle_name(path));
    written.map_err(|source| {
        // Half a key is worth less than none.
        let _ = fs::remove_file(path);
        unusable(path, source)
    })?;
    Ok(keys)
}

/// Puts other keys into the file, in one step.
pub(crate) fn replace(path: &Path, keys: &Keys) -> Result<(), KeyFileError> {
    files::replace(path, &keys.text(), 0o600).map_err(|source| unusable(path, source))
}

/// Has the disk hold the file as it was read, before anything is sealed under a key of it: whoever put
/// it there may not have waited for that.
pub(crate) fn settle(path: &Path) -> Result<(), KeyFileError> {
    let settled = File::open(path)
        .and_then(|file| file.sync_all())
        .and_then(|()| files::settle_name(path));
    settled.map_err(|source| unusable(path, source))
}

/// Keeps others on this host from changing the file, as long as what it gives is kept. The lock is on
/// the folder: the file itself is another one after each change.
pub(crate) fn hold(path: &Path) -> Result<File, KeyFileError> {
    let folder = files::folder(path).map_err(|source| unusable(path, source))?;
    match folder.try_lock() {
        Ok(()) => Ok(folder),
        Err(TryLockError::WouldBlock) => Err(KeyFileError::Held(path.to_owned())),
        Err(TryLockError::Error(source)) => Err(unusable(path, source)),
    }
}

/// A new key.
pub(crate) fn random_key() -> Result<Key, KeyFileError> {
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes).map_err(|_| KeyFileError::Random)?;
    Ok(Key::new(bytes))
}

fn unusable(path: &Path, source: io::Error) -> KeyFileError {
    KeyFileError::Unusable {
        path: path.to_owned(),
        source,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_holds_the_file_until_they_let_go() {
        let folder = std::env::temp_dir().join(format!("pulsed-{}-held", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        let path = folder.join("key");

        let held = hold(&path).unwrap();
        let refused = hold(&path);
        drop(held);

        assert!(matches!(refused, Err(KeyFileError::Held(_))));
        hold(&path).unwrap();
        fs::remove_dir(&folder).unwrap();
    }
}
