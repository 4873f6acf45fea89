//! One database, the servers on it, and the hosts that work for them.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
    time::Duration,
};

use reqwest::Method;
use serde_json::{Value, json};

use crate::{
    agent::Agent,
    client::{Answer, Client, send},
    database::Database,
    eventually::{PATIENCE, eventually, eventually_async},
    ledger::Ledger,
    places,
    server::Server,
    socket::Socket,
    terminal::Terminal,
};

/// The region that the tests' workers are in.
pub const REGION: &str = "iad";

/// Everything that a test needs; ends with the value.
#[derive(Debug)]
pub struct World {
    pub agents: Vec<Agent>,
    pub servers: Vec<Server>,
    pub database: Database,
    folder: Folder,
}

/// Says where the key of secrets is.
pub const KEY_FILE: &str = "PULSE__SECRETS__KEY_FILE";

/// Makes a key file in a folder.
fn new_key_file(folder: &Path) -> PathBuf {
    use std::os::unix::fs::PermissionsExt as _;
    let path = folder.join("secrets.key");
    let halves = [uuid::Uuid::new_v4(), uuid::Uuid::new_v4()];
    let text: String = halves
        .iter()
        .map(|half| half.simple().to_string())
        .collect();
    fs::write(&path, text + "\n").unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).unwrap();
    path
}

/// What a `pulsectl` said, and how it ended.
#[derive(Debug)]
pub struct Said {
    pub code: i32,
    pub stdout: String,
    pub stderr: String,
}

impl World {
    /// One server, no workers.
    pub async fn start() -> Self {
        Self::with(&[]).await
    }

    /// One server with these variables in its environment.
    pub async fn with(environment: &[(&str, &str)]) -> Self {
        Self::on(Database::shared().await, environment)
    }

    /// One server whose cluster may be harmed.
    pub fn private(environment: &[(&str, &str)]) -> Self {
        Self::on(Database::private(), environment)
    }

    fn on(database: Database, environment: &[(&str, &str)]) -> Self {
        let url = database.url().to_owned();
        Self::reaching(database, &url, environment)
    }

    /// One server that reaches its database under another address.
    pub fn reaching(database: Database, url: &str, environment: &[(&str, &str)]) -> Self {
        let folder = Folder(places::new_folder("world"));
        let key = new_key_file(&folder.0);
        let key = [(KEY_FILE, key.to_str().unwrap())];
        let mut server = Server::new(&folder.0, "server-1", url).with(&key);
        server = server.with(environment);
        server.start();
        Self {
            agents: Vec::new(),
            servers: vec![server],
            database,
            folder,
        }
    }

    /// Adds a replica on the same database.
    pub fn add_server(&mut self, environment: &[(&str, &str)]) {
        let name = format!("server-{}", self.servers.len() + 1);
        let key = self.key_file();
        let key = [(KEY_FILE, key.to_str().unwrap())];
        let mut server = Server::new(&self.folder.0, &name, self.database.url()).with(&key);
        server = server.with(environment);
        server.start();
        self.servers.push(server);
    }

    pub fn server(&mut self) -> &mut Server {
        &mut self.servers[0]
    }

    pub fn folder(&self) -> &Path {
        &self.folder.0
    }

    /// A file in the world's folder.
    pub fn write(&self, name: &str, text: &str) -> PathBuf {
        let path = self.folder.0.join(name);
        fs::write(&path, text).unwrap();
        path
    }

    /// An executable file in a folder `bin` that can be put in front of a search path.
    pub fn stand_in(&self, name: &str, script: &str) -> PathBuf {
        use std::os::unix::fs::PermissionsExt as _;
        let bin = self.folder.0.join("bin");
        fs::create_dir_all(&bin).unwrap();
        let path = bin.join(name);
        fs::write(&path, format!("#!/bin/sh\n{script}\n")).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
        bin
    }

    /// Where the servers have the key of secrets, unless their environment says otherwise.
    pub fn key_file(&self) -> PathBuf {
        self.folder.0.join("secrets.key")
    }

    pub fn ledger(&self) -> Ledger {
        Ledger::new(&self.folder.0)
    }

    pub fn anonymous(&self) -> Client {
        Client::anonymous(&self.servers[0].url())
    }

    /// The administrator, at the first server.
    pub fn admin(&self) -> Client {
        self.anonymous().with(self.database.admin())
    }

    /// The administrator, at a further server.
    pub fn admin_at(&self, index: usize) -> Client {
        Client::anonymous(&self.servers[index].url()).with(self.database.admin())
    }

