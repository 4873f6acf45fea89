//! Windows in which nothing of a workflow starts: what waits, what is refused, and what starts all the same.

use futures_util::future::join_all;
use jiff::{Timestamp, tz::TimeZone};
use pulse_tests::{
    Client, World,
    client::Answer,
    eventually::{PATIENCE, eventually_async},
    steps,
    world::step_of,
};
use serde_json::{Value, json};

mod places;

pub(super) const HOUR: i64 = 3_600_000;

/// A window that is on, and over so many milliseconds from now by the database's clock.
pub(super) async fn over_in(world: &World, ms: i64) -> (Value, Timestamp) {
    let now = "select (extract(epoch from now()) * 1000)::bigint";
    let now: i64 = world.database.ask(now).await[0].parse().unwrap();
    let end = now + ms;
    // It begins with a minute, and lasts at least one.
    let begin = now.min(end - 60_000).div_euclid(60_000) * 60_000;
    let at = Timestamp::from_millisecond(begin).unwrap();
    let cron = at.to_zoned(TimeZone::UTC).strftime("%-M %-H %-d %-m *");
    let window = json!({"cron": cron.to_string(), "for": end - begin});
    (window, Timestamp::from_millisecond(end).unwrap())
}

pub(super) fn with(mut document: Value, (window, when_denied): (&Value, &str)) -> Value {
    document["windows"] = json!({"deny": [window], "when_denied": when_denied});
    document
}

/// A document that asks, and so shows whether it has begun, and how often.
fn asking() -> Value {
    json!({
        "steps": [steps::prompt("ask")],
        "finally": [{"id": "tidy", "type": "wait", "duration": "1ms"}],
    })
}

async fn apply(world: &World, name: &str, document: &Value) {
    let path = format!("/workflows/{name}");
    world.admin().put(&path, &document.to_string()).await.ok();
}

async fn start(client: &Client, more: &Value) -> Answer {
    let mut body = json!({"workflow": "deploy"});
    for (key, value) in more.as_object().unwrap() {
        body[key] = value.clone();
    }
    client.post("/executions", &body).await
}

async fn started(world: &World) -> i64 {
    let started = start(&world.admin(), &json!({})).await.is(201);
    started["number"].as_i64().unwrap()
}

/// How often each execution has asked.
async fn asked(world: &World) -> Vec<String> {
    let asked = "select count(*) from timeline t, unnest(t.whats) w \
        where w ->> 'event' = 'prompt' and w ->> 'status' = 'open' group by t.execution_id";
    world.database.ask(asked).await
}

async fn deeds(world: &World) -> Vec<String> {
    let deeds = "select concat_ws(' ', actor, detail ->> 'reason') from audit \
        where action = 'execution.override_window' order by id";
    world.database.ask(deeds).await
}

#[tokio::test]
async fn a_window_that_rejects_says_which_it_is_and_until_when() {
    let world = World::start().await;
    let (window, until) = over_in(&world, HOUR).await;
    apply(&world, "deploy", &with(asking(), (&window, "reject"))).await;

    let refused = start(&world.admin(), &json!({})).await;
    let said = world.ctl(&["run", "deploy", "-d"]).await;

    let problem = refused.problem(409, "window_denied");
    let cron = window["cron"].as_str().unwrap();
    let until = until.strftime("%F %T UTC");
    let detail = problem["detail"].as_str().unwrap();
    let begins = format!("nothing of deploy starts until {until}, by its window `{cron}` for ");
    assert!(detail.starts_with(&begins), "{detail}");
    said.is(9);
    assert!(said.stderr.contains(detail), "{}", said.stderr);
    let hint = "the same way with `--override-window --reason WHY`";
    assert!(said.stderr.contains(hint), "{}", said.stderr);
    let executions = "select count(*) from executions";
    assert_eq!(world.database.ask(executions).await, ["0"]);
}

