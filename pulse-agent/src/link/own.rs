//! What this host is, and looking at it again when its configuration changes.

use std::{cell::Cell, rc::Rc};

use tokio::sync::mpsc;

use super::Options;
use crate::{
    capabilities::{self, About},
    config::{Config, ConfigError},
    supervisor::Supervisor,
    wire::Settings,
};

/// What this host is, as its configuration says now.
pub(crate) struct Own {
    pub(crate) config: Config,
    /// Nothing until the first look at the host is done: the server knows what it was told before.
    pub(crate) about: Option<About>,
    looked: mpsc::Receiver<About>,
    /// How often the server has said welcome.
    pub(crate) connections: Rc<Cell<u64>>,
}

impl Own {
    /// Begins to look at the host: trying its runtimes must not keep a restarted link from
    /// connecting, since the server counts its silence.
    pub(super) fn begin(options: &Options, tasks: &mut Supervisor) -> Self {
        let (looks, looked) = mpsc::channel(1);
        let (config, origin) = (options.config.clone(), options.origin.clone());
        let server = options.network.address.clone();
        tasks.start(async move {
            let about = capabilities::survey(&config, &origin.environment, &server).await;
            let _ = looks.send(about).await;
        });
        Self {
            config: options.config.clone(),
            about: None,
            looked,
            connections: Rc::default(),
        }
    }

    /// Waits for the first look; never ends where it is done. May be dropped and called again.
    pub(super) async fn look(&mut self) {
        match self.looked.recv().await {
            Some(about) => self.about = Some(about),
            None => std::future::pending().await,
        }
    }

    /// What this host is, once that is known.
    pub(super) async fn about(&mut self) -> About {
        loop {
            if let Some(about) = &self.about {
                return about.clone();
            }
            self.look().await;
        }
    }

    /// Reads the configuration again and looks at the host; one that is of no use changes nothing.
    pub(crate) async fn reload(&mut self, options: &Options) -> Result<(), ConfigError> {
        self.config = options.origin.load()?.config;
        // An older look must not come after this one.
        self.looked.close();
        let server = &options.network.address;
        let about = capabilities::survey(&self.config, &options.origin.environment, server).await;
        while self.looked.try_recv().is_ok() {}
        self.about = Some(about);
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
