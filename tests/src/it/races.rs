//! Two that want opposite things of one worker at the same moment.

use std::{
    collections::HashSet,
    sync::atomic::{AtomicBool, AtomicU64, Ordering},
    time::{Duration, Instant},
};

use futures_util::future::join_all;
use pulse_tests::{
    Answer, Client, World,
    eventually::eventually_async,
    socket::{Socket, claim},
    steps,
    world::{ended_within, jobs_of, post_once},
};
use serde_json::{Value, json};

/// A host that is not heard is taken for gone, and gets nothing.
const BEAT: Duration = Duration::from_secs(10);

/// What the hosts of a race have seen, all together.
#[derive(Default)]
struct Seen {
    started: AtomicU64,
    is_over: AtomicBool,
}

/// A host that keeps an agent's word: it beats, nothing starts between its acknowledgement of a drain
/// and the end of it, and what has run is reported again, not run again.
async fn work(mut socket: Socket, seen: &Seen) {
    let mut is_draining = false;
    let mut starts = HashSet::new();
    let mut beaten = Instant::now();
    while !seen.is_over.load(Ordering::Relaxed) {
        if beaten.elapsed() > BEAT {
            beaten = Instant::now();
            let beat = json!({"type": "heartbeat", "slots_free": 5});
            socket.send(&beat).await;
        }
        let Ok(frame) = socket.any(Duration::from_millis(100)).await else {
            continue;
        };
        match frame["type"].as_str().unwrap_or_default() {
            "drain" => {
                is_draining = true;
                let state = json!({"type": "drain_state", "outstanding": 0});
                socket.send(&state).await;
            }
            "resume" => is_draining = false,
            "execute_command" if is_draining => {
                let mut refusal = claim(&frame);
                refusal["type"] = json!("not_started");
                refusal["reason"] = json!("draining");
                socket.send(&refusal).await;
            }
            "execute_command" => {
                let name = format!("{} {}", frame["job_id"], frame["attempt"]);
                if starts.insert(name) {
                    seen.started.fetch_add(1, Ordering::Relaxed);
                }
                let result = socket.result(&frame, 0);
                socket.send(&result).await;
            }
            _ => {}
        }
    }
}

/// One worker's rounds: a start and a drain at once, then the worker is taken up again.
async fn rounds(admin: Client, name: String, count: u32) -> Vec<i64> {
    let mut numbers = Vec::new();
    let body = json!({"definition": steps::one("true", &[&name])});
    let hold = json!({"mode": "hold"});
    let (drain, resume) = (
        format!("/workers/{name}/drain"),
        format!("/workers/{name}/resume"),
    );
    for _ in 0..count {
        let (started, drained) = tokio::join!(
            insist(&admin, "/executions", &body),
            insist(&admin, &drain, &hold)
        );
        numbers.push(started.is(201)["number"].as_i64().unwrap());
        assert_eq!(drained.is(200)["admin_state"], "held");
        insist(&admin, &resume, &json!({})).await.is(200);
    }
    numbers
}

/// Asks again, under the same key, while the server says that it has too much to do.
async fn insist(admin: &Client, path: &str, body: &Value) -> Answer {
    let key = uuid::Uuid::now_v7().to_string();
    eventually_async("an answer", Duration::from_mins(1), async || {
        let answer = post_once(admin, path, body, &key).await;
        if answer.status == 503 {
            Err(answer.text())
        } else {
            Ok(answer)
        }
    })
    .await
}

/// No offer is open for a worker that drains, whenever one looks.
async fn watch(world: &World, seen: &Seen) -> u64 {
    let database = world.database.client().await;
    let mut looks = 0;
    eventually_async("the end of the race", Duration::from_hours(1), async || {
        let stranded = database
            .query(
                "select j.id from jobs j join workers w on w.id = j.worker_id \
                 where j.status = 'polled' and w.admin_state <> 'active'",
                &[],
            )
            .await
            .unwrap();
        assert_eq!(stranded.len(), 0);
        looks += 1;
        if seen.is_over.load(Ordering::Relaxed) {
            Ok(())
        } else {
            Err(format!("{looks} looks"))
        }
    })
    .await;
    looks
}