    /// Somebody with a token of this role.
    pub async fn somebody(&self, role: &str) -> Client {
        let body = json!({"name": format!("a {role}"), "role": role, "ttl_seconds": 3600});
        let created = self.admin().post("/tokens", &body).await.is(201);
        self.anonymous().with(created["token"].as_str().unwrap())
    }

    /// A token that enrols one host.
    pub async fn enroll_token(&self) -> String {
        self.enroll_token_with(json!({})).await
    }

    pub async fn enroll_token_with(&self, mut body: Value) -> String {
        if body["region"].is_null() {
            body["region"] = json!(REGION);
        }
        let issued = self
            .admin()
            .post("/workers/enroll-tokens", &body)
            .await
            .is(201);
        issued["token"].as_str().unwrap().to_owned()
    }

    /// Enrols a worker that exists only on paper: its id and its credential.
    pub async fn enroll(&self, name: &str) -> (String, String) {
        let body = json!({"token": self.enroll_token().await, "name": name, "type": "remote"});
        let enrolled = self
            .anonymous()
            .post("/workers/enroll", &body)
            .await
            .is(201);
        let text = |key: &str| enrolled[key].as_str().unwrap().to_owned();
        (text("worker_id"), text("credential"))
    }

    /// A worker that a test speaks for, frame by frame, connected and welcomed.
    pub async fn socket(&self, name: &str) -> Socket {
        let (id, credential) = self.enroll(name).await;
        let mut socket = Socket::open(&self.servers[0].url(), &id, &credential).await;
        socket.hello(name).await;
        socket
    }

    /// An agent that enrols itself at the first server; not started yet.
    pub async fn new_agent(&self, name: &str) -> Agent {
        self.new_agent_at(0, name).await
    }

    pub async fn new_agent_at(&self, server: usize, name: &str) -> Agent {
        let token = self.enroll_token().await;
        Agent::new(&self.folder.0, name, &self.servers[server].url())
            .with("WORKER_ENROLLMENT_TOKEN", &token)
    }

    /// Starts an agent and waits until it is online.
    pub async fn add(&mut self, mut agent: Agent) {
        agent.start();
        let name = agent.name.clone();
        // A host is online from its enrolment on, and of use once it is connected.
        eventually(&format!("{name} connected"), PATIENCE, || {
            agent.said().contains("connected worker.id").then_some(())
        });
        self.agents.push(agent);
        self.is_online(&name).await;
    }

    /// Enrols and starts an agent, and waits until it is online.
    pub async fn add_agent(&mut self, name: &str) {
        let agent = self.new_agent(name).await;
        self.add(agent).await;
    }

    pub fn agent(&mut self, name: &str) -> &mut Agent {
        self.agents
            .iter_mut()
            .find(|agent| agent.name == name)
            .unwrap()
    }

    pub async fn is_online(&self, name: &str) {
        self.has_status(name, "online").await;
    }

    pub async fn has_status(&self, name: &str, status: &str) {
        let admin = self.admin();
        let path = format!("/workers/{name}");
        eventually_async(&format!("{name} {status}"), PATIENCE, async || {
            let worker = admin.get(&path).await.json();
            if worker["status"] == status {
                Ok(())
            } else {
                Err(worker.to_string())
            }
        })
        .await;
    }

    /// Starts an unnamed run; its number.
    pub async fn run(&self, definition: &Value) -> i64 {
        let body = json!({"definition": definition});
        let started = self.admin().post("/executions", &body).await.is(201);
        started["number"].as_i64().unwrap()
    }

    pub async fn execution(&self, number: i64) -> Value {
        self.admin()
            .get(&format!("/executions/{number}"))
            .await
            .is(200)
    }

    /// Waits for the end of an execution.
    pub async fn ended(&self, number: i64) -> Value {
        ended(&self.admin(), number).await
    }

    /// Runs a document to its end.
    pub async fn complete(&self, definition: &Value) -> Value {
        let number = self.run(definition).await;
        self.ended(number).await
    }

    /// Waits for an open prompt of an execution.
    pub async fn prompt(&self, execution: i64) -> Value {
        prompt(&self.admin(), execution).await
    }

    /// Waits until some step has this status.
    pub async fn step_is(&self, execution: i64, step: &str, status: &str) -> Value {
        let what = format!("step {step} {status}");
        eventually_async(&what, PATIENCE, async || {
            let view = self.execution(execution).await;
            let found = step_of(&view, step);
            if found["status"] == status {
                Ok(found)
            } else {
                Err(view.to_string())
            }
        })
        .await
    }

