//! What goes in, what comes out, and how the end of the one becomes the end of the other.

use pulse_tests::{
    World,
    eventually::{PATIENCE, eventually_async},
    steps,
    world::step_of,
};
use serde_json::{Value, json};

use super::{apply, calling, child, gated, start, world};

/// A workflow that takes a number and a list, and gives what it was given.
fn taking() -> Value {
    json!({
        "inputs": {"count": {"type": "number"}, "hosts": {"type": "list"}, "mode": {"default": "safe"}},
        "steps": [
            {"id": "first", "targets": ["web-1"],
             "command": "echo \"count=$((PULSE_INPUT_COUNT + 1))\" >> $PULSE_OUTPUT; echo both=first >> $PULSE_OUTPUT"},
            {"id": "second", "targets": ["web-1"],
             "command": "echo \"mode=$PULSE_INPUT_MODE $PULSE_INPUT_HOSTS\" >> $PULSE_OUTPUT; echo both=second >> $PULSE_OUTPUT"},
        ],
    })
}

#[tokio::test]
async fn typed_inputs_go_in_and_outputs_come_out() {
    let world = world().await;
    apply(&world, "inner", &taking()).await;
    let outer = json!({
        "inputs": {"hosts": {"type": "list", "default": ["a", "b"]}, "unset": {"required": false}},
        "steps": [
            {"id": "sub", "workflow": "inner", "with": {
                "count": "${{ 40 + 1 }}", "hosts": "${{ inputs.hosts }}", "mode": "${{ inputs.unset }}",
            }},
            {"id": "after", "targets": ["web-1"], "condition": "steps.sub.status === 'succeeded'",
             "command": "echo ${{ steps.sub.outputs.count }} ${{ steps.sub.outputs.mode }} ${{ steps.sub.outputs.both }}"},
        ],
    });
    apply(&world, "outer", &outer).await;

    let number = start(&world, "outer", &json!({})).await;
    let execution = world.ended(number).await;

    assert_eq!(execution["status"], "completed", "{execution}");
    let job = step_of(&execution, "after")["jobs"][0].clone();
    let output = String::from_utf8(world.output(&job).await).unwrap();
    assert_eq!(output, "42 safe [\"a\",\"b\"] second\n");
    let call = step_of(&execution, "sub")["call"].clone();
    let inner = world.execution(call["execution"].as_i64().unwrap()).await;
    assert_eq!(inner["inputs"]["count"], json!(41));
    assert_eq!(inner["inputs"]["hosts"], json!(["a", "b"]));
    assert_eq!(call["outputs"]["count"], "42");
    assert_eq!(
        (&inner["parent"], &inner["parent_step"]),
        (&json!(number), &json!("sub"))
    );
    assert_eq!(inner["started_by"], execution["started_by"]);
}

#[tokio::test]
async fn an_input_that_does_not_fit_fails_the_step_and_starts_nothing() {
    let world = world().await;
    apply(&world, "inner", &taking()).await;
    let with = json!({"count": "${{ 'many' }}", "hosts": ["a"]});
    apply(&world, "outer", &calling("inner", &with)).await;

    let number = start(&world, "outer", &json!({})).await;
    let execution = world.ended(number).await;

    let step = step_of(&execution, "sub");
    assert_eq!(
        (&execution["status"], &step["reason"]),
        (&json!("failed"), &json!("invalid_inputs"))
    );
    let detail = step["detail"].as_str().unwrap();
    assert!(
        detail.contains("input `count` must be a number, not \"many\""),
        "{detail}"
    );
    assert!(step["call"]["execution"].is_null(), "{step}");
}

