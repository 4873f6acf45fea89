//! Which layer wins, and what is refused.

use std::path::{Path, PathBuf};

use super::*;

fn file(name: &str, text: &str) -> PathBuf {
    let path = std::env::temp_dir().join(format!("pulse-config-{}-{name}", std::process::id()));
    std::fs::write(&path, text).unwrap();
    path
}

fn environment(pairs: &[(&str, &str)]) -> Environment {
    pairs
        .iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
        .collect()
}

#[test]
fn the_environment_wins_over_the_file_and_the_file_over_defaults() {
    let path = file(
        "layers",
        "server:\n  url: http://a\nworker:\n  max_concurrent: 7\n",
    );
    let environment = environment(&[("PULSE__SERVER__URL", "http://b")]);

    let config = load(Source::Given(&path), &environment).unwrap().config;

    assert_eq!(config.server.url.as_deref(), Some("http://b"));
    assert_eq!(config.worker.max_concurrent, 7);
    assert_eq!(config.kill_grace_ms, 10_000);
}

#[test]
fn an_unknown_key_is_refused_with_the_one_that_was_meant() {
    let path = file("unknown", "worker:\n  max_concurent: 7\n");

    let error = load(Source::Given(&path), &Environment::default())
        .unwrap_err()
        .to_string();

    assert!(error.contains("worker.max_concurent"), "{error}");
    assert!(
        error.contains("did you mean `worker.max_concurrent`?"),
        "{error}"
    );
}

#[test]
fn the_names_of_the_seeds_are_understood_and_noted() {
    let environment = environment(&[
        ("API_URL", "http://c:3000"),
        ("WORKER_NAME", "1234"),
        ("HEARTBEAT_INTERVAL", "30"),
        ("MAX_CONCURRENT_TASKS", "2"),
        ("PULSE_SENSOR_RUNTIMES", "shell, python"),
        ("RUN_TIMEOUT_MS", "1800000"),
        ("WORKER_ENROLLMENT_TOKEN", "a-token"),
        ("WORKER_API_KEY", "a-key"),
    ]);

    let loaded = load(Source::Default(Path::new("/nonexistent")), &environment).unwrap();

    assert_eq!(loaded.config.worker.name.as_deref(), Some("1234"));
    assert_eq!(loaded.config.heartbeat_interval, Some(30.0));
    assert_eq!(loaded.config.worker.max_concurrent, 2);
    assert_eq!(loaded.config.worker.runtimes.unwrap(), ["shell", "python"]);
    assert_eq!(loaded.config.run_timeout_ms, Some(1_800_000));
    assert_eq!(loaded.notices.len(), 8);
    let said = loaded.notices.join(" ");
    assert!(
        !said.contains("a-token") && !said.contains("a-key"),
        "{said}"
    );
}

#[test]
fn a_named_file_must_exist() {
    let missing = Path::new("/nonexistent/agent.yaml");

    assert!(load(Source::Given(missing), &Environment::default()).is_err());
    assert!(load(Source::Default(missing), &Environment::default()).is_ok());
}

#[test]
fn labels_and_capabilities_have_free_names() {
    let path = file(
        "free",
        "worker:\n  labels: {rack: b7}\n  capabilities: {gpu: true}\n",
    );
    let environment = environment(&[("PULSE__WORKER__LABELS__ROLE", "web")]);

    let config = load(Source::Given(&path), &environment).unwrap().config;

    assert_eq!(config.worker.labels["rack"], "b7");
    assert_eq!(config.worker.labels["role"], "web");
    assert_eq!(config.worker.capabilities["gpu"], true);
}

#[test]
fn what_steps_inherit_holds_no_secret() {
    let environment = environment(&[("WORKER_API_KEY", "x"), ("PATH", "/stand-in:/bin")]);

    let inherited = environment.inherited();

    assert_eq!(inherited["PATH"], "/stand-in:/bin");
    assert!(!inherited.contains_key("WORKER_API_KEY"));
}

