//! Giving a workflow another name.

use pulse_api::{WorkflowId, problem::FaultView};
use pulse_workflow::{Source, renamed};
use serde_json::json;

use super::apply::{ApplyError, check_calls};
use crate::{
    app::App,
    domain::{
        Verb,
        engine::{self, EngineError},
    },
    library::digest,
    model::{
        wake::Wake,
        workflow::{Version, is_valid_name},
    },
    store::{self, StoreError, Tx, workflows::Name},
};

/// Gives a workflow another name. Its versions, executions and schedules stay, and so does what may use
/// it by its name; the old name is free.
#[derive(Debug, Clone)]
pub(crate) struct Rename {
    pub(crate) name: Name,
    pub(crate) to: String,
    pub(crate) by: String,
}

/// Why a workflow was not renamed.
#[derive(Debug, thiserror::Error)]
pub(crate) enum RenameError {
    #[error("no such workflow")]
    Unknown,
    #[error("{0} cannot be a workflow's name")]
    Name(String),
    #[error("a workflow called {0} exists already")]
    Taken(String),
    /// Documents run it by its name, or wait for its events.
    #[error("documents run {0}, or wait for its events")]
    Run(String, Vec<String>),
    /// Under that name its document cannot be stored.
    #[error("the document is not valid under that name")]
    Invalid(Vec<FaultView>),
    #[error("the document cannot be given another name as it is written")]
    Unwritable,
    #[error("could not store it")]
    Store(#[from] StoreError),
}

impl Verb for Rename {
    type Output = WorkflowId;
    type Error = RenameError;

    async fn run(&self, app: &App, tx: &mut Tx) -> Result<WorkflowId, RenameError> {
        if !is_valid_name(&self.to) {
            return Err(RenameError::Name(self.to.clone()));
        }
        let found = store::workflows::version(tx, &self.name, None).await?;
        let found = found.ok_or(RenameError::Unknown)?;
        if found.name == self.to {
            return Ok(found.workflow);
        }
        let locked = store::workflows::lock(tx, &found.name).await?;
        let locked = locked.filter(|locked| locked.workflow == found.workflow);
        // Somebody was faster: this one looks again.
        let current = locked.ok_or(StoreError::Stale)?;
        let to = Name::Name(self.to.clone());
        if store::workflows::version(tx, &to, None).await?.is_some() {
            return Err(RenameError::Taken(self.to.clone()));
        }
        let callers = callers(app, tx, &current.name).await?;
        if !callers.is_empty() {
            return Err(RenameError::Run(current.name, callers));
        }
        let written = self.check_document(app, tx, &current).await?;
        let names = (current.name.as_str(), self.to.as_str());
        let renaming = store::workflows::rename(tx, current.workflow, names).await;
        renaming.map_err(|error| {
            // Two names become one at once: the other one was faster, so this one looks again.
            if let StoreError::Taken { .. } = error {
                StoreError::Stale
            } else {
                error
            }
        })?;
        if let Some(text) = written {
            self.write(tx, &current, &text).await?;
        }
        tx.wake(Wake::Feed);
        let detail = json!({"from": current.name});
        store::audit::insert(tx, (&self.by, "workflow.rename", &self.to), detail);
        Ok(current.workflow)
    }

    fn store_error(error: &RenameError) -> Option<&StoreError> {
        match error {
            RenameError::Store(error) => Some(error),
            RenameError::Unknown
            | RenameError::Name(_)
            | RenameError::Taken(_)
            | RenameError::Run(..)
            | RenameError::Invalid(_)
            | RenameError::Unwritable => None,
        }
    }
}

impl Rename {
    /// Its document under the other name, where it says a name; refused where it would lead back to
    /// itself, or cannot be read any more.
    async fn check_document(
        &self,
        app: &App,
        tx: &mut Tx,
        current: &Version,
    ) -> Result<Option<String>, RenameError> {
        let sources = store::definitions::get(tx, std::slice::from_ref(&current.definition));
        let source = sources.await?.into_iter().next();
        let (_, text) = source.ok_or(StoreError::Stale)?;
        let source = Source {
            name: &self.to,
            text: &text,
        };
        // A document of another time runs nothing either.
        let Ok(loaded) = pulse_workflow::load(&source) else {
            return Ok(None);
        };
        let checked = check_calls(app, tx, (&self.to, &loaded.calls)).await;
        checked.map_err(|error| match error {
            ApplyError::Invalid(faults) => RenameError::Invalid(faults),
            ApplyError::Store(error) => RenameError::Store(error),
            ApplyError::Unknown(_)
            | ApplyError::Name(_)
            | ApplyError::OtherName(_)
            | ApplyError::Taken(_)
            | ApplyError::StaleVersion(_) => RenameError::Unwritable,
        })?;
        if loaded.workflow.name.is_none() {
            return Ok(None);
        }
        renamed(&text, &self.to)
            .map(Some)
            .ok_or(RenameError::Unwritable)
    }

    /// Makes what says the new name its newest version: what is stored and what it is called agree.
    async fn write(&self, tx: &mut Tx, current: &Version, text: &str) -> Result<(), RenameError> {
        let version = Version {
            name: self.to.clone(),
            number: current.number + 1,
            definition: digest(text),
            ..current.clone()
        };
        store::definitions::insert(tx, &version.definition, text).await?;
        store::workflows::next(tx, &version, (&current.name, &self.by)).await?;
        Ok(())
    }
}

/// The workflows whose newest documents run one of this name, or wait for its events.
async fn callers(app: &App, tx: &mut Tx, name: &str) -> Result<Vec<String>, StoreError> {
    let mut callers = Vec::new();
    for (caller, definition) in store::workflows::mentioning(tx, name).await? {
        let workflow = match engine::workflow(app, tx, &definition).await {
            Ok(workflow) => workflow,
            Err(EngineError::Store(error)) => return Err(error),
            // A document of another time: whoever runs it is told.
            Err(EngineError::Document | EngineError::Illegal(_)) => continue,
        };
        let mut waits_for = workflow.events.iter().flat_map(|event| &event.workflows);
        if workflow.callees().iter().any(|callee| callee.name == name)
            || waits_for.any(|workflow| workflow == name)
        {
            callers.push(caller);
        }
    }
    Ok(callers)
}
