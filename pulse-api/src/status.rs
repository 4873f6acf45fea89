//! The names of states on the wire.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

macro_rules! status {
    ($($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $text:tt),+ $(,)? })+) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
        pub enum $name {
            $($(#[$vdoc])* #[serde(rename = $text)] $variant,)+
        }

        impl $name {
            /// Every value, in the order of its declaration.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// The word that stands for it on the wire and in the database.
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$variant => $text,)+
                }
            }
        }

        impl Words for $name {
            const WORDS: &'static [&'static str] = &[$($text,)+];
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(self.as_str())
            }
        }

        impl FromStr for $name {
            type Err = UnknownStatus;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                match text {
                    $($text => Ok(Self::$variant),)+
                    _ => Err(UnknownStatus { given: text.to_owned(), known: Self::WORDS }),
                }
            }
        }
    )+};
}

/// A kind of states whose words are known.
pub trait Words: FromStr<Err = UnknownStatus> + 'static {
    /// The word of each, in the order of their declaration.
    const WORDS: &'static [&'static str];
}

/// A word that names no state of its kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownStatus {
    /// What was given.
    pub given: String,
    /// What could have been given.
    pub known: &'static [&'static str],
}

impl fmt::Display for UnknownStatus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "`{}` is not one of {}",
            self.given,
            self.known.join(", ")
        )
    }
}

impl std::error::Error for UnknownStatus {}

