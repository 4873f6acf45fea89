//! A file that will hold a token: made before the token is, so that no token gets lost.

use std::{
    fs::{self, File, OpenOptions},
    io::{ErrorKind, Write as _},
    os::unix::fs::OpenOptionsExt as _,
    path::PathBuf,
};

use super::failure::Failure;

/// A new, empty file that only its owner can read; removed again unless it is filled.
#[derive(Debug)]
pub(crate) struct TokenFile {
    path: PathBuf,
    file: File,
    filled: bool,
}

impl TokenFile {
    /// Makes the file; an existing one is never overwritten.
    pub(crate) fn create(path: PathBuf) -> Result<Self, Failure> {
        let opened = OpenOptions::new()
            .write(true)
            .create_new(true)
            .mode(0o600)
            .open(&path);
        match opened {
            Ok(file) => Ok(Self {
                path,
                file,
                filled: false,
            }),
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {
                let text = format!("{} exists already", path.display());
                Err(Failure::usage(text).hint("name another file, or remove this one first"))
            }
            Err(error) => Err(Failure::because(
                &format!("cannot write {}", path.display()),
                &error,
            )),
        }
    }

    pub(crate) fn fill(mut self, token: &str) -> Result<(), Failure> {
        let written = writeln!(self.file, "{token}").and_then(|()| self.file.sync_all());
        written.map_err(|error| {
            Failure::because(&format!("cannot write {}", self.path.display()), &error)
        })?;
        self.filled = true;
        Ok(())
    }
}

impl Drop for TokenFile {
    fn drop(&mut self) {
        if !self.filled {
            let _ = fs::remove_file(&self.path);
        }
    }
}
