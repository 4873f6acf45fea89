//! How schedules are made, shown and changed.

use futures_util::future::join_all;
use serde_json::{Value, json};

use super::{NEVER, count, create, fire, world};

#[tokio::test]
async fn the_schedules_of_a_document_follow_it() {
    let world = world().await;
    let document =
        |triggers: &str| format!("{triggers}steps:\n- {{id: rest, type: wait, duration: 1ms}}\n");
    let apply = async |triggers: &str| {
        let path = "/workflows/nightly";
        assert!(world.admin().put(path, &document(triggers)).await.status < 300);
    };
    let names = async || {
        let listed = world.admin().get("/schedules").await.is(200);
        let items = listed["items"].as_array().unwrap().clone();
        items
            .iter()
            .map(|item| format!("{} {}", item["name"], item["cron"]))
            .collect::<Vec<_>>()
    };

    apply("triggers: {schedule: [{cron: '0 1 1 1 *'}, {cron: '0 2 1 1 *', timezone: Europe/Berlin}]}\n").await;
    let two = names().await;
    apply("triggers: {schedule: [{cron: '0 3 1 1 *', overlap: allow}]}\n").await;
    let one = names().await;
    let slot = fire(&world, "nightly.1").await;
    let removed = world.admin().delete("/schedules/nightly.1").await;
    apply("").await;

    assert_eq!(
        two,
        ["\"nightly.1\" \"0 1 1 1 *\"", "\"nightly.2\" \"0 2 1 1 *\""]
    );
    assert_eq!(one, ["\"nightly.1\" \"0 3 1 1 *\""]);
    let started = world.execution(slot["execution"].as_i64().unwrap()).await;
    assert_eq!(started["started_by"], "pulse");
    assert_eq!(started["workflow"]["version"], 2);
    removed.problem(409, "conflict");
    assert_eq!(names().await, Vec::<String>::new());
}

#[tokio::test]
async fn what_no_schedule_can_be_is_refused_with_what_would_be_right() {
    let world = world().await;
    let refused = async |arguments: &[&str]| {
        let said = world
            .ctl(&[&["schedule", "create"], arguments].concat())
            .await;
        (said.code, said.stderr)
    };

    let (seconds, why) = refused(&["brief", "--cron", "0 30 2 * * *"]).await;
    assert_eq!(seconds, 2);
    assert!(
        why.contains("five fields") && why.contains("there are no seconds"),
        "{why}"
    );
    let (zone, why) = refused(&["brief", "--cron", "@daily", "--tz", "Europe/Berlim"]).await;
    assert_eq!(zone, 2);
    assert!(why.contains("did you mean `Europe/Berlin`?"), "{why}");
    assert_eq!(refused(&["nothing", "--cron", "@daily"]).await.0, 7);
    assert_eq!(
        refused(&["brief", "--cron", "@daily", "-p", "a=b"]).await.0,
        2
    );
    assert_eq!(
        refused(&["brief", "--cron", "@daily", "--name", "x"])
            .await
            .0,
        0
    );
    assert_eq!(
        refused(&["brief", "--cron", "@daily", "--name", "x"])
            .await
            .0,
        9
    );
    let viewer = world.somebody("viewer").await;
    let spec = json!({"workflow": "brief", "cron": "@daily"});
    viewer
        .post("/schedules", &spec)
        .await
        .problem(403, "forbidden");
}

#[tokio::test]
async fn a_preview_marks_the_days_on_which_the_clocks_change() {
    let world = world().await;
    let said = world
        .ctl(&[
            "schedule",
            "preview",
            "--cron",
            "30 2 * * *",
            "--tz",
            "Europe/Berlin",
            "--from",
            "2026-03-27T12:00:00Z",
            "-n",
            "3",
            "-o",
            "json",
        ])
        .await;

    let moments: Value = serde_json::from_str(said.is(0)).unwrap();
    assert_eq!(moments[1]["due_at"], "2026-03-29T01:00:00Z");
    assert_eq!(moments[1]["local"], "Sun 2026-03-29 03:00 CEST");
    assert_eq!(
        moments[1]["note"],
        "clocks go forward: the time that is meant does not exist"
    );
    assert_eq!(moments[2]["note"], Value::Null);
}