#[tokio::test]
async fn a_child_that_fails_fails_its_step_which_names_it() {
    let world = world().await;
    apply(&world, "inner", &steps::one("exit 3", &["web-1"])).await;
    let outer = json!({
        "steps": [
            {"id": "sub", "workflow": "inner", "continue_on_error": true},
            {"id": "after", "command": "true", "targets": ["web-1"]},
            {"id": "again", "workflow": "inner"},
            {"id": "never", "command": "true", "targets": ["web-1"]},
        ],
        "on_failure": [{"id": "told", "command": "true", "targets": ["web-1"]}],
    });
    apply(&world, "outer", &outer).await;

    let number = start(&world, "outer", &json!({})).await;
    let execution = world.ended(number).await;

    assert_eq!(execution["status"], "failed");
    let call = step_of(&execution, "sub");
    let inner = call["call"]["execution"].as_i64().unwrap();
    assert_eq!(
        (&call["status"], &call["reason"]),
        (&json!("failed"), &json!("child_failed"))
    );
    assert_eq!(call["detail"], format!("#{inner} failed"));
    let statuses = ["after", "again", "never", "on_failure/told"]
        .map(|step| step_of(&execution, step)["status"].clone());
    assert_eq!(statuses, ["succeeded", "failed", "skipped", "succeeded"]);
}

#[tokio::test]
async fn who_cancels_the_outer_one_cancels_the_inner_one_and_both_tidy_up() {
    let world = world().await;
    let folder = world.folder().display();
    let inner = json!({
        "steps": [{"id": "long", "command": gated(&world), "targets": ["web-1"]}],
        "finally": [{"id": "tidy", "command": format!("echo inner >> {folder}/tidy"), "targets": ["web-1"]}],
    });
    apply(&world, "inner", &inner).await;
    let mut outer = calling("inner", &json!({}));
    outer["finally"] = json!([{"id": "tidy", "command": format!("echo outer >> {folder}/tidy"), "targets": ["web-1"]}]);
    apply(&world, "outer", &outer).await;
    let number = start(&world, "outer", &json!({})).await;
    let inner = child(&world, number, "sub").await;
    world.step_is(inner, "long", "running").await;

    let path = format!("/executions/{number}/cancel");
    world
        .admin()
        .post(&path, &json!({"reason": "wrong"}))
        .await
        .is(200);
    let execution = world.ended(number).await;

    let inner = world.execution(inner).await;
    assert_eq!(
        (&execution["status"], &inner["status"]),
        (&json!("cancelled"), &json!("cancelled"))
    );
    assert_eq!(step_of(&execution, "sub")["status"], "cancelled");
    let tidy = std::fs::read_to_string(world.folder().join("tidy")).unwrap();
    assert_eq!(tidy, "inner\nouter\n");
    let (ended, waited) = (&inner["completed_at"], &execution["completed_at"]);
    assert!(ended.as_str() <= waited.as_str(), "{ended} {waited}");
}

#[tokio::test]
async fn a_timeout_of_the_outer_one_ends_the_inner_one() {
    let world = world().await;
    apply(&world, "inner", &steps::one(&gated(&world), &["web-1"])).await;
    let mut outer = calling("inner", &json!({}));
    outer["timeout"] = json!("1500ms");
    apply(&world, "outer", &outer).await;

    let number = start(&world, "outer", &json!({})).await;
    let execution = world.ended(number).await;

    let inner = child(&world, number, "sub").await;
    assert_eq!(execution["status"], "timed_out");
    assert_eq!(world.execution(inner).await["status"], "cancelled");
}

#[tokio::test]
async fn a_timeout_of_the_step_ends_the_inner_one_and_fails_the_step() {
    let world = world().await;
    apply(&world, "inner", &steps::one(&gated(&world), &["web-1"])).await;
    let mut outer = calling("inner", &json!({}));
    outer["steps"][0]["timeout"] = json!("1500ms");
    apply(&world, "outer", &outer).await;

    let number = start(&world, "outer", &json!({})).await;
    let execution = world.ended(number).await;

    let inner = child(&world, number, "sub").await;
    assert_eq!(world.execution(inner).await["status"], "timed_out");
    let step = step_of(&execution, "sub");
    assert_eq!(execution["status"], "failed");
    assert_eq!(step["reason"], "child_timed_out");
    assert_eq!(step["detail"], format!("#{inner} ran out of time"));
}

