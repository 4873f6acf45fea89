//! What goes out together with the commit, and what is known when its answer never comes.

use std::{
    collections::BTreeMap,
    time::{Duration, Instant},
};

use pulse_tests::{
    World,
    database::Database,
    eventually::{PATIENCE, eventually_async},
    socket::{Silence, Socket, claim},
    steps,
    tap::{Sent, Tap},
    world::post_once,
};
use serde_json::{Value, json};

/// A server on few connections, so that each has soon prepared what it needs.
const FEW: [(&str, &str); 1] = [("PULSE__DATABASE__POOL_SIZE", "2")];

/// Makes regions until a whole transaction of that kind has gone out in one exchange.
async fn warm(world: &World, code: &str) {
    for number in 0..4 {
        let region = json!({"code": format!("{code}{number}"), "name": "a region"});
        let key = format!("warm-{code}{number}");
        post_once(&world.admin(), "/regions", &region, &key)
            .await
            .is(201);
    }
}

async fn count(world: &World, query: &str) -> String {
    world.database.ask(query).await.remove(0)
}

/// The connections of the server that calls use, by the ids of their processes.
async fn connections(world: &World) -> Vec<String> {
    let query = "select pid::text from pg_stat_activity where application_name = 'pulsed' \
        and datname = current_database() order by pid";
    world.database.ask(query).await
}

#[tokio::test]
async fn a_statement_that_fails_beside_the_commit_leaves_nothing_and_a_usable_connection() {
    let world = World::with(&FEW).await;
    warm(&world, "a").await;
    let before = connections(&world).await;
    // What the trail gets is sent together with the commit, after the region itself.
    let refuse = "create function refuse() returns trigger language plpgsql as \
        'begin raise exception ''not today''; end'; \
        create trigger refuse before insert on audit for each row \
        when (new.action = 'region.create') execute function refuse()";
    world.database.tell(refuse).await.unwrap();

    let region = json!({"code": "fra", "name": "Frankfurt"});
    for number in 0..8 {
        let key = format!("refused-{number}");
        let refused = post_once(&world.admin(), "/regions", &region, &key).await;
        refused.problem(500, "internal");
    }
    let left = "select count(*)::text from regions where code = 'fra'";
    assert_eq!(count(&world, left).await, "0");
    let keys = "select count(*)::text from idempotency_keys where key like 'refused-%'";
    assert_eq!(count(&world, keys).await, "0");
    world
        .database
        .tell("drop trigger refuse on audit")
        .await
        .unwrap();

    post_once(&world.admin(), "/regions", &region, "refused-0")
        .await
        .is(201);
    assert_eq!(count(&world, left).await, "1");
    let idle = "select count(*)::text from pg_stat_activity where datname = current_database() \
        and state like 'idle in transaction%'";
    assert_eq!(count(&world, idle).await, "0");
    let after = connections(&world).await;
    assert!(
        before.iter().all(|pid| after.contains(pid)),
        "{before:?} {after:?}"
    );
}

/// A world whose server reaches PostgreSQL by way of a tap.
async fn tapped() -> (Tap, World) {
    let database = Database::shared().await;
    let tap = Tap::on(&database);
    let world = World::reaching(database, tap.url(), &FEW);
    (tap, world)
}

#[tokio::test]
async fn a_commit_whose_answer_is_lost_has_one_effect_when_the_call_is_repeated() {
    let (tap, world) = tapped().await;
    let (admin, region) = (world.admin(), json!({"code": "fra", "name": "Frankfurt"}));
    warm(&world, "a").await;
    let wait = json!({"definition": {"steps": [{"type": "wait", "name": "w", "duration": "1h"}]}});

    tap.cut_after_commit_of("insert into regions");
    let lost = post_once(&admin, "/regions", &region, "one").await;
    assert!(tap.has_cut());
    let repeated = post_once(&admin, "/regions", &region, "one").await;
    tap.cut_after_commit_of("insert into executions");
    let lost_start = post_once(&admin, "/executions", &wait, "two").await;
    assert!(tap.has_cut());
    let started = post_once(&admin, "/executions", &wait, "two").await;

    for answer in [&lost, &lost_start] {
        answer.problem(503, "outcome_unknown");
        assert!(answer.headers.contains_key("retry-after"));
    }
    assert_eq!(repeated.is(201)["code"], "fra");
    assert_eq!(started.is(201)["number"], 1);
    let effects = "select (select count(*) from regions where code = 'fra') || ' ' || \
        (select count(*) from audit where action = 'region.create' and subject = 'fra') || ' ' || \
        (select count(*) from executions) || ' ' || \
        (select count(*) from audit where action = 'execution.start')";
    assert_eq!(count(&world, effects).await, "1 1 1 1");
}

