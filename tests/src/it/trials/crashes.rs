//! Looks at batches while servers die, and with two of them.

use pulse_tests::world::jobs_of;
use serde_json::json;

use super::{changed_by, gated, has_begun, look, looked, looked_at, looks, told};
use crate::rollouts::fleet;

#[tokio::test]
async fn a_server_that_dies_between_a_batch_and_its_look_begins_one() {
    let mut world = fleet(2).await;
    look(&world, "true").await;
    for moment in ["before_commit", "after_commit"] {
        let new = gated(&world, moment);
        let document = changed_by((&new, "true"), &json!({}));
        let number = world.run(&document).await;
        has_begun(&world, moment).await;
        world.servers[0].die_at(&format!("calls::Attend {moment}"));
        world.write(moment, "");
        world.servers[0].died();
        let during = looks(&world, number).await.len();
        world.servers[0].start();
        let execution = world.ended(number).await;

        assert_eq!(during, usize::from(moment == "after_commit"));
        assert_eq!(execution["status"], "completed", "{moment}: {execution}");
        assert_eq!(
            looked(&world, number).await,
            [["web-1"], ["web-2"]],
            "{moment}"
        );
    }
}

#[tokio::test]
async fn a_server_that_dies_between_the_end_of_a_look_and_the_rest_goes_on_once() {
    for (verb, ends_well) in [
        ("calls::Attend", true),
        ("calls::Attend", false),
        ("rollouts::LookAfter", true),
    ] {
        let mut world = fleet(2).await;
        for moment in ["before_commit", "after_commit"] {
            let end = if ends_well {
                "true"
            } else {
                "test $PULSE_WORKER != web-1"
            };
            look(&world, &format!("{}; {end}", gated(&world, moment))).await;
            let number = world.run(&looked_at(&json!({}))).await;
            has_begun(&world, moment).await;
            world.servers[0].die_at(&format!("{verb} {moment}"));
            world.write(moment, "");
            world.servers[0].died();
            world.servers[0].start();
            let execution = world.ended(number).await;

            let (status, hosts) = if ends_well {
                ("completed", 2)
            } else {
                ("failed", 1)
            };
            assert_eq!(execution["status"], status, "{verb} {moment}: {execution}");
            assert_eq!(jobs_of(&execution, "s").len(), hosts, "{verb} {moment}");
            assert_eq!(looks(&world, number).await.len(), hosts, "{verb} {moment}");
            let ends = told(&execution)
                .into_iter()
                .filter(|told| told.contains(" is "));
            assert_eq!(ends.count(), hosts, "{verb} {moment}");
        }
    }
}

#[tokio::test]
async fn two_replicas_look_at_each_batch_once() {
    let mut world = fleet(4).await;
    world.add_server(&[]);
    look(&world, "true").await;
    let mut numbers = Vec::new();
    for _ in 0..3 {
        numbers.push(world.run(&looked_at(&json!({}))).await);
    }

    for number in numbers {
        let execution = world.ended(number).await;
        assert_eq!(execution["status"], "completed", "{execution}");
        let hosts = ["web-1", "web-2", "web-3", "web-4"].map(|host| vec![host.to_owned()]);
        assert_eq!(looked(&world, number).await, hosts);
    }
}
