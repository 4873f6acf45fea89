//! How a rollout goes on: which host does what next, when to rest, when it is over.
//!
//! Each host takes the steps of a group in order; a batch begins once the one before it is done.

use std::ops::Range;

use super::{JobStatus, Move, Rest, RolloutFacts, SkipReason, Standing, StepStatus, Stop};
use crate::model::{Action, Rollout, Step, Trial, Workflow};

/// A rollout in its surroundings.
pub(super) struct Rolling<'a> {
    pub(super) workflow: &'a Workflow,
    pub(super) standing: &'a Standing<'a>,
    pub(super) owner: &'a Step,
    pub(super) stop: Option<Stop>,
}

/// How far one host has come.
enum Course<'a> {
    /// It may take this step, its first or a later one.
    Begin(&'a Step),
    GoOn(&'a Step),
    Busy,
    Done,
    Failed,
    /// It is changed, and this check says that it is not well.
    Unwell(&'a Step),
}

/// How the hosts of a rollout stand.
#[derive(Default)]
pub(super) struct Tally<'a> {
    /// What hosts that have not begun would begin with.
    first: Vec<(&'a Step, &'a str)>,
    /// What hosts that have begun do next.
    next: Vec<(&'a Step, &'a str)>,
    busy: u32,
    pub(super) failed: Vec<&'a str>,
    /// Those that a check finds not well.
    pub(super) unwell: Vec<(&'a Step, &'a str)>,
}

impl<'a> Rolling<'a> {
    /// Everything that follows for a rollout that runs.
    pub(super) fn moves(&self) -> Vec<Move> {
        let (Some(rollout), Some(facts)) = (
            self.owner.rollout(),
            self.standing.rollout(&self.owner.path),
        ) else {
            return Vec::new();
        };
        let members = self.members();
        let tally = self.tally(facts, &members);
        let failed = count(tally.failed.len());
        let trouble = self.trouble((rollout, facts), &tally);
        let is_stopping = self.stop.is_some();
        let may_begin = trouble.is_none() && !self.standing.is_paused();
        let mut ready = Vec::new();
        if !is_stopping {
            // A host that has begun goes on to its end: half of a change is worse than none.
            ready.extend(&tally.next);
        }
        if !is_stopping && may_begin {
            ready.extend(&tally.first);
        }
        if !ready.is_empty() {
            return starts(&members, &ready);
        }
        if tally.busy > 0 || facts.trial == Trial::Running {
            return Vec::new();
        }
        let begun = opened(facts).len() - tally.first.len();
        if is_stopping {
            return self.close(StepStatus::Cancelled, ("execution_stopped", String::new()));
        }
        if let Some(trouble) = trouble {
            return self.give_up((rollout, facts), (&tally, begun), trouble);
        }
        if !tally.first.is_empty() {
            return Vec::new();
        }
        if self.undoes() && failed > 0 && opened(facts).len() == facts.hosts.len() {
            let detail = format!("not brought back: {}", tally.failed.join(", "));
            return self.close(StepStatus::Failed, ("not_undone", detail));
        }
        self.next_batch(rollout, facts)
    }

    /// The hosts that have come to the end of it well.
    pub(super) fn changed(&self) -> Vec<String> {
        let Some(facts) = self.standing.rollout(&self.owner.path) else {
            return Vec::new();
        };
        let members = self.members();
        let opened = facts.hosts[opened(facts)].iter().enumerate();
        opened
            .filter(|(turn, host)| {
                matches!(self.course(facts, &members, (*turn, host)), Course::Done)
            })
            .map(|(_, host)| host.clone())
            .collect()
    }

    fn next_batch(&self, rollout: &Rollout, facts: &RolloutFacts) -> Vec<Move> {
        let left = facts.hosts.len() - opened(facts).len();
        let is_last = left == 0;
        let step = || self.owner.path.clone();
        let rests = !self.undoes() && rollout.rests_after(facts.batch, left);
        match &facts.rest {
            Rest::No if rests => {
                let trial = self.trial(rollout, facts);
                let step = step();
                vec![Move::Rest { step, trial }]
            }
            Rest::Resting => Vec::new(),
            // What is still unhealthy here, a person has let pass.
            Rest::No | Rest::Over | Rest::Unhealthy(_) if is_last => {
                self.close(StepStatus::Succeeded, ("", String::new()))
            }
            Rest::No | Rest::Over | Rest::Unhealthy(_) if self.standing.is_paused() => Vec::new(),
            Rest::No | Rest::Over | Rest::Unhealthy(_) => vec![Move::NextBatch { step: step() }],
        }
    }

    fn tally(&self, facts: &'a RolloutFacts, members: &[&'a Step]) -> Tally<'a> {
        let mut tally = Tally::default();
        for (turn, host) in facts.hosts[opened(facts)].iter().enumerate() {
            match self.course(facts, members, (turn, host)) {
                Course::Begin(step) => tally.first.push((step, host)),
                Course::GoOn(step) => tally.next.push((step, host)),
                Course::Busy => tally.busy += 1,
                Course::Failed => tally.failed.push(host),
                Course::Unwell(check) => tally.unwell.push((check, host)),
                Course::Done => {}
            }
        }
        tally
    }

    fn course(
        &self,
        facts: &RolloutFacts,
        members: &[&'a Step],
        (turn, host): (usize, &str),
    ) -> Course<'a> {
        let mut has_begun = false;
        for member in members {
            let is_check = self.is_check(member);
            if !concerns(facts, member, host) || (is_check && !self.looks_at(facts, (turn, member)))
            {
                continue;
            }
            let Some(status) = self.standing.job(&member.path, host) else {
                return if self.standing.is_terminal(&member.path) {
                    // It could not be started at all.
                    Course::Failed
                } else if has_begun {
                    Course::GoOn(member)
                } else {
                    Course::Begin(member)
                };
            };
            has_begun = true;
            match status {
                JobStatus::Pending | JobStatus::Running => return Course::Busy,
                JobStatus::Succeeded | JobStatus::Skipped => {}
                JobStatus::Cancelled => return Course::Failed,
                JobStatus::Failed
                | JobStatus::TimedOut
                | JobStatus::Lost
                | JobStatus::Unreachable => {
                    if is_check {
                        return Course::Unwell(member);
                    }
                    if !member.continue_on_error || member.path == self.owner.path {
                        return Course::Failed;
                    }
                }
            }
        }
        Course::Done
    }

    fn is_check(&self, member: &Step) -> bool {
        let rollout = self.owner.rollout();
        rollout.is_some_and(|rollout| rollout.is_check(&self.owner.path, &member.path))
    }

    /// Whether the host with this turn is looked at by this check.
    fn looks_at(&self, facts: &RolloutFacts, (turn, check): (usize, &Step)) -> bool {
        // Only the first batch differs from the others.
        let first = facts.sizes.first().map_or(0, |size| *size as usize);
        let batch = usize::from(turn >= first);
        let rollout = self.owner.rollout();
        rollout.is_some_and(|rollout| rollout.checks(batch, (&self.owner.path, &check.path)))
    }

    pub(super) fn undoes(&self) -> bool {
        self.standing.undoes()
    }

    /// What each host does, in order. An undo runs the rollbacks, newest first, where the commands
    /// stood, and does to the agents what the rollout did.
    fn members(&self) -> Vec<&'a Step> {
        let members = self.workflow.members(self.owner);
        if !self.undoes() {
            return members;
        }
        let mut rollbacks = members
            .iter()
            .rev()
            .filter(|step| step.rollback().is_some());
        members
            .iter()
            .filter_map(|step| match &step.action {
                Action::Agent(_) if self.is_check(step) => None,
                Action::Agent(_) => Some(*step),
                Action::Execute(execute) if execute.rollback.is_some() => rollbacks.next().copied(),
                Action::Execute(_)
                | Action::Group(_)
                | Action::Prompt(_)
                | Action::Wait { .. }
                | Action::Workflow(_)
                | Action::Notify(_) => None,
            })
            .collect()
    }

    /// Ends the rollout with everything in it.
    pub(super) fn close(
        &self,
        status: StepStatus,
        (reason, detail): (&'static str, String),
    ) -> Vec<Move> {
        let mut moves = Vec::new();
        for member in self.workflow.members(self.owner) {
            if member.path == self.owner.path {
                continue;
            }
            let step = member.path.clone();
            match self.standing.status(&step) {
                StepStatus::Waiting if status == StepStatus::Cancelled => {
                    moves.push(Move::Cancel { step });
                }
                StepStatus::Waiting => moves.push(Move::Skip {
                    step,
                    reason: if self.undoes() {
                        SkipReason::NothingToUndo
                    } else {
                        SkipReason::UpstreamFailed
                    },
                    evidence: None,
                }),
                StepStatus::Ready | StepStatus::Running => {
                    let hosts = self.standing.jobs(&step);
                    let is_whole = hosts.iter().all(|status| *status == JobStatus::Succeeded);
                    let status = if is_whole {
                        StepStatus::Succeeded
                    } else {
                        status
                    };
                    moves.push(Move::End {
                        step,
                        status,
                        reason: "jobs_failed",
                        detail: String::new(),
                    });
                }
                StepStatus::Succeeded
                | StepStatus::Failed
                | StepStatus::Skipped
                | StepStatus::Cancelled => {}
            }
        }
        moves.extend(self.unask(status));
        moves.extend(self.end_trial(status));
        moves.push(Move::End {
            step: self.owner.path.clone(),
            status,
            reason,
            detail,
        });
        moves
    }
}

