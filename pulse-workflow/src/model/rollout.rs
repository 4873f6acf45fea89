//! How a change goes over a fleet: a few hosts first, then more, and when it stops.
//!
//! Only what the document says and its arithmetic; what has happened so far is the planner's.

use serde::Serialize;

use super::{Call, Check, StepPath, Trial};
use crate::targets::Host;

/// The `rollout` of a step or a group.
#[derive(Clone, Debug)]
pub struct Rollout {
    /// Never empty; the last one repeats until every host has had its turn.
    pub batches: Vec<Share>,
    /// No batch has more hosts than this.
    pub max_unavailable: Option<u32>,
    pub order: Order,
    /// How long to rest between two batches.
    pub pause_ms: u64,
    /// How many hosts may fail over the whole rollout.
    pub max_fail: Share,
    pub on_exceed: OnExceed,
    /// What must hold, each after its batches.
    pub health: Vec<Health>,
}

/// What becomes of the hosts that have begun when too many fail, or the changed ones are not well.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum OnExceed {
    /// They stay as they are.
    #[default]
    Stop,
    /// They are brought back once the execution has ended, as by an undo.
    Rollback,
    /// A person says what becomes of them, or lets the others follow.
    Prompt,
}

/// A number of hosts, or a part of all of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Share {
    Hosts(u32),
    Percent(u32),
}

/// Which hosts come first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Order {
    #[default]
    Name,
    Reverse,
    LeastLoaded,
}

/// What must hold of the changed hosts before the next batch.
#[derive(Clone, Debug)]
pub struct Health {
    pub after: After,
    /// What is run on each of them, right after its change.
    pub checks: Vec<Check>,
    /// What is run on those of a batch once they are changed, and must end well.
    pub workflow: Option<Box<Call>>,
    /// How long each check, and the workflow, may take.
    pub timeout_ms: Option<u64>,
    /// How long to look at them at least.
    pub watch_ms: u64,
    /// How many jobs of other executions must have ended on them since.
    pub runs: u32,
    /// How long to wait for these.
    pub within_ms: u64,
    /// How many of these may have failed.
    pub max_failures: u32,
    pub new_errors: NewErrors,
}

impl Default for Health {
    fn default() -> Self {
        Self {
            after: After::Each,
            checks: Vec::new(),
            workflow: None,
            timeout_ms: None,
            watch_ms: 0,
            runs: 0,
            within_ms: 30 * 60 * 1_000,
            max_failures: 0,
            new_errors: NewErrors::Refuse,
        }
    }
}

/// After which batches the health is looked at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum After {
    /// After the first, the canary.
    First,
    #[default]
    Each,
}

/// What an error means that nobody had before.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum NewErrors {
    /// The rollout stops.
    #[default]
    Refuse,
    Ignore,
}

impl Share {
    /// How many of so many hosts this is, rounded down.
    pub const fn of(self, total: u32) -> u32 {
        match self {
            Self::Hosts(hosts) => hosts,
            #[expect(
                clippy::cast_possible_truncation,
                reason = "at most `total`, with a percentage of at most 100"
            )]
            Self::Percent(percent) => (total as u64 * percent as u64 / 100) as u32,
        }
    }
}

impl Rollout {
    /// How many hosts each batch has; every batch has at least one.
    pub fn sizes(&self, total: u32) -> Vec<u32> {
        let mut sizes = Vec::new();
        let mut left = total;
        while left > 0 {
            let share = self.batches.get(sizes.len()).or(self.batches.last());
            let most = self.max_unavailable.unwrap_or(left).clamp(1, left);
            let size = share.map_or(most, |share| share.of(total).clamp(1, most));
            sizes.push(size);
            left -= size;
        }
        sizes
    }

    /// Whether the first of these batches is a canary: fewer hosts than those that follow, or the only
    /// ones that are looked at.
    pub fn has_canary(&self, sizes: &[u32]) -> bool {
        let [first, second, ..] = sizes else {
            return false;
        };
        let mut health = self.health.iter();
        first < second || health.any(|health| health.after == After::First)
    }

