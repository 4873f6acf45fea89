//! What a run would do now, nothing started.

use std::collections::BTreeMap;

use pulse_api::{
    http::{
        executions::WindowDenied,
        workflows::{PlanView, PlanWorkflow, PlannedStepView, PlannedWindow},
    },
    status::StepKind,
};
use pulse_workflow::{
    Action, Call, DEEPEST_CALLS, Given, Host, SkipReason, Step, Targets, Workflow,
    inputs::{self, InputFault, Secrets},
    preview::StepPreview,
};
use serde_json::{Map, Value};

use super::is_seen;
use crate::{
    app::App,
    domain::{
        engine::{self, EngineError},
        executions::start::{self, StartError, check},
        workers,
    },
    model::{grant::Reach, step, worker::Candidate},
    store::{self, Tx, workflows::Name},
};

/// What a run would do now, nothing started.
pub(crate) async fn plan(
    app: &App,
    (name, reach): (&Name, &Reach),
    wish: &PlanWorkflow,
) -> Result<PlanView, StartError> {
    let targets = wish.targets.as_ref();
    let mut tx = app.store().read().await?;
    let found = start::version(&mut tx, (name, wish.version), reach).await?;
    let workflow = engine::workflow(app, &mut tx, &found.definition).await?;
    drop(tx);
    let (open, resolved) = resolved(&workflow, &wish.inputs).map_err(StartError::Inputs)?;
    let workflow = check::unfold(workflow, &resolved)?;
    let given = targets.map(check::targets).transpose()?;
    let fleet = workers::read::fleet(app).await.map_err(EngineError::from)?;
    let hosts: Vec<_> = fleet
        .iter()
        .filter(|c| Candidate::runs_actions(c))
        .map(engine::host)
        .collect();
    let mut tx = app.store().read().await?;
    let mut planner = Planner {
        app,
        hosts: &hosts,
        given: given.as_ref(),
        reach,
        around: vec![found.name.clone()],
        planned: 0,
    };
    let mut steps = planner.steps(&mut tx, &workflow, &open).await?;
    if given.is_some() && !is_somewhere(&steps) {
        refuse(&mut steps);
    }
    Ok(PlanView {
        workflow: found.name,
        version: found.number,
        window: window(&mut tx, &workflow).await?,
        steps,
    })
}

type Inputs = Map<String, Value>;

/// The inputs that everybody may see, as they are given and as a run has them. Who gives none that is
/// secret gives them with the run.
fn resolved(workflow: &Workflow, given: &Inputs) -> Result<(Inputs, Inputs), Vec<InputFault>> {
    let (open, secrets) = inputs::part(workflow, given.clone())?;
    let among: BTreeMap<&str, &str> = secrets
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect();
    let secrets = if among.is_empty() {
        Secrets::Later
    } else {
        Secrets::Given(&among)
    };
    let resolved = inputs::resolve(workflow, &open, secrets)?;
    Ok((open, resolved))
}

/// The window in which nothing may start now.
async fn window(tx: &mut Tx, workflow: &Workflow) -> Result<Option<PlannedWindow>, StartError> {
    let Some(rule) = &workflow.windows else {
        return Ok(None);
    };
    let denied = rule.denied(store::schedules::now(tx).await?);
    Ok(denied.map(|denied| PlannedWindow {
        denied: WindowDenied {
            window: denied.window.to_string(),
            until: denied.until,
            is_at_least: denied.is_at_least,
        },
        when_denied: rule.when_denied.as_str().to_owned(),
    }))
}

/// Whether any step has a worker to run on, or a fault of its own.
fn is_somewhere(steps: &[PlannedStepView]) -> bool {
    steps.iter().any(|step| {
        let is_left_out = step.problem.as_deref() == Some(NOT_TARGETED);
        !step.hosts.is_empty()
            || (step.problem.is_some() && !is_left_out)
            || is_somewhere(&step.steps)
    })
}

/// Says of each step that the targets of the run leave it nobody, where they leave nobody to any.
fn refuse(steps: &mut [PlannedStepView]) {
    for step in steps {
        if step.problem.is_some() {
            step.problem = Some(NO_TARGETS.to_owned());
        }
        refuse(&mut step.steps);
    }
}

