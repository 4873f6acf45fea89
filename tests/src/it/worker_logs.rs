//! What an agent has logged of itself, shown from afar.

use std::time::{Duration, Instant};

use pulse_tests::{
    Client, World, eventually,
    eventually::{PATIENCE, eventually_async},
    socket::Socket,
    steps,
};
use serde_json::{Value, json};

/// The texts of an answer.
fn texts(log: &Value) -> Vec<&str> {
    let lines = log["lines"].as_array().unwrap().iter();
    lines.map(|line| line["text"].as_str().unwrap()).collect()
}

/// How many lines begin like this.
fn count(log: &Value, text: &str) -> usize {
    let texts = texts(log);
    texts.iter().filter(|line| line.starts_with(text)).count()
}

/// A connected worker in the hands of the test, whose agent says that it can show its log.
async fn shower(world: &World, name: &str) -> Socket {
    let (id, credential) = world.enroll(name).await;
    let mut socket = Socket::open(&world.servers[0].url(), &id, &credential).await;
    let can = json!({"capabilities": {"logs": true}});
    socket.hello_with(name, &can).await;
    socket
}

fn line(text: &str) -> Value {
    json!({"at": "2026-01-01T12:00:00Z", "level": "warn", "part": "link", "text": text})
}

fn said(ask: &Value, lines: &[Value]) -> Value {
    json!({"type": "log_said", "ask_id": ask["ask_id"], "lines": lines, "cursor": "1-2",
        "more": false, "missed": false})
}

#[tokio::test]
async fn any_replica_shows_the_log_of_an_agent_that_is_connected_to_another() {
    let mut world = World::start().await;
    world.add_server(&[]);
    let agent = world.new_agent_at(0, "web-1").await;
    world.add(agent).await;
    world
        .complete(&steps::one("echo of-the-step", &["web-1"]))
        .await;

    let near = world.admin_at(0).get("/workers/web-1/logs").await.is(200);
    let mut took = PATIENCE;
    for _ in 0..3 {
        let began = Instant::now();
        world.admin_at(1).get("/workers/web-1/logs").await.is(200);
        took = took.min(began.elapsed());
    }
    let far = world.admin_at(1).get("/workers/web-1/logs").await.is(200);
    let shown = world.ctl(&["worker", "logs", "web-1", "-o", "json"]).await;

    for log in [&near, &far] {
        assert_eq!(count(log, "connected worker.id="), 1, "{log}");
        assert_eq!(count(log, "step ended job.id="), 1, "{log}");
        assert!(!log.to_string().contains("of-the-step"), "{log}");
    }
    // The wake got there: nobody had to look by himself.
    assert!(took < Duration::from_secs(1), "{took:?}");
    let shown: Value = serde_json::from_str(shown.is(0)).unwrap();
    assert!(shown.as_array().unwrap().len() >= far["lines"].as_array().unwrap().len());
    assert_eq!(shown[0]["apiVersion"], "pulse/v1");
    let left = world
        .database
        .ask("select count(*)::text from log_asks")
        .await;
    assert_eq!(left, ["0"]);
}

