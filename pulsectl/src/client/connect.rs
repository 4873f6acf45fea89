//! Building the HTTP client: no TLS roots for `http://`, ring for everything else.

use std::{
    fs,
    path::PathBuf,
    time::{Duration, Instant},
};

use reqwest::{Certificate, redirect};

use crate::{config::Sourced, error::Failure};

/// What it takes to reach a server.
pub(crate) struct Connection {
    pub(crate) url: String,
    pub(crate) token: Option<Sourced<String>>,
    pub(crate) ca_cert: Option<PathBuf>,
    /// Whether nobody chose the address.
    pub(crate) is_default: bool,
    pub(crate) deadline: Option<Instant>,
    /// Where `--debug` writes its lines.
    pub(crate) trace: Option<fn(&str)>,
    /// Where it is told that the server takes its time.
    pub(crate) notice: Option<fn(&str)>,
}

impl Connection {
    pub(super) fn build(&self) -> Result<reqwest::Client, Failure> {
        let is_tls = self.url.starts_with("https:");
        if self
            .token
            .as_ref()
            .is_some_and(|token| !token.value.bytes().all(|byte| byte.is_ascii_graphic()))
        {
            return Err(
                Failure::usage("the token holds characters that no token has")
                    .hint("`pulsectl context show --origin` tells where it comes from"),
            );
        }
        install_crypto();
        let mut builder = reqwest::Client::builder()
            .user_agent(concat!("pulsectl/", env!("CARGO_PKG_VERSION")))
            .connect_timeout(Duration::from_secs(10))
            // A redirect would carry a change to a place that nobody named.
            .redirect(redirect::Policy::none())
            .http1_only();
        if is_local(&self.url) {
            builder = builder.no_proxy();
        }
        if is_tls {
            builder = builder.tls_info(true);
        }
        if !is_tls {
            builder = builder.tls_certs_only([]);
        } else if let Some(path) = &self.ca_cert {
            // The given authority instead of the system's, which a small image may not have.
            builder = builder.tls_certs_only(read_certificates(path)?);
        }
        builder
            .build()
            .map_err(|error| Failure::general("could not set up the connection")
                .because(&error)
                .hint("without the system's certificate authorities, give the server's with --ca-cert FILE"))
    }
}

/// Chooses ring; a second call changes nothing.
fn install_crypto() {
    let _ = rustls::crypto::ring::default_provider().install_default();
}

fn is_local(url: &str) -> bool {
    let host = url.split("://").nth(1).unwrap_or(url);
    ["127.", "localhost", "[::1]"]
        .iter()
        .any(|local| host.starts_with(local))
}

fn read_certificates(path: &PathBuf) -> Result<Vec<Certificate>, Failure> {
    let wrong = || {
        Failure::usage(format!(
            "could not read certificates from {}",
            path.display()
        ))
    };
    let pem = fs::read(path).map_err(|error| wrong().because(&error))?;
    let found = Certificate::from_pem_bundle(&pem).map_err(|error| wrong().because(&error))?;
    if found.is_empty() {
        return Err(wrong().hint(
            "the file should hold PEM blocks that begin with `-----BEGIN CERTIFICATE-----`",
        ));
    }
    Ok(found)
}
