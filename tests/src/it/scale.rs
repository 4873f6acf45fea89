//! Many agents at once: two hundred here, ten thousand in `pulse-bench run --only herd`.

use std::{collections::HashMap, time::Duration};

use futures_util::{SinkExt as _, StreamExt as _};
use pulse_api::token::{self, TokenKind};
use pulse_tests::{World, eventually::PATIENCE, eventually_async, steps, world::jobs_of};
use serde_json::{Value, json};
use tokio::{sync::mpsc, task::JoinSet};
use tokio_tungstenite::tungstenite::{self, Message, client::IntoClientRequest as _};

const HERD: usize = 200;

/// What an agent has seen.
enum News {
    Welcome,
    TurnedAway,
    Offer(Value),
}

/// Writes enrolled hosts into the database: this test is not about enrolment. All share the secret
/// of one that enrolled.
async fn enroll(world: &World) -> Vec<(String, String)> {
    let (_, credential) = world.enroll("first").await;
    let secret = token::parse(&credential).unwrap().secret.to_owned();
    let insert = format!(
        "with made as (insert into workers (id, name, kind, role, region, status, last_heartbeat) \
           select gen_random_uuid(), 'herd-' || n, 'remote', 'action', 'iad', 'online', now() \
           from generate_series(1, {HERD}) as n returning id), \
         given as (insert into credentials (id, worker_id, secret_sha256) \
           select gen_random_uuid(), made.id, (select secret_sha256 from credentials) from made \
           returning id, worker_id) \
         select worker_id || ' ' || id from given"
    );
    let rows = world.database.ask(&insert).await;
    let hosts = rows.iter().map(|row| {
        let (worker, id) = row.split_once(' ').unwrap();
        let stem = token::stem(TokenKind::Agent, id.parse().unwrap(), &secret);
        let checksum = crc32fast::hash(stem.as_bytes());
        (worker.to_owned(), format!("{stem}_{checksum:08x}"))
    });
    hosts.collect()
}

/// Comes again as long as the server is busy, then says hello, beats, and answers offers.
async fn live(url: String, (id, credential): (String, String), news: mpsc::UnboundedSender<News>) {
    let mut socket = loop {
        let mut request = url.clone().into_client_request().unwrap();
        let bearer = format!("Bearer {credential}").parse().unwrap();
        request.headers_mut().insert("authorization", bearer);
        match tokio_tungstenite::connect_async(request).await {
            Ok((socket, _)) => break socket,
            Err(tungstenite::Error::Http(answer)) if answer.status() == 503 => {
                let _ = news.send(News::TurnedAway);
                let seconds: u64 = answer.headers()["retry-after"]
                    .to_str()
                    .unwrap()
                    .parse()
                    .unwrap();
                let mut pause = tokio::time::interval(Duration::from_millis(300 * seconds));
                pause.tick().await;
                pause.tick().await;
            }
            Err(error) => panic!("{error}"),
        }
    };
    let hello = json!({"type": "worker_connect", "worker_id": id, "protocol": 1, "running": [],
        "slots": 5, "capabilities": {}, "version": "0.1.0"});
    socket.send(Message::text(hello.to_string())).await.unwrap();
    let mut beats = tokio::time::interval(Duration::from_secs(1));
    loop {
        tokio::select! {
            _ = beats.tick() => {
                let beat = json!({"type": "heartbeat", "metrics": {"cpu_percent": 1.0}, "held": []});
                socket.send(Message::text(beat.to_string())).await.unwrap();
            }
            frame = socket.next() => {
                let Some(Ok(Message::Text(text))) = frame else { return };
                let frame: Value = serde_json::from_str(&text).unwrap();
                if frame["type"] == "welcome" {
                    let _ = news.send(News::Welcome);
                } else if frame["type"] == "execute_command" {
                    socket.send(Message::text(result(&id, &frame))).await.unwrap();
                    let _ = news.send(News::Offer(frame));
                }
            }
        }
    }
}

