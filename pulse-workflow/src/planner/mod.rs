//! What happens next in an execution: a pure function from facts to moves.
//!
//! No I/O, no clock: the server calls it under its row lock and writes what comes out.

mod facts;
mod moves;
mod scope;
mod standing;

pub use facts::{ExecutionFacts, HostFacts, JobStatus, Snapshot, StepFacts, StepStatus, Stop};
pub use moves::{Move, Plan, PromptSpec, SkipReason, Verdict};

pub(crate) use scope::Scene;
pub(crate) use standing::Standing;

use crate::expression::{Names as _, Value};
use crate::model::{Action, Section, Step, StepPath, Workflow};

/// Decides every move that is possible now.
///
/// Runs to a fixed point: a step skipped here lets the steps after it move in the same plan.
/// Only waiting steps are moved, so calling it again on the result changes nothing.
pub fn advance(workflow: &Workflow, snapshot: &Snapshot) -> Plan {
    let mut progress = Progress {
        workflow,
        standing: Standing::new(workflow, snapshot),
        moves: Vec::new(),
    };
    progress.main();
    progress.list(Section::OnFailure);
    progress.list(Section::Finally);
    let verdict = progress.standing.verdict();
    Plan {
        moves: progress.moves,
        verdict,
    }
}

/// A step's status from the jobs it ran; `continue_on_error` does not change it.
///
/// Hosts that were skipped do not count, but a step that ran nowhere has not succeeded.
pub fn step_outcome(_workflow: &Workflow, _step: &StepPath, jobs: &[JobStatus]) -> StepStatus {
    let mut succeeded = false;
    let mut failed = false;
    for job in jobs {
        match job {
            JobStatus::Pending | JobStatus::Running => return StepStatus::Running,
            JobStatus::Succeeded => succeeded = true,
            JobStatus::Skipped => {}
            JobStatus::Failed
            | JobStatus::TimedOut
            | JobStatus::Cancelled
            | JobStatus::Lost
            | JobStatus::Unreachable => failed = true,
        }
    }
    if succeeded && !failed {
        StepStatus::Succeeded
    } else {
        StepStatus::Failed
    }
}

struct Progress<'a> {
    workflow: &'a Workflow,
    standing: Standing<'a>,
    moves: Vec<Move>,
}

impl Progress<'_> {
    fn main(&mut self) {
        for at in self.workflow.topological() {
            let step = &self.workflow.steps[at];
            if self.standing.status(&step.path) != StepStatus::Waiting {
                continue;
            }
            if self.standing.stop().is_some() {
                self.apply(Move::Cancel {
                    step: step.path.clone(),
                });
            } else if step
                .needs
                .iter()
                .all(|need| self.standing.is_terminal(need))
            {
                let next = self.decide(step, Section::Main);
                self.apply(next);
            }
        }
    }

    /// Moves the first waiting step of a list that runs in order once everything before it has ended.
    fn list(&mut self, section: Section) {
        let steps = match section {
            Section::Main => &self.workflow.steps,
            Section::OnFailure => &self.workflow.on_failure,
            Section::Finally => &self.workflow.finally,
        };
        if !self.standing.everything_before_has_ended(section) {
            return;
        }
        for step in steps {
            match self.standing.status(&step.path) {
                StepStatus::Waiting => {
                    let next = self.decide(step, section);
                    self.apply(next);
                }
                StepStatus::Ready
                | StepStatus::Running
                | StepStatus::Succeeded
                | StepStatus::Failed
                | StepStatus::Skipped
                | StepStatus::Cancelled => {}
            }
            if !self.standing.is_terminal(&step.path) {
                return;
            }
        }
    }

    fn decide(&self, step: &Step, section: Section) -> Move {
        let path = || step.path.clone();
        if section == Section::OnFailure {
            if self.standing.stop().is_some() {
                return Move::Cancel { step: path() };
            }
            if !self.standing.main_failed() {
                return Move::Skip {
                    step: path(),
                    reason: SkipReason::NothingFailed,
                    evidence: None,
                };
            }
        }
        let scene = Scene::new(&self.standing, step, section);
        let asks_status = step
            .condition
            .as_ref()
            .is_some_and(|condition| condition.expression.asks_status());
        if section == Section::Main && !asks_status && !scene.outlook().success {
            return Move::Skip {
                step: path(),
                reason: SkipReason::UpstreamFailed,
                evidence: None,
            };
        }
        match weigh(step, &scene) {
            Ok(Weighed::Yes) => start(step, &scene),
            Ok(Weighed::No { evidence }) => Move::Skip {
                step: path(),
                reason: SkipReason::ConditionFalse,
                evidence: Some(evidence),
            },
            Err(detail) => Move::Fail {
                step: path(),
                reason: "condition_error",
                detail,
            },
        }
    }

    fn apply(&mut self, next: Move) {
        self.standing.apply(&next);
        self.moves.push(next);
    }
}

enum Weighed {
    Yes,
    No { evidence: String },
}

/// Evaluates a step's condition; anything but a boolean is an error, never a guess.
fn weigh(step: &Step, scene: &Scene<'_>) -> Result<Weighed, String> {
    let Some(condition) = &step.condition else {
        return Ok(Weighed::Yes);
    };
    let source = condition.source();
    match scene.evaluate(&condition.expression) {
        Ok(Value::Bool(true)) => Ok(Weighed::Yes),
        Ok(Value::Bool(false)) => Ok(Weighed::No {
            evidence: condition.expression.evidence(scene),
        }),
        Ok(other) => {
            let kind = other.type_name();
            Err(format!(
                "`{source}` gave a {kind}; a condition must give true or false"
            ))
        }
        Err(error) => Err(format!("`{source}`: {error}")),
    }
}

fn start(step: &Step, scene: &Scene<'_>) -> Move {
    let path = step.path.clone();
    match &step.action {
        Action::Execute(_) => Move::Run { step: path },
        Action::Wait { duration_ms } => Move::Sleep {
            step: path,
            duration_ms: *duration_ms,
        },
        Action::Prompt(prompt) => match prompt.message.fill_plain(scene) {
            Ok(message) => Move::Ask {
                step: path,
                prompt: PromptSpec {
                    message,
                    options: prompt.options.clone(),
                    timeout_ms: step.timeout_ms,
                    default: prompt.default.clone(),
                },
            },
            Err(error) => Move::Fail {
                step: path,
                reason: "render_error",
                detail: error.to_string(),
            },
        },
    }
}
