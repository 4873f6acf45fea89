//! Bad input: refused with the right status, and nothing changes.

use std::fmt::Write as _;

use pulse_tests::{Answer, World, client::send, steps};
use reqwest::{Method, header::CONTENT_TYPE};
use serde_json::{Value, json};

async fn raw(world: &World, path: &str, body: impl Into<reqwest::Body>) -> Answer {
    let request = world.admin().request(Method::POST, path);
    send(request.header(CONTENT_TYPE, "application/json").body(body)).await
}

async fn validate(world: &World, document: &str) -> Answer {
    let request = world.admin().request(Method::POST, "/workflows/validate");
    send(
        request
            .header(CONTENT_TYPE, "application/yaml")
            .body(document.to_owned()),
    )
    .await
}

/// Nothing came to be, and the server is well.
async fn unharmed(world: &World) {
    for path in ["/executions", "/workflows", "/workers"] {
        let page = world.admin().get(path).await.is(200);
        assert_eq!(page["items"], json!([]), "{path}");
    }
    let health = send(world.anonymous().request_at(Method::GET, "/health")).await;
    health.is(200);
}

#[tokio::test]
async fn fields_that_only_the_server_may_set_are_refused() {
    let world = World::start().await;
    let definition = json!({"steps": [steps::prompt("ask")]});
    let (id, credential) = world.enroll("web-1").await;

    for (field, value) in [
        ("status", json!("completed")),
        ("started_by", json!("somebody")),
        ("fence", json!(1)),
        ("role", json!("admin")),
        ("number", json!(1)),
    ] {
        let mut body = json!({"definition": definition});
        body[field] = value.clone();
        world
            .admin()
            .post("/executions", &body)
            .await
            .problem(422, "invalid_body");
        let mut body = json!({"name": "script", "role": "viewer"});
        if field != "role" {
            body[field] = value.clone();
            world
                .admin()
                .post("/tokens", &body)
                .await
                .problem(422, "invalid_body");
        }
        let mut patch = json!({"groups": ["web"]});
        patch[field] = value.clone();
        world
            .admin()
            .patch(&format!("/workers/{id}"), &patch)
            .await
            .problem(422, "invalid_body");
        // An older worker's sign of life may say so, and is not believed.
        let mut ping = json!({"meta": {}});
        ping[field] = value;
        let worker = world.anonymous().with(&credential);
        let path = format!("/workers/{id}/ping");
        worker.post(&path, &ping).await.is(200);
    }
    let worker = world.admin().get("/workers/web-1").await.is(200);
    assert_eq!(worker["groups"], json!([]));
    assert_eq!(
        (&worker["role"], &worker["status"]),
        (&json!("action"), &json!("online"))
    );
    assert_eq!(
        world.admin().get("/executions").await.is(200)["items"],
        json!([])
    );
}

#[tokio::test]
async fn what_is_too_large_is_refused() {
    let world = World::start().await;

    let document = format!("steps: []\n# {}", "x".repeat(64 * 1024));
    validate(&world, &document).await.problem(413, "too_large");
    let body = format!("{{\"definition\": \"{}\"}}", "x".repeat(256 * 1024));
    raw(&world, "/executions", body)
        .await
        .problem(413, "too_large");
    let header = world
        .admin()
        .request(Method::GET, "/user")
        .header("x-long", "x".repeat(500_000));
    let answer = pulse_tests::client::try_send(header).await;
    assert!(
        answer.map_or(true, |answer| answer.status == 431),
        "a header of 500 KB was taken"
    );
    let mut many = world.admin().request(Method::GET, "/user");
    for number in 0..500 {
        many = many.header(format!("x-{number}"), "x");
    }
    let answer = pulse_tests::client::try_send(many).await;
    assert!(
        answer.map_or(true, |answer| answer.status == 431),
        "500 headers were taken"
    );
    unharmed(&world).await;
}

