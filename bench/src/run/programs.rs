//! The programs under measurement: the ones beside this one.

use std::path::{Path, PathBuf};

use anyhow::Context as _;

/// Where the programs are.
#[derive(Debug, Clone)]
pub(super) struct Programs {
    pub(super) pulsed: PathBuf,
    pub(super) pulsectl: PathBuf,
    pub(super) bench: PathBuf,
    /// The agent as packages ship it, where it was built.
    pub(super) shipped_agent: Option<PathBuf>,
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
        let folders = bench.parent().and_then(Path::parent);
        let shipped = folders.map(|folders| folders.join("agent/pulse-agent"));
        Ok(Self {
            shipped_agent: shipped.filter(|program| program.is_file()),
            pulsed: beside("pulsed")?,
            pulsectl: beside("pulsectl")?,
            bench,
        })
    }
}
