//! What a proxy says of a caller, and whether it is to be believed.
//!
//! Only headers and addresses are looked at here; who the named person is, and what they may do,
//! is `domain/access.rs`.

use std::{
    fmt::Write as _,
    net::{IpAddr, SocketAddr},
};

use axum::{
    extract::{ConnectInfo, OriginalUri},
    http::{HeaderMap, HeaderValue, Method, header, request::Parts},
};
use pulse_api::ProblemCode;
use subtle::ConstantTimeEq;

use super::problem::Refusal;
use crate::{config::Sso, model::access::Claim};

/// What a trusted proxy proves itself with.
const SECRET: &str = "x-pulse-proxy-secret";
const USER: &str = "remote-user";
const NAME: &str = "remote-name";
const EMAIL: &str = "remote-email";
const GROUPS: &str = "remote-groups";
/// Whom a call was passed on for.
const FORWARDED: &str = "x-forwarded-for";
/// The longest name, address or group, in bytes.
const LONGEST: usize = 256;
/// The longest list of groups, in bytes.
const LONGEST_LIST: usize = 8 * 1024;

/// What the headers of a request say of who calls.
#[derive(Debug)]
pub(super) enum Said {
    /// Nothing, or nothing that counts.
    Nothing,
    /// Something, from somebody who has no say.
    Untrusted,
    Claim(Claim),
}

/// The address at the other end of the connection.
pub(super) fn peer(parts: &Parts) -> Option<IpAddr> {
    let info = parts.extensions.get::<ConnectInfo<SocketAddr>>();
    info.map(|ConnectInfo(address)| address.ip().to_canonical())
}

/// Whether a trusted proxy has sent this: by its address, and by its secret where it has one.
fn is_trusted(sso: &Sso, parts: &Parts) -> bool {
    let is_known = peer(parts).is_some_and(|peer| is_proxy(sso, peer));
    let proves = |secret: &str| {
        let mut given = parts.headers.get_all(SECRET).iter();
        let (first, second) = (given.next(), given.next());
        first.is_some_and(|value| value.as_bytes().ct_eq(secret.as_bytes()).into())
            && second.is_none()
    };
    is_known
        && sso
            .proxy_secret
            .as_ref()
            .is_none_or(|secret| proves(secret.expose()))
}

fn is_proxy(sso: &Sso, address: IpAddr) -> bool {
    sso.trusted_proxies.iter().any(|net| net.contains(&address))
}

/// The address that a call came from: behind a trusted proxy the last that is not one itself.
pub(super) fn origin(sso: Option<&Sso>, parts: &Parts) -> Option<IpAddr> {
    let peer = peer(parts)?;
    let Some(sso) = sso.filter(|sso| is_trusted(sso, parts)) else {
        return Some(peer);
    };
    let lines = parts.headers.get_all(FORWARDED).iter();
    let text = |value: &HeaderValue| value.to_str().unwrap_or_default().to_owned();
    let hops: Vec<String> = lines.map(text).collect();
    let hops = hops.iter().flat_map(|line| line.split(',')).map(str::trim);
    // What cannot be read was not written by a trusted proxy: whoever wrote it comes before it.
    let mut nearest = peer;
    for hop in hops.collect::<Vec<_>>().into_iter().rev() {
        match hop.parse::<IpAddr>().map(|address| address.to_canonical()) {
            Ok(address) if is_proxy(sso, address) => nearest = address,
            Ok(address) => return Some(address),
            Err(_) => break,
        }
    }
    Some(nearest)
}

/// Who a proxy says is calling.
pub(super) fn said(sso: Option<&Sso>, parts: &Parts) -> Result<Said, Refusal> {
    let found = Found::in_headers(&parts.headers);
    if found.is_empty() {
        return Ok(Said::Nothing);
    }
    let Some(sso) = sso else {
        return Ok(Said::Nothing);
    };
    if !is_trusted(sso, parts) {
        return Ok(Said::Untrusted);
    }
    if found.has_variant {
        return Err(malformed("a name of a header is written with `_`"));
    }
    // A proxy drops what `Connection` names, so whatever is left did not come from it.
    if is_hop_by_hop(&parts.headers) {
        return Ok(Said::Nothing);
    }
    let Some(username) = one(&found.user, USER)? else {
        return Ok(Said::Nothing);
    };
    if !username.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Err(malformed("Remote-User has spaces or letters beyond ASCII"));
    }
    Ok(Said::Claim(Claim {
        username,
        display_name: one(&found.name, NAME)?,
        email: one(&found.email, EMAIL)?,
        groups: groups(&found.groups)?,
    }))
}

/// The values of the headers that speak of somebody.
#[derive(Default)]
struct Found<'a> {
    user: Vec<&'a HeaderValue>,
    name: Vec<&'a HeaderValue>,
    email: Vec<&'a HeaderValue>,
    groups: Vec<&'a HeaderValue>,
    /// Whether one is spelled in a way that some programs take for the same.
    has_variant: bool,
}

