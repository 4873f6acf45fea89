//! Where the server is, taken from what people write.

use std::{fmt, net::IpAddr};

/// A server's address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Address {
    pub(crate) is_tls: bool,
    pub(crate) host: String,
    pub(crate) port: u16,
    /// In front of `/api/v1`, for servers behind a path; without a slash at the end.
    prefix: String,
}

/// Whether a credential may cross the network in the clear.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Plain {
    /// Only to this host.
    Loopback,
    Everywhere,
}

/// Why an address is of no use.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum AddressError {
    #[error("`{0}` is not an address like https://pulse.example")]
    Malformed(String),
    #[error("`{0}` would send the credential unencrypted")]
    Insecure(String),
}

impl Address {
    /// Reads `http(s)://` or `ws(s)://`; plain ones only to this host, unless allowed.
    pub(crate) fn parse(text: &str, plain: Plain) -> Result<Self, AddressError> {
        let malformed = || AddressError::Malformed(text.to_owned());
        let (scheme, rest) = text.trim().split_once("://").ok_or_else(malformed)?;
        let is_tls = match scheme.to_ascii_lowercase().as_str() {
            "https" | "wss" => true,
            "http" | "ws" => false,
            _ => return Err(malformed()),
        };
        let (authority, path) = rest.split_once('/').unwrap_or((rest, ""));
        let (host, port) = split_port(authority).ok_or_else(malformed)?;
        if host.is_empty() || host.contains(['@', ' ', '?', '#']) || path.contains(['?', '#']) {
            return Err(malformed());
        }
        let address = Self {
            is_tls,
            host: host.to_owned(),
            port: port.unwrap_or(if is_tls { 443 } else { 80 }),
            prefix: prefix(path),
        };
        if !is_tls && plain == Plain::Loopback && !address.is_loopback() {
            return Err(AddressError::Insecure(text.to_owned()));
        }
        Ok(address)
    }

    /// The path of an endpoint, such as `/workers/enroll`.
    pub(crate) fn path(&self, endpoint: &str) -> String {
        format!("{}/api/v1{endpoint}", self.prefix)
    }

    /// What goes into the `Host` header.
    pub(crate) fn authority(&self) -> String {
        let host = if self.host.contains(':') {
            format!("[{}]", self.host)
        } else {
            self.host.clone()
        };
        let usual = if self.is_tls { 443 } else { 80 };
        if self.port == usual {
            host
        } else {
            format!("{host}:{}", self.port)
        }
    }

    /// The address of the agent socket.
    pub(crate) fn socket_url(&self) -> String {
        let scheme = if self.is_tls { "wss" } else { "ws" };
        format!("{scheme}://{}{}", self.authority(), self.path("/agent"))
    }

    /// Whether the server is on this very host.
    pub(crate) fn is_loopback(&self) -> bool {
        self.host == "localhost"
            || self.host.ends_with(".localhost")
            || self.host.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback())
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let scheme = if self.is_tls { "https" } else { "http" };
        write!(f, "{scheme}://{}{}", self.authority(), self.prefix)
    }
}

fn split_port(authority: &str) -> Option<(&str, Option<u16>)> {
    if let Some(rest) = authority.strip_prefix('[') {
        let (host, after) = rest.split_once(']')?;
        let port = match after.strip_prefix(':') {
            Some(port) => Some(port.parse().ok()?),
            None => None,
        };
        return Some((host, port));
    }
    match authority.split_once(':') {
        Some((host, port)) => Some((host, Some(port.parse().ok()?))),
        None => Some((authority, None)),
    }
}

/// The seeds' addresses end in `/api` or `/ws`; those paths are the server's own.
fn prefix(path: &str) -> String {
    let path = path.trim_end_matches('/');
    let kept = ["api/v1/agent", "api/v1", "api", "ws"]
        .iter()
        .find_map(|own| path.strip_suffix(own))
        .filter(|kept| kept.is_empty() || kept.ends_with('/'))
        .unwrap_or(path)
        .trim_end_matches('/');
    if kept.is_empty() {
        String::new()
    } else {
        format!("/{kept}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn socket_url(text: &str) -> String {
        Address::parse(text, Plain::Everywhere)
            .unwrap()
            .socket_url()
    }

    #[test]
    fn the_socket_is_found_from_every_usual_form() {
        assert_eq!(
            socket_url("https://pulse.example"),
            "wss://pulse.example/api/v1/agent"
        );
        assert_eq!(socket_url("http://h:3000/api/"), "ws://h:3000/api/v1/agent");
        assert_eq!(socket_url("ws://h:3000/ws"), "ws://h:3000/api/v1/agent");
        assert_eq!(socket_url("https://h/pulse"), "wss://h/pulse/api/v1/agent");
        assert_eq!(socket_url("http://[::1]:80"), "ws://[::1]/api/v1/agent");
    }

    #[test]
    fn plain_http_is_for_this_host_alone() {
        assert!(Address::parse("http://127.0.0.1:1", Plain::Loopback).is_ok());
        assert!(Address::parse("http://[::1]:1", Plain::Loopback).is_ok());
        assert!(Address::parse("http://localhost", Plain::Loopback).is_ok());
        let refused = Address::parse("http://pulse.example", Plain::Loopback);
        assert!(matches!(refused, Err(AddressError::Insecure(_))));
    }

    #[test]
    fn nonsense_is_refused() {
        for text in [
            "",
            "pulse.example",
            "ftp://x",
            "http://",
            "http://a:b",
            "http://u@h",
        ] {
            assert!(Address::parse(text, Plain::Everywhere).is_err(), "{text}");
        }
    }
}
