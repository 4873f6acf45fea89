//! Monitors: from flags and documents, what scripts learn from them, and what people are shown.

use std::fs;

use serde_json::{Value, json};

use super::fake::{Answer, Fake};

const AT: &str = "2026-01-01T12:00:00Z";

pub(super) fn view(name: &str, status: &str) -> Value {
    let is_down = status == "down";
    let incident = json!({"number": 4, "monitor": name, "cause": "h:80: connection refused",
        "regions": ["fra"], "opened_at": AT});
    json!({"name": name, "spec": {"name": name, "probe": {"http": {"url": "http://h/"}}, "interval_seconds": 60,
            "timeout_seconds": 10, "regions": ["fra", "nyc"], "rule": "all", "down_after": 3, "up_after": 2},
        "status": status, "status_since": AT, "incident": if is_down { incident } else { Value::Null },
        "regions": [
            {"region": "fra", "status": status, "last": check("fra", if is_down { "failed" } else { "good" })},
            {"region": "nyc", "status": "up", "last": check("nyc", "good")}],
        "created_by": "maria", "created_at": AT, "updated_at": AT})
}

fn check(region: &str, result: &str) -> Value {
    let (latency, detail) = match result {
        "good" => (json!(12), "it answers 200 OK"),
        "failed" => (json!(3), "h:80: connection refused"),
        _ => (Value::Null, "this worker is held"),
    };
    json!({"region": region, "due_at": AT, "worker": "w-1", "ended_at": AT,
        "outcome": {"result": result, "latency_ms": latency, "detail": detail}})
}

/// A server whose monitor `web` is well.
pub(super) fn answer(method: &str, words: &[&str]) -> Answer {
    match (method, words) {
        ("GET", ["monitors"]) => Answer::page(&json!([view("web", "up"), view("shop", "down")])),
        ("POST", ["monitors", "test"]) => Answer::Json(200, check("fra", "good")),
        ("POST", ["monitors", _, "beat"]) => Answer::Json(204, Value::Null),
        ("GET", ["monitors", _, "checks"]) => {
            Answer::page(&json!([check("fra", "good"), check("nyc", "failed")]))
        }
        ("GET", ["monitors", _, "incidents"]) => {
            Answer::page(&json!([view("web", "down")["incident"]]))
        }
        ("GET", ["monitors", _, "uptime"]) => Answer::Json(
            200,
            json!({"from": AT, "until": AT, "percent": 99.99996, "up_seconds": 86_000, "down_seconds": 1,
                "unknown_seconds": 399, "incidents": 1, "latency_p50_ms": 12, "latency_p95_ms": 1200}),
        ),
        ("GET", ["maintenances"]) => Answer::page(&json!([maintenance()])),
        (_, ["maintenances", ..]) => Answer::Json(201, maintenance()),
        (_, _) => Answer::Json(200, view("web", "up")),
    }
}

fn maintenance() -> Value {
    json!({"number": 7, "monitors": [], "selector": "team=web", "from": AT,
        "until": "2026-01-01T12:30:00Z", "reason": "release", "created_by": "maria", "covers": 0})
}

fn server() -> Fake {
    Fake::start(|request, _| {
        let path = request.path.trim_start_matches("/api/v1");
        let words: Vec<&str> = path.trim_matches('/').split('/').collect();
        answer(&request.method, &words)
    })
}

/// A server where every look of `POST` gives the same.
fn giving(status: &'static str, result: &'static str) -> Fake {
    Fake::start(move |request, _| match request.path.rsplit('/').next() {
        Some("test") => Answer::Json(200, check("fra", result)),
        _ => Answer::Json(200, view("web", status)),
    })
}

