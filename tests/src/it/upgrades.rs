//! New versions of the agent on hosts that work: nothing is lost, and what is bad stops at the first one.

use std::cell::Cell;

use pulse_tests::{
    Ledger, World,
    eventually::{PATIENCE, eventually_async},
    places,
    releases::{CURRENT, Releases},
    steps,
    world::{Said, jobs_of, step_of},
};
use serde_json::{Value, json};

/// Nothing but the version is new in it.
const GOOD: &str = "0.1.1";
/// Leaves its host with a finding of the doctor.
const ILL: &str = "0.1.2";
/// Does not start.
const BROKEN: &str = "0.1.3";

const INSTALL: &str = "apt-get install -y pulse-agent=$VERSION-1";

/// What the scripts of the releases do to the host: that of one lets everybody change its configuration.
const AFTER: &str =
    "case $1 in 0.1.2) chmod 666 $host/agent.yaml;; *) chmod 600 $host/agent.yaml;; esac";

fn name(number: usize) -> String {
    format!("web-{number}")
}

/// So many hosts on which packages can be installed.
async fn fleet(count: usize) -> World {
    let mut world = World::start().await;
    let releases = Releases::new(world.folder())
        .with(GOOD)
        .with(ILL)
        .with_script(BROKEN, "exit 127");
    let script = releases.package_manager(world.folder(), AFTER);
    let bin = world.stand_in("apt-get", &script);
    let path = format!("{}:{}", bin.display(), places::search_path());
    for number in 1..=count {
        let agent = releases.on(world.new_agent(&name(number)).await);
        let mut agent = agent.with("PATH", &path);
        agent.configure(&json!({}));
        world.add(agent).await;
    }
    world
}

/// `pulsectl fleet upgrade`, as its help shows it.
async fn upgrade(world: &World, version: &str, more: &[&str]) -> Said {
    let rollback = format!("apt-get install -y pulse-agent={CURRENT}-1");
    let mut arguments = vec!["fleet", "upgrade", "--version", version];
    arguments.extend(["--install", INSTALL, "--rollback", &rollback]);
    arguments.extend(["-o", "json"]);
    arguments.extend(more);
    world.ctl(&arguments).await
}

/// The versions of link and executor, and what an operator wants of the worker.
async fn state(world: &World, number: usize) -> [String; 3] {
    let path = format!("/workers/{}", name(number));
    let worker = world.admin().get(&path).await.is(200);
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    [
        text(&worker["version"]),
        text(&worker["capabilities"]["executor_version"]),
        text(&worker["admin_state"]),
    ]
}

async fn states(world: &World, count: usize) -> Vec<[String; 3]> {
    let mut states = Vec::new();
    for number in 1..=count {
        states.push(state(world, number).await);
    }
    states
}

/// A branch for each host, so that one that rests holds up no other.
fn work(count: usize, ledger: &Ledger) -> Value {
    let branch = |number: usize| {
        let step = |part: usize| {
            let needs = match part {
                0 => json!([]),
                part => json!([format!("{}-{}", name(number), part - 1)]),
            };
            json!({"id": format!("{}-{part}", name(number)), "needs": needs,
                "targets": [name(number)], "command": format!("{}; sleep 0.3", ledger.note())})
        };
        (0..3).map(step).collect::<Vec<_>>()
    };
    let steps: Vec<Value> = (1..=count).flat_map(branch).collect();
    json!({"steps": steps})
}

/// Runs one workflow after the other on every host until something is done; gives their executions.
async fn load(world: &World, (count, ledger): (usize, &Ledger), until: &Cell<bool>) -> Vec<Value> {
    let document = work(count, ledger);
    let mut ran = Vec::new();
    while !until.get() {
        ran.push(world.complete(&document).await);
    }
    ran
}

/// Jobs of these executions that did not succeed at their first attempt.
fn harmed(executions: &[Value]) -> Vec<String> {
    let mut harmed = Vec::new();
    for execution in executions {
        for step in execution["steps"].as_array().unwrap() {
            for job in step["jobs"].as_array().unwrap() {
                if job["status"] != "succeeded" || job["attempt"] != 1 {
                    harmed.push(job.to_string());
                }
            }
        }
    }
    harmed
}

