//! A small HTTP client that judges nothing.

use std::sync::Once;

use reqwest::{Method, RequestBuilder, header::HeaderMap};
use serde_json::Value;

/// Somebody who talks to one server.
#[derive(Debug, Clone)]
pub struct Client {
    http: reqwest::Client,
    base: String,
    token: Option<String>,
}

/// An answer, whole.
#[derive(Debug, Clone)]
pub struct Answer {
    pub status: u16,
    pub headers: HeaderMap,
    pub bytes: Vec<u8>,
    asked: String,
}

impl Client {
    /// Somebody without credentials.
    pub fn anonymous(base: &str) -> Self {
        thread_local! {
            // Each test has a thread and a runtime of its own, and connections belong to both.
            static HTTP: reqwest::Client = client();
        }
        let http = HTTP.with(Clone::clone);
        Self {
            http,
            base: base.to_owned(),
            token: None,
        }
    }

    /// The same with a token.
    #[must_use]
    pub fn with(&self, token: &str) -> Self {
        Self {
            token: Some(token.to_owned()),
            ..self.clone()
        }
    }

    pub fn base(&self) -> &str {
        &self.base
    }

    pub fn token(&self) -> &str {
        self.token.as_deref().unwrap_or_default()
    }

    /// A request below `/api/v1`, to be filled in; see `send`.
    pub fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.request_at(method, &format!("/api/v1{path}"))
    }

    /// A request to any path of the server.
    pub fn request_at(&self, method: Method, path: &str) -> RequestBuilder {
        let request = self.http.request(method, format!("{}{path}", self.base));
        match &self.token {
            Some(token) => request.bearer_auth(token),
            None => request,
        }
    }

    pub async fn get(&self, path: &str) -> Answer {
        send(self.request(Method::GET, path)).await
    }

    pub async fn post(&self, path: &str, body: &Value) -> Answer {
        send(self.request(Method::POST, path).json(body)).await
    }

    pub async fn put(&self, path: &str, document: &str) -> Answer {
        let request = self.request(Method::PUT, path);
        send(
            request
                .header("content-type", "application/yaml")
                .body(document.to_owned()),
        )
        .await
    }

    pub async fn patch(&self, path: &str, body: &Value) -> Answer {
        send(self.request(Method::PATCH, path).json(body)).await
    }

    pub async fn delete(&self, path: &str) -> Answer {
        send(self.request(Method::DELETE, path)).await
    }
}

fn client() -> reqwest::Client {
    static PROVIDER: Once = Once::new();
    PROVIDER.call_once(|| {
        let _ = rustls::crypto::ring::default_provider().install_default();
    });
    // Servers die and come back on the same port: no connection is kept for later.
    let builder = reqwest::Client::builder().pool_max_idle_per_host(0);
    let builder = builder.redirect(reqwest::redirect::Policy::none());
    builder.no_proxy().build().unwrap()
}

/// Sends a request and reads the whole answer.
///
/// # Panics
/// When there is no answer.
pub async fn send(request: RequestBuilder) -> Answer {
    try_send(request)
        .await
        .unwrap_or_else(|error| panic!("{error:?}"))
}

/// The same for servers that may be away.
pub async fn try_send(request: RequestBuilder) -> Result<Answer, reqwest::Error> {
    let (http, request) = request.build_split();
    let request = request?;
    let asked = format!("{} {}", request.method(), request.url().path());
    let answer = http.execute(request).await?;
    let (status, headers) = (answer.status().as_u16(), answer.headers().clone());
    let bytes = answer.bytes().await?.to_vec();
    Ok(Answer {
        status,
        headers,
        bytes,
        asked,
    })
}

impl Answer {
    /// The body, after a look at the status.
    ///
    /// # Panics
    /// When the status is another one.
    #[track_caller]
    pub fn is(&self, status: u16) -> Value {
        assert_eq!(self.status, status, "{}: {}", self.asked, self.text());
        self.json()
    }

    /// The body of a success.
    ///
    /// # Panics
    /// When it is none.
    #[track_caller]
    pub fn ok(&self) -> Value {
        let is_success = (200..300).contains(&self.status);
        assert!(
            is_success,
            "{}: {} {}",
            self.asked,
            self.status,
            self.text()
        );
        self.json()
    }

    /// The body of a problem, after a look at status, media type and code.
    ///
    /// # Panics
    /// When it is another one.
    #[track_caller]
    pub fn problem(&self, status: u16, code: &str) -> Value {
        let problem = self.is(status);
        let media = self
            .headers
            .get("content-type")
            .map(reqwest::header::HeaderValue::as_bytes);
        assert_eq!(
            media,
            Some(&b"application/problem+json"[..]),
            "{}",
            self.asked
        );
        assert_eq!(problem["code"], code, "{}: {problem}", self.asked);
        problem
    }

    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.bytes).unwrap_or(Value::Null)
    }

    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.bytes).into_owned()
    }

    /// The word for programs, of a problem.
    pub fn code(&self) -> String {
        self.json()["code"].as_str().unwrap_or_default().to_owned()
    }
}
