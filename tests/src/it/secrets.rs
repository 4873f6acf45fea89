//! Secrets are shown once and found nowhere afterwards.

use std::{fs, path::Path};

use pulse_tests::{World, steps};
use serde_json::json;

/// The files below a folder that contain a text.
fn containing(folder: &Path, text: &str) -> Vec<String> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(containing(&path, text));
        } else {
            let bytes = fs::read(&path).unwrap_or_default();
            if bytes
                .windows(text.len())
                .any(|window| window == text.as_bytes())
            {
                found.push(path.display().to_string());
            }
        }
    }
    found
}

#[tokio::test]
async fn no_issued_secret_is_in_a_log_a_spool_or_the_database() {
    let mut world = World::with(&[("PULSE__LOG__LEVEL", "debug")]).await;
    let token = world.enroll_token().await;
    let mut agent = world
        .new_agent("web-1")
        .await
        .with("WORKER_ENROLLMENT_TOKEN", &token);
    agent.set("PULSE__LOG__LEVEL", "debug");
    world.add(agent).await;
    let body = json!({"name": "script", "role": "operator"});
    let user = world.admin().post("/tokens", &body).await.is(201)["token"].clone();
    let user = user.as_str().unwrap().to_owned();
    world.anonymous().with(&user).get("/user").await.is(200);
    world
        .complete(&steps::one("env; echo done", &["all"]))
        .await;
    let said = world.ctl(&["worker", "ls", "--debug"]).await;
    let credential = world.agent("web-1").credential()["credential"]
        .as_str()
        .unwrap()
        .to_owned();

    // The secret half of each; the id in front of it is no secret.
    let secret = |token: &str| token.split('_').nth(3).unwrap().to_owned();
    let admin = world.database.admin().to_owned();
    let dump = world.database.dump();
    for token in [&token, &user, &credential, &admin] {
        let secret = secret(token);
        let files = containing(world.folder(), &secret);
        let is_own = |file: &&String| !file.ends_with("credential.json");
        let leaks: Vec<_> = files.iter().filter(is_own).collect();
        assert!(leaks.is_empty(), "{leaks:?}");
        assert!(!dump.contains(&secret), "a secret in the database");
        assert!(!said.stderr.contains(&secret) && !said.stdout.contains(&secret));
    }
}
