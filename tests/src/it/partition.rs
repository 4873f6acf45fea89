//! A host whose cable is pulled, for each of the times that mean something.
//!
//! Two minutes are two seconds here. The last test waits the real ones: `script/test-long`.

use std::time::{Duration, Instant};

use pulse_tests::{
    eventually::{PATIENCE, meanwhile},
    steps,
    world::{ended_within, jobs_of},
};
use serde_json::json;

use crate::{far::Far, links::is_lost_with_late_evidence};

/// Two minutes are two seconds.
pub(crate) const SCALED: [(&str, &str); 4] = [
    ("PULSE__WORKERS__HEARTBEAT_INTERVAL_MS", "333"),
    ("PULSE__WORKERS__UNREACHABLE_AFTER_MS", "2000"),
    ("PULSE__WORKERS__OFFLINE_AFTER_MS", "6000"),
    ("PULSE__WORKERS__DELETE_AFTER_MS", "9000"),
];

#[tokio::test]
async fn a_partition_shorter_than_two_minutes_is_not_noticed() {
    let Some(far) = Far::start(&SCALED).await else {
        return;
    };
    let number = far.works_for(2).await;

    far.cable.cut();
    meanwhile(Duration::from_millis(1_200), async || {
        let status = far.status().await;
        (status == "online").then_some(()).ok_or(status)
    })
    .await;
    far.cable.heal();
    let execution = far.world.ended(number).await;

    assert_eq!(execution["status"], "completed");
    assert_eq!(jobs_of(&execution, "only")[0]["attempt"], 1);
}

#[tokio::test]
async fn a_partition_of_minutes_makes_a_worker_unreachable_and_keeps_its_job() {
    let Some(far) = Far::start(&SCALED).await else {
        return;
    };
    let number = far.works_for(3).await;

    far.cable.cut();
    far.passes(&["online", "unreachable"], PATIENCE).await;
    let during = far.world.execution(number).await;
    far.cable.heal();
    far.passes(&["unreachable", "online"], PATIENCE).await;
    let execution = far.world.ended(number).await;

    assert_eq!(jobs_of(&during, "only")[0]["status"], "running");
    assert_eq!(execution["status"], "completed");
    let job = jobs_of(&execution, "only").remove(0);
    assert_eq!(
        (&job["status"], &job["attempt"]),
        (&json!("succeeded"), &json!(1))
    );
    assert_eq!(far.world.output(&job).await, b"done\n");
}

#[tokio::test]
async fn a_partition_beyond_six_minutes_loses_the_job_and_keeps_what_is_said_later() {
    let Some(far) = Far::start(&SCALED).await else {
        return;
    };
    let number = far.works_for(4).await;

    far.cable.cut();
    far.passes(&["online", "unreachable", "offline"], PATIENCE)
        .await;
    far.world.ended(number).await;
    far.cable.heal();
    far.passes(&["offline", "online"], PATIENCE).await;

    is_lost_with_late_evidence(&far, number).await;
    let again = far.world.complete(&steps::one("true", &["far"])).await;
    assert_eq!(again["status"], "completed");
}

#[tokio::test]
async fn a_partition_of_a_day_deletes_the_worker_and_it_registers_again_under_its_id() {
    let Some(far) = Far::start(&SCALED).await else {
        return;
    };
    let id = far.world.admin().get("/workers/far").await.is(200)["id"].clone();

    far.cable.cut();
    far.passes(&["online", "unreachable", "offline", "deleted"], PATIENCE)
        .await;
    far.cable.heal();
    far.passes(&["deleted", "online"], PATIENCE).await;

    let back = far.world.admin().get("/workers/far").await.is(200);
    assert_eq!(back["id"], id);
    let generation = far
        .world
        .database
        .ask("select generation from workers")
        .await;
    assert_eq!(generation, ["2"]);
    let execution = far.world.complete(&steps::one("true", &["far"])).await;
    assert_eq!(execution["status"], "completed");
}

#[tokio::test]
#[ignore = "waits for more than six minutes; script/test-long runs it"]
async fn unscaled_a_partition_is_seen_after_two_and_after_six_minutes() {
    let Some(far) = Far::start(&[]).await else {
        return;
    };
    let number = far.works_for(200).await;
    let cut_at = Instant::now();

    far.cable.cut();
    far.passes(&["online", "unreachable"], Duration::from_secs(160))
        .await;
    let unreachable_after = cut_at.elapsed();
    far.passes(&["unreachable", "offline"], Duration::from_secs(260))
        .await;
    let offline_after = cut_at.elapsed();
    let execution = ended_within(&far.world.admin(), number, Duration::from_secs(20)).await;
    far.cable.heal();
    far.passes(&["offline", "online"], Duration::from_secs(150))
        .await;

    // The last heartbeat was up to 24 seconds and the time of writing it before the cut; a sweep comes every 5.
    let seconds = |from: u64, to: u64| Duration::from_secs(from)..Duration::from_secs(to);
    assert!(
        seconds(92, 126).contains(&unreachable_after),
        "{unreachable_after:?}"
    );
    assert!(
        seconds(332, 366).contains(&offline_after),
        "{offline_after:?}"
    );
    let job = jobs_of(&execution, "only").remove(0);
    assert_eq!(
        (&job["status"], &job["reason"]),
        (&json!("lost"), &json!("worker_offline"))
    );
}
