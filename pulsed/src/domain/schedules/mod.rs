//! Schedules: making, changing and looking at them. What they start when they are due is in `fire`.

pub(crate) mod fire;

use jiff::Timestamp;
use pulse_api::{
    ScheduleId,
    http::schedules::{ScheduleSpec, ScheduleView},
};
use pulse_workflow::{Cron, CronFault, Workflow, inputs};
use serde_json::{Map, json};

use super::{
    Verb,
    engine::{self, EngineError},
    executions::start::StartError,
    secret_inputs::{self, Inputs},
    workflows::Existing,
};
use crate::{
    app::App,
    model::{
        access::PULSE,
        grant::{Reach, Right},
        schedule::{Owner, Schedule},
        wake::Wake,
        workflow::{Version, is_valid_name},
    },
    store::{self, StoreError, Tx, workflows::Name},
};

/// Why a schedule was not made, changed or found.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ScheduleError {
    #[error("there is no schedule {0}")]
    Unknown(String),
    #[error("there is no workflow {0}")]
    UnknownWorkflow(String),
    #[error("the workflow is not yours to run")]
    Forbidden,
    #[error("the secret that asks was replaced already")]
    Replaced,
    #[error("{0} cannot be a schedule's name")]
    Name(String),
    #[error("there is a schedule {0} already")]
    Taken(String),
    #[error("the schedule {0} belongs to a document")]
    OfDocument(String),
    #[error("{}", .0.message)]
    Cron(CronFault),
    #[error("an input is not valid")]
    Inputs(Vec<inputs::InputFault>),
    #[error(transparent)]
    Start(StartError),
    #[error(transparent)]
    Engine(#[from] EngineError),
}

impl From<StoreError> for ScheduleError {
    fn from(error: StoreError) -> Self {
        Self::Engine(EngineError::Store(error))
    }
}

impl ScheduleError {
    fn store(&self) -> Option<&StoreError> {
        match self {
            Self::Engine(error) => error.store(),
            Self::Start(error) => error.store(),
            Self::Unknown(_)
            | Self::UnknownWorkflow(_)
            | Self::Forbidden
            | Self::Replaced
            | Self::Name(_)
            | Self::Taken(_)
            | Self::OfDocument(_)
            | Self::Cron(_)
            | Self::Inputs(_) => None,
        }
    }
}

/// Whoever makes a schedule, and whose rights count when it starts something.
#[derive(Debug, Clone)]
pub(crate) struct Maker {
    pub(crate) owner: Owner,
    /// The digest of the secret of their token that asks.
    pub(crate) shown: Option<Vec<u8>>,
    pub(crate) reach: Reach,
}

impl Maker {
    /// A secret that was replaced ends soon; what starts in the name of its token would not end with it.
    async fn may_own(&self, tx: &mut Tx) -> Result<(), ScheduleError> {
        let (Some(id), Some(shown)) = (self.owner.token, &self.shown) else {
            return Ok(());
        };
        let found = store::tokens::find(tx, &[id]).await?;
        if found.iter().any(|(_, token)| token.is_newest(shown)) {
            Ok(())
        } else {
            Err(ScheduleError::Replaced)
        }
    }
}

/// Makes a schedule, or has one be like this.
#[derive(Debug, Clone)]
pub(crate) struct Put {
    pub(crate) spec: ScheduleSpec,
    /// Whether one of that name may be there.
    pub(crate) existing: Existing,
    pub(crate) maker: Maker,
}

impl Verb for Put {
    /// Its name.
    type Output = String;
    type Error = ScheduleError;

