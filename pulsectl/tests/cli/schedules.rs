//! Schedules from documents, and under names that are taken.

use std::fs;

use serde_json::{Value, json};

use super::fake::{Answer, Fake};

fn view(name: &str, cron: &str) -> Value {
    json!({"name": name, "workflow": {"id": super::fake::EXECUTION_ID, "name": "audit", "version": 2},
        "position": null, "cron": cron, "timezone": "UTC", "overlap": "skip", "missed": "once",
        "inputs": {}, "runs_as": "maria", "created_by": "maria",
        "created_at": "2026-01-01T12:00:00Z", "slots": []})
}

/// A server that has the schedules `old` and `same`, both daily.
fn server() -> Fake {
    Fake::start(|request, _| {
        if request.method == "GET" {
            return Answer::page(&json!([view("old", "@daily"), view("same", "@daily")]));
        }
        let name = request.path.rsplit('/').next().unwrap_or_default();
        let spec = request.json();
        Answer::Json(200, view(name, spec["cron"].as_str().unwrap_or_default()))
    })
}

fn spec(name: &str, cron: &str) -> String {
    format!("name: {name}\nworkflow: audit\ncron: '{cron}'\n")
}

#[test]
fn a_folder_of_schedules_is_applied_and_each_says_what_came_of_it() {
    let fake = server();
    let folder = fake.home.join("schedules");
    fs::create_dir_all(folder.join("below")).unwrap();
    let two = format!("{}---\n{}", spec("old", "@hourly"), spec("same", "@daily"));
    fs::write(folder.join("two.yaml"), two).unwrap();
    fs::write(folder.join("below/new.yml"), spec("new", "@daily")).unwrap();
    let folder = folder.display().to_string();

    let ran = fake
        .run(&["schedule", "apply", "-f", &folder, "-R"])
        .exits(0);
    let text = fake
        .run(&["schedule", "apply", "-R", &folder, "-o", "json"])
        .exits(0)
        .stdout;

    assert_eq!(
        ran.stdout,
        "schedule/new created\nschedule/old updated\nschedule/same unchanged\n"
    );
    let told: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(told["apiVersion"], "pulse/v1");
    let counts = ["created", "updated", "unchanged"].map(|result| told[result].clone());
    assert_eq!(counts, [json!(1), json!(1), json!(1)]);
    assert_eq!(told["schedules"][0]["result"], "created");
}

#[test]
fn a_schedule_that_cannot_be_read_is_told_with_its_line_and_nothing_is_sent() {
    let fake = server();
    let file = fake.file(
        "wrong.yaml",
        &format!(
            "{}---\nname: b\nworkflow: audit\ncrn: x\n",
            spec("a", "@daily")
        ),
    );
    let twice = fake.file(
        "twice.yaml",
        &format!("{}---\n{}", spec("a", "@daily"), spec("a", "@daily")),
    );

    fake.run(&["schedule", "apply", &file])
        .exits(2)
        .tells("wrong.yaml:7:1: this is no schedule")
        .tells("crn");
    fake.run(&["schedule", "apply", &twice])
        .exits(2)
        .tells("both hold the schedule a");

    assert!(fake.seen().is_empty());
}

#[test]
fn a_day_of_a_preview_begins_as_it_does_in_the_time_zone() {
    let fake = server();
    let preview = |from: &str| {
        let ran = fake.run(&[
            "schedule",
            "preview",
            "--cron",
            "30 0 * * *",
            "--tz",
            "Asia/Tokyo",
            "-n",
            "1",
            "-o",
            "name",
            "--from",
            from,
        ]);
        ran.exits(0).stdout
    };

    // Midnight in Tokyo is 15:00 of the day before in UTC.
    assert_eq!(preview("2026-11-23"), "moment/2026-11-22T15:30:00Z\n");
    assert_eq!(
        preview("2026-11-23T00:00:00Z"),
        "moment/2026-11-23T15:30:00Z\n"
    );
}

#[test]
fn what_is_delivered_is_shown_as_it_comes_and_each_once() {
    let delivery = |id: i64| {
        json!({"id": id, "delivery": null, "event": "push", "result": "started", "detail": null,
            "execution": 40 + id, "times": 1, "received_at": "2026-01-01T12:00:00Z",
            "last_at": "2026-01-01T12:00:00Z"})
    };
    let fake = Fake::start(move |request, times| {
        assert!(request.path.ends_with("/deliveries"));
        let newest_first = if times == 0 {
            json!([delivery(1)])
        } else {
            json!([delivery(3), delivery(2), delivery(1)])
        };
        Answer::page(&newest_first)
    });

    let ran = fake
        .run(&["sensor", "events", "audit", "-f", "-q", "--timeout", "5s"])
        .exits(124);

    assert_eq!(ran.stdout, "1\n2\n3\n");
}

#[test]
fn a_sensor_of_events_says_what_it_waits_for_and_nothing_is_delivered_to_it() {
    let fake = Fake::start(|request, _| {
        assert_eq!(request.method, "GET");
        let sensor = json!({"name": "page.event", "workflow": {"id": null, "name": "page", "version": 2},
            "kind": "event", "path": null, "on": ["failed", "monitor_down"], "workflows": ["deploy"],
            "monitors": ["site"], "secrets": [], "missing_secrets": [], "when": null,
            "created_at": "2026-01-01T12:00:00Z", "deliveries": [{"id": 1, "delivery": "#41", "event": "failed",
                "result": "started", "detail": null, "execution": 42, "times": 1,
                "received_at": "2026-01-01T12:00:00Z", "last_at": "2026-01-01T12:00:00Z"}]});
        match request.path.as_str() {
            "/api/v1/sensors" => Answer::page(&json!([sensor])),
            _ => Answer::Json(200, sensor),
        }
    });

    let listed = fake.run(&["sensor", "ls"]).exits(0).stdout;
    let shown = fake.run(&["sensor", "show", "page.event"]).exits(0).stdout;
    let refused = fake.run(&["sensor", "test", "page.event"]).exits(2);

    assert!(
        listed.contains("failed, monitor_down of deploy, site"),
        "{listed}"
    );
    assert!(
        shown.contains("failed (#41)") && shown.contains("started #42"),
        "{shown}"
    );
    assert!(!shown.contains("Address"), "{shown}");
    assert!(
        refused.stderr.contains("waits for events of pulse itself"),
        "{}",
        refused.stderr
    );
}

#[test]
fn a_name_that_was_given_and_is_taken_is_a_conflict_and_another_one_is_told() {
    let fake = Fake::start(|request, _| {
        if request.json()["name"].is_null() {
            return Answer::Json(201, view("audit-2", "@daily"));
        }
        Answer::problem(409, "name_taken", "there is a schedule audit already")
    });
    let create = ["schedule", "create", "audit", "--cron", "@daily"];

    fake.run(&[&create[..], &["--name", "audit"]].concat())
        .exits(9);
    fake.run(&create)
        .exits(0)
        .prints("schedule/audit-2 created")
        .tells("a schedule audit is there already");
}
