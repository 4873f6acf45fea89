//! A private sshd on the loopback, and an open connection to it.

use std::{
    fs,
    net::TcpListener,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use anyhow::Context as _;

const SSHD: &str = "/usr/sbin/sshd";
/// Where sshd locks its unprivileged half up when root runs it.
const EMPTY: &str = "/run/sshd";
const PATIENCE: Duration = Duration::from_secs(10);

/// An sshd with one client that stays connected; both end with this.
pub(super) struct Ssh {
    dir: PathBuf,
    port: String,
    children: Vec<Child>,
}

impl Ssh {
    /// Starts an sshd with keys of its own, and connects to it.
    pub(super) fn start(dir: &Path) -> anyhow::Result<Self> {
        anyhow::ensure!(Path::new(SSHD).is_file(), "sshd is not installed");
        if rustix::process::geteuid().is_root() {
            fs::create_dir_all(EMPTY)?;
        }
        fs::create_dir_all(dir)?;
        for key in ["host", "user"] {
            let made = Command::new("ssh-keygen")
                .args(["-q", "-t", "ed25519", "-N", "", "-f"])
                .arg(dir.join(key))
                .output()?;
            anyhow::ensure!(made.status.success(), "ssh-keygen failed");
        }
        let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
        let mut ssh = Self {
            dir: dir.to_owned(),
            port: port.to_string(),
            children: Vec::new(),
        };
        ssh.serve()?;
        ssh.connect()?;
        Ok(ssh)
    }

    fn serve(&mut self) -> anyhow::Result<()> {
        let path = |name: &str| self.dir.join(name).display().to_string();
        // A shell that takes itself for an inner one reads no start-up file: ssh at its best.
        let config = format!(
            "SetEnv SHLVL=2\nPort {}\nListenAddress 127.0.0.1\nHostKey {}\nAuthorizedKeysFile {}\n\
             PidFile none\nUsePAM no\nStrictModes no\nPasswordAuthentication no\n\
             PermitRootLogin prohibit-password\nPrintMotd no\nUseDNS no\n",
            self.port,
            path("host"),
            path("user.pub"),
        );
        fs::write(self.dir.join("sshd_config"), config)?;
        let log = fs::File::create(self.dir.join("sshd.log"))?;
        let sshd = Command::new(SSHD)
            .args(["-D", "-e", "-f"])
            .arg(self.dir.join("sshd_config"))
            .stdin(Stdio::null())
            .stderr(log)
            .spawn()?;
        self.children.push(sshd);
        Ok(())
    }

    fn connect(&mut self) -> anyhow::Result<()> {
        let start = Instant::now();
        while start.elapsed() < PATIENCE {
            let log = fs::File::create(self.dir.join("ssh.log"))?;
            let mut master = self
                .client()
                .args(["-M", "-N", "-i"])
                .arg(self.dir.join("user"))
                .args(["-o", "StrictHostKeyChecking=accept-new", "-o"])
                .arg(format!(
                    "UserKnownHostsFile={}",
                    self.dir.join("known").display()
                ))
                .arg("127.0.0.1")
                .stdin(Stdio::null())
                .stderr(log)
                .spawn()?;
            while master.try_wait()?.is_none() && start.elapsed() < PATIENCE {
                thread::sleep(Duration::from_millis(100));
                let checked = self.client().args(["-O", "check", "127.0.0.1"]).output()?;
                if checked.status.success() {
                    self.children.insert(0, master);
                    return Ok(());
                }
            }
            let _ = master.kill();
            let _ = master.wait();
        }
        let said = fs::read_to_string(self.dir.join("ssh.log")).unwrap_or_default();
        Err(anyhow::anyhow!("{}", said.trim())).context("ssh does not connect")
    }

    /// `true` over the connection that is open.
    pub(super) fn command(&self) -> Command {
        let mut command = self.client();
        command.args(["127.0.0.1", "true"]);
        command
    }

    fn client(&self) -> Command {
        let mut command = Command::new("ssh");
        command.args([
            "-F",
            "/dev/null",
            "-o",
            "BatchMode=yes",
            "-p",
            &self.port,
            "-S",
        ]);
        command.arg(self.dir.join("control"));
        command
    }
}

impl Drop for Ssh {
    fn drop(&mut self) {
        for child in &mut self.children {
            // One that has ended already is what is wanted.
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}
