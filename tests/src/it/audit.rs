//! The audit trail: everything that was done is in it, once, and nobody can change it unnoticed.

use std::collections::BTreeSet;

use futures_util::future::join_all;
use pulse_tests::{
    Client, World,
    client::send,
    database::Database,
    eventually::{PATIENCE, eventually_async},
    places, steps,
};
use reqwest::Method;
use serde_json::{Value, json};

async fn entries(world: &World, query: &str) -> Vec<Value> {
    let page = world.admin().get(&format!("/audit?{query}")).await.is(200);
    page["items"].as_array().unwrap().clone()
}

/// Waits until everything is in the chain, and gives what a check of it says.
async fn verified(world: &World, query: &str) -> Value {
    let path = format!("/audit/verify{query}");
    eventually_async("a sealed trail", PATIENCE, async || {
        let found = world.admin().get(&path).await.is(200);
        if found["unsealed"] == 0 {
            Ok(found)
        } else {
            Err(found.to_string())
        }
    })
    .await
}

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

/// Calls that change something, each with the action under which it is in the trail.
pub(crate) struct Cases {
    client: Client,
    pub(crate) all: Vec<Case>,
}

pub(crate) struct Case {
    /// As the description of the interface names it.
    pub(crate) operation: String,
    pub(crate) request: reqwest::RequestBuilder,
    action: &'static str,
}

impl Cases {
    /// None yet; those that are added are an administrator's.
    pub(crate) fn new(world: &World) -> Self {
        Self {
            client: world.admin(),
            all: Vec::new(),
        }
    }

    /// `METHOD /path/{with}/parameter`, what the parameter is, the body, and the action.
    pub(crate) fn add(&mut self, template: &str, name: &str, body: &Value, action: &'static str) {
        let (method, template) = template.split_once(' ').unwrap();
        let named = |part| {
            if str::starts_with(part, '{') {
                name
            } else {
                part
            }
        };
        let path: Vec<&str> = template.split('/').map(named).collect();
        let method: Method = method.parse().unwrap();
        let operation = format!("{method} /api/v1{template}");
        let request = self.client.request(method, &path.join("/")).json(body);
        self.all.push(Case {
            operation,
            request,
            action,
        });
    }
}

fn id(value: &Value) -> String {
    value["id"].as_str().unwrap().to_owned()
}

pub(crate) async fn access(world: &World, cases: &mut Cases) {
    let body = json!({"name": "x", "role": "viewer"});
    let token = world.admin().post("/tokens", &body).await.is(201);
    let issue = json!({"region": "iad"});
    let path = "/workers/enroll-tokens";
    let enroll = world.admin().post(path, &issue).await.is(201);
    let fra = json!({"code": "fra", "name": "Frankfurt"});
    let none = json!({});
    let user = "insert into users (username, role) values ('alice', 'viewer')";
    world.database.tell(user).await.unwrap();
    let locked = json!({"disabled": true});

    cases.add("PATCH /users/{username}", "alice", &locked, "user.change");
    cases.add("POST /tokens", "", &body, "token.create");
    cases.add("DELETE /tokens/{id}", &id(&token), &none, "token.revoke");
    cases.add("POST /regions", "", &fra, "region.create");
    let name = json!({"name": "Frankfurt am Main"});
    cases.add("PATCH /regions/{code}", "fra", &name, "region.change");
    cases.add("DELETE /regions/{code}", "fra", &none, "region.remove");
    let many = json!({"multi_region_enabled": true});
    cases.add("PATCH /settings", "", &many, "settings.change");
    let issue_at = "POST /workers/enroll-tokens";
    cases.add(issue_at, "", &issue, "enroll_token.issue");
    let revoke = "DELETE /workers/enroll-tokens/{id}";
    cases.add(revoke, &id(&enroll), &none, "enroll_token.revoke");
    let body = json!({"token": world.enroll_token().await, "name": "web-3"});
    cases.add("POST /workers/enroll", "", &body, "worker.enroll");
}

