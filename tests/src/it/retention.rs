//! What has ended long ago is removed, and nothing else.

use std::{cell::Cell, process::Stdio, time::Duration};

use pulse_tests::{
    World, client,
    eventually::{PATIENCE, eventually_async},
    steps,
    world::{jobs_of, post_once},
};
use reqwest::Method;
use serde_json::{Value, json};

/// A world in which executions go after a day.
async fn forgetful() -> World {
    World::with(&[("PULSE__RETENTION__EXECUTIONS_DAYS", "1")]).await
}

/// Lets an execution have ended so many days ago.
async fn age(world: &World, number: i64, days: u32) {
    let statement = format!(
        "update executions set completed_at = completed_at - interval '{days} days' where number = {number}"
    );
    world.database.tell(&statement).await.unwrap();
}

/// The timer looks when its server starts, and then every minute.
fn look(world: &mut World) {
    world.server().stop();
    world.server().start();
}

async fn is_there(world: &World, number: i64) -> bool {
    let path = format!("/executions/{number}");
    world.admin().get(&path).await.status == 200
}

async fn is_gone(world: &World, number: i64) {
    eventually_async(&format!("the end of #{number}"), PATIENCE, async || {
        let there = is_there(world, number).await;
        (!there)
            .then_some(())
            .ok_or_else(|| "still there".to_owned())
    })
    .await;
}

async fn prune(world: &World, seconds: u64) -> Value {
    let body = json!({"older_than_seconds": seconds});
    world.admin().post("/executions/prune", &body).await.is(200)
}

async fn count(world: &World, query: &str) -> i64 {
    world.database.ask(query).await[0].parse().unwrap()
}

async fn metric(world: &World, series: &str) -> String {
    let request = world.admin().request_at(Method::GET, "/metrics");
    let text = client::send(request).await.text();
    let line = text.lines().find_map(|line| line.strip_prefix(series));
    line.unwrap_or_else(|| panic!("{text}")).trim().to_owned()
}

#[tokio::test]
async fn what_ended_long_ago_goes_with_everything_it_wrote_and_the_rest_stays() {
    let mut world = forgetful().await;
    world.add_agent("web-1").await;
    let old = world.complete(&steps::one("echo old", &["all"])).await["number"].clone();
    let young = world.complete(&steps::one("echo young", &["all"])).await["number"].clone();
    let (old, young) = (old.as_i64().unwrap(), young.as_i64().unwrap());
    let id = world.execution(old).await["id"]
        .as_str()
        .unwrap()
        .to_owned();
    age(&world, old, 2).await;

    look(&mut world);

    is_gone(&world, old).await;
    assert!(is_there(&world, young).await);
    for table in ["steps", "jobs", "outputs", "timeline"] {
        let query = |id: &str| format!("select count(*) from {table} where execution_id = '{id}'");
        assert_eq!(count(&world, &query(&id)).await, 0, "{table}");
        let kept = world.execution(young).await["id"]
            .as_str()
            .unwrap()
            .to_owned();
        assert!(count(&world, &query(&kept)).await > 0, "{table}");
    }
    assert_eq!(metric(&world, "pulse_executions_removed_total").await, "1");
    let said = world.server().said();
    assert!(said.contains("removed what ended long ago"), "{said}");
}

#[tokio::test]
async fn the_audit_trail_says_how_many_went_and_stays_whole() {
    let mut world = forgetful().await;
    world.add_agent("web-1").await;
    for _ in 0..3 {
        let execution = world.complete(&steps::one("true", &["all"])).await;
        age(&world, execution["number"].as_i64().unwrap(), 2).await;
    }

    look(&mut world);
    is_gone(&world, 3).await;

    let audit = world
        .admin()
        .get("/audit?action=execution.prune")
        .await
        .is(200);
    let entries = audit["items"].as_array().unwrap();
    assert_eq!(entries.len(), 1, "{audit}");
    assert_eq!(entries[0]["actor"], "retention");
    assert_eq!(entries[0]["detail"]["executions"], 3);
    let started = world
        .admin()
        .get("/audit?action=execution.start")
        .await
        .is(200);
    assert_eq!(started["items"].as_array().unwrap().len(), 3, "{started}");
    world.ctl(&["audit", "verify"]).await.is(0);
}

