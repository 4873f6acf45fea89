//! Looks at pages.

use serde_json::{Value, json};

use super::{
    Stand, assert_gave,
    targets::{Authority, Web, page, redirect},
};

/// The path that was asked for.
fn path(head: &str) -> &str {
    head.split(' ').nth(1).unwrap()
}

fn look(stand: &mut Stand, web: &Web, (path, more): (&str, Value)) -> Value {
    let mut http = json!({"url": format!("http://127.0.0.1:{}{path}", web.port)});
    for (key, value) in more.as_object().unwrap() {
        http[key] = value.clone();
    }
    stand.look(&json!({"http": http}))
}

#[test]
fn a_page_is_good_with_the_status_that_is_asked_for() {
    let mut stand = Stand::new();
    let web = Web::plain(|head| match path(head) {
        "/missing" => page("404 Not Found", "no"),
        "/broken" => page("503 Service Unavailable", "no"),
        _ => page("200 OK", "yes"),
    });
    let mut look = |path, more| look(&mut stand, &web, (path, more));

    let good = look("/", json!({}));
    let missing = look("/missing", json!({}));
    let wanted = look("/missing", json!({"status": ["200-299", "404"]}));
    let broken = look("/broken", json!({}));

    assert_gave(&good, "good", "200 OK");
    assert_gave(&missing, "failed", "404 Not Found");
    assert_gave(&wanted, "good", "404 Not Found");
    assert_gave(&broken, "failed", "503");
}

#[test]
fn a_page_has_to_contain_its_words_in_its_first_64_kib() {
    let mut stand = Stand::new();
    let web = Web::plain(|head| match path(head) {
        "/late" => page("200 OK", &format!("{}ready", "x".repeat(64 * 1024))),
        "/edge" => page("200 OK", &format!("{}ready", "x".repeat(64 * 1024 - 5))),
        "/pieces" => {
            b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n3\r\nrea\r\n2\r\ndy\r\n0\r\n\r\n"
                .to_vec()
        }
        "/cut" => b"HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nrea".to_vec(),
        _ => page("200 OK", "all is \u{1b}[31mwell"),
    });
    let mut look = |path, words: &str| look(&mut stand, &web, (path, json!({"contains": words})));

    assert_gave(&look("/edge", "ready"), "good", "200 OK");
    assert_gave(&look("/pieces", "ready"), "good", "200 OK");
    assert_gave(&look("/late", "ready"), "failed", "without `ready`");
    assert_gave(&look("/", "ready"), "failed", "without `ready`");
    assert_gave(&look("/cut", "ready"), "failed", "127.0.0.1");
}

#[test]
fn an_answer_that_leads_elsewhere_is_followed_five_times() {
    let mut stand = Stand::new();
    let web = Web::plain(|head| match path(head) {
        "/0" => page("200 OK", ""),
        "/loop" => redirect("/loop"),
        "/out" => redirect("ftp://example.com/?token=s3cret"),
        number => {
            let left: u8 = number.trim_start_matches('/').parse().unwrap();
            redirect(&format!("/{}", left - 1))
        }
    });
    let mut look = |path, more| look(&mut stand, &web, (path, more));

    let five = look("/5", json!({}));
    let six = look("/6", json!({}));
    let wanted = look("/6", json!({"status": ["302"]}));
    let out = look("/out", json!({}));

    assert_gave(&five, "good", "200 OK");
    assert_gave(&six, "failed", "more than 5 times");
    assert_gave(&wanted, "good", "302 Found");
    assert_gave(&out, "failed", "no web address");
    assert!(!out.to_string().contains("s3cret"));
    assert_eq!(web.asked(), 6 + 6 + 1 + 1);
}

#[test]
fn a_page_is_asked_as_the_monitor_says() {
    let mut stand = Stand::new();
    let web = Web::plain(|head| {
        let head = head.to_ascii_lowercase();
        let is_asked = head.starts_with("post /hook?x=1 ")
            && head.contains("\r\nx-kind: probe\r\n")
            && head.contains("\r\nuser-agent: pulse-agent/");
        let status = if is_asked {
            "200 OK"
        } else {
            "400 Bad Request"
        };
        page(status, "")
    });

    let more = json!({"method": "POST", "headers": {"X-Kind": "probe"}});
    let good = look(&mut stand, &web, ("/hook?x=1", more));

    assert_gave(&good, "good", "200 OK");
}

#[test]
fn a_page_over_tls_is_believed_only_with_a_good_certificate() {
    let authority = Authority::new();
    let mut stand = Stand::trusting(Some(&authority));
    let good = Web::over_tls(authority.server("localhost", 30), |_| page("200 OK", ""));
    let strange = Web::over_tls(Authority::new().server("localhost", 30), |_| {
        page("200 OK", "")
    });
    let mut look =
        |port| stand.look(&json!({"http": {"url": format!("https://localhost:{port}/")}}));

    let believed = look(good.port);
    let doubted = look(strange.port);

    assert_gave(&believed, "good", "200 OK");
    assert_gave(&doubted, "failed", "from nobody whom this host trusts");
    assert_eq!(strange.asked(), 0);
}
