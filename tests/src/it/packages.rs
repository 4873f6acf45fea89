//! What packages install: units, configurations, lists of files. Installing them is `script/test-packages`.

use std::{
    fs,
    os::unix::{fs::PermissionsExt as _, net::UnixDatagram},
    path::PathBuf,
    process::Command,
    time::Duration,
};

use pulse_tests::{
    cluster::Private,
    eventually::{PATIENCE, eventually},
    places,
    server::Server,
    skip,
};
use rustix::process::Signal;

const UNITS: [&str; 3] = [
    "packaging/pulsed/pulsed.service",
    "packaging/pulse-agent/pulse-executor.service",
    "packaging/pulse-agent/pulse-agent.service",
];

/// The values of one setting of a unit, in order.
fn settings(unit: &str, key: &str) -> Vec<String> {
    places::read(unit)
        .lines()
        .filter_map(|line| line.strip_prefix(key)?.strip_prefix('=').map(str::to_owned))
        .collect()
}

/// Whether a program is on this host; otherwise says why a test looks no further.
fn is_here(program: &str) -> bool {
    let is_here = places::search_path()
        .split(':')
        .any(|folder| PathBuf::from(folder).join(program).is_file());
    if !is_here {
        skip(&format!("there is no {program} on this host"));
    }
    is_here
}

#[test]
fn the_executor_comes_before_the_agent_and_takes_it_along() {
    let agent = "packaging/pulse-agent/pulse-agent.service";

    assert_eq!(settings(agent, "Requires"), ["pulse-executor.service"]);
    assert_eq!(settings(agent, "PartOf"), ["pulse-executor.service"]);
    assert!(settings(agent, "After").contains(&"pulse-executor.service".to_owned()));
    assert!(settings(agent, "ExecStart")[0].ends_with("run --executor service"));
    for unit in UNITS {
        assert_eq!(settings(unit, "LimitNOFILE"), ["65536"], "{unit}");
        assert_eq!(settings(unit, "Type"), ["notify"], "{unit}");
    }
}

#[test]
fn units_treat_exit_codes_as_the_agent_means_them() {
    let page = places::read("man/pulse-agent.8");
    let agent = "packaging/pulse-agent/pulse-agent.service";

    let prevented = settings(agent, "RestartPreventExitStatus").join(" ");
    let forced = settings(agent, "RestartForceExitStatus").join(" ");

    for code in ["2", "77", "78"] {
        assert!(prevented.split(' ').any(|word| word == code), "{code}");
        assert!(page.contains(&format!("\\fB{code}\\fR")), "{code}");
    }
    assert_eq!(forced, "82");
    assert!(page.contains("\\fB82\\fR"));
    assert_eq!(settings(agent, "Restart"), ["on-failure"]);
}

#[test]
fn systemd_finds_no_fault_in_the_units() {
    if !is_here("systemd-analyze") {
        return;
    }
    // It looks for the programs, which this host need not have installed.
    let folder = places::new_folder("units");
    let here = places::programs().display().to_string();
    for unit in UNITS {
        let text = places::read(unit).replace("/usr/bin/pulse", &format!("{here}/pulse"));
        let name = unit.rsplit('/').next().unwrap();
        fs::write(folder.join(name), text).unwrap();
    }

    let mut command = Command::new("systemd-analyze");
    command.args(["verify", "--man=no", "--recursive-errors=no"]);
    let verified = command
        .args(UNITS.map(|unit| folder.join(unit.rsplit('/').next().unwrap())))
        .output()
        .unwrap();

    let said = String::from_utf8_lossy(&verified.stderr);
    let ours: Vec<_> = said.lines().filter(|line| line.contains("pulse")).collect();
    assert_eq!(ours, [""; 0]);
    fs::remove_dir_all(folder).unwrap();
}

/// The configuration as a package installs it.
fn installed(file: &str) -> PathBuf {
    let path = places::new_folder("conffile").join("installed.yaml");
    fs::write(&path, places::read(file)).unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
    path
}

