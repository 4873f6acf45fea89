//! What becomes of a step that runs another workflow, and the only moves it can make.

use std::collections::BTreeMap;

use pulse_api::{ExecutionId, status::CallStatus};
use pulse_workflow::CallSpec;

use super::machine::{Illegal, moves};

moves! { "Call", CallStatus;
    /// The execution of the other workflow has begun.
    Begin = "begin": Wanted => Running;
    /// That execution has ended, or could not begin.
    End = "end": Wanted, Running => Ended;
}

/// Milliseconds between asking and killing where nobody says.
const USUAL_GRACE_MS: u64 = 10_000;

/// A step that runs another workflow, as the store found it and as moves have changed it since.
#[derive(Debug, Clone)]
pub(crate) struct Call {
    pub(crate) execution: ExecutionId,
    pub(crate) step: String,
    pub(crate) spec: CallSpec,
    /// The number of the execution that it became.
    pub(crate) child: Option<i64>,
    /// What that execution has given.
    pub(crate) outputs: Option<BTreeMap<String, String>>,
    /// Who has ended the execution whose step it is, and how many milliseconds there are between
    /// asking and killing.
    pub(crate) stop: Option<(String, u64)>,
    status: CallStatus,
    touched: bool,
}

impl Call {
    /// One that begins as soon as somebody looks.
    pub(crate) fn wanted(execution: ExecutionId, step: &str, spec: CallSpec) -> Self {
        Self {
            touched: true,
            ..Self::stored((execution, step.to_owned()), spec, CallStatus::Wanted)
        }
    }

    /// What the row of a call says.
    pub(crate) fn stored(
        (execution, step): (ExecutionId, String),
        spec: CallSpec,
        status: CallStatus,
    ) -> Self {
        Self {
            execution,
            step,
            spec,
            child: None,
            outputs: None,
            stop: None,
            status,
            touched: false,
        }
    }

    pub(crate) fn status(&self) -> CallStatus {
        self.status
    }

    /// Whether there is something to write.
    pub(crate) fn is_touched(&self) -> bool {
        self.touched
    }

    /// What expressions see of it.
    pub(crate) fn given(&self) -> Option<&BTreeMap<String, String>> {
        self.outputs
            .as_ref()
            .filter(|_| self.status == CallStatus::Ended)
    }

    /// Becomes the execution with this number.
    pub(crate) fn begin(&mut self, child: i64) -> Result<(), Illegal> {
        self.make(Verb::Begin)?;
        self.child = Some(child);
        Ok(())
    }

    pub(crate) fn end(&mut self) -> Result<(), Illegal> {
        self.make(Verb::End)
    }

    /// Wishes that the execution which it became ends; what is wished again only comes sooner.
    pub(crate) fn want_stop(&mut self, by: &str, grace_ms: Option<u64>) {
        let (by, grace_ms) = match self.stop.take() {
            None => (by.to_owned(), grace_ms.unwrap_or(USUAL_GRACE_MS)),
            Some((by, before)) => (by, grace_ms.map_or(before, |grace| grace.min(before))),
        };
        self.stop = Some((by, grace_ms));
        self.touched = true;
    }

    fn make(&mut self, verb: Verb) -> Result<(), Illegal> {
        self.status = next(self.status, verb)?;
        self.touched = true;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use pulse_workflow::Callee;

    use super::*;

    fn call() -> Call {
        let callee = Callee {
            name: "release".to_owned(),
            version: None,
        };
        let spec = CallSpec {
            callee,
            inputs: pulse_workflow::Map::new(),
            timeout_ms: None,
        };
        Call::wanted(ExecutionId::new(), "release", spec)
    }

    #[test]
    fn a_call_becomes_one_execution_and_ends_once() {
        let mut call = call();

        call.begin(7).unwrap();
        assert!(call.begin(8).is_err());
        call.end().unwrap();
        assert!(call.end().is_err());
        assert_eq!((call.child, call.status()), (Some(7), CallStatus::Ended));
    }

    #[test]
    fn who_asked_first_has_asked_and_the_shorter_time_counts() {
        let mut call = call();

        call.want_stop("ada", None);
        call.want_stop("bob", Some(0));
        call.want_stop("eve", Some(10_000));

        assert_eq!(call.stop, Some(("ada".to_owned(), 0)));
    }
}
