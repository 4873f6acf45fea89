//! The agent as packages ship it, where it was built: in the profile `agent`, beside the folder of the other programs.

use std::{
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::Duration,
};

use anyhow::Context as _;
use serde_json::Value;

use super::{host, programs::Programs, stack::Stack};

const NAME: &str = "shipped-1";
const PATIENCE: Duration = Duration::from_secs(20);

/// One running agent of that build; it ends with this.
#[derive(Debug)]
pub(super) struct Shipped {
    link: Child,
    state: PathBuf,
}

impl Shipped {
    /// Starts it as a worker of the stack; `None` where it was not built.
    pub(super) async fn start(programs: &Programs, stack: &Stack) -> anyhow::Result<Option<Self>> {
        let Some(program) = &programs.shipped_agent else {
            return Ok(None);
        };
        let state = stack.state_of(NAME);
        let link = Command::new(program)
            .args(["run", "--config", "/dev/null", "--state-dir"])
            .arg(&state)
            .env_clear()
            .env("PATH", "/usr/local/bin:/usr/bin:/bin")
            .env("PULSE__SERVER__URL", stack.variable("PULSE_URL")?)
            .env("PULSE__WORKER__NAME", NAME)
            .env("WORKER_ENROLLMENT_TOKEN", stack.enroll_token()?)
            .stdin(Stdio::null())
            .stderr(Stdio::null())
            .spawn()?;
        let shipped = Self { link, state };
        let mut client = stack.client().await?;
        let online = async {
            loop {
                let worker = client.get(&format!("/api/v1/workers/{NAME}")).await;
                if let Ok(worker) = worker
                    && serde_json::from_slice::<Value>(&worker)?["status"] == "online"
                {
                    return anyhow::Ok(());
                }
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
        };
        tokio::time::timeout(PATIENCE, online)
            .await
            .context("the shipped agent does not come online")??;
        Ok(Some(shipped))
    }

    /// Takes it off the list of workers: what comes next runs on all of them.
    pub(super) async fn remove(self, stack: &Stack) -> anyhow::Result<()> {
        let mut client = stack.client().await?;
        client.delete(&format!("/api/v1/workers/{NAME}")).await?;
        Ok(())
    }

    /// The folder of its state.
    pub(super) fn state(&self) -> &Path {
        &self.state
    }
}

impl Drop for Shipped {
    fn drop(&mut self) {
        // Both at once, as when a host goes down: it takes its leave.
        for pid in host::naming(&self.state) {
            let _ = host::terminate(pid);
        }
        let _ = self.link.wait();
    }
}
