//! Why an execution that a step wants does not begin, as people are told.

use pulse_workflow::DEEPEST_CALLS;

use crate::{
    domain::{engine::EngineError, executions::start::StartError, places::PlaceError},
    model::call::Call,
    store::StoreError,
};

/// Why an execution that a step wants does not begin.
pub(super) enum Unfit {
    Start(Box<StartError>),
    Cycle(String),
    Deep(String),
    Engine(EngineError),
}

impl From<StartError> for Unfit {
    fn from(error: StartError) -> Self {
        if let StartError::Engine(error) = error {
            Self::Engine(error)
        } else {
            Self::Start(Box::new(error))
        }
    }
}

impl From<EngineError> for Unfit {
    fn from(error: EngineError) -> Self {
        Self::Engine(error)
    }
}

impl From<StoreError> for Unfit {
    fn from(error: StoreError) -> Self {
        Self::Engine(error.into())
    }
}

impl Unfit {
    /// A word and a sentence.
    pub(super) fn told(self, call: &Call) -> (&'static str, String) {
        let callee = &call.spec.callee;
        match self {
            Self::Start(error) => told(*error, callee),
            Self::Cycle(chain) => (
                "workflow_cycle",
                format!("it would run in circles: {chain}"),
            ),
            Self::Deep(chain) => (
                "too_deep",
                format!("at most {DEEPEST_CALLS} workflows run inside each other: {chain}"),
            ),
            Self::Engine(_) => (
                "invalid_workflow",
                format!("the document of {callee} cannot be read any more"),
            ),
        }
    }
}

/// Why a workflow was not started, in a word and a sentence.
fn told(error: StartError, callee: &pulse_workflow::Callee) -> (&'static str, String) {
    let inside = |step: &str, detail: &str| format!("{callee}, step \"{step}\": {detail}");
    match error {
        StartError::UnknownWorkflow(_) => (
            "unknown_workflow",
            format!("there is no workflow {}", callee.name),
        ),
        StartError::UnknownVersion { version, there, .. } => (
            "unknown_workflow",
            format!("{} has no version {version}; there {there}", callee.name),
        ),
        StartError::Forbidden => (
            "forbidden",
            format!(
                "whoever started this execution may not run {}: its permissions do not name their groups, \
                 or their token is for other workflows",
                callee.name
            ),
        ),
        StartError::Paused { workflow, .. } => (
            "workflow_paused",
            format!("the workflow {workflow} is paused"),
        ),
        StartError::Denied { denied, .. } => (
            "window_denied",
            format!("{callee}: nothing starts {denied}"),
        ),
        StartError::Place(PlaceError::Full(full)) => ("group_full", format!("{callee}: {full}")),
        StartError::Place(error) => ("invalid_workflow", format!("{callee}: {error}")),
        StartError::Inputs(faults) => {
            let said: Vec<String> = faults.into_iter().map(|fault| fault.message).collect();
            ("invalid_inputs", format!("{callee}: {}", said.join("; ")))
        }
        StartError::NoTargets { step, detail } => ("no_targets", inside(&step, &detail)),
        StartError::TooManyTargets { step, detail } => ("too_many_targets", inside(&step, &detail)),
        StartError::BlockInputs { step, faults } => {
            let said: Vec<String> = faults.iter().map(ToString::to_string).collect();
            ("invalid_inputs", inside(&step, &said.join("; ")))
        }
        StartError::Secret(fault) => ("secret_refused", format!("{callee}: {fault}")),
        StartError::Callee {
            step,
            callee: below,
            error,
        } => {
            let (reason, detail) = told(*error, &below);
            (reason, inside(&step, &detail))
        }
        error @ (StartError::CommandsForbidden
        | StartError::UnnamedPermissions
        | StartError::Invalid(_)
        | StartError::Targets
        | StartError::Nowhere
        | StartError::Reused(_)
        | StartError::Engine(_)) => ("invalid_workflow", format!("{callee}: {error}")),
    }
}
