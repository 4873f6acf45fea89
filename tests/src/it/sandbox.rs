//! Steps that are confined: by their host, and further by themselves.

use pulse_tests::{World, skip, world::jobs_of};
use serde_json::{Value, json};

/// What a shell needs to be started at all.
const SYSTEM: [&str; 6] = ["/usr", "/bin", "/sbin", "/lib", "/lib64", "/etc"];

/// A world with a host that is configured so, or `None` where this machine lacks what it takes.
async fn world(config: &Value, needs: &[(&str, Value)]) -> Option<World> {
    let mut world = World::start().await;
    let mut agent = world.new_agent("web-1").await;
    agent.configure(config);
    world.add(agent).await;
    let view = world.admin().get("/workers/web-1").await.is(200);
    let sandbox = &view["capabilities"]["sandbox"];
    let lacking = needs.iter().find(|(key, wanted)| {
        let is_listed = sandbox[key]
            .as_array()
            .is_some_and(|list| list.contains(wanted));
        sandbox[key] != *wanted && !is_listed
    });
    if let Some((key, wanted)) = lacking {
        skip(&format!("this machine has not {key} {wanted}: {sandbox}"));
        return None;
    }
    Some(world)
}

fn step(command: &str, sandbox: &Value) -> Value {
    json!({"steps": [{"id": "only", "command": command, "targets": ["all"], "sandbox": sandbox}]})
}

/// Runs one command; its job and what it wrote.
async fn run(world: &World, command: &str, sandbox: &Value) -> (Value, String) {
    let execution = world.complete(&step(command, sandbox)).await;
    let job = jobs_of(&execution, "only").remove(0);
    let output = world.output(&job).await;
    (job, String::from_utf8_lossy(&output).into_owned())
}

#[tokio::test]
async fn a_step_that_uses_more_memory_than_it_may_ends_as_oom_and_the_agent_lives() {
    let config = json!({"sandbox": {"memory_mib": 48}});
    let Some(world) = world(&config, &[("controllers", json!("memory"))]).await else {
        return;
    };

    let (job, _) = run(
        &world,
        "head -c 300M /dev/zero | tail | wc -c; exit ${PIPESTATUS:-9}",
        &json!({}),
    )
    .await;
    let (after, _) = run(&world, "true", &json!({})).await;

    assert_eq!(
        (&job["status"], &job["reason"]),
        (&json!("failed"), &json!("oom")),
        "{job}"
    );
    assert_eq!(after["status"], "succeeded");
}

#[tokio::test]
async fn a_step_that_starts_more_processes_than_it_may_ends_as_pids() {
    let Some(world) = world(&json!({}), &[("controllers", json!("pids"))]).await else {
        return;
    };
    let bomb = "for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16; do sleep 5 & done; wait; exit 0";

    let (job, _) = run(&world, bomb, &json!({"processes": 8})).await;

    assert_eq!(
        (&job["status"], &job["reason"]),
        (&json!("failed"), &json!("pids")),
        "{job}"
    );
}

#[tokio::test]
async fn a_step_can_only_tighten_the_limits_of_its_host() {
    let config = json!({"sandbox": {"open_files": 64, "no_new_privileges": true}});
    let Some(world) = world(&config, &[]).await else {
        return;
    };
    let command = "ulimit -n; grep NoNewPrivs /proc/self/status | tr -dc 0-9";

    let (_, wider) = run(&world, command, &json!({"open_files": 1000})).await;
    let (_, tighter) = run(&world, command, &json!({"open_files": 32})).await;

    assert_eq!((wider.as_str(), tighter.as_str()), ("64\n1", "32\n1"));
}

#[tokio::test]
async fn a_step_reaches_only_the_paths_of_its_host_and_of_itself() {
    let folder = std::env::temp_dir().join(format!("pulse-paths-{}", std::process::id()));
    let (open, shut) = (folder.join("open"), folder.join("shut"));
    std::fs::create_dir_all(&open).unwrap();
    std::fs::create_dir_all(&shut).unwrap();
    let config = json!({"sandbox": {"read": SYSTEM, "write": [open]}});
    let Some(world) = world(&config, &[("landlock", json!(true))]).await else {
        return;
    };
    let write = |folder: &std::path::Path| {
        format!(
            "echo key=value >> $PULSE_OUTPUT; echo x > {}/file && cat {0}/file",
            folder.display()
        )
    };

    let (allowed, said) = run(&world, &write(&open), &json!({})).await;
    let (denied, _) = run(&world, &write(&shut), &json!({"write": [shut]})).await;
    let nothing_written = json!({"read": SYSTEM});
    let (narrower, _) = run(&world, &write(&open), &nothing_written).await;

    assert_eq!(
        (&allowed["status"], said.as_str()),
        (&json!("succeeded"), "x\n"),
        "{allowed}"
    );
    assert_eq!(denied["status"], "failed");
    assert!(!shut.join("file").exists());
    assert_eq!(narrower["status"], "failed");
    std::fs::remove_dir_all(folder).unwrap();
}

#[tokio::test]
async fn a_program_that_the_paths_do_not_cover_is_not_started_and_says_why() {
    let config = json!({"sandbox": {"read": ["/srv"]}});
    let Some(world) = world(&config, &[("landlock", json!(true))]).await else {
        return;
    };

    let (job, _) = run(&world, "true", &json!({})).await;

    assert_eq!(
        (&job["status"], &job["reason"]),
        (&json!("failed"), &json!("not_startable")),
        "{job}"
    );
}