async fn race(workers: u32, each: u32) {
    // Nobody calls as often as this.
    let world = World::with(&[("PULSE__LIMITS__REQUESTS_PER_SECOND", "100000")]).await;
    let seen = Seen::default();
    let mut hosts = Vec::new();
    for number in 0..workers {
        let socket = world.socket(&format!("web-{number}")).await;
        hosts.push(work(socket, &seen));
    }

    let racing = async {
        let admin = world.admin();
        let name = |number| format!("web-{number}");
        let racers = (0..workers).map(|number| rounds(admin.clone(), name(number), each));
        let numbers: Vec<i64> = join_all(racers).await.into_iter().flatten().collect();
        let mut ends: Vec<Value> = Vec::new();
        for number in &numbers {
            ends.push(ended_within(&admin, *number, Duration::from_mins(2)).await);
        }
        seen.is_over.store(true, Ordering::Relaxed);
        ends
    };
    let (ends, looks, _) = tokio::join!(racing, watch(&world, &seen), join_all(hosts));

    assert_eq!(ends.len(), (workers * each) as usize);
    for execution in &ends {
        assert_eq!(execution["status"], "completed", "{execution}");
        assert_eq!(jobs_of(execution, "only")[0]["attempt"], 1);
    }
    assert_eq!(seen.started.load(Ordering::Relaxed), ends.len() as u64);
    assert!(looks > 10, "{looks} looks");
}

#[tokio::test]
async fn no_offer_is_left_open_by_a_drain_that_races_with_it() {
    race(10, 40).await;
}

/// Some minutes: `script/race` runs it.
#[tokio::test]
#[ignore = "takes minutes; script/race runs it"]
async fn ten_thousand_rounds_of_drain_against_claim_strand_no_offer() {
    race(25, 400).await;
}

/// As after an upgrade to a loader that refuses what it took before.
async fn make_unreadable(world: &mut World, number: i64) {
    let refused = format!(
        "update definitions set source = 'steps: 1' \
         where sha256 = (select definition from executions where number = {number})"
    );
    world.database.tell(&refused).await.unwrap();
    world.server().kill();
    world.server().start();
}

#[tokio::test]
async fn an_execution_that_cannot_be_read_any_more_holds_up_no_other() {
    let mut world = World::start().await;
    let mut socket = world.socket("web-1").await;
    let sound = world.run(&steps::one("true", &["web-1"])).await;
    let unreadable = world.run(&steps::one("false", &["web-1"])).await;
    for number in [sound, unreadable] {
        socket.take().await;
        world.step_is(number, "only", "running").await;
    }
    make_unreadable(&mut world, unreadable).await;

    let removed = world.admin().delete("/workers/web-1").await;
    let execution = world.ended(sound).await;

    assert_eq!(removed.status, 204);
    let job = jobs_of(&execution, "only").remove(0);
    assert_eq!(
        (&job["status"], &job["reason"]),
        (&json!("lost"), &json!("worker_removed"))
    );
    let said = world.server().said();
    let complaints = said.matches("an execution cannot be moved").count();
    assert_eq!(complaints, 1, "{said}");
}

#[tokio::test]
async fn more_jobs_of_an_unreadable_execution_than_a_sweep_looks_at_hold_up_no_other() {
    let mut world = World::start().await;
    // More of them than a sweep looks at at a time.
    let gone = "insert into workers (id, name, kind, role, region, status, groups, last_heartbeat) \
         select gen_random_uuid(), 'gone-' || n, 'remote', 'action', 'iad', 'offline', '{gone}', \
         now() from generate_series(1, 600) n";
    world.database.tell(gone).await.unwrap();
    let waits = |target: &str| {
        let step =
            json!({"id": "only", "command": "true", "targets": [target], "offline": "wait(1h)"});
        json!({"steps": [step]})
    };
    let unreadable = world.run(&waits("gone")).await;
    let sound = world.run(&waits("gone-1")).await;
    make_unreadable(&mut world, unreadable).await;

    let is_over = "update jobs set give_up_at = now()";
    world.database.tell(is_over).await.unwrap();
    let execution = world.ended(sound).await;

    let job = jobs_of(&execution, "only").remove(0);
    assert_eq!(
        (&job["status"], &job["reason"]),
        (&json!("failed"), &json!("unreachable"))
    );
}

#[tokio::test]
async fn a_worker_that_is_removed_while_it_runs_something_is_told_and_its_report_refused() {
    let world = World::start().await;
    let mut socket = world.socket("web-1").await;
    let number = world.run(&steps::one("true", &["web-1"])).await;
    let offer = socket.take().await;
    world.step_is(number, "only", "running").await;

    assert_eq!(world.admin().delete("/workers/web-1").await.status, 204);
    let closed = socket.close_code(Duration::from_secs(5)).await;
    let execution = world.ended(number).await;
    let report = socket.result(&offer, 0);
    socket.send(&report).await;

    assert_eq!(closed, pulse_tests::socket::Silence::Closed(Some(4401)));
    let job = jobs_of(&execution, "only").remove(0);
    assert_eq!(
        (&job["status"], &job["reason"]),
        (&json!("lost"), &json!("worker_removed"))
    );
    let status = Socket::dial(
        &world.servers[0].url(),
        "/api/v1/agent",
        &[("authorization", &format!("Bearer {}", socket.credential))],
    )
    .await
    .err();
    assert_eq!(status, Some(401));
}
