//! Executions that this replica has just written, kept so that the next report need not read them.
//!
//! Losing it costs a read. Being wrong costs a read as well: what is written on its word says what
//! the rows must still be, and fails where they are not.

use std::{
    collections::{HashMap, VecDeque},
    sync::{Mutex, PoisonError},
};

use pulse_api::{ExecutionId, JobId, WorkerId, frames::Claim};

use crate::model::{
    job::Job,
    known::{Known, Memory},
};

/// How many executions, and how many of their jobs, are kept at most; the oldest go first.
const MAX_EXECUTIONS: usize = 1_024;
const MAX_JOBS: usize = 8_192;

type Name = (JobId, u32);

/// What is known without asking the database.
#[derive(Default)]
pub(crate) struct Memories(Mutex<Kept>);

#[derive(Default)]
struct Kept {
    executions: HashMap<ExecutionId, Entry>,
    jobs: HashMap<Name, Job>,
    /// In the order in which they came; some are gone.
    order: VecDeque<ExecutionId>,
}

/// An execution: taken while somebody works on it.
#[derive(Default)]
struct Entry {
    last_seq: i64,
    known: Option<Box<Known>>,
    jobs: Vec<Name>,
    /// Another replica moves it too.
    is_shared: bool,
}

impl Memories {
    /// Remembers executions as they were committed.
    pub(crate) fn learn(&self, memories: impl IntoIterator<Item = Memory>) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        for memory in memories {
            match memory {
                Memory::Keep(known) => kept.keep(known),
                Memory::Forget(execution) => kept.forget(execution),
            }
        }
    }

    /// The executions that all these reports are about, and the jobs, where all of them are known
    /// to be in the hands of who reports. Whoever takes them gives them back by committing.
    pub(crate) fn take(
        &self,
        reports: impl Iterator<Item = (WorkerId, Claim)>,
    ) -> Option<(Vec<Known>, Vec<Job>)> {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let mut jobs: HashMap<Name, Job> = HashMap::new();
        for (worker, claim) in reports {
            let name = (claim.job_id, claim.attempt);
            let job = kept.jobs.get(&name)?;
            let core = job.core();
            let is_known = kept.executions.get(&core.execution)?.known.is_some();
            if !is_known || core.worker != worker || !job.is_held_under(claim) {
                return None;
            }
            jobs.entry(name).or_insert_with(|| job.clone());
        }
        let jobs: Vec<Job> = jobs.into_values().collect();
        let mut taken = Vec::new();
        for job in &jobs {
            let entry = kept.executions.get_mut(&job.core().execution);
            if let Some(known) = entry.and_then(|entry| entry.known.take()) {
                taken.push(*known);
            }
        }
        Some((taken, jobs))
    }
}

impl Kept {
    fn keep(&mut self, mut known: Box<Known>) {
        let (id, last_seq) = (known.execution.id, known.execution.last_seq);
        let jobs = std::mem::take(&mut known.jobs);
        let entry = self.executions.entry(id).or_insert_with(|| {
            self.order.push_back(id);
            Entry {
                last_seq: known.base,
                ..Entry::default()
            }
        });
        // Two commits are not always told in their order.
        if entry.last_seq > last_seq {
            return;
        }
        // Somebody else has moved it in between: its jobs may be elsewhere by now, and will be.
        if entry.last_seq != known.base {
            entry.is_shared = true;
            for name in entry.jobs.drain(..) {
                self.jobs.remove(&name);
            }
        }
        entry.last_seq = last_seq;
        entry.known = (!entry.is_shared).then_some(known);
        for job in jobs {
            let name = (job.core().id, job.core().attempt);
            let is_held = matches!(job, Job::Polled(_) | Job::Running(_));
            if !is_held {
                self.jobs.remove(&name);
                entry.jobs.retain(|kept| *kept != name);
            } else if self.jobs.insert(name, job).is_none() {
                entry.jobs.push(name);
            }
        }
        while self.executions.len() > MAX_EXECUTIONS || self.jobs.len() > MAX_JOBS {
            let Some(oldest) = self.order.pop_front() else {
                return;
            };
            self.forget(oldest);
        }
        if self.order.len() > 4 * MAX_EXECUTIONS {
            let executions = &self.executions;
            self.order.retain(|id| executions.contains_key(id));
        }
    }

    fn forget(&mut self, id: ExecutionId) {
        let Some(entry) = self.executions.remove(&id) else {
            return;
        };
        for name in entry.jobs {
            self.jobs.remove(&name);
        }
    }
}

#[cfg(test)]
mod tests {
    use pulse_api::{Fence, status::ExecutionStatus};
    use serde_json::Map;

    use super::*;
    use crate::model::{
        execution::{Execution, ExecutionRecord, Pause},
        job::{Core, Ended, Held},
    };