#[tokio::test]
async fn a_database_that_falls_silent_is_missed_within_seconds_and_found_again() {
    let (tap, world) = tapped().await;
    warm(&world, "a").await;

    tap.fall_silent();
    let since = Instant::now();
    let health = world.anonymous().get("/health").await;
    let call = world.admin().get("/workers").await;
    let answered_after = since.elapsed();
    tap.speak();
    let spoken_at = Instant::now();
    let back = eventually_async("the database", PATIENCE, async || {
        let health = world.anonymous().get("/health").await;
        let call = world.admin().get("/workers").await;
        let is_back = (health.status, call.status) == (200, 200);
        is_back
            .then(|| spoken_at.elapsed())
            .ok_or_else(|| call.text())
    })
    .await;

    assert_eq!(health.status, 503);
    assert_eq!(health.json()["status"], "degraded");
    call.problem(503, "database_unavailable");
    assert!(
        answered_after < Duration::from_secs(10),
        "{answered_after:?}"
    );
    assert!(back < Duration::from_secs(5), "{back:?}");
    warm(&world, "b").await;
}

#[tokio::test]
async fn connections_that_are_ended_by_the_database_are_replaced_and_calls_resolved() {
    let world = World::with(&FEW).await;
    warm(&world, "a").await;
    let end = "select pg_terminate_backend(pid)::text from pg_stat_activity \
        where application_name = 'pulsed' and datname = current_database()";

    for round in 0..10 {
        let region = json!({"code": format!("r{round}"), "name": "a region"});
        let key = format!("round-{round}");
        let admin = world.admin();
        let call = async || post_once(&admin, "/regions", &region, &key).await;
        let (ended, first) = tokio::join!(world.database.ask(end), call());
        assert!(!ended.is_empty());
        assert!(matches!(first.status, 201 | 503), "{}", first.text());
        eventually_async("the call's outcome", PATIENCE, async || {
            let again = call().await;
            match again.status {
                201 => Ok(()),
                503 => Err(again.text()),
                _ => panic!("{}", again.text()),
            }
        })
        .await;
    }

    let made = "select count(*)::text from audit where action = 'region.create' \
        and subject ~ '^r[0-9]$'";
    assert_eq!(count(&world, made).await, "10");
}

/// The transactions that contain such a statement, each from its `begin` to its `commit`, or the one
/// statement that it is.
fn transactions(sent: &[Sent], text: &str) -> Vec<Vec<Sent>> {
    let mut open: BTreeMap<usize, Vec<Sent>> = BTreeMap::new();
    let mut found = Vec::new();
    for sent in sent {
        let whole = open.entry(sent.connection).or_default();
        whole.push(sent.clone());
        let is_over = sent.statement == "commit" || whole[0].statement != "begin";
        if is_over {
            let whole = std::mem::take(whole);
            if whole.iter().any(|sent| sent.statement.contains(text)) {
                found.push(whole);
            }
        }
    }
    assert!(!found.is_empty(), "no {text}");
    found
}