#[tokio::test]
async fn a_follower_gets_each_line_once_also_over_a_restart_of_the_agent_and_of_the_server() {
    let mut world = World::start().await;
    world.add_agent("web-1").await;
    let mut terminal = world.terminal(&["worker", "logs", "web-1", "-f"]);
    terminal.sees("connected worker.id=");

    world
        .ctl(&["worker", "restart", "web-1", "--wait"])
        .await
        .is(0);
    world.complete(&steps::one("true", &["web-1"])).await;
    terminal.sees("exit_code=0");
    world.agent("web-1").kill_link();
    world.agent("web-1").start();
    eventually("the third connection", PATIENCE, || {
        let said = world.agent("web-1").said();
        said.contains("session_epoch=3").then_some(())
    });
    world.server().kill();
    world.server().start();
    world.is_online("web-1").await;
    eventually_async("the agent's return", PATIENCE, async || {
        let log = world.admin().get("/workers/web-1/logs").await;
        let log = log.json();
        let is_back =
            log["lines"].is_array() && count(&log, "the connection to the server is") == 1;
        is_back.then_some(()).ok_or_else(|| log.to_string())
    })
    .await;
    world.complete(&steps::one("exit 7", &["web-1"])).await;
    terminal.sees("exit_code=7");

    let all = world.admin().get("/workers/web-1/logs").await.is(200);
    terminal.types("\u{3}");
    assert_eq!(terminal.ends(), 130);
    let seen = terminal.text();
    for text in [
        "restarting because",
        "the connection to the server is",
        "exit_code=0",
        "exit_code=7",
    ] {
        assert_eq!(seen.matches(text).count(), 1, "{text}: {seen}");
    }
    let connected = count(&all, "connected worker.id=");
    assert_eq!(seen.matches("connected worker.id=").count(), connected);
    assert!(connected >= 4, "{connected}: {seen}");
    assert!(!seen.contains("lines are missing"), "{seen}");
}

#[tokio::test]
async fn only_operators_and_admins_see_an_agents_log() {
    let mut world = World::start().await;
    world.add_agent("web-1").await;
    let path = "/workers/web-1/logs";
    let narrow = json!({"name": "ci", "role": "operator", "workflows": ["deploy"]});
    let document = "name: deploy\nsteps:\n  - name: A\n    command: 'true'\n    targets: [all]\n";
    world.admin().put("/workflows/deploy", document).await.ok();
    let narrow = world.admin().post("/tokens", &narrow).await.is(201);
    let narrow = world.anonymous().with(narrow["token"].as_str().unwrap());

    world.somebody("operator").await.get(path).await.is(200);
    for role in ["viewer", "approver"] {
        let refused = world.somebody(role).await.get(path).await;
        refused.problem(403, "forbidden");
    }
    world
        .anonymous()
        .get(path)
        .await
        .problem(401, "unauthenticated");
    narrow.get("/workers/web-1").await.is(200);
    narrow.get(path).await.problem(403, "forbidden");
}

#[tokio::test]
async fn an_agent_that_cannot_be_asked_is_said_to_be_so_with_where_to_look() {
    let mut world = World::start().await;
    let old = world.socket("old").await;
    let mute = shower(&world, "mute").await;
    world.add_agent("gone").await;
    let gone = world.agents.pop();
    drop(gone);
    eventually_async("the end of the session", PATIENCE, async || {
        let query = "select name from workers where name = 'gone' and server_id is null";
        let left = world.database.ask(query).await;
        (left == ["gone"])
            .then_some(())
            .ok_or_else(|| format!("{left:?}"))
    })
    .await;

    let admin = world.admin();
    let ask = async |name: &str| admin.get(&format!("/workers/{name}/logs")).await;
    let old_said = ask("old").await.problem(409, "agent_cannot");
    let gone_said = ask("gone").await.problem(409, "worker_away");
    ask("nobody").await.problem(404, "not_found");
    let began = Instant::now();
    let mute_said = ask("mute").await.problem(409, "worker_away");
    let took = began.elapsed();

    assert!(old_said["detail"].as_str().unwrap().contains("too old"));
    assert!(
        gone_said["detail"]
            .as_str()
            .unwrap()
            .contains("gone is not connected")
    );
    assert!(
        mute_said["detail"]
            .as_str()
            .unwrap()
            .contains("did not answer in time")
    );
    assert!(took < Duration::from_secs(10), "{took:?}");
    for (name, code) in [("old", 1), ("gone", 11), ("nobody", 7)] {
        let said = world.ctl(&["worker", "logs", name]).await;
        assert_eq!(said.code, code, "{}", said.stderr);
        if code != 7 {
            assert!(
                said.stderr.contains("journalctl -u pulse-agent"),
                "{}",
                said.stderr
            );
        }
    }
    let left = world
        .database
        .ask("select count(*)::text from log_asks")
        .await;
    assert_eq!(left, ["0"]);
    drop((old, mute));
}