    fn known(id: ExecutionId, last_seq: i64, jobs: Vec<Job>) -> Memory {
        let text = "steps: [{type: execute, name: s, command: 'true', targets: [w]}]";
        let source = pulse_workflow::Source { name: "w", text };
        let workflow = pulse_workflow::load(&source).unwrap().workflow.into();
        let execution = Execution::from(ExecutionRecord {
            id,
            number: 1,
            workflow: None,
            definition: Vec::new(),
            started_by: "ada".into(),
            inputs: Map::new(),
            targets: None,
            stop: None,
            pause: Pause::Going,
            undo_of: None,
            parent: None,
            last_seq,
            status: ExecutionStatus::Running,
        });
        let mut memory = Memory::of(&execution, &workflow, &[]);
        if let Memory::Keep(known) = &mut memory {
            known.jobs = jobs;
            // Each transaction of these tests adds one entry.
            known.base = last_seq - 1;
        }
        memory
    }

    fn job(execution: ExecutionId, worker: WorkerId) -> (Job, Claim) {
        let core = Core {
            id: JobId::new(),
            attempt: 1,
            execution,
            step: "s".into(),
            worker,
            worker_name: "w".into(),
        };
        let claim = Claim {
            job_id: core.id,
            attempt: 1,
            fence: Fence(7),
        };
        let fence = claim.fence;
        (Job::Polled(Held { core, fence }), claim)
    }

    #[test]
    fn what_is_known_is_given_once_until_it_is_learnt_again() {
        let memories = Memories::default();
        let (id, worker) = (ExecutionId::new(), WorkerId::new());
        let (job, claim) = job(id, worker);
        memories.learn([known(id, 4, vec![job])]);

        let first = memories.take([(worker, claim)].into_iter());
        assert!(first.is_some_and(|(runs, jobs)| (runs.len(), jobs.len()) == (1, 1)));
        memories.learn([known(id, 5, Vec::new())]);
        assert!(memories.take([(worker, claim)].into_iter()).is_some());
    }

    #[test]
    fn what_did_not_come_back_is_read_until_it_is_learnt_again() {
        let memories = Memories::default();
        let (id, worker) = (ExecutionId::new(), WorkerId::new());
        let (job, claim) = job(id, worker);
        memories.learn([known(id, 4, vec![job])]);

        assert!(memories.take([(worker, claim)].into_iter()).is_some());
        assert!(memories.take([(worker, claim)].into_iter()).is_none());
        memories.learn([known(id, 5, Vec::new())]);
        assert!(memories.take([(worker, claim)].into_iter()).is_some());
    }

    #[test]
    fn what_another_replica_has_moved_is_read_from_then_on() {
        let memories = Memories::default();
        let (id, worker) = (ExecutionId::new(), WorkerId::new());
        let (first, claim) = job(id, worker);
        memories.learn([known(id, 4, vec![first.clone()])]);

        memories.learn([known(id, 6, Vec::new())]);
        assert!(memories.take([(worker, claim)].into_iter()).is_none());
        memories.learn([known(id, 7, vec![first])]);
        assert!(memories.take([(worker, claim)].into_iter()).is_none());
    }

    #[test]
    fn a_stranger_an_old_fence_and_an_unknown_job_are_looked_up() {
        let memories = Memories::default();
        let (id, worker) = (ExecutionId::new(), WorkerId::new());
        let (mine, claim) = job(id, worker);
        let (_, unknown) = job(id, worker);
        memories.learn([known(id, 4, vec![mine])]);

        let old = Claim {
            fence: Fence(6),
            ..claim
        };
        for report in [(WorkerId::new(), claim), (worker, old), (worker, unknown)] {
            let together = [(worker, claim), report];
            assert!(memories.take(together.into_iter()).is_none());
        }
        assert!(memories.take([(worker, claim)].into_iter()).is_some());
    }

    #[test]
    fn an_ended_job_and_a_forgotten_execution_are_not_known() {
        let memories = Memories::default();
        let (id, worker) = (ExecutionId::new(), WorkerId::new());
        let (first, claim) = job(id, worker);
        let (second, other) = job(id, worker);
        let ended = Job::Ended(Ended {
            core: first.core().clone(),
            status: pulse_api::status::JobStatus::Succeeded,
        });
        memories.learn([known(id, 4, vec![first, second])]);

        memories.learn([known(id, 5, vec![ended])]);
        assert!(memories.take([(worker, claim)].into_iter()).is_none());
        assert!(memories.take([(worker, other)].into_iter()).is_some());
        memories.learn([Memory::Forget(id)]);
        assert!(memories.take([(worker, other)].into_iter()).is_none());
    }

    #[test]
    fn the_oldest_go_when_there_are_too_many() {
        let memories = Memories::default();
        let worker = WorkerId::new();
        let mut claims = Vec::new();
        for _ in 0..=MAX_EXECUTIONS {
            let id = ExecutionId::new();
            let (job, claim) = job(id, worker);
            claims.push(claim);
            memories.learn([known(id, 4, vec![job])]);
        }

        let kept = memories.0.lock().unwrap();
        assert_eq!(
            (kept.executions.len(), kept.jobs.len()),
            (MAX_EXECUTIONS, MAX_EXECUTIONS)
        );
        drop(kept);
        assert!(memories.take([(worker, claims[0])].into_iter()).is_none());
        assert!(memories.take([(worker, claims[1])].into_iter()).is_some());
    }
}
