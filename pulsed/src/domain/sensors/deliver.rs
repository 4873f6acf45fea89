//! Starting what a delivery from outside starts. The same delivery starts it once.

use std::slice;

use pulse_api::{
    ExecutionId,
    status::{DeliveryResult, SensorKind},
};
use pulse_workflow::Decided;
use serde_json::{Map, Value, json};

use crate::{
    app::App,
    domain::{
        Verb,
        engine::{self, EngineError},
        executions::{
            again,
            start::{Start, StartError, Started, What},
        },
        secret_inputs::Inputs,
        secrets::{delivery, keys::KeyTrouble},
        windows::Windows,
    },
    model::{
        access::PULSE,
        grant::Reach,
        sensor::{Delivery, Proof, Sensor},
    },
    store::{self, StoreError, Tx, sensors::Received, workflows::Name},
};

/// Why a delivery was not taken.
#[derive(Debug, thiserror::Error)]
pub(crate) enum DeliverError {
    /// Nothing more is said: whether there is such a sensor is not for everybody.
    #[error("the delivery is not signed as it must be")]
    NotGenuine,
    #[error(transparent)]
    Key(#[from] KeyTrouble),
    /// This server cannot start it; another may.
    #[error("this server cannot start it")]
    Elsewhere(StartError),
    #[error(transparent)]
    Engine(#[from] EngineError),
}

impl From<StoreError> for DeliverError {
    fn from(error: StoreError) -> Self {
        Self::Engine(EngineError::Store(error))
    }
}

/// A delivery that whoever knows the secret of a sensor has sent.
#[derive(Debug, Clone)]
pub(crate) struct Genuine {
    pub(crate) sensor: Sensor,
    pub(crate) delivery: Delivery,
    digest: Vec<u8>,
}

/// What a delivery is checked against where there is no sensor: it takes as long.
const NOBODYS: &[u8] = b"nobody signs with this";

/// Finds out whether a delivery is genuine.
pub(crate) async fn admit(
    app: &App,
    name: (&str, &str),
    delivery: Delivery,
) -> Result<Genuine, DeliverError> {
    let mut tx = app.store().read().await?;
    let sensor = store::sensors::find(&mut tx, name).await?;
    let now = store::schedules::now(&mut tx).await?;
    let wanted = sensor
        .as_ref()
        .map_or(&[] as &[String], |sensor| &sensor.secrets);
    let secrets = delivery::usable(app, &mut tx, (wanted, name.0)).await?;
    drop(tx);
    let kinds = sensor
        .as_ref()
        .map_or(SensorKind::ALL, |sensor| slice::from_ref(&sensor.kind));
    let proof = delivery.proof(kinds, now);
    if secrets.is_empty() {
        proof.is_by(NOBODYS);
    }
    let is_by = |proof: &Proof| {
        secrets
            .iter()
            .any(|secret| proof.is_by(secret.expose().as_bytes()))
    };
    match sensor.filter(|_| is_by(&proof)) {
        Some(sensor) => Ok(Genuine {
            sensor,
            delivery,
            digest: proof.digest(),
        }),
        None => Err(DeliverError::NotGenuine),
    }
}

/// What came of a delivery.
#[derive(Debug)]
pub(crate) enum Came {
    Started(Started, Turn),
    Ignored(String),
    Refused(Objection),
}

/// Whether it was this time that a delivery started something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Turn {
    First,
    Repeated,
}

/// What stands against a delivery.
#[derive(Debug)]
pub(crate) enum Objection {
    Paused {
        sensor: String,
        by: String,
    },
    /// It, or an expression about it, cannot be read.
    Unreadable(String),
    Start(StartError),
}

impl Came {
    fn told(&self) -> (DeliveryResult, Option<String>) {
        match self {
            Self::Started(..) => (DeliveryResult::Started, None),
            Self::Ignored(why) => (DeliveryResult::Ignored, Some(why.clone())),
            Self::Refused(Objection::Paused { by, .. }) => {
                (DeliveryResult::Skipped, Some(format!("{by} has paused it")))
            }
            Self::Refused(Objection::Unreadable(why)) => {
                (DeliveryResult::Refused, Some(why.clone()))
            }
            Self::Refused(Objection::Start(refused)) => {
                let result = if refused.is_meant() {
                    DeliveryResult::Skipped
                } else {
                    DeliveryResult::Refused
                };
                (result, Some(refused.told()))
            }
        }
    }

    fn started(&self) -> Option<(ExecutionId, i64)> {
        match self {
            Self::Started(started, _) => Some((started.execution_id, started.number)),
            Self::Ignored(_) | Self::Refused(_) => None,
        }
    }
}

/// Starts what a genuine delivery starts.
#[derive(Debug, Clone)]
pub(crate) struct Deliver(pub(crate) Genuine);

impl Verb for Deliver {
    type Output = Came;
    type Error = DeliverError;

