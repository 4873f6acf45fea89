//! The first moment of an execution.

use std::sync::Arc;

use pulse_api::{ExecutionId, status::ExecutionStatus};
use pulse_workflow::{Workflow, adhoc};
use serde_json::{Map, Value, json};

use super::StartError;
use crate::{
    domain::{
        engine::{self, Fleet, Run},
        executions::carry::Carried,
        places::{self, Groups},
        windows::{self, Windows},
    },
    model::{
        changes::Changes,
        execution::{Execution, ExecutionRecord, Origin, Parent, Pause},
        step::Step,
    },
    store::{self, Tx, audit::Deed, places::Wanted, secret_inputs::SealedInputs},
};

/// How many characters of a command the audit trail keeps.
const AUDITED: usize = 500;

/// An execution that is about to begin.
pub(in crate::domain) struct Beginning {
    pub(in crate::domain) id: ExecutionId,
    pub(in crate::domain) workflow_name: Option<String>,
    pub(in crate::domain) definition: Vec<u8>,
    pub(in crate::domain) started_by: String,
    pub(in crate::domain) inputs: Map<String, Value>,
    /// Those that are secret.
    pub(in crate::domain::executions) secrets: Option<SealedInputs>,
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
    pub(in crate::domain::executions) carried: Option<Carried>,
    /// A place that it needs besides that of its document.
    pub(in crate::domain::executions) place: Option<Wanted>,
    /// Whether the windows of its document hold it.
    pub(in crate::domain::executions) windows: Windows,
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

    /// The group that its document names, where it names one that can be told.
    pub(in crate::domain::executions) fn group(&self) -> Option<String> {
        let concurrency = self.workflow.concurrency.as_ref()?;
        concurrency.group(&self.inputs).ok()
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
        (fleet, groups, changes): (&mut Fleet, &mut Groups, &mut Changes),
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
        check_targets(tx, &run, fleet, self.only_on.as_deref()).await?;
        let seen = windows::look(tx, &mut run, self.windows).await?;
        places::ask(tx, (&mut run, self.place), (groups, changes)).await?;
        seen.note(tx, &mut run, changes);
        if let Some(secrets) = self.secrets {
            store::secret_inputs::insert(tx, secrets);
        }
        engine::advance(tx, &mut run, fleet, changes).await?;
        Ok(run)
    }
}

/// Refuses what could run nowhere, or not where it was asked for.
async fn check_targets(
    tx: &mut Tx,
    run: &Run,
    fleet: &mut Fleet,
    only_on: Option<&str>,
) -> Result<(), StartError> {
    // An undo concerns the hosts that were begun, wherever its targets point by now.
    let hopeless = match run.execution.undo_of {
        Some(_) => None,
        None => engine::hopeless(tx, run, fleet).await?,
    };
    if let Some(hopeless) = hopeless {
        return Err(hopeless.into());
    }
    if let Some(name) = only_on
        && !engine::means_only(tx, run, fleet, name).await?
    {
        let detail = format!("no worker is called {name}");
        return Err(StartError::NoTargets {
            step: "command".to_owned(),
            detail,
        });
    }
    Ok(())
}
