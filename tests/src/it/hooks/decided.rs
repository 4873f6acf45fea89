//! What becomes of a delivery that is genuine.

use pulse_tests::{
    client::send,
    eventually::{PATIENCE, eventually_async},
};
use reqwest::Method;
use serde_json::{Value, json};

use super::{DEPLOY, SECRET, deliver, executions, gitea, newest, push, with};

#[tokio::test]
async fn what_the_document_does_not_wait_for_starts_nothing_and_is_seen() {
    let world = with("deploy", DEPLOY).await;

    let answer = deliver(&world, &push("feature", "bffeb746")).await.is(200);

    assert_eq!(answer["result"], "ignored");
    let why = answer["detail"].as_str().unwrap();
    assert!(
        why.contains("payload.ref = \"refs/heads/feature\""),
        "{why}"
    );
    let seen = newest(&world, "deploy.webhook").await;
    assert_eq!(
        (&seen["result"], &seen["detail"]),
        (&json!("ignored"), &json!(why))
    );
    assert_eq!(executions(&world).await, 0);
}

#[tokio::test]
async fn what_cannot_be_read_is_refused_and_seen() {
    let world = with("deploy", DEPLOY).await;
    let deep = format!("{}1{}", "[".repeat(100), "]".repeat(100));
    let deeper = format!("{}1{}", "[".repeat(100_000), "]".repeat(100_000));
    for (body, code, why) in [
        ("{\"ref\": ", "delivery_refused", "the payload is not JSON"),
        (
            deep.as_str(),
            "delivery_refused",
            "nested more than 64 deep",
        ),
        (
            deeper.as_str(),
            "delivery_refused",
            "the payload is not JSON",
        ),
        (
            "{\"ref\": \"refs/heads/main\"}",
            "invalid_input",
            "input `commit` is required",
        ),
        (
            "{\"ref\": \"refs/heads/main\", \"after\": \"a\\u0000b\"}",
            "delivery_refused",
            "NUL",
        ),
        (
            "{\"ref\": \"refs/heads/main\", \"after\": \"$(reboot)\"}",
            "invalid_input",
            "does not match",
        ),
    ] {
        let answer = send(gitea(&world, "/hooks/deploy", (SECRET, body))).await;

        answer.problem(422, code);
        let seen = newest(&world, "deploy").await;
        assert_eq!(seen["result"], "refused", "{seen}");
        assert!(
            seen["detail"].as_str().unwrap().contains(why),
            "{why}: {seen}"
        );
    }
    let audited = "select count(*)::text from audit where action = 'sensor.refuse'";
    assert_eq!(world.database.ask(audited).await, ["6"]);
    assert_eq!(executions(&world).await, 0);
}

#[tokio::test]
async fn an_expression_that_does_too_much_ends_and_starts_nothing() {
    let long = "when: payload.list.filter(a => payload.list.filter(b => payload.list.includes(a + b)).length > 0).length > 0";
    let line = DEPLOY.lines().find(|line| line.contains("when:")).unwrap();
    let world = with("deploy", &DEPLOY.replace(line.trim(), long)).await;
    let list: Vec<String> = (0..20_000).map(|number| format!("x{number}")).collect();

    let answer = deliver(&world, &json!({"list": list})).await;

    let problem = answer.problem(422, "delivery_refused");
    assert!(
        problem["detail"]
            .as_str()
            .unwrap()
            .contains("too much work"),
        "{problem}"
    );
}

#[tokio::test]
async fn a_mebibyte_is_taken_and_no_more() {
    let world = with("deploy", DEPLOY).await;
    let of = |bytes: usize| {
        let mut body = push("main", "bffeb746");
        let rest = bytes - body.to_string().len() - ",\"pad\":\"\"".len();
        body["pad"] = Value::from("x".repeat(rest));
        body.to_string()
    };

    let most = send(gitea(&world, "/hooks/deploy", (SECRET, &of(1 << 20)))).await;
    let more = send(gitea(&world, "/hooks/deploy", (SECRET, &of((1 << 20) + 1)))).await;
    let request = world.anonymous().request(Method::POST, "/hooks/deploy");
    let text = request.header("content-type", "text/plain").body("hello");

    most.is(202);
    more.problem(413, "too_large");
    send(text).await.problem(415, "unsupported_media_type");
    assert_eq!(executions(&world).await, 1);
}

#[tokio::test]
async fn while_it_is_paused_nothing_starts_and_the_same_delivery_does_later() {
    let world = with("deploy", DEPLOY).await;
    let change = async |path: &str| {
        let answer = world.admin().post(path, &json!({})).await;
        answer.is(200)
    };
    let body = push("main", "bffeb746");

    let paused = change("/sensors/deploy/pause").await;
    deliver(&world, &body).await.problem(409, "sensor_paused");
    let by_sensor = newest(&world, "deploy").await;
    change("/sensors/deploy.webhook/resume").await;
    change("/workflows/deploy/pause").await;
    deliver(&world, &body).await.problem(409, "workflow_paused");
    let by_workflow = newest(&world, "deploy").await;
    change("/workflows/deploy/resume").await;
    let started = deliver(&world, &body).await.is(202);

    assert!(paused["paused_by"].is_string(), "{paused}");
    for seen in [&by_sensor, &by_workflow] {
        assert_eq!(seen["result"], "skipped", "{seen}");
        assert!(
            seen["detail"].as_str().unwrap().contains("has paused"),
            "{seen}"
        );
    }
    assert_eq!(started["repeated"], false);
    let seen = newest(&world, "deploy").await;
    assert_eq!(
        (&seen["result"], &seen["times"]),
        (&json!("started"), &json!(3))
    );
    assert_eq!(executions(&world).await, 1);
}

