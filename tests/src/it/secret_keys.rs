//! The key that secrets are sealed under: made once, never a default, changed while everything runs.

use std::{fs, os::unix::fs::PermissionsExt as _, path::Path};

use pulse_tests::{
    Answer, World,
    client::send,
    world::{KEY_FILE, Said, said},
};
use reqwest::Method;
use serde_json::{Value, json};

const VALUE: &str = "correct-horse-battery-staple";

async fn put(world: &World, name: &str, value: &str) -> Answer {
    let request = world
        .admin()
        .request(Method::PUT, &format!("/secrets/{name}"));
    send(request.json(&json!({"value": value}))).await
}

/// Whether the stored value opens and is this one: to set it again is no new version then.
async fn holds(world: &World, name: &str, value: &str) -> bool {
    let before: Value = world.admin().get(&format!("/secrets/{name}")).await.is(200);
    put(world, name, value).await.is(200)["version"] == before["version"]
}

async fn pulsed(world: &World, arguments: &[&str]) -> Said {
    said(world.servers[0].command(arguments)).await
}

fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap().permissions().mode() & 0o777
}

fn keys(path: &Path) -> Vec<String> {
    let text = fs::read_to_string(path).unwrap();
    let lines = text.lines().filter(|line| !line.starts_with('#'));
    lines.map(str::to_owned).collect()
}

#[tokio::test]
async fn without_a_key_secrets_say_what_to_type_and_nothing_else_suffers() {
    let world = World::start().await;
    fs::remove_file(world.key_file()).unwrap();

    let refused = put(&world, "TOKEN", VALUE).await;
    let listed = world.admin().get("/secrets").await;
    let made = pulsed(&world, &["secrets", "init-key"]).await;
    let again = pulsed(&world, &["secrets", "init-key"]).await;

    let refused = refused.problem(503, "secrets_unavailable");
    assert!(
        refused["hint"]
            .as_str()
            .unwrap()
            .contains("pulsed secrets init-key"),
        "{refused}"
    );
    listed.is(200);
    made.is(0);
    assert_eq!(mode(&world.key_file()), 0o600);
    assert!(again.stderr.contains("exists already"), "{}", again.stderr);
    // The server that runs takes it at once.
    put(&world, "TOKEN", VALUE).await.is(200);
}

#[tokio::test]
async fn each_installation_has_a_key_of_its_own() {
    let world = World::start().await;
    fs::remove_file(world.key_file()).unwrap();
    pulsed(&world, &["secrets", "init-key"]).await.is(0);
    let first = keys(&world.key_file());
    fs::remove_file(world.key_file()).unwrap();

    pulsed(&world, &["secrets", "init-key"]).await.is(0);

    assert_eq!((first.len(), first[0].len()), (1, 64));
    assert_ne!(keys(&world.key_file()), first);
}

#[tokio::test]
async fn a_key_that_others_can_read_is_refused_at_the_start_and_later() {
    let mut world = World::start().await;
    let open = |mode| {
        fs::set_permissions(world.key_file(), fs::Permissions::from_mode(mode)).unwrap();
    };

    open(0o640);
    let by_group = put(&world, "TOKEN", VALUE).await;
    let check = pulsed(&world, &["config", "check"]).await;
    let serve = pulsed(&world, &["serve", "--dev", "--listen", "127.0.0.1:0"]).await;
    open(0o600);
    let closed = put(&world, "TOKEN", VALUE).await;

    let by_group = by_group.problem(503, "secrets_unavailable");
    assert!(
        by_group["hint"].as_str().unwrap().starts_with("chmod 600"),
        "{by_group}"
    );
    for refused in [check, serve] {
        assert_ne!(refused.code, 0);
        assert!(refused.stderr.contains("chmod 600"), "{}", refused.stderr);
    }
    closed.is(200);
    world.server().kill();
}

#[tokio::test]
async fn another_key_is_refused_until_nothing_is_left_that_it_cannot_open() {
    let world = World::start().await;
    put(&world, "TOKEN", VALUE).await.is(200);
    fs::remove_file(world.key_file()).unwrap();
    pulsed(&world, &["secrets", "init-key"]).await.is(0);

    let refused = put(&world, "OTHER", VALUE).await;
    world.admin().delete("/secrets/TOKEN").await.is(204);
    let anew = put(&world, "TOKEN", VALUE).await;

    let refused = refused.problem(503, "secrets_unavailable");
    assert!(
        refused["detail"]
            .as_str()
            .unwrap()
            .contains("has not the key"),
        "{refused}"
    );
    anew.is(200);
    assert!(holds(&world, "TOKEN", VALUE).await);
}

#[tokio::test]
async fn a_rotation_seals_everything_under_another_key_while_the_server_runs() {
    let world = World::start().await;
    for name in ["A", "B", "C"] {
        put(&world, name, VALUE).await.is(200);
    }
    let (file, before) = (world.key_file(), keys(&world.key_file()));
    let ids = "select distinct key_id from secrets";
    let id = world.database.ask(ids).await;

    let rotated = pulsed(&world, &["secrets", "rotate-key"]).await;

    rotated.is(0);
    assert!(rotated.stderr.contains("3 secrets"), "{}", rotated.stderr);
    assert_eq!((keys(&file).len(), mode(&file)), (1, 0o600));
    assert_ne!(keys(&file), before);
    assert_ne!(world.database.ask(ids).await, id);
    assert_eq!(
        world.database.ask("select id from secret_keys").await.len(),
        1
    );
    for name in ["A", "B", "C"] {
        assert!(holds(&world, name, VALUE).await, "{name}");
    }
}

