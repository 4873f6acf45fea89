//! What the agent socket carries: text frames, one JSON object each, `type` first.
//!
//! The third seed's frames keep their names and fields; pulse's own fields follow and
//! are optional where a worker that speaks only the third seed's protocol leaves them
//! out.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::{
    DrainId, ExecutionId, Fence, JobId, SecretText, WorkerId,
    agent_log::{LogSaid, ReadLog},
    probe::{Check, CheckReport},
    sandbox::Sandbox,
    status::{DrainMode, Runtime, Stream},
};

/// Names one attempt of one job under one fence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Claim {
    pub job_id: JobId,
    /// Counted from 1.
    pub attempt: u32,
    pub fence: Fence,
}

/// A frame from an agent to the server.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum FromAgent {
    WorkerConnect(WorkerConnect),
    Started(Started),
    NotStarted(NotStarted),
    Output(Output),
    CommandResult(Box<CommandResult>),
    /// The third seed's answer to `execute_workflow`, which pulse never sends; read and ignored.
    WorkflowResult(Value),
    Heartbeat(Heartbeat),
    DrainState(DrainState),
    Describe(Describe),
    Resumed(Resumed),
    RestartRefused(RestartRefused),
    CheckReport(CheckReport),
    LogSaid(LogSaid),
    Ping(Ping),
    Pong(Pong),
    /// A frame of a newer protocol: ignored and counted.
    #[serde(other)]
    Unknown,
}

/// A frame from the server to an agent.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum ToAgent {
    Welcome(Welcome),
    ExecuteCommand(Box<ExecuteCommand>),
    Ack(Ack),
    Cancel(Cancel),
    Drain(Drain),
    Resume(Resume),
    Restart(Restart),
    RotateCredential,
    HeartbeatAck(HeartbeatAck),
    Check(Box<Check>),
    ReadLog(Box<ReadLog>),
    Ping(Ping),
    Pong(Pong),
    /// A frame of a newer protocol: ignored and counted.
    #[serde(other)]
    Unknown,
}

/// The agent's first frame: who it is and what it still has in hand.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct WorkerConnect {
    pub worker_id: WorkerId,
    #[serde(default)]
    pub worker_name: Option<String>,
    /// Absent: a worker that speaks only the third seed's fields.
    #[serde(default)]
    pub protocol: Option<u32>,
    /// The kernel's boot id: another one means that the host was restarted.
    #[serde(default)]
    pub boot_id: Option<String>,
    /// Made anew each time the executor starts.
    #[serde(default)]
    pub session: Option<String>,
    /// Attempts that are running, or that ended and are not acknowledged yet.
    #[serde(default)]
    pub running: Vec<Claim>,
    /// How many results wait in the spool; they follow at once.
    #[serde(default)]
    pub spooled: u32,
    /// How many steps may run at once.
    #[serde(default)]
    pub slots: Option<u32>,
    /// In place of what the server knows; absent from workers that do not say.
    #[serde(default)]
    pub capabilities: Option<Value>,
    /// In place of what the server knows; absent from workers that do not say.
    #[serde(default)]
    pub function_blocks: Option<Vec<Value>>,
    #[serde(default)]
    pub version: Option<String>,
    /// Of the executor's program, which follows the link's when no step runs.
    #[serde(default)]
    pub executor_version: Option<String>,
    /// Made anew each time the link starts: a wish for a restart ends with the next one.
    #[serde(default)]
    pub link: Option<String>,
    /// Whatever starts it does so also after it has left drained: then it is to be held, not active.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub stays_drained: bool,
}

/// What a host says of itself when that has changed while it is connected.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Describe {
    /// How many steps may run at once.
    pub slots: u32,
    pub capabilities: Value,
    pub function_blocks: Vec<Value>,
}

/// The server's answer to `worker_connect`.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Welcome {
    pub session_epoch: i64,
    pub heartbeat_interval_ms: u64,
    pub server_time: Timestamp,
    /// Milliseconds from the sending of the last acknowledged sign of life until jobs that must not
    /// outlive their connection are ended.
    #[serde(default = "default_deadman")]
    pub deadman_ms: u64,
    /// Attempts that the agent shall kill and forget: the server has ended them.
    #[serde(default)]
    pub kill: Vec<Claim>,
}

fn default_deadman() -> u64 {
    330_000
}

