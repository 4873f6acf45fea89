//! The whole database into a file and back, with PostgreSQL's own programs.

use std::{
    fs,
    os::unix::fs::PermissionsExt as _,
    path::{Path, PathBuf},
    process::Command,
};

use pulse_tests::{
    World, places, steps,
    world::{Said, jobs_of, said},
};
use serde_json::json;

/// Where PostgreSQL's programs are.
fn programs() -> PathBuf {
    if let Some(named) = places::variable("PULSE_PG_BIN") {
        return PathBuf::from(named);
    }
    let output = Command::new("pg_config").arg("--bindir").output().unwrap();
    PathBuf::from(String::from_utf8_lossy(&output.stdout).trim())
}

/// Runs `pulsed` as the world's server is configured.
async fn pulsed(world: &World, arguments: &[&str]) -> Said {
    said(world.servers[0].command(arguments)).await
}

fn file(world: &World) -> String {
    world.folder().join("pulse.dump").display().to_string()
}

/// The address of another database in the same cluster, which is empty.
async fn empty(world: &World) -> String {
    world.database.tell("create database other").await.unwrap();
    let url = world.database.url();
    assert!(url.contains("/pulse?"), "{url}");
    url.replacen("/pulse?", "/other?", 1)
}

/// Everything in a database, as `pg_dump` tells it, in the order of the lines; without the words that
/// differ each time.
fn everything(url: &str) -> Vec<String> {
    let mut dump = Command::new(programs().join("pg_dump"));
    dump.args(["--no-owner", "--dbname", url]);
    let output = dump.output().unwrap();
    assert!(output.status.success(), "{output:?}");
    let text = String::from_utf8(output.stdout).unwrap();
    let is_kept = |line: &&str| !line.contains("restrict ");
    // PostgreSQL puts other parentheses around a check that it has read once more.
    let plain = |line: &str| {
        let is_check = line.trim_start().starts_with("CONSTRAINT");
        let left_out: &[char] = if is_check { &['(', ')'] } else { &[] };
        line.replace(left_out, "")
    };
    let mut lines: Vec<String> = text.lines().filter(is_kept).map(plain).collect();
    lines.sort();
    lines
}

/// The lines that only one of the two has.
fn difference(one: &[String], other: &[String]) -> Vec<String> {
    let lacks = |lines: &[String], line: &String| lines.binary_search(line).is_err();
    let of_one = one.iter().filter(|line| lacks(other, line));
    let of_other = other.iter().filter(|line| lacks(one, line));
    of_one.chain(of_other).cloned().collect()
}

/// A private database in which something happened, and its backup; its server is stopped.
async fn backed_up() -> (World, String) {
    let mut world = World::private(&[]);
    world.add_agent("web-1").await;
    let execution = world.complete(&steps::one("echo kept", &["all"])).await;
    assert_eq!(execution["status"], "completed");
    let file = file(&world);
    pulsed(&world, &["backup", &file]).await.is(0);
    (world, file)
}

#[tokio::test]
async fn a_restore_brings_back_everything_that_was_backed_up() {
    let (mut world, file) = backed_up().await;
    world.agents.clear();
    world.server().stop();
    // What was written since the backup: the goodbyes.
    fs::remove_file(&file).unwrap();
    pulsed(&world, &["backup", &file]).await.is(0);
    let url = empty(&world).await;
    let mut restore = world.servers[0].command(&["restore", &file]);
    restore.env("PULSE__DATABASE__URL", &url);

    let restored = said(restore).await;

    restored.is(0);
    assert!(
        restored.stderr.contains("is restored, and up to date"),
        "{}",
        restored.stderr
    );
    let (restored, source) = (everything(&url), everything(world.database.url()));
    assert_eq!(difference(&restored, &source), [""; 0]);
    assert_eq!(restored.len(), source.len());
    let mode = fs::metadata(&file).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
}

#[tokio::test]
async fn a_restore_with_force_undoes_what_happened_since_the_backup() {
    let (mut world, file) = backed_up().await;
    world.complete(&steps::one("echo later", &["all"])).await;
    world.agents.clear();
    world.server().stop();

    let unforced = pulsed(&world, &["restore", &file]).await;
    let forced = pulsed(&world, &["restore", "--force", &file]).await;
    world.server().start();

    unforced.is(1);
    assert!(
        unforced.stderr.contains("the database is not empty"),
        "{}",
        unforced.stderr
    );
    assert!(
        unforced.stderr.contains("hint: --force"),
        "{}",
        unforced.stderr
    );
    forced.is(0);
    let first = world.execution(1).await;
    assert_eq!(world.output(&jobs_of(&first, "only")[0]).await, b"kept\n");
    world
        .admin()
        .get("/executions/2")
        .await
        .problem(404, "not_found");
}

#[tokio::test]
async fn nothing_is_restored_under_a_server_that_runs() {
    let (world, file) = backed_up().await;

    let refused = pulsed(&world, &["restore", "--force", &file]).await;

    refused.is(1);
    assert!(
        refused.stderr.contains("server-1 runs on this database"),
        "{}",
        refused.stderr
    );
    assert_eq!(world.execution(1).await["status"], "completed");
}

