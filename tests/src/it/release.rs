//! The example of everything together, from the first build to the last word, and all the way back.

use pulse_tests::{
    Client, World,
    world::{jobs_of, step_of},
};
use serde_json::{Value, json};

use super::rollouts::{fleet, workers};

/// Three hosts, and the example stored.
async fn world() -> World {
    let world = fleet(3).await;
    let folder = pulse_tests::places::checkout().join("examples");
    let path = |name: &str| folder.join(name).display().to_string();
    let (release, report) = (path("release.yaml"), path("disk-report.yaml"));
    let said = world
        .ctl(&["workflow", "validate", "--strict", &release, &report])
        .await;
    said.is(0);
    assert!(!said.stderr.contains("warning"), "{}", said.stderr);
    world
        .ctl(&["workflow", "apply", &report, &release])
        .await
        .is(0);
    world
}

async fn start(world: &World, inputs: &Value) -> i64 {
    let body = json!({"workflow": "release", "inputs": inputs});
    let started = world.admin().post("/executions", &body).await.is(201);
    started["number"].as_i64().unwrap()
}

async fn person(world: &World, name: &str) -> Client {
    let body = json!({"name": name, "role": "operator", "ttl_seconds": 3600});
    let created = world.admin().post("/tokens", &body).await.is(201);
    world.anonymous().with(created["token"].as_str().unwrap())
}

fn ship() -> Value {
    json!({"response": "Ship", "fields": {"ticket": "OPS-7"}})
}

/// Has two people agree.
async fn agree(world: &World, number: i64) {
    let prompt = world.prompt(number).await["number"].to_string();
    let path = format!("/prompts/{prompt}/answer");
    for name in ["ada", "bo"] {
        person(world, name).await.post(&path, &ship()).await.is(200);
    }
}

async fn output(world: &World, execution: &Value, step: &str) -> String {
    let mut all = String::new();
    for job in jobs_of(execution, step) {
        all.push_str(&String::from_utf8(world.output(&job).await).unwrap());
    }
    all
}

#[tokio::test]
async fn the_release_goes_over_its_hosts_once_two_people_have_agreed() {
    let world = world().await;

    let number = start(&world, &json!({"version": "2.0"})).await;
    let next = start(&world, &json!({})).await;
    let prompt = world.prompt(number).await;
    let path = format!("/prompts/{}/answer", prompt["number"]);
    let own = world.admin().post(&path, &ship()).await;
    assert_eq!(world.execution(next).await["status"], "pending");
    let cancel = format!("/executions/{next}/cancel");
    world.admin().post(&cancel, &json!({})).await.is(200);
    agree(&world, number).await;
    let execution = world.ended(number).await;

    assert_eq!(own.status, 403, "{}", own.text());
    let message = prompt["message"].as_str().unwrap();
    assert!(
        message.starts_with("Release 2.0? 12 commits; the disk is "),
        "{message}"
    );
    assert_eq!(execution["status"], "completed", "{execution}");
    for at in [
        "amd64-bookworm",
        "amd64-trixie",
        "arm64-bookworm",
        "arm64-trixie",
    ] {
        let package = output(&world, &execution, &format!("build/{at}/package")).await;
        let (arch, suite) = at.split_once('-').unwrap();
        assert_eq!(package, format!("packaging 2.0 for {suite} on {arch}\n"));
    }
    let migrated = output(&world, &execution, "migrate/api/schema").await;
    assert_eq!(migrated, "migrating api for OPS-7\n");
    assert_eq!(workers(&execution, "install"), ["web-1", "web-2", "web-3"]);
    let rollout = &step_of(&execution, "install")["rollout"];
    assert_eq!(rollout["batches"][0], 1);
    let room = step_of(&execution, "room")["call"]["execution"].as_i64();
    assert_eq!(world.execution(room.unwrap()).await["status"], "completed");
    assert_eq!(output(&world, &execution, "announce").await, "2.0 is out\n");
    assert_eq!(step_of(&execution, "rollback/install")["status"], "skipped");
    assert_eq!(jobs_of(&execution, "finally/clean-up").len(), 3);
}

#[tokio::test]
async fn a_canary_that_is_not_well_brings_the_release_back_newest_first() {
    let world = world().await;

    let number = start(&world, &json!({"unwell": "web-1"})).await;
    agree(&world, number).await;
    let execution = world.ended(number).await;

    assert_eq!(
        (&execution["status"], &execution["outcome"]),
        (&json!("failed"), &json!("rolled_back")),
        "{execution}"
    );
    assert_eq!(step_of(&execution, "install")["reason"], "unhealthy");
    assert_eq!(workers(&execution, "install"), ["web-1"]);
    assert_eq!(workers(&execution, "rollback/install"), ["web-1"]);
    assert_eq!(
        output(&world, &execution, "rollback/install").await,
        "installing 1.4.1 on web-1\n"
    );
    let at = |step: &str| {
        step_of(&execution, step)["started_at"]
            .as_str()
            .unwrap()
            .to_owned()
    };
    for service in ["api", "mail"] {
        let back = format!("rollback/migrate/{service}/schema");
        assert_eq!(
            output(&world, &execution, &back).await,
            format!("migrating {service} back\n")
        );
        assert!(at("rollback/install") < at(&back), "{execution}");
    }
    assert_eq!(
        step_of(&execution, "on_failure/tell")["status"],
        "succeeded"
    );
    assert_eq!(step_of(&execution, "announce")["status"], "skipped");
    assert_eq!(jobs_of(&execution, "finally/clean-up").len(), 3);
}

#[tokio::test]
async fn one_stop_ends_the_release_before_anything_is_changed() {
    let world = world().await;

    let number = start(&world, &json!({})).await;
    let prompt = world.prompt(number).await["number"].to_string();
    let path = format!("/prompts/{prompt}/answer");
    let stop = json!({"response": "Stop", "fields": {"ticket": "OPS-7"}});
    person(&world, "ada").await.post(&path, &stop).await.is(200);
    let execution = world.ended(number).await;

    assert_eq!(execution["status"], "completed");
    for step in ["migrate", "install", "warm", "steady", "announce"] {
        assert_eq!(step_of(&execution, step)["status"], "skipped", "{step}");
    }
}
