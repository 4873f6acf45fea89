//! Starting an execution: one transaction writes it, its steps, the first jobs and its timeline.

use pulse_api::{ExecutionId, problem::FaultView, status::ExecutionStatus};
use pulse_workflow::{adhoc::CommandSpec, inputs::InputFault};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use crate::{
    app::App,
    domain::{
        Verb,
        engine::{self, EngineError, Fleet, Run},
        once::Reused,
        workflows::fault_views,
    },
    model::{
        changes::{Changes, News},
        execution::{Execution, ExecutionRecord, Origin},
        step::Step,
    },
    store::{self, StoreError, Tx, workflows::Name},
};

/// What shall run.
#[derive(Debug, Clone)]
pub(crate) enum What {
    /// A stored workflow, in its newest version where none is named.
    Workflow(Name, Option<i32>),
    /// A document of its own.
    Document(String),
    /// One command on one worker.
    Command(CommandSpec),
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
    #[error("the document is not valid")]
    Invalid(Vec<FaultView>),
    #[error("an input is not valid")]
    Inputs(Vec<InputFault>),
    #[error("the targets are not a list of names or a selector")]
    Targets,
    #[error("nothing matched the targets of step {step}")]
    NoTargets { step: String, detail: String },
    #[error(transparent)]
    Reused(#[from] Reused),
    #[error(transparent)]
    Engine(#[from] EngineError),
}

impl From<StoreError> for StartError {
    fn from(error: StoreError) -> Self {
        Self::Engine(EngineError::Store(error))
    }
}

impl Verb for Start {
    type Output = Started;
    type Error = StartError;

    async fn run(&self, app: &App, tx: &mut Tx) -> Result<Started, StartError> {
        let new = self.resolve(app, tx).await?;
        begin(app, tx, new).await
    }

    fn store_error(error: &StartError) -> Option<&StoreError> {
        match error {
            StartError::Engine(EngineError::Store(error)) => Some(error),
            StartError::UnknownWorkflow(_)
            | StartError::Invalid(_)
            | StartError::Inputs(_)
            | StartError::Targets
            | StartError::NoTargets { .. }
            | StartError::Reused(_)
            | StartError::Engine(_) => None,
        }
    }
}

impl Start {
    /// Finds the document and checks what was given for it.
    async fn resolve(&self, app: &App, tx: &mut Tx) -> Result<Beginning, StartError> {
        let (definition, workflow, name) = match &self.what {
            What::Workflow(name, version) => {
                let unknown = || StartError::UnknownWorkflow(name.to_string());
                let found = store::workflows::version(tx, name, *version).await?;
                let found = found.ok_or_else(unknown)?;
                let origin = Some((found.workflow, found.number));
                (found.definition, origin, Some(found.name))
            }
            What::Document(text) => (self.keep(app, tx, text).await?, None, None),
            What::Command(spec) => {
                let text = pulse_workflow::adhoc::document(spec);
                (self.keep(app, tx, &text).await?, None, None)
            }
        };
        let document = engine::workflow(app, tx, &definition).await?;
        let inputs =
            pulse_workflow::inputs::resolve(&document, &self.inputs).map_err(StartError::Inputs)?;
        if let Some(targets) = &self.targets
            && engine::given_targets(targets).is_none()
        {
            return Err(StartError::Targets);
        }
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
            },
        })
    }

    /// Reads a document of its own and stores it.
    async fn keep(&self, app: &App, tx: &mut Tx, text: &str) -> Result<Vec<u8>, StartError> {
        let (sha256, _) = app
            .library()
            .read(text)
            .map_err(|faults| StartError::Invalid(fault_views(&faults)))?;
        if !app.library().is_stored(&sha256) {
            store::definitions::insert(tx, &sha256, text).await?;
            tx.tell(News::Stored(sha256.clone()));
        }
        Ok(sha256)
    }
}

/// An execution that is about to begin.
pub(super) struct Beginning {
    pub(super) id: ExecutionId,
    pub(super) workflow_name: Option<String>,
    pub(super) definition: Vec<u8>,
    pub(super) started_by: String,
    pub(super) inputs: Map<String, Value>,
    pub(super) targets: Option<Value>,
    pub(super) origin: Origin,
}

/// Writes an execution and everything that follows from it at once.
pub(super) async fn begin(
    app: &App,
    tx: &mut Tx,
    beginning: Beginning,
) -> Result<Started, StartError> {
    let workflow = engine::workflow(app, tx, &beginning.definition).await?;
    let (number, now) = store::executions::reserve(tx).await?;
    let (by, subject) = (beginning.started_by.clone(), beginning.id.to_string());
    let detail = json!({
        "workflow": beginning.workflow_name.clone(),
        "reason": beginning.origin.reason.clone(),
    });
    let record = ExecutionRecord {
        id: beginning.id,
        number,
        workflow: beginning.workflow_name,
        definition: beginning.definition,
        started_by: beginning.started_by,
        inputs: beginning.inputs,
        targets: beginning.targets,
        stop: None,
        last_seq: 0,
        status: ExecutionStatus::Pending,
    };
    let execution = Execution::begin(record, beginning.origin);
    let started = Started {
        execution_id: execution.id,
        number,
    };
    let steps = workflow
        .step_rows()
        .into_iter()
        .map(|row| Step::new(execution.id, row))
        .collect();
    let mut run = Run {
        execution,
        workflow,
        steps,
    };
    let mut fleet = Fleet::default();
    if let Some((step, detail)) = engine::nothing_matches(tx, &run, &mut fleet).await? {
        return Err(StartError::NoTargets { step, detail });
    }
    let mut changes = Changes::default();
    engine::advance(tx, &mut run, &mut fleet, &mut changes).await?;
    engine::finish(app, tx, (vec![run], changes), now).await?;
    store::audit::insert(tx, (&by, "execution.start", &subject), detail);
    Ok(started)
}
