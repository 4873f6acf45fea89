//! What the database knows of the whole fleet, in numbers.

use serde::Deserialize;

/// The fleet and its work at one moment.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Facts {
    pub(crate) workers: Vec<Group>,
    pub(crate) runtimes: Vec<Runtime>,
    pub(crate) queue: Vec<Queue>,
    pub(crate) executions: Vec<Open>,
    pub(crate) prompts_open: u64,
    /// The heartbeats of those that have been silent longest.
    pub(crate) heartbeats: Vec<Heartbeat>,
    pub(crate) drains: Vec<Drain>,
    pub(crate) replicas: u64,
}

/// Workers of one region in one state.
#[derive(Debug, Deserialize)]
pub(crate) struct Group {
    pub(crate) region: String,
    pub(crate) status: String,
    pub(crate) admin_state: String,
    pub(crate) count: u64,
    /// Jobs that they take at once.
    pub(crate) slots: u64,
    /// Seconds since the last heartbeat of the most silent, and on average.
    pub(crate) silent_most: f64,
    pub(crate) silent_sum: f64,
}

/// How many workers that are online have a runtime.
#[derive(Debug, Deserialize)]
pub(crate) struct Runtime {
    pub(crate) runtime: String,
    pub(crate) count: u64,
}

/// Jobs that have not ended, of workers of one region.
#[derive(Debug, Deserialize)]
pub(crate) struct Queue {
    pub(crate) region: String,
    pub(crate) status: String,
    pub(crate) count: u64,
    /// Seconds since the oldest was made.
    pub(crate) oldest: f64,
}

/// Executions that have not ended.
#[derive(Debug, Deserialize)]
pub(crate) struct Open {
    pub(crate) status: String,
    pub(crate) count: u64,
}

/// When a worker was heard last.
#[derive(Debug, Deserialize)]
pub(crate) struct Heartbeat {
    pub(crate) worker: String,
    pub(crate) region: String,
    pub(crate) seconds: f64,
}

/// What is left to do on a worker that drains.
#[derive(Debug, Deserialize)]
pub(crate) struct Drain {
    pub(crate) worker: String,
    pub(crate) jobs_left: u64,
}
