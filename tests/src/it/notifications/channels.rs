//! What channels are told of by themselves, and who may have them.

use pulse_tests::{World, client::send, receiver::Web, steps, world::post_once};
use reqwest::Method;
use serde_json::json;

use super::{apply, failing, put_channel, put_secret, quiet, stand, standing, start, with_ops};

#[tokio::test]
async fn an_end_is_told_to_the_channels_that_want_it() {
    let (world, web) = with_ops(&["failed"]).await;
    let all = Web::start().await;
    put_secret(&world, "SIGN", "a key to sign with").await;
    apply(&world, "quiet", &quiet()).await;
    apply(&world, "failing", &failing()).await;
    let spec = json!({"webhook": {"url": all.url("/all"), "sign_with": {"secret": "SIGN"}},
        "on": ["completed", "failed"], "workflows": ["quiet"]});
    put_channel(&world, "quiet-only", &spec).await.is(200);

    let (well, badly) = (start(&world, "quiet").await, start(&world, "failing").await);

    let (told, told_all) = (web.has_taken(1).await, all.has_taken(1).await);
    stand(
        &world,
        &["ops failed delivered", "quiet-only completed delivered"],
    )
    .await;
    assert_eq!((web.taken().len(), all.taken().len()), (1, 1));
    let body = told[0].json();
    assert_eq!(told[0].path, "/in");
    assert_eq!(told[0].header("idempotency-key"), body["id"].as_str());
    assert_eq!(body["event"], "failed");
    assert_eq!(
        body["text"],
        format!("failing #{badly} failed at step rest")
    );
    assert_eq!(body["execution"]["status"], "failed");
    assert!(told[0].header("x-pulse-signature").is_none());
    assert_eq!(told_all[0].json()["execution"]["number"], well);
    let signature = told_all[0].header("x-pulse-signature").unwrap().to_owned();
    assert_eq!(signature, signed(b"a key to sign with", &told_all[0].body));
}

/// What a receiver computes to know who sent it.
fn signed(key: &[u8], body: &[u8]) -> String {
    use sha2::{Digest as _, Sha256};
    let mut block = [0; 64];
    block[..key.len()].copy_from_slice(key);
    let pad = |byte: u8| block.map(|b| b ^ byte);
    let inner = Sha256::new()
        .chain_update(pad(0x36))
        .chain_update(body)
        .finalize();
    let outer = Sha256::new()
        .chain_update(pad(0x5c))
        .chain_update(inner)
        .finalize();
    let hex = |byte: &u8| {
        [byte >> 4, byte & 15].map(|digit| char::from(b"0123456789abcdef"[usize::from(digit)]))
    };
    let hex: String = outer.iter().flat_map(hex).collect();
    format!("sha256={hex}")
}

#[tokio::test]
async fn a_cancelled_execution_and_one_out_of_time_are_told_of() {
    let (world, web) = with_ops(&["cancelled", "timed_out"]).await;
    let asking = json!({"timeout": "1s", "steps": [steps::prompt("ask")]});

    let late = world.run(&asking).await;
    let stopped = world.run(&json!({"steps": [steps::prompt("ask")]})).await;
    let path = format!("/executions/{stopped}/cancel");
    world.admin().post(&path, &json!({})).await.is(200);

    let mut texts: Vec<_> = web
        .has_taken(2)
        .await
        .iter()
        .map(|told| told.json()["text"].clone())
        .collect();
    texts.sort_by_key(ToString::to_string);
    assert_eq!(
        texts,
        [
            format!("run #{late} ran out of time"),
            format!("run #{stopped} was cancelled")
        ]
    );
}

#[tokio::test]
async fn a_prompt_is_told_of_when_it_opens() {
    let (world, web) = with_ops(&["prompt"]).await;

    let number = world.run(&json!({"steps": [steps::prompt("ask")]})).await;

    let told = web.has_taken(1).await[0].json();
    let prompt = world.prompt(number).await;
    assert_eq!(told["prompt"]["number"], prompt["number"]);
    assert_eq!(told["prompt"]["options"], prompt["options"]);
    let answer = format!("answer with: pulsectl prompt answer {}", prompt["number"]);
    assert!(told["text"].as_str().unwrap().ends_with(&answer), "{told}");
}

#[tokio::test]
async fn a_run_inside_another_is_told_of_only_where_its_workflow_is_named() {
    let (world, web) = with_ops(&["completed"]).await;
    apply(&world, "quiet", &quiet()).await;
    apply(
        &world,
        "outer",
        &json!({"steps": [{"id": "sub", "workflow": "quiet"}]}),
    )
    .await;
    let named =
        json!({"webhook": {"url": web.url("/named")}, "on": ["completed"], "workflows": ["quiet"]});
    put_channel(&world, "named", &named).await.is(200);

    let outer = start(&world, "outer").await;

    stand(
        &world,
        &["named completed delivered", "ops completed delivered"],
    )
    .await;
    let told = web.has_taken(2).await;
    let of = |path: &str| {
        told.iter().find(|told| told.path == path).unwrap().json()["execution"].clone()
    };
    assert_eq!(of("/in")["number"], outer);
    assert_eq!(of("/named")["workflow"], "quiet");
}

