//! What a question asks beside its options: typed, checked, and there for the steps behind it.

use pulse_tests::{
    World,
    terminal::key,
    world::{jobs_of, step_of},
};
use serde_json::{Value, json};

/// A question with a version that must look like one, and a number that need not be given.
fn ask() -> Value {
    json!({"id": "ask", "name": "ask", "type": "prompt", "message": "Ship?", "options": ["Yes", "No"],
    "fields": {
        "version": {"type": "string", "pattern": "[0-9.]+", "description": "of the release"},
        "hosts": {"type": "number", "default": 2},
    }})
}

/// A step that only runs where an expression over the fields holds.
fn only_if(condition: &str) -> Value {
    json!({"id": "then", "name": "then", "type": "wait", "duration": 1, "condition": condition})
}

async fn asked(world: &World, then: Value) -> (i64, String) {
    let number = world.run(&json!({"steps": [ask(), then]})).await;
    let prompt = world.prompt(number).await["number"].to_string();
    (number, format!("/prompts/{prompt}/answer"))
}

async fn stored(world: &World) {
    let then = only_if("steps.ask.fields.version === '1.2' && steps.ask.fields.hosts === 2");
    let document = json!({"name": "ship", "steps": [ask(), then]});
    let stored = world
        .admin()
        .put("/workflows/ship", &document.to_string())
        .await;
    stored.is(201);
}

#[tokio::test]
async fn what_was_filled_in_reaches_the_commands_behind_it() {
    let mut world = World::start().await;
    world.add_agent("web-1").await;
    let then = json!({"id": "then", "name": "then", "targets": ["all"],
        "command": "echo shipping ${{ steps.ask.fields.version }} to ${{ steps.ask.fields.hosts }}"});
    let (number, path) = asked(&world, then).await;

    let body = json!({"response": "Yes", "fields": {"version": "1.2", "hosts": "5"}});
    let answered = world.admin().post(&path, &body).await.is(200);

    assert_eq!(answered["values"], json!({"version": "1.2", "hosts": 5}));
    assert_eq!(answered["fields"][0]["pattern"], "^(?:[0-9.]+)$");
    let execution = world.ended(number).await;
    assert_eq!(execution["status"], "completed");
    let output = world.output(&jobs_of(&execution, "then")[0]).await;
    assert_eq!(String::from_utf8_lossy(&output), "shipping 1.2 to 5\n");
}

#[tokio::test]
async fn everything_that_does_not_fit_is_told_at_once() {
    let world = World::start().await;
    let (number, path) = asked(&world, only_if("true")).await;

    let body = json!({"response": "Yes", "fields": {"hosts": "many", "colour": "red"}});
    let refused = world.admin().post(&path, &body).await;

    let problem = refused.problem(422, "invalid_input");
    let errors = problem["errors"].as_array().unwrap();
    let mut told: Vec<_> = errors
        .iter()
        .map(|error| error["path"].as_str().unwrap())
        .collect();
    told.sort_unstable();
    assert_eq!(told, ["fields.colour", "fields.hosts", "fields.version"]);
    assert_eq!(
        world.execution(number).await["prompts"][0]["status"],
        "open"
    );
    let plain =
        json!({"id": "ask", "name": "ask", "type": "prompt", "message": "Go?", "options": ["Yes"]});
    let number = world.run(&json!({"steps": [plain]})).await;
    let prompt = world.prompt(number).await["number"].to_string();
    let none = world
        .admin()
        .post(&format!("/prompts/{prompt}/answer"), &body)
        .await;
    none.problem(422, "invalid_input");
}

