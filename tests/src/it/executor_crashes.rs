//! The executor dies between an offer and its acknowledgement, at every place where that differs.

use std::time::Duration;

use pulse_tests::{
    World,
    eventually::{PATIENCE, eventually},
    steps,
    world::{ended_within, jobs_of},
};
use serde_json::json;

/// What is left of the step when its executor dies at a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Left {
    /// It was never begun: it is offered again, and the attempt is not used.
    Offered,
    /// It may have begun, and nobody knows how it would have ended.
    Lost,
    /// Its result is known.
    Reported,
}

/// Each place that the executor passes, in order.
const PLACES: [(&str, Left); 9] = [
    ("offer_received", Left::Offered),
    ("start_journaled", Left::Lost),
    ("spawned", Left::Lost),
    ("process_journaled", Left::Lost),
    ("ended", Left::Lost),
    ("exit_journaled", Left::Reported),
    ("reported", Left::Reported),
    ("acked", Left::Reported),
    ("ack_noted", Left::Reported),
];

/// Waits until nothing runs, and everything was acknowledged.
fn idle(world: &World) {
    eventually("an idle executor", PATIENCE, || {
        let status = world.agents[0].ask(&json!({"type": "status"}))?;
        (status["running"] == 0 && status["unreported"] == 0).then_some(())
    });
}

/// Lets the executor die at these places, one after the other.
async fn dies_at(places: &[(&str, Left)]) {
    // An offer that nobody took is made again soon.
    let mut world = World::with(&[("PULSE__JOBS__OFFER_TTL_MS", "1500")]).await;
    world.add_agent("web-1").await;
    let ledger = world.ledger();
    for (place, left) in places {
        idle(&world);
        let before = ledger.lines().len();
        world.agent("web-1").die_at(place);
        let command = format!("{}; echo said", ledger.note());
        let number = world.run(&steps::one(&command, &["web-1"])).await;
        world.agent("web-1").died();
        let execution = ended_within(&world.admin(), number, Duration::from_mins(1)).await;

        let job = jobs_of(&execution, "only").remove(0);
        let lines = ledger.lines();
        let starts = lines.len() - before;
        assert_eq!(job["attempt"], 1, "{place}: {job}");
        assert_eq!(ledger.twice(), [""; 0], "{place}");
        match left {
            Left::Lost => {
                assert_eq!(job["status"], "lost", "{place}: {job}");
                assert_eq!(job["reason"], "agent_restart", "{place}: {job}");
                assert!(starts <= 1, "{place}: {starts}");
                assert_eq!(execution["status"], "failed", "{place}");
            }
            Left::Offered | Left::Reported => {
                assert_eq!(
                    (&job["status"], &job["exit_code"]),
                    (&json!("succeeded"), &json!(0)),
                    "{place}: {job}"
                );
                assert_eq!(starts, 1, "{place}");
                assert_eq!(world.output(&job).await, b"said\n", "{place}");
            }
        }
    }
    idle(&world);
    let after = world.complete(&steps::one("true", &["web-1"])).await;
    assert_eq!(after["status"], "completed");
}

#[tokio::test]
async fn an_executor_that_dies_before_its_step_has_ended_never_calls_it_a_success() {
    dies_at(&PLACES[..5]).await;
}

#[tokio::test]
async fn an_executor_that_dies_after_it_wrote_the_result_down_reports_it_once() {
    dies_at(&PLACES[5..]).await;
}

/// The server asks for another credential when an executor comes anew; one that was taken into use
/// and forgotten again would look like a copy of the host.
#[tokio::test]
async fn an_executor_that_dies_while_its_credential_is_replaced_does_not_lock_its_host_out() {
    let mut world = World::start().await;
    world.add_agent("web-1").await;
    let rotate = "/workers/web-1/rotate-credential";
    for round in 0..12 {
        world.admin().post(rotate, &json!({})).await.is(200);
        // Each time a little later on the way from the question to the first use.
        let until = std::time::Instant::now() + Duration::from_millis(2 * round);
        eventually("the moment", PATIENCE, || {
            (std::time::Instant::now() >= until).then_some(())
        });
        world.agent("web-1").kill_executor();
        let again = world.complete(&steps::one("true", &["web-1"])).await;
        assert_eq!(again["status"], "completed", "{}", world.agents[0].said());
    }

    let status = world.admin().get("/workers/web-1").await.is(200);
    assert_eq!(status["credential"]["status"], "active");
}
