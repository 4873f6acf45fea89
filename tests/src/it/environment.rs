//! Surroundings that are not as they should be: one clear line, and the documented exit code.

use std::time::Duration;

use pulse_tests::{
    Client, World,
    agent::Agent,
    client::{send, try_send},
    cluster::Private,
    eventually::{PATIENCE, eventually_async},
    places,
    server::Server,
    steps,
    world::{Said, said},
};
use reqwest::Method;
use serde_json::json;

/// What a failed program has said: one line of error, perhaps a hint, nothing else.
#[track_caller]
fn one_line(said: &Said, code: i32, words: &[&str]) {
    said.is(code);
    let lines: Vec<_> = said.stderr.lines().collect();
    let errors = lines
        .iter()
        .filter(|line| line.starts_with("error: ") || line.starts_with("pulse-agent: "))
        .count();
    assert_eq!(errors, 1, "{}", said.stderr);
    assert!(!said.stderr.contains("panicked"), "{}", said.stderr);
    for word in words {
        assert!(
            said.stderr.contains(word),
            "no `{word}` in: {}",
            said.stderr
        );
    }
}

#[tokio::test]
async fn a_server_without_its_database_waits_for_it() {
    let mut cluster = Private::stopped();
    let folder = places::new_folder("without-database");
    let mut server = Server::new(&folder, "server-1", &cluster.url());
    server.start();
    let client = Client::anonymous(&server.url());
    let health = async || send(client.request_at(Method::GET, "/health")).await;

    let before = health().await;
    let refused = client.with("pulse_user_x").get("/workers").await;
    cluster.up();
    eventually_async("health", PATIENCE, async || {
        let answer = health().await;
        (answer.status == 200)
            .then_some(())
            .ok_or_else(|| answer.text())
    })
    .await;
    cluster.down();
    eventually_async("the loss of health", Duration::from_secs(10), async || {
        let answer = health().await;
        (answer.status == 503)
            .then_some(())
            .ok_or_else(|| answer.text())
    })
    .await;

    let view = before.is(503);
    assert_eq!(
        (&view["status"], &view["database"]),
        (&json!("degraded"), &json!("disconnected"))
    );
    assert!(matches!(refused.status, 401 | 503), "{}", refused.text());
    assert!(server.stop().success());
    let _ = std::fs::remove_dir_all(folder);
}

#[tokio::test]
async fn calls_are_answered_with_503_while_the_database_is_away() {
    let mut world = World::private(&[]);
    let number = world.run(&json!({"steps": [steps::prompt("ask")]})).await;
    let admin = world.admin();

    world.database.cluster().down();
    let answer = admin.get("/executions").await;
    let started = admin
        .post(
            "/executions",
            &json!({"definition": {"steps": [steps::prompt("ask")]}}),
        )
        .await;
    world.database.cluster().up();
    eventually_async("the database", Duration::from_secs(5), async || {
        let answer = try_send(admin.request(Method::GET, "/executions"))
            .await
            .unwrap();
        (answer.status == 200)
            .then_some(())
            .ok_or_else(|| answer.text())
    })
    .await;

    answer.problem(503, "database_unavailable");
    assert!(answer.headers.contains_key("retry-after"));
    started.problem(503, "database_unavailable");
    assert_eq!(world.execution(number).await["status"], "waiting");
    assert_eq!(
        admin.get("/executions").await.is(200)["items"]
            .as_array()
            .unwrap()
            .len(),
        1
    );
}

#[tokio::test]
async fn a_port_that_is_taken_is_named() {
    let world = World::start().await;
    let taken = world.servers[0].address().to_owned();

    let second = said(world.servers[0].command(&["serve", "--listen", &taken])).await;

    one_line(
        &second,
        1,
        &[&taken, "another program listens there", "hint: "],
    );
}

#[tokio::test]
async fn a_configuration_that_is_wrong_is_named_with_its_place() {
    let world = World::start().await;
    let run = async |yaml: &str, environment: &[(&str, &str)]| {
        let path = world.write("pulsed.yaml", yaml);
        let mut command = std::process::Command::new(places::program("pulsed"));
        command
            .args(["config", "check", "--config"])
            .arg(path)
            .env_clear();
        command.envs(environment.iter().copied());
        said(command).await
    };
    let url = ("PULSE__DATABASE__URL", world.database.url());

    let typo = run("server:\n  lisen: 127.0.0.1:1\n", &[url]).await;
    let broken = run("server: [\n", &[url]).await;
    let missing = run("", &[]).await;
    let nonsense = run("", &[("PULSE__DATABASE__URL", "nonsense")]).await;
    let open = run("server:\n  listen: 0.0.0.0:1\n", &[url]).await;
    let right = run("server:\n  listen: 127.0.0.1:1\n", &[url]).await;

    one_line(&typo, 2, &["pulsed.yaml:2", "did you mean `listen`?"]);
    one_line(&broken, 2, &["pulsed.yaml", "is not YAML"]);
    one_line(&missing, 2, &["no database is configured", "hint: "]);
    one_line(&nonsense, 2, &["database.url"]);
    one_line(&open, 2, &["can be reached from other hosts"]);
    right.is(0);
}

