//! How the workers of a rollout stand, as its execution tells it. Prints nothing.

use pulse_api::{
    http::{
        executions::{ExecutionView, RolloutView, StepView},
        jobs::JobView,
    },
    status::{JobStatus, StepKind, StepStatus},
};

use crate::{follow::plural, hosts};

/// A rollout of an execution, with how far each worker has come.
pub(super) struct Standing<'a> {
    pub(super) owner: &'a StepView,
    pub(super) rollout: &'a RolloutView,
    pub(super) hosts: Vec<HostStanding<'a>>,
}

pub(super) struct HostStanding<'a> {
    pub(super) name: &'a str,
    /// Counted from 1.
    pub(super) batch: usize,
    pub(super) turn: Turn,
    /// What it did last.
    pub(super) last: Option<(&'a StepView, &'a JobView)>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Turn {
    Waiting,
    Busy,
    Done,
    Failed,
}

/// The rollouts of an execution that have begun.
pub(super) fn all(execution: &ExecutionView) -> Vec<Standing<'_>> {
    let begun = execution.steps.iter().filter_map(|owner| {
        let rollout = owner.rollout.as_ref()?;
        Some(Standing::of(execution, owner, rollout))
    });
    begun.collect()
}

impl<'a> Standing<'a> {
    fn of(execution: &'a ExecutionView, owner: &'a StepView, rollout: &'a RolloutView) -> Self {
        let inside = format!("{}/", owner.id);
        let is_inside = |step: &StepView| step.id == owner.id || step.id.starts_with(&inside);
        let runs_on_hosts = |step: &StepView| match step.kind {
            StepKind::Execute | StepKind::Agent => true,
            StepKind::Prompt
            | StepKind::Wait
            | StepKind::Group
            | StepKind::Workflow
            | StepKind::Notify => false,
        };
        let is_member = |step: &&StepView| is_inside(step) && runs_on_hosts(step);
        let members: Vec<&StepView> = execution.steps.iter().filter(is_member).collect();
        let batches = rollout.batches.iter().zip(1..);
        let batches = batches.flat_map(|(size, batch)| std::iter::repeat_n(batch, *size as usize));
        let end = members.last().map_or(0, |step| step.index);
        let hosts = rollout.hosts.iter().zip(batches).map(|(name, batch)| {
            let last = last_of(&members, name);
            let is_through = batch < rollout.batch as usize
                || owner.status != StepStatus::Cancelled
                || last.is_some_and(|(step, _)| step.index == end);
            HostStanding {
                name,
                batch,
                // One that succeeds goes on at once, unless all of it was ended.
                turn: match turn(last) {
                    Turn::Done if !is_through => Turn::Failed,
                    turn @ (Turn::Done | Turn::Waiting | Turn::Busy | Turn::Failed) => turn,
                },
                last,
            }
        });
        Self {
            owner,
            rollout,
            hosts: hosts.collect(),
        }
    }

    /// The workers at this point.
    pub(super) fn at(&self, turn: Turn) -> Vec<&'a str> {
        let hosts = self.hosts.iter().filter(|host| host.turn == turn);
        hosts.map(|host| host.name).collect()
    }

    /// `1 done, 2 failed: web-[2-3], 5 waiting`.
    pub(super) fn counts(&self) -> String {
        let words = [
            (Turn::Done, "done"),
            (Turn::Busy, "at it"),
            (Turn::Failed, "failed"),
            (Turn::Waiting, "not begun"),
        ];
        let told = words.into_iter().filter_map(|(turn, word)| {
            let names = self.at(turn);
            let count = names.len();
            match turn {
                _ if count == 0 => None,
                Turn::Failed => Some(format!("{count} {word}: {}", hosts::fold(names))),
                Turn::Done | Turn::Busy | Turn::Waiting => Some(format!("{count} {word}")),
            }
        });
        let all = plural(self.hosts.len(), "worker");
        format!("{all}: {}", told.collect::<Vec<_>>().join(", "))
    }

    /// `1 of 3, the canary`.
    pub(super) fn batch(&self) -> String {
        let (batch, batches) = (self.rollout.batch, self.rollout.batches.len());
        let canary = if batch == 1 && self.rollout.canary {
            ", the canary"
        } else {
            ""
        };
        format!("{batch} of {batches}{canary}")
    }
}

fn last_of<'a>(members: &[&'a StepView], host: &str) -> Option<(&'a StepView, &'a JobView)> {
    let jobs = members.iter().filter_map(|step| {
        let job = step.jobs.iter().rev().find(|job| job.worker == host)?;
        Some((*step, job))
    });
    // What begins at one moment began in the order of the document.
    jobs.max_by_key(|(step, job)| (job.created_at, step.index))
}

/// Where a worker is, by what it did last.
fn turn(last: Option<(&StepView, &JobView)>) -> Turn {
    let Some((_, job)) = last else {
        return Turn::Waiting;
    };
    match job.status {
        JobStatus::Pending | JobStatus::Polled | JobStatus::Running => Turn::Busy,
        JobStatus::Succeeded => Turn::Done,
        JobStatus::Failed | JobStatus::TimedOut | JobStatus::Cancelled | JobStatus::Lost => {
            Turn::Failed
        }
    }
}
