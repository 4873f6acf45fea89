//! The certificate that the server shows: one at a time, exchanged while connections are open.
//!
//! How a connection is encrypted with it is `edge/http/tls.rs`.

mod files;

use std::sync::{Arc, PoisonError, RwLock};

use jiff::Timestamp;
use rustls::{
    server::{ClientHello, ResolvesServerCert},
    sign::CertifiedKey,
};

pub(crate) use files::{Certificate, CertificateError, read};

use crate::{clock, config::Tls};

/// Where the certificate is, and which one is shown now.
#[derive(Debug)]
pub(crate) struct Shown {
    files: Tls,
    now: RwLock<Certificate>,
}

impl Shown {
    /// Reads the files for the first time.
    pub(crate) fn first(files: &Tls) -> Result<Self, CertificateError> {
        Ok(Self {
            now: RwLock::new(read(files, clock::now())?),
            files: files.clone(),
        })
    }

    /// Until when what is shown is good.
    pub(crate) fn expires_at(&self) -> Timestamp {
        self.now().expires_at
    }

    /// Shows what the files hold from the next handshake on. What is of no use leaves the old one.
    pub(crate) fn renew(&self) -> Result<(), CertificateError> {
        let found = read(&self.files, clock::now())?;
        let mut now = self.now.write().unwrap_or_else(PoisonError::into_inner);
        if found.pair.cert == now.pair.cert {
            return Ok(());
        }
        tracing::info!(
            path = %self.files.cert.display(),
            certificate.expires_at = %found.expires_at,
            "showing a new certificate"
        );
        *now = found;
        Ok(())
    }

    fn now(&self) -> Certificate {
        let now = self.now.read().unwrap_or_else(PoisonError::into_inner);
        now.clone()
    }
}

impl ResolvesServerCert for Shown {
    fn resolve(&self, _: ClientHello<'_>) -> Option<Arc<CertifiedKey>> {
        Some(self.now().pair)
    }
}