#[test]
fn the_servers_configuration_is_valid_and_names_every_key() {
    let file = installed("packaging/pulsed/pulsed.yaml");
    let pulsed = |verb: &str| {
        let mut command = Command::new(places::program("pulsed"));
        command.env_clear().arg("--config").arg(&file);
        command.args(["config", verb]).output().unwrap()
    };

    let checked = pulsed("check");
    let shown = pulsed("show");

    let said = String::from_utf8_lossy(&checked.stderr);
    assert!(checked.status.success(), "{said}");
    let text = fs::read_to_string(&file).unwrap();
    let shown = String::from_utf8(shown.stdout).unwrap();
    let keys = shown.lines().filter_map(|line| line.strip_prefix("  "));
    for key in keys.filter_map(|line| line.split(':').next()) {
        // Only for development.
        if key != "dev" {
            assert!(text.contains(&format!(" {key}:")), "{key} is not named");
        }
    }
    fs::remove_dir_all(file.parent().unwrap()).unwrap();
}

#[test]
fn the_agents_configuration_is_valid() {
    let file = installed("packaging/pulse-agent/agent.yaml");
    let state = places::new_folder("agent-state");

    let mut command = Command::new(places::program("pulse-agent"));
    command.env_clear().arg("--config").arg(&file);
    command.args(["status", "--state-dir"]).arg(&state);
    let said = command.output().unwrap();

    let stderr = String::from_utf8_lossy(&said.stderr);
    assert!(stderr.contains("no agent is running"), "{stderr}");
    fs::remove_dir_all(state).unwrap();
    fs::remove_dir_all(file.parent().unwrap()).unwrap();
}

#[test]
fn every_path_in_a_unit_is_one_that_the_packages_or_systemd_make() {
    let lists = ["pulsed/Cargo.toml", "pulse-agent/Cargo.toml"].map(places::read);
    let tables = [
        "packaging/pulsed/pulsed.tmpfiles",
        "packaging/pulse-agent/pulse-agent.tmpfiles",
    ]
    .map(places::read);
    let is_listed = |path: &str| {
        let (folder, name) = path[1..].rsplit_once('/').unwrap();
        let folders = [format!("\"{folder}/\""), format!("\"{folder}/{name}\"")];
        lists
            .iter()
            .any(|list| folders.iter().any(|folder| list.contains(folder)) && list.contains(name))
            || tables.iter().any(|table| table.contains(path))
    };
    for unit in UNITS {
        let text = places::read(unit);
        let words = text
            .lines()
            .filter(|line| !line.starts_with('#'))
            .flat_map(|line| line.split([' ', '=', '\'']));
        for word in words.map(|word| word.trim_start_matches('-')) {
            // The state folder has no list; its unit names it.
            let is_made = !word.starts_with('/')
                || [
                    "/bin/sh",
                    "/etc/pulse-agent",
                    "/var/lib/pulse/credential.json",
                ]
                .contains(&word);
            assert!(
                is_made || is_listed(word),
                "{unit}: {word} is in no package"
            );
        }
    }
}

#[test]
fn every_file_in_a_package_list_exists() {
    for package in ["pulsed", "pulse-agent", "pulsectl"] {
        let list = places::read(&format!("{package}/Cargo.toml"));
        let sources = list
            .lines()
            .filter_map(|line| line.trim().strip_prefix("[\"../")?.split('"').next());
        for source in sources.filter(|source| !source.starts_with("dist/")) {
            let (folder, name) = source.rsplit_once('/').unwrap();
            let start = name.split('*').next().unwrap();
            let mut entries = fs::read_dir(places::checkout().join(folder)).unwrap();
            let is_there = entries.any(|entry| {
                let found = entry.unwrap().file_name();
                found.to_string_lossy().starts_with(start)
            });
            assert!(is_there, "{package}: {source} does not exist");
        }
    }
}

#[test]
fn maintainer_scripts_are_shell_and_end_at_the_first_failure() {
    for script in [
        "pulsed/debian/postinst",
        "pulsed/debian/prerm",
        "pulsed/debian/postrm",
        "pulse-agent/debian/postinst",
        "pulse-agent/debian/prerm",
        "pulse-agent/debian/postrm",
    ] {
        let path = places::checkout().join("packaging").join(script);

        let parsed = Command::new("sh").arg("-n").arg(&path).status().unwrap();

        assert!(parsed.success(), "{script}");
        let text = fs::read_to_string(&path).unwrap();
        assert!(text.contains("\nset -e\n"), "{script}");
    }
}

