//! The three documents of the seed, byte for byte, on two hosts with harmless stand-ins.

use pulse_tests::{
    World,
    client::send,
    places,
    world::{jobs_of, prompt, step_of},
};
use reqwest::Method;
use serde_json::{Value, json};

const DOCUMENTS: [&str; 3] = [
    "disk-space-check",
    "interactive-system-update",
    "backup-with-verification",
];

fn text(document: &str) -> String {
    places::read(&format!("examples/{document}.json"))
}

/// A world whose hosts only write down what they were asked to do.
async fn world() -> World {
    let mut world = World::start().await;
    let ledger = world.ledger();
    let path = ledger.path().display().to_string();
    for name in ["apt", "reboot", "tar", "find"] {
        world.stand_in(
            name,
            &format!("echo \"$PULSE_WORKER {name} $*\" >> '{path}'"),
        );
    }
    let bin = world.stand_in("df", "echo Filesystem");
    let search = format!("{}:{}", bin.display(), places::search_path());
    for name in ["web-1", "web-2"] {
        let agent = world.new_agent(name).await.with("PATH", &search);
        world.add(agent).await;
    }
    world
}

/// What one host was asked to do, in order.
fn done_by(world: &World, worker: &str) -> Vec<String> {
    let text = std::fs::read_to_string(world.folder().join("ledger")).unwrap();
    let own = text
        .lines()
        .filter_map(|line| line.strip_prefix(worker)?.strip_prefix(' '));
    own.map(str::to_owned).collect()
}

/// Creates a workflow in the seed's form and starts it; its number.
async fn start(world: &World, document: &str) -> i64 {
    let definition: Value = serde_json::from_str(&text(document)).unwrap();
    let body = json!({"name": document, "definition": definition});
    let created = send(
        world
            .admin()
            .request_at(Method::POST, "/api/workflows")
            .json(&body),
    );
    let created = created.await.is(201);
    assert_eq!(created["definition"], definition);
    let body = json!({"workflow_id": created["id"]});
    let started = send(
        world
            .admin()
            .request_at(Method::POST, "/api/executions")
            .json(&body),
    );
    started.await.is(201)["number"].as_i64().unwrap()
}

async fn respond(world: &World, number: i64, step: &str, response: &str) {
    let open = prompt(&world.admin(), number).await;
    assert_eq!(open["step"], step);
    let path = format!("/api/executions/{number}/respond");
    let request = world.admin().request_at(Method::POST, &path);
    send(request.json(&json!({"response": response})))
        .await
        .is(200);
}

#[tokio::test]
async fn the_disk_check_runs_on_every_host() {
    let world = world().await;

    let number = start(&world, "disk-space-check").await;
    let execution = world.ended(number).await;

    assert_eq!(execution["status"], "completed");
    let jobs = jobs_of(&execution, "check-disk-space");
    let hosts: Vec<_> = jobs.iter().map(|job| job["worker"].clone()).collect();
    assert_eq!(hosts, ["web-1", "web-2"]);
    for job in &jobs {
        assert_eq!(world.output(job).await, b"Filesystem\n");
    }
}

#[tokio::test]
async fn the_update_upgrades_and_restarts_where_both_answers_are_yes() {
    let world = world().await;

    let number = start(&world, "interactive-system-update").await;
    respond(&world, number, "user-approval", "Yes").await;
    respond(&world, number, "reboot-confirmation", "Yes").await;
    let execution = world.ended(number).await;

    assert_eq!(execution["status"], "completed");
    for worker in ["web-1", "web-2"] {
        assert_eq!(
            done_by(&world, worker),
            ["apt update", "apt upgrade -y", "reboot "]
        );
    }
}

#[tokio::test]
async fn the_update_changes_nothing_where_both_answers_are_no() {
    let world = world().await;

    let number = start(&world, "interactive-system-update").await;
    respond(&world, number, "user-approval", "No").await;
    respond(&world, number, "reboot-confirmation", "No").await;
    let execution = world.ended(number).await;

    assert_eq!(execution["status"], "completed");
    for step in ["upgrade-packages", "reboot-servers"] {
        assert_eq!(step_of(&execution, step)["status"], "skipped");
        assert_eq!(step_of(&execution, step)["reason"], "condition_false");
    }
    assert_eq!(done_by(&world, "web-1"), ["apt update"]);
    assert_eq!(done_by(&world, "web-2"), ["apt update"]);
}

#[tokio::test]
async fn the_backup_expands_its_date_in_the_shell_and_waits_for_five_seconds() {
    let world = world().await;

    let number = start(&world, "backup-with-verification").await;
    respond(&world, number, "cleanup-decision", "Yes").await;
    let execution = world.ended(number).await;

    assert_eq!(execution["status"], "completed");
    let done = done_by(&world, "web-1");
    let archive = done[0].strip_prefix("tar -czf /tmp/backup-").unwrap();
    let date = archive.strip_suffix(".tar.gz /opt/pulse-worker").unwrap();
    assert!(
        date.len() == 8 && date.bytes().all(|digit| digit.is_ascii_digit()),
        "{date}"
    );
    assert_eq!(done[2], "find /tmp -name backup-*.tar.gz -mtime +7 -delete");
    let verify = jobs_of(&execution, "verify-backup");
    assert_eq!(world.output(&verify[0]).await, b"OK\n");
    let at = |step: &str, key: &str| {
        let text = step_of(&execution, step)[key].as_str().unwrap().to_owned();
        text.parse::<jiff::Timestamp>().unwrap()
    };
    let waited =
        at("verify-backup", "started_at").duration_since(at("create-backup", "completed_at"));
    assert!(waited.as_millis() >= 5000, "{waited}");
}

#[tokio::test]
async fn documents_are_kept_byte_for_byte_and_applied_once() {
    let world = World::start().await;

    for document in DOCUMENTS {
        let path = places::checkout().join(format!("examples/{document}.json"));
        let path = path.to_str().unwrap();
        let first = world.ctl(&["workflow", "apply", "-f", path]).await;
        let second = world.ctl(&["workflow", "apply", "-f", path]).await;

        assert!(first.is(0).contains("created"), "{first:?}");
        assert!(second.is(0).contains("unchanged"), "{second:?}");
        let stored = world
            .admin()
            .get(&format!("/workflows/{document}"))
            .await
            .is(200);
        assert_eq!(stored["source"], text(document));
        assert_eq!(stored["version"], 1);
    }
}

#[tokio::test]
async fn the_update_runs_from_the_command_line_with_answers_given_beforehand() {
    let world = world().await;
    let path = places::checkout().join("examples/interactive-system-update.json");
    world
        .ctl(&["workflow", "apply", "-f", path.to_str().unwrap()])
        .await
        .is(0);

    let said = world
        .ctl(&[
            "run",
            "interactive-system-update",
            "--no-input",
            "--answer",
            "User approval=Yes",
            "--answer",
            "Reboot confirmation=No",
        ])
        .await;

    said.is(0);
    assert_eq!(done_by(&world, "web-1"), ["apt update", "apt upgrade -y"]);
    assert_eq!(done_by(&world, "web-2"), ["apt update", "apt upgrade -y"]);
}
