//! One look: how long it may take, and the ways to its target that several kinds have in common.

use std::{
    future::Future,
    io,
    net::{IpAddr, SocketAddr},
    path::PathBuf,
    rc::Rc,
    sync::Arc,
    time::Duration,
};

use dns_lookup::{AddrInfoHints, LookupErrorKind, SockType, getaddrinfo};
use rustls::pki_types::ServerName;
use tokio::{
    net::TcpStream,
    sync::OwnedSemaphorePermit,
    time::{Instant, timeout, timeout_at},
};
use tokio_rustls::{TlsConnector, client::TlsStream};

use super::{fault::Fault, trust::Trust};

/// One look.
pub(super) struct Look {
    pub(super) deadline: Instant,
    /// How long it may take from its beginning to its deadline.
    pub(super) limit: Duration,
    /// Held for as long as anything of it goes on.
    pub(super) place: Arc<OwnedSemaphorePermit>,
    pub(super) trust: Rc<Trust>,
    pub(super) ca_cert: Option<PathBuf>,
    pub(super) clock_offset_ns: i64,
}

impl Look {
    /// Waits for an answer of the target until the time of the look is over.
    pub(super) async fn in_time<T>(
        &self,
        what: &str,
        answer: impl Future<Output = io::Result<T>>,
    ) -> Result<T, Fault> {
        match timeout_at(self.deadline, answer).await {
            Ok(answer) => answer.map_err(|error| Fault::of(what, &error)),
            Err(_) => Err(self.silence(what)),
        }
    }

    /// The time of the look is over, and the target has not answered.
    pub(super) fn silence(&self, what: &str) -> Fault {
        Fault::Failed(format!("{what}: no answer within {:?}", self.limit))
    }

    /// The addresses of a host, as this host's resolver knows them.
    pub(super) async fn resolve(&self, host: &str) -> Result<Vec<IpAddr>, Fault> {
        if let Ok(address) = host.parse() {
            return Ok(vec![address]);
        }
        let (name, place) = (host.to_owned(), self.place.clone());
        // Nothing ends it early: a resolver that does not answer costs a place until it is given up.
        let asked = tokio::task::spawn_blocking(move || {
            let _place = place;
            addresses(&name)
        });
        match timeout_at(self.deadline, asked).await {
            Ok(Ok(found)) => found.map_err(|kind| unresolved(host, kind)),
            Ok(Err(_)) | Err(_) => Err(unresolved(host, LookupErrorKind::Again)),
        }
    }

    /// A connection to the first address of a host that takes one.
    pub(super) async fn connect(&self, host: &str, port: u16) -> Result<TcpStream, Fault> {
        let addresses = self.resolve(host).await?;
        let what = format!("{host}:{port}");
        let mut fault = None;
        for (tried, address) in addresses.iter().enumerate() {
            // One that is silent leaves time for the others.
            let left = u32::try_from(addresses.len() - tried).unwrap_or(u32::MAX);
            let share = self.deadline.saturating_duration_since(Instant::now()) / left;
            let connected = TcpStream::connect(SocketAddr::new(*address, port));
            let new = match timeout(share, connected).await {
                Ok(Ok(stream)) => return Ok(stream),
                Ok(Err(error)) => Fault::of(&what, &error),
                Err(_) => self.silence(&what),
            };
            fault = Some(new.or(fault));
        }
        Err(fault.unwrap_or_else(|| unresolved(host, LookupErrorKind::NoData)))
    }

    /// A connection whose other end has proved to be this host.
    pub(super) async fn connect_tls(
        &self,
        host: &str,
        port: u16,
    ) -> Result<TlsStream<TcpStream>, Fault> {
        let name = ServerName::try_from(host.to_owned())
            .map_err(|_| Fault::unable(format!("no certificate can be for `{host}`")))?;
        let stream = self.connect(host, port).await?;
        let trusted = self.trust.load(self.ca_cert.as_deref()).await;
        let trusted = trusted.map_err(Fault::Unable)?;
        let shaken = TlsConnector::from(trusted).connect(name, stream);
        self.in_time(&format!("{host}:{port}"), shaken).await
    }
}

fn addresses(name: &str) -> Result<Vec<IpAddr>, LookupErrorKind> {
    let hints = AddrInfoHints {
        socktype: SockType::Stream.into(),
        ..AddrInfoHints::default()
    };
    let found = getaddrinfo(Some(name), None, Some(hints)).map_err(|error| error.kind())?;
    let mut addresses = Vec::new();
    for found in found.flatten() {
        let address = found.sockaddr.ip();
        if !addresses.contains(&address) {
            addresses.push(address);
        }
    }
    Ok(addresses)
}

/// A name that leads nowhere is its own fault; that nobody says where it leads, the resolver's.
fn unresolved(name: &str, kind: LookupErrorKind) -> Fault {
    match kind {
        LookupErrorKind::NoName | LookupErrorKind::NoData => {
            Fault::Failed(format!("the name `{name}` leads nowhere"))
        }
        LookupErrorKind::Again
        | LookupErrorKind::Fail
        | LookupErrorKind::Badflags
        | LookupErrorKind::Family
        | LookupErrorKind::Socktype
        | LookupErrorKind::Service
        | LookupErrorKind::Memory
        | LookupErrorKind::System
        | LookupErrorKind::Unknown
        | LookupErrorKind::IO => Fault::Unable(format!(
            "the resolver of this host does not say where `{name}` leads"
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_does_not_exist_has_failed_and_a_silent_resolver_says_nothing_of_it() {
        let nowhere = unresolved("x", LookupErrorKind::NoName);
        assert_eq!(nowhere, Fault::failed("the name `x` leads nowhere"));

        let silent = unresolved("x", LookupErrorKind::Again);

        assert!(matches!(silent, Fault::Unable(_)), "{silent:?}");
    }
}
