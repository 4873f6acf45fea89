//! What is looked at, as people type it and as they are shown it.

use pulse_api::probe::{DnsProbe, HttpProbe, IcmpProbe, Probe, TcpProbe, TlsProbe};

use crate::error::Failure;

/// What is looked at, in one word or two.
pub(super) fn target(probe: &Probe) -> String {
    if let Some(http) = &probe.http {
        http.url.clone()
    } else if let Some(tcp) = &probe.tcp {
        format!("tcp://{}", joined(&tcp.host, Some(tcp.port)))
    } else if let Some(tls) = &probe.tls {
        format!("tls://{}", joined(&tls.host, tls.port))
    } else if let Some(dns) = &probe.dns {
        format!("dns://{}", dns.name)
    } else if let Some(icmp) = &probe.icmp {
        format!("icmp://{}", joined(&icmp.host, None))
    } else {
        "what it reports".to_owned()
    }
}

fn joined(host: &str, port: Option<u16>) -> String {
    let host = if host.contains(':') {
        format!("[{host}]")
    } else {
        host.to_owned()
    };
    match port {
        Some(port) => format!("{host}:{port}"),
        None => host,
    }
}

/// What an address such as `https://…` or `tcp://db:5432` wants looked at.
pub(super) fn of_url(url: &str) -> Result<Probe, Failure> {
    let unknown = || {
        Failure::usage(format!("`{url}` says not what to look at"))
            .hint("write http://, https://, tcp://HOST:PORT, tls://HOST, dns://NAME or icmp://HOST")
    };
    let (scheme, rest) = url.split_once("://").ok_or_else(unknown)?;
    let rest = rest.trim_end_matches('/');
    let mut probe = Probe::default();
    match scheme {
        "http" | "https" => probe.http = Some(page(url)),
        "tcp" => probe.tcp = Some(port(rest)?),
        "tls" => probe.tls = Some(certificate(rest)?),
        "dns" => {
            probe.dns = Some(DnsProbe {
                name: rest.to_owned(),
                address: None,
            });
        }
        "icmp" | "ping" => {
            probe.icmp = Some(IcmpProbe {
                host: split(rest)?.0,
            });
        }
        _ => return Err(unknown()),
    }
    Ok(probe)
}

pub(super) fn page(url: &str) -> HttpProbe {
    HttpProbe {
        url: url.to_owned(),
        method: None,
        headers: std::collections::BTreeMap::new(),
        status: Vec::new(),
        contains: None,
    }
}

pub(super) fn port(address: &str) -> Result<TcpProbe, Failure> {
    let (host, port) = split(address)?;
    let port = port.ok_or_else(|| {
        Failure::usage(format!("`{address}` has no port")).hint("write it as HOST:PORT")
    })?;
    Ok(TcpProbe { host, port })
}

pub(super) fn certificate(address: &str) -> Result<TlsProbe, Failure> {
    let (host, port) = split(address)?;
    Ok(TlsProbe {
        host,
        port,
        days_left: None,
    })
}

/// Splits `HOST`, `HOST:PORT`, `::1` and `[::1]:PORT`.
fn split(address: &str) -> Result<(String, Option<u16>), Failure> {
    let wrong = || {
        Failure::usage(format!("`{address}` is no address")).hint("write it as HOST or HOST:PORT")
    };
    let (host, port) = if let Some(rest) = address.strip_prefix('[') {
        let (host, after) = rest.split_once(']').ok_or_else(wrong)?;
        (host, after.strip_prefix(':'))
    } else if address.matches(':').count() > 1 {
        (address, None)
    } else {
        let pair = address.split_once(':');
        pair.map_or((address, None), |(host, port)| (host, Some(port)))
    };
    let port = port.map(|port| port.parse().map_err(|_| wrong()));
    if host.is_empty() || host.contains('/') {
        return Err(wrong());
    }
    Ok((host.to_owned(), port.transpose()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_says_what_to_look_at_and_is_shown_as_it_was_typed() {
        for url in [
            "https://example.com/health?x=1",
            "tcp://db:5432",
            "tcp://[::1]:80",
            "tls://example.com",
            "tls://example.com:8443",
            "dns://example.com",
            "icmp://192.0.2.1",
        ] {
            assert_eq!(target(&of_url(url).unwrap()), url);
        }
    }

    #[test]
    fn an_address_that_says_not_enough_is_refused() {
        for url in [
            "example.com",
            "ftp://x",
            "tcp://db",
            "tcp://db:x",
            "tcp://",
            "icmp://a/b",
        ] {
            assert!(of_url(url).is_err(), "{url}");
        }
    }
}
