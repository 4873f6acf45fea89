//! What an enrolment token is, and the only moves it can make.

use std::collections::BTreeMap;

use pulse_api::{
    EnrollTokenId,
    status::{EnrollTokenStatus, WorkerRole},
};

use super::machine::moves;

moves! { "Enrolment token", EnrollTokenStatus;
    /// The last host that it is for enrols with it, whoever else tries at the same moment.
    Consume = "consume": Issued => Consumed;
    /// It was not used up in time.
    Expire = "expire": Issued => Expired;
    /// An admin takes it back.
    Revoke = "revoke": Issued => Revoked;
}

/// The shortest and the longest life of a token, in seconds.
pub(crate) const TTL_SECONDS: std::ops::RangeInclusive<u32> = 60..=86_400;

/// How many hosts one token may enrol.
pub(crate) const USES: std::ops::RangeInclusive<u32> = 1..=1_000;

/// What a token grants to the host that uses it.
#[derive(Debug, Clone)]
pub(crate) struct Grant {
    pub(crate) id: EnrollTokenId,
    pub(crate) region: String,
    pub(crate) role: WorkerRole,
    pub(crate) groups: Vec<String>,
    pub(crate) labels: BTreeMap<String, String>,
    /// The only name that may be enrolled, where one is set.
    pub(crate) name: Option<String>,
}
