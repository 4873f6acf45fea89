//! `pulsed doctor`: what it finds, with real databases, files and ports.

use std::{fs, net::TcpListener, os::unix::fs::PermissionsExt as _, path::Path};

use pulse_tests::{
    World,
    cluster::Private,
    database::Database,
    eventually::{PATIENCE, eventually_async},
    places,
    server::Server,
    world::{Said, said},
};
use serde_json::Value;

/// What the doctor says of a server that would be configured like this.
async fn examined(server: &Server, environment: &[(&str, &str)]) -> (Said, Value) {
    let mut command = server.command(&["doctor", "--json"]);
    command.env("PULSE__SERVER__LISTEN", free_port());
    command.envs(environment.iter().copied());
    let said = said(command).await;
    let report = serde_json::from_str(&said.stdout).unwrap_or_else(|_| panic!("{said:?}"));
    (said, report)
}

/// A port of an address that no other test has anything to do with, and so nobody takes meanwhile.
fn free_port() -> String {
    let listener = TcpListener::bind("127.77.77.77:0").unwrap();
    listener.local_addr().unwrap().to_string()
}

/// A server on this database that is not started.
fn server(url: &str) -> Server {
    Server::new(&places::new_folder("doctor"), "server-1", url)
}

/// The verdict and the whole of a check.
fn check(report: &Value, name: &str) -> (String, String) {
    let checks = report["checks"].as_array().unwrap();
    let found = checks.iter().find(|check| check["name"] == name);
    let found = found.unwrap_or_else(|| panic!("no check of {name}: {report:#}"));
    let verdict = found["verdict"].as_str().unwrap().to_owned();
    (verdict, found.to_string())
}

#[track_caller]
fn has(report: &Value, name: &str, verdict: &str, words: &[&str]) {
    let (found, whole) = check(report, name);
    assert_eq!(found, verdict, "{whole}");
    for word in words {
        assert!(whole.contains(word), "no `{word}` in {whole}");
    }
}

/// The names of what is wrong.
fn bad(report: &Value) -> Vec<&str> {
    let checks = report["checks"].as_array().unwrap().iter();
    let bad = checks.filter(|check| check["verdict"] == "bad");
    bad.filter_map(|check| check["name"].as_str()).collect()
}

#[tokio::test]
async fn a_server_that_runs_is_found_at_its_address_and_in_its_database() {
    let world = World::start().await;
    let address = world.servers[0].address().to_owned();
    let listen = [("PULSE__SERVER__LISTEN", address.as_str())];
    // It listens before it has said in the database that it lives.
    eventually_async("the replica", PATIENCE, async || {
        let alive = world.database.ask("select name from servers").await;
        (!alive.is_empty()).then_some(()).ok_or_else(String::new)
    })
    .await;

    let (said, report) = examined(&world.servers[0], &listen).await;

    said.is(0);
    assert_eq!(report["healthy"], true, "{report:#}");
    assert_eq!(report["apiVersion"], "pulse/v1");
    has(&report, "address", "good", &["answers on", &address]);
    has(
        &report,
        "database",
        "good",
        &["PostgreSQL 1", "from PULSE__DATABASE__URL"],
    );
    has(&report, "migrations", "good", &["up to date"]);
    has(&report, "clock", "good", &[]);
    has(
        &report,
        "durability",
        "good",
        &["synchronous_commit are on"],
    );
    let (_, connections) = check(&report, "connections");
    assert!(connections.contains("server-1 ("), "{connections}");
    has(&report, "disk", "good", &["are free in"]);
    has(&report, "exposure", "good", &["only this host"]);
    has(&report, "retention", "good", &["90 days"]);
}

#[tokio::test]
async fn before_the_first_start_the_doctor_names_what_is_left_to_do_and_does_none_of_it() {
    let cluster = Private::start();
    let server = server(&cluster.url());

    let (said, report) = examined(&server, &[]).await;

    said.is(0);
    has(
        &report,
        "migrations",
        "warning",
        &["pending", "pulsed migrate"],
    );
    has(&report, "address", "good", &["is free"]);
    has(&report, "connections", "good", &["no server lives on it"]);
    let tables = "select count(*)::text from pg_class where relnamespace = 'public'::regnamespace";
    assert_eq!(ask(&cluster, tables).await, ["0"]);
}

async fn ask(cluster: &Private, query: &str) -> Vec<String> {
    pulse_tests::database::ask(&cluster.url(), query).await
}

