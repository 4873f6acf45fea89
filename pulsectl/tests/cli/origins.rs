//! Which server is asked with which token, and who it is that answers there.

use std::{
    io::{Read as _, Write as _},
    net::TcpListener,
    thread,
};

use super::fake::{Answer, Fake, Ran, user};

fn server() -> Fake {
    Fake::start(|_, _| Answer::Json(200, user()))
}

fn sent(fake: &Fake) -> Option<String> {
    let seen = fake.seen();
    seen.last()?.header("authorization").map(str::to_owned)
}

/// A call with these variables, and with no others of pulse.
fn call(fake: &Fake, args: &[&str], variables: &[(&str, &str)]) -> Ran {
    let mut command = fake.command(args);
    command.env_remove("PULSE_URL").env_remove("PULSE_TOKEN");
    command.envs(variables.iter().copied());
    command.output().unwrap().into()
}

#[test]
fn a_context_that_a_flag_names_gives_its_token_too() {
    let fake = server();
    let stored = fake.file("stored", "of-the-context\n");
    let other = fake.file("other", "of-the-environment\n");
    let login = ["login", &fake.url, "--token-file", &stored, "-c", "prod"];
    call(&fake, &login, &[]).exits(0);

    for variables in [
        &[("PULSE_URL", &*fake.url), ("PULSE_TOKEN_FILE", &*other)][..],
        &[
            ("PULSE_URL", &*fake.url),
            ("PULSE_TOKEN", "of-the-environment"),
        ],
        &[("PULSE_TOKEN", "of-the-environment")],
        &[
            ("PULSE_URL", "http://127.0.0.1:9"),
            ("PULSE_TOKEN", "of-the-environment"),
        ],
    ] {
        call(&fake, &["-c", "prod", "whoami"], variables).exits(0);
        assert_eq!(sent(&fake).as_deref(), Some("Bearer of-the-context"));
    }
    let flags = ["-c", "prod", "--token-file", &other, "whoami"];
    call(&fake, &flags, &[]).exits(0);
    assert_eq!(sent(&fake).as_deref(), Some("Bearer of-the-environment"));
}

#[test]
fn the_environments_token_goes_to_no_address_of_a_flag() {
    let (fake, other) = (server(), server());
    let both = [
        ("PULSE_URL", &*other.url),
        ("PULSE_TOKEN", "of-the-environment"),
    ];

    call(&fake, &["--url", &fake.url, "whoami"], &both).exits(0);
    assert_eq!(sent(&fake), None);
    call(&fake, &["login", &fake.url], &both)
        .exits(2)
        .tells("--token-file");
    assert_eq!(sent(&fake), None);

    call(&fake, &["--url", &fake.url, "whoami"], &both[1..]).exits(0);
    assert_eq!(sent(&fake).as_deref(), Some("Bearer of-the-environment"));
}

#[test]
fn a_context_that_the_environment_names_in_vain_is_told() {
    let fake = server();
    call(&fake, &["context", "set", "b", "--url", "http://b"], &[]).exits(0);
    call(&fake, &["context", "set", "own", "--url", &fake.url], &[]).exits(0);
    let whoami = |context: &str| {
        let variables = [("PULSE_URL", &*fake.url), ("PULSE_CONTEXT", context)];
        call(&fake, &["whoami"], &variables).exits(0)
    };

    whoami("nope").tells("warning: PULSE_CONTEXT names nope, which is no context");
    whoami("b").tells("warning: PULSE_CONTEXT names b, which is another server");
    let same = whoami("own");

    assert!(!same.stderr.contains("warning"), "{}", same.stderr);
}

#[test]
fn a_token_that_is_not_accepted_is_told_by_where_it_comes_from() {
    let fake = Fake::start(|_, _| Answer::problem(401, "unauthenticated", "unknown token"));
    let file = fake.file("token", "wrong\n");
    let url = ("PULSE_URL", &*fake.url);

    call(&fake, &["whoami"], &[url, ("PULSE_TOKEN", "wrong")])
        .exits(4)
        .tells("hint: PULSE_TOKEN is not accepted")
        .tells("unset it");
    call(&fake, &["whoami"], &[url, ("PULSE_TOKEN_FILE", &file)])
        .exits(4)
        .tells("hint: PULSE_TOKEN_FILE is not accepted");
    call(&fake, &["whoami", "--token-file", &file], &[url])
        .exits(4)
        .tells("hint: the token of --token-file");
    let login = call(&fake, &["login", &fake.url, "--token-file", &file], &[])
        .exits(4)
        .tells("hint: is it whole, is it of this server");
    assert!(!login.stderr.contains("pulsectl login"), "{}", login.stderr);
}

/// The address of a program that answers whatever it is asked with these bytes.
fn stranger(answer: &'static str) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            let _ = stream.read(&mut [0; 4096]);
            let _ = stream.write_all(answer.as_bytes());
        }
    });
    address.to_string()
}

#[test]
fn what_another_program_answers_is_no_answer_about_what_pulse_has() {
    let fake = server();
    for answer in [
        "HTTP/1.1 404 Not Found\r\ncontent-length: 9\r\nconnection: close\r\n\r\nnot found",
        "HTTP/1.1 403 Forbidden\r\ncontent-length: 2\r\nconnection: close\r\n\r\n{}",
        "HTTP/1.1 200 OK\r\ncontent-type: text/html; charset=utf-8\r\ncontent-length: 6\r\n\
         connection: close\r\n\r\n<html>",
    ] {
        let url = format!("http://{}", stranger(answer));

        fake.run(&["worker", "show", "web-1", "--url", &url])
            .exits(1)
            .tells(&format!("{url} is not a pulse server"));
    }
}

#[test]
fn a_port_without_tls_is_told_at_once() {
    let fake = server();
    let host = stranger("HTTP/1.1 400 Bad Request\r\nconnection: close\r\n\r\n");

    fake.run(&["whoami", "--url", &format!("https://{host}")])
        .exits(12)
        .tells(&format!("{host} speaks no TLS here"))
        .tells(&format!("hint: use http://{host}"));
}
