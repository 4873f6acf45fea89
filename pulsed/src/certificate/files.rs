//! Reading a certificate and its key from their files, and refusing what no client would take.

use std::{
    fs, io,
    os::unix::fs::MetadataExt as _,
    path::{Path, PathBuf},
    sync::Arc,
};

use jiff::Timestamp;
use rustls::{
    InconsistentKeys,
    crypto::ring::default_provider,
    pki_types::{CertificateDer, PrivateKeyDer, pem, pem::PemObject as _},
    sign::CertifiedKey,
};
use x509_cert::{Certificate as Parsed, der::Decode as _};

use crate::config::Tls;

/// A certificate that can be shown, and until when.
#[derive(Debug, Clone)]
pub(crate) struct Certificate {
    pub(super) pair: Arc<CertifiedKey>,
    pub(crate) expires_at: Timestamp,
}

impl Certificate {
    /// Whether this is the server's own certificate, in DER.
    pub(crate) fn is(&self, der: &[u8]) -> bool {
        self.pair.cert.first().is_some_and(|own| **own == *der)
    }
}

/// Why there is no certificate to show.
#[derive(Debug, thiserror::Error)]
pub(crate) enum CertificateError {
    #[error("{} cannot be read", path.display())]
    Unreadable {
        path: PathBuf,
        #[source]
        source: io::Error,
    },
    #[error("everyone can read the private key in {}", .0.display())]
    Open(PathBuf),
    #[error("{} holds no certificate", .0.display())]
    NoCertificate(PathBuf),
    #[error("{} holds no private key", .0.display())]
    NoKey(PathBuf),
    #[error("the private key in {} needs a passphrase", .0.display())]
    Locked(PathBuf),
    #[error("{} is damaged", path.display())]
    Damaged {
        path: PathBuf,
        #[source]
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    #[error("the key in {} is not that of the first certificate in {}", key.display(), cert.display())]
    Mismatch { cert: PathBuf, key: PathBuf },
    #[error("the certificate in {} ended at {at}", path.display())]
    Ended { path: PathBuf, at: Timestamp },
}

impl CertificateError {
    /// What to type next.
    pub(crate) fn hint(&self) -> String {
        match self {
            Self::Unreadable { path, .. } => format!(
                "see who may read it: namei -l {}; the server runs as the user pulsed",
                path.display()
            ),
            Self::Open(path) => format!("chmod 640 {}, and make the key anew", path.display()),
            Self::NoCertificate(path) => format!(
                "`cert:` names a PEM file with `-----BEGIN CERTIFICATE-----`; look: openssl x509 -in {} -noout -subject",
                path.display()
            ),
            Self::NoKey(path) => format!(
                "`key:` names a PEM file with `-----BEGIN PRIVATE KEY-----`; look: openssl pkey -in {} -noout",
                path.display()
            ),
            Self::Locked(path) => format!(
                "take the passphrase off: openssl pkey -in {} -out NEW-FILE",
                path.display()
            ),
            Self::Damaged { path, .. } => {
                format!("put another file in its place: {}", path.display())
            }
            Self::Mismatch { cert, .. } => format!(
                "the server's own certificate comes first in {}, those of the authorities after it; \
                 `cert:` and `key:` belong together",
                cert.display()
            ),
            Self::Ended { path, .. } => format!(
                "renew it, and put it in its place; look: openssl x509 -in {} -noout -dates",
                path.display()
            ),
        }
    }
}

/// Reads both files; what they hold must be of use at this moment.
pub(crate) fn read(files: &Tls, now: Timestamp) -> Result<Certificate, CertificateError> {
    let chain = chain(&files.cert)?;
    let own = chain
        .first()
        .ok_or_else(|| CertificateError::NoCertificate(files.cert.clone()))?;
    let expires_at =
        end_of(own).ok_or_else(|| damaged(&files.cert, "not a certificate of X.509"))?;
    let pair = pair(chain, key(&files.key)?, files)?;
    if expires_at <= now {
        return Err(CertificateError::Ended {
            path: files.cert.clone(),
            at: expires_at,
        });
    }
    Ok(Certificate {
        pair: Arc::new(pair),
        expires_at,
    })
}

fn chain(path: &Path) -> Result<Vec<CertificateDer<'static>>, CertificateError> {
    let text = read_whole(path)?;
    let found: Result<Vec<_>, _> = CertificateDer::pem_slice_iter(&text).collect();
    found.map_err(|error| damaged(path, error))
}

fn key(path: &Path) -> Result<PrivateKeyDer<'static>, CertificateError> {
    const LOCKED: &[u8] = b"ENCRYPTED";
    if fs::metadata(path).is_ok_and(|about| about.mode() & 0o004 != 0) {
        return Err(CertificateError::Open(path.to_owned()));
    }
    let text = read_whole(path)?;
    PrivateKeyDer::from_pem_slice(&text).map_err(|error| {
        if !matches!(error, pem::Error::NoItemsFound) {
            return damaged(path, error);
        }
        if text.windows(LOCKED.len()).any(|word| word == LOCKED) {
            return CertificateError::Locked(path.to_owned());
        }
        CertificateError::NoKey(path.to_owned())
    })
}

fn pair(
    chain: Vec<CertificateDer<'static>>,
    key: PrivateKeyDer<'static>,
    files: &Tls,
) -> Result<CertifiedKey, CertificateError> {
    let key = default_provider().key_provider.load_private_key(key);
    let pair = CertifiedKey::new(chain, key.map_err(|error| damaged(&files.key, error))?);
    let Err(error) = pair.keys_match() else {
        return Ok(pair);
    };
    if error == rustls::Error::InconsistentKeys(InconsistentKeys::KeyMismatch) {
        return Err(CertificateError::Mismatch {
            cert: files.cert.clone(),
            key: files.key.clone(),
        });
    }
    Err(damaged(&files.cert, error))
}

fn read_whole(path: &Path) -> Result<Vec<u8>, CertificateError> {
    fs::read(path).map_err(|source| CertificateError::Unreadable {
        path: path.to_owned(),
        source,
    })
}

fn damaged(
    path: &Path,
    source: impl Into<Box<dyn std::error::Error + Send + Sync>>,
) -> CertificateError {
    CertificateError::Damaged {
        path: path.to_owned(),
        source: source.into(),
    }
}

fn end_of(certificate: &CertificateDer<'_>) -> Option<Timestamp> {
    let parsed = Parsed::from_der(certificate).ok()?;
    let end = parsed.tbs_certificate().validity().not_after;
    let seconds = i64::try_from(end.to_unix_duration().as_secs()).ok()?;
    Timestamp::from_second(seconds).ok()
}