    async fn run(&self, app: &App, tx: &mut Tx) -> Result<String, ScheduleError> {
        let spec = &self.spec;
        self.maker.may_own(tx).await?;
        let version = self.workflow(tx).await?;
        let before = match &spec.name {
            Some(name) if !is_valid_name(name) => return Err(ScheduleError::Name(name.clone())),
            Some(name) => store::schedules::lock(tx, name).await?,
            None => None,
        };
        if let Some(before) = &before {
            if self.existing == Existing::Refuse {
                return Err(ScheduleError::Taken(before.schedule.name.clone()));
            }
            may_change(tx, &before.schedule, &self.maker.reach).await?;
        }
        let workflow = engine::workflow(app, tx, &version.definition).await?;
        secret_inputs::resolve(&workflow, &Inputs::open(spec.inputs.clone()))
            .map_err(ScheduleError::Inputs)?;
        let timezone = spec.timezone.clone().unwrap_or_else(|| "UTC".to_owned());
        let cron = Cron::parse(&spec.cron, &timezone).map_err(ScheduleError::Cron)?;
        let now = store::schedules::now(tx).await?;
        let mut schedule = Schedule {
            id: ScheduleId::new(),
            name: spec.name.clone().unwrap_or_default(),
            workflow: version.workflow,
            position: None,
            cron: cron.text().to_owned(),
            timezone,
            overlap: spec.overlap,
            missed: spec.missed,
            inputs: spec.inputs.clone(),
            owner: self.maker.owner.clone(),
            created_by: self.maker.owner.name.clone(),
            next_due_at: cron.next_after(now),
        };
        match before {
            Some(found) => {
                schedule.id = found.schedule.id;
                store::schedules::put(tx, &schedule).await?;
            }
            None if spec.name.is_some() => self.add(tx, &schedule).await?,
            None => add_unnamed(tx, (&mut schedule, &version.name)).await?,
        }
        let name = schedule.name;
        tx.wake(Wake::Schedules);
        let detail =
            json!({"workflow": version.name, "cron": schedule.cron, "timezone": schedule.timezone});
        store::audit::insert(tx, (&self.maker.owner.name, "schedule.put", &name), detail);
        Ok(name)
    }

    fn store_error(error: &ScheduleError) -> Option<&StoreError> {
        error.store()
    }
}

impl Put {
    async fn workflow(&self, tx: &mut Tx) -> Result<Version, ScheduleError> {
        let text = &self.spec.workflow;
        let found = store::workflows::version(tx, &Name::meant(text), None).await?;
        let found = found.ok_or_else(|| ScheduleError::UnknownWorkflow(text.clone()))?;
        may_run(&found, &self.maker.reach)?;
        Ok(found)
    }

    /// Adds a schedule under the name that was chosen for it, of which there was none a moment ago.
    async fn add(&self, tx: &mut Tx, schedule: &Schedule) -> Result<(), ScheduleError> {
        if store::schedules::insert(tx, schedule).await? {
            return Ok(());
        }
        Err(match self.existing {
            Existing::Refuse => ScheduleError::Taken(schedule.name.clone()),
            // Somebody else's, made since: whether it may be changed is asked anew.
            Existing::Update => StoreError::Stale.into(),
        })
    }
}

/// Adds a schedule under a name that is free; whoever else is giving theirs that name has it then.
async fn add_unnamed(
    tx: &mut Tx,
    (schedule, workflow): (&mut Schedule, &str),
) -> Result<(), StoreError> {
    loop {
        schedule.name = free_name(tx, workflow).await?;
        if store::schedules::insert(tx, schedule).await? {
            return Ok(());
        }
    }
}

/// The workflow's name, or with the first number behind it that is free.
async fn free_name(tx: &mut Tx, workflow: &str) -> Result<String, StoreError> {
    let short: String = workflow.chars().take(58).collect();
    let names: Vec<String> = std::iter::once(workflow.to_owned())
        .chain((2..=200).map(|number| format!("{short}-{number}")))
        .collect();
    let taken = store::schedules::taken(tx, &names).await?;
    let mut free = names.into_iter().filter(|name| !taken.contains(name));
    free.next().ok_or(StoreError::Stale)
}

/// What may not be seen is not there; what may only be seen is not to be run.
fn may_run(version: &Version, reach: &Reach) -> Result<(), ScheduleError> {
    let workflow = (Some(version.name.as_str()), version.grants.as_ref());
    if !reach.includes(Right::View, workflow) {
        return Err(ScheduleError::UnknownWorkflow(version.name.clone()));
    }
    if !reach.includes(Right::Run, workflow) {
        return Err(ScheduleError::Forbidden);
    }
    Ok(())
}

/// Whoever may run a workflow may change its schedules; those of a deleted one are everybody's.
async fn may_change(tx: &mut Tx, schedule: &Schedule, reach: &Reach) -> Result<(), ScheduleError> {
    let version = store::workflows::version(tx, &Name::Id(schedule.workflow), None).await?;
    let Some(version) = version else {
        return Ok(());
    };
    may_run(&version, reach).map_err(|error| {
        if matches!(error, ScheduleError::UnknownWorkflow(_)) {
            ScheduleError::Unknown(schedule.name.clone())
        } else {
            error
        }
    })
}

