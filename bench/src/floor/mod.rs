//! The floor: the least that any durable system could do to run a command on another host.
//!
//! HTTP in, one commit, a hop over a WebSocket, a process, the hop back, one
//! commit, HTTP out. No users, no timeline, no output, no crash safety beyond
//! the two commits: everything that pulse does more is measured against this.

mod agent;
mod pool;
mod server;

use serde::{Deserialize, Serialize};

pub(crate) use self::{agent::work, server::serve};

/// What a client asks for.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Wish {
    pub(crate) command: String,
    /// How many agents run it.
    pub(crate) agents: usize,
}

/// What a client gets.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Answer {
    pub(crate) id: i64,
    /// The largest of all.
    pub(crate) exit_code: i32,
}

/// From the server to an agent.
#[derive(Debug, Serialize, Deserialize)]
struct Job {
    id: i64,
    command: String,
}

/// From an agent to the server.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
struct Done {
    id: i64,
    exit_code: i32,
}
