//! Servers that die between a look and what comes of it.

use pulse_tests::World;
use serde_json::json;

use super::{answer, checks, come, incidents, page_with, prober, put, report, stands};

#[tokio::test]
async fn a_look_whose_server_is_killed_is_taken_again_and_counts_once() {
    let mut world = World::start().await;
    let mut web = prober(&world, "web-1", "iad").await;
    let spec = page_with(&json!({"down_after": 1, "timeout_seconds": 60}));
    put(&world, "site", &spec).await.is(200);
    let before = web.frame("check").await;
    world.server().kill();
    let (id, credential) = (web.worker_id.clone(), web.credential.clone());
    web.close().await;
    world.server().start();

    let mut web = come(&world, 0, ("web-1", &id, &credential)).await;
    let after = answer(&mut web, "failed").await;
    web.send(&report(&before, "good")).await;

    assert_eq!(after["check_id"], before["check_id"]);
    let down = stands(&world, "site", "down").await;
    assert_eq!(down["incident"]["cause"], "it was failed");
    assert_eq!(checks(&world, "site").await.len(), 1);
}

#[tokio::test]
async fn a_server_that_dies_as_it_writes_what_was_seen_has_written_all_of_it_or_nothing() {
    for (moment, is_written) in [("before_commit", false), ("after_commit", true)] {
        let mut world = World::start().await;
        let mut web = prober(&world, "web-1", "iad").await;
        let spec = page_with(&json!({"down_after": 1, "timeout_seconds": 60}));
        put(&world, "site", &spec).await.is(200);
        let check = web.frame("check").await;

        world.servers[0].die_at(&format!("look::Record {moment}"));
        web.send(&report(&check, "failed")).await;
        world.server().died();
        let open = world
            .database
            .ask("select count(*) from incidents where closed_at is null")
            .await;
        let (id, credential) = (web.worker_id.clone(), web.credential.clone());
        web.close().await;
        world.server().start();
        let mut web = come(&world, 0, ("web-1", &id, &credential)).await;
        if !is_written {
            answer(&mut web, "failed").await;
        }

        assert_eq!(open, [if is_written { "1" } else { "0" }], "{moment}");
        stands(&world, "site", "down").await;
        assert_eq!(incidents(&world, "site").await.len(), 1, "{moment}");
        assert_eq!(checks(&world, "site").await.len(), 1, "{moment}");
    }
}

#[tokio::test]
async fn a_worker_at_another_server_looks_and_whoever_waits_hears_of_it() {
    let mut world = World::start().await;
    world.add_server(&[]);
    let web = prober(&world, "web-1", "iad").await;
    let (id, credential) = (web.worker_id.clone(), web.credential.clone());
    web.close().await;
    let mut web = come(&world, 1, ("web-1", &id, &credential)).await;
    put(&world, "site", &super::page()).await.is(200);
    answer(&mut web, "good").await;
    stands(&world, "site", "up").await;

    let seen = super::look(&world, "site", (&mut web, "failed")).await;

    assert_eq!(seen["regions"][0]["last"]["outcome"]["result"], "failed");
}