    /// The whole output of a job.
    pub async fn output(&self, job: &Value) -> Vec<u8> {
        let id = job["id"].as_str().unwrap();
        let answer = self.admin().get(&format!("/jobs/{id}/output")).await;
        assert_eq!(answer.status, 200, "{}", answer.text());
        answer.bytes
    }

    /// A `pulsectl` as the administrator, away from any terminal.
    pub fn ctl_command(&self) -> Command {
        let mut command = Command::new(places::program("pulsectl"));
        command.env_clear().env("PATH", places::search_path());
        command.env("HOME", self.folder.0.join("home"));
        command.env("PULSE_URL", self.servers[0].url());
        command.env("PULSE_TOKEN", self.database.admin());
        command.env("LANG", "C.UTF-8");
        command
    }

    /// Runs `pulsectl` to its end.
    pub async fn ctl(&self, arguments: &[&str]) -> Said {
        let mut command = self.ctl_command();
        command.args(arguments);
        said(command).await
    }

    /// Starts `pulsectl` on a terminal of its own.
    pub fn terminal(&self, arguments: &[&str]) -> Terminal {
        let mut command = self.ctl_command();
        command.args(arguments).env("TERM", "xterm-256color");
        Terminal::start(&command)
    }
}

/// Runs a program to its end, without a terminal and without keeping the test from its other tasks.
pub async fn said(command: Command) -> Said {
    let mut command = tokio::process::Command::from(command);
    command
        .stdin(std::process::Stdio::null())
        .kill_on_drop(true);
    let output = tokio::time::timeout(PATIENCE * 2, command.output());
    let output = output.await.expect("the program ends").unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).into_owned();
    Said {
        code: output.status.code().unwrap_or(-1),
        stdout: text(output.stdout),
        stderr: text(output.stderr),
    }
}

impl Said {
    /// What it printed, after a look at its exit code.
    ///
    /// # Panics
    /// When the exit code is another one.
    #[track_caller]
    pub fn is(&self, code: i32) -> &str {
        assert_eq!(
            self.code, code,
            "stdout: {}\nstderr: {}",
            self.stdout, self.stderr
        );
        &self.stdout
    }
}

/// Waits for the end of an execution.
pub async fn ended(client: &Client, number: i64) -> Value {
    ended_within(client, number, PATIENCE).await
}

pub async fn ended_within(client: &Client, number: i64, bound: Duration) -> Value {
    let path = format!("/executions/{number}");
    eventually_async(
        &format!("the end of execution {number}"),
        bound,
        async || {
            // The server may be away; whoever waits for the end looks again.
            let answer = crate::client::try_send(client.request(Method::GET, &path)).await;
            let view = answer.map_err(|error| error.to_string())?.json();
            let over = ["completed", "failed", "cancelled", "timed_out"];
            if over.iter().any(|status| view["status"] == *status) {
                Ok(view)
            } else {
                Err(view.to_string())
            }
        },
    )
    .await
}

/// Waits for an open prompt of an execution.
pub async fn prompt(client: &Client, execution: i64) -> Value {
    let path = format!("/executions/{execution}");
    eventually_async("an open prompt", PATIENCE, async || {
        let view = client.get(&path).await.json();
        let prompts = view["prompts"].as_array().cloned().unwrap_or_default();
        let open = prompts
            .into_iter()
            .find(|prompt| prompt["status"] == "open");
        open.ok_or_else(|| view.to_string())
    })
    .await
}

/// A step of an execution, by its id.
pub fn step_of(execution: &Value, id: &str) -> Value {
    let steps = execution["steps"].as_array().cloned().unwrap_or_default();
    steps
        .into_iter()
        .find(|step| step["id"] == id)
        .unwrap_or(Value::Null)
}

/// The jobs of a step, in the order of their workers' names.
pub fn jobs_of(execution: &Value, step: &str) -> Vec<Value> {
    let mut jobs = step_of(execution, step)["jobs"]
        .as_array()
        .cloned()
        .unwrap_or_default();
    jobs.sort_by_key(|job| job["worker"].as_str().unwrap_or_default().to_owned());
    jobs
}

/// `POST` with a key that makes it safe to repeat.
pub async fn post_once(client: &Client, path: &str, body: &Value, key: &str) -> Answer {
    let request = client
        .request(Method::POST, path)
        .header("idempotency-key", key);
    send(request.json(body)).await
}

#[derive(Debug)]
struct Folder(PathBuf);

impl Drop for Folder {
    fn drop(&mut self) {
        let is_wanted = std::thread::panicking() && places::variable("PULSE_TESTS_KEEP").is_some();
        if !is_wanted {
            let _ = fs::remove_dir_all(&self.0);
        }
    }
}
