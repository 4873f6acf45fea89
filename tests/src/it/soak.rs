//! Work under a storm of faults: whatever dies, nothing runs twice, nothing is made up.

use std::{
    collections::{BTreeMap, HashSet},
    time::{Duration, Instant},
};

use futures_util::future::join_all;
use pulse_tests::{
    Client, World,
    agent::Agent,
    client::try_send,
    eventually::PATIENCE,
    noise::Noise,
    steps,
    world::{ended_within, jobs_of},
};
use reqwest::Method;
use rustix::process::Signal;
use serde_json::{Value, json};

/// How long faults come.
const STORM: Duration = Duration::from_secs(10);
const HOSTS: [&str; 3] = ["web-1", "web-2", "web-3"];

/// Numbers that look random, the same in every run.
struct Dice {
    noise: Noise,
}

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        let mut word = [0; 8];
        self.noise.fill(&mut word);
        u64::from_le_bytes(word) % sides
    }
}

/// Starts executions until the storm is over; each call is repeated with its key until it is
/// answered, so that each key stands for exactly one execution.
async fn load(clients: &[Client], document: &Value, until: Instant) -> BTreeMap<String, i64> {
    let mut started = BTreeMap::new();
    let mut number = 0;
    while Instant::now() < until {
        number += 1;
        let key = format!("storm-{number}");
        let body = json!({"definition": document});
        let answer = pulse_tests::eventually_async("an answer", PATIENCE, async || {
            let mut instead = String::new();
            for client in clients {
                let request = client.request(Method::POST, "/executions");
                let request = request
                    .header("idempotency-key", &key)
                    .timeout(Duration::from_secs(5));
                match try_send(request.json(&body)).await {
                    Ok(answer) if answer.status == 201 => return Ok(answer.json()),
                    Ok(answer) if answer.status == 503 => instead = answer.text(),
                    Ok(answer) => panic!("{}: {}", answer.status, answer.text()),
                    Err(error) => instead = error.to_string(),
                }
            }
            Err(instead)
        })
        .await;
        started.insert(key, answer["number"].as_i64().unwrap());
    }
    started
}

/// One fault, and its repair.
fn strike(world: &mut World, dice: &mut Dice, counts: &mut BTreeMap<&str, u32>) {
    let host = usize::try_from(dice.roll(3)).unwrap();
    let server = usize::try_from(dice.roll(2)).unwrap();
    let kind = match dice.roll(12) {
        0..=2 => "server killed",
        7 => "server frozen",
        8 => "link frozen",
        9 => "executor killed",
        10 if counts.get("database crashed").copied().unwrap_or(0) < 3 => "database crashed",
        _ => "link killed",
    };
    *counts.entry(kind).or_default() += 1;
    match kind {
        "server killed" => {
            world.servers[server].kill();
            world.servers[server].start();
        }
        "server frozen" => freeze(
            |signal| world.servers[server].signal(signal),
            Duration::from_millis(700),
        ),
        "link frozen" => {
            freeze(
                |signal| world.agents[host].signal(signal),
                Duration::from_millis(900),
            );
        }
        "executor killed" => world.agents[host].kill_executor(),
        "database crashed" => {
            world.database.cluster().crash();
            world.database.cluster().up();
        }
        _ => restart_link(&mut world.agents[host]),
    }
}

fn restart_link(agent: &mut Agent) {
    agent.kill_link();
    agent.start();
}

fn freeze(signal: impl Fn(Signal), how_long: Duration) {
    signal(Signal::STOP);
    let until = Instant::now() + how_long;
    pulse_tests::eventually("the thaw", PATIENCE, || {
        (Instant::now() >= until).then_some(())
    });
    signal(Signal::CONT);
}

async fn world() -> World {
    let mut world = World::private(&[("PULSE__JOBS__OFFER_TTL_MS", "1000")]);
    world.add_server(&[("PULSE__JOBS__OFFER_TTL_MS", "1000")]);
    for (number, name) in HOSTS.iter().enumerate() {
        let agent = world
            .new_agent_at(number % 2, name)
            .await
            .with("MAX_CONCURRENT_TASKS", "8");
        world.add(agent).await;
    }
    world
}

/// What the ledger says of one attempt: that it began, and perhaps with which code it ended.
type Attempts = BTreeMap<(String, String), Option<String>>;

