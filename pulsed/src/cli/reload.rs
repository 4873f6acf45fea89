//! SIGHUP to a service: the configuration and the certificate are read again, and what can change while
//! serving does.

use std::{path::PathBuf, sync::Arc};

use tokio::signal::unix::Signal;

use super::args::Cli;
use crate::{
    causes::error_chain,
    certificate::Shown,
    config::{self, Config, ConfigError, Environment, Flag, Sources},
    logging::Level,
    service_manager,
};

/// Where the configuration came from, and what in it can change.
#[derive(Debug)]
pub(crate) struct Reload {
    file: Option<PathBuf>,
    environment: Environment,
    flags: Vec<Flag>,
    level: Level,
    certificate: Option<Arc<Shown>>,
}

impl Reload {
    /// A program in a terminal ends with it, so nothing is read again there.
    pub(super) fn for_a_service(
        cli: &Cli,
        environment: &Environment,
        (level, certificate): (Level, Option<Arc<Shown>>),
    ) -> Option<Self> {
        environment.find("NOTIFY_SOCKET")?;
        Some(Self {
            file: cli.config.clone(),
            environment: environment.clone(),
            flags: cli.flags(),
            level,
            certificate,
        })
    }

    /// Reads the configuration again at each signal, until the program ends.
    pub(super) async fn obey(self, hangup: Option<Signal>) {
        let Some(mut hangup) = hangup else { return };
        while hangup.recv().await.is_some() {
            self.apply();
            self.renew();
        }
    }

    /// A bad configuration changes nothing.
    fn apply(&self) {
        match self.read() {
            Ok(config) => {
                self.level.set(&config.log);
                tracing::info!(
                    log.level = config.log.level,
                    "the configuration was read again; other keys than log.level, and other files of server.tls, wait for a restart"
                );
            }
            Err(error) => {
                for fault in error.faults {
                    tracing::error!(%fault, hint = fault.hint, "the configuration is kept as it was");
                }
                service_manager::status("the configuration on disk is not valid; see the log");
            }
        }
    }

    fn renew(&self) {
        let Some(certificate) = &self.certificate else {
            return;
        };
        if let Err(error) = certificate.renew() {
            let cause = error_chain(&error);
            tracing::error!(%cause, hint = error.hint(), "the certificate is kept as it was");
            service_manager::status("the certificate on disk is of no use; see the log");
        }
    }

    fn read(&self) -> Result<Config, ConfigError> {
        let sources = Sources {
            file: self.file.as_deref(),
            environment: &self.environment,
            flags: &self.flags,
        };
        config::check(&config::load(&sources)?.settings)
    }
}
