//! Backups through the server, which are those of its host, and what comes of those that break off.

use std::{
    fs,
    os::unix::fs::PermissionsExt as _,
    path::{Path, PathBuf},
};

use pulse_tests::{
    World,
    eventually::{PATIENCE, eventually},
    process::Process,
    steps,
    world::{Said, said},
};

use super::backups::{difference, empty, everything, programs};

/// A folder with PostgreSQL's programs, of which `pg_dump` does this instead of its work.
fn with_a_dump_that(world: &World, does: &str) -> PathBuf {
    let real = programs();
    for program in ["pg_restore", "psql"] {
        world.stand_in(
            program,
            &format!("exec {}/{program} \"$@\"", real.display()),
        );
    }
    let version = format!(
        "[ \"$1\" != --version ] || exec {}/pg_dump --version",
        real.display()
    );
    world.stand_in("pg_dump", &format!("{version}\n{does}"))
}

async fn backup(world: &World, file: &Path) -> Said {
    world
        .ctl(&["server", "backup", "-O", file.to_str().unwrap()])
        .await
}

/// What is left of a backup.
fn left(world: &World) -> Vec<String> {
    let entries = fs::read_dir(world.folder()).unwrap();
    let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    names.filter(|name| name.contains(".dump")).collect()
}

#[tokio::test]
async fn a_backup_through_the_server_is_that_of_its_host_and_is_in_the_trail() {
    let mut world = World::private(&[]);
    world.add_agent("web-1").await;
    let execution = world.complete(&steps::one("echo kept", &["all"])).await;
    assert_eq!(execution["status"], "completed");
    let file = world.folder().join("pulse.dump");

    backup(&world, &file).await.is(0);

    let trail = world
        .admin()
        .get("/audit?action=server.backup")
        .await
        .is(200);
    assert_eq!(trail["items"].as_array().unwrap().len(), 1, "{trail}");
    let mode = fs::metadata(&file).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    world.agents.clear();
    world.server().stop();
    let url = empty(&world).await;
    let mut restore = world.servers[0].command(&["restore", file.to_str().unwrap()]);
    restore.env("PULSE__DATABASE__URL", &url);
    said(restore).await.is(0);
    let (here, there) = (everything(&url), everything(world.database.url()));
    let kept = |lines: &[String]| {
        lines
            .iter()
            .filter(|line| line.contains("echo kept"))
            .count()
    };
    assert!(kept(&here) > 0);
    assert_eq!(kept(&here), kept(&there));
    // Rows of one column are numbers.
    let is_schema = |line: &&String| !line.contains('\t') && line.contains(char::is_alphabetic);
    let schema = |lines: &[String]| lines.iter().filter(is_schema).cloned().collect::<Vec<_>>();
    assert_eq!(difference(&schema(&here), &schema(&there)), [""; 0]);
    let entries =
        pulse_tests::database::ask(&url, "select action from audit order by id desc limit 1");
    assert_eq!(entries.await, ["server.backup"]);
}

#[tokio::test]
async fn a_dump_that_fails_leaves_nothing_and_its_place_to_the_next() {
    let mut world = World::start().await;
    let does = "head -c 3000000 /dev/zero; echo 'out of luck' >&2; exit 1";
    let programs = with_a_dump_that(&world, does).display().to_string();
    world.add_server(&[("PULSE_PG_BIN", &programs)]);
    let file = world.folder().join("pulse.dump");
    let ask = async || {
        let mut command = world.ctl_command();
        command.env("PULSE_URL", world.servers[1].url());
        command.args(["server", "backup", "-O", file.to_str().unwrap()]);
        said(command).await
    };

    let first = ask().await;
    let second = ask().await;

    for said in [first, second] {
        said.is(12);
        assert!(said.stderr.contains("nothing is kept of it"), "{said:?}");
    }
    assert_eq!(left(&world), [""; 0]);
    let log = world.servers[1].said();
    assert_eq!(
        log.matches("pg_dump failed: out of luck").count(),
        2,
        "{log}"
    );
}

#[tokio::test]
async fn one_backup_at_a_time_and_a_server_that_dies_leaves_nothing_of_it() {
    let mut world = World::start().await;
    let does = "echo $$ >\"$(dirname \"$0\")/pid\"; head -c 3000000 /dev/zero; exec sleep 60";
    let programs = with_a_dump_that(&world, does);
    world.add_server(&[("PULSE_PG_BIN", programs.to_str().unwrap())]);
    let begin = |name: &str| {
        let mut command = world.ctl_command();
        command.env("PULSE_URL", world.servers[1].url());
        let file = world.folder().join(name);
        command.args(["server", "backup", "-O", file.to_str().unwrap()]);
        command
    };
    let begun = |name: &str| {
        let file = world.folder().join(name);
        eventually("the first bytes", PATIENCE, || {
            let about = fs::metadata(&file).ok()?;
            (about.len() > 2_000_000).then_some(())
        });
        fs::read_to_string(programs.join("pid")).unwrap()
    };
    let log = world.folder().join("ctl.log");

    let mut first = Process::start(&mut begin("first.dump"), &log);
    let dump: u32 = begun("first.dump.partial").trim().parse().unwrap();
    let busy = said(begin("second.dump")).await;
    first.kill();
    eventually("the end of pg_dump", PATIENCE, || {
        (!pulse_tests::process::is_alive(dump)).then_some(())
    });
    fs::remove_file(world.folder().join("first.dump.partial")).unwrap();
    let mut third = Process::start(&mut begin("third.dump"), &log);
    begun("third.dump.partial");
    world.servers[1].kill();
    let status = third.wait(PATIENCE);

    busy.is(9);
    assert!(
        busy.stderr.contains("another backup is being read"),
        "{busy:?}"
    );
    assert_eq!(status.code(), Some(12));
    assert_eq!(left(&world), [""; 0]);
}

#[tokio::test]
async fn a_server_without_postgresqls_programs_says_what_to_install() {
    let mut world = World::start().await;
    let nothing = world.folder().join("nothing").display().to_string();
    world.add_server(&[("PULSE_PG_BIN", &nothing)]);
    let admin = world.admin_at(1);

    let refused = admin
        .get("/server/backup")
        .await
        .problem(503, "backup_unavailable");
    let operator = world.somebody("operator").await;
    let forbidden = operator.get("/server/backup").await;

    let detail = refused["detail"].as_str().unwrap();
    assert!(
        detail.contains("pg_dump, pg_restore and psql are not installed"),
        "{detail}"
    );
    assert!(
        refused["hint"]
            .as_str()
            .unwrap()
            .contains("postgresql-client")
    );
    forbidden.problem(403, "forbidden");
    let trail = admin.get("/audit?action=server.backup").await.is(200);
    assert_eq!(trail["items"].as_array().unwrap().len(), 0, "{trail}");
}
