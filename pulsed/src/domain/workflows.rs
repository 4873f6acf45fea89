//! Workflows: applying documents, their versions, and what a run would do.

use pulse_api::{
    WorkflowId,
    http::workflows::{
        AppliedWorkflow, PlanView, PlanWorkflow, PlannedStepView, WorkflowVersionView, WorkflowView,
    },
    problem::FaultView,
    status::StepKind,
};
use pulse_workflow::{
    Action, Call, CallBook, CallSite, Callee, DEEPEST_CALLS, Fault, Faults, Given, Host,
    Permissions, Source, Step, Targets, Workflow, preview::StepPreview,
};
use serde_json::{Map, Value, json};

use super::{
    Verb,
    engine::{self, EngineError},
    executions::start::{self, StartError},
};
use crate::{
    app::App,
    model::{
        grant::{Grants, Reach, Right},
        step,
        wake::Wake,
        worker::Candidate,
        workflow::{Version, is_valid_name},
    },
    store::{
        self, StoreError, Tx,
        workflows::{Name, NewVersion},
    },
    workflows::digest,
};

/// Makes the document the newest version of the workflow, unless it is already.
#[derive(Debug, Clone)]
pub(crate) struct Apply {
    pub(crate) name: String,
    pub(crate) document: String,
    pub(crate) description: Option<String>,
    pub(crate) expected: Expected,
    /// Whether an existing workflow is an error.
    pub(crate) existing: Existing,
    pub(crate) message: Option<String>,
    pub(crate) by: String,
}

/// What the caller takes for granted: the document is applied only where it is so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Expected {
    Whatever,
    /// There is a workflow of that name, in whatever version.
    Some,
    /// There is none.
    Nothing,
    /// This is its newest version.
    Version(i32),
}

impl Expected {
    /// Whether it is so, by the number of the newest version; 0 stands for none.
    fn is_met_by(self, newest: i32) -> bool {
        match self {
            Self::Whatever => true,
            Self::Some => newest > 0,
            Self::Nothing => newest == 0,
            Self::Version(version) => version == newest,
        }
    }
}

/// What becomes of a workflow of that name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Existing {
    Update,
    Refuse,
}

/// Why a document was not applied.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ApplyError {
    #[error("{0} cannot be a workflow's name")]
    Name(String),
    #[error("the document is called {0}")]
    OtherName(String),
    #[error("the document is not valid")]
    Invalid(Vec<FaultView>),
    #[error("a workflow called {0} exists already")]
    Taken(String),
    #[error("the newest version is {0}")]
    StaleVersion(i32),
    #[error("could not store the workflow")]
    Store(#[from] StoreError),
}

impl Verb for Apply {
    type Output = AppliedWorkflow;
    type Error = ApplyError;

    async fn run(&self, app: &App, tx: &mut Tx) -> Result<AppliedWorkflow, ApplyError> {
        if !is_valid_name(&self.name) {
            return Err(ApplyError::Name(self.name.clone()));
        }
        let source = Source {
            name: &self.name,
            text: &self.document,
        };
        let loaded = pulse_workflow::load(&source)
            .map_err(|faults| ApplyError::Invalid(fault_views(&faults)))?;
        if let Some(name) = &loaded.workflow.name
            && *name != self.name
        {
            return Err(ApplyError::OtherName(name.clone()));
        }
        let mut warnings: Vec<FaultView> = loaded.warnings.iter().map(fault_view).collect();
        warnings.extend(self.check_calls(app, tx, &loaded.calls).await?);
        let sha256 = digest(&self.document);
        let current = store::workflows::lock(tx, &self.name).await?;
        let newest = current.as_ref().map_or(0, |version| version.number);
        if !self.expected.is_met_by(newest) {
            return Err(ApplyError::StaleVersion(newest));
        }
        let answer = |version: &Version, changed| AppliedWorkflow {
            id: version.workflow,
            name: version.name.clone(),
            version: version.number,
            changed,
            warnings,
        };
        if let Some(current) = &current {
            if self.existing == Existing::Refuse {
                return Err(ApplyError::Taken(self.name.clone()));
            }
            if current.definition == sha256 {
                return Ok(answer(current, false));
            }
        }
        let version = Version {
            workflow: current.map_or_else(WorkflowId::new, |version| version.workflow),
            name: self.name.clone(),
            number: newest + 1,
            definition: sha256,
            grants: grants(&loaded.workflow.permissions),
            paused: None,
        };
        self.write(tx, &version, &loaded.workflow).await?;
        super::schedules::follow_document(tx, &version, &loaded.workflow).await?;
        Ok(answer(&version, true))
    }

