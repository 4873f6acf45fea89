//! Where a page is, and where an answer leads from there.

use hyper::Uri;

use crate::link::checks::fault::Fault;

/// Where a page is: `http://` or `https://`, a host, and what is asked of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Place {
    uri: Uri,
    port: u16,
}

impl Place {
    /// Reads what a monitor gives.
    pub(super) fn parse(text: &str) -> Result<Self, Fault> {
        Self::read(text).ok_or_else(|| {
            Fault::unable("its url is not like https://example.com/health, without a user")
        })
    }

    fn read(text: &str) -> Option<Self> {
        let text = text.split('#').next()?.trim();
        let uri: Uri = text.parse().ok()?;
        let usual = match uri.scheme_str()? {
            "http" => 80,
            "https" => 443,
            _ => return None,
        };
        if uri.authority()?.as_str().contains('@') || uri.host()?.is_empty() {
            return None;
        }
        let port = uri.port_u16().unwrap_or(usual);
        Some(Self { uri, port })
    }

    /// The place that a `Location` means, seen from here.
    pub(super) fn follow(&self, location: &str) -> Result<Self, Fault> {
        let here = format!("{}://{}", self.scheme(), self.authority());
        let path = self.uri.path();
        let target = if location.contains("://") {
            location.to_owned()
        } else if location.starts_with("//") {
            format!("{}:{location}", self.scheme())
        } else if location.starts_with('/') {
            format!("{here}{location}")
        } else if location.starts_with('?') {
            format!("{here}{path}{location}")
        } else {
            let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
            format!("{here}{folder}/{location}")
        };
        // What it says may be meant for one reader alone: nobody else is told.
        Self::read(&target).ok_or_else(|| Fault::failed("it redirects to what is no web address"))
    }

    /// Whether both are at the same host and port, reached in the same way.
    pub(super) fn is_beside(&self, other: &Self) -> bool {
        let key = |place: &Self| (place.is_tls(), place.host().to_owned(), place.port);
        key(self) == key(other)
    }

    pub(super) fn malformed(&self) -> Fault {
        Fault::Unable(format!("{} cannot be asked so", self.authority()))
    }

    fn scheme(&self) -> &str {
        self.uri.scheme_str().unwrap_or("http")
    }

    pub(super) fn is_tls(&self) -> bool {
        self.scheme() == "https"
    }

    /// What goes into the `Host` header.
    pub(super) fn authority(&self) -> &str {
        self.uri.authority().map_or("", |found| found.as_str())
    }

    /// Without the brackets of an address.
    pub(super) fn host(&self) -> &str {
        self.uri.host().unwrap_or("").trim_matches(['[', ']'])
    }

    pub(super) fn port(&self) -> u16 {
        self.port
    }

    pub(super) fn path(&self) -> &str {
        self.uri.path_and_query().map_or("/", |path| path.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn followed(location: &str) -> String {
        let here = Place::parse("https://a.example:8443/shop/list?page=2").unwrap();
        here.follow(location).unwrap().uri.to_string()
    }

    #[test]
    fn a_location_is_read_from_where_it_was_given() {
        let there = "https://a.example:8443";
        assert_eq!(followed("/login"), format!("{there}/login"));
        assert_eq!(followed("item#top"), format!("{there}/shop/item"));
        assert_eq!(followed("?page=3"), format!("{there}/shop/list?page=3"));
        assert_eq!(followed("//b.example/x"), "https://b.example/x");
        assert_eq!(followed("http://b.example"), "http://b.example/");
    }

    #[test]
    fn what_is_no_web_address_is_not_asked() {
        for text in [
            "",
            "/x",
            "ftp://a/",
            "http://",
            "http://u:p@a/",
            "http://a b/",
        ] {
            assert!(Place::parse(text).is_err(), "{text}");
        }
        let here = Place::parse("http://a").unwrap();
        assert!(here.follow("file:///etc/passwd").is_err());
    }

    #[test]
    fn an_address_in_brackets_is_a_host_without_them() {
        let place = Place::parse("http://[::1]:81").unwrap();

        assert_eq!((place.host(), place.port(), place.path()), ("::1", 81, "/"));
    }
}
