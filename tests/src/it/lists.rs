//! Lists: page by page, nothing twice and nothing left out.

use std::time::Duration;

use pulse_tests::{
    World,
    eventually::{PATIENCE, eventually_async},
    interface::{Operation, own_operations},
    steps,
    world::jobs_of,
};
use serde_json::{Value, json};

/// More than the longest page that a list has without being asked.
const MANY: usize = 130;

/// Three of everything that is listed, and many jobs of one worker. Gives the number of an
/// execution with output.
async fn filled() -> (World, i64) {
    let mut world = World::start().await;
    let admin = world.admin();
    let mut agent = world.new_agent("web-1").await;
    let blocks = ["a", "b", "c"].map(|name| json!({"name": name, "command": "true"}));
    agent.configure(&json!({"function_blocks": blocks}));
    world.add(agent).await;
    let says = |id: &str| json!({"id": id, "command": format!("echo {id}"), "targets": ["web-1"]});
    let said = world
        .complete(&json!({"steps": [says("a"), says("b"), says("c")]}))
        .await;
    for name in ["web-2", "web-3", "web-4"] {
        world.enroll(name).await;
        world.enroll_token().await;
        world.somebody("viewer").await;
    }
    for code in ["fra", "ams"] {
        let region = json!({"code": code, "name": code});
        admin.post("/regions", &region).await.is(201);
    }
    for name in ["one", "two", "three"] {
        let document = json!({"steps": [steps::prompt("ask")]}).to_string();
        let path = format!("/workflows/{name}");
        admin.put(&path, &document).await.is(201);
        let run = json!({"workflow": name});
        admin.post("/executions", &run).await.is(201);
    }
    for message in ["two", "three"] {
        let document = json!({"description": message, "steps": [steps::prompt("ask")]}).to_string();
        admin.put("/workflows/one", &document).await.is(200);
    }
    for (name, value) in [
        ("ONE", "first value"),
        ("ONE", "second value"),
        ("ONE", "third value"),
    ] {
        keep_secret(&world, name, value).await;
    }
    for name in ["TWO", "THREE"] {
        keep_secret(&world, name, "another value").await;
    }
    for name in ["night", "noon", "dawn"] {
        let mut document = steps::one("true", &["web-1"]);
        document["secrets"] = json!(["ONE"]);
        document["triggers"] = json!({"webhook": {"kind": "gitea", "secret": "ONE"}});
        let path = format!("/workflows/{name}");
        admin.put(&path, &document.to_string()).await.is(201);
        let clock = json!({"name": name, "workflow": name, "cron": "0 0 1 1 *"});
        admin.post("/schedules", &clock).await.is(201);
    }
    for name in ["ops", "team", "board"] {
        // Nobody listens there.
        let spec = json!({"webhook": {"url": "http://127.0.0.1:1/"}});
        let path = format!("/notifications/channels/{name}");
        let request = admin.request(reqwest::Method::PUT, &path);
        pulse_tests::client::send(request.json(&spec)).await.is(200);
        let test = format!("{path}/test");
        admin.post(&test, &json!({})).await.is(200);
    }
    let delivered = "insert into sensor_deliveries (sensor_id, digest, result) \
                     select id, sha256(n::text::bytea), 'ignored' from sensors, generate_series(1, 3) n";
    world.database.tell(delivered).await.unwrap();
    watch(&world).await;
    let signed_in = "insert into users (username, groups, role) values \
                     ('Zoë, of \"ops\"', '{}', 'viewer'), ('ada', '{}', 'viewer'), ('Bob', '{}', 'viewer')";
    world.database.tell(signed_in).await.unwrap();
    crowd(&world).await;
    (world, said["number"].as_i64().unwrap())
}

async fn keep_secret(world: &World, name: &str, value: &str) {
    let path = format!("/secrets/{name}");
    let request = world.admin().request(reqwest::Method::PUT, &path);
    let value = json!({"value": value});
    pulse_tests::client::send(request.json(&value))
        .await
        .is(200);
}