    fn store_error(error: &ApplyError) -> Option<&StoreError> {
        match error {
            ApplyError::Store(error) => Some(error),
            ApplyError::Name(_)
            | ApplyError::OtherName(_)
            | ApplyError::Invalid(_)
            | ApplyError::Taken(_)
            | ApplyError::StaleVersion(_) => None,
        }
    }
}

/// How many workflows are looked at for what a document leads to.
const MOST_LOOKED_AT: usize = 500;

impl Apply {
    /// Refuses a document that leads back to itself by what is stored now, or too deep; warns of what
    /// is not stored yet.
    async fn check_calls(
        &self,
        app: &App,
        tx: &mut Tx,
        calls: &[CallSite],
    ) -> Result<Vec<FaultView>, ApplyError> {
        let roots = calls.iter().map(|call| call.callee.clone()).collect();
        let (book, unknown) = self.look_up(app, tx, roots).await?;
        let (mut faults, mut warnings) = (Vec::new(), Vec::new());
        for call in calls {
            let callee = &call.callee;
            let longest = book.longest(callee);
            if let Some(way) = book.way(callee, &self.name) {
                let message = format!(
                    "it would run in circles: {} -> {}",
                    self.name,
                    way.join(" -> ")
                );
                let hint = "a workflow cannot run what runs it";
                faults.push(fault_view(&call.fault(message, hint)));
            } else if longest.len() >= DEEPEST_CALLS {
                let message = format!(
                    "at most {DEEPEST_CALLS} workflows run inside each other: {} -> {}",
                    self.name,
                    longest.join(" -> ")
                );
                let hint = "put the steps of one of them in the place where it is run";
                faults.push(fault_view(&call.fault(message, hint)));
            } else if unknown.contains(callee) {
                let message = format!("there is no {callee} yet");
                let hint = "it is to be there when this one is run";
                warnings.push(fault_view(&call.fault(message, hint)));
            }
        }
        if faults.is_empty() {
            Ok(warnings)
        } else {
            Err(ApplyError::Invalid(faults))
        }
    }

    /// What the stored workflows run that these lead to, and which of them are not there.
    async fn look_up(
        &self,
        app: &App,
        tx: &mut Tx,
        mut open: Vec<Callee>,
    ) -> Result<(CallBook, Vec<Callee>), ApplyError> {
        let (mut book, mut unknown) = (CallBook::default(), Vec::new());
        let mut looked_at = 0;
        while let Some(callee) = open.pop() {
            if callee.name == self.name || book.knows(&callee) || looked_at == MOST_LOOKED_AT {
                continue;
            }
            looked_at += 1;
            let name = Name::Name(callee.name.clone());
            let found = store::workflows::version(tx, &name, callee.version).await?;
            let Some(found) = found else {
                unknown.push(callee);
                continue;
            };
            let callees: Vec<Callee> = match engine::workflow(app, tx, &found.definition).await {
                Ok(workflow) => workflow.callees().into_iter().cloned().collect(),
                Err(EngineError::Store(error)) => return Err(error.into()),
                // A document of another time: whoever runs it is told.
                Err(EngineError::Document | EngineError::Illegal(_)) => Vec::new(),
            };
            open.extend(callees.iter().cloned());
            book.note(callee, callees);
        }
        Ok((book, unknown))
    }

    async fn write(
        &self,
        tx: &mut Tx,
        version: &Version,
        workflow: &Workflow,
    ) -> Result<(), ApplyError> {
        let description = self.description.as_deref();
        store::definitions::insert(tx, &version.definition, &self.document).await?;
        let new = NewVersion {
            version,
            description: description.or(workflow.description.as_deref()),
            message: self.message.as_deref(),
            created_by: &self.by,
            secrets: &workflow.secrets,
        };
        store::workflows::put(tx, new).await.map_err(|error| {
            // Two creations at once: the other one was faster, so this one looks again.
            if let StoreError::Taken { .. } = error {
                StoreError::Stale
            } else {
                error
            }
        })?;
        tx.wake(Wake::Feed);
        let detail = json!({"version": version.number, "message": self.message});
        let actor = (self.by.as_str(), "workflow.apply", version.name.as_str());
        store::audit::insert(tx, actor, detail);
        Ok(())
    }
}

