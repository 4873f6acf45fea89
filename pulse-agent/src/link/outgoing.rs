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
pub struct Outgoing {
    urgent: VecDeque<Message>,
    bulk: VecDeque<Message>,
    is_dirty: bool,
}

impl Outgoing {
    /// Queues a small frame.
    pub fn push(&mut self, text: impl Into<Utf8Bytes>) {
        self.urgent.push_back(Message::Text(text.into()));
    }

    /// Queues a frame that may wait.
    pub fn push_bulk(&mut self, text: impl Into<Utf8Bytes>) {
        self.bulk.push_back(Message::Text(text.into()));
    }

    /// Whether output may be queued.
    pub fn has_room(&self) -> bool {
        self.bulk.len() < BULK_LIMIT
    }

    /// Whether nothing waits.
    pub fn is_empty(&self) -> bool {
        self.urgent.is_empty() && self.bulk.is_empty() && !self.is_dirty
    }

    /// Writes what waits. Ends when a write makes room, or fails; may be dropped at any time.
    pub async fn drive<S>(&mut self, sink: &mut S) -> Result<(), tungstenite::Error>
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
        let was_full = !self.has_room();
        while !(self.urgent.is_empty() && self.bulk.is_empty()) {
            match sink.as_mut().poll_ready(context)? {
                Poll::Ready(()) => {}
                Poll::Pending => return self.made_room(was_full),
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
        self.made_room(was_full)
    }

    fn made_room(&self, was_full: bool) -> Poll<Result<(), tungstenite::Error>> {
        if was_full && self.has_room() {
            Poll::Ready(Ok(()))
        } else {
            Poll::Pending
        }
    }
}
