//! Every error of every verb as a problem document: the only place that maps them.

mod access;
mod backups;
mod executions;
mod monitors;
mod notifications;
mod schedules;
mod secrets;
mod sensors;
mod workers;

use axum::{
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use pulse_api::{
    Problem, ProblemCode,
    problem::{FaultView, FirstAnswer, MEDIA_TYPE},
};

use crate::{
    causes::error_chain,
    domain::{
        EngineError, StoreError,
        once::{KeptError, OnceError, Reused},
        workers::named::NamedError,
        workflows::{ApplyError, RenameError},
    },
};

/// A problem on its way to a client.
#[derive(Debug)]
pub(crate) struct Refusal(pub(crate) Box<Problem>);

impl Refusal {
    pub(crate) fn new(code: ProblemCode, detail: impl Into<String>) -> Self {
        Self(Box::new(Problem::new(code, detail)))
    }

    pub(crate) fn hint(self, hint: impl Into<String>) -> Self {
        Self(Box::new(self.0.hint(hint)))
    }

    /// Says first what it is about.
    pub(crate) fn prefixed(mut self, what: &str) -> Self {
        self.0.detail.insert_str(0, what);
        self
    }

    pub(crate) fn errors(self, errors: Vec<FaultView>) -> Self {
        Self(Box::new(self.0.errors(errors)))
    }

    pub(crate) fn first(self, answer: FirstAnswer) -> Self {
        Self(Box::new(self.0.first(answer)))
    }

    pub(crate) fn not_found(what: &str, name: impl std::fmt::Display) -> Self {
        Self::new(ProblemCode::NotFound, format!("there is no {what} {name}"))
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let problem = *self.0;
        let status =
            StatusCode::from_u16(problem.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let body = serde_json::to_vec(&problem).unwrap_or_default();
        let mut response = (status, body).into_response();
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(MEDIA_TYPE));
        match status {
            StatusCode::UNAUTHORIZED => {
                headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
            }
            StatusCode::SERVICE_UNAVAILABLE => {
                headers.insert(header::RETRY_AFTER, HeaderValue::from_static("1"));
            }
            StatusCode::TOO_MANY_REQUESTS => {
                headers.insert(header::RETRY_AFTER, HeaderValue::from_static("60"));
            }
            _ => {}
        }
        response
    }
}

impl From<StoreError> for Refusal {
    fn from(error: StoreError) -> Self {
        match &error {
            StoreError::Unavailable(_) => {
                tracing::warn!(cause = %error_chain(&error), "the database is away");
                Self::new(
                    ProblemCode::DatabaseUnavailable,
                    "the database does not answer",
                )
                .hint("try again in a moment")
            }
            StoreError::OutcomeUnknown => {
                tracing::warn!(cause = %error_chain(&error), "a commit's outcome is unknown");
                Self::new(
                    ProblemCode::OutcomeUnknown,
                    "the database went away while it committed",
                )
                .hint("repeat the call with the same Idempotency-Key")
            }
            StoreError::Slow(_) => {
                tracing::warn!(cause = %error_chain(&error), "the database took too long");
                Self::new(
                    ProblemCode::DatabaseUnavailable,
                    "the database took too long to answer",
                )
                .hint("ask for less at once, or try again in a moment")
            }
            StoreError::Stale | StoreError::Retry(_) => Self::new(
                ProblemCode::Conflict,
                "somebody else is changing the same thing",
            )
            .hint("try again in a moment"),
            StoreError::Taken { .. }
            | StoreError::Reference { .. }
            | StoreError::Unreadable(_)
            | StoreError::Database(_) => {
                tracing::error!(cause = %error_chain(&error), "the store failed");
                Self::new(ProblemCode::Internal, "the server could not do this")
                    .hint("its log has the cause, under this trace id")
            }
        }
    }
}

impl From<EngineError> for Refusal {
    fn from(error: EngineError) -> Self {
        match error {
            EngineError::Store(error) => error.into(),
            EngineError::Document | EngineError::Illegal(_) => {
                tracing::error!(cause = %error_chain(&error), "an execution cannot be moved");
                Self::new(
                    ProblemCode::Internal,
                    "the server could not move the execution",
                )
            }
        }
    }
}

impl<E> From<OnceError<E>> for Refusal
where
    Self: From<E>,
{
    fn from(error: OnceError<E>) -> Self {
        match error {
            OnceError::Kept(KeptError::Reused(reused)) => reused.into(),
            OnceError::Kept(KeptError::Key(trouble)) => trouble.into(),
            OnceError::Verb(error) => error.into(),
        }
    }
}

impl<E> From<NamedError<E>> for Refusal
where
    Self: From<E>,
{
    fn from(error: NamedError<E>) -> Self {
        match error {
            NamedError::Unknown(name) => super::workers::unknown(&name),
            NamedError::Store(error) => error.into(),
            NamedError::Verb(error) => error.into(),
        }
    }
}

impl From<Reused> for Refusal {
    fn from(_: Reused) -> Self {
        Self::new(
            ProblemCode::IdempotencyKeyReused,
            "this Idempotency-Key was used for another request",
        )
        .hint("use a new key for a new request")
    }
}

/// A document with faults.
pub(crate) fn invalid_workflow(faults: Vec<FaultView>) -> Refusal {
    let is_too_large = faults
        .iter()
        .any(|fault| fault.message.contains("; the limit is 65536"));
    let code = if is_too_large {
        ProblemCode::TooLarge
    } else {
        ProblemCode::InvalidWorkflow
    };
    let detail = match faults.as_slice() {
        [only] => only.message.clone(),
        many => format!("the document has {} faults", many.len()),
    };
    Refusal::new(code, detail).errors(faults)
}

impl From<ApplyError> for Refusal {
    fn from(error: ApplyError) -> Self {
        match error {
            ApplyError::Name(name) => {
                let shown: String = name.chars().take(80).collect();
                Self::new(
                    ProblemCode::InvalidWorkflow,
                    format!("{shown:?} cannot be a workflow's name"),
                )
                .hint("a name has 1 to 63 of a-z, 0-9 and -, does not begin with -, and is no id")
            }
            ApplyError::Unknown(id) => {
                Self::not_found("workflow", id).hint("pulsectl workflow ls shows what there is")
            }
            ApplyError::OtherName(name) => Self::new(
                ProblemCode::InvalidWorkflow,
                format!("the document says that its name is {name}"),
            ),
            ApplyError::Invalid(faults) => invalid_workflow(faults),
            ApplyError::Taken(name) => Self::new(
                ProblemCode::NameTaken,
                format!("there is a workflow {name} already"),
            )
            .hint("PUT changes an existing workflow"),
            ApplyError::StaleVersion(0) => Self::new(
                ProblemCode::StaleVersion,
                "there is no workflow of this name",
            )
            .hint("leave out If-Match to create it"),
            ApplyError::StaleVersion(newest) => Self::new(
                ProblemCode::StaleVersion,
                format!("the newest version is {newest}"),
            )
            .hint("look at what changed, then apply again"),
            ApplyError::Store(error) => error.into(),
        }
    }
}

impl From<RenameError> for Refusal {
    fn from(error: RenameError) -> Self {
        match error {
            RenameError::Unknown => Self::not_found("workflow", "of this name"),
            RenameError::Name(name) => ApplyError::Name(name).into(),
            RenameError::Taken(name) => Self::new(
                ProblemCode::NameTaken,
                format!("there is a workflow {name} already"),
            )
            .hint("choose another name, or delete or rename that one first"),
            RenameError::Run(name, callers) => Self::new(
                ProblemCode::Conflict,
                format!(
                    "{} run {name} by this name, or wait for its events",
                    callers.join(", ")
                ),
            )
            .hint("give them the new name with `pulsectl workflow apply`; until this is renamed, steps that run it fail"),
            RenameError::Invalid(faults) => invalid_workflow(faults),
            RenameError::Unwritable => Self::new(
                ProblemCode::InvalidWorkflow,
                "the document says its name in a way in which it cannot be replaced",
            )
            .hint("write `name:` with the plain name behind it, apply that, and rename it then"),
            RenameError::Store(error) => error.into(),
        }
    }
}
