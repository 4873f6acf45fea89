//! Whom looks over TLS trust: loaded when one needs it, dropped after the last one.

use std::{
    io,
    path::{Path, PathBuf},
    sync::{Arc, Weak},
    time::Duration,
};

use rustls::{ClientConfig, client::Resumption};
use tokio::{sync::Mutex, time::Instant};

use crate::network;

/// Read again after this, so that looks without a pause between them see a renewed bundle.
const AGE: Duration = Duration::from_mins(10);

/// Whom looks over TLS trust.
#[derive(Default)]
pub(super) struct Trust {
    shared: Mutex<Option<(Instant, Weak<ClientConfig>)>>,
}

impl Trust {
    /// The authorities of this host, and those of a file beside them; shared by all looks that go on.
    ///
    /// Fails with a sentence that says why this host can trust nobody.
    pub(super) async fn load(&self, ca_cert: Option<&Path>) -> Result<Arc<ClientConfig>, String> {
        let mut shared = self.shared.lock().await;
        let young = shared.as_ref().filter(|(at, _)| at.elapsed() < AGE);
        if let Some(config) = young.and_then(|(_, config)| config.upgrade()) {
            return Ok(config);
        }
        let ca_cert = ca_cert.map(Path::to_owned);
        let read = tokio::task::spawn_blocking(move || read(ca_cert));
        let config = read
            .await
            .unwrap_or_else(|error| Err(io::Error::other(error)))
            .map_err(|error| format!("this host cannot say whom it trusts: {error}"))?;
        let config = Arc::new(config);
        *shared = Some((Instant::now(), Arc::downgrade(&config)));
        Ok(config)
    }
}

fn read(ca_cert: Option<PathBuf>) -> io::Result<ClientConfig> {
    let mut roots = network::host_roots();
    if let Some(path) = ca_cert {
        network::add_roots(&mut roots, &path)?;
    }
    if roots.is_empty() {
        return Err(io::Error::other(
            "it has no certificate authorities; install ca-certificates",
        ));
    }
    let mut config = network::trusting(roots)?;
    // A resumed session would show the certificate of an earlier look.
    config.resumption = Resumption::disabled();
    Ok(config)
}