status! {
    /// Whether a worker is heard from: what the server observes.
    WorkerStatus {
        Online = "online",
        Unreachable = "unreachable",
        Offline = "offline",
        Deleted = "deleted",
    }

    /// What an operator wants of a worker.
    AdminState {
        Active = "active",
        Draining = "draining",
        Drained = "drained",
        Held = "held",
    }

    /// What kinds of work a worker takes.
    WorkerRole {
        Action = "action",
        Sensor = "sensor",
        Hybrid = "hybrid",
    }

    /// Where an agent runs, as it says itself.
    WorkerType {
        Local = "local",
        Remote = "remote",
        Container = "container",
    }

    /// Where one attempt of one step on one worker stands.
    JobStatus {
        Pending = "pending",
        Polled = "polled",
        Running = "running",
        Succeeded = "succeeded",
        Failed = "failed",
        TimedOut = "timed_out",
        Cancelled = "cancelled",
        Lost = "lost",
    }

    /// Where one step of an execution stands.
    StepStatus {
        Waiting = "waiting",
        Ready = "ready",
        Running = "running",
        Succeeded = "succeeded",
        Failed = "failed",
        Skipped = "skipped",
        Cancelled = "cancelled",
    }

    /// What a step does.
    StepKind {
        Execute = "execute",
        Prompt = "prompt",
        Wait = "wait",
        Group = "group",
        Agent = "agent",
        Workflow = "workflow",
        Notify = "notify",
    }

    /// How a channel reaches people.
    ChannelKind {
        Slack = "slack",
        Discord = "discord",
        Webhook = "webhook",
        Email = "email",
        Workflow = "workflow",
    }

    /// What is told.
    NotificationEvent {
        /// An execution has ended well.
        Completed = "completed",
        /// An execution has failed.
        Failed = "failed",
        /// An execution was ended early.
        Cancelled = "cancelled",
        /// An execution has run out of time.
        TimedOut = "timed_out",
        /// An execution waits for an answer.
        Prompt = "prompt",
        /// What a step of a document says.
        Step = "step",
        /// What somebody sent to see whether it arrives.
        Test = "test",
        /// A monitor is down.
        MonitorDown = "monitor_down",
        /// The incident that was told of is over: it is up again, or nobody looks at it any more as they did.
        MonitorUp = "monitor_up",
    }

    /// What became of a notification.
    NotificationStatus {
        /// It is tried, or will be tried again.
        Waiting = "waiting",
        /// Its receiver has accepted it.
        Delivered = "delivered",
        /// It was given up.
        Failed = "failed",
        /// Nobody wants it any more: its execution was ended, or its channel removed.
        Dropped = "dropped",
    }

    /// What has become of a step that runs another workflow.
    CallStatus {
        /// Its execution is about to begin.
        Wanted = "wanted",
        /// Its execution has begun.
        Running = "running",
        /// Its execution has ended, or could not begin.
        Ended = "ended",
    }

    /// Where a rollout stands between its batches.
    RolloutStatus {
        /// A batch has its turn.
        Going = "going",
        /// It pauses after a batch, or looks at the health of the changed hosts.
        Resting = "resting",
        /// The rest is over, and all is well.
        Rested = "rested",
        /// The changed hosts are not well: no further host is begun.
        Unhealthy = "unhealthy",
    }

    /// Where an execution stands.
    ExecutionStatus {
        Pending = "pending",
        Running = "running",
        Waiting = "waiting",
        Completed = "completed",
        Failed = "failed",
        Cancelled = "cancelled",
        TimedOut = "timed_out",
    }

    /// Where a question stands.
    PromptStatus {
        Open = "open",
        Answered = "answered",
        Expired = "expired",
        Cancelled = "cancelled",
    }

    /// Where one generation of a worker's credential stands.
    CredentialStatus {
        Fresh = "fresh",
        Active = "active",
        Superseded = "superseded",
        Cloned = "cloned",
        Revoked = "revoked",
    }

    /// What a drain leads to.
    DrainMode {
        /// The agent ends with code 0 when it is idle.
        Exit = "exit",
        /// The agent stays, idle, until it is resumed.
        Hold = "hold",
    }

    /// What happens to steps that still run when a drain's deadline passes.
    OnDeadline {
        /// They end by themselves.
        Leave = "leave",
        /// They are cancelled.
        Cancel = "cancel",
    }

    /// Where an enrolment token stands.
    EnrollTokenStatus {
        Issued = "issued",
        Consumed = "consumed",
        Expired = "expired",
        Revoked = "revoked",
    }

    /// What a person or a machine may do.
    Role {
        /// Reads.
        Viewer = "viewer",
        /// Reads, and answers prompts.
        Approver = "approver",
        /// Runs workflows and answers prompts; `employee` means the same.
        #[serde(alias = "employee")]
        Operator = "operator",
        /// Everything.
        Admin = "admin",
    }

    /// Which of a process's two outputs a chunk came from.
    Stream {
        Stdout = "stdout",
        Stderr = "stderr",
    }

    /// What becomes of a moment of a schedule while an earlier run is still going.
    #[derive(Default)]
    Overlap {
        /// Nothing starts.
        #[default]
        Skip = "skip",
        /// One waits for the end of the earlier one.
        Queue = "queue",
        /// Both run.
        Allow = "allow",
        /// The earlier one is asked to end, and the next begins once it has.
        Replace = "replace",
    }

    /// What becomes of moments of a schedule that no server was there for.
    #[derive(Default)]
    MissedRuns {
        Skip = "skip",
        /// The newest of them starts late.
        #[default]
        Once = "once",
        /// Each of them starts late, the newest hundred at most.
        All = "all",
    }

    /// What came of a moment of a schedule.
    SlotResult {
        Started = "started",
        /// An earlier run was still going, or the workflow was paused.
        Skipped = "skipped",
        /// No server was there in time.
        Missed = "missed",
        /// Something stands against the start.
        Refused = "refused",
    }

    /// Who delivers to a sensor, and so how a delivery is signed.
    SensorKind {
        /// Pulse itself: something has happened here. Nothing is signed, and nothing comes from outside.
        Event = "event",
        Gitea = "gitea",
        Github = "github",
        /// Not signed: the secret itself comes with each delivery.
        Gitlab = "gitlab",
        Generic = "generic",
    }

    /// What came of a delivery.
    DeliveryResult {
        /// It is not decided yet what comes of an event.
        Waiting = "waiting",
        Started = "started",
        /// It is not one of those that start something.
        Ignored = "ignored",
        /// The sensor or the workflow was paused, or it was not the time.
        Skipped = "skipped",
        /// Something stands against the start.
        Refused = "refused",
    }

    /// What is known of what a monitor looks at.
    MonitorStatus {
        /// Nobody has looked, or could, often enough to say.
        Unknown = "unknown",
        Up = "up",
        Down = "down",
        /// Nobody looks.
        Paused = "paused",
    }

    /// How many regions have to find a monitor down, of those that can say.
    #[derive(Default)]
    RegionRule {
        /// More than half of them.
        #[default]
        Majority = "majority",
        Any = "any",
        All = "all",
    }

    /// What a look gave.
    CheckResult {
        Good = "good",
        /// What was looked at is not as it should be.
        Failed = "failed",
        /// The host that was to look cannot: this says nothing of what was to be looked at.
        Unable = "unable",
        /// Nobody reported in time: this says nothing either.
        Lost = "lost",
    }

    /// How much a line of a log matters.
    LogLevel {
        Error = "error",
        Warn = "warn",
        Info = "info",
        Debug = "debug",
        Trace = "trace",
    }

    /// Which process of an agent it is.
    AgentPart {
        /// The one that talks to the server.
        Link = "link",
        /// The one that starts steps.
        Executor = "executor",
    }

    /// What runs a job's text.
    Runtime {
        Shell = "shell",
        Bash = "bash",
        Python = "python",
        Node = "node",
    }
}

impl JobStatus {
    /// Whether nothing more can happen to the job.
    pub const fn is_terminal(self) -> bool {
        match self {
            Self::Pending | Self::Polled | Self::Running => false,
            Self::Succeeded | Self::Failed | Self::TimedOut | Self::Cancelled | Self::Lost => true,
        }
    }
}

impl StepStatus {
    /// Whether nothing more can happen to the step.
    pub const fn is_terminal(self) -> bool {
        match self {
            Self::Waiting | Self::Ready | Self::Running => false,
            Self::Succeeded | Self::Failed | Self::Skipped | Self::Cancelled => true,
        }
    }
}

impl ExecutionStatus {
    /// Whether nothing more can happen to the execution.
    pub const fn is_terminal(self) -> bool {
        match self {
            Self::Pending | Self::Running | Self::Waiting => false,
            Self::Completed | Self::Failed | Self::Cancelled | Self::TimedOut => true,
        }
    }
}
