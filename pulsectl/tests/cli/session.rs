//! Logging in, contexts, and where tokens may go.

use std::{fs, os::unix::fs::PermissionsExt as _};

use super::fake::{Answer, Fake, Ran, user};

fn server() -> Fake {
    Fake::start(|_, _| Answer::Json(200, user()))
}

/// A call without the token in the environment.
fn run(fake: &Fake, args: &[&str]) -> Ran {
    fake.command(args)
        .env_remove("PULSE_TOKEN")
        .env_remove("PULSE_URL")
        .output()
        .unwrap()
        .into()
}

fn log_in(fake: &Fake) {
    let token = fake.file("token", "my-token\n");
    run(
        fake,
        &[
            "login",
            &fake.url,
            "--token-file",
            &token,
            "--context",
            "dev",
        ],
    )
    .exits(0)
    .prints("as maria (admin), context dev");
}

#[test]
fn a_login_is_remembered_in_a_file_of_ones_own() {
    let fake = server();

    log_in(&fake);

    let path = fake.home.join(".local/state/pulsectl/credentials.yaml");
    assert_eq!(
        fs::metadata(&path).unwrap().permissions().mode() & 0o777,
        0o600
    );
    let config = fs::read_to_string(fake.home.join(".config/pulsectl/config.yaml")).unwrap();
    assert!(!config.contains("my-token"));
    run(&fake, &["whoami"]).exits(0).prints("maria");
    assert_eq!(
        fake.seen().last().unwrap().header("authorization"),
        Some("Bearer my-token")
    );
}

#[test]
fn credentials_that_others_can_read_are_refused() {
    let fake = server();
    log_in(&fake);
    let path = fake.home.join(".local/state/pulsectl/credentials.yaml");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o644)).unwrap();

    run(&fake, &["whoami"])
        .exits(4)
        .tells("can be read by others")
        .tells("chmod 600");
}

#[test]
fn a_stored_token_goes_to_no_other_server() {
    let (fake, other) = (server(), server());
    log_in(&fake);

    run(&fake, &["whoami", "--url", &other.url]).exits(0);

    assert_eq!(other.seen()[0].header("authorization"), None);
}

#[test]
fn a_wrong_token_is_not_stored() {
    let fake = Fake::start(|_, _| Answer::problem(401, "unauthenticated", "unknown token"));
    let token = fake.file("token", "wrong\n");

    run(&fake, &["login", &fake.url, "--token-file", &token])
        .exits(4)
        .tells("unknown token");

    assert!(
        !fake
            .home
            .join(".local/state/pulsectl/credentials.yaml")
            .exists()
    );
}

#[test]
fn a_login_without_a_terminal_needs_a_file() {
    let fake = server();

    run(&fake, &["login", &fake.url])
        .exits(2)
        .tells("--token-file");
}

#[test]
fn logging_out_forgets_the_token() {
    let fake = server();
    log_in(&fake);

    run(&fake, &["logout"])
        .exits(0)
        .tells("forgot the token of dev");
    run(&fake, &["whoami"]).exits(0);

    assert_eq!(fake.seen().last().unwrap().header("authorization"), None);
}

#[test]
fn every_setting_tells_where_it_comes_from() {
    let fake = server();
    log_in(&fake);

    run(&fake, &["context", "show", "--origin"])
        .exits(0)
        .prints("context dev");
    fake.run(&["context", "show", "--origin"])
        .exits(0)
        .prints("PULSE_URL")
        .prints("PULSE_TOKEN");
}

