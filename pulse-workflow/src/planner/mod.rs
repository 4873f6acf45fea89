//! What happens next in an execution: a pure function from facts to moves.
//!
//! No I/O, no clock: the server calls it under its row lock and writes what comes out.

mod back;
mod facts;
mod moves;
mod rollout;
mod scope;
mod standing;
mod trial;
mod trouble;

pub use facts::{
    Asked, ExecutionFacts, HostFacts, JobStatus, Progress, Purpose, Rest, RolloutFacts, Snapshot,
    StepFacts, StepStatus, Stop,
};
pub use moves::{CallSpec, Move, NoticeSpec, Plan, PromptSpec, SkipReason, Verdict};

pub(crate) use scope::Scene;
pub(crate) use standing::Standing;

use std::collections::{BTreeMap, BTreeSet};

use rollout::Rolling;

use crate::expression::{Names, Value};
use crate::model::{
    Action, Call, Condition, Given, Notify, Section, Step, StepPath, Wait, Workflow,
};

/// Decides every move that is possible now.
///
/// Runs to a fixed point: a step skipped here lets the steps after it move in the same plan.
/// Calling it again once the moves are carried out changes nothing.
pub fn advance(workflow: &Workflow, snapshot: &Snapshot) -> Plan {
    let mut planning = Planning {
        workflow,
        standing: Standing::new(workflow, snapshot),
        moves: Vec::new(),
        rolled: BTreeSet::new(),
    };
    loop {
        let before = planning.moves.len();
        planning.pass();
        if planning.moves.len() == before {
            break;
        }
    }
    let verdict = planning.standing.verdict();
    Plan {
        moves: planning.moves,
        verdict,
    }
}

/// The hosts that the rollout of this step has changed: those that have come to the end of it well.
pub fn changed_hosts(workflow: &Workflow, snapshot: &Snapshot, owner: &StepPath) -> Vec<String> {
    let standing = Standing::new(workflow, snapshot);
    let rolling = |owner| Rolling {
        workflow,
        standing: &standing,
        owner,
        stop: None,
    };
    workflow
        .step(owner)
        .map(|owner| rolling(owner).changed())
        .unwrap_or_default()
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

struct Planning<'a> {
    workflow: &'a Workflow,
    standing: Standing<'a>,
    moves: Vec<Move>,
    /// The rollouts that this plan has moved: what follows needs new facts.
    rolled: BTreeSet<&'a str>,
}

impl<'a> Planning<'a> {
    fn pass(&mut self) {
        for at in self.workflow.topological() {
            self.consider(&self.workflow.steps[at], Section::Main);
        }
        self.list(Section::OnFailure);
        self.bring_back();
        self.list(Section::Finally);
    }

    /// Moves the first step of a list that runs in order once everything before it has ended.
    fn list(&mut self, section: Section) {
        let steps = match section {
            Section::Main => &self.workflow.steps,
            Section::OnFailure => &self.workflow.on_failure,
            Section::Rollback => &self.workflow.rollbacks,
            Section::Finally => &self.workflow.finally,
        };
        if !self.standing.everything_before_has_ended(section) {
            return;
        }
        for step in steps {
            self.consider(step, section);
            if step.parent.is_none() && !self.standing.is_terminal(&step.path) {
                let inside = steps
                    .iter()
                    .filter(|other| other.path.as_str().starts_with(&format!("{}/", step.path)));
                for step in inside {
                    self.consider(step, section);
                }
                return;
            }
        }
    }

    /// Moves a step, if it can move now.
    fn consider(&mut self, step: &'a Step, section: Section) {
        match self.standing.status(&step.path) {
            StepStatus::Waiting => {
                if let Some(next) = self.leave_waiting(step, section) {
                    self.apply(next);
                }
            }
            StepStatus::Ready | StepStatus::Running => {
                for next in self.go_on(step, section) {
                    self.apply(next);
                }
            }
            StepStatus::Succeeded
            | StepStatus::Failed
            | StepStatus::Skipped
            | StepStatus::Cancelled => {}
        }
    }

