//! What is said of documents before anything runs.

use pulse_tests::{steps, world::step_of};
use serde_json::json;

use super::{apply, calling, start, world};

#[tokio::test]
async fn a_document_that_leads_back_to_itself_is_refused_in_its_place_with_the_chain() {
    let world = world().await;
    apply(&world, "a", &steps::one("true", &["web-1"])).await;
    apply(&world, "b", &calling("a", &json!({}))).await;
    apply(&world, "c", &calling("b", &json!({}))).await;

    let text = "steps:\n  - name: Inner\n    workflow: c\n";
    let refused = world.admin().put("/workflows/a", text).await;

    let problem = refused.problem(422, "invalid_workflow");
    let fault = &problem["errors"][0];
    assert_eq!((&fault["line"], &fault["column"]), (&json!(3), &json!(15)));
    let message = fault["message"].as_str().unwrap();
    assert!(message.contains("a -> c -> b -> a"), "{message}");
    let path = world.write("a.yaml", &format!("name: a\n{text}"));
    let said = world
        .ctl(&["workflow", "apply", path.to_str().unwrap()])
        .await;
    assert_ne!(said.code, 0);
    assert!(said.stderr.contains("4:15"), "{}", said.stderr);
    assert!(said.stderr.contains("a -> c -> b -> a"), "{}", said.stderr);
    let own = world
        .admin()
        .put("/workflows/d", "steps: [{id: x, workflow: d@1}]")
        .await;
    own.problem(422, "invalid_workflow");
}

#[tokio::test]
async fn documents_of_one_call_that_run_each_other_are_refused_before_any_is_stored() {
    let world = world().await;
    let a = world.write("a.yaml", "name: a\nsteps: [{id: x, workflow: b}]\n");
    let b = world.write("b.yaml", "name: b\nsteps: [{id: x, workflow: a}]\n");

    let said = world
        .ctl(&[
            "workflow",
            "apply",
            a.to_str().unwrap(),
            b.to_str().unwrap(),
        ])
        .await;

    assert_ne!(said.code, 0);
    assert!(said.stderr.contains("a -> b -> a"), "{}", said.stderr);
    world
        .admin()
        .get("/workflows/a")
        .await
        .problem(404, "not_found");
}

#[tokio::test]
async fn what_is_not_there_yet_is_warned_of_at_first_and_refused_at_the_start() {
    let world = world().await;

    let applied = world
        .admin()
        .put(
            "/workflows/outer",
            &calling("inner", &json!({})).to_string(),
        )
        .await
        .is(201);
    let warning = applied["warnings"][0]["message"]
        .as_str()
        .unwrap()
        .to_owned();
    let started = world
        .admin()
        .post("/executions", &json!({"workflow": "outer"}))
        .await;

    assert!(warning.contains("no inner yet"), "{warning}");
    let problem = started.problem(404, "not_found");
    assert!(
        problem["detail"]
            .as_str()
            .unwrap()
            .contains("step \"sub\" runs inner"),
        "{problem}"
    );
}

#[tokio::test]
async fn what_is_gone_when_its_turn_comes_fails_the_step() {
    let world = world().await;
    apply(&world, "inner", &steps::one("true", &["web-1"])).await;
    let gate = super::gated(&world);
    let outer = json!({"steps": [
        {"id": "first", "command": gate, "targets": ["web-1"]},
        {"id": "sub", "workflow": "inner"},
        {"id": "old", "workflow": "inner@1", "condition": "always()"},
    ]});
    apply(&world, "outer", &outer).await;
    let number = start(&world, "outer", &json!({})).await;
    world.step_is(number, "first", "running").await;
    world.admin().delete("/workflows/inner").await.is(204);
    world.write("gate", "");

    let execution = world.ended(number).await;

    for step in ["sub", "old"] {
        let step = step_of(&execution, step);
        assert_eq!(
            (&step["status"], &step["reason"]),
            (&json!("failed"), &json!("unknown_workflow"))
        );
        assert_eq!(step["detail"], "there is no workflow inner");
    }
}

