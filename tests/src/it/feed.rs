//! Following everything: each event once, in order, for whoever may look, at both doors.

use std::time::Duration;

use futures_util::StreamExt as _;
use pulse_tests::{Client, World, client::send, eventually::PATIENCE, socket::Socket, steps};
use reqwest::Method;
use serde_json::{Value, json};

/// One event: where to go on after it, and what it says.
type Told = (String, Value);

/// An open stream of events.
struct Feed {
    bytes: std::pin::Pin<Box<dyn futures_util::Stream<Item = reqwest::Result<Vec<u8>>>>>,
    text: Vec<u8>,
}

impl Feed {
    async fn open(client: &Client, query: &str, after: Option<&str>) -> Self {
        let mut request = client.request(Method::GET, &format!("/events{query}"));
        if let Some(after) = after {
            request = request.header("last-event-id", after);
        }
        let answer = request.send().await.unwrap();
        assert_eq!(answer.status(), 200);
        let bytes = answer
            .bytes_stream()
            .map(|piece| piece.map(|piece| piece.to_vec()));
        Self {
            bytes: Box::pin(bytes),
            text: Vec::new(),
        }
    }

    /// The next event; `None` at the end of the stream.
    async fn next(&mut self) -> Option<Told> {
        loop {
            if let Some(at) = self.text.windows(2).position(|two| two == b"\n\n") {
                let block: Vec<u8> = self.text.drain(..at + 2).collect();
                let block = String::from_utf8(block).unwrap();
                let field = |name: &str| {
                    let mut lines = block.lines();
                    lines.find_map(|line| line.strip_prefix(name)?.strip_prefix(": "))
                };
                if let Some(data) = field("data") {
                    let data: Value = serde_json::from_str(data).unwrap();
                    assert_eq!(field("event"), data["event"].as_str());
                    return Some((field("id").unwrap().to_owned(), data));
                }
                continue;
            }
            let piece = tokio::time::timeout(PATIENCE, self.bytes.next());
            let piece = piece.await.expect("an event in time")?;
            self.text.extend_from_slice(&piece.unwrap());
        }
    }

    async fn rest(mut self) -> Vec<Told> {
        let mut all = Vec::new();
        while let Some(told) = self.next().await {
            all.push(told);
        }
        all
    }

    /// Reads up to the end of an execution.
    async fn until_ended(&mut self, number: i64) -> Vec<Told> {
        let mut all = Vec::new();
        loop {
            let told = self.next().await.expect("the stream goes on");
            let is_end = told.1["event"] == "status"
                && told.1["execution"]["number"] == number
                && told.1["status"] == "completed";
            all.push(told);
            if is_end {
                return all;
            }
        }
    }
}

fn is_about(event: &Value, numbers: &[i64]) -> bool {
    numbers
        .iter()
        .any(|number| event["execution"]["number"] == *number)
}

fn document() -> Value {
    json!({"steps": [steps::execute("one", "echo 1"), steps::execute("two", "echo 2")]})
}

#[tokio::test]
async fn a_follower_that_comes_back_misses_nothing_and_hears_nothing_twice() {
    let mut world = World::start().await;
    world.add_server(&[]);
    world.add_agent("web-1").await;
    let viewer = world.somebody("viewer").await;
    let mut feed = Feed::open(&viewer, "", None).await;
    let mut numbers = Vec::new();
    for index in 0..6 {
        let body = json!({"definition": document()});
        let client = world.admin_at(index % 2);
        let started = client.post("/executions", &body).await.is(201);
        numbers.push(started["number"].as_i64().unwrap());
    }
    // Cut again and again, in the middle of whatever comes.
    let (mut told, mut last) = (Vec::new(), String::new());
    for cut in 1..8 {
        for _ in 0..cut {
            let (id, event) = feed.next().await.unwrap();
            last = id;
            told.push(event);
        }
        feed = Feed::open(&viewer, "", Some(&last)).await;
    }
    for number in &numbers {
        world.ended(*number).await;
    }
    told.extend(
        Feed::open(&viewer, "?follow=false", Some(&last))
            .await
            .rest()
            .await
            .into_iter()
            .map(|(_, event)| event),
    );

    for number in &numbers {
        let seqs = told.iter().filter(|event| is_about(event, &[*number]));
        let seqs: Vec<i64> = seqs
            .map(|event| event["execution"]["seq"].as_i64().unwrap())
            .collect();
        let timeline = world.execution(*number).await;
        let path = format!("/executions/{number}/logs?limit=500");
        let outputs = world.admin().get(&path).await.is(200);
        let outputs: Vec<i64> = outputs["items"]
            .as_array()
            .unwrap()
            .iter()
            .map(|entry| entry["seq"].as_i64().unwrap())
            .collect();
        let wanted: Vec<i64> = (1..=timeline["last_seq"].as_i64().unwrap())
            .filter(|seq| !outputs.contains(seq))
            .collect();
        assert_eq!(seqs, wanted, "execution {number}");
    }
}