#[tokio::test]
async fn documents_that_explode_are_refused_quickly() {
    let world = World::start().await;
    let mut laughs = "a0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol]\n".to_owned();
    for level in 1..12 {
        let alias = format!("*a{}, ", level - 1).repeat(9);
        let _ = writeln!(laughs, "a{level}: &a{level} [{alias}x]");
    }
    let bombs = [
        laughs,
        "{a: ".repeat(16_000),
        "[".repeat(64_000),
        "- ".repeat(30_000),
        "? ".repeat(30_000),
    ];

    for bomb in bombs {
        let start = std::time::Instant::now();
        let answer = validate(&world, &bomb).await;
        let took = start.elapsed();
        answer.problem(422, "invalid_workflow");
        // Generous for a build without optimisation on a busy machine; the raw parser takes seconds.
        assert!(took.as_millis() < 1000, "{took:?} for {}…", &bomb[..20]);
    }
    unharmed(&world).await;
}

#[tokio::test]
async fn documents_with_faults_say_where() {
    let world = World::start().await;
    let faulty = [
        ("steps:\n  - name: a\n    commmand: x\n", "commmand", 3),
        (
            "steps:\n  - name: a\n    command: x\n    command: y\n",
            "command",
            4,
        ),
        (
            "base: &b {name: a}\nsteps:\n  - <<: *b\n    command: x\n",
            "<<",
            3,
        ),
        ("steps:\n  - name: !!str a\n    command: x\n", "tag", 2),
        ("steps: []\n---\nsteps: []\n", "document", 2),
        (
            "steps:\n  - name: a\n    command: x\n    targets: []\n",
            "targets",
            4,
        ),
    ];

    for (document, word, line) in faulty {
        let problem = validate(&world, document)
            .await
            .problem(422, "invalid_workflow");
        let faults = problem["errors"].as_array().unwrap();
        let is_named = faults.iter().any(|fault| {
            let said = format!("{} {}", fault["path"], fault["message"]).to_lowercase();
            said.contains(word) && fault["line"] == line
        });
        assert!(is_named, "no fault about {word} in line {line}: {problem}");
    }
}

#[tokio::test]
async fn names_that_are_no_names_are_refused() {
    let world = World::start().await;
    let definition = json!({"steps": [steps::prompt("ask")]});
    let long = "x".repeat(1024 * 200);

    for name in [
        "",
        "a\u{0}b",
        "a\u{202e}b",
        "../etc",
        "'; drop table workflows; --",
        &long,
        "a b;c",
    ] {
        let body = json!({"name": name, "definition": definition});
        let answer = world.admin().post("/workflows", &body).await;
        assert_eq!(answer.status, 422, "{name:.20}: {}", answer.text());
        let token = world.enroll_token().await;
        let body = json!({"token": token, "name": name});
        let answer = world.anonymous().post("/workers/enroll", &body).await;
        assert_eq!(answer.status, 422, "{name:.20}: {}", answer.text());
    }
    unharmed(&world).await;
}

#[tokio::test]
async fn strange_words_find_nothing_and_break_nothing() {
    let world = World::start().await;
    let long = "x".repeat(4000);
    let words = [
        "'; DROP TABLE workers; --",
        "%",
        "\\",
        "%25",
        "..%2f..%2fetc",
        &long,
        "\u{202e}",
    ];

    for word in words {
        let encoded = word.bytes().fold(String::new(), |mut text, byte| {
            let _ = write!(text, "%{byte:02X}");
            text
        });
        for path in ["workers", "workflows", "executions", "jobs", "prompts"] {
            let answer = world.admin().get(&format!("/{path}/{encoded}")).await;
            answer.problem(404, "not_found");
        }
        for query in [
            "workers?region",
            "workers?group",
            "executions?workflow",
            "executions?started_by",
        ] {
            let answer = world.admin().get(&format!("/{query}={encoded}")).await;
            assert_eq!(answer.is(200)["items"], json!([]));
        }
        let answer = world
            .admin()
            .get(&format!("/workers?status={encoded}"))
            .await;
        assert_eq!(answer.status, 400, "{}", answer.text());
    }
    unharmed(&world).await;
}

