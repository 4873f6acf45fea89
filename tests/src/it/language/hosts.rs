//! Where a step runs.

use pulse_tests::{steps, world::jobs_of};
use serde_json::json;

use super::{with, world};

#[tokio::test]
async fn targets_that_match_nothing_are_an_error() {
    let world = world().await;
    for targets in [json!(["nowhere"]), json!("role=nothing")] {
        let step = with(
            steps::execute("lonely", "true"),
            &json!({"targets": targets}),
        );
        let body = json!({"definition": {"steps": [step]}});
        world
            .admin()
            .post("/executions", &body)
            .await
            .problem(422, "no_targets");
    }
}

#[tokio::test]
async fn groups_labels_and_regions_choose_the_hosts() {
    let mut world = world().await;
    world.add_agent("db-1").await;
    let body = json!({"groups": ["storage"], "labels": {"rack": "b7"}});
    world.admin().patch("/workers/db-1", &body).await.is(200);

    for targets in [
        json!(["storage"]),
        json!("label.rack=b7"),
        json!("region=iad && !name=web-1"),
    ] {
        let step = with(
            steps::execute("where", "true"),
            &json!({"targets": targets}),
        );
        let execution = world.complete(&json!({"steps": [step]})).await;
        let hosts: Vec<_> = jobs_of(&execution, "where")
            .iter()
            .map(|job| job["worker"].clone())
            .collect();
        assert_eq!(hosts, ["db-1"], "{targets}");
    }
}