pub(crate) async fn fleet(world: &World, cases: &mut Cases) {
    let (worker, credential) = world.enroll("web-1").await;
    let (gone, _) = world.enroll("web-2").await;
    // Only an agent that is connected can be restarted.
    let connected =
        "update workers set server_id = (select id from servers limit 1) where name = 'web-2'";
    world.database.tell(connected).await.unwrap();
    let (none, held) = (json!({}), json!({"mode": "hold"}));
    let groups = json!({"groups": ["web"]});
    let run = json!({"command": "true"});

    let drain = "POST /workers/{id}/drain";
    cases.add(drain, &worker, &held, "worker.drain");
    let resume = "POST /workers/{id}/resume";
    cases.add(resume, &worker, &none, "worker.resume");
    cases.add("PATCH /workers/{id}", &worker, &groups, "worker.change");
    let restart = "POST /workers/{id}/restart";
    cases.add(restart, &gone, &none, "worker.restart");
    let rotate = "POST /workers/{id}/rotate-credential";
    cases.add(rotate, &worker, &none, "credential.ask_rotation");
    let command = "POST /workers/{id}/command";
    cases.add(command, &gone, &run, "execution.start");
    cases.add("DELETE /workers/{id}", &gone, &none, "worker.remove");
    let admin = std::mem::replace(&mut cases.client, world.anonymous().with(&credential));
    let about = json!({"name": "web-1", "type": "remote"});
    cases.add("POST /workers/register", "", &about, "worker.register");
    let leave = "POST /workers/{id}/unregister";
    cases.add(leave, &worker, &none, "worker.unregister");
    let renew = "POST /workers/{id}/credential";
    cases.add(renew, &worker, &none, "credential.rotate");
    cases.client = admin;
    let clean = "POST /workers/cleanup-offline";
    cases.add(clean, "", &none, "worker.clean_up");
}

pub(crate) fn documents(cases: &mut Cases) {
    let document = json!({"steps": [{"name": "Wait", "type": "wait", "duration": "1h"}]});
    let seeds = json!({"name": "one", "definition": document});
    let apply = "PUT /workflows/{name}";

    cases.add("POST /workflows", "", &seeds, "workflow.apply");
    cases.add(apply, "two", &document, "workflow.apply");
    cases.add(
        "DELETE /workflows/{name}",
        "two",
        &json!({}),
        "workflow.delete",
    );
    let run = json!({"definition": document});
    cases.add("POST /executions", "", &run, "execution.start");
}

pub(crate) async fn runs(world: &World, cases: &mut Cases) {
    let ask = json!({"name": "Ask", "type": "prompt", "message": "Well?", "options": ["Yes"]});
    let wait = json!({"name": "Wait", "type": "wait", "duration": "1h"});
    let question = json!({"steps": [ask, wait]});
    let (first, second) = (world.run(&question).await, world.run(&question).await);
    world.prompt(first).await;
    let prompt = world.prompt(second).await["number"].to_string();
    let short = json!({"steps": [{"name": "A", "type": "wait", "duration": 1}]});
    let ended = world.complete(&short).await["number"].to_string();
    world.enroll("rolled").await;
    let roll = json!({"steps": [
        {"id": "r", "command": "true", "targets": ["rolled"], "rollout": {}},
    ]});
    let rolled = world.run(&roll).await;
    let end = format!("/executions/{rolled}/cancel");
    world.admin().post(&end, &json!({})).await.is(200);
    let rolled = world.ended(rolled).await["number"].to_string();
    let (first, none) = (first.to_string(), json!({}));
    let yes = json!({"response": "Yes"});

    let respond = "POST /executions/{id}/respond";
    cases.add(respond, &first, &yes, "prompt.answer");
    let delegate = "POST /prompts/{id}/delegate";
    let whom = json!({"to": "admin"});
    cases.add(delegate, &prompt, &whom, "prompt.delegate");
    let answer = "POST /prompts/{id}/answer";
    cases.add(answer, &prompt, &yes, "prompt.answer");
    let cancel = "POST /executions/{id}/cancel";
    let pause = "POST /executions/{id}/pause";
    cases.add(pause, &first, &none, "execution.pause");
    let resume = "POST /executions/{id}/resume";
    cases.add(resume, &first, &none, "execution.resume");
    cases.add(cancel, &first, &none, "execution.cancel");
    let retry = "POST /executions/{id}/retry";
    cases.add(retry, &ended, &none, "execution.start");
    let undo = "POST /executions/{id}/undo";
    cases.add(undo, &rolled, &none, "execution.start");
}

/// What changes nothing that anybody decided: signs of life, checks, and a clean-up that finds
/// nothing.
const WITHOUT: [&str; 5] = [
    "POST /api/v1/workers/heartbeat",
    "POST /api/v1/workers/{id}/ping",
    "POST /api/v1/workers/cleanup",
    "POST /api/v1/workflows/validate",
    "POST /api/v1/workflows/{name}/plan",
];

/// Every operation that does more than read, as the description of the interface names it.
pub(crate) async fn operations(world: &World) -> BTreeSet<String> {
    let described = world.anonymous().get("/openapi.json").await.is(200);
    let paths = described["paths"].as_object().unwrap().iter();
    let all = paths.flat_map(|(path, methods)| {
        let methods = methods.as_object().unwrap().keys();
        methods.map(move |method| format!("{} {path}", method.to_uppercase()))
    });
    all.filter(|operation| !operation.starts_with("GET "))
        .collect()
}