fn result(id: &str, offer: &Value) -> String {
    let result = json!({"type": "command_result", "execution_id": offer["execution_id"],
        "worker_id": id, "success": true, "stdout": "", "stderr": "", "duration": 1,
        "timestamp": offer["expires_at"], "job_id": offer["job_id"], "attempt": offer["attempt"],
        "fence": offer["fence"], "exit_code": 0});
    result.to_string()
}

#[tokio::test]
async fn two_hundred_agents_come_at_once_and_a_step_reaches_each_of_them_once() {
    let world = World::with(&[("PULSE__WORKERS__UNREACHABLE_AFTER_MS", "21000")]).await;
    let hosts = enroll(&world).await;
    let url = format!(
        "{}/api/v1/agent",
        world.servers[0].url().replacen("http", "ws", 1)
    );
    let (sender, mut news) = mpsc::unbounded_channel();

    let mut agents = JoinSet::new();
    for host in hosts {
        agents.spawn(live(url.clone(), host, sender.clone()));
    }
    let (mut welcome, mut turned_away) = (0, 0);
    while welcome < HERD {
        match tokio::time::timeout(PATIENCE, news.recv())
            .await
            .unwrap()
            .unwrap()
        {
            News::Welcome => welcome += 1,
            News::TurnedAway => turned_away += 1,
            News::Offer(_) => {}
        }
    }
    let mut step = steps::execute("all", "true");
    step["targets"] = json!("!name=first");
    let execution = world.complete(&json!({"steps": [step]})).await;

    assert_eq!(execution["status"], "completed");
    assert_eq!(jobs_of(&execution, "all").len(), HERD);
    let mut offers: HashMap<String, u32> = HashMap::new();
    while let Ok(told) = news.try_recv() {
        if let News::Offer(offer) = told {
            *offers.entry(offer["job_id"].to_string()).or_default() += 1;
        }
    }
    assert_eq!(offers.len(), HERD);
    assert!(offers.values().all(|count| *count == 1));
    assert!(turned_away > 0, "nobody had to wait: there is no limit");
    let silent = eventually_async("heartbeats", PATIENCE, async || {
        let query = "select count(*) from workers where metrics is null and name <> 'first'";
        let count = world.database.ask(query).await.remove(0);
        (count == "0").then_some(()).ok_or(count)
    });
    silent.await;
    let gone = world
        .database
        .ask("select count(*) from workers where status <> 'online'")
        .await;
    assert_eq!(gone, ["0"]);
}

#[tokio::test]
async fn a_step_on_more_than_ten_thousand_workers_is_refused() {
    let world = World::start().await;
    let many = "insert into workers (id, name, kind, role, region, status, last_heartbeat) \
                select gen_random_uuid(), 'mass-' || n, 'remote', 'action', 'iad', 'online', now() \
                from generate_series(1, 10001) as n returning 1";
    assert_eq!(world.database.ask(many).await.len(), 10_001);

    let body = json!({"definition": steps::one("true", &["all"])});
    let refused = world.admin().post("/executions", &body).await;

    refused.problem(422, "too_many_targets");
    let count = world.database.ask("select count(*) from jobs").await;
    assert_eq!(count, ["0"]);
}

#[tokio::test]
async fn looking_at_a_plan_locks_no_worker() {
    let world = World::start().await;
    world.enroll("web-1").await;
    let document =
        "name: look\nsteps:\n  - {name: All, type: execute, targets: [all], command: 'true'}\n";
    world.admin().put("/workflows/look", document).await.ok();
    let holder = world.database.session().await;
    holder
        .batch_execute("begin; select * from workers for update")
        .await
        .unwrap();

    let viewer = world.somebody("viewer").await;
    let plan = tokio::time::timeout(
        Duration::from_secs(5),
        viewer.post("/workflows/look/plan", &json!({})),
    )
    .await;

    plan.expect("the plan waits for nobody").is(200);
    holder.batch_execute("rollback").await.unwrap();
}
