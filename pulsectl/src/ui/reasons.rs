//! The server's words for why something ended, as people say them.

use std::borrow::Cow;

/// A short sentence for a word; a word of a newer server only loses its underscores.
pub(crate) fn sentence(reason: &str) -> Cow<'_, str> {
    let known = match reason {
        "agent_restart" => "the worker was restarted and cannot tell how it ended",
        "cancel_requested" => "somebody cancelled it",
        "child_cancelled" => "the workflow that it ran was cancelled",
        "child_failed" => "the workflow that it ran failed",
        "child_gone" => "the execution that it ran is not there any more",
        "child_timed_out" => "the workflow that it ran took too long",
        "condition_error" => "its condition could not be evaluated",
        "condition_false" => "its condition is false",
        "disk" => "the worker has too little room on its disk",
        "drain_deadline" => "the worker was drained, and the deadline of that had come",
        "draining" => "the worker takes no new work",
        "execution_stopped" => "the execution was stopped",
        "execution_timeout" => "the execution took too long",
        "exit_code" => "it ended with an error",
        "expression_error" => "one of its expressions could not be evaluated",
        "forbidden" => "whoever started the execution may not run that workflow",
        "host_restart" => "the host was restarted and nothing tells how it ended",
        "cut_off" => {
            "its host was cut off from the server for so long that it may be started again"
        }
        "jobs_failed" => "it did not succeed on every worker",
        "no_targets" => "no worker matches its targets",
        "not_targeted" => "the targets of the run leave it no worker",
        "not_startable" => "the command could not be started",
        "nothing_to_check" => "there was no batch to look at",
        "nothing_failed" => "nothing failed before it",
        "other_version" => "the agent came back in another version",
        "policy_denied" => "the worker does not allow it",
        "render_error" => "its command could not be put together",
        "restart_refused" => "the agent stays as it is: what is installed is of no use",
        "secret_refused" => "it does not get one of its secrets",
        "stuck" => "the worker said nothing more about it",
        "timeout" => "it took too long",
        "too_deep" => "too many workflows would run inside each other",
        "unknown_workflow" => "there is no such workflow",
        "unreachable" => "the worker could not be reached",
        "upstream_failed" => "a step that it needs failed",
        "window_denied" => "a window of that workflow lets nothing start now",
        "worker_offline" => "the worker is offline",
        "worker_removed" => "the worker was removed",
        "workflow_cycle" => "workflows would run each other in circles",
        other => return Cow::Owned(other.replace('_', " ")),
    };
    Cow::Borrowed(known)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_becomes_a_sentence() {
        assert_eq!(sentence("condition_false"), "its condition is false");
        assert_eq!(sentence("worker_too_new"), "worker too new");
    }
}