#[test]
fn contexts_are_made_used_renamed_and_removed() {
    let fake = server();
    log_in(&fake);

    run(
        &fake,
        &["context", "set", "prod", "--url", "https://pulse.example"],
    )
    .exits(0);
    run(&fake, &["context", "use", "prod"]).exits(0);
    run(&fake, &["context", "rename", "dev", "test"]).exits(0);
    let listed = run(
        &fake,
        &["context", "ls", "--columns", "current,name", "--no-headers"],
    )
    .exits(0);
    run(&fake, &["context", "rm", "prod"]).exits(0);

    assert_eq!(listed.stdout, "*   prod\n    test\n");
    assert_eq!(run(&fake, &["context", "ls", "-q"]).stdout, "test\n");
    run(&fake, &["context", "use", "tset"])
        .exits(7)
        .tells("did you mean `test`?");
}

#[test]
fn an_own_configuration_keeps_its_credentials_beside_it() {
    let fake = server();
    let token = fake.file("token", "my-token\n");
    let config = fake.home.join("own/config.yaml");

    let ran: Ran = fake
        .command(&["login", &fake.url, "--token-file", &token])
        .env("PULSECTL_CONFIG", &config)
        .output()
        .unwrap()
        .into();

    ran.exits(0);
    assert!(config.exists() && config.with_file_name("credentials.yaml").exists());
}

#[test]
fn the_doctor_exits_3_when_something_is_wrong() {
    let fake = server();

    fake.run(&["doctor", "--url", "http://127.0.0.1:1"])
        .exits(3)
        .prints("✗ tcp: port 1")
        .prints("fix:");
    let json = fake
        .run(&["doctor", "--url", "http://127.0.0.1:1", "--json"])
        .exits(3);

    let report: serde_json::Value = serde_json::from_str(&json.stdout).unwrap();
    assert_eq!(
        (&report["apiVersion"], &report["healthy"]),
        (&"pulse/v1".into(), &false.into())
    );
}

#[test]
fn a_healthy_server_passes_the_doctor() {
    let fake = Fake::start(|request, _| match request.path.as_str() {
        "/health" => Answer::Json(
            200,
            serde_json::json!({
                "status": "ok", "timestamp": "2026-01-01T12:00:00Z", "database": "connected",
                "auth": "token", "version": env!("CARGO_PKG_VERSION")
            }),
        ),
        _ => Answer::Json(200, user()),
    });

    fake.run(&["doctor"])
        .exits(0)
        .prints("✓ server: pulsed")
        .prints("✓ token: maria (admin)");
}

#[test]
fn the_token_of_the_environment_does_not_go_to_the_server_of_a_named_context() {
    let (mine, other) = (server(), server());
    let token_file = mine.file("token", "file-token\n");
    let set = ["context", "set", "other", "--url", &other.url];
    run(&mine, &set).exits(0);
    let set = ["context", "set", "same", "--url", &mine.url];
    run(&mine, &set).exits(0);

    // PULSE_URL and PULSE_TOKEN are of `mine`.
    mine.run(&["-c", "other", "whoami"]).exits(0);
    mine.run(&["-c", "same", "whoami"]).exits(0);
    let by_file: Ran = mine
        .command(&["-c", "other", "whoami"])
        .env_remove("PULSE_TOKEN")
        .env("PULSE_TOKEN_FILE", &token_file)
        .output()
        .unwrap()
        .into();
    by_file.exits(0);

    let seen = other.seen();
    assert_eq!(seen.len(), 2);
    assert!(seen.iter().all(|one| one.header("authorization").is_none()));
    let own = mine.seen();
    assert_eq!(own[0].header("authorization"), Some("Bearer secret-token"));
    let shown = mine.run(&["-c", "other", "context", "show", "--origin"]);
    assert!(!shown.exits(0).stdout.contains("PULSE_TOKEN"));
}

#[test]
fn changes_at_the_same_time_lose_nothing() {
    let fake = server();
    let names: Vec<String> = (0..20).map(|number| format!("c{number}")).collect();

    let running: Vec<_> = names
        .iter()
        .map(|name| {
            let args = ["context", "set", name, "--url", "https://pulse.example"];
            fake.command(&args).spawn().unwrap()
        })
        .collect();
    for mut child in running {
        assert!(child.wait().unwrap().success());
    }

    let listed = run(&fake, &["context", "ls", "-q"]).exits(0).stdout;
    assert_eq!(listed.lines().count(), names.len(), "{listed}");
}

