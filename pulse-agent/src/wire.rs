//! What the link and the executor say to each other over the unix socket.
//!
//! Four bytes of length, one byte of kind, then JSON. Frames for the server
//! travel ready-made, so that the link need not read what it only passes on.

use std::io;

use bytes::{BufMut, Bytes, BytesMut};
use pulse_api::frames::{Ack, Cancel, Claim, CommandResult, ExecuteCommand, Reason};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use tokio_util::codec::{Decoder, Encoder, LengthDelimitedCodec};

/// The largest message: an offer or an output frame with room to spare.
const MESSAGE_LIMIT: usize = 1024 * 1024;

/// What a connection may ask of the executor.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub(crate) enum ToExecutor {
    /// Makes this connection the link; an older link loses that role.
    Attach(Settings),
    /// A connection to the server is being opened: answered with `inventory`.
    Connecting,
    /// The server said welcome: frames flow from now on.
    Online {
        kill: Vec<Claim>,
        clock_offset_ns: i64,
        /// When the sign of life was sent that the server acknowledged with this.
        heard_ns: i64,
        /// How long after the last one jobs are ended that must not outlive their connection.
        deadman_ms: u64,
    },
    /// The sign of life that was sent at this moment of the boot clock counts.
    Heard {
        heard_ns: i64,
    },
    /// The server is away: frames are kept.
    Offline,
    /// The server's clock less the boot clock.
    Clock {
        offset_ns: i64,
    },
    Start {
        offer: Box<ExecuteCommand>,
        /// The offer is worthless from this moment of the boot clock on.
        start_before_ns: i64,
    },
    Cancel(Cancel),
    Ack(Ack),
    Drain(DrainMode),
    Resume,
    /// Reads the rules of this host from its configuration again; answered with `reloaded`.
    Reload,
    /// Takes what the link's configuration says now.
    Configure(Settings),
    /// Answered with `load`.
    Status,
    /// Leaves the place to the installed program once no step runs; answered with `load`.
    Renew,
    /// Ends every step.
    CancelAll,
    /// Ends the executor; steps that still run are ended first.
    Exit,
}

impl ToExecutor {
    /// Whether it says that nothing more is to be started, or that it is.
    pub(crate) fn is_of_rest(&self) -> bool {
        matches!(self, Self::Drain(_) | Self::Resume)
    }
}

/// What the link's configuration says about steps.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub(crate) struct Settings {
    pub(crate) max_concurrent: u32,
    pub(crate) kill_grace_ms: u64,
}

/// Why nothing more is started.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum DrainMode {
    /// The agent ends when it is idle.
    Exit,
    /// The agent stays, idle.
    Hold,
}

/// What the executor says about itself.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub(crate) enum FromExecutor {
    Inventory(Inventory),
    Load(Load),
    /// The rules were read again, or why they stay as they were.
    Reloaded(Result<(), String>),
    /// Somebody on this host has ended a drain.
    Resumed,
}

/// What the executor has in hand.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Inventory {
    pub(crate) session: String,
    pub(crate) boot_id: String,
    /// Started by hand rather than by the service manager.
    pub(crate) detached: bool,
    /// Attempts that run, or that ended and are not acknowledged yet.
    pub(crate) running: Vec<Claim>,
    pub(crate) spooled: u32,
    pub(crate) slots: u32,
    /// How far it can confine steps, as the server is told.
    pub(crate) sandbox: Value,
    /// Of the executor's program, which need not be the link's; one of an older version does not say.
    #[serde(default)]
    pub(crate) version: Option<String>,
    /// It masks secrets in what steps write; one of an older version does not.
    #[serde(default)]
    pub(crate) masking: bool,
}

/// How busy the executor is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Load {
    pub(crate) pid: u32,
    pub(crate) slots: u32,
    pub(crate) running: u32,
    pub(crate) queued: u32,
    pub(crate) unreported: u32,
    pub(crate) draining: Option<DrainMode>,
    /// It leaves its place to the installed program once no step runs.
    #[serde(default)]
    pub(crate) renewing: bool,
    pub(crate) link_online: bool,
    /// Attempts that run, or that ended and are not acknowledged.
    pub(crate) held: Vec<Claim>,
    pub(crate) counted: Counted,
    /// How far it can confine steps, as the server is told.
    pub(crate) sandbox: Value,
    /// How often this link has told it to drain or to go on, as far as it has heard. One of an older
    /// version does not say: it is believed until it is told something.
    #[serde(default)]
    pub(crate) heeded: u64,
}