#[tokio::test]
async fn every_step_of_a_host_runs_as_its_user() {
    let config = json!({"sandbox": {"user": "nobody", "no_new_privileges": true}});
    let Some(world) = world(&config, &[("user", json!(true))]).await else {
        return;
    };

    let (_, said) = run(&world, "id -un; pwd", &json!({})).await;
    let mut as_root = step("id", &json!({}));
    as_root["steps"][0]["user"] = json!("root");
    let execution = world.complete(&as_root).await;

    assert_eq!(said, "nobody\n/\n");
    assert_eq!(jobs_of(&execution, "only")[0]["reason"], "policy_denied");
}

#[tokio::test]
async fn variables_of_a_step_change_nothing_in_what_confines_it() {
    let config = json!({"sandbox": {"no_new_privileges": true}});
    let Some(world) = world(&config, &[]).await else {
        return;
    };
    let mut document = step(
        "exec 2> /dev/null; grep NoNewPrivs /proc/self/status | tr -dc 0-9; echo \" $LD_PRELOAD\"",
        &json!({}),
    );
    document["steps"][0]["env"] = json!({"LD_PRELOAD": "/nowhere.so"});

    let execution = world.complete(&document).await;

    let job = jobs_of(&execution, "only").remove(0);
    let said = String::from_utf8_lossy(&world.output(&job).await).into_owned();
    assert!(said.contains("1 /nowhere.so"), "{said}");
}

#[tokio::test]
async fn what_a_host_can_confine_is_shown_with_the_worker() {
    let mut world = World::start().await;
    world.add_agent("web-1").await;

    let view = world.admin().get("/workers/web-1").await.is(200);
    let shown = world.ctl(&["worker", "show", "web-1"]).await;

    let level = view["capabilities"]["sandbox"]["level"].as_str().unwrap();
    assert!(["full", "partial", "limits"].contains(&level), "{level}");
    assert!(
        shown
            .is(0)
            .lines()
            .any(|line| line.starts_with("Sandbox") && line.contains(level))
    );
}

#[tokio::test]
async fn a_confined_step_leaves_no_group_behind() {
    let Some(world) = world(&json!({}), &[("controllers", json!("pids"))]).await else {
        return;
    };
    let escape =
        "setsid -f sh -c 'env -i sleep 60'; grep pids /proc/self/cgroup /dev/null | tail -1";

    let (job, said) = run(&world, escape, &json!({"processes": 50})).await;

    assert_eq!(job["status"], "succeeded", "{job}");
    let (_, group) = said.trim().split_once("pids:").unwrap_or_default();
    assert!(group.contains("pulse-step-"), "{said}");
    assert!(
        !std::path::Path::new(&format!("/sys/fs/cgroup/pids{group}")).exists(),
        "{group}"
    );
}

#[tokio::test]
async fn an_agent_counts_what_it_did_for_whoever_asks_on_its_host() {
    let mut world = World::start().await;
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port();
    drop(taken);
    let mut agent = world.new_agent("web-1").await;
    let listen = format!("127.0.0.1:{port}");
    agent
        .configure(&json!({"metrics": {"listen": listen}, "policy": {"allow": "function_blocks"}}));
    world.add(agent).await;
    run(&world, "true", &json!({})).await;

    let answer = reqwest::get(format!("http://{listen}/metrics"))
        .await
        .unwrap();
    let text = answer.text().await.unwrap();

    for line in [
        "pulse_agent_connected 1",
        "pulse_agent_steps_running 0",
        "pulse_agent_failures_total 1",
        "pulse_agent_sandbox_denials_total 1",
        "pulse_agent_oom_kills_total 0",
        "pulse_agent_reconnects_total 0",
        "pulse_agent_steps_started_total 0",
    ] {
        assert!(text.lines().any(|found| found == line), "{line} in {text}");
    }
}

#[tokio::test]
async fn metrics_are_never_served_to_others() {
    let world = World::start().await;
    let mut agent = world.new_agent("web-1").await;
    agent.configure(&json!({"metrics": {"listen": "0.0.0.0:9464"}}));

    let refused = agent.command(&["run"]).output().unwrap();

    assert_eq!(refused.status.code(), Some(78));
    assert!(String::from_utf8_lossy(&refused.stderr).contains("metrics.listen"));
}

#[tokio::test]
async fn the_doctor_has_a_fix_for_everything_that_is_wrong() {
    let mut world = World::start().await;
    let mut agent = world.new_agent("web-1").await;
    agent.configure(&json!({"worker": {"runtimes": ["cobol"]}}));
    world.add(agent).await;
    let config = world.agent("web-1").path("agent.yaml");
    let everybody = std::os::unix::fs::PermissionsExt::from_mode(0o666);
    std::fs::set_permissions(config, everybody).unwrap();

    let told = world.ctl(&["worker", "doctor", "web-1"]).await;

    let said = told.is(3);
    assert!(said.contains("✗ others may change"), "{said}");
    assert!(said.contains("✗ the runtime cobol is configured"), "{said}");
    assert!(
        said.contains("✓ the server takes this host's credential"),
        "{said}"
    );
    assert_eq!(said.matches('✗').count(), 2, "{said}");
    let wrong: Vec<&str> = said
        .lines()
        .skip_while(|line| !line.starts_with('✗'))
        .collect();
    assert!(wrong[1].starts_with("  fix: "), "{said}");
}
