//! What a rollout is between its batches, and the only moves it can make.

use std::collections::{BTreeMap, BTreeSet};

use pulse_api::{ExecutionId, WorkerId, status::RolloutStatus};
use pulse_workflow::{Asked, Rest, RolloutFacts, StepPath, Trial, trial_of};

use super::machine::{Illegal, moves};

moves! { "Rollout", RolloutStatus;
    /// A batch is done: it pauses, or looks at the health of the changed hosts.
    Rest = "rest": Going => Resting;
    /// The pause is over and the changed hosts are well.
    Pass = "pass": Resting => Rested;
    /// The changed hosts are not well: it ends.
    Doubt = "doubt": Resting => Unhealthy;
    /// The next batch has its turn; after trouble, because a person lets it.
    Open = "open": Going, Rested, Unhealthy => Going;
}

/// By the name of a host.
pub(crate) type Undoes = BTreeMap<String, BTreeSet<StepPath>>;

/// A rollout, as the store found it and as moves have changed it since.
#[derive(Debug, Clone)]
pub(crate) struct Rollout {
    pub(crate) execution: ExecutionId,
    pub(crate) step: String,
    /// In the order of their turns, each with the name it had when the rollout began.
    pub(crate) hosts: Vec<(WorkerId, String)>,
    pub(crate) sizes: Vec<u32>,
    /// Whether the first batch is a canary, for people; known where it begins.
    pub(crate) canary: bool,
    /// The batch that was opened last, counted from 0.
    pub(crate) batch: u32,
    /// Why it is not well.
    pub(crate) detail: Option<String>,
    /// What a person was asked about, once one was.
    pub(crate) asked: Option<Asked>,
    /// For an undo: the steps that had begun on each host.
    pub(crate) undoes: Option<Undoes>,
    /// Whether its hosts are to be brought back once the execution has ended.
    pub(crate) rollback_wanted: bool,
    status: RolloutStatus,
    /// For one that rests: milliseconds until it is looked at again.
    look_ms: Option<u64>,
    touched: bool,
}

impl Rollout {
    /// A rollout that begins now, over these hosts, as the document says.
    pub(crate) fn begin(
        (execution, step): (ExecutionId, String),
        hosts: Vec<(WorkerId, String)>,
        document: &pulse_workflow::Rollout,
    ) -> Self {
        let sizes = document.sizes(u32::try_from(hosts.len()).unwrap_or(u32::MAX));
        Self {
            canary: document.has_canary(&sizes),
            touched: true,
            ..Self::stored(
                (execution, step),
                (hosts, sizes),
                (0, RolloutStatus::Going, None),
            )
        }
    }

    /// What the row of a rollout says.
    pub(crate) fn stored(
        (execution, step): (ExecutionId, String),
        (hosts, sizes): (Vec<(WorkerId, String)>, Vec<u32>),
        (batch, status, detail): (u32, RolloutStatus, Option<String>),
    ) -> Self {
        Self {
            execution,
            step,
            hosts,
            sizes,
            canary: false,
            batch,
            detail,
            asked: None,
            undoes: None,
            rollback_wanted: false,
            status,
            look_ms: None,
            touched: false,
        }
    }

    /// The same as an undo of what had begun.
    pub(crate) fn undoing(self, undoes: Option<Undoes>) -> Self {
        Self { undoes, ..self }
    }

    pub(crate) fn status(&self) -> RolloutStatus {
        self.status
    }

    /// Milliseconds until it is looked at again, where it began to rest or was looked at just now.
    pub(crate) fn look_ms(&self) -> Option<u64> {
        self.look_ms
    }

    /// Whether there is something to write.
    pub(crate) fn is_touched(&self) -> bool {
        self.touched
    }

    /// The hosts that have had their turn, or have it now.
    pub(crate) fn opened(&self) -> &[(WorkerId, String)] {
        let batches = self.sizes.iter().take(self.batch as usize + 1);
        let hosts = batches.sum::<u32>() as usize;
        &self.hosts[..hosts.min(self.hosts.len())]
    }

    /// The hosts of the batch that was opened last.
    pub(crate) fn newest(&self) -> &[(WorkerId, String)] {
        let opened = self.opened();
        let size = self.sizes.get(self.batch as usize).copied();
        &opened[opened
            .len()
            .saturating_sub(size.unwrap_or_default() as usize)..]
    }

