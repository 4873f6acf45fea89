//! What starting an execution takes: its document, its inputs, its first moves. `batch` writes it.

mod begin;
pub(in crate::domain) mod check;
mod refused;

use std::collections::HashSet;

use pulse_api::ExecutionId;
use pulse_workflow::{
    Action, Permissions, Workflow,
    adhoc::{self, CommandSpec},
};
use serde::{Deserialize, Serialize};
use serde_json::Value;

pub(in crate::domain) use begin::Beginning;
pub(crate) use refused::StartError;

use crate::{
    app::App,
    domain::{
        engine,
        secret_inputs::{self, Inputs},
        windows::Windows,
        workflows::fault_views,
    },
    model::{
        changes::Changes,
        execution::Origin,
        grant::{Reach, Right},
        workflow::Version,
    },
    store::{self, Tx, workflows::Name},
};

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
#[derive(Clone)]
pub(crate) struct Start {
    /// Chosen by the caller, who may already be listening to it.
    pub(crate) id: ExecutionId,
    pub(crate) what: What,
    pub(crate) inputs: Inputs,
    /// What the targets of its steps are narrowed to: a list of names and groups, or a selector.
    pub(crate) targets: Option<Value>,
    pub(crate) reason: Option<String>,
    pub(crate) by: String,
    pub(crate) reach: Reach,
    /// Whether the windows of its document hold it.
    pub(crate) windows: Windows,
}

/// An execution that was started.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub(crate) struct Started {
    pub(crate) execution_id: ExecutionId,
    pub(crate) number: i64,
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
                check::pause(&found)?;
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
            check::commands(app, &document, &self.reach)?;
        }
        if workflow.is_none() && document.permissions != Permissions::default() {
            return Err(StartError::UnnamedPermissions);
        }
        self.check_callees(tx, &document).await?;
        let (inputs, secrets) =
            secret_inputs::resolve(&document, &self.inputs).map_err(StartError::Inputs)?;
        let document = check::unfold(document, &inputs)?;
        if let Some(targets) = &self.targets {
            check::targets(targets)?;
        }
        check::secrets(app, tx, (&document, name.as_deref(), Some(&self.reach))).await?;
        Ok(Beginning {
            id: self.id,
            workflow_name: name,
            definition,
            started_by: self.by.clone(),
            inputs,
            secrets: secret_inputs::seal(app, tx, (self.id, &secrets)).await?,
            targets: self.targets.clone(),
            origin: Origin {
                workflow,
                reason: self.reason.clone(),
                timeout_ms: document.timeout_ms,
                retry_of: None,
                parent_step: None,
                reach: document.may_start_others().then(|| self.reach.clone()),
            },
            workflow: document,
            only_on: self.only_on().map(str::to_owned),
            undo_of: None,
            parent: None,
            carried: None,
            place: None,
            windows: self.windows,
        })
    }

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
