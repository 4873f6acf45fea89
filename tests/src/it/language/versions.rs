//! Which version of a workflow runs.

use pulse_tests::steps;
use serde_json::json;

use super::{text, world};

#[tokio::test]
async fn a_run_keeps_the_version_that_it_began_with() {
    let world = world().await;
    let document = |word: &str| {
        json!({"steps": [steps::prompt("ask"), steps::execute("say", &format!("echo {word}"))]})
            .to_string()
    };
    world
        .admin()
        .put("/workflows/versions", &document("old"))
        .await
        .is(201);
    let started = world
        .admin()
        .post("/executions", &json!({"workflow": "versions"}))
        .await
        .is(201);
    let number = started["number"].as_i64().unwrap();

    let applied = world
        .admin()
        .put("/workflows/versions", &document("new"))
        .await
        .is(200);
    assert_eq!(
        world.admin().delete("/workflows/versions").await.status,
        204
    );
    let open = world.prompt(number).await;
    let path = format!("/prompts/{}/answer", open["number"]);
    world
        .admin()
        .post(&path, &json!({"response": "Yes"}))
        .await
        .is(200);
    let execution = world.ended(number).await;

    assert_eq!(applied["version"], 2);
    assert_eq!(execution["workflow"]["version"], 1);
    assert_eq!(text(&world, &execution, "say").await, "old\n");
    let gone = world
        .admin()
        .post("/executions", &json!({"workflow": "versions"}))
        .await;
    gone.problem(404, "not_found");
}