#[tokio::test]
async fn the_timeout_of_the_step_runs_while_the_inner_one_waits_for_a_place() {
    let world = world().await;
    let mut gate = steps::one(&gated(&world), &["web-1"]);
    gate["concurrency"] = json!({"group": "one"});
    apply(&world, "gate", &gate).await;
    let mut inner = steps::one("true", &["web-1"]);
    inner["concurrency"] = json!({"group": "one"});
    apply(&world, "inner", &inner).await;
    let mut outer = calling("inner", &json!({}));
    outer["steps"][0]["timeout"] = json!("200ms");
    apply(&world, "outer", &outer).await;
    let holder = start(&world, "gate", &json!({})).await;
    world.step_is(holder, "only", "running").await;

    let number = start(&world, "outer", &json!({})).await;
    let execution = world.ended(number).await;

    let step = step_of(&execution, "sub");
    assert_eq!(step["reason"], "child_timed_out", "{step}");
    world.write("gate", "");
    world.ended(holder).await;
}

#[tokio::test]
async fn who_cancels_the_inner_one_alone_fails_the_step() {
    let world = world().await;
    apply(&world, "inner", &steps::one(&gated(&world), &["web-1"])).await;
    apply(&world, "outer", &calling("inner", &json!({}))).await;
    let number = start(&world, "outer", &json!({})).await;
    let inner = child(&world, number, "sub").await;
    world.step_is(inner, "only", "running").await;

    let path = format!("/executions/{inner}/cancel");
    world.admin().post(&path, &json!({})).await.is(200);
    let execution = world.ended(number).await;

    let step = step_of(&execution, "sub");
    assert_eq!(execution["status"], "failed");
    assert_eq!(step["reason"], "child_cancelled");
    assert_eq!(step["detail"], format!("#{inner} was cancelled"));
}

#[tokio::test]
async fn each_instance_of_a_group_has_its_own_execution() {
    let world = world().await;
    let inner = json!({"inputs": {"name": {}}, "steps": [
        {"id": "say", "targets": ["web-1"], "command": "echo who=$PULSE_INPUT_NAME >> $PULSE_OUTPUT"},
    ]});
    apply(&world, "inner", &inner).await;
    let outer = json!({"steps": [{"id": "all", "foreach": ["ada", "bob", "eve"], "steps": [
        {"id": "sub", "workflow": "inner", "with": {"name": "${{ item }}"}},
    ]}]});
    apply(&world, "outer", &outer).await;

    let number = start(&world, "outer", &json!({})).await;
    let execution = world.ended(number).await;

    assert_eq!(execution["status"], "completed", "{execution}");
    let mut children = Vec::new();
    for name in ["ada", "bob", "eve"] {
        let call = step_of(&execution, &format!("all/{name}/sub"))["call"].clone();
        assert_eq!(call["outputs"]["who"], name);
        children.push(call["execution"].as_i64().unwrap());
    }
    children.sort_unstable();
    children.dedup();
    assert_eq!(children.len(), 3);
}

#[tokio::test]
async fn what_several_give_at_the_same_moment_is_there_for_what_follows_each() {
    let world = world().await;
    let inner = json!({"inputs": {"name": {}}, "steps": [
        {"id": "say", "targets": ["web-1"], "command": "echo who=$PULSE_INPUT_NAME >> $PULSE_OUTPUT"},
    ]});
    apply(&world, "inner", &inner).await;
    let taker = json!({"inputs": {"who": {"default": "nobody"}}, "steps": [{"type": "wait", "duration": "1ms"}]});
    apply(&world, "taker", &taker).await;
    let names: Vec<String> = (0..16).map(|at| format!("n{at}")).collect();
    let outer = json!({"steps": [{"id": "all", "foreach": names, "steps": [
        {"id": "sub", "workflow": "inner", "with": {"name": "${{ item }}"}},
        {"id": "next", "workflow": "taker", "with": {"who": "${{ steps.sub.outputs.who }}"}},
    ]}]});
    apply(&world, "outer", &outer).await;

    for _ in 0..3 {
        let number = start(&world, "outer", &json!({})).await;
        let execution = world.ended(number).await;

        assert_eq!(execution["status"], "completed", "{execution}");
        let given = format!(
            "select count(distinct inputs ->> 'who') from executions where parent = {number} \
               and workflow_name = 'taker' and inputs ->> 'who' <> 'nobody'"
        );
        assert_eq!(world.database.ask(&given).await, ["16"]);
    }
}

