//! `pulsed dev`: a private database, a server and workers, started and stopped together.

use std::{net::SocketAddr, path::PathBuf};

use crate::{cli::Failure, config::Environment};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Verb {
    Foreground,
    Detach,
    Detached,
    Stop,
}

#[derive(Debug, Clone)]
pub(crate) struct Options {
    pub(crate) verb: Verb,
    pub(crate) dir: Option<PathBuf>,
    pub(crate) listen: SocketAddr,
    pub(crate) workers: u16,
    pub(crate) fast: bool,
    pub(crate) config: Option<PathBuf>,
}

pub(crate) fn run(options: Options, _environment: Environment) -> Result<(), Failure> {
    Err(Failure::error(format!("{options:?}")))
}