#[tokio::test]
async fn a_database_that_is_away_is_bad_and_says_what_to_look_at() {
    let cluster = Private::stopped();
    let server = server(&cluster.url());

    let (said, report) = examined(&server, &[]).await;

    said.is(3);
    assert_eq!(report["healthy"], false);
    assert_eq!(bad(&report), ["database"]);
    has(
        &report,
        "database",
        "bad",
        &["cannot reach", "is PostgreSQL running there?"],
    );
    has(&report, "address", "good", &[]);
}

#[tokio::test]
async fn people_read_a_sign_and_a_fix_on_lines_of_their_own() {
    let cluster = Private::stopped();
    let mut command = server(&cluster.url()).command(&["doctor"]);
    command.env("PULSE__SERVER__LISTEN", free_port());

    let said = said(command).await;

    let lines: Vec<_> = said.is(3).lines().collect();
    assert!(
        lines[0].starts_with("✓ configuration: valid, from "),
        "{lines:?}"
    );
    let at = lines
        .iter()
        .position(|line| line.starts_with("✗ database: cannot reach"));
    let fix = lines[at.unwrap_or_else(|| panic!("{lines:?}")) + 1];
    assert!(fix.starts_with("    fix: is PostgreSQL running"), "{fix}");
    assert_eq!(said.stderr, "");
}

#[tokio::test]
async fn a_database_that_a_crash_would_break_is_bad() {
    let cluster = Private::start();
    ask(&cluster, "alter system set full_page_writes = off").await;
    ask(&cluster, "select pg_reload_conf()").await;
    let server = server(&cluster.url());

    let (said, report) = examined(&server, &[]).await;

    said.is(3);
    assert_eq!(bad(&report), ["durability"]);
    has(&report, "durability", "bad", &["full_page_writes is off"]);
}

#[tokio::test]
async fn a_database_of_a_newer_version_is_bad() {
    let database = Database::shared().await;
    let newer = "insert into __diesel_schema_migrations (version) values ('99990101000000')";
    database.tell(newer).await.unwrap();

    let (said, report) = examined(&server(database.url()), &[]).await;

    said.is(3);
    assert_eq!(bad(&report), ["migrations"]);
    has(&report, "migrations", "bad", &["99990101000000"]);
}

#[tokio::test]
async fn a_role_is_as_good_as_its_rights() {
    let database = Database::shared().await;
    let role = format!("app_{}", uuid::Uuid::now_v7().simple());
    database.tell(&recipe(&role)).await.unwrap();
    let (before, _) = database.url().split_once("&user=").unwrap();
    let server = server(&format!("{before}&user={role}"));

    let (said, enough) = examined(&server, &[]).await;
    let less = format!("revoke update on executions from {role}");
    database.tell(&less).await.unwrap();
    let (_, less) = examined(&server, &[]).await;
    let owner = self::server(database.url());
    let (_, superuser) = examined(&owner, &[]).await;
    let drop = format!("drop owned by {role}; drop role {role}");
    database.tell(&drop).await.unwrap();

    said.is(0);
    has(&enough, "rights", "good", &[&role]);
    has(&less, "rights", "bad", &["may not use executions"]);
    has(&superuser, "rights", "warning", &["superuser"]);
}

/// The SQL that the recipe tells, for a role of this name.
fn recipe(role: &str) -> String {
    let text = places::read("docs/recipes/a-role-of-its-own.md");
    let (_, rest) = text.split_once("```sql\n").unwrap();
    let (sql, _) = rest.split_once("```").unwrap();
    sql.replace("pulse_app", role)
}

#[tokio::test]
async fn a_role_with_fewer_connections_than_a_server_opens_is_bad() {
    let database = Database::shared().await;
    let role = format!("few_{}", uuid::Uuid::now_v7().simple());
    let make = format!("create role {role} login superuser connection limit 3");
    database.tell(&make).await.unwrap();
    let (before, _) = database.url().split_once("&user=").unwrap();

    let (said, report) = examined(&server(&format!("{before}&user={role}")), &[]).await;
    database.tell(&format!("drop role {role}")).await.unwrap();

    said.is(3);
    assert_eq!(bad(&report), ["connections"]);
    has(
        &report,
        "connections",
        "bad",
        &["may open 16", "room for 3"],
    );
}

