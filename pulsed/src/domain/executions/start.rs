//! What starting an execution takes: its document, its inputs, its first moves. `batch` writes it.

use std::{collections::HashSet, sync::Arc};

use pulse_api::{ExecutionId, blocks::InputFault, problem::FaultView, status::ExecutionStatus};
use pulse_workflow::{
    Action, Callee, Permissions, Targets, Workflow,
    adhoc::{self, CommandSpec},
    inputs, takes_targets,
};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use super::carry::Carried;
use crate::{
    app::App,
    domain::{
        engine::{self, EngineError, Fleet, Hopeless, Run},
        once::Reused,
        places::{self, PlaceError},
        secrets::{self, delivery::SecretFault, keys::KeyTrouble},
        workflows::fault_views,
    },
    model::{
        changes::Changes,
        execution::{Execution, ExecutionRecord, Origin, Parent, Pause},
        grant::{Reach, Right},
        step::Step,
        workflow::{Paused, Version},
    },
    store::{self, StoreError, Tx, audit::Deed, places::Wanted, workflows::Name},
};

/// How many characters of a command the audit trail keeps.
const AUDITED: usize = 500;

/// What shall run.
#[derive(Debug, Clone)]
pub(crate) enum What {
    /// A stored workflow, in its newest version where none is named.
    Workflow(Name, Option<i32>),
    /// A document of its own.
    Document(String),
    /// One command on one worker, by name or id.
    Command(String, CommandSpec),
}

/// Starts an execution.
#[derive(Debug, Clone)]
pub(crate) struct Start {
    /// Chosen by the caller, who may already be listening to it.
    pub(crate) id: ExecutionId,
    pub(crate) what: What,
    pub(crate) inputs: Map<String, Value>,
    /// For steps that name no targets: a list of names and groups, or a selector.
    pub(crate) targets: Option<Value>,
    pub(crate) reason: Option<String>,
    pub(crate) by: String,
    pub(crate) reach: Reach,
}

/// An execution that was started.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub(crate) struct Started {
    pub(crate) execution_id: ExecutionId,
    pub(crate) number: i64,
}