/// An offer: a job that the agent may start until it expires.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ExecuteCommand {
    pub execution_id: ExecutionId,
    pub step_index: u32,
    /// Shell text; with `script`, the body of a script for `runtime`.
    pub command: String,
    /// Milliseconds from the start of the process until it is ended.
    pub timeout: u64,
    pub worker_id: WorkerId,

    pub job_id: JobId,
    pub attempt: u32,
    pub fence: Fence,
    /// The agent must not start the job at or after this moment of the server's clock.
    pub expires_at: Timestamp,
    #[serde(default, skip_serializing_if = "is_false")]
    pub script: bool,
    #[serde(default = "shell")]
    pub runtime: Runtime,
    /// The whole environment that pulse adds, `PULSE_*` included.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub env: BTreeMap<String, String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub working_dir: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub user: Option<String>,
    /// The function block to call; `command` is empty then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub uses: Option<String>,
    /// What the function block is given.
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    pub with: Map<String, Value>,
    /// Restrictions beyond those that the host has for every step.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sandbox: Option<Sandbox>,
    /// What becomes of the job while its host is cut off from the server.
    #[serde(default, skip_serializing_if = "OnDisconnect::is_default")]
    pub on_disconnect: OnDisconnect,
    /// The secrets that the step gets in its environment: without one of them it is not started.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub secret_names: Vec<String>,
    /// Their values, which are masked in everything that the step writes. They are in the frame
    /// alone: nobody keeps them.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub secrets: BTreeMap<String, SecretText>,
}

impl ExecuteCommand {
    /// Whether the value of every secret is there that the step gets.
    pub fn has_its_secrets(&self) -> bool {
        let mut names = self.secret_names.iter();
        names.all(|name| self.secrets.contains_key(name))
    }

    /// Which attempt is offered.
    pub fn claim(&self) -> Claim {
        Claim {
            job_id: self.job_id,
            attempt: self.attempt,
            fence: self.fence,
        }
    }
}

/// What becomes of a job while its host is cut off from the server.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OnDisconnect {
    /// It goes on, and its result is reported later.
    #[default]
    Continue,
    /// The executor ends it before the server may start it again.
    Stop,
}

impl OnDisconnect {
    #[expect(
        clippy::trivially_copy_pass_by_ref,
        reason = "serde calls it with a reference"
    )]
    fn is_default(&self) -> bool {
        *self == Self::default()
    }
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde calls it with a reference"
)]
fn is_false(value: &bool) -> bool {
    !*value
}

fn shell() -> Runtime {
    Runtime::Shell
}

/// The process of an attempt has been started.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Started {
    #[serde(flatten)]
    pub claim: Claim,
    /// On the agent's estimate of the server's clock.
    pub at: Timestamp,
}

/// An offer that the agent will not start; no attempt is used up.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct NotStarted {
    #[serde(flatten)]
    pub claim: Claim,
    /// `expired`, `busy`, `draining`, `disk`, `unheard`, `secrets` or `agent_restart`.
    pub reason: String,
}

/// A numbered piece of a job's output.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Output {
    #[serde(flatten)]
    pub claim: Claim,
    pub stream: Stream,
    /// Counted from 1 without gaps, over both streams of the attempt together.
    pub seq: u64,
    /// Where the piece begins in the attempt's whole output, both streams
    /// together in the order of their capture. A jump marks what was not kept.
    pub offset: u64,
    /// Base64 of at most `OUTPUT_CHUNK_LIMIT` bytes.
    pub data: String,
}

/// How an attempt ended.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct CommandResult {
    pub execution_id: ExecutionId,
    pub worker_id: WorkerId,
    pub success: bool,
    /// Filled by workers that speak only the third seed's fields.
    #[serde(default)]
    pub stdout: String,
    /// Filled by workers that speak only the third seed's fields.
    #[serde(default)]
    pub stderr: String,
    /// Milliseconds from start to end.
    #[serde(default)]
    pub duration: u64,
    pub timestamp: Timestamp,

    #[serde(flatten)]
    pub claim: Option<Claim>,
    /// Absent when the process was ended by a signal, or never ran.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub exit_code: Option<i32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signal: Option<i32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Reason>,
    /// A sentence for people about the reason, such as why it could not be started.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
    /// The `key=value` lines of `$PULSE_OUTPUT`.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub outputs: BTreeMap<String, String>,
    /// The number of the last `output` frame; 0 without output.
    #[serde(default)]
    pub last_seq: u64,
    /// The length of the whole output, whether kept or not.
    #[serde(default)]
    pub output_bytes: u64,
    /// Hex SHA-256 of the whole output, whether kept or not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub output_sha256: Option<String>,
}

/// Why an attempt ended otherwise than by its own exit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// It ran out of time and was ended.
    Timeout,
    /// It was ended because somebody asked.
    Cancelled,
    /// It could not be started: no such program, user or folder.
    NotStartable,
    /// The executor was restarted and cannot prove how it ended.
    AgentRestart,
    /// The host was restarted and nothing proves how it ended.
    HostRestart,
    /// The host was cut off from the server for so long that the job may be started again.
    CutOff,
    /// The agent does not allow it.
    PolicyDenied,
    /// It was to be confined further than this host can.
    SandboxUnavailable,
    /// It used more memory than it may.
    Oom,
    /// It started more processes than it may.
    Pids,
    /// A reason of a newer agent.
    #[serde(other)]
    Other,
}

