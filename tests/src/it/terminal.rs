//! What a person sees, and what a script sees instead.

use pulse_tests::{World, places, steps, terminal::key, world::step_of};
use serde_json::{Value, json};

/// A host, and the example with two questions.
async fn world() -> World {
    let mut world = World::start().await;
    world.add_agent("web-1").await;
    let path = places::checkout().join("examples/interactive-update.yaml");
    world
        .ctl(&["workflow", "apply", "-f", path.to_str().unwrap()])
        .await
        .is(0);
    world
}

/// A workflow that only asks.
async fn asking() -> World {
    let world = World::start().await;
    let document = json!({"name": "ask", "steps": [steps::prompt("ask")]});
    let applied = world
        .admin()
        .put("/workflows/ask", &document.to_string())
        .await;
    applied.is(201);
    world
}

async fn newest(world: &World) -> Value {
    let page = world.admin().get("/executions?limit=1").await.is(200);
    let number = page["items"][0]["number"].as_i64().unwrap();
    world.execution(number).await
}

#[tokio::test]
async fn questions_are_answered_with_arrow_keys() {
    let world = world().await;

    let mut terminal = world.terminal(&["run", "interactive-update"]);
    terminal.sees("Upgrade openssl, curl to 1.2.0?");
    terminal.sees("Yes");
    terminal.types(key::DOWN);
    terminal.types(key::UP);
    terminal.types(key::ENTER);
    terminal.sees("Reboot servers?");
    terminal.sees("No");
    terminal.types(key::DOWN);
    terminal.types(key::ENTER);
    let code = terminal.ends();

    assert_eq!(code, 0, "{}", terminal.text());
    let execution = newest(&world).await;
    assert_eq!(execution["status"], "completed");
    assert_eq!(step_of(&execution, "user-approval")["response"], "Yes");
    assert_eq!(step_of(&execution, "reboot-confirmation")["response"], "No");
    assert_eq!(step_of(&execution, "reboot")["status"], "skipped");
    assert_eq!(step_of(&execution, "finally/report")["status"], "succeeded");
}

#[tokio::test]
async fn an_answer_from_elsewhere_closes_the_question_and_says_whose_it_was() {
    let world = asking().await;
    let token = world
        .admin()
        .post("/tokens", &json!({"name": "bob", "role": "operator"}))
        .await;
    let bob = world
        .anonymous()
        .with(token.is(201)["token"].as_str().unwrap());

    let mut terminal = world.terminal(&["run", "ask"]);
    terminal.sees("Go on?");
    let number = newest(&world).await["number"].as_i64().unwrap();
    bob.post(
        &format!("/executions/{number}/respond"),
        &json!({"response": "No"}),
    )
    .await
    .is(200);
    terminal.sees("bob");

    assert_eq!(terminal.ends(), 0, "{}", terminal.text());
}

#[tokio::test]
async fn ctrl_c_lets_go_of_the_execution_and_says_how_to_come_back() {
    let world = asking().await;

    let mut terminal = world.terminal(&["run", "ask"]);
    terminal.sees("Go on?");
    terminal.types(key::INTERRUPT);
    terminal.sees("still running");
    terminal.sees("pulsectl execution watch");

    assert_eq!(terminal.ends(), 130);
    let execution = newest(&world).await;
    assert_eq!(execution["status"], "waiting");
    assert_eq!(execution["prompts"][0]["status"], "open");
}

#[tokio::test]
async fn whoever_comes_back_is_asked_again() {
    let world = asking().await;
    let started = world.ctl(&["run", "ask", "--detach", "--quiet"]).await;
    let id = started.is(0).trim().to_owned();

    let mut terminal = world.terminal(&["execution", "watch", &id]);
    terminal.sees("Go on?");
    terminal.types("1");

    assert_eq!(terminal.ends(), 0, "{}", terminal.text());
    assert_eq!(step_of(&newest(&world).await, "ask")["response"], "Yes");
}

