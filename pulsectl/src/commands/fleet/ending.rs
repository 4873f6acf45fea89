//! What is said once a rollout has ended: how far it came, why it stopped, and what can be done.

use pulse_api::{http::executions::ExecutionView, status::StepStatus};

use super::standing::{self, Standing, Turn};
use crate::{app::App, ui::sanitize};

/// Tells what a person needs to go on from here; of a rollout that went well there is nothing to say.
pub(super) fn tell(app: &App, execution: &ExecutionView) {
    let standings = standing::all(execution);
    let went_well = |standing: &Standing<'_>| {
        standing.owner.status == StepStatus::Succeeded && standing.at(Turn::Failed).is_empty()
    };
    if standings.is_empty() || standings.iter().all(went_well) {
        return;
    }
    for standing in standings.iter().filter(|standing| !went_well(standing)) {
        let owner = standing.owner;
        let name = &owner.name;
        if let Some(why) = owner.detail.as_ref().or(standing.rollout.detail.as_ref()) {
            app.ui
                .say(sanitize::cell(&format!("{name} stopped: {why}")));
        }
        app.ui
            .say(sanitize::cell(&format!("{name}: {}", standing.counts())));
    }
    let number = execution.number;
    app.ui.say(format!(
        "`pulsectl fleet rollout show {number}` shows every worker{}",
        way_back(execution)
    ));
}

/// How the workers that have begun become what they were, unless they do so by themselves.
fn way_back(execution: &ExecutionView) -> String {
    let number = execution.number;
    let mut begun = execution
        .steps
        .iter()
        .filter_map(|step| step.rollout.as_ref());
    if begun.any(|rollout| rollout.rollback_wanted) {
        return "; its workers are brought back by themselves".to_owned();
    }
    match (execution.undo_of, execution.undone_by) {
        (None, None) => format!(
            "; `pulsectl fleet rollout undo {number}` runs the rollbacks where it had begun, and gives held workers back"
        ),
        (None, Some(by)) => {
            format!("; `pulsectl fleet rollout watch {by}` shows how they are brought back")
        }
        (Some(of), _) => {
            format!("; once the cause is gone, `pulsectl fleet rollout undo {of}` tries it again")
        }
    }
}