/// Lets one transaction have written everything that happened in executions so far.
async fn in_one_transaction(world: &World) {
    let settled = "update timeline set tx = (select max(tx) from timeline)";
    world.database.tell(settled).await.unwrap();
}

#[tokio::test]
async fn what_is_removed_while_a_follower_is_away_makes_it_miss_nothing_else() {
    let mut world = World::start().await;
    world.add_agent("web-1").await;
    let viewer = world.somebody("viewer").await;
    let (first, second) = (world.run(&document()).await, world.run(&document()).await);
    world.ended(first).await;
    world.ended(second).await;
    in_one_transaction(&world).await;
    let all = || {
        Feed::open(
            &viewer,
            "?kind=job,step,status&tail=1000&follow=false",
            None,
        )
    };
    let told = all().await.rest().await;
    let (last, _) = told
        .iter()
        .find(|(_, event)| is_about(event, &[second]))
        .unwrap();

    let remove = format!("delete from executions where number = {first}");
    world.database.tell(&remove).await.unwrap();
    let rest = Feed::open(&viewer, "?kind=job,step,status&follow=false", Some(last));
    let rest = rest.await.rest().await;

    let after = told.iter().skip_while(|(id, _)| id != last).skip(1);
    let wanted: Vec<&Told> = after
        .filter(|(_, event)| is_about(event, &[second]))
        .collect();
    assert!(wanted.len() > 3, "{told:?}");
    let rest: Vec<&Told> = rest
        .iter()
        .filter(|(_, event)| is_about(event, &[second]))
        .collect();
    assert_eq!(rest, wanted);
}

#[tokio::test]
async fn as_many_events_are_told_as_were_asked_for_however_many_a_transaction_wrote() {
    let mut world = World::start().await;
    world.add_agent("web-1").await;
    let number = world.run(&document()).await;
    world.ended(number).await;
    in_one_transaction(&world).await;

    let admin = world.admin();
    let of_jobs = Feed::open(&admin, "?kind=job&tail=2&follow=false", None);
    let of_jobs = of_jobs.await.rest().await;
    let all = Feed::open(&admin, "?kind=job&tail=1000&follow=false", None);
    let all = all.await.rest().await;

    assert_eq!(of_jobs, all[all.len() - 2..]);
}

#[tokio::test]
async fn what_another_database_wrote_is_taken_out_of_the_order_in_bounded_pieces() {
    let mut world = World::private(&[]);
    world.add_agent("web-1").await;
    let number = world.run(&document()).await;
    world.ended(number).await;
    world.server().stop();
    // As a dump of a cluster that had come further, and somebody who counts what a statement writes.
    let elsewhere = "update timeline set tx = tx + 1000000000000; \
        insert into timeline (execution_id, last_seq, seqs, whats, tx) \
        select gen_random_uuid(), 1, array[1], (select whats[1:1] from timeline limit 1), 1000000000000 + n \
        from generate_series(1, 25000) n; \
        create table written (rows bigint); \
        create function count_written() returns trigger language plpgsql as \
        $$ begin insert into written select count(*) from new_rows; return null; end $$; \
        create trigger counted after update on timeline referencing new table as new_rows \
        for each statement execute function count_written()";
    world.database.tell(elsewhere).await.unwrap();

    world.server().start();
    let later = world.run(&document()).await;
    world.ended(later).await;

    let ask = "select max(rows)::text || ' ' || count(*) filter (where rows > 0) from written";
    assert_eq!(world.database.ask(ask).await, ["10000 3"]);
    let admin = world.admin();
    let told = Feed::open(&admin, "?kind=step,job,status&tail=1000&follow=false", None);
    let told = told.await.rest().await;
    assert!(
        told.iter().all(|(_, event)| is_about(event, &[later])),
        "{told:?}"
    );
    assert!(!told.is_empty());
    let path = format!("/executions/{number}");
    let kept = admin.get(&path).await.is(200);
    assert!(
        kept["timeline"]
            .as_array()
            .is_some_and(|timeline| !timeline.is_empty()),
        "{kept}"
    );
}

