//! Who vouches for servers, and a client that sees what it is shown.

use std::{
    fs,
    io::{self, Read as _, Write as _},
    net::TcpStream,
    os::unix::fs::PermissionsExt as _,
    path::{Path, PathBuf},
    sync::Arc,
    time::{Duration, SystemTime},
};

use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, DnType, IsCa, KeyPair};
use rustls::{
    ClientConfig, ClientConnection, RootCertStore, StreamOwned, SupportedProtocolVersion,
    crypto::ring::default_provider,
};

use crate::{clock, eventually::PATIENCE};

/// An authority that nobody knows.
pub struct Authority {
    issuer: CertifiedIssuer<'static, KeyPair>,
}

/// The files of a certificate and its key.
#[derive(Debug, Clone)]
pub struct Files {
    pub cert: PathBuf,
    pub key: PathBuf,
}

impl Authority {
    #[expect(clippy::new_without_default, reason = "each is another one")]
    pub fn new() -> Self {
        let mut about = CertificateParams::new(Vec::new()).unwrap();
        let name = format!("authority {}", uuid::Uuid::now_v7());
        about.distinguished_name.push(DnType::CommonName, name);
        about.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let issuer = CertifiedIssuer::self_signed(about, KeyPair::generate().unwrap());
        Self {
            issuer: issuer.unwrap(),
        }
    }

    /// Its own certificate, in a file.
    pub fn file(&self, folder: &Path) -> PathBuf {
        let path = folder.join("ca.pem");
        fs::write(&path, self.issuer.pem()).unwrap();
        path
    }

    /// A certificate for servers on this host, and its key: good for so many days, or ended so many ago.
    pub fn issue(&self, days: i64) -> (String, String) {
        let names = ["localhost", "127.0.0.1"].map(str::to_owned);
        let mut about = CertificateParams::new(names).unwrap();
        let (now, day) = (SystemTime::from(clock::now()), Duration::from_hours(24));
        let far = day * u32::try_from(days.unsigned_abs()).unwrap();
        about.not_before = (now - far - day).into();
        about.not_after = if days < 0 { now - far } else { now + far }.into();
        let key = KeyPair::generate().unwrap();
        let certificate = about.signed_by(&key, &self.issuer).unwrap();
        (certificate.pem(), key.serialize_pem())
    }

    /// A client that trusts nobody else.
    pub fn client(&self, versions: &[&'static SupportedProtocolVersion]) -> ClientConfig {
        let mut roots = RootCertStore::empty();
        roots.add(self.issuer.der().clone()).unwrap();
        let provider = Arc::new(default_provider());
        let config = ClientConfig::builder_with_provider(provider);
        let config = config.with_protocol_versions(versions).unwrap();
        config.with_root_certificates(roots).with_no_client_auth()
    }
}

impl Files {
    /// Files in this folder, which are not there yet.
    pub fn in_folder(folder: &Path) -> Self {
        Self {
            cert: folder.join("cert.pem"),
            key: folder.join("key.pem"),
        }
    }

    /// Writes them, the key for its owner alone.
    pub fn hold(&self, (cert, key): &(String, String)) {
        fs::write(&self.cert, cert).unwrap();
        fs::write(&self.key, key).unwrap();
        fs::set_permissions(&self.key, fs::Permissions::from_mode(0o600)).unwrap();
    }

    /// What tells a server where they are.
    pub fn environment(&self) -> [(&str, &str); 2] {
        [
            ("PULSE__SERVER__TLS__CERT", self.cert.to_str().unwrap()),
            ("PULSE__SERVER__TLS__KEY", self.key.to_str().unwrap()),
        ]
    }
}

/// An encrypted connection that stays open.
pub struct Line(StreamOwned<ClientConnection, TcpStream>);

impl Line {
    /// Connects and shakes hands.
    ///
    /// # Errors
    /// Why there is no connection.
    pub fn open(address: &str, config: ClientConfig) -> io::Result<Self> {
        let name = "localhost".try_into().unwrap();
        let connection = ClientConnection::new(Arc::new(config), name).unwrap();
        let stream = TcpStream::connect(address)?;
        stream.set_read_timeout(Some(PATIENCE))?;
        let mut line = StreamOwned::new(connection, stream);
        line.conn.complete_io(&mut line.sock)?;
        Ok(Self(line))
    }

    /// What the server shows, in DER.
    pub fn certificate(&self) -> Vec<u8> {
        self.0.conn.peer_certificates().unwrap()[0].to_vec()
    }

    /// The version of TLS and what is spoken inside it.
    pub fn spoken(&self) -> (Option<rustls::ProtocolVersion>, Option<&[u8]>) {
        (self.0.conn.protocol_version(), self.0.conn.alpn_protocol())
    }

    /// Asks for `/health` and gives the status line.
    ///
    /// # Errors
    /// Why there is no answer.
    pub fn ask(&mut self) -> io::Result<String> {
        self.0
            .write_all(b"GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n")?;
        let mut head = Vec::new();
        let mut byte = [0];
        while !head.ends_with(b"}") {
            self.0.read_exact(&mut byte)?;
            head.push(byte[0]);
        }
        let text = String::from_utf8_lossy(&head).into_owned();
        Ok(text.lines().next().unwrap_or_default().to_owned())
    }
}
