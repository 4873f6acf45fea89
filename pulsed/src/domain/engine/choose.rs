//! Which workers a step runs on: those that its targets mean and that have what it needs.

use std::collections::{HashMap, HashSet};

use pulse_api::{
    ExecutionId, WorkerId,
    status::{AdminState, WorkerStatus},
};
use pulse_workflow::{
    Action, Execute, Host, Needs, Payload, StepPath, Targets, Workflow, targets::Wanted,
};

use super::Run;
use crate::{
    model::worker::Candidate,
    store::{self, StoreError, Tx, workers::WithBlocks},
};

/// The workers looked at so far in this transaction, with the slots that it has given away.
#[derive(Default)]
pub(in crate::domain) struct Fleet {
    taken: HashMap<WorkerId, u32>,
    pools: HashMap<(Option<Vec<String>>, WithBlocks), Pool>,
    /// Everybody that these names stand for, as names, ids or groups; without function blocks.
    known: (HashSet<String>, Vec<Candidate>),
    /// By the text of what is wished for; never where the least loaded are picked.
    chosen: HashMap<String, Chosen>,
}

/// The most workers that one step runs on.
const MOST_TARGETS: usize = 10_000;

/// Why so many workers are too many, where they are.
pub(super) fn too_many(chosen: &[Candidate]) -> Option<String> {
    let count = chosen.len();
    (count > MOST_TARGETS)
        .then(|| format!("{count} workers are meant, and a step has at most {MOST_TARGETS}"))
}

/// The workers that targets stand for, or why there are none.
pub(super) type Chosen = Result<Vec<Candidate>, Nobody>;

/// Why a step has nobody to run on.
#[derive(Debug, Clone)]
pub(super) enum Nobody {
    /// Its targets mean nobody who could run it.
    Fault(String),
    /// The targets of the run leave none of those that its own mean.
    LeftOut(String),
}

/// Workers that were read together.
struct Pool {
    candidates: Vec<Candidate>,
    /// The same workers as targets see them.
    hosts: Vec<Host>,
    /// Whether one of the names that were looked for was another worker's lately.
    was_renamed: bool,
}

/// What a step asks of the fleet.
#[derive(Clone, Copy)]
pub(in crate::domain) struct Wish<'a> {
    pub(in crate::domain) execution: ExecutionId,
    pub(in crate::domain) targets: Option<&'a Targets>,
    pub(in crate::domain) needs: Needs<'a>,
}

impl Fleet {
    /// A fleet of which all workers are known that these names stand for.
    pub(in crate::domain) fn knowing(
        names: impl IntoIterator<Item = String>,
        workers: Vec<Candidate>,
    ) -> Self {
        Self {
            known: (names.into_iter().collect(), workers),
            ..Self::default()
        }
    }

    /// The workers that may be meant: all, held by nobody; or those that these names stand for, held.
    async fn candidates(
        &self,
        tx: &mut Tx,
        (names, blocks): (Option<&[String]>, WithBlocks),
    ) -> Result<(Vec<Candidate>, bool), StoreError> {
        let (known, workers) = &self.known;
        match names {
            // Known is what was read for executions that begin now.
            Some(names)
                if blocks == WithBlocks::No && names.iter().all(|name| known.contains(name)) =>
            {
                let is_meant =
                    |worker: &&Candidate| names.iter().any(|name| worker.is_called(name));
                Ok((workers.iter().filter(is_meant).cloned().collect(), false))
            }
            Some(names) => store::workers::candidates(tx, names, blocks).await,
            None => Ok((store::workers::fleet(tx, blocks).await?, false)),
        }
    }

    /// The workers that the wish stands for now, or why there are none.
    ///
    /// Whoever is chosen among all is read again and held: a fleet is not locked for a few.
    pub(super) async fn choose(
        &mut self,
        tx: &mut Tx,
        wish: Wish<'_>,
    ) -> Result<Chosen, StoreError> {
        let Some(targets) = wish.targets else {
            return Ok(Err(Nobody::Fault(
                "the step names no targets, and none were given for the run".to_owned(),
            )));
        };
        let key = format!("{:?} {} {}", targets.pick, wish.needs, targets.text());
        if let Some(chosen) = self.chosen.get(&key) {
            return Ok(chosen.clone());
        }
        let taken = match targets.pick {
            Some(_) => self.taken.clone(),
            None => HashMap::new(),
        };
        let (is_the_same, meant) = self.meant(tx, (targets, wish)).await?;
        let targets = meant.as_ref().unwrap_or(targets);
        let (names, blocks) = asked(targets, wish.needs);
        let is_held = names.is_some();
        let pool = self.pool(tx, (names, blocks)).await?;
        if targets.pick.is_some() {
            pool.weigh(&taken);
        }
        let mut chosen = pool.choose(targets, wish.needs);
        if let Ok(workers) = &mut chosen
            && !is_held
            && workers.len() <= MOST_TARGETS
        {
            hold(tx, workers, blocks).await?;
        }
        if targets.pick.is_none() && is_the_same {
            self.chosen.insert(key, chosen.clone());
        }
        Ok(chosen)
    }

