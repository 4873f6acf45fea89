//! What a shell completes: names of the server's, quickly or not at all.

use std::{
    fs,
    path::Path,
    process::Command,
    time::{Duration, Instant},
};

use rustix::process::Signal;
use serde_json::json;

use super::{
    fake::{Answer, Fake, execution, worker},
    pty::Terminal,
};

fn fleet() -> Fake {
    Fake::start(|request, _| match request.path.rsplit('/').next() {
        Some("workers") => Answer::page(&json!([worker("web-1"), worker("web-2"), worker("db-1")])),
        Some("monitors") => Answer::page(&json!([super::monitors::view("web", "up")])),
        Some("executions") => Answer::page(&json!([execution("running")])),
        _ => Answer::page(&json!([])),
    })
}

#[test]
fn names_are_asked_for_once_and_kept() {
    let fake = fleet();

    let first = fake.run(&["complete-names", "workers"]).exits(0);
    let second = fake.run(&["complete-names", "workers"]).exits(0);
    let numbers = fake.run(&["complete-names", "executions"]).exits(0);

    assert_eq!(first.stdout, "web-1\nweb-2\ndb-1\n");
    assert_eq!(second.stdout, first.stdout);
    assert_eq!(numbers.stdout, "@last\n42\n");
    assert_eq!(fake.seen().len(), 2);
}

#[test]
fn a_server_that_does_not_answer_holds_no_shell() {
    let silent = Fake::start(|_, _| Answer::Hold(vec![]));
    let gone = Fake::start(|_, _| Answer::Drop);

    for fake in [silent, gone] {
        let asked = Instant::now();
        let ran = fake.run(&["complete-names", "workflows"]).exits(0);

        assert_eq!((ran.stdout.as_str(), ran.stderr.as_str()), ("", ""));
        // 300 ms, and a generous rest for a busy machine; the server stays silent for 30 s.
        assert!(asked.elapsed() < Duration::from_secs(8));
    }
}

#[test]
fn a_token_that_would_be_typed_is_not_waited_for() {
    let fake = fleet();
    let mut command = fake.command(&["complete-names", "workers"]);
    command
        .env_remove("PULSE_TOKEN")
        .env("PULSE_TOKEN_FILE", "-");
    command.stdin(std::process::Stdio::piped());
    command.stdout(std::process::Stdio::piped());
    let asked = Instant::now();
    let mut child = command.spawn().unwrap();

    // Its stdin stays open: only its own end can end this.
    while child.try_wait().unwrap().is_none() {
        assert!(asked.elapsed() < Duration::from_secs(8), "it waits");
        std::thread::yield_now();
    }

    assert!(fake.seen().is_empty());
}

/// What bash offers for the last of these words.
fn offered(fake: &Fake, words: &[&str]) -> Vec<String> {
    let script = fake.file("completion.bash", &fake.run(&["completion", "bash"]).stdout);
    let words: Vec<String> = words.iter().map(|word| format!("'{word}'")).collect();
    let asked = format!(
        "source {script}; COMP_WORDS=({}); COMP_CWORD={}; \
         _pulsectl_with_names pulsectl \"${{COMP_WORDS[COMP_CWORD]}}\" \"${{COMP_WORDS[COMP_CWORD-1]}}\"; \
         printf '%s\\n' \"${{COMPREPLY[@]}}\"",
        words.join(" "),
        words.len() - 1
    );
    let program = Path::new(env!("CARGO_BIN_EXE_pulsectl"));
    let path = program.parent().unwrap().display();
    let output = Command::new("bash")
        .args(["--norc", "-c", &asked])
        .env_clear()
        .env("PATH", format!("{path}:/usr/bin:/bin"))
        .env("HOME", &fake.home)
        .env("PULSE_URL", &fake.url)
        .env("PULSE_TOKEN", "secret-token")
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success() && said.is_empty(), "{said}");
    let lines = String::from_utf8_lossy(&output.stdout);
    lines
        .lines()
        .map(str::to_owned)
        .filter(|line| !line.is_empty())
        .collect()
}

#[test]
fn bash_offers_names_where_a_command_takes_them() {
    let fake = fleet();

    assert_eq!(
        offered(&fake, &["pulsectl", "worker", "show", "we"]),
        ["web-1", "web-2"]
    );
    assert_eq!(
        offered(&fake, &["pulsectl", "w", "drain", "web-1", "d"]),
        ["db-1"]
    );
    assert_eq!(
        offered(&fake, &["pulsectl", "execution", "cancel", ""]),
        ["@last", "42"]
    );
    assert_eq!(
        offered(&fake, &["pulsectl", "monitor", "check", "w"]),
        ["web"]
    );
    assert_eq!(
        offered(&fake, &["pulsectl", "run", "deploy", "--target", "db"]),
        ["db-1"]
    );
    assert!(
        offered(&fake, &["pulsectl", "worker", "show", "--hel"]).contains(&"--help".to_owned())
    );
    assert!(offered(&fake, &["pulsectl", "worker", "exec", "web-1", "--", "we"]).is_empty());
    assert!(offered(&fake, &["pulsectl", "wor"]).contains(&"worker".to_owned()));
}

