//! What this host is, and looking at it again when its configuration changes.

use std::{cell::Cell, rc::Rc};

use super::Options;
use crate::{
    capabilities::{self, About},
    config::{Config, ConfigError},
    wire::Settings,
};

/// What this host is, as its configuration says now.
pub(crate) struct Own {
    pub(crate) config: Config,
    pub(crate) about: About,
    /// How often the server has said welcome.
    pub(crate) connections: Rc<Cell<u64>>,
}

impl Own {
    /// Looks at the host for the first time.
    pub(super) async fn survey(options: &Options) -> Self {
        let server = &options.network.address;
        Self {
            config: options.config.clone(),
            about: capabilities::survey(&options.config, options.environment(), server).await,
            connections: Rc::default(),
        }
    }

    /// Reads the configuration again and looks at the host; one that is of no use changes nothing.
    pub(crate) async fn reload(&mut self, options: &Options) -> Result<(), ConfigError> {
        self.config = options.origin.load()?.config;
        let server = &options.network.address;
        self.about = capabilities::survey(&self.config, options.environment(), server).await;
        Ok(())
    }

    /// What the executor is told of it.
    pub(crate) fn settings(&self) -> Settings {
        Settings {
            max_concurrent: self.config.worker.max_concurrent,
            kill_grace_ms: self.config.kill_grace_ms,
        }
    }
}
