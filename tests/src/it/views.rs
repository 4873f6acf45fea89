//! What an execution shows of itself: its timeline, its end, and what a list leaves out.

use pulse_tests::{World, steps};
use serde_json::{Value, json};

fn entries(execution: &Value) -> Vec<Value> {
    execution["timeline"].as_array().unwrap().clone()
}

#[tokio::test]
async fn an_execution_shows_what_happened_in_it_without_the_output() {
    let mut world = World::start().await;
    world.add_agent("web-1").await;
    let document =
        json!({"steps": [{"name": "Say", "command": "echo hello", "targets": ["web-1"]}]});

    let execution = world.complete(&document).await;

    let timeline = entries(&execution);
    let numbers: Vec<i64> = timeline
        .iter()
        .map(|e| e["seq"].as_i64().unwrap())
        .collect();
    assert!(numbers.is_sorted(), "{numbers:?}");
    assert_eq!(numbers.last(), execution["last_seq"].as_i64().as_ref());
    let has = |event: &str| timeline.iter().any(|entry| entry["event"] == event);
    assert!(has("status") && has("step") && has("job"), "{timeline:?}");
    assert!(!has("output"), "{timeline:?}");
    assert_eq!(timeline.last().unwrap()["status"], "completed");
    assert_eq!(execution["timeline_cut"], false);
    let said = world.ctl(&["execution", "show", "1"]).await;
    assert!(
        said.is(0).contains("execution: completed"),
        "{}",
        said.stdout
    );
}

#[tokio::test]
async fn of_a_long_timeline_the_newest_entries_are_shown() {
    let world = World::start().await;
    let number = world.run(&json!({"steps": [steps::prompt("ask")]})).await;
    let admin = world.admin();
    for _ in 0..100 {
        for verb in ["pause", "resume"] {
            let path = format!("/executions/{number}/{verb}");
            admin.post(&path, &json!({})).await.is(200);
        }
    }

    let execution = world.execution(number).await;

    let timeline = entries(&execution);
    assert_eq!(timeline.len(), 200);
    assert_eq!(timeline[199]["seq"], execution["last_seq"]);
    assert_eq!(execution["timeline_cut"], true);
}

#[tokio::test]
async fn a_list_of_executions_has_no_keys_for_what_it_leaves_out() {
    let world = World::start().await;
    world.run(&json!({"steps": [steps::prompt("ask")]})).await;

    let page = world.admin().get("/executions").await.is(200);

    let listed = page["items"][0].as_object().unwrap();
    assert_eq!(listed["number"], 1);
    for key in ["steps", "prompts", "timeline", "timeline_cut"] {
        assert!(!listed.contains_key(key), "{key}");
    }
}

#[tokio::test]
async fn who_cancels_first_and_why_stays_with_the_execution() {
    let world = World::start().await;
    let mut pause = json!({"name": "Wait", "type": "wait", "duration": 60_000});
    pause["condition"] = json!("always()");
    let last = json!({"name": "Last", "type": "wait", "duration": 60_000});
    let document = json!({"steps": [pause], "finally": [last]});
    let number = world.run(&document).await;
    let path = format!("/executions/{number}/cancel");
    let cancel = async |reason: &str| {
        let body = json!({"reason": reason});
        world.admin().post(&path, &body).await.is(200)
    };

    cancel("wrong version").await;
    cancel("in a hurry").await;

    let execution = world.execution(number).await;
    assert_eq!(execution["cancel_requested_by"], "admin");
    assert_eq!(execution["cancel_reason"], "wrong version");
    let noted = entries(&execution);
    let noted = noted.iter().find(|e| e["reason"] == "cancel_requested");
    assert_eq!(noted.unwrap()["detail"], "wrong version");
    assert_eq!(noted.unwrap()["by"], "admin");
    let said = world.ctl(&["execution", "show", "1"]).await;
    let shown = said.is(0);
    assert!(shown.contains("admin: wrong version\n"), "{shown}");
    assert!(
        shown.contains("cancel requested by admin: wrong version"),
        "{shown}"
    );
}

#[tokio::test]
async fn a_version_that_is_not_there_is_named_with_those_that_are() {
    let world = World::start().await;
    let admin = world.admin();
    for text in ["one", "two", "three"] {
        let document = json!({"description": text, "steps": [steps::prompt("ask")]});
        admin.put("/workflows/plain", &document.to_string()).await;
    }

    let body = json!({"workflow": "plain", "version": 9});
    let refused = admin.post("/executions", &body).await;

    let problem = refused.problem(404, "not_found");
    assert_eq!(
        problem["detail"],
        "workflow plain has no version 9; there are 1 to 3"
    );
    let body = json!({"workflow": "none", "version": 9});
    let refused = admin.post("/executions", &body).await;
    let problem = refused.problem(404, "not_found");
    assert_eq!(problem["detail"], "there is no workflow none");
}

#[tokio::test]
async fn a_plan_shows_the_hosts_of_each_batch() {
    let world = World::start().await;
    let mut workers = Vec::new();
    for name in ["web-1", "web-2", "web-3"] {
        workers.push(world.socket(name).await);
    }
    let document = json!({"steps": [
        {"name": "Change", "targets": ["all"], "command": "true", "condition": "always()",
         "rollout": {"batches": [1, "100%"]}},
        {"name": "Say", "targets": ["web-2"], "command": "true"},
    ]});
    let admin = world.admin();
    admin
        .put("/workflows/change", &document.to_string())
        .await
        .is(201);

    let plan = admin
        .post("/workflows/change/plan", &json!({}))
        .await
        .is(200);

    let step = &plan["steps"][0];
    assert_eq!(step["batches"], json!([["web-1"], ["web-2", "web-3"]]));
    assert_eq!(step["canary"], true);
    assert_eq!(step["condition"], "always()");
    assert_eq!(plan["steps"][1]["batches"], Value::Null);
    let said = world.ctl(&["run", "change", "--dry-run"]).await;
    let shown = said.is(0);
    assert!(
        shown.contains("1 canary: web-1; 2: web-2, web-3"),
        "{shown}"
    );
}

#[tokio::test]
async fn an_execution_that_ran_out_of_time_says_so_and_nobody_cancelled_it() {
    let world = World::start().await;
    let pause = json!({"name": "Wait", "type": "wait", "duration": 60_000});
    let number = world
        .run(&json!({"timeout": 1_000, "steps": [pause]}))
        .await;
    assert_eq!(world.ended(number).await["status"], "timed_out");

    let said = world.ctl(&["execution", "show", "1"]).await;

    let shown = said.is(0);
    assert!(shown.contains("its `timeout` was over"), "{shown}");
    assert!(!shown.contains("Cancelled by"), "{shown}");
}

#[tokio::test]
async fn a_plan_is_of_the_version_that_is_named() {
    let world = World::start().await;
    let _host = world.socket("web-1").await;
    let admin = world.admin();
    for name in ["Old", "New"] {
        let document = json!({"steps": [{"name": name, "targets": ["web-1"], "command": "true"}]});
        admin.put("/workflows/change", &document.to_string()).await;
    }

    let old = world.ctl(&["run", "change@1", "--dry-run"]).await;
    let none = world.ctl(&["run", "change@9", "--dry-run"]).await;

    assert!(old.is(0).contains("Old"), "{}", old.stdout);
    assert!(old.stderr.contains("change version 1"), "{}", old.stderr);
    none.is(7);
    assert!(none.stderr.contains("there are 1 to 2"), "{}", none.stderr);
}