    /// Puts hosts in the order in which they have their turn.
    pub fn arrange(&self, hosts: &mut [&Host]) {
        match self.order {
            Order::Name => hosts.sort_by(|a, b| (&a.name, &a.id).cmp(&(&b.name, &b.id))),
            Order::Reverse => hosts.sort_by(|a, b| (&b.name, &b.id).cmp(&(&a.name, &a.id))),
            Order::LeastLoaded => hosts.sort_by(|a, b| (a.load, &a.name).cmp(&(b.load, &b.name))),
        }
    }

    /// Whether so many failed hosts are no reason to stop.
    pub const fn tolerates(&self, failed: u32, total: u32) -> bool {
        failed <= self.max_fail.of(total)
    }

    /// Whether this is a check of its health, in the rollout of `owner`.
    pub(crate) fn is_check(&self, owner: &StepPath, path: &StepPath) -> bool {
        let mut checks = self.health.iter().flat_map(|health| &health.checks);
        checks.any(|check| check.path(owner) == *path)
    }

    /// Whether that check is one of the hosts of this batch, counted from 0.
    pub(crate) fn checks(&self, batch: usize, (owner, path): (&StepPath, &StepPath)) -> bool {
        let mut checks = self.looking(batch).flat_map(|health| &health.checks);
        checks.any(|check| check.path(owner) == *path)
    }

    /// What must hold of the changed hosts of this batch, counted from 0.
    pub(crate) fn looking(&self, batch: usize) -> impl Iterator<Item = &Health> {
        let health = self.health.iter();
        health.filter(move |health| health.looks_after(batch))
    }

    /// Whether something is waited for after this batch, counted from 0, with so many hosts left.
    pub fn rests_after(&self, batch: usize, left: usize) -> bool {
        let looks = self.health.iter().any(|health| match health.after {
            After::First => batch == 0 && left > 0,
            After::Each => true,
        });
        looks || (self.pause_ms > 0 && left > 0)
    }
}

/// What has been seen of the changed hosts since they were changed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Seen {
    /// How long the rollout has rested.
    pub rested_ms: u64,
    /// Jobs of other executions that ended there, however they ended.
    pub runs: u64,
    /// Those that ended badly.
    pub failures: u64,
    /// Errors that nobody had before.
    pub new_errors: Vec<String>,
    /// The changed hosts that are there no more.
    pub gone: Vec<String>,
    /// The changed hosts that say nothing, and may be gone.
    pub silent: Vec<String>,
    /// How the workflow stands that looks at the batch.
    pub trial: Trial,
}

/// What follows from what was seen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Judgement {
    /// Not decided yet; look again after so long.
    LookAgain {
        after_ms: u64,
    },
    Well,
    Unwell(String),
}

/// How often changed hosts are looked at.
const LOOK_MS: u64 = 1_000;

impl Rollout {
    /// How long after the beginning of a rest it is looked at first.
    pub fn first_look_ms(&self, batch: usize) -> u64 {
        match self.looking(batch).next() {
            Some(_) => LOOK_MS.min(self.pause_ms.max(1)),
            None => self.pause_ms,
        }
    }

    /// Whether the rest after a batch is over.
    pub fn judge(&self, batch: usize, seen: &Seen) -> Judgement {
        let pause_left = self.pause_ms.saturating_sub(seen.rested_ms);
        let mut looking = self.looking(batch).peekable();
        if looking.peek().is_none() && pause_left > 0 {
            let after_ms = pause_left;
            return Judgement::LookAgain { after_ms };
        }
        let mut soonest = None;
        for health in looking {
            match health.judge(pause_left, seen) {
                Judgement::Well => {}
                Judgement::LookAgain { after_ms } => {
                    soonest = Some(soonest.map_or(after_ms, |soonest: u64| soonest.min(after_ms)));
                }
                unwell @ Judgement::Unwell(_) => return unwell,
            }
        }
        soonest.map_or(Judgement::Well, |after_ms| Judgement::LookAgain {
            after_ms,
        })
    }
}

