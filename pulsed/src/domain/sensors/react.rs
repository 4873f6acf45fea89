//! Starting what documents want for what has happened here. Each event is decided once, in the transaction
//! that starts.

use pulse_workflow::Decided;

use super::deliver::{self, Came, Objection, Turn, plain};
use crate::{
    app::App,
    domain::{
        Verb,
        engine::{self, EngineError},
        executions::start::StartError,
    },
    model::{notification::Notice, sensor::Sensor},
    store::{self, StoreError, Tx, notifications::BY_EVENT, workflows::Name},
};

/// Decides an event. Without other input: what is true is read again under the lock of its row, and a replica
/// that finds it locked leaves it to the other.
#[derive(Debug)]
pub(crate) struct React(pub(crate) i64);

/// What became of an event.
#[derive(Debug)]
pub(crate) enum Reacted {
    Decided,
    /// It waits for another server, and why.
    Left(String),
}

/// What comes of an event, here.
enum Verdict {
    Came(Came),
    Elsewhere(String),
}

impl Verb for React {
    type Output = Reacted;
    type Error = EngineError;

    async fn run(&self, app: &App, tx: &mut Tx) -> Result<Reacted, EngineError> {
        let Some(id) = store::sensors::events::lock(tx, self.0).await? else {
            return Ok(Reacted::Decided);
        };
        // It may have been paused or taken away since it happened, and its workflow renamed.
        let sensor = store::sensors::hold(tx, id).await?;
        let notice = store::sensors::events::notice(tx, self.0).await?;
        let (name, verdict) = match (sensor, notice) {
            (Some(sensor), Some(notice)) => {
                let verdict = decide(app, tx, (&sensor, &notice)).await?;
                (sensor.full_name(), verdict)
            }
            (None, _) => {
                let why = "the newest version does not wait for it any more";
                (String::new(), ignored(why))
            }
            (Some(sensor), None) => {
                let why = "what it is about is forgotten";
                (sensor.full_name(), ignored(why))
            }
        };
        match verdict {
            Verdict::Came(came) => {
                deliver::settle(tx, (&name, self.0), &came).await?;
                Ok(Reacted::Decided)
            }
            Verdict::Elsewhere(why) => Ok(Reacted::Left(why)),
        }
    }

    fn store_error(error: &EngineError) -> Option<&StoreError> {
        error.store()
    }
}

fn ignored(why: &str) -> Verdict {
    Verdict::Came(Came::Ignored(why.to_owned()))
}

async fn decide(
    app: &App,
    tx: &mut Tx,
    (sensor, notice): (&Sensor, &Notice),
) -> Result<Verdict, EngineError> {
    if let Some(by) = &sensor.paused_by {
        return Ok(Verdict::Came(Came::Refused(Objection::Paused {
            sensor: sensor.full_name(),
            by: by.clone(),
        })));
    }
    let version = store::workflows::version(tx, &Name::Id(sensor.workflow), None).await?;
    let version = version.ok_or(StoreError::Stale)?;
    let workflow = engine::workflow(app, tx, &version.definition).await?;
    let mut triggers = workflow.events.iter();
    // Without it the document was replaced between two looks at the database.
    let trigger = triggers.find(|trigger| trigger.name == sensor.name.1);
    let trigger = trigger.ok_or(StoreError::Stale)?;
    let came = match trigger.decide(&notice.seen()) {
        Ok(Decided::Start(inputs)) => {
            let reason = format!("event {}: {}", sensor.name.1, plain(&notice.title()));
            let by = format!("{BY_EVENT}{}", sensor.full_name());
            match deliver::start(app, tx, sensor, (inputs, reason, by)).await {
                Ok(started) => Came::Started(started, Turn::First),
                Err(StartError::Engine(error)) => return Err(error),
                Err(refused) if refused.is_of_this_server() => {
                    return Ok(Verdict::Elsewhere(refused.told()));
                }
                Err(refused) => Came::Refused(Objection::Start(refused)),
            }
        }
        Ok(Decided::Ignore(why)) => Came::Ignored(why),
        Err(why) => Came::Refused(Objection::Unreadable(why)),
    };
    Ok(Verdict::Came(came))
}

/// Says of an event that it could not be decided, so that it is not tried for ever.
#[derive(Debug)]
pub(crate) struct GiveUp(pub(crate) i64, pub(crate) String);

impl Verb for GiveUp {
    type Output = ();
    type Error = StoreError;

    async fn run(&self, _app: &App, tx: &mut Tx) -> Result<(), StoreError> {
        let Some(id) = store::sensors::events::lock(tx, self.0).await? else {
            return Ok(());
        };
        let sensor = store::sensors::hold(tx, id).await?;
        let name = sensor.as_ref().map(Sensor::full_name).unwrap_or_default();
        let came = Came::Refused(Objection::Unreadable(self.1.clone()));
        deliver::settle(tx, (&name, self.0), &came).await
    }

    fn store_error(error: &StoreError) -> Option<&StoreError> {
        Some(error)
    }
}

/// The events that are still to be decided, but for those that are left alone.
pub(crate) async fn undecided(app: &App, but: &[i64]) -> Result<Vec<i64>, StoreError> {
    store::sensors::events::undecided(&mut app.store().read().await?, but).await
}
