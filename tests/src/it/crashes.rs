//! Twenty steps on two hosts, while something dies: no step twice, no output lost or doubled.

use std::{fs, time::Duration};

use pulse_tests::{
    Ledger, World, eventually,
    eventually::PATIENCE,
    world::{ended_within, jobs_of, step_of},
};
use serde_json::{Value, json};

const STEPS: usize = 20;
/// The step that waits for the test's word.
const GATE: usize = 10;
/// Recovery included, on a busy machine.
const BOUND: Duration = Duration::from_mins(1);

struct Run {
    number: i64,
    ledger: Ledger,
}

/// Two hosts, and twenty steps on their way.
async fn begin(world: &mut World) -> Run {
    for name in ["web-1", "web-2"] {
        world.add_agent(name).await;
    }
    let ledger = world.ledger();
    let note = ledger.note();
    let gate = world.folder().join("gate");
    let steps: Vec<Value> = (1..=STEPS)
        .map(|number| {
            let wait = if number == GATE {
                format!("while [ ! -e '{}' ]; do sleep 0.05; done", gate.display())
            } else {
                "sleep 0.05".to_owned()
            };
            let command = format!(
                "echo \"$PULSE_STEP begins\"; {note}; {wait}; echo \"$PULSE_STEP ends\" >&2"
            );
            json!({"id": format!("s{number}"), "name": format!("s{number}"), "type": "execute",
                "targets": ["all"], "command": command})
        })
        .collect();
    let number = world.run(&json!({"steps": steps})).await;
    Run { number, ledger }
}

/// Waits until so many attempts have begun.
fn begun(run: &Run, count: usize) {
    eventually(&format!("{count} attempts"), PATIENCE, || {
        (run.ledger.lines().len() >= count).then_some(())
    });
}

/// Waits until both hosts are in the step that waits.
fn at_the_gate(run: &Run) {
    begun(run, GATE * 2);
}

fn open_gate(world: &World) {
    fs::write(world.folder().join("gate"), "").unwrap();
}

/// Everything ran once, and said what it said.
async fn completes(world: &World, run: &Run) {
    let execution = ended_within(&world.admin(), run.number, BOUND).await;
    assert_eq!(execution["status"], "completed", "{execution}");
    assert_eq!(run.ledger.twice(), Vec::<String>::new());
    assert_eq!(run.ledger.lines().len(), STEPS * 2);
    for number in 1..=STEPS {
        let step = format!("s{number}");
        let jobs = jobs_of(&execution, &step);
        assert_eq!(jobs.len(), 2);
        for job in jobs {
            assert_eq!(
                (&job["status"], &job["attempt"]),
                (&json!("succeeded"), &json!(1))
            );
            let output = String::from_utf8(world.output(&job).await).unwrap();
            assert_eq!(output, format!("{step} begins\n{step} ends\n"));
        }
    }
}

#[tokio::test]
async fn a_killed_server_loses_nothing() {
    let mut world = World::start().await;
    let run = begin(&mut world).await;

    begun(&run, 7);
    world.server().kill();
    world.server().start();
    at_the_gate(&run);
    world.server().kill();
    // Both hosts finish while there is no server.
    open_gate(&world);
    world.server().start();

    completes(&world, &run).await;
}

#[tokio::test]
async fn a_killed_link_loses_nothing() {
    let mut world = World::start().await;
    let run = begin(&mut world).await;

    begun(&run, 7);
    world.agent("web-1").kill_link();
    world.agent("web-1").start();
    at_the_gate(&run);
    world.agent("web-1").kill_link();
    world.agent("web-2").kill_link();
    // The steps end while no link is there.
    open_gate(&world);
    world.agent("web-1").start();
    world.agent("web-2").start();

    completes(&world, &run).await;
}

#[tokio::test]
async fn a_crashed_database_loses_nothing() {
    let mut world = World::private(&[]);
    let run = begin(&mut world).await;

    begun(&run, 7);
    world.database.cluster().crash();
    world.database.cluster().up();
    at_the_gate(&run);
    world.database.cluster().crash();
    open_gate(&world);
    world.database.cluster().up();

    completes(&world, &run).await;
}

#[tokio::test]
async fn a_killed_executor_leaves_its_step_lost_and_the_execution_failed() {
    let mut world = World::start().await;
    let run = begin(&mut world).await;

    at_the_gate(&run);
    world.agent("web-1").kill_executor();
    let execution = world.execution(run.number).await;
    assert_ne!(execution["status"], "completed");
    open_gate(&world);

    let execution = ended_within(&world.admin(), run.number, BOUND).await;
    assert_eq!(execution["status"], "failed");
    let jobs = jobs_of(&execution, &format!("s{GATE}"));
    assert_eq!(jobs[0]["status"], "lost", "{jobs:?}");
    assert_eq!(jobs[0]["reason"], "agent_restart");
    assert_eq!(jobs[1]["status"], "succeeded", "{jobs:?}");
    assert_eq!(step_of(&execution, &format!("s{GATE}"))["status"], "failed");
    let next = step_of(&execution, &format!("s{}", GATE + 1));
    assert_eq!(next["jobs"], json!([]));
    assert_eq!(run.ledger.twice(), Vec::<String>::new());
    assert_eq!(run.ledger.lines().len(), GATE * 2);
    // The host is of use again.
    world.is_online("web-1").await;
    let after = world
        .complete(&pulse_tests::steps::one("true", &["web-1"]))
        .await;
    assert_eq!(after["status"], "completed");
}

#[tokio::test]
async fn a_server_that_is_asked_to_stop_loses_nothing() {
    let mut world = World::start().await;
    let run = begin(&mut world).await;

    at_the_gate(&run);
    let status = world.server().stop();
    open_gate(&world);
    world.server().start();

    assert!(status.success(), "{status}");
    completes(&world, &run).await;
}
