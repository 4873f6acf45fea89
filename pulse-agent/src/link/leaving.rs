//! When the link may leave, as far as the clock and the executor's load decide it.

use std::time::Duration;

use tokio::time::Instant;

use crate::wire::{DrainMode, Load};

/// How long a result may take to be acknowledged before the link leaves without.
const REPORT_LIMIT: Duration = Duration::from_secs(2);

/// What shall be done now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Step {
    Wait,
    CancelAll,
    Leave,
}

/// Whether and how the link is leaving.
#[derive(Debug, Default)]
pub(crate) struct Leaving {
    is_asked: bool,
    cancel_at: Option<Instant>,
    leave_at: Option<Instant>,
    is_idle: bool,
    unreported: u32,
}

impl Leaving {
    /// Leaves once every step has ended by itself.
    pub(crate) fn drain(&mut self) {
        self.is_asked = true;
    }

    /// Leaves, cancelling what runs after a while. False when this was asked before: then at once.
    pub(crate) fn stop(&mut self, now: Instant, grace: Duration) -> bool {
        let is_first = self.cancel_at.is_none();
        self.is_asked = true;
        self.cancel_at = Some(if is_first { now + grace } else { now });
        is_first
    }

    /// Does not leave after all.
    pub(crate) fn stay(&mut self) {
        *self = Self::default();
    }

    pub(crate) fn is_leaving(&self) -> bool {
        self.is_asked
    }

    /// How many results the server has not acknowledged, as far as is known.
    pub(crate) fn unreported(&self) -> u32 {
        self.unreported
    }

    /// Takes what the executor has in hand.
    pub(crate) fn weigh(&mut self, load: &Load, now: Instant) {
        if !self.is_asked || load.draining != Some(DrainMode::Exit) {
            return;
        }
        self.unreported = load.unreported;
        self.is_idle = load.running + load.queued == 0;
        if !self.is_idle {
            self.leave_at = None;
        } else if load.unreported == 0 || !load.link_online {
            self.leave_at = Some(now);
        } else {
            self.leave_at.get_or_insert(now + REPORT_LIMIT);
        }
    }

    /// When `step` should be asked next.
    pub(crate) fn next_act(&self) -> Option<Instant> {
        [self.cancel_at.filter(|_| !self.is_idle), self.leave_at]
            .into_iter()
            .flatten()
            .min()
    }

    /// What shall be done; a cancellation is asked for once.
    pub(crate) fn step(&mut self, now: Instant) -> Step {
        if self.leave_at.is_some_and(|at| at <= now) {
            return Step::Leave;
        }
        if !self.is_idle && self.cancel_at.is_some_and(|at| at <= now) {
            // Kept, so that another signal still counts as the second.
            self.cancel_at = Some(now + Duration::from_hours(1));
            return Step::CancelAll;
        }
        Step::Wait
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn load(running: u32, unreported: u32) -> Load {
        Load {
            pid: 1,
            slots: 5,
            running,
            queued: 0,
            unreported,
            renewing: false,
            draining: Some(DrainMode::Exit),
            link_online: true,
            held: Vec::new(),
            counted: crate::wire::Counted::default(),
            sandbox: serde_json::Value::Null,
            heeded: 1,
        }
    }

    #[test]
    fn a_drain_waits_for_steps_and_for_their_acknowledgement() {
        let (mut leaving, now) = (Leaving::default(), Instant::now());
        leaving.drain();

        leaving.weigh(&load(1, 0), now);
        assert_eq!(leaving.step(now), Step::Wait);
        leaving.weigh(&load(0, 1), now);
        assert_eq!(leaving.step(now), Step::Wait);
        leaving.weigh(&load(0, 0), now);

        assert_eq!(leaving.step(now), Step::Leave);
    }

    #[test]
    fn without_a_server_no_acknowledgement_is_waited_for() {
        let (mut leaving, now) = (Leaving::default(), Instant::now());
        leaving.drain();

        let away = Load {
            link_online: false,
            ..load(0, 3)
        };
        leaving.weigh(&away, now);

        assert_eq!(leaving.step(now), Step::Leave);
        assert_eq!(leaving.unreported(), 3);
    }

    #[test]
    fn an_executor_that_is_only_held_lets_nobody_leave() {
        let (mut leaving, now) = (Leaving::default(), Instant::now());
        leaving.drain();

        let held = Load {
            draining: Some(DrainMode::Hold),
            ..load(0, 0)
        };
        leaving.weigh(&held, now);

        assert_eq!(leaving.step(now), Step::Wait);
    }

    #[test]
    fn a_stop_cancels_after_its_grace_and_a_second_one_at_once() {
        let (mut leaving, now) = (Leaving::default(), Instant::now());
        assert!(leaving.stop(now, Duration::from_secs(15)));
        leaving.weigh(&load(1, 0), now);
        assert_eq!(leaving.step(now), Step::Wait);

        assert!(!leaving.stop(now, Duration::from_secs(15)));

        assert_eq!(leaving.step(now), Step::CancelAll);
        assert_eq!(leaving.step(now), Step::Wait);
    }
}