    fn leave_waiting(&self, step: &Step, section: Section) -> Option<Move> {
        let path = || step.path.clone();
        let group = step
            .parent
            .as_ref()
            .and_then(|group| self.workflow.step(group));
        if let Some(group) = group {
            match self.standing.status(&group.path) {
                StepStatus::Waiting => return None,
                StepStatus::Cancelled => return Some(Move::Cancel { step: path() }),
                StepStatus::Succeeded | StepStatus::Failed | StepStatus::Skipped => {
                    return Some(skip(step, SkipReason::GroupSkipped));
                }
                // The rollout of the group says when, and where.
                StepStatus::Ready | StepStatus::Running if group.rollout().is_some() => {
                    return None;
                }
                StepStatus::Ready | StepStatus::Running => {}
            }
        }
        let is_closing =
            section == Section::Finally || (section != Section::Main && group.is_none());
        if self.standing.stop().is_some() && !is_closing {
            return Some(Move::Cancel { step: path() });
        }
        let is_next = step
            .needs
            .iter()
            .all(|need| self.standing.is_terminal(need));
        // The lists keep their order themselves.
        let is_next = is_next || (section != Section::Main && group.is_none());
        let may_begin = !self.standing.is_paused() || self.standing.stop().is_some();
        (is_next && may_begin).then(|| self.decide(step, section))
    }

    fn go_on(&mut self, step: &'a Step, section: Section) -> Vec<Move> {
        if step.rollout().is_some() {
            if !self.rolled.insert(step.path.as_str()) {
                return Vec::new();
            }
            let rolling = Rolling {
                workflow: self.workflow,
                standing: &self.standing,
                owner: step,
                // The closing list runs to its end, also in an execution that is being ended.
                stop: self.standing.stop().filter(|_| section != Section::Finally),
            };
            return rolling.moves();
        }
        match &step.action {
            Action::Group(_) => self.close_group(step).into_iter().collect(),
            Action::Wait(Wait::Until { condition, .. }) => {
                let scene = Scene::new(&self.standing, step, section);
                self.look((step, condition), &scene).into_iter().collect()
            }
            Action::Execute(_)
            | Action::Agent(_)
            | Action::Prompt(_)
            | Action::Wait(Wait::For { .. })
            | Action::Workflow(_)
            | Action::Notify(_) => Vec::new(),
        }
    }

    /// Ends a wait once what it waits for holds, cannot be told, or is too late.
    fn look(&self, (step, condition): (&Step, &Condition), scene: &Scene<'_>) -> Option<Move> {
        let path = step.path.clone();
        match weigh(condition, "what a step waits for", scene) {
            Ok(Weighed::Yes) => Some(Move::End {
                step: path,
                status: StepStatus::Succeeded,
                reason: "",
                detail: String::new(),
            }),
            Ok(Weighed::No { evidence }) if self.standing.is_late(&path) => {
                let after = self.workflow.timeout_of(step);
                Some(Move::Fail {
                    step: path,
                    reason: "timeout",
                    detail: format!("still false after {after} ms: {evidence}"),
                })
            }
            Ok(Weighed::No { .. }) => None,
            Err(detail) => Some(Move::Fail {
                step: path,
                reason: "condition_error",
                detail,
            }),
        }
    }

    /// Ends a group once every step in it has ended.
    fn close_group(&self, group: &Step) -> Option<Move> {
        let mut bad = Vec::new();
        for step in self.workflow.children(&group.path) {
            if !self.standing.is_terminal(&step.path) {
                return None;
            }
            if self.standing.counts_as_failed(step) {
                bad.push(step.id.as_str());
            }
        }
        let is_cancelled = self
            .workflow
            .children(&group.path)
            .any(|step| self.standing.status(&step.path) == StepStatus::Cancelled);
        let (status, reason, detail) = if is_cancelled && self.standing.stop().is_some() {
            (StepStatus::Cancelled, "execution_stopped", String::new())
        } else if bad.is_empty() {
            (StepStatus::Succeeded, "", String::new())
        } else {
            (StepStatus::Failed, "steps_failed", bad.join(", "))
        };
        let step = group.path.clone();
        Some(Move::End {
            step,
            status,
            reason,
            detail,
        })
    }

