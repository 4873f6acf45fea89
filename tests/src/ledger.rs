//! What steps say of themselves, in a file that pulse knows nothing of.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

/// A file to which every step appends one line.
#[derive(Debug, Clone)]
pub struct Ledger {
    path: PathBuf,
}

impl Ledger {
    /// A ledger that is empty yet.
    pub fn new(folder: &Path) -> Self {
        let path = folder.join("ledger");
        fs::write(&path, "").unwrap();
        Self { path }
    }

    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Shell text that notes who runs what; a line is far below what is appended in one piece.
    pub fn note(&self) -> String {
        let path = self.path.display();
        format!("echo \"$PULSE_STEP $PULSE_WORKER $PULSE_JOB $PULSE_ATTEMPT\" >> '{path}'")
    }

    /// Shell text that notes these words.
    pub fn line(&self, words: &str) -> String {
        format!("echo \"{words}\" >> '{}'", self.path.display())
    }

    pub fn lines(&self) -> Vec<String> {
        let text = fs::read_to_string(&self.path).unwrap();
        text.lines().map(str::to_owned).collect()
    }

    /// The attempts of jobs that started more than once.
    pub fn twice(&self) -> Vec<String> {
        let mut counts: BTreeMap<String, u32> = BTreeMap::new();
        for line in self.lines() {
            let attempt = line.split(' ').skip(2).collect::<Vec<_>>().join(" ");
            *counts.entry(attempt).or_default() += 1;
        }
        let more = counts.into_iter().filter(|(_, count)| *count > 1);
        more.map(|(attempt, _)| attempt).collect()
    }
}
