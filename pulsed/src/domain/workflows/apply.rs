//! Applying a document: the newest version of a workflow, unless it is already.

use pulse_api::{WorkflowId, http::workflows::AppliedWorkflow, problem::FaultView};
use pulse_workflow::{
    CallBook, Callee, DEEPEST_CALLS, EventSource, Loaded, Permissions, Site, Source, Workflow,
};
use serde_json::json;

use super::{fault_view, fault_views};
use crate::{
    app::App,
    domain::{
        Verb,
        engine::{self, EngineError},
        schedules, sensors,
    },
    library::digest,
    model::{
        grant::Grants,
        wake::Wake,
        workflow::{Version, is_valid_name},
    },
    store::{
        self, StoreError, Tx,
        workflows::{Name, NewVersion},
    },
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
    #[error("there is no workflow {0}")]
    Unknown(WorkflowId),
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
        warnings.extend(check_calls(app, tx, (&self.name, &loaded.calls)).await?);
        warnings.extend(unknown_names(tx, &loaded, Some(&self.name)).await?);
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
        schedules::follow_document(tx, &version, &loaded.workflow).await?;
        sensors::follow_document(tx, &version, &loaded.workflow).await?;
        Ok(answer(&version, true))
    }

    fn store_error(error: &ApplyError) -> Option<&StoreError> {
        match error {
            ApplyError::Store(error) => Some(error),
            ApplyError::Name(_)
            | ApplyError::Unknown(_)
            | ApplyError::OtherName(_)
            | ApplyError::Invalid(_)
            | ApplyError::Taken(_)
            | ApplyError::StaleVersion(_) => None,
        }
    }
}

/// What is to be said of a document that can be applied.
pub(crate) async fn warnings(app: &App, loaded: &Loaded) -> Result<Vec<FaultView>, StoreError> {
    let mut warnings: Vec<FaultView> = loaded.warnings.iter().map(fault_view).collect();
    if !loaded.channels.is_empty() || !loaded.sources.is_empty() {
        let mut tx = app.store().read().await?;
        let own = loaded.workflow.name.as_deref();
        warnings.extend(unknown_names(&mut tx, loaded, own).await?);
    }
    Ok(warnings)
}

/// Warns of what it names and is not there yet, but for itself.
async fn unknown_names(
    tx: &mut Tx,
    loaded: &Loaded,
    own: Option<&str>,
) -> Result<Vec<FaultView>, StoreError> {
    let mut warnings = unknown_channels(tx, &loaded.channels).await?;
    warnings.extend(unknown_sources(tx, &loaded.sources, own).await?);
    Ok(warnings)
}

/// Warns of workflows and monitors of which it waits for events and which are not there yet.
async fn unknown_sources(
    tx: &mut Tx,
    sites: &[Site<EventSource>],
    own: Option<&str>,
) -> Result<Vec<FaultView>, StoreError> {
    let (mut workflows, mut monitors) = (Vec::new(), Vec::new());
    for site in sites {
        match &site.named {
            EventSource::Workflow(name) => workflows.push(name.clone()),
            EventSource::Monitor(name) => monitors.push(name.clone()),
        }
    }
    if sites.is_empty() {
        return Ok(Vec::new());
    }
    let workflows = store::workflows::known(tx, &workflows).await?;
    let monitors = store::monitors::known(tx, &monitors).await?;
    let unknown = |site: &Site<EventSource>| {
        let (what, name, makes) = match &site.named {
            EventSource::Workflow(name) if workflows.contains(name) || own == Some(name) => {
                return None;
            }
            EventSource::Monitor(name) if monitors.contains(name) => return None,
            EventSource::Workflow(name) => ("workflow", name, "pulsectl workflow apply FILE"),
            EventSource::Monitor(name) => ("monitor", name, "pulsectl monitor apply -f FILE"),
        };
        let message = format!("there is no {what} {name} yet");
        Some(fault_view(
            &site.fault(message, &format!("`{makes}` makes it")),
        ))
    };
    Ok(sites.iter().filter_map(unknown).collect())
}

/// Warns of channels that are not there yet.
async fn unknown_channels(
    tx: &mut Tx,
    sites: &[Site<String>],
) -> Result<Vec<FaultView>, StoreError> {
    if sites.is_empty() {
        return Ok(Vec::new());
    }
    let names: Vec<String> = sites.iter().map(|site| site.named.clone()).collect();
    let known = store::notifications::channels::known(tx, &names).await?;
    let unknown = sites.iter().filter(|site| !known.contains(&site.named));
    let warning = |site: &Site<String>| {
        let message = format!("there is no channel {} yet", site.named);
        fault_view(&site.fault(message, "`pulsectl notify apply -f FILE` makes it"))
    };
    Ok(unknown.map(warning).collect())
}

/// The same for the workflow with this id, whatever its name is.
#[derive(Debug, Clone)]
pub(crate) struct ApplyById {
    pub(crate) id: WorkflowId,
    /// Its name is not looked at.
    pub(crate) apply: Apply,
}

impl Verb for ApplyById {
    type Output = AppliedWorkflow;
    type Error = ApplyError;

    async fn run(&self, app: &App, tx: &mut Tx) -> Result<AppliedWorkflow, ApplyError> {
        let found = store::workflows::version(tx, &Name::Id(self.id), None).await?;
        let found = found.ok_or(ApplyError::Unknown(self.id))?;
        let apply = Apply {
            name: found.name,
            ..self.apply.clone()
        };
        apply.run(app, tx).await
    }

    fn store_error(error: &ApplyError) -> Option<&StoreError> {
        Apply::store_error(error)
    }
}

/// How many workflows are looked at for what a document leads to.
const MOST_LOOKED_AT: usize = 500;

/// Refuses a document that leads back to itself by what is stored now, or too deep; warns of what
/// is not stored yet.
pub(super) async fn check_calls(
    app: &App,
    tx: &mut Tx,
    (name, calls): (&str, &[Site<Callee>]),
) -> Result<Vec<FaultView>, ApplyError> {
    let roots = calls.iter().map(|call| call.named.clone()).collect();
    let (book, unknown) = look_up(app, tx, (name, roots)).await?;
    let (mut faults, mut warnings) = (Vec::new(), Vec::new());
    for call in calls {
        let callee = &call.named;
        let longest = book.longest(callee);
        if let Some(way) = book.way(callee, name) {
            let message = format!("it would run in circles: {name} -> {}", way.join(" -> "));
            let hint = "a workflow cannot run what runs it";
            faults.push(fault_view(&call.fault(message, hint)));
        } else if longest.len() >= DEEPEST_CALLS {
            let message = format!(
                "at most {DEEPEST_CALLS} workflows run inside each other: {name} -> {}",
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
    app: &App,
    tx: &mut Tx,
    (own, mut open): (&str, Vec<Callee>),
) -> Result<(CallBook, Vec<Callee>), ApplyError> {
    let (mut book, mut unknown) = (CallBook::default(), Vec::new());
    let mut looked_at = 0;
    while let Some(callee) = open.pop() {
        if callee.name == own || book.knows(&callee) || looked_at == MOST_LOOKED_AT {
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

impl Apply {
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
            secrets: &sensors::with_their_secrets(workflow),
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
