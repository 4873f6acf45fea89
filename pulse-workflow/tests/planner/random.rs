//! Random documents with random outcomes: what holds for every execution.

use std::fmt::Write as _;

use proptest::prelude::*;
use pulse_workflow::{Action, JobStatus, Rest, StepPath, StepStatus, Stop, Trial, Verdict};

use crate::run::Run;

/// What a random step does.
fn what(kind: u8) -> &'static str {
    match kind {
        0 => "message: m, options: [a, b]",
        1 => "duration: 1s",
        5 => "until: \"promptResponse !== 'a'\", every: 1s",
        2 => {
            "steps: [{id: x, command: df}, {id: y, command: df, continue_on_error: true}, \
             {id: z, needs: [], message: m, options: [a, b]}]"
        }
        _ => "command: df",
    }
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
        0_u8..6,
        any::<bool>(),
    );
    (prop::collection::vec(step, 1..12), 0_usize..3, 0_usize..3).prop_map(
        |(steps, failing, last)| {
            let count = steps.len();
            let mut text = "steps:\n".to_owned();
            for (at, (needs, condition, tolerated, kind, implicit)) in steps.into_iter().enumerate()
            {
                let what = what(kind);
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
                    writeln!(text, "{list}:").expect("a String");
                }
                for at in 0..length {
                    writeln!(text, "- {{id: {list}{at}, command: df}}").expect("a String");
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
                .filter(|(path, _)| {
                    let step = run.workflow.step(path);
                    step.is_some_and(|step| !matches!(step.action, Action::Group(_)))
                })
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

proptest! {
    #[test]
    fn every_rollout_ends_and_touches_no_more_hosts_than_it_may(
        batches in prop::collection::vec(1_u32..4, 1..3),
        hosts in 1_usize..8,
        members in 1_usize..4,
        max_fail in 0_usize..3,
        outcomes in prop::collection::vec(0_u8..10, 64),
    ) {
        let steps: Vec<String> = (0..members).map(|at| format!("  - {{id: m{at}, command: df}}\n")).collect();
        let mut run = Run::new(&format!(
            "targets: [all]\nsteps:\n- id: r\n  rollout: {{batches: {batches:?}, max_fail: {max_fail}}}\n  steps:\n{}",
            steps.concat()
        ));
        run.hosts = (0..hosts).map(|at| format!("h{at}")).collect();
        let mut outcomes = outcomes.into_iter().cycle();
        let mut verdict = None;
        for _ in 0..500 {
            verdict = run.advance().1;
            if verdict.is_some() {
                break;
            }
            let pending = pending(&run);
            prop_assert!(!pending.is_empty(), "stuck: {:?}", run.snapshot);
            let pick = usize::from(outcomes.next().unwrap()) % pending.len();
            let status = if outcomes.next().unwrap() < 8 { JobStatus::Succeeded } else { JobStatus::Lost };
            let (step, host) = &pending[pick];
            run.job(step, host, status);
        }
        check_rollout(&run, (members, max_fail), &batches)?;
        let failed = failed_hosts(&run).len();
        let wanted = if failed > max_fail { Verdict::Failed } else { Verdict::Completed };
        prop_assert_eq!(verdict, Some(wanted));
    }
}

proptest! {
    #[test]
    fn every_rollout_that_a_workflow_looks_at_ends_and_begins_nothing_behind_a_batch_that_is_not_well(
        batches in prop::collection::vec(1_u32..4, 1..3),
        hosts in 1_usize..8,
        max_fail in 0_usize..3,
        outcomes in prop::collection::vec(0_u8..10, 64),
        stop_at in prop::option::of(0_usize..20),
    ) {
        let mut run = Run::new(&format!(
            "targets: [all]\nsteps:\n- id: r\n  rollout: {{batches: {batches:?}, max_fail: {max_fail}, \
             health: {{workflow: look}}}}\n  steps:\n  - {{id: m, command: df}}\n"
        ));
        run.hosts = (0..hosts).map(|at| format!("h{at}")).collect();
        let mut outcomes = outcomes.into_iter().cycle();
        let (mut verdict, mut begun_when_unwell) = (None, None);
        for round in 0..500 {
            if Some(round) == stop_at {
                run.snapshot.execution.stop = Some(Stop::Cancelled);
            }
            verdict = run.advance().1;
            if verdict.is_some() {
                break;
            }
            let outcome = outcomes.next().unwrap();
            let rollout = run.snapshot.steps.get("r").and_then(|facts| facts.rollout.clone());
            let rollout = rollout.expect("it has begun");
            if let Some((step, host)) = pending(&run).first() {
                prop_assert_ne!(rollout.trial, Trial::Running, "a batch is looked at while {} runs", host);
                run.job(step, host, if outcome < 8 { JobStatus::Succeeded } else { JobStatus::Lost });
            } else if rollout.trial == Trial::Running && outcome > 7 {
                begun_when_unwell = Some(jobs(&run).count());
                run.tried("r", (Trial::Failed, Rest::Unhealthy("look failed".to_owned())));
            } else {
                prop_assert_eq!(rollout.rest, Rest::Resting, "stuck: {:?}", run.snapshot);
                let trial = if rollout.trial == Trial::Running { Trial::Passed } else { rollout.trial };
                run.tried("r", (trial, Rest::Over));
            }
        }
        prop_assert!(verdict.is_some(), "{:?}", run.snapshot);
        let is_ended = run.snapshot.steps.values().all(|facts| facts.status.is_terminal());
        prop_assert!(is_ended, "{:?}", run.snapshot);
        if let Some(begun) = begun_when_unwell {
            prop_assert_eq!(jobs(&run).count(), begun);
            prop_assert_ne!(verdict, Some(Verdict::Completed));
        }
    }
}

fn jobs(run: &Run) -> impl Iterator<Item = (String, String, JobStatus)> + '_ {
    run.snapshot.steps.iter().flat_map(|(path, facts)| {
        facts
            .hosts
            .iter()
            .map(|(host, job)| (path.to_string(), host.clone(), job.status))
    })
}

fn pending(run: &Run) -> Vec<(String, String)> {
    jobs(run)
        .filter(|(_, _, status)| *status == JobStatus::Pending)
        .map(|(step, host, _)| (step, host))
        .collect()
}

fn failed_hosts(run: &Run) -> Vec<String> {
    jobs(run)
        .filter(|(_, _, status)| *status == JobStatus::Lost)
        .map(|(_, host, _)| host)
        .collect()
}

/// Each host took every step or failed at its last; those that failed are at most what is tolerated
/// and one more batch.
fn check_rollout(
    run: &Run,
    (members, max_fail): (usize, usize),
    batches: &[u32],
) -> Result<(), TestCaseError> {
    let failed = failed_hosts(run);
    for host in &run.hosts {
        let taken = jobs(run).filter(|(_, other, _)| other == host).count();
        let is_whole = taken == members || taken == 0 || failed.contains(host);
        prop_assert!(is_whole, "{host} took {taken} of {members} steps");
    }
    let largest = batches.iter().max().copied().unwrap_or_default() as usize;
    prop_assert!(failed.len() <= max_fail + largest, "{failed:?}");
    let begun = run
        .hosts
        .iter()
        .filter(|host| jobs(run).any(|(_, other, _)| other == **host));
    if failed.len() <= max_fail {
        prop_assert_eq!(begun.count(), run.hosts.len());
    }
    Ok(())
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
            let group = step.parent.as_ref().map(status);
            prop_assert!(group != Some(StepStatus::Waiting), "{}", step.path);
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
        .filter(|step| step.parent.is_none())
        .any(|step| status(&step.path) == Some(StepStatus::Failed) && !step.continue_on_error);
    let wanted = match (run.snapshot.execution.stop, failed) {
        (Some(_), _) => Verdict::Cancelled,
        (None, true) => Verdict::Failed,
        (None, false) => Verdict::Completed,
    };
    prop_assert_eq!(verdict, Some(wanted));
    Ok(())
}
