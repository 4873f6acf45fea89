//! Whether a certificate is trusted, for its name, and for some time to come.

use std::time::Duration;

use jiff::{Timestamp, tz::TimeZone};
use pulse_api::probe::TlsProbe;
use rustls::pki_types::CertificateDer;
use x509_cert::{Certificate, der::Decode as _};

use super::{fault::Fault, look::Look};
use crate::clock;

const PORT: u16 = 443;
const DAYS_LEFT: u16 = 14;
const DAY: u64 = 24 * 60 * 60;

pub(super) async fn look(look: &Look, probe: &TlsProbe) -> Result<String, Fault> {
    let port = probe.port.unwrap_or(PORT);
    let stream = look.connect_tls(&probe.host, port).await?;
    let shown = stream.get_ref().1.peer_certificates();
    let end = shown
        .and_then(|chain| end(chain.first()?))
        .ok_or_else(|| Fault::failed("its certificate cannot be read"))?;
    // The server's time: whether this host's clock is right is another matter.
    let now = clock::timestamp(clock::boottime_ns() + look.clock_offset_ns);
    judge(end, now, probe.days_left.unwrap_or(DAYS_LEFT))
}

fn end(certificate: &CertificateDer<'_>) -> Option<Timestamp> {
    let certificate = Certificate::from_der(certificate).ok()?;
    let end = certificate.tbs_certificate().validity().not_after;
    let seconds = i64::try_from(end.to_unix_duration().as_secs()).ok()?;
    Timestamp::from_second(seconds).ok()
}

fn judge(end: Timestamp, now: Timestamp, wanted: u16) -> Result<String, Fault> {
    let left = Duration::try_from(end.duration_since(now)).unwrap_or_default();
    let days = left.as_secs() / DAY;
    let date = end.to_zoned(TimeZone::UTC).date();
    let told = format!("its certificate ends on {date}, in {days} days");
    if days < u64::from(wanted) {
        return Err(Fault::Failed(format!("{told}; {wanted} are wanted")));
    }
    Ok(told)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_certificate_that_ends_sooner_than_wanted_has_failed() {
        let now: Timestamp = "2026-01-01T00:00:00Z".parse().unwrap();
        let end: Timestamp = "2026-01-15T00:00:00Z".parse().unwrap();

        let good = judge(end, now, 14);
        let soon = judge(end, now + Duration::from_secs(1), 14);

        let told = "its certificate ends on 2026-01-15, in 14 days";
        assert_eq!(good, Ok(told.to_owned()));
        let told = "its certificate ends on 2026-01-15, in 13 days; 14 are wanted";
        assert_eq!(soon, Err(Fault::failed(told)));
    }
}