impl Health {
    /// Whether it holds, as far as it is decided.
    fn judge(&self, pause_left: u64, seen: &Seen) -> Judgement {
        if let Some(why) = self.trouble(seen) {
            return Judgement::Unwell(why);
        }
        if self.workflow.is_some() && seen.trial == Trial::Running {
            return Judgement::LookAgain { after_ms: LOOK_MS };
        }
        let watch_left = self.watch_ms.saturating_sub(seen.rested_ms);
        if seen.runs >= u64::from(self.runs) {
            return match pause_left.max(watch_left) {
                // Silence is not quiet: they speak again, or they are gone.
                0 if !seen.silent.is_empty() => Judgement::LookAgain { after_ms: LOOK_MS },
                0 => Judgement::Well,
                left => Judgement::LookAgain {
                    after_ms: left.min(LOOK_MS),
                },
            };
        }
        if seen.rested_ms >= self.within_ms {
            let (runs, wanted) = (seen.runs, self.runs);
            return Judgement::Unwell(format!("only {runs} of {wanted} runs ended there in time"));
        }
        Judgement::LookAgain { after_ms: LOOK_MS }
    }

    const fn looks_after(&self, batch: usize) -> bool {
        match self.after {
            After::First => batch == 0,
            After::Each => true,
        }
    }

