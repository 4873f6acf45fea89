//! Secret inputs: steps have them in their environment while the execution lasts, and nobody has them
//! anywhere else, nor afterwards.

use std::{fs, path::Path};

use pulse_tests::{
    Answer, World,
    client::send,
    eventually::{PATIENCE, eventually_async},
    steps,
    world::{jobs_of, post_once, said, step_of},
};
use reqwest::Method;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use super::{
    rollouts::fleet,
    secret_delivery::{hex, masks, with_agent},
};

const TOKEN: &str = "cor'rect \"horse\"/&+battery";

/// Says by a digest what it got, and tries to tell everybody.
const TELLS: &str = r#"
printf 'seen %s\n' "$(printf %s "$PULSE_INPUT_TOKEN" | sha256sum)"
printf 'told %s\n' "$PULSE_INPUT_TOKEN" "${PULSE_INPUT_PIN-unset}"
echo "token=$PULSE_INPUT_TOKEN" >> "$PULSE_OUTPUT"
"#;

/// A document with a secret input that asks between two steps which read it.
fn document() -> Value {
    json!({
        "inputs": {"host": {"default": "db-1"}, "token": {"secret": true},
            "pin": {"secret": true, "required": false}},
        "targets": ["all"],
        "steps": [
            {"id": "first", "command": TELLS},
            steps::prompt("ask"),
            {"id": "second", "command": TELLS},
        ],
        "finally": [{"id": "last", "command": TELLS}],
    })
}

async fn apply(world: &World, name: &str, document: &Value) -> Answer {
    let request = world
        .admin()
        .request(Method::PUT, &format!("/workflows/{name}"));
    send(request.json(document)).await
}

async fn start(world: &World, secrets: &Value) -> Answer {
    let body = json!({"workflow": "asks", "secret_inputs": secrets});
    world.admin().post("/executions", &body).await
}

fn number(answer: &Value) -> i64 {
    answer["number"].as_i64().unwrap()
}

async fn answer(world: &World, number: i64) {
    let prompt = world.prompt(number).await["number"].to_string();
    let path = format!("/prompts/{prompt}/answer");
    let answer = json!({"response": "Yes"});
    world.admin().post(&path, &answer).await.is(200);
}

#[track_caller]
fn is_clean(what: &str, text: &str) {
    let as_json = json!(TOKEN).to_string();
    let needles = [
        TOKEN.to_owned(),
        as_json.trim_matches('"').to_owned(),
        hex(TOKEN.as_bytes()),
    ];
    for needle in needles {
        assert!(!text.contains(&needle), "{needle} in {what}: {text:.2000}");
    }
}

/// Whoever reads the database could try short values against the digest of a call.
#[track_caller]
fn no_digest_of(body: &Value, dump: &str) {
    let mut body = body.clone();
    body.sort_all_objects();
    for path in ["/executions", "/v1/executions", "/api/v1/executions"] {
        let digest = Sha256::digest(format!("POST\0{path}\0{body}"));
        assert!(!dump.contains(&hex(&digest)), "the digest of {path}");
    }
}

fn no_file_holds_it(folder: &Path) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            no_file_holds_it(&path);
        } else {
            let bytes = fs::read(&path).unwrap_or_default();
            let text = String::from_utf8_lossy(&bytes);
            assert!(!text.contains(TOKEN), "{}", path.display());
        }
    }
}

async fn saw(world: &World, execution: &Value, step: &str) {
    let output = world.output(&jobs_of(execution, step)[0]).await;
    let output = String::from_utf8_lossy(&output);
    let digest = hex(&Sha256::digest(TOKEN));
    assert_eq!(
        output,
        format!("seen {digest}  -\ntold ***\ntold unset\n"),
        "{step}"
    );
}