/// Lets executions have ended so many days ago.
async fn age(world: &World, number: i64, days: u32) {
    let statement = format!(
        "update executions set completed_at = completed_at - interval '{days} days' where number = {number}"
    );
    world.database.tell(&statement).await.unwrap();
}

#[tokio::test]
async fn an_inner_one_stays_as_long_as_the_outer_one_and_goes_with_it() {
    let world = world().await;
    apply(&world, "inner", &steps::one("true", &["web-1"])).await;
    apply(&world, "outer", &calling("inner", &json!({}))).await;
    let number = start(&world, "outer", &json!({})).await;
    world.ended(number).await;
    let inner = child(&world, number, "sub").await;
    let prune = async || {
        let body = json!({"older_than_seconds": 86_400});
        world.admin().post("/executions/prune", &body).await.is(200)["removed"].clone()
    };

    age(&world, inner, 3).await;
    assert_eq!(prune().await, 0);
    age(&world, number, 2).await;
    assert_eq!(prune().await, 2);
}

#[tokio::test]
async fn inner_ones_go_by_the_name_of_the_outermost_one() {
    let world = world().await;
    apply(&world, "inner", &steps::one("true", &["web-1"])).await;
    apply(&world, "mid", &calling("inner", &json!({}))).await;
    apply(&world, "outer", &calling("mid", &json!({}))).await;
    let number = start(&world, "outer", &json!({})).await;
    world.ended(number).await;
    for each in number..number + 3 {
        age(&world, each, 3).await;
    }
    let prune = async |name: &str| {
        let body = json!({"older_than_seconds": 86_400, "workflow": name});
        world.admin().post("/executions/prune", &body).await.is(200)["removed"].clone()
    };

    assert_eq!(prune("inner").await, 0);
    assert_eq!(prune("outer").await, 3);
}

#[tokio::test]
async fn a_retry_runs_the_inner_one_again_and_a_later_step_keeps_what_it_gave() {
    let world = world().await;
    let folder = world.folder().display();
    apply(&world, "inner", &json!({"steps": [
        {"id": "say", "targets": ["web-1"], "command": format!("echo ran >> {folder}/ran; echo n=7 >> $PULSE_OUTPUT")},
    ]})).await;
    apply(
        &world,
        "outer",
        &json!({"steps": [
            {"id": "sub", "workflow": "inner"},
            {"id": "last", "targets": ["web-1"],
             "command": format!("test -e {folder}/flag && echo ${{{{ steps.sub.outputs.n }}}}")},
        ]}),
    )
    .await;
    let number = start(&world, "outer", &json!({})).await;
    assert_eq!(world.ended(number).await["status"], "failed");
    world.write("flag", "");
    let retry = async |body: Value| {
        let path = format!("/executions/{number}/retry");
        let started = world.admin().post(&path, &body).await.is(201);
        world.ended(started["number"].as_i64().unwrap()).await
    };

    let from = retry(json!({"from_step": "last"})).await;
    let again = retry(json!({})).await;

    let said = async |execution: &Value| {
        let job = step_of(execution, "last")["jobs"][0].clone();
        String::from_utf8(world.output(&job).await).unwrap()
    };
    assert_eq!(
        (&from["status"], said(&from).await.as_str()),
        (&json!("completed"), "7\n")
    );
    assert_eq!(
        (&again["status"], said(&again).await.as_str()),
        (&json!("completed"), "7\n")
    );
    let ran = std::fs::read_to_string(world.folder().join("ran")).unwrap();
    assert_eq!(ran.lines().count(), 2);
}