    fn decide(&self, step: &Step, section: Section) -> Move {
        let path = || step.path.clone();
        if self.standing.undoes() {
            return match (&step.action, step.rollout()) {
                (_, Some(_)) => Move::Roll { step: path() },
                (Action::Group(_), None) => Move::Open { step: path() },
                (_, None) => skip(step, SkipReason::NothingToUndo),
            };
        }
        if section == Section::OnFailure && step.parent.is_none() {
            if self.standing.stop().is_some() {
                return Move::Cancel { step: path() };
            }
            if !self.standing.main_failed() {
                return skip(step, SkipReason::NothingFailed);
            }
        }
        let scene = Scene::new(&self.standing, step, section);
        let asks_status = step
            .condition
            .as_ref()
            .is_some_and(|condition| condition.expression.asks_status());
        let is_ordered = section == Section::Main || step.parent.is_some();
        if is_ordered && !asks_status && !scene.outlook().success {
            return skip(step, SkipReason::UpstreamFailed);
        }
        let weighed = match &step.condition {
            Some(condition) => weigh(condition, "a condition", &scene),
            None => Ok(Weighed::Yes),
        };
        match weighed {
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

fn skip(step: &Step, reason: SkipReason) -> Move {
    Move::Skip {
        step: step.path.clone(),
        reason,
        evidence: None,
    }
}

pub(crate) enum Weighed {
    Yes,
    No { evidence: String },
}

/// Evaluates a condition; anything but a boolean is an error, never a guess.
pub(crate) fn weigh(
    condition: &Condition,
    what: &str,
    names: &dyn Names,
) -> Result<Weighed, String> {
    let source = condition.source();
    match condition.expression.evaluate(names) {
        Ok(Value::Bool(true)) => Ok(Weighed::Yes),
        Ok(Value::Bool(false)) => Ok(Weighed::No {
            evidence: condition.expression.evidence(names),
        }),
        Ok(other) => {
            let kind = other.type_name();
            Err(format!(
                "`{source}` gave a {kind}; {what} must give true or false"
            ))
        }
        Err(error) => Err(format!("`{source}`: {error}")),
    }
}

fn start(step: &Step, scene: &Scene<'_>) -> Move {
    let path = step.path.clone();
    if step.rollout().is_some() {
        return Move::Roll { step: path };
    }
    match &step.action {
        Action::Execute(_) | Action::Agent(_) => Move::Run { step: path },
        Action::Group(group) if group.spread.is_some() => Move::Fail {
            step: path,
            reason: "unknown_items",
            detail: "nobody has said what the group is repeated for".to_owned(),
        },
        Action::Group(_) => Move::Open { step: path },
        Action::Wait(Wait::For { duration_ms }) => Move::Sleep {
            step: path,
            duration_ms: *duration_ms,
        },
        Action::Workflow(call) => match inputs(call, scene) {
            Ok(inputs) => Move::Call {
                step: path,
                call: CallSpec {
                    callee: call.callee.clone(),
                    inputs,
                    timeout_ms: step.timeout_ms,
                },
            },
            Err(detail) => Move::Fail {
                step: path,
                reason: "expression_error",
                detail,
            },
        },
        Action::Wait(Wait::Until { every_ms, .. }) => Move::Watch {
            step: path,
            every_ms: *every_ms,
        },
        Action::Notify(notify) => tell(path, notify, scene),
        Action::Prompt(prompt) => match prompt.message.fill_plain(scene) {
            Ok(message) => Move::Ask {
                step: path,
                prompt: PromptSpec {
                    message,
                    options: prompt.options.clone(),
                    timeout_ms: step.timeout_ms,
                    default: prompt.default.clone(),
                    terms: prompt.terms.clone(),
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

fn tell(step: StepPath, notify: &Notify, scene: &Scene<'_>) -> Move {
    match message(notify, scene) {
        Ok(message) => Move::Tell {
            step,
            notice: NoticeSpec {
                channel: notify.channel.clone(),
                message,
            },
        },
        Err(detail) => Move::Fail {
            step,
            reason: "render_error",
            detail,
        },
    }
}

/// The longest message, in bytes.
const LONGEST_MESSAGE: usize = 16 * 1024;

/// What is sent to a channel.
fn message(notify: &Notify, scene: &Scene<'_>) -> Result<String, String> {
    let message = notify.message.fill_plain(scene);
    let message = message.map_err(|error| error.to_string())?;
    match message.len() {
        0..=LONGEST_MESSAGE => Ok(message.replace('\0', "")),
        bytes => Err(format!(
            "the message has {bytes} bytes, and at most {LONGEST_MESSAGE} are sent"
        )),
    }
}

/// What a workflow is given; what has no value is not given at all.
fn inputs(call: &Call, scene: &Scene<'_>) -> Result<crate::Map, String> {
    let mut inputs = crate::Map::new();
    for (name, given) in &call.with {
        let value = match given {
            Given::Value(value) => Ok(value.clone()),
            Given::Text(template) => template.fill_value(scene),
        };
        let value = value.map_err(|error| format!("with.{name}: {error}"))?;
        if !value.is_null() {
            inputs.insert(name.clone(), value);
        }
    }
    Ok(inputs)
}

/// What a workflow gives to the step that ran it: what its main steps have written as outputs, of two
/// with one name that of the later step. A step on several hosts gives nothing, as in
/// `steps.<id>.outputs`.
pub fn outputs(workflow: &Workflow, snapshot: &Snapshot) -> BTreeMap<String, String> {
    let facts = workflow
        .steps
        .iter()
        .filter_map(|step| snapshot.steps.get(&step.path));
    facts
        .filter(|facts| facts.status == StepStatus::Succeeded)
        .filter_map(StepFacts::outputs)
        .flat_map(BTreeMap::clone)
        .collect()
}
