//! The rules of the configuration, over real files in a folder of their own.

use std::{
    fs,
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
};

use super::*;

/// A folder that goes away with its test.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("pulsed-{}-{name}", std::process::id()));
        fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    fn write(&self, name: &str, text: &str, mode: u32) -> PathBuf {
        let path = self.0.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, text).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(mode)).unwrap();
        path
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

const URL: (&str, &str) = (
    "PULSE__DATABASE__URL",
    "postgres://pulse:hush@db.example/pulse",
);

fn read(file: &Path, environment: &[(&'static str, &'static str)]) -> Result<Loaded, ConfigError> {
    load(&Sources {
        file: Some(file),
        environment: &environment.iter().copied().collect(),
        flags: &[],
    })
}

fn nothing() -> &'static Path {
    Path::new("/dev/null")
}

fn faults(result: Result<Loaded, ConfigError>) -> String {
    let error = match result {
        Ok(loaded) => check(&loaded.settings).unwrap_err(),
        Err(error) => error,
    };
    let line = |fault: &Fault| format!("{fault} [{}]", fault.hint.as_deref().unwrap_or_default());
    error.faults.iter().map(line).collect::<Vec<_>>().join("\n")
}

#[test]
fn each_layer_wins_over_the_one_before_it() {
    let folder = Folder::new("layers");
    let main = folder.write(
        "pulsed.yaml",
        "workers:\n  offline_after_ms: 200000\njobs:\n  offer_ttl_ms: 1000\n",
        0o640,
    );
    folder.write(
        "pulsed.d/10-site.yaml",
        "jobs:\n  offer_ttl_ms: 2000\n  stuck_after_ms: 500000\n",
        0o640,
    );
    let flag = Flag {
        name: "--listen",
        path: "server.listen",
        value: FlagValue::Text("127.0.0.1:9".to_owned()),
    };
    let environment = [
        URL,
        ("PULSE__JOBS__STUCK_AFTER_MS", "600000"),
        ("PORT", "1234"),
    ];

    let loaded = load(&Sources {
        file: Some(&main),
        environment: &environment.into_iter().collect(),
        flags: &[flag],
    })
    .unwrap();
    let config = check(&loaded.settings).unwrap();

    assert_eq!(config.server.listen.to_string(), "127.0.0.1:9");
    assert_eq!(config.workers.offline_after_ms, 200_000);
    assert_eq!(config.jobs.offer_ttl_ms, 2_000);
    assert_eq!(config.jobs.stuck_after_ms, 600_000);
    assert_eq!(
        loaded.notices,
        ["PORT is not used: server.listen comes from --listen"]
    );
}

#[test]
fn an_unknown_key_names_its_line_and_a_near_word() {
    let folder = Folder::new("unknown");
    let path = folder.write(
        "pulsed.yaml",
        "# first\nserver:\n  name: a\n  lisen: 127.0.0.1:1\nworkes:\n  x: 1\n",
        0o640,
    );

    let faults = faults(read(&path, &[URL]));

    let path = path.display();
    assert!(
        faults.contains(&format!(
            "{path}:4: there is no key `server.lisen` [did you mean `listen`?]"
        )),
        "{faults}"
    );
    assert!(
        faults.contains(&format!(
            "{path}:5: there is no section `workes` [did you mean `workers`?]"
        )),
        "{faults}"
    );
}

#[test]
fn an_unknown_variable_is_an_error_with_a_near_name() {
    let faults = faults(read(nothing(), &[URL, ("PULSE__SERVER__LISTN", "x")]));

    assert_eq!(
        faults,
        "PULSE__SERVER__LISTN: there is no such setting [did you mean `PULSE__SERVER__LISTEN`?]"
    );
}

#[test]
fn a_public_address_needs_the_word_insecure() {
    let refused = faults(read(
        nothing(),
        &[URL, ("PULSE__SERVER__LISTEN", "0.0.0.0:80")],
    ));
    let allowed = read(
        nothing(),
        &[
            URL,
            ("HOST", "0.0.0.0"),
            ("PULSE__SERVER__INSECURE", "true"),
        ],
    )
    .unwrap();

    assert!(
        refused.contains("PULSE__SERVER__LISTEN: server.listen: 0.0.0.0:80 can be reached"),
        "{refused}"
    );
    assert!(refused.contains("insecure: true"), "{refused}");
    assert_eq!(
        check(&allowed.settings).unwrap().server.listen.to_string(),
        "0.0.0.0:8080"
    );
}

