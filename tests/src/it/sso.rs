//! Whom a proxy names: directly with its headers, and behind a real nginx.

use pulse_tests::{
    Answer, Client, World,
    client::send,
    eventually::{PATIENCE, eventually_async},
    nginx::{KNOWN_ADDRESS, Nginx, SECRET},
};
use reqwest::{Method, RequestBuilder};
use serde_json::{Value, json};

pub(super) const LOGIN: &str = "https://auth.example/login";

/// A server that trusts a proxy on this host.
pub(super) async fn trusting() -> World {
    World::with(&[
        ("PULSE__SSO__TRUSTED_PROXIES", "127.0.0.0/8"),
        ("PULSE__SSO__PROXY_SECRET", SECRET),
        ("PULSE__SSO__LOGIN_URL", LOGIN),
    ])
    .await
}

/// What the proxy would send for somebody.
pub(super) fn proxied(world: &World, method: Method, path: &str, groups: &str) -> RequestBuilder {
    let request = world.anonymous().request(method, path);
    let request = request.header("x-pulse-proxy-secret", SECRET);
    let request = request.header("Remote-User", "alice");
    request.header("Remote-Groups", groups)
}

async fn user(world: &World, groups: &str) -> Answer {
    send(proxied(world, Method::GET, "/user", groups)).await
}

#[tokio::test]
async fn whom_a_trusted_proxy_names_is_signed_in_and_noted() {
    let world = trusting().await;

    let request = proxied(&world, Method::GET, "/user", "employee,cooks");
    let request = request.header("Remote-Name", "Alice A.");
    let answer = send(request.header("Remote-Email", "a@example.org")).await;

    let alice = answer.is(200);
    assert_eq!(alice["username"], "alice");
    assert_eq!(alice["display_name"], "Alice A.");
    assert_eq!(alice["email"], "a@example.org");
    assert_eq!(alice["groups"], json!(["employee", "cooks"]));
    assert_eq!(alice["role"], "operator");
    let noted = world.admin().get("/users/alice").await.is(200);
    assert_eq!(noted["groups"], json!(["employee", "cooks"]));
    let changed = user(&world, "admin").await.is(200);
    assert_eq!(changed["role"], "admin");
    let noted = world.admin().get("/users/alice").await.is(200);
    assert_eq!(
        (&noted["role"], &noted["display_name"]),
        (&json!("admin"), &Value::Null)
    );
    let trail = world
        .admin()
        .get("/audit?action=user.sign_in")
        .await
        .is(200);
    assert_eq!(trail["items"].as_array().unwrap().len(), 2);
}

#[tokio::test]
async fn whoever_is_no_trusted_proxy_is_nobody() {
    let world = trusting().await;
    let without = World::start().await;

    for (name, value) in [("remote-user", "admin"), ("REMOTE_USER", "admin")] {
        let request = world
            .anonymous()
            .request(Method::GET, "/user")
            .header(name, value);
        let request = request.header("remote-groups", "admin");
        send(request.try_clone().unwrap())
            .await
            .problem(401, "unauthenticated");
        let guess = request.header("x-pulse-proxy-secret", "not-the-secret-not-the-secret-no");
        send(guess).await.problem(401, "unauthenticated");
        let known = without
            .anonymous()
            .request(Method::GET, "/user")
            .header(name, value);
        let known = known.header("x-pulse-proxy-secret", SECRET);
        send(known).await.problem(401, "unauthenticated");
    }
    eventually_async("a note of it", PATIENCE, async || {
        let path = "/audit?action=refused.untrusted_headers";
        let found = world.admin().get(path).await.is(200);
        let is_there = !found["items"].as_array().unwrap().is_empty();
        is_there.then_some(()).ok_or_else(|| found.to_string())
    })
    .await;
    let users = world.admin().get("/users").await.is(200);
    assert_eq!(users["items"], json!([]));
}

