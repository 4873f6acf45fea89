//! What a retry takes over: the steps before the one that it begins with, or everything that ran, as it
//! ended.

use pulse_api::{
    ExecutionId,
    status::{StepKind, StepStatus},
};
use pulse_workflow::{Action, StepPath, Workflow};

use crate::{
    domain::{engine::Run, entries},
    model::{
        changes::Changes,
        past::{self, Again, Past, Tangled},
        step::Step,
    },
    store::{self, StoreError, Tx},
};

/// Steps that have ended, and the execution that they ended in.
pub(super) struct Carried {
    pub(super) from: ExecutionId,
    pub(super) steps: Vec<Step>,
    /// The jobs that ran of a step that had not begun everywhere.
    half: Vec<Past>,
    /// The executions in which somebody has answered: the one before, and those that its steps have run.
    pub(super) answered: Vec<ExecutionId>,
}

/// Why an execution cannot be begun in its middle.
#[derive(Debug, thiserror::Error)]
pub(crate) enum CarryError {
    #[error("the document has no main step {0:?}")]
    UnknownStep(String),
    #[error("step {0:?} before it did not end well")]
    NotWell(String),
    #[error("the document reads the output of steps, which stays with the execution that ran them")]
    ReadsOutput,
    #[error(transparent)]
    Tangled(#[from] Tangled),
    #[error(
        "what step {0:?} asks is for several people, or for another than who starts the execution, \
         and their answer was for that execution alone"
    )]
    Approved(String),
    #[error("what step {0:?} has run is not there any more, nor who has answered in it")]
    Gone(String),
    #[error("what step {0:?} has done was brought back")]
    BroughtBack(String),
    #[error("#{by} is not over, and may bring back what step {step:?} has done")]
    MayBeBroughtBack { step: String, by: i64 },
    #[error("could not read the steps")]
    Store(#[from] StoreError),
}

impl Carried {
    pub(super) fn paths(&self) -> Vec<String> {
        self.steps.iter().map(|step| step.path.clone()).collect()
    }

    /// Puts the steps in the place of those that wait for their turn.
    pub(super) async fn into_run(
        self,
        tx: &mut Tx,
        run: &mut Run,
        changes: &mut Changes,
    ) -> Result<(), StoreError> {
        let to = run.execution.id;
        let half = self.half.iter().map(|job| job.id).collect();
        store::jobs::carry::take_over(tx, (self.from, to), (self.paths(), half)).await?;
        if run.workflow.has_calls() {
            store::calls::take_over(tx, (self.from, to), &self.paths()).await?;
            run.calls = store::calls::of(tx, &[to]).await?;
        }
        run.taken = self.half;
        for carried in self.steps {
            let carried = carried.taken_over(to);
            changes.note(&mut run.execution, entries::step(&carried));
            let path = carried.path.clone();
            *run.step(&path)? = carried;
        }
        Ok(())
    }
}

/// The steps before the one with this id or name.
pub(super) async fn before(
    tx: &mut Tx,
    (execution, workflow): (ExecutionId, &Workflow),
    given: &str,
) -> Result<Carried, CarryError> {
    let is_meant = |step: &pulse_workflow::Step| {
        step.parent.is_none()
            && (step.id == given || step.name.to_lowercase() == given.to_lowercase())
    };
    let unknown = || CarryError::UnknownStep(given.to_owned());
    let first = workflow
        .steps
        .iter()
        .position(is_meant)
        .ok_or_else(unknown)?;
    let earlier = &workflow.steps[..first];
    if let Some(rolled) = earlier.iter().find(|step| workflow.is_rolled(&step.path)) {
        return Err(Tangled::Rolled(rolled.name.clone()).into());
    }
    if let Some(step) = earlier.iter().find(|step| past::drains(step)) {
        return Err(Tangled::Drains(step.name.clone()).into());
    }
    if workflow.reads_stdout() {
        return Err(CarryError::ReadsOutput);
    }
    let mut stored = store::steps::of(tx, &[execution]).await?;
    let mut steps = Vec::with_capacity(first);
    none_is_back(tx, (execution, workflow), earlier).await?;
    for step in earlier {
        let at = stored.iter().position(|row| row.path == step.path.as_str());
        let row = stored.swap_remove(at.ok_or(StoreError::Stale)?);
        let is_well = match row.status() {
            StepStatus::Succeeded | StepStatus::Skipped => true,
            StepStatus::Failed => step.continue_on_error || step.parent.is_some(),
            StepStatus::Waiting
            | StepStatus::Ready
            | StepStatus::Running
            | StepStatus::Cancelled => false,
        };
        if !is_well {
            return Err(CarryError::NotWell(step.name.clone()));
        }
        steps.push(row);
    }
    let answered = answered(tx, (execution, workflow), &steps).await?;
    Ok(Carried {
        from: execution,
        steps,
        half: Vec::new(),
        answered,
    })
}

