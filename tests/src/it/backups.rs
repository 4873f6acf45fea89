//! The whole database into a file and back, with PostgreSQL's own programs.

use std::{
    fs,
    os::unix::fs::PermissionsExt as _,
    path::{Path, PathBuf},
    process::Command,
};

use pulse_tests::{
    World,
    eventually::{PATIENCE, eventually, eventually_async},
    places,
    process::Process,
    steps,
    world::{Said, jobs_of, said},
};
use rustix::process::Signal;
use serde_json::json;

/// Where PostgreSQL's programs are.
pub(super) fn programs() -> PathBuf {
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
pub(super) async fn empty(world: &World) -> String {
    world.database.tell("create database other").await.unwrap();
    let url = world.database.url();
    assert!(url.contains("/pulse?"), "{url}");
    url.replacen("/pulse?", "/other?", 1)
}

/// Everything in a database, as `pg_dump` tells it, in the order of the lines; without the words that
/// differ each time.
pub(super) fn everything(url: &str) -> Vec<String> {
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
pub(super) fn difference(one: &[String], other: &[String]) -> Vec<String> {
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

/// A restore with `--force` that got as far as into the data and no further, and lasts until it is ended.
fn half_way(world: &World, file: &str) -> Process {
    let reached = world.folder().join("half-way");
    let script = format!(
        "[ \"$1\" = --no-owner ] || exec {real} \"$@\"\n\
         {real} \"$@\" >whole.sql\nlines=$(sed -n '/^COPY public.timeline /=' whole.sql)\n\
         head -n $((lines + 1)) whole.sql\n: >{reached}\n\
         while kill -0 $PPID 2>/dev/null; do sleep 0.05; done",
        real = programs().join("pg_restore").display(),
        reached = reached.display(),
    );
    let bin = world.stand_in("pg_restore", &script);
    for program in ["pg_dump", "psql"] {
        let real = programs().join(program).display().to_string();
        world.stand_in(program, &format!("exec {real} \"$@\""));
    }
    let mut restore = world.servers[0].command(&["restore", "--force", file]);
    restore.env("PULSE_PG_BIN", bin).current_dir(world.folder());
    let process = Process::start(&mut restore, &world.folder().join("restore.log"));
    eventually("the middle of a table", PATIENCE, || {
        reached.exists().then_some(())
    });
    process
}

/// Nobody is left who restores.
async fn nobody_restores(world: &World) {
    let query =
        "select count(*)::text from pg_stat_activity where application_name = 'pulsed backup'";
    eventually_async("the end of psql", PATIENCE, async || {
        let left = world.database.ask(query).await;
        (left == ["0"]).then_some(()).ok_or(left.concat())
    })
    .await;
}

#[tokio::test]
async fn a_restore_that_is_killed_half_way_changes_nothing() {
    let (mut world, file) = backed_up().await;
    world.agents.clear();
    world.server().stop();
    let before = everything(world.database.url());

    for signal in [Signal::KILL, Signal::TERM] {
        let mut restore = half_way(&world, &file);
        restore.signal(signal);
        restore.wait(PATIENCE);
        nobody_restores(&world).await;

        let after = everything(world.database.url());
        assert_eq!(difference(&after, &before), [""; 0], "{signal:?}");
        assert_eq!(after.len(), before.len(), "{signal:?}");
        fs::remove_file(world.folder().join("half-way")).unwrap();
    }
}

#[tokio::test]
async fn a_server_that_begins_after_the_look_is_not_restored_under() {
    let (mut world, file) = backed_up().await;
    world.agents.clear();
    world.server().stop();
    let (bin, _) = eavesdropping(&world, None);
    let real = programs().join("psql").display().to_string();
    let begins = "insert into servers (id, name, version) values (gen_random_uuid(), 'late', '1')";
    let script = format!(
        "[ \"$1\" = --version ] || {real} -X -q -c \"{begins}\" || exit 9\nexec {real} \"$@\""
    );
    world.stand_in("psql", &script);

    let refused = with_programs(&world, &bin, &["restore", "--force", &file]).await;

    refused.is(1);
    assert!(
        refused.stderr.contains("a server runs on this database"),
        "{}",
        refused.stderr
    );
    let late = "select count(*) from servers where name = 'late'";
    assert_eq!(world.database.ask(late).await, ["1"]);
}

#[tokio::test]
async fn what_the_shell_says_to_postgresqls_programs_changes_no_database() {
    let (world, file) = backed_up().await;
    fs::remove_file(&file).unwrap();
    let mut backup = world.servers[0].command(&["backup", &file]);
    backup.env("PGSERVICE", "of-another-database");
    backup.env("PGHOSTADDR", "192.0.2.1");

    said(backup).await.is(0);

    assert!(fs::metadata(&file).unwrap().len() > 0);
}

#[tokio::test]
async fn of_two_backups_to_one_file_one_is_written() {
    let world = World::private(&[]);
    let file = file(&world);
    let released = world.folder().join("released");
    let (bin, _) = eavesdropping(&world, None);
    let real = programs().join("pg_dump").display().to_string();
    let script = format!(
        "[ \"$1\" = --version ] || while [ ! -e {} ]; do sleep 0.05; done\nexec {real} \"$@\"",
        released.display()
    );
    world.stand_in("pg_dump", &script);
    let mut first = world.servers[0].command(&["backup", &file]);
    first.env("PULSE_PG_BIN", &bin);
    let mut first = Process::start(&mut first, &world.folder().join("backup.log"));
    let partial = PathBuf::from(format!("{file}.partial"));
    eventually("the first backup", PATIENCE, || {
        partial.exists().then_some(())
    });

    let second = pulsed(&world, &["backup", &file]).await;
    fs::write(&file, "of somebody else").unwrap();
    fs::write(&released, "").unwrap();
    let ended = first.wait(PATIENCE);

    second.is(1);
    assert!(
        second.stderr.contains("another backup is being written to"),
        "{}",
        second.stderr
    );
    assert_eq!(ended.code(), Some(1), "{}", first.said());
    assert!(
        first.said().contains("is there already"),
        "{}",
        first.said()
    );
    assert_eq!(fs::read(&file).unwrap(), b"of somebody else");
    assert!(!partial.exists());
}

#[tokio::test]
async fn a_backup_that_was_killed_is_not_in_the_way_of_the_next() {
    let world = World::private(&[]);
    let file = file(&world);
    fs::write(format!("{file}.partial"), "a piece of a backup").unwrap();

    pulsed(&world, &["backup", &file]).await.is(0);

    assert!(fs::read(&file).unwrap().starts_with(b"PGDMP"));
}

#[tokio::test]
async fn roles_of_their_own_read_as_before_after_a_restore_with_force() {
    let (mut world, file) = backed_up().await;
    world.agents.clear();
    world.server().stop();
    let role = "create role watcher; grant select on executions to watcher";
    world.database.tell(role).await.unwrap();
    fs::remove_file(&file).unwrap();
    pulsed(&world, &["backup", &file]).await.is(0);

    pulsed(&world, &["restore", "--force", &file]).await.is(0);

    let session = world.database.session().await;
    session.batch_execute("set role watcher").await.unwrap();
    let count = session.query_one("select count(*) from executions", &[]);
    assert_eq!(count.await.unwrap().get::<_, i64>(0), 1);
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
