//! `pulsed init`: the first configuration, with a real database behind it.

use std::{
    fs,
    os::unix::fs::PermissionsExt as _,
    path::{Path, PathBuf},
    process::Command,
};

use pulse_tests::{
    cluster::Private,
    places,
    terminal::Terminal,
    world::{Said, said},
};

const PASSWORD: &str = "s3cret-of-the-database";

/// A folder for a configuration, which is not there yet.
struct Place(PathBuf);

impl Place {
    fn new() -> Self {
        Self(places::new_folder("init"))
    }

    fn folder(&self) -> PathBuf {
        self.0.join("pulsed")
    }

    fn file(&self, name: &str) -> PathBuf {
        self.folder().join(name)
    }

    fn read(&self, name: &str) -> String {
        fs::read_to_string(self.file(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
    }

    /// `pulsed` with nothing in its environment but where to find programs.
    fn pulsed(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(places::program("pulsed"));
        command.args(arguments).env_clear();
        command
            .env("PATH", places::search_path())
            .env("HOME", &self.0);
        command
    }

    fn init(&self, environment: &[(&str, &str)]) -> Command {
        let folder = self.folder().display().to_string();
        let mut command = self.pulsed(&["init", "--dir", &folder]);
        command.envs(environment.iter().copied());
        command
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap().permissions().mode() & 0o777
}

/// The address of a cluster, with a password in it.
fn secret_url(cluster: &Private) -> String {
    format!("{}&password={PASSWORD}", cluster.url())
}

/// What is printed to be typed next, typed.
async fn typed(place: &Place, printed: &str, count: usize) -> Vec<Said> {
    let programs = places::programs().display().to_string();
    let path = format!("{programs}:{}", places::search_path());
    let mut all = Vec::new();
    for line in printed.lines().take(count) {
        let mut command = Command::new("sh");
        command.args(["-c", line]).env_clear().env("PATH", &path);
        command.env("HOME", &place.0);
        all.push(said(command).await);
    }
    all
}

#[tokio::test]
async fn a_first_configuration_is_valid_and_keeps_the_password_to_itself() {
    let (cluster, place) = (Private::start(), Place::new());
    let url = secret_url(&cluster);

    let made = said(place.init(&[("PULSE__DATABASE__URL", &url)])).await;

    let printed = made.is(0).to_owned();
    let (main, file) = (place.file("pulsed.yaml"), place.file("database.url"));
    assert_eq!((mode(&main), mode(&file)), (0o640, 0o600));
    assert_eq!(place.read("database.url").trim(), url);
    let shown = [place.read("pulsed.yaml"), made.stdout, made.stderr].concat();
    assert!(!shown.contains(PASSWORD), "{shown}");
    let main = main.display().to_string();
    said(place.pulsed(&["config", "check", "--config", &main]))
        .await
        .is(0);
    let lines: Vec<_> = printed.lines().collect();
    assert_eq!(lines[0], format!("pulsed migrate --config {main}"));
    assert_eq!(lines[2], format!("pulsed serve --config {main}"));
    let typed = typed(&place, &printed, 2).await;
    typed[0].is(0);
    assert!(!typed[1].is(0).is_empty());
}

#[tokio::test]
async fn nothing_is_made_in_the_database() {
    let (cluster, place) = (Private::start(), Place::new());

    let made = said(place.init(&[("PULSE__DATABASE__URL", &cluster.url())])).await;

    made.is(0);
    let tables = "select count(*)::text from pg_class where relnamespace = 'public'::regnamespace";
    let tables = pulse_tests::database::ask(&cluster.url(), tables).await;
    assert_eq!(tables, ["0"]);
}

#[tokio::test]
async fn without_a_word_about_the_database_it_is_the_configuration_of_the_packages() {
    let place = Place::new();

    let made = said(place.init(&[])).await;

    // Whether there is such a database depends on the host.
    assert!(matches!(made.code, 0 | 1), "{made:?}");
    assert_eq!(
        place.read("pulsed.yaml"),
        places::read("packaging/pulsed/pulsed.yaml")
    );
    assert!(!place.file("database.url").exists());
}

#[tokio::test]
async fn what_is_there_stays_as_it_is() {
    let (cluster, place) = (Private::start(), Place::new());
    let url = cluster.url();
    let environment = [("PULSE__DATABASE__URL", url.as_str())];
    said(place.init(&environment)).await.is(0);
    let own = format!("# mine\n{}", place.read("pulsed.yaml"));
    fs::write(place.file("pulsed.yaml"), &own).unwrap();

    let same = said(place.init(&environment)).await;
    let unsaid = said(place.init(&[])).await;
    let other = said(place.init(&[("PULSE__DATABASE__URL", &secret_url(&cluster))])).await;

    same.is(0);
    unsaid.is(0);
    assert!(
        same.stderr
            .contains("is there already; nothing was written"),
        "{}",
        same.stderr
    );
    other.is(2);
    assert!(
        other.stderr.contains("names another database"),
        "{}",
        other.stderr
    );
    assert!(!other.stderr.contains(PASSWORD), "{}", other.stderr);
    assert_eq!(place.read("pulsed.yaml"), own);
    assert_eq!(place.read("database.url").trim(), url);
}

#[tokio::test]
async fn a_configuration_is_written_for_a_database_that_is_away_and_checked_again_later() {
    let (mut cluster, place) = (Private::stopped(), Place::new());
    let file = place.0.join("url");
    fs::write(&file, secret_url(&cluster)).unwrap();
    fs::set_permissions(&file, fs::Permissions::from_mode(0o600)).unwrap();
    let file = file.display().to_string();
    let init = || {
        let mut command = place.init(&[]);
        command.args(["--database-url-file", &file]);
        said(command)
    };

    let away = init().await;
    let written = place.read("pulsed.yaml");
    cluster.up();
    let there = init().await;

    away.is(1);
    assert!(
        away.stderr.contains("cannot reach the database"),
        "{}",
        away.stderr
    );
    assert!(
        written.contains(&format!("\n  url_file: '{file}'\n")),
        "{written}"
    );
    assert!(!place.file("database.url").exists());
    assert!(there.is(0).contains("pulsed migrate"), "{}", there.stdout);
    assert_eq!(place.read("pulsed.yaml"), written);
}

#[tokio::test]
async fn an_address_of_no_use_writes_nothing() {
    let place = Place::new();

    let refused = said(place.init(&[("PULSE__DATABASE__URL", "mysql://root:s3cret@db/x")])).await;

    refused.is(2);
    assert!(
        refused.stderr.contains("neither a postgres:// URL"),
        "{}",
        refused.stderr
    );
    assert!(!refused.stderr.contains("s3cret"), "{}", refused.stderr);
    assert!(!place.folder().exists());
}

#[tokio::test]
async fn a_terminal_is_asked_for_the_database_and_no_password_is_typed() {
    let (cluster, place) = (Private::start(), Place::new());

    let mut first = Terminal::start(&place.init(&[]));
    first.sees("Where is the database?");
    first.types(&format!("{}\r", secret_url(&cluster)));
    let refused = first.ends();
    let mut second = Terminal::start(&place.init(&[]));
    second.sees("Where is the database?");
    second.types(&format!("{}\r", cluster.url()));
    second.sees("pulsed migrate");
    let made = second.ends();

    assert_eq!((refused, made), (2, 0));
    assert_eq!(place.read("database.url").trim(), cluster.url());
}
