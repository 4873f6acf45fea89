//! Following an execution whose steps run others: what they write and ask is shown and answered.

use pulse_tests::{World, steps, world::step_of};
use serde_json::json;

use super::{apply, calling, child, start, world};

/// A workflow that says something and asks, run by another.
async fn asking() -> World {
    let world = world().await;
    let inner = json!({"steps": [
        {"id": "say", "command": "echo hello from inside", "targets": ["web-1"]},
        steps::prompt("ask"),
    ]});
    apply(&world, "inner", &inner).await;
    apply(&world, "outer", &calling("inner", &json!({}))).await;
    world
}

async fn newest(world: &World) -> i64 {
    let page = world
        .admin()
        .get("/executions?workflow=outer&limit=1")
        .await
        .is(200);
    page["items"][0]["number"].as_i64().unwrap()
}

#[tokio::test]
async fn a_question_from_inside_is_asked_and_answered_on_the_terminal() {
    let world = asking().await;

    let mut terminal = world.terminal(&["run", "outer"]);
    terminal.sees("hello from inside");
    terminal.sees("Go on?");
    terminal.types("y");
    let code = terminal.ends();

    assert_eq!(code, 0, "{}", terminal.text());
    let number = newest(&world).await;
    let inner = world.execution(child(&world, number, "sub").await).await;
    assert_eq!(step_of(&inner, "ask")["response"], "Yes");
}

#[tokio::test]
async fn an_answer_given_from_the_start_reaches_inside() {
    let world = asking().await;

    for answer in ["ask=Yes", "sub/ask=Yes"] {
        let said = world
            .ctl(&["run", "outer", "--answer", answer, "--no-input"])
            .await;
        said.is(0);
        assert!(said.stdout.contains("hello from inside"), "{}", said.stdout);
    }
}

#[tokio::test]
async fn without_a_terminal_a_question_from_inside_ends_with_8_and_says_what_to_type() {
    let world = asking().await;

    let said = world.ctl(&["run", "outer"]).await;

    said.is(8);
    let number = newest(&world).await;
    let open = world.prompt(child(&world, number, "sub").await).await;
    let command = format!("pulsectl prompt answer {} Yes", open["number"]);
    assert!(said.stderr.contains(&command), "{}", said.stderr);
}

#[tokio::test]
async fn each_of_the_two_names_the_other() {
    let world = world().await;
    apply(&world, "inner", &steps::one("echo deep", &["web-1"])).await;
    apply(&world, "outer", &calling("inner", &json!({}))).await;
    let number = start(&world, "outer", &json!({})).await;
    world.ended(number).await;
    let inner = child(&world, number, "sub").await;
    let (outer_name, inner_name) = (number.to_string(), inner.to_string());

    let outer = world.ctl(&["execution", "show", &outer_name]).await;
    let shown = world.ctl(&["execution", "show", &inner_name]).await;
    let listed = world.ctl(&["execution", "ls"]).await;
    let logs = world.ctl(&["execution", "logs", &outer_name]).await;

    assert!(
        outer.is(0).contains(&format!("#{inner} of inner")),
        "{}",
        outer.stdout
    );
    assert!(
        shown.is(0).contains(&format!("#{number}, step sub")),
        "{}",
        shown.stdout
    );
    assert!(
        listed.is(0).contains(&format!("step of #{number}")),
        "{}",
        listed.stdout
    );
    logs.is(0);
    assert!(
        logs.stderr
            .contains(&format!("pulsectl execution logs {inner}")),
        "{}",
        logs.stderr
    );
}

#[tokio::test]
async fn the_example_runs_the_other_example() {
    let world = world().await;
    let folder = pulse_tests::places::checkout().join("examples");
    let path = |name: &str| folder.join(name).display().to_string();
    let (inner, outer) = (path("disk-report.yaml"), path("nightly-maintenance.yaml"));
    world
        .ctl(&["workflow", "apply", &outer, &inner])
        .await
        .is(0);

    let said = world
        .ctl(&["run", "nightly-maintenance", "-p", "limit=0"])
        .await;

    said.is(0);
    for line in ["old files would be removed", "% full"] {
        assert!(said.stdout.contains(line), "{}", said.stdout);
    }
    assert!(
        said.stderr.contains("disk-report started"),
        "{}",
        said.stderr
    );
}
