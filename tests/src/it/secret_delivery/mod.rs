//! Secrets on their way: the step has them in its environment, and nobody else has them anywhere.

mod elsewhere;

use std::{collections::BTreeMap, fs, path::Path};

use base64::{Engine as _, engine::general_purpose::STANDARD};
use pulse_tests::{
    Answer, World,
    client::send,
    eventually::{PATIENCE, eventually, eventually_async},
    steps,
    world::{ended, jobs_of, step_of},
};
use reqwest::Method;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

const TOKEN: &str = "cor'rect \"horse\"/&+battery";
const KEY: &str = "-----BEGIN KEY-----\nMIIEowIBAAKCAQEAmD2\nzz9/kqpLxWv3Yt0u\n-----END KEY-----";

async fn put(world: &World, name: &str, body: &Value) {
    let request = world
        .admin()
        .request(Method::PUT, &format!("/secrets/{name}"));
    send(request.json(body)).await.is(200);
}

async fn apply(world: &World, name: &str, document: &Value) {
    let request = world
        .admin()
        .request(Method::PUT, &format!("/workflows/{name}"));
    send(request.json(document)).await.is(201);
}

async fn start(world: &World, workflow: &str) -> Answer {
    let body = json!({"workflow": workflow});
    world.admin().post("/executions", &body).await
}

/// A document of one command on every worker that gets these secrets.
fn document(secrets: &[&str], command: &str) -> Value {
    let mut document = steps::one(command, &["all"]);
    document["secrets"] = json!(secrets);
    document
}

/// Waits until the server knows that a worker's agent masks secrets.
pub(crate) async fn masks(world: &World, name: &str) {
    let path = format!("/workers/{name}");
    eventually_async("an agent that masks", PATIENCE, async || {
        let worker = world.admin().get(&path).await.is(200);
        if worker["capabilities"]["masking"] == true {
            Ok(())
        } else {
            Err(worker.to_string())
        }
    })
    .await;
}

pub(crate) async fn with_agent() -> World {
    let mut world = World::start().await;
    world.add_agent("web-1").await;
    masks(&world, "web-1").await;
    world
}

/// Bytes as a dump shows them.
pub(crate) fn hex(bytes: &[u8]) -> String {
    let digits = bytes.iter().flat_map(|byte| [byte >> 4, byte & 15]);
    digits
        .filter_map(|digit| char::from_digit(u32::from(digit), 16))
        .collect()
}

/// What of the secrets must be nowhere: as they are, as encoders leave them, and as bytes in a dump.
fn needles() -> BTreeMap<&'static str, String> {
    let hex = |text: &str| hex(text.as_bytes());
    let decided = |text: String| text[4..text.len() - 4].to_owned();
    BTreeMap::from([
        ("raw", TOKEN.to_owned()),
        ("as bytes", hex(TOKEN)),
        ("url", "cor%27rect%20%22horse".to_owned()),
        ("json", "cor'rect \\\"horse\\\"/&".to_owned()),
        ("shell", r#"cor'\''rect "horse""#.to_owned()),
        ("base64", decided(STANDARD.encode(TOKEN))),
        (
            "base64 after one",
            decided(STANDARD.encode(format!("a{TOKEN}"))),
        ),
        (
            "base64 after two",
            decided(STANDARD.encode(format!("ab{TOKEN}"))),
        ),
        ("a line of the key", "MIIEowIBAAKCAQEAmD2".to_owned()),
        ("a line of the key, as bytes", hex("MIIEowIBAAKCAQEAmD2")),
    ])
}

#[track_caller]
fn is_clean(what: &str, text: &str) {
    for (form, needle) in needles() {
        assert!(!text.contains(&needle), "{form} in {what}: {text:.2000}");
    }
}

/// Every file below a folder, but the key that is meant to be there.
fn no_file_holds_any(folder: &Path) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            no_file_holds_any(&path);
        } else {
            let bytes = fs::read(&path).unwrap_or_default();
            is_clean(
                &path.display().to_string(),
                &String::from_utf8_lossy(&bytes),
            );
        }
    }
}

