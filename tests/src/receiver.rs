//! Somebody who is told things: a listener for HTTP, and one for mail.

use std::{
    net::SocketAddr,
    sync::{Arc, Mutex, PoisonError},
};

use serde_json::Value;
use tokio::{
    io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader},
    net::{TcpListener, TcpStream},
    task::JoinSet,
};

use crate::eventually::{PATIENCE, eventually_async};

/// A request as it arrived.
#[derive(Debug, Clone)]
pub struct Request {
    pub path: String,
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

impl Request {
    /// A header, by its name in lower case.
    pub fn header(&self, name: &str) -> Option<&str> {
        let found = self.headers.iter().find(|(own, _)| own == name);
        found.map(|(_, value)| value.as_str())
    }

    /// The body.
    ///
    /// # Panics
    /// When it is no JSON.
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap()
    }
}

/// What a listener shares with those it talks to.
#[derive(Debug)]
struct Shared<T> {
    taken: Mutex<Vec<T>>,
    /// The status and the body to answer with.
    answer: Mutex<(u16, String)>,
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A listener, which may go away and come back under its address.
#[derive(Debug)]
pub struct Receiver<T> {
    address: SocketAddr,
    shared: Arc<Shared<T>>,
    /// Ends with the value, and whoever is talked to with it.
    listening: JoinSet<()>,
}

/// One for HTTP.
pub type Web = Receiver<Request>;
/// One for mail; it takes whole mails, with the commands before them.
pub type Mailbox = Receiver<String>;

impl<T: Clone + std::fmt::Debug + Send + 'static> Receiver<T> {
    /// One that is not there: nobody listens under its address.
    async fn away() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let shared = Shared {
            taken: Mutex::default(),
            answer: Mutex::new((200, String::new())),
        };
        Self {
            address: listener.local_addr().unwrap(),
            shared: Arc::new(shared),
            listening: JoinSet::new(),
        }
    }

    async fn listen<F>(&mut self, talk: impl Fn(TcpStream, Arc<Shared<T>>) -> F + Send + 'static)
    where
        F: Future<Output = std::io::Result<()>> + Send + 'static,
    {
        let listener = TcpListener::bind(self.address).await.unwrap();
        let shared = Arc::clone(&self.shared);
        self.listening.spawn(async move {
            let mut talks = JoinSet::new();
            while let Ok((stream, _)) = listener.accept().await {
                talks.spawn(talk(stream, Arc::clone(&shared)));
            }
        });
    }

    pub fn port(&self) -> u16 {
        self.address.port()
    }

    /// Answers with this from now on.
    pub fn answer(&self, status: u16, body: &str) {
        *lock(&self.shared.answer) = (status, body.to_owned());
    }

    /// What has arrived.
    pub fn taken(&self) -> Vec<T> {
        lock(&self.shared.taken).clone()
    }

    /// Waits until so much has arrived.
    pub async fn has_taken(&self, count: usize) -> Vec<T> {
        eventually_async("what was told", PATIENCE, async || {
            let taken = self.taken();
            if taken.len() >= count {
                Ok(taken)
            } else {
                Err(format!("{taken:?}"))
            }
        })
        .await
    }
}

impl Web {
    /// One that is there and takes everything.
    pub async fn start() -> Self {
        let mut web = Self::gone().await;
        web.comes().await;
        web
    }

    /// One that is not there.
    pub async fn gone() -> Self {
        Self::away().await
    }

    /// Listens from now on.
    pub async fn comes(&mut self) {
        self.listen(take_request).await;
    }

    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }
}

async fn take_request(stream: TcpStream, shared: Arc<Shared<Request>>) -> std::io::Result<()> {
    let mut stream = BufReader::new(stream);
    let mut line = String::new();
    stream.read_line(&mut line).await?;
    let path = line.split(' ').nth(1).unwrap_or_default().to_owned();
    let mut headers = Vec::new();
    loop {
        let mut line = String::new();
        stream.read_line(&mut line).await?;
        let Some((name, value)) = line.trim_end().split_once(": ") else {
            break;
        };
        headers.push((name.to_lowercase(), value.to_owned()));
    }
    let length = headers.iter().find(|(name, _)| name == "content-length");
    let length = length
        .and_then(|(_, value)| value.parse().ok())
        .unwrap_or(0);
    let mut body = vec![0; length];
    stream.read_exact(&mut body).await?;
    lock(&shared.taken).push(Request {
        path,
        headers,
        body,
    });
    let (status, text) = lock(&shared.answer).clone();
    let location = if status == 302 {
        "location: /elsewhere\r\n"
    } else {
        ""
    };
    let answer = format!(
        "HTTP/1.1 {status} x\r\n{location}content-length: {}\r\nconnection: close\r\n\r\n{text}",
        text.len()
    );
    stream.write_all(answer.as_bytes()).await
}

impl Mailbox {
    /// One that takes every mail.
    pub async fn start() -> Self {
        let mut mailbox = Self::away().await;
        mailbox.listen(take_mail).await;
        mailbox
    }
}

/// As much of RFC 5321 as a mail takes: a recipient is answered as the test says, anything else with yes.
async fn take_mail(stream: TcpStream, shared: Arc<Shared<String>>) -> std::io::Result<()> {
    let mut stream = BufReader::new(stream);
    stream.write_all(b"220 mail.test ESMTP\r\n").await?;
    let mut said = String::new();
    loop {
        let mut line = String::new();
        if stream.read_line(&mut line).await? == 0 {
            return Ok(());
        }
        said.push_str(&line);
        let verb = line.get(..4).unwrap_or_default().to_uppercase();
        let (status, text) = lock(&shared.answer).clone();
        let answer = match verb.as_str() {
            "EHLO" => "250-mail.test\r\n250 8BITMIME\r\n".to_owned(),
            "RCPT" if status != 200 => format!("{status} {text}\r\n"),
            "DATA" => "354 go on\r\n".to_owned(),
            "QUIT" => "221 bye\r\n".to_owned(),
            _ => "250 ok\r\n".to_owned(),
        };
        stream.write_all(answer.as_bytes()).await?;
        if verb == "DATA" {
            let mut line = String::new();
            while line != ".\r\n" {
                line.clear();
                stream.read_line(&mut line).await?;
                said.push_str(&line);
            }
            lock(&shared.taken).push(std::mem::take(&mut said));
            stream.write_all(b"250 taken\r\n").await?;
        }
    }
}
