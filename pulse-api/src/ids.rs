//! Identifiers, one type each, so that no two kinds are ever mixed up.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};
use uuid::Uuid;

macro_rules! id {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(value_type = Uuid))]
        pub struct $name(pub Uuid);

        impl $name {
            /// Makes a new id, ordered by time of creation.
            pub fn new() -> Self {
                Self(Uuid::now_v7())
            }
        }

        impl Default for $name {
            fn default() -> Self {
                Self::new()
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = uuid::Error;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.parse().map(Self)
            }
        }

        impl From<Uuid> for $name {
            fn from(id: Uuid) -> Self {
                Self(id)
            }
        }
    )+};
}

id! {
    /// A host's agent, as the server knows it.
    WorkerId,
    /// A named, versioned document.
    WorkflowId,
    /// One run of one version of a workflow.
    ExecutionId,
    /// One entry of the document inside an execution.
    StepId,
    /// One step on one worker; its attempts are numbered.
    JobId,
    /// A question that an execution waits on.
    PromptId,
    /// A user's or a machine's way in.
    TokenId,
    /// A one-shot right to enrol a host.
    EnrollTokenId,
    /// One wish that a worker rests, of an operator or of somebody on its host.
    DrainId,
    /// What starts a workflow by the clock.
    ScheduleId,
    /// What starts a workflow from outside.
    SensorId,
    /// What is looked at again and again.
    MonitorId,
    /// One look of one region.
    CheckId,
    /// Somebody's wish to see what an agent has logged.
    LogAskId,
}

/// The number that makes a late report of a superseded job harmless.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(value_type = i64))]
pub struct Fence(pub i64);

impl fmt::Display for Fence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}
