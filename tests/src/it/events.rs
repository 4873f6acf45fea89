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

#[tokio::test]
async fn a_follower_of_the_logs_hears_what_it_asked_for_and_nothing_else() {
    let world = World::start().await;
    let (mut web, mut db) = (world.socket("web-1").await, world.socket("db-1").await);
    let document = json!({"targets": ["web-1", "db-1"], "steps": [
        {"id": "one", "command": "true"},
        {"id": "two", "command": "true"},
    ]});
    let number = world.run(&document).await;
    for step in ["one", "two"] {
        for (socket, name) in [(&mut web, "web-1"), (&mut db, "db-1")] {
            let offer = socket.take().await;
            for (seq, word) in ["a", "b", "c"].into_iter().enumerate() {
                let text = format!("{step} {name} {word}\n");
                let at = (seq as u64 + 1, (seq * text.len()) as u64);
                socket.output(&offer, at, text.as_bytes()).await;
            }
            let result = socket.result(&offer, 0);
            socket.send(&result).await;
        }
    }
    world.ended(number).await;
    let id = world.admin().get("/workers/db-1").await.is(200)["id"].clone();
    let id = id.as_str().unwrap().to_owned();
    let admin = world.admin();
    let heard = async |query: &str, after: Option<i64>| {
        let path = format!("/executions/{number}/logs?follow=true{query}");
        let events = read(&admin, &path, after, usize::MAX).await;
        let (end, told) = events.split_last().unwrap();
        assert_eq!(end.name, "end", "{query}");
        assert!(told.iter().all(|event| event.name == "output"), "{query}");
        let text = |event: &Event| event.data["text"].as_str().unwrap().to_owned();
        let ids: Vec<i64> = told.iter().filter_map(|event| event.id).collect();
        (told.iter().map(text).collect::<String>(), ids)
    };

    let (all, _) = heard("", None).await;
    let (two, _) = heard("&step=two", None).await;
    let (by_name, ids) = heard("&step=two&worker=db-1", None).await;
    let (by_id, _) = heard(&format!("&step=two&worker={id}"), None).await;
    let (stderr, _) = heard("&stream=stderr", None).await;
    let (tail, _) = heard("&worker=web-1&tail=2", None).await;
    let (again, _) = heard("&step=two&worker=db-1&tail=1", Some(ids[0])).await;

    assert_eq!(all.lines().count(), 12, "{all}");
    assert_eq!(two.lines().count(), 6, "{two}");
    assert_eq!(by_name, "two db-1 a\ntwo db-1 b\ntwo db-1 c\n");
    assert_eq!(by_id, by_name);
    assert_eq!(stderr, "");
    assert_eq!(tail, "two web-1 b\ntwo web-1 c\n");
    assert_eq!(again, "two db-1 b\ntwo db-1 c\n");
    let page = format!("/executions/{number}/logs?worker={id}&tail=1");
    let page = admin.get(&page).await.is(200);
    assert_eq!(page["items"][0]["text"], "two db-1 c\n");
}
