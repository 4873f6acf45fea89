//! What happens next: the rules of order, conditions, failure, stops and closing lists.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use proptest::prelude::*;
use pulse_workflow::{
    ExecutionFacts, HostFacts, JobStatus, Move, SkipReason, Snapshot, Source, StepFacts, StepPath,
    StepStatus, Stop, Verdict, Workflow, advance, load,
};

fn workflow(text: &str) -> Workflow {
    match load(&Source { name: "x", text }) {
        Ok(loaded) => loaded.workflow,
        Err(faults) => panic!("{}", faults.render("x")),
    }
}

/// An execution in which steps end when the test says so.
struct Run {
    workflow: Workflow,
    snapshot: Snapshot,
    order: u64,
}

impl Run {
    fn new(text: &str) -> Self {
        Self {
            workflow: workflow(text),
            snapshot: Snapshot::default(),
            order: 0,
        }
    }

    /// Applies every move that is possible and says what they were.
    fn advance(&mut self) -> (Vec<String>, Option<Verdict>) {
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

    fn moves(&mut self) -> Vec<String> {
        self.advance().0
    }

    fn end(&mut self, step: &str, status: StepStatus) -> &mut StepFacts {
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

    fn answer(&mut self, step: &str, response: &str) {
        self.end(step, StepStatus::Succeeded).response = Some(response.to_owned());
    }
}

const ASKS: &str = "steps:
- {id: ask, message: ok?, options: [Yes, No]}
- {id: upgrade, command: df, condition: promptResponse === 'Yes'}
- {id: again, message: reboot?, options: [Yes, No]}
- {id: reboot, command: df, condition: promptResponse === 'Yes'}
";

#[test]
fn a_false_condition_skips_the_step_and_the_execution_goes_on() {
    let mut run = Run::new(ASKS);
    assert_eq!(run.moves(), ["ask \"ok?\" of ask"]);

    run.answer("ask", "No");

    assert_eq!(
        run.moves(),
        ["skip (condition_false) upgrade", "ask \"reboot?\" of again"]
    );
    run.answer("again", "Yes");
    assert_eq!(run.moves(), ["run reboot"]);
    run.end("reboot", StepStatus::Succeeded);
    assert_eq!(run.advance(), (vec![], Some(Verdict::Completed)));
}

#[test]
fn a_skipped_step_says_which_values_decided() {
    let mut run = Run::new(ASKS);
    run.moves();
    run.answer("ask", "No");

    let plan = advance(&run.workflow, &run.snapshot);

    let Move::Skip { evidence, .. } = &plan.moves[0] else {
        panic!("{plan:?}")
    };
    let shown = "promptResponse === 'Yes' (promptResponse = \"No\")";
    assert_eq!(evidence.as_deref(), Some(shown));
}

#[test]
fn the_answer_is_the_latest_among_the_ancestors_only() {
    let mut run = Run::new(
        "steps:
- {id: left, message: l, options: [a, b], needs: []}
- {id: right, message: r, options: [a, b], needs: []}
- {id: of-left, command: df, needs: [left], condition: promptResponse === 'a'}
- {id: of-both, command: df, needs: [left, right], condition: promptResponse === 'a'}
- {id: of-none, command: df, needs: [], condition: promptResponse === null}
",
    );
    assert_eq!(
        run.moves(),
        ["ask \"l\" of left", "ask \"r\" of right", "run of-none"]
    );
    run.answer("right", "b");
    run.answer("left", "a");

    assert_eq!(run.moves(), ["run of-left", "run of-both"]);
}

#[test]
fn after_a_failure_only_what_asks_for_it_runs() {
    let mut run = Run::new(
        "steps:
- {id: a, command: df}
- {id: b, command: df}
- {id: repair, command: df, condition: failure()}
- {id: report, command: df, condition: 'always() && steps.a.status === \"failed\"'}
- {id: after, command: df}
",
    );
    run.moves();
    run.end("a", StepStatus::Failed);
    assert_eq!(run.moves(), ["skip (upstream_failed) b", "run repair"]);
    run.end("repair", StepStatus::Succeeded);
    assert_eq!(run.moves(), ["run report"]);
    run.end("report", StepStatus::Succeeded);

    assert_eq!(
        run.advance(),
        (
            vec!["skip (upstream_failed) after".to_owned()],
            Some(Verdict::Failed)
        )
    );
}

#[test]
fn a_tolerated_failure_fails_nothing() {
    let mut run = Run::new(
        "steps:\n- {id: a, command: df, continue_on_error: true}\n- {id: b, command: df}\n",
    );
    run.moves();
    run.end("a", StepStatus::Failed);
    assert_eq!(run.moves(), ["run b"]);
    run.end("b", StepStatus::Succeeded);

    assert_eq!(run.advance().1, Some(Verdict::Completed));
}

#[test]
fn a_condition_that_breaks_fails_the_step_and_is_never_a_skip() {
    let mut run = Run::new(
        "steps:
- {id: a, command: df, condition: steps.b.response.length > 1}
- {id: b, command: df}
",
    );

    let plan = advance(&run.workflow, &run.snapshot);

    let Move::Fail { reason, detail, .. } = &plan.moves[0] else {
        panic!("{plan:?}")
    };
    assert_eq!(*reason, "condition_error");
    assert_eq!(
        detail,
        "`steps.b.response.length > 1`: cannot read `length` of null"
    );
    assert_eq!(
        run.advance(),
        (
            vec![
                "fail (condition_error) a".to_owned(),
                "skip (upstream_failed) b".to_owned()
            ],
            Some(Verdict::Failed)
        )
    );
}

#[test]
fn a_condition_that_gives_no_boolean_fails_the_step() {
    let mut run = Run::new("steps:\n- {id: a, command: df, condition: execution.number}\n");

    assert_eq!(run.moves(), ["fail (condition_error) a"]);
}

#[test]
fn conditions_read_what_jobs_reported() {
    let mut run = Run::new(
        "steps:
- {id: a, command: df}
- {id: b, command: df, condition: 'steps.a.exit_code === 0 && steps.a.outputs.free > 10 && steps.a.hosts[\"web-1\"].status === \"succeeded\" && steps.a.stdout.includes(\"ok\")'}
",
    );
    assert!(run.workflow.reads_stdout());
    run.moves();
    let host = HostFacts {
        status: JobStatus::Succeeded,
        exit_code: Some(0),
        outputs: BTreeMap::from([("free".to_owned(), "25".to_owned())]),
        stdout: Some("all ok\n".to_owned()),
    };
    run.end("a", StepStatus::Succeeded)
        .hosts
        .insert("web-1".to_owned(), host);

    assert_eq!(run.moves(), ["run b"]);
}

const CLOSING: &str = "steps:
- {id: a, command: df}
- {id: b, command: df}
on_failure:
- {id: page, command: df}
finally:
- {id: clean, command: df}
- {id: tell, command: df, condition: cancelled()}
";

#[test]
fn finally_runs_in_order_after_success() {
    let mut run = Run::new(CLOSING);
    run.moves();
    run.end("a", StepStatus::Succeeded);
    run.moves();
    run.end("b", StepStatus::Succeeded);
    assert_eq!(
        run.moves(),
        ["skip (nothing_failed) on_failure/page", "run finally/clean"]
    );
    run.end("finally/clean", StepStatus::Succeeded);

    assert_eq!(
        run.advance(),
        (
            vec!["skip (condition_false) finally/tell".to_owned()],
            Some(Verdict::Completed)
        )
    );
}

#[test]
fn finally_runs_after_failure_and_after_on_failure() {
    let mut run = Run::new(CLOSING);
    run.moves();
    run.end("a", StepStatus::Failed);
    assert_eq!(
        run.moves(),
        ["skip (upstream_failed) b", "run on_failure/page"]
    );
    run.end("on_failure/page", StepStatus::Succeeded);
    assert_eq!(run.moves(), ["run finally/clean"]);
    run.end("finally/clean", StepStatus::Failed);

    assert_eq!(run.advance().1, Some(Verdict::Failed));
}

#[test]
fn a_stop_cancels_what_waits_and_finally_still_runs() {
    for (stop, verdict) in [
        (Stop::Cancelled, Verdict::Cancelled),
        (Stop::TimedOut, Verdict::TimedOut),
    ] {
        let mut run = Run::new(CLOSING);
        run.moves();
        run.snapshot.execution = ExecutionFacts {
            stop: Some(stop),
            ..ExecutionFacts::default()
        };
        assert_eq!(run.moves(), ["cancel b"]);
        run.end("a", StepStatus::Cancelled);
        assert_eq!(run.moves(), ["cancel on_failure/page", "run finally/clean"]);
        run.end("finally/clean", StepStatus::Succeeded);
        assert_eq!(run.moves(), ["run finally/tell"]);
        run.end("finally/tell", StepStatus::Succeeded);
        assert_eq!(run.advance(), (vec![], Some(verdict)));
    }
}

#[test]
fn needs_replace_the_implied_order() {
    let mut run = Run::new(
        "steps:
- {id: a, command: df, needs: [c]}
- {id: b, duration: 5s, needs: []}
- {id: c, command: df, needs: []}
",
    );
    assert_eq!(run.moves(), ["sleep 5000 in b", "run c"]);
    run.end("c", StepStatus::Succeeded);

    assert_eq!(run.moves(), ["run a"]);
}

#[test]
fn the_words_of_skips_are_what_facts_hold() {
    assert_eq!(SkipReason::UpstreamFailed.as_str(), "upstream_failed");
    assert_eq!(SkipReason::ConditionFalse.as_str(), "condition_false");
}

/// A random document: each step may need any step before it in a shuffled order.
fn documents() -> impl Strategy<Value = (String, usize)> {
    let step = (
        prop::collection::vec(0_usize..20, 0..3),
        prop::option::of(prop::sample::select(vec![
            "always()",
            "failure()",
            "cancelled()",
            "success() || failure()",
            "promptResponse === 'b'",
            "1 === 2",
            "promptResponse.length > 0",
        ])),
        any::<bool>(),
        0_u8..4,
        any::<bool>(),
    );
    (prop::collection::vec(step, 1..12), 0_usize..3, 0_usize..3).prop_map(
        |(steps, failing, last)| {
            let count = steps.len();
            let mut text = "steps:\n".to_owned();
            for (at, (needs, condition, tolerated, kind, implicit)) in steps.into_iter().enumerate()
            {
                let what = match kind {
                    0 => "message: m, options: [a, b]",
                    1 => "duration: 1s",
                    _ => "command: df",
                };
                write!(
                    text,
                    "- {{id: s{at}, {what}, continue_on_error: {tolerated}"
                )
                .expect("a String");
                if let Some(condition) = condition {
                    write!(text, ", condition: \"{condition}\"").expect("a String");
                }
                if !implicit || at == 0 {
                    let needs: std::collections::BTreeSet<usize> = needs
                        .into_iter()
                        .filter(|_| at > 0)
                        .map(|need| need % at.max(1))
                        .collect();
                    let needs: Vec<String> = needs.iter().map(|need| format!("s{need}")).collect();
                    write!(text, ", needs: [{}]", needs.join(", ")).expect("a String");
                }
                text += "}\n";
            }
            for (list, length) in [("on_failure", failing), ("finally", last)] {
                if length > 0 {
                    write!(text, "{list}:\n").expect("a String");
                }
                for at in 0..length {
                    write!(text, "- {{id: {list}{at}, command: df}}\n").expect("a String");
                }
            }
            (text, count)
        },
    )
}

proptest! {
    #[test]
    fn every_execution_ends_and_obeys_the_rules(
        (text, _) in documents(),
        outcomes in prop::collection::vec(0_u8..8, 64),
        stop_at in prop::option::of(0_usize..12),
    ) {
        let mut run = Run::new(&text);
        let mut outcomes = outcomes.into_iter().cycle();
        let mut verdict = None;
        for round in 0..200 {
            if Some(round) == stop_at {
                run.snapshot.execution.stop = Some(Stop::Cancelled);
            }
            let (_, found) = run.advance();
            verdict = found;
            if verdict.is_some() {
                break;
            }
            check_order(&run)?;
            let running: Vec<StepPath> = run
                .snapshot
                .steps
                .iter()
                .filter(|(_, facts)| facts.status == StepStatus::Running)
                .map(|(path, _)| path.clone())
                .collect();
            prop_assert!(!running.is_empty(), "stuck:\n{text}\n{:?}", run.snapshot);
            let pick = usize::from(outcomes.next().unwrap()) % running.len();
            let outcome = outcomes.next().unwrap();
            let status = if outcome < 5 { StepStatus::Succeeded } else { StepStatus::Failed };
            let facts = run.end(running[pick].as_str(), status);
            facts.response = (outcome < 5).then(|| if outcome < 3 { "a" } else { "b" }.to_owned());
        }
        check_end(&run, verdict)?;
    }
}

/// Nothing has started before all it needs has ended.
fn check_order(run: &Run) -> Result<(), TestCaseError> {
    let status = |path: &StepPath| {
        run.snapshot
            .steps
            .get(path)
            .map_or(StepStatus::Waiting, |facts| facts.status)
    };
    for step in run.workflow.all_steps() {
        let started = matches!(
            status(&step.path),
            StepStatus::Running | StepStatus::Succeeded
        );
        if started {
            prop_assert!(
                step.needs.iter().all(|need| status(need).is_terminal()),
                "{}",
                step.path
            );
        }
    }
    let closing = run
        .workflow
        .finally
        .iter()
        .any(|step| status(&step.path) != StepStatus::Waiting);
    if closing {
        let ended = run
            .workflow
            .steps
            .iter()
            .all(|step| status(&step.path).is_terminal());
        prop_assert!(ended, "finally has started too early");
    }
    Ok(())
}

/// Every step has ended, `finally` has run, and the verdict agrees with the steps.
fn check_end(run: &Run, verdict: Option<Verdict>) -> Result<(), TestCaseError> {
    let status = |path: &StepPath| run.snapshot.steps.get(path).map(|facts| facts.status);
    for step in run.workflow.all_steps() {
        prop_assert!(
            status(&step.path).is_some_and(StepStatus::is_terminal),
            "{}",
            step.path
        );
    }
    for step in &run.workflow.finally {
        let ran = matches!(
            status(&step.path),
            Some(StepStatus::Succeeded | StepStatus::Failed)
        );
        prop_assert!(ran, "{} never ran", step.path);
    }
    let failed = run
        .workflow
        .all_steps()
        .any(|step| status(&step.path) == Some(StepStatus::Failed) && !step.continue_on_error);
    let wanted = match (run.snapshot.execution.stop, failed) {
        (Some(_), _) => Verdict::Cancelled,
        (None, true) => Verdict::Failed,
        (None, false) => Verdict::Completed,
    };
    prop_assert_eq!(verdict, Some(wanted));
    Ok(())
}
