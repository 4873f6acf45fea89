//! Whose fault it is that a look was not good: that of what was looked at, or that of this host.

use std::io;

use rustix::io::Errno;
use rustls::CertificateError;

/// Why a look was not good.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Fault {
    /// What was looked at is not as it should be.
    Failed(String),
    /// This host cannot look: it says nothing of what was to be looked at.
    Unable(String),
}

/// What the kernel says where nothing has reached the target, and nothing would have reached another.
const OWN: [Errno; 12] = [
    Errno::NETUNREACH,
    Errno::NETDOWN,
    Errno::ADDRNOTAVAIL,
    Errno::AFNOSUPPORT,
    Errno::PROTONOSUPPORT,
    Errno::ACCESS,
    Errno::PERM,
    Errno::MFILE,
    Errno::NFILE,
    Errno::NOBUFS,
    Errno::NOMEM,
    Errno::INVAL,
];

impl Fault {
    pub(super) fn failed(detail: impl Into<String>) -> Self {
        Self::Failed(detail.into())
    }

    pub(super) fn unable(detail: impl Into<String>) -> Self {
        Self::Unable(detail.into())
    }

    /// What the network said while this was done.
    pub(super) fn of(what: &str, error: &io::Error) -> Self {
        let detail = format!("{what}: {}", words(error));
        let is_own = Errno::from_io_error(error).is_some_and(|errno| OWN.contains(&errno));
        if is_own {
            Self::Unable(detail)
        } else {
            Self::Failed(detail)
        }
    }

    /// The same with what another address gave: what one of them says of the target counts.
    pub(super) fn or(self, other: Option<Self>) -> Self {
        match (self, other) {
            (Self::Unable(_), Some(other @ Self::Failed(_))) => other,
            (own, _) => own,
        }
    }
}

/// What went wrong, for people; certificates in words of our own.
fn words(error: &io::Error) -> String {
    let tls = error
        .get_ref()
        .and_then(|inner| inner.downcast_ref::<rustls::Error>());
    if let Some(rustls::Error::InvalidCertificate(error)) = tls {
        return certificate(error);
    }
    let text = deepest(error);
    let text = text.split(" (os error").next().unwrap_or_default();
    let mut chars = text.chars();
    chars.next().map_or_else(
        || "it failed".to_owned(),
        |first| first.to_lowercase().chain(chars).collect(),
    )
}

/// What is behind an error: the layers in front of it only say that something went wrong.
fn deepest(error: &io::Error) -> String {
    let Some(inner) = error.get_ref() else {
        return error.to_string();
    };
    let mut cause: &dyn std::error::Error = inner;
    while let Some(next) = cause.source() {
        cause = next;
    }
    cause.to_string()
}

fn certificate(error: &CertificateError) -> String {
    let is = |known: &[CertificateError]| known.contains(error);
    if is(&[CertificateError::UnknownIssuer]) {
        "its certificate is from nobody whom this host trusts".to_owned()
    } else if is(&[CertificateError::Expired])
        || matches!(error, CertificateError::ExpiredContext { .. })
    {
        "its certificate has ended".to_owned()
    } else if is(&[CertificateError::NotValidYet])
        || matches!(error, CertificateError::NotValidYetContext { .. })
    {
        "its certificate is not good yet".to_owned()
    } else if is(&[CertificateError::NotValidForName])
        || matches!(error, CertificateError::NotValidForNameContext { .. })
    {
        "its certificate is for another name".to_owned()
    } else {
        format!("its certificate is not good: {error}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn os(errno: Errno) -> io::Error {
        io::Error::from_raw_os_error(errno.raw_os_error())
    }

    #[test]
    fn a_refusal_is_the_targets_and_a_missing_network_is_the_hosts() {
        let refused = Fault::of("h:1", &os(Errno::CONNREFUSED));
        assert_eq!(refused, Fault::failed("h:1: connection refused"));
        for errno in [Errno::CONNRESET, Errno::HOSTUNREACH, Errno::TIMEDOUT] {
            assert!(matches!(Fault::of("h:1", &os(errno)), Fault::Failed(_)));
        }

        let away = Fault::of("h:1", &os(Errno::NETUNREACH));

        assert_eq!(away, Fault::unable("h:1: network is unreachable"));
    }

    #[test]
    fn what_one_address_says_of_the_target_outweighs_that_another_cannot_be_reached() {
        let (refused, away) = (Fault::failed("refused"), Fault::unable("away"));

        assert_eq!(away.clone().or(Some(refused.clone())), refused);
        assert_eq!(refused.clone().or(Some(away.clone())), refused);
        assert_eq!(away.clone().or(None), away);
    }
}
