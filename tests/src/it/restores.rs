//! The fleet after its server was put back to a backup.

use pulse_tests::{
    World,
    eventually::{PATIENCE, eventually_async},
    steps,
    world::{jobs_of, said},
};
use serde_json::{Value, json};

const HOSTS: [&str; 2] = ["web-1", "web-2"];

async fn worker(world: &World, name: &str) -> Value {
    world.admin().get(&format!("/workers/{name}")).await.is(200)
}

/// Waits until the worker's credential is of at least this generation, and in force.
async fn has_generation(world: &World, name: &str, wanted: u64) -> Value {
    eventually_async(
        &format!("generation {wanted} of {name}"),
        PATIENCE,
        async || {
            let view = worker(world, name).await;
            let credential = &view["credential"];
            let is_there = credential["generation"].as_u64() >= Some(wanted);
            let is_in_force = credential["status"] == "active";
            (is_there && is_in_force)
                .then(|| view.clone())
                .ok_or_else(|| view.to_string())
        },
    )
    .await
}

async fn rotate(world: &World, generation: u64) {
    for host in HOSTS {
        world
            .ctl(&["worker", "rotate-credential", host])
            .await
            .is(0);
        has_generation(world, host, generation).await;
    }
}

async fn pulsed(world: &World, arguments: &[&str]) {
    said(world.servers[0].command(arguments)).await.is(0);
}

/// Two agents with labels, a backup, and so many rotations; then the backup is restored.
async fn put_back(rotations: u64) -> (World, Vec<Value>) {
    let mut world = World::private(&[]);
    for host in HOSTS {
        world.add_agent(host).await;
        world.ctl(&["worker", "label", host, "rack=b7"]).await.is(0);
    }
    let mut before = Vec::new();
    for host in HOSTS {
        before.push(worker(&world, host).await);
    }
    let file = world.folder().join("pulse.dump").display().to_string();
    pulsed(&world, &["backup", &file]).await;
    for rotation in 0..rotations {
        rotate(&world, rotation + 2).await;
    }
    world
        .complete(&steps::one("echo forgotten", &["all"]))
        .await;
    world.server().stop();
    pulsed(&world, &["restore", "--force", &file]).await;
    world.server().start();
    (world, before)
}

/// Whether everybody is back as they were, and works.
async fn are_back(world: &World, before: &[Value]) {
    for (host, was) in HOSTS.iter().zip(before) {
        // One that the restored server takes is replaced at once.
        let is = has_generation(world, host, 2).await;
        world.is_online(host).await;
        assert_eq!((&is["id"], &is["labels"]), (&was["id"], &was["labels"]));
        assert_eq!(is["labels"], json!({"rack": "b7"}));
        assert_eq!(is["clone"], Value::Null, "{is}");
    }
    let done = world.complete(&steps::one("echo back", &["all"])).await;
    assert_eq!(done["status"], "completed", "{done}");
    assert_eq!(jobs_of(&done, "only").len(), HOSTS.len());
    let alarms = world
        .admin()
        .get("/audit?action=credential.cloned")
        .await
        .is(200);
    assert_eq!(alarms["items"], json!([]));
}

#[tokio::test]
async fn every_agent_comes_back_by_itself_after_a_restore_from_before_its_rotation() {
    let (world, before) = put_back(1).await;

    are_back(&world, &before).await;
}

#[tokio::test]
async fn every_agent_comes_back_by_itself_after_a_restore_from_before_several_rotations() {
    let (world, before) = put_back(3).await;

    are_back(&world, &before).await;
}

#[tokio::test]
async fn an_agent_that_starts_after_the_restore_comes_back_too() {
    let (mut world, before) = put_back(1).await;
    for host in HOSTS {
        world.agent(host).kill_link();
        world.agent(host).start();
    }

    are_back(&world, &before).await;
}