async fn get(client: &Client, name: &str) -> Value {
    let path = format!("/workers/{name}/logs");
    client.get(&path).await.is(200)
}

#[tokio::test]
async fn what_a_hostile_agent_says_steers_no_terminal_and_reaches_nobody_who_has_not_asked_it() {
    let world = World::start().await;
    let (mut web, mut other) = (shower(&world, "web").await, shower(&world, "other").await);
    let steering = "a\u{1b}]0;owned\u{7}\u{1b}[2J\u{9b}H\nb\u{0}";

    let admin = world.admin();
    let (log, ()) = tokio::join!(get(&admin, "web"), async {
        let ask = web.frame("read_log").await;
        // Another worker, a question of nobody, and the answer twice.
        other.send(&said(&ask, &[line("of another")])).await;
        let nobody = json!({"ask_id": uuid::Uuid::now_v7()});
        web.send(&said(&nobody, &[line("of nobody")])).await;
        other.send(&json!({"type": "ping"})).await;
        other.frame("pong").await;
        web.send(&said(&ask, &[line(steering), line(&"x".repeat(9_000))]))
            .await;
        web.send(&said(&ask, &[line("twice")])).await;
    });

    let texts = texts(&log);
    assert_eq!(texts.len(), 2, "{log}");
    assert!(!texts[0].contains(char::is_control), "{log}");
    assert!(
        texts[0].starts_with('a') && texts[0].ends_with("b\u{fffd}"),
        "{log}"
    );
    assert_eq!(texts[1].len(), 2_000);
    let mut terminal = world.terminal(&["worker", "logs", "web"]);
    let ask = web.frame("read_log").await;
    assert_eq!(ask["tail"], 200);
    web.send(&said(&ask, &[line(steering)])).await;
    assert_eq!(terminal.ends(), 0);
    let shown = terminal.bytes();
    assert!(
        !shown.windows(4).any(|bytes| bytes == b"\x1b]0;"),
        "{shown:?}"
    );

    // More lines than an answer has, or a place that is none, is no answer.
    let ask = async { get_any(&admin, "web").await };
    let (_, frame) = tokio::join!(ask, async {
        let ask = web.frame("read_log").await;
        let many: Vec<Value> = (0..501).map(|_| line("x")).collect();
        web.send(&said(&ask, &many)).await;
        web.try_frame("never", PATIENCE).await
    });
    let closed = pulse_tests::socket::Silence::Closed(Some(4400));
    assert_eq!(frame, Err(closed));
}

async fn get_any(client: &Client, name: &str) -> u16 {
    client.get(&format!("/workers/{name}/logs")).await.status
}

#[tokio::test]
async fn what_is_asked_for_reaches_the_agent_and_not_more_may_wait_than_eight() {
    let world = World::start().await;
    let mut web = shower(&world, "web").await;
    let admin = world.admin();

    let path = "/workers/web/logs?tail=3&since=2026-01-01T00:00:00Z";
    let (log, ask) = tokio::join!(admin.get(path), async {
        let ask = web.frame("read_log").await;
        web.send(&said(&ask, &[])).await;
        ask
    });
    let cursor = log.is(200)["cursor"].as_str().unwrap().to_owned();
    assert_eq!(
        (&ask["tail"], &ask["since"]),
        (&json!(3), &json!("2026-01-01T00:00:00Z"))
    );

    let path = format!("/workers/web/logs?cursor={cursor}&wait_seconds=20");
    let mut waiting = tokio::task::JoinSet::new();
    let mut asks = Vec::new();
    for _ in 0..8 {
        let (admin, path) = (admin.clone(), path.clone());
        waiting.spawn(async move { admin.get(&path).await });
        asks.push(web.frame("read_log").await);
    }
    let crowded = admin.get(&path).await;
    crowded.problem(429, "too_many_requests");
    for ask in &asks {
        assert_eq!(
            (&ask["after"], &ask["wait_ms"]),
            (&json!("1-2"), &json!(20_000))
        );
        web.send(&said(ask, &[line("news")])).await;
    }
    while let Some(log) = waiting.join_next().await {
        assert_eq!(texts(&log.unwrap().is(200)), ["news"]);
    }
    for wrong in ["tail=10001", "wait_seconds=21", "since=then", "lines=3"] {
        let path = format!("/workers/web/logs?{wrong}");
        admin.get(&path).await.problem(400, "invalid_query");
    }
    let both = format!("{path}&tail=3");
    admin.get(&both).await.problem(400, "bad_cursor");
}

