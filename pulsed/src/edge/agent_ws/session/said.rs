//! What an agent says over its session, and the verb that it becomes.

use std::collections::HashSet;

use axum::extract::ws::WebSocket;
use jiff::Timestamp;
use pulse_api::{
    DrainId,
    agent_log::LogSaid,
    frames::{
        Claim, CommandResult, Describe as Says, ExecuteCommand, FromAgent, Output, Pong, Reason,
        RestartRefused, ToAgent, close,
    },
    probe::CheckReport,
    status::{DrainMode, Stream},
};

use super::{Done, Goodbye, MOST_COUNTED, MOST_KEPT, Session};
use crate::{
    domain::{
        EngineError,
        jobs::{
            end::{self, Evidence},
            report::{Report, What},
        },
        perform,
        workers::{administer::ForgetRestart, connect::Describe, drain, logs::Say},
    },
    edge::agent_ws::frames,
    model::{entry::Piece, monitor::Said, worker::Beat},
};

impl Session {
    pub(super) async fn report(&self, claim: Claim, what: What) {
        let report = Report {
            worker: self.worker,
            claim,
            what,
            reply: self.replies.clone(),
        };
        self.app.intake().put(report).await;
    }

    /// Takes a frame.
    pub(super) async fn take(&mut self, socket: &mut WebSocket, frame: FromAgent) -> Done {
        match frame {
            FromAgent::WorkerConnect(_) => {
                return Err(Some(Goodbye(
                    close::SUPERSEDED,
                    "worker_connect comes once",
                )));
            }
            FromAgent::Started(started) => self.report(started.claim, What::Started).await,
            FromAgent::NotStarted(refused) => {
                let claim = refused.claim;
                self.sent
                    .remove(&(claim.job_id, claim.attempt, claim.fence));
                self.report(
                    claim,
                    What::NotStarted {
                        reason: refused.reason,
                    },
                )
                .await;
            }
            FromAgent::Output(output) => return self.output(output).await,
            FromAgent::CommandResult(result) => {
                if self.is_foreign(&result) {
                    let reason = "a worker speaks for itself only";
                    return Err(Some(Goodbye(close::UNAUTHORIZED, reason)));
                }
                self.result(frames::clean(*result)).await;
            }
            FromAgent::Heartbeat(beat) => {
                let metrics = serde_json::to_value(beat.metrics).ok();
                self.beat((metrics, beat.sent_at), &beat.held);
            }
            FromAgent::Ping(ping) => {
                let pong = Pong {
                    worker_id: Some(self.worker),
                    sent_at: ping.sent_at,
                    server_time: Some(self.app.now()),
                };
                return self.send(socket, &ToAgent::Pong(pong)).await;
            }
            FromAgent::Pong(_) => self.pong(),
            FromAgent::DrainState(state) => {
                tracing::info!(worker.id = %self.worker, outstanding = state.outstanding, "worker drains");
                if let Some(asked) = state.asked {
                    self.drains(asked).await;
                }
            }
            FromAgent::Describe(says) => return self.describe(says).await,
            FromAgent::Resumed(resumed) => self.resumes(resumed.drain).await,
            FromAgent::RestartRefused(refused) => self.refuses_restart(refused).await,
            FromAgent::CheckReport(report) => self.looked(report),
            FromAgent::LogSaid(said) => return self.says_log(said).await,
            FromAgent::WorkflowResult(_) | FromAgent::Unknown => {}
        }
        Ok(())
    }

    /// Takes what a look gave; whether it still counts is found out where it is written.
    fn looked(&self, report: CheckReport) {
        let said = Said {
            check: report.check_id,
            worker: self.worker,
            outcome: frames::outcome(report.outcome),
        };
        self.app.outcomes().put([said]);
        self.app.switchboard().doorbells().checks.notify_one();
    }

    /// Passes on what the agent has logged, where it was asked for that.
    async fn says_log(&mut self, said: LogSaid) -> Done {
        let Some(said) = frames::log(said) else {
            return Err(Some(Goodbye(close::BAD_FRAME, "the log is impossible")));
        };
        if self.logs.remove(&said.ask_id).is_some() {
            let worker = self.worker;
            if let Err(error) = perform(&self.app, &Say { worker, said }).await {
                // Whoever has asked is told that no answer came.
                tracing::debug!(%error, worker.id = %self.worker, "a log is not passed on");
            }
        }
        Ok(())
    }

    /// Takes a piece of what a job wrote.
    async fn output(&mut self, output: Output) -> Done {
        let claim = output.claim;
        let Some(piece) = frames::piece(output) else {
            return Err(Some(Goodbye(close::BAD_FRAME, "the output is impossible")));
        };
        if self.count(claim, piece.bytes.len() as u64) > MOST_KEPT {
            return Err(Some(Goodbye(close::BAD_FRAME, "more output than is kept")));
        }
        self.report(claim, What::Output(piece)).await;
        Ok(())
    }

    /// Whether a result of what this session was asked to do says that it is another worker's. One that a
    /// host kept from an earlier enrolment is measured by its fence alone.
    fn is_foreign(&self, result: &CommandResult) -> bool {
        let is_asked = result.claim.is_none_or(|claim| {
            let key = (claim.job_id, claim.attempt, claim.fence);
            self.sent.contains(&key)
        });
        is_asked && result.worker_id != self.worker
    }