#[tokio::test]
async fn an_upgrade_of_six_hosts_that_work_all_the_time_loses_no_step() {
    let world = fleet(6).await;
    let ledger = world.ledger();
    let is_over = Cell::new(false);

    let rolled = async {
        let more = ["--canary", "1", "--canary-runs", "2", "--batch", "2"];
        let said = upgrade(&world, GOOD, &more).await;
        is_over.set(true);
        said
    };
    // Two at a time, so that something is always under way.
    let (said, mut ran, also) = tokio::join!(
        rolled,
        load(&world, (6, &ledger), &is_over),
        load(&world, (6, &ledger), &is_over),
    );

    let rollout: Value = serde_json::from_str(said.is(0)).unwrap();
    assert_eq!(rollout["status"], "completed", "{rollout}");
    ran.extend(also);
    assert!(ran.len() >= 4, "{} executions", ran.len());
    assert_eq!(harmed(&ran), Vec::<String>::new());
    assert_eq!(ledger.twice(), Vec::<String>::new());
    assert_eq!(ledger.lines().len(), ran.len() * 6 * 3);
    assert_eq!(states(&world, 6).await, vec![[GOOD, GOOD, "active"]; 6]);
}

#[tokio::test]
async fn the_example_upgrades_the_agents_and_its_undo_brings_them_back() {
    let world = fleet(3).await;
    let ledger = world.ledger();
    let example = places::read("examples/rolling-agent-upgrade.yaml");
    // As it is written, but for the patience that a canary deserves.
    assert!(example.contains("for: 5m"), "{example}");
    let file = world.write("upgrade.yaml", &example.replace("for: 5m", "for: 1s"));
    let (version, previous) = (format!("version={GOOD}"), format!("previous={CURRENT}"));
    let file = file.to_str().unwrap();
    let arguments = [
        "run", "-f", file, "-p", &version, "-p", &previous, "-o", "json",
    ];
    let is_over = Cell::new(false);

    let rolled = async {
        let said = world.ctl(&arguments).await;
        let upgraded = states(&world, 3).await;
        let rollout: Value = serde_json::from_str(said.is(0)).unwrap();
        let number = rollout["number"].to_string();
        world
            .ctl(&["fleet", "rollout", "undo", &number])
            .await
            .is(0);
        is_over.set(true);
        upgraded
    };
    let (upgraded, ran) = tokio::join!(rolled, load(&world, (3, &ledger), &is_over));

    assert_eq!(upgraded, vec![[GOOD, GOOD, "active"]; 3]);
    assert_eq!(
        states(&world, 3).await,
        vec![[CURRENT, CURRENT, "active"]; 3]
    );
    assert_eq!(harmed(&ran), Vec::<String>::new());
}

/// What is left of an upgrade that failed: the number of its execution and what failed on the first host.
async fn stopped(world: &World, said: &Said) -> (i64, Value) {
    assert_eq!(said.code, 3, "{} {}", said.stdout, said.stderr);
    let rollout: Value = serde_json::from_str(&said.stdout).unwrap();
    let begun = jobs_of(&rollout, "upgrade/drain");
    let begun: Vec<_> = begun.iter().map(|job| &job["worker"]).collect();
    assert_eq!(begun, ["web-1"], "{rollout}");
    assert_eq!(step_of(&rollout, "upgrade")["reason"], "too_many_failed");
    assert_eq!(state(world, 1).await[2], "held");
    let number = rollout["number"].as_i64().unwrap();
    let steps = rollout["steps"].as_array().unwrap();
    let mut jobs = steps
        .iter()
        .flat_map(|step| step["jobs"].as_array().unwrap());
    let failed = jobs.find(|job| job["status"] != "succeeded").unwrap();
    (number, failed.clone())
}

/// Undoes an upgrade that failed at the first of the hosts, and finds all of them as they were.
async fn is_brought_back(world: &World, (number, hosts): (i64, usize)) {
    let number = number.to_string();
    let undone = world.ctl(&["fleet", "rollout", "undo", &number]).await;

    undone.is(0);
    let before = vec![[CURRENT, CURRENT, "active"]; hosts];
    assert_eq!(states(world, hosts).await, before);
    let ran = world.complete(&steps::one("true", &["all"])).await;
    assert_eq!(ran["status"], "completed", "{ran}");
}