#[test]
fn with_a_certificate_others_may_reach_the_server() {
    let folder = Folder::new("tls");
    let text = "server:\n  listen: 0.0.0.0:8443\n  # shown to everybody\n  tls:\n    cert: /a/cert.pem\n    key: /a/key.pem\n";
    let main = folder.write("pulsed.yaml", text, 0o640);
    let key = (
        "PULSE__SERVER__SHARED_WORKER_KEY",
        "sixteen-or-more-characters",
    );

    let loaded = read(&main, &[URL, key]).unwrap();
    let moved = read(&main, &[URL, ("PULSE__SERVER__TLS__KEY", "/b/key.pem")]).unwrap();
    let emptied = [
        ("PULSE__SERVER__TLS__CERT", ""),
        ("PULSE__SERVER__TLS__KEY", ""),
    ];
    let plain = faults(read(&main, &[&[URL], &emptied[..]].concat()));

    let server = check(&loaded.settings).unwrap().server;
    let (cert, key) = (PathBuf::from("/a/cert.pem"), PathBuf::from("/a/key.pem"));
    assert_eq!(server.tls, Some(Tls { cert, key }));
    assert!(server.shared_worker_key.is_some());
    let shown = show(&moved.settings, Origins::Shown);
    let back: serde_yaml::Value = serde_yaml::from_str(&shown).unwrap();
    assert_eq!(back["server"]["tls"]["key"], "/b/key.pem");
    assert!(
        shown.contains(&format!("# {}:5\n", main.display())),
        "{shown}"
    );
    assert!(shown.contains("# PULSE__SERVER__TLS__KEY\n"), "{shown}");
    assert!(
        plain.contains("and there is no TLS [give the server a certificate"),
        "{plain}"
    );
}

#[test]
fn half_a_certificate_is_none() {
    let folder = Folder::new("half");
    let of = |tls: &str| {
        let text = format!("server:\n  tls: {tls}\n");
        faults(read(&folder.write("pulsed.yaml", &text, 0o640), &[URL]))
    };

    let without_key = of("{cert: /a/cert.pem}");
    let relative = of("{cert: cert.pem, key: /a/key.pem}");
    let typo = of("\n    crt: /a/cert.pem");
    let bare = of("/a/cert.pem");

    assert!(
        without_key.contains("pulsed.yaml:2: server.tls.cert: says nothing without"),
        "{without_key}"
    );
    assert!(without_key.contains("`key:` under `tls:`"), "{without_key}");
    assert!(
        relative.contains("server.tls.cert: must be a path that begins with /"),
        "{relative}"
    );
    assert!(
        typo.contains("pulsed.yaml:3: there is no key `server.tls.crt` [did you mean `tls.cert`?]"),
        "{typo}"
    );
    assert!(bare.contains("there is no key `server.tls`"), "{bare}");
}

#[test]
fn thresholds_must_rise() {
    let faults = faults(read(
        nothing(),
        &[URL, ("WORKER_OFFLINE_THRESHOLD_MS", "120000")],
    ));

    assert_eq!(
        faults,
        "WORKER_OFFLINE_THRESHOLD_MS: workers.offline_after_ms: must be more than workers.unreachable_after_ms (120000), but is 120000 []"
    );
}

#[test]
fn the_heartbeat_that_nobody_set_follows_the_silence_that_counts() {
    let interval = |more: &[(&'static str, &'static str)]| {
        let all: Vec<_> = [URL].into_iter().chain(more.iter().copied()).collect();
        let loaded = read(nothing(), &all).unwrap();
        check(&loaded.settings).map(|config| config.workers.heartbeat_interval_ms)
    };
    let silence = ("WORKER_UNREACHABLE_THRESHOLD_MS", "5000");

    assert_eq!(interval(&[]).unwrap(), 20_000);
    assert_eq!(interval(&[silence]).unwrap(), 1_000);
    assert_eq!(
        interval(&[("WORKER_UNREACHABLE_THRESHOLD_MS", "300")]).unwrap(),
        100
    );
    let own = ("PULSE__WORKERS__HEARTBEAT_INTERVAL_MS", "20000");
    assert!(interval(&[silence, own]).is_err());
}

#[test]
fn a_worker_is_offline_before_its_jobs_are_stuck() {
    let offline = ("WORKER_OFFLINE_THRESHOLD_MS", "800000");

    let faults = faults(read(
        nothing(),
        &[URL, offline, ("BLACKBOARD_STUCK_JOB_TIMEOUT", "720000")],
    ));

    assert_eq!(
        faults,
        "BLACKBOARD_STUCK_JOB_TIMEOUT: jobs.stuck_after_ms: must be more than workers.offline_after_ms (800000), but is 720000 []"
    );
}

