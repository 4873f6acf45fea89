//! The example that deploys on push, with a repository of git's own and stand-ins for what it installs with.

use std::{fs, path::Path, process::Command};

use pulse_tests::{World, client::send, places, skip::skip};
use serde_json::{Value, json};

use super::{SECRET, gitea, push, set_secret};

/// Runs git in a folder; gives what it prints.
fn git(folder: &Path, arguments: &[&str]) -> String {
    let identity = ["-c", "user.name=jo", "-c", "user.email=jo@pulse.invalid"];
    let output = Command::new("git")
        .args(identity)
        .args(arguments)
        .current_dir(folder)
        .output()
        .unwrap();
    assert!(output.status.success(), "{arguments:?}: {output:?}");
    String::from_utf8(output.stdout).unwrap().trim().to_owned()
}

/// Commits a version of the service, and gives the commit.
fn commit(work: &Path, version: &str) -> String {
    fs::write(work.join("version"), version).unwrap();
    git(work, &["add", "version"]);
    git(work, &["commit", "--quiet", "-m", version]);
    git(work, &["push", "--quiet", "origin", "HEAD:main"]);
    git(work, &["rev-parse", "HEAD"])
}

/// The example as it is written, but for the places on its host.
fn example(world: &World) -> String {
    let text = places::read("examples/deploy-on-push.yaml");
    let folder = world.folder().display().to_string();
    // What is restarted runs unless its version is a bad one.
    let bin = world.stand_in(
        "systemctl",
        &format!("cd {folder}/app; echo \"$1 $(cat version)\" >> ../log; [ \"$1\" = restart ] || ! grep -q bad version"),
    );
    world.stand_in(
        "npm",
        &format!("echo \"npm $(cat version)\" >> {folder}/log"),
    );
    let path = format!("{}:/usr/local/bin:/usr/bin:/bin", bin.display());
    let changed = text
        .replace("/opt/pulse-server", &format!("{folder}/app"))
        .replace("/var/tmp/pulse-deploy", &format!("{folder}/deploy"))
        .replace(
            "  timeout: 10m\n",
            &format!("  timeout: 10m\n  env: {{PATH: '{path}'}}\n"),
        )
        .replace("retry: {max: 5, delay: 2s}", "retry: {max: 1, delay: 1ms}");
    assert!(
        !changed.contains("/opt") && !changed.contains("/var/tmp"),
        "{changed}"
    );
    changed
}

async fn deployed(world: &World, commit: &str) -> Value {
    let body = push("main", commit).to_string();
    let path = "/hooks/deploy-on-push";
    let answer = send(gitea(world, path, (SECRET, &body))).await.is(202);
    world.ended(answer["execution"].as_i64().unwrap()).await
}

#[tokio::test]
async fn the_example_deploys_a_push_and_goes_back_where_the_service_does_not_run() {
    if !Path::new("/usr/bin/git").exists() && !Path::new("/usr/local/bin/git").exists() {
        return skip("git is not installed");
    }
    let mut world = World::start().await;
    set_secret(&world, "DEPLOY_HOOK", SECRET).await;
    let folder = world.folder().to_owned();
    let (origin, work, app) = (
        folder.join("origin"),
        folder.join("work"),
        folder.join("app"),
    );
    git(
        &folder,
        &["init", "--quiet", "--bare", "-b", "main", "origin"],
    );
    git(
        &folder,
        &["clone", "--quiet", origin.to_str().unwrap(), "work"],
    );
    commit(&work, "one");
    git(
        &folder,
        &["clone", "--quiet", origin.to_str().unwrap(), "app"],
    );
    fs::write(app.join(".env"), "DB_PASSWORD=kept\n").unwrap();
    world.add_agent("web-1").await;
    let groups = json!({"groups": ["pulse-server"]});
    world.admin().patch("/workers/web-1", &groups).await.is(200);
    let document = example(&world);
    world
        .admin()
        .put("/workflows/deploy-on-push", &document)
        .await
        .is(201);

    let good = commit(&work, "two");
    let first = deployed(&world, &good).await;
    let at_first = git(&app, &["rev-parse", "HEAD"]);
    let second = deployed(&world, &commit(&work, "bad")).await;

    assert_eq!(first["status"], "completed", "{first}");
    assert_eq!(at_first, good);
    assert_eq!(
        (&second["status"], &second["outcome"]),
        (&json!("failed"), &json!("rolled_back")),
        "{second}"
    );
    assert_eq!(git(&app, &["rev-parse", "HEAD"]), good);
    assert_eq!(
        fs::read_to_string(app.join(".env")).unwrap(),
        "DB_PASSWORD=kept\n"
    );
    let log = fs::read_to_string(folder.join("log")).unwrap();
    let lines: Vec<&str> = log.lines().collect();
    let brought_back = &lines[lines.len() - 2..];
    assert_eq!(
        lines[..3],
        ["npm two", "restart two", "is-active two"],
        "{log}"
    );
    assert_eq!(brought_back, ["npm two", "restart two"], "{log}");
}
