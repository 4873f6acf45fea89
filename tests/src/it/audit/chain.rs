//! The chain: who could change the trail, and how it is found.

use std::collections::BTreeSet;

use futures_util::future::join_all;
use pulse_tests::{World, database::Database, places, steps};
use serde_json::json;

use super::verified;

#[tokio::test]
async fn the_database_refuses_to_change_the_trail() {
    let world = World::start().await;
    world.enroll("web-1").await;
    verified(&world, "").await;
    let before = world.database.ask("select count(*) from audit").await;

    let mut answers = BTreeSet::new();
    for table in ["audit", "audit_seals"] {
        for statement in [
            "update {} set audit_id = 1",
            "delete from {}",
            "truncate {} cascade",
        ] {
            let column = if table == "audit" { "id" } else { "audit_id" };
            let statement = statement.replace("{}", table).replace("audit_id", column);
            let statement = statement.replace("set id = 1", "set actor = 'nobody'");
            answers.insert(world.database.tell(&statement).await.unwrap_err());
        }
    }

    assert_eq!(answers, BTreeSet::from(["42501".to_owned()]));
    assert_eq!(
        world.database.ask("select count(*) from audit").await,
        before
    );
}

/// The SQL of the recipe, for a role of this name.
fn recipe(role: &str) -> String {
    let text = places::read("docs/recipes/a-role-of-its-own.md");
    let blocks = text.split("```sql\n").skip(1);
    let sql: Vec<&str> = blocks.filter_map(|rest| rest.split("```").next()).collect();
    sql.concat().replace("pulse_app", role)
}

#[tokio::test]
async fn a_server_that_may_only_add_to_the_trail_does_its_work_and_cannot_change_it() {
    let database = Database::shared().await;
    let role = format!("app_{}", uuid::Uuid::now_v7().simple());
    database.tell(&recipe(&role)).await.unwrap();
    let (before, _) = database.url().split_once("&user=").unwrap();
    let url = format!("{before}&user={role}");
    let world = World::reaching(database, &url, &[]);

    let mut worker = world.socket("web-1").await;
    let number = world.run(&steps::one("true", &["web-1"])).await;
    let offer = worker.take().await;
    let result = worker.result(&offer, 0);
    worker.send(&result).await;
    assert_eq!(world.ended(number).await["status"], "completed");
    let region = json!({"code": "fra", "name": "Frankfurt"});
    world.admin().post("/regions", &region).await.is(201);
    world.admin().delete("/regions/fra").await.is(204);
    assert_eq!(verified(&world, "").await["intact"], true);
    let who = "select distinct usename::text from pg_stat_activity \
        where application_name = 'pulsed' and datname = current_database()";
    assert_eq!(world.database.ask(who).await, std::slice::from_ref(&role));

    for table in ["audit", "audit_seals"] {
        for (right, statement) in [
            (
                "update",
                format!(
                    "update {table} set {}",
                    if table == "audit" {
                        "actor = 'x'"
                    } else {
                        "seq = 1"
                    }
                ),
            ),
            ("delete", format!("delete from {table}")),
            ("truncate", format!("truncate {table} cascade")),
        ] {
            let refused = world
                .database
                .tell(&format!("set role {role}; {statement}"))
                .await;
            assert_eq!(refused, Err("42501".to_owned()), "{statement}");
            let may = format!("select has_table_privilege('{role}', '{table}', '{right}')::text");
            assert_eq!(world.database.ask(&may).await, ["false"], "{right} {table}");
        }
    }
    let disarm = format!("set role {role}; set session_replication_role = replica");
    assert_eq!(world.database.tell(&disarm).await, Err("42501".to_owned()));
    let drop = format!("set role {role}; drop table audit_seals");
    assert_eq!(world.database.tell(&drop).await, Err("42501".to_owned()));
}

#[tokio::test]
async fn one_changed_letter_is_found() {
    let world = World::start().await;
    world.enroll("web-1").await;
    let intact = verified(&world, "").await;
    assert_eq!(intact["intact"], true, "{intact}");

    let tampering = "set session_replication_role = replica; \
        update audit set subject = overlay(subject placing '~' from 1 for 1) \
        where id = (select audit_id from audit_seals where seq = 2)";
    world.database.tell(tampering).await.unwrap();

    let broken = verified(&world, "").await;
    assert_eq!(broken["intact"], false);
    assert_eq!(broken["broken"]["seq"], 2, "{broken}");
    let said = world.ctl(&["audit", "verify"]).await;
    assert_eq!(said.code, 3, "{}", said.stderr);
}

#[tokio::test]
async fn a_trail_that_was_cut_short_is_found_with_an_earlier_head() {
    let world = World::start().await;
    world.enroll("web-1").await;
    verified(&world, "").await;
    let head = world.ctl(&["audit", "verify", "-q"]).await;
    let head = head.is(0).trim();

    let tampering = "set session_replication_role = replica; \
        delete from audit where id = (select audit_id from audit_seals order by seq desc limit 1); \
        delete from audit_seals where seq = (select max(seq) from audit_seals)";
    world.database.tell(tampering).await.unwrap();

    assert_eq!(world.ctl(&["audit", "verify"]).await.code, 0);
    let said = world.ctl(&["audit", "verify", "--head", head]).await;
    assert_eq!(said.code, 3, "{}", said.stderr);
}

#[tokio::test]
async fn transactions_at_once_on_two_replicas_make_one_chain_without_gaps() {
    let mut world = World::start().await;
    world.add_server(&[]);
    let region = |number: usize| json!({"code": format!("r{number}"), "name": "a region"});

    join_all((0..100).map(|number| {
        let client = world.admin_at(number % 2);
        async move { client.post("/regions", &region(number)).await.ok() }
    }))
    .await;

    let found = verified(&world, "").await;
    assert_eq!(found["intact"], true, "{found}");
    let created = "select count(*) from audit where action = 'region.create'";
    assert_eq!(world.database.ask(created).await, ["100"]);
    let gaps = "select count(*) from audit_seals where seq > (select count(*) from audit_seals)";
    assert_eq!(world.database.ask(gaps).await, ["0"]);
}

#[tokio::test]
async fn what_nobody_sealed_is_found() {
    let world = World::start().await;
    verified(&world, "").await;

    let slipped_in = "insert into audit (at, actor, action, subject) \
        values (now() - interval '2 minutes', 'x', 'y', 'z')";
    world.database.tell(slipped_in).await.unwrap();

    let found = world.admin().get("/audit/verify").await.is(200);
    assert_eq!(found["intact"], false);
    let reason = found["broken"]["reason"].as_str().unwrap();
    assert!(reason.contains("never sealed"), "{reason}");
}
