//! Pruning by hand.

use std::process::Stdio;

use pulse_tests::{World, steps, world::post_once};
use serde_json::json;

use super::{is_there, nothing};

#[tokio::test]
async fn people_see_what_would_go_before_it_goes() {
    let mut world = World::start().await;
    world.add_agent("web-1").await;
    for _ in 0..2 {
        world.complete(&steps::one("true", &["all"])).await;
    }
    let arguments = |more: &[&'static str]| {
        let mut all = vec!["execution", "prune", "--older-than", "0s"];
        all.extend(more);
        all
    };

    let dry = world.ctl(&arguments(&["--dry-run"])).await;
    let unasked = world.ctl(&arguments(&[])).await;
    let others = world
        .ctl(&arguments(&["--workflow", "other", "--yes"]))
        .await;
    let kept = is_there(&world, 1).await;
    let done = world.ctl(&arguments(&["--yes"])).await;

    assert_eq!(dry.is(0), "2 executions (#1 to #2) would be removed\n");
    unasked.is(2);
    assert_eq!(others.is(0), "0 executions would be removed\n");
    assert!(kept);
    assert_eq!(done.is(0), "2 executions (#1 to #2) removed\n");
    assert!(!is_there(&world, 1).await);
}

#[tokio::test]
async fn pruning_is_an_admins_and_the_same_call_made_again_removes_nothing_more() {
    let mut world = World::start().await;
    world.add_agent("web-1").await;
    world.complete(&steps::one("true", &["all"])).await;
    let body = json!({"older_than_seconds": 0});

    let operator = world.somebody("operator").await;
    operator
        .post("/executions/prune", &body)
        .await
        .problem(403, "forbidden");
    let first = post_once(&world.admin(), "/executions/prune", &body, "once")
        .await
        .is(200);
    world.complete(&steps::one("true", &["all"])).await;
    let again = post_once(&world.admin(), "/executions/prune", &body, "once")
        .await
        .is(200);

    assert_eq!(first["removed"], 1);
    assert_eq!(again, first);
    assert!(is_there(&world, 2).await);
}

#[tokio::test]
async fn a_server_that_dies_between_two_pieces_of_a_pruning_changes_nothing_of_what_is_told() {
    let mut world = World::start().await;
    for name in ["a", "b", "c"] {
        world
            .admin()
            .post("/executions", &nothing(name))
            .await
            .is(201);
    }
    // So large that each goes in a transaction of its own.
    let large = "update executions set last_seq = 40000";
    world.database.tell(large).await.unwrap();
    world.servers[0].die_at("prune::Prune after_commit");

    let mut command = world.ctl_command();
    command.args(["execution", "prune", "--older-than", "0s", "--yes"]);
    let prunes = command.stdout(Stdio::piped()).spawn().unwrap();
    world.servers[0].died();
    let left = world.database.ask("select count(*) from executions").await;
    world.server().start();
    let told = prunes.wait_with_output().unwrap();
    let told = String::from_utf8_lossy(&told.stdout).into_owned();

    assert_eq!(left, ["2"]);
    assert!(told.contains("3 executions (#1 to #3) removed"), "{told}");
}
