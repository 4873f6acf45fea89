use pulse_api::ExecutionId;
use pulse_workflow::Source;

use super::*;
use crate::model::step::{JobCounts, StepRecord};

fn attempt(status: JobStatus) -> Attempt {
    Attempt {
        status,
        was_offered: false,
        was_restart: false,
        has_started: false,
    }
}

fn job(step: &str, attempt: Attempt) -> Past {
    Past::new((JobId::new(), WorkerId::new()), step.to_owned(), attempt)
}

fn unbegun(step: &str) -> Past {
    job(step, attempt(JobStatus::Cancelled))
}

fn ran(step: &str, status: JobStatus) -> Past {
    let was_offered = true;
    let attempt = attempt(status);
    job(
        step,
        Attempt {
            was_offered,
            ..attempt
        },
    )
}

fn row((path, kind): (&str, StepKind), status: StepStatus, reason: Option<&str>) -> Step {
    Step::from(StepRecord {
        execution: ExecutionId::new(),
        path: path.to_owned(),
        index: 0,
        id: path.to_owned(),
        name: path.to_owned(),
        kind,
        status,
        reason: reason.map(str::to_owned),
        response: None,
        fields: serde_json::Map::new(),
        ended_order: None,
        jobs: JobCounts::default(),
        due_at: None,
    })
}

#[test]
fn what_may_have_run_is_said_of_each_attempt() {
    let plain = attempt;
    let offered = |status| Attempt {
        was_offered: true,
        ..attempt(status)
    };
    let restart = |status| Attempt {
        was_restart: true,
        ..attempt(status)
    };
    let started = |status| Attempt {
        has_started: true,
        ..attempt(status)
    };
    for (attempt, may_have_run) in [
        (plain(JobStatus::Cancelled), false),
        (plain(JobStatus::Failed), false),
        (plain(JobStatus::TimedOut), false),
        (plain(JobStatus::Lost), true),
        (plain(JobStatus::Succeeded), true),
        (offered(JobStatus::Cancelled), true),
        (offered(JobStatus::Failed), true),
        (restart(JobStatus::Cancelled), true),
        (started(JobStatus::Failed), true),
    ] {
        assert_eq!(attempt.may_have_run(), may_have_run, "{attempt:?}");
    }
}

#[test]
fn a_job_has_run_where_one_of_its_attempts_may_have() {
    let mut job = ran("a", JobStatus::Failed);

    job.add(attempt(JobStatus::Cancelled));

    assert!(!Again::Unstarted.takes(&job));
    assert!(Again::UnstartedAndFailed.takes(&job));
}

#[test]
fn a_step_is_over_where_nothing_of_it_is_left() {
    use JobStatus::{Failed as JobFailed, Succeeded as JobSucceeded};
    use Standing::{Bad, Behind, Half, Left, Over, Passed};
    use StepStatus::{Cancelled, Failed, Skipped, Succeeded};
    let (well, bad, unbegun) = (ran("a", JobSucceeded), ran("a", JobFailed), unbegun("a"));
    let (well, bad, unbegun) = (&well, &bad, &unbegun);
    // What it came to, its jobs; how far it has come, and how far where failures run again too.
    for (status, reason, jobs, plain, with_failed) in [
        (Succeeded, None, vec![well], Over, Over),
        (Failed, None, vec![bad], Bad, Left),
        (Failed, None, vec![well, bad], Bad, Half),
        (Failed, None, vec![unbegun], Left, Left),
        (Failed, None, vec![well, unbegun], Half, Half),
        (Failed, None, vec![bad, unbegun], Half, Left),
        (Failed, Some("no_targets"), vec![], Left, Left),
        (Cancelled, None, vec![], Left, Left),
        (Cancelled, None, vec![well, unbegun], Half, Half),
        (Cancelled, None, vec![bad], Bad, Left),
        (Skipped, Some("condition_false"), vec![], Passed, Passed),
        (Skipped, Some("upstream_failed"), vec![], Behind, Behind),
    ] {
        let row = row(("a", StepKind::Execute), status, reason);
        let what = format!("{status} {reason:?} {jobs:?}");
        assert_eq!(
            of_step(&row, &jobs, (false, Again::Unstarted)),
            plain,
            "{what}"
        );
        let again = (false, Again::UnstartedAndFailed);
        assert_eq!(of_step(&row, &jobs, again), with_failed, "{what}");
    }
}

