//! An execution in which steps end when the test says so.

use pulse_workflow::{
    Action, Asked, HostFacts, JobStatus, Move, Rest, RolloutFacts, Snapshot, Source, StepFacts,
    StepStatus, Trial, Verdict, Workflow, advance, load,
};

fn workflow(text: &str) -> Workflow {
    match load(&Source { name: "x", text }) {
        Ok(loaded) => loaded.workflow,
        Err(faults) => panic!("{}", faults.render("x")),
    }
}

pub(crate) struct Run {
    pub(crate) workflow: Workflow,
    pub(crate) snapshot: Snapshot,
    /// What every rollout means.
    pub(crate) hosts: Vec<String>,
    order: u64,
}

/// Carries out a move of a rollout that has begun.
fn roll_on(facts: &mut StepFacts, next: &Move) -> String {
    if let Move::RunOn { hosts, step } = next {
        for host in hosts {
            let before = facts.hosts.insert(host.clone(), HostFacts::default());
            assert_eq!(before, None, "{step} ran on {host} before");
        }
        return format!("run on {}:", hosts.join(", "));
    }
    if let Move::RollBack { .. } = next {
        return "roll back".to_owned();
    }
    if let Move::Consult { hosts, .. } = next {
        let rollout = facts.rollout.as_mut().expect("a rollout");
        rollout.asked = Some(Asked {
            unhealthy: matches!(rollout.rest, Rest::Unhealthy(_)).then_some(rollout.batch),
            hosts: hosts.iter().cloned().collect(),
        });
        return format!("consult for {} in", hosts.join(", "));
    }
    let rollout = facts.rollout.as_mut().expect("a rollout");
    if let Move::Rest { trial, .. } = next {
        rollout.rest = Rest::Resting;
        if let Some(Err(why)) = trial {
            rollout.rest = Rest::Unhealthy(why.clone());
        }
        let Some(Ok(call)) = trial else {
            return "rest in".to_owned();
        };
        rollout.trial = Trial::Running;
        return format!("{} and rest in", call.callee);
    }
    rollout.rest = Rest::No;
    rollout.batch += 1;
    "next batch of".to_owned()
}

/// Whether it may be made of a step that has begun.
fn goes_on(next: &Move) -> bool {
    matches!(
        next,
        Move::RunOn { .. }
            | Move::Rest { .. }
            | Move::NextBatch { .. }
            | Move::Consult { .. }
            | Move::RollBack { .. }
            | Move::End { .. }
    )
}

/// Whether the planner has to be asked again with what comes of the move.
fn is_of_rollout(next: &Move) -> bool {
    matches!(
        next,
        Move::Roll { .. }
            | Move::NextBatch { .. }
            | Move::Rest {
                trial: Some(Err(_)),
                ..
            }
    )
}

impl Run {
    pub(crate) fn new(text: &str) -> Self {
        Self {
            workflow: workflow(text),
            snapshot: Snapshot::default(),
            hosts: vec!["a".to_owned(), "b".to_owned(), "c".to_owned()],
            order: 0,
        }
    }

    /// Applies every move that is possible and says what they were.
    pub(crate) fn advance(&mut self) -> (Vec<String>, Option<Verdict>) {
        let plan = advance(&self.workflow, &self.snapshot);
        let mut shown = Vec::new();
        for next in &plan.moves {
            let step = next.step().clone();
            let word = self.carry_out(next);
            shown.push(format!("{word} {step}"));
        }
        let again = advance(&self.workflow, &self.snapshot);
        if plan.moves.iter().any(is_of_rollout) {
            let (more, verdict) = self.advance();
            shown.extend(more);
            return (shown, verdict);
        }
        assert_eq!(again.moves, [], "a second call moves nothing");
        assert_eq!(again.verdict, plan.verdict);
        (shown, plan.verdict)
    }

