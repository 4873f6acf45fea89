//! The unix socket: takes connections, reads their messages, writes theirs.

use std::{cell::Cell, fs, io, os::unix::fs::PermissionsExt as _, path::Path, rc::Rc};

use bytes::BytesMut;
use futures_util::StreamExt as _;
use tokio::{
    io::AsyncWriteExt as _,
    net::{UnixListener, UnixStream},
    sync::mpsc,
};
use tokio_util::codec::{Encoder as _, FramedRead};

use super::outbox::Lane;
use crate::{
    halves::{self, Reading, Writing},
    own_log,
    supervisor::Supervisor,
    wire::{Kind, Message, MessageCodec, ToExecutor},
};

/// What happens on the connections.
#[derive(Debug)]
pub(crate) enum Knock {
    Message(u64, ToExecutor),
    /// The connection has read something, so there is room for more.
    Room,
    Closed(u64),
}

/// The socket and its connections.
pub(crate) struct Door {
    listener: UnixListener,
    knocks: mpsc::Sender<Knock>,
    tasks: Supervisor,
    last_id: u64,
}

impl Door {
    /// Opens the socket for the owner of the state folder alone.
    pub(crate) fn open(path: &Path, knocks: mpsc::Sender<Knock>) -> io::Result<Self> {
        let _ = fs::remove_file(path);
        let listener = UnixListener::bind(path)?;
        fs::set_permissions(path, fs::Permissions::from_mode(0o600))?;
        Ok(Self {
            listener,
            knocks,
            tasks: Supervisor::default(),
            last_id: 0,
        })
    }

    /// Waits for the next connection.
    pub(crate) async fn accept(&mut self) -> io::Result<(u64, Lane)> {
        let (stream, _) = self.listener.accept().await?;
        self.tasks.reap();
        self.welcome(stream)
    }

    fn welcome(&mut self, stream: UnixStream) -> io::Result<(u64, Lane)> {
        self.last_id += 1;
        let id = self.last_id;
        let (reader, writer) = halves::split(stream)?;
        let (messages, queue) = mpsc::unbounded_channel();
        let backlog = Rc::new(Cell::new(0));
        self.tasks.start(read(id, reader, self.knocks.clone()));
        self.tasks
            .start(write(writer, queue, backlog.clone(), self.knocks.clone()));
        Ok((id, Lane { messages, backlog }))
    }
}

async fn read(id: u64, reader: Reading, knocks: mpsc::Sender<Knock>) {
    let mut messages = FramedRead::with_capacity(reader, MessageCodec::default(), 4096);
    while let Some(Ok(message)) = messages.next().await {
        if message.kind != Kind::Control {
            continue;
        }
        match serde_json::from_slice(&message.body) {
            Ok(message) => {
                if knocks.send(Knock::Message(id, message)).await.is_err() {
                    return;
                }
            }
            Err(error) => {
                let reason = own_log::unreadable(&error);
                tracing::warn!(reason, "a message that this executor does not know");
            }
        }
    }
    let _ = knocks.send(Knock::Closed(id)).await;
}

async fn write(
    mut writer: Writing,
    mut queue: mpsc::UnboundedReceiver<Message>,
    backlog: Rc<Cell<usize>>,
    knocks: mpsc::Sender<Knock>,
) {
    let mut codec = MessageCodec::default();
    let mut bytes = BytesMut::new();
    while let Some(first) = queue.recv().await {
        let mut taken = 0;
        let mut next = Some(first);
        while let Some(message) = next {
            taken += message.body.len();
            if codec.encode(message, &mut bytes).is_err() {
                return;
            }
            next = if bytes.len() < 64 * 1024 {
                queue.try_recv().ok()
            } else {
                None
            };
        }
        if writer.write_all(&bytes).await.is_err() {
            return;
        }
        bytes.clear();
        if bytes.capacity() > 16 * 1024 {
            bytes = BytesMut::new();
        }
        backlog.set(backlog.get().saturating_sub(taken));
        if taken >= 16 * 1024 && knocks.send(Knock::Room).await.is_err() {
            return;
        }
    }
}