#[test]
fn the_packages_name_of_the_token_file_is_understood() {
    let environment = environment(&[("PULSE__AGENT__ENROLL_TOKEN_FILE", "/run/enroll.token")]);

    let loaded = load(Source::Default(Path::new("/nonexistent")), &environment).unwrap();

    let file = Path::new("/run/enroll.token");
    assert_eq!(loaded.config.token_file.as_deref(), Some(file));
    assert_eq!(loaded.notices.len(), 1);
}

#[test]
fn the_seeds_addresses_of_a_server_and_region_are_understood() {
    for name in ["API_URL", "PULSE_SERVER", "PULSE_WS"] {
        let environment = environment(&[(name, "https://pulse.example"), ("WORKER_REGION", "fra")]);

        let loaded = load(Source::Default(Path::new("/nonexistent")), &environment).unwrap();

        let url = loaded.config.server.url.as_deref();
        assert_eq!(url, Some("https://pulse.example"), "{name}");
        assert_eq!(loaded.config.worker.region.as_deref(), Some("fra"));
    }
}

#[test]
fn a_section_without_keys_says_nothing() {
    let path = file(
        "empty",
        "server:\n  # url: http://a\nworker:\nlog:\n  level: warn\n",
    );

    let config = load(Source::Given(&path), &Environment::default())
        .unwrap()
        .config;

    assert_eq!(config.server.url, None);
    assert_eq!(config.log.level, "warn");
}

#[test]
fn what_is_shown_says_where_each_value_comes_from() {
    let path = file(
        "origins",
        "# mine\nserver:\n  insecure: true\n\n  url: http://a\nworker:\n  labels: {rack: b7}\nkill_grace_ms: 5\n",
    );
    let environment = environment(&[
        ("API_URL", "http://b"),
        ("PULSE__WORKER__LABELS__TIER", "front"),
    ]);

    let text = show(
        &load(Source::Given(&path), &environment).unwrap(),
        Origins::Shown,
    );

    let at = path.display();
    let place = |key: &str| {
        let line = text
            .lines()
            .find(|line| line.trim_start().starts_with(&format!("{key}:")));
        let line = line.unwrap_or_else(|| panic!("no {key} in {text}"));
        line.split_once(" # ").unwrap().1.to_owned()
    };
    assert_eq!(place("url"), "API_URL");
    assert_eq!(place("insecure"), format!("{at}:3"));
    assert_eq!(
        place("labels"),
        format!("{at}:7, PULSE__WORKER__LABELS__TIER")
    );
    assert_eq!(place("kill_grace_ms"), format!("{at}:8"));
    assert_eq!(place("stop_grace_ms"), "default");
}

#[test]
fn what_is_shown_can_be_read_back() {
    let path = file(
        "shown",
        "worker:\n  name: \"1234\"\n  labels: {rack: b7, n: \"no\"}\nheartbeat_interval: 20\npolicy:\n  allow: listed\n  \
         commands: [[/usr/bin/uptime, -p]]\nfunction_blocks:\n  - {name: a, argv: [/bin/true]}\nsandbox:\n  user: nobody\n  \
         cpus: 0.5\nmetrics:\n  listen: 127.0.0.1:9464\n",
    );
    let environment = Environment::default();

    let first = load(Source::Given(&path), &environment).unwrap();
    let again = file("shown-again", &show(&first, Origins::Shown));
    let second = load(Source::Given(&again), &environment).unwrap();

    assert_eq!(
        show(&first, Origins::Hidden),
        show(&second, Origins::Hidden)
    );
    assert_eq!(second.config.worker.name.as_deref(), Some("1234"));
    assert_eq!(second.config.worker.labels["n"], "no");
}

#[test]
fn a_limit_of_nothing_is_refused() {
    let environment = environment(&[("RUN_TIMEOUT_MS", "0")]);

    let error = load(Source::Default(Path::new("/nonexistent")), &environment);

    let error = error.unwrap_err().to_string();
    assert!(error.contains("run_timeout_ms"), "{error}");
}
