//! Silence and what follows from it, clean-ups, and lists of who is there.

use std::time::Duration;

use pulse_tests::{
    Client, World,
    eventually::{PATIENCE, eventually_async},
    socket::Socket,
    steps,
    world::jobs_of,
};
use reqwest::Method;
use rustix::process::Signal;
use serde_json::{Value, json};

/// Two minutes are half a second here, six are a second and a half, in the seed's words.
const QUICK: [(&str, &str); 3] = [
    ("PULSE__WORKERS__HEARTBEAT_INTERVAL_MS", "100"),
    ("WORKER_UNREACHABLE_THRESHOLD_MS", "500"),
    ("WORKER_OFFLINE_THRESHOLD_MS", "1500"),
];

async fn worker(world: &World, name: &str) -> Value {
    world.admin().get(&format!("/workers/{name}")).await.is(200)
}

fn names(page: &Value) -> Vec<&str> {
    let items = page["items"].as_array().unwrap();
    items
        .iter()
        .map(|worker| worker["name"].as_str().unwrap())
        .collect()
}

/// A sign of life of a worker that holds these attempts.
async fn beat(socket: &mut Socket, held: &[Value]) {
    let metrics = json!({"cpu_percent": 12.5, "memory_used_bytes": 1, "memory_total_bytes": 4,
        "load_average": [0.5, 0.4, 0.3], "disk_used_bytes": 2, "disk_total_bytes": 8});
    let beat = json!({"type": "heartbeat", "metrics": metrics, "slots_free": 5, "held": held});
    socket.send(&beat).await;
}

async fn ping(client: &Client, id: &str, body: &Value) -> pulse_tests::Answer {
    client.post(&format!("/workers/{id}/ping"), body).await
}

#[tokio::test]
async fn an_unreachable_worker_keeps_its_jobs_and_gets_no_new_ones_until_it_is_heard() {
    let world = World::with(&QUICK).await;
    let mut socket = world.socket("web-1").await;
    let first = world.run(&steps::one("first", &["web-1"])).await;
    let offer = socket.take().await;

    world.has_status("web-1", "unreachable").await;
    let second = world.run(&steps::one("second", &["web-1"])).await;
    let while_away = (world.execution(first).await, world.execution(second).await);
    beat(&mut socket, &[pulse_tests::socket::claim(&offer)]).await;
    let next = socket.frame("execute_command").await;

    assert_eq!(jobs_of(&while_away.0, "only")[0]["status"], "running");
    assert_eq!(jobs_of(&while_away.1, "only")[0]["status"], "pending");
    assert_eq!(next["command"], "second");
    assert_eq!(worker(&world, "web-1").await["status"], "online");
    assert_eq!(
        jobs_of(&world.execution(first).await, "only")[0]["status"],
        "running"
    );
}

#[tokio::test]
async fn a_worker_that_is_offline_loses_its_job_and_what_it_says_later_is_evidence_only() {
    let world = World::with(&QUICK).await;
    let mut socket = world.socket("web-1").await;
    let number = world.run(&steps::one("true", &["web-1"])).await;
    let offer = socket.take().await;

    world.has_status("web-1", "offline").await;
    let execution = world.ended(number).await;
    let result = socket.result(&offer, 0);
    socket.send(&result).await;
    beat(&mut socket, &[]).await;
    world.is_online("web-1").await;

    let job = jobs_of(&execution, "only").remove(0);
    assert_eq!(
        (&job["status"], &job["reason"]),
        (&json!("lost"), &json!("worker_offline"))
    );
    let query = "select late_status || ' ' || late_exit from jobs";
    eventually_async("evidence", PATIENCE, async || {
        let late = world.database.ask(query).await;
        (late == ["succeeded 0"])
            .then_some(())
            .ok_or_else(|| format!("{late:?}"))
    })
    .await;
    assert_eq!(world.execution(number).await["status"], "failed");
}