#[test]
fn a_failure_that_is_tolerated_is_over_once_it_ran() {
    let (bad, unbegun) = (ran("a", JobStatus::Failed), unbegun("a"));
    let execute = ("a", StepKind::Execute);
    let tolerated = (true, Again::Unstarted);
    for (kind, status, jobs, standing) in [
        (execute, StepStatus::Failed, vec![&bad], Standing::Over),
        (execute, StepStatus::Failed, vec![&unbegun], Standing::Left),
        (
            execute,
            StepStatus::Failed,
            vec![&bad, &unbegun],
            Standing::Half,
        ),
        (execute, StepStatus::Failed, vec![], Standing::Left),
        (execute, StepStatus::Cancelled, vec![&bad], Standing::Bad),
        (
            ("a", StepKind::Prompt),
            StepStatus::Failed,
            vec![],
            Standing::Over,
        ),
        (
            ("a", StepKind::Wait),
            StepStatus::Cancelled,
            vec![],
            Standing::Left,
        ),
    ] {
        let row = row(kind, status, None);
        assert_eq!(
            of_step(&row, &jobs, tolerated),
            standing,
            "{kind:?} {jobs:?}"
        );
    }
}

#[test]
fn a_group_follows_from_its_steps() {
    use Standing::{Bad, Behind, Half, Left, Over, Passed};
    use StepStatus::{Cancelled, Failed, Skipped, Succeeded};
    // What it came to, its steps; how far it has come, and how far where its failure is tolerated.
    for (status, inside, plain, tolerated) in [
        (Succeeded, vec![Over, Over], Some(Over), Some(Over)),
        (Succeeded, vec![Over, Passed], Some(Over), Some(Over)),
        (Succeeded, vec![Passed], Some(Over), Some(Over)),
        // Everything in it that was to run is left.
        (Succeeded, vec![Left], Some(Left), Some(Left)),
        (Failed, vec![Left, Behind], Some(Left), Some(Left)),
        (Cancelled, vec![Left, Left], Some(Left), Some(Left)),
        (Cancelled, vec![Passed, Left], Some(Left), Some(Left)),
        // In its middle.
        (Succeeded, vec![Over, Left], None, None),
        (Failed, vec![Over, Left], None, None),
        (Cancelled, vec![Over, Left], None, None),
        (Failed, vec![Bad, Left], None, None),
        (Failed, vec![Half], None, None),
        // It ran, and did not end well.
        (Failed, vec![Over, Bad], Some(Bad), Some(Over)),
        (Failed, vec![Bad, Behind], Some(Bad), Some(Over)),
        (Cancelled, vec![Over, Bad], Some(Bad), Some(Bad)),
        (Skipped, vec![Passed], Some(Passed), Some(Passed)),
    ] {
        let reason = (status == Skipped).then_some("condition_false");
        let row = row(("g", StepKind::Group), status, reason);
        let what = format!("{status} {inside:?}");
        assert_eq!(of_group(&row, (&inside, false)), plain, "{what}");
        assert_eq!(of_group(&row, (&inside, true)), tolerated, "{what}");
    }
}

#[test]
fn a_workflow_that_began_and_did_not_end_well_runs_again_only_where_failures_do() {
    use Standing::{Bad, Left, Over};
    use StepStatus::{Cancelled, Failed, Succeeded};
    for (status, has_begun, plain, tolerated, with_failed) in [
        (Succeeded, false, Over, Over, Over),
        (Failed, true, Bad, Over, Left),
        (Cancelled, true, Bad, Bad, Left),
        (Failed, false, Left, Left, Left),
        (Cancelled, false, Left, Left, Left),
    ] {
        let row = row(("w", StepKind::Workflow), status, None);
        let of = |tolerated, again| of_call(&row, (has_begun, tolerated), again);
        assert_eq!(of(false, Again::Unstarted), plain, "{status} {has_begun}");
        assert_eq!(
            of(true, Again::Unstarted),
            tolerated,
            "{status} {has_begun}"
        );
        assert_eq!(
            of(false, Again::UnstartedAndFailed),
            with_failed,
            "{status} {has_begun}"
        );
    }
}

fn workflow(text: &str) -> Workflow {
    pulse_workflow::load(&Source { name: "test", text })
        .unwrap()
        .workflow
}

#[test]
fn a_step_that_was_passed_over_is_looked_at_anew_behind_what_is_left() {
    let workflow = workflow(
        r#"{"steps": [
            {"id": "late", "name": "late", "command": "true", "targets": ["a"], "needs": ["early"], "condition": "false"},
            {"id": "early", "name": "early", "command": "true", "targets": ["a"], "needs": []}]}"#,
    );
    let late = row(
        ("late", StepKind::Execute),
        StepStatus::Skipped,
        Some("condition_false"),
    );
    let early = row(("early", StepKind::Execute), StepStatus::Failed, None);

    let sorted = sort(
        &workflow,
        (&[late, early], &[unbegun("early")], &[]),
        Again::Unstarted,
    );

    assert_eq!(sorted.unwrap().over, HashSet::new());
}