#[tokio::test]
async fn impossible_pages_are_refused() {
    let world = World::start().await;

    for query in [
        "limit=-1",
        "limit=0",
        "limit=1000000000",
        "limit=abc",
        "sort=id",
        "limit=1&limit=2",
    ] {
        let answer = world.admin().get(&format!("/executions?{query}")).await;
        answer.problem(400, "invalid_query");
    }
    for cursor in ["id;--", "-"] {
        let answer = world
            .admin()
            .get(&format!("/executions?cursor={cursor}"))
            .await;
        answer.problem(400, "bad_cursor");
    }
    for list in ["/audit", "/audit?sealed=true", "/prompts"] {
        let mark = if list.contains('?') { '&' } else { '?' };
        let answer = world.admin().get(&format!("{list}{mark}cursor=-1")).await;
        answer.problem(400, "bad_cursor");
    }
}

#[tokio::test]
async fn moments_and_spans_that_no_calendar_has_are_refused() {
    let world = World::start().await;
    let admin = world.admin();
    let id = "0199f3a0-0000-7000-8000-000000000001";
    let queries = [
        ("/workers?stale_for=1e300", "invalid_query"),
        ("/executions?since=-007000-01-01T00:00:00Z", "invalid_query"),
        ("/audit?since=-007000-01-01T00:00:00Z", "invalid_query"),
    ];
    for (path, code) in queries {
        admin.get(path).await.problem(400, code);
    }
    // Of the year -7000.
    let forged = format!("/tokens?cursor=-283000000000000000.{id}");
    admin.get(&forged).await.problem(400, "bad_cursor");
    let body = json!({"older_than_seconds": 300_000_000_000_u64});
    let pruned = admin.post("/executions/prune", &body).await;
    pruned.problem(422, "invalid_body");
    unharmed(&world).await;
}

#[tokio::test]
async fn a_path_that_is_no_text_is_refused() {
    let world = World::start().await;
    let admin = world.admin();

    for path in [
        "/workers/%ff",
        "/workflows/a%c3%28b",
        "/workflows/%e2%82/versions/1",
        "/executions/%80/logs",
    ] {
        admin.get(path).await.problem(400, "malformed_request");
    }

    send(
        admin
            .request(Method::POST, "/workers/%ff/drain")
            .json(&json!({})),
    )
    .await
    .problem(400, "malformed_request");
    admin.get("/workers/%c3%a4").await.problem(404, "not_found");
    admin.get("/workers/100%25").await.problem(404, "not_found");
}

#[tokio::test]
async fn a_body_that_nobody_reads_is_refused() {
    let world = World::start().await;
    world.enroll("web-1").await;
    let admin = world.admin();
    let unread = json!({"reason": "nobody would see this"});

    for path in ["/workers/web-1/resume", "/executions/1/pause"] {
        admin.post(path, &unread).await.problem(422, "invalid_body");
        raw(&world, path, "nonsense")
            .await
            .problem(422, "invalid_body");
    }
    send(
        admin
            .request(Method::DELETE, "/workers/web-1")
            .json(&unread),
    )
    .await
    .problem(422, "invalid_body");

    admin
        .post("/workers/web-1/resume", &json!({}))
        .await
        .is(200);
    send(admin.request(Method::POST, "/workers/web-1/resume"))
        .await
        .is(200);
}

