//! PostgreSQL: whether it is there, what this role may do, whether it keeps what it acknowledged,
//! whether there is room.

use pulse_api::doctor::Check;
use std::{fs, path::Path};

use jiff::Timestamp;
use rustix::fs::statvfs;
use tokio_postgres::config::Host;

use super::{
    super::{diagnosis, failure::chain},
    size,
};
use crate::{
    clock,
    config::Database,
    store::{self, Durability, Examination},
};

/// A clock that is off by more than this is worth a word.
const SKEW_MS: i64 = 5_000;
/// With less room than this, a busy hour fills the disk.
const SOME_ROOM: u64 = 2 << 30;
/// With less room than this, PostgreSQL is about to stop.
const LEAST_ROOM: u64 = 200 << 20;
/// How many connections a replica opens beside its pools: one listens, one migrates.
const BESIDE_POOLS: i64 = 2;

/// Every check, or why there are none.
pub(super) async fn checks(config: &Database, origin: &str) -> Vec<Check> {
    let before = clock::now();
    let found = match store::examine(config.url.expose()).await {
        Ok(found) => found,
        Err(error) => {
            let why = match diagnosis::diagnose(&config.url).await {
                Some(failure) => failure.parts(),
                None => (chain(&error), None),
            };
            let fix = why
                .1
                .unwrap_or_else(|| "see the log of PostgreSQL".to_owned());
            return vec![Check::bad(
                "database",
                format!("{} (from {origin})", why.0),
                fix,
            )];
        }
    };
    let mut checks = vec![
        server(&found, config, origin),
        rights(&found),
        durability(&found.durability),
        migrations(&found),
        clock_of(found.server.clock, before, clock::now()),
        connections(&found, config),
        disk(&found, config),
        backup(&found.durability),
    ];
    checks.extend(encryption(&found, config));
    checks
}

fn server(found: &Examination, config: &Database, origin: &str) -> Check {
    let facts = &found.server;
    let place = config
        .url
        .expose()
        .parse()
        .map(|url| diagnosis::place_of(&url));
    let detail = format!(
        "PostgreSQL {} at {}, database {}, as {} (from {origin})",
        facts.version,
        place.unwrap_or_default(),
        facts.database,
        facts.role
    );
    if facts.is_read_only {
        let fix = "let database.url name the primary, and a role that may write";
        return Check::bad("database", format!("{detail}: it can only be read"), fix);
    }
    Check::good("database", detail)
}

fn rights(found: &Examination) -> Check {
    let (rights, role) = (&found.rights, &found.server.role);
    if !rights.denied.is_empty() {
        return Check::bad(
            "rights",
            format!("{role} may not use {}", rights.denied.join(", ")),
            "grant what docs/recipes/a-role-of-its-own.md grants, or connect as the owner of the tables",
        );
    }
    if !rights.may_create && !found.migrations.pending.is_empty() {
        return Check::bad(
            "rights",
            format!("{role} may not make the tables that are missing"),
            "run `pulsed migrate` as the owner of the database, or make this role its owner",
        );
    }
    if rights.is_superuser {
        return Check::warning(
            "rights",
            format!("{role} is a superuser, who may do anything to every database"),
            format!(
                "createuser pulsed, then: alter database {} owner to pulsed",
                found.server.database
            ),
        );
    }
    let may = if rights.may_create {
        "and make tables"
    } else {
        "and make none"
    };
    Check::good("rights", format!("{role} may use every table, {may}"))
}

/// Whether a crash may lose what was acknowledged.
fn durability(found: &Durability) -> Check {
    for (name, value) in [
        ("fsync", &found.fsync),
        ("full_page_writes", &found.full_page_writes),
    ] {
        if value != "on" {
            return Check::bad(
                "durability",
                format!(
                    "{name} is {value}: a crash would lose what was acknowledged, and pulsed refuses to serve"
                ),
                format!("alter system set {name} = on, then: select pg_reload_conf()"),
            );
        }
    }
    let others = match found.synchronous_commit.as_str() {
        "on" => String::new(),
        value => format!(" (pulsed asks for it; others have {value})"),
    };
    let detail = format!("fsync, full_page_writes and synchronous_commit are on{others}");
    Check::good("durability", detail)
}

fn migrations(found: &Examination) -> Check {
    let migrations = &found.migrations;
    if let Some(newest) = migrations.unknown.last() {
        return Check::bad(
            "migrations",
            format!("a newer pulsed has used this database: this one does not know {newest}"),
            "install that version",
        );
    }
    match migrations.pending.len() {
        0 if !found.rights.denied.is_empty() => Check::warning(
            "migrations",
            "cannot be seen without rights",
            "see the line about rights",
        ),
        0 => Check::good("migrations", "the database is up to date"),
        pending => Check::warning(
            "migrations",
            format!("{pending} pending"),
            "pulsed migrate; `pulsed serve` does it by itself",
        ),
    }
}