#[tokio::test]
async fn sensors_follow_their_document_and_are_shown_to_who_may_see_it() {
    let world = with("deploy", &format!("permissions: {{view: [ops]}}\n{DEPLOY}")).await;
    let viewer = world.somebody("viewer").await;

    let listed = world.admin().get("/sensors").await.is(200);
    let hidden = viewer.get("/sensors").await.is(200);
    viewer
        .get("/sensors/deploy")
        .await
        .problem(404, "not_found");
    let path = "/sensors/deploy/deliveries";
    viewer.get(path).await.problem(404, "not_found");
    let without = "steps: [{id: rest, type: wait, duration: 1ms}]";
    world
        .admin()
        .put("/workflows/deploy", without)
        .await
        .is(200);
    let gone = deliver(&world, &push("main", "bffeb746")).await;
    let none = world.admin().get("/sensors").await.is(200);

    assert_eq!(listed["items"][0]["name"], "deploy.webhook");
    assert_eq!(listed["items"][0]["path"], "/api/v1/hooks/deploy");
    assert_eq!(hidden["items"], json!([]));
    gone.problem(401, "signature_refused");
    assert_eq!(none["items"], json!([]));
}

#[tokio::test]
async fn deliveries_are_listed_page_by_page_and_forgotten_after_a_while() {
    let mut world = with("deploy", DEPLOY).await;
    for number in 0..5 {
        let branch = if number == 0 { "main" } else { "feature" };
        let body = push(branch, &format!("bffeb74{number}"));
        let answer = deliver(&world, &body).await;
        assert!(answer.status < 300);
    }
    let page = async |query: &str| {
        let path = format!("/sensors/deploy/deliveries{query}");
        world.admin().get(&path).await.is(200)
    };
    let results = |page: &Value| -> Vec<String> {
        let items = page["items"].as_array().unwrap().iter();
        items
            .map(|item| item["result"].as_str().unwrap().to_owned())
            .collect()
    };

    let first = page("?limit=3").await;
    let rest = page(&format!(
        "?limit=3&cursor={}",
        first["next_cursor"].as_str().unwrap()
    ))
    .await;
    // A server looks when it starts, and then every hour.
    let old = "update sensor_deliveries set last_at = now() - interval '31 days'";
    world.database.tell(old).await.unwrap();

    assert_eq!(results(&first), ["ignored"; 3]);
    assert_eq!(results(&rest), ["ignored", "started"]);
    world.servers[0].kill();
    world.servers[0].start();
    eventually_async("old deliveries are forgotten", PATIENCE, async || {
        let rows = world
            .database
            .ask("select result::text from sensor_deliveries")
            .await;
        (rows == ["started"])
            .then_some(())
            .ok_or_else(|| format!("{rows:?}"))
    })
    .await;
}

#[tokio::test]
async fn the_command_line_shows_where_to_deliver_and_delivers() {
    let world = with("deploy", DEPLOY).await;
    let secret = world.write("hook.secret", &format!("{SECRET}\n"));
    let file = secret.to_str().unwrap();
    let test = async |payload: &str| {
        let arguments = ["sensor", "test", "deploy", "--payload", payload];
        world
            .ctl(&[&arguments[..], &["--from-file", file]].concat())
            .await
    };

    let started = test(&push("main", "bffeb746").to_string()).await;
    let again = test(&push("main", "bffeb746").to_string()).await;
    let ignored = test("{}").await;
    let wrong = world.write("wrong.secret", "another secret");
    let arguments = [
        "sensor",
        "test",
        "deploy",
        "--from-file",
        wrong.to_str().unwrap(),
    ];
    let refused = world.ctl(&arguments).await;
    let shown = world.ctl(&["sensor", "show", "deploy.webhook"]).await;
    let listed = world.ctl(&["sensor", "ls"]).await;
    let events = world.ctl(&["sensor", "events", "deploy"]).await;

    assert_eq!(started.is(0), "sensor/deploy.webhook started #1\n");
    assert!(again.is(0).contains("had started #1"), "{}", again.stdout);
    assert!(ignored.is(0).contains("ignored: "), "{}", ignored.stdout);
    assert_eq!(refused.code, 4, "{}", refused.stderr);
    let shown = shown.is(0);
    let address = format!("{}/api/v1/hooks/deploy", world.anonymous().base());
    assert!(
        shown.contains(&address) && shown.contains("started #1"),
        "{shown}"
    );
    assert!(listed.is(0).contains("DEPLOY_HOOK"), "{}", listed.stdout);
    assert_eq!(events.is(0).lines().count(), 3, "{}", events.stdout);
    assert_eq!(executions(&world).await, 1);
}
