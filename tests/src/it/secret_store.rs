//! Secrets at rest: values go in, and only their names, their versions and who set them come out.

use pulse_tests::{World, client::send, world::Said};
use reqwest::Method;
use serde_json::{Value, json};

use super::secret_delivery::hex;

const VALUE: &str = "correct-horse-battery-staple";

async fn set(world: &World, name: &str, body: &Value) -> Value {
    let request = world
        .admin()
        .request(Method::PUT, &format!("/secrets/{name}"));
    send(request.json(body)).await.is(200)
}

/// Runs `pulsectl` with this on its stdin.
async fn fed(world: &World, arguments: &[&str], input: &str) -> Said {
    let file = world.write("fed", input);
    let mut command = std::process::Command::new("sh");
    let ctl = world.ctl_command();
    command.env_clear();
    command.envs(
        ctl.get_envs()
            .filter_map(|(name, value)| Some((name, value?))),
    );
    command.arg("-c").arg(r#"exec "$0" "$@" < "$FED""#);
    command
        .arg(ctl.get_program())
        .args(arguments)
        .env("FED", file);
    // The shell puts the file in the place of the stdin that it was given.
    pulse_tests::world::said(command).await
}

#[tokio::test]
async fn a_value_that_was_set_is_nowhere_to_be_read() {
    let world = World::with(&[("PULSE__LOG__LEVEL", "debug")]).await;

    let made = set(&world, "TOKEN", &json!({"value": VALUE})).await;
    let again = set(&world, "TOKEN", &json!({"value": format!("{VALUE}-2")})).await;
    let shown = world.admin().get("/secrets/TOKEN").await.is(200);
    let listed = world.admin().get("/secrets").await.is(200);
    let history = world.admin().get("/secrets/TOKEN/versions").await.is(200);
    let audit = world.admin().get("/audit?action=secret.set").await.is(200);

    assert_eq!(
        (&made["version"], &again["version"]),
        (&json!(1), &json!(2))
    );
    assert_eq!(listed["items"], json!([shown]));
    let versions: Vec<&Value> = history["items"].as_array().unwrap().iter().collect();
    assert_eq!(versions.len(), 2);
    assert_eq!(
        (&versions[0]["version"], &versions[0]["set_by"]),
        (&json!(2), &json!("admin"))
    );
    let dump = world.database.dump();
    let log = world.servers[0].said();
    for text in [made, again, shown, listed, history, audit].map(|value| value.to_string()) {
        assert!(!text.contains(VALUE), "{text}");
    }
    assert!(!dump.contains(VALUE), "a value in the database");
    assert!(!log.contains(VALUE), "a value in the log");
    // COPY writes bytes as hex.
    let hex = hex(VALUE.as_bytes());
    assert!(!dump.contains(&hex), "a value in the database, as bytes");
}

#[tokio::test]
async fn the_same_value_again_is_no_new_version() {
    let world = World::start().await;
    world
        .admin()
        .post("/regions", &json!({"code": "fra", "name": "F"}))
        .await
        .is(201);
    let body = json!({"value": VALUE, "regions": ["fra"]});

    set(&world, "TOKEN", &body).await;
    let same = set(&world, "TOKEN", &json!({"value": VALUE})).await;
    let wider = set(&world, "TOKEN", &json!({"value": VALUE, "regions": []})).await;

    assert_eq!(
        (&same["version"], &same["regions"]),
        (&json!(1), &json!(["fra"]))
    );
    assert_eq!(
        (&wider["version"], &wider["regions"]),
        (&json!(2), &Value::Null)
    );
}

#[tokio::test]
async fn what_cannot_be_a_secret_is_refused() {
    let world = World::start().await;
    let put = async |name: &str, body: Value| {
        let request = world
            .admin()
            .request(Method::PUT, &format!("/secrets/{name}"));
        send(request.json(&body)).await
    };

    for name in ["token", "PULSE_TOKEN", "PATH", "LD_PRELOAD", "2FA"] {
        put(name, json!({"value": VALUE}))
            .await
            .problem(422, "invalid_body");
    }
    for value in [
        "short",
        "with\0nothing in it",
        "bell\u{7}bell",
        &"x".repeat(16 * 1024 + 1),
    ] {
        put("TOKEN", json!({"value": value}))
            .await
            .problem(422, "invalid_body");
    }
    put("TOKEN", json!({"value": VALUE, "regions": ["nowhere"]}))
        .await
        .problem(422, "unknown_region");
    put("TOKEN", json!({"value": VALUE, "workflows": ["nothing"]}))
        .await
        .problem(422, "invalid_body");
    put("TOKEN", json!({"value": VALUE, "must_exist": true}))
        .await
        .problem(404, "not_found");
    assert_eq!(
        world.admin().get("/secrets").await.is(200)["items"],
        json!([])
    );
}

#[tokio::test]
async fn only_admins_write_and_everybody_may_read_names() {
    let world = World::start().await;
    set(&world, "TOKEN", &json!({"value": VALUE})).await;

    for role in ["viewer", "approver", "operator"] {
        let somebody = world.somebody(role).await;
        let put = somebody
            .request(Method::PUT, "/secrets/TOKEN")
            .json(&json!({"value": VALUE}));
        send(put).await.problem(403, "forbidden");
        somebody
            .delete("/secrets/TOKEN")
            .await
            .problem(403, "forbidden");
        assert_eq!(
            somebody.get("/secrets").await.is(200)["items"][0]["name"],
            "TOKEN"
        );
    }
}

#[tokio::test]
async fn a_key_that_makes_a_call_safe_to_repeat_tells_nothing_of_the_value() {
    use sha2::{Digest as _, Sha256};
    let world = World::start().await;
    let body = json!({"value": VALUE});
    let call = async || {
        let request = world.admin().request(Method::PUT, "/secrets/TOKEN");
        send(request.header("idempotency-key", "one").json(&body)).await
    };

    let (first, second) = (call().await.is(200), call().await.is(200));
    let other = world.admin().request(Method::PUT, "/secrets/TOKEN");
    let other = other
        .header("idempotency-key", "one")
        .json(&json!({"value": "another-value"}));
    let other = send(other).await;

    assert_eq!(first, second);
    other.problem(422, "idempotency_key_reused");
    let kept = "select encode(request_sha256, 'hex') from idempotency_keys where key = 'one'";
    let kept = world.database.ask(kept).await;
    let text = body.to_string();
    for path in ["/secrets/TOKEN", "/api/v1/secrets/TOKEN"] {
        let plain = Sha256::digest(["PUT", path, &text].join("\0"));
        let plain = hex(&plain);
        assert_ne!(kept, [plain]);
    }
}

#[tokio::test]
async fn pulsectl_sets_a_secret_from_a_file_and_forgets_it() {
    let world = World::start().await;
    let file = world.write("value", &format!("{VALUE}\n"));
    let file = file.to_str().unwrap();

    world
        .ctl(&["secret", "set", "TOKEN", "--from-file", file])
        .await
        .is(0);
    let same = fed(
        &world,
        &["secret", "rotate", "TOKEN", "--from-file", "-"],
        VALUE,
    )
    .await;
    let other = fed(
        &world,
        &["secret", "rotate", "TOKEN", "--from-file", "-"],
        "another value\n",
    )
    .await;
    let listed = world.ctl(&["secret", "ls"]).await;
    let history = world
        .ctl(&[
            "secret",
            "history",
            "TOKEN",
            "-o",
            "csv",
            "--columns",
            "version",
        ])
        .await;
    let missing = world
        .ctl(&["secret", "rotate", "TOKEM", "--from-file", file])
        .await;
    let asked = world.ctl(&["secret", "set", "TOKEN"]).await;
    let debugged = world
        .ctl(&["--debug", "secret", "set", "TOKEN", "--from-file", file])
        .await;
    let removed = world.ctl(&["secret", "rm", "TOKEN", "--yes"]).await;

    assert!(same.is(0).contains("version 1"), "{}", same.stdout);
    assert!(other.is(0).contains("version 2"), "{}", other.stdout);
    assert!(listed.is(0).contains("TOKEN"));
    assert_eq!(
        history.is(0).lines().collect::<Vec<_>>(),
        ["version", "2", "1"]
    );
    assert!(
        missing.stderr.contains("did you mean `TOKEN`?"),
        "{}",
        missing.stderr
    );
    asked.is(2);
    assert!(asked.stderr.contains("--from-file"), "{}", asked.stderr);
    assert!(!debugged.stderr.contains(VALUE), "{}", debugged.stderr);
    removed.is(0);
    world
        .admin()
        .get("/secrets/TOKEN")
        .await
        .problem(404, "not_found");
}

#[tokio::test]
async fn a_value_is_asked_for_without_showing_it() {
    let world = World::start().await;
    let mut terminal = world.terminal(&["secret", "set", "TOKEN"]);

    terminal.sees("Value of TOKEN:");
    terminal.types(&format!("{VALUE}\r"));
    terminal.sees("version 1");

    assert_eq!(terminal.ends(), 0);
    assert!(!terminal.text().contains(VALUE));
}

#[tokio::test]
async fn a_list_of_secrets_names_no_workflow_that_its_reader_does_not_see() {
    let world = World::start().await;
    let hidden =
        json!({"permissions": {"view": ["leads"]}, "steps": [{"type": "wait", "duration": 1}]});
    let open = json!({"steps": [{"type": "wait", "duration": 1}]});
    for (name, document) in [("hidden", hidden), ("open", open)] {
        let path = format!("/workflows/{name}");
        world
            .admin()
            .put(&path, &document.to_string())
            .await
            .is(201);
    }
    for (name, workflows) in [
        ("BOTH", json!(["hidden", "open"])),
        ("ONE", json!(["hidden"])),
        ("ALL", json!([])),
    ] {
        set(
            &world,
            name,
            &json!({"value": VALUE, "workflows": workflows}),
        )
        .await;
    }
    let client = async |body: Value| {
        let token = world.admin().post("/tokens", &body).await.is(201);
        world.anonymous().with(token["token"].as_str().unwrap())
    };
    let cook = client(json!({"name": "cook", "role": "viewer", "groups": ["cooks"]})).await;
    let lead = client(json!({"name": "lead", "role": "viewer", "groups": ["leads"]})).await;
    let some = client(
        json!({"name": "some", "role": "viewer", "groups": ["leads"], "workflows": ["hidden"]}),
    )
    .await;

    let lists = async |client: &pulse_tests::Client| {
        let listed = client.get("/secrets").await.is(200);
        let one = client.get("/secrets/BOTH").await.is(200);
        let items = listed["items"].as_array().unwrap().clone();
        assert_eq!(items[1], one);
        let lists: Vec<Value> = items.iter().map(|item| item["workflows"].clone()).collect();
        json!(lists)
    };
    assert_eq!(lists(&cook).await, json!([null, ["open"], []]));
    let everything = json!([null, ["hidden", "open"], ["hidden"]]);
    assert_eq!(lists(&lead).await, everything);
    assert_eq!(lists(&world.admin()).await, everything);
    assert_eq!(lists(&some).await, json!([null, ["hidden"], ["hidden"]]));
}
