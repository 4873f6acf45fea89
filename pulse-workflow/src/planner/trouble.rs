//! What speaks against a rollout going on, and what becomes of it then.

use super::rollout::{Rolling, Tally, count};
use super::{Asked, Move, PromptSpec, Rest, RolloutFacts, SkipReason, StepStatus};
use crate::model::{Action, OnExceed, Rollout, question};

/// What speaks against going on.
pub(super) struct Trouble {
    reason: &'static str,
    why: String,
}

/// What becomes of a rollout that is in trouble.
enum Then {
    Stop,
    RollBack,
    Ask,
    /// Somebody is asked already.
    Wait,
}

impl Rolling<'_> {
    /// What speaks against going on, beside what a person has let pass.
    pub(super) fn trouble(
        &self,
        (rollout, facts): (&Rollout, &RolloutFacts),
        tally: &Tally<'_>,
    ) -> Option<Trouble> {
        if self.undoes() {
            return None;
        }
        let passed = self.let_pass(facts);
        let is_new = |host: &str| passed.is_none_or(|asked| !asked.hosts.contains(host));
        let is_new_rest = passed.is_none_or(|asked| asked.unhealthy != Some(facts.batch));
        let unwell = tally.unwell.iter().filter(|(_, host)| is_new(host));
        let unwell: Vec<String> = unwell
            .map(|(check, host)| format!("{} failed on {host}", check.id))
            .collect();
        let failed: Vec<&str> = tally
            .failed
            .iter()
            .copied()
            .filter(|host| is_new(host))
            .collect();
        let unhealthy = match &facts.rest {
            Rest::Unhealthy(why) if is_new_rest => Some(why.clone()),
            Rest::Unhealthy(_) | Rest::No | Rest::Resting | Rest::Over => {
                (!unwell.is_empty()).then(|| unwell.join(", "))
            }
        };
        if let Some(why) = unhealthy {
            let reason = "unhealthy";
            return Some(Trouble { reason, why });
        }
        let is_tolerated = rollout.tolerates(count(failed.len()), count(facts.hosts.len()));
        (!is_tolerated).then(|| Trouble {
            reason: "too_many_failed",
            why: failed.join(", "),
        })
    }

    /// What a person was asked about and answered with going on.
    fn let_pass<'f>(&self, facts: &'f RolloutFacts) -> Option<&'f Asked> {
        let answer = self.standing.response(&question::path(&self.owner.path));
        facts
            .asked
            .as_ref()
            .filter(|_| answer == Some(question::CONTINUE))
    }

    /// Ends a rollout that goes no further, and asks for its hosts back where that is wished; or asks
    /// a person first.
    pub(super) fn give_up(
        &self,
        (rollout, facts): (&Rollout, &RolloutFacts),
        (tally, begun): (&Tally<'_>, usize),
        trouble: Trouble,
    ) -> Vec<Move> {
        let total = facts.hosts.len();
        let (reason, why) = (trouble.reason, trouble.why);
        let mut detail = match total - begun {
            0 => why,
            left => format!("{why}; {left} of {total} hosts were not begun"),
        };
        let mut moves = Vec::new();
        match self.then(rollout) {
            Then::Wait => return moves,
            Then::Ask => return self.ask(tally, &detail),
            Then::Stop => {}
            Then::RollBack => {
                let step = self.owner.path.clone();
                moves.push(Move::RollBack { step });
                detail.push_str(", the others are brought back");
            }
        }
        moves.extend(self.close(StepStatus::Failed, (reason, detail)));
        moves
    }

    /// What the document wants done, or else the person that it wants asked.
    fn then(&self, rollout: &Rollout) -> Then {
        let members = self.workflow.members(self.owner);
        let can_roll_back = members.iter().any(|step| step.rollback().is_some());
        let question = question::path(&self.owner.path);
        match rollout.on_exceed {
            OnExceed::Rollback if can_roll_back => Then::RollBack,
            OnExceed::Stop | OnExceed::Rollback => Then::Stop,
            OnExceed::Prompt => match self.standing.status(&question) {
                StepStatus::Waiting => Then::Ask,
                StepStatus::Ready | StepStatus::Running => Then::Wait,
                StepStatus::Succeeded
                    if self.standing.response(&question) == Some(question::ROLL_BACK) =>
                {
                    Then::RollBack
                }
                StepStatus::Succeeded
                | StepStatus::Failed
                | StepStatus::Skipped
                | StepStatus::Cancelled => Then::Stop,
            },
        }
    }

    fn ask(&self, tally: &Tally<'_>, detail: &str) -> Vec<Move> {
        let Some(step) = self.workflow.step(&question::path(&self.owner.path)) else {
            return Vec::new();
        };
        let Action::Prompt(prompt) = &step.action else {
            return Vec::new();
        };
        let unwell = tally.unwell.iter().map(|(_, host)| *host);
        let hosts = tally.failed.iter().copied().chain(unwell);
        let message = format!(
            "{}: {detail}. {} goes on with the next ones, and stops should too many more fail.",
            self.owner.name,
            question::CONTINUE
        );
        vec![
            Move::Consult {
                step: self.owner.path.clone(),
                hosts: hosts.map(str::to_owned).collect(),
            },
            Move::Ask {
                step: step.path.clone(),
                prompt: PromptSpec {
                    message,
                    options: prompt.options.clone(),
                    timeout_ms: None,
                    default: None,
                    terms: prompt.terms.clone(),
                },
            },
        ]
    }

    /// Ends the question of a rollout that ends without an answer to it.
    pub(super) fn unask(&self, status: StepStatus) -> Option<Move> {
        let step = self
            .workflow
            .step(&question::path(&self.owner.path))?
            .path
            .clone();
        match self.standing.status(&step) {
            StepStatus::Waiting if status != StepStatus::Cancelled => Some(Move::Skip {
                step,
                reason: SkipReason::NothingFailed,
                evidence: None,
            }),
            StepStatus::Waiting | StepStatus::Ready | StepStatus::Running => {
                Some(Move::Cancel { step })
            }
            StepStatus::Succeeded
            | StepStatus::Failed
            | StepStatus::Skipped
            | StepStatus::Cancelled => None,
        }
    }
}
