//! What the server is told of this host: first of all, and again when it has changed.

use pulse_api::{
    PROTOCOL,
    frames::{Describe, FromAgent, WorkerConnect},
};

use super::relay::{Outcome, Relay};
use crate::{capabilities::About, clock, wire::ToExecutor};

impl Relay<'_> {
    /// The first frame: who this is and what it has in hand.
    pub(super) fn introduce(&mut self) {
        self.pace.connect_sent_ns = clock::boottime_ns();
        self.pace.is_described = self.own.about.is_some();
        self.uplink.introduce(WorkerConnect {
            worker_id: self.credential.worker_id,
            worker_name: Some(self.credential.name.clone()),
            protocol: Some(PROTOCOL),
            boot_id: Some(self.inventory.boot_id.clone()),
            session: Some(self.inventory.session.clone()),
            running: self.inventory.running.clone(),
            spooled: self.inventory.spooled,
            slots: Some(self.inventory.slots),
            capabilities: self
                .own
                .about
                .as_ref()
                .map(|about| self.capabilities(about)),
            function_blocks: self
                .own
                .about
                .as_ref()
                .map(|about| about.function_blocks.clone()),
            version: Some(env!("CARGO_PKG_VERSION").to_owned()),
            executor_version: self.inventory.version.clone(),
            link: Some(self.link.to_owned()),
            stays_drained: self.own.config.worker.stays_drained,
        });
    }

    /// What this host can do, with what only the executor knows.
    fn capabilities(&self, about: &About) -> serde_json::Value {
        let mut capabilities = about.capabilities.clone();
        capabilities["sandbox"] = self.inventory.sandbox.clone();
        capabilities["masking"] = self.inventory.masking.into();
        if let Some(version) = &self.inventory.version {
            capabilities["executor_version"] = version.as_str().into();
        }
        capabilities
    }

    /// Tells the server what this host can do, where the first frame did not or has become old.
    pub(super) fn describe(&mut self) {
        let Some(about) = self.own.about.clone().filter(|_| self.pace.is_online) else {
            return;
        };
        self.pace.is_described = true;
        let capabilities = self.capabilities(&about);
        self.uplink.send(&FromAgent::Describe(Describe {
            slots: about.slots,
            capabilities,
            function_blocks: about.function_blocks,
        }));
    }

    /// The executor has read the configuration again: this side does, and tells the server.
    pub(super) async fn reloaded(&mut self, outcome: Result<(), String>) -> Option<Outcome> {
        if let Err(sentence) = outcome {
            tracing::error!(reason = sentence, "the configuration stays as it was");
            return None;
        }
        if let Err(error) = self.own.reload(self.options).await {
            tracing::error!(%error, "the configuration stays as it was");
            return None;
        }
        tracing::info!("the configuration was read again");
        self.describe();
        self.tell(ToExecutor::Configure(self.own.settings())).await
    }
}