/// Monitors of what reports by itself, with looks and incidents of one of them, and maintenances.
async fn watch(world: &World) {
    let admin = world.admin();
    for name in ["web", "mail", "door"] {
        let spec = json!({"probe": {"heartbeat": {}}});
        let path = format!("/monitors/{name}");
        let request = admin.request(reqwest::Method::PUT, &path).json(&spec);
        assert!(pulse_tests::client::send(request).await.status < 300);
        let maintenance = json!({"monitors": [name], "duration_seconds": 60});
        admin.post("/maintenances", &maintenance).await.is(201);
    }
    let looks = "insert into checks (monitor_id, region, due_at, timeout_ms, expires_at, result, ended_at) \
                 select id, 'any', now() - n * interval '1 minute', 1000, now(), 'good', now() \
                 from monitors, generate_series(1, 3) n where name = 'web'";
    world.database.tell(looks).await.unwrap();
    let incidents = "insert into incidents (monitor_id, monitor, cause, regions, closed_at, closed_because) \
                     select id, name, 'late', '{any}', now(), 'up' from monitors, generate_series(1, 3) n \
                     where name = 'web'";
    world.database.tell(incidents).await.unwrap();
}

/// Many jobs that were made at the same moment, and workers that had one name after the other.
async fn crowd(world: &World) {
    let step = json!({"id": "many", "command": "true", "targets": ["web-2"]});
    let run = json!({"definition": {"steps": [step]}});
    world.admin().post("/executions", &run).await.is(201);
    let jobs = format!(
        "insert into jobs (id, attempt, execution_id, step_path, worker_id, worker_name, status, spec, timeout_ms, \
           completed_at, fence, created_at) \
         select gen_random_uuid(), n, execution_id, step_path, worker_id, worker_name, 'cancelled', spec, \
           timeout_ms, now(), 1, created_at from jobs, generate_series(2, {MANY}) n where worker_name = 'web-2'"
    );
    world.database.tell(&jobs).await.unwrap();
    for _ in 0..3 {
        let (id, _) = world.enroll("fleeting").await;
        let path = format!("/workers/{id}");
        assert_eq!(world.admin().delete(&path).await.status, 204);
    }
}

/// Whether the answer is a page of a list.
fn is_list(operation: &Operation) -> bool {
    let schema = &operation.about["responses"]["2XX"]["content"]["application/json"]["schema"];
    !schema["properties"]["next_cursor"].is_null()
}

/// The path of a list of something that is there.
fn path(operation: &Operation, execution: i64) -> String {
    let named = match operation.path.split('/').nth(3).unwrap() {
        "workers" if operation.path.ends_with("/jobs") => "web-2".to_owned(),
        "workers" => "web-1".to_owned(),
        "workflows" => "one".to_owned(),
        "executions" => execution.to_string(),
        "secrets" => "ONE".to_owned(),
        "sensors" => "night".to_owned(),
        "monitors" => "web".to_owned(),
        other => other.to_owned(),
    };
    operation.path_of(&named)
}

/// What tells an item from all others of its list.
fn key(item: &Value) -> Value {
    let names = [
        "id", "attempt", "seq", "version", "username", "code", "name", "number", "due_at",
    ];
    let is_whole = item["id"].is_null();
    let parts = names.map(|name| match name {
        "id" | "attempt" => item[name].clone(),
        _ if is_whole => item[name].clone(),
        _ => Value::Null,
    });
    json!(parts)
}

fn keys(page: &Value) -> Vec<Value> {
    page["items"].as_array().unwrap().iter().map(key).collect()
}

/// Every item, one page after the other.
async fn paged(world: &World, path: &str, limit: usize) -> Vec<Value> {
    let mark = if path.contains('?') { '&' } else { '?' };
    let mut items = Vec::new();
    let mut cursor = String::new();
    for _ in 0..1000 {
        let asked = format!("{path}{mark}limit={limit}{cursor}");
        let request = world.admin().request_at(reqwest::Method::GET, &asked);
        let page = pulse_tests::client::send(request).await.is(200);
        items.extend(keys(&page));
        match page["next_cursor"].as_str() {
            None => return items,
            Some(next) => cursor = format!("&cursor={next}"),
        }
    }
    panic!("{path} has no end");
}

#[tokio::test]
async fn every_list_has_pages_with_nothing_twice_and_nothing_left_out() {
    let (world, execution) = filled().await;
    all_is_sealed(&world).await;

    let lists: Vec<Operation> = own_operations(&world)
        .await
        .into_iter()
        .filter(is_list)
        .collect();
    assert!(lists.len() >= 14, "{} lists", lists.len());
    let mut paths: Vec<String> = lists.iter().map(|list| path(list, execution)).collect();
    paths.extend([
        "/api/v1/audit?sealed=true".to_owned(),
        "/api/v1/workers?findDeleted=true".to_owned(),
        "/api/v1/regions?offered=false".to_owned(),
    ]);
    for path in paths {
        let whole = paged(&world, &path, 500).await;
        let by_one = paged(&world, &path, 1).await;
        let by_two = paged(&world, &path, 2).await;

        let least = if path.contains("offered") { 2 } else { 3 };
        assert!(whole.len() >= least, "{path}: {whole:?}");
        assert_eq!(by_one, whole, "{path}");
        assert_eq!(by_two, whole, "{path}");
    }
    let jobs = paged(&world, "/api/v1/workers/web-2/jobs", 100).await;
    assert_eq!(jobs.len(), MANY);
}