#[test]
fn bash_offers_every_kind_of_name() {
    let fake = Fake::start(|request, _| match request.path.rsplit('/').next() {
        Some("prompts") if request.query.contains("status=open") => {
            Answer::page(&json!([{"number": 7, "name": null}]))
        }
        Some("tokens") => Answer::page(&json!([{"name": "laptop"}, {"name": "$(id)"}])),
        Some("schedules") => Answer::page(&json!([{"name": "nightly"}])),
        Some("sensors") => Answer::page(&json!([{"name": "deploy.push"}])),
        Some("channels") => Answer::page(&json!([{"name": "ops"}])),
        Some("regions") => Answer::page(&json!([{"code": "fra", "name": "Frankfurt"}])),
        Some("workflows") => Answer::page(&json!([{"name": "audit"}])),
        _ => Answer::page(&json!([])),
    });

    for (line, name) in [
        ("workflow pause ", "audit"),
        ("wf resume a", "audit"),
        ("prompt answer ", "7"),
        ("execution respond --prompt ", "7"),
        ("token revoke ", "laptop"),
        ("schedule preview n", "nightly"),
        ("sensor events d", "deploy.push"),
        ("notify test ", "ops"),
        ("region rm ", "fra"),
        ("worker ls --region ", "fra"),
    ] {
        let line = format!("pulsectl {line}");
        let words: Vec<&str> = line.split(' ').collect();
        assert_eq!(offered(&fake, &words), [name], "{line}");
    }
    let new = offered(&fake, &["pulsectl", "region", "create", ""]);
    assert!(!new.contains(&"fra".to_owned()), "{new:?}");
}

#[test]
fn the_newest_execution_is_completed_though_bash_parts_words_at_its_first_sign() {
    let fake = fleet();
    let script = fake.file("completion.bash", &fake.run(&["completion", "bash"]).stdout);
    let program = Path::new(env!("CARGO_BIN_EXE_pulsectl"));
    let path = program.parent().unwrap().display();
    let mut command = Command::new("bash");
    command
        .args(["--norc", "-i"])
        .env_clear()
        .env("PATH", format!("{path}:/usr/bin:/bin"))
        .env("HOME", &fake.home)
        .env("TERM", "xterm")
        .env("PULSE_URL", &fake.url)
        .env("PULSE_TOKEN", "secret-token");
    let mut terminal = Terminal::of(command, 24);

    terminal.types(&format!("source {script} && echo rea''dy\n"));
    terminal.sees("ready");
    terminal.types("pulsectl execution show @l\t");

    terminal.sees("show @last ");
    terminal.gets(Signal::KILL);
}

#[test]
fn the_agent_of_this_machine_is_asked_what_is_wrong_with_it() {
    use std::os::unix::fs::PermissionsExt as _;
    let fake = Fake::start(|_, _| Answer::problem(404, "not_found", "nothing"));
    let doctor = |path: &str| {
        let mut command = fake.command(&["doctor", "--agent", "--json"]);
        let output = command.env("PATH", path).output().unwrap();
        let told: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
        let checks = told["checks"].as_array().unwrap().clone();
        let of_agent = checks.into_iter().filter(|check| check["name"] == "agent");
        of_agent.collect::<Vec<_>>()
    };

    let none = doctor("/nonexistent");
    let program = fake.file(
        "pulse-agent",
        "#!/bin/sh\n[ -z \"$PULSE_TOKEN\" ] || exit 9\n[ \"$*\" = 'doctor --json' ] || exit 8\n\
         echo '{\"healthy\":false,\"checks\":[{\"name\":\"state\",\"verdict\":\"bad\",\
         \"detail\":\"no state\",\"fix\":\"enrol it\"}]}'\nexit 3\n",
    );
    fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).unwrap();
    let folder = fake.home.display().to_string();
    let some = doctor(&format!("{folder}:/usr/bin:/bin"));

    assert_eq!(none[0]["verdict"], "bad");
    assert!(none[0]["fix"].as_str().unwrap().contains("worker doctor"));
    assert_eq!(some.len(), 1);
    assert_eq!(
        (&some[0]["verdict"], &some[0]["detail"]),
        (&json!("bad"), &json!("no state"))
    );
    assert_eq!(some[0]["fix"], "enrol it");
}

#[test]
fn doctor_mends_who_may_read_the_tokens_and_installs_completion() {
    use std::os::unix::fs::PermissionsExt as _;
    let fake = Fake::start(|_, _| Answer::problem(404, "not_found", "nothing"));
    let folder = fake.home.join(".local/state/pulsectl");
    fs::create_dir_all(&folder).unwrap();
    let tokens = folder.join("credentials.yaml");
    fs::write(&tokens, "contexts: {}\n").unwrap();
    fs::set_permissions(&tokens, fs::Permissions::from_mode(0o644)).unwrap();
    let doctor = |args: &[&str]| {
        let mut command = fake.command(args);
        let output = command.env("SHELL", "/bin/bash").output().unwrap();
        String::from_utf8_lossy(&output.stderr).into_owned()
    };
    let mode = || fs::metadata(&tokens).unwrap().permissions().mode() & 0o777;

    doctor(&["doctor"]);
    assert_eq!(mode(), 0o644);
    let said = doctor(&["doctor", "--fix"]);

    assert_eq!(mode(), 0o600);
    assert!(said.contains("readable by you alone"), "{said}");
    let script = fake
        .home
        .join(".local/share/bash-completion/completions/pulsectl");
    if !Path::new("/usr/share/bash-completion/completions/pulsectl").exists() {
        let script = fs::read_to_string(script).unwrap();
        assert!(script.contains("complete-names"));
    }
    assert!(!doctor(&["doctor", "--fix"]).contains("fixed:"));
}