#[test]
fn a_configuration_that_is_a_link_stays_one() {
    let fake = server();
    let kept = fake.file("dotfiles.yaml", "");
    let folder = fake.home.join(".config/pulsectl");
    fs::create_dir_all(&folder).unwrap();
    let link = folder.join("config.yaml");
    std::os::unix::fs::symlink(&kept, &link).unwrap();

    let set = ["context", "set", "prod", "--url", "https://pulse.example"];
    run(&fake, &set).exits(0);

    assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
    assert!(fs::read_to_string(&kept).unwrap().contains("prod"));
}

#[test]
fn a_draft_that_was_refused_is_not_written_over() {
    let fake = server();
    let edit = |text: &str| -> Ran {
        let editor = fake.file("editor", &format!("#!/bin/sh\necho '{text}' > \"$1\"\n"));
        fs::set_permissions(&editor, fs::Permissions::from_mode(0o755)).unwrap();
        let mut command = fake.command(&["config", "edit"]);
        command
            .env("PULSECTL_EDITOR", &editor)
            .output()
            .unwrap()
            .into()
    };

    let first = edit("wrong: here").exits(2);
    let second = edit("wrong: there").exits(2);
    edit("contexts: {}").exits(0);

    let draft = |ran: &Ran| {
        let path = ran.stderr.split("your changes are in ").nth(1).unwrap();
        fs::read_to_string(path.trim()).unwrap()
    };
    assert_eq!(draft(&first), "wrong: here\n");
    assert_eq!(draft(&second), "wrong: there\n");
}

#[test]
fn a_certificate_is_found_from_every_folder() {
    let fake = server();
    let set = [
        "context",
        "set",
        "prod",
        "--url",
        "https://pulse.example",
        "--ca-cert",
        "rel.pem",
    ];

    let ran: Ran = fake
        .command(&set)
        .current_dir(&fake.home)
        .output()
        .unwrap()
        .into();

    ran.exits(0);
    let config = fs::read_to_string(fake.home.join(".config/pulsectl/config.yaml")).unwrap();
    let full = fake.home.canonicalize().unwrap().join("rel.pem");
    assert!(config.contains(&full.display().to_string()), "{config}");
}

#[test]
fn a_login_says_what_of_the_environment_still_wins() {
    let (fake, other) = (server(), server());
    let token = fake.file("token", "my-token\n");
    let login = ["login", &other.url, "--token-file", &token];

    let warned = fake.run(&login).exits(0);
    let alone = run(&fake, &login).exits(0);

    assert!(
        warned
            .stderr
            .contains("PULSE_URL, PULSE_TOKEN in the environment")
    );
    assert!(!alone.stderr.contains("environment"), "{}", alone.stderr);
}

#[test]
fn without_a_home_the_settings_of_the_environment_are_shown() {
    let fake = server();

    let ran: Ran = fake
        .command(&["context", "show", "--origin"])
        .env_remove("HOME")
        .output()
        .unwrap()
        .into();

    ran.exits(0).prints("PULSE_URL").prints("PULSE_TOKEN");
}

#[test]
fn a_changed_context_is_printed_for_programs() {
    let fake = server();
    let set = ["context", "set", "prod", "--url", "https://pulse.example"];
    let printed = |args: &[&str]| -> serde_json::Value {
        let ran = run(&fake, &[args, &["-o", "json"]].concat()).exits(0);
        serde_json::from_str(&ran.stdout).unwrap()
    };

    assert_eq!(printed(&set)["url"], "https://pulse.example");
    assert_eq!(
        printed(&["context", "rename", "prod", "live"])["name"],
        "live"
    );
    assert_eq!(printed(&["logout"])["forgotten"], serde_json::json!([]));
    run(&fake, &["context", "rename", "live", ""]).exits(2);
}
