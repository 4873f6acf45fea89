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

/// Whether a workflow may have this name: `[a-z0-9][a-z0-9-]{0,62}`, and nothing that is read as an id.
pub(crate) fn is_valid_name(name: &str) -> bool {
    let is_plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit();
    (1..=63).contains(&name.len())
        && name.starts_with(is_plain)
        && name.chars().all(|c| is_plain(c) || c == '-')
        && name.parse::<WorkflowId>().is_err()
}

/// The longest free name.
const LONGEST_FREE: usize = 128;

/// The name for a free one, such as `nightly-backup` for `Nightly Backup`; none where that is no name of
/// anything, but a path or a command.
pub(crate) fn name_for(free: &str) -> Option<String> {
    if is_valid_name(free) {
        return Some(free.to_owned());
    }
    let is_plain = |c: char| c.is_ascii_alphanumeric() || " _-&:(),.+!#".contains(c);
    let is_free = free.len() <= LONGEST_FREE && free.chars().all(is_plain);
    Some(pulse_workflow::slug(free)).filter(|name| is_free && is_valid_name(name))
}

#[cfg(test)]
mod tests {
    use super::name_for;

    #[test]
    fn a_free_name_becomes_one_that_can_be_typed() {
        let named = |free: &str| name_for(free).unwrap_or_default();

        assert_eq!(
            named("Interactive System Update"),
            "interactive-system-update"
        );
        assert_eq!(named("disk-check"), "disk-check");
        assert_eq!(named("Update: step 1"), "update-step-1");
        assert_eq!(named("Backup & verify (weekly)"), "backup-verify-weekly");
        for other in ["", "../etc", "a;b", "a\u{202e}b", "&", &"x".repeat(200)] {
            assert_eq!(name_for(other), None, "{other}");
        }
        assert_eq!(name_for("0192d0a8-7b1c-7000-8000-000000000000"), None);
    }
}
