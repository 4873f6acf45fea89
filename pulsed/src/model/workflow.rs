//! What a stored workflow is.

use jiff::Timestamp;
use pulse_api::WorkflowId;

use super::grant::Grants;

/// A version of a workflow that can be run.
#[derive(Debug, Clone)]
pub(crate) struct Version {
    pub(crate) workflow: WorkflowId,
    pub(crate) name: String,
    pub(crate) number: i32,
    pub(crate) definition: Vec<u8>,
    /// Who may do what with the workflow, by its newest version.
    pub(crate) grants: Option<Grants>,
    /// Who lets nothing of it start.
    pub(crate) paused: Option<Paused>,
}

/// That nothing of a workflow starts for the time being.
#[derive(Debug, Clone)]
pub(crate) struct Paused {
    pub(crate) by: String,
    pub(crate) at: Timestamp,
    pub(crate) reason: Option<String>,
}

/// Whether a workflow may have this name: `[a-z0-9][a-z0-9-]{0,62}`.
pub(crate) fn is_valid_name(name: &str) -> bool {
    let is_plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit();
    (1..=63).contains(&name.len())
        && name.starts_with(is_plain)
        && name.chars().all(|c| is_plain(c) || c == '-')
}
