//! Why nothing was started.

use pulse_api::{blocks::InputFault, problem::FaultView};
use pulse_workflow::{Callee, Denied, inputs};

use crate::{
    domain::{
        engine::{EngineError, Hopeless},
        once::{KeptError, Reused},
        places::PlaceError,
        secrets::{delivery::SecretFault, keys::KeyTrouble},
    },
    model::workflow::Paused,
    store::StoreError,
};

/// Why nothing was started.
#[derive(Debug, thiserror::Error)]
pub(crate) enum StartError {
    #[error("no such workflow")]
    UnknownWorkflow(String),
    #[error("the workflow has no such version")]
    UnknownVersion {
        workflow: String,
        version: i32,
        /// Which there are, as a half sentence.
        there: String,
    },
    #[error("the workflow is not yours to run")]
    Forbidden,
    #[error("the workflow {workflow} is paused")]
    Paused { workflow: String, paused: Paused },
    #[error("nothing starts {denied}")]
    Denied {
        /// None for a document that is not stored.
        workflow: Option<String>,
        denied: Box<Denied>,
    },
    #[error("step {step} runs a workflow that cannot be run")]
    Callee {
        step: String,
        callee: Callee,
        error: Box<StartError>,
    },
    #[error("commands of one's own are the admins'")]
    CommandsForbidden,
    #[error("permissions belong to a workflow that is stored")]
    UnnamedPermissions,
    #[error("the document is not valid")]
    Invalid(Vec<FaultView>),
    #[error("an input is not valid")]
    Inputs(Vec<inputs::InputFault>),
    #[error("the targets are not a list of names or a selector")]
    Targets,
    #[error("no step of the document runs on any of the targets of the run")]
    Nowhere,
    #[error("nothing matched the targets of step {step}")]
    NoTargets { step: String, detail: String },
    #[error("step {step} has too many targets")]
    TooManyTargets { step: String, detail: String },
    #[error("the function block of step {step} does not take what it is given")]
    BlockInputs {
        step: String,
        faults: Vec<InputFault>,
    },
    #[error("the concurrency of its document is not to be had")]
    Place(PlaceError),
    #[error("a secret cannot be used")]
    Secret(SecretFault),
    #[error(transparent)]
    Reused(#[from] Reused),
    #[error(transparent)]
    Engine(#[from] EngineError),
}

impl From<Hopeless> for StartError {
    fn from(hopeless: Hopeless) -> Self {
        match hopeless {
            Hopeless::NoTargets(step, detail) => Self::NoTargets { step, detail },
            Hopeless::Nowhere => Self::Nowhere,
            Hopeless::TooManyTargets(step, detail) => Self::TooManyTargets { step, detail },
            Hopeless::Inputs(step, faults) => Self::BlockInputs { step, faults },
            Hopeless::Secret(step, detail) => Self::Secret(SecretFault::Region { step, detail }),
        }
    }
}

impl From<StoreError> for StartError {
    fn from(error: StoreError) -> Self {
        Self::Engine(EngineError::Store(error))
    }
}

impl From<PlaceError> for StartError {
    fn from(error: PlaceError) -> Self {
        match error {
            PlaceError::Store(error) => error.into(),
            PlaceError::Unnamed(_) | PlaceError::Full(_) => Self::Place(error),
        }
    }
}

impl From<KeptError> for StartError {
    fn from(error: KeptError) -> Self {
        match error {
            KeptError::Reused(reused) => Self::Reused(reused),
            KeptError::Key(trouble) => Self::Secret(SecretFault::Key(trouble)),
        }
    }
}

impl StartError {
    /// Whether it is this server that cannot: another may, or its key file can be put right.
    pub(in crate::domain) fn is_of_this_server(&self) -> bool {
        matches!(self, Self::Secret(fault) if fault.is_of_this_server())
    }

    /// Whether another might start it: who does may not see or run it, or something that it runs.
    pub(in crate::domain) fn is_of_rights(&self) -> bool {
        matches!(self, Self::UnknownWorkflow(_) | Self::Forbidden)
            || matches!(self, Self::Callee { error, .. } if error.is_of_rights())
    }

    /// Whether somebody has said that nothing is to start now.
    pub(in crate::domain) fn is_meant(&self) -> bool {
        matches!(self, Self::Paused { .. } | Self::Denied { .. })
    }

    /// Why nothing was started, as a sentence.
    pub(in crate::domain) fn told(&self) -> String {
        match self {
            Self::NoTargets { step, detail } | Self::TooManyTargets { step, detail } => {
                format!("step \"{step}\": {detail}")
            }
            Self::Inputs(faults) => {
                let said: Vec<&str> = faults.iter().map(|fault| fault.message.as_str()).collect();
                said.join("; ")
            }
            Self::Paused { workflow, paused } => {
                let why = paused.reason.as_ref().map(|why| format!(": {why}"));
                format!(
                    "{} has paused {workflow}{}",
                    paused.by,
                    why.unwrap_or_default()
                )
            }
            Self::Denied { denied, .. } => format!("nothing starts {denied}"),
            Self::Place(PlaceError::Full(full)) => full.to_string(),
            Self::Place(PlaceError::Unnamed(why)) => format!("concurrency.group: {why}"),
            Self::Secret(fault) => fault.to_string(),
            Self::Callee {
                step,
                callee,
                error,
            } => format!("step \"{step}\" runs {callee}: {}", error.told()),
            Self::UnknownWorkflow(_) => {
                "the workflow was deleted, or is not to be seen by its owner".to_owned()
            }
            Self::UnknownVersion { .. }
            | Self::Forbidden
            | Self::CommandsForbidden
            | Self::UnnamedPermissions
            | Self::Invalid(_)
            | Self::Targets
            | Self::Nowhere
            | Self::BlockInputs { .. }
            | Self::Place(PlaceError::Store(_))
            | Self::Reused(_)
            | Self::Engine(_) => self.to_string(),
        }
    }

    /// The failure of the store, where it is one.
    pub(crate) fn store(&self) -> Option<&StoreError> {
        match self {
            Self::Engine(error) => error.store(),
            Self::Secret(SecretFault::Key(KeyTrouble::Store(error))) => Some(error),
            Self::UnknownWorkflow(_)
            | Self::UnknownVersion { .. }
            | Self::Forbidden
            | Self::Paused { .. }
            | Self::Denied { .. }
            | Self::Callee { .. }
            | Self::CommandsForbidden
            | Self::UnnamedPermissions
            | Self::Invalid(_)
            | Self::Inputs(_)
            | Self::Targets
            | Self::Nowhere
            | Self::NoTargets { .. }
            | Self::TooManyTargets { .. }
            | Self::BlockInputs { .. }
            | Self::Place(_)
            | Self::Secret(_)
            | Self::Reused(_) => None,
        }
    }
}