#[tokio::test]
async fn steps_have_a_secret_input_and_nobody_else_has_it_nor_keeps_it() {
    let mut world = World::with(&[("PULSE__LOG__LEVEL", "debug")]).await;
    world.add_agent("web-1").await;
    masks(&world, "web-1").await;
    apply(&world, "asks", &document()).await.is(201);
    let body = json!({"workflow": "asks", "secret_inputs": {"token": TOKEN}});
    let admin = world.admin();
    let begun = post_once(&admin, "/executions", &body, "one-key").await;
    let begun = begun.is(201);
    let n = number(&begun);
    world.prompt(n).await;

    let again = post_once(&admin, "/executions", &body, "one-key").await;
    let other = json!({"workflow": "asks", "secret_inputs": {"token": "another-token"}});
    let other = post_once(&admin, "/executions", &other, "one-key").await;
    let dump = world.database.dump();
    answer(&world, n).await;
    let view = world.ended(n).await;

    assert_eq!(number(&again.is(201)), n, "one key starts one execution");
    other.problem(422, "idempotency_key_reused");
    is_clean("the database", &dump);
    no_digest_of(&body, &dump);
    assert_eq!(view["status"], "completed", "{view}");
    assert_eq!(view["inputs"], json!({"host": "db-1", "pin": null}));
    assert_eq!(view["secret_inputs"], json!(["token"]));
    for step in ["first", "second", "finally/last"] {
        saw(&world, &view, step).await;
    }
    let outputs = step_of(&view, "first")["outputs"].to_string();
    assert!(outputs.contains(r#""token":"***""#), "{outputs}");
    for path in [
        format!("/executions/{n}"),
        format!("/executions/{n}/logs?limit=500"),
        "/audit?limit=200".to_owned(),
        "/executions".to_owned(),
    ] {
        is_clean(&path, &world.admin().get(&path).await.text());
    }
    let number = n.to_string();
    for arguments in [
        &["execution", "show", &number][..],
        &["execution", "export", &number],
    ] {
        is_clean("pulsectl", &world.ctl(arguments).await.stdout);
    }
    is_clean("the database", &world.database.dump());
    no_file_holds_it(world.folder());
    let left = "select names::text || ' ' || (key_id is null)::text || (sealed is null)::text from secret_inputs";
    assert_eq!(world.database.ask(left).await, ["{token} truetrue"]);
}

#[tokio::test]
async fn a_secret_among_the_inputs_is_no_less_secret() {
    let mut world = World::with(&[("PULSE__LOG__LEVEL", "debug")]).await;
    world.add_agent("web-1").await;
    masks(&world, "web-1").await;
    apply(&world, "asks", &document()).await.is(201);
    let body = json!({"workflow": "asks", "inputs": {"host": "db-2", "token": TOKEN}});
    let other = json!({"workflow": "asks", "inputs": {"host": "db-2", "token": "another-token"}});
    let admin = world.admin();

    let begun = post_once(&admin, "/executions", &body, "one-key").await;
    let n = number(&begun.is(201));
    world.prompt(n).await;
    let again = post_once(&admin, "/executions", &body, "one-key").await;
    let other = post_once(&admin, "/executions", &other, "one-key").await;
    let dump = world.database.dump();
    let away = world.key_file().with_extension("away");
    fs::rename(world.key_file(), &away).unwrap();
    let keyless = post_once(&admin, "/executions", &body, "one-key").await;
    fs::rename(&away, world.key_file()).unwrap();
    let rotated = said(world.servers[0].command(&["secrets", "rotate-key"])).await;
    answer(&world, n).await;
    let view = world.ended(n).await;

    assert_eq!(number(&again.is(201)), n, "one key starts one execution");
    other.problem(422, "idempotency_key_reused");
    keyless.problem(503, "secrets_unavailable");
    rotated.is(0);
    is_clean("the database", &dump);
    no_digest_of(&body, &dump);
    assert_eq!(view["inputs"], json!({"host": "db-2", "pin": null}));
    assert_eq!(view["secret_inputs"], json!(["token"]));
    for step in ["first", "second"] {
        saw(&world, &view, step).await;
    }
    for path in [format!("/executions/{n}"), "/audit?limit=200".to_owned()] {
        is_clean(&path, &world.admin().get(&path).await.text());
    }
    is_clean("the database", &world.database.dump());
    no_file_holds_it(world.folder());
}

#[tokio::test]
async fn a_plan_takes_secrets_among_its_inputs_as_a_start_does() {
    let world = with_agent().await;
    apply(&world, "asks", &document()).await.is(201);
    let plan = async |inputs: Value| {
        let body = json!({"inputs": inputs});
        world.admin().post("/workflows/asks/plan", &body).await
    };

    let without = plan(json!({})).await;
    let given = plan(json!({"token": TOKEN})).await;
    let short = plan(json!({"token": "short"})).await;

    without.is(200);
    is_clean("a plan", &given.text());
    given.is(200);
    short.problem(422, "invalid_input");
}

#[tokio::test]
async fn a_retry_is_given_what_was_wiped_or_says_how() {
    let world = with_agent().await;
    let mut document = document();
    document["steps"] = json!([{"id": "first", "command": format!("{TELLS}\nexit 3")}]);
    apply(&world, "asks", &document).await.is(201);
    let first = number(&start(&world, &json!({"token": TOKEN})).await.is(201));
    world.ended(first).await;
    let path = format!("/executions/{first}/retry");
    let again = first.to_string();
    let file = world.write("token", &format!("{TOKEN}\n"));
    let given = format!("token=@{}", file.display());
    let given = given.as_str();

    let refused = world.admin().post(&path, &json!({})).await;
    let inline = format!("token={TOKEN}");
    let openly = world
        .ctl(&["execution", "retry", &again, "-p", &inline])
        .await;
    let retried = world
        .ctl(&["execution", "retry", &again, "-p", given, "-q"])
        .await;
    let rerun = ["execution", "rerun", &again, "-p", given, "-o", "json"];
    let rerun: Value = serde_json::from_str(world.ctl(&rerun).await.is(0)).unwrap();

    let refused = refused.problem(422, "invalid_input");
    let said = refused.to_string();
    assert!(
        said.contains(&format!("was wiped when #{first} ended")) && said.contains("token=@FILE"),
        "{said}"
    );
    openly.is(2);
    assert!(!openly.stderr.contains(TOKEN), "{}", openly.stderr);
    retried.is(0);
    let retried = world.admin().get("/executions?limit=2").await.is(200);
    for number in [number(&retried["items"][1]), number(&rerun)] {
        let view = world.ended(number).await;
        saw(&world, &view, "first").await;
    }
}

#[tokio::test]
async fn what_is_given_wrongly_starts_nothing_and_is_not_repeated() {
    let world = with_agent().await;
    apply(&world, "asks", &document()).await.is(201);
    let number = json!({"workflow": "asks", "inputs": {"token": 1_234_567_890}});
    let twice =
        json!({"workflow": "asks", "inputs": {"token": TOKEN}, "secret_inputs": {"token": TOKEN}});
    let outer = |with: Value| json!({"steps": [{"id": "sub", "workflow": "asks", "with": with}]});
    let schedule = |inputs: Value| json!({"name": "nightly", "workflow": "asks", "cron": "0 2 * * *", "inputs": inputs});

    let number = world.admin().post("/executions", &number).await;
    let twice = world.admin().post("/executions", &twice).await;
    let missing = start(&world, &json!({})).await;
    let short = start(&world, &json!({"token": "short"})).await;
    let unknown = start(&world, &json!({"token": TOKEN, "tokn": TOKEN})).await;
    let count = start(&world, &json!({"token": 12_345_678_901_i64})).await;
    let listed = start(&world, &json!({"token": [TOKEN]})).await;
    let unnamed = start(&world, &json!(TOKEN)).await;
    let put = world.admin().request(Method::PUT, "/secrets/OTHER");
    let put = send(put.json(&json!({"value": 12_345_678_901_i64}))).await;
    let scheduled = world.admin().post("/schedules", &schedule(json!({}))).await;
    let stored = world
        .admin()
        .post("/schedules", &schedule(json!({"token": TOKEN})))
        .await;
    let inside = world.complete(&outer(json!({}))).await;
    let written = world
        .complete(&outer(json!({"token": "a-literal-of-the-document"})))
        .await;
    fs::remove_file(world.key_file()).unwrap();
    let keyless = start(&world, &json!({"token": TOKEN})).await;

    for (answer, kind) in [
        (count, "a string, and not a number"),
        (listed, "a string, and not a list"),
        (unnamed, "an object, and not a string"),
        (put, "a string, and not a number"),
    ] {
        let said = answer.problem(422, "invalid_body").to_string();
        is_clean("a refusal", &said);
        assert!(
            said.contains(kind) && !said.contains("12345678901"),
            "{said}"
        );
    }
    assert!(!number.text().contains("1234567890"), "{}", number.text());
    for answer in [number, twice, missing, short, unknown, scheduled, stored] {
        is_clean("a refusal", &answer.text());
        answer.problem(422, "invalid_input");
    }
    for (view, sentence) in [
        (inside, "input `token` is required"),
        (
            written,
            "is secret, and was given as one that everybody sees",
        ),
    ] {
        let step = step_of(&view, "sub");
        assert_eq!(step["reason"], "invalid_inputs", "{step}");
        assert!(
            step["detail"].as_str().unwrap().contains(sentence),
            "{step}"
        );
    }
    let keyless = keyless.problem(503, "secrets_unavailable");
    assert!(keyless["hint"].as_str().unwrap().contains("init-key"));
    is_clean("the database", &world.database.dump());
}

#[tokio::test]
async fn a_key_is_rotated_under_an_execution_that_goes_on() {
    let world = with_agent().await;
    apply(&world, "asks", &document()).await.is(201);
    let n = number(&start(&world, &json!({"token": TOKEN})).await.is(201));
    world.prompt(n).await;

    let rotated = said(world.servers[0].command(&["secrets", "rotate-key"])).await;
    answer(&world, n).await;
    let view = world.ended(n).await;

    rotated.is(0);
    saw(&world, &view, "second").await;
    let keys = world.database.ask("select id from secret_keys").await;
    assert_eq!(keys.len(), 1);
}

#[tokio::test]
async fn what_is_brought_back_by_itself_has_the_secret_input_too() {
    let world = fleet(1).await;
    let command = format!("{TELLS}\nexit 3");
    let document = json!({
        "inputs": {"token": {"secret": true}, "pin": {"secret": true, "required": false}},
        "targets": ["all"],
        "steps": [{"id": "s", "command": command, "rollback": TELLS,
            "rollout": {"on_exceed": "rollback"}}],
    });
    apply(&world, "asks", &document).await.is(201);

    let n = number(&start(&world, &json!({"token": TOKEN})).await.is(201));
    world.ended(n).await;
    let undo = world.ended(n + 1).await;

    assert_eq!(undo["undo_of"], n);
    saw(&world, &undo, "s").await;
    let left = "select count(*)::text from secret_inputs where sealed is not null";
    assert_eq!(world.database.ask(left).await, ["0"]);
}

#[tokio::test]
async fn what_cannot_be_brought_back_by_itself_says_so_and_keeps_no_secret_input() {
    let world = fleet(1).await;
    let put = async |name: &str| {
        let request = world
            .admin()
            .request(Method::PUT, &format!("/secrets/{name}"));
        send(request.json(&json!({"value": "stored and sealed"})))
            .await
            .is(200)
    };
    put("STORED").await;
    let gate = world.folder().join("gate");
    let command = format!(
        "until test -e {}; do sleep 0.05; done; exit 3",
        gate.display()
    );
    let document = json!({
        "inputs": {"token": {"secret": true}},
        "secrets": ["STORED"],
        "targets": ["all"],
        "steps": [{"id": "s", "command": command, "rollback": TELLS,
            "rollout": {"on_exceed": "rollback"}}],
    });
    apply(&world, "asks", &document).await.is(201);
    let n = number(&start(&world, &json!({"token": TOKEN})).await.is(201));
    world.step_is(n, "s", "running").await;
    let remove = world.admin().request(Method::DELETE, "/secrets/STORED");
    send(remove).await.ok();

    fs::write(&gate, "").unwrap();
    let view = world.ended(n).await;
    let left = "select count(*)::text from secret_inputs where sealed is not null";
    eventually_async("nothing is kept", PATIENCE, async || {
        let left = world.database.ask(left).await;
        (left == ["0"])
            .then_some(())
            .ok_or_else(|| format!("{left:?}"))
    })
    .await;

    assert_eq!(view["status"], "failed");
    let wanted = "select count(*)::text from rollouts where rollback_wanted";
    assert_eq!(world.database.ask(wanted).await, ["0"]);
    let told = world.execution(n).await;
    let step = step_of(&told, "s");
    let why = step["detail"].as_str().unwrap_or_default();
    assert!(
        why.contains("not brought back") && why.contains("STORED"),
        "{step}"
    );
    let noted =
        "select count(*)::text from timeline where whats::text like '%not brought back by itself%'";
    assert_eq!(world.database.ask(noted).await, ["1"]);
    // Whoever puts right what was missing undoes it by hand.
    put("STORED").await;
    let given = json!({"secret_inputs": {"token": TOKEN}});
    let undo = world
        .admin()
        .post(&format!("/executions/{n}/undo"), &given)
        .await;
    let undo = world.ended(number(&undo.is(201))).await;
    assert_eq!(undo["status"], "completed", "{undo}");
    let outcome = world.execution(n).await["outcome"].clone();
    assert_eq!(outcome, "rolled_back");
}