#[tokio::test]
async fn slack_and_discord_get_what_they_understand_and_nobody_gets_their_urls() {
    let world = World::with(&[("PULSE__LOG__LEVEL", "debug")]).await;
    let web = Web::start().await;
    for (kind, secret) in [("slack", "SLACK_URL"), ("discord", "DISCORD_URL")] {
        put_secret(&world, secret, &web.url(&format!("/{kind}/hunter2hunter2"))).await;
        let spec = json!({kind: {"url": {"secret": secret}}, "on": ["failed"]});
        put_channel(&world, kind, &spec).await.is(200);
    }
    // It says what it was sent to.
    web.answer(503, "no hunter2hunter2 here");
    let mut document = failing();
    document["name"] = json!("failing");
    apply(&world, "failing", &document).await;

    start(&world, "failing").await;

    let told = web.has_taken(2).await;
    let body = |kind: &str| {
        told.iter()
            .find(|told| told.path.contains(kind))
            .unwrap()
            .json()
    };
    assert!(
        body("slack")["text"]
            .as_str()
            .unwrap()
            .starts_with("failing #")
    );
    assert!(
        body("discord")["content"]
            .as_str()
            .unwrap()
            .starts_with("failing #")
    );
    let test = world
        .admin()
        .post("/notifications/channels/slack/test", &json!({}))
        .await;
    let test = test.is(200);
    assert_eq!(
        test["last_error"],
        "the receiver answered 503 Service Unavailable (its URL is secret: what it says is not kept)"
    );
    let listed = world.admin().get("/notifications/channels").await.is(200);
    assert_eq!(
        listed["items"][1]["spec"]["slack"],
        json!({"url": {"secret": "SLACK_URL"}})
    );
    assert!(!listed.to_string().contains("hunter2"));
    assert!(!world.database.dump().contains("hunter2"));
    assert!(!world.servers[0].said().contains("hunter2"));
}

#[tokio::test]
async fn a_channel_may_start_a_workflow_once_for_each_notification_and_never_itself() {
    let world = World::start().await;
    let mut page = failing();
    page["inputs"] = json!({"text": {}, "who": {}, "execution": {"type": "number"}});
    apply(&world, "page", &page).await;
    apply(&world, "failing", &failing()).await;
    let spec = json!({"start": {"workflow": "page", "inputs": {"who": "ada"}}, "on": ["failed"]});
    put_channel(&world, "oncall", &spec).await.is(200);

    let number = start(&world, "failing").await;

    stand(&world, &["oncall failed delivered"]).await;
    let begun = world.admin().get("/executions?workflow=page").await.is(200);
    assert_eq!(begun["items"].as_array().unwrap().len(), 1);
    let begun = world
        .ended(begun["items"][0]["number"].as_i64().unwrap())
        .await;
    assert_eq!(begun["started_by"], "channel:oncall");
    assert_eq!(
        begun["inputs"],
        json!({"text": format!("failing #{number} failed at step rest"), "who": "ada", "execution": number})
    );
    // It has failed too, and nobody starts another for that.
    assert_eq!(standing(&world).await, ["oncall failed delivered"]);
}

#[tokio::test]
async fn a_test_is_told_once_however_often_it_is_asked_for_under_one_key() {
    let (world, web) = with_ops(&[]).await;
    let path = "/notifications/channels/ops/test";

    let first = post_once(&world.admin(), path, &json!({}), "again")
        .await
        .is(200);
    let second = post_once(&world.admin(), path, &json!({}), "again")
        .await
        .is(200);

    assert_eq!(first["status"], "delivered");
    assert_eq!(first["id"], second["id"]);
    assert_eq!(web.taken().len(), 1);
    assert_eq!(web.taken()[0].json()["event"], "test");
}

#[tokio::test]
async fn what_a_channel_cannot_be_is_refused_with_what_would_be_right() {
    let world = World::start().await;
    put_secret(&world, "URL", "https://hooks.example/x").await;
    let refused = [
        (json!({}), "a channel has exactly one of"),
        (
            json!({"slack": {"url": {"secret": "URL"}}, "discord": {"url": {"secret": "URL"}}}),
            "exactly one of",
        ),
        (
            json!({"webhook": {"url": "https://u:p@x/"}}),
            "may be secret",
        ),
        (
            json!({"webhook": {"url": "https://x/?token=1"}}),
            "may be secret",
        ),
        (json!({"webhook": {"url": "x"}}), "it is no URL"),
        (
            json!({"slack": {"url": {"secret": "URL"}}, "on": ["step"]}),
            "`on` takes",
        ),
        (
            json!({"slack": {"url": {"secret": "URL"}}, "workflows": ["nowhere"]}),
            "no workflow nowhere",
        ),
        (
            json!({"email": {"server": "x", "from": "me", "to": ["you@x.test"]}}),
            "email.from: me is no address",
        ),
        (
            json!({"email": {"server": "x", "tls": "none", "user": "u", "password": {"secret": "URL"},
                "from": "me@x.test", "to": ["you@x.test"]}}),
            "nobody signs in where everybody can listen",
        ),
        (
            json!({"start": {"workflow": "nowhere"}}),
            "no workflow nowhere",
        ),
    ];
    for (spec, why) in refused {
        let problem = put_channel(&world, "ops", &spec)
            .await
            .problem(422, "invalid_body");
        assert!(
            problem["detail"].as_str().unwrap().contains(why),
            "{spec}: {problem}"
        );
    }
    let unknown = json!({"slack": {"url": {"secret": "NOTHING"}}});
    put_channel(&world, "ops", &unknown)
        .await
        .problem(422, "secret_refused");
    put_channel(&world, "Ops", &json!({"slack": {"url": {"secret": "URL"}}}))
        .await
        .problem(422, "invalid_body");
}