#[test]
fn a_list_tells_what_is_looked_at_and_why_something_is_down() {
    let fake = server();

    let ran = fake.run(&["monitor", "ls"]).exits(0);
    let names = fake.run(&["monitor", "ls", "-o", "name"]).exits(0).stdout;

    let lines: Vec<&str> = ran.stdout.lines().collect();
    assert!(lines[0].starts_with("NAME"), "{}", ran.stdout);
    assert!(lines[1].contains("http://h/") && lines[1].contains("2 of 2 up"));
    assert!(lines[2].contains("down") && lines[2].contains("#4: h:80: connection refused"));
    assert_eq!(names, "monitor/web\nmonitor/shop\n");
}

#[test]
fn a_monitor_is_shown_with_what_each_region_finds() {
    let fake = giving("down", "failed");

    fake.run(&["monitor", "show", "monitor/web"])
        .exits(0)
        .prints("down after 3 failed in a row, up after 2 good ones, all of the regions")
        .prints("#4: h:80: connection refused")
        .prints("nyc");

    assert_eq!(fake.calls("GET", "/monitors/web").len(), 1);
}

#[test]
fn what_flags_say_is_what_the_server_is_given() {
    let fake = server();
    let created = |line: &str| {
        let args: Vec<&str> = ["monitor", "create"]
            .into_iter()
            .chain(line.split(' '))
            .collect();
        fake.run(&args).exits(0);
        fake.calls("POST", "/monitors").last().unwrap().json()
    };

    let page = created(
        "http new https://h/x --method POST --header Accept=text/html --status 200,204 --contains ok \
         --every 5m --within 20s --region fra,nyc --rule any --down-after 2 --up-after 1 --label team=web",
    );
    assert_eq!(
        page,
        json!({"name": "new", "probe": {"http": {"url": "https://h/x", "method": "POST", "headers": {"Accept": "text/html"},
                "status": ["200", "204"], "contains": "ok"}},
            "interval_seconds": 300, "timeout_seconds": 20, "regions": ["fra", "nyc"], "rule": "any",
            "down_after": 2, "up_after": 1, "labels": {"team": "web"}})
    );
    let probe = |line: &str| created(line)["probe"].clone();
    assert_eq!(
        probe("tcp new db:5432"),
        json!({"tcp": {"host": "db", "port": 5432}})
    );
    assert_eq!(
        probe("tls new h:8443 --days-left 21"),
        json!({"tls": {"host": "h", "port": 8443, "days_left": 21}})
    );
    assert_eq!(
        probe("dns new h --address 192.0.2.1"),
        json!({"dns": {"name": "h", "address": "192.0.2.1"}})
    );
    assert_eq!(probe("icmp new ::1"), json!({"icmp": {"host": "::1"}}));
    assert_eq!(
        probe("heartbeat new --grace 1h"),
        json!({"heartbeat": {"grace_seconds": 3600}})
    );
}

#[test]
fn a_monitor_that_is_there_is_not_created_over() {
    let fake =
        Fake::start(|_, _| Answer::problem(409, "name_taken", "there is a monitor web already"));

    fake.run(&["monitor", "create", "tcp", "web", "db:5432"])
        .exits(9)
        .tells("there is a monitor web already");
    fake.run(&["monitor", "create", "tcp", "new", "db"])
        .exits(2)
        .tells("HOST:PORT");
    fake.run(&["monitor", "create", "icmp", "new", "h", "--every", "1500ms"])
        .exits(2)
        .tells("whole seconds");

    // The server is asked once, and nothing before it.
    assert_eq!(fake.seen().len(), 1);
    assert_eq!(fake.calls("POST", "/monitors").len(), 1);
}

