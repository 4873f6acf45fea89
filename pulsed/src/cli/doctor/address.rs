//! Where the server listens: free, taken by pulse, or taken by something else.

use pulse_api::doctor::Check;
use std::{
    io,
    net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr},
};

use pulse_api::http::health::HealthView;
use reqwest::tls::TlsInfo;
use rustix::net::{self, AddressFamily, SocketType, sockopt};

use super::certificate;
use crate::{config::Server, plain_http};

pub(super) async fn checks(server: &Server) -> Vec<Check> {
    let listen = server.listen;
    let Err(error) = try_bind(listen) else {
        let detail = format!("{listen} is free: no server runs there");
        return vec![Check::good("address", detail)];
    };
    if error.kind() == io::ErrorKind::AddrInUse {
        let answer = ask(server).await;
        let shown = answer
            .as_ref()
            .and_then(|answer| answer.certificate.as_deref());
        let outdated = certificate::outdated(server.tls.as_ref(), shown);
        let taken = taken(listen, answer.map(|answer| answer.health));
        return [taken].into_iter().chain(outdated).collect();
    }
    let fix = if error.kind() == io::ErrorKind::PermissionDenied {
        "choose a port above 1023: `listen:` under `server:`"
    } else {
        "choose an address of this host: `listen:` under `server:`"
    };
    let detail = format!("nothing can listen on {listen}: {error}");
    vec![Check::bad("address", detail, fix)]
}

/// Takes the address without listening there, as a server that starts at this moment can beside it.
fn try_bind(address: SocketAddr) -> io::Result<()> {
    let family = match address {
        SocketAddr::V4(_) => AddressFamily::INET,
        SocketAddr::V6(_) => AddressFamily::INET6,
    };
    let socket = net::socket(family, SocketType::STREAM, None)?;
    sockopt::set_socket_reuseaddr(&socket, true)?;
    Ok(net::bind(&socket, &address)?)
}

/// What whoever listens there says.
struct Answer {
    health: HealthView,
    /// What it shows, where it speaks TLS.
    certificate: Option<Vec<u8>>,
}

async fn ask(server: &Server) -> Option<Answer> {
    let here = match server.listen.ip() {
        IpAddr::V4(ip) if ip.is_unspecified() => Ipv4Addr::LOCALHOST.into(),
        IpAddr::V6(ip) if ip.is_unspecified() => Ipv6Addr::LOCALHOST.into(),
        ip @ (IpAddr::V4(_) | IpAddr::V6(_)) => ip,
    };
    let here = SocketAddr::new(here, server.listen.port());
    if server.tls.is_some() {
        return ask_encrypted(here).await;
    }
    let asked = tokio::task::spawn_blocking(move || plain_http::get(here, "/health", None)).await;
    let health = serde_json::from_slice(&asked.ok()?.ok()?.body).ok()?;
    Some(Answer {
        health,
        certificate: None,
    })
}

/// Believes any certificate: no secret is told, and which one it is is looked at afterwards.
async fn ask_encrypted(here: SocketAddr) -> Option<Answer> {
    // Chooses ring; a second call changes nothing.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let client = reqwest::Client::builder()
        .tls_danger_accept_invalid_certs(true)
        .tls_info(true)
        .no_proxy()
        .timeout(plain_http::PATIENCE)
        .build();
    let asked = client.ok()?.get(format!("https://{here}/health"));
    let answer = asked.send().await.ok()?;
    let shown = answer.extensions().get::<TlsInfo>();
    let certificate = shown.and_then(|shown| shown.peer_certificate().map(<[u8]>::to_vec));
    Some(Answer {
        health: answer.json().await.ok()?,
        certificate,
    })
}

fn taken(listen: SocketAddr, health: Option<HealthView>) -> Check {
    let Some(health) = health else {
        return Check::bad(
            "address",
            format!("another program listens on {listen}, or a pulsed that does not answer"),
            format!(
                "see which: ss -ltnp 'sport = :{}'; stop it, or choose another `listen:`",
                listen.port()
            ),
        );
    };
    let (version, own) = (&health.version, env!("CARGO_PKG_VERSION"));
    if health.database != "connected" {
        return Check::bad(
            "address",
            format!(
                "pulsed {version} answers on {listen}, but its database is {}",
                health.database
            ),
            "see its log: journalctl -u pulsed",
        );
    }
    if version != own {
        return Check::warning(
            "address",
            format!("pulsed {version} answers on {listen}; this program is {own}"),
            "systemctl restart pulsed",
        );
    }
    Check::good("address", format!("pulsed {version} answers on {listen}"))
}
