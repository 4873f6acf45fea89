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

    /// Plugs the cable in again.
    ///
    /// # Panics
    /// When that cannot be done.
    pub fn heal(&self) {
        ip(&format!("link set {} up", self.cable)).unwrap();
    }
}

impl Drop for Namespace {
    fn drop(&mut self) {
        // The cable goes with the first end of it.
        let _ = ip(&format!("link del {}", self.cable));
        let _ = ip(&format!("netns del {}", self.name));
    }
}

fn ip(arguments: &str) -> Result<(), String> {
    let output = Command::new("ip").args(arguments.split(' ')).output();
    let output = output.map_err(|error| format!("`ip` cannot be run: {error}"))?;
    if output.status.success() {
        return Ok(());
    }
    let said = String::from_utf8_lossy(&output.stderr);
    Err(format!("`ip {arguments}`: {}", said.trim()))
}
