//! Clocks that are wrong, and clocks that jump: of a host, and of a server.

use std::{
    fs,
    path::PathBuf,
    time::{Duration, Instant},
};

use jiff::Timestamp;
use pulse_tests::{World, eventually::meanwhile, skip, steps, world::jobs_of};
use serde_json::{Value, json};

/// Two minutes are a second here, six minutes are three.
const QUICK: [(&str, &str); 3] = [
    ("PULSE__WORKERS__HEARTBEAT_INTERVAL_MS", "200"),
    ("PULSE__WORKERS__UNREACHABLE_AFTER_MS", "1000"),
    ("PULSE__WORKERS__OFFLINE_AFTER_MS", "3000"),
];

/// The library that lies to a program about the time of day, or `None`, said aloud.
fn liar() -> Option<PathBuf> {
    let folders = fs::read_dir("/usr/lib").into_iter().flatten().flatten();
    let found = folders
        .map(|folder| folder.path().join("faketime/libfaketime.so.1"))
        .find(|library| library.is_file());
    if found.is_none() {
        skip("libfaketime is not installed");
    }
    found
}

/// The time of day that a program sees, and that a test can change while it runs.
struct Lie {
    library: String,
    file: PathBuf,
}

impl Lie {
    fn new(library: &std::path::Path, folder: &std::path::Path, offset: &str) -> Self {
        let it = Self {
            library: library.display().to_string(),
            file: folder.join("time"),
        };
        it.tell(offset);
        it
    }

    fn tell(&self, offset: &str) {
        let new = self.file.with_extension("new");
        fs::write(&new, format!("{offset}\n")).unwrap();
        fs::rename(new, &self.file).unwrap();
    }

    /// Only the time of day is a lie: nobody can set the clocks that count from the start of a host.
    fn variables(&self) -> Vec<(String, String)> {
        let variable = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        vec![
            variable("LD_PRELOAD", &self.library),
            variable("FAKETIME_TIMESTAMP_FILE", &self.file.display().to_string()),
            variable("FAKETIME_NO_CACHE", "1"),
            variable("FAKETIME_DONT_FAKE_MONOTONIC", "1"),
            variable("DONT_FAKE_MONOTONIC", "1"),
        ]
    }
}

fn moment(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn seconds_between(from: &str, to: &str) -> f64 {
    moment(to).duration_since(moment(from)).as_secs_f64()
}

/// The moments of a job lie between these two of the database.
fn is_between(job: &Value, (from, to): (&str, &str)) {
    for key in ["created_at", "started_at", "completed_at"] {
        let at = job[key].as_str().unwrap();
        assert!(
            (moment(from)..=moment(to)).contains(&moment(at)),
            "{key} of {job} is not between {from} and {to}"
        );
    }
}

async fn database_now(world: &World) -> String {
    let query = "select to_char(now() at time zone 'utc', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')";
    world.database.ask(query).await.remove(0)
}

/// Runs a step and looks at the times that are shown of it.
async fn runs_at_the_right_time(world: &World) {
    let from = database_now(world).await;
    let execution = world
        .complete(&steps::one("sleep 0.3; echo done", &["all"]))
        .await;
    let to = database_now(world).await;

    assert_eq!(execution["status"], "completed", "{execution}");
    for job in jobs_of(&execution, "only") {
        is_between(&job, (&from, &to));
        assert_eq!(job["attempt"], 1);
        let text = |key: &str| job[key].as_str().unwrap().to_owned();
        let took = seconds_between(&text("started_at"), &text("completed_at"));
        assert!((0.1..5.0).contains(&took), "{job}");
    }
}

/// Nobody is taken for silent in the time in which they would be.
async fn is_always_online(world: &World) {
    meanwhile(Duration::from_millis(1500), async || {
        let query = "select string_agg(distinct status::text, ' ') from workers";
        let status = world.database.ask(query).await.remove(0);
        (status == "online").then_some(()).ok_or(status)
    })
    .await;
}

async fn a_host_whose_clock_shows(offset: &str) {
    let Some(library) = liar() else { return };
    let mut world = World::with(&QUICK).await;
    let lie = Lie::new(&library, world.folder(), offset);
    let mut agent = world.new_agent("web-1").await;
    for (name, value) in lie.variables() {
        agent.set(&name, &value);
    }
    world.add(agent).await;

    runs_at_the_right_time(&world).await;
    is_always_online(&world).await;
    for jump in ["+0", "+3600", "-3600", offset] {
        lie.tell(jump);
        runs_at_the_right_time(&world).await;
    }
    is_always_online(&world).await;
}

#[tokio::test]
async fn a_host_whose_clock_is_an_hour_fast_and_then_jumps_changes_nothing() {
    a_host_whose_clock_shows("+3600").await;
}

#[tokio::test]
async fn a_host_whose_clock_is_an_hour_slow_and_then_jumps_changes_nothing() {
    a_host_whose_clock_shows("-3600").await;
}

/// Two replicas, of which the second sees another time of day, and a host at each.
async fn a_replica_whose_clock_shows(offset: &str) {
    let Some(library) = liar() else { return };
    let mut world = World::with(&QUICK).await;
    let lie = Lie::new(&library, world.folder(), offset);
    let variables = lie.variables();
    let mut environment = QUICK.to_vec();
    environment.extend(
        variables
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str())),
    );
    world.add_server(&environment);
    world.add_agent("web-1").await;
    let agent = world.new_agent_at(1, "web-2").await;
    world.add(agent).await;

    runs_at_the_right_time(&world).await;
    is_always_online(&world).await;
    for jump in ["+0", "+3600", "-3600", offset] {
        lie.tell(jump);
        runs_at_the_right_time(&world).await;
    }
    is_always_online(&world).await;
    let health = world.admin_at(1).get("/health").await.json();
    let apart = seconds_between(
        health["timestamp"].as_str().unwrap(),
        &database_now(&world).await,
    );
    assert!(apart.abs() < 5.0, "{health}");
}

#[tokio::test]
async fn a_replica_whose_clock_is_an_hour_fast_and_then_jumps_changes_nothing() {
    a_replica_whose_clock_shows("+3600").await;
}

#[tokio::test]
async fn a_replica_whose_clock_is_an_hour_slow_and_then_jumps_changes_nothing() {
    a_replica_whose_clock_shows("-3600").await;
}

/// It may be the wrong replica that ends it.
#[tokio::test]
async fn a_wait_is_as_long_as_it_says_whatever_the_clock_of_a_replica_does() {
    let Some(library) = liar() else { return };
    let mut world = World::with(&QUICK).await;
    let lie = Lie::new(&library, world.folder(), "+3600");
    let variables = lie.variables();
    let mut environment = QUICK.to_vec();
    environment.extend(
        variables
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str())),
    );
    world.add_server(&environment);
    let from = Instant::now();

    let wait = json!({"steps": [{"type": "wait", "name": "w", "id": "w", "duration": "2s"}]});
    let execution = world.complete(&wait).await;

    let took = from.elapsed();
    assert_eq!(execution["status"], "completed", "{execution}");
    assert!(took >= Duration::from_millis(1900), "{took:?}");
}