    /// Does what the server would do, and says it.
    fn carry_out(&mut self, next: &Move) -> String {
        let hosts = self.hosts.clone();
        let step = self.workflow.step(next.step()).expect("a step");
        let rollout = step.rollout();
        let facts = self.snapshot.steps.entry(step.path.clone()).or_default();
        let is_first = facts.status == StepStatus::Waiting;
        let runs = |word: String| (StepStatus::Running, None, word);
        let (status, reason, word) = match next {
            Move::Run { .. } => runs("run".to_owned()),
            Move::Open { .. } => runs("open".to_owned()),
            Move::Roll { .. } => {
                facts.rollout = Some(RolloutFacts {
                    sizes: rollout
                        .expect("a rollout")
                        .sizes(u32::try_from(hosts.len()).expect("a few")),
                    hosts,
                    ..RolloutFacts::default()
                });
                runs("roll".to_owned())
            }
            Move::RunOn { .. }
            | Move::Rest { .. }
            | Move::NextBatch { .. }
            | Move::Consult { .. }
            | Move::RollBack { .. } => runs(roll_on(facts, next)),
            Move::End { status, reason, .. } => {
                (*status, Some(*reason), format!("end ({})", status.as_str()))
            }
            Move::Ask { prompt, .. } => runs(format!("ask {:?} of", prompt.message)),
            Move::Sleep { duration_ms, .. } => runs(format!("sleep {duration_ms} in")),
            Move::Call { call, .. } => runs(format!("call {}", call.callee)),
            Move::Tell { notice, .. } => {
                runs(format!("tell {} \"{}\" by", notice.channel, notice.message))
            }
            Move::Watch { every_ms, .. } => runs(format!("look every {every_ms} at")),
            Move::Skip { reason, .. } => (
                StepStatus::Skipped,
                Some(reason.as_str()),
                format!("skip ({})", reason.as_str()),
            ),
            Move::Fail { reason, .. } => (
                StepStatus::Failed,
                Some(*reason),
                format!("fail ({reason})"),
            ),
            Move::Cancel { .. } => (StepStatus::Cancelled, None, "cancel".to_owned()),
        };
        let is_watched = matches!(step.action, Action::Wait(_));
        let goes_on = is_watched || goes_on(next);
        assert!(is_first || goes_on, "{} is moved twice", step.path);
        facts.status = status;
        facts.reason = reason.map(str::to_owned);
        if let Move::Rest {
            trial: Some(_),
            step,
        } = next
        {
            let stands = format!("{step}/health-workflow").as_str().into();
            self.snapshot.steps.entry(stands).or_default().status = StepStatus::Running;
        }
        word
    }

    pub(crate) fn moves(&mut self) -> Vec<String> {
        self.advance().0
    }

    pub(crate) fn end(&mut self, step: &str, status: StepStatus) -> &mut StepFacts {
        self.order += 1;
        let facts = self
            .snapshot
            .steps
            .get_mut(step)
            .expect("a step that started");
        facts.status = status;
        facts.order = Some(self.order);
        facts
    }

    pub(crate) fn answer(&mut self, step: &str, response: &str) {
        self.end(step, StepStatus::Succeeded).response = Some(response.to_owned());
    }

    /// Ends a job of a rollout.
    pub(crate) fn job(&mut self, step: &str, host: &str, status: JobStatus) {
        let facts = self
            .snapshot
            .steps
            .get_mut(step)
            .expect("a step that started");
        facts.hosts.get_mut(host).expect("a host that began").status = status;
    }

    /// Ends the workflow that looks at a batch of a rollout, and with it the rest.
    pub(crate) fn tried(&mut self, step: &str, (trial, rest): (Trial, Rest)) {
        self.rest(step, rest);
        let facts = self.snapshot.steps.get_mut(step);
        let rollout = facts.and_then(|facts| facts.rollout.as_mut());
        rollout.expect("a rollout").trial = trial;
    }

    pub(crate) fn rest(&mut self, step: &str, rest: Rest) {
        let facts = self
            .snapshot
            .steps
            .get_mut(step)
            .expect("a step that started");
        facts.rollout.as_mut().expect("a rollout").rest = rest;
    }
}
