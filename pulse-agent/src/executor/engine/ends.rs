//! From a running process to its result.

use std::time::Duration;

use bytes::Bytes;
use pulse_api::{
    frames::{Cancel, Claim, CommandResult, Reason},
    status::Stream,
};

use super::Engine;
use crate::{
    clock,
    executor::{
        attempts::Stage,
        launch::Files,
        mask::Masks,
        outputs,
        reaper::Exit,
        record::{Key, Record},
        results,
        watch::{Ending, News, Order},
    },
    failpoint,
};

impl Engine {
    /// Ends an attempt because somebody asked.
    pub(crate) fn cancel(&mut self, cancel: &Cancel) {
        let grace = Duration::from_millis(cancel.grace_ms);
        if let Some(waiting) = self.attempts.take_waiting(cancel.claim) {
            let (claim, now) = (waiting.offer.claim(), self.server_now());
            let mut result = results::lost(
                claim,
                results::asked_by(&waiting.offer),
                Reason::Cancelled,
                now,
            );
            result.detail = Some("it had not been started yet".to_owned());
            self.enter(&waiting.offer);
            self.close(claim.into(), Box::new(result));
            return;
        }
        if self.attempts.find_claimed(cancel.claim).is_some() {
            self.order(
                cancel.claim.into(),
                Order {
                    reason: Reason::Cancelled,
                    grace,
                },
            );
        }
    }

    /// Ends every attempt.
    pub(crate) fn cancel_all(&mut self) {
        let grace = Duration::from_millis(self.parts.settings.kill_grace_ms);
        let keys: Vec<Key> = self.running.keys().copied().collect();
        for key in keys {
            self.order(
                key,
                Order {
                    reason: Reason::Cancelled,
                    grace,
                },
            );
        }
    }

    /// A running attempt has news.
    pub(crate) fn hear(&mut self, news: News) {
        match news {
            News::Lasting(key) => {
                tracing::info!(job.id = %key.job_id, attempt = key.attempt, "step started");
                self.tell_started(key);
            }
            News::Output(key, stream, bytes) => {
                self.tell_started(key);
                let masking = self.running.get_mut(&key);
                let masking = masking.and_then(|running| running.masking.as_mut());
                let bytes = match masking {
                    Some(masking) => masking.push(stream, &bytes),
                    None => bytes,
                };
                self.keep(key, stream, &bytes);
                self.send();
            }
            News::Ended(key, ending) => self.ended(key, ending),
        }
        self.tasks.reap();
    }

    /// Keeps output for the server; there is none of what is still held back by a mask.
    fn keep(&mut self, key: Key, stream: Stream, bytes: &Bytes) {
        if bytes.is_empty() {
            return;
        }
        if let Some(spool) = self.spools.get_mut(&key)
            && let Err(error) = spool.append(stream, bytes)
        {
            tracing::error!(job.id = %key.job_id, %error, "output could not be kept; it is only counted from here on");
            self.parts.journal.doubt();
        }
    }

    pub(crate) fn ended(&mut self, key: Key, ending: Ending) {
        self.tell_started(key);
        let Some(mut running) = self.running.remove(&key) else {
            return;
        };
        if let Some(masking) = &mut running.masking {
            for (stream, bytes) in masking.finish() {
                self.keep(key, stream, &bytes);
            }
        }
        let Some(attempt) = self.attempts.get(key) else {
            return;
        };
        let mut result =
            results::blank(key.under(attempt.fence), attempt.origin, self.server_now());
        let nanos = clock::boottime_ns() - running.started_ns;
        result.duration = u64::try_from(nanos / 1_000_000).unwrap_or(0);
        result.reason = ending.reason;
        match ending.exit {
            Some(Exit::Code(code)) => result.exit_code = Some(code),
            Some(Exit::Signal(signal)) => result.signal = Some(signal),
            None => result.detail = Some("its processes resist being killed".to_owned()),
        }
        result.success = ending.reason.is_none() && result.exit_code == Some(0);
        if !result.success && ending.reason.is_none() {
            Self::blame(&running.files, &mut result);
        }
        let outputs = outputs::collect(&running.files.outputs);
        result.outputs = outputs.values;
        result.detail = result.detail.or(outputs.complaint);
        if let Some(masking) = &running.masking {
            mask_result(&masking.masks, &mut result);
        }
        running.files.remove();
        self.close(key, Box::new(result));
    }

    /// Finds out whether it was its confinement that stopped a step.
    fn blame(files: &Files, result: &mut CommandResult) {
        if let Some(excuse) = files.excuse() {
            result.exit_code = None;
            result.reason = Some(excuse.reason);
            result.detail = Some(excuse.detail);
            return;
        }
        let struck = files.struck();
        let (reason, detail) = if struck.memory {
            (Reason::Oom, "it used more memory than its sandbox allows")
        } else if struck.processes {
            (
                Reason::Pids,
                "it started more processes than its sandbox allows",
            )
        } else {
            return;
        };
        result.reason = Some(reason);
        result.detail = Some(detail.to_owned());
    }

    /// Writes down an attempt's result and reports it.
    pub(crate) fn close(&mut self, key: Key, mut result: Box<CommandResult>) {
        let mut output = Vec::new();
        if let Some(spool) = self.spools.get_mut(&key) {
            if let Err(error) = spool.finish() {
                tracing::error!(job.id = %key.job_id, %error, "the end of the output could not be kept");
            }
            let summary = spool.summary();
            result.last_seq = summary.last_seq;
            result.output_bytes = summary.bytes;
            result.output_sha256 = summary.sha256;
            output = spool.kept_in_memory();
            if !self.outbox.is_online() && spool.sync().is_err() {
                tracing::error!(job.id = %key.job_id, "output could not be made safe on disk");
            }
        }
        tracing::info!(
            job.id = %key.job_id,
            attempt = key.attempt,
            exit_code = result.exit_code,
            signal = result.signal,
            reason = result.reason.map(Reason::as_str),
            "step ended"
        );
        self.counted.count(&result);
        failpoint::pass("ended");
        self.write(&Record::Exit {
            key,
            result: result.clone(),
            output,
        });
        failpoint::pass("exit_journaled");
        self.attempts.end(key, result);
        self.turn_queue();
        self.send();
        failpoint::pass("reported");
    }

    pub(crate) fn condemn(&mut self, claim: Claim) {
        let grace = Duration::from_millis(self.parts.settings.kill_grace_ms);
        let Some(attempt) = self.attempts.find_claimed(claim) else {
            return;
        };
        let was_condemned = std::mem::replace(&mut attempt.is_condemned, true);
        match attempt.stage {
            Stage::Running => {
                self.order(
                    claim.into(),
                    Order {
                        reason: Reason::Cancelled,
                        grace,
                    },
                );
            }
            // It was told once as evidence; a server that lists it again does not want it.
            Stage::Ended(_) if was_condemned => self.forget(claim.into()),
            Stage::Ended(_) => {}
        }
    }

    pub(crate) fn order(&mut self, key: Key, order: Order) {
        if let Some(running) = self.running.get(&key) {
            // A full channel means that its end has been ordered four times already.
            let _ = running.orders.try_send(order);
        }
    }
}

/// Takes secrets out of what a result says.
fn mask_result(masks: &Masks, result: &mut CommandResult) {
    result.detail = result.detail.as_deref().map(|text| masks.text(text));
    let outputs = std::mem::take(&mut result.outputs);
    let masked = |(key, value): (String, String)| (masks.text(&key), masks.text(&value));
    result.outputs = outputs.into_iter().map(masked).collect();
}
