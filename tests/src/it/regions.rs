//! Regions and the switch for more than one of them.

use pulse_tests::{World, steps};
use serde_json::{Value, json};

fn codes(page: &Value) -> Vec<&str> {
    let items = page["items"].as_array().unwrap();
    items
        .iter()
        .map(|region| region["code"].as_str().unwrap())
        .collect()
}

async fn create(world: &World, code: &str) -> Value {
    let body = json!({"code": code, "name": format!("Region {code}")});
    world.admin().post("/regions", &body).await.is(201)
}

async fn enroll_in(world: &World, region: &str, name: &str) -> String {
    let token = world.enroll_token_with(json!({"region": region})).await;
    let body = json!({"token": token, "name": name, "region": region});
    let enrolled = world.anonymous().post("/workers/enroll", &body).await;
    enrolled.is(201)["worker_id"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn a_fresh_server_has_one_region_and_the_switch_is_off() {
    let world = World::start().await;

    let regions = world.admin().get("/regions").await.is(200);
    let settings = world.admin().get("/settings").await.is(200);

    assert_eq!(codes(&regions), ["iad"]);
    assert_eq!(settings, json!({"multi_region_enabled": false}));
}

#[tokio::test]
async fn a_region_has_a_code_and_a_name_and_maybe_a_place() {
    let world = World::start().await;
    let admin = world.admin();
    let fra = json!({"code": "fra", "name": "Frankfurt", "lat": 50.1, "lon": 8.7});

    let made = admin.post("/regions", &fra).await.is(201);
    let again = admin.post("/regions", &fra).await;
    let renamed = admin
        .patch("/regions/fra", &json!({"name": "Frankfurt am Main"}))
        .await
        .is(200);
    let without_place = admin
        .patch("/regions/fra", &json!({"lat": null, "lon": null}))
        .await
        .is(200);
    let shown = admin.get("/regions/fra").await.is(200);

    assert_eq!((&made["lat"], &made["lon"]), (&json!(50.1), &json!(8.7)));
    again.problem(409, "name_taken");
    assert_eq!(
        (&renamed["name"], &renamed["lat"]),
        (&json!("Frankfurt am Main"), &json!(50.1))
    );
    assert_eq!(
        (&without_place["lat"], &without_place["lon"]),
        (&Value::Null, &Value::Null)
    );
    assert_eq!(shown, without_place);
    let wrong = [
        json!({"name": ""}),
        json!({"lat": 91}),
        json!({"code": "other"}),
    ];
    for body in wrong {
        admin
            .patch("/regions/fra", &body)
            .await
            .problem(422, "invalid_body");
    }
    let unknown = admin.patch("/regions/mars", &json!({"name": "Mars"})).await;
    unknown.problem(404, "not_found");
}

#[tokio::test]
async fn only_regions_with_a_worker_that_is_heard_from_are_offered() {
    let world = World::start().await;
    create(&world, "fra").await;
    create(&world, "sin").await;
    enroll_in(&world, "fra", "web-1").await;

    let offered = world.admin().get("/regions?offered=true").await.is(200);
    let fra = world.admin().get("/regions/fra").await.is(200);
    let said = world.ctl(&["region", "ls", "--offered", "-q"]).await;

    assert_eq!(codes(&offered), ["fra"]);
    assert_eq!(
        (&fra["workers"], &fra["workers_online"]),
        (&json!(1), &json!(1))
    );
    assert_eq!(said.is(0).trim(), "fra");
}

#[tokio::test]
async fn the_switch_goes_on_and_off_again_without_loss() {
    let world = World::start().await;
    create(&world, "fra").await;
    enroll_in(&world, "fra", "web-1").await;
    enroll_in(&world, "iad", "web-2").await;
    let before = world.ctl(&["worker", "ls"]).await;

    world.ctl(&["region", "enable-multi"]).await.is(0);
    let with = world.ctl(&["worker", "ls"]).await;
    world.ctl(&["region", "disable-multi"]).await.is(0);
    let without = world.ctl(&["worker", "ls"]).await;

    assert_eq!(without.is(0), before.is(0));
    assert!(!before.stdout.contains("REGION"), "{}", before.stdout);
    let grouped: Vec<Vec<&str>> = with
        .is(0)
        .lines()
        .map(|line| line.split_whitespace().take(2).collect())
        .collect();
    assert_eq!(
        grouped,
        [["REGION", "NAME"], ["fra", "web-1"], ["iad", "web-2"]]
    );
    let regions = world.admin().get("/regions").await.is(200);
    assert_eq!(codes(&regions), ["fra", "iad"]);
    let in_fra = world.admin().get("/workers?region=fra").await.is(200);
    assert_eq!(in_fra["items"][0]["name"], "web-1");
}

#[tokio::test]
async fn only_an_admin_changes_regions_and_settings() {
    let world = World::start().await;
    let (viewer, operator) = (
        world.somebody("viewer").await,
        world.somebody("operator").await,
    );

    viewer.get("/settings").await.is(200);
    for client in [viewer, operator] {
        let switch = json!({"multi_region_enabled": true});
        client
            .patch("/settings", &switch)
            .await
            .problem(403, "forbidden");
        let name = json!({"name": "x"});
        client
            .patch("/regions/iad", &name)
            .await
            .problem(403, "forbidden");
    }

    let settings = world.admin().get("/settings").await.is(200);
    assert_eq!(settings["multi_region_enabled"], false);
}

#[tokio::test]
async fn a_region_with_workers_stays_and_an_empty_one_goes() {
    let world = World::start().await;
    create(&world, "fra").await;
    enroll_in(&world, "fra", "web-1").await;
    create(&world, "sin").await;

    let refused = world.admin().delete("/regions/fra").await;
    let removed = world.ctl(&["region", "rm", "sin", "--yes"]).await;

    refused.problem(409, "conflict");
    removed.is(0);
    let regions = world.admin().get("/regions").await.is(200);
    assert_eq!(codes(&regions), ["fra", "iad"]);
}

#[tokio::test]
async fn the_jobs_of_a_region_are_done_by_its_workers_each_once() {
    let mut world = World::start().await;
    create(&world, "fra").await;
    for (region, name) in [("fra", "fra-1"), ("fra", "fra-2"), ("iad", "iad-1")] {
        let token = world.enroll_token_with(json!({"region": region})).await;
        let url = world.servers[0].url();
        let agent = pulse_tests::agent::Agent::new(world.folder(), name, &url)
            .with("WORKER_ENROLLMENT_TOKEN", &token)
            .with("WORKER_REGION", region);
        world.add(agent).await;
    }
    let ledger = world.ledger();
    let mut step = steps::execute("there", &format!("{}; echo $PULSE_REGION", ledger.note()));
    step["targets"] = json!("region=fra");

    let execution = world.complete(&json!({"steps": [step]})).await;

    assert_eq!(execution["status"], "completed");
    let jobs = pulse_tests::world::jobs_of(&execution, "there");
    let workers: Vec<&str> = jobs
        .iter()
        .map(|job| job["worker"].as_str().unwrap())
        .collect();
    assert_eq!(workers, ["fra-1", "fra-2"]);
    assert_eq!(ledger.lines().len(), 2);
    assert_eq!(ledger.twice(), Vec::<String>::new());
    assert_eq!(world.output(&jobs[0]).await, b"fra\n");
}