#[tokio::test]
async fn whoever_asks_for_a_removed_execution_is_told_why_it_may_be_gone() {
    let mut world = forgetful().await;
    world.add_agent("web-1").await;
    let number = world.complete(&steps::one("true", &["all"])).await["number"].clone();
    prune(&world, 0).await;

    let path = format!("/executions/{number}");
    let problem = world.admin().get(&path).await.problem(404, "not_found");
    let shown = world.ctl(&["execution", "show", &number.to_string()]).await;
    let listed = world.ctl(&["execution", "ls", "-o", "json"]).await;

    let hint = problem["hint"].as_str().unwrap();
    assert!(hint.contains("more than 1 days ago is removed"), "{hint}");
    shown.is(7);
    assert!(shown.stderr.contains("is removed"), "{}", shown.stderr);
    let listed: Value = serde_json::from_str(listed.is(0)).unwrap();
    assert_eq!(listed, json!([]));
}

#[tokio::test]
async fn nothing_open_goes_and_nothing_that_something_open_was_started_from() {
    let world = forgetful().await;
    let mut host = world.socket("web-1").await;
    let first = world.run(&steps::one("true", &["web-1"])).await;
    let offer = host.take().await;
    host.send(&host.result(&offer, 1)).await;
    world.ended(first).await;
    let retry = |number: i64| {
        let path = format!("/executions/{number}/retry");
        let admin = world.admin();
        async move {
            admin.post(&path, &json!({})).await.is(201)["number"]
                .as_i64()
                .unwrap()
        }
    };
    let second = retry(first).await;
    let offer = host.take().await;
    host.send(&host.result(&offer, 1)).await;
    world.ended(second).await;
    let open = retry(second).await;
    let offer = host.take().await;
    let other = world.run(&steps::one("true", &["web-1"])).await;
    let offer_of_other = host.take().await;
    host.send(&host.result(&offer_of_other, 0)).await;
    world.ended(other).await;

    let while_open = prune(&world, 0).await;
    host.send(&host.result(&offer, 0)).await;
    world.ended(open).await;
    let after = prune(&world, 0).await;

    assert_eq!(
        while_open,
        json!({"removed": 1, "first": other, "last": other, "more": false})
    );
    assert_eq!(
        after,
        json!({"removed": 3, "first": first, "last": open, "more": false})
    );
}

#[tokio::test]
async fn what_another_transaction_has_in_hand_is_left_for_later() {
    let mut world = forgetful().await;
    world.add_agent("web-1").await;
    let held = world.complete(&steps::one("true", &["all"])).await["number"].clone();
    let free = world.complete(&steps::one("true", &["all"])).await["number"].clone();
    let other = world.database.session().await;
    let lock = format!("begin; select 1 from executions where number = {held} for key share");
    other.batch_execute(&lock).await.unwrap();

    let pruned = tokio::time::timeout(Duration::from_secs(5), prune(&world, 0)).await;
    let meanwhile = pruned.expect("it waits for nobody");
    other.batch_execute("rollback").await.unwrap();
    let after = prune(&world, 0).await;

    assert_eq!(
        (&meanwhile["removed"], &meanwhile["first"]),
        (&json!(1), &free)
    );
    assert_eq!((&after["removed"], &after["first"]), (&json!(1), &held));
}

#[tokio::test]
async fn more_output_than_one_transaction_takes_goes_in_several() {
    let mut world = forgetful().await;
    world.add_agent("web-1").await;
    let execution = world.complete(&steps::one("echo one", &["all"])).await;
    let number = execution["number"].as_i64().unwrap();
    let more = format!(
        "insert into outputs (job_id, attempt, seq, execution_id, log_seq, stream, byte_offset, data) \
         select j.id, 1, n, j.execution_id, n, 1, n, 'x' from jobs j, generate_series(1000, 5999) as n \
         where j.execution_id = '{}'",
        execution["id"].as_str().unwrap()
    );
    world.database.tell(&more).await.unwrap();

    let first = prune(&world, 0).await;
    let between = world.execution(number).await;
    let log = world.ctl(&["execution", "logs", &number.to_string()]).await;
    let mut calls = 1;
    let mut last = first.clone();
    while last["more"] == true {
        last = prune(&world, 0).await;
        calls += 1;
    }

    assert_eq!(
        (&first["removed"], &first["more"]),
        (&json!(0), &json!(true))
    );
    assert!(between["outputs_removed_at"].is_string(), "{between}");
    log.is(0);
    assert!(
        log.stderr.contains("wrote was removed on"),
        "{}",
        log.stderr
    );
    assert_eq!((calls, &last["removed"]), (3, &json!(1)));
    assert_eq!(count(&world, "select count(*) from outputs").await, 0);
}

