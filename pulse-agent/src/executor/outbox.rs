//! What is on its way to the link, and in which order.
//!
//! Small frames go at once. Output is taken from the spools only as fast as the
//! link reads, in turn from each attempt; a result never overtakes its output.

use std::{
    cell::Cell,
    collections::{HashMap, HashSet},
    rc::Rc,
};

use base64::{Engine as _, engine::general_purpose::STANDARD};
use pulse_api::frames::{FromAgent, Output};
use tokio::sync::mpsc;

use super::{
    attempts::{Attempts, Stage},
    record::Key,
    spool::{Chunk, Spool},
};
use crate::wire::{Kind, Message};

/// How many bytes may wait for the link to read them.
const BACKLOG_LIMIT: usize = 256 * 1024;

/// The way to the link's connection.
#[derive(Clone)]
pub(crate) struct Lane {
    pub(crate) messages: mpsc::UnboundedSender<Message>,
    /// Bytes that the connection has not taken yet.
    pub(crate) backlog: Rc<Cell<usize>>,
}

/// Frames for the link.
#[derive(Default)]
pub(crate) struct Outbox {
    lane: Option<Lane>,
    is_online: bool,
    /// Results that this connection to the server has been given.
    results_sent: HashSet<Key>,
    last_served: Option<Key>,
}

impl Outbox {
    /// Sends everything to this link from now on.
    pub(crate) fn attach(&mut self, lane: Lane) {
        self.lane = Some(lane);
        self.offline();
    }

    /// The link is gone.
    pub(crate) fn detach(&mut self) {
        self.lane = None;
        self.offline();
    }

    pub(crate) fn is_online(&self) -> bool {
        self.is_online
    }

    pub(crate) fn online(&mut self) {
        self.is_online = true;
        self.results_sent.clear();
    }

    pub(crate) fn offline(&mut self) {
        self.is_online = false;
        self.results_sent.clear();
    }

    /// Lets a result go out once more.
    pub(crate) fn unmark(&mut self, key: Key) {
        self.results_sent.remove(&key);
    }

    /// Sends a small frame; while the server is away it is dropped, because `online` tells anew.
    pub(crate) fn push(&mut self, frame: &FromAgent) {
        if self.is_online {
            self.push_message(Message::new(Kind::Frame, frame));
        }
    }

    pub(crate) fn push_message(&mut self, message: Message) {
        if let Some(lane) = &self.lane {
            lane.backlog.set(lane.backlog.get() + message.body.len());
            let _ = lane.messages.send(message);
        }
    }

    /// Takes output and results in turn while the link keeps up.
    pub(crate) fn fill(&mut self, attempts: &Attempts, spools: &mut HashMap<Key, Spool>) {
        if !self.is_online {
            return;
        }
        let mut keys: Vec<Key> = spools.keys().copied().collect();
        keys.sort_unstable();
        let first = self
            .last_served
            .map_or(0, |last| keys.partition_point(|key| *key <= last));
        let count = keys.len();
        keys.rotate_left(first.min(count));
        let mut is_moving = true;
        while is_moving {
            is_moving = false;
            for key in &keys {
                if !self.has_room() {
                    return;
                }
                if let Some(spool) = spools.get_mut(key)
                    && self.serve(*key, attempts, spool)
                {
                    self.last_served = Some(*key);
                    is_moving = true;
                }
            }
        }
    }

    fn serve(&mut self, key: Key, attempts: &Attempts, spool: &mut Spool) -> bool {
        let Some(attempt) = attempts.get(key) else {
            return false;
        };
        match spool.next() {
            Ok(Some(chunk)) => {
                let frame = output(key, attempt.fence, &chunk);
                self.push_message(Message::new(Kind::Bulk, &frame));
                return true;
            }
            Ok(None) => {}
            Err(error) => {
                tracing::error!(job.id = %key.job_id, %error, "kept output cannot be read");
            }
        }
        let Stage::Ended(result) = &attempt.stage else {
            return false;
        };
        if !spool.is_drained() || !self.results_sent.insert(key) {
            return false;
        }
        let mut result = result.clone();
        result.claim = Some(key.under(attempt.fence));
        // Behind the output of the same attempt in the same queue.
        self.push_message(Message::new(Kind::Bulk, &FromAgent::CommandResult(result)));
        true
    }

    fn has_room(&self) -> bool {
        self.lane
            .as_ref()
            .is_some_and(|lane| lane.backlog.get() < BACKLOG_LIMIT)
    }
}

fn output(key: Key, fence: pulse_api::Fence, chunk: &Chunk) -> FromAgent {
    FromAgent::Output(Output {
        claim: key.under(fence),
        stream: chunk.stream,
        seq: chunk.seq,
        offset: chunk.offset,
        data: STANDARD.encode(&chunk.data),
    })
}
