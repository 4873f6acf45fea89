//! Programs of this host: where they are, and why one could not be started.

use std::{
    io,
    path::{Path, PathBuf},
};

/// Looks for the first of some programs on a search path.
pub(crate) fn find_program(names: &[&str], path: &str) -> Option<PathBuf> {
    let is_program = |file: &PathBuf| {
        rustix::fs::access(file.as_path(), rustix::fs::Access::EXEC_OK).is_ok() && file.is_file()
    };
    names
        .iter()
        .flat_map(|name| {
            path.split(':')
                .map(move |folder| Path::new(folder).join(name))
        })
        .find(|file| file.is_absolute() && is_program(file))
}

/// Why a program could not be started, in a sentence.
pub(crate) fn explain(error: &io::Error, program: &Path, folder: &str) -> String {
    if !Path::new(folder).is_dir() {
        return format!("the working folder {folder} does not exist on this host");
    }
    if error.kind() == io::ErrorKind::ArgumentListTooLong {
        return "the command and its environment are too long for one process".to_owned();
    }
    format!("{} could not be started: {error}", program.display())
}
