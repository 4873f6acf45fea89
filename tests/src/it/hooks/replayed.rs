//! Signed bytes that come again: as what they were signed as, and only once for as long as it is remembered.

use pulse_tests::{Answer, World, client::send};
use reqwest::Method;
use serde_json::{Value, json};

use super::{DEPLOY, SECRET, code, deliver, executions, gitea, newest, push, seconds, with};

const FORM: &str = "application/x-www-form-urlencoded";
const JSON: &str = "application/json";

/// What a push to a feature branch says whose message is a form with another push.
const SMUGGLED: &str = r#"{"ref": "refs/heads/feature", "after": "bffeb746", "commits": [{"message": "x&payload=%7B%22ref%22%3A+%22refs%2Fheads%2Fmain%22%2C+%22after%22%3A+%22e511666%22%7D&y"}]}"#;

async fn github(world: &World, media: &str, body: &str) -> Answer {
    let signed = format!("sha256={}", code(SECRET, body.as_bytes()));
    let request = world.anonymous().request(Method::POST, "/hooks/deploy");
    let request = request
        .header("content-type", media)
        .header("x-github-event", "push")
        .header("x-hub-signature-256", signed);
    send(request.body(body.to_owned())).await
}

async fn generic(world: &World, (at, media, body): (i64, &str, &str)) -> Answer {
    let code = code(SECRET, format!("{at}.{body}").as_bytes());
    let request = world.anonymous().request(Method::POST, "/hooks/deploy");
    let request = request
        .header("content-type", media)
        .header("x-pulse-signature", format!("t={at},v1={code}"));
    send(request.body(body.to_owned())).await
}

async fn apply(world: &World, document: &str) -> Answer {
    world.admin().put("/workflows/deploy", document).await
}

#[tokio::test]
async fn what_is_signed_says_itself_whether_it_is_a_form() {
    for kind in ["github", "generic"] {
        let when = "when: payload.ref === 'refs/heads/main'";
        let line = DEPLOY.lines().find(|line| line.contains("when:")).unwrap();
        let document = DEPLOY
            .replace("kind: gitea", &format!("kind: {kind}"))
            .replace(line.trim(), when);
        let world = with("deploy", &document).await;
        let at = seconds();
        let by = async |media: &str, body: &str| match kind {
            "github" => github(&world, media, body).await,
            _ => generic(&world, (at, media, body)).await,
        };

        let meant = by(JSON, SMUGGLED).await.is(200);
        let bent = by(FORM, SMUGGLED).await.is(200);
        let form =
            "payload=%7B%22ref%22%3A+%22refs%2Fheads%2Fmain%22%2C+%22after%22%3A+%22bffeb746%22%7D";
        let genuine = by(FORM, form).await.is(202);

        assert_eq!(meant["result"], "ignored", "{kind}");
        assert_eq!(bent["result"], "ignored", "{kind}");
        assert_eq!(genuine["result"], "started", "{kind}");
        assert_eq!(executions(&world).await, 1, "{kind}");
    }
}

#[tokio::test]
async fn a_key_of_gitlab_makes_no_other_body_the_same_delivery() {
    let document = "triggers: {webhook: {kind: gitlab, secret: DEPLOY_HOOK}}\n\
        steps:\n- {id: rest, type: wait, duration: 1ms}\n";
    let world = with("deploy", document).await;
    let by = async |key: &str, body: Value| {
        let request = world.anonymous().request(Method::POST, "/hooks/deploy");
        let request = request
            .header("x-gitlab-token", SECRET)
            .header("idempotency-key", key);
        send(request.json(&body)).await.is(202)
    };

    let first = by("k1", json!({"a": 1})).await;
    let other = by("k1", json!({"a": 2})).await;
    let again = by("k1", json!({"a": 1})).await;
    let fresh = by("k2", json!({"a": 1})).await;

    assert_eq!(other["repeated"], false);
    assert_ne!(first["execution"], other["execution"]);
    assert_eq!(first["execution"], again["execution"]);
    assert_eq!(fresh["repeated"], false);
    assert_eq!(executions(&world).await, 3);
}