#[tokio::test]
async fn only_the_kinds_that_are_asked_for_are_told() {
    let mut world = World::start().await;
    world.add_agent("web-1").await;
    let number = world.run(&document()).await;
    world.ended(number).await;

    let viewer = world.somebody("viewer").await;
    let jobs = Feed::open(&viewer, "?kind=job&tail=1000&follow=false", None).await;
    let jobs = jobs.rest().await;
    let unknown = viewer.get("/events?kind=output").await;
    let elsewhere = world.anonymous().request(Method::GET, "/events");
    let other = viewer
        .request(Method::GET, "/events")
        .header("last-event-id", "9000000000000-1");

    assert!(jobs.iter().all(|(_, event)| event["event"] == "job"));
    assert!(jobs.iter().any(|(_, event)| is_about(event, &[number])));
    unknown.problem(400, "invalid_query");
    send(elsewhere).await.problem(401, "unauthenticated");
    send(other).await.problem(400, "bad_cursor");
}

#[tokio::test]
async fn a_worker_and_a_workflow_are_told_of_as_they_move() {
    let world = World::start().await;
    let admin = world.admin();
    let mut feed = Feed::open(&admin, "?kind=worker,workflow", None).await;

    let socket = world.socket("fed-1").await;
    admin
        .put(
            "/workflows/fed",
            "steps: [{name: a, command: 'true', targets: [all]}]",
        )
        .await;
    let drain = json!({"mode": "hold"});
    let path = format!("/workers/{}/drain", socket.worker_id);
    admin.post(&path, &drain).await.is(200);

    let mut told = Vec::new();
    while !told
        .iter()
        .any(|(_, state)| state == "draining" || state == "held")
    {
        let (_, event) = feed.next().await.unwrap();
        let is_mine = event["worker"] == "fed-1" || event["workflow"] == "fed";
        if is_mine {
            let state = event.get("change").unwrap_or(&event["admin_state"]);
            told.push((event["event"].clone(), state.as_str().unwrap().to_owned()));
        }
    }
    assert!(
        told.contains(&(json!("worker"), "active".to_owned())),
        "{told:?}"
    );
    assert!(
        told.contains(&(json!("workflow"), "created".to_owned())),
        "{told:?}"
    );
}

#[tokio::test]
async fn an_event_reaches_a_follower_of_another_replica_without_a_look() {
    let mut world = World::start().await;
    world.add_server(&[]);
    world.add_agent("web-1").await;
    let far = world.admin_at(1);
    // Both know of each other once each has said that it lives.
    let mut feed = Feed::open(&far, "", None).await;
    let number = world.run(&document()).await;
    feed.until_ended(number).await;

    let began = tokio::time::Instant::now();
    let number = world.run(&document()).await;
    feed.until_ended(number).await;

    // A look of its own would come after fifteen seconds.
    assert!(
        began.elapsed() < Duration::from_secs(8),
        "{:?}",
        began.elapsed()
    );
}