#[tokio::test]
async fn what_was_filled_in_outlives_the_server_and_a_retry() {
    let mut world = World::start().await;
    let pause = json!({"id": "pause", "name": "pause", "type": "wait", "duration": 1200});
    let condition = "steps.ask.fields.version === '1.2' && steps.ask.fields.hosts === 2";
    let document = json!({"steps": [ask(), pause, only_if(condition)]});
    let number = world.run(&document).await;
    let prompt = world.prompt(number).await["number"].to_string();
    let body = json!({"response": "Yes", "fields": {"version": "1.2"}});
    world
        .admin()
        .post(&format!("/prompts/{prompt}/answer"), &body)
        .await
        .is(200);

    world.server().kill();
    world.server().start();

    let execution = world.ended(number).await;
    assert_eq!(step_of(&execution, "then")["status"], "succeeded");
    let again = world
        .admin()
        .post(
            &format!("/executions/{number}/retry"),
            &json!({"from_step": "pause"}),
        )
        .await
        .is(201);
    let again = world.ended(again["number"].as_i64().unwrap()).await;
    assert_eq!(step_of(&again, "then")["status"], "succeeded");
}

#[tokio::test]
async fn a_default_that_nobody_chose_has_the_defaults_of_its_fields() {
    let world = World::start().await;
    let mut step = ask();
    step["timeout"] = json!(300);
    step["default"] = json!("No");
    step["fields"]["version"] = json!({"type": "string", "required": false});

    let then = only_if("steps.ask.fields.hosts === 2 && steps.ask.fields.version === null");
    let execution = world.complete(&json!({"steps": [step, then]})).await;

    assert_eq!(step_of(&execution, "ask")["response"], "No");
    assert_eq!(step_of(&execution, "then")["status"], "succeeded");
}

#[tokio::test]
async fn a_script_fills_in_with_flags_and_learns_what_is_missing_before_anything_starts() {
    let world = World::start().await;
    stored(&world).await;

    let missing = world
        .ctl(&[
            "run",
            "ship",
            "--answer",
            "ask=Yes",
            "--field",
            "ask.hosts=many",
        ])
        .await;
    let ran = world
        .ctl(&[
            "run",
            "ship",
            "--answer",
            "ask=Yes",
            "--field",
            "ask.version=1.2",
        ])
        .await;
    let open = world.ctl(&["run", "ship"]).await;
    let bare = world.ctl(&["prompt", "answer", "2", "Yes"]).await;
    let full = world
        .ctl(&["prompt", "answer", "2", "Yes", "--field", "version=1.2"])
        .await;

    missing.is(2);
    for told in [
        "`version` is required",
        "`hosts` must be a number",
        "nothing was started",
    ] {
        assert!(missing.stderr.contains(told), "{}", missing.stderr);
    }
    ran.is(0);
    assert_eq!(
        step_of(&world.execution(1).await, "then")["status"],
        "succeeded"
    );
    open.is(8);
    bare.is(2);
    assert!(bare.stderr.contains("--field version="), "{}", bare.stderr);
    full.is(0);
    let shown = world.ctl(&["prompt", "show", "2"]).await;
    assert!(shown.is(0).contains("version=1.2"), "{}", shown.stdout);
}

#[tokio::test]
async fn on_a_terminal_fields_are_asked_one_after_the_other() {
    let world = World::start().await;
    stored(&world).await;

    let mut terminal = world.terminal(&["run", "ship"]);
    terminal.sees("Ship?");
    terminal.types(key::ENTER);
    terminal.sees("version (of the release):");
    terminal.types(key::ENTER);
    terminal.sees("version is needed");
    terminal.types("one");
    terminal.types(key::ENTER);
    terminal.sees("hosts (number) [2]:");
    terminal.types(key::ENTER);
    // The pattern is the server's to check: whoever sits there fills it in again.
    terminal.sees("does not match");
    terminal.types(key::ENTER);
    terminal.sees("version (of the release):");
    terminal.types("1.2");
    terminal.types(key::ENTER);
    terminal.sees("hosts (number) [2]:");
    terminal.types(key::ENTER);

    assert_eq!(terminal.ends(), 0, "{}", terminal.text());
    let execution = world.execution(1).await;
    assert_eq!(step_of(&execution, "then")["status"], "succeeded");
}
