//! PostgreSQL that is full, busy, gone for long, or another one than before.

use std::{
    collections::BTreeSet,
    path::Path,
    time::{Duration, Instant},
};

use futures_util::future::join_all;
use pulse_tests::{
    Client, World,
    client::try_send,
    database::Database,
    disk::Disk,
    eventually::{PATIENCE, eventually, eventually_async, meanwhile},
    places, skip, steps,
    world::{jobs_of, step_of},
};
use reqwest::Method;
use serde_json::{Value, json};

/// Two minutes are half a second here, six are a second and a half.
const QUICK: [(&str, &str); 3] = [
    ("PULSE__WORKERS__HEARTBEAT_INTERVAL_MS", "100"),
    ("PULSE__WORKERS__UNREACHABLE_AFTER_MS", "500"),
    ("PULSE__WORKERS__OFFLINE_AFTER_MS", "1500"),
];

/// Starts something that waits for an hour; the status and what was said, or why nothing was.
async fn start(client: &Client, key: &str) -> Result<(u16, Value), String> {
    let wait = json!({"steps": [{"type": "wait", "name": "w", "duration": "1h"}]});
    let request = client
        .request(Method::POST, "/executions")
        .header("idempotency-key", key)
        .timeout(Duration::from_secs(10));
    let answer = try_send(request.json(&json!({"definition": wait}))).await;
    let answer = answer.map_err(|error| error.to_string())?;
    Ok((answer.status, answer.json()))
}

/// Says it again until it is answered.
async fn starts(client: &Client, key: &str) {
    eventually_async(&format!("{key} started"), PATIENCE, async || {
        match start(client, key).await? {
            (201, _) => Ok(()),
            (503, body) => Err(body.to_string()),
            (status, body) => panic!("{key}: {status} {body}"),
        }
    })
    .await;
}

/// The keys that have made something, each once.
async fn made(world: &World) -> BTreeSet<String> {
    let query = "select key from idempotency_keys where key like 'load-%'";
    let keys = world.database.ask(query).await;
    let count = world.database.ask("select count(*) from executions").await;
    assert_eq!(count, [keys.len().to_string()]);
    keys.into_iter().collect()
}

#[tokio::test]
async fn a_full_disk_of_the_database_leaves_no_half_of_anything_and_passes() {
    let folder = places::new_folder("full");
    let disk = match Disk::small(&folder, 300 * 1024) {
        Ok(disk) => disk,
        Err(reason) => {
            skip(&reason);
            return;
        }
    };
    let database = Database::in_folder(&folder);
    let url = database.url().to_owned();
    let mut world = World::reaching(database, &url, &[]);
    let admin = world.admin();
    starts(&admin, "load-before").await;

    disk.fill();
    let mut refused = 0;
    let mut number = 0;
    // What is there already, and the log that was made beforehand, take some more.
    while refused < 20 {
        number += 1;
        assert!(number < 20_000, "the disk is not full");
        match start(&admin, &format!("load-{number}")).await {
            Ok((201, _)) => {}
            Ok((status, body)) => {
                assert_eq!(status, 503, "{body}");
                refused += 1;
            }
            Err(error) => panic!("no answer: {error}"),
        }
    }
    disk.empty();
    if world.database.cluster().has_ended() {
        // It gave up, as it may: without room for its log it can promise nothing.
        world.database.cluster().up();
    }
    for number in 1..=number {
        starts(&admin, &format!("load-{number}")).await;
    }

    assert_eq!(made(&world).await.len(), number + 1);
    drop(world);
    drop(disk);
    let _ = std::fs::remove_dir(folder);
}