#[tokio::test]
async fn a_browser_hears_the_seeds_frames() {
    let mut world = World::start().await;
    world.add_agent("web-1").await;
    let viewer = world.somebody("viewer").await;
    let bearer = format!("Bearer {}", viewer.token());
    let url = viewer.base().to_owned();
    let headers = [("authorization", bearer.as_str()), ("origin", url.as_str())];
    let mut browser = Socket::dial(&url, "/ws", &headers).await.unwrap();

    let stored = "steps: [{name: sure, type: prompt, message: 'Proceed?', options: ['Yes', 'No']}]";
    world.admin().put("/workflows/asks", stored).await;
    let body = json!({"workflow": "asks"});
    let started = world.admin().post("/executions", &body).await.is(201);
    let number = started["number"].as_i64().unwrap();
    let prompt = world.prompt(number).await;
    let answer = json!({"response": "Yes"});
    let path = format!("/prompts/{}/answer", prompt["number"]);
    world.admin().post(&path, &answer).await.is(200);

    let (id, workflow) = (&started["id"], &started["workflow"]["id"]);
    let created = browser.frame("workflow_created").await;
    let begun = browser.frame("execution_started").await;
    let asked = browser.frame("execution_prompt").await;
    let mut status = browser.frame("execution_status").await;
    while status["status"] != "completed" {
        status = browser.frame("execution_status").await;
    }
    let frame = |kind: &str, rest: Value| {
        let mut frame = rest;
        frame["type"] = json!(kind);
        frame
    };
    assert_eq!(
        created,
        frame("workflow_created", json!({"workflow_id": workflow}))
    );
    let rest = json!({"execution_id": id, "workflow_id": workflow});
    assert_eq!(begun, frame("execution_started", rest));
    let question = json!({"message": "Proceed?", "options": ["Yes", "No"], "step": 0});
    let rest = json!({"execution_id": id, "prompt": question});
    assert_eq!(asked, frame("execution_prompt", rest));
    let rest = json!({"execution_id": id, "status": "completed"});
    assert_eq!(status, frame("execution_status", rest));
}

#[tokio::test]
async fn a_browser_hears_of_a_worker() {
    let world = World::start().await;
    let viewer = world.somebody("viewer").await;
    let bearer = format!("Bearer {}", viewer.token());
    let headers = [("authorization", bearer.as_str())];
    let mut browser = Socket::dial(viewer.base(), "/ws", &headers).await.unwrap();

    let (id, _) = world.enroll("web-1").await;

    let told = browser.frame("worker_update").await;
    assert_eq!(told["worker_id"], json!(id));
    assert_eq!(told.as_object().unwrap().len(), 3, "{told}");
}

#[tokio::test]
async fn a_page_of_another_site_and_a_stranger_get_no_socket() {
    let world = World::start().await;
    let viewer = world.somebody("viewer").await;
    let bearer = format!("Bearer {}", viewer.token());

    for (headers, status) in [
        (
            vec![("authorization", bearer.as_str()), ("origin", "null")],
            403,
        ),
        (
            vec![
                ("authorization", bearer.as_str()),
                ("origin", "https://evil.example"),
            ],
            403,
        ),
        (vec![], 401),
    ] {
        let refused = Socket::dial(viewer.base(), "/ws", &headers).await;
        assert_eq!(refused.err(), Some(status), "{headers:?}");
    }
}

#[tokio::test]
async fn the_interface_is_described_on_a_page_of_its_own() {
    let world = World::start().await;

    let answer = send(world.anonymous().request_at(Method::GET, "/docs")).await;

    assert_eq!(answer.status, 200);
    let policy = answer.headers["content-security-policy"].to_str().unwrap();
    assert!(policy.starts_with("default-src 'none'"), "{policy}");
    let page = answer.text();
    assert!(page.contains("/api/v1/executions/{id}/events"));
    assert!(!page.contains("<script"));
}

#[tokio::test]
async fn the_command_line_follows_everything() {
    let mut world = World::start().await;
    world.add_agent("web-1").await;
    let number = world.run(&document()).await;
    world.ended(number).await;

    let said = world
        .ctl(&["events", "--kind", "job,status", "--tail", "200"])
        .await;
    let json = world
        .ctl(&["events", "--kind", "job", "--tail", "200", "-o", "jsonl"])
        .await;

    assert_eq!(said.code, 0, "{}", said.stderr);
    let line = format!("#{number}  one on web-1: succeeded");
    assert!(said.stdout.contains(&line), "{}", said.stdout);
    let last = json.stdout.lines().last().unwrap();
    let last: Value = serde_json::from_str(last).unwrap();
    assert_eq!(
        (&last["apiVersion"], &last["event"]),
        (&json!("pulse/v1"), &json!("job"))
    );
}
