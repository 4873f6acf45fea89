//! Errors on the wire: RFC 9457 problem documents with a stable code.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// The media type of a problem document.
pub const MEDIA_TYPE: &str = "application/problem+json";

macro_rules! codes {
    ($($(#[$doc:meta])* $variant:ident = $text:tt, $status:literal, $title:literal;)+) => {
        /// What went wrong, in a word that programs can rely on.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
        #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
        pub enum ProblemCode {
            $($(#[$doc])* #[serde(rename = $text)] $variant,)+
            /// A code of a newer server.
            #[serde(other, rename = "unknown")]
            Unknown,
        }

        impl ProblemCode {
            /// The word on the wire.
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$variant => $text,)+
                    Self::Unknown => "unknown",
                }
            }

            /// The HTTP status that goes with it.
            pub const fn status(self) -> u16 {
                match self {
                    $(Self::$variant => $status,)+
                    Self::Unknown => 500,
                }
            }

            /// A few words for people.
            pub const fn title(self) -> &'static str {
                match self {
                    $(Self::$variant => $title,)+
                    Self::Unknown => "Unknown problem",
                }
            }
        }
    };
}

codes! {
    MalformedRequest = "malformed_request", 400, "The request could not be read";
    AmbiguousCredentials = "ambiguous_credentials", 400, "More than one way of signing in was given";
    BadCursor = "bad_cursor", 400, "Not a place in this list";
    InvalidQuery = "invalid_query", 400, "A query parameter is not valid";
    Unauthenticated = "unauthenticated", 401, "Sign in first";
    CredentialRevoked = "credential_revoked", 401, "This worker was removed";
    CredentialUnknown = "credential_unknown", 401, "This credential was never given out";
    CredentialCloned = "credential_cloned", 401, "This credential is used by two hosts";
    SignatureRefused = "signature_refused", 401, "Not signed as it must be";
    TokenRefused = "token_refused", 401, "The enrolment token is not valid";
    Forbidden = "forbidden", 403, "Not allowed";
    NotFound = "not_found", 404, "Not found";
    UnknownRoute = "unknown_route", 404, "No such endpoint";
    WorkerDeleted = "worker_deleted", 404, "This worker was cleaned up";
    MethodNotAllowed = "method_not_allowed", 405, "Wrong method";
    RequestTimeout = "request_timeout", 408, "The request took too long to arrive";
    Conflict = "conflict", 409, "Conflict";
    NameTaken = "name_taken", 409, "The name is taken";
    StaleVersion = "stale_version", 409, "Somebody changed it first";
    AlreadyAnswered = "already_answered", 409, "The prompt has been answered";
    PromptClosed = "prompt_closed", 409, "The prompt is closed";
    AlreadyFinished = "already_finished", 409, "It has already ended";
    StillRunning = "still_running", 409, "Steps are still running";
    WorkflowPaused = "workflow_paused", 409, "The workflow is paused";
    SensorPaused = "sensor_paused", 409, "The sensor is paused";
    WindowDenied = "window_denied", 409, "Not at this time";
    GroupFull = "group_full", 409, "No place is free";
    WorkerAway = "worker_away", 409, "The worker does not answer";
    AgentCannot = "agent_cannot", 409, "The agent is too old for this";
    ReportStale = "report_stale", 409, "The report is of a superseded job";
    ReportConflict = "report_conflict", 409, "The report contradicts an earlier one";
    OutputRemoved = "output_removed", 410, "The output was removed";
    TooLarge = "too_large", 413, "Too large";
    UnsupportedMediaType = "unsupported_media_type", 415, "Wrong content type";
    RangeNotSatisfiable = "range_not_satisfiable", 416, "Outside the output";
    InvalidBody = "invalid_body", 422, "The body is not valid";
    DeliveryRefused = "delivery_refused", 422, "The delivery cannot be read as its webhook says";
    InvalidWorkflow = "invalid_workflow", 422, "The workflow is not valid";
    InvalidInput = "invalid_input", 422, "An input is not valid";
    NotAnOption = "not_an_option", 422, "Not one of the options";
    NoTargets = "no_targets", 422, "Nothing matched the targets";
    TooManyTargets = "too_many_targets", 422, "More targets than a step may have";
    SecretRefused = "secret_refused", 422, "A secret cannot be used";
    UnknownRegion = "unknown_region", 422, "No such region";
    IdempotencyKeyReused = "idempotency_key_reused", 422, "The key was used for another request";
    ProtocolTooOld = "protocol_too_old", 426, "The agent is too old for this server";
    TooManyRequests = "too_many_requests", 429, "Too many requests";
    HeadersTooLarge = "headers_too_large", 431, "The headers are too large";
    Internal = "internal", 500, "Something went wrong here";
    DatabaseUnavailable = "database_unavailable", 503, "The database is away";
    BackupUnavailable = "backup_unavailable", 503, "No backup can be made here";
    SecretsUnavailable = "secrets_unavailable", 503, "Secrets cannot be used here";
    OutcomeUnknown = "outcome_unknown", 503, "The outcome is not known yet";
    Busy = "busy", 503, "Too much at once";
    ShuttingDown = "shutting_down", 503, "The server is stopping";
}

/// One fault of a body or a document, with its place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FaultView {
    /// Where in the document, such as `steps[1].command`.
    pub path: String,
    /// The line, counted from 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub line: Option<u32>,
    /// The column, counted from 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub column: Option<u32>,
    /// What is wrong.
    pub message: String,
    /// What would be right.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hint: Option<String>,
    /// The offending line itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source_line: Option<String>,
}

/// The answer that came first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FirstAnswer {
    pub answered_by: String,
    pub response: String,
    pub answered_at: Option<Timestamp>,
}

/// A problem document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Problem {
    /// Names the kind of problem; the same for every problem with this code.
    #[serde(rename = "type")]
    pub kind: String,
    pub title: String,
    pub status: u16,
    /// One sentence about this very case.
    pub detail: String,
    pub code: ProblemCode,
    /// What to do next.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hint: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<FaultView>,
    /// Who was faster, with the code `already_answered`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answered_by: Option<String>,
    /// With what, with the same code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub response: Option<String>,
    /// And when.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub answered_at: Option<Timestamp>,
    /// Finds this request in the server's log.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub trace_id: String,
}

impl Problem {
    /// A problem of this kind, with a sentence about the case.
    pub fn new(code: ProblemCode, detail: impl Into<String>) -> Self {
        Self {
            kind: format!("urn:pulse:problem:{}", code.as_str()),
            title: code.title().to_owned(),
            status: code.status(),
            detail: detail.into(),
            code,
            hint: None,
            errors: Vec::new(),
            answered_by: None,
            response: None,
            answered_at: None,
            trace_id: String::new(),
        }
    }

    /// Adds what to do next.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// Adds whose answer came first.
    #[must_use]
    pub fn first(mut self, answer: FirstAnswer) -> Self {
        self.answered_by = Some(answer.answered_by);
        self.response = Some(answer.response);
        self.answered_at = answer.answered_at;
        self
    }

    /// Adds the faults, each with its place.
    #[must_use]
    pub fn errors(mut self, errors: Vec<FaultView>) -> Self {
        self.errors = errors;
        self
    }
}
