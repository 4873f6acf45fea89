//! Writing files so that a reader never sees half of one.

use std::{
    fs::{self, File, OpenOptions},
    io::{self, Write as _},
    os::unix::fs::{MetadataExt as _, OpenOptionsExt as _, fchown},
    path::Path,
};

/// Replaces a file in one step, and for good once this returns; `mode` is that of the new file, and it
/// belongs to whom the old one belonged to.
pub(crate) fn replace(path: &Path, text: &str, mode: u32) -> io::Result<()> {
    let mut name = path.as_os_str().to_owned();
    name.push(format!(".{}.new", std::process::id()));
    let new = Path::new(&name);
    let _ = fs::remove_file(new);
    let mut file = OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(mode)
        .open(new)?;
    if let Ok(old) = fs::metadata(path)
        && old.uid() != file.metadata()?.uid()
    {
        fchown(&file, Some(old.uid()), Some(old.gid()))?;
    }
    file.write_all(text.as_bytes())?;
    file.sync_all()?;
    fs::rename(new, path)?;
    settle_name(path)
}

/// Has the disk know under which name a file is there.
pub(crate) fn settle_name(path: &Path) -> io::Result<()> {
    folder(path)?.sync_all()
}

/// The folder that a file is in.
pub(crate) fn folder(path: &Path) -> io::Result<File> {
    let parent = path.parent().filter(|parent| *parent != Path::new(""));
    File::open(parent.unwrap_or(Path::new(".")))
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::chown;

    use super::*;

    #[test]
    fn a_file_that_is_replaced_belongs_to_whom_it_belonged_to() {
        if !rustix::process::geteuid().is_root() {
            eprintln!("not tried: only root can give a file away");
            return;
        }
        let path = std::env::temp_dir().join(format!("pulsed-{}-owned", std::process::id()));
        fs::write(&path, "old").unwrap();
        chown(&path, Some(65_534), Some(65_534)).unwrap();

        replace(&path, "new", 0o600).unwrap();

        let found = fs::metadata(&path).unwrap();
        assert_eq!((found.uid(), found.gid()), (65_534, 65_534));
        assert_eq!(fs::read_to_string(&path).unwrap(), "new");
        fs::remove_file(&path).unwrap();
    }
}
