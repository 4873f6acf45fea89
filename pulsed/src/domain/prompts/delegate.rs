//! Asking somebody to answer a prompt. It gives them no right, and takes nobody's.

use pulse_api::{PromptId, status::PromptStatus};
use pulse_workflow::NotBy;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::{Which, pick};
use crate::{
    app::App,
    domain::Verb,
    model::grant::{Reach, Right},
    store::{self, StoreError, Tx, prompts::Name},
};

/// Asks somebody to answer a prompt.
#[derive(Debug, Clone)]
pub(crate) struct Delegate {
    pub(crate) prompt: Name,
    pub(crate) to: String,
    pub(crate) by: String,
    pub(crate) reach: Reach,
}

/// The prompt that was delegated.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub(crate) struct Delegated(pub(crate) PromptId);

/// Why nobody was asked.
#[derive(Debug, thiserror::Error)]
pub(crate) enum DelegateError {
    #[error("no such prompt")]
    Unknown,
    #[error("nobody called {0:?} may answer prompts")]
    NoAnswerer(String),
    #[error("prompt {0} must be answered by somebody else than who started the execution")]
    Starter(i64),
    #[error("prompt {0} is {1}")]
    Closed(i64, PromptStatus),
    #[error("could not note it")]
    Store(#[from] StoreError),
}

impl Verb for Delegate {
    type Output = Delegated;
    type Error = DelegateError;

    async fn run(&self, _app: &App, tx: &mut Tx) -> Result<Delegated, DelegateError> {
        let execution = store::prompts::execution_of(tx, self.prompt).await?;
        let execution = execution.ok_or(DelegateError::Unknown)?;
        // A question is there for those only who may answer it.
        if !store::executions::allows(tx, execution, (&self.reach, Right::Answer)).await? {
            return Err(DelegateError::Unknown);
        }
        if !store::prompts::has_answerer(tx, &self.to).await? {
            return Err(DelegateError::NoAnswerer(self.to.clone()));
        }
        let prompts = store::prompts::of(tx, execution).await?;
        let prompt = pick(prompts, Which::Named(self.prompt));
        let prompt = prompt.map_err(|_| DelegateError::Unknown)?;
        let excludes_starter = prompt.terms.not_by == Some(NotBy::Starter);
        if excludes_starter && store::prompts::is_starter(tx, execution, &self.to).await? {
            return Err(DelegateError::Starter(prompt.number));
        }
        if !store::prompts::delegate(tx, prompt.id, (&self.to, &self.by)).await? {
            return Err(DelegateError::Closed(prompt.number, prompt.status));
        }
        let subject = format!("prompt {}", prompt.number);
        let detail = json!({"to": self.to});
        store::audit::insert(tx, (&self.by, "prompt.delegate", &subject), detail);
        Ok(Delegated(prompt.id))
    }

    fn store_error(error: &DelegateError) -> Option<&StoreError> {
        match error {
            DelegateError::Store(error) => Some(error),
            DelegateError::Unknown
            | DelegateError::NoAnswerer(_)
            | DelegateError::Starter(_)
            | DelegateError::Closed(..) => None,
        }
    }
}
