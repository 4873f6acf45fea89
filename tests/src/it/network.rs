//! A network that loses, cuts and breaks off.

use std::{io::Write as _, net::TcpStream, time::Duration};

use pulse_tests::{
    Client, World,
    client::{send, try_send},
    eventually::{PATIENCE, eventually_async},
    proxy::{Manner, Proxy},
    steps,
    world::{jobs_of, post_once},
};
use reqwest::Method;
use serde_json::json;

#[tokio::test]
async fn what_is_lost_between_agent_and_server_is_said_again() {
    let mut world = World::start().await;
    let proxy = Proxy::start(world.servers[0].address());
    let agent = world
        .new_agent("web-1")
        .await
        .with("PULSE_SERVER", &proxy.url());
    world.add(agent).await;
    let number = world
        .run(&steps::one(
            "for i in $(seq 1 20); do echo line $i; sleep 0.1; done",
            &["all"],
        ))
        .await;
    world.step_is(number, "only", "running").await;

    for manner in [Manner::Lose, Manner::LoseAnswers] {
        proxy.set(manner);
        let path = format!("/executions/{number}");
        let before = world.admin().get(&path).await.is(200)["last_seq"].clone();
        pulse_tests::eventually::meanwhile(Duration::from_millis(400), async || {
            let seq = world.admin().get(&path).await.is(200)["last_seq"].clone();
            let is_still =
                manner == Manner::LoseAnswers || seq.as_i64() <= before.as_i64().map(|seq| seq + 2);
            is_still
                .then_some(())
                .ok_or_else(|| format!("{before} became {seq}"))
        })
        .await;
        proxy.cut();
        proxy.set(Manner::Pass);
    }
    let execution = world.ended(number).await;

    assert_eq!(execution["status"], "completed");
    let job = jobs_of(&execution, "only").remove(0);
    let lines: Vec<_> = (1..=20).map(|number| format!("line {number}\n")).collect();
    let expected = lines.concat();
    assert_eq!(
        String::from_utf8(world.output(&job).await).unwrap(),
        expected
    );
    assert_eq!(job["attempt"], 1);
}

#[tokio::test]
async fn a_call_whose_answer_is_lost_can_be_repeated_with_its_key() {
    let world = World::start().await;
    let proxy = Proxy::start(world.servers[0].address());
    let body = json!({"definition": {"steps": [steps::prompt("ask")]}});
    let far = Client::anonymous(&proxy.url()).with(world.database.admin());

    proxy.set(Manner::LoseAnswers);
    let request = far
        .request(Method::POST, "/executions")
        .header("idempotency-key", "lost");
    let lost = try_send(request.json(&body).timeout(Duration::from_millis(700))).await;
    proxy.cut();
    proxy.set(Manner::Pass);
    let again = post_once(&far, "/executions", &body, "lost").await.is(201);

    assert!(lost.is_err());
    let page = world.admin().get("/executions").await.is(200);
    let items = page["items"].as_array().unwrap();
    assert_eq!(items.len(), 1);
    assert_eq!(items[0]["id"], again["id"]);
}

#[tokio::test]
async fn callers_that_hang_up_in_the_middle_leave_nothing_behind() {
    let world = World::start().await;
    let address = world.servers[0].address();
    let token = world.admin().token().to_owned();

    for number in 0..200 {
        let mut stream = TcpStream::connect(address).unwrap();
        let head = format!(
            "POST /api/v1/executions HTTP/1.1\r\nhost: pulse\r\nauthorization: Bearer {token}\r\n\
             content-type: application/json\r\ncontent-length: 1000\r\n\r\n{{\"definition\": "
        );
        // Some break off in the head, some in the body.
        let end = if number % 2 == 0 {
            head.len()
        } else {
            20 + number % 40
        };
        stream.write_all(&head.as_bytes()[..end]).unwrap();
    }

    let query = "select count(*) from pg_stat_activity \
                 where datname = current_database() and state like 'idle in transaction%'";
    eventually_async("no open transactions", PATIENCE, async || {
        let open = world.database.ask(query).await;
        (open == ["0"])
            .then_some(())
            .ok_or_else(|| format!("{open:?}"))
    })
    .await;
    assert_eq!(
        world.admin().get("/executions").await.is(200)["items"],
        json!([])
    );
    send(world.anonymous().request_at(Method::GET, "/health"))
        .await
        .is(200);
}

#[tokio::test]
async fn a_body_that_contradicts_its_length_is_refused() {
    use std::io::Read as _;
    let world = World::start().await;
    let token = world.admin().token().to_owned();
    let ask = |extra: &str, body: &str| {
        let mut stream = TcpStream::connect(world.servers[0].address()).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        let request = format!(
            "POST /api/v1/executions HTTP/1.1\r\nhost: pulse\r\nauthorization: Bearer {token}\r\n\
             content-type: application/json\r\n{extra}connection: close\r\n\r\n{body}"
        );
        stream.write_all(request.as_bytes()).unwrap();
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer);
        String::from_utf8_lossy(&answer).into_owned()
    };

    for (extra, body) in [
        ("content-length: 5\r\ncontent-length: 7\r\n", "{}"),
        ("content-length: -1\r\n", "{}"),
        (
            "transfer-encoding: chunked\r\ncontent-length: 2\r\n",
            "zz\r\n{}\r\n0\r\n\r\n",
        ),
    ] {
        let answer = ask(extra, body);
        let status = answer.split(' ').nth(1).unwrap_or_default();
        assert!(
            matches!(status, "400" | "413" | "408" | ""),
            "{extra}: {answer}"
        );
    }
    assert_eq!(
        world.admin().get("/executions").await.is(200)["items"],
        json!([])
    );
}
