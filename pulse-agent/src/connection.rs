//! A connection to the executor over its unix socket: the link's, or that of somebody who asks it something.

use std::{io, time::Duration};

use futures_util::{SinkExt as _, StreamExt as _};
use tokio::{
    net::UnixStream,
    time::{Instant, sleep_until},
};
use tokio_util::codec::{FramedRead, FramedWrite};

use crate::{
    halves::{self, Reading, Writing},
    state::State,
    wire::{FromExecutor, Inventory, Kind, Load, Message, MessageCodec, Settings, ToExecutor},
};

/// How long an executor may take to answer who has just come.
const ANSWER_LIMIT: Duration = Duration::from_secs(10);
/// How long a message may wait for another one.
const HOLD: Duration = Duration::from_millis(20);

/// A connection to the executor.
pub(crate) struct Executor {
    reader: FramedRead<Reading, MessageCodec>,
    writer: FramedWrite<Writing, MessageCodec>,
    /// When what is held goes at the latest.
    flush_at: Option<Instant>,
    /// How often it was told to drain or to go on.
    told: u64,
}

/// Why there is no executor.
#[derive(Debug, thiserror::Error)]
pub(crate) enum AttachError {
    #[error("an executor could not be started")]
    Start(#[source] io::Error),
    #[error("the executor does not answer")]
    Silent,
    #[error("the executor's socket cannot be used")]
    Socket(#[source] io::Error),
}

impl Executor {
    /// Connects to an executor that is there.
    pub(crate) async fn connect(state: &State) -> io::Result<Self> {
        Self::over(UnixStream::connect(state.socket()?.path()).await?)
    }

    fn over(stream: UnixStream) -> io::Result<Self> {
        let (reader, writer) = halves::split(stream)?;
        Ok(Self {
            reader: FramedRead::with_capacity(reader, MessageCodec::default(), 4096),
            writer: FramedWrite::new(writer, MessageCodec::default()),
            flush_at: None,
            told: 0,
        })
    }

    /// Becomes the executor's link.
    pub(crate) async fn attach(&mut self, settings: Settings) -> Result<Inventory, AttachError> {
        self.send(&ToExecutor::Attach(settings))
            .await
            .map_err(AttachError::Socket)?;
        let inventory = tokio::time::timeout(ANSWER_LIMIT, self.inventory());
        inventory.await.ok().flatten().ok_or(AttachError::Silent)
    }

    async fn inventory(&mut self) -> Option<Inventory> {
        loop {
            match read(&self.next().await?) {
                Some(FromExecutor::Inventory(inventory)) => return Some(inventory),
                Some(FromExecutor::Load(_) | FromExecutor::Reloaded(_) | FromExecutor::Resumed)
                | None => {}
            }
        }
    }

    /// Sends one message.
    pub(crate) async fn send(&mut self, message: &ToExecutor) -> io::Result<()> {
        self.told += u64::from(message.is_of_rest());
        self.writer.feed(Message::control(message)).await?;
        self.flush().await
    }

    /// Sends one message in company: with the next one, or a little later.
    pub(crate) async fn hold(&mut self, message: &ToExecutor) -> io::Result<()> {
        self.flush_at.get_or_insert_with(|| Instant::now() + HOLD);
        self.writer.feed(Message::control(message)).await
    }

    /// Sends what is held.
    pub(crate) async fn flush(&mut self) -> io::Result<()> {
        self.writer.flush().await?;
        self.flush_at = None;
        Ok(())
    }

    /// Whether it has been told, on this connection, whether it is to drain.
    pub(crate) fn was_told(&self) -> bool {
        self.told > 0
    }

    /// Whether it said this after it had heard whether it is to drain.
    pub(crate) fn has_heard_all(&self, load: &Load) -> bool {
        load.heeded == self.told
    }

    /// Sends what is held when it is due, and takes no message; `None` when the executor is gone.
    pub(crate) async fn rest(&mut self) -> Option<Message> {
        loop {
            at(self.flush_at).await;
            self.flush().await.ok()?;
        }
    }

    /// The next message; `None` when the executor is gone. May be dropped and called again.
    pub(crate) async fn next(&mut self) -> Option<Message> {
        loop {
            tokio::select! {
                message = self.reader.next() => return message?.ok(),
                () = at(self.flush_at) => self.flush().await.ok()?,
            }
        }
    }
}

/// Reads a control message; others are for the server.
pub(crate) fn read(message: &Message) -> Option<FromExecutor> {
    if message.kind != Kind::Control {
        return None;
    }
    serde_json::from_slice(&message.body).ok()
}

/// Waits for a moment; for ever without one.
pub(crate) async fn at(moment: Option<Instant>) {
    match moment {
        Some(moment) => sleep_until(moment).await,
        None => std::future::pending().await,
    }
}

#[cfg(test)]
mod tests {
    use tokio::io::AsyncReadExt as _;

    use super::*;

    fn pair() -> (Executor, UnixStream) {
        let (own, other) = UnixStream::pair().unwrap();
        (Executor::over(own).unwrap(), other)
    }

    #[tokio::test]
    async fn what_is_held_goes_with_the_next_message() {
        let (mut executor, mut other) = pair();
        let mut read = [0; 256];

        executor.hold(&ToExecutor::Resume).await.unwrap();
        let early = other.try_read(&mut read);
        executor.send(&ToExecutor::Status).await.unwrap();
        let count = other.read(&mut read).await.unwrap();

        assert_eq!(early.unwrap_err().kind(), io::ErrorKind::WouldBlock);
        let text = String::from_utf8_lossy(&read[..count]);
        assert!(text.contains("resume") && text.contains("status"), "{text}");
        assert!(executor.flush_at.is_none());
    }

    #[tokio::test]
    async fn what_is_held_goes_soon_without_another_message() {
        let (mut executor, mut other) = pair();
        let mut read = [0; 256];

        executor.hold(&ToExecutor::Resume).await.unwrap();
        let count = tokio::select! {
            _ = executor.next() => 0,
            count = other.read(&mut read) => count.unwrap(),
        };

        assert!(String::from_utf8_lossy(&read[..count]).contains("resume"));
    }
}
