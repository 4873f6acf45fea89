//! Things to look at: web servers, with and without TLS, and who vouches for them.

use std::{
    io::{Read, Write},
    net::TcpListener,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
    time::Duration,
};

use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, DnType, IsCa, KeyPair};
use rustls::{
    ServerConfig, ServerConnection, StreamOwned,
    pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer},
};

use crate::support::now;

/// Who vouches for servers.
pub(super) struct Authority {
    issuer: CertifiedIssuer<'static, KeyPair>,
}

impl Authority {
    pub(super) fn new() -> Self {
        let mut about = CertificateParams::new(Vec::new()).unwrap();
        let name = uuid::Uuid::now_v7().to_string();
        about.distinguished_name.push(DnType::CommonName, name);
        about.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let key = KeyPair::generate().unwrap();
        let issuer = CertifiedIssuer::self_signed(about, key).unwrap();
        Self { issuer }
    }

    pub(super) fn pem(&self) -> String {
        self.issuer.pem()
    }

    /// What a server of this name shows, good for so many days from now.
    pub(super) fn server(&self, name: &str, days: i64) -> Arc<ServerConfig> {
        let mut about = CertificateParams::new(vec![name.to_owned()]).unwrap();
        let now = std::time::SystemTime::from(now());
        let day = Duration::from_hours(24);
        about.not_before = (now - 10 * day).into();
        about.not_after = if days < 0 {
            (now - day).into()
        } else {
            (now + day * u32::try_from(days).unwrap()).into()
        };
        let key = KeyPair::generate().unwrap();
        let certificate = about.signed_by(&key, &self.issuer).unwrap();
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let key = PrivateKeyDer::from(PrivatePkcs8KeyDer::from(key.serialize_der()));
        let config = ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(vec![certificate.der().clone()], key);
        Arc::new(config.unwrap())
    }
}

/// A web server that answers what it is told.
pub(super) struct Web {
    pub(super) port: u16,
    asked: Arc<AtomicUsize>,
}

impl Web {
    pub(super) fn plain(answer: impl Fn(&str) -> Vec<u8> + Send + 'static) -> Self {
        Self::start(None, answer)
    }

    pub(super) fn over_tls(
        config: Arc<ServerConfig>,
        answer: impl Fn(&str) -> Vec<u8> + Send + 'static,
    ) -> Self {
        Self::start(Some(config), answer)
    }

    /// How many requests have come.
    pub(super) fn asked(&self) -> usize {
        self.asked.load(Ordering::SeqCst)
    }

    fn start(
        tls: Option<Arc<ServerConfig>>,
        answer: impl Fn(&str) -> Vec<u8> + Send + 'static,
    ) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let asked = Arc::new(AtomicUsize::new(0));
        let count = asked.clone();
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let served = match &tls {
                    Some(tls) => {
                        let connection = ServerConnection::new(tls.clone()).unwrap();
                        serve(StreamOwned::new(connection, stream), &answer, &count)
                    }
                    None => serve(stream, &answer, &count),
                };
                // Whoever looks may go at any time.
                let _ = served;
            }
        });
        Self { port, asked }
    }
}

fn serve(
    mut stream: impl Read + Write,
    answer: &impl Fn(&str) -> Vec<u8>,
    count: &AtomicUsize,
) -> std::io::Result<()> {
    let mut head = Vec::new();
    let mut byte = [0];
    while !head.ends_with(b"\r\n\r\n") {
        stream.read_exact(&mut byte)?;
        head.push(byte[0]);
    }
    count.fetch_add(1, Ordering::SeqCst);
    stream.write_all(&answer(&String::from_utf8(head).unwrap()))?;
    stream.flush()
}

/// An answer with a body.
pub(super) fn page(status: &str, body: &str) -> Vec<u8> {
    let length = body.len();
    format!("HTTP/1.1 {status}\r\ncontent-length: {length}\r\n\r\n{body}").into_bytes()
}

/// An answer that leads elsewhere.
pub(super) fn redirect(to: &str) -> Vec<u8> {
    format!("HTTP/1.1 302 Found\r\nlocation: {to}\r\ncontent-length: 0\r\n\r\n").into_bytes()
}
