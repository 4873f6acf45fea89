//! Who may do what: one table, which the router is built from and a test walks.

use pulse_api::{WorkerId, status::Role};

/// Who acts when nobody does: what is due is done in the server's own name.
pub(crate) const PULSE: &str = "pulse";

/// Somebody who has proved who they are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Principal {
    /// A person or a script.
    User(User),
    /// A host's agent.
    Worker(WorkerId),
}

impl Principal {
    /// The name under which it stands in the audit trail.
    pub(crate) fn name(&self) -> String {
        match self {
            Self::User(user) => user.username.clone(),
            Self::Worker(id) => id.to_string(),
        }
    }
}

/// A person or a script.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct User {
    pub(crate) token: uuid::Uuid,
    pub(crate) username: String,
    pub(crate) role: Role,
    pub(crate) token_expires_at: jiff::Timestamp,
}

/// What a route asks of its caller.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Access {
    /// Anybody, without signing in.
    Open,
    /// Any person or script.
    Viewer,
    /// A person or script that may run and answer.
    Operator,
    /// A person or script that may do everything.
    Admin,
    /// A worker, about itself only.
    Worker,
}

impl Access {
    /// Whether the role is enough; a worker is never enough for a person's route.
    pub(crate) fn admits(self, principal: Option<&Principal>) -> bool {
        match (self, principal) {
            (Self::Open, _)
            | (Self::Worker, Some(Principal::Worker(_)))
            | (Self::Viewer, Some(Principal::User(_))) => true,
            (Self::Operator, Some(Principal::User(user))) => user.role >= Role::Operator,
            (Self::Admin, Some(Principal::User(user))) => user.role >= Role::Admin,
            (Self::Worker, Some(Principal::User(_)) | None)
            | (Self::Viewer | Self::Operator | Self::Admin, Some(Principal::Worker(_)) | None) => {
                false
            }
        }
    }
}

impl User {
    /// What the groups of the seed call this role.
    pub(crate) fn groups(&self) -> Vec<String> {
        let group = match self.role {
            Role::Admin => "admin",
            Role::Operator => "employee",
            Role::Viewer => "viewer",
        };
        vec![group.to_owned()]
    }
}