#[tokio::test]
async fn a_claim_that_can_be_read_in_two_ways_is_refused() {
    let world = trusting().await;
    let with = async |name: &str, value: &str| {
        send(proxied(&world, Method::GET, "/user", "employee").header(name, value)).await
    };

    with("Remote_User", "admin")
        .await
        .problem(400, "malformed_request");
    with("REMOTE-USER", "admin")
        .await
        .problem(400, "malformed_request");
    with("Remote-Groups", "admin")
        .await
        .problem(400, "malformed_request");
    with("Remote_Groups", "admin")
        .await
        .problem(400, "malformed_request");
    with("Remote-Name", &"a".repeat(257))
        .await
        .problem(400, "malformed_request");
    with("Connection", "close, Remote-User")
        .await
        .problem(401, "unauthenticated");
    let bearer =
        proxied(&world, Method::GET, "/user", "employee").bearer_auth(world.admin().token());
    send(bearer).await.problem(400, "ambiguous_credentials");
}

#[tokio::test]
async fn only_whole_names_of_groups_let_somebody_in() {
    let world = trusting().await;

    for groups in ["", "cooks", "admins", "adm", "ADMIN", "employees,viewers"] {
        user(&world, groups).await.problem(403, "forbidden");
    }
    let none = world.anonymous().request(Method::GET, "/user");
    let none = none.header("x-pulse-proxy-secret", SECRET);
    send(none.header("Remote-User", "alice"))
        .await
        .problem(403, "forbidden");

    assert_eq!(
        user(&world, "cooks, viewer").await.is(200)["role"],
        "viewer"
    );
    let token = json!({"name": "t", "role": "viewer"});
    let issue = proxied(&world, Method::POST, "/workers/enroll-tokens", "employee");
    let issue = issue
        .header("sec-fetch-site", "same-origin")
        .json(&json!({"region": "iad"}));
    send(issue).await.problem(403, "forbidden");
    let own = proxied(&world, Method::POST, "/tokens", "viewer");
    let own = own.header("x-requested-with", "test").json(&token);
    send(own).await.is(201);
}

#[tokio::test]
async fn who_is_locked_out_or_left_the_group_is_refused_with_all_tokens_and_streams() {
    let world = trusting().await;
    let create = |groups: &str| {
        let request = proxied(&world, Method::POST, "/tokens", groups);
        let request = request.header("x-requested-with", "test");
        request.json(&json!({"name": "mine", "role": "viewer"}))
    };
    let token = send(create("employee")).await.is(201)["token"].clone();
    let own = world.anonymous().with(token.as_str().unwrap());
    assert_eq!(own.get("/user").await.is(200)["username"], "alice");

    user(&world, "cooks").await.problem(403, "forbidden");
    own.get("/user").await.problem(401, "unauthenticated");
    user(&world, "employee").await.is(200);
    own.get("/user").await.is(200);

    let lock = json!({"disabled": true});
    let wait = json!({"steps": [{"name": "Wait", "type": "wait", "duration": "1h"}]});
    let number = world.run(&wait).await;
    let stream = opened(&own, number).await;
    world.admin().patch("/users/alice", &lock).await.is(200);

    user(&world, "admin").await.problem(403, "forbidden");
    own.get("/user").await.problem(401, "unauthenticated");
    ends(stream).await;
    let said = world.ctl(&["user", "enable", "alice"]).await;
    assert!(said.is(0).contains("enabled"));
    user(&world, "employee").await.is(200);
}

#[tokio::test]
async fn a_role_that_an_admin_sets_counts_more_than_the_groups() {
    let world = trusting().await;
    user(&world, "viewer").await.is(200);

    world
        .ctl(&["user", "set-role", "alice", "admin"])
        .await
        .is(0);
    assert_eq!(user(&world, "viewer").await.is(200)["role"], "admin");
    user(&world, "cooks").await.problem(403, "forbidden");
    world
        .ctl(&["user", "set-role", "alice", "by-groups"])
        .await
        .is(0);

    assert_eq!(user(&world, "viewer").await.is(200)["role"], "viewer");
    let listed = world.ctl(&["user", "ls", "-o", "json"]).await;
    let listed: Value = serde_json::from_str(listed.is(0)).unwrap();
    assert_eq!(listed[0]["username"], "alice");
}

