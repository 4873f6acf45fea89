//! What a retry takes over: the steps before the one that it begins with, or everything that ran, as it
//! ended.

use pulse_api::{
    ExecutionId,
    status::{StepKind, StepStatus},
};
use pulse_workflow::{Action, Workflow};

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
    #[error("what step {0:?} has done was brought back")]
    BroughtBack(String),
    #[error("could not read the steps")]
    Store(#[from] StoreError),
}

impl Carried {
    /// Whether somebody's answer is among it.
    pub(super) fn has_answers(&self) -> bool {
        self.steps.iter().any(|step| step.kind == StepKind::Prompt)
    }

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
    none_is_back((workflow, earlier), &stored)?;
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
    none_is_shared(workflow, &steps)?;
    Ok(Carried {
        from: execution,
        steps,
        half: Vec::new(),
    })
}

/// Refuses to leave out hosts where what had succeeded was brought back since.
pub(super) async fn refuse_brought_back(
    tx: &mut Tx,
    (execution, workflow): (ExecutionId, &Workflow),
) -> Result<(), CarryError> {
    let stored = store::steps::of(tx, &[execution]).await?;
    none_is_back((workflow, &workflow.steps), &stored)
}

/// The name of a step of a rollout that the execution itself has brought back anywhere.
pub(super) async fn rolled_back(
    tx: &mut Tx,
    (execution, workflow): (ExecutionId, &Workflow),
) -> Result<Option<String>, StoreError> {
    let stored = store::steps::of(tx, &[execution]).await?;
    let rolled = workflow
        .steps
        .iter()
        .filter(|step| workflow.is_rolled(&step.path));
    Ok(first_back((workflow, rolled), &stored).map(|step| step.name.clone()))
}

/// Fails where a rollback of one of these steps has begun anywhere.
fn none_is_back(
    (workflow, steps): (&Workflow, &[pulse_workflow::Step]),
    stored: &[Step],
) -> Result<(), CarryError> {
    match first_back((workflow, steps.iter()), stored) {
        Some(step) => Err(CarryError::BroughtBack(step.name.clone())),
        None => Ok(()),
    }
}

/// The first of these steps of which a rollback has begun anywhere.
fn first_back<'a>(
    (workflow, mut steps): (&Workflow, impl Iterator<Item = &'a pulse_workflow::Step>),
    stored: &[Step],
) -> Option<&'a pulse_workflow::Step> {
    steps.find(|step| {
        let back = workflow.rollback_of(&step.path);
        back.is_some_and(|back| {
            let mut rows = stored.iter();
            rows.any(|row| row.path == back.path.as_str() && row.jobs.total > 0)
        })
    })
}

/// Fails where one of these steps has an answer that takes more than whoever runs it again: that of
/// several people, or of another than who starts the execution.
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
    none_is_back((workflow, &workflow.steps), &steps)?;
    let sorted = past::sort(workflow, (&steps, &jobs, &called), again)?;
    steps.retain(|row| sorted.over.contains(&row.path));
    none_is_shared(workflow, &steps)?;
    Ok(Carried {
        from: execution,
        steps,
        half: sorted.half,
    })
}
