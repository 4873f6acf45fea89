//! The bodies of the HTTP interface, one file per noun.

pub mod audit;
pub mod events;
pub mod executions;
pub mod health;
pub mod jobs;
pub mod monitors;
pub mod notifications;
pub mod prompts;
pub mod regions;
pub mod schedules;
pub mod secrets;
pub mod sensors;
pub mod settings;
pub mod tokens;
pub mod users;
pub mod workers;
pub mod workflows;

use serde::{Deserialize, Serialize};

/// The longest time ago that anybody may ask for: a hundred years.
pub const LONGEST_AGO_SECONDS: u32 = 3_155_760_000;

/// One page of a list.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Page<T> {
    pub items: Vec<T>,
    /// Give it as `cursor` for the next page; `null` on the last.
    pub next_cursor: Option<String>,
}