#[test]
fn the_composed_stack_has_a_worker_in_iad_and_restarts_by_itself() {
    let text = places::read("packaging/compose.yaml");
    let stack: serde_yaml::Value = serde_yaml::from_str(&text).unwrap();
    let services = &stack["services"];

    for name in ["database", "server", "worker"] {
        assert_eq!(services[name]["restart"], "always", "{name}");
    }
    let worker = &services["worker"];
    assert_eq!(worker["environment"]["WORKER_REGION"], "iad");
    let recipe = places::read("packaging/Dockerfile");
    for name in ["server", "worker"] {
        let target = services[name]["build"]["target"].as_str().unwrap();
        assert!(recipe.contains(&format!(" AS {target}\n")), "{target}");
    }
}

#[test]
fn compose_finds_no_fault_in_the_stack() {
    if !is_here("docker-compose") {
        return;
    }
    let compose = |arguments: &[&str]| {
        let mut command = Command::new("docker-compose");
        command.current_dir(places::checkout().join("packaging"));
        command.args(arguments).output().unwrap()
    };
    if compose(&["version", "--short"]).stdout.starts_with(b"1.") {
        skip("this host's docker-compose is older than the form of the file");
        return;
    }

    let checked = compose(&["config", "--quiet"]);

    let said = String::from_utf8_lossy(&checked.stderr);
    assert!(checked.status.success(), "{said}");
}

/// Waits until a service has told its manager all of these, in whatever order.
fn told(manager: &UnixDatagram, words: &[&str]) {
    let mut bytes = [0; 1024];
    let mut left = words.to_vec();
    eventually(&words.join(", "), PATIENCE, || {
        let count = manager.recv(&mut bytes).unwrap();
        let text = String::from_utf8_lossy(&bytes[..count]);
        left.retain(|words| !text.contains(words));
        left.is_empty().then_some(())
    });
}

#[test]
fn the_service_manager_hears_how_far_the_server_is() {
    let mut cluster = Private::stopped();
    let folder = places::new_folder("service");
    let socket = folder.join("notify");
    let manager = UnixDatagram::bind(&socket).unwrap();
    manager.set_read_timeout(Some(PATIENCE)).unwrap();
    let mut server = Server::new(&folder, "server-1", &cluster.url()).with(&[
        ("NOTIFY_SOCKET", socket.to_str().unwrap()),
        ("WATCHDOG_USEC", "400000"),
    ]);

    server.start();

    told(
        &manager,
        &["READY=1", "STATUS=waiting for the database: ", "WATCHDOG=1"],
    );
    cluster.up();
    told(&manager, &["STATUS=serving"]);
    assert!(server.stop().success());
    told(&manager, &["STOPPING=1"]);
    fs::remove_dir_all(folder).unwrap();
}

#[test]
fn a_service_reads_its_configuration_again_and_keeps_the_old_one_when_it_is_bad() {
    let cluster = Private::stopped();
    let folder = places::new_folder("reload");
    let file = folder.join("pulsed.yaml");
    fs::write(&file, "log:\n  level: warn\n").unwrap();
    let mut server = Server::new(&folder, "server-1", &cluster.url())
        .with(&[("NOTIFY_SOCKET", "@nobody-listens-here")])
        .configured_by(&file);
    server.start();
    let says = |what: &str| {
        eventually(what, Duration::from_secs(10), || {
            let said = fs::read_to_string(server.log()).unwrap();
            said.contains(what).then_some(())
        });
    };

    fs::write(&file, "log:\n  lvl: debug\n").unwrap();
    server.signal(Signal::HUP);
    says("there is no key `log.lvl`");
    fs::write(&file, "log:\n  level: info\n").unwrap();
    server.signal(Signal::HUP);

    says("the configuration was read again");
    drop(server);
    fs::remove_dir_all(folder).unwrap();
}