fn no_process_has_any_in_its_arguments() {
    for entry in fs::read_dir("/proc").unwrap().flatten() {
        let arguments = fs::read(entry.path().join("cmdline")).unwrap_or_default();
        is_clean("arguments", &String::from_utf8_lossy(&arguments));
    }
}

/// Writes both secrets in every form, cut over several writes, and waits at the gate.
const TELLS: &str = r#"
printf 'seen %s\n' "$(printf %s "$TOKEN" | sha256sum)"
printf 'seen %s\n' "$(printf %s "$KEY" | sha256sum)"
printf '<%s>\n' "$TOKEN"
printf '<%s>\n' "$TOKEN" >&2
printf '%s\n' "$KEY"
printf %s "$TOKEN" | cut -c1-9 | tr -d '\n'; sleep 0.3
printf %s "$TOKEN" | cut -c10-15 | tr -d '\n'; sleep 0.3
printf %s "$TOKEN" | cut -c16-
for before in '' a ab; do printf '%s%s' "$before" "$TOKEN" | base64; done
printf '%s' "$TOKEN" | sed "s/'/%27/g; s/ /%20/g; s/\"/%22/g; s,/,%2F,g; s/&/%26/g; s/+/%2B/g"; echo
printf '%s' "$TOKEN" | sed 's/"/\\"/g'; echo
printf '%s' "$TOKEN" | sed "s/'/'\\\\''/g"; echo
sh -xc ': "$TOKEN"'
i=0; while [ $i -lt 3000 ]; do echo "$i $TOKEN and more to fill the spool with"; i=$((i+1)); done
while [ ! -e "$GATE" ]; do sleep 0.05; done
echo "token=$TOKEN" >> "$PULSE_OUTPUT"
printf 'last words: %s' "$TOKEN"
"#;

#[tokio::test]
async fn a_step_has_its_secrets_and_they_are_nowhere_else() {
    let mut world = World::with(&[("PULSE__LOG__LEVEL", "debug")]).await;
    let mut agent = world.new_agent("web-1").await;
    agent.set("PULSE__LOG__LEVEL", "debug");
    world.add(agent).await;
    masks(&world, "web-1").await;
    put(&world, "TOKEN", &json!({"value": TOKEN})).await;
    put(&world, "KEY", &json!({"value": KEY})).await;
    let gate = world.folder().join("gate");
    let mut document = document(&["TOKEN", "KEY"], TELLS);
    document["steps"][0]["env"] = json!({"GATE": gate});
    document["steps"][0]["id"] = json!("tells");
    apply(&world, "tells", &document).await;
    let number = start(&world, "tells").await.is(201)["number"]
        .as_i64()
        .unwrap();
    let path = format!("/executions/{number}");
    let running = world.step_is(number, "tells", "running").await;
    let job = running["jobs"][0].clone();
    eventually_async("the flood", PATIENCE, async || {
        let output = world.output(&job).await;
        let output = String::from_utf8_lossy(&output);
        if output.contains("2999 ***") {
            Ok(())
        } else {
            Err(format!("{output:.2000}"))
        }
    })
    .await;

    no_file_holds_any(world.folder());
    no_process_has_any_in_its_arguments();
    world.server().kill();
    fs::write(&gate, "").unwrap();
    // The end is in the journal, and what the server has not taken is in the spool.
    let said = world.agents[0].path("executor.log");
    eventually("the end of the step", PATIENCE, || {
        fs::read_to_string(&said)
            .unwrap_or_default()
            .contains("step ended")
            .then_some(())
    });
    no_file_holds_any(world.folder());
    world.server().start();
    let view = ended(&world.admin(), number).await;

    assert_eq!(view["status"], "completed", "{view}");
    let step = step_of(&view, "tells");
    assert_eq!(step["outputs"]["token"], "***", "{step}");
    let output = world.output(&jobs_of(&view, "tells")[0]).await;
    let output = String::from_utf8_lossy(&output).into_owned();
    for value in [TOKEN, KEY] {
        let digest = hex(&Sha256::digest(value));
        assert!(output.contains(&digest), "the step did not see {value}");
    }
    assert!(
        output.contains("<***>\n") && output.ends_with("last words: ***"),
        "{output:.3000}"
    );
    is_clean("the output", &output);
    for path in [
        path.clone(),
        format!("{path}/logs?limit=500"),
        format!("{path}/events?follow=false"),
        "/audit?limit=200".to_owned(),
        "/workflows/tells".to_owned(),
        "/executions".to_owned(),
    ] {
        is_clean(&path, &world.admin().get(&path).await.text());
    }
    is_clean(
        "show",
        &world
            .ctl(&["execution", "show", &number.to_string(), "-o", "json"])
            .await
            .stdout,
    );
    is_clean("the database", &world.database.dump());
    no_file_holds_any(world.folder());
}

