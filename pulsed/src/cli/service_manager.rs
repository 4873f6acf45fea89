//! Telling systemd how far the server is, when systemd started it.

use std::os::{
    linux::net::SocketAddrExt as _,
    unix::net::{SocketAddr, UnixDatagram},
};

use crate::config::Environment;

/// Who wants to know, if anybody does.
#[derive(Debug, Clone)]
pub(crate) struct ServiceManager {
    address: Option<SocketAddr>,
}

impl ServiceManager {
    pub(crate) fn find(environment: &Environment) -> Self {
        let named = environment.find("NOTIFY_SOCKET");
        let address = named.and_then(|name| match name.strip_prefix('@') {
            Some(name) => SocketAddr::from_abstract_name(name).ok(),
            None => SocketAddr::from_pathname(name).ok(),
        });
        Self { address }
    }

    /// Sends a state such as `READY=1`.
    pub(crate) fn tell(&self, state: &str) {
        let Some(address) = &self.address else { return };
        let sent = UnixDatagram::unbound()
            .and_then(|socket| socket.send_to_addr(state.as_bytes(), address));
        if let Err(error) = sent {
            tracing::warn!(%error, "cannot tell the service manager");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_service_manager_hears_what_it_is_told() {
        let name = format!("pulsed-test-{}", std::process::id());
        let address = SocketAddr::from_abstract_name(&name).unwrap();
        let socket = UnixDatagram::bind_addr(&address).unwrap();
        let environment = [("NOTIFY_SOCKET", &*format!("@{name}").leak())]
            .into_iter()
            .collect::<Environment>();

        ServiceManager::find(&environment).tell("READY=1");

        let mut heard = [0; 16];
        let length = socket.recv(&mut heard).unwrap();
        assert_eq!(&heard[..length], b"READY=1");
    }
}
