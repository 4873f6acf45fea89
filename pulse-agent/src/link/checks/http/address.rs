//! Where a page is, and where an answer leads from there.

use pulse_api::probe::HttpProbe;
use url::{Position, Url};

use crate::link::checks::fault::Fault;

/// Where a page is: `http://` or `https://`, a host, and what is asked of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Place(Url);

impl Place {
    /// Reads what a monitor gives.
    pub(super) fn of(probe: &HttpProbe) -> Result<Self, Fault> {
        let read = probe.address();
        read.map(Self)
            .map_err(|wrong| Fault::Unable(format!("its url cannot be used: {wrong}")))
    }

    /// The place that a `Location` means, seen from here.
    pub(super) fn follow(&self, location: &str) -> Result<Self, Fault> {
        let is_web = |url: &Url| {
            matches!(url.scheme(), "http" | "https")
                && url.username().is_empty()
                && url.password().is_none()
        };
        let there = self.0.join(location).ok().filter(is_web);
        // What it says may be meant for one reader alone: nobody else is told.
        there
            .map(Self)
            .ok_or_else(|| Fault::failed("it redirects to what is no web address"))
    }

    /// Whether both are at the same host and port, reached in the same way.
    pub(super) fn is_beside(&self, other: &Self) -> bool {
        self.0.origin() == other.0.origin()
    }

    pub(super) fn malformed(&self) -> Fault {
        Fault::Unable(format!("{} cannot be asked so", self.authority()))
    }

    pub(super) fn is_tls(&self) -> bool {
        self.0.scheme() == "https"
    }

    /// What goes into the `Host` header.
    pub(super) fn authority(&self) -> &str {
        &self.0[Position::BeforeHost..Position::AfterPort]
    }

    /// Without the brackets of an address.
    pub(super) fn host(&self) -> &str {
        self.0.host_str().unwrap_or("").trim_matches(['[', ']'])
    }

    pub(super) fn port(&self) -> u16 {
        self.0.port_or_known_default().unwrap_or(80)
    }

    /// The path and the query.
    pub(super) fn path(&self) -> &str {
        &self.0[Position::BeforePath..Position::AfterQuery]
    }
}

#[cfg(test)]
mod tests {
    use hyper::Uri;

    use super::*;

    fn place(text: &str) -> Place {
        Place(Url::parse(text).unwrap())
    }

    /// How the place is asked for that this leads to.
    fn followed(location: &str) -> String {
        let here = place("https://a.example:8443/shop/list?page=2#top");
        let there = here.follow(location).unwrap();
        let scheme = if there.is_tls() { "https" } else { "http" };
        format!("{scheme}://{}{}", there.authority(), there.path())
    }

    #[test]
    fn a_location_is_read_from_where_it_was_given() {
        let there = "https://a.example:8443";
        assert_eq!(followed("/login"), format!("{there}/login"));
        assert_eq!(followed("item#top"), format!("{there}/shop/item"));
        assert_eq!(followed("../item"), format!("{there}/item"));
        assert_eq!(followed("?page=3"), format!("{there}/shop/list?page=3"));
        assert_eq!(followed("//b.example/x"), "https://b.example/x");
        assert_eq!(followed("http://b.example"), "http://b.example/");
        let next = "/login?next=https://a.example:8443/";
        assert_eq!(followed(next), format!("{there}{next}"));
    }

    #[test]
    fn what_is_no_web_address_is_not_asked() {
        let here = place("http://a");
        for location in [
            "file:///etc/passwd",
            "mailto:a@b",
            "http://u:p@b/",
            "http://",
        ] {
            assert!(here.follow(location).is_err(), "{location}");
        }
    }

    #[test]
    fn whatever_is_read_can_be_asked_for() {
        for code in 0x21..0x7f_u8 {
            let odd = char::from(code);
            let there = place(&format!("http://a/x{odd}y?x{odd}y"));
            assert!(there.path().parse::<Uri>().is_ok(), "{}", there.path());
        }
        let there = place("https://b\u{fc}cher.example/\u{e4}");
        assert_eq!(there.authority(), "xn--bcher-kva.example");
        assert_eq!(there.path(), "/%C3%A4");
    }

    #[test]
    fn an_address_in_brackets_is_a_host_without_them() {
        let place = place("http://[::1]:81");

        assert_eq!((place.host(), place.port(), place.path()), ("::1", 81, "/"));
    }
}
