//! What goes wrong with whoever comes in, and with tokens and users.

use pulse_api::ProblemCode;

use super::Refusal;
use crate::domain::{
    access::AccessError,
    enroll_tokens::{IssueError, RevokeError},
    tokens::{CreateError, RotateError},
    users,
};

impl From<AccessError> for Refusal {
    fn from(error: AccessError) -> Self {
        match error {
            AccessError::Unknown => {
                Self::new(ProblemCode::Unauthenticated, "the token is not valid")
                    .hint("pulsectl login")
            }
            AccessError::UnknownCredential => Self::new(
                ProblemCode::CredentialUnknown,
                "this server has never given out this credential",
            )
            .hint(
                "is it the right server, and was its database restored? `pulse-agent doctor` on the host says more",
            ),
            AccessError::Expired => Self::new(
                ProblemCode::Unauthenticated,
                "the token has run out or was revoked",
            )
            .hint("pulsectl login"),
            AccessError::Overtaken => Self::new(
                ProblemCode::Unauthenticated,
                "a newer credential of this worker came into use a moment ago",
            )
            .hint("try again with the one that is kept on the host"),
            AccessError::WorkerRemoved => Self::new(
                ProblemCode::CredentialRevoked,
                "this worker was removed by an operator",
            ),
            AccessError::NoGroup(user) => Self::new(
                ProblemCode::Forbidden,
                format!("no group of {user} may use pulse"),
            )
            .hint("ask for a group that sso.viewer_groups, operator_groups or admin_groups names"),
            AccessError::Disabled(user) => {
                Self::new(ProblemCode::Forbidden, format!("{user} is locked out"))
                    .hint("ask an admin")
            }
            AccessError::Cloned(clone) => {
                let who = clone.map_or(String::new(), |clone| {
                    format!(": ({}) and ({})", clone.known, clone.other)
                });
                Self::new(
                    ProblemCode::CredentialCloned,
                    format!("this credential is used by two hosts{who}; both are locked out"),
                )
                .hint("an admin removes the worker; then each host enrols with a token of its own")
            }
            AccessError::Store(error) => error.into(),
        }
    }
}

impl From<CreateError> for Refusal {
    fn from(error: CreateError) -> Self {
        match error {
            CreateError::Beyond(beyond) => Self::new(ProblemCode::Forbidden, beyond.to_string())
                .hint("a token gives no more than its maker has"),
            CreateError::Ending => Self::new(ProblemCode::Forbidden, error.to_string())
                .hint("pulsectl login gives you another"),
            CreateError::Name
            | CreateError::Ttl
            | CreateError::Group
            | CreateError::Workflow(_)
            | CreateError::AdminOfSome => Self::new(ProblemCode::InvalidBody, error.to_string()),
            CreateError::NoWorkflow(_) => Self::new(ProblemCode::InvalidBody, error.to_string())
                .hint("store it first: a token is for workflows that are there"),
            CreateError::Gone => Self::new(ProblemCode::Conflict, error.to_string()),
            CreateError::Rotated => Self::new(ProblemCode::Conflict, error.to_string())
                .hint("pulsectl token rotate gives it one that you know"),
            CreateError::Random => Self::new(ProblemCode::Internal, "no randomness to be had"),
            CreateError::Store(error) => error.into(),
        }
    }
}

impl From<RotateError> for Refusal {
    fn from(error: RotateError) -> Self {
        match error {
            RotateError::Unknown => Self::not_found("token", "that is valid and yours")
                .hint("pulsectl token ls shows the tokens"),
            RotateError::Overlap => Self::new(ProblemCode::InvalidBody, error.to_string()),
            RotateError::Replaced => Self::new(ProblemCode::Forbidden, error.to_string())
                .hint("use the secret that took its place"),
            RotateError::Overtaken => Self::new(ProblemCode::Conflict, error.to_string())
                .hint("rotate it once more, under another Idempotency-Key"),
            RotateError::Beyond(_) => Self::new(ProblemCode::Forbidden, error.to_string())
                .hint("a token gives no more than its maker has"),
            RotateError::Random => Self::new(ProblemCode::Internal, "no randomness to be had"),
            RotateError::Store(error) => error.into(),
        }
    }
}

impl From<IssueError> for Refusal {
    fn from(error: IssueError) -> Self {
        match error {
            IssueError::UnknownRegion(region) => {
                let shown: String = region.chars().take(80).collect();
                Self::new(
                    ProblemCode::UnknownRegion,
                    format!("there is no region {shown:?}"),
                )
                .hint("pulsectl region ls shows what there is")
            }
            IssueError::Ttl
            | IssueError::Uses
            | IssueError::OneName
            | IssueError::Name(_)
            | IssueError::Label(_)
            | IssueError::LabelValue(_) => Self::new(ProblemCode::InvalidBody, error.to_string()),
            IssueError::Gone => Self::new(ProblemCode::Conflict, error.to_string()),
            IssueError::Random => Self::new(ProblemCode::Internal, "no randomness to be had"),
            IssueError::Store(error) => error.into(),
        }
    }
}

impl From<users::ChangeError> for Refusal {
    fn from(error: users::ChangeError) -> Self {
        match error {
            users::ChangeError::Unknown => {
                Self::new(ProblemCode::NotFound, "there is no such user")
            }
            users::ChangeError::Oneself => {
                Self::new(ProblemCode::Conflict, error.to_string()).hint("ask another admin")
            }
            users::ChangeError::Store(error) => error.into(),
        }
    }
}

impl From<RevokeError> for Refusal {
    fn from(error: RevokeError) -> Self {
        match error {
            RevokeError::Unknown => Self::new(ProblemCode::NotFound, "there is no such token"),
            RevokeError::Ended(status) => Self::new(
                ProblemCode::Conflict,
                format!("the token is {status} already"),
            ),
            RevokeError::Store(error) => error.into(),
        }
    }
}
