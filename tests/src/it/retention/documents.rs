//! Documents that nothing refers to any more.

use std::cell::Cell;

use pulse_tests::{World, steps};
use serde_json::json;

use super::{count, nothing, prune};

#[tokio::test]
async fn documents_of_direct_runs_go_with_the_last_execution_and_come_back_with_the_next() {
    let mut world = World::start().await;
    world.add_server(&[]);
    let (admin, other) = (world.admin(), world.admin_at(1));
    let stored = json!({"steps": [steps::prompt("ask")]}).to_string();
    admin.put("/workflows/kept", &stored).await.is(201);
    // Both replicas know that the document is stored.
    admin.post("/executions", &nothing("a")).await.is(201);
    other.post("/executions", &nothing("a")).await.is(201);
    let documents = "select count(*) from definitions";
    assert_eq!(count(&world, documents).await, 2);

    prune(&world, 0).await;
    let left = count(&world, documents).await;
    other.post("/executions", &nothing("a")).await.is(201);
    admin.post("/executions", &nothing("a")).await.is(201);

    assert_eq!(left, 1);
    assert_eq!(count(&world, documents).await, 2);
}

#[tokio::test]
async fn a_start_with_the_document_that_goes_at_the_same_instant_is_a_start() {
    let mut world = World::start().await;
    world.add_server(&[]);
    let (admin, other) = (world.admin(), world.admin_at(1));
    let is_over = Cell::new(false);

    let starts = async {
        for number in 0..60 {
            let at = if number % 2 == 0 { &admin } else { &other };
            let started = at.post("/executions", &nothing("a")).await;
            // It may be gone again before it is shown.
            let is_started = started.status == 201 || started.text().contains("no execution");
            assert!(is_started, "{}", started.text());
        }
        is_over.set(true);
    };
    let prunings = async {
        let mut removed = 0;
        while !is_over.get() {
            removed += prune(&world, 0).await["removed"].as_u64().unwrap();
        }
        removed
    };
    let ((), removed) = tokio::join!(starts, prunings);
    let last = prune(&world, 0).await["removed"].as_u64().unwrap();

    assert_eq!(removed + last, 60);
    assert_eq!(count(&world, "select count(*) from definitions").await, 0);
}
