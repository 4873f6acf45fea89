//! What a worker proves itself with, and the only moves one generation of it can make.
//!
//! Two generations at most are good at a time: the one in use, and one that was given out
//! and not used yet. An answer that got lost therefore locks nobody out, and whoever comes
//! with an older one holds a copy.

use pulse_api::{WorkerId, status::CredentialStatus};

use super::machine::moves;

moves! { "Credential", CredentialStatus;
    /// It is used for the first time: the one before it is worthless from now on.
    Use = "use": Fresh => Active;
    /// Its successor was used, or another was asked for before it was used.
    Supersede = "supersede": Active, Fresh => Superseded;
    /// A superseded one was shown: two hosts have it, and both are locked out.
    Clone = "clone": Fresh, Active, Superseded => Cloned;
    /// Its worker was removed, or enrolled again.
    Revoke = "revoke": Fresh, Active, Superseded, Cloned => Revoked;
}

/// A credential that somebody has shown, with the right secret.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Shown {
    pub(crate) id: uuid::Uuid,
    pub(crate) worker: WorkerId,
    pub(crate) status: CredentialStatus,
}