#[tokio::test]
async fn a_port_that_another_program_has_is_bad() {
    let database = Database::shared().await;
    let other = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = other.local_addr().unwrap().to_string();
    // It takes connections, and says nothing that a server would say.
    let answering = std::thread::spawn(move || drop(other.accept()));

    let listen = [("PULSE__SERVER__LISTEN", address.as_str())];
    let (said, report) = examined(&server(database.url()), &listen).await;
    answering.join().unwrap();

    said.is(3);
    assert_eq!(bad(&report), ["address"]);
    has(
        &report,
        "address",
        "bad",
        &["another program listens", &address],
    );
}

#[tokio::test]
async fn an_address_that_others_reach_is_worth_a_word() {
    let database = Database::shared().await;
    let wide = [
        ("PULSE__SERVER__LISTEN", "0.0.0.0:0"),
        ("PULSE__SERVER__INSECURE", "true"),
        ("PULSE__RETENTION__EXECUTIONS_DAYS", "0"),
        ("PULSE__SSO__TRUSTED_PROXIES", "10.1.0.0/16"),
    ];

    let (said, report) = examined(&server(database.url()), &wide).await;

    said.is(0);
    has(
        &report,
        "exposure",
        "warning",
        &["0.0.0.0:0", "not encrypted"],
    );
    has(&report, "retention", "warning", &["for ever"]);
    has(
        &report,
        "proxies",
        "warning",
        &["10.1.0.0/16", "proxy_secret_file"],
    );
}

#[tokio::test]
async fn a_configuration_of_no_use_is_told_fault_by_fault() {
    let environment = [
        ("PULSE__SERVER__LISTEN", "everywhere"),
        ("PULSE__JOBS__OFFER_TTL_MS", "1"),
    ];

    let (said, report) = examined(&server("postgres://"), &environment).await;

    said.is(3);
    assert_eq!(
        bad(&report),
        ["configuration", "configuration"],
        "{report:#}"
    );
    let (_, first) = check(&report, "configuration");
    assert!(first.contains("PULSE__SERVER__LISTEN"), "{first}");
}

fn write(path: &Path, text: &str, mode: u32) {
    fs::write(path, text).unwrap();
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
}

#[tokio::test]
async fn files_that_others_may_read_or_change_are_bad() {
    let database = Database::shared().await;
    let folder = places::new_folder("modes");
    let (main, url) = (folder.join("pulsed.yaml"), folder.join("database.url"));
    let proxies = "sso:\n  trusted_proxies: 10.0.0.1\n";
    write(&url, database.url(), 0o640);
    let text = format!("database:\n  url_file: database.url\n{proxies}");
    write(&main, &text, 0o644);
    let examined = async || {
        let mut command = server("")
            .configured_by(&main)
            .command(&["doctor", "--json"]);
        command.env_remove("PULSE__DATABASE__URL");
        command.env("PULSE__SERVER__LISTEN", free_port());
        let said = said(command).await;
        (
            said.code,
            serde_json::from_str::<Value>(&said.stdout).unwrap(),
        )
    };

    let (good, kept) = examined().await;
    write(
        &main,
        &format!("{text}  proxy_secret: {}\n", "x".repeat(32)),
        0o644,
    );
    let (readable, read) = examined().await;
    write(&main, &text, 0o662);
    let (writable, written) = examined().await;

    assert_eq!((good, readable, writable), (0, 3, 3));
    has(
        &kept,
        "files",
        "good",
        &["pulsed.yaml (644)", "database.url (640)"],
    );
    has(
        &kept,
        "configuration",
        "good",
        &["pulsed.yaml", "database.url"],
    );
    has(&read, "files", "bad", &["everyone may read", "chmod 640"]);
    has(
        &written,
        "files",
        "bad",
        &["others may change", "(mode 662)"],
    );
    fs::remove_dir_all(folder).unwrap();
}

#[tokio::test]
async fn a_token_for_every_host_in_the_configuration_is_bad() {
    let database = Database::shared().await;
    let environment = [
        ("PULSE__SERVER__DEV", "true"),
        ("PULSE__SERVER__DEV_ENROLLMENT_TOKEN", "for-all"),
    ];

    let (said, report) = examined(&server(database.url()), &environment).await;

    said.is(3);
    assert_eq!(bad(&report), ["enrolment"]);
    assert!(!said.stdout.contains("for-all"), "{}", said.stdout);
}