#[tokio::test]
async fn who_may_not_see_a_workflow_is_not_told_what_was_told_of_it() {
    let (world, web) = with_ops(&["completed"]).await;
    let mut hidden = quiet();
    hidden["permissions"] = json!({"view": ["crew"]});
    apply(&world, "hidden", &hidden).await;
    apply(&world, "quiet", &quiet()).await;
    start(&world, "hidden").await;
    let shown = start(&world, "quiet").await;
    web.has_taken(2).await;

    let viewer = world.somebody("viewer").await;
    let seen = viewer.get("/notifications?channel=ops").await.is(200);

    let numbers: Vec<_> = seen["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|told| told["execution"].clone())
        .collect();
    assert_eq!(numbers, [json!(shown)]);
    viewer.get("/notifications/channels/ops").await.is(200);
    let put = viewer.request(Method::PUT, "/notifications/channels/ops");
    send(put.json(&json!({"webhook": {"url": web.url("/")}})))
        .await
        .problem(403, "forbidden");
    viewer
        .delete("/notifications/channels/ops")
        .await
        .problem(403, "forbidden");
    viewer
        .post("/notifications/channels/ops/test", &json!({}))
        .await
        .problem(403, "forbidden");
}

#[tokio::test]
async fn what_is_done_to_a_channel_is_in_the_audit_trail_and_what_waits_for_it_goes_with_it() {
    let (world, web) = with_ops(&["completed"]).await;
    let again = json!({"webhook": {"url": web.url("/in")}, "on": ["completed"]});
    put_channel(&world, "ops", &again).await.is(200);
    web.answer(503, "");
    world.complete(&quiet()).await;
    web.has_taken(1).await;

    world
        .admin()
        .delete("/notifications/channels/ops")
        .await
        .is(204);

    stand(&world, &["ops completed dropped"]).await;
    world
        .admin()
        .delete("/notifications/channels/ops")
        .await
        .problem(404, "not_found");
    let trail = world
        .database
        .ask("select action || ' ' || subject from audit where subject = 'ops' order by id")
        .await;
    assert_eq!(trail, ["channel.put ops", "channel.remove ops"]);
}

#[tokio::test]
async fn who_uses_a_secret_is_said_of_channels_and_webhooks_too() {
    let (world, web) = (World::start().await, Web::start().await);
    put_secret(&world, "SIGN", "a key to sign with").await;
    let hook = json!({"kind": "gitea", "secret": "SIGN"});
    let mut pushed = quiet();
    pushed["triggers"] = json!({"webhook": hook});
    apply(&world, "pushed", &pushed).await;
    let mut named = quiet();
    named["secrets"] = json!(["SIGN"]);
    apply(&world, "named", &named).await;
    let takes = json!({"inputs": {"secret": {"required": false}}, "steps": quiet()["steps"]});
    apply(&world, "takes", &takes).await;
    for (name, spec) in [
        (
            "signs",
            json!({"webhook": {"url": web.url("/in"), "sign_with": {"secret": "SIGN"}}}),
        ),
        ("speaks", json!({"slack": {"url": {"secret": "SIGN"}}})),
        ("plain", json!({"webhook": {"url": web.url("/in")}})),
        (
            "starts",
            json!({"start": {"workflow": "takes", "inputs": {"secret": "SIGN"}}}),
        ),
    ] {
        put_channel(&world, name, &spec).await.is(200);
    }

    let uses = world.admin().get("/secrets/SIGN/uses").await.is(200);
    let first = world
        .admin()
        .get("/secrets/SIGN/uses?limit=1")
        .await
        .is(200);

    let item = |kind: &str, name: &str| json!({"kind": kind, "name": name});
    let workflow = |name: &str| json!({"kind": "workflow", "name": name, "version": 1});
    let all = [
        item("channel", "signs"),
        item("channel", "speaks"),
        workflow("named"),
        workflow("pushed"),
    ];
    assert_eq!(uses["items"], json!(all));
    let cursor = first["next_cursor"].as_str().unwrap();
    let rest = format!("/secrets/SIGN/uses?cursor={cursor}");
    let rest = world.admin().get(&rest).await.is(200);
    assert_eq!(rest["items"], json!(all[1..]));
    let said = world.ctl(&["secret", "used-by", "SIGN", "-q"]).await;
    assert_eq!(said.is(0), "signs\nspeaks\nnamed\npushed\n");
}