#[tokio::test]
async fn every_call_that_changes_something_leaves_one_entry() {
    let world = World::start().await;
    let mut missing = operations(&world).await;
    missing.retain(|operation| !WITHOUT.contains(&operation.as_str()));
    let mut cases = Cases::new(&world);
    access(&world, &mut cases).await;
    fleet(&world, &mut cases).await;
    documents(&mut cases);
    runs(&world, &mut cases).await;

    let mut wrong = Vec::new();
    for case in cases.all {
        missing.remove(&case.operation);
        let before = newest(&world).await;
        send(case.request).await.ok();
        let added = format!("select action from audit where id > {before} and actor <> 'somebody'");
        let added = world.database.ask(&added).await;
        if added != [case.action] {
            wrong.push(format!("{}: {added:?}", case.operation));
        }
    }

    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(missing.is_empty(), "without a case: {missing:?}");
}

/// The number of the newest entry.
pub(crate) async fn newest(world: &World) -> String {
    let newest = world
        .database
        .ask("select coalesce(max(id), 0) from audit")
        .await;
    newest[0].clone()
}

#[tokio::test]
async fn refused_calls_are_counted_in_the_trail() {
    let world = World::start().await;
    let viewer = world.somebody("viewer").await;

    for _ in 0..3 {
        viewer
            .post("/workers/cleanup", &json!({}))
            .await
            .problem(403, "forbidden");
    }
    world
        .anonymous()
        .with("pulse_user_0")
        .get("/user")
        .await
        .is(401);
    world.anonymous().get("/user").await.is(401);

    let actions = [
        "refused.forbidden",
        "refused.wrong_token",
        "refused.no_credential",
    ];
    for action in actions {
        let times = if action == "refused.forbidden" { 3 } else { 1 };
        eventually_async(action, PATIENCE, async || {
            let found = entries(&world, &format!("action={action}")).await;
            let sum: i64 = found
                .iter()
                .filter_map(|entry| entry["detail"]["times"].as_i64())
                .sum();
            if sum == times {
                Ok(())
            } else {
                Err(format!("{found:?}"))
            }
        })
        .await;
    }
    let by_viewer = entries(&world, "action=refused&actor=a%20viewer").await;
    assert_eq!(by_viewer[0]["subject"], "127.0.0.1");
    assert_eq!(by_viewer[0]["detail"]["example"], "POST /workers/cleanup");
}

#[tokio::test]
async fn the_trail_is_listed_by_who_what_and_when() {
    let world = World::start().await;
    world.enroll("web-1").await;
    let operator = world.somebody("operator").await;
    let all = entries(&world, "limit=500").await;

    let tokens = entries(&world, "action=token").await;
    let one = entries(&world, "action=token.create&actor=admin").await;
    let later = entries(&world, "since=2100-01-01T00:00:00Z").await;
    let paged = world.admin().get("/audit?limit=1").await.is(200);

    let ids = |found: &[Value]| found.iter().map(|e| e["id"].clone()).collect::<Vec<_>>();
    assert_eq!(ids(&one), [&all[0]["id"]].map(Clone::clone));
    assert!(ids(&tokens).contains(&one[0]["id"]) && tokens.len() > one.len());
    assert!(tokens.len() < all.len());
    assert!(later.is_empty());
    assert_eq!(paged["items"][0]["id"], all[0]["id"]);
    let next = format!("limit=1&cursor={}", paged["next_cursor"].as_str().unwrap());
    assert_eq!(entries(&world, &next).await[0]["id"], all[1]["id"]);
    operator.get("/audit").await.problem(403, "forbidden");
    operator
        .get("/audit/verify")
        .await
        .problem(403, "forbidden");
}

#[tokio::test]
async fn pulsectl_lists_follows_and_exports_the_trail() {
    let world = World::start().await;
    world.enroll("web-1").await;
    let found = verified(&world, "").await;

    let exported = world.ctl(&["audit", "export"]).await;
    let listed = world
        .ctl(&["audit", "ls", "--action", "worker.enroll", "-o", "json"])
        .await;
    let followed = [
        "audit",
        "ls",
        "-f",
        "--action",
        "region",
        "-q",
        "--timeout",
        "6s",
    ];
    let (followed, _) = tokio::join!(world.ctl(&followed), async {
        let region = json!({"code": "fra", "name": "Frankfurt"});
        world.admin().post("/regions", &region).await.is(201)
    });

    let lines: Vec<Value> = exported
        .is(0)
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(lines.len() as u64, found["checked"].as_u64().unwrap());
    let seqs: Vec<i64> = lines
        .iter()
        .map(|line| line["seq"].as_i64().unwrap())
        .collect();
    assert!(
        seqs.windows(2).all(|pair| pair[1] == pair[0] + 1),
        "{seqs:?}"
    );
    assert_eq!(lines.last().unwrap()["sha256"], found["head"]["sha256"]);
    let listed: Value = serde_json::from_str(listed.is(0)).unwrap();
    assert_eq!(listed[0]["action"], "worker.enroll");
    assert_eq!(followed.is(0).lines().count(), 1, "{}", followed.stderr);
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