#[tokio::test]
async fn without_a_terminal_an_open_question_is_exit_code_8_with_the_command_that_answers() {
    let world = asking().await;

    let said = world.ctl(&["run", "ask"]).await;

    said.is(8);
    assert!(said.stderr.contains("Go on?"), "{}", said.stderr);
    let number = newest(&world).await["prompts"][0]["number"]
        .as_i64()
        .unwrap();
    let command = format!("pulsectl prompt answer {number}");
    assert!(said.stderr.contains(&command), "{}", said.stderr);
    world
        .ctl(&["prompt", "answer", &number.to_string(), "Yes"])
        .await
        .is(0);
    let again = world
        .ctl(&["prompt", "answer", &number.to_string(), "No"])
        .await;
    again.is(9);
}

#[tokio::test]
async fn a_pipe_and_no_color_have_no_escape_codes() {
    let world = world().await;
    let answers = [
        "--answer",
        "User approval=Yes",
        "--answer",
        "Reboot confirmation=No",
    ];
    let run = [&["run", "interactive-update"][..], &answers].concat();

    let piped = world.ctl(&run).await;
    let mut plain = world.ctl_command();
    plain
        .args(&run)
        .env("NO_COLOR", "1")
        .env("TERM", "xterm-256color");
    let mut terminal = pulse_tests::terminal::Terminal::start(&plain);
    assert_eq!(terminal.ends(), 0, "{}", terminal.text());

    piped.is(0);
    assert!(
        !piped.stdout.contains('\x1b'),
        "{}",
        piped.stdout.escape_debug()
    );
    assert!(
        !piped.stderr.contains('\x1b'),
        "{}",
        piped.stderr.escape_debug()
    );
    assert_eq!(colours(&terminal.bytes()), Vec::<String>::new());
}

/// The parameters of every sequence that sets a colour.
fn colours(bytes: &[u8]) -> Vec<String> {
    let text = String::from_utf8_lossy(bytes);
    let sequences = text.split("\x1b[").skip(1);
    let parameters = sequences.filter_map(|rest| {
        let end = rest.find(|letter: char| letter.is_ascii_alphabetic())?;
        rest[end..].starts_with('m').then(|| rest[..end].to_owned())
    });
    let is_colour = |list: &String| {
        let codes = list.split(';').filter_map(|code| code.parse::<u32>().ok());
        codes
            .into_iter()
            .any(|code| matches!(code, 30..=38 | 40..=48 | 90..=107))
    };
    parameters.filter(is_colour).collect()
}

#[tokio::test]
async fn the_question_is_answered_by_the_flag_and_the_unknown_answer_refused() {
    let world = asking().await;

    let answered = world
        .ctl(&["run", "ask", "--answer", "ask=No", "--no-input"])
        .await;
    let refused = world
        .ctl(&["run", "ask", "--answer", "ask=Maybe", "--no-input"])
        .await;

    answered.is(0);
    assert_ne!(refused.code, 0);
    assert!(refused.stderr.contains("Yes"), "{}", refused.stderr);
}

#[tokio::test]
async fn exit_codes_tell_how_an_execution_ended() {
    let mut world = World::start().await;
    world.add_agent("web-1").await;
    let write = |name: &str, document: Value| {
        let path = world.write(&format!("{name}.yaml"), &document.to_string());
        path.display().to_string()
    };
    let failing = write("failing", steps::one("exit 1", &["all"]));
    let lonely = write("lonely", steps::one("true", &["nowhere"]));
    let mut slow = steps::one("sleep 60", &["all"]);
    slow["timeout"] = json!(500);
    let slow = write("slow", slow);
    let long = write("long", steps::one("sleep 60", &["all"]));

    world.ctl(&["run", "-f", &failing]).await.is(3);
    world.ctl(&["run", "-f", &lonely]).await.is(11);
    world.ctl(&["run", "-f", &slow]).await.is(6);
    world
        .ctl(&["run", "-f", &long, "--timeout", "1s"])
        .await
        .is(124);
    world.ctl(&["execution", "cancel", "@last"]).await.is(0);
    world.ctl(&["execution", "wait", "@last"]).await.is(5);
    world.ctl(&["run", "no-such-workflow"]).await.is(7);
    world.ctl(&["run"]).await.is(2);
}