#[tokio::test]
async fn what_waits_begins_once_when_its_window_is_over_on_two_replicas() {
    let mut world = World::start().await;
    world.add_server(&[]);
    let (window, until) = over_in(&world, 8_000).await;
    apply(&world, "deploy", &with(asking(), (&window, "wait"))).await;

    let clients = [world.admin(), world.admin_at(1)];
    let starts = (0..20).map(|at| {
        let client = clients[at % 2].clone();
        async move { start(&client, &json!({})).await.is(201) }
    });
    let all = join_all(starts).await;

    for view in &all {
        assert_eq!(view["status"], "pending");
        assert_eq!(view["started_at"], Value::Null);
        assert_eq!(view["waits_for"], Value::Null);
        let denied = &view["window"];
        assert_eq!(denied["is_at_least"], false);
        assert_eq!(
            denied["until"]
                .as_str()
                .unwrap()
                .parse::<Timestamp>()
                .unwrap(),
            until
        );
        let cron = window["cron"].as_str().unwrap();
        assert!(
            denied["window"].as_str().unwrap().contains(cron),
            "{denied}"
        );
    }
    for view in &all {
        let number = view["number"].as_i64().unwrap();
        world.prompt(number).await;
        let begun = world.execution(number).await;
        let at: Timestamp = begun["started_at"].as_str().unwrap().parse().unwrap();
        assert!(at >= until, "{at} is before {until}");
        assert_eq!(begun["window"], Value::Null);
    }
    assert_eq!(asked(&world).await, ["1"; 20]);
}

#[tokio::test]
async fn what_waits_outlives_servers_that_die_over_it_and_begins_once() {
    let mut world = World::start().await;
    let (window, _) = over_in(&world, 6_000).await;
    apply(&world, "deploy", &with(asking(), (&window, "wait"))).await;
    let (first, second) = (started(&world).await, started(&world).await);

    world.servers[0].die_at("windows::BeginDenied before_commit");
    world.servers[0].died();
    world.servers[0].start();
    world.prompt(first).await;
    world.prompt(second).await;

    assert_eq!(asked(&world).await, ["1", "1"]);
    let held = "select count(*) from windows where held_until is not null";
    assert_eq!(world.database.ask(held).await, ["0"]);
}

#[tokio::test]
async fn what_waits_for_a_window_can_be_cancelled_and_nothing_of_it_runs() {
    let world = World::start().await;
    let (window, _) = over_in(&world, HOUR).await;
    apply(&world, "deploy", &with(asking(), (&window, "wait"))).await;
    let number = started(&world).await;

    let path = format!("/executions/{number}/cancel");
    world.admin().post(&path, &json!({})).await.is(200);

    let cancelled = world.execution(number).await;
    assert_eq!(cancelled["status"], "cancelled");
    assert_eq!(cancelled["started_at"], Value::Null);
    for step in ["ask", "finally/tidy"] {
        assert_eq!(step_of(&cancelled, step)["status"], "cancelled");
    }
}

#[tokio::test]
async fn what_waits_for_a_window_waits_on_while_its_workflow_is_paused() {
    let world = World::start().await;
    let (window, until) = over_in(&world, 5_000).await;
    apply(&world, "deploy", &with(asking(), (&window, "wait"))).await;
    let number = started(&world).await;
    let order = async |verb: &str| {
        let path = format!("/workflows/deploy/{verb}");
        world.admin().post(&path, &json!({})).await.is(200);
    };

    order("pause").await;
    eventually_async("the end of the window", PATIENCE, async || {
        let over = format!("select now() > '{until}'::timestamptz + interval '1500 ms'");
        let over = world.database.ask(&over).await;
        (over == ["t"]).then_some(()).ok_or(over[0].clone())
    })
    .await;
    assert_eq!(world.execution(number).await["status"], "pending");
    order("resume").await;

    world.prompt(number).await;
}

#[tokio::test]
async fn whoever_has_a_reason_starts_it_all_the_same_and_is_in_the_audit_trail() {
    let world = World::start().await;
    let (window, _) = over_in(&world, HOUR).await;
    apply(&world, "deploy", &with(asking(), (&window, "reject"))).await;
    let operator = world.somebody("operator").await;
    let viewer = world.somebody("viewer").await;
    let given = |reason: &str| json!({"override_window": true, "reason": reason});

    let mute = start(&operator, &given(" ")).await;
    viewer
        .post(
            "/executions",
            &json!({"workflow": "deploy", "override_window": true, "reason": "x"}),
        )
        .await
        .problem(403, "forbidden");
    let unsaid = world.ctl(&["run", "deploy", "--override-window"]).await;
    let begun = start(&operator, &given("the site is down")).await.is(201);
    let said = [
        "run",
        "deploy",
        "-d",
        "--override-window",
        "--reason",
        "so it is",
    ];
    world.ctl(&said).await.is(0);

    mute.problem(422, "invalid_body");
    unsaid.is(2);
    world.prompt(begun["number"].as_i64().unwrap()).await;
    let by = begun["started_by"].as_str().unwrap();
    assert_eq!(
        deeds(&world).await,
        [
            format!("{by} the site is down"),
            "admin so it is".to_owned()
        ]
    );
}