#[tokio::test]
async fn a_backup_that_breaks_off_changes_nothing() {
    let (mut world, file) = backed_up().await;
    world.agents.clear();
    world.server().stop();
    let before = everything(world.database.url());
    let bytes = fs::read(&file).unwrap();
    // Behind the table of contents, and before the last of the data.
    fs::write(&file, &bytes[..bytes.len() - bytes.len() / 50]).unwrap();

    let failed = pulsed(&world, &["restore", "--force", &file]).await;

    failed.is(1);
    let after = everything(world.database.url());
    assert_eq!(difference(&after, &before), [""; 0]);
    assert_eq!(after.len(), before.len());
}

#[tokio::test]
async fn what_is_no_backup_and_what_is_there_already_is_refused() {
    let (world, file) = backed_up().await;
    let other = world.write("other.dump", "PGDMP and no more");
    let other = other.display().to_string();

    let again = pulsed(&world, &["backup", &file]).await;
    let nonsense = pulsed(&world, &["restore", &other]).await;
    let missing = pulsed(&world, &["restore", "/nonexistent/pulse.dump"]).await;

    for (refused, why) in [
        (again, "is there already"),
        (nonsense, "is no backup of pulse"),
        (missing, "cannot read /nonexistent/pulse.dump"),
    ] {
        refused.is(1);
        assert!(refused.stderr.contains(why), "{}", refused.stderr);
    }
}

/// A folder of programs that note how they were called, and then do it.
fn eavesdropping(world: &World, version: Option<&str>) -> (PathBuf, PathBuf) {
    let heard = world.folder().join("heard");
    let mut bin = PathBuf::new();
    for program in ["pg_dump", "pg_restore", "psql"] {
        let real = programs().join(program).display().to_string();
        let told = version.map_or_else(String::new, |version| {
            format!("[ \"$1\" = --version ] && echo '{program} (PostgreSQL) {version}' && exit\n")
        });
        let script = format!(
            "{told}echo \"$0 $*\" >>{}\nexec {real} \"$@\"",
            heard.display()
        );
        bin = world.stand_in(program, &script);
    }
    (bin, heard)
}

async fn with_programs(world: &World, bin: &Path, arguments: &[&str]) -> Said {
    let mut command = world.servers[0].command(arguments);
    let url = format!("{}&password=hunter2", world.database.url());
    command
        .env("PULSE_PG_BIN", bin)
        .env("PULSE__DATABASE__URL", url);
    said(command).await
}

#[tokio::test]
async fn a_password_is_in_no_programs_arguments() {
    let mut world = World::private(&[]);
    let (bin, heard) = eavesdropping(&world, None);
    let file = file(&world);

    with_programs(&world, &bin, &["backup", &file]).await.is(0);
    world.server().stop();
    with_programs(&world, &bin, &["restore", "--force", &file])
        .await
        .is(0);

    let heard = fs::read_to_string(heard).unwrap();
    for program in [
        "pg_dump --format",
        "pg_restore --no-owner",
        "psql --no-psqlrc",
    ] {
        assert!(heard.contains(program), "{heard}");
    }
    assert!(!heard.contains("hunter2"), "{heard}");
}

#[tokio::test]
async fn programs_that_are_missing_or_too_old_are_named_with_what_to_install() {
    let world = World::private(&[]);
    let (old, _) = eavesdropping(&world, Some("9.6.1"));
    let file = file(&world);
    let server = world.database.ask("show server_version_num").await;
    let major = server[0].parse::<u32>().unwrap() / 10_000;

    let too_old = with_programs(&world, &old, &["backup", &file]).await;
    let missing = with_programs(&world, Path::new("/nonexistent"), &["backup", &file]).await;

    too_old.is(1);
    let wanted = format!("apt-get install postgresql-client-{major}");
    assert!(too_old.stderr.contains(&wanted), "{}", too_old.stderr);
    missing.is(1);
    assert!(
        missing.stderr.contains("apt-get install postgresql-client"),
        "{}",
        missing.stderr
    );
}

#[tokio::test]
async fn a_backup_of_a_newer_version_is_refused() {
    let (mut world, file) = backed_up().await;
    world.agents.clear();
    world.server().stop();
    let newer = "insert into __diesel_schema_migrations (version) values ('20991231000001')";
    world.database.tell(newer).await.unwrap();
    fs::remove_file(&file).unwrap();
    pulsed(&world, &["backup", &file]).await.is(0);

    let refused = pulsed(&world, &["restore", "--force", &file]).await;

    refused.is(1);
    let why = "was made by a newer pulsed, which knew 20991231000001";
    assert!(refused.stderr.contains(why), "{}", refused.stderr);
    let body = json!(["20991231000001"]);
    let query = "select max(version) from __diesel_schema_migrations";
    assert_eq!(json!(world.database.ask(query).await), body);
}
