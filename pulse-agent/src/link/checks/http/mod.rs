//! Whether a page answers as it should.

mod address;

use std::io;

use http_body_util::{BodyExt as _, Full};
use hyper::{
    HeaderMap, Method, Request, Response, StatusCode, Uri,
    body::{Bytes, Incoming},
    header::{self, HeaderName, HeaderValue},
};
use pulse_api::probe::HttpProbe;
use tokio_tungstenite::MaybeTlsStream;

use self::address::Place;
use super::{fault::Fault, look::Look};
use crate::network;

/// How often an answer may lead to another place.
const REDIRECTS: usize = 5;
/// How much of a body is searched.
const BODY_LIMIT: usize = 64 * 1024;
/// What is good unless the probe says.
const GOOD: (u16, u16) = (200, 399);

/// What came back.
struct Answer {
    status: StatusCode,
    location: Option<String>,
    /// Whether the body contains what it should.
    is_found: bool,
}

pub(super) async fn look(look: &Look, probe: &HttpProbe) -> Result<String, Fault> {
    let good = ranges(&probe.status)?;
    let mut place = Place::of(probe)?;
    let mut asked = Asked::of(probe)?;
    for _ in 0..=REDIRECTS {
        let answer = ask(look, &place, &asked).await?;
        let Some(location) = onward(&answer, &good) else {
            return judge(&answer, &good, &asked);
        };
        let next = place.follow(location)?;
        asked.moved(answer.status, &place, &next);
        place = next;
    }
    Err(Fault::Failed(format!(
        "it redirects more than {REDIRECTS} times"
    )))
}

/// The headers that a monitor need not give.
fn of_every_look() -> HeaderMap {
    let agent = HeaderValue::from_static(network::user_agent());
    HeaderMap::from_iter([
        (header::USER_AGENT, agent),
        (header::ACCEPT, HeaderValue::from_static("*/*")),
    ])
}

/// What is sent, and what for.
struct Asked<'a> {
    method: Method,
    headers: HeaderMap,
    contains: Option<&'a str>,
}

impl<'a> Asked<'a> {
    fn of(probe: &'a HttpProbe) -> Result<Self, Fault> {
        let method = match probe.method.as_deref() {
            None | Some("GET") => Method::GET,
            Some("HEAD") => Method::HEAD,
            Some("POST") => Method::POST,
            Some(other) => return Err(Fault::Unable(format!("no look is a `{other}`"))),
        };
        let mut headers = of_every_look();
        for (name, value) in &probe.headers {
            let pair = HeaderName::try_from(name).ok().zip(value.parse().ok());
            let (name, value) =
                pair.ok_or_else(|| Fault::Unable(format!("`{name}` is not a good header")))?;
            headers.insert(name, value);
        }
        Ok(Self {
            method,
            headers,
            contains: probe.contains.as_deref(),
        })
    }

    /// What a browser would send to the place that an answer led to.
    fn moved(&mut self, status: StatusCode, from: &Place, to: &Place) {
        let asks_to_read = [
            StatusCode::MOVED_PERMANENTLY,
            StatusCode::FOUND,
            StatusCode::SEE_OTHER,
        ];
        if self.method == Method::POST && asks_to_read.contains(&status) {
            self.method = Method::GET;
        }
        if !from.is_beside(to) {
            // Which of them are secret nobody can tell: the monitor gives them to the one place.
            self.headers = of_every_look();
        }
    }

    fn request(&self, place: &Place) -> Result<Request<Full<Bytes>>, Fault> {
        let mut request = Request::new(Full::new(Bytes::new()));
        *request.method_mut() = self.method.clone();
        *request.uri_mut() = place.path().parse::<Uri>().map_err(|_| place.malformed())?;
        let host = HeaderValue::try_from(place.authority()).map_err(|_| place.malformed())?;
        request.headers_mut().insert(header::HOST, host);
        request.headers_mut().extend(self.headers.clone());
        Ok(request)
    }
}

async fn ask(look: &Look, place: &Place, asked: &Asked<'_>) -> Result<Answer, Fault> {
    let request = asked.request(place)?;
    let (host, port) = (place.host(), place.port());
    let stream = if place.is_tls() {
        MaybeTlsStream::Rustls(look.connect_tls(host, port).await?)
    } else {
        MaybeTlsStream::Plain(look.connect(host, port).await?)
    };
    let read = async |response| read(response, asked.contains).await;
    let answer = network::ask(stream, request, read);
    look.in_time(place.authority(), answer).await
}

