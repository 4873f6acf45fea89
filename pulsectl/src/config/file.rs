//! `config.yaml`: the contexts. It holds no secrets.

use std::{
    collections::BTreeMap,
    fs, io,
    path::{Path, PathBuf},
};

use serde::{Deserialize, Serialize};

use crate::error::Failure;

/// A server, by a name of one's own.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Context {
    pub(crate) url: String,
    /// A file with the server's certificate authority.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) ca_cert: Option<String>,
    /// The output format of this context.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) output: Option<String>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ConfigFile {
    /// The context that is used when none is named.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) current: Option<String>,
    #[serde(default)]
    pub(crate) contexts: BTreeMap<String, Context>,
}

impl ConfigFile {
    /// Reads the file; a missing one is an empty one.
    pub(crate) fn read(path: &Path) -> Result<Self, Failure> {
        let text = match fs::read_to_string(path) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Self::default()),
            Err(error) => {
                return Err(
                    Failure::usage(format!("could not read {}", path.display())).because(&error)
                );
            }
        };
        if text.trim().is_empty() {
            return Ok(Self::default());
        }
        serde_yaml::from_str(&text).map_err(|error| {
            Failure::usage(format!("{} is not a valid configuration", path.display()))
                .because(&error)
                .hint("see `pulsectl help environment` for what belongs in it")
        })
    }

    pub(super) fn write(&self, path: &Path) -> Result<(), Failure> {
        replace(path, self, 0o644)
    }
}

/// Writes a file by way of a temporary one, so that nobody ever reads half of it.
pub(super) fn replace(path: &Path, content: &impl Serialize, mode: u32) -> Result<(), Failure> {
    let text = serde_yaml::to_string(content)
        .map_err(|error| Failure::general("could not write the configuration").because(&error))?;
    replace_text(path, &text, mode)
}

/// The same with a text; of a link, where it leads.
pub(super) fn replace_text(path: &Path, text: &str, mode: u32) -> Result<(), Failure> {
    let path = &target(path);
    let failed = |error: io::Error| {
        Failure::general(format!("could not write {}", path.display())).because(&error)
    };
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(failed)?;
    }
    let temporary = path.with_extension(format!("{}.tmp", std::process::id()));
    write_new(&temporary, text, mode).map_err(failed)?;
    fs::rename(&temporary, path).map_err(failed)
}

/// The file that is meant: people keep theirs elsewhere, and link to it.
fn target(path: &Path) -> PathBuf {
    let mut path = path.to_owned();
    // A circle of links ends somewhere in it, and opening that fails.
    for _ in 0..40 {
        let Ok(next) = fs::read_link(&path) else {
            break;
        };
        path = path
            .parent()
            .map_or(next.clone(), |folder| folder.join(next));
    }
    path
}

fn write_new(path: &Path, text: &str, mode: u32) -> io::Result<()> {
    use std::{io::Write as _, os::unix::fs::OpenOptionsExt as _};

    let mut options = fs::OpenOptions::new();
    let mut file = options
        .write(true)
        .create(true)
        .truncate(true)
        .mode(mode)
        .open(path)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()
}