    /// Whether targets mean the same for every execution; where they do not, the targets with the ids
    /// of workers in place of the names that these had when the execution began.
    async fn meant(
        &mut self,
        tx: &mut Tx,
        (targets, wish): (&Targets, Wish<'_>),
    ) -> Result<(bool, Option<Targets>), StoreError> {
        let (names, blocks) = asked(targets, wish.needs);
        let pool = self.pool(tx, (names, blocks)).await?;
        if !pool.was_renamed {
            return Ok((true, None));
        }
        let named = listed([Some(&targets.wanted), targets.within.as_ref()]);
        let renamed = store::workers::renames::since(tx, &named, wish.execution).await?;
        let anew = |wanted: &Wanted| {
            let Wanted::List(names) = wanted else {
                return wanted.clone();
            };
            let (old, mut meant): (Vec<String>, Vec<String>) = names
                .iter()
                .cloned()
                .partition(|name| renamed.iter().any(|(old, _)| old == name));
            let is_meant = |(name, _): &&(String, WorkerId)| old.contains(name);
            let ids = renamed.iter().filter(is_meant);
            meant.extend(ids.map(|(_, worker)| worker.to_string()));
            Wanted::List(meant)
        };
        let targets = Targets {
            wanted: anew(&targets.wanted),
            within: targets.within.as_ref().map(anew),
            ..targets.clone()
        };
        Ok((false, Some(targets)))
    }

    async fn pool(
        &mut self,
        tx: &mut Tx,
        key: (Option<Vec<String>>, WithBlocks),
    ) -> Result<&mut Pool, StoreError> {
        if !self.pools.contains_key(&key) {
            let found = self.candidates(tx, (key.0.as_deref(), key.1)).await?;
            let (mut candidates, was_renamed) = found;
            candidates.retain(Candidate::runs_actions);
            let hosts = candidates.iter().map(host).collect();
            let pool = Pool {
                candidates,
                hosts,
                was_renamed,
            };
            self.pools.insert(key.clone(), pool);
        }
        Ok(self.pools.get_mut(&key).expect("it was just put there"))
    }

    /// The least loaded worker that the wish may pick and that takes offers, but none of these.
    pub(super) async fn another(
        &mut self,
        tx: &mut Tx,
        wish: Wish<'_>,
        but: &HashSet<WorkerId>,
    ) -> Result<Option<Candidate>, StoreError> {
        let Some(targets) = wish.targets else {
            return Ok(None);
        };
        // All of them, the least loaded first.
        let targets = Targets {
            pick: Some(u32::MAX),
            ..targets.clone()
        };
        let taken = self.taken.clone();
        let (_, meant) = self.meant(tx, (&targets, wish)).await?;
        let targets = meant.unwrap_or(targets);
        let (names, blocks) = asked(&targets, wish.needs);
        let is_held = names.is_some();
        let pool = self.pool(tx, (names, blocks)).await?;
        pool.weigh(&taken);
        let chosen = pool.choose(&targets, wish.needs).unwrap_or_default();
        let is_wanted = |worker: &Candidate| takes_offers(worker) && !but.contains(&worker.id);
        let mut found: Vec<Candidate> = chosen.into_iter().find(is_wanted).into_iter().collect();
        if !is_held {
            hold(tx, &mut found, blocks).await?;
        }
        Ok(found.into_iter().find(takes_offers))
    }

    /// Gives away a free slot of a worker, if it has one left.
    pub(super) fn take_slot(&mut self, candidate: &Candidate, execution: ExecutionId) -> bool {
        let taken = self.taken.entry(candidate.id).or_default();
        let is_free = *taken < candidate.free_slots_for(execution);
        if is_free {
            *taken += 1;
        }
        is_free
    }
}

/// The names that lists of targets hold.
fn listed(wanted: [Option<&Wanted>; 2]) -> Vec<String> {
    let mut names = Vec::new();
    for wanted in wanted.into_iter().flatten() {
        if let Wanted::List(list) = wanted {
            names.extend(list.iter().cloned());
        }
    }
    names
}

/// The names that are looked for, or all; and whether function blocks matter.
///
/// Those that the run is narrowed to are looked for as well: one that means nobody is told.
fn asked(targets: &Targets, needs: Needs<'_>) -> (Option<Vec<String>>, WithBlocks) {
    let is_list = |wanted: &Wanted| match wanted {
        Wanted::List(names) => !names.iter().any(|name| name == "all"),
        Wanted::Matching(_) => false,
    };
    let within = targets.within.as_ref().filter(|within| is_list(within));
    let names = is_list(&targets.wanted).then(|| listed([Some(&targets.wanted), within]));
    if needs.block.is_some() || targets.text().contains("block") {
        (names, WithBlocks::Yes)
    } else {
        (names, WithBlocks::No)
    }
}

/// Holds workers as they are now, in the same order; those that are gone are left out.
async fn hold(
    tx: &mut Tx,
    workers: &mut Vec<Candidate>,
    blocks: WithBlocks,
) -> Result<(), StoreError> {
    let ids: Vec<WorkerId> = workers.iter().map(|worker| worker.id).collect();
    let held = store::workers::held(tx, &ids, blocks).await?;
    let mut held: HashMap<WorkerId, Candidate> =
        held.into_iter().map(|worker| (worker.id, worker)).collect();
    *workers = ids.iter().filter_map(|id| held.remove(id)).collect();
    Ok(())
}

impl Pool {
    /// Counts what this transaction has given to each worker already.
    fn weigh(&mut self, taken: &HashMap<WorkerId, u32>) {
        for (candidate, host) in self.candidates.iter().zip(&mut self.hosts) {
            let given = taken.get(&candidate.id).copied().unwrap_or_default();
            host.load = candidate.in_hand.saturating_add(given);
            host.full = candidate.free_slots() <= given;
            host.online = takes_offers(candidate);
        }
    }