#[tokio::test]
async fn a_failed_inner_one_is_not_taken_for_one_that_never_began() {
    let world = world().await;
    apply(&world, "inner", &steps::one("false", &["web-1"])).await;
    apply(&world, "outer", &calling("inner", &json!({}))).await;
    let number = start(&world, "outer", &json!({})).await;
    world.ended(number).await;
    let path = format!("/executions/{number}/retry");
    let inner = child(&world, number, "sub").await;

    let unstarted = world.admin().post(&path, &json!({"unstarted": true})).await;
    let failed = world.admin().post(&path, &json!({"failed": true})).await;

    unstarted.problem(409, "conflict");
    let said = failed.problem(409, "conflict");
    assert!(
        said["detail"]
            .as_str()
            .unwrap()
            .contains(&format!("#{inner}")),
        "{said}"
    );
    let both = json!({"unstarted": true, "failed": true});
    let again = world.admin().post(&path, &both).await.is(201);
    let again = world.ended(again["number"].as_i64().unwrap()).await;
    assert_eq!(step_of(&again, "sub")["reason"], "child_failed");
}

#[tokio::test]
async fn what_is_inside_is_begun_where_the_outer_one_was_sent() {
    let mut world = world().await;
    world.add_agent("web-2").await;
    apply(
        &world,
        "inner",
        &json!({"steps": [{"id": "say", "command": "true"}], "targets": ["web-1"]}),
    )
    .await;
    apply(&world, "outer", &calling("inner", &json!({}))).await;

    let body = json!({"workflow": "outer", "targets": ["web-2"]});
    let started = world.admin().post("/executions", &body).await.is(201);
    let number = started["number"].as_i64().unwrap();
    world.ended(number).await;

    let inner = world.execution(child(&world, number, "sub").await).await;
    assert_eq!(step_of(&inner, "say")["jobs"][0]["worker"], "web-2");
}

#[tokio::test]
async fn the_outer_one_is_running_while_the_inner_one_waits_for_a_person() {
    let world = world().await;
    apply(&world, "inner", &json!({"steps": [steps::prompt("ask")]})).await;
    apply(&world, "outer", &calling("inner", &json!({}))).await;
    let number = start(&world, "outer", &json!({})).await;
    let inner = child(&world, number, "sub").await;
    let open = world.prompt(inner).await;

    assert_eq!(world.execution(number).await["status"], "running");
    let path = format!("/prompts/{}/answer", open["number"]);
    world
        .admin()
        .post(&path, &json!({"response": "Yes"}))
        .await
        .is(200);
    eventually_async("the end of both", PATIENCE, async || {
        let view = world.execution(number).await;
        (view["status"] == "completed")
            .then_some(())
            .ok_or_else(|| view.to_string())
    })
    .await;
}

#[tokio::test]
async fn what_is_inside_has_the_place_of_what_is_around_it_and_waits_for_that_of_others() {
    let world = world().await;
    let grouped = |document: Value| {
        let mut document = document;
        document["concurrency"] = json!({"group": "one", "limit": 1});
        document
    };
    apply(&world, "inner", &grouped(steps::one("true", &["web-1"]))).await;
    apply(&world, "outer", &grouped(calling("inner", &json!({})))).await;
    apply(&world, "open", &calling("inner", &json!({}))).await;
    let gate = grouped(steps::one(&gated(&world), &["web-1"]));
    apply(&world, "gate", &gate).await;

    let number = start(&world, "outer", &json!({})).await;
    assert_eq!(world.ended(number).await["status"], "completed");
    let holder = start(&world, "gate", &json!({})).await;
    world.step_is(holder, "only", "running").await;
    let number = start(&world, "open", &json!({})).await;
    let inner = child(&world, number, "sub").await;
    assert_eq!(world.execution(inner).await["status"], "pending");
    world.write("gate", "");

    assert_eq!(world.ended(number).await["status"], "completed");
}