#[tokio::test]
async fn a_confined_step_has_its_secrets_too() {
    let world = with_agent().await;
    put(&world, "TOKEN", &json!({"value": TOKEN})).await;
    let mut document = document(
        &["TOKEN"],
        "echo ${#TOKEN} \"$TOKEN\"; env | grep -c STAGED",
    );
    document["steps"][0]["sandbox"] = json!({"no_new_privileges": true, "open_files": 200});
    document["steps"][0]["continue_on_error"] = json!(true);

    let view = world.complete(&document).await;

    let output = world.output(&jobs_of(&view, "only")[0]).await;
    let output = String::from_utf8_lossy(&output);
    assert_eq!(output, format!("{} ***\n0\n", TOKEN.len()));
}

#[tokio::test]
async fn a_step_without_secrets_has_none_and_nothing_of_its_output_changes() {
    let world = with_agent().await;
    put(&world, "TOKEN", &json!({"value": TOKEN})).await;

    let command = format!(
        "echo \"[${{TOKEN:-none}}]\" '{}'",
        TOKEN.replace('\'', r"'\''")
    );
    let view = world.complete(&steps::one(&command, &["all"])).await;

    let output = world.output(&jobs_of(&view, "only")[0]).await;
    assert_eq!(
        String::from_utf8_lossy(&output),
        format!("[none] {TOKEN}\n")
    );
}

#[tokio::test]
async fn a_run_that_may_not_have_a_secret_does_not_start() {
    let world = with_agent().await;
    let fra = json!({"code": "fra", "name": "F"});
    world.admin().post("/regions", &fra).await.is(201);
    apply(&world, "other", &steps::one("true", &["all"])).await;
    put(
        &world,
        "TOKEN",
        &json!({"value": TOKEN, "workflows": ["other"]}),
    )
    .await;
    put(&world, "FAR", &json!({"value": TOKEN, "regions": ["fra"]})).await;
    put(&world, "OPEN", &json!({"value": TOKEN})).await;
    for (name, secret) in [
        ("mine", "TOKEN"),
        ("far", "FAR"),
        ("lost", "LOST"),
        ("open", "OPEN"),
    ] {
        apply(&world, name, &document(&[secret], "true")).await;
    }
    let operator = world.somebody("operator").await;
    let own = json!({"definition": document(&["OPEN"], "true")});

    let mine = start(&world, "mine").await.problem(422, "secret_refused");
    let far = start(&world, "far").await.problem(422, "secret_refused");
    let lost = start(&world, "lost").await.problem(422, "secret_refused");
    let by_operator = operator.post("/executions", &own).await;
    let named = operator
        .post("/executions", &json!({"workflow": "open"}))
        .await;
    let by_admin = world.admin().post("/executions", &own).await.is(201);
    let number = by_admin["number"].as_i64().unwrap();
    world.ended(number).await;
    let again = format!("/executions/{number}/retry");
    let retried = operator.post(&again, &json!({})).await;
    let retried_by_admin = world.admin().post(&again, &json!({})).await;
    fs::remove_file(world.key_file()).unwrap();
    let keyless = start(&world, "open").await;

    let says = |problem: &Value, word: &str| {
        assert!(
            problem["detail"].as_str().unwrap().contains(word),
            "{problem}"
        );
    };
    says(&mine, "other workflows");
    says(&far, "web-1 is in iad");
    says(&lost, "no secret LOST");
    by_operator.problem(403, "forbidden");
    retried.problem(403, "forbidden");
    named.is(201);
    retried_by_admin.is(201);
    keyless.problem(503, "secrets_unavailable");
}