#[test]
fn a_folder_of_monitors_is_applied_and_each_says_what_came_of_it() {
    let fake = Fake::start(|request, _| {
        let view = |name: &str, url: &Value| {
            let mut view = view(name, "up");
            view["spec"]["probe"]["http"]["url"] = url.clone();
            view
        };
        if request.method == "GET" {
            let url = json!("http://h/");
            return Answer::page(&json!([view("old", &url), view("same", &url)]));
        }
        let name = request.path.rsplit('/').next().unwrap_or_default();
        Answer::Json(200, view(name, &request.json()["probe"]["http"]["url"]))
    });
    let spec = |name: &str, url: &str| format!("name: {name}\nprobe: {{http: {{url: '{url}'}}}}\n");
    let folder = fake.home.join("monitors");
    fs::create_dir(&folder).unwrap();
    let two = format!(
        "{}---\n{}",
        spec("old", "http://other/"),
        spec("same", "http://h/")
    );
    fs::write(folder.join("two.yaml"), two).unwrap();
    let new = json!({"name": "new", "probe": {"http": {"url": "http://h/"}}});
    fs::write(folder.join("new.json"), new.to_string()).unwrap();
    let folder = folder.display().to_string();

    let ran = fake.run(&["monitor", "apply", "-f", &folder]).exits(0);
    let told = fake
        .run(&["monitor", "apply", &folder, "-o", "json"])
        .exits(0)
        .stdout;

    assert_eq!(
        ran.stdout,
        "monitor/new created\nmonitor/old updated\nmonitor/same unchanged\n"
    );
    let told: Value = serde_json::from_str(&told).unwrap();
    assert_eq!(
        (&told["created"], &told["unchanged"]),
        (&json!(1), &json!(1))
    );
    assert_eq!(told["monitors"][0]["result"], "created");
}

#[test]
fn a_monitor_that_cannot_be_read_is_told_with_its_place_and_nothing_is_sent() {
    let fake = server();
    let wrong = fake.file(
        "wrong.yaml",
        "name: a\nprobe: {icmp: {host: h}}\n---\nname: b\nprobe:\n  htp: {url: http://h/}\n",
    );
    let nameless = fake.file("nameless.yaml", "probe: {icmp: {host: h}}\n");

    fake.run(&["monitor", "apply", &wrong])
        .exits(2)
        .tells("wrong.yaml:6:3: this is no monitor")
        .tells("htp");
    fake.run(&["monitor", "apply", &nameless])
        .exits(2)
        .tells("has no name")
        .tells("name: website");

    assert!(fake.seen().is_empty());
}

#[test]
fn the_example_is_a_monitor() {
    let fake = server();
    let example = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../examples/monitors/website.yaml"
    );

    fake.run(&["monitor", "apply", "-f", example]).exits(0);

    assert!(fake.calls("PUT", "/monitors/website").len() == 1);
}

#[test]
fn a_check_says_by_its_exit_code_what_is_known() {
    for (status, code) in [("up", 0), ("down", 3), ("unknown", 1), ("paused", 1)] {
        let fake = giving(status, "good");

        fake.run(&["monitor", "check", "web"])
            .exits(code)
            .prints(&format!("monitor/web {status} (fra: "));

        assert_eq!(fake.calls("POST", "/monitors/web/check").len(), 1);
    }
}

#[test]
fn a_test_looks_from_each_region_of_a_monitor_or_at_an_address() {
    for (result, code) in [("good", 0), ("failed", 3), ("unable", 1), ("lost", 1)] {
        let fake = giving("up", result);

        fake.run(&["monitor", "test", "web"])
            .exits(code)
            .prints(result);
        fake.run(&["monitor", "test", "--url", "tcp://db:5432", "--from", "nyc"])
            .exits(code);

        let asked: Vec<Value> = fake
            .calls("POST", "/monitors/test")
            .iter()
            .map(super::fake::Request::json)
            .collect();
        let regions: Vec<&Value> = asked.iter().map(|wish| &wish["region"]).collect();
        assert_eq!(regions, ["fra", "nyc", "nyc"]);
        assert_eq!(asked[0]["timeout_seconds"], 10);
        assert_eq!(
            asked[2]["probe"],
            json!({"tcp": {"host": "db", "port": 5432}})
        );
    }
    let fake = server();
    fake.run(&["monitor", "test"]).exits(2);
    fake.run(&["monitor", "test", "--url=ftp://example.com"])
        .exits(2)
        .tells("tcp://HOST:PORT");
    fake.run(&["monitor", "test", "tcp://db:5432"])
        .exits(2)
        .tells("`pulsectl monitor test --url tcp://db:5432`");
    fake.run(&["monitor", "test", "web", "--url", "http://server"])
        .exits(2)
        .tells("`pulsectl --url http://server monitor test web`");
    assert!(fake.seen().is_empty());
}