#[tokio::test]
async fn schedules_are_as_a_file_says() {
    let world = world().await;
    let file = "name: night\nworkflow: brief\ncron: 0 2 1 1 *\ntimezone: Europe/Berlin\nmissed: skip\n\
        ---\nname: week\nworkflow: brief\ncron: '@weekly'\n";
    let file = world.write("schedules.yaml", file);
    let apply = ["schedule", "apply", "-f", file.to_str().unwrap()];

    let first = world.ctl(&apply).await;
    let again = world.ctl(&apply).await;

    assert_eq!(
        first.is(0),
        "schedule/night created\nschedule/week created\n"
    );
    assert_eq!(
        again.is(0),
        "schedule/night unchanged\nschedule/week unchanged\n"
    );
    let night = world.admin().get("/schedules/night").await.is(200);
    assert_eq!(
        (&night["timezone"], &night["missed"]),
        (&json!("Europe/Berlin"), &json!("skip"))
    );
    assert_eq!(count(&world, "schedules").await, 2);
    world.ctl(&["schedule", "rm", "week", "--yes"]).await.is(0);
    assert_eq!(count(&world, "schedules").await, 1);
}

#[tokio::test]
async fn schedules_that_are_made_at_once_are_as_many_as_were_asked_for() {
    let mut world = world().await;
    world.add_server(&[]);
    let clients = [world.admin(), world.admin_at(1)];
    let unnamed = json!({"workflow": "brief", "cron": NEVER});

    let made = join_all((0..20).map(|index| clients[index % 2].post("/schedules", &unnamed))).await;

    for answer in &made {
        answer.is(201);
    }
    assert_eq!(count(&world, "schedules").await, 20);
    for round in 0..10 {
        let name = format!("night-{round}");
        let named = ["brief", "asking"]
            .map(|workflow| json!({"workflow": workflow, "cron": NEVER, "name": name}));
        let posts = clients.iter().zip(&named);
        let two = join_all(posts.map(|(client, spec)| client.post("/schedules", spec))).await;

        let mut statuses = [two[0].status, two[1].status];
        statuses.sort_unstable();
        assert_eq!(statuses, [201, 409], "{}", two[1].text());
        let winner = two.iter().find(|answer| answer.status == 201).unwrap();
        let kept = world.admin().get(&format!("/schedules/{name}")).await;
        assert_eq!(kept.is(200)["workflow"], winner.json()["workflow"]);
    }
}

#[tokio::test]
async fn a_secret_that_was_replaced_makes_and_resumes_no_schedule() {
    let world = world().await;
    create(&world, json!({"workflow": "brief"})).await;
    let body = json!({"name": "maria", "role": "operator"});
    let token = world.admin().post("/tokens", &body).await.is(201);
    let old = world.anonymous().with(token["token"].as_str().unwrap());
    let path = format!("/tokens/{}/rotate", token["id"].as_str().unwrap());
    let overlap = json!({"overlap_seconds": 600});
    let rotated = world.admin().post(&path, &overlap).await.is(200);
    let new = world.anonymous().with(rotated["token"].as_str().unwrap());
    let spec = json!({"workflow": "brief", "cron": NEVER, "name": "mine"});
    let resume = "/schedules/brief/resume";

    let made = old.post("/schedules", &spec).await;
    let resumed = old.post(resume, &json!({})).await;
    let paused = old.post("/schedules/brief/pause", &json!({})).await;

    made.problem(403, "forbidden");
    resumed.problem(403, "forbidden");
    paused.is(200);
    new.post("/schedules", &spec).await.is(201);
    assert_eq!(
        new.post(resume, &json!({})).await.is(200)["runs_as"],
        "maria"
    );
}