#[tokio::test]
async fn a_worker_that_is_offline_for_long_is_deleted_and_returns_under_its_id() {
    let mut environment = QUICK.to_vec();
    environment.push(("WORKER_OFFLINE_DELETE_THRESHOLD_MS", "2500"));
    let world = World::with(&environment).await;
    let (id, credential) = world.enroll("web-1").await;
    let host = world.anonymous().with(&credential);

    eventually_async("the clean-up", PATIENCE, async || {
        let answer = world.admin().get("/workers?findDeleted=true").await.json();
        let status = answer["items"][0]["status"].clone();
        (status == "deleted")
            .then_some(())
            .ok_or_else(|| answer.to_string())
    })
    .await;
    let deleted = ping(&host, &id, &json!({})).await;
    let listed = world.admin().get("/workers").await.is(200);
    let about = json!({"name": "web-1", "type": "remote"});
    let registered = host.post("/workers/register", &about).await.is(200);

    deleted.problem(404, "worker_deleted");
    assert_eq!(listed["items"], json!([]));
    assert_eq!(registered["worker_id"], json!(id));
    ping(&host, &id, &json!({})).await.is(200);
    let generation = world.database.ask("select generation from workers").await;
    assert_eq!(generation, ["2"]);
}

#[tokio::test]
async fn a_worker_that_unregisters_is_offline_at_once_and_keeps_its_function_blocks() {
    let world = World::start().await;
    let blocks = json!([{"name": "backup"}]);
    let body =
        json!({"token": world.enroll_token().await, "name": "web-1", "function_blocks": blocks});
    let enrolled = world
        .anonymous()
        .post("/workers/enroll", &body)
        .await
        .is(201);
    let id = enrolled["worker_id"].as_str().unwrap();
    let host = world
        .anonymous()
        .with(enrolled["credential"].as_str().unwrap());

    host.post(&format!("/workers/{id}/unregister"), &json!({}))
        .await
        .is(200);
    let gone = worker(&world, "web-1").await;
    let path = format!("/workers/{id}/function-blocks");
    let kept = world.admin().get(&path).await.is(200);
    let about = json!({"name": "web-1", "function_blocks": blocks});
    host.post("/workers/register", &about).await.is(200);
    ping(&host, id, &json!({})).await.is(200);

    assert_eq!(gone["status"], "offline");
    assert_eq!(kept["items"], blocks);
    let back = worker(&world, "web-1").await;
    assert_eq!(
        (&back["status"], &back["id"]),
        (&json!("online"), &json!(id))
    );
}