#[tokio::test]
async fn a_circle_that_came_to_be_since_ends_where_it_closes() {
    let world = world().await;
    apply(&world, "inner", &steps::one("true", &["web-1"])).await;
    apply(&world, "outer", &calling("inner", &json!({}))).await;
    // As two who store at the same moment do, each without seeing what the other does.
    let text = calling("outer", &json!({})).to_string();
    let sha = "sha256(convert_to($t$TEXT$t$, 'utf8'))".replace("TEXT", &text);
    for statement in [
        format!("insert into definitions (sha256, source) values ({sha}, $t${text}$t$)"),
        format!(
            "update workflow_versions set definition = {sha} where workflow_id = (select id from workflows where name = 'inner')"
        ),
    ] {
        world.database.tell(&statement).await.unwrap();
    }

    let number = start(&world, "outer", &json!({})).await;
    let execution = world.ended(number).await;

    let inner = step_of(&execution, "sub")["call"]["execution"]
        .as_i64()
        .unwrap();
    let step = step_of(&world.execution(inner).await, "sub");
    assert_eq!(execution["status"], "failed");
    assert_eq!(step["reason"], "workflow_cycle");
    assert_eq!(
        step["detail"],
        "it would run in circles: outer -> inner -> outer"
    );
}

#[tokio::test]
async fn more_than_eight_inside_each_other_are_refused() {
    let world = world().await;
    apply(&world, "w8", &steps::one("true", &["web-1"])).await;
    for number in (1..8).rev() {
        let callee = format!("w{}", number + 1);
        apply(&world, &format!("w{number}"), &calling(&callee, &json!({}))).await;
    }

    let deepest = world
        .admin()
        .put("/workflows/w0", &calling("w1", &json!({})).to_string())
        .await;
    let number = start(&world, "w1", &json!({})).await;

    deepest.problem(422, "invalid_workflow");
    assert_eq!(world.ended(number).await["status"], "completed");
}

#[tokio::test]
async fn a_plan_shows_the_steps_inside() {
    let world = world().await;
    apply(&world, "inner", &steps::one("true", &["web-1"])).await;
    apply(&world, "outer", &calling("inner@1", &json!({}))).await;

    let plan = world
        .admin()
        .post("/workflows/outer/plan", &json!({}))
        .await
        .is(200);
    let said = world.ctl(&["run", "outer", "--dry-run"]).await;

    let call = &plan["steps"][0];
    assert_eq!(
        (&call["type"], &call["workflow"]),
        (&json!("workflow"), &json!("inner@1"))
    );
    assert_eq!(
        (&call["steps"][0]["id"], &call["steps"][0]["hosts"]),
        (&json!("only"), &json!(["web-1"]))
    );
    said.is(0);
    assert!(
        said.stdout.contains("Only") && said.stdout.contains("inner@1"),
        "{}",
        said.stdout
    );
    let page = world.admin().get("/executions").await.is(200);
    assert_eq!(page["items"], json!([]));
}

#[tokio::test]
async fn a_plan_shows_so_many_steps_and_says_where_it_leaves_some_out() {
    let world = world().await;
    let wait = json!({"type": "wait", "duration": "1ms"});
    let call = json!({"workflow": "leaf"});
    apply(&world, "leaf", &json!({"steps": vec![wait; 60]})).await;
    apply(&world, "broad", &json!({"steps": vec![call; 60]})).await;

    let plan = world
        .admin()
        .post("/workflows/broad/plan", &json!({}))
        .await
        .is(200);

    let planned = plan["steps"].as_array().unwrap();
    assert_eq!(planned[0]["steps"].as_array().unwrap().len(), 60);
    assert_eq!(planned[59]["problem"], "too_many_steps", "{}", planned[59]);
    let inside = planned.iter().filter_map(|step| step["steps"].as_array());
    assert!(inside.map(Vec::len).sum::<usize>() <= 2_000);
}
