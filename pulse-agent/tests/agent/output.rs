//! Output, byte for byte, up to its caps.

use std::time::Duration;

use serde_json::{Value, json};
use sha2::Digest as _;

use crate::support::{Agent, Offer, Server, bytes, eventually};

const KEPT: usize = 8 * 1024 * 1024;

fn is_gapless(outputs: &[Value]) -> bool {
    let mut offset = 0;
    outputs.iter().enumerate().all(|(index, output)| {
        let is_next = output["seq"] == json!(index + 1) && output["offset"] == json!(offset);
        offset += bytes(std::slice::from_ref(output)).len();
        is_next
    })
}

#[test]
fn binary_output_arrives_byte_for_byte() {
    let server = Server::start();
    let mut agent = Agent::enrolled(&server.url());
    let blob: Vec<u8> = (0..3_000_000_u32)
        .map(|at| at.wrapping_mul(2_654_435_761).to_le_bytes()[2])
        .collect();
    std::fs::write(agent.path("blob"), &blob).unwrap();
    agent.run();
    let (mut link, _) = server.welcome();

    let (result, outputs) = link.complete(&format!("cat {}", agent.path("blob").display()));

    assert_eq!(result["output_bytes"], json!(blob.len()));
    assert!(is_gapless(&outputs));
    assert!(bytes(&outputs) == blob);
}

#[test]
fn a_flood_keeps_both_ends_and_the_sum_of_all() {
    let server = Server::start();
    let mut agent = Agent::enrolled(&server.url());
    agent.run();
    let (mut link, _) = server.welcome();

    let (result, outputs) = link.complete("yes 0123456789abcde | head -c 40000000");

    let total = 40_000_000;
    assert_eq!(result["output_bytes"], json!(total));
    let kept = bytes(&outputs);
    assert_eq!(kept.len(), 2 * KEPT);
    let pattern = b"0123456789abcde\n";
    let whole: Vec<u8> = pattern.iter().copied().cycle().take(total).collect();
    assert!(kept[..KEPT] == whole[..KEPT]);
    assert!(kept[KEPT..] == whole[whole.len() - KEPT..]);
    let jump = outputs
        .iter()
        .find(|output| output["offset"].as_u64().unwrap() >= KEPT as u64)
        .unwrap();
    assert_eq!(jump["offset"], json!(total - KEPT));
    let sum = sha2::Sha256::digest(&whole);
    let claimed = result["output_sha256"].as_str().unwrap();
    assert!(
        sum.iter()
            .enumerate()
            .all(|(at, byte)| claimed[at * 2..at * 2 + 2] == format!("{byte:02x}"))
    );
}

#[test]
fn unacknowledged_output_comes_again_and_the_acknowledged_does_not() {
    let server = Server::start();
    let mut agent = Agent::enrolled(&server.url());
    agent.run();
    let (mut link, _) = server.welcome();
    let gate = agent.path("gate");
    let command = format!(
        "echo one; sleep 0.1; echo two; while [ ! -e {} ]; do sleep 0.02; done; echo three",
        gate.display()
    );
    link.offer(&command);
    let first = link.frame("output");
    link.frame("output");
    link.send(&json!({
        "type": "ack", "job_id": first["job_id"], "attempt": 1, "output_seq": 1,
    }));
    // The acknowledgement must have been read before the connection goes.
    std::thread::sleep(Duration::from_millis(100));
    drop(link);
    std::fs::write(gate, "").unwrap();

    let (mut link, _) = server.welcome();

    let (result, outputs) = link.result();
    assert_eq!(bytes(&outputs), b"two\nthree\n");
    assert_eq!(outputs[0]["seq"], 2);
    assert_eq!(result["last_seq"], 3);
}

#[test]
fn withheld_output_comes_again_under_a_new_fence() {
    let server = Server::start();
    let mut agent = Agent::enrolled(&server.url());
    agent.run();
    let (mut link, _) = server.welcome();
    let gate = agent.path("gate");
    let offer = link.offer(&format!(
        "head -c 2000000 /dev/zero; while [ ! -e {} ]; do sleep 0.02; done; exit 3",
        gate.display()
    ));
    while link
        .try_frame("output", Duration::from_millis(500))
        .is_some()
    {}

    link.send(&offer.under(2).frame());

    assert_eq!(link.frame("started")["fence"], 2);
    std::fs::write(gate, "").unwrap();
    let (result, outputs) = link.result();
    assert!(outputs.iter().all(|output| output["fence"] == 2));
    assert!(is_gapless(&outputs));
    assert_eq!(bytes(&outputs).len(), 2_000_000);
    assert_eq!(result["fence"], 2);
    assert_eq!(result["exit_code"], 3);
}

#[test]
fn a_flood_without_a_server_neither_blocks_nor_fills_memory() {
    let server = Server::start();
    let mut agent = Agent::enrolled(&server.url());
    agent.run();
    let (mut link, _) = server.welcome();
    let offer = Offer::new("sleep 0.3; head -c 300000000 /dev/zero; echo end");
    link.send(&offer.frame());
    link.frame("started");
    let executor = agent.executor_pid();
    agent.kill_link();

    let mut peak = 0;
    eventually("the end of the flood", || {
        peak = peak.max(rss_kib(executor));
        (agent.ask(&json!({"type": "status"}))?["unreported"] == 1).then_some(())
    });

    assert!(peak < 64 * 1024, "{peak} KiB");
    agent.run();
    let (mut link, _) = server.welcome();
    let (result, outputs) = link.result();
    assert_eq!(result["output_bytes"], 300_000_004_u64);
    let kept = bytes(&outputs);
    assert_eq!(kept.len(), 2 * KEPT);
    assert!(kept.ends_with(b"\0end\n"));
}

#[test]
fn a_silent_server_gets_no_more_than_the_window() {
    let server = Server::start();
    let mut agent = Agent::enrolled(&server.url());
    agent.run();
    let (mut link, _) = server.welcome();
    link.offer("head -c 4000000 /dev/zero");

    let mut got = 0;
    while let Some(output) = link.try_frame("output", Duration::from_millis(500)) {
        got += bytes(&[output]).len();
    }

    assert!((1_000_000..1_200_000).contains(&got), "{got}");
}

fn rss_kib(pid: i32) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{pid}/status")).unwrap_or_default();
    status
        .lines()
        .find_map(|line| {
            line.strip_prefix("VmRSS:")?
                .split_whitespace()
                .next()?
                .parse()
                .ok()
        })
        .unwrap_or(0)
}