impl<'a> Found<'a> {
    fn in_headers(headers: &'a HeaderMap) -> Self {
        let mut found = Self::default();
        for (name, value) in headers {
            // Names are in lower case by now.
            let plain = name.as_str().replace('_', "-");
            let values = match plain.as_str() {
                USER => &mut found.user,
                NAME => &mut found.name,
                EMAIL => &mut found.email,
                GROUPS => &mut found.groups,
                _ => continue,
            };
            values.push(value);
            found.has_variant |= plain != name.as_str();
        }
        found
    }

    fn is_empty(&self) -> bool {
        let all = [&self.user, &self.name, &self.email, &self.groups];
        all.iter().all(|values| values.is_empty())
    }
}

/// Whether the sender asks the next to drop one of the headers that speak of somebody.
fn is_hop_by_hop(headers: &HeaderMap) -> bool {
    let named = headers.get_all(header::CONNECTION).iter();
    let named = named.filter_map(|value| value.to_str().ok());
    let mut named = named.flat_map(|line| line.split(','));
    let ours = [USER, NAME, EMAIL, GROUPS];
    named.any(|name| {
        let plain = name.trim().to_ascii_lowercase().replace('_', "-");
        ours.contains(&plain.as_str())
    })
}

/// The only value of a header; an empty one is none.
fn one(values: &[&HeaderValue], name: &str) -> Result<Option<String>, Refusal> {
    match values {
        [] => Ok(None),
        [value] => {
            let text = readable(value, name, LONGEST)?;
            Ok((!text.is_empty()).then_some(text))
        }
        _ => Err(malformed(&format!("{name} is there more than once"))),
    }
}

fn groups(values: &[&HeaderValue]) -> Result<Vec<String>, Refusal> {
    let text = match values {
        [] => return Ok(Vec::new()),
        [value] => readable(value, GROUPS, LONGEST_LIST)?,
        _ => return Err(malformed("remote-groups is there more than once")),
    };
    let names = text.split(',').map(str::trim);
    let names: Vec<String> = names
        .filter(|name| !name.is_empty())
        .map(str::to_owned)
        .collect();
    if names.iter().any(|name| name.len() > LONGEST) {
        return Err(malformed("the name of a group is too long"));
    }
    Ok(names)
}

fn readable(value: &HeaderValue, name: &str, longest: usize) -> Result<String, Refusal> {
    let text = std::str::from_utf8(value.as_bytes())
        .map_err(|_| malformed(&format!("{name} is not UTF-8")))?;
    let is_plain = text.len() <= longest && !text.chars().any(char::is_control);
    is_plain
        .then(|| text.to_owned())
        .ok_or_else(|| malformed(&format!("{name} is too long, or has control characters")))
}

fn malformed(detail: &str) -> Refusal {
    Refusal::new(
        ProblemCode::MalformedRequest,
        format!("what the proxy says of the caller cannot be read: {detail}"),
    )
}

/// Whether a person looks at this with a browser.
pub(super) fn is_page(method: &Method, headers: &HeaderMap) -> bool {
    let accepts = headers
        .get(header::ACCEPT)
        .and_then(|value| value.to_str().ok());
    *method == Method::GET && accepts.is_some_and(|kinds| kinds.contains("text/html"))
}

/// Where somebody signs in: `{path}` in the address is the path that they wanted. Everything before it
/// is the configuration's, so nobody is sent to another site.
pub(super) fn with_way_back(url: &str, parts: &Parts) -> String {
    let wanted = parts.extensions.get::<OriginalUri>();
    let wanted = wanted.map_or(&parts.uri, |OriginalUri(uri)| uri);
    let path = wanted.path_and_query().map_or("/", |path| path.as_str());
    // Two slashes would name a host, where the address has none before the path.
    let path = format!("/{}", path.trim_start_matches(['/', '\\']));
    let mut escaped = String::new();
    for byte in path.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'-' | b'.' | b'_' | b'~' => {
                escaped.push(char::from(byte));
            }
            other => {
                let _ = write!(escaped, "%{other:02X}");
            }
        }
    }
    url.replace("{path}", &escaped)
}

#[cfg(test)]
mod tests {
    use axum::http::{HeaderName, Request};

    use super::*;
    use crate::config::Secret;

    const PROXY: [u8; 4] = [10, 0, 0, 1];

    fn sso() -> Sso {
        Sso {
            trusted_proxies: vec!["10.0.0.0/8".parse().unwrap()],
            proxy_secret: Some(Secret::new("a-secret")),
            login_url: None,
            admin_groups: Vec::new(),
            operator_groups: Vec::new(),
            viewer_groups: Vec::new(),
        }
    }

    fn request(from: [u8; 4], headers: &[(&'static str, &'static str)]) -> Parts {
        let (mut parts, ()) = Request::new(()).into_parts();
        parts
            .extensions
            .insert(ConnectInfo(SocketAddr::from((from, 4000))));
        for (name, value) in headers {
            let name: HeaderName = name.parse().unwrap();
            parts.headers.append(name, HeaderValue::from_static(value));
        }
        parts
    }

    fn by_proxy(headers: &[(&'static str, &'static str)]) -> Result<Said, Refusal> {
        let mut all = vec![(SECRET, "a-secret")];
        all.extend(headers);
        said(Some(&sso()), &request(PROXY, &all))
    }

