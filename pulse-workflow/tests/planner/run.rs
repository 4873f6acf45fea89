//! An execution in which steps end when the test says so.

use pulse_workflow::{
    Move, Snapshot, Source, StepFacts, StepStatus, Verdict, Workflow, advance, load,
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
    order: u64,
}

impl Run {
    pub(crate) fn new(text: &str) -> Self {
        Self {
            workflow: workflow(text),
            snapshot: Snapshot::default(),
            order: 0,
        }
    }

    /// Applies every move that is possible and says what they were.
    pub(crate) fn advance(&mut self) -> (Vec<String>, Option<Verdict>) {
        let plan = advance(&self.workflow, &self.snapshot);
        let mut shown = Vec::new();
        for next in &plan.moves {
            let step = next.step().clone();
            let facts = self.snapshot.steps.entry(step.clone()).or_default();
            assert_eq!(facts.status, StepStatus::Waiting, "{step} is moved twice");
            let (status, reason, word) = match next {
                Move::Run { .. } => (StepStatus::Running, None, "run".to_owned()),
                Move::Ask { prompt, .. } => (
                    StepStatus::Running,
                    None,
                    format!("ask {:?} of", prompt.message),
                ),
                Move::Sleep { duration_ms, .. } => {
                    (StepStatus::Running, None, format!("sleep {duration_ms} in"))
                }
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
            facts.status = status;
            facts.reason = reason.map(str::to_owned);
            shown.push(format!("{word} {step}"));
        }
        let again = advance(&self.workflow, &self.snapshot);
        assert_eq!(again.moves, [], "a second call moves nothing");
        assert_eq!(again.verdict, plan.verdict);
        (shown, plan.verdict)
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
}
