//! Who runs PostgreSQL, which refuses to run as root, and the folders of that user.

use std::{
    fs::{self, DirBuilder},
    os::unix::fs::{DirBuilderExt as _, MetadataExt as _},
    path::Path,
};

use super::PostgresError;

/// The user that PostgreSQL runs as when it is started by root.
#[derive(Debug, Clone)]
pub(super) struct Account {
    name: String,
    pub(super) uid: u32,
    pub(super) gid: u32,
}

impl Account {
    /// `None` when the caller may run PostgreSQL itself.
    pub(super) fn find() -> Result<Option<Self>, PostgresError> {
        if !rustix::process::geteuid().is_root() {
            return Ok(None);
        }
        let users = fs::read_to_string("/etc/passwd").unwrap_or_default();
        let found = ["postgres", "nobody"].iter().find_map(|name| {
            let line = users
                .lines()
                .find(|line| line.split(':').next() == Some(name))?;
            let mut fields = line.split(':').skip(2);
            let uid = fields.next()?.parse().ok()?;
            let gid = fields.next()?.parse().ok()?;
            Some(Self {
                name: (*name).to_owned(),
                uid,
                gid,
            })
        });
        found.map(Some).ok_or(PostgresError::NoAccount)
    }

    /// Refuses a path with a folder on the way that the account cannot enter.
    pub(super) fn may_enter(&self, path: &Path) -> Result<(), PostgresError> {
        for folder in path.ancestors() {
            let Ok(about) = fs::metadata(folder) else {
                continue;
            };
            let is_open = about.mode() & 0o001 != 0
                || (about.uid() == self.uid && about.mode() & 0o100 != 0)
                || (about.gid() == self.gid && about.mode() & 0o010 != 0);
            if !is_open {
                let account = self.name.clone();
                return Err(PostgresError::Closed {
                    account,
                    folder: folder.to_owned(),
                });
            }
        }
        Ok(())
    }
}

/// Makes a folder that only the server's user may enter; fails when it exists.
pub(super) fn private_folder(path: &Path, account: Option<&Account>) -> Result<(), PostgresError> {
    let file = |what, source| PostgresError::File {
        what,
        path: path.to_owned(),
        source,
    };
    DirBuilder::new()
        .mode(0o700)
        .create(path)
        .map_err(|source| file("make", source))?;
    if let Some(account) = account {
        std::os::unix::fs::chown(path, Some(account.uid), Some(account.gid))
            .map_err(|source| file("change the owner of", source))?;
    }
    Ok(())
}
