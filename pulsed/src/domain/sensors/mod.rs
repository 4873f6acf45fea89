//! Sensors: those that documents make, and looking at them. What a delivery starts is in `deliver`, what an
//! event does in `react`.

pub(crate) mod deliver;
pub(crate) mod react;

use pulse_api::{
    http::sensors::{DeliveryView, SensorView},
    status::SensorKind,
};
use pulse_workflow::{Webhook, Workflow};
use serde_json::json;

use super::Verb;
use crate::{
    app::App,
    model::{
        grant::{Reach, Right},
        sensor::Sensor,
        workflow::Version,
    },
    store::{self, StoreError, Tx, sensors::Spec, workflows::Name},
};

/// Why a sensor was not found or changed.
#[derive(Debug, thiserror::Error)]
pub(crate) enum SensorError {
    #[error("there is no sensor {0}")]
    Unknown(String),
    #[error("the workflow is not yours to run")]
    Forbidden,
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Has a workflow's sensors be those of its document.
pub(super) async fn follow_document(
    tx: &mut Tx,
    version: &Version,
    workflow: &Workflow,
) -> Result<(), StoreError> {
    let webhooks = workflow.webhooks.iter().map(|webhook| Spec {
        name: &webhook.name,
        kind: webhook.kind.as_str(),
        secrets: &webhook.secrets,
        events: Vec::new(),
        workflows: &[],
        monitors: &[],
        condition: webhook.when(),
    });
    let events = workflow.events.iter().map(|event| Spec {
        name: &event.name,
        kind: SensorKind::Event.as_str(),
        secrets: &[],
        events: event.on.iter().map(|kind| kind.as_str()).collect(),
        workflows: &event.workflows,
        monitors: &event.monitors,
        condition: event.when(),
    });
    let specs: Vec<Spec<'_>> = webhooks.chain(events).collect();
    store::sensors::put(tx, version.workflow, &specs).await
}

/// The secrets that a document names, those of its webhooks included.
pub(super) fn with_their_secrets(workflow: &Workflow) -> Vec<String> {
    let of_webhooks = workflow.webhooks.iter().flat_map(|hook| &hook.secrets);
    let mut names: Vec<String> = workflow
        .secrets
        .iter()
        .chain(of_webhooks)
        .cloned()
        .collect();
    names.sort_unstable();
    names.dedup();
    names
}

/// The two names that a sensor's is made of; that of a workflow alone means its unnamed webhook.
fn parts(name: &str) -> (&str, &str) {
    name.split_once('.').unwrap_or((name, Webhook::UNNAMED))
}

/// A sensor, for who may do this with its workflow.
async fn find(
    tx: &mut Tx,
    (name, reach, right): (&str, &Reach, Right),
) -> Result<Sensor, SensorError> {
    let unknown = || SensorError::Unknown(name.to_owned());
    let sensor = store::sensors::find(tx, parts(name)).await?;
    let sensor = sensor.ok_or_else(unknown)?;
    let version = store::workflows::version(tx, &Name::Id(sensor.workflow), None).await?;
    let version = version.ok_or_else(unknown)?;
    let workflow = (Some(version.name.as_str()), version.grants.as_ref());
    if !reach.includes(Right::View, workflow) {
        return Err(unknown());
    }
    if !reach.includes(right, workflow) {
        return Err(SensorError::Forbidden);
    }
    Ok(sensor)
}

/// Lets a sensor start nothing, or lets it start again.
#[derive(Debug, Clone)]
pub(crate) struct SetPause {
    pub(crate) name: String,
    pub(crate) order: Order,
    pub(crate) by: String,
    pub(crate) reach: Reach,
}

/// What is to become of a sensor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Order {
    Pause,
    Resume,
}

impl Verb for SetPause {
    type Output = ();
    type Error = SensorError;

    async fn run(&self, _app: &App, tx: &mut Tx) -> Result<(), SensorError> {
        let sensor = find(tx, (&self.name, &self.reach, Right::Run)).await?;
        let (by, action) = match self.order {
            Order::Pause => (Some(self.by.as_str()), "sensor.pause"),
            Order::Resume => (None, "sensor.resume"),
        };
        store::sensors::set_pause(tx, sensor.id, by).await?;
        store::audit::insert(tx, (&self.by, action, &sensor.full_name()), json!({}));
        Ok(())
    }

    fn store_error(error: &SensorError) -> Option<&StoreError> {
        match error {
            SensorError::Store(error) => Some(error),
            SensorError::Unknown(_) | SensorError::Forbidden => None,
        }
    }
}

/// How many of its newest deliveries are shown with a sensor.
const SHOWN: i64 = 20;

/// A sensor, with what came of its newest deliveries.
pub(crate) async fn get(
    app: &App,
    (name, reach): (&str, &Reach),
) -> Result<SensorView, SensorError> {
    let mut tx = app.store().read().await?;
    let (workflow, own) = parts(name);
    let full = format!("{workflow}.{own}");
    let found = store::sensors::list(&mut tx, (Some(&full), reach), (None, 1), SHOWN).await?;
    let found = found.into_iter().next();
    found.ok_or_else(|| SensorError::Unknown(name.to_owned()))
}

/// Sensors by name.
pub(crate) async fn list(
    app: &App,
    reach: &Reach,
    page: (Option<String>, i64),
) -> Result<Vec<SensorView>, StoreError> {
    let mut tx = app.store().read().await?;
    store::sensors::list(&mut tx, (None, reach), page, 1).await
}

/// What came of the deliveries to a sensor, newest first.
pub(crate) async fn deliveries(
    app: &App,
    (name, reach): (&str, &Reach),
    page: (Option<i64>, i64),
) -> Result<Vec<DeliveryView>, SensorError> {
    let mut tx = app.store().read().await?;
    let sensor = find(&mut tx, (name, reach, Right::View)).await?;
    Ok(store::sensors::deliveries(&mut tx, sensor.id, page).await?)
}