    /// The path of the run that looks at that batch.
    pub(crate) fn trial(&self) -> StepPath {
        trial_of(&self.step.as_str().into(), self.batch as usize)
    }

    /// Those of them that are watched: not the hosts of which a person has said to go on.
    pub(crate) fn watched(&self) -> &[(WorkerId, String)] {
        let passed = self.asked.as_ref().and_then(|asked| asked.unhealthy);
        // Another batch was begun only because the answer was to go on.
        let passed = passed.filter(|batch| *batch < self.batch as usize);
        let batches = passed.map_or(0, |batch| batch + 1);
        let hosts = self.sizes.iter().take(batches).sum::<u32>() as usize;
        let opened = self.opened();
        &opened[hosts.min(opened.len())..]
    }

    /// Rests after a batch, to be looked at in so many milliseconds.
    pub(crate) fn rest(&mut self, look_ms: u64) -> Result<(), Illegal> {
        self.make(Verb::Rest)?;
        self.look_ms = Some(look_ms);
        Ok(())
    }

    /// Goes on resting, to be looked at again.
    pub(crate) fn look_again(&mut self, look_ms: u64) {
        self.touched = true;
        self.look_ms = Some(look_ms);
    }

    /// The same with what a person was asked about.
    pub(crate) fn asking(self, asked: Option<Asked>) -> Self {
        Self { asked, ..self }
    }

    /// Remembers for which hosts a person is asked.
    pub(crate) fn consult(&mut self, hosts: Vec<String>) {
        self.touched = true;
        self.asked = Some(Asked {
            unhealthy: (self.status == RolloutStatus::Unhealthy).then_some(self.batch as usize),
            hosts: hosts.into_iter().collect(),
        });
    }

    /// Asks for its hosts to be brought back.
    pub(crate) fn want_rollback(&mut self) {
        self.touched = true;
        self.rollback_wanted = true;
    }

    pub(crate) fn pass(&mut self) -> Result<(), Illegal> {
        self.make(Verb::Pass)
    }

    pub(crate) fn doubt(&mut self, why: String) -> Result<(), Illegal> {
        self.make(Verb::Doubt)?;
        self.detail = Some(why);
        Ok(())
    }

    /// Lets the next batch begin.
    pub(crate) fn open(&mut self) -> Result<(), Illegal> {
        self.make(Verb::Open)?;
        self.batch += 1;
        self.detail = None;
        Ok(())
    }

    /// What the planner may know of it, with how the workflow of its health has found its batches.
    pub(crate) fn facts(&self, trial: Trial) -> RolloutFacts {
        RolloutFacts {
            hosts: self.hosts.iter().map(|(_, name)| name.clone()).collect(),
            sizes: self.sizes.clone(),
            batch: self.batch as usize,
            rest: match self.status {
                RolloutStatus::Going => Rest::No,
                RolloutStatus::Resting => Rest::Resting,
                RolloutStatus::Rested => Rest::Over,
                RolloutStatus::Unhealthy => {
                    Rest::Unhealthy(self.detail.clone().unwrap_or_default())
                }
            },
            trial,
            asked: self.asked.clone(),
            undoes: self.undoes.clone(),
        }
    }

    fn make(&mut self, verb: Verb) -> Result<(), Illegal> {
        self.status = next(self.status, verb)?;
        self.touched = true;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts_that_a_person_let_pass_are_watched_no_more() {
        let hosts = ["a", "b", "c"].map(|name| (WorkerId::new(), name.to_owned()));
        let place = (ExecutionId::new(), "s".to_owned());
        let state = (1, RolloutStatus::Resting, None);
        let rollout = Rollout::stored(place, (hosts.to_vec(), vec![1, 1, 1]), state);
        let asked = |unhealthy| {
            Some(Asked {
                unhealthy,
                hosts: BTreeSet::new(),
            })
        };
        let watched = |rollout: &Rollout| {
            let names = rollout.watched().iter().map(|(_, name)| name.as_str());
            names.collect::<String>()
        };

        assert_eq!(watched(&rollout), "ab");
        assert_eq!(watched(&rollout.clone().asking(asked(Some(0)))), "b");
        assert_eq!(watched(&rollout.clone().asking(asked(Some(1)))), "ab");
        assert_eq!(watched(&rollout.asking(asked(None))), "ab");
    }
}