#[tokio::test]
async fn a_database_that_does_not_answer_is_named_without_its_password() {
    let folder = places::new_folder("no-database");
    let url = "postgres://pulse:hunter2@127.0.0.1:1/pulse";
    let server = Server::new(&folder, "server-1", url);

    let migrate = said(server.command(&["migrate"])).await;
    let admin = said(server.command(&["user", "create-admin"])).await;

    for said in [&migrate, &admin] {
        one_line(said, 1, &["127.0.0.1:1", "hint: "]);
        assert!(!said.stderr.contains("hunter2"), "{}", said.stderr);
    }
    let _ = std::fs::remove_dir_all(folder);
}

#[tokio::test]
async fn a_command_line_without_a_server_or_a_token_says_so() {
    let world = World::start().await;
    let with = async |variables: &[(&str, &str)], arguments: &[&str]| {
        let mut command = world.ctl_command();
        command.args(arguments).envs(variables.iter().copied());
        said(command).await
    };
    let away = ("PULSE_URL", "http://127.0.0.1:1");

    let unreachable = with(&[away], &["worker", "ls", "--timeout", "2s"]).await;
    let stranger = with(&[("PULSE_TOKEN", "pulse_user_wrong")], &["worker", "ls"]).await;
    let nobody = with(&[("PULSE_TOKEN", "")], &["worker", "ls"]).await;
    let malformed = with(&[("PULSE_URL", "not a url")], &["worker", "ls"]).await;
    let typo = with(&[], &["wroker", "ls"]).await;

    assert!(matches!(unreachable.code, 12 | 124), "{unreachable:?}");
    one_line(&unreachable, unreachable.code, &["127.0.0.1:1"]);
    one_line(&stranger, 4, &["hint: "]);
    one_line(&nobody, 4, &["pulsectl login"]);
    one_line(&malformed, 2, &["not a url"]);
    one_line(&typo, 2, &["worker"]);
}

#[tokio::test]
async fn an_agent_that_cannot_work_says_why_and_is_not_started_again() {
    let world = World::start().await;
    let url = world.servers[0].url();
    let agent = Agent::new(world.folder(), "web-1", &url);

    let nobody = said(agent.command(&["run"])).await;
    let token = world.write("token", "pulse_enroll_wrong");
    let wrong = said(agent.command(&["enroll", "--token-file", token.to_str().unwrap()])).await;
    let empty = world.write("empty", "");
    let none = said(agent.command(&["enroll", "--token-file", empty.to_str().unwrap()])).await;
    let config = world.write("agent.yaml", "server:\n  ulr: http://127.0.0.1:1\n");
    let mut broken = std::process::Command::new(places::program("pulse-agent"));
    broken
        .arg("run")
        .arg("--config")
        .arg(config)
        .arg("--state-dir")
        .arg(world.folder());
    let broken = said(broken).await;
    let mut nowhere = agent.command(&["run"]);
    nowhere.env_remove("PULSE_SERVER");
    let nowhere = said(nowhere).await;

    one_line(&nobody, 78, &["enroll"]);
    one_line(&wrong, 1, &["pulsectl worker token create"]);
    one_line(&none, 1, &["empty"]);
    one_line(&broken, 78, &["did you mean"]);
    one_line(&nowhere, 78, &["--url"]);
}

#[tokio::test]
async fn an_agent_waits_for_a_server_that_is_away() {
    let mut world = World::start().await;
    let agent = world.new_agent("web-1").await;
    world.server().kill();

    let mut agent = agent;
    agent.start();
    pulse_tests::eventually("a word about the server", PATIENCE, || {
        agent.said().contains("WARN").then_some(())
    });
    world.server().start();
    world.agents.push(agent);

    world.is_online("web-1").await;
}

#[tokio::test]
async fn the_development_stack_starts_with_one_command_and_ends_with_one() {
    let folder = places::new_folder("stack");
    let dir = folder.join("dev").display().to_string();
    let pulsed = async |arguments: &[&str]| {
        let mut command = std::process::Command::new(places::program("pulsed"));
        command
            .args(["dev", "--dir", &dir])
            .args(arguments)
            .env_clear();
        command
            .env("PATH", places::search_path())
            .env("HOME", &folder);
        if let Some(programs) = places::variable("PULSE_PG_BIN") {
            command.env("PULSE_PG_BIN", programs);
        }
        said(command).await
    };

    let started = pulsed(&["--workers", "2", "--listen", "127.0.0.1:0", "--detach"]).await;
    let script =
        format!(". '{dir}/env'; pulsectl worker ls -o name; pulsectl run -f - --answer ask=Yes");
    let mut shell = std::process::Command::new("sh");
    let document = "steps: [{name: ask, message: well, options: [Yes, No]}, {name: say, targets: [all], command: echo done}]";
    shell.arg("-c").arg(format!(
        "echo '{document}' | (cat > '{dir}/run.yaml'); {}",
        script.replace("-f -", &format!("-f '{dir}/run.yaml'"))
    ));
    let programs = places::programs().display().to_string();
    shell
        .env_clear()
        .env("PATH", format!("{programs}:{}", places::search_path()));
    shell.env("HOME", &folder);
    let used = said(shell).await;
    let stopped = pulsed(&["--stop"]).await;
    let _ = std::fs::remove_dir_all(&folder);

    started.is(0);
    let stdout = used.is(0);
    assert!(
        stdout.contains("worker/local-1\nworker/local-2"),
        "{used:?}"
    );
    assert_eq!(stdout.matches("done").count(), 2, "{used:?}");
    stopped.is(0);
}
