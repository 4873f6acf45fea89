//! Letting go of an execution: by Ctrl-C, by Esc, or when the time is over.

use pulse_api::http::executions::CancelExecution;

use super::Session;
use crate::{
    client::{Call, Client},
    error::{Failure, Kind},
    follow::{OnInterrupt, WhenLate},
};

/// What whoever lets go of an execution is told: that it goes on, and what to type.
pub(crate) fn still_runs(label: &str, reference: &str) -> String {
    format!(
        "{label} is still running\n  \
         `pulsectl execution watch {reference}` goes on with it\n  \
         `pulsectl execution cancel {reference}` ends it"
    )
}

impl Session<'_> {
    /// Lets go at the first Ctrl-C, or cancels where that was asked for; the second ends at once.
    pub(in crate::follow) async fn interrupt(&mut self) -> Result<(), Failure> {
        if self.interrupted {
            return Err(crate::signals::interrupted());
        }
        self.interrupted = true;
        self.screen.ask(None);
        self.app.ui.leave_echo();
        let id = self.model.id.clone();
        match (self.manner.on_interrupt, id) {
            (OnInterrupt::Cancel, Some(id)) => {
                self.screen.talk("cancelling; Ctrl-C again leaves at once");
                self.cancel(self.client, &id, "interrupted").await
            }
            (OnInterrupt::Cancel | OnInterrupt::Detach, _) => Err(self.detach(Kind::Interrupted)),
        }
    }

    /// Ends the execution, unless it has ended by itself.
    async fn cancel(&self, client: &Client, id: &str, reason: &str) -> Result<(), Failure> {
        let body = CancelExecution {
            reason: Some(reason.to_owned()),
            force: false,
            grace_ms: None,
        };
        let call = Call::post(&format!("/executions/{id}/cancel")).json(&body)?;
        match client.send(&call).await {
            Err(failure) if failure.kind != Kind::Conflict => Err(failure),
            Ok(_) | Err(_) => Ok(()),
        }
    }

    /// Leaves the execution to itself, saying so.
    pub(super) fn detach(&mut self, kind: Kind) -> Failure {
        self.screen.ask(None);
        if let Err(failure) = self.close() {
            return failure;
        }
        let (label, reference) = (self.model.label(), self.model.reference());
        self.app.ui.say(still_runs(&label, &reference));
        Failure::new(kind, "")
    }

    pub(in crate::follow) async fn waited_too_long(&mut self) -> Failure {
        if let Err(failure) = self.close() {
            return failure;
        }
        let label = self.model.label();
        if let (WhenLate::IsCancelled, Some(id)) = (self.manner.when_late, self.model.id.clone()) {
            // By one whose time has not run out.
            let cancelled = match self.app.client() {
                Ok(client) => self.cancel(&client, &id, "the time for it ran out").await,
                Err(failure) => Err(failure),
            };
            return match cancelled {
                Ok(()) => {
                    let late = format!("{label} was not over in time, and was cancelled");
                    Failure::new(Kind::WaitedTooLong, late)
                }
                Err(failure) => failure,
            };
        }
        Failure::new(
            Kind::WaitedTooLong,
            format!("{label} was not over in time; it goes on"),
        )
        .hint(format!(
            "`pulsectl execution watch {}` goes on waiting",
            self.model.reference()
        ))
    }
}