/// An execution whose output has gone before it, as the configuration said.
async fn without_output() -> (World, Value) {
    let mut world = World::with(&[("PULSE__RETENTION__OUTPUTS_DAYS", "1")]).await;
    world.add_agent("web-1").await;
    let two = json!({"steps": [steps::execute("first", "echo one; echo two >&2"), steps::execute("second", "echo three")]});
    let number = world.complete(&two).await["number"].as_i64().unwrap();
    age(&world, number, 2).await;
    look(&mut world);
    let gone = eventually_async("the end of the output", PATIENCE, async || {
        let view = world.execution(number).await;
        let is_gone = view["outputs_removed_at"].is_string();
        is_gone
            .then(|| view.clone())
            .ok_or_else(|| view.to_string())
    })
    .await;
    (world, gone)
}

#[tokio::test]
async fn output_that_goes_before_its_execution_leaves_its_length_and_its_digest() {
    let (world, execution) = without_output().await;

    let job = jobs_of(&execution, "first").remove(0);
    let path = format!("/jobs/{}/output", job["id"].as_str().unwrap());
    let problem = world
        .admin()
        .get(&path)
        .await
        .problem(410, "output_removed");

    assert_eq!(count(&world, "select count(*) from outputs").await, 0);
    assert_eq!(
        (&execution["status"], &job["output_bytes"]),
        (&json!("completed"), &json!(8))
    );
    let digest = job["output_sha256"].as_str().unwrap();
    let detail = problem["detail"].as_str().unwrap();
    assert!(
        detail.contains("it had 8 bytes") && detail.contains(digest),
        "{detail}"
    );
    let audit = world
        .admin()
        .get("/audit?action=execution.prune_outputs")
        .await
        .is(200);
    assert_eq!(audit["items"][0]["detail"]["executions"], 1, "{audit}");
    assert_eq!(metric(&world, "pulse_outputs_removed_total").await, "1");
}

#[tokio::test]
async fn logs_of_an_execution_without_its_output_say_so_and_streams_of_it_end() {
    let (world, execution) = without_output().await;
    let number = execution["number"].to_string();

    let logs = world.ctl(&["execution", "logs", &number]).await;
    let followed = world.ctl(&["execution", "logs", "-f", &number]).await;
    let exported = world.ctl(&["execution", "export", &number]).await;

    for said in [&logs, &followed] {
        assert_eq!(said.is(0), "");
        let told = format!("what #{number} wrote was removed on");
        assert_eq!(said.stderr.matches(&told).count(), 1, "{}", said.stderr);
    }
    let entries = exported.is(0).lines().skip(1);
    let last = entries.last().unwrap();
    assert!(last.contains("\"completed\""), "{last}");
}

#[tokio::test]
async fn people_see_what_would_go_before_it_goes() {
    let mut world = World::start().await;
    world.add_agent("web-1").await;
    for _ in 0..2 {
        world.complete(&steps::one("true", &["all"])).await;
    }
    let arguments = |more: &[&'static str]| {
        let mut all = vec!["execution", "prune", "--older-than", "0s"];
        all.extend(more);
        all
    };

    let dry = world.ctl(&arguments(&["--dry-run"])).await;
    let unasked = world.ctl(&arguments(&[])).await;
    let others = world
        .ctl(&arguments(&["--workflow", "other", "--yes"]))
        .await;
    let kept = is_there(&world, 1).await;
    let done = world.ctl(&arguments(&["--yes"])).await;

    assert_eq!(dry.is(0), "2 executions (#1 to #2) would be removed\n");
    unasked.is(2);
    assert_eq!(others.is(0), "0 executions would be removed\n");
    assert!(kept);
    assert_eq!(done.is(0), "2 executions (#1 to #2) removed\n");
    assert!(!is_there(&world, 1).await);
}

#[tokio::test]
async fn pruning_is_an_admins_and_the_same_call_made_again_removes_nothing_more() {
    let mut world = World::start().await;
    world.add_agent("web-1").await;
    world.complete(&steps::one("true", &["all"])).await;
    let body = json!({"older_than_seconds": 0});

    let operator = world.somebody("operator").await;
    operator
        .post("/executions/prune", &body)
        .await
        .problem(403, "forbidden");
    let first = post_once(&world.admin(), "/executions/prune", &body, "once")
        .await
        .is(200);
    world.complete(&steps::one("true", &["all"])).await;
    let again = post_once(&world.admin(), "/executions/prune", &body, "once")
        .await
        .is(200);

    assert_eq!(first["removed"], 1);
    assert_eq!(again, first);
    assert!(is_there(&world, 2).await);
}

