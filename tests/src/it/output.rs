//! Output: byte for byte, bounded, and harmless on a terminal.

use std::{fmt::Write as _, time::Duration};

use pulse_tests::{
    World,
    client::send,
    noise::Noise,
    places, process, steps,
    world::{ended_within, jobs_of},
};
use reqwest::Method;
use serde_json::Value;
use sha2::{Digest as _, Sha256};

const KEPT_EACH_END: usize = 8 * 1024 * 1024;

async fn only_job(world: &World, command: &str) -> Value {
    let execution = world.complete(&steps::one(command, &["all"])).await;
    assert_eq!(execution["status"], "completed", "{execution}");
    jobs_of(&execution, "only").remove(0)
}

fn hex(digest: &[u8]) -> String {
    digest.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// First and last bytes of so much noise, and the digest of all of it.
struct Expected {
    head: Vec<u8>,
    tail: Vec<u8>,
    sha256: String,
}

fn expect_noise(bytes: usize) -> Expected {
    const PIECE: usize = 1024 * 1024;
    let mut noise = Noise::default();
    let mut piece = vec![0; PIECE];
    let (mut head, mut tail) = (Vec::new(), Vec::new());
    let mut sha256 = Sha256::new();
    for at in (0..bytes).step_by(PIECE) {
        noise.fill(&mut piece);
        sha256.update(&piece);
        if at < KEPT_EACH_END {
            head.extend_from_slice(&piece);
        }
        if at >= bytes - KEPT_EACH_END {
            tail.extend_from_slice(&piece);
        }
    }
    Expected {
        head,
        tail,
        sha256: hex(&sha256.finalize()),
    }
}

#[tokio::test]
async fn a_gigabyte_is_counted_whole_and_kept_at_both_ends_in_little_memory() {
    const GIGABYTE: usize = 1024 * 1024 * 1024;
    const LITTLE: u64 = 64 * 1024 * 1024;
    let mut world = World::start().await;
    world.add_agent("web-1").await;
    let expected = std::thread::spawn(|| expect_noise(GIGABYTE));
    let noise = places::program("pulse-test-noise");

    let number = world
        .run(&steps::one(
            &format!("{} {GIGABYTE}", noise.display()),
            &["all"],
        ))
        .await;
    let execution = ended_within(&world.admin(), number, Duration::from_mins(2)).await;

    assert_eq!(execution["status"], "completed", "{execution}");
    let agent = world.agent("web-1");
    let (link, executor) = (agent.link_pid(), agent.executor_pid());
    for (what, pid) in [("link", link), ("executor", executor)] {
        let peak = process::peak_memory(pid);
        assert!(
            peak > 0 && peak <= LITTLE,
            "the {what} had {peak} bytes in use"
        );
    }
    let expected = expected.join().unwrap();
    let job = jobs_of(&execution, "only").remove(0);
    assert_eq!(job["output_bytes"], GIGABYTE);
    assert_eq!(job["output_sha256"], expected.sha256);
    assert_eq!(job["output_truncated"], true);
    let kept = world.output(&job).await;
    assert_eq!(kept.len(), 2 * KEPT_EACH_END);
    assert!(
        kept[..KEPT_EACH_END] == expected.head,
        "the first 8 MiB differ"
    );
    assert!(
        kept[KEPT_EACH_END..] == expected.tail,
        "the last 8 MiB differ"
    );
}

#[tokio::test]
async fn binary_output_comes_back_byte_for_byte() {
    let mut world = World::start().await;
    world.add_agent("web-1").await;

    let odd = only_job(&world, r"printf '\000\377\376 a\303\050 \033[31m\r\n\200'").await;
    let noise = places::program("pulse-test-noise");
    let much = only_job(&world, &format!("{} 1048576", noise.display())).await;

    assert_eq!(
        world.output(&odd).await,
        b"\x00\xff\xfe a\xc3\x28 \x1b[31m\r\n\x80"
    );
    let mut expected = vec![0; 1024 * 1024];
    Noise::default().fill(&mut expected);
    assert!(
        world.output(&much).await == expected,
        "a mebibyte of noise differs"
    );
    assert_eq!(much["output_sha256"], hex(&Sha256::digest(&expected)));
    let raw = world
        .ctl(&["execution", "logs", "@last", "-o", "raw"])
        .await;
    raw.is(0);
}

#[tokio::test]
async fn a_part_of_the_output_can_be_asked_for() {
    let mut world = World::start().await;
    world.add_agent("web-1").await;
    let job = only_job(&world, "printf 0123456789").await;
    let path = format!("/jobs/{}/output", job["id"].as_str().unwrap());

    let part = |range: &'static str| {
        send(
            world
                .admin()
                .request(Method::GET, &path)
                .header("range", range),
        )
    };

    let middle = part("bytes=3-5").await;
    assert_eq!((middle.status, middle.text().as_str()), (206, "345"));
    let end = part("bytes=-2").await;
    assert_eq!((end.status, end.text().as_str()), (206, "89"));
    let beyond = part("bytes=20-30").await;
    beyond.problem(416, "range_not_satisfiable");
    assert_eq!(beyond.headers["content-range"], "bytes */10");
    for other in ["lines=1-2", "bytes=0-1,4-5"] {
        let whole = part(other).await;
        assert_eq!(
            (whole.status, whole.text().as_str()),
            (200, "0123456789"),
            "{other}"
        );
    }
}