#[tokio::test]
async fn a_revoked_token_ends_the_streams_that_it_opened() {
    let world = World::start().await;
    let body = json!({"name": "script", "role": "viewer"});
    let created = world.admin().post("/tokens", &body).await.is(201);
    let script = world.anonymous().with(created["token"].as_str().unwrap());
    let wait = json!({"steps": [{"name": "Wait", "type": "wait", "duration": "1h"}]});
    let number = world.run(&wait).await;
    let stream = opened(&script, number).await;

    let path = format!("/tokens/{}", created["id"].as_str().unwrap());
    assert_eq!(world.admin().delete(&path).await.status, 204);

    ends(stream).await;
}

/// The stream of an execution, open.
async fn opened(client: &Client, number: i64) -> reqwest::Response {
    let events = client.request(Method::GET, &format!("/executions/{number}/events"));
    let response = events.send().await.unwrap();
    assert_eq!(response.status(), 200);
    response
}

async fn ends(stream: reqwest::Response) {
    let rest = tokio::time::timeout(PATIENCE, stream.bytes()).await;
    rest.expect("the stream ends").unwrap();
}

/// Asks through nginx as somebody with this session.
fn at(client: &Client, path: &str, session: &str) -> RequestBuilder {
    let request = client.request_at(Method::GET, path);
    request.header("cookie", format!("session={session}"))
}

#[tokio::test]
async fn behind_nginx_only_what_it_vouches_for_counts() {
    let world = trusting().await;
    let Some(nginx) = Nginx::before(world.servers[0].address(), world.folder()) else {
        return;
    };
    let client = nginx.client();
    let me = "/guarded/api/v1/user";
    let ask = async |session: &str, more: &[(&str, &str)]| {
        let request = at(&client, me, session);
        send(
            more.iter()
                .fold(request, |r, (name, value)| r.header(*name, *value)),
        )
        .await
    };

    let alice = ask("alice", &[]).await.is(200);
    assert_eq!(
        (&alice["username"], &alice["role"]),
        (&json!("alice"), &json!("operator"))
    );
    assert_eq!(alice["email"], "alice@example.org");
    assert_eq!(ask("root", &[]).await.is(200)["role"], "admin");
    let forged = [("Remote-User", "root"), ("Remote-Groups", "admin")];
    assert_eq!(ask("alice", &forged).await.is(200)["username"], "alice");
    assert_eq!(ask("nobody", &forged).await.status, 401);
    for session in ["cook", "almost", "loner"] {
        ask(session, &[]).await.problem(403, "forbidden");
    }
    ask("alice", &[("Remote_User", "root")])
        .await
        .problem(400, "malformed_request");
    ask("alice", &[("Connection", "Remote-User")])
        .await
        .problem(401, "unauthenticated");
    let bearer = format!("Bearer {}", world.admin().token());
    let both = [("Authorization", bearer.as_str())];
    ask("alice", &both)
        .await
        .problem(400, "ambiguous_credentials");
    let unguarded = at(&client, "/api/v1/user", "alice").header("Remote-User", "root");
    send(unguarded).await.problem(401, "unauthenticated");
    let direct = world
        .anonymous()
        .request(Method::GET, "/user")
        .header("Remote-User", "root");
    send(direct).await.problem(401, "unauthenticated");
}

#[tokio::test]
async fn behind_nginx_the_address_of_a_guesser_is_their_own() {
    let world = trusting().await;
    let Some(nginx) = Nginx::before(world.servers[0].address(), world.folder()) else {
        return;
    };
    let guess = async |forwarded: &str| {
        let request = nginx.client().request_at(Method::GET, "/api/v1/user");
        let request = request.header("x-forwarded-for", forwarded);
        send(request.bearer_auth("pulse_user_0")).await
    };

    // All of this host is trusted here, so the address before nginx's own counts.
    for _ in 0..10 {
        guess("198.51.100.1").await.problem(401, "unauthenticated");
    }

    guess("198.51.100.1")
        .await
        .problem(429, "too_many_requests");
    guess("198.51.100.2").await.problem(401, "unauthenticated");
    let rotated = "203.0.113.9, 198.51.100.1";
    guess(rotated).await.problem(429, "too_many_requests");
}