    /// What a block of nginx sets, in lower case.
    fn set_by_nginx(text: &str) -> Vec<String> {
        let set = text.lines().filter_map(|line| {
            let rest = line.trim().strip_prefix("proxy_set_header ")?;
            Some(rest.split_whitespace().next()?.to_ascii_lowercase())
        });
        set.collect()
    }

    #[test]
    fn every_header_that_is_believed_is_set_in_the_documents_and_the_example_for_nginx() {
        let root = concat!(env!("CARGO_MANIFEST_DIR"), "/..");
        for name in [
            "docs/API.md",
            "packaging/examples/nginx.conf",
            "packaging/examples/nginx-sso.conf",
        ] {
            let text = std::fs::read_to_string(format!("{root}/{name}")).unwrap();

            let set = set_by_nginx(&text);

            for header in [SECRET, USER, NAME, EMAIL, GROUPS, FORWARDED] {
                assert!(set.iter().any(|name| name == header), "{name}: {header}");
            }
        }
    }

    #[test]
    fn a_trusted_proxy_is_believed() {
        let headers = [
            ("Remote-User", "alice"),
            ("Remote-Name", "Alice"),
            ("Remote-Groups", "employee, cooks"),
        ];

        let Said::Claim(claim) = by_proxy(&headers).unwrap() else {
            panic!("no claim");
        };

        assert_eq!(claim.username, "alice");
        assert_eq!(claim.display_name.as_deref(), Some("Alice"));
        assert_eq!(claim.email, None);
        assert_eq!(claim.groups, ["employee", "cooks"]);
    }

    #[test]
    fn nobody_else_is_believed() {
        let user = ("remote-user", "admin");
        let secret = (SECRET, "a-secret");
        let elsewhere = request([192, 0, 2, 1], &[user, secret]);
        let without = request(PROXY, &[user]);
        let wrong = request(PROXY, &[user, (SECRET, "a-guess!")]);
        let twice = request(PROXY, &[user, secret, secret]);

        for parts in [elsewhere, without, wrong, twice] {
            assert!(matches!(said(Some(&sso()), &parts), Ok(Said::Untrusted)));
        }
        let trusted = request(PROXY, &[user, secret]);
        assert!(matches!(said(None, &trusted), Ok(Said::Nothing)));
    }

    #[test]
    fn what_could_be_read_in_two_ways_is_refused() {
        let long: &'static str = Box::leak("a".repeat(257).into_boxed_str());
        for headers in [
            &[("remote_user", "admin")][..],
            &[("remote-user", "alice"), ("remote_user", "admin")],
            &[("remote-user", "alice"), ("remote-user", "admin")],
            &[("remote-user", "alice"), ("remote_groups", "admin")],
            &[
                ("remote-user", "alice"),
                ("remote-groups", "a"),
                ("remote-groups", "b"),
            ],
            &[("remote-user", "al ice")],
            &[("remote-user", long)],
        ] {
            let refusal = by_proxy(headers).unwrap_err();
            assert_eq!(refusal.0.code, ProblemCode::MalformedRequest, "{headers:?}");
        }
    }

    #[test]
    fn a_header_that_the_proxy_would_have_dropped_is_none() {
        for connection in [
            "Remote-User",
            "close, remote_groups",
            "keep-alive,REMOTE-USER",
        ] {
            let said = by_proxy(&[("remote-user", "alice"), ("connection", connection)]);

            assert!(matches!(said, Ok(Said::Nothing)), "{connection}");
        }
    }

    #[test]
    fn the_origin_is_the_last_address_that_is_no_trusted_proxy() {
        let secret = (SECRET, "a-secret");
        let origin_of = |from, headers: &[(&'static str, &'static str)]| {
            origin(Some(&sso()), &request(from, headers))
                .unwrap()
                .to_string()
        };

        let forwarded = ("x-forwarded-for", "203.0.113.9, 198.51.100.7, 10.0.0.2");
        assert_eq!(origin_of(PROXY, &[secret, forwarded]), "198.51.100.7");
        assert_eq!(origin_of(PROXY, &[forwarded]), "10.0.0.1");
        assert_eq!(origin_of([192, 0, 2, 1], &[secret, forwarded]), "192.0.2.1");
        let junk = ("x-forwarded-for", "198.51.100.7, junk");
        assert_eq!(origin_of(PROXY, &[secret, junk]), "10.0.0.1");
    }

    #[test]
    fn the_way_back_is_a_path_of_this_site() {
        let back = |wanted: &str| {
            let mut parts = request(PROXY, &[]);
            parts.uri = wanted.parse().unwrap();
            with_way_back("https://auth.example/?rd={path}", &parts)
        };

        assert_eq!(
            back("/docs?x=1&rd=2"),
            "https://auth.example/?rd=/docs%3Fx%3D1%26rd%3D2"
        );
        assert_eq!(
            back("//evil.example/a"),
            "https://auth.example/?rd=/evil.example/a"
        );
        assert_eq!(
            with_way_back("https://auth.example/", &request(PROXY, &[])),
            "https://auth.example/"
        );
    }
}
