//! `server restore`: says where a backup is restored, which is not through a server.

use std::path::PathBuf;

use clap::Args;

use crate::{
    error::{Exit, Failure},
    ui::quote,
};

/// Say how to restore a backup: on the server's host, while no server runs
///
/// A restore replaces everything that the server has, so no server may run on the database meanwhile, and
/// nothing can be restored through one. It changes nothing here.
#[derive(Debug, Args)]
#[command(after_help = "\
On the server's host, with the file there:
  systemctl stop pulsed            # on every host with a replica
  sudo -u pulsed pulsed restore /var/lib/pulsed/pulse.dump
  systemctl start pulsed")]
pub(crate) struct Restore {
    /// What `server backup` has written
    #[arg(value_name = "FILE")]
    file: PathBuf,
}

impl Restore {
    pub(super) fn run(self) -> Result<Exit, Failure> {
        let file = quote(&self.file.display().to_string());
        Err(
            Failure::usage("a backup is restored while no server runs, and so not through one").hint(
                format!(
                    "on the server's host: systemctl stop pulsed && sudo -u pulsed pulsed restore {file} && systemctl start pulsed"
                ),
            ),
        )
    }
}