    async fn run(&self, app: &App, tx: &mut Tx) -> Result<Came, DeliverError> {
        let Self(Genuine {
            sensor, delivery, ..
        }) = self;
        // It may have been paused or taken away since it was looked at, and its workflow renamed.
        let sensor = store::sensors::hold(tx, sensor.id).await?;
        let sensor = sensor.ok_or(DeliverError::NotGenuine)?;
        let (event, id) = delivery.said(sensor.kind);
        let received = Received {
            digest: &self.0.digest,
            delivery: id.clone(),
            event,
        };
        let known = store::sensors::receive(tx, &sensor, received).await?;
        if let Some((execution_id, number)) = known.started {
            let started = Started {
                execution_id,
                number,
            };
            return Ok(Came::Started(started, Turn::Repeated));
        }
        let came = self.decide(app, tx, (&sensor, id)).await?;
        settle(tx, (&sensor.full_name(), known.id), &came).await?;
        Ok(came)
    }

    fn store_error(error: &DeliverError) -> Option<&StoreError> {
        match error {
            DeliverError::Engine(error) => error.store(),
            DeliverError::Key(KeyTrouble::Store(error)) => Some(error),
            DeliverError::Elsewhere(error) => error.store(),
            DeliverError::NotGenuine | DeliverError::Key(_) => None,
        }
    }
}

impl Deliver {
    async fn decide(
        &self,
        app: &App,
        tx: &mut Tx,
        (sensor, id): (&Sensor, Option<String>),
    ) -> Result<Came, DeliverError> {
        if let Some(by) = &sensor.paused_by {
            return Ok(Came::Refused(Objection::Paused {
                sensor: sensor.full_name(),
                by: by.clone(),
            }));
        }
        let inputs = match self.read(app, tx, sensor).await? {
            Ok(Decided::Start(inputs)) => inputs,
            Ok(Decided::Ignore(why)) => return Ok(Came::Ignored(why)),
            Err(why) => return Ok(Came::Refused(Objection::Unreadable(why))),
        };
        let id = id.map(|id| format!(", delivery {}", plain(&id)));
        let reason = format!("sensor {}{}", sensor.full_name(), id.unwrap_or_default());
        // As with schedules of documents: those are applied by admins, and start nothing but themselves.
        let begin = (inputs, reason, PULSE.to_owned());
        match start(app, tx, sensor, begin).await {
            Ok(started) => Ok(Came::Started(started, Turn::First)),
            Err(StartError::Engine(error)) => Err(error.into()),
            Err(refused) if refused.is_of_this_server() => Err(DeliverError::Elsewhere(refused)),
            Err(refused) => Ok(Came::Refused(Objection::Start(refused))),
        }
    }

    /// What the document says of the delivery.
    async fn read(
        &self,
        app: &App,
        tx: &mut Tx,
        sensor: &Sensor,
    ) -> Result<Result<Decided, String>, DeliverError> {
        let version = store::workflows::version(tx, &Name::Id(sensor.workflow), None).await?;
        let version = version.ok_or(DeliverError::NotGenuine)?;
        let workflow = engine::workflow(app, tx, &version.definition).await?;
        let webhook = workflow
            .webhooks
            .iter()
            .find(|webhook| webhook.name == sensor.name.1);
        // The document was replaced between two looks at the database.
        let webhook = webhook.ok_or(StoreError::Stale)?;
        let delivery = &self.0.delivery;
        Ok(delivery
            .payload()
            .and_then(|payload| webhook.decide(&payload, &delivery.open_headers())))
    }
}

/// Writes down what came of a delivery whose row is locked.
pub(super) async fn settle(
    tx: &mut Tx,
    (sensor, id): (&str, i64),
    came: &Came,
) -> Result<(), StoreError> {
    let (result, detail) = came.told();
    let detail = detail.as_deref().map(plain);
    if let Came::Refused(_) = came {
        let said = json!({"delivery": id, "result": result, "why": detail});
        store::audit::insert(tx, (PULSE, "sensor.refuse", sensor), said);
    }
    store::sensors::decide(tx, id, (result, detail.as_deref()), came.started()).await
}

/// Starts the workflow of a sensor, with these inputs, for this reason, in this name.
pub(super) async fn start(
    app: &App,
    tx: &mut Tx,
    sensor: &Sensor,
    (inputs, reason, by): (Map<String, Value>, String, String),
) -> Result<Started, StartError> {
    let start = Start {
        id: ExecutionId::new(),
        what: What::Workflow(Name::Id(sensor.workflow), None),
        inputs: Inputs::open(inputs),
        targets: None,
        reason: Some(reason),
        by,
        reach: Reach {
            groups: None,
            workflows: None,
        },
        windows: Windows::Obeyed,
    };
    again::start_within(app, tx, (&start, None)).await
}

/// The longest reason that is kept, in characters.
const LONGEST: usize = 500;

/// A text as it is kept and shown in one line.
pub(super) fn plain(text: &str) -> String {
    let shown = |c: char| if c.is_control() { ' ' } else { c };
    text.chars().map(shown).take(LONGEST).collect()
}