/// Who may do what with a workflow; nothing where everybody's role decides.
fn grants(permissions: &Permissions) -> Option<Grants> {
    let Permissions { run, answer, view } = permissions.clone();
    Some(Grants::new(run, answer, view)).filter(|grants| !grants.is_open())
}

/// Deletes a workflow; its history stays.
#[derive(Debug, Clone)]
pub(crate) struct Delete {
    pub(crate) name: Name,
    pub(crate) by: String,
}

impl Verb for Delete {
    /// Whether there was such a workflow.
    type Output = bool;
    type Error = StoreError;

    async fn run(&self, _app: &App, tx: &mut Tx) -> Result<bool, StoreError> {
        let deleted = store::workflows::delete(tx, &self.name).await?;
        if let Some(name) = &deleted {
            store::schedules::cut_of_deleted(tx).await?;
            store::audit::insert(tx, (&self.by, "workflow.delete", name), json!({}));
        }
        Ok(deleted.is_some())
    }

    fn store_error(error: &StoreError) -> Option<&StoreError> {
        Some(error)
    }
}

/// Lets nothing of a workflow start, or lets it start again. What has begun goes on.
#[derive(Debug, Clone)]
pub(crate) struct SetPause {
    pub(crate) name: Name,
    pub(crate) pause: Pause,
    pub(crate) by: String,
    pub(crate) reach: Reach,
}

/// Whether a workflow may be started.
#[derive(Debug, Clone)]
pub(crate) enum Pause {
    Paused(Option<String>),
    Going,
}

/// Why a workflow was not paused or resumed.
#[derive(Debug, thiserror::Error)]
pub(crate) enum PauseError {
    #[error("no such workflow")]
    Unknown,
    #[error("the workflow is not yours to run")]
    Forbidden,
    #[error("could not store it")]
    Store(#[from] StoreError),
}

impl Verb for SetPause {
    type Output = WorkflowId;
    type Error = PauseError;

    async fn run(&self, _app: &App, tx: &mut Tx) -> Result<WorkflowId, PauseError> {
        let found = store::workflows::version(tx, &self.name, None).await?;
        let found = found.filter(|found| is_seen(found, &self.reach));
        let found = found.ok_or(PauseError::Unknown)?;
        let workflow = (Some(found.name.as_str()), found.grants.as_ref());
        if !self.reach.includes(Right::Run, workflow) {
            return Err(PauseError::Forbidden);
        }
        let (action, by, reason) = match &self.pause {
            Pause::Paused(reason) => ("workflow.pause", Some(self.by.as_str()), reason.as_deref()),
            Pause::Going => ("workflow.resume", None, None),
        };
        // Already so: whoever paused it first stays.
        if found.paused.is_some() == by.is_some() {
            return Ok(found.workflow);
        }
        store::workflows::set_pause(tx, found.workflow, (by, reason)).await?;
        tx.wake(Wake::Feed);
        // What waits for its turn gets it again.
        tx.wake(Wake::Places);
        let detail = json!({"reason": reason});
        store::audit::insert(tx, (&self.by, action, &found.name), detail);
        Ok(found.workflow)
    }