const NO_TARGETS: &str = "no_targets";
const NOT_TARGETED: &str = SkipReason::NotTargeted.as_str();

/// Who looks at what a run would do, and at what the workflows would do that it runs.
struct Planner<'a> {
    app: &'a App,
    hosts: &'a [Host],
    /// The targets that are given for the run.
    given: Option<&'a Targets>,
    reach: &'a Reach,
    /// What the workflows are called that are being looked at, one inside the other.
    around: Vec<String>,
    /// How many steps have been looked at.
    planned: usize,
}

/// How many steps a plan shows of what other workflows do.
const MOST_PLANNED: usize = 2_000;

impl Planner<'_> {
    async fn steps(
        &mut self,
        tx: &mut Tx,
        workflow: &Workflow,
        inputs: &Map<String, Value>,
    ) -> Result<Vec<PlannedStepView>, StartError> {
        let preview = pulse_workflow::preview_on(workflow, inputs, self.hosts, self.given);
        let mut steps = Vec::with_capacity(preview.steps.len());
        self.planned += preview.steps.len();
        for planned in preview.steps {
            let step = workflow.step(&planned.path);
            let mut view = planned_view(planned, step);
            if let Some(Action::Workflow(call)) = step.map(|step| &step.action) {
                view.workflow = Some(call.callee.to_string());
                match Box::pin(self.inside(tx, call)).await? {
                    Ok(inside) => view.steps = inside,
                    Err(problem) => view.problem = Some(problem.to_owned()),
                }
            }
            steps.push(view);
        }
        Ok(steps)
    }

    /// What a workflow would do that a step runs, or why it could not.
    async fn inside(
        &mut self,
        tx: &mut Tx,
        call: &Call,
    ) -> Result<Result<Vec<PlannedStepView>, &'static str>, StartError> {
        let callee = &call.callee;
        if self.around.contains(&callee.name) {
            return Ok(Err("workflow_cycle"));
        }
        if self.around.len() >= DEEPEST_CALLS {
            return Ok(Err("too_deep"));
        }
        if self.planned >= MOST_PLANNED {
            return Ok(Err("too_many_steps"));
        }
        let name = Name::Name(callee.name.clone());
        let found = store::workflows::version(tx, &name, callee.version).await?;
        let Some(found) = found.filter(|found| is_seen(found, self.reach)) else {
            return Ok(Err("unknown_workflow"));
        };
        let written = engine::workflow(self.app, tx, &found.definition).await?;
        // What an earlier step gives is not known yet; the rest is given as it is written.
        let known = call.with.iter().filter_map(|(name, given)| match given {
            Given::Value(value) => Some((name.clone(), value.clone())),
            Given::Text(_) => None,
        });
        let inputs =
            inputs::resolve(&written, &known.collect(), Secrets::Later).unwrap_or_default();
        let workflow = written.unfolded(&inputs);
        let workflow = workflow.as_ref().unwrap_or(&written);
        self.around.push(callee.name.clone());
        let steps = self.steps(tx, workflow, &inputs).await;
        self.around.pop();
        steps.map(Ok)
    }
}

fn planned_view(planned: StepPreview, step: Option<&Step>) -> PlannedStepView {
    let kind = step::kind(planned.kind);
    let is_rolled = step.is_some_and(|step| step.rollout().is_some());
    let has_targets = is_rolled || kind == StepKind::Execute;
    let is_nowhere = has_targets && planned.hosts.is_empty();
    let why = if planned.left_out {
        NOT_TARGETED
    } else {
        NO_TARGETS
    };
    PlannedStepView {
        id: planned.path.0,
        name: planned.name,
        kind,
        needs: planned.needs.into_iter().map(|path| path.0).collect(),
        condition: planned.condition,
        hosts: planned.hosts,
        batches: planned.batches,
        canary: planned.canary,
        problem: is_nowhere.then(|| why.to_owned()),
        workflow: None,
        steps: Vec::new(),
    }
}
