//! What leaves an entry: each call that changes something, and calls that are refused.

use std::collections::BTreeSet;

use pulse_tests::{
    Client, World,
    client::send,
    eventually::{PATIENCE, eventually_async},
};
use reqwest::Method;
use serde_json::{Value, json};

use super::entries;
use crate::hooks;

/// What deliveries are signed with.
const HOOK: &str = "signed with this";

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
    let rotate = "POST /tokens/{id}/rotate";
    cases.add(rotate, &id(&token), &none, "token.rotate");
    cases.add("DELETE /tokens/{id}", &id(&token), &none, "token.revoke");
    cases.add("POST /regions", "", &fra, "region.create");
    let name = json!({"name": "Frankfurt am Main"});
    cases.add("PATCH /regions/{code}", "fra", &name, "region.change");
    cases.add("DELETE /regions/{code}", "fra", &none, "region.remove");
    let secret = json!({"value": "correct horse battery"});
    let request = world.admin().request(Method::PUT, "/secrets/HOOK");
    send(request.json(&json!({"value": HOOK}))).await.is(200);
    cases.add("PUT /secrets/{name}", "TOKEN", &secret, "secret.set");
    cases.add("DELETE /secrets/{name}", "TOKEN", &none, "secret.remove");
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
    let mut triggered = document.clone();
    let hook = |name: &str| json!({"name": name, "kind": "generic", "secret": "HOOK"});
    triggered["triggers"] = json!({"webhook": [hook("webhook"), hook("other")]});

    cases.add("POST /workflows", "", &seeds, "workflow.apply");
    cases.add(apply, "two", &triggered, "workflow.apply");
    let pause = "POST /workflows/{name}/pause";
    cases.add(pause, "one", &json!({}), "workflow.pause");
    let resume = "POST /workflows/{name}/resume";
    cases.add(resume, "one", &json!({}), "workflow.resume");
    schedules(cases);
    channels(cases);
    sensors(cases);
    let (workflow, three) = ("/workflows/{name}", json!({"name": "three"}));
    let rename = format!("PATCH {workflow}");
    cases.add(&rename, "two", &three, "workflow.rename");
    let delete = format!("DELETE {workflow}");
    cases.add(&delete, "three", &json!({}), "workflow.delete");
    let run = json!({"definition": document});
    cases.add("POST /executions", "", &run, "execution.start");
}

fn channels(cases: &mut Cases) {
    // Nobody listens there: that it was tried is what counts.
    let spec = json!({"webhook": {"url": "http://127.0.0.1:1/"}});
    let channel = "/notifications/channels/{name}";
    let none = json!({});

    cases.add(&format!("PUT {channel}"), "ops", &spec, "channel.put");
    cases.add(
        &format!("POST {channel}/test"),
        "ops",
        &none,
        "channel.test",
    );
    cases.add(&format!("DELETE {channel}"), "ops", &none, "channel.remove");
}

fn schedules(cases: &mut Cases) {
    let (none, night) = (json!({}), json!({"workflow": "one", "cron": "0 0 1 1 *"}));
    let named = |verb: &str| format!("POST /schedules/{{name}}/{verb}");

    cases.add("POST /schedules", "", &night, "schedule.put");
    cases.add("PUT /schedules/{name}", "two", &night, "schedule.put");
    cases.add(&named("pause"), "two", &none, "schedule.pause");
    cases.add(&named("resume"), "two", &none, "schedule.resume");
    cases.add(&named("trigger"), "two", &none, "execution.start");
    cases.add("DELETE /schedules/{name}", "two", &none, "schedule.remove");
}

fn sensors(cases: &mut Cases) {
    let named = |verb: &str| format!("POST /sensors/{{name}}/{verb}");

    cases.add(&named("pause"), "two", &json!({}), "sensor.pause");
    cases.add(&named("resume"), "two", &json!({}), "sensor.resume");
    for (path, template) in [
        ("/hooks/two", "/hooks/{workflow}"),
        ("/hooks/two/other", "/hooks/{workflow}/{name}"),
    ] {
        cases.all.push(Case {
            operation: format!("POST /api/v1{template}"),
            request: hooks::signed(&cases.client, path, (HOOK, "{}")),
            action: "execution.start",
        });
    }
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
    let now = json!({"older_than_seconds": 0});
    cases.add("POST /executions/prune", "", &now, "execution.prune");
}

pub(crate) async fn watched(world: &World, cases: &mut Cases) {
    let page =
        json!({"probe": {"http": {"url": "https://example.org/"}}, "interval_seconds": 86_400});
    for name in ["site", "shop"] {
        let request = world
            .admin()
            .request(Method::PUT, &format!("/monitors/{name}"));
        send(request.json(&page)).await.is(200);
    }
    let (none, test) = (json!({}), json!({"probe": page["probe"]}));
    let mut other = page.clone();
    other["description"] = json!("another");
    let rest = json!({"monitors": ["site"], "duration_seconds": 60});
    let added = world.admin().post("/maintenances", &rest).await.is(201);

    let mut new = page.clone();
    new["name"] = json!("new");
    cases.add("POST /monitors", "", &new, "monitor.put");
    cases.add("PUT /monitors/{name}", "site", &other, "monitor.put");
    let check = "POST /monitors/{name}/check";
    cases.add(check, "site", &none, "monitor.check");
    cases.add("POST /monitors/test", "", &test, "monitor.test");
    let pause = "POST /monitors/{name}/pause";
    cases.add(pause, "site", &none, "monitor.pause");
    let resume = "POST /monitors/{name}/resume";
    cases.add(resume, "site", &none, "monitor.resume");
    cases.add("DELETE /monitors/{name}", "shop", &none, "monitor.remove");
    cases.add("POST /maintenances", "", &rest, "maintenance.add");
    let remove = "DELETE /maintenances/{number}";
    let number = added["number"].to_string();
    cases.add(remove, &number, &none, "maintenance.remove");
}

/// What changes nothing that anybody decided: signs of life, checks, and a clean-up that finds
/// nothing.
const WITHOUT: [&str; 6] = [
    "POST /api/v1/monitors/{name}/beat",
    "POST /api/v1/workers/heartbeat",
    "POST /api/v1/workers/{id}/ping",
    "POST /api/v1/workers/cleanup",
    "POST /api/v1/workflows/validate",
    "POST /api/v1/workflows/{name}/plan",
];

/// Every operation that does more than read, as the description of the interface names it; older paths
/// lead to the same.
pub(crate) async fn operations(world: &World) -> BTreeSet<String> {
    let described = world.anonymous().get("/openapi.json").await.is(200);
    let paths = described["paths"].as_object().unwrap().iter();
    let all = paths.flat_map(|(path, methods)| {
        let methods = methods.as_object().unwrap().keys();
        methods.map(move |method| format!("{} {path}", method.to_uppercase()))
    });
    all.filter(|operation| !operation.starts_with("GET ") && operation.contains(" /api/v1/"))
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
    watched(&world, &mut cases).await;

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
