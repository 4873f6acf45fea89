//! What the agent looks at for monitors, with real targets on this host.

mod pages;
mod targets;

use std::{net::TcpListener, time::Instant};

use serde_json::{Value, json};
use uuid::Uuid;

use self::targets::{Authority, Web};
use crate::support::{Agent, Link, PATIENCE, Server, in_seconds, signal};

/// An agent that is connected.
struct Stand {
    server: Server,
    agent: Agent,
    link: Link,
    connect: Value,
}

impl Stand {
    fn new() -> Self {
        Self::trusting(None)
    }

    fn trusting(authority: Option<&Authority>) -> Self {
        let server = Server::start();
        let mut agent = Agent::enrolled(&server.url());
        let file = agent.folder.with_extension("pem");
        agent.run_with(|command| {
            if let Some(authority) = authority {
                std::fs::write(&file, authority.pem()).unwrap();
                command.env("SSL_CERT_FILE", &file);
            }
        });
        let (link, connect) = server.welcome();
        Self {
            server,
            agent,
            link,
            connect,
        }
    }

    /// What a look gives.
    fn look(&mut self, probe: &Value) -> Value {
        let id = self.ask(probe, &json!({}));
        let report = self.link.frame("check_report");
        assert_eq!(report["check_id"], json!(id));
        report
    }

    fn ask(&mut self, probe: &Value, more: &Value) -> Uuid {
        let id = Uuid::now_v7();
        let mut frame = json!({
            "type": "check", "check_id": id, "probe": probe, "timeout_ms": 5000, "expires_at": in_seconds(10),
        });
        for (key, value) in more.as_object().unwrap() {
            frame[key] = value.clone();
        }
        self.link.send(&frame);
        id
    }
}

/// Asserts what a look gave: the result, and something of what people are told.
#[track_caller]
fn assert_gave(report: &Value, result: &str, told: &str) {
    assert_eq!(report["result"], result, "{report}");
    let detail = report["detail"].as_str().unwrap();
    assert!(detail.contains(told), "{report}");
    assert_eq!(
        report["latency_ms"].is_u64(),
        result != "unable",
        "{report}"
    );
}

fn closed_port() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    listener.local_addr().unwrap().port()
}

#[test]
fn the_server_is_told_what_this_agent_can_look_at() {
    let mut stand = Stand::new();

    let told = if stand.connect["capabilities"].is_null() {
        stand.link.frame("describe")
    } else {
        stand.connect.clone()
    };

    let kinds = json!(["http", "tcp", "tls", "dns", "icmp"]);
    assert_eq!(told["capabilities"]["checks"], kinds);
}

#[test]
fn a_port_that_accepts_connections_is_good_and_a_closed_one_has_failed() {
    let mut stand = Stand::new();
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let (open, closed) = (listener.local_addr().unwrap().port(), closed_port());

    let good = stand.look(&json!({"tcp": {"host": "localhost", "port": open}}));
    let failed = stand.look(&json!({"tcp": {"host": "127.0.0.1", "port": closed}}));

    assert_gave(&good, "good", "accepts connections");
    assert_gave(
        &failed,
        "failed",
        &format!("127.0.0.1:{closed}: connection refused"),
    );
}

#[test]
fn a_name_has_to_lead_to_the_address_that_is_asked_for() {
    let mut stand = Stand::new();
    let mut look = |dns: Value| stand.look(&json!({"dns": dns}));

    let any = look(json!({"name": "localhost"}));
    let right = look(json!({"name": "localhost", "address": "127.0.0.1"}));
    let wrong = look(json!({"name": "localhost", "address": "192.0.2.1"}));

    assert_gave(&any, "good", "`localhost` leads to ");
    assert_gave(&right, "good", "127.0.0.1");
    assert_gave(&wrong, "failed", "not to 192.0.2.1");
}

#[test]
fn an_echo_is_answered_or_the_host_is_said_to_forbid_it() {
    let mut stand = Stand::new();
    let range = std::fs::read_to_string("/proc/sys/net/ipv4/ping_group_range").unwrap();
    let mut bounds = range
        .split_whitespace()
        .map(|bound| bound.parse::<u32>().unwrap());
    let (from, to) = (bounds.next().unwrap(), bounds.next().unwrap());
    let group = rustix::process::getegid().as_raw();

    let report = stand.look(&json!({"icmp": {"host": "127.0.0.1"}}));

    if (from..=to).contains(&group) {
        assert_gave(&report, "good", "127.0.0.1 answers");
    } else {
        assert_gave(&report, "unable", "net.ipv4.ping_group_range");
    }
}

#[test]
fn a_target_that_says_nothing_has_failed_when_the_time_is_over() {
    let mut stand = Stand::new();
    let silent = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/", silent.local_addr().unwrap());

    let began = Instant::now();
    stand.ask(&json!({"http": {"url": url}}), &json!({"timeout_ms": 300}));
    let report = stand.link.frame("check_report");

    assert_gave(&report, "failed", "no answer within 300ms");
    assert!(began.elapsed() < PATIENCE / 4, "{:?}", began.elapsed());
}