async fn read(response: Response<Incoming>, contains: Option<&str>) -> io::Result<Answer> {
    let status = response.status();
    let location = response.headers().get(header::LOCATION);
    let location = location.map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned());
    let is_found = match contains {
        Some(text) if !text.is_empty() => search(response.into_body(), text).await?,
        Some(_) | None => true,
    };
    Ok(Answer {
        status,
        location,
        is_found,
    })
}

/// Reads no further than to what is looked for.
async fn search(mut body: Incoming, text: &str) -> io::Result<bool> {
    let mut seen = Vec::new();
    let text = text.as_bytes();
    while seen.len() < BODY_LIMIT {
        let Some(frame) = body.frame().await else {
            break;
        };
        if let Ok(piece) = frame.map_err(io::Error::other)?.into_data() {
            let room = BODY_LIMIT - seen.len();
            // It may have begun in the pieces before.
            let from = (seen.len() + 1).saturating_sub(text.len());
            seen.extend_from_slice(&piece[..piece.len().min(room)]);
            if seen[from..].windows(text.len()).any(|part| part == text) {
                return Ok(true);
            }
        }
    }
    Ok(false)
}

/// Where an answer leads, unless it is a redirect that the probe asks for.
fn onward<'a>(answer: &'a Answer, good: &[(u16, u16)]) -> Option<&'a str> {
    let status = answer.status.as_u16();
    let is_wanted = |(from, to): &(u16, u16)| *from >= 300 && (*from..=*to).contains(&status);
    if !answer.status.is_redirection() || good.iter().any(is_wanted) {
        return None;
    }
    answer.location.as_deref()
}

fn judge(answer: &Answer, good: &[(u16, u16)], asked: &Asked<'_>) -> Result<String, Fault> {
    let status = answer.status.as_u16();
    let told = format!("it answers {}", answer.status);
    if !good
        .iter()
        .any(|(from, to)| (*from..=*to).contains(&status))
    {
        return Err(Fault::Failed(told));
    }
    match asked.contains {
        Some(text) if !answer.is_found => Err(Fault::Failed(format!(
            "{told}, without `{text}` in its first {} KiB",
            BODY_LIMIT / 1024
        ))),
        Some(_) | None => Ok(told),
    }
}

/// Reads `200` and `200-299`.
fn ranges(texts: &[String]) -> Result<Vec<(u16, u16)>, Fault> {
    if texts.is_empty() {
        return Ok(vec![GOOD]);
    }
    let read = |text: &String| {
        let (from, to) = text.split_once('-').unwrap_or((text, text));
        let range = from.trim().parse().ok().zip(to.trim().parse().ok());
        range.ok_or_else(|| Fault::Unable(format!("`{text}` is no range of statuses")))
    };
    texts.iter().map(read).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(status: u16) -> Answer {
        Answer {
            status: StatusCode::from_u16(status).unwrap(),
            location: Some("/there".to_owned()),
            is_found: true,
        }
    }

    #[test]
    fn a_redirect_is_followed_unless_it_is_what_is_asked_for() {
        for good in ["200-399", "200"] {
            let good = ranges(&[good.to_owned()]).unwrap();
            assert_eq!(onward(&answer(301), &good), Some("/there"));
        }

        for good in ["301", "300-399"] {
            let good = ranges(&[good.to_owned()]).unwrap();
            assert_eq!(onward(&answer(301), &good), None);
        }
    }

    #[test]
    fn another_host_port_or_scheme_is_sent_nothing_of_the_monitor() {
        let given = ["Authorization", "X-Api-Key", "User-Agent", "Host"];
        let probe = |url: &str| HttpProbe {
            url: url.to_owned(),
            method: Some("POST".to_owned()),
            headers: given
                .map(|name| (name.to_owned(), "s3cret".to_owned()))
                .into(),
            status: Vec::new(),
            contains: None,
        };
        let place = |url: &str| Place::of(&probe(url)).unwrap();
        let (here, own) = (place("http://a"), probe("http://a"));
        let mut asked = Asked::of(&own).unwrap();

        asked.moved(StatusCode::TEMPORARY_REDIRECT, &here, &place("http://a/b"));
        assert_eq!(asked.method, Method::POST);
        assert!(given.iter().all(|name| asked.headers[*name] == "s3cret"));
        for away in ["https://a", "http://a:81", "http://b"] {
            let mut asked = Asked::of(&own).unwrap();
            asked.moved(StatusCode::FOUND, &here, &place(away));
            // And nothing of it is sent where that leads back.
            asked.moved(StatusCode::FOUND, &place(away), &here);

            assert_eq!(asked.method, Method::GET);
            assert_eq!(asked.headers, of_every_look(), "{away}");
        }
    }
}
