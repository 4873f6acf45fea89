//! Hosts whose disk is full, fails, or has kept something else than what was written.

use std::{fs, time::Duration};

use pulse_tests::{
    World,
    disk::Disk,
    eventually::{PATIENCE, eventually, eventually_async, meanwhile},
    skip, steps,
    world::jobs_of,
};
use reqwest::Method;
use serde_json::{Value, json};

/// A world whose host keeps its state on a disk of its own; `None`, said aloud, where there is none.
async fn host(
    environment: &[(&str, &str)],
    make: impl FnOnce(&std::path::Path) -> Result<Disk, String>,
) -> Option<(World, Disk)> {
    let mut world = World::with(environment).await;
    let folder = world.folder().join("agent-web-1");
    fs::create_dir_all(&folder).unwrap();
    let disk = match make(&folder) {
        Ok(disk) => disk,
        Err(reason) => {
            skip(&reason);
            return None;
        }
    };
    world.add_agent("web-1").await;
    Some((world, disk))
}

/// A step that runs until the test opens its gate, which is on another disk.
async fn gated(world: &World, then: &str) -> i64 {
    let gate = world.folder().join("gate");
    let wait = format!("until test -e {}; do sleep 0.02; done", gate.display());
    let number = world
        .run(&steps::one(&format!("{wait}; {then}"), &["web-1"]))
        .await;
    eventually_async("a running job", PATIENCE, async || {
        let job = jobs_of(&world.execution(number).await, "only").remove(0);
        (job["status"] == "running")
            .then_some(())
            .ok_or_else(|| job.to_string())
    })
    .await;
    number
}

fn open_gate(world: &World) {
    world.write("gate", "");
}

async fn offers(world: &World) -> u32 {
    let request = world.admin().request_at(Method::GET, "/metrics");
    let text = pulse_tests::client::send(request).await.text();
    let line = text
        .lines()
        .find_map(|line| line.strip_prefix("pulse_offers_total "));
    line.unwrap().parse().unwrap()
}

/// Starts steps until one is not taken; its number.
async fn first_refused(world: &World) -> i64 {
    // What the file system had set aside already takes a few more.
    for _ in 0..30 {
        let number = world.run(&steps::one("true", &["web-1"])).await;
        let until = std::time::Instant::now() + Duration::from_secs(3);
        let is_over = eventually_async("an end, or none", PATIENCE, async || {
            let over = world.execution(number).await["status"] == "completed";
            let is_late = std::time::Instant::now() > until;
            (over || is_late).then_some(over).ok_or_else(String::new)
        })
        .await;
        if !is_over {
            return number;
        }
    }
    panic!("a full disk took everything");
}

#[tokio::test]
async fn a_full_disk_starts_nothing_and_keeps_the_exit_code_of_what_runs() {
    let small = |folder: &std::path::Path| Disk::small(folder, 4096);
    let Some((world, disk)) = host(&[], small).await else {
        return;
    };
    let running = gated(&world, "echo late; exit 7").await;

    disk.fill();
    let refused = first_refused(&world).await;
    let before = offers(&world).await;
    meanwhile(Duration::from_secs(5), async || {
        let view = world.execution(refused).await;
        (view["status"] == "running")
            .then_some(())
            .ok_or_else(|| view.to_string())
    })
    .await;
    let asked = offers(&world).await - before;
    let waiting = world.execution(refused).await;
    open_gate(&world);
    let ended = world.ended(running).await;
    let online = world.admin().get("/workers/web-1").await.is(200);
    disk.empty();
    let after = world.ended(refused).await;

    assert!((1..=4).contains(&asked), "offered {asked} times in 5 s");
    assert_eq!(jobs_of(&waiting, "only")[0]["attempt"], 1, "{waiting}");
    let job = jobs_of(&ended, "only").remove(0);
    assert_eq!(
        (&job["status"], &job["exit_code"]),
        (&json!("failed"), &json!(7)),
        "{job}"
    );
    assert_eq!(world.output(&job).await, b"late\n");
    assert_eq!(online["status"], "online");
    assert_eq!(after["status"], "completed", "{after}");
    assert_eq!(jobs_of(&after, "only")[0]["attempt"], 1, "{after}");
}

