//! Pausing an execution, and letting it go on.

use pulse_api::{
    ExecutionId,
    http::executions::{EntryKind, StatusEntry},
};
use serde_json::json;

use super::cancel::{CancelError, CancelRequested};
use crate::{
    app::App,
    domain::{
        Verb,
        engine::{self, EngineError, Fleet},
    },
    model::{
        changes::Changes,
        execution::Pause,
        grant::{Reach, Right},
        wake::Wake,
    },
    store::{self, StoreError, Tx},
};

/// Lets nothing new begin in an execution, or lets it go on. What has begun goes on in any case, a
/// host of a rollout to the end of its list.
#[derive(Debug, Clone)]
pub(crate) struct SetPause {
    pub(crate) execution: ExecutionId,
    pub(crate) reach: Reach,
    pub(crate) pause: Pause,
    pub(crate) by: String,
}

impl Verb for SetPause {
    type Output = CancelRequested;
    type Error = CancelError;

    async fn run(&self, app: &App, tx: &mut Tx) -> Result<CancelRequested, CancelError> {
        let Some((mut run, _)) = engine::lock(app, tx, self.execution).await? else {
            return Err(CancelError::Unknown);
        };
        if !store::executions::allows(tx, self.execution, (&self.reach, Right::Run)).await? {
            return Err(CancelError::Forbidden);
        }
        if run.execution.status().is_terminal() {
            return Err(CancelError::Finished(run.execution.status()));
        }
        let done = CancelRequested {
            execution_id: self.execution,
        };
        if run.execution.pause == self.pause {
            return Ok(done);
        }
        let (action, word, by) = match self.pause {
            Pause::Going => ("execution.resume", "resumed", None),
            Pause::Paused => ("execution.pause", "paused", Some(self.by.as_str())),
        };
        if self.pause == Pause::Going {
            // Nobody looked at the changed hosts meanwhile, and no time has passed for them.
            store::rollouts::wake(tx, self.execution).await?;
            tx.wake(Wake::Due);
            tx.wake(Wake::Calls);
        }
        store::executions::set_pause(tx, self.execution, by).await?;
        run.execution.pause = self.pause;
        let mut changes = Changes::default();
        let noted = StatusEntry {
            status: run.execution.status(),
            outcome: None,
            by: Some(self.by.clone()),
            reason: Some(word.to_owned()),
            detail: None,
        };
        changes.note(&mut run.execution, EntryKind::Status(noted));
        engine::advance(tx, &mut run, &mut Fleet::default(), &mut changes).await?;
        engine::finish(app, tx, (vec![run], changes));
        let subject = self.execution.to_string();
        store::audit::insert(tx, (&self.by, action, &subject), json!({}));
        Ok(done)
    }

    fn store_error(error: &CancelError) -> Option<&StoreError> {
        match error {
            CancelError::Engine(EngineError::Store(error)) => Some(error),
            CancelError::Unknown
            | CancelError::Forbidden
            | CancelError::Grace
            | CancelError::Finished(_)
            | CancelError::Engine(_) => None,
        }
    }
}