/// Why nothing was started.
#[derive(Debug, thiserror::Error)]
pub(crate) enum StartError {
    #[error("no such workflow")]
    UnknownWorkflow(String),
    #[error("the workflow has no such version")]
    UnknownVersion {
        workflow: String,
        version: i32,
        /// Which there are, as a half sentence.
        there: String,
    },
    #[error("the workflow is not yours to run")]
    Forbidden,
    #[error("the workflow {workflow} is paused")]
    Paused { workflow: String, paused: Paused },
    #[error("step {step} runs a workflow that cannot be run")]
    Callee {
        step: String,
        callee: Callee,
        error: Box<StartError>,
    },
    #[error("commands of one's own are the admins'")]
    CommandsForbidden,
    #[error("permissions belong to a workflow that is stored")]
    UnnamedPermissions,
    #[error("the document is not valid")]
    Invalid(Vec<FaultView>),
    #[error("an input is not valid")]
    Inputs(Vec<inputs::InputFault>),
    #[error("the targets are not a list of names or a selector")]
    Targets,
    #[error("every step of the document names its own targets")]
    TargetsUnused,
    #[error("nothing matched the targets of step {step}")]
    NoTargets { step: String, detail: String },
    #[error("step {step} has too many targets")]
    TooManyTargets { step: String, detail: String },
    #[error("the function block of step {step} does not take what it is given")]
    BlockInputs {
        step: String,
        faults: Vec<InputFault>,
    },
    #[error("the concurrency of its document is not to be had")]
    Place(PlaceError),
    #[error("a secret cannot be used")]
    Secret(SecretFault),
    #[error(transparent)]
    Reused(#[from] Reused),
    #[error(transparent)]
    Engine(#[from] EngineError),
}

impl From<Hopeless> for StartError {
    fn from(hopeless: Hopeless) -> Self {
        match hopeless {
            Hopeless::NoTargets(step, detail) => Self::NoTargets { step, detail },
            Hopeless::TooManyTargets(step, detail) => Self::TooManyTargets { step, detail },
            Hopeless::Inputs(step, faults) => Self::BlockInputs { step, faults },
            Hopeless::Secret(step, detail) => Self::Secret(SecretFault::Region { step, detail }),
        }
    }
}

impl From<StoreError> for StartError {
    fn from(error: StoreError) -> Self {
        Self::Engine(EngineError::Store(error))
    }
}

impl From<PlaceError> for StartError {
    fn from(error: PlaceError) -> Self {
        match error {
            PlaceError::Store(error) => error.into(),
            PlaceError::Unnamed(_) | PlaceError::Full(_) => Self::Place(error),
        }
    }
}

impl StartError {
    /// The failure of the store, where it is one.
    pub(crate) fn store(&self) -> Option<&StoreError> {
        match self {
            Self::Engine(error) => error.store(),
            Self::Secret(SecretFault::Key(KeyTrouble::Store(error))) => Some(error),
            Self::UnknownWorkflow(_)
            | Self::UnknownVersion { .. }
            | Self::Forbidden
            | Self::Paused { .. }
            | Self::Callee { .. }
            | Self::CommandsForbidden
            | Self::UnnamedPermissions
            | Self::Invalid(_)
            | Self::Inputs(_)
            | Self::Targets
            | Self::TargetsUnused
            | Self::NoTargets { .. }
            | Self::TooManyTargets { .. }
            | Self::BlockInputs { .. }
            | Self::Place(_)
            | Self::Secret(_)
            | Self::Reused(_) => None,
        }
    }

    /// Where the configuration says so, whoever may not store a workflow brings no commands either:
    /// what such a document may hold is what they may do one by one.
    pub(super) fn check_commands(app: &App, unnamed: &Workflow, reach: &Reach) -> Result<(), Self> {
        let may_bring = app.config().server.operator_commands || reach.is_admins();
        if unnamed.runs_commands() && !may_bring {
            return Err(Self::CommandsForbidden);
        }
        Ok(())
    }

    /// Secrets of a document that is not stored are the admins' to use; without a reach it is pulse that starts it.
    pub(super) async fn check_secrets(
        app: &App,
        tx: &mut Tx,
        (document, name, reach): (&Workflow, Option<&str>, Option<&Reach>),
    ) -> Result<(), Self> {
        let is_allowed = reach.is_none_or(Reach::is_admins);
        if name.is_none() && !document.secrets.is_empty() && !is_allowed {
            return Err(Self::Secret(SecretFault::Unnamed));
        }
        secrets::check(app, tx, (&document.secrets, name))
            .await
            .map_err(Self::Secret)
    }

    /// Of a paused workflow nothing starts, whoever asks.
    pub(super) fn check_pause(version: &Version) -> Result<(), Self> {
        match &version.paused {
            None => Ok(()),
            Some(paused) => Err(Self::Paused {
                workflow: version.name.clone(),
                paused: paused.clone(),
            }),
        }
    }

    /// The workflow as a run with these inputs has it; more steps than it may have are the fault of
    /// the input that asks for them.
    pub(crate) fn unfold(
        written: Arc<Workflow>,
        inputs: &Map<String, Value>,
    ) -> Result<Arc<Workflow>, Self> {
        let input = written.folded_by().unwrap_or_default().to_owned();
        engine::unfolded(written, inputs).map_err(|too_many| {
            Self::Inputs(vec![inputs::InputFault {
                message: format!("input `{input}`: {too_many}"),
                name: input,
                hint: None,
            }])
        })
    }

    /// Reads targets that are given for a run; those that would change nothing are refused, lest
    /// somebody believes they do.
    pub(crate) fn check_targets(workflow: &Workflow, targets: &Value) -> Result<Targets, Self> {
        let given = Targets::given(targets).ok_or(Self::Targets)?;
        if takes_targets(workflow) {
            Ok(given)
        } else {
            Err(Self::TargetsUnused)
        }
    }
}

impl Start {
    /// The only worker that it may run on, by name or id.
    pub(super) fn only_on(&self) -> Option<&str> {
        match &self.what {
            What::Command(worker, _) => Some(worker),
            What::Workflow(..) | What::Document(_) => None,
        }
    }

    /// Finds the document and checks what was given for it.
    pub(in crate::domain) async fn resolve(
        &self,
        app: &App,
        tx: &mut Tx,
        changes: &mut Changes,
    ) -> Result<Beginning, StartError> {
        let (definition, workflow, name) = match &self.what {
            What::Workflow(name, version) => {
                let found = self::version(tx, (name, *version), &self.reach).await?;
                self.may_run(&found)?;
                StartError::check_pause(&found)?;
                let origin = Some((found.workflow, found.number));
                (found.definition, origin, Some(found.name))
            }
            What::Document(text) => {
                // Who has to do with some workflows only brings none of their own.
                if self.reach.workflows.is_some() {
                    return Err(StartError::Forbidden);
                }
                (keep(app, text, changes)?, None, None)
            }
            What::Command(_, spec) => {
                let text = adhoc::document(spec);
                (keep(app, &text, changes)?, None, None)
            }
        };
        let document = engine::workflow(app, tx, &definition).await?;
        if name.is_none() {
            StartError::check_commands(app, &document, &self.reach)?;
        }
        if workflow.is_none() && document.permissions != Permissions::default() {
            return Err(StartError::UnnamedPermissions);
        }
        self.check_callees(tx, &document).await?;
        let inputs = inputs::resolve(&document, &self.inputs).map_err(StartError::Inputs)?;
        let document = StartError::unfold(document, &inputs)?;
        if let Some(targets) = &self.targets {
            StartError::check_targets(&document, targets)?;
        }
        StartError::check_secrets(app, tx, (&document, name.as_deref(), Some(&self.reach))).await?;
        Ok(Beginning {
            id: self.id,
            workflow_name: name,
            definition,
            started_by: self.by.clone(),
            inputs,
            targets: self.targets.clone(),
            origin: Origin {
                workflow,
                reason: self.reason.clone(),
                timeout_ms: document.timeout_ms,
                retry_of: None,
                parent_step: None,
                reach: document.has_calls().then(|| self.reach.clone()),
            },
            workflow: document,
            only_on: self.only_on().map(str::to_owned),
            undo_of: None,
            parent: None,
            carried: None,
            place: None,
        })
    }
}

/// The version that is meant, for who may see the workflow.
pub(crate) async fn version(
    tx: &mut Tx,
    (name, version): (&Name, Option<i32>),
    reach: &Reach,
) -> Result<Version, StartError> {
    let is_seen = |found: &Version| {
        reach.includes(
            Right::View,
            (Some(found.name.as_str()), found.grants.as_ref()),
        )
    };
    let unknown = || StartError::UnknownWorkflow(name.to_string());
    let found = store::workflows::version(tx, name, version).await?;
    if let Some(found) = found {
        return Some(found).filter(is_seen).ok_or_else(unknown);
    }
    let version = version.ok_or_else(unknown)?;
    let newest = store::workflows::version(tx, name, None).await?;
    // Who may not see the workflow learns nothing of its versions.
    let newest = newest.filter(is_seen).ok_or_else(unknown)?;
    let numbers = store::workflows::numbers(tx, newest.workflow).await?;
    Err(StartError::UnknownVersion {
        workflow: newest.name,
        version,
        there: spoken(&numbers),
    })
}

impl Start {
    /// What its steps would run must be there, and theirs to run who start it; it is looked at again
    /// when its turn comes.
    async fn check_callees(&self, tx: &mut Tx, document: &Workflow) -> Result<(), StartError> {
        let mut seen = HashSet::new();
        for step in document.all_steps() {
            let Action::Workflow(call) = &step.action else {
                continue;
            };
            let wanted = &call.callee;
            if !seen.insert(wanted) {
                continue;
            }
            let name = Name::Name(wanted.name.clone());
            let refused = |error| StartError::Callee {
                step: step.name.clone(),
                callee: wanted.clone(),
                error: Box::new(error),
            };
            match version(tx, (&name, wanted.version), &self.reach).await {
                Ok(found) => self.may_run(&found).map_err(refused)?,
                Err(StartError::Engine(error)) => return Err(error.into()),
                Err(error) => return Err(refused(error)),
            }
        }
        Ok(())
    }

    /// What may not be seen is not there; what may only be seen is not to be run.
    fn may_run(&self, found: &Version) -> Result<(), StartError> {
        let workflow = (Some(found.name.as_str()), found.grants.as_ref());
        if !self.reach.includes(Right::View, workflow) {
            return Err(StartError::UnknownWorkflow(found.name.clone()));
        }
        if !self.reach.includes(Right::Run, workflow) {
            return Err(StartError::Forbidden);
        }
        Ok(())
    }
}

/// `are 1 to 3`, or one by one where some are missing.
fn spoken(numbers: &[i32]) -> String {
    match numbers {
        [] => "are none".to_owned(),
        [only] => format!("is {only}"),
        [first, .., last] if numbers.iter().copied().eq(*first..=*last) => {
            format!("are {first} to {last}")
        }
        [earlier @ .., last] => {
            let earlier: Vec<String> = earlier.iter().map(ToString::to_string).collect();
            format!("are {} and {last}", earlier.join(", "))
        }
    }
}

/// Reads a document of its own, and sees to it that it gets its row.
fn keep(app: &App, text: &str, changes: &mut Changes) -> Result<Vec<u8>, StartError> {
    let (sha256, _) = app
        .library()
        .read(text)
        .map_err(|faults| StartError::Invalid(fault_views(&faults)))?;
    if !app.library().is_stored(&sha256) {
        changes.definitions.push((sha256.clone(), text.to_owned()));
    }
    Ok(sha256)
}

/// An execution that is about to begin.
pub(in crate::domain) struct Beginning {
    pub(in crate::domain) id: ExecutionId,
    pub(in crate::domain) workflow_name: Option<String>,
    pub(in crate::domain) definition: Vec<u8>,
    pub(in crate::domain) started_by: String,
    pub(in crate::domain) inputs: Map<String, Value>,
    pub(in crate::domain) targets: Option<Value>,
    pub(in crate::domain) origin: Origin,
    pub(in crate::domain) workflow: Arc<Workflow>,
    /// The only worker that it may run on, by name or id: a group of that name is not meant.
    pub(in crate::domain) only_on: Option<String>,
    /// The number of the execution whose rollouts it brings back.
    pub(in crate::domain) undo_of: Option<i64>,
    /// The step that runs it.
    pub(in crate::domain) parent: Option<Parent>,
    /// What it takes over from an earlier one.
    pub(super) carried: Option<Carried>,
    /// A place that it needs besides that of its document.
    pub(super) place: Option<Wanted>,
}

impl Beginning {
    /// What the audit trail says of it.
    pub(in crate::domain) fn deed(&self) -> Deed {
        Deed {
            actor: self.started_by.clone(),
            action: "execution.start",
            subject: self.id.to_string(),
            detail: json!({
                "workflow": self.workflow_name, "reason": self.origin.reason,
                "command": self.headline(), "taken_over": self.carried.as_ref().map(Carried::paths),
                "parent": self.parent.as_ref().map(|parent| parent.number),
            }),
        }
    }

    /// What it runs, where no workflow's name says that.
    fn headline(&self) -> Option<String> {
        match self.workflow_name {
            Some(_) => None,
            None => adhoc::headline(&self.workflow, AUDITED),
        }
    }

    /// Makes it, with its steps, and everything that follows from it at once.
    pub(in crate::domain) async fn begin(
        self,
        tx: &mut Tx,
        number: i64,
        (fleet, changes): (&mut Fleet, &mut Changes),
    ) -> Result<Run, StartError> {
        let workflow = self.workflow;
        let record = ExecutionRecord {
            id: self.id,
            number,
            workflow: self.workflow_name,
            definition: self.definition,
            started_by: self.started_by,
            inputs: self.inputs,
            targets: self.targets,
            stop: None,
            pause: Pause::Going,
            undo_of: self.undo_of,
            parent: self.parent.as_ref().map(|parent| parent.number),
            last_seq: 0,
            status: ExecutionStatus::Pending,
        };
        let origin = Origin {
            parent_step: self.parent.map(|parent| parent.step),
            ..self.origin
        };
        let execution = Execution::begin(record, origin);
        let steps = workflow
            .step_rows()
            .into_iter()
            .map(|row| Step::new(execution.id, row))
            .collect();
        let mut run = Run {
            execution,
            workflow,
            steps,
            rollouts: Vec::new(),
            calls: Vec::new(),
            taken: Vec::new(),
        };
        if let Some(carried) = self.carried {
            carried.into_run(tx, &mut run, changes).await?;
        }
        // An undo concerns the hosts that were begun, wherever its targets point by now.
        let hopeless = match self.undo_of {
            Some(_) => None,
            None => engine::hopeless(tx, &run, fleet).await?,
        };
        if let Some(hopeless) = hopeless {
            return Err(hopeless.into());
        }
        if let Some(name) = &self.only_on
            && !engine::means_only(tx, &run, fleet, name).await?
        {
            let detail = format!("no worker is called {name}");
            return Err(StartError::NoTargets {
                step: "command".to_owned(),
                detail,
            });
        }
        places::ask(tx, (&mut run, self.place), changes).await?;
        engine::advance(tx, &mut run, fleet, changes).await?;
        Ok(run)
    }
}
