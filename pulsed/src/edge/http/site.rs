//! Whether what a browser sends was wanted by a page of this site.

use axum::http::{HeaderMap, Method, Uri, header, uri::Authority};

/// What a browser says of the page that made a call.
const SITE: &str = "sec-fetch-site";

/// Whether a call that somebody's browser made for them was wanted by a page of this site, or by a program.
///
/// A proxy's session travels with every request, also with one that another site's page makes. Browsers say
/// so in `Sec-Fetch-Site`, and older ones in `Origin`; none leaves both out where another site writes.
pub(super) fn is_wanted(method: &Method, headers: &HeaderMap, uri: &Uri) -> bool {
    let mut sites = headers.get_all(SITE).iter();
    match (sites.next(), sites.next()) {
        _ if method.is_safe() => true,
        (None, _) => is_of_this_site(headers, uri),
        (Some(site), None) => site == "same-origin" || site == "none",
        (Some(_), Some(_)) => false,
    }
}

/// Whether the page that asks was served from here. A program names no origin.
pub(in crate::edge) fn is_of_this_site(headers: &HeaderMap, uri: &Uri) -> bool {
    let mut origins = headers.get_all(header::ORIGIN).iter();
    let Some(origin) = origins.next() else {
        return true;
    };
    let origin: Option<Uri> = origin.to_str().ok().and_then(|text| text.parse().ok());
    let host: Option<Authority> = headers
        .get(header::HOST)
        .and_then(|host| host.to_str().ok())
        .and_then(|host| host.parse().ok())
        .or_else(|| uri.authority().cloned());
    let (Some(origin), Some(host)) = (origin, host) else {
        return false;
    };
    // A proxy passes the name on, and often not the port.
    let is_same = origin
        .host()
        .is_some_and(|name| name.eq_ignore_ascii_case(host.host()))
        && (host.port_u16().is_none() || port(&origin) == host.port_u16());
    is_same && origins.next().is_none()
}

fn port(origin: &Uri) -> Option<u16> {
    let usual = match origin.scheme_str() {
        Some("http") => Some(80),
        Some("https") => Some(443),
        Some(_) | None => None,
    };
    origin.port_u16().or(usual)
}

#[cfg(test)]
mod tests {
    use axum::http::{HeaderName, HeaderValue};

    use super::*;

    fn headers(all: &[(&'static str, &'static str)]) -> HeaderMap {
        let one = |(name, value): &(&'static str, &'static str)| {
            (
                HeaderName::from_static(name),
                HeaderValue::from_static(value),
            )
        };
        let host = [("host", "pulse.example")];
        let mut headers: HeaderMap = host.iter().map(one).collect();
        for (name, value) in all.iter().map(one) {
            headers.append(name, value);
        }
        headers
    }

    fn is_let_in(host: &'static str, origin: Option<&'static str>) -> bool {
        let mut headers = HeaderMap::new();
        headers.insert(header::HOST, HeaderValue::from_static(host));
        if let Some(origin) = origin {
            headers.insert(header::ORIGIN, HeaderValue::from_static(origin));
        }
        is_of_this_site(&headers, &Uri::from_static("/ws"))
    }

    #[test]
    fn a_page_of_this_site_and_a_program_are_let_in() {
        assert!(is_let_in("pulse.example", None));
        assert!(is_let_in("pulse.example", Some("https://pulse.example")));
        assert!(is_let_in(
            "pulse.example",
            Some("https://Pulse.example:8443")
        ));
        assert!(is_let_in(
            "pulse.example:443",
            Some("https://pulse.example")
        ));
        assert!(is_let_in("127.0.0.1:8080", Some("http://127.0.0.1:8080")));
    }

    #[test]
    fn a_page_of_another_site_or_of_none_is_not() {
        for origin in [
            "null",
            "https://evil.example",
            "https://pulse.example.evil.example",
            "file://",
            "",
        ] {
            assert!(!is_let_in("pulse.example", Some(origin)), "{origin}");
        }
        assert!(!is_let_in("127.0.0.1:8080", Some("http://127.0.0.1:9000")));
    }

    #[test]
    fn only_a_page_of_this_site_and_a_program_write() {
        let may_write = |all: &[(&'static str, &'static str)]| {
            is_wanted(&Method::POST, &headers(all), &Uri::from_static("/"))
        };
        let foreign = ("origin", "https://evil.example");

        assert!(may_write(&[]));
        assert!(may_write(&[("sec-fetch-site", "same-origin")]));
        assert!(may_write(&[("sec-fetch-site", "none")]));
        assert!(may_write(&[("origin", "https://pulse.example")]));
        assert!(!may_write(&[foreign]));
        assert!(!may_write(&[foreign, ("x-requested-with", "pulse")]));
        assert!(!may_write(&[("origin", "null")]));
        assert!(!may_write(&[("sec-fetch-site", "same-site")]));
        assert!(!may_write(&[("sec-fetch-site", "cross-site")]));
        assert!(!may_write(&[
            ("sec-fetch-site", "same-origin"),
            ("sec-fetch-site", "cross-site")
        ]));
        let cross = headers(&[("sec-fetch-site", "cross-site")]);
        assert!(is_wanted(&Method::GET, &cross, &Uri::from_static("/")));
    }
}