#[tokio::test]
async fn two_hundred_calls_that_wait_are_shed_and_hide_no_sign_of_life() {
    let mut environment = QUICK.to_vec();
    environment.push(("PULSE__DATABASE__POOL_SIZE", "4"));
    let mut world = World::with(&environment).await;
    world.add_agent("web-1").await;
    let blocker = world.database.session().await;
    blocker
        .batch_execute("begin; lock table workflows in access exclusive mode")
        .await
        .unwrap();
    let began = Instant::now();

    let calls = (0..200).map(|_| {
        let admin = world.admin();
        async move { (admin.get("/workflows").await, began.elapsed()) }
    });
    let calls = join_all(calls);
    let look = "select status::text || (last_heartbeat > now() - interval '1 second') from workers";
    let alive = meanwhile(Duration::from_secs(7), async || {
        let status = world.database.ask(look).await;
        (status == ["onlinetrue"])
            .then_some(())
            .ok_or_else(|| format!("{status:?}"))
    });
    let free = async {
        alive.await;
        blocker.batch_execute("rollback").await.unwrap();
    };
    let (answers, ()) = tokio::join!(calls, free);

    let shed: Vec<_> = answers
        .iter()
        .filter(|(answer, _)| answer.status == 503)
        .collect();
    assert!(shed.len() >= 150, "{} were shed", shed.len());
    for (answer, after) in &shed {
        answer.problem(503, "database_unavailable");
        assert!(answer.headers.contains_key("retry-after"));
        assert!(*after < Duration::from_secs(9), "{after:?}");
    }
    assert!(
        answers
            .iter()
            .all(|(answer, _)| matches!(answer.status, 200 | 503))
    );
    let said = world.server().said();
    assert!(!said.contains("worker is unreachable"), "{said}");
    let execution = world.complete(&steps::one("true", &["web-1"])).await;
    assert_eq!(execution["status"], "completed");
}

#[tokio::test]
async fn a_database_without_connections_to_give_is_away_and_takes_no_worker_along() {
    let mut world = World::private(&QUICK);
    world.add_agent("web-1").await;
    let mut others = Vec::new();
    while let Ok(session) = world.database.try_session().await {
        others.push(session);
    }
    assert!(others.len() > 100, "{} connections", others.len());

    // A replica that comes now finds none.
    let mut late = pulse_tests::server::Server::new(world.folder(), "late", world.database.url());
    late.start();
    let health = Client::anonymous(&late.url()).get("/health").await;
    let there = meanwhile(Duration::from_secs(2), async || {
        let view = world.admin().get("/workers/web-1").await.json();
        (view["status"] == "online")
            .then_some(())
            .ok_or_else(|| view.to_string())
    });
    there.await;
    drop(others);
    eventually_async("the late one", PATIENCE, async || {
        let health = Client::anonymous(&late.url()).get("/health").await;
        (health.status == 200)
            .then_some(())
            .ok_or_else(|| health.text())
    })
    .await;

    assert_eq!(health.status, 503, "{}", health.text());
    late.stop();
}

#[tokio::test]
async fn connections_that_were_closed_while_nobody_used_them_cost_no_call() {
    let world = World::with(&[]).await;
    let calls = |prefix: &'static str| {
        let admins = (0..16).map(|number| (world.admin(), format!("{prefix}-{number}")));
        join_all(admins.map(|(admin, key)| async move { start(&admin, &key).await.unwrap() }))
    };
    let pids = "select pid from pg_stat_activity \
                where datname = current_database() and application_name = 'pulsed'";
    calls("before").await;
    let before: BTreeSet<String> = world.database.ask(pids).await.into_iter().collect();

    let query = format!("select pg_terminate_backend(pid)::text from ({pids}) as theirs");
    world.database.ask(&query).await;
    // Who listens for news has noticed, and come again.
    eventually_async("new connections alone", PATIENCE, async || {
        let now: BTreeSet<String> = world.database.ask(pids).await.into_iter().collect();
        let is_new = !now.is_empty() && now.is_disjoint(&before);
        is_new.then_some(()).ok_or_else(|| format!("{now:?}"))
    })
    .await;
    let answers = calls("after").await;

    assert!(before.len() > 2, "{before:?}");
    for (status, body) in answers {
        assert_eq!(status, 201, "{body}");
    }
}

/// Nine minutes, where six make a worker offline.
const OUTAGE: Duration = Duration::from_millis(2_250);