#[tokio::test]
async fn an_upgrade_whose_canary_fails_its_doctor_stops_there_and_is_undone() {
    let world = fleet(6).await;
    let ledger = world.ledger();
    let is_over = Cell::new(false);

    let rolled = async {
        let said = upgrade(&world, ILL, &["--canary", "1", "--batch", "5"]).await;
        let (number, failed) = stopped(&world, &said).await;
        // The bad one is at work where it is, and nowhere else.
        assert_eq!(state(&world, 1).await[..2], [ILL, ILL]);
        let others = states(&world, 6).await.split_off(1);
        assert_eq!(others, vec![[CURRENT, CURRENT, "active"]; 5]);
        is_brought_back(&world, (number, 6)).await;
        is_over.set(true);
        failed
    };
    let (failed, ran) = tokio::join!(rolled, load(&world, (6, &ledger), &is_over));

    assert_eq!(failed["exit_code"], 3, "{failed}");
    let said = String::from_utf8(world.output(&failed).await).unwrap();
    assert!(said.contains("others may change"), "{said}");
    assert_eq!(harmed(&ran), Vec::<String>::new());
}

#[tokio::test]
async fn a_program_that_does_not_start_takes_nobodys_place_and_is_undone() {
    let world = fleet(2).await;

    let said = upgrade(&world, BROKEN, &[]).await;

    let (number, failed) = stopped(&world, &said).await;
    assert_eq!(failed["reason"], "restart_refused", "{failed}");
    let why =
        "web-1 goes on as it is: the installed program fails to say its version: exit status: 127";
    assert_eq!(failed["detail"], why);
    is_brought_back(&world, (number, 2)).await;
}

#[tokio::test]
async fn a_command_that_finds_fault_with_a_changed_host_stops_the_upgrade() {
    let world = fleet(2).await;

    let said = upgrade(&world, GOOD, &["--health", "exit 4"]).await;

    let (number, failed) = stopped(&world, &said).await;
    assert_eq!(failed["exit_code"], 4, "{failed}");
    is_brought_back(&world, (number, 2)).await;
}

#[tokio::test]
async fn an_agent_that_comes_back_as_something_else_stops_the_upgrade_at_once() {
    let world = fleet(2).await;

    let install = format!("apt-get install -y pulse-agent={GOOD}-1");
    let arguments = [
        "fleet",
        "upgrade",
        "--version",
        "0.1.9",
        "--install",
        &install,
        "-o",
        "json",
    ];
    let said = world.ctl(&arguments).await;

    let (_, failed) = stopped(&world, &said).await;
    assert_eq!(failed["reason"], "other_version", "{failed}");
}

#[tokio::test]
async fn an_executor_gives_way_to_the_new_program_once_its_steps_have_ended() {
    let world = fleet(1).await;
    let gate = world.folder().join("gate");
    let command = format!("until test -e '{}'; do sleep 0.05; done", gate.display());
    let busy = world.run(&steps::one(&command, &["all"])).await;
    world.step_is(busy, "only", "running").await;
    let install = json!({"id": "install", "command": INSTALL, "env": {"VERSION": GOOD}});
    let restart = json!({"id": "restart", "agent": "restart", "version": GOOD});
    let number = world
        .run(&json!({"targets": ["all"], "steps": [install, restart]}))
        .await;
    world.step_is(number, "restart", "running").await;
    eventually_async("the new link", PATIENCE, async || {
        let seen = state(&world, 1).await;
        let is_so = seen == [GOOD, CURRENT, "active"];
        is_so.then_some(()).ok_or_else(|| seen.join(" "))
    })
    .await;
    let while_busy = world.execution(number).await;

    std::fs::write(&gate, "").unwrap();

    assert_eq!(step_of(&while_busy, "restart")["status"], "running");
    let restarted = world.ended(number).await;
    assert_eq!(restarted["status"], "completed", "{restarted}");
    assert_eq!(world.ended(busy).await["status"], "completed");
    assert_eq!(state(&world, 1).await, [GOOD, GOOD, "active"]);
}
