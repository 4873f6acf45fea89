//! The images and the composed stack, as far as they can be looked at without a container engine: every file that the
//! recipe names, and the services' own commands and environments, run on this host.

use std::{fs, path::Path, process::Command, time::Duration};

use pulse_tests::{
    cluster::Private,
    eventually::{PATIENCE, eventually},
    places,
    process::Process,
};
use serde_yaml::Value;

fn recipe() -> String {
    places::read("packaging/Dockerfile").replace("\\\n", " ")
}

/// The words after an instruction of the recipe, once for each time it is given.
fn instructions<'a>(recipe: &'a str, name: &str) -> Vec<Vec<&'a str>> {
    recipe
        .lines()
        .filter_map(|line| line.strip_prefix(name)?.strip_prefix(' '))
        .map(|rest| rest.split_whitespace().collect())
        .collect()
}

#[test]
fn every_file_that_an_image_gets_is_one_that_was_built_for_it() {
    let recipe = recipe();
    let manifest = places::read("Cargo.toml");
    let installs = recipe
        .split("&&")
        .find_map(|part| part.trim().strip_prefix("install -D -t /out "))
        .unwrap();
    let built: Vec<_> = installs
        .lines()
        .next()
        .unwrap()
        .split_whitespace()
        .collect();

    for file in &built {
        let [target, profile, program] = file.split('/').collect::<Vec<_>>()[..] else {
            panic!("{file}");
        };
        assert_eq!(target, "target");
        assert!(manifest.contains(&format!("[profile.{profile}]")), "{file}");
        assert!(recipe.contains(&format!("-p {program}")), "{file}");
        assert!(places::checkout().join(program).is_dir(), "{file}");
    }
    let copies = instructions(&recipe, "COPY");
    let (from_checkout, from_build): (Vec<_>, Vec<_>) =
        copies.iter().partition(|words| words[0] != "--from=build");
    assert_eq!(from_checkout, [&[".", "."]]);
    for words in from_build {
        for source in &words[1..words.len() - 1] {
            let name = source.strip_prefix("/out/").unwrap();
            assert!(built.iter().any(|file| file.ends_with(&format!("/{name}"))));
        }
    }
    for ignored in places::read(".dockerignore").lines() {
        assert!([".git", "dist", "target"].contains(&ignored), "{ignored}");
    }
}

#[test]
fn the_images_start_what_they_are_named_after() {
    let recipe = recipe();
    let programs: Vec<_> = instructions(&recipe, "ENTRYPOINT").concat();
    let verbs: Vec<_> = instructions(&recipe, "CMD").concat();

    assert_eq!(
        programs,
        ["[\"/usr/bin/pulsed\"]", "[\"/usr/bin/pulse-agent\"]"]
    );
    assert_eq!(verbs, ["[\"serve\"]", "[\"run\"]"]);
}

/// The composed stack, played on this host.
struct Stack {
    services: Value,
    /// In place of the volume of secrets.
    secrets: String,
    database: String,
    /// In place of `server:8080`.
    server: String,
}

impl Stack {
    /// A service's text with the places of this host in it.
    fn here(&self, text: &str) -> String {
        text.replace("/secrets", &self.secrets)
            .replace("/var/run/postgresql&user=pulse", &self.database)
            .replace("server:8080", &self.server)
            .replace("0.0.0.0:8080", "0.0.0.0:0")
            .replace("$$", "$")
    }

    /// A program with the environment of a service and nothing else.
    fn command(&self, service: &str, program: impl AsRef<Path>) -> Command {
        let mut command = Command::new(program.as_ref());
        let programs = places::programs().display().to_string();
        command.env_clear();
        command.env("PATH", format!("{programs}:{}", places::search_path()));
        command.current_dir(&self.secrets);
        let environment = self.services[service]["environment"].as_mapping().unwrap();
        for (name, value) in environment {
            if name != "<<" {
                command.env(name.as_str().unwrap(), self.here(value.as_str().unwrap()));
            }
        }
        command
    }

    /// The words of a list in a service.
    fn words(&self, service: &str, key: &str) -> Vec<String> {
        let words = self.services[service][key].as_sequence().unwrap();
        let here = |word: &Value| self.here(word.as_str().unwrap());
        words.iter().map(here).collect()
    }
}

#[test]
fn the_services_of_the_composed_stack_find_each_other() {
    let folder = places::new_folder("compose");
    let cluster = Private::start();
    let text = places::read("packaging/compose.yaml");
    let mut whole: Value = serde_yaml::from_str(&text).unwrap();
    whole.apply_merge().unwrap();
    let url = cluster.url();
    let mut stack = Stack {
        services: whole["services"].clone(),
        secrets: folder.display().to_string(),
        database: url.split_once("?host=").unwrap().1.to_owned(),
        server: String::new(),
    };

    let ready = folder.join("ready");
    let mut serve = stack.command("server", places::program("pulsed"));
    serve.args(["--config", "/dev/null", "serve", "--ready-file"]);
    let _server = Process::start(serve.arg(&ready), &folder.join("server.log"));
    let address = eventually("the server", PATIENCE, || {
        let text = fs::read_to_string(&ready).ok()?;
        text.ends_with('\n').then(|| text.trim().to_owned())
    });
    stack.server = address.replace("0.0.0.0", "127.0.0.1");
    let entrypoint = stack.words("admin", "entrypoint");
    let mut admin = stack.command("admin", &entrypoint[0]);
    admin
        .args(&entrypoint[1..])
        .args(stack.words("admin", "command"));
    let mut admin = Process::start(&mut admin, &folder.join("admin.log"));
    assert!(admin.wait(PATIENCE).success());
    let mut worker = stack.command("worker", places::program("pulse-agent"));
    worker
        .args(["run", "--state-dir"])
        .arg(folder.join("state"));
    let mut worker = Process::start(&mut worker, &folder.join("worker.log"));

    eventually("the worker in iad", Duration::from_secs(30), || {
        let mut list = stack.command("admin-shell", places::program("pulsectl"));
        list.args(["worker", "ls", "-o", "jsonl"]);
        let said = String::from_utf8(list.output().unwrap().stdout).unwrap();
        (said.contains("\"region\":\"iad\"") && said.contains("\"online\"")).then_some(())
    });

    // The executor that it started ends with it.
    worker.signal(rustix::process::Signal::TERM);
    worker.wait(PATIENCE);
    fs::remove_dir_all(folder).unwrap();
}
