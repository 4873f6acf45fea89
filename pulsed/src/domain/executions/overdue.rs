//! Ending executions that have run out of time.

use pulse_api::ExecutionId;
use serde_json::json;

use super::cancel::{Wish, stop};
use crate::{
    app::App,
    domain::{
        Verb,
        engine::{self, EngineError},
    },
    model::{access::PULSE, changes::Changes, execution::Stop},
    store::{self, StoreError, Tx},
};

/// Ends one execution if its time is over. Without input: what is due is read again under the lock.
#[derive(Debug)]
pub(crate) struct EndOverdue(pub(crate) ExecutionId);

impl Verb for EndOverdue {
    type Output = ();
    type Error = EngineError;

    async fn run(&self, app: &App, tx: &mut Tx) -> Result<(), EngineError> {
        let Some((mut run, _)) = engine::lock(app, tx, self.0).await? else {
            return Ok(());
        };
        if run.execution.status().is_terminal() || run.execution.stop.is_some() {
            return Ok(());
        }
        let mut changes = Changes::default();
        let wish = Wish {
            stop: Stop::TimedOut,
            by: PULSE,
            grace_ms: None,
            times: 1,
            reason: None,
        };
        stop(tx, &mut run, wish, &mut changes).await?;
        let subject = self.0.to_string();
        store::audit::insert(tx, (PULSE, "execution.time_out", &subject), json!({}));
        engine::finish(app, tx, (vec![run], changes));
        Ok(())
    }

    fn store_error(error: &EngineError) -> Option<&StoreError> {
        error.store()
    }
}

/// The executions whose time is over.
#[derive(Debug)]
pub(crate) struct FindOverdue;

impl Verb for FindOverdue {
    type Output = Vec<ExecutionId>;
    type Error = StoreError;

    async fn run(&self, _app: &App, tx: &mut Tx) -> Result<Vec<ExecutionId>, StoreError> {
        store::executions::overdue(tx).await
    }

    fn store_error(error: &StoreError) -> Option<&StoreError> {
        Some(error)
    }
}
