//! Hosts that are cut off: what may be repeated is ended in time, everything else goes on.

use std::collections::BTreeMap;

use pulse_tests::{World, eventually::PATIENCE, skip, steps, world::jobs_of};
use rustix::process::Signal;
use serde_json::json;

/// Two minutes are six tenths of a second here, six minutes are two seconds.
const QUICK: [(&str, &str); 3] = [
    ("PULSE__WORKERS__HEARTBEAT_INTERVAL_MS", "150"),
    ("PULSE__WORKERS__UNREACHABLE_AFTER_MS", "600"),
    ("PULSE__WORKERS__OFFLINE_AFTER_MS", "2000"),
];

/// Notes the attempt and the boot clock every so often, for as long as a first attempt lives.
fn pulse(world: &World) -> String {
    let ledger = world.ledger();
    let note = format!(
        "echo $PULSE_ATTEMPT $(cut -d' ' -f1 /proc/uptime) >> '{}'",
        ledger.path().display()
    );
    format!("{note}; while [ \"$PULSE_ATTEMPT\" = 1 ]; do {note}; sleep 0.03; done")
}

/// When each attempt was first and last alive, in hundredths of a second of the boot clock.
fn lives(world: &World) -> BTreeMap<u32, (u64, u64)> {
    let text = std::fs::read_to_string(world.folder().join("ledger")).unwrap();
    let mut lives = BTreeMap::new();
    for line in text.lines() {
        let (attempt, at) = line.split_once(' ').unwrap();
        let (attempt, at) = (attempt.parse().unwrap(), hundredths(at));
        let life = lives.entry(attempt).or_insert((at, at));
        life.1 = at;
    }
    lives
}

#[tokio::test]
async fn what_may_be_repeated_is_ended_before_its_worker_is_offline() {
    let mut world = World::with(&QUICK).await;
    world.add_agent("web-1").await;
    let mut step = steps::execute("again", &pulse(&world));
    step["retry"] = json!({"max": 1, "delay": 0, "for": ["lost"]});
    let number = world.run(&json!({"steps": [step]})).await;
    world.step_is(number, "again", "running").await;

    // The link is frozen: only the executor can do it.
    world.agent("web-1").signal(Signal::STOP);
    world.has_status("web-1", "offline").await;
    let at_offline = uptime();
    let first = lives(&world)[&1];
    world.agent("web-1").signal(Signal::CONT);
    let execution = world.ended(number).await;

    assert!(
        first.1 < at_offline,
        "alive at {}, offline at {at_offline}",
        first.1
    );
    assert_eq!(execution["status"], "completed", "{execution}");
    assert_eq!(jobs_of(&execution, "again").last().unwrap()["attempt"], 2);
    let lives = lives(&world);
    assert!(lives[&1].1 < lives[&2].0, "{lives:?}");
    assert_eq!(lives[&1].1, first.1, "the first attempt came back to life");
}

#[tokio::test]
async fn it_is_ended_also_when_the_link_is_dead() {
    let mut world = World::with(&QUICK).await;
    world.add_agent("web-1").await;
    let mut step = steps::execute("again", &pulse(&world));
    step["retry"] = json!({"max": 1, "delay": 0, "for": ["lost"]});
    let number = world.run(&json!({"steps": [step]})).await;
    world.step_is(number, "again", "running").await;

    world.agent("web-1").kill_link();
    world.has_status("web-1", "offline").await;
    let at_offline = uptime();
    world.agent("web-1").start();
    let execution = world.ended(number).await;

    let lives = lives(&world);
    assert!(lives[&1].1 < at_offline, "{lives:?} {at_offline}");
    assert_eq!(execution["status"], "completed", "{execution}");
}

/// Lets the first attempt leave something behind that notes the boot clock, and that neither its
/// session nor its environment betrays.
fn hidden_pulse(world: &World) -> String {
    let ledger = world.ledger();
    let path = ledger.path().display();
    let clock = "$(cut -d\" \" -f1 /proc/uptime)";
    format!(
        "if [ $PULSE_ATTEMPT = 1 ]; then \
         setsid -f env -i sh -c 'while true; do echo 1 {clock} >> {path}; sleep 0.03; done' \
         > /dev/null 2>&1; sleep 60; else echo 2 {clock} >> {path}; fi"
    )
}

#[tokio::test]
async fn what_an_attempt_hides_is_ended_before_the_next_attempt_begins() {
    let mut world = World::with(&QUICK).await;
    world.add_agent("web-1").await;
    let view = world.admin().get("/workers/web-1").await.is(200);
    if view["capabilities"]["sandbox"]["containment"] != true {
        skip("this host has no control groups of version 2 that the agent may use");
        return;
    }
    let mut step = steps::execute("again", &hidden_pulse(&world));
    step["retry"] = json!({"max": 1, "delay": 0, "for": ["lost"]});
    let number = world.run(&json!({"steps": [step]})).await;
    let ledger = world.folder().join("ledger");
    pulse_tests::eventually("a sign of life", PATIENCE, || {
        (!std::fs::read(&ledger).unwrap().is_empty()).then_some(())
    });

    world.agent("web-1").kill_executor();
    let execution = world.ended(number).await;

    assert_eq!(execution["status"], "completed", "{execution}");
    let lives = lives(&world);
    assert!(lives[&1].1 < lives[&2].0, "{lives:?}");
}

#[tokio::test]
async fn what_runs_once_goes_on_while_its_host_is_cut_off() {
    let mut world = World::with(&QUICK).await;
    world.add_agent("web-1").await;
    let done = world.folder().join("done");
    let command = format!("sleep 3; echo through > {}", done.display());
    let number = world.run(&steps::one(&command, &["web-1"])).await;
    world.step_is(number, "only", "running").await;

    world.agent("web-1").kill_link();
    world.has_status("web-1", "offline").await;
    let execution = world.ended(number).await;
    pulse_tests::eventually("the end of the step", PATIENCE, || {
        done.exists().then_some(())
    });
    world.agent("web-1").start();
    world.is_online("web-1").await;

    let job = jobs_of(&execution, "only").remove(0);
    assert_eq!(
        (&job["status"], &job["attempt"]),
        (&json!("lost"), &json!(1))
    );
    let id = job["id"].as_str().unwrap();
    let late =
        format!("select late_exit::text from jobs where id = '{id}' and late_at is not null");
    pulse_tests::eventually_async("the late result", PATIENCE, async || {
        let found = world.database.ask(&late).await;
        if found == ["0"] {
            Ok(())
        } else {
            Err(format!("{found:?}"))
        }
    })
    .await;
}

fn uptime() -> u64 {
    let text = std::fs::read_to_string("/proc/uptime").unwrap();
    hundredths(text.split(' ').next().unwrap())
}

/// The kernel gives seconds with two digits after the point.
fn hundredths(seconds: &str) -> u64 {
    seconds.replace('.', "").parse().unwrap()
}