/// The database's clock beside this one, allowing for the time that asking took.
fn clock_of(seconds: f64, before: Timestamp, after: Timestamp) -> Check {
    #[expect(
        clippy::cast_possible_truncation,
        reason = "milliseconds of any year fit"
    )]
    let theirs = (seconds * 1000.0) as i64;
    let (before, after) = (before.as_millisecond(), after.as_millisecond());
    let off = match theirs {
        behind if behind < before => behind - before,
        ahead if ahead > after => ahead - after,
        _ => 0,
    };
    if off.abs() <= SKEW_MS {
        return Check::good("clock", "agrees with the database's");
    }
    let word = if off > 0 { "behind" } else { "ahead of" };
    let away = off.abs() / 1000;
    Check::warning(
        "clock",
        format!("this clock is {away} s {word} the database's, which is the one that counts"),
        "set up NTP on both hosts",
    )
}

/// Whether every replica gets the connections that it may open.
fn connections(found: &Examination, config: &Database) -> Check {
    let each = i64::from(config.pool_size) + i64::from(config.reserved_pool_size) + BESIDE_POOLS;
    let replicas = found.replicas.len().max(1);
    let wanted = each * i64::try_from(replicas).unwrap_or(i64::MAX);
    let (most, others) = (i64::from(found.connections.most), found.connections.others);
    let who = match found.replicas.as_slice() {
        [] => "no server lives on it, one may open".to_owned(),
        names => format!("{} may open", names.join(", ")),
    };
    let detail = format!("{who} {wanted}; PostgreSQL has room for {most}, others use {others}");
    let fix = "raise max_connections, or lower `pool_size:` under `database:`";
    if wanted > most {
        return Check::bad("connections", detail, fix);
    }
    if wanted + others > most {
        return Check::warning("connections", detail, fix);
    }
    Check::good("connections", detail)
}

fn disk(found: &Examination, config: &Database) -> Check {
    let bytes = size(u64::try_from(found.storage.bytes).unwrap_or_default());
    if !found.server.is_here {
        let detail = format!("the database has {bytes}; its disk is another host's");
        return Check::good("disk", detail);
    }
    let folder = found
        .storage
        .folder
        .clone()
        .or_else(|| folder_beside_socket(config));
    let room = folder.and_then(|folder| Some((statvfs(&*folder).ok()?, folder)));
    let Some((about, folder)) = room else {
        let detail = format!(
            "the database has {bytes}; how much its disk has left is seen by root, or with the role pg_read_all_settings"
        );
        return Check::good("disk", detail);
    };
    let free = about.f_bavail.saturating_mul(about.f_frsize);
    let detail = format!(
        "the database has {bytes}, {} are free in {folder}",
        size(free)
    );
    let fix =
        "make room, or keep executions for a shorter time: `executions_days:` under `retention:`";
    if free < LEAST_ROOM {
        Check::bad("disk", detail, fix)
    } else if free < SOME_ROOM {
        Check::warning("disk", detail, fix)
    } else {
        Check::good("disk", detail)
    }
}

/// PostgreSQL notes its folder in the second line of a file that only it and root can read.
fn folder_beside_socket(config: &Database) -> Option<String> {
    let url: tokio_postgres::Config = config.url.expose().parse().ok()?;
    let port = url.get_ports().first().copied().unwrap_or(5432);
    let Host::Unix(sockets) = url.get_hosts().first()? else {
        return None;
    };
    let lock = Path::new(sockets).join(format!(".s.PGSQL.{port}.lock"));
    let text = fs::read_to_string(lock).ok()?;
    text.lines().nth(1).map(str::to_owned)
}

/// What is known of backups: what PostgreSQL archives. `pulsed backup` leaves no mark.
fn backup(found: &Durability) -> Check {
    let age = |seconds: f64| format!("{:.0} minutes ago", seconds / 60.0);
    let last = found.archived_ago.map(age);
    let has_failed_since = match (found.archive_failed_ago, found.archived_ago) {
        (Some(failed), Some(archived)) => failed < archived,
        (failed, _) => failed.is_some(),
    };
    match (found.archive_mode.as_str(), last) {
        ("off", _) => Check::warning(
            "backup",
            "PostgreSQL archives nothing, and what `pulsed backup` has written is not known here",
            "let a timer run `pulsed backup FILE`, and try a file with `pulsed restore`",
        ),
        (_, last) if has_failed_since => Check::bad(
            "backup",
            format!(
                "PostgreSQL cannot archive its log; it last could {}",
                last.unwrap_or("never".to_owned())
            ),
            "see the log of PostgreSQL, and its archive_command",
        ),
        (_, Some(last)) => Check::good(
            "backup",
            format!("PostgreSQL archives its log, last {last}"),
        ),
        (_, None) => Check::good(
            "backup",
            "PostgreSQL archives its log; nothing was full yet",
        ),
    }
}

/// The way to a database on another host.
fn encryption(found: &Examination, config: &Database) -> Option<Check> {
    let url: tokio_postgres::Config = config.url.expose().parse().ok()?;
    let is_near = |host: &Host| match host {
        Host::Unix(_) => true,
        Host::Tcp(name) => name == "localhost" || name.starts_with("127.") || name == "::1",
    };
    if found.server.is_here || url.get_hosts().iter().all(is_near) {
        return None;
    }
    Some(Check::warning(
        "encryption",
        "what is said to the database crosses a network, and pulsed does not encrypt it",
        "keep both on a network of their own, or lay a tunnel between them",
    ))
}