    fn store_error(error: &PauseError) -> Option<&StoreError> {
        match error {
            PauseError::Store(error) => Some(error),
            PauseError::Unknown | PauseError::Forbidden => None,
        }
    }
}

/// A fault of a document as the interface shows it.
pub(crate) fn fault_view(fault: &Fault) -> FaultView {
    FaultView {
        path: fault.path.clone(),
        line: Some(fault.line),
        column: Some(fault.column),
        message: fault.message.clone(),
        hint: fault.hint.clone(),
        source_line: Some(fault.source_line.clone()),
    }
}

/// Every fault of a document as the interface shows it.
pub(crate) fn fault_views(faults: &Faults) -> Vec<FaultView> {
    faults.0.iter().map(fault_view).collect()
}

fn view(mut row: Value, source: String) -> Result<WorkflowView, StoreError> {
    // A stored document was valid when it was stored; JSON is what the seed's callers read.
    row["definition"] = serde_yaml::from_str(&source).unwrap_or(Value::Null);
    let mut view: WorkflowView = serde_json::from_value(row)?;
    view.source = Some(source);
    Ok(view)
}

/// One workflow in its newest version.
pub(crate) async fn get(
    app: &App,
    name: &Name,
    reach: &Reach,
) -> Result<Option<WorkflowView>, StoreError> {
    let mut tx = app.store().read().await?;
    let rows = store::workflows::list(&mut tx, (Some(name), reach), (None, 1)).await?;
    rows.into_iter()
        .next()
        .map(|(row, source)| view(row, source))
        .transpose()
}

/// Workflows by name, without the text of their documents.
pub(crate) async fn list(
    app: &App,
    reach: &Reach,
    page: (Option<String>, i64),
) -> Result<Vec<WorkflowView>, StoreError> {
    let mut tx = app.store().read().await?;
    let rows = store::workflows::list(&mut tx, (None, reach), page).await?;
    let bare = |(row, source)| {
        view(row, source).map(|view| WorkflowView {
            source: None,
            ..view
        })
    };
    rows.into_iter().map(bare).collect()
}

/// The versions of a workflow, newest first: so many before one. With its document, where one is
/// named.
pub(crate) async fn versions(
    app: &App,
    (name, wanted): (&Name, Option<i32>),
    reach: &Reach,
    part: (Option<i64>, i64),
) -> Result<Option<Vec<WorkflowVersionView>>, StoreError> {
    let mut tx = app.store().read().await?;
    let head = store::workflows::version(&mut tx, name, None).await?;
    let Some(head) = head.filter(|head| is_seen(head, reach)) else {
        return Ok(None);
    };
    let rows = store::workflows::versions(&mut tx, head.workflow, wanted, part).await?;
    let view = |(row, source): (Value, String)| {
        let mut view: WorkflowVersionView = serde_json::from_value(row)?;
        view.source = wanted.map(|_| source);
        Ok(view)
    };
    rows.into_iter()
        .map(view)
        .collect::<Result<Vec<_>, StoreError>>()
        .map(Some)
}

fn is_seen(version: &Version, reach: &Reach) -> bool {
    let workflow = (Some(version.name.as_str()), version.grants.as_ref());
    reach.includes(Right::View, workflow)
}

/// What a run would do now, nothing started.
pub(crate) async fn plan(
    app: &App,
    (name, reach): (&Name, &Reach),
    wish: &PlanWorkflow,
) -> Result<PlanView, StartError> {
    let (inputs, targets) = (&wish.inputs, wish.targets.as_ref());
    let mut tx = app.store().read().await?;
    let found = start::version(&mut tx, (name, wish.version), reach).await?;
    let workflow = engine::workflow(app, &mut tx, &found.definition).await?;
    drop(tx);
    let resolved =
        pulse_workflow::inputs::resolve(&workflow, inputs).map_err(StartError::Inputs)?;
    let workflow = StartError::unfold(workflow, &resolved)?;
    let given = targets
        .map(|targets| StartError::check_targets(&workflow, targets))
        .transpose()?;
    let fleet = super::workers::read::fleet(app)
        .await
        .map_err(EngineError::from)?;
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
    let steps = planner.steps(&mut tx, &workflow, inputs).await?;
    Ok(PlanView {
        workflow: found.name,
        version: found.number,
        steps,
    })
}

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
            pulse_workflow::inputs::resolve(&written, &known.collect()).unwrap_or_default();
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
    PlannedStepView {
        id: planned.path.0,
        name: planned.name,
        kind,
        needs: planned.needs.into_iter().map(|path| path.0).collect(),
        condition: planned.condition,
        hosts: planned.hosts,
        batches: planned.batches,
        canary: planned.canary,
        problem: is_nowhere.then(|| "no_targets".to_owned()),
        workflow: None,
        steps: Vec::new(),
    }
}