/// What is to become of a schedule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Order {
    Pause,
    /// It goes on, and whoever says so is whose rights count from now on.
    Resume,
    Remove,
    /// It starts now, whatever else is going.
    Trigger,
}

/// Does something with a schedule that is there.
#[derive(Debug, Clone)]
pub(crate) struct Change {
    pub(crate) name: String,
    pub(crate) order: Order,
    pub(crate) maker: Maker,
}

impl Verb for Change {
    type Output = ();
    type Error = ScheduleError;

    async fn run(&self, app: &App, tx: &mut Tx) -> Result<(), ScheduleError> {
        let found = store::schedules::lock(tx, &self.name).await?;
        let found = found.ok_or_else(|| ScheduleError::Unknown(self.name.clone()))?;
        let mut schedule = found.schedule;
        may_change(tx, &schedule, &self.maker.reach).await?;
        let by = self.maker.owner.name.as_str();
        let action = match self.order {
            Order::Pause => {
                store::schedules::set_pause(tx, &schedule, Some(by)).await?;
                "schedule.pause"
            }
            Order::Resume => {
                if schedule.position.is_none() {
                    self.maker.may_own(tx).await?;
                    schedule.owner = self.maker.owner.clone();
                }
                if found.is_paused {
                    schedule.next_due_at = next(&schedule, found.now);
                }
                store::schedules::set_pause(tx, &schedule, None).await?;
                tx.wake(Wake::Schedules);
                "schedule.resume"
            }
            Order::Remove => {
                if schedule.position.is_some() {
                    return Err(ScheduleError::OfDocument(self.name.clone()));
                }
                store::schedules::remove(tx, schedule.id).await?;
                "schedule.remove"
            }
            Order::Trigger => {
                fire::trigger(app, tx, (&schedule, found.now), &self.maker).await?;
                // The entry of the start names the schedule.
                return Ok(());
            }
        };
        store::audit::insert(tx, (by, action, &self.name), json!({}));
        Ok(())
    }

    fn store_error(error: &ScheduleError) -> Option<&StoreError> {
        error.store()
    }
}

/// When it is due next, after this moment.
fn next(schedule: &Schedule, after: Timestamp) -> Option<Timestamp> {
    let cron = Cron::parse(&schedule.cron, &schedule.timezone).ok()?;
    cron.next_after(after)
}

/// Has a workflow's schedules be those of its document.
pub(super) async fn follow_document(
    tx: &mut Tx,
    version: &Version,
    workflow: &Workflow,
) -> Result<(), StoreError> {
    if !workflow.schedules.is_empty() {
        let now = store::schedules::now(tx).await?;
        for (trigger, position) in workflow.schedules.iter().zip(0..) {
            let schedule = Schedule {
                id: ScheduleId::new(),
                name: format!("{}.{}", version.name, position + 1),
                workflow: version.workflow,
                position: Some(position),
                cron: trigger.cron.text().to_owned(),
                timezone: trigger.cron.zone_name().to_owned(),
                // The words are the same in both places.
                overlap: trigger.overlap.as_str().parse().unwrap_or_default(),
                missed: trigger.catch_up.as_str().parse().unwrap_or_default(),
                inputs: Map::new(),
                owner: Owner {
                    name: PULSE.to_owned(),
                    token: None,
                },
                created_by: PULSE.to_owned(),
                next_due_at: trigger.cron.next_after(now),
            };
            store::schedules::put(tx, &schedule).await?;
        }
        tx.wake(Wake::Schedules);
    }
    let count = i32::try_from(workflow.schedules.len()).unwrap_or(i32::MAX);
    store::schedules::cut(tx, version.workflow, count).await
}

/// How many of its newest moments are shown with a schedule.
const SHOWN: i64 = 20;

/// A schedule, with what came of its newest moments.
pub(crate) async fn get(
    app: &App,
    (name, reach): (&str, &Reach),
) -> Result<ScheduleView, ScheduleError> {
    let mut tx = app.store().read().await?;
    let found = store::schedules::list(&mut tx, (Some(name), reach), (None, 1), SHOWN).await?;
    let found = found.into_iter().next();
    found.ok_or_else(|| ScheduleError::Unknown(name.to_owned()))
}

/// Schedules by name.
pub(crate) async fn list(
    app: &App,
    reach: &Reach,
    page: (Option<String>, i64),
) -> Result<Vec<ScheduleView>, StoreError> {
    let mut tx = app.store().read().await?;
    store::schedules::list(&mut tx, (None, reach), page, 1).await
}