#[test]
fn an_address_to_look_at_leaves_the_server_as_it_was_chosen() {
    let (chosen, other) = (giving("up", "good"), server());
    let url = chosen.url.clone();

    other
        .run(&["--url", &url, "monitor", "test", "--url", "http://page"])
        .exits(0);

    let asked = chosen.calls("POST", "/monitors/test");
    assert_eq!(asked.len(), 1);
    assert_eq!(asked[0].json()["probe"]["http"]["url"], "http://page");
    assert!(other.seen().is_empty());
}

#[test]
fn what_was_and_how_much_of_it_is_told_for_people_and_programs() {
    let fake = server();

    fake.run(&["monitor", "history", "web"])
        .exits(0)
        .prints("12 ms")
        .prints("connection refused");
    let csv = [
        "monitor",
        "history",
        "web",
        "-o",
        "csv",
        "--no-headers",
        "--columns",
        "region,took",
    ];
    assert_eq!(fake.run(&csv).exits(0).stdout, "fra,12\nnyc,3\n");
    fake.run(&["monitor", "history", "web", "--incidents"])
        .exits(0)
        .prints("connection refused");
    // Never rounded to all of it.
    fake.run(&["monitor", "uptime", "web", "--window", "30d"])
        .exits(0)
        .prints("99.999 %");
    let percent = ["monitor", "uptime", "web", "--jq", ".percent"];
    assert_eq!(fake.run(&percent).exits(0).stdout, "99.99996\n");

    let asked = fake.calls("GET", "/monitors/web/uptime");
    assert_eq!(asked[0].query, "window_seconds=2592000");
    assert_eq!(asked[1].query, "window_seconds=86400");
}

#[test]
fn a_maintenance_is_for_labels_or_names_and_ends_by_its_number() {
    let fake = server();
    let add = ["monitor", "maintenance", "add", "--for", "30m"];

    fake.run(&[&add[..], &["--match", "team=web", "--reason", "release"]].concat())
        .exits(0)
        .prints("maintenance/7 of team=web")
        .tells("no monitor is team=web now");
    fake.run(
        &[
            &add[..],
            &["--monitor", "web", "--from", "2027-01-01T00:00:00Z"],
        ]
        .concat(),
    )
    .exits(0);
    fake.run(&add).exits(2);
    fake.run(&["monitor", "maintenance", "ls"])
        .exits(0)
        .prints("team=web");
    fake.run(&["monitor", "maintenance", "rm", "7"])
        .exits(2)
        .tells("--yes");
    fake.run(&["monitor", "maintenance", "rm", "7", "--yes"])
        .exits(0);

    let asked: Vec<Value> = fake
        .calls("POST", "/maintenances")
        .iter()
        .map(super::fake::Request::json)
        .collect();
    let wanted = [
        json!({"selector": "team=web", "duration_seconds": 1800, "reason": "release"}),
        json!({"monitors": ["web"], "from": "2027-01-01T00:00:00Z", "duration_seconds": 1800}),
    ];
    assert_eq!(asked, wanted);
    assert_eq!(fake.calls("DELETE", "/maintenances/7").len(), 1);
}

#[test]
fn a_name_that_is_nearly_right_is_told_with_what_was_meant() {
    let fake = Fake::start(|request, _| match request.path.rsplit('/').next() {
        Some("monitors") => Answer::page(&json!([view("website", "up")])),
        _ => Answer::problem(404, "not_found", "no such monitor"),
    });

    fake.run(&["monitor", "pause", "websit"])
        .exits(7)
        .tells("did you mean `website`?");
}