    /// How much output of an attempt came through this session by now.
    fn count(&mut self, claim: Claim, bytes: u64) -> u64 {
        let attempt = (claim.job_id, claim.attempt);
        if self.kept.len() >= MOST_COUNTED && !self.kept.contains_key(&attempt) {
            let sent = &self.sent;
            let in_hand: HashSet<_> = sent
                .iter()
                .map(|(job, number, _)| (*job, *number))
                .collect();
            self.kept.retain(|attempt, _| in_hand.contains(attempt));
        }
        let kept = self.kept.entry(attempt).or_default();
        *kept += bytes;
        *kept
    }

    /// A worker that cannot say what it holds is taken at its sign of life.
    fn pong(&self) {
        let held: Vec<Claim> = self.asked.iter().map(ExecuteCommand::claim).collect();
        self.beat((None, None), &held);
    }

    /// Writes what the host says of itself now.
    async fn describe(&mut self, says: Says) -> Done {
        let Some(says) = frames::checked(says) else {
            return Err(Some(Goodbye(
                close::BAD_FRAME,
                "what the host says of itself is not plausible",
            )));
        };
        let describe = Describe {
            worker: self.worker,
            epoch: self.epoch,
            says,
        };
        if let Err(error) = perform(&self.app, &describe).await {
            tracing::warn!(%error, worker.id = %self.worker, "what a host says of itself is not recorded yet");
            // It says it again when it connects anew.
            return Err(Some(Goodbye(close::GOING_AWAY, "the database is away")));
        }
        Ok(())
    }

    /// Notes that the agent drains because of its own host; it hears that this is known.
    async fn drains(&self, asked: DrainId) {
        let wish = drain::Drain {
            worker: self.worker,
            mode: DrainMode::Exit,
            deadline: None,
            reason: Some("asked for on the host".to_owned()),
            by: self.name.clone(),
            host: Some((asked, self.epoch)),
        };
        if let Err(error) = perform(&self.app, &wish).await {
            // The agent says it again.
            tracing::warn!(%error, worker.id = %self.worker, "a drain is not recorded yet");
        }
    }

    /// Notes that the agent stays as it is. Whoever awaits a restart hears why before the wish is
    /// forgotten, which else would look like its fulfilment.
    async fn refuses_restart(&mut self, refused: RestartRefused) {
        let detail = frames::sentence(&refused.detail);
        tracing::warn!(worker.id = %self.worker, worker.name = %self.name, reason = detail, "an agent does not restart");
        let evidence = Evidence::Refused(self.worker, detail);
        let forget = ForgetRestart {
            worker: self.worker,
            epoch: self.epoch,
            wanted_at: self.said.and_then(|said| said.restart).map(|(at, _)| at),
        };
        let done = async {
            end::jobs(&self.app, evidence).await?;
            perform(&self.app, &forget).await?;
            Ok::<(), EngineError>(())
        };
        if let Err(error) = done.await {
            tracing::warn!(%error, worker.id = %self.worker, "a refused restart is not recorded yet");
            // It is asked again, and refuses again.
            if let Some(said) = &mut self.said {
                said.restart = None;
            }
        }
    }

    /// Notes that a drain was taken back on the host; another one, and what an operator holds, stays.
    async fn resumes(&self, drain: Option<DrainId>) {
        let Some(which) = drain.or(self.said.and_then(|said| said.drain)) else {
            return;
        };
        let wish = drain::Resume {
            worker: self.worker,
            by: self.name.clone(),
            which: Some(which),
        };
        if let Err(error) = perform(&self.app, &wish).await {
            // The agent says it again.
            tracing::warn!(%error, worker.id = %self.worker, "the end of a drain is not recorded yet");
        }
    }

    fn beat(
        &self,
        (metrics, sent_at): (Option<serde_json::Value>, Option<Timestamp>),
        held: &[Claim],
    ) {
        let beat = Beat {
            worker: self.worker,
            epoch: Some(self.epoch),
            metrics,
            sent_at,
            heard_at: std::time::Instant::now(),
        };
        self.app.beats().put(beat, held.iter().copied());
    }

    async fn result(&mut self, result: CommandResult) {
        match result.claim {
            Some(claim) => self.report(claim, What::Result(result.into())).await,
            None => self.seed_result(result).await,
        }
    }

    /// A result that names only the execution: the oldest job of it that this session asked for.
    async fn seed_result(&mut self, mut result: CommandResult) {
        let is_meant = |asked: &ExecuteCommand| asked.execution_id == result.execution_id;
        let Some(place) = self.asked.iter().position(is_meant) else {
            tracing::warn!(worker.id = %self.worker, execution.id = %result.execution_id, "a result of nothing that was asked for");
            return;
        };
        let claim = self.asked.remove(place).claim();
        let (mut seq, mut offset) = (0, 0);
        let texts = [
            (Stream::Stdout, std::mem::take(&mut result.stdout)),
            (Stream::Stderr, std::mem::take(&mut result.stderr)),
        ];
        for (stream, text) in texts {
            for bytes in text.as_bytes().chunks(pulse_api::OUTPUT_CHUNK_LIMIT) {
                seq += 1;
                let piece = Piece {
                    job: claim.job_id,
                    attempt: claim.attempt,
                    seq,
                    stream,
                    offset,
                    bytes: bytes.to_vec(),
                };
                offset += bytes.len() as u64;
                self.report(claim, What::Output(piece.into())).await;
            }
        }
        result.last_seq = seq;
        result.output_bytes = offset;
        // It knows no word for what was ended because somebody asked for it, and no code either.
        let key = (claim.job_id, claim.attempt, claim.fence);
        if !result.success && result.reason.is_none() && self.cancelled.contains_key(&key) {
            result.reason = Some(Reason::Cancelled);
        } else {
            result.exit_code = result.exit_code.or(Some(i32::from(!result.success)));
        }
        self.report(claim, What::Result(result.into())).await;
    }
}