    fn trouble(&self, seen: &Seen) -> Option<String> {
        if !seen.gone.is_empty() {
            return Some(format!("went offline: {}", seen.gone.join(", ")));
        }
        if self.new_errors == NewErrors::Refuse && !seen.new_errors.is_empty() {
            return Some(format!("new errors: {}", seen.new_errors.join(", ")));
        }
        (seen.failures > u64::from(self.max_failures)).then(|| {
            let (failures, runs) = (seen.failures, seen.runs);
            format!("{failures} of {runs} runs on the changed hosts failed")
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rollout(batches: &[Share]) -> Rollout {
        Rollout {
            batches: batches.to_vec(),
            max_unavailable: None,
            order: Order::Name,
            pause_ms: 0,
            max_fail: Share::Percent(10),
            on_exceed: OnExceed::Stop,
            health: Vec::new(),
        }
    }

    #[test]
    fn a_canary_a_quarter_and_the_rest() {
        let rollout = rollout(&[Share::Hosts(1), Share::Percent(25), Share::Percent(100)]);

        assert_eq!(rollout.sizes(12), [1, 3, 8]);
        assert_eq!(rollout.sizes(2), [1, 1]);
        assert_eq!(rollout.sizes(1), [1]);
    }

    #[test]
    fn the_last_batch_repeats_until_every_host_has_had_its_turn() {
        assert_eq!(rollout(&[Share::Hosts(2)]).sizes(5), [2, 2, 1]);
        assert_eq!(rollout(&[Share::Percent(1)]).sizes(3), [1, 1, 1]);
    }

    #[test]
    fn a_canary_is_smaller_than_what_follows_or_all_that_is_looked_at() {
        let canary = |rollout: Rollout, total| rollout.has_canary(&rollout.sizes(total));

        assert!(canary(rollout(&[Share::Hosts(1), Share::Hosts(2)]), 3));
        assert!(!canary(rollout(&[Share::Hosts(2)]), 4));
        assert!(canary(gated("{runs: 1, after: first}"), 2));
        assert!(!canary(gated("{runs: 1, after: first}"), 1));
    }

    #[test]
    fn a_tenth_of_nine_hosts_may_not_fail() {
        assert!(!rollout(&[]).tolerates(1, 9));
        assert!(rollout(&[]).tolerates(1, 10));
    }

    fn gated(health: &str) -> Rollout {
        let text = format!(
            "steps:\n- {{id: s, command: df, targets: [all], rollout: {{health: {health}}}}}\n"
        );
        let source = crate::Source {
            name: "x",
            text: &text,
        };
        let workflow = crate::load(&source).unwrap().workflow;
        workflow.steps[0].rollout().unwrap().clone()
    }

    #[test]
    fn a_canary_is_well_once_enough_runs_have_ended_there() {
        let rollout = gated("{runs: 3, within: 10m, for: 5s}");
        let seen = |runs, rested_ms| Seen {
            rested_ms,
            runs,
            ..Seen::default()
        };

        assert_eq!(
            rollout.judge(0, &seen(2, 6_000)),
            Judgement::LookAgain { after_ms: 1_000 }
        );
        assert_eq!(
            rollout.judge(0, &seen(3, 4_500)),
            Judgement::LookAgain { after_ms: 500 }
        );
        assert_eq!(rollout.judge(0, &seen(3, 5_000)), Judgement::Well);
        let late = rollout.judge(0, &seen(2, 600_000));
        assert_eq!(
            late,
            Judgement::Unwell("only 2 of 3 runs ended there in time".into())
        );
    }

    #[test]
    fn a_canary_that_goes_is_not_well_and_one_that_is_silent_is_not_yet() {
        let rollout = gated("{for: 5s}");
        let seen = Seen {
            rested_ms: 5_000,
            silent: vec!["web-1".into()],
            ..Seen::default()
        };

        assert_eq!(
            rollout.judge(0, &seen),
            Judgement::LookAgain { after_ms: 1_000 }
        );
        let gone = Seen {
            rested_ms: 1,
            gone: seen.silent,
            ..Seen::default()
        };
        let judged = rollout.judge(0, &gone);
        assert_eq!(judged, Judgement::Unwell("went offline: web-1".into()));
    }

    #[test]
    fn the_workflow_that_looks_at_a_batch_is_waited_for_but_for_trouble() {
        let rollout = gated("{workflow: look}");
        let mut seen = Seen {
            trial: Trial::Running,
            rested_ms: 9_000_000,
            ..Seen::default()
        };
        let again = Judgement::LookAgain { after_ms: 1_000 };
        assert_eq!(rollout.judge(0, &seen), again);
        seen.gone.push("web-1".into());
        assert!(matches!(rollout.judge(0, &seen), Judgement::Unwell(_)));
        seen.gone.clear();
        seen.trial = Trial::Passed;

        assert_eq!(rollout.judge(0, &seen), Judgement::Well);
    }

    #[test]
    fn what_is_for_the_canary_alone_stands_beside_what_is_for_each_batch() {
        let rollout = gated("[{after: first, runs: 3}, {workflow: look}]");
        let seen = |runs, trial| Seen {
            runs,
            trial,
            ..Seen::default()
        };
        let again = Judgement::LookAgain { after_ms: 1_000 };

        assert_eq!(rollout.judge(0, &seen(3, Trial::Running)), again);
        assert_eq!(rollout.judge(0, &seen(2, Trial::Passed)), again);
        assert_eq!(rollout.judge(0, &seen(3, Trial::Passed)), Judgement::Well);
        assert_eq!(rollout.judge(1, &seen(0, Trial::Running)), again);
        assert_eq!(rollout.judge(1, &seen(0, Trial::Passed)), Judgement::Well);
    }

    #[test]
    fn a_failure_or_an_error_that_nobody_had_is_not_well() {
        let mut seen = Seen {
            runs: 9,
            failures: 1,
            rested_ms: 9_000_000,
            ..Seen::default()
        };
        assert_eq!(gated("{max_failures: 1}").judge(0, &seen), Judgement::Well);
        assert!(matches!(gated("{}").judge(0, &seen), Judgement::Unwell(_)));
        seen.new_errors.push("exit 3".into());

        let judged = gated("{max_failures: 1}").judge(0, &seen);
        assert_eq!(judged, Judgement::Unwell("new errors: exit 3".into()));
        assert_eq!(
            gated("{max_failures: 1, new_errors: ignore}").judge(0, &seen),
            Judgement::Well
        );
    }
}