#[test]
fn a_missing_database_says_what_to_set() {
    let faults = faults(read(nothing(), &[]));

    assert!(
        faults.starts_with("database.url: no database is configured"),
        "{faults}"
    );
    assert!(faults.contains("pulsed dev"), "{faults}");
}

#[test]
fn the_seeds_database_variables_become_one_url() {
    let loaded = read(
        nothing(),
        &[
            ("DB_HOST", "10.0.0.1"),
            ("DB_PORT", "3306"),
            ("DB_NAME", "pulse"),
            ("DB_USER", "u"),
            ("DB_PASSWORD", "it's \\ x"),
        ],
    )
    .unwrap();
    let config = check(&loaded.settings).unwrap();
    let parsed: tokio_postgres::Config = config.database.url.expose().parse().unwrap();

    assert_eq!(parsed.get_password(), Some("it's \\ x".as_bytes()));
    assert_eq!(parsed.get_ports(), [3306]);
    assert!(loaded.notices.iter().any(|line| line.contains("MariaDB")));
    assert_eq!(
        loaded
            .notices
            .iter()
            .filter(|line| line.contains("PULSE__DATABASE__URL"))
            .count(),
        5
    );
}

#[test]
fn a_secret_is_never_shown() {
    let loaded = read(nothing(), &[URL]).unwrap();
    let config = check(&loaded.settings).unwrap();

    let shown = show(&loaded.settings, Origins::Shown);

    assert!(!shown.contains("hush"));
    assert!(!format!("{config:?}").contains("hush"));
    assert!(shown.contains("# PULSE__DATABASE__URL"), "{shown}");
    let _: serde_yaml::Value = serde_yaml::from_str(&shown).unwrap();
}

#[test]
fn a_secret_file_that_everyone_can_read_is_refused() {
    let folder = Folder::new("open");
    let open = folder.write("open", "postgres://a/b", 0o644);
    let closed = folder.write("closed", "postgres://a/b\n", 0o600);
    let from = |path: PathBuf| {
        load(&Sources {
            file: Some(nothing()),
            environment: &Environment::default(),
            flags: &[Flag {
                name: "--database-url-file",
                path: "database.url",
                value: FlagValue::Content(path),
            }],
        })
    };

    assert!(faults(from(open)).contains("can be read by everyone [chmod 600"));
    let config = check(&from(closed).unwrap().settings).unwrap();
    assert_eq!(config.database.url.expose(), "postgres://a/b");
}

#[test]
fn the_examples_secret_key_is_refused_and_another_is_unused() {
    let example = faults(read(
        nothing(),
        &[URL, ("SECRET_KEY", "change-this-to-a-secure-random-string")],
    ));
    let other = read(nothing(), &[URL, ("SECRET_KEY", "x".repeat(40).leak())]).unwrap();

    assert!(
        example.contains("SECRET_KEY: still has the value of the example"),
        "{example}"
    );
    assert!(other.notices[0].starts_with("SECRET_KEY is not used"));
}

#[test]
fn a_static_enrolment_token_needs_dev_mode() {
    let refused = faults(read(
        nothing(),
        &[URL, ("PULSE__SERVER__DEV_ENROLLMENT_TOKEN", "t")],
    ));
    let dev = read(
        nothing(),
        &[
            URL,
            ("WORKER_ENROLLMENT_TOKEN", "t"),
            ("PULSE__SERVER__DEV", "true"),
        ],
    )
    .unwrap();
    let plain = read(nothing(), &[URL, ("WORKER_ENROLLMENT_TOKEN", "t")]).unwrap();

    assert!(refused.contains("needs dev mode"), "{refused}");
    assert!(
        check(&dev.settings)
            .unwrap()
            .server
            .dev_enrollment_token
            .is_some()
    );
    assert!(
        check(&plain.settings)
            .unwrap()
            .server
            .dev_enrollment_token
            .is_none()
    );
    assert!(plain.notices[0].starts_with("WORKER_ENROLLMENT_TOKEN is not used"));
}

#[test]
fn an_address_that_is_no_databases_is_told_with_one_that_could_be_and_without_its_password() {
    let said = faults(read(
        nothing(),
        &[("PULSE__DATABASE__URL", "mysql://root:s3cret@db/x")],
    ));

    assert!(said.contains("neither a postgres:// URL"), "{said}");
    assert!(said.contains("[such as postgres://"), "{said}");
    assert!(!said.contains("s3cret"), "{said}");
}