#[tokio::test]
async fn a_secret_that_is_gone_when_its_step_begins_ends_the_job_and_says_so() {
    let world = with_agent().await;
    put(&world, "TOKEN", &json!({"value": TOKEN})).await;
    let mut document = document(&["TOKEN"], "echo ran");
    let step = document["steps"][0].clone();
    document["steps"] = json!([steps::prompt("ask"), step]);
    apply(&world, "late", &document).await;
    let number = start(&world, "late").await.is(201)["number"]
        .as_i64()
        .unwrap();
    world.prompt(number).await;

    world.admin().delete("/secrets/TOKEN").await.is(204);
    let respond = format!("/executions/{number}/respond");
    world
        .admin()
        .post(&respond, &json!({"response": "Yes"}))
        .await
        .is(200);
    let view = world.ended(number).await;

    let job = &jobs_of(&view, "only")[0];
    assert_eq!(
        (&job["status"], &job["reason"]),
        (&json!("failed"), &json!("secret_refused")),
        "{view}"
    );
    assert!(
        view.to_string().contains("there is no secret TOKEN"),
        "{view}"
    );
}

#[tokio::test]
async fn the_newest_value_is_the_one_that_a_step_gets() {
    let world = with_agent().await;
    put(&world, "TOKEN", &json!({"value": "the first value"})).await;
    apply(
        &world,
        "digest",
        &document(&["TOKEN"], "printf %s \"$TOKEN\" | sha256sum"),
    )
    .await;
    let output = async || {
        let number = start(&world, "digest").await.is(201)["number"]
            .as_i64()
            .unwrap();
        let view = world.ended(number).await;
        world.output(&jobs_of(&view, "only")[0]).await
    };

    let first = output().await;
    put(&world, "TOKEN", &json!({"value": "the second value"})).await;
    let second = output().await;

    for (output, value) in [(first, "the first value"), (second, "the second value")] {
        let digest = hex(&Sha256::digest(value));
        assert!(String::from_utf8_lossy(&output).starts_with(&digest));
    }
}

#[tokio::test]
async fn a_worker_that_does_not_mask_gets_no_secret() {
    let world = World::start().await;
    let mut older = world.socket("older").await;
    put(&world, "TOKEN", &json!({"value": TOKEN})).await;
    apply(&world, "one", &document(&["TOKEN"], "true")).await;

    let refused = start(&world, "one").await.problem(422, "no_targets");
    let silence = older
        .try_frame("execute_command", std::time::Duration::from_secs(2))
        .await;

    assert!(
        refused["detail"]
            .as_str()
            .unwrap()
            .contains("masks secrets"),
        "{refused}"
    );
    assert!(silence.is_err(), "{silence:?}");
}

#[tokio::test]
async fn a_value_is_in_the_offer_and_in_nothing_that_is_stored() {
    let world = World::start().await;
    let (id, credential) = world.enroll("newer").await;
    let mut newer =
        pulse_tests::socket::Socket::open(&world.servers[0].url(), &id, &credential).await;
    let capabilities = json!({"capabilities": {"masking": true}});
    newer.hello_with("newer", &capabilities).await;
    put(&world, "TOKEN", &json!({"value": TOKEN})).await;
    apply(&world, "one", &document(&["TOKEN"], "true")).await;

    start(&world, "one").await.is(201);
    let offer = newer.frame("execute_command").await;

    assert_eq!(offer["secrets"], json!({"TOKEN": TOKEN}));
    assert!(offer["env"].get("TOKEN").is_none());
    is_clean("the database", &world.database.dump());
    let used = world.ctl(&["secret", "used-by", "TOKEN", "-q"]).await;
    assert_eq!(used.is(0).trim(), "one");
}