#[tokio::test]
async fn a_long_outage_of_the_database_is_held_against_no_worker() {
    let mut world = World::private(&QUICK);
    world.add_agent("web-1").await;
    let ledger = world.ledger();
    let once = steps::execute("once", &format!("{}; sleep 1; echo done", ledger.note()));
    let mut again = steps::execute(
        "again",
        &format!("{}; test $PULSE_ATTEMPT = 2 || sleep 60", ledger.note()),
    );
    again["retry"] = json!({"max": 1, "delay": 0, "for": ["lost"]});
    let (first, second) = (
        world.run(&json!({"steps": [once]})).await,
        world.run(&json!({"steps": [again]})).await,
    );
    eventually("both steps", PATIENCE, || {
        (ledger.lines().len() == 2).then_some(())
    });

    world.database.cluster().down();
    let down_at = Instant::now();
    eventually("the end of the outage", PATIENCE, || {
        (down_at.elapsed() > OUTAGE).then_some(())
    });
    world.database.cluster().up();
    let first = world.ended(first).await;
    let second = world.ended(second).await;

    let job = jobs_of(&first, "once").remove(0);
    assert_eq!(
        (&job["status"], &job["attempt"]),
        (&json!("succeeded"), &json!(1)),
        "{job}"
    );
    assert_eq!(world.output(&job).await, b"done\n");
    // What may be repeated was ended on the host, and ran again.
    assert_eq!(second["status"], "completed", "{second}");
    assert_eq!(step_of(&second, "again")["jobs"][1]["attempt"], 2);
    assert_eq!(ledger.twice(), [""; 0]);
    let said = world.server().said();
    assert!(!said.contains("worker is offline"), "{said}");
    let query = "select status::text from workers";
    assert_eq!(world.database.ask(query).await, ["online"]);
}

/// A database that is reached by a link to the folder of its socket.
fn by_link(database: Database, link: &Path) -> (Database, String) {
    let url = database.url().to_owned();
    let (before, _) = url.split_once("?host=").unwrap();
    let host = link.display().to_string().replace('/', "%2F");
    let url = format!("{before}?host={host}&user=postgres");
    (database.by_way_of(url.clone()), url)
}

fn point(link: &Path, at: &Path) {
    let new = link.with_extension("new");
    std::os::unix::fs::symlink(at, &new).unwrap();
    std::fs::rename(new, link).unwrap();
}

#[tokio::test]
async fn a_standby_that_takes_over_has_everything_that_was_acknowledged() {
    let mut database = Database::private();
    let folder = places::new_folder("failover");
    let link = folder.join("current");
    point(&link, &database.cluster().sockets());
    let standby = database.cluster().standby().await;
    let (database, url) = by_link(database, &link);
    let mut world = World::reaching(database, &url, &QUICK);
    world.add_agent("web-1").await;
    let running = world
        .run(&steps::one("sleep 2; echo done", &["web-1"]))
        .await;
    world.step_is(running, "only", "running").await;

    let admin = world.admin();
    let mut acknowledged = BTreeSet::new();
    let load = async {
        let mut number = 0;
        let mut refused = 0;
        while refused < 3 {
            number += 1;
            let key = format!("load-{number}");
            match start(&admin, &key).await {
                Ok((201, _)) => {
                    acknowledged.insert(key);
                }
                _ => refused += 1,
            }
        }
        number
    };
    let cluster = world.database.cluster();
    let fail = async {
        tokio::task::yield_now().await;
        let until = Instant::now() + Duration::from_millis(600);
        while Instant::now() < until {
            tokio::task::yield_now().await;
        }
        cluster.crash();
    };
    let (tried, ()) = tokio::join!(load, fail);
    // Nobody writes to the old one any more: it is down, and the way to it is gone.
    point(&link, &standby.sockets());
    standby.promote().await;

    for number in 1..=tried {
        starts(&admin, &format!("load-{number}")).await;
    }
    let execution = world.ended(running).await;

    assert!(!acknowledged.is_empty());
    let keys = "select key from idempotency_keys where key like 'load-%'";
    let kept: BTreeSet<String> = world.database.ask(keys).await.into_iter().collect();
    assert!(acknowledged.is_subset(&kept), "{acknowledged:?} {kept:?}");
    let count = world.database.ask("select count(*) from executions").await;
    assert_eq!(count, [(tried + 1).to_string()]);
    let timeline = "select left(pg_walfile_name(pg_current_wal_lsn()), 8)";
    assert_eq!(world.database.ask(timeline).await, ["00000002"]);
    let job = jobs_of(&execution, "only").remove(0);
    assert_eq!(
        (&job["status"], &job["attempt"]),
        (&json!("succeeded"), &json!(1)),
        "{job}"
    );
    drop(world);
    drop(standby);
    std::fs::remove_dir_all(folder).unwrap();
}