#[tokio::test]
async fn a_rotation_that_was_killed_is_carried_on() {
    for place in [
        "Turn after_commit",
        "Reseal before_commit",
        "Reseal after_commit",
        "Finish after_commit",
    ] {
        let world = World::start().await;
        for name in ["A", "B"] {
            put(&world, name, VALUE).await.is(200);
        }
        let old = keys(&world.key_file());
        let failpoint = world.write("rotate.failpoint", &format!("rotate::{place}"));
        let mut command = world.servers[0].command(&["secrets", "rotate-key"]);
        command.env("PULSE_FAILPOINT", &failpoint);

        let killed = said(command).await;
        let in_between = holds(&world, "A", VALUE).await;
        let carried_on = pulsed(&world, &["secrets", "rotate-key"]).await;

        assert_eq!(killed.code, -1, "{place}: {}", killed.stderr);
        assert!(in_between, "{place}");
        carried_on.is(0);
        assert!(
            carried_on.stderr.contains("carried on"),
            "{place}: {}",
            carried_on.stderr
        );
        assert_eq!(keys(&world.key_file()).len(), 1, "{place}");
        assert_ne!(keys(&world.key_file()), old, "{place}");
        for name in ["A", "B"] {
            assert!(holds(&world, name, VALUE).await, "{place} {name}");
        }
    }
}

#[tokio::test]
async fn two_hosts_rotate_without_a_moment_in_which_one_of_them_knows_no_key() {
    let mut world = World::start().await;
    let other = world.write("other.key", &fs::read_to_string(world.key_file()).unwrap());
    fs::set_permissions(&other, fs::Permissions::from_mode(0o600)).unwrap();
    world.add_server(&[(KEY_FILE, other.to_str().unwrap())]);
    put(&world, "TOKEN", VALUE).await.is(200);
    let at_other = async |value: &str| {
        let request = world.admin_at(1).request(Method::PUT, "/secrets/TOKEN");
        send(request.json(&json!({"value": value}))).await
    };

    pulsed(&world, &["secrets", "rotate-key", "--prepare"])
        .await
        .is(0);
    at_other(VALUE).await.is(200);
    fs::copy(world.key_file(), &other).unwrap();
    pulsed(&world, &["secrets", "rotate-key"]).await.is(0);
    let version = at_other(VALUE).await.is(200)["version"].clone();

    assert_eq!(version, 1);
    assert!(holds(&world, "TOKEN", VALUE).await);
}

#[tokio::test]
async fn a_row_that_was_copied_over_another_does_not_open() {
    let world = World::start().await;
    put(&world, "MINE", VALUE).await.is(200);
    put(&world, "YOURS", "another value").await.is(200);
    let swap = "update secrets set sealed = (select sealed from secrets where name = 'MINE') where name = 'YOURS'";
    world.database.tell(swap).await.unwrap();

    assert!(!holds(&world, "YOURS", VALUE).await);
}

#[tokio::test]
async fn a_backup_holds_what_is_sealed_and_not_the_key() {
    let world = World::start().await;
    put(&world, "TOKEN", VALUE).await.is(200);
    let file = world.folder().join("pulse.dump");

    pulsed(&world, &["backup", file.to_str().unwrap()])
        .await
        .is(0);

    let mut restore = std::process::Command::new("pg_restore");
    restore
        .arg("--file=-")
        .arg(&file)
        .env("PATH", pulse_tests::places::search_path());
    let text = said(restore).await;
    let text = text.is(0);
    assert!(text.contains("secret_versions"));
    assert!(!text.contains(VALUE) && !text.contains(&keys(&world.key_file())[0]));
}

#[tokio::test]
async fn a_file_without_the_key_of_today_turns_nothing_back() {
    let world = World::start().await;
    put(&world, "TOKEN", VALUE).await.is(200);
    let old = world.write("old.key", &fs::read_to_string(world.key_file()).unwrap());
    pulsed(&world, &["secrets", "rotate-key", "--prepare"])
        .await
        .is(0);
    let prepared = world.write("other.key", &fs::read_to_string(world.key_file()).unwrap());
    for _ in 0..2 {
        pulsed(&world, &["secrets", "rotate-key"]).await.is(0);
    }
    let current = "select id from secret_keys where is_current";
    let before = world.database.ask(current).await;

    for file in [old, prepared] {
        fs::set_permissions(&file, fs::Permissions::from_mode(0o600)).unwrap();
        let known = keys(&file);
        let mut command = world.servers[0].command(&["secrets", "rotate-key"]);
        command.env(KEY_FILE, &file);
        let refused = said(command).await;

        assert_ne!(refused.code, 0);
        assert!(
            refused.stderr.contains("has not the key"),
            "{}",
            refused.stderr
        );
        assert_eq!(keys(&file), known);
        assert_eq!(world.database.ask(current).await, before);
    }
    assert!(holds(&world, "TOKEN", VALUE).await);
    put(&world, "OTHER", VALUE).await.is(200);
}