#[tokio::test]
async fn most_of_the_fleet_falling_silent_at_once_fails_no_job_before_twice_the_time() {
    let world = World::with(&QUICK).await;
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

    // From 1.5 to 3 seconds of silence the brake holds.
    let age = "select min(extract(epoch from now() - last_heartbeat)) from workers";
    let mut held = 0;
    loop {
        let silent: f64 = world.database.ask(age).await[0].parse().unwrap();
        let counts = "select count(*) from workers where status = 'offline'";
        let offline = world.database.ask(counts).await;
        if silent > 2.8 {
            break;
        }
        if silent > 1.8 {
            assert_eq!(offline, ["0"], "after {silent} s");
            held += 1;
        }
    }
    let during = world.execution(number).await;
    let execution = world.ended(number).await;

    assert!(held > 0);
    assert!(
        jobs_of(&during, "only")
            .iter()
            .all(|job| job["status"] == "running"),
        "{during}"
    );
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

#[tokio::test]
async fn silence_of_the_server_is_not_held_against_its_workers() {
    let mut world = World::with(&QUICK).await;
    world.add_agent("web-1").await;
    let number = world.run(&steps::one("sleep 4; echo done", &["all"])).await;
    world.step_is(number, "only", "running").await;

    world.server().signal(Signal::STOP);
    let stopped = std::time::Instant::now();
    pulse_tests::eventually("longer than six minutes", PATIENCE, || {
        (stopped.elapsed() > Duration::from_millis(2_500)).then_some(())
    });
    world.server().signal(Signal::CONT);
    let execution = world.ended(number).await;

    assert_eq!(execution["status"], "completed", "{execution}");
    let said = world.server().said();
    assert!(!said.contains("worker is offline"), "{said}");
}

#[tokio::test]
async fn a_job_that_nobody_speaks_of_is_stuck_and_one_that_its_worker_holds_is_not() {
    let world = World::with(&[
        ("BLACKBOARD_STUCK_JOB_TIMEOUT", "3000"),
        ("BLACKBOARD_JOB_CHECK_INTERVAL", "200"),
        ("PULSE__JOBS__OFFER_TTL_MS", "1000"),
        ("PULSE__WORKERS__HEARTBEAT_INTERVAL_MS", "100"),
        ("PULSE__WORKERS__UNREACHABLE_AFTER_MS", "4000"),
    ])
    .await;
    let mut socket = world.socket("web-1").await;
    let spoken_of = world.run(&steps::one("long", &["web-1"])).await;
    let held = socket.take().await;
    let forgotten = world.run(&steps::one("lost", &["web-1"])).await;
    socket.take().await;

    let claim = pulse_tests::socket::claim(&held);
    let execution = eventually_async("the end of the forgotten one", PATIENCE, async || {
        beat(&mut socket, std::slice::from_ref(&claim)).await;
        let view = world.execution(forgotten).await;
        (view["status"] == "failed")
            .then_some(view.clone())
            .ok_or_else(|| view.to_string())
    })
    .await;

    let job = jobs_of(&execution, "only").remove(0);
    assert_eq!(
        (&job["status"], &job["reason"]),
        (&json!("lost"), &json!("stuck"))
    );
    let held = world.execution(spoken_of).await;
    assert_eq!(jobs_of(&held, "only")[0]["status"], "running");
}

#[tokio::test]
async fn an_offer_that_nothing_takes_back_ends_as_stuck() {
    let world = World::with(&[("BLACKBOARD_JOB_CHECK_INTERVAL", "200")]).await;
    let mut socket = world.socket("web-1").await;
    let number = world.run(&steps::one("true", &["web-1"])).await;
    socket.frame("execute_command").await;

    let polled = world
        .admin()
        .get("/workers/web-1/jobs?status=polled")
        .await
        .is(200);
    let aged = "update jobs set offer_expires_at = now() + interval '1 day', \
                evidence_at = now() - interval '13 minutes' where status = 'polled' returning id::text";
    let changed = world.database.ask(aged).await;
    let execution = world.ended(number).await;

    assert_eq!(polled["items"].as_array().unwrap().len(), 1);
    assert_eq!(changed.len(), 1);
    let job = jobs_of(&execution, "only").remove(0);
    assert_eq!(
        (&job["status"], &job["reason"]),
        (&json!("failed"), &json!("stuck"))
    );
}

#[tokio::test]
async fn agents_that_come_all_at_once_are_asked_to_come_again_later() {
    let world = World::start().await;
    let (id, credential) = world.enroll("web-1").await;
    let url = world.servers[0].url();
    let mut waiting = Vec::new();
    for _ in 0..64 {
        waiting.push(Socket::open(&url, &id, &credential).await);
    }

    let request = world.anonymous().with(&credential);
    let answer = pulse_tests::client::send(request.request(Method::GET, "/agent")).await;
    let refused = Socket::dial(&url, "/api/v1/agent", &[]).await;
    drop(waiting);
    let mut socket = eventually_async("a place", PATIENCE, async || {
        let bearer = format!("Bearer {credential}");
        let dialled = Socket::dial(&url, "/api/v1/agent", &[("authorization", &bearer)]).await;
        dialled.map_err(|status| status.to_string())
    })
    .await;
    socket.worker_id.clone_from(&id);
    socket.hello("web-1").await;

    answer.problem(503, "busy");
    let after = answer.headers["retry-after"].to_str().unwrap();
    assert!((1..=5).contains(&after.parse::<u32>().unwrap()), "{after}");
    assert_eq!(refused.err(), Some(503));
}

#[tokio::test]
async fn a_sign_of_life_carries_the_load_of_the_host() {
    let world = World::start().await;
    let mut socket = world.socket("web-1").await;
    let (id, credential) = world.enroll("web-2").await;
    let host = world.anonymous().with(&credential);

    beat(&mut socket, &[]).await;
    let load = json!({"meta": {"cpu_percent": 99.0, "memory_total_bytes": 8}});
    ping(&host, &id, &load).await.is(200);
    let seen = eventually_async("the load", PATIENCE, async || {
        let view = worker(&world, "web-1").await;
        (view["metrics"]["disk_total_bytes"] == 8)
            .then_some(view.clone())
            .ok_or_else(|| view.to_string())
    })
    .await;
    let top = world
        .ctl(&["worker", "top", "--columns", "name,cpu,memory,disk,load"])
        .await;
    let shown = world.ctl(&["worker", "show", "web-1"]).await;

    assert_eq!(seen["metrics"]["load_average"], json!([0.5, 0.4, 0.3]));
    assert!(seen["time_since_heartbeat_ms"].as_i64().unwrap() < 30_000);
    let lines: Vec<Vec<&str>> = top
        .is(0)
        .lines()
        .map(|line| line.split_whitespace().collect())
        .collect();
    assert_eq!(
        lines[1],
        ["web-2", "99%", "0%", "-", "0.00"],
        "{}",
        top.stdout
    );
    assert_eq!(
        lines[2],
        ["web-1", "12%", "25%", "25%", "0.50"],
        "{}",
        top.stdout
    );
    assert!(
        shown.is(0).contains("load 0.50 0.40 0.30"),
        "{}",
        shown.stdout
    );
}

#[tokio::test]
async fn workers_are_found_by_role_runtime_group_silence_and_selector() {
    let world = World::start().await;
    let admin = world.admin();
    let hosts = [
        (
            "act-1",
            json!({"groups": ["web"]}),
            json!({"runtimes": ["shell", "python"]}),
        ),
        (
            "sense-1",
            json!({"role": "sensor"}),
            json!({"runtimes": ["python"]}),
        ),
        (
            "act-2",
            json!({"labels": {"rack": "b7"}}),
            json!({"runtimes": ["shell"]}),
        ),
    ];
    for (name, grant, capabilities) in hosts {
        let token = world.enroll_token_with(grant).await;
        let body = json!({"token": token, "name": name, "capabilities": capabilities});
        world
            .anonymous()
            .post("/workers/enroll", &body)
            .await
            .is(201);
    }
    let aged = "update workers set last_heartbeat = now() - interval '10 minutes' \
                where name = 'act-2' returning id::text";
    assert_eq!(world.database.ask(aged).await.len(), 1);

    let queries = [
        ("role=sensor", vec!["sense-1"]),
        ("status=online&role=action&runtime=python", vec!["act-1"]),
        ("runtime=python", vec!["act-1", "sense-1"]),
        ("group=web", vec!["act-1"]),
        ("stale_for=300", vec!["act-2"]),
        ("selector=label.rack%3Db7", vec!["act-2"]),
        ("limit=1&cursor=act-1", vec!["act-2"]),
    ];
    for (query, wanted) in queries {
        let page = admin.get(&format!("/workers?{query}")).await.is(200);
        assert_eq!(names(&page), wanted, "{query}");
    }
    let first = admin.get("/workers/online?limit=2").await.is(200);
    assert_eq!(first["next_cursor"], json!(names(&first)[1]));
}

#[tokio::test]
async fn the_seeds_paths_answer_at_the_root_and_below_api() {
    let world = World::start().await;
    let (id, credential) = world.enroll("web-1").await;
    let (admin, host) = (world.admin(), world.anonymous().with(&credential));

    for prefix in ["", "/api", "/api/v1"] {
        let reads = [
            "/workers".to_owned(),
            "/workers?findDeleted=true".to_owned(),
            "/workers/online".to_owned(),
            format!("/workers/{id}"),
            format!("/workers/{id}/function-blocks"),
            format!("/workers/{id}/jobs"),
            format!("/workers/{id}/jobs?status=polled"),
        ];
        for path in reads {
            let request = admin.request_at(Method::GET, &format!("{prefix}{path}"));
            pulse_tests::client::send(request).await.is(200);
        }
        let said = [
            (format!("/workers/{id}/ping"), json!({})),
            (format!("/workers/{id}/unregister"), json!({})),
            ("/workers/register".to_owned(), json!({"name": "web-1"})),
        ];
        for (path, body) in said {
            let request = host.request_at(Method::POST, &format!("{prefix}{path}"));
            pulse_tests::client::send(request.json(&body)).await.is(200);
        }
        for path in ["/workers/cleanup", "/workers/cleanup-offline"] {
            let request = admin.request_at(Method::POST, &format!("{prefix}{path}"));
            let cleaned = pulse_tests::client::send(request).await.is(200);
            assert_eq!(cleaned, json!({"deleted": []}), "{prefix}{path}");
        }
    }

    let request = admin.request_at(Method::DELETE, &format!("/workers/{id}"));
    assert_eq!(pulse_tests::client::send(request).await.status, 204);
    ping(&host, &id, &json!({}))
        .await
        .problem(401, "credential_revoked");
}

#[tokio::test]
async fn prune_shows_first_and_then_cleans_up_who_was_offline_for_so_long() {
    let world = World::start().await;
    for name in ["old", "new", "alive"] {
        let (id, credential) = world.enroll(name).await;
        let host = world.anonymous().with(&credential);
        if name != "alive" {
            host.post(&format!("/workers/{id}/unregister"), &json!({}))
                .await
                .is(200);
        }
    }
    let aged = "update workers set last_heartbeat = now() - interval '2 days' \
                where name = 'old' returning id::text";
    let old = world.database.ask(aged).await.remove(0);

    let shown = world
        .ctl(&["worker", "prune", "--offline-for", "24h", "--dry-run", "-q"])
        .await;
    let unasked = world.ctl(&["worker", "prune"]).await;
    let listed = world.admin().get("/workers").await.is(200);
    let pruned = world
        .ctl(&["worker", "prune", "--offline-for", "24h", "--yes"])
        .await;
    let rest = world
        .admin()
        .post("/workers/cleanup-offline", &json!({}))
        .await
        .is(200);

    assert_eq!(shown.is(0).trim(), "old");
    assert_eq!(unasked.code, 2, "{}", unasked.stderr);
    assert_eq!(names(&listed), ["alive", "new", "old"]);
    assert_eq!(pruned.is(0).trim(), "worker/old cleaned up");
    assert_eq!(rest["deleted"].as_array().unwrap().len(), 1);
    let audit = world.admin().get("/audit").await.is(200);
    let deeds = audit["items"].as_array().unwrap().iter();
    let by_admin =
        deeds.filter(|deed| deed["action"] == "worker.clean_up" && deed["actor"] == "admin");
    let subjects: Vec<_> = by_admin.map(|deed| deed["subject"].clone()).collect();
    assert!(subjects.contains(&json!(old)), "{subjects:?}");
    assert_eq!(subjects.len(), 2);
}

#[tokio::test]
async fn a_worker_with_open_jobs_is_not_cleaned_up() {
    let world = World::start().await;
    let (id, credential) = world.enroll("web-1").await;
    let host = world.anonymous().with(&credential);
    host.post(&format!("/workers/{id}/unregister"), &json!({}))
        .await
        .is(200);
    let mut step = steps::execute("wait", "true");
    step["targets"] = json!(["web-1"]);
    step["offline"] = json!("wait(10m)");
    world.run(&json!({"steps": [step]})).await;

    let cleaned = world
        .admin()
        .post("/workers/cleanup-offline", &json!({}))
        .await
        .is(200);

    assert_eq!(cleaned, json!({"deleted": []}));
    assert_eq!(worker(&world, "web-1").await["status"], "offline");
}