/// The jobs that start, a move for each step.
fn starts(members: &[&Step], ready: &[(&Step, &str)]) -> Vec<Move> {
    let of = |member: &&Step| {
        let hosts: Vec<String> = ready
            .iter()
            .filter(|(step, _)| step.path == member.path)
            .map(|(_, host)| (*host).to_owned())
            .collect();
        let step = member.path.clone();
        (!hosts.is_empty()).then_some(Move::RunOn { step, hosts })
    };
    members.iter().filter_map(of).collect()
}

/// The hosts whose batch has been opened.
fn opened(facts: &RolloutFacts) -> Range<usize> {
    let hosts: u32 = facts.sizes.iter().take(facts.batch + 1).sum();
    0..(hosts as usize).min(facts.hosts.len())
}

/// The hosts of the batch that was opened last.
pub(super) fn newest(facts: &RolloutFacts) -> &[String] {
    let opened = opened(facts);
    let size = facts
        .sizes
        .get(facts.batch)
        .map_or(0, |size| *size as usize);
    &facts.hosts[opened.end.saturating_sub(size)..opened.end]
}

/// Whether the host takes the step at all: an undo leaves out what never began there.
fn concerns(facts: &RolloutFacts, member: &Step, host: &str) -> bool {
    match &facts.undoes {
        Some(begun) if member.rollback().is_some() => begun
            .get(host)
            .is_some_and(|steps| steps.contains(&member.path)),
        Some(_) | None => true,
    }
}

pub(super) fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
