//! What becomes of a step that runs another workflow, and the only moves it can make.

use std::collections::BTreeMap;

use pulse_api::{ExecutionId, status::CallStatus};
use pulse_workflow::{CallSpec, Trial};

use super::machine::{Illegal, moves};

moves! { "Call", CallStatus;
    /// The execution of the other workflow has begun.
    Begin = "begin": Wanted => Running;
    /// That execution has ended, or could not begin.
    End = "end": Wanted, Running => Ended;
}

/// Milliseconds between asking and killing where nobody says.
const USUAL_GRACE_MS: u64 = 10_000;

/// That what a step runs is to end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct StopWish {
    /// Who asked first.
    pub(crate) by: String,
    /// Milliseconds between asking and killing: the fewest that somebody gave.
    pub(crate) grace_ms: u64,
    /// How often it was wished, counting what asks for more than before: the first wish, one with
    /// less time, each by force.
    pub(crate) times: u32,
}

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
    /// What those wish who end the execution whose step it is.
    pub(crate) stop: Option<StopWish>,
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

    /// What it says of the batch that it looks at, where it looks at one. What completes has given something,
    /// be it nothing.
    pub(crate) fn trial(&self) -> Trial {
        match (self.status, &self.outputs, &self.stop) {
            (CallStatus::Wanted | CallStatus::Running, _, _) => Trial::Running,
            (CallStatus::Ended, Some(_), _) => Trial::Passed,
            (CallStatus::Ended, None, Some(_)) => Trial::Stopped,
            (CallStatus::Ended, None, None) => Trial::Failed,
        }
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

    /// Wishes so many times that the execution which it became ends; what is wished again only comes
    /// sooner.
    pub(crate) fn want_stop(&mut self, by: &str, (grace_ms, times): (Option<u64>, u32)) {
        let wish = match self.stop.take() {
            None => StopWish {
                by: by.to_owned(),
                grace_ms: grace_ms.unwrap_or(USUAL_GRACE_MS),
                times,
            },
            Some(before) => {
                let is_more = grace_ms.is_some_and(|ms| ms == 0 || ms < before.grace_ms);
                StopWish {
                    grace_ms: before.grace_ms.min(grace_ms.unwrap_or(before.grace_ms)),
                    times: before.times + if is_more { times } else { 0 },
                    ..before
                }
            }
        };
        self.stop = Some(wish);
        self.touched = true;
    }

    /// Ends it, or has what it became ended, because nothing depends on it any more.
    pub(crate) fn give_up(&mut self, by: &str) -> Result<(), Illegal> {
        match self.status {
            CallStatus::Wanted => self.end()?,
            CallStatus::Running => self.want_stop(by, (None, 1)),
            CallStatus::Ended => {}
        }
        Ok(())
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

        call.want_stop("ada", (None, 1));
        call.want_stop("bob", (Some(0), 1));
        call.want_stop("eve", (Some(10_000), 1));

        let stop = call.stop.unwrap();
        assert_eq!((stop.by.as_str(), stop.grace_ms), ("ada", 0));
    }

    #[test]
    fn what_is_wished_again_counts_where_it_asks_for_more() {
        let mut call = call();
        let mut times = |grace_ms, times| {
            call.want_stop("ada", (grace_ms, times));
            call.stop.as_ref().unwrap().times
        };

        assert_eq!(times(None, 1), 1);
        assert_eq!(times(None, 1), 1);
        assert_eq!(times(Some(20_000), 1), 1);
        assert_eq!(times(Some(5_000), 1), 2);
        assert_eq!(times(Some(0), 1), 3);
        assert_eq!(times(None, 1), 3);
        assert_eq!(times(Some(0), 2), 5);
    }
}
