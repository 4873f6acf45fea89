//! Frames on their way to the server: small ones overtake output.

use std::{
    collections::VecDeque,
    future::poll_fn,
    pin::Pin,
    task::{Context, Poll},
};

use futures_util::Sink;
use tokio_tungstenite::tungstenite::{self, Message, Utf8Bytes};

/// How many pieces of output may wait here; the rest stays with the executor.
const BULK_LIMIT: usize = 4;

/// Two queues, of which the first goes first.
#[derive(Default)]
pub(crate) struct Outgoing {
    urgent: VecDeque<Message>,
    bulk: VecDeque<Message>,
    is_dirty: bool,
}

impl Outgoing {
    /// Queues a small frame.
    pub(crate) fn push(&mut self, text: impl Into<Utf8Bytes>) {
        self.urgent.push_back(Message::Text(text.into()));
    }

    /// Queues a frame that may wait.
    pub(crate) fn push_bulk(&mut self, text: impl Into<Utf8Bytes>) {
        self.bulk.push_back(Message::Text(text.into()));
    }

    /// Whether output may be queued.
    pub(crate) fn has_room(&self) -> bool {
        self.bulk.len() < BULK_LIMIT
    }

    /// Whether nothing waits.
    pub(crate) fn is_empty(&self) -> bool {
        self.urgent.is_empty() && self.bulk.is_empty() && !self.is_dirty
    }

    /// Writes what waits. Ends when a write makes room, or fails; may be dropped at any time.
    pub(crate) async fn drive<S>(&mut self, sink: &mut S) -> Result<(), tungstenite::Error>
    where
        S: Sink<Message, Error = tungstenite::Error> + Unpin,
    {
        poll_fn(|context| self.poll_drive(Pin::new(sink), context)).await
    }

    fn poll_drive<S>(
        &mut self,
        mut sink: Pin<&mut S>,
        context: &mut Context<'_>,
    ) -> Poll<Result<(), tungstenite::Error>>
    where
        S: Sink<Message, Error = tungstenite::Error>,
    {
        let waited = self.bulk.len();
        while !(self.urgent.is_empty() && self.bulk.is_empty()) {
            match sink.as_mut().poll_ready(context)? {
                Poll::Ready(()) => {}
                Poll::Pending => return self.made_room(waited),
            }
            let next = self.urgent.pop_front().or_else(|| self.bulk.pop_front());
            if let Some(message) = next {
                sink.as_mut().start_send(message)?;
                self.is_dirty = true;
            }
        }
        if self.is_dirty && sink.as_mut().poll_flush(context)?.is_ready() {
            self.is_dirty = false;
        }
        self.made_room(waited)
    }

    fn made_room(&self, waited: usize) -> Poll<Result<(), tungstenite::Error>> {
        if waited >= BULK_LIMIT && self.has_room() {
            Poll::Ready(Ok(()))
        } else {
            Poll::Pending
        }
    }
}
