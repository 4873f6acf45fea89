//! The certificate that the server shows: whether it is of use, for how long, and whether it is shown.

use std::time::Duration;

use jiff::{Timestamp, tz::TimeZone};
use pulse_api::doctor::Check;

use super::super::failure::chain;
use crate::{certificate, clock, config::Tls};

/// With less time than this, somebody has to do something about it.
const SOON: Duration = Duration::from_hours(14 * 24);

/// What is in the files.
pub(super) fn check(tls: Option<&Tls>) -> Option<Check> {
    let tls = tls?;
    let now = clock::now();
    Some(match certificate::read(tls, now) {
        Ok(found) => judge(tls, found.expires_at, now),
        Err(error) => Check::bad("certificate", chain(&error), error.hint()),
    })
}

fn judge(tls: &Tls, end: Timestamp, now: Timestamp) -> Check {
    let left = Duration::try_from(end.duration_since(now)).unwrap_or_default();
    let days = left.as_secs() / Duration::from_hours(24).as_secs();
    let date = end.to_zoned(TimeZone::UTC).date();
    let path = tls.cert.display();
    let detail = format!("{path} ends on {date}, in {days} days");
    if left < SOON {
        let fix = "renew it; `systemctl reload pulsed` shows the new one";
        return Check::warning("certificate", detail, fix);
    }
    Check::good("certificate", detail)
}

/// A server that runs shows something else than what is in the files.
pub(super) fn outdated(tls: Option<&Tls>, shown: Option<&[u8]>) -> Option<Check> {
    let (tls, shown) = (tls?, shown?);
    let found = certificate::read(tls, clock::now()).ok()?;
    let detail = format!("the server does not show the one in {}", tls.cert.display());
    (!found.is(shown)).then(|| Check::warning("certificate", detail, "systemctl reload pulsed"))
}

#[cfg(test)]
mod tests {
    use pulse_api::doctor::Verdict;

    use super::*;

    #[test]
    fn a_certificate_that_ends_soon_is_worth_a_word() {
        let now: Timestamp = "2026-01-01T00:00:00Z".parse().unwrap();
        let end: Timestamp = "2026-01-15T00:00:00Z".parse().unwrap();
        let tls = Tls {
            cert: "/etc/pulsed/tls/cert.pem".into(),
            key: "/etc/pulsed/tls/key.pem".into(),
        };

        let good = judge(&tls, end, now);
        let soon = judge(&tls, end, now + Duration::from_secs(1));

        assert_eq!(good.verdict, Verdict::Good);
        assert_eq!(soon.verdict, Verdict::Warning);
        assert!(
            soon.detail.ends_with("ends on 2026-01-15, in 13 days"),
            "{}",
            soon.detail
        );
    }
}
