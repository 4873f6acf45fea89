//! Who is there: lists, and the clean-up of those who are long gone.

use pulse_tests::{World, steps};
use reqwest::Method;
use serde_json::json;

use super::{names, ping, worker};

#[tokio::test]
async fn workers_are_found_by_role_runtime_group_silence_and_selector() {
    let world = World::start().await;
    let admin = world.admin();
    let hosts = [
        (
            "act-1",
            json!({"groups": ["web"]}),
            json!({"runtimes": ["shell", "python"]}),
        ),
        (
            "sense-1",
            json!({"role": "sensor"}),
            json!({"runtimes": ["python"]}),
        ),
        (
            "act-2",
            json!({"labels": {"rack": "b7"}}),
            json!({"runtimes": ["shell"]}),
        ),
    ];
    for (name, grant, capabilities) in hosts {
        let token = world.enroll_token_with(grant).await;
        let body = json!({"token": token, "name": name, "capabilities": capabilities});
        world
            .anonymous()
            .post("/workers/enroll", &body)
            .await
            .is(201);
    }
    let aged = "update workers set last_heartbeat = now() - interval '10 minutes' \
                where name = 'act-2' returning id::text";
    assert_eq!(world.database.ask(aged).await.len(), 1);

    let queries = [
        ("role=sensor", vec!["sense-1"]),
        ("status=online&role=action&runtime=python", vec!["act-1"]),
        ("runtime=python", vec!["act-1", "sense-1"]),
        ("group=web", vec!["act-1"]),
        ("stale_for=300", vec!["act-2"]),
        ("selector=label.rack%3Db7", vec!["act-2"]),
    ];
    for (query, wanted) in queries {
        let page = admin.get(&format!("/workers?{query}")).await.is(200);
        assert_eq!(names(&page), wanted, "{query}");
    }
    let first = admin.get("/workers?limit=1").await.is(200);
    let cursor = first["next_cursor"].as_str().unwrap();
    let path = format!("/workers?limit=1&cursor={cursor}");
    assert_eq!(names(&admin.get(&path).await.is(200)), ["act-2"]);
}

#[tokio::test]
async fn the_seeds_paths_answer_at_the_root_and_below_api() {
    let world = World::start().await;
    let (id, credential) = world.enroll("web-1").await;
    let (admin, host) = (world.admin(), world.anonymous().with(&credential));

    for prefix in ["", "/api", "/api/v1"] {
        let reads = [
            "/workers".to_owned(),
            "/workers?findDeleted=true".to_owned(),
            "/workers/online".to_owned(),
            format!("/workers/{id}"),
            format!("/workers/{id}/function-blocks"),
            format!("/workers/{id}/jobs"),
            format!("/workers/{id}/jobs?status=polled"),
        ];
        for path in reads {
            let request = admin.request_at(Method::GET, &format!("{prefix}{path}"));
            pulse_tests::client::send(request).await.is(200);
        }
        let said = [
            (format!("/workers/{id}/ping"), json!({})),
            (format!("/workers/{id}/unregister"), json!({})),
            ("/workers/register".to_owned(), json!({"name": "web-1"})),
        ];
        for (path, body) in said {
            let request = host.request_at(Method::POST, &format!("{prefix}{path}"));
            pulse_tests::client::send(request.json(&body)).await.is(200);
        }
        for path in ["/workers/cleanup", "/workers/cleanup-offline"] {
            let request = admin.request_at(Method::POST, &format!("{prefix}{path}"));
            let cleaned = pulse_tests::client::send(request).await.is(200);
            assert_eq!(cleaned, json!({"deleted": []}), "{prefix}{path}");
        }
    }

    let request = admin.request_at(Method::DELETE, &format!("/workers/{id}"));
    assert_eq!(pulse_tests::client::send(request).await.status, 204);
    ping(&host, &id, &json!({}))
        .await
        .problem(401, "credential_revoked");
}

#[tokio::test]
async fn prune_shows_first_and_then_cleans_up_who_was_offline_for_so_long() {
    let world = World::start().await;
    for name in ["old", "new", "alive"] {
        let (id, credential) = world.enroll(name).await;
        let host = world.anonymous().with(&credential);
        if name != "alive" {
            host.post(&format!("/workers/{id}/unregister"), &json!({}))
                .await
                .is(200);
        }
    }
    let aged = "update workers set last_heartbeat = now() - interval '2 days' \
                where name = 'old' returning id::text";
    let old = world.database.ask(aged).await.remove(0);

    let shown = world
        .ctl(&["worker", "prune", "--offline-for", "24h", "--dry-run", "-q"])
        .await;
    let unasked = world.ctl(&["worker", "prune"]).await;
    let listed = world.admin().get("/workers").await.is(200);
    let pruned = world
        .ctl(&["worker", "prune", "--offline-for", "24h", "--yes"])
        .await;
    let rest = world
        .admin()
        .post("/workers/cleanup-offline", &json!({}))
        .await
        .is(200);

    assert_eq!(shown.is(0).trim(), "old");
    assert_eq!(unasked.code, 2, "{}", unasked.stderr);
    assert_eq!(names(&listed), ["alive", "new", "old"]);
    assert_eq!(pruned.is(0).trim(), "worker/old cleaned up");
    assert_eq!(rest["deleted"].as_array().unwrap().len(), 1);
    let audit = world.admin().get("/audit").await.is(200);
    let deeds = audit["items"].as_array().unwrap().iter();
    let by_admin =
        deeds.filter(|deed| deed["action"] == "worker.clean_up" && deed["actor"] == "admin");
    let subjects: Vec<_> = by_admin.map(|deed| deed["subject"].clone()).collect();
    assert!(subjects.contains(&json!(old)), "{subjects:?}");
    assert_eq!(subjects.len(), 2);
}

#[tokio::test]
async fn a_worker_with_open_jobs_is_not_cleaned_up() {
    let world = World::start().await;
    let (id, credential) = world.enroll("web-1").await;
    let host = world.anonymous().with(&credential);
    host.post(&format!("/workers/{id}/unregister"), &json!({}))
        .await
        .is(200);
    let mut step = steps::execute("wait", "true");
    step["targets"] = json!(["web-1"]);
    step["offline"] = json!("wait(10m)");
    world.run(&json!({"steps": [step]})).await;

    let cleaned = world
        .admin()
        .post("/workers/cleanup-offline", &json!({}))
        .await
        .is(200);

    assert_eq!(cleaned, json!({"deleted": []}));
    assert_eq!(worker(&world, "web-1").await["status"], "offline");
}