impl Reason {
    /// The word on the wire.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Timeout => "timeout",
            Self::Cancelled => "cancelled",
            Self::NotStartable => "not_startable",
            Self::AgentRestart => "agent_restart",
            Self::HostRestart => "host_restart",
            Self::CutOff => "cut_off",
            Self::PolicyDenied => "policy_denied",
            Self::SandboxUnavailable => "sandbox_unavailable",
            Self::Oom => "oom",
            Self::Pids => "pids",
            Self::Other => "other",
        }
    }
}

/// Sent after COMMIT: what the agent may forget.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Ack {
    pub job_id: JobId,
    pub attempt: u32,
    /// With a number: output up to it is stored. Without: the result is, and the whole attempt may be forgotten.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub output_seq: Option<u64>,
}

/// Asks the agent to end an attempt.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Cancel {
    #[serde(flatten)]
    pub claim: Claim,
    /// Milliseconds between TERM and KILL.
    pub grace_ms: u64,
    pub reason: String,
}

/// Says that the agent shall start nothing more.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Drain {
    pub mode: DrainMode,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deadline_at: Option<Timestamp>,
    /// Which drain it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<DrainId>,
    /// The last drain of the host's own that the server has taken: of a later one, this says nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub taken: Option<DrainId>,
}

/// Says that no drain is on: after `welcome`, and when one has ended.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Resume {
    /// The last drain of the host's own that the server has taken: of a later one, this says nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub taken: Option<DrainId>,
}

/// A drain was taken back on the host; said again until the server says something else than this drain.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Resumed {
    /// Which one; absent from older agents, which mean the one that they were told of last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub drain: Option<DrainId>,
}

/// Asks the agent to start anew with its stored credential; steps run on.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Restart {
    /// The executor too: the steps that it runs are ended.
    #[serde(default)]
    pub executor: bool,
}

/// The agent goes on as it is: the program that is installed now is of no use.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct RestartRefused {
    /// For people.
    pub detail: String,
}

/// Says that a sign of life counts: it is stored, and silence begins anew from here.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct HeartbeatAck {
    /// What the heartbeat carried.
    pub sent_at: Timestamp,
}

/// How far a drain has come.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct DrainState {
    pub outstanding: u32,
    /// The drain that was asked for on the host, until the server says that it has taken it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub asked: Option<DrainId>,
}

/// Asks the other side to answer; the agent also estimates the server's clock from it.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Ping {
    /// The sender's own clock; comes back in `pong`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sent_at: Option<Timestamp>,
}

/// The answer to a ping.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Pong {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub worker_id: Option<WorkerId>,
    /// What the ping carried.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sent_at: Option<Timestamp>,
    /// The server's clock when it answered; the server fills it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub server_time: Option<Timestamp>,
}

/// A sign of life with the load of the host.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Heartbeat {
    #[serde(default)]
    pub metrics: Metrics,
    #[serde(default)]
    pub slots_free: u32,
    /// The agent's own clock; comes back in `heartbeat_ack` once the heartbeat is stored.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sent_at: Option<Timestamp>,
    /// Attempts that run, or that ended and are not acknowledged: the evidence that they are alive.
    #[serde(default)]
    pub held: Vec<Claim>,
}

/// The load of a host.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Metrics {
    #[serde(default)]
    pub cpu_percent: f64,
    #[serde(default)]
    pub memory_used_bytes: u64,
    #[serde(default)]
    pub memory_total_bytes: u64,
    /// Over 1, 5 and 15 minutes.
    #[serde(default)]
    pub load_average: [f64; 3],
    #[serde(default)]
    pub disk_used_bytes: u64,
    #[serde(default)]
    pub disk_total_bytes: u64,
    /// How far the host's clock is ahead of the server's, once that is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub clock_offset_ms: Option<i64>,
}

/// Why the server closed the socket.
pub mod close {
    /// The credential was revoked, or another session of the same worker took over.
    pub const UNAUTHORIZED: u16 = 4401;
    /// The frame could not be read.
    pub const BAD_FRAME: u16 = 4400;
    /// A newer session of the same worker took over.
    pub const SUPERSEDED: u16 = 4409;
    /// The agent is too old.
    pub const PROTOCOL_TOO_OLD: u16 = 4426;
    /// Too many frames.
    pub const FLOODED: u16 = 4429;
    /// The server is stopping; come back soon.
    pub const GOING_AWAY: u16 = 1001;
}