#[tokio::test]
async fn behind_nginx_as_packaged_people_and_tokens_come_through_one_door() {
    let world = trusting().await;
    let Some(nginx) = Nginx::as_packaged(world.servers[0].address(), world.folder()) else {
        return;
    };
    let client = nginx.client();
    let forged = |request: RequestBuilder| {
        let request = request.header("Remote-User", "root");
        request.header("Remote-Groups", "admin")
    };
    let me = "/api/v1/user";
    let session = |name: &str| at(&client, me, name);
    let token = |token: &str| client.request_at(Method::GET, me).bearer_auth(token);

    let alice = send(forged(session("alice"))).await.is(200);
    assert_eq!(
        (&alice["username"], &alice["role"]),
        (&json!("alice"), &json!("operator"))
    );
    assert_eq!(alice["display_name"], "alice the person");
    send(session("cook")).await.problem(403, "forbidden");
    let nobody = send(forged(session("nobody"))).await;
    nobody.problem(401, "unauthenticated");
    let page = session("nobody").header("accept", "text/html");
    assert_eq!(send(page).await.headers["location"], LOGIN);
    let admin = send(forged(token(world.admin().token()))).await.is(200);
    assert_eq!(admin["username"], "admin");
    let wrong = token("pulse_user_0").header("cookie", "session=root");
    send(wrong).await.problem(401, "unauthenticated");
}

#[tokio::test]
async fn behind_nginx_as_packaged_nobody_chooses_the_address_that_the_service_sees() {
    let world = trusting().await;
    let Some(nginx) = Nginx::as_packaged(world.servers[0].address(), world.folder()) else {
        return;
    };
    let client = nginx.client();

    let from_afar = at(&client, "/api/v1/user", "nobody").header("X-Forwarded-For", KNOWN_ADDRESS);

    send(from_afar).await.problem(401, "unauthenticated");
}

#[tokio::test]
async fn behind_nginx_as_packaged_only_the_trusted_certificate_names_people() {
    let world = trusting().await;
    let address = world.servers[0].address();
    // nginx takes a question that got no answer for a fault of its own.
    for (trusted, status) in [("service", 200), ("another", 500)] {
        let Some(nginx) = Nginx::asking_over_tls(address, world.folder(), trusted) else {
            return;
        };
        let client = nginx.client();

        let answer = send(at(&client, "/api/v1/user", "alice")).await;

        assert_eq!(answer.status, status, "trusted: {trusted}");
    }
}

#[tokio::test]
async fn a_token_of_ones_own_has_the_groups_that_it_was_made_with_and_one_still_has() {
    let world = trusting().await;
    let deploy =
        json!({"permissions": {"run": ["prod"]}, "steps": [{"type": "wait", "duration": 1}]});
    let admin = world.admin();
    admin
        .put("/workflows/deploy", &deploy.to_string())
        .await
        .is(201);
    let create = async |groups: &Value| {
        let request = proxied(&world, Method::POST, "/tokens", "employee,prod,cooks");
        let request = request.header("x-requested-with", "test");
        let mut body = json!({"name": "mine", "role": "operator"});
        if !groups.is_null() {
            body["groups"] = groups.clone();
        }
        let made = send(request.json(&body)).await.is(201);
        world.anonymous().with(made["token"].as_str().unwrap())
    };
    let (none, all) = (create(&json!([])).await, create(&Value::Null).await);
    let start = json!({"workflow": "deploy"});

    none.post("/executions", &start)
        .await
        .problem(403, "forbidden");
    all.post("/executions", &start).await.is(201);
    user(&world, "employee,cooks,leads").await.is(200);

    let groups = all.get("/user").await.is(200)["groups"].clone();
    assert_eq!(groups, json!(["employee", "cooks"]));
    all.post("/executions", &start)
        .await
        .problem(403, "forbidden");
}
