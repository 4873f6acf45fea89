//! What an agent is asked to do: each thing once in a session.

use std::time::Duration;

use axum::extract::ws::WebSocket;
use pulse_api::{
    agent_log::ReadLog,
    frames::{Cancel, Claim, ExecuteCommand, ToAgent},
    probe::Check,
};
use tokio::time::Instant;

use super::{Done, Session, key_of};
use crate::domain::{
    jobs::{
        end::{self, Evidence},
        report::What,
    },
    secrets::delivery::{self, Withheld},
    workers::logs,
};

impl Session {
    pub(super) async fn offer(
        &mut self,
        socket: &mut WebSocket,
        mut command: ExecuteCommand,
    ) -> Done {
        let claim = command.claim();
        if self.sent.contains(&key_of(&command)) {
            return Ok(());
        }
        if !command.secret_names.is_empty()
            && let Err(withheld) = delivery::attach(&self.app, &mut command).await
        {
            self.withhold(claim, withheld).await;
            return Ok(());
        }
        self.sent.insert(key_of(&command));
        if self.is_seed {
            self.asked.push(command.clone());
            self.report(claim, What::Started).await;
        }
        self.send(socket, &ToAgent::ExecuteCommand(Box::new(command)))
            .await
    }

    /// Has the agent take a look, once.
    pub(super) async fn check(&mut self, socket: &mut WebSocket, check: Check) -> Done {
        if self.checks.contains_key(&check.check_id) {
            return Ok(());
        }
        let now = self.app.now();
        self.checks.retain(|_, expires_at| *expires_at > now);
        self.checks.insert(check.check_id, check.expires_at);
        self.send(socket, &ToAgent::Check(Box::new(check))).await
    }

    /// Asks the agent for what it has logged, once.
    pub(super) async fn read_log(&mut self, socket: &mut WebSocket, ask: ReadLog) -> Done {
        if self.logs.contains_key(&ask.ask_id) {
            return Ok(());
        }
        let now = Instant::now();
        self.logs.retain(|_, until| *until > now);
        let wait = Duration::from_millis(ask.wait_ms);
        self.logs.insert(ask.ask_id, now + wait + logs::PATIENCE);
        self.send(socket, &ToAgent::ReadLog(Box::new(ask))).await
    }

    /// Ends a job that cannot have its secrets; one whose turn has not come is looked at again.
    async fn withhold(&self, claim: Claim, withheld: Withheld) {
        match withheld {
            Withheld::Later(why) => {
                tracing::debug!(why, worker.id = %self.worker, "an offer waits for its secrets");
            }
            Withheld::Never(why) => {
                tracing::warn!(job.id = %claim.job_id, worker.id = %self.worker, why, "a job does not get its secrets");
                if let Err(error) = end::jobs(&self.app, Evidence::Withheld(claim, why)).await {
                    tracing::warn!(%error, job.id = %claim.job_id, "it is not ended yet");
                }
            }
        }
    }

    pub(super) async fn cancel(
        &mut self,
        socket: &mut WebSocket,
        claim: Claim,
        grace_ms: u64,
    ) -> Done {
        let key = (claim.job_id, claim.attempt, claim.fence);
        if self
            .cancelled
            .get(&key)
            .is_some_and(|given| *given <= grace_ms)
        {
            return Ok(());
        }
        self.cancelled.insert(key, grace_ms);
        let cancel = Cancel {
            claim,
            grace_ms,
            reason: "cancelled".to_owned(),
        };
        self.send(socket, &ToAgent::Cancel(cancel)).await
    }
}