/// Refuses to leave out hosts where what had succeeded was brought back since.
pub(super) async fn refuse_brought_back(
    tx: &mut Tx,
    (execution, workflow): (ExecutionId, &Workflow),
) -> Result<(), CarryError> {
    none_is_back(tx, (execution, workflow), &workflow.steps).await
}

/// The name of a step of a rollout that the execution itself has brought back anywhere.
pub(super) async fn rolled_back(
    tx: &mut Tx,
    (execution, workflow): (ExecutionId, &Workflow),
) -> Result<Option<String>, StoreError> {
    let stored = store::steps::of(tx, &[execution]).await?;
    let has_begun = |path: &StepPath| {
        let mut rows = stored.iter();
        rows.any(|row| row.path == path.as_str() && row.jobs.total > 0)
    };
    let mut rolled = workflow
        .steps
        .iter()
        .filter(|step| workflow.is_rolled(&step.path));
    let back = rolled.find(|step| {
        let back = workflow.rollback_of(&step.path);
        back.is_some_and(|back| has_begun(&back.path))
    });
    Ok(back.map(|step| step.name.clone()))
}

/// Fails where what one of these steps has done was brought back since, by the execution itself or by
/// any other that the same one was run again as, and where one of those still may.
async fn none_is_back(
    tx: &mut Tx,
    (execution, workflow): (ExecutionId, &Workflow),
    steps: &[pulse_workflow::Step],
) -> Result<(), CarryError> {
    let rollback = |step: &pulse_workflow::Step| {
        let back = workflow.rollback_of(&step.path)?;
        Some((step.path.to_string(), back.path.to_string()))
    };
    let paths: Vec<(String, String)> = steps.iter().filter_map(rollback).collect();
    if paths.is_empty() {
        return Ok(());
    }
    let Some(back) = store::executions::brought_back(tx, execution, paths).await? else {
        return Ok(());
    };
    let step = steps.iter().find(|step| step.path.as_str() == back.step);
    let step = step.map_or(back.step, |step| step.name.clone());
    Err(match back.by {
        None => CarryError::BroughtBack(step),
        Some(by) => CarryError::MayBeBroughtBack { step, by },
    })
}

/// The executions in which somebody has answered what these steps ask, or what they have run.
///
/// Fails where an answer takes more than whoever runs it again: that of several people, or of another than
/// who starts the execution.
async fn answered(
    tx: &mut Tx,
    (execution, workflow): (ExecutionId, &Workflow),
    steps: &[Step],
) -> Result<Vec<ExecutionId>, CarryError> {
    none_is_shared(workflow, steps)?;
    let asks = steps.iter().any(|step| step.kind == StepKind::Prompt);
    let mut answered: Vec<ExecutionId> = asks.then_some(execution).into_iter().collect();
    if !workflow.has_calls() {
        return Ok(answered);
    }
    let paths = steps.iter().map(|step| step.path.clone()).collect();
    for run in store::calls::inside(tx, (execution, paths)).await? {
        let step = steps.iter().find(|step| step.path == run.step);
        let name = step.map_or(run.step, |step| step.name.clone());
        match run.execution {
            None => return Err(CarryError::Gone(name)),
            Some(_) if run.is_shared => return Err(CarryError::Approved(name)),
            Some(inner) if run.is_answered => answered.push(inner),
            Some(_) => {}
        }
    }
    Ok(answered)
}

/// Fails where one of these steps itself has an answer that takes more than whoever runs it again.
fn none_is_shared(workflow: &Workflow, steps: &[Step]) -> Result<(), CarryError> {
    let is_shared = |row: &&Step| {
        let step = workflow.step(&row.path.as_str().into());
        let (Some(Action::Prompt(prompt)), Some(response)) =
            (step.map(|step| &step.action), &row.response)
        else {
            return false;
        };
        prompt.terms.needed(response) > 1 || prompt.terms.not_by.is_some()
    };
    match steps.iter().find(is_shared) {
        Some(row) => Err(CarryError::Approved(row.name.clone())),
        None => Ok(()),
    }
}

/// Every main step that has nothing left to begin, and what ran of those that have.
pub(super) async fn but_unstarted(
    tx: &mut Tx,
    (execution, workflow): (ExecutionId, &Workflow),
    again: Again,
) -> Result<Carried, CarryError> {
    if workflow.reads_stdout() {
        return Err(CarryError::ReadsOutput);
    }
    let jobs = store::jobs::carry::past(tx, execution).await?;
    let mut steps = store::steps::of(tx, &[execution]).await?;
    let called = store::calls::failed(tx, execution).await?;
    let called: Vec<String> = called.into_iter().map(|(step, _)| step).collect();
    none_is_back(tx, (execution, workflow), &workflow.steps).await?;
    let sorted = past::sort(workflow, (&steps, &jobs, &called), again)?;
    steps.retain(|row| sorted.over.contains(&row.path));
    let answered = answered(tx, (execution, workflow), &steps).await?;
    Ok(Carried {
        from: execution,
        steps,
        half: sorted.half,
        answered,
    })
}
