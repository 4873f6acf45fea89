//! Monitors from end to end: `pulsectl`, the server, and an agent that really looks.

use std::net::TcpListener;

use pulse_tests::World;

use super::{incidents, stands};

#[tokio::test]
async fn a_port_that_goes_away_is_down_after_three_looks_of_an_agent_and_up_when_it_is_back() {
    let mut world = World::start().await;
    world.add_agent("web-1").await;
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap().to_string();

    let create = [
        "monitor", "create", "tcp", "port", &address, "--every", "1d",
    ];
    world.ctl(&create).await.is(0);
    stands(&world, "port", "up").await;
    drop(listener);
    let check = ["monitor", "check", "port"];
    let mut codes = Vec::new();
    for _ in 0..3 {
        codes.push(world.ctl(&check).await.code);
    }
    let down = stands(&world, "port", "down").await;
    let again = TcpListener::bind(&address).unwrap();
    for _ in 0..2 {
        codes.push(world.ctl(&check).await.code);
    }

    assert_eq!(codes, [0, 0, 3, 3, 0]);
    let cause = down["incident"]["cause"].as_str().unwrap();
    assert_eq!(cause, format!("{address}: connection refused"));
    stands(&world, "port", "up").await;
    let incidents = incidents(&world, "port").await;
    assert_eq!(incidents.len(), 1);
    assert_eq!(incidents[0]["closed_because"], "it is up again");
    drop(again);
}

#[tokio::test]
async fn what_is_shown_of_a_monitor_is_what_its_document_would_say() {
    let mut world = World::start().await;
    world.add_agent("web-1").await;
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap().to_string();
    let create = [
        "monitor", "create", "tcp", "port", &address, "--label", "team=web",
    ];
    world.ctl(&create).await.is(0);

    let show = ["monitor", "show", "port", "--jq", ".spec"];
    let spec = world.ctl(&show).await.is(0).to_owned();
    let file = world.folder().join("port.json");
    std::fs::write(&file, spec).unwrap();
    let file = file.display().to_string();
    let applied = world.ctl(&["monitor", "apply", "-f", &file]).await;
    let test = world
        .ctl(&["monitor", "test", "--url", &format!("tcp://{address}")])
        .await;

    assert_eq!(applied.is(0), "monitor/port unchanged\n");
    assert!(test.is(0).contains("accepts connections"));
}
