//! The only way to change what is stored: one after the other.

use std::{
    fs::{self, File},
    io,
    path::{Path, PathBuf},
};

use super::{ConfigFile, Credentials, Settings};
use crate::error::{Failure, Kind};

/// What is stored, and nobody else changes while this lives.
pub(crate) struct Stored {
    path: PathBuf,
    secrets_path: PathBuf,
    pub(crate) file: ConfigFile,
    pub(crate) credentials: Credentials,
    before: (ConfigFile, Credentials),
    _locks: [File; 2],
}

impl Stored {
    /// Reads both files, once nobody else changes them.
    pub(crate) fn open(settings: &Settings) -> Result<Self, Failure> {
        let (path, secrets_path) = (settings.config_path()?, settings.credentials_path()?);
        let locks = [lock(&path)?, lock(&secrets_path)?];
        let before = (ConfigFile::read(&path)?, Credentials::read(&secrets_path)?);
        let (file, credentials) = before.clone();
        Ok(Self {
            path,
            secrets_path,
            file,
            credentials,
            before,
            _locks: locks,
        })
    }

    /// Writes what has changed.
    pub(crate) fn write(self) -> Result<(), Failure> {
        if self.credentials != self.before.1 {
            self.credentials.write(&self.secrets_path)?;
        }
        if self.file != self.before.0 {
            self.file.write(&self.path)?;
        }
        Ok(())
    }
}

/// Puts a text in place of the configuration, unless somebody has changed it since it was read.
pub(crate) fn put(path: &Path, (before, after): (&str, &str)) -> Result<(), Failure> {
    let _lock = lock(path)?;
    if text_of(path)? != before {
        let changed = format!("{} has changed meanwhile", path.display());
        return Err(Failure::new(Kind::Conflict, changed));
    }
    super::file::replace_text(path, after, 0o644)
}

/// The text of a file; a missing one is empty.
pub(crate) fn text_of(path: &Path) -> Result<String, Failure> {
    match fs::read_to_string(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(String::new()),
        read => read.map_err(|error| {
            Failure::usage(format!("could not read {}", path.display())).because(&error)
        }),
    }
}

/// Waits until nobody else changes a file, and keeps it so.
///
/// The lock is a file of its own: the other is replaced by every change.
fn lock(path: &Path) -> Result<File, Failure> {
    let path = path.with_extension("lock");
    let failed = |error: io::Error| {
        Failure::general(format!("could not lock {}", path.display())).because(&error)
    };
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(failed)?;
    }
    let mut options = File::options();
    let options = options.create(true).truncate(false).write(true);
    let file = options.open(&path).map_err(failed)?;
    file.lock().map_err(failed)?;
    Ok(file)
}