#[tokio::test]
async fn json_that_is_none_is_refused() {
    let world = World::start().await;
    let many = (0..20_000).fold(String::new(), |mut text, number| {
        let _ = write!(text, "\"k{number}\":1,");
        text
    });
    let bodies = [
        ("[".repeat(100_000), 400),
        ("{\"a\":".repeat(50_000), 400),
        (format!("{{{many}\"definition\":1}}"), 422),
        ("{\"definition\": NaN}".to_owned(), 400),
        ("{\"version\": 1e999}".to_owned(), 400),
        ("{\"workflow\": \"a\", \"workflow\": \"b\"}".to_owned(), 422),
        ("{\"workflow\": \"a\"} trailing".to_owned(), 400),
        ("\"text\"".to_owned(), 422),
        (String::new(), 400),
    ];

    for (body, status) in bodies {
        let answer = raw(&world, "/executions", body.clone()).await;
        assert_eq!(answer.status, status, "{body:.40}: {}", answer.text());
    }
    unharmed(&world).await;
}

#[tokio::test]
async fn methods_types_and_paths_are_not_confused() {
    let world = World::start().await;
    let admin = world.admin();

    send(admin.request(Method::DELETE, "/executions"))
        .await
        .problem(405, "method_not_allowed");
    send(admin.request(Method::PUT, "/user"))
        .await
        .problem(405, "method_not_allowed");
    let text = admin
        .request(Method::POST, "/executions")
        .header(CONTENT_TYPE, "text/plain");
    send(text.body("{}"))
        .await
        .problem(415, "unsupported_media_type");
    let form = admin.request(Method::POST, "/tokens");
    let form = form.header(CONTENT_TYPE, "application/x-www-form-urlencoded");
    send(form.body("name=a&role=admin"))
        .await
        .problem(415, "unsupported_media_type");
    for path in [
        "/api/v2/workers",
        "/api/v1/nothing",
        "/api/v1/workers/",
        "/api/v1//workers",
    ] {
        send(admin.request_at(Method::GET, path))
            .await
            .problem(404, "unknown_route");
    }
}

#[tokio::test]
async fn hostile_conditions_are_refused_or_fail_their_step() {
    let world = World::start().await;
    let long = format!("'{}' === 'a'", "x".repeat(5 * 1024));
    let endless = "[1,2,3].map(function f() { while (true) {} })";
    let refused = [
        "constructor.constructor('return process')()",
        "this.constructor",
        "globalThis",
        "eval('1')",
        "(() => {})['constructor']('return 1')()",
        "process.exit()",
        "require('fs')",
        "import('fs')",
        "state = {}",
        "new Function('x')",
        "while (true) {}",
        "`${(() => 1)()}`; x",
        endless,
        &long,
    ];

    for condition in refused {
        let mut step = steps::prompt("ask");
        step["condition"] = json!(condition);
        let body = json!({"definition": {"steps": [step]}});
        let answer = world.admin().post("/executions", &body).await;
        if answer.status == 201 {
            let number = answer.json()["number"].as_i64().unwrap();
            let execution = world.ended(number).await;
            let reason = &execution["steps"][0]["reason"];
            assert_eq!(execution["status"], "failed", "{condition:.60}");
            assert_eq!(reason, "condition_error", "{condition:.60}: {execution}");
        } else {
            let problem = answer.problem(422, "invalid_workflow");
            assert!(problem["errors"][0]["line"].is_number(), "{problem}");
        }
    }
}

#[tokio::test]
async fn a_prototype_is_no_property() {
    let world = World::start().await;

    for condition in [
        "state.__proto__ === undefined",
        "'a'.__proto__ === undefined",
    ] {
        let mut step: Value = json!({"name": "pause", "type": "wait", "duration": 1});
        step["condition"] = json!(condition);
        let answer = world
            .admin()
            .post("/executions", &json!({"definition": {"steps": [step]}}))
            .await;
        let is_harmless = match answer.status {
            422 => true,
            201 => {
                let number = answer.json()["number"].as_i64().unwrap();
                world.ended(number).await["steps"][0]["status"] != "skipped"
            }
            _ => false,
        };
        assert!(is_harmless, "{condition}: {}", answer.text());
    }
}
