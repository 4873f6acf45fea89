//! Lines that carry one direction only, or very little.

use std::time::{Duration, Instant};

use pulse_tests::{
    eventually::{PATIENCE, eventually_async, meanwhile},
    namespace::Way,
    proxy::Manner,
    skip, steps,
    world::jobs_of,
};
use reqwest::Method;
use serde_json::json;

use crate::{far::Far, partition::SCALED};

/// What the only job of an execution came to after its worker had been given up.
pub(crate) async fn is_lost_with_late_evidence(far: &Far, number: i64) {
    let execution = far.world.ended(number).await;
    let job = jobs_of(&execution, "only").remove(0);
    assert_eq!(
        (&job["status"], &job["reason"]),
        (&json!("lost"), &json!("worker_offline"))
    );
    eventually_async("the late result", PATIENCE, async || {
        let query = "select late_status || ' ' || late_exit from jobs where late_at is not null";
        let late = far.world.database.ask(query).await;
        (late == ["succeeded 0"])
            .then_some(())
            .ok_or_else(|| format!("{late:?}"))
    })
    .await;
}

/// Loses one direction until the worker is given up, and finds it again.
async fn loses(way: Way) {
    let Some(far) = Far::start(&SCALED).await else {
        return;
    };
    let number = far.works_for(4).await;

    if let Err(reason) = far.cable.lose(way) {
        skip(&reason);
        return;
    }
    far.passes(&["online", "unreachable", "offline"], PATIENCE)
        .await;
    far.cable.find();
    far.passes(&["offline", "online"], PATIENCE).await;

    is_lost_with_late_evidence(&far, number).await;
    let again = far.world.complete(&steps::one("true", &["far"])).await;
    assert_eq!(again["status"], "completed");
}

#[tokio::test]
async fn an_agent_that_hears_and_is_not_heard_is_silent() {
    loses(Way::Out).await;
}

#[tokio::test]
async fn an_agent_that_hears_nothing_is_silent_although_it_speaks() {
    loses(Way::In).await;
}

/// How many sessions the server has open.
async fn sessions(far: &Far) -> String {
    let request = far.world.admin().request_at(Method::GET, "/metrics");
    let metrics = pulse_tests::client::send(request).await.text();
    let line = metrics
        .lines()
        .find(|line| line.starts_with("pulse_sessions "));
    line.unwrap_or(&metrics).to_owned()
}

async fn is_half_open_for_45_seconds_at_most(way: Way) {
    let Some(far) = Far::start(&[]).await else {
        return;
    };
    assert_eq!(sessions(&far).await, "pulse_sessions 1");

    if let Err(reason) = far.cable.lose(way) {
        skip(&reason);
        return;
    }
    let lost_at = Instant::now();
    let bound = Duration::from_secs(50);
    eventually_async("the end of the session", bound, async || {
        let open = sessions(&far).await;
        (open == "pulse_sessions 0").then_some(()).ok_or(open)
    })
    .await;
    let there_after = lost_at.elapsed();
    eventually_async("the end on the host", bound, async || {
        let said = far.world.agents[0].said();
        let is_over = said.contains("nothing was heard for 45 s");
        is_over.then_some(()).ok_or(said)
    })
    .await;
    far.cable.find();
    eventually_async("a new session", PATIENCE * 2, async || {
        let open = sessions(&far).await;
        (open == "pulse_sessions 1").then_some(()).ok_or(open)
    })
    .await;

    // What was said last may have been said just before; the clock of this test looks now and then.
    assert!(there_after <= Duration::from_secs(46), "{there_after:?}");
    let here_after = lost_at.elapsed();
    assert!(here_after < Duration::from_secs(110), "{here_after:?}");
}

#[tokio::test]
#[ignore = "waits for three quarters of a minute; script/test-long runs it"]
async fn unscaled_no_session_stays_half_open_when_the_agent_is_not_heard() {
    is_half_open_for_45_seconds_at_most(Way::Out).await;
}

#[tokio::test]
#[ignore = "waits for three quarters of a minute; script/test-long runs it"]
async fn unscaled_no_session_stays_half_open_when_the_agent_hears_nothing() {
    is_half_open_for_45_seconds_at_most(Way::In).await;
}

/// A sign of life each second. What such a line needs for a piece of output cannot be scaled: the rest
/// is a quarter of what it is by default.
const BRISK: [(&str, &str); 3] = [
    ("PULSE__WORKERS__HEARTBEAT_INTERVAL_MS", "1000"),
    ("PULSE__WORKERS__UNREACHABLE_AFTER_MS", "30000"),
    ("PULSE__WORKERS__OFFLINE_AFTER_MS", "90000"),
];

/// Output for most of a minute, in base64 on a line of eight kilobytes a second.
const FLOOD: &str = "head -c 300000 /dev/urandom";

#[tokio::test]
async fn on_a_slow_line_signs_of_life_overtake_output() {
    let Some(far) = Far::start(&BRISK).await else {
        return;
    };
    if let Err(reason) = far.cable.slow_down(64) {
        skip(&reason);
        return;
    }
    let number = far.world.run(&steps::one(FLOOD, &["far"])).await;

    let mut oldest = 0.0_f64;
    meanwhile(Duration::from_secs(35), async || {
        let query = "select extract(epoch from now() - last_heartbeat)::text from workers";
        let age: f64 = far.world.database.ask(query).await[0].parse().unwrap();
        oldest = oldest.max(age);
        let status = far.status().await;
        (status == "online").then_some(()).ok_or(status)
    })
    .await;
    let during = far.world.execution(number).await;
    far.cable.speed_up();
    let execution = far.world.ended(number).await;

    assert!(oldest < 25.0, "the oldest sign of life: {oldest} s");
    assert_eq!(during["status"], "running", "the line was not slow");
    let job = jobs_of(&execution, "only").remove(0);
    assert_eq!(job["status"], "succeeded", "{job}");
    assert_eq!(far.world.output(&job).await.len(), 300_000);
}

#[tokio::test]
async fn a_line_that_passes_single_bytes_carries_everything() {
    let Some(far) = Far::start(&BRISK).await else {
        return;
    };
    far.proxy.set(Manner::OneByOne);
    let command = "head -c 100000 /dev/zero | tr '\\0' x; exit 3";

    let execution = far.world.complete(&steps::one(command, &["far"])).await;

    let job = jobs_of(&execution, "only").remove(0);
    assert_eq!(job["exit_code"], 3, "{job}");
    assert_eq!(far.world.output(&job).await, vec![b'x'; 100_000]);
    assert_eq!(far.status().await, "online");
}