#[tokio::test]
async fn a_question_is_asked_again_of_an_agent_that_has_come_back_meanwhile() {
    let world = World::start().await;
    let mut web = shower(&world, "web").await;
    let admin = world.admin();

    let path = "/workers/web/logs?wait_seconds=20";
    let (log, ()) = tokio::join!(admin.get(path), async {
        web.frame("read_log").await;
        let (id, credential) = (web.worker_id.clone(), web.credential.clone());
        let mut again = Socket::open(&world.servers[0].url(), &id, &credential).await;
        again.hello("web").await;
        let ask = again.frame("read_log").await;
        again.send(&said(&ask, &[line("after all")])).await;
        // What the older session says now is of nobody.
        drop(web);
    });

    assert_eq!(texts(&log.is(200)), ["after all"]);
}

#[tokio::test]
async fn an_asker_that_dies_leaves_a_question_that_is_forgotten() {
    let mut world = World::start().await;
    let mut web = shower(&world, "web").await;
    let admin = world.admin();
    world.servers[0].die_at("logs::read after_commit");

    let asked = admin.request(reqwest::Method::GET, "/workers/web/logs");
    let asked = pulse_tests::client::try_send(asked).await;
    world.server().died();
    world.server().start();
    let (id, credential) = (web.worker_id.clone(), web.credential.clone());
    web = eventually_socket(&world, &id, &credential).await;

    assert!(asked.is_err());
    // It may be answered; nobody waits for it.
    let ask = web.frame("read_log").await;
    web.send(&said(&ask, &[line("to nobody")])).await;
    let (log, ()) = tokio::join!(get(&admin, "web"), async {
        let ask = web.frame("read_log").await;
        web.send(&said(&ask, &[line("to somebody")])).await;
    });
    assert_eq!(texts(&log), ["to somebody"]);
    let left = world
        .database
        .ask("select count(*)::text from log_asks")
        .await;
    assert_eq!(left, ["1"]);
}

async fn eventually_socket(world: &World, id: &str, credential: &str) -> Socket {
    let mut socket = Socket::open(&world.servers[0].url(), id, credential).await;
    let can = json!({"capabilities": {"logs": true}});
    socket.hello_with("web", &can).await;
    socket
}

#[tokio::test]
async fn an_agent_has_kept_what_it_said_before_it_was_killed() {
    let mut world = World::start().await;
    world.add_agent("web-1").await;
    world.agent("web-1").kill_link();
    world.agent("web-1").start();
    eventually("the second connection", PATIENCE, || {
        let said = world.agent("web-1").said();
        said.contains("connected worker.id").then_some(())
    });

    let log = eventually_async("both lines", PATIENCE, async || {
        let log = world.admin().get("/workers/web-1/logs").await.json();
        let is_there = log["lines"].is_array() && count(&log, "connected worker.id=") == 2;
        is_there
            .then_some(log.clone())
            .ok_or_else(|| log.to_string())
    })
    .await;

    assert_eq!(count(&log, "enrolled as web-1"), 1, "{log}");
}