#[tokio::test]
async fn the_beginning_of_no_output_is_no_output() {
    let mut world = World::start().await;
    world.add_agent("web-1").await;
    let job = only_job(&world, "true").await;
    let path = format!("/jobs/{}/output", job["id"].as_str().unwrap());

    let request = world.admin().request(Method::GET, &path);
    let whole = send(request.header("range", "bytes=0-")).await;

    assert_eq!((whole.status, whole.bytes.len()), (200, 0));
}

#[tokio::test]
async fn ten_thousand_lines_keep_their_order() {
    let mut world = World::start().await;
    world.add_agent("web-1").await;

    let job = only_job(&world, "seq 1 10000").await;

    let expected: String = (1..=10_000).fold(String::new(), |mut text, number| {
        let _ = writeln!(text, "{number}");
        text
    });
    assert!(
        world.output(&job).await == expected.as_bytes(),
        "the order differs"
    );
    let logs = world
        .ctl(&["execution", "logs", "@last", "--prefix", "none"])
        .await;
    assert!(logs.is(0) == expected, "pulsectl shows another order");
}

#[tokio::test]
async fn both_streams_are_told_apart() {
    let mut world = World::start().await;
    world.add_agent("web-1").await;

    let job = only_job(&world, "echo out; echo err >&2").await;

    let path = format!("/jobs/{}/output", job["id"].as_str().unwrap());
    assert_eq!(
        world
            .admin()
            .get(&format!("{path}?stream=stdout"))
            .await
            .text(),
        "out\n"
    );
    assert_eq!(
        world
            .admin()
            .get(&format!("{path}?stream=stderr"))
            .await
            .text(),
        "err\n"
    );
}

#[tokio::test]
async fn a_step_cannot_steer_the_terminal_of_whoever_reads_its_output() {
    let mut world = World::start().await;
    world.add_agent("web-1").await;
    let evil = r"printf '\033]0;owned\007\033[2J\033[31mred\033[0m\n\033[1Aover\b\b\n\302\2330m'";
    only_job(&world, evil).await;

    let mut terminal = world.terminal(&["execution", "logs", "@last"]);
    terminal.sees("red");
    assert_eq!(terminal.ends(), 0);

    let bytes = terminal.bytes();
    for sequence in [
        &b"\x1b]0;"[..],
        b"\x1b[2J",
        b"\x1b[1A",
        b"\x1b[31mred",
        b"\x07",
        b"\x08",
        b"\xc2\x9b",
    ] {
        let found = bytes
            .windows(sequence.len())
            .any(|window| window == sequence);
        assert!(
            !found,
            "{sequence:?} in {}",
            String::from_utf8_lossy(&bytes).escape_debug()
        );
    }
}

#[tokio::test]
async fn a_child_that_keeps_the_output_open_does_not_hold_the_step() {
    let mut world = World::start().await;
    world.add_agent("web-1").await;

    let job = only_job(&world, "setsid sleep 60 & echo started").await;

    assert_eq!(job["status"], "succeeded");
    assert_eq!(world.output(&job).await, b"started\n");
}