#[tokio::test]
async fn an_override_that_overrides_nothing_starts_as_ever() {
    let world = World::start().await;
    let later = json!({"cron": "0 0 1 1 *", "for": "1h"});
    apply(&world, "deploy", &with(asking(), (&later, "reject"))).await;

    let given = json!({"override_window": true, "reason": "to be sure"});
    let begun = start(&world.admin(), &given).await.is(201);

    world.prompt(begun["number"].as_i64().unwrap()).await;
    assert_eq!(deeds(&world).await, [] as [&str; 0]);
    assert_eq!(
        world.database.ask("select count(*) from windows").await,
        ["0"]
    );
}

#[tokio::test]
async fn a_retry_is_held_by_the_window_too_and_overrides_it_with_a_reason() {
    let world = World::start().await;
    let (window, _) = over_in(&world, HOUR).await;
    let brief = json!({"steps": [{"id": "rest", "type": "wait", "duration": "1ms"}]});
    apply(&world, "deploy", &with(brief, (&window, "reject"))).await;
    let given = json!({"override_window": true, "reason": "first"});
    let first = start(&world.admin(), &given).await.is(201)["number"].clone();
    world.ended(first.as_i64().unwrap()).await;
    let path = format!("/executions/{first}/retry");

    let refused = world.admin().post(&path, &json!({})).await;
    let mute = json!({"override_window": true});
    let mute = world.admin().post(&path, &mute).await;
    let number = first.to_string();
    let said = [
        "execution",
        "retry",
        &number,
        "--override-window",
        "--reason",
        "again",
        "-q",
    ];
    let retried = world.ctl(&said).await;

    refused.problem(409, "window_denied");
    mute.problem(422, "invalid_body");
    let second = format!("/executions/{}", retried.is(0).trim());
    let second = world.admin().get(&second).await.is(200);
    assert_eq!(second["reason"], format!("retry of #{first}: again"));
    assert_eq!(deeds(&world).await.len(), 2);
}

#[tokio::test]
async fn a_moment_of_a_schedule_that_falls_into_a_window_is_skipped_and_says_why() {
    let world = World::start().await;
    let (window, _) = over_in(&world, HOUR).await;
    apply(&world, "deploy", &with(asking(), (&window, "reject"))).await;
    let spec = json!({"workflow": "deploy", "cron": "0 0 1 1 *"});
    world.admin().post("/schedules", &spec).await.is(201);

    let due = "update schedules set next_due_at = now()";
    world.database.tell(due).await.unwrap();
    let slot = eventually_async("the moment is decided", PATIENCE, async || {
        let schedule = world.admin().get("/schedules/deploy").await.is(200);
        let slot = schedule["slots"][0].clone();
        (!slot.is_null())
            .then_some(slot)
            .ok_or(schedule.to_string())
    })
    .await;

    assert_eq!(slot["result"], "skipped");
    let why = slot["detail"].as_str().unwrap();
    assert!(why.starts_with("nothing starts until "), "{why}");
}

/// A workflow whose step runs another one in a window, and the execution that it has become.
async fn outer(world: &World, when_denied: &str, ms: i64) {
    let (window, _) = over_in(world, ms).await;
    apply(world, "inner", &with(asking(), (&window, when_denied))).await;
    let calling = json!({"steps": [{"id": "sub", "workflow": "inner"}]});
    apply(world, "deploy", &calling).await;
}

async fn child(world: &World, number: i64) -> i64 {
    eventually_async("the inner one", PATIENCE, async || {
        let view = world.execution(number).await;
        let child = step_of(&view, "sub")["call"]["execution"].as_i64();
        child.ok_or_else(|| view.to_string())
    })
    .await
}

#[tokio::test]
async fn an_inner_run_waits_for_the_end_of_its_own_window() {
    let world = World::start().await;
    outer(&world, "wait", 6_000).await;

    let number = started(&world).await;
    let inner = child(&world, number).await;

    assert_eq!(world.execution(inner).await["status"], "pending");
    world.prompt(inner).await;
}

#[tokio::test]
async fn a_step_fails_whose_workflow_rejects_at_such_a_time() {
    let world = World::start().await;
    outer(&world, "reject", HOUR).await;

    let number = started(&world).await;

    let ended = world.ended(number).await;
    let step = step_of(&ended, "sub");
    assert_eq!(
        (&ended["status"], &step["reason"]),
        (&json!("failed"), &json!("window_denied"))
    );
    let detail = step["detail"].as_str().unwrap();
    assert!(
        detail.starts_with("inner: nothing starts until "),
        "{detail}"
    );
}