/// A client library that sends in another order than it was asked to would commit before it writes.
#[tokio::test]
async fn what_is_sent_together_arrives_in_its_order() {
    let (tap, world) = tapped().await;
    warm(&world, "a").await;
    let mut worker = world.socket("web-1").await;
    for _ in 0..6 {
        let number = world.run(&steps::one("true", &["web-1"])).await;
        let offer = worker.take().await;
        let result: Value = worker.result(&offer, 0);
        worker.send(&result).await;
        assert_eq!(world.ended(number).await["status"], "completed");
    }

    let sent = tap.sent();
    let created = transactions(&sent, "insert into regions");
    let started = transactions(&sent, "insert into executions");

    for whole in [&created, &started].into_iter().flatten() {
        let (first, last) = (&whole[0].statement, &whole.last().unwrap().statement);
        assert_eq!((first.as_str(), last.as_str()), ("begin", "commit"));
    }
    for some in [&created, &started] {
        // Once all is prepared, the commit does not wait for the answers to the writes before it.
        let is_together = |whole: &&Vec<Sent>| {
            let [.., write, commit] = &whole[..] else {
                return false;
            };
            write.answered == commit.answered
        };
        assert!(some.iter().any(|whole| is_together(&whole)), "{some:#?}");
    }
    // Nor does the first statement wait for the begin.
    let rides_along = |whole: &Vec<Sent>| whole[0].answered == whole[1].answered;
    assert!(started.iter().any(rides_along), "{started:#?}");
    let is_in_order = |whole: &[Sent], texts: &[&str]| {
        let position = |text: &&str| {
            let found = whole.iter().position(|sent| sent.statement.contains(*text));
            found.unwrap_or_else(|| panic!("no {text}: {whole:#?}"))
        };
        texts.iter().map(position).is_sorted()
    };
    for whole in &created {
        assert!(is_in_order(whole, &["into regions", "into audit"]));
    }
    for whole in &started {
        let writes = |sent: &&Sent| sent.statement.contains("insert into");
        assert_eq!(whole.iter().filter(writes).count(), 1, "{whole:#?}");
    }
}

#[tokio::test]
async fn a_report_on_what_the_server_has_just_written_is_one_statement() {
    let (tap, world) = tapped().await;
    let mut worker = world.socket("web-1").await;
    for _ in 0..6 {
        let number = world.run(&steps::one("true", &["web-1"])).await;
        let offer = worker.take().await;
        let result: Value = worker.result(&offer, 0);
        worker.send(&result).await;
        assert_eq!(world.ended(number).await["status"], "completed");
    }

    let reported = transactions(&tap.sent(), "update executions");

    let is_alone = |whole: &Vec<Sent>| whole.len() == 1;
    assert!(reported.iter().all(is_alone), "{reported:#?}");
}

/// Reports of four workers, on two connections, of which none can be prepared at first.
#[tokio::test]
async fn what_could_not_be_prepared_is_not_overtaken_by_the_next_commit() {
    let (tap, world) = tapped().await;
    let mut hosts = Vec::new();
    for name in ["web-1", "web-2", "web-3", "web-4"] {
        let mut host = world.socket(name).await;
        let number = world.run(&steps::one("true", &[name])).await;
        let offer = host.frame("execute_command").await;
        hosts.push((name, host, number, offer));
    }

    let rename = "alter function expect_rows rename to expect_nothing";
    world.database.tell(rename).await.unwrap();
    for (_, host, _, offer) in &mut hosts {
        let result = host.result(offer, 0);
        host.send(&result).await;
        let closed = host.close_code(PATIENCE).await;
        assert_eq!(closed, Silence::Closed(Some(1001)));
    }
    let repair = "alter function expect_nothing rename to expect_rows";
    world.database.tell(repair).await.unwrap();
    let before = tap.sent().len();
    for (name, host, number, offer) in &hosts {
        let url = world.servers[0].url();
        let mut again = Socket::open(&url, &host.worker_id, &host.credential).await;
        again
            .hello_with(name, &json!({"running": [claim(offer)]}))
            .await;
        again.send(&again.result(offer, 0)).await;
        assert_eq!(world.ended(*number).await["status"], "completed");
    }

    let reported = transactions(&tap.sent()[before..], "update executions");
    assert_eq!(reported.len(), hosts.len());
    for whole in reported {
        let (first, last) = (&whole[0].statement, &whole.last().unwrap().statement);
        assert_eq!((first.as_str(), last.as_str()), ("begin", "commit"));
    }
}
