//! A host's network of its own, joined to this one by a cable that can be pulled.

use std::process::Command;

/// Two ends of a cable, one here and one in a network namespace.
#[derive(Debug)]
pub struct Namespace {
    name: String,
    /// This end of the cable.
    cable: String,
    /// Of this end.
    address: String,
}

impl Namespace {
    /// Makes a network; an `Err` says why this host does not let us.
    pub fn make() -> Result<Self, String> {
        let id = std::process::id();
        // Of 10.0.0.0/8, where other tests are unlikely to be; a cable needs four addresses.
        let subnet = format!("10.{}.{}", 200 + (id >> 14) % 50, (id >> 6) % 256);
        let host = (id % 64) * 4;
        let made = Self {
            name: format!("pulse-{id}"),
            cable: format!("pulse{id}"),
            address: format!("{subnet}.{}", host + 1),
        };
        let there = format!("{subnet}.{}/30", host + 2);
        let inside = format!("{}x", made.cable);
        let commands = [
            format!("netns add {}", made.name),
            format!(
                "link add {} type veth peer name {inside} netns {}",
                made.cable, made.name
            ),
            format!("addr add {}/30 dev {}", made.address, made.cable),
            format!("link set {} up", made.cable),
            format!("-n {} addr add {there} dev {inside}", made.name),
            format!("-n {} link set {inside} up", made.name),
            format!("-n {} link set lo up", made.name),
        ];
        for command in commands {
            ip(&command)?;
        }
        Ok(made)
    }

    /// What the network is called.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Where the other end reaches this host.
    pub fn address(&self) -> &str {
        &self.address
    }

    /// Pulls the cable.
    ///
    /// # Panics
    /// When that cannot be done.
    pub fn cut(&self) {
        ip(&format!("link set {} down", self.cable)).unwrap();
    }

    /// Lets nothing more out of it, or nothing in; an `Err` says why this host does not let us.
    pub fn lose(&self, way: Way) -> Result<(), String> {
        let hook = match way {
            Way::Out => "output",
            Way::In => "input",
        };
        let rules = format!(
            "add table inet pulse; add chain inet pulse way \
             {{ type filter hook {hook} priority 0; policy drop; }}"
        );
        self.run(&["nft", &rules])
    }

    /// Lets everything pass again.
    ///
    /// # Panics
    /// When that cannot be done.
    pub fn find(&self) {
        self.run(&["nft", "delete table inet pulse"]).unwrap();
    }

    /// Makes both directions this slow; an `Err` says why this host does not let us.
    pub fn slow_down(&self, kilobits: u32) -> Result<(), String> {
        let rate = format!("{kilobits}kbit");
        let queue = [
            "root", "tbf", "rate", &rate, "burst", "4kb", "limit", "16kb",
        ];
        let inside = format!("{}x", self.cable);
        let add = |device| [["tc", "qdisc", "add", "dev", device].as_slice(), &queue].concat();
        self.run(&add(&inside))?;
        command(&add(&self.cable))
    }

    /// Lets everything pass as fast as it can again.
    ///
    /// # Panics
    /// When it was not slow.
    pub fn speed_up(&self) {
        let inside = format!("{}x", self.cable);
        let undo = |device| ["tc", "qdisc", "del", "dev", device, "root"];
        self.run(&undo(&inside)).unwrap();
        command(&undo(&self.cable)).unwrap();
    }

    fn run(&self, arguments: &[&str]) -> Result<(), String> {
        command(&[["ip", "netns", "exec", &self.name].as_slice(), arguments].concat())
    }

    /// Plugs the cable in again.
    ///
    /// # Panics
    /// When that cannot be done.
    pub fn heal(&self) {
        ip(&format!("link set {} up", self.cable)).unwrap();
    }
}

/// A direction, as the host inside sees it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    Out,
    In,
}

impl Drop for Namespace {
    fn drop(&mut self) {
        // The cable goes with the first end of it.
        let _ = ip(&format!("link del {}", self.cable));
        let _ = ip(&format!("netns del {}", self.name));
    }
}

fn ip(arguments: &str) -> Result<(), String> {
    let words: Vec<&str> = ["ip"].into_iter().chain(arguments.split(' ')).collect();
    command(&words)
}

fn command(words: &[&str]) -> Result<(), String> {
    let (program, arguments) = words.split_first().unwrap();
    let output = Command::new(program).args(arguments).output();
    let output = output.map_err(|error| format!("`{program}` cannot be run: {error}"))?;
    if output.status.success() {
        return Ok(());
    }
    let said = String::from_utf8_lossy(&output.stderr);
    Err(format!("`{}`: {}", words.join(" "), said.trim()))
}
