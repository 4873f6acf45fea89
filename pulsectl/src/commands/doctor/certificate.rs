//! The certificate that the server shows, which is trusted, or else there would be no answer.

use std::time::Duration;

use jiff::{Timestamp, tz::TimeZone};
use pulse_api::doctor::Check;
use reqwest::{Response, tls::TlsInfo};
use x509_cert::{Certificate, der::Decode as _};

use crate::clock;

/// With less time than this, somebody has to do something about it.
const SOON: Duration = Duration::from_hours(14 * 24);

/// Until when it is good.
pub(super) fn check(response: &Response) -> Check {
    let shown = response.extensions().get::<TlsInfo>();
    match shown.and_then(|shown| end(shown.peer_certificate()?)) {
        Some(end) => judge(end, clock::now()),
        None => Check::good("tls", "the certificate is trusted"),
    }
}

fn end(certificate: &[u8]) -> Option<Timestamp> {
    let certificate = Certificate::from_der(certificate).ok()?;
    let end = certificate.tbs_certificate().validity().not_after;
    let seconds = i64::try_from(end.to_unix_duration().as_secs()).ok()?;
    Timestamp::from_second(seconds).ok()
}

fn judge(end: Timestamp, now: Timestamp) -> Check {
    let left = Duration::try_from(end.duration_since(now)).unwrap_or_default();
    let days = left.as_secs() / Duration::from_hours(24).as_secs();
    let date = end.to_zoned(TimeZone::UTC).date();
    let detail = format!("the certificate is trusted, and ends on {date}, in {days} days");
    if left < SOON {
        return Check::warning("tls", detail, "have it renewed on the server");
    }
    Check::good("tls", detail)
}

#[cfg(test)]
mod tests {
    use pulse_api::doctor::Verdict;

    use super::*;

    #[test]
    fn a_certificate_that_ends_soon_is_worth_a_word() {
        let now: Timestamp = "2026-01-01T00:00:00Z".parse().unwrap();
        let end: Timestamp = "2026-01-15T00:00:00Z".parse().unwrap();

        let good = judge(end, now);
        let soon = judge(end, now + Duration::from_secs(1));

        assert_eq!(
            (good.verdict, soon.verdict),
            (Verdict::Good, Verdict::Warning)
        );
        assert!(
            soon.detail.ends_with("ends on 2026-01-15, in 13 days"),
            "{}",
            soon.detail
        );
    }
}