    fn choose(&self, targets: &Targets, needs: Needs<'_>) -> Chosen {
        let selection = targets.select(&self.hosts, needs);
        if !selection.unmatched.is_empty() {
            let unmatched = selection.unmatched.join(", ");
            return Err(Nobody::Fault(format!("nothing is called {unmatched}")));
        }
        if let Some(within) = &targets.within
            && selection.left_out
        {
            return Err(Nobody::LeftOut(format!(
                "none of {} is among the targets of the run, {}",
                targets.wanted.text(),
                within.text()
            )));
        }
        if !selection.unfit.is_empty() {
            let unfit = selection.unfit.join(", ");
            return Err(Nobody::Fault(format!("{unfit} has not {needs}")));
        }
        if selection.chosen.is_empty() {
            let any = targets.select(&self.hosts, Needs::default());
            return Err(Nobody::Fault(if any.chosen.is_empty() {
                format!("nothing matches {}", targets.text())
            } else {
                format!("nothing that matches {} has {needs}", targets.text())
            }));
        }
        let chosen = selection.chosen.into_iter();
        Ok(chosen.map(|index| self.candidates[index].clone()).collect())
    }
}

fn takes_offers(candidate: &Candidate) -> bool {
    candidate.status == WorkerStatus::Online
        && candidate.admin_state == AdminState::Active
        && candidate.is_connected
}

/// The step's own targets as far as those of the run mean them too, or those of the run, or the document's.
pub(super) fn targets_of(run: &Run, step: &StepPath) -> Option<Targets> {
    let given = run.execution.targets.as_ref().and_then(Targets::given);
    pulse_workflow::step_targets(&run.workflow, step, given.as_ref())
}

/// Whether any of several workers will do for a step. What brings another step back does so where
/// that one ran, and nowhere else.
pub(in crate::domain) fn picks(run: &Run, step: &str) -> bool {
    let step = StepPath(step.to_owned());
    let is_rollback = run.workflow.brought_back_by(&step).is_some();
    !is_rollback && targets_of(run, &step).is_some_and(|targets| targets.pick.is_some())
}

/// What a worker must have for a step.
pub(super) fn needs<'a>(workflow: &'a Workflow, step: &StepPath) -> Needs<'a> {
    match workflow.step(step).map(|step| &step.action) {
        Some(Action::Execute(execute)) => Needs {
            masking: has_secrets(workflow, execute),
            ..execute.needs()
        },
        Some(
            Action::Prompt(_)
            | Action::Wait { .. }
            | Action::Group(_)
            | Action::Agent(_)
            | Action::Workflow(_)
            | Action::Notify(_),
        )
        | None => Needs::default(),
    }
}

/// Whether a step gets secrets in its environment.
pub(super) fn has_secrets(workflow: &Workflow, execute: &Execute) -> bool {
    let is_block = matches!(execute.payload, Payload::Block { .. });
    workflow.gives_secrets() && !is_block
}

/// A worker as targets and expressions see it.
pub(in crate::domain) fn host(candidate: &Candidate) -> Host {
    Host {
        id: candidate.id.to_string(),
        name: candidate.name.clone(),
        groups: candidate.groups.clone(),
        role: candidate.role.as_str().to_owned(),
        region: candidate.region.clone(),
        runtimes: candidate.runtimes(),
        labels: candidate.labels.clone(),
        capabilities: candidate.capabilities.clone(),
        blocks: candidate.block_names(),
        load: candidate.in_hand,
        full: candidate.free_slots() == 0,
        online: candidate.status == WorkerStatus::Online,
    }
}
