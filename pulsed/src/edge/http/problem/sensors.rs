//! What goes wrong with sensors, and with what is delivered to them.

use pulse_api::ProblemCode;

use super::{Refusal, executions::not_granted};
use crate::domain::{
    secrets::keys::KeyTrouble,
    sensors::{
        SensorError,
        deliver::{DeliverError, Objection},
    },
};

impl From<SensorError> for Refusal {
    fn from(error: SensorError) -> Self {
        match error {
            SensorError::Unknown(name) => {
                Self::not_found("sensor", name).hint("pulsectl sensor ls shows what there is")
            }
            SensorError::Forbidden => not_granted(),
            SensorError::Store(error) => error.into(),
        }
    }
}

impl From<DeliverError> for Refusal {
    fn from(error: DeliverError) -> Self {
        match error {
            DeliverError::NotGenuine => Self::new(
                ProblemCode::SignatureRefused,
                "there is no such webhook, or this is not signed with its secret",
            )
            .hint("`pulsectl sensor show` says where deliveries go, and which secret they are signed with"),
            DeliverError::Key(KeyTrouble::Store(error)) => error.into(),
            DeliverError::Key(trouble) => {
                tracing::warn!(error = %trouble, "signatures cannot be checked");
                unready()
            }
            DeliverError::Elsewhere(error) => {
                tracing::warn!(%error, "a delivery waits for a server that has the key");
                unready()
            }
            DeliverError::Engine(error) => error.into(),
        }
    }
}

/// Whoever calls need not be anybody: what this server lacks is in its log.
fn unready() -> Refusal {
    let detail = "this server cannot take deliveries now";
    Refusal::new(ProblemCode::SecretsUnavailable, detail).hint("deliver it again in a while")
}

impl From<Objection> for Refusal {
    fn from(objection: Objection) -> Self {
        match objection {
            Objection::Paused { sensor, by } => Self::new(
                ProblemCode::SensorPaused,
                format!("{by} has paused the sensor {sensor}"),
            )
            .hint(format!(
                "pulsectl sensor resume {sensor}, then deliver it again"
            )),
            Objection::Unreadable(why) => Self::new(ProblemCode::DeliveryRefused, why),
            Objection::Start(error) => error.into(),
        }
    }
}