#[tokio::test]
async fn what_was_started_is_remembered_whatever_becomes_of_the_webhook() {
    let world = with("deploy", DEPLOY).await;
    let body = push("main", "bffeb746");
    let first = deliver(&world, &body).await.is(202);
    let bare = "steps: [{id: rest, type: wait, duration: 1ms}]";
    let named = DEPLOY.replace("    kind: gitea", "    name: main\n    kind: gitea");

    apply(&world, bare).await.is(200);
    let gone = deliver(&world, &body).await;
    let hidden = world.admin().get("/sensors").await.is(200);
    apply(&world, DEPLOY).await.is(200);
    let back = deliver(&world, &body).await.is(202);
    apply(&world, &named).await.is(200);
    let renamed = gitea(&world, "/hooks/deploy/main", (SECRET, &body.to_string()));
    let renamed = send(renamed).await.is(202);
    let deleted = world.admin().request(Method::DELETE, "/workflows/deploy");
    send(deleted).await.ok();
    apply(&world, DEPLOY).await.is(201);
    let created_anew = deliver(&world, &body).await.is(202);
    let fresh = deliver(&world, &push("main", "aaaa")).await.is(202);

    gone.problem(401, "signature_refused");
    assert_eq!(hidden["items"], json!([]));
    for again in [&back, &renamed, &created_anew] {
        assert_eq!(again["repeated"], true, "{again}");
        assert_eq!(again["execution"], first["execution"]);
    }
    assert_eq!(fresh["repeated"], false);
    assert_eq!(executions(&world).await, 2);
}

#[tokio::test]
async fn two_webhooks_of_a_document_are_each_given_the_same_bytes() {
    let hooks = ["one", "two"]
        .map(|name| format!("  - {{name: {name}, kind: gitea, secret: DEPLOY_HOOK}}\n"));
    let document = format!(
        "triggers:\n  webhook:\n{}steps:\n- {{id: rest, type: wait, duration: 1ms}}\n",
        hooks.concat()
    );
    let world = with("deploy", &document).await;
    let body = push("main", "bffeb746").to_string();
    let to = async |name: &str| {
        let path = format!("/hooks/deploy/{name}");
        send(gitea(&world, &path, (SECRET, &body))).await.is(202)
    };

    let (one, two, again) = (to("one").await, to("two").await, to("one").await);

    assert_ne!(one["execution"], two["execution"]);
    assert_eq!(one["execution"], again["execution"]);
}

#[tokio::test]
async fn a_webhook_that_comes_back_is_as_paused_as_it_was() {
    let world = with("deploy", DEPLOY).await;
    let admin = world.admin();
    admin
        .post("/sensors/deploy/pause", &json!({}))
        .await
        .is(200);

    apply(&world, "steps: [{id: rest, type: wait, duration: 1ms}]")
        .await
        .is(200);
    world
        .admin()
        .get("/sensors/deploy")
        .await
        .problem(404, "not_found");
    apply(&world, DEPLOY).await.is(200);
    let delivered = deliver(&world, &push("main", "bffeb746")).await;

    delivered.problem(409, "sensor_paused");
}

#[tokio::test]
async fn a_delivery_that_comes_while_its_workflow_is_renamed_is_taken() {
    let world = with("deploy", DEPLOY).await;
    let holding = world.database.session().await;
    // A delivery looks for its secrets when it has found its sensor.
    let hold = "begin; lock table secret_keys in access exclusive mode";
    holding.batch_execute(hold).await.unwrap();

    let body = push("main", "bffeb746");
    let delivered = deliver(&world, &body);
    let renamed = async {
        world.database.is_held_up("secret_keys").await;
        let rename = "update workflows set name = 'deploy-web'";
        world.database.tell(rename).await.unwrap();
        holding.batch_execute("rollback").await.unwrap();
    };
    let (delivered, ()) = tokio::join!(delivered, renamed);

    let delivered = delivered.is(202);
    assert_eq!(delivered["result"], "started");
    let seen = newest(&world, "deploy-web").await;
    assert_eq!(seen["execution"], delivered["execution"]);
}
