//! What crosses a process boundary: ids, HTTP bodies, agent frames, problem codes.
//!
//! Only data and its wire form live here. No rule about what a job may do, no
//! I/O and no clock: those belong to the programs on either side.

pub mod agent_log;
pub mod backup;
pub mod blocks;
pub mod doctor;
pub mod frames;
pub mod http;
mod ids;
pub mod probe;
pub mod problem;
pub mod sandbox;
pub mod status;
pub mod token;

pub use http::secrets::SecretText;
pub use ids::{
    CheckId, DrainId, EnrollTokenId, ExecutionId, Fence, JobId, LogAskId, MonitorId, PromptId,
    ScheduleId, SensorId, StepId, TokenId, WorkerId, WorkflowId,
};
pub use problem::{Problem, ProblemCode};

/// The version of the agent protocol that this build speaks.
pub const PROTOCOL: u32 = 1;

/// The oldest version of the agent protocol that this build still accepts.
pub const OLDEST_PROTOCOL: u32 = 1;

/// The most bytes of output that are kept of one job's beginning, and again of its end.
pub const OUTPUT_KEPT_EACH_END: u64 = 8 * 1024 * 1024;

/// The largest frame or message on an agent socket, in bytes.
pub const FRAME_LIMIT: usize = 256 * 1024;

/// The most raw output bytes that one `output` frame carries.
pub const OUTPUT_CHUNK_LIMIT: usize = 64 * 1024;
