//! Following an execution: every entry once, in order, also after a break.

use futures_util::StreamExt as _;
use pulse_tests::{Client, World, steps};
use reqwest::Method;
use serde_json::{Value, json};

/// One server-sent event.
#[derive(Debug, Clone)]
struct Event {
    id: Option<i64>,
    name: String,
    data: Value,
}

/// Reads events until the stream ends, or so many have come.
async fn read(client: &Client, path: &str, after: Option<i64>, most: usize) -> Vec<Event> {
    let mut request = client.request(Method::GET, path);
    if let Some(after) = after {
        request = request.header("last-event-id", after);
    }
    let answer = request.send().await.unwrap();
    assert_eq!(answer.status(), 200);
    parse(answer, most).await
}

async fn parse(answer: reqwest::Response, most: usize) -> Vec<Event> {
    let mut stream = answer.bytes_stream();
    let (mut text, mut events) = (Vec::new(), Vec::new());
    while let Some(piece) = stream.next().await {
        text.extend_from_slice(&piece.unwrap());
        while let Some(at) = text.windows(2).position(|window| window == b"\n\n") {
            let block: Vec<u8> = text.drain(..at + 2).collect();
            let block = String::from_utf8(block).unwrap();
            let field = |name: &str| {
                block
                    .lines()
                    .find_map(|line| line.strip_prefix(name)?.strip_prefix(": "))
            };
            let Some(data) = field("data") else { continue };
            events.push(Event {
                id: field("id").map(|id| id.parse().unwrap()),
                name: field("event").unwrap_or_default().to_owned(),
                data: serde_json::from_str(data).unwrap(),
            });
            if events.len() == most {
                return events;
            }
        }
    }
    events
}

#[tokio::test]
async fn one_request_starts_a_command_and_follows_it_to_its_exit_code() {
    let mut world = World::start().await;
    world.add_agent("web-1").await;

    let body = json!({"command": "echo hello; exit 5"});
    let request = world
        .admin()
        .request(Method::POST, "/workers/web-1/command?follow=true");
    let answer = request.json(&body).send().await.unwrap();
    let events = parse(answer, usize::MAX).await;

    assert_eq!(events[0].name, "execution");
    let output: String = events
        .iter()
        .filter(|event| event.name == "output")
        .map(|event| event.data["text"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(output, "hello\n");
    let end = events.last().unwrap();
    assert_eq!(end.name, "end");
    assert_eq!(
        (&end.data["status"], &end.data["exit_code"]),
        (&json!("failed"), &json!(5))
    );
}

#[tokio::test]
async fn a_follower_that_comes_back_misses_nothing_and_sees_nothing_twice() {
    let mut world = World::start().await;
    world.add_agent("web-1").await;
    let document = json!({"steps": [
        steps::execute("one", "for i in 1 2 3 4 5; do echo line $i; sleep 0.05; done"),
        steps::prompt("ask"),
        steps::execute("two", "echo two"),
    ]});
    let number = world.run(&document).await;
    let path = format!("/executions/{number}/events");

    let mut seen = read(&world.admin(), &path, None, 4).await;
    let last = seen.last().unwrap().id;
    world.server().kill();
    world.server().start();
    let open = world.prompt(number).await;
    let answer = format!("/prompts/{}/answer", open["number"]);
    world
        .admin()
        .post(&answer, &json!({"response": "Yes"}))
        .await
        .is(200);
    seen.extend(read(&world.admin(), &path, last, usize::MAX).await);
    let whole = read(&world.admin(), &path, None, usize::MAX).await;

    let ids = |events: &[Event]| {
        events
            .iter()
            .filter_map(|event| event.id)
            .collect::<Vec<_>>()
    };
    let all: Vec<i64> = (1..=i64::try_from(ids(&whole).len()).unwrap()).collect();
    assert_eq!(ids(&seen), all);
    assert_eq!(ids(&whole), all);
    assert_eq!(seen.last().unwrap().name, "end");
    let kinds: Vec<&str> = whole.iter().map(|event| event.name.as_str()).collect();
    for kind in ["status", "step", "job", "output", "prompt", "end"] {
        assert!(kinds.contains(&kind), "no {kind} in {kinds:?}");
    }
}

#[tokio::test]
async fn the_timeline_of_a_finished_execution_never_changes() {
    let mut world = World::start().await;
    world.add_agent("web-1").await;
    let execution = world.complete(&steps::one("echo once", &["all"])).await;
    let path = format!("/executions/{}/events", execution["number"]);

    let first = read(&world.admin(), &path, None, usize::MAX).await;
    let again = format!("/executions/{}/cancel", execution["number"]);
    world
        .admin()
        .post(&again, &json!({}))
        .await
        .problem(409, "already_finished");
    let second = read(&world.admin(), &path, None, usize::MAX).await;

    let texts = |events: &[Event]| {
        events
            .iter()
            .map(|e| e.data.to_string())
            .collect::<Vec<_>>()
    };
    assert_eq!(texts(&first), texts(&second));
    assert_eq!(
        world.execution(execution["number"].as_i64().unwrap()).await,
        execution
    );
}

#[tokio::test]
async fn an_execution_that_is_deleted_takes_its_timeline_along() {
    let mut world = World::start().await;
    world.add_agent("web-1").await;
    let gone = world.complete(&steps::one("true", &["all"])).await;
    let kept = world.complete(&steps::one("true", &["all"])).await;
    let timelines = "select distinct execution_id from timeline";
    assert_eq!(world.database.ask(timelines).await.len(), 2);

    let deletion = format!("delete from executions where number = {}", gone["number"]);
    world.database.tell(&deletion).await.unwrap();

    assert_eq!(
        world.database.ask(timelines).await,
        [kept["id"].as_str().unwrap()]
    );
}
