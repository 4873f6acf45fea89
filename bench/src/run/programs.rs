//! The programs under measurement: the ones beside this one.

use std::path::PathBuf;

use anyhow::Context as _;

/// Where the programs are.
#[derive(Debug, Clone)]
pub(super) struct Programs {
    pub(super) pulsed: PathBuf,
    pub(super) pulsectl: PathBuf,
    pub(super) bench: PathBuf,
}

impl Programs {
    /// Finds the programs that were built together with this one.
    pub(super) fn find() -> anyhow::Result<Self> {
        let bench = std::env::current_exe().context("cannot find this program's file")?;
        let beside = |name: &str| {
            let path = bench.with_file_name(name);
            anyhow::ensure!(
                path.is_file(),
                "{name} is not beside this program: \
                 cargo build --release -p pulsed -p pulse-agent -p pulsectl -p pulse-bench"
            );
            Ok(path)
        };
        beside("pulse-agent")?;
        Ok(Self {
            pulsed: beside("pulsed")?,
            pulsectl: beside("pulsectl")?,
            bench,
        })
    }
}
