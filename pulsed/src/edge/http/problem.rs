//! Every error of every verb as a problem document: the only place that maps them.

use axum::{
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use pulse_api::{
    Problem, ProblemCode,
    blocks::InputFault,
    problem::{FaultView, MEDIA_TYPE},
};

use crate::domain::{
    EngineError, StoreError,
    access::AccessError,
    enroll_tokens::{IssueError, RevokeError},
    executions::{
        cancel::CancelError,
        carry::CarryError,
        retry::RetryError,
        start::StartError,
        undo::{UndoError, Undone},
    },
    jobs::report::error_chain,
    once::{OnceError, Reused},
    prompts::RespondError,
    regions::RegionError,
    tokens::CreateError,
    users,
    workers::{
        administer::{ChangeError, RemoveError},
        credentials::RotateError,
        enroll::EnrollError,
        named::NamedError,
    },
    workflows::ApplyError,
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

    pub(crate) fn errors(self, errors: Vec<FaultView>) -> Self {
        Self(Box::new(self.0.errors(errors)))
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
            OnceError::Reused(reused) => reused.into(),
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

impl From<AccessError> for Refusal {
    fn from(error: AccessError) -> Self {
        match error {
            AccessError::Unknown => {
                Self::new(ProblemCode::Unauthenticated, "the token is not valid")
                    .hint("pulsectl login")
            }
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

impl From<RotateError> for Refusal {
    fn from(error: RotateError) -> Self {
        match error {
            RotateError::NoneInForce => Self::new(
                ProblemCode::Conflict,
                "no credential of this worker is in force",
            ),
            RotateError::Random => Self::new(ProblemCode::Internal, "no randomness to be had"),
            RotateError::Store(error) => error.into(),
        }
    }
}

impl From<RemoveError> for Refusal {
    fn from(error: RemoveError) -> Self {
        match error {
            RemoveError::Busy(_) => Self::new(ProblemCode::StillRunning, error.to_string())
                .hint("`pulsectl worker drain --wait` it first, or remove it with --force"),
            RemoveError::Engine(error) => error.into(),
            RemoveError::Store(error) => error.into(),
        }
    }
}

impl From<StartError> for Refusal {
    fn from(error: StartError) -> Self {
        match error {
            StartError::UnknownWorkflow(name) => {
                Self::not_found("workflow", name).hint("pulsectl workflow ls shows what there is")
            }
            StartError::Forbidden => not_granted(),
            StartError::CommandsForbidden => Self::new(
                ProblemCode::Forbidden,
                "commands that no workflow holds are run by admins",
            )
            .hint("an admin stores them with `pulsectl workflow apply`; then you run the workflow by its name"),
            StartError::UnnamedPermissions => {
                Self::new(ProblemCode::InvalidWorkflow, error.to_string())
                    .hint("pulsectl workflow apply, then run it by its name")
            }
            StartError::Invalid(faults) => invalid_workflow(faults),
            StartError::Inputs(faults) => {
                let faults: Vec<FaultView> = faults
                    .into_iter()
                    .map(|fault| FaultView {
                        path: format!("inputs.{}", fault.name),
                        line: None,
                        column: None,
                        message: fault.message,
                        hint: fault.hint,
                        source_line: None,
                    })
                    .collect();
                let detail = faults
                    .iter()
                    .map(|f| f.message.as_str())
                    .collect::<Vec<_>>()
                    .join("; ");
                Self::new(ProblemCode::InvalidInput, detail).errors(faults)
            }
            StartError::Targets => Self::new(
                ProblemCode::InvalidBody,
                "targets is neither a list of names and groups nor a selector",
            ),
            StartError::TargetsUnused => Self::new(
                ProblemCode::InvalidBody,
                "every step of the document names its own targets, so those of the run would change nothing",
            )
            .hint("leave them out, or take `targets` away from the steps they are meant for"),
            StartError::NoTargets { step, detail } => {
                Self::new(ProblemCode::NoTargets, format!("step \"{step}\": {detail}"))
                    .hint("pulsectl worker ls shows what there is")
            }
            StartError::TooManyTargets { step, detail } => Self::new(
                ProblemCode::TooManyTargets,
                format!("step \"{step}\": {detail}"),
            )
            .hint("choose fewer with a selector, or start several executions"),
            StartError::BlockInputs { step, faults } => block_inputs(&step, &faults),
            StartError::Reused(reused) => reused.into(),
            StartError::Engine(error) => error.into(),
        }
    }
}

/// Values that a function block would not take.
fn block_inputs(step: &str, faults: &[InputFault]) -> Refusal {
    let said: Vec<String> = faults.iter().map(ToString::to_string).collect();
    let detail = format!("step \"{step}\": {}", said.join("; "));
    let faults = faults.iter().map(|fault| FaultView {
        path: format!("with.{}", fault.input),
        line: None,
        column: None,
        message: fault.message.clone(),
        hint: None,
        source_line: None,
    });
    Refusal::new(ProblemCode::InvalidInput, detail).errors(faults.collect())
}

/// A workflow that somebody sees, and may not run.
fn not_granted() -> Refusal {
    Refusal::new(
        ProblemCode::Forbidden,
        "this workflow is run by others: its permissions do not name your groups",
    )
    .hint("pulsectl whoami shows your groups, pulsectl workflow get the permissions")
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

impl From<CancelError> for Refusal {
    fn from(error: CancelError) -> Self {
        match error {
            CancelError::Unknown => Self::new(ProblemCode::NotFound, "there is no such execution"),
            CancelError::Forbidden => not_granted(),
            CancelError::Finished(status) => Self::new(
                ProblemCode::AlreadyFinished,
                format!("the execution has ended: {status}"),
            ),
            CancelError::Engine(error) => error.into(),
        }
    }
}

impl From<RetryError> for Refusal {
    fn from(error: RetryError) -> Self {
        match error {
            RetryError::Unknown => Self::new(ProblemCode::NotFound, "there is no such execution"),
            RetryError::StillRunning => {
                Self::new(ProblemCode::StillRunning, "the execution has not ended yet")
                    .hint("cancel it first, or wait for its end")
            }
            RetryError::NothingFailed => Self::new(
                ProblemCode::Conflict,
                "every job of the execution succeeded",
            ),
            RetryError::Undoes(number) => Self::new(
                ProblemCode::Conflict,
                format!("the execution brings #{number} back; run again, it would roll it out"),
            )
            .hint(format!(
                "undo it once more: pulsectl fleet rollout undo {number}"
            )),
            RetryError::Carry(CarryError::Store(error)) => error.into(),
            RetryError::Carry(error @ CarryError::UnknownStep(_)) => {
                Self::new(ProblemCode::InvalidBody, error.to_string())
                    .hint("GET /executions/{id} lists its steps; those in groups, in on_failure and in finally are no place to begin")
            }
            RetryError::Carry(error) => Self::new(ProblemCode::Conflict, error.to_string())
                .hint("begin there, or retry the whole execution"),
            RetryError::Start(error) => error.into(),
        }
    }
}

impl From<UndoError> for Refusal {
    fn from(error: UndoError) -> Self {
        match error {
            UndoError::Unknown => Self::new(ProblemCode::NotFound, "there is no such execution"),
            UndoError::StillRunning => {
                Self::new(ProblemCode::StillRunning, "the execution has not ended yet")
                    .hint("cancel it first, or wait for its end")
            }
            UndoError::NothingToUndo => Self::new(
                ProblemCode::Conflict,
                "the execution has rolled nothing out that could be brought back",
            )
            .hint("only steps with a `rollout` can be undone, and an undo itself cannot"),
            UndoError::Undone(Undone::Wholly) => Self::new(
                ProblemCode::Conflict,
                "what the execution rolled out was brought back already",
            ),
            UndoError::Undone(Undone::By(number)) => Self::new(
                ProblemCode::Conflict,
                format!("#{number} is bringing it back already"),
            )
            .hint(format!("follow it: pulsectl execution watch {number}")),
            UndoError::Start(error) => error.into(),
        }
    }
}

impl From<RespondError> for Refusal {
    fn from(error: RespondError) -> Self {
        match error {
            RespondError::Unknown => Self::new(ProblemCode::NotFound, "there is no such prompt"),
            RespondError::NothingOpen => Self::new(
                ProblemCode::PromptClosed,
                "the execution waits for no answer",
            ),
            RespondError::Ambiguous(numbers) => {
                let list = numbers
                    .iter()
                    .map(ToString::to_string)
                    .collect::<Vec<_>>()
                    .join(", ");
                Self::new(ProblemCode::Conflict, format!("prompts {list} are open"))
                    .hint("name one of them in `prompt`")
            }
            RespondError::AlreadyAnswered {
                number,
                response,
                by,
            } => Self::new(
                ProblemCode::AlreadyAnswered,
                format!("{by} answered prompt {number} first: {response}"),
            ),
            RespondError::Closed(number, status) => Self::new(
                ProblemCode::PromptClosed,
                format!("prompt {number} is {status}"),
            ),
            RespondError::NotAnOption(options) => Self::new(
                ProblemCode::NotAnOption,
                format!("the answer must be one of {}", options.join(", ")),
            ),
            RespondError::Engine(error) => error.into(),
        }
    }
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
                .hint("a name has 1 to 63 of a-z, 0-9 and -, and does not begin with -")
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
            ApplyError::StaleVersion(newest) => Self::new(
                ProblemCode::StaleVersion,
                format!("the newest version is {newest}"),
            )
            .hint("look at what changed, then apply again"),
            ApplyError::Store(error) => error.into(),
        }
    }
}

impl From<CreateError> for Refusal {
    fn from(error: CreateError) -> Self {
        match error {
            CreateError::Name
            | CreateError::Ttl
            | CreateError::Group
            | CreateError::Workflow(_)
            | CreateError::AdminOfSome => Self::new(ProblemCode::InvalidBody, error.to_string()),
            CreateError::Gone => Self::new(ProblemCode::Conflict, error.to_string()),
            CreateError::Random => Self::new(ProblemCode::Internal, "no randomness to be had"),
            CreateError::Store(error) => error.into(),
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
            IssueError::Ttl | IssueError::Uses | IssueError::OneName | IssueError::Name(_) => {
                Self::new(ProblemCode::InvalidBody, error.to_string())
            }
            IssueError::Gone => Self::new(ProblemCode::Conflict, error.to_string()),
            IssueError::Random => Self::new(ProblemCode::Internal, "no randomness to be had"),
            IssueError::Store(error) => error.into(),
        }
    }
}

impl From<RegionError> for Refusal {
    fn from(error: RegionError) -> Self {
        let detail = error.to_string();
        match error {
            RegionError::Code | RegionError::Name | RegionError::Place => {
                Self::new(ProblemCode::InvalidBody, detail)
            }
            RegionError::Taken(_) => Self::new(ProblemCode::NameTaken, detail),
            RegionError::Unknown(_) => Self::new(ProblemCode::NotFound, detail),
            RegionError::InUse(_) => {
                Self::new(ProblemCode::Conflict, detail).hint("move or remove its workers first")
            }
            RegionError::Store(error) => error.into(),
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

impl From<EnrollError> for Refusal {
    fn from(error: EnrollError) -> Self {
        match error {
            // The same words whatever is wrong with it: a guess learns nothing.
            EnrollError::Token | EnrollError::Spent => Self::new(
                ProblemCode::TokenRefused,
                "the enrolment token is not valid",
            )
            .hint("pulsectl worker token create"),
            EnrollError::Name(_) | EnrollError::Invalid(_) => {
                Self::new(ProblemCode::InvalidBody, error.to_string())
            }
            EnrollError::NameTaken(_) => Self::new(ProblemCode::NameTaken, error.to_string())
                .hint("choose another name, or remove the old worker first"),
            EnrollError::OtherName(_) | EnrollError::OtherRegion(_) | EnrollError::Beyond(_) => {
                Self::new(ProblemCode::Forbidden, error.to_string()).hint(
                    "leave it out, or issue a token that gives it: pulsectl worker token create",
                )
            }
            EnrollError::Removed => Self::new(ProblemCode::CredentialRevoked, error.to_string()),
            EnrollError::Random => Self::new(ProblemCode::Internal, "no randomness to be had"),
            EnrollError::Store(error) => error.into(),
        }
    }
}

impl From<ChangeError> for Refusal {
    fn from(error: ChangeError) -> Self {
        match error {
            ChangeError::Unknown => Self::new(ProblemCode::NotFound, "there is no such worker"),
            ChangeError::Name(_) => Self::new(ProblemCode::InvalidBody, error.to_string()),
            ChangeError::NameTaken(_) => Self::new(ProblemCode::NameTaken, error.to_string()),
            ChangeError::UnknownRegion(_) => {
                Self::new(ProblemCode::UnknownRegion, error.to_string())
            }
            ChangeError::Store(error) => error.into(),
        }
    }
}
