//! The floor's processes, on the stack's PostgreSQL.

use std::{
    io::{BufRead as _, BufReader},
    net::SocketAddr,
    path::PathBuf,
    process::{Child, Command, Stdio},
    time::Duration,
};

use anyhow::Context as _;

use super::{client::Client, programs::Programs, stack::Stack};
use crate::floor::{Answer, Wish};

/// How long agents may take to connect.
const PATIENCE: Duration = Duration::from_secs(20);

/// A floor server and its agents; they end with this.
#[derive(Debug)]
pub(super) struct Floor {
    bench: PathBuf,
    server: Child,
    address: SocketAddr,
    agents: Vec<Child>,
}

impl Floor {
    /// Starts the server, in a table of its own in the stack's database.
    pub(super) async fn start(
        programs: &Programs,
        stack: &Stack,
        pool: u32,
    ) -> anyhow::Result<Self> {
        let mut server = Command::new(&programs.bench)
            .arg("floor-server")
            .args(["--database", stack.variable("PULSE_DATABASE_URL")?])
            .args(["--pool", &pool.to_string()])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()?;
        let stdout = server.stdout.take().context("the floor has no stdout")?;
        let mut line = String::new();
        BufReader::new(stdout).read_line(&mut line)?;
        let address = line.trim().parse().context("the floor does not start")?;
        let floor = Self {
            bench: programs.bench.clone(),
            server,
            address,
            agents: Vec::new(),
        };
        floor.client().await?;
        Ok(floor)
    }

    /// Starts agents until there are so many.
    pub(super) async fn agents(&mut self, wanted: usize) -> anyhow::Result<()> {
        while self.agents.len() < wanted {
            let agent = Command::new(&self.bench)
                .arg("floor-agent")
                .args(["--server", &self.address.to_string()])
                .stdin(Stdio::null())
                .spawn()?;
            self.agents.push(agent);
        }
        let mut client = self.client().await?;
        let connected = async {
            while serde_json::from_slice::<usize>(&client.get("/agents").await?)? < wanted {
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
            anyhow::Ok(())
        };
        tokio::time::timeout(PATIENCE, connected)
            .await
            .context("the floor's agents do not connect")?
    }

    /// Where the server listens.
    pub(super) fn address(&self) -> SocketAddr {
        self.address
    }

    pub(super) async fn client(&self) -> anyhow::Result<Client> {
        Client::connect(self.address, None).await
    }

    /// The processes of the server and of the agents.
    pub(super) fn processes(&self) -> (u32, Vec<u32>) {
        (
            self.server.id(),
            self.agents.iter().map(Child::id).collect(),
        )
    }

    /// Ends all of it.
    pub(super) fn stop(&mut self) {
        for child in self.agents.iter_mut().chain([&mut self.server]) {
            // One that has ended already is what is wanted.
            let _ = child.kill();
            let _ = child.wait();
        }
        self.agents.clear();
    }
}

impl Drop for Floor {
    fn drop(&mut self) {
        self.stop();
    }
}

/// Runs `true` on so many agents.
pub(super) async fn ask(client: &mut Client, agents: usize) -> anyhow::Result<()> {
    let wish = Wish {
        command: "true".to_owned(),
        agents,
    };
    let answer: Answer = serde_json::from_slice(&client.post("/run", &wish).await?)?;
    anyhow::ensure!(answer.exit_code == 0, "the floor's command failed");
    Ok(())
}