/// Waits until nothing is left that has no place in the chain.
async fn all_is_sealed(world: &World) {
    let open = "select a.id::text from audit a left join audit_seals s on s.audit_id = a.id \
                where s.audit_id is null";
    let bound = Duration::from_secs(30);
    eventually_async("everything sealed", bound, async || {
        let rows = world.database.ask(open).await;
        if rows.is_empty() {
            Ok(())
        } else {
            Err(format!("{rows:?} are not"))
        }
    })
    .await;
}

#[tokio::test]
async fn every_list_refuses_what_is_no_page() {
    let world = World::start().await;
    world.enroll("web-1").await;
    let admin = world.admin();
    let document = json!({"steps": [steps::prompt("ask")]}).to_string();
    admin.put("/workflows/one", &document).await.is(201);
    let mut document = json!({"steps": [steps::prompt("ask")]});
    document["triggers"] = json!({"webhook": {"kind": "gitea", "secret": "ONE"}});
    let night = "/workflows/night";
    admin.put(night, &document.to_string()).await.is(201);
    keep_secret(&world, "ONE", "first value").await;
    watch(&world).await;
    let execution = world.run(&json!({"steps": [steps::prompt("ask")]})).await;

    for list in own_operations(&world)
        .await
        .iter()
        .filter(|one| is_list(one))
    {
        let path = path(list, execution).replace("web-2", "web-1");
        let get = |query: &str| {
            let asked = format!("{path}?{query}");
            pulse_tests::client::send(admin.request_at(reqwest::Method::GET, &asked))
        };
        for query in [
            "limit=0",
            "limit=-1",
            "limit=501",
            "limit=abc",
            "limit=",
            "limit=1&limit=2",
            "bogus=1",
            "bogus",
        ] {
            get(query).await.problem(400, "invalid_query");
        }
        let forged = "AAAAAAAAMQ";
        for cursor in ["!!", "-1", "1", "web-1", "a%20b", "%00", forged] {
            let query = format!("cursor={cursor}");
            get(&query).await.problem(400, "bad_cursor");
        }
        let all = get("limit=500").await.is(200);
        let from_the_beginning = get("limit=500&cursor=").await.is(200);
        assert_eq!(keys(&from_the_beginning), keys(&all), "{path}");
    }
}

#[tokio::test]
async fn the_jobs_of_a_worker_are_found_without_reading_those_of_all_others() {
    let mut world = World::start().await;
    world.add_agent("web-1").await;
    let execution = world.complete(&steps::one("true", &["all"])).await;
    let of_others = "insert into jobs select (jsonb_populate_record(j, jsonb_build_object( \
           'id', gen_random_uuid(), 'worker_id', gen_random_uuid()))).* \
         from jobs j, generate_series(1, 5000) n; analyze jobs";
    world.database.tell(of_others).await.unwrap();
    let read = "select coalesce(sum(seq_tup_read), 0) || ' ' || (select sum(idx_scan) \
         from pg_stat_user_indexes where indexrelname = 'jobs_ended') \
         from pg_stat_user_tables where relname = 'jobs'";
    let told = async || {
        let told = world.database.ask(read).await.concat();
        let (sequential, by_index) = told.split_once(' ').unwrap();
        (
            sequential.parse::<i64>().unwrap(),
            by_index.parse::<i64>().unwrap(),
        )
    };
    let (before, scans) = told().await;

    let worker = jobs_of(&execution, "only")[0]["worker_id"].clone();
    let paths = [
        format!("/workers/{}/jobs", worker.as_str().unwrap()),
        format!("/executions?worker={}", worker.as_str().unwrap()),
    ];
    for path in &paths {
        let page = world.admin().get(path).await.is(200);
        assert_eq!(page["items"].as_array().unwrap().len(), 1, "{path}: {page}");
    }

    // PostgreSQL counts a little later.
    let after = eventually_async("a look into the index", PATIENCE, async || {
        let (after, by_index) = told().await;
        (by_index >= scans + 2)
            .then_some(after)
            .ok_or(by_index.to_string())
    })
    .await;
    assert_eq!(after - before, 0, "rows were read one by one");
}