#[tokio::test]
async fn an_exit_code_that_was_kept_on_a_full_disk_survives_its_executor() {
    let small = |folder: &std::path::Path| Disk::small(folder, 4096);
    let Some((mut world, disk)) = host(&[], small).await else {
        return;
    };
    let running = gated(&world, "exit 7").await;

    disk.fill();
    world.agent("web-1").kill_link();
    open_gate(&world);
    unreported(&world);
    world.agent("web-1").kill_executor();
    disk.empty();
    world.agent("web-1").start();
    let ended = world.ended(running).await;

    let job = jobs_of(&ended, "only").remove(0);
    assert_eq!(
        (&job["status"], &job["exit_code"]),
        (&json!("failed"), &json!(7)),
        "{job}"
    );
}

/// Waits until the host has a result that nobody has taken.
fn unreported(world: &World) {
    eventually("a result", PATIENCE, || {
        let status = world.agents[0].ask(&json!({"type": "status"}))?;
        (status["unreported"] == 1).then_some(())
    });
}

#[tokio::test]
async fn a_disk_that_fails_starts_nothing_more_and_makes_no_success_up() {
    let Some((world, disk)) = host(&[], Disk::breakable).await else {
        return;
    };
    let running = gated(&world, "exit 7").await;

    if let Err(reason) = disk.fail() {
        skip(&reason);
        return;
    }
    let refused = world.run(&steps::one("true", &["web-1"])).await;
    meanwhile(Duration::from_secs(3), async || {
        let job = jobs_of(&world.execution(refused).await, "only").remove(0);
        let is_waiting = matches!(job["status"].as_str(), Some("pending" | "polled"));
        is_waiting.then_some(()).ok_or_else(|| job.to_string())
    })
    .await;
    open_gate(&world);
    let ended = world.ended(running).await;

    // Nothing of it was lost: the executor that saw it end still lives.
    let job = jobs_of(&ended, "only").remove(0);
    assert_eq!(job["exit_code"], 7, "{job}");
}

#[tokio::test]
async fn an_executor_that_cannot_read_its_journal_any_more_makes_no_success_up() {
    let quick = [
        ("PULSE__WORKERS__HEARTBEAT_INTERVAL_MS", "200"),
        ("PULSE__WORKERS__UNREACHABLE_AFTER_MS", "1000"),
        ("PULSE__WORKERS__OFFLINE_AFTER_MS", "3000"),
    ];
    let Some((mut world, disk)) = host(&quick, Disk::breakable).await else {
        return;
    };
    let running = gated(&world, "exit 0").await;

    if let Err(reason) = disk.fail() {
        skip(&reason);
        return;
    }
    world.agent("web-1").kill_executor();
    open_gate(&world);
    let ended = world.ended(running).await;

    let job = jobs_of(&ended, "only").remove(0);
    assert_eq!(job["status"], "lost", "{job}");
    assert_eq!(ended["status"], "failed");
}

/// What a damaged journal makes of a step that has ended well, and of which the server knows nothing.
async fn with_its_end(damage: impl FnOnce(&mut Vec<u8>, usize)) -> Value {
    let mut world = World::start().await;
    world.add_agent("web-1").await;
    let number = gated(&world, "exit 0").await;
    world.agent("web-1").kill_link();
    open_gate(&world);
    unreported(&world);
    world.agent("web-1").kill_executor();

    let journal = world.agent("web-1").path("journal");
    let mut bytes = fs::read(&journal).unwrap();
    let mark = [0xa5, b'P', b'J', 1];
    let last = bytes.windows(4).rposition(|window| window == mark).unwrap();
    let body = String::from_utf8_lossy(&bytes[last + 12..]).into_owned();
    assert!(body.contains("\"record\":\"exit\""), "{body}");
    damage(&mut bytes, last);
    fs::write(&journal, bytes).unwrap();
    world.agent("web-1").start();
    let execution = world.ended(number).await;
    jobs_of(&execution, "only").remove(0)
}

#[tokio::test]
async fn a_whole_journal_tells_how_a_step_has_ended() {
    let job = with_its_end(|_, _| {}).await;

    assert_eq!(job["status"], "succeeded", "{job}");
}

#[tokio::test]
async fn a_torn_end_of_the_journal_is_lost_and_never_success() {
    let job = with_its_end(|bytes, _| bytes.truncate(bytes.len() - 5)).await;

    assert_eq!(
        (&job["status"], &job["reason"]),
        (&json!("lost"), &json!("agent_restart")),
        "{job}"
    );
}

#[tokio::test]
async fn a_flipped_bit_in_the_journal_is_lost_and_never_success() {
    let job = with_its_end(|bytes, last| bytes[last + 40] ^= 0x10).await;

    assert_eq!(
        (&job["status"], &job["reason"]),
        (&json!("lost"), &json!("agent_restart")),
        "{job}"
    );
}
