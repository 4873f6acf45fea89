//! Nouns: what things are, and the only moves they can make.
//!
//! Pure: no PostgreSQL, no sockets, no clock. Every table of moves here is
//! printed into `docs/STATES.md`, and a test compares the two.

pub(crate) mod access;
pub(crate) mod audit;
pub(crate) mod call;
pub(crate) mod changes;
pub(crate) mod credential;
pub(crate) mod enroll_token;
pub(crate) mod entry;
pub(crate) mod execution;
pub(crate) mod feed;
pub(crate) mod grant;
pub(crate) mod job;
pub(crate) mod known;
pub(crate) mod machine;
pub(crate) mod metrics;
pub(crate) mod monitor;
pub(crate) mod notification;
pub(crate) mod past;
pub(crate) mod place;
pub(crate) mod prompt;
pub(crate) mod region;
pub(crate) mod rollout;
pub(crate) mod schedule;
pub(crate) mod seal;
pub(crate) mod sensor;
pub(crate) mod step;
pub(crate) mod token;
pub(crate) mod wake;
pub(crate) mod worker;
pub(crate) mod workflow;