#[test]
fn nobody_begins_to_look_after_the_time_for_it() {
    let mut stand = Stand::new();
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    listener.set_nonblocking(true).unwrap();
    let port = listener.local_addr().unwrap().port();
    let probe = json!({"tcp": {"host": "127.0.0.1", "port": port}});

    stand.ask(&probe, &json!({"expires_at": "2020-01-01T00:00:00Z"}));
    let report = stand.link.frame("check_report");

    assert_eq!(report["result"], "unable", "{report}");
    assert!(listener.accept().is_err());
}

#[test]
fn thirty_two_looks_go_on_at_once_and_those_that_find_no_place_in_time_say_so() {
    let mut stand = Stand::new();
    let silent = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/", silent.local_addr().unwrap());
    let probe = json!({"http": {"url": url}});

    let more = json!({"timeout_ms": 4000, "expires_at": in_seconds(2)});
    let asked: Vec<Uuid> = (0..40).map(|_| stand.ask(&probe, &more)).collect();
    let reports: Vec<Value> = asked
        .iter()
        .map(|_| stand.link.frame("check_report"))
        .collect();

    let (busy, failed): (Vec<_>, Vec<_>) = reports
        .iter()
        .partition(|report| report["result"] == "unable");
    assert_eq!((busy.len(), failed.len()), (8, 32));
    for report in busy {
        assert_gave(report, "unable", "busy");
    }
}

#[test]
fn more_than_can_wait_are_turned_away_at_once() {
    let mut stand = Stand::new();
    let silent = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/", silent.local_addr().unwrap());
    let probe = json!({"http": {"url": url}});

    let more = json!({"timeout_ms": 60_000, "expires_at": in_seconds(60)});
    let asked: Vec<Uuid> = (0..289).map(|_| stand.ask(&probe, &more)).collect();
    let report = stand.link.frame("check_report");

    assert_gave(&report, "unable", "busy");
    assert_eq!(report["check_id"], json!(asked[288]));
}

#[test]
fn a_look_needs_no_slot_and_goes_on_while_the_worker_drains() {
    let mut stand = Stand::new();
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let probe = json!({"tcp": {"host": "127.0.0.1", "port": port}});
    for _ in 0..5 {
        stand.link.offer("sleep 30");
        stand.link.frame("started");
    }

    let full = stand.look(&probe);
    stand.link.send(&json!({"type": "drain", "mode": "exit"}));
    stand.link.frame("drain_state");
    let draining = stand.look(&probe);

    assert_gave(&full, "good", "accepts connections");
    assert_gave(&draining, "good", "accepts connections");
}

#[test]
fn a_worker_that_is_held_looks_at_nothing() {
    let mut stand = Stand::new();
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let probe = json!({"tcp": {"host": "127.0.0.1", "port": port}});

    stand.link.send(&json!({"type": "drain", "mode": "hold"}));
    let held = stand.look(&probe);
    stand.link.send(&json!({"type": "resume"}));
    let resumed = stand.look(&probe);

    assert_gave(&held, "unable", "held");
    assert_gave(&resumed, "good", "accepts connections");
}

#[test]
fn what_a_newer_server_wants_looked_at_is_not_called_bad() {
    let mut stand = Stand::new();

    let report = stand.look(&json!({"heartbeat": {}}));

    assert_gave(&report, "unable", "nothing here");
}

#[test]
fn a_certificate_has_to_be_trusted_for_its_name_and_for_some_time() {
    let authority = Authority::new();
    let mut stand = Stand::trusting(Some(&authority));
    let mut look = |port: u16, more: Value| {
        let mut tls = json!({"host": "localhost", "port": port});
        for (key, value) in more.as_object().unwrap() {
            tls[key] = value.clone();
        }
        stand.look(&json!({"tls": tls}))
    };
    let good = Web::over_tls(authority.server("localhost", 30), |_| {
        targets::page("200 OK", "")
    });
    let old = Web::over_tls(authority.server("localhost", -1), |_| {
        targets::page("200 OK", "")
    });
    let strange = Web::over_tls(Authority::new().server("localhost", 30), |_| {
        targets::page("200 OK", "")
    });

    let fine = look(good.port, json!({}));
    let soon = look(good.port, json!({"days_left": 60}));
    let misnamed = look(good.port, json!({"host": "127.0.0.1"}));
    let ended = look(old.port, json!({"days_left": 0}));
    let unknown = look(strange.port, json!({}));

    assert_gave(&fine, "good", "in 29 days");
    assert_gave(&soon, "failed", "60 are wanted");
    assert_gave(&misnamed, "failed", "for another name");
    assert_gave(&ended, "failed", "has ended");
    assert_gave(&unknown, "failed", "from nobody whom this host trusts");
}

#[test]
fn a_look_outlives_the_executor() {
    let mut stand = Stand::new();
    let silent = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/", silent.local_addr().unwrap());
    let id = stand.ask(&json!({"http": {"url": url}}), &json!({"timeout_ms": 3000}));
    let pid = stand.agent.executor_pid();
    // The link has heard of it: what is still on the way goes with the connection, and a server says it again.
    let _asked = silent.accept().unwrap();

    signal(pid, "KILL");
    let (mut link, _) = stand.server.welcome();
    let report = link.frame("check_report");

    assert_eq!(report["check_id"], json!(id));
    assert_gave(&report, "failed", "no answer within");
}