#[tokio::test]
async fn nothing_goes_where_everything_is_to_be_kept() {
    let mut world = World::with(&[("PULSE__RETENTION__EXECUTIONS_DAYS", "0")]).await;
    world.add_agent("web-1").await;
    world.complete(&steps::one("true", &["all"])).await;
    age(&world, 1, 30_000).await;

    look(&mut world);
    eventually_async("a look", PATIENCE, async || {
        let status = world.admin().get("/server/status").await.is(200);
        let timers = status["timers"].as_array().unwrap().clone();
        let timer = timers
            .into_iter()
            .find(|timer| timer["name"] == "retention");
        let runs = timer.as_ref().and_then(|timer| timer["runs"].as_u64());
        runs.filter(|runs| *runs > 0)
            .ok_or_else(|| status.to_string())
    })
    .await;

    assert!(is_there(&world, 1).await);
}

#[tokio::test]
async fn the_size_of_the_database_is_shown() {
    let world = World::start().await;
    let real = count(&world, "select pg_database_size(current_database())").await;

    let bytes = eventually_async("a size", PATIENCE, async || {
        let status = world.admin().get("/server/status").await.is(200);
        status["database"]["bytes"]
            .as_i64()
            .ok_or_else(|| status.to_string())
    })
    .await;

    assert!((bytes - real).abs() < real / 2, "{bytes} of {real}");
    assert_eq!(
        metric(&world, "pulse_database_bytes").await,
        bytes.to_string()
    );
    let shown = world.ctl(&["server", "status"]).await;
    assert!(shown.is(0).contains(" MiB"), "{}", shown.stdout);
}

/// A run that has ended when its start is answered.
fn nothing(name: &str) -> Value {
    let step = json!({"name": name, "type": "wait", "duration": 1000, "condition": "false"});
    json!({"definition": {"steps": [step]}})
}

#[tokio::test]
async fn documents_of_direct_runs_go_with_the_last_execution_and_come_back_with_the_next() {
    let mut world = World::start().await;
    world.add_server(&[]);
    let (admin, other) = (world.admin(), world.admin_at(1));
    let stored = json!({"steps": [steps::prompt("ask")]}).to_string();
    admin.put("/workflows/kept", &stored).await.is(201);
    // Both replicas know that the document is stored.
    admin.post("/executions", &nothing("a")).await.is(201);
    other.post("/executions", &nothing("a")).await.is(201);
    let documents = "select count(*) from definitions";
    assert_eq!(count(&world, documents).await, 2);

    prune(&world, 0).await;
    let left = count(&world, documents).await;
    other.post("/executions", &nothing("a")).await.is(201);
    admin.post("/executions", &nothing("a")).await.is(201);

    assert_eq!(left, 1);
    assert_eq!(count(&world, documents).await, 2);
}

#[tokio::test]
async fn a_start_with_the_document_that_goes_at_the_same_instant_is_a_start() {
    let mut world = World::start().await;
    world.add_server(&[]);
    let (admin, other) = (world.admin(), world.admin_at(1));
    let is_over = Cell::new(false);

    let starts = async {
        for number in 0..60 {
            let at = if number % 2 == 0 { &admin } else { &other };
            let started = at.post("/executions", &nothing("a")).await;
            // It may be gone again before it is shown.
            let is_started = started.status == 201 || started.text().contains("no execution");
            assert!(is_started, "{}", started.text());
        }
        is_over.set(true);
    };
    let prunings = async {
        let mut removed = 0;
        while !is_over.get() {
            removed += prune(&world, 0).await["removed"].as_u64().unwrap();
        }
        removed
    };
    let ((), removed) = tokio::join!(starts, prunings);
    let last = prune(&world, 0).await["removed"].as_u64().unwrap();

    assert_eq!(removed + last, 60);
    assert_eq!(count(&world, "select count(*) from definitions").await, 0);
}

#[tokio::test]
async fn a_server_that_dies_between_two_pieces_of_a_pruning_changes_nothing_of_what_is_told() {
    let mut world = World::start().await;
    for name in ["a", "b", "c"] {
        world
            .admin()
            .post("/executions", &nothing(name))
            .await
            .is(201);
    }
    // So large that each goes in a transaction of its own.
    let large = "update executions set last_seq = 40000";
    world.database.tell(large).await.unwrap();
    world.servers[0].die_at("prune::Prune after_commit");

    let mut command = world.ctl_command();
    command.args(["execution", "prune", "--older-than", "0s", "--yes"]);
    let prunes = command.stdout(Stdio::piped()).spawn().unwrap();
    world.servers[0].died();
    let left = world.database.ask("select count(*) from executions").await;
    world.server().start();
    let told = prunes.wait_with_output().unwrap();
    let told = String::from_utf8_lossy(&told.stdout).into_owned();

    assert_eq!(left, ["2"]);
    assert!(told.contains("3 executions (#1 to #3) removed"), "{told}");
}
