//! The agent socket in bad hands.

use std::time::Duration;

use pulse_tests::{
    World,
    socket::{Silence, Socket},
    steps,
    world::jobs_of,
};
use serde_json::json;
use tokio_tungstenite::tungstenite::{
    Message,
    protocol::frame::{
        Frame,
        coding::{Data, OpCode},
    },
};

const PATH: &str = "/api/v1/agent";
const SOON: Duration = Duration::from_secs(5);

fn bearer(token: &str) -> String {
    format!("Bearer {token}")
}

#[tokio::test]
async fn only_workers_get_in() {
    let world = World::start().await;
    let base = world.servers[0].url();
    let dial = async |token: Option<String>| {
        let headers: Vec<(&str, &str)> = token
            .as_deref()
            .map(|token| ("authorization", token))
            .into_iter()
            .collect();
        Socket::dial(&base, PATH, &headers).await.err()
    };

    assert_eq!(dial(None).await, Some(401));
    assert_eq!(dial(Some(bearer("wrong"))).await, Some(401));
    assert_eq!(dial(Some(bearer(world.admin().token()))).await, Some(403));
    let (_, credential) = world.enroll("raw-1").await;
    assert_eq!(dial(Some(bearer(&credential))).await, None);
    for origin in ["https://evil.example", "null"] {
        let credential = bearer(&credential);
        let headers = [("authorization", credential.as_str()), ("origin", origin)];
        let refused = Socket::dial(&base, PATH, &headers).await.err();
        assert!(matches!(refused, Some(401 | 403)), "{origin}: {refused:?}");
    }
}

#[tokio::test]
async fn frames_that_are_none_close_the_socket() {
    let world = World::start().await;
    let too_long = json!({"type": "heartbeat", "padding": "x".repeat(256 * 1024)}).to_string();
    let cases = [
        (
            Message::binary(vec![0_u8, 159, 146, 150]),
            vec![1003, 1007, 4400],
        ),
        (Message::text("not json"), vec![4400]),
        (Message::text("{\"type\": 5}"), vec![4400]),
        (Message::text("{\"type\": \"started\"}"), vec![4400]),
        (Message::text(too_long), vec![1009]),
        (
            Message::Frame(Frame::message(
                vec![b'{', 0xff, 0xfe],
                OpCode::Data(Data::Text),
                true,
            )),
            vec![1007],
        ),
    ];

    for (number, (message, codes)) in cases.into_iter().enumerate() {
        let mut worker = world.socket(&format!("raw-{number}")).await;
        worker.send_raw(message).await;
        let closed = worker.close_code(SOON).await;
        let is_right = matches!(&closed, Silence::Closed(Some(code)) if codes.contains(code));
        assert!(is_right, "case {number}: {closed:?} instead of {codes:?}");
    }
}

#[tokio::test]
async fn a_result_of_another_worker_is_not_taken() {
    let world = World::start().await;
    let (other, _) = world.enroll("web-2").await;
    let mut worker = world.socket("web-1").await;
    let number = world.run(&steps::one("true", &["web-1"])).await;
    let offer = worker.take().await;

    let mut result = worker.result(&offer, 0);
    result["worker_id"] = json!(other);
    worker.send(&result).await;

    let closed = worker.close_code(SOON).await;
    assert!(matches!(closed, Silence::Closed(Some(4401))), "{closed:?}");
    let job = &jobs_of(&world.execution(number).await, "only")[0];
    assert_ne!(job["status"], "succeeded", "{job}");
}

#[tokio::test]
async fn unknown_frames_are_passed_over() {
    let world = World::start().await;
    let mut worker = world.socket("raw-1").await;

    worker
        .send(&json!({"type": "of_a_newer_protocol", "anything": [1, 2, 3]}))
        .await;
    worker
        .send(&json!({"type": "workflow_result", "execution_id": "x", "success": true}))
        .await;
    worker.send(&json!({"type": "ping"})).await;

    worker.frame("pong").await;
}

#[tokio::test]
async fn a_worker_that_does_not_say_hello_first_is_shown_out() {
    let world = World::start().await;
    let (id, credential) = world.enroll("raw-1").await;
    let base = world.servers[0].url();

    let mut early = Socket::open(&base, &id, &credential).await;
    early
        .send(&json!({"type": "heartbeat", "slots_free": 5}))
        .await;
    assert_eq!(early.close_code(SOON).await, Silence::Closed(Some(4401)));

    let mut twice = Socket::open(&base, &id, &credential).await;
    twice.hello("raw-1").await;
    twice
        .send(&json!({"type": "worker_connect", "worker_id": id, "protocol": 1}))
        .await;
    assert_eq!(twice.close_code(SOON).await, Silence::Closed(Some(4409)));

    let mut other = Socket::open(&base, &id, &credential).await;
    let stranger = uuid::Uuid::now_v7();
    other
        .send(&json!({"type": "worker_connect", "worker_id": stranger, "protocol": 1}))
        .await;
    assert_eq!(other.close_code(SOON).await, Silence::Closed(Some(4401)));
}

#[tokio::test]
async fn an_agent_that_is_too_old_is_told() {
    let world = World::start().await;
    let (id, credential) = world.enroll("raw-1").await;
    let mut old = Socket::open(&world.servers[0].url(), &id, &credential).await;

    old.send(&json!({"type": "worker_connect", "worker_id": id, "protocol": 0}))
        .await;

    assert_eq!(old.close_code(SOON).await, Silence::Closed(Some(4426)));
}

#[tokio::test]
async fn a_removed_worker_is_shown_out_while_it_is_connected() {
    let world = World::start().await;
    let mut worker = world.socket("raw-1").await;

    assert_eq!(world.admin().delete("/workers/raw-1").await.status, 204);

    assert_eq!(worker.close_code(SOON).await, Silence::Closed(Some(4401)));
}

#[tokio::test]
async fn impossible_output_is_not_believed() {
    let world = World::start().await;
    let mut worker = world.socket("raw-1").await;
    let number = world.run(&steps::one("talk", &["all"])).await;
    let offer = worker.take().await;
    worker.output(&offer, (1, 0), b"fine").await;
    while worker.frame("ack").await["output_seq"] != 1 {}

    for (seq, offset) in [(1_u64 << 32, 4_u64), (u64::MAX, 4), (2, u64::MAX)] {
        worker.output(&offer, (seq, offset), b"impossible").await;
        let closed = worker.close_code(Duration::from_millis(300)).await;
        if closed != Silence::Nothing {
            let base = world.servers[0].url();
            worker = Socket::open(&base, &worker.worker_id, &worker.credential).await;
            worker
                .hello_with(
                    "raw-1",
                    &json!({"running": [pulse_tests::socket::claim(&offer)]}),
                )
                .await;
        }
    }
    let mut result = worker.result(&offer, 0);
    (result["last_seq"], result["output_bytes"]) = (json!(1), json!(4));
    worker.send(&result).await;
    let execution = world.ended(number).await;

    assert_eq!(execution["status"], "completed");
    assert_eq!(world.output(&jobs_of(&execution, "only")[0]).await, b"fine");
}