fn read(lines: &[String]) -> Attempts {
    let mut attempts = Attempts::new();
    for line in lines {
        let words: Vec<&str> = line.split(' ').collect();
        let name = (words[1].to_owned(), words[2].to_owned());
        match words[0] {
            "begin" => {
                let is_new = attempts.insert(name, None).is_none();
                assert!(is_new, "an attempt began twice: {line}");
            }
            _ => {
                attempts.insert(name, Some(words[3].to_owned()));
            }
        }
    }
    attempts
}

/// The world's own view of one execution agrees with the ledger; gives its jobs.
async fn check(world: &World, execution: &Value, ledger: &Attempts) -> Vec<String> {
    let (mut jobs, mut succeeded) = (Vec::new(), Vec::new());
    for step in ["one", "two", "three"] {
        for job in jobs_of(execution, step) {
            let name = (
                job["id"].as_str().unwrap().to_owned(),
                job["attempt"].to_string(),
            );
            let own = ledger.get(&name);
            let is_true = match job["status"].as_str().unwrap() {
                "succeeded" => own == Some(&Some("0".to_owned())),
                "lost" => true,
                _ => false,
            };
            assert!(is_true, "{job} but the ledger says {own:?}");
            if job["status"] == "succeeded" {
                succeeded.push((step, job));
            }
            jobs.push(name.0);
        }
    }
    let is_whole = succeeded.len() == 3 * HOSTS.len();
    let wanted = if is_whole { "completed" } else { "failed" };
    assert_eq!(execution["status"], wanted, "{execution}");
    join_all(succeeded.iter().map(async |(step, job)| {
        let output = String::from_utf8(world.output(job).await).unwrap();
        assert_eq!(output, format!("{step} begins\n{step} ends\n"), "{job}");
    }))
    .await;
    jobs
}

#[tokio::test]
async fn a_storm_of_faults_doubles_nothing_loses_nothing_and_makes_nothing_up() {
    let mut world = world().await;
    let ledger = world.ledger();
    let path = ledger.path().display().to_string();
    let step = |id: &str| {
        let name = "$PULSE_JOB $PULSE_ATTEMPT";
        steps::execute(
            id,
            &format!(
                "echo \"begin {name}\" >> {path}; echo {id} begins; sleep 0.1; echo {id} ends; echo \"end {name} 0\" >> {path}"
            ),
        )
    };
    let document = json!({"steps": [step("one"), step("two"), step("three")]});
    let admin = world.admin();
    let until = Instant::now() + STORM;

    let loading = {
        let (clients, document) = ([world.admin_at(0), world.admin_at(1)], document.clone());
        // Faults keep this thread busy; the load needs one of its own.
        std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread()
                .enable_all()
                .build();
            runtime.unwrap().block_on(load(&clients, &document, until))
        })
    };
    let mut dice = Dice {
        noise: Noise::default(),
    };
    let mut faults = BTreeMap::new();
    while Instant::now() < until {
        strike(&mut world, &mut dice, &mut faults);
    }
    for agent in &mut world.agents {
        restart_link(agent);
    }
    let started = loading.join().unwrap();
    let storm_over = Instant::now();

    let mut ends = Vec::new();
    for number in started.values() {
        ends.push(ended_within(&admin, *number, Duration::from_mins(1)).await);
    }
    let settled = storm_over.elapsed();
    let attempts = read(&ledger.lines());
    let mut seen = HashSet::new();
    for execution in &ends {
        seen.extend(check(&world, execution, &attempts).await);
    }
    // Nothing ran that nobody started.
    for (job, attempt) in attempts.keys() {
        assert!(
            seen.contains(job),
            "job {job} attempt {attempt} belongs to no execution"
        );
    }
    let distinct: HashSet<_> = started.values().collect();
    assert_eq!(distinct.len(), started.len());
    let total = world.database.ask("select count(*) from executions").await;
    assert_eq!(total, [started.len().to_string()]);
    let completed = ends
        .iter()
        .filter(|execution| execution["status"] == "completed")
        .count();
    println!(
        "{} executions, {completed} completed; settled in {settled:?}; {faults:?}",
        ends.len()
    );
    assert!(
        completed * 2 > ends.len(),
        "{completed} of {} completed",
        ends.len()
    );
}
