//! Silence and what follows from it, clean-ups, and lists of who is there.

mod brake;
mod joining;
mod roster;
mod silence;
mod stuck;

use pulse_tests::{Client, World, socket::Socket};
use serde_json::{Value, json};

/// Two minutes are half a second here, six are a second and a half, in the seed's words.
const QUICK: [(&str, &str); 3] = [
    ("PULSE__WORKERS__HEARTBEAT_INTERVAL_MS", "100"),
    ("WORKER_UNREACHABLE_THRESHOLD_MS", "500"),
    ("WORKER_OFFLINE_THRESHOLD_MS", "1500"),
];

async fn worker(world: &World, name: &str) -> Value {
    world.admin().get(&format!("/workers/{name}")).await.is(200)
}

fn names(page: &Value) -> Vec<&str> {
    let items = page["items"].as_array().unwrap();
    items
        .iter()
        .map(|worker| worker["name"].as_str().unwrap())
        .collect()
}

/// A sign of life of a worker that holds these attempts.
async fn beat(socket: &mut Socket, held: &[Value]) {
    let metrics = json!({"cpu_percent": 12.5, "memory_used_bytes": 1, "memory_total_bytes": 4,
        "load_average": [0.5, 0.4, 0.3], "disk_used_bytes": 2, "disk_total_bytes": 8});
    let beat = json!({"type": "heartbeat", "metrics": metrics, "slots_free": 5, "held": held});
    socket.send(&beat).await;
}

async fn ping(client: &Client, id: &str, body: &Value) -> pulse_tests::Answer {
    client.post(&format!("/workers/{id}/ping"), body).await
}
