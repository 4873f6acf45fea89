//! Where a server must not be led to: addresses behind which its own host or its cloud keeps credentials.

use std::{
    io,
    net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr},
    sync::Arc,
};

use ipnet::IpNet;
use reqwest::dns::{Addrs, Name, Resolve, Resolving};

/// Networks in which nobody is told anything: what is local to one link, where clouds hand out the
/// credentials of their hosts, and what is no host at all.
const FORBIDDEN: [&str; 10] = [
    "0.0.0.0/8",
    "169.254.0.0/16",
    "100.100.100.200/32",
    "192.0.0.192/32",
    "224.0.0.0/4",
    "255.255.255.255/32",
    "::/128",
    "fe80::/10",
    "fd00:ec2::254/128",
    "ff00::/8",
];

/// Looks names up, and gives no address that nobody may be led to.
#[derive(Debug, Clone)]
pub(super) struct Guarded {
    allowed: Arc<[IpNet]>,
    forbidden: Arc<[IpNet]>,
}

impl Guarded {
    pub(super) fn new(allowed: &[IpNet]) -> Self {
        let network = |text: &&str| text.parse().expect("a network");
        Self {
            allowed: allowed.into(),
            forbidden: FORBIDDEN.iter().map(network).collect(),
        }
    }

    /// Whether somebody may be told something there.
    pub(super) fn allows(&self, address: IpAddr) -> bool {
        let inner = match address.to_canonical() {
            IpAddr::V6(address) => embedded(address),
            IpAddr::V4(_) => None,
        };
        self.allows_itself(address.to_canonical())
            && inner.is_none_or(|inner| self.allows_itself(inner.into()))
    }

    fn allows_itself(&self, address: IpAddr) -> bool {
        let is_in = |networks: &[IpNet]| networks.iter().any(|network| network.contains(&address));
        is_in(&self.allowed) || !is_in(&self.forbidden)
    }

    /// The addresses of a name that are allowed.
    pub(super) async fn look_up(&self, place: (&str, u16)) -> io::Result<Vec<SocketAddr>> {
        let (allowed, refused) = self.judged(place).await?;
        match refused.first() {
            Some(address) if allowed.is_empty() => Err(nothing_for(*address)),
            _ => Ok(allowed),
        }
    }

    /// Whether all addresses of a name are allowed: somebody else looks it up again, and takes any of them.
    pub(super) async fn allows_all(&self, place: (&str, u16)) -> io::Result<()> {
        let (_, refused) = self.judged(place).await?;
        refused
            .first()
            .map_or(Ok(()), |address| Err(nothing_for(*address)))
    }

    /// The addresses of a name that are allowed, and those that are not.
    async fn judged(
        &self,
        (host, port): (&str, u16),
    ) -> io::Result<(Vec<SocketAddr>, Vec<SocketAddr>)> {
        let bare = host.trim_start_matches('[').trim_end_matches(']');
        let found = match bare.parse::<Ipv6Addr>() {
            Ok(address) => vec![SocketAddr::from((address, port))],
            Err(_) => tokio::net::lookup_host((bare, port)).await?.collect(),
        };
        Ok(found.into_iter().partition(|found| self.allows(found.ip())))
    }
}

fn nothing_for(address: SocketAddr) -> io::Error {
    let why = format!("nothing is sent to {}", address.ip());
    io::Error::new(io::ErrorKind::PermissionDenied, why)
}

/// The address of the fourth version that one of the sixth is led on to: by a translator (`64:ff9b::/96`), by
/// 6to4 (`2002::/16`), or as it was written once (`::/96`).
fn embedded(address: Ipv6Addr) -> Option<Ipv4Addr> {
    let at = |first: usize| {
        let bytes = address.octets();
        let four: [u8; 4] = bytes.get(first..first + 4)?.try_into().ok()?;
        Some(Ipv4Addr::from(four))
    };
    match address.segments() {
        [0x64, 0xff9b, 0, 0, 0, 0, _, _] => at(12),
        [0x2002, ..] => at(2),
        // The host itself is `::1`.
        [0, 0, 0, 0, 0, 0, _, _] if !address.is_loopback() => at(12),
        _ => None,
    }
}

impl Resolve for Guarded {
    fn resolve(&self, name: Name) -> Resolving {
        let guarded = self.clone();
        Box::pin(async move {
            let found = guarded.look_up((name.as_str(), 0)).await?;
            let found: Addrs = Box::new(found.into_iter());
            Ok(found)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn allows(guarded: &Guarded, address: &str) -> bool {
        guarded.allows(address.parse().unwrap())
    }

    #[test]
    fn nobody_is_led_to_where_credentials_are_handed_out() {
        let guarded = Guarded::new(&[]);

        for forbidden in [
            "169.254.169.254",
            "::ffff:169.254.169.254",
            "fe80::1",
            "fd00:ec2::254",
            "0.0.0.0",
            "::",
            "224.0.0.1",
            "100.100.100.200",
            "64:ff9b::a9fe:a9fe",
            "2002:a9fe:a9fe::1",
            "::a9fe:a9fe",
        ] {
            assert!(!allows(&guarded, forbidden), "{forbidden}");
        }
        for allowed in [
            "10.0.0.7",
            "127.0.0.1",
            "203.0.113.9",
            "2001:db8::1",
            "fd00::1",
            "::1",
            "64:ff9b::a00:7",
            "2002:a00:7::1",
        ] {
            assert!(allows(&guarded, allowed), "{allowed}");
        }
    }

    #[test]
    fn an_operator_may_allow_a_network() {
        let guarded = Guarded::new(&["169.254.7.0/24".parse().unwrap()]);

        assert!(allows(&guarded, "169.254.7.9"));
        assert!(!allows(&guarded, "169.254.169.254"));
    }

    #[tokio::test]
    async fn a_name_that_leads_there_only_is_refused_by_its_address() {
        let error = Guarded::new(&[])
            .look_up(("169.254.169.254", 80))
            .await
            .unwrap_err();

        assert_eq!(error.to_string(), "nothing is sent to 169.254.169.254");
    }
}
