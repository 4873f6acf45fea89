//! Many workers that fall silent at once say something about the network, not about themselves.

use pulse_tests::{
    World,
    eventually::{PATIENCE, eventually_async},
    steps,
    world::jobs_of,
};

use super::{QUICK, beat, names, worker};

/// Six minutes are four seconds here, so that a busy host has the time to look.
const SLOWER: [(&str, &str); 3] = [
    ("PULSE__WORKERS__HEARTBEAT_INTERVAL_MS", "100"),
    ("WORKER_UNREACHABLE_THRESHOLD_MS", "1000"),
    ("WORKER_OFFLINE_THRESHOLD_MS", "4000"),
];

const OFFLINE: &str = "select count(*) from workers where status = 'offline'";

/// For how long the worker that was heard last has been silent, and the one that was heard first.
async fn silences(world: &World) -> (f64, f64) {
    let ages = "select concat_ws(' ', extract(epoch from now() - max(last_heartbeat)), \
        extract(epoch from now() - min(last_heartbeat))) from workers";
    let ages = world.database.ask(ages).await.remove(0);
    let (last, first) = ages.split_once(' ').unwrap();
    (last.parse().unwrap(), first.parse().unwrap())
}

#[tokio::test]
async fn most_of_the_fleet_falling_silent_at_once_fails_no_job_before_twice_the_time() {
    let world = World::with(&SLOWER).await;
    let mut sockets = Vec::new();
    for number in 1..=6 {
        sockets.push(world.socket(&format!("web-{number}")).await);
    }
    // However long it took them all to come.
    for socket in &mut sockets {
        beat(socket, &[]).await;
    }
    let number = world.run(&steps::one("true", &["all"])).await;
    for socket in &mut sockets {
        socket.take().await;
    }
    for socket in &mut sockets {
        beat(socket, &[]).await;
    }

    // From 4 to 8 seconds of silence the brake holds. What is seen counts where it is certain that it
    // was seen within: all were silent for longer before, and none for too long after.
    let mut seen = Vec::new();
    loop {
        let (before, _) = silences(&world).await;
        let offline = world.database.ask(OFFLINE).await;
        let during = world.execution(number).await;
        let (_, after) = silences(&world).await;
        if after >= 8.0 {
            break;
        }
        if before > 4.5 {
            assert_eq!(offline, ["0"], "between {before} s and {after} s");
            seen.push(during);
        }
    }
    let execution = world.ended(number).await;

    assert!(!seen.is_empty());
    for during in seen {
        let jobs = jobs_of(&during, "only");
        assert!(
            jobs.iter().all(|job| job["status"] == "running"),
            "{during}"
        );
    }
    assert!(
        jobs_of(&execution, "only")
            .iter()
            .all(|job| job["status"] == "lost"),
        "{execution}"
    );
}

#[tokio::test]
async fn one_of_many_that_falls_silent_is_not_spared() {
    let world = World::with(&QUICK).await;
    let _silent = world.socket("silent").await;
    let mut others = Vec::new();
    for number in 1..=5 {
        others.push(world.socket(&format!("web-{number}")).await);
    }

    eventually_async("silent offline", PATIENCE, async || {
        for socket in &mut others {
            beat(socket, &[]).await;
        }
        let status = worker(&world, "silent").await["status"].clone();
        (status == "offline")
            .then_some(())
            .ok_or_else(|| status.to_string())
    })
    .await;

    let offline = world.admin().get("/workers?status=offline").await.is(200);
    assert_eq!(names(&offline), ["silent"]);
}
