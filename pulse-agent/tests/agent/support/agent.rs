//! The real agent, on a state folder of its own.

use std::{
    io::{Read as _, Write as _},
    os::unix::net::UnixStream,
    path::PathBuf,
    process::{Child, Command, Stdio},
    thread,
};

use serde_json::{Value, json};
use uuid::Uuid;

use super::{PATIENCE, eventually, signal};

/// An agent on a state folder of its own.
pub(crate) struct Agent {
    pub(crate) folder: PathBuf,
    pub(crate) link: Option<Child>,
    url: String,
}

impl Agent {
    /// A folder with a credential, so that `run` connects at once.
    pub(crate) fn enrolled(url: &str) -> Self {
        let agent = Self::fresh(url);
        let credential = json!({
            "worker_id": Uuid::now_v7(), "name": "test", "server": url,
            "credential": "secret-credential", "heartbeat_interval_ms": 60_000, "region": "fra",
        });
        std::fs::write(agent.folder.join("credential.json"), credential.to_string()).unwrap();
        agent
    }

    pub(crate) fn fresh(url: &str) -> Self {
        let folder = std::env::temp_dir().join(format!("pulse-agent-test-{}", Uuid::now_v7()));
        std::fs::create_dir(&folder).unwrap();
        Self {
            folder,
            link: None,
            url: url.to_owned(),
        }
    }

    pub(crate) fn command(&self, verb: &str) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_pulse-agent"));
        command
            .arg(verb)
            .arg("--state-dir")
            .arg(&self.folder)
            .env("PULSE_SERVER", &self.url)
            .env("PULSE__EXECUTOR__LINGER_SECONDS", "2")
            .env("PULSE__KILL_GRACE_MS", "300")
            .stdin(Stdio::null())
            .stderr(Stdio::null());
        command
    }

    pub(crate) fn run(&mut self) {
        self.run_with(|_| {});
    }

    pub(crate) fn run_with(&mut self, adjust: impl FnOnce(&mut Command)) {
        let mut command = self.command("run");
        let log = std::fs::File::create(self.link_log()).unwrap();
        command.stderr(log);
        adjust(&mut command);
        self.link = Some(command.spawn().unwrap());
    }

    /// Ends the link the hard way.
    pub(crate) fn kill_link(&mut self) {
        let mut link = self.link.take().unwrap();
        link.kill().unwrap();
        link.wait().unwrap();
    }

    pub(crate) fn signal(&self, name: &str) {
        let pid = self.link.as_ref().unwrap().id();
        signal(i32::try_from(pid).unwrap(), name);
    }

    pub(crate) fn exit_code(&mut self) -> Option<i32> {
        let mut link = self.link.take().unwrap();
        eventually("the link's end", || link.try_wait().unwrap()).code()
    }

    /// Asks the executor directly.
    pub(crate) fn ask(&self, message: &Value) -> Option<Value> {
        let mut stream = UnixStream::connect(self.folder.join("executor.sock")).ok()?;
        stream.set_read_timeout(Some(PATIENCE)).ok()?;
        let body = message.to_string();
        let length = u32::try_from(body.len() + 1).ok()?;
        stream.write_all(&length.to_be_bytes()).ok()?;
        stream.write_all(b"C").ok()?;
        stream.write_all(body.as_bytes()).ok()?;
        let mut length = [0; 4];
        stream.read_exact(&mut length).ok()?;
        let mut body = vec![0; u32::from_be_bytes(length) as usize];
        stream.read_exact(&mut body).ok()?;
        serde_json::from_slice(&body[1..]).ok()
    }

    pub(crate) fn executor_pid(&self) -> i32 {
        let load = self.ask(&json!({"type": "status"})).expect("an executor");
        i32::try_from(load["pid"].as_i64().unwrap()).unwrap()
    }

    /// Beside the folder, which must be the agent's alone.
    pub(crate) fn link_log(&self) -> PathBuf {
        self.folder.with_extension("log")
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }
}

impl Drop for Agent {
    fn drop(&mut self) {
        if let Some(link) = &mut self.link {
            let _ = link.kill();
            let _ = link.wait();
        }
        let _ = self.ask(&json!({"type": "exit"}));
        if thread::panicking() {
            for log in [self.link_log(), self.path("executor.log")] {
                let text = std::fs::read_to_string(log).unwrap_or_default();
                std::io::stderr().write_all(text.as_bytes()).unwrap();
            }
        }
        let _ = std::fs::remove_file(self.link_log());
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}