/// What an executor has counted since it was started.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Counted {
    pub(crate) started: u64,
    /// Steps that did not succeed, for whatever reason.
    pub(crate) failures: u64,
    pub(crate) oom_kills: u64,
    /// Steps that the policy or the sandbox of this host did not let start.
    pub(crate) denials: u64,
    pub(crate) spool_bytes: u64,
}

impl Counted {
    /// Counts how a step ended.
    pub(crate) fn count(&mut self, result: &CommandResult) {
        self.failures += u64::from(!result.success);
        match result.reason {
            Some(Reason::Oom) => self.oom_kills += 1,
            Some(Reason::PolicyDenied | Reason::SandboxUnavailable) => self.denials += 1,
            Some(
                Reason::Timeout
                | Reason::Cancelled
                | Reason::NotStartable
                | Reason::AgentRestart
                | Reason::HostRestart
                | Reason::CutOff
                | Reason::Pids
                | Reason::Other,
            )
            | None => {}
        }
    }
}

impl Load {
    /// How many steps could be started now.
    pub(crate) fn slots_free(&self) -> u32 {
        if self.draining == Some(DrainMode::Exit) {
            return 0;
        }
        self.slots.saturating_sub(self.running + self.queued)
    }

    /// How many attempts are not over and done with.
    pub(crate) fn outstanding(&self) -> u32 {
        self.running + self.queued + self.unreported
    }
}

/// What a message is, so that its reader knows whether to look inside.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// For the other side of the unix socket.
    Control,
    /// A frame for the server.
    Frame,
    /// A piece of output for the server, which may wait behind everything else.
    Bulk,
}

/// One message.
#[derive(Debug, Clone)]
pub(crate) struct Message {
    pub(crate) kind: Kind,
    pub(crate) body: Bytes,
}

impl Message {
    /// A message to the other side of the unix socket.
    pub(crate) fn control(message: &impl Serialize) -> Self {
        Self::new(Kind::Control, message)
    }

    /// A message of one kind.
    pub(crate) fn new(kind: Kind, message: &impl Serialize) -> Self {
        let body = serde_json::to_vec(message).expect("these types have string keys only");
        Self {
            kind,
            body: body.into(),
        }
    }
}

/// Cuts the byte stream into messages.
pub(crate) struct MessageCodec(LengthDelimitedCodec);

impl Default for MessageCodec {
    fn default() -> Self {
        let lengths = LengthDelimitedCodec::builder()
            .max_frame_length(MESSAGE_LIMIT)
            .new_codec();
        Self(lengths)
    }
}

impl Decoder for MessageCodec {
    type Item = Message;
    type Error = io::Error;

    fn decode(&mut self, bytes: &mut BytesMut) -> io::Result<Option<Message>> {
        let Some(mut body) = self.0.decode(bytes)? else {
            return Ok(None);
        };
        let kind = match body.first() {
            Some(b'C') => Kind::Control,
            Some(b'F') => Kind::Frame,
            Some(b'O') => Kind::Bulk,
            Some(_) | None => return Err(io::ErrorKind::InvalidData.into()),
        };
        let body = body.split_off(1).freeze();
        Ok(Some(Message { kind, body }))
    }
}

impl Encoder<Message> for MessageCodec {
    type Error = io::Error;

    fn encode(&mut self, message: Message, bytes: &mut BytesMut) -> io::Result<()> {
        let length = u32::try_from(message.body.len() + 1)
            .map_err(|_| io::Error::from(io::ErrorKind::InvalidInput))?;
        bytes.reserve(message.body.len() + 5);
        bytes.put_u32(length);
        bytes.put_u8(match message.kind {
            Kind::Control => b'C',
            Kind::Frame => b'F',
            Kind::Bulk => b'O',
        });
        bytes.put_slice(&message.body);
        Ok(())
    }
}
