//! A small disk of a test's own, which can be filled and broken.

use std::{
    fs::{self, File},
    io::Write as _,
    path::{Path, PathBuf},
    process::Command,
};

/// A file system that is mounted on a folder, for as long as the value lives.
#[derive(Debug)]
pub struct Disk {
    folder: PathBuf,
    image: Option<PathBuf>,
}

impl Disk {
    /// One of so many KiB of memory; an `Err` says why this host does not let us.
    pub fn small(folder: &Path, kib: u64) -> Result<Self, String> {
        let size = format!("size={kib}k,mode=711");
        mount(&["-t", "tmpfs", "-o", &size, "tmpfs"], folder)?;
        Ok(Self {
            folder: folder.to_owned(),
            image: None,
        })
    }

    /// One of 16 MiB in a file, which can be broken.
    pub fn breakable(folder: &Path) -> Result<Self, String> {
        only_root()?;
        let image = folder.with_extension("image");
        let file = File::create(&image).map_err(|error| error.to_string())?;
        file.set_len(16 << 20).map_err(|error| error.to_string())?;
        let path = image.display().to_string();
        run("mkfs.ext4", &["-q", "-m", "0", &path])?;
        mount(&["-o", "loop,errors=remount-ro", &path], folder)?;
        Ok(Self {
            folder: folder.to_owned(),
            image: Some(image),
        })
    }

    /// Leaves no room on it.
    ///
    /// # Panics
    /// When it cannot be written at all.
    pub fn fill(&self) {
        let mut ballast = File::create(self.ballast()).unwrap();
        let mut piece = vec![7; 64 * 1024];
        while !piece.is_empty() {
            if ballast.write_all(&piece).is_err() {
                piece.truncate(piece.len() / 2);
            }
        }
    }

    /// Gives the room back.
    ///
    /// # Panics
    /// When it had not been filled.
    pub fn empty(&self) {
        fs::remove_file(self.ballast()).unwrap();
    }

    /// From here on every write fails, also to files that are open; an `Err` says why it cannot be done.
    pub fn fail(&self) -> Result<(), String> {
        let source = run(
            "findmnt",
            &["-no", "SOURCE", &self.folder.display().to_string()],
        )?;
        let device = source.trim().rsplit('/').next().unwrap_or_default();
        let trigger = format!("/sys/fs/ext4/{device}/trigger_fs_error");
        fs::write(&trigger, "1").map_err(|error| format!("{trigger}: {error}"))
    }

    fn ballast(&self) -> PathBuf {
        self.folder.join("ballast")
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        // Whatever still has files open there keeps it until it ends.
        let _ = run("umount", &["-l", &self.folder.display().to_string()]);
        if let Some(image) = &self.image {
            let _ = fs::remove_file(image);
        }
    }
}

fn only_root() -> Result<(), String> {
    let is_root = rustix::process::geteuid().is_root();
    is_root
        .then_some(())
        .ok_or_else(|| "only root can mount a disk".to_owned())
}

fn mount(arguments: &[&str], folder: &Path) -> Result<(), String> {
    only_root()?;
    let folder = folder.display().to_string();
    let arguments: Vec<&str> = arguments.iter().copied().chain([folder.as_str()]).collect();
    run("mount", &arguments).map(|_| ())
}

fn run(program: &str, arguments: &[&str]) -> Result<String, String> {
    let output = Command::new(program).args(arguments).output();
    let output = output.map_err(|error| format!("`{program}` cannot be run: {error}"))?;
    if output.status.success() {
        return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
    }
    let said = String::from_utf8_lossy(&output.stderr);
    Err(format!(
        "`{program} {}`: {}",
        arguments.join(" "),
        said.trim()
    ))
}