#[tokio::test]
async fn who_overrides_windows_overrides_those_of_what_runs_inside_too() {
    let world = World::start().await;
    outer(&world, "reject", HOUR).await;

    let given = json!({"override_window": true, "reason": "the site is down"});
    let begun = start(&world.admin(), &given).await.is(201);
    let number = begun["number"].as_i64().unwrap();
    let inner = child(&world, number).await;

    world.prompt(inner).await;
    assert_eq!(
        deeds(&world).await,
        [format!("admin step sub of #{number}")]
    );
}

#[tokio::test]
async fn an_undo_waits_for_no_window() {
    let mut world = World::start().await;
    world.add_agent("web-1").await;
    let ledger = world.ledger();
    let (window, _) = over_in(&world, HOUR).await;
    let document = json!({"targets": ["all"], "steps": [
        {"id": "s", "command": ledger.line("new"), "rollback": ledger.line("old"), "rollout": {}},
    ]});
    apply(&world, "deploy", &with(document, (&window, "wait"))).await;
    let given = json!({"override_window": true, "reason": "first"});
    let first = start(&world.admin(), &given).await.is(201)["number"].clone();
    world.ended(first.as_i64().unwrap()).await;

    let path = format!("/executions/{first}/undo");
    let undoing = world.admin().post(&path, &json!({})).await.is(201);

    let undone = world.ended(undoing["number"].as_i64().unwrap()).await;
    assert_eq!(undone["status"], "completed");
    assert_eq!(ledger.lines(), ["new", "old"]);
}

#[tokio::test]
async fn whoever_follows_is_told_until_when_nothing_starts() {
    let world = World::start().await;
    let (window, until) = over_in(&world, HOUR).await;
    let file = with(asking(), (&window, "wait")).to_string();
    let file = world.write("deploy.json", &file);

    let said = world
        .ctl(&[
            "run",
            "-f",
            file.to_str().unwrap(),
            "--follow",
            "--timeout",
            "2s",
        ])
        .await;
    let shown = world
        .ctl(&["execution", "show", "@last", "--time", "utc"])
        .await;

    said.is(124);
    let cron = window["cron"].as_str().unwrap();
    let told = format!(
        "waits until {}, by its window `{cron}`",
        until.strftime("%F %T UTC")
    );
    assert!(said.stderr.contains(&told), "{}", said.stderr);
    let line = format!("the end of its window `{cron}` for ");
    assert!(shown.is(0).contains(&line), "{}", shown.stdout);
    assert!(!shown.stdout.contains("at least"), "{}", shown.stdout);
    // Farther than is looked.
    let far = "update windows set is_at_least = true";
    world.database.tell(far).await.unwrap();
    let shown = world.ctl(&["execution", "show", "@last"]).await;
    assert!(shown.is(0).contains(": at least "), "{}", shown.stdout);
}

#[tokio::test]
async fn a_plan_says_which_window_is_on_and_what_becomes_of_a_start() {
    let world = World::start().await;
    let (window, until) = over_in(&world, HOUR).await;
    let later = json!({"cron": "0 0 1 1 *", "for": "1h"});
    let plan = async |window: &Value, when_denied: &str| {
        apply(&world, "deploy", &with(asking(), (window, when_denied))).await;
        let path = "/workflows/deploy/plan";
        let plan = world.admin().post(path, &json!({})).await.is(200);
        let said = world.ctl(&["run", "deploy", "--dry-run"]).await;
        said.is(0);
        (plan["window"].clone(), said.stderr)
    };

    let (waits, said_of_waiting) = plan(&window, "wait").await;
    let (rejects, said_of_refusing) = plan(&window, "reject").await;
    let (open, said_of_none) = plan(&later, "reject").await;

    assert_eq!(waits["until"], json!(until));
    assert_eq!(
        (&waits["when_denied"], &rejects["when_denied"]),
        (&json!("wait"), &json!("reject"))
    );
    let end = format!(
        "the end of its window `{}`",
        window["cron"].as_str().unwrap()
    );
    for (said, part) in [
        (said_of_waiting, format!("a start now waits for {end}")),
        (
            said_of_refusing,
            format!("a start now is refused before {end}"),
        ),
    ] {
        assert!(said.contains(&part), "{said}");
    }
    assert_eq!(open, Value::Null);
    assert!(!said_of_none.contains("window"), "{said_of_none}");
}
