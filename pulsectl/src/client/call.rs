//! A request before it is sent.

use reqwest::Method;
use serde::Serialize;
use uuid::Uuid;

use crate::error::Failure;

/// One request. Every try of it carries the same idempotency key.
#[derive(Debug, Clone)]
pub(crate) struct Call {
    pub(super) method: Method,
    pub(super) path: String,
    pub(super) query: Vec<(String, String)>,
    pub(super) headers: Vec<(&'static str, String)>,
    pub(super) body: Option<(String, Vec<u8>)>,
    pub(super) key: String,
    pub(super) pace: Pace,
}

/// How long an answer may take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Pace {
    /// All of it comes soon.
    Prompt,
    /// Its beginning comes soon, and its end whenever.
    Streaming,
    /// The server may have much to do before it begins.
    Unhurried,
}

impl Call {
    /// A call of a path below `/api/v1`.
    pub(crate) fn new(method: Method, path: &str) -> Self {
        Self::at(method, format!("/api/v1{path}"))
    }

    /// A call of a path from the root.
    pub(crate) fn at(method: Method, path: String) -> Self {
        Self {
            method,
            path,
            query: Vec::new(),
            headers: Vec::new(),
            body: None,
            key: Uuid::new_v4().to_string(),
            pace: Pace::Prompt,
        }
    }

    pub(crate) fn get(path: &str) -> Self {
        Self::new(Method::GET, path)
    }

    pub(crate) fn post(path: &str) -> Self {
        Self::new(Method::POST, path)
    }

    pub(crate) fn put(path: &str) -> Self {
        Self::new(Method::PUT, path)
    }

    pub(crate) fn patch(path: &str) -> Self {
        Self::new(Method::PATCH, path)
    }

    pub(crate) fn delete(path: &str) -> Self {
        Self::new(Method::DELETE, path)
    }

    pub(crate) fn query(mut self, name: &str, value: impl Into<String>) -> Self {
        self.query.push((name.to_owned(), value.into()));
        self
    }

    /// Adds a parameter where there is a value for it.
    pub(crate) fn maybe(self, name: &str, value: Option<impl Into<String>>) -> Self {
        match value {
            Some(value) => self.query(name, value),
            None => self,
        }
    }

    pub(crate) fn header(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }

    pub(crate) fn json(self, body: &impl Serialize) -> Result<Self, Failure> {
        let bytes = serde_json::to_vec(body)
            .map_err(|error| Failure::general("could not write the request").because(&error))?;
        Ok(self.body("application/json", bytes))
    }

    pub(crate) fn body(mut self, content_type: &str, bytes: Vec<u8>) -> Self {
        self.body = Some((content_type.to_owned(), bytes));
        self
    }

    pub(crate) fn key(mut self, key: Option<&str>) -> Self {
        if let Some(key) = key {
            key.clone_into(&mut self.key);
        }
        self
    }

    /// Lets the answer take long.
    pub(crate) fn unhurried(mut self) -> Self {
        self.pace = Pace::Unhurried;
        self
    }

    pub(crate) fn streaming(mut self) -> Self {
        self.pace = Pace::Streaming;
        self.header("Accept", "text/event-stream, application/json;q=0.9")
    }
}

/// Writes a name as one segment of a path.
pub(crate) fn segment(name: &str) -> String {
    let mut text = String::with_capacity(name.len());
    for byte in name.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'~') {
            text.push(char::from(byte));
        } else {
            use std::fmt::Write as _;
            // Writing to a String cannot fail.
            let _ = write!(text, "%{byte:02X}");
        }
    }
    // A lone dot segment would be resolved away by the URL parser.
    if matches!(text.as_str(), "." | "..") {
        text.replace('.', "%2E")
    } else {
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_stays_one_segment() {
        assert_eq!(segment("web-1"), "web-1");
        assert_eq!(segment("a/b?c#d"), "a%2Fb%3Fc%23d");
        assert_eq!(segment("käse"), "k%C3%A4se");
    }

    #[test]
    fn every_call_has_a_key_of_its_own_unless_given() {
        assert_ne!(Call::post("/x").key, Call::post("/x").key);
        assert_eq!(Call::post("/x").key(Some("mine")).key, "mine");
    }
}
