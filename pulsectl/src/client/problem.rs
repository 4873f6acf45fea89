//! From what the server or the network says to a failure with an exit code and a hint.

use std::error::Error as _;

use pulse_api::{Problem, ProblemCode, problem::FaultView};
use reqwest::{Response, StatusCode};

use crate::{
    config::LOGIN,
    error::{Failure, Kind},
};

/// Reads an answer that is not a success; `origin` is where the token comes from, if one was sent.
pub(super) async fn read(response: Response, origin: Option<&str>) -> Failure {
    let status = response.status();
    let from = response.url().origin().ascii_serialization();
    let bytes = response.bytes().await.unwrap_or_default();
    match serde_json::from_slice::<Problem>(&bytes) {
        Ok(problem) => from_problem(problem, status, origin),
        Err(_) if status.is_client_error() => not_pulse(&from, &format!("it answered {status}")),
        Err(_) => Failure::general(format!("the server answered {status}"))
            .hint(hint_of(status, None, origin).unwrap_or_else(|| NOT_PULSE.to_owned())),
    }
}

const NOT_PULSE: &str = "it does not look like an answer of pulse; check the address with `pulsectl context show --origin`";

/// Tells that whoever answers there is something else.
pub(super) fn not_pulse(from: &str, why: &str) -> Failure {
    Failure::general(format!("{from} is not a pulse server: {why}"))
        .hint("check the address with `pulsectl context show --origin`")
}

fn from_problem(problem: Problem, status: StatusCode, origin: Option<&str>) -> Failure {
    let kind = kind_of(status, Some(problem.code));
    let message = if problem.detail.is_empty() {
        problem.title
    } else {
        problem.detail
    };
    let mut failure = Failure::new(kind, message);
    let mut faults = problem.errors;
    // The only fault is often the sentence itself; then just its hint is news.
    let said = faults
        .first()
        .filter(|fault| fault.message == failure.message)
        .cloned();
    if let Some(said) = said.filter(|_| faults.len() == 1) {
        // In a document, also where.
        faults.retain(|fault| fault.line.is_some());
        for fault in &mut faults {
            fault.hint = None;
        }
        failure.hint = said.hint;
    }
    // Several are told line by line, or in one breath, but not both.
    let all: Vec<&str> = faults.iter().map(|fault| fault.message.as_str()).collect();
    if all.len() > 1 && failure.message == all.join("; ") {
        failure.message = format!("{} faults in what was given", all.len());
    }
    // Also where it is said in words.
    faults.retain(|fault| !(all_told(fault, &failure.message)));
    failure.details = faults.iter().map(fault_line).collect();
    failure.trace_id = problem.trace_id;
    let own_hint = hint_of(status, Some(problem.code), origin);
    let told = problem.hint.or(failure.hint.take());
    // Only here is known where the token comes from.
    failure.hint =
        if status == StatusCode::UNAUTHORIZED && problem.code != ProblemCode::SignatureRefused {
            own_hint
        } else {
            told.or(own_hint)
        };
    failure
}

/// Whether a message says a fault with its place.
fn all_told(fault: &FaultView, message: &str) -> bool {
    let (Some(line), Some(column)) = (fault.line, fault.column) else {
        return false;
    };
    fault.message == message && message.ends_with(&format!("line {line} column {column}"))
}

fn fault_line(fault: &FaultView) -> String {
    let place = match (fault.line, fault.column) {
        (Some(line), Some(column)) => format!("{line}:{column}: "),
        (Some(line), None) => format!("{line}: "),
        (None, _) if fault.path.is_empty() => String::new(),
        (None, _) => format!("{}: ", fault.path),
    };
    let hint = fault
        .hint
        .as_ref()
        .map(|hint| format!(" ({hint})"))
        .unwrap_or_default();
    format!("{place}{}{hint}", fault.message)
}

fn kind_of(status: StatusCode, code: Option<ProblemCode>) -> Kind {
    match code {
        Some(ProblemCode::NoTargets | ProblemCode::WorkerAway) => return Kind::NoWorker,
        Some(ProblemCode::UnknownRegion) => return Kind::NotFound,
        Some(ProblemCode::IdempotencyKeyReused) => return Kind::Conflict,
        // Whoever it is that answers, it says nothing of what pulse has; and an old agent is no conflict.
        None | Some(ProblemCode::AgentCannot) => return Kind::General,
        Some(_) => {}
    }
    match status.as_u16() {
        401 | 403 => Kind::Denied,
        404 => Kind::NotFound,
        409 | 412 => Kind::Conflict,
        400 | 405 | 413 | 415 | 416 | 422 => Kind::Usage,
        _ => Kind::General,
    }
}

/// What to do about a token that is not accepted, which depends on where it comes from.
fn other_token(origin: &str) -> String {
    match origin {
        LOGIN => {
            "is it whole, is it of this server, and has it not expired? whoever is logged in makes \
                  another with `pulsectl token create`"
                .to_owned()
        }
        "PULSE_TOKEN" | "PULSE_TOKEN_FILE" => format!(
            "{origin} is not accepted, or has expired; it comes before what `pulsectl login` stores: set it \
             anew, or unset it"
        ),
        "--token-file" => "the token of --token-file is not accepted, or has expired".to_owned(),
        _ => "the token is not accepted, or has expired; `pulsectl login` stores a new one"
            .to_owned(),
    }
}

fn hint_of(status: StatusCode, code: Option<ProblemCode>, origin: Option<&str>) -> Option<String> {
    if let (401, Some(origin)) = (status.as_u16(), origin) {
        return Some(other_token(origin));
    }
    let hint = match status.as_u16() {
        401 => Some(
            "`pulsectl login URL` stores a token; PULSE_TOKEN works too, but not with --context",
        ),
        403 => Some("`pulsectl whoami` shows your role"),
        429 => Some("wait a little, or give --timeout to have pulsectl try on"),
        503 => Some("the server cannot answer now; --timeout 1m has pulsectl try on"),
        300..=399 => Some("the server moved; give the address that it redirects to"),
        _ if code == Some(ProblemCode::NoTargets) => {
            Some("`pulsectl worker ls` shows the workers with their labels")
        }
        _ => None,
    };
    hint.map(str::to_owned)
}

/// Tells that the server took a request and said nothing.
pub(super) fn silent(url: &str) -> Failure {
    Failure::new(Kind::Unreachable, format!("{url} did not answer in time"))
        .hint("`pulsectl doctor` looks for the reason")
}

/// Tells why the server could not be reached.
pub(super) fn unreachable(url: &str, error: &reqwest::Error) -> Failure {
    if url.starts_with("https:") && is_plain(error) {
        let host = url.trim_start_matches("https://");
        return Failure::new(Kind::Unreachable, format!("{host} speaks no TLS here"))
            .hint(format!("use http://{host}"));
    }
    let (message, hint) = if is_certificate(error) {
        (
            format!("the certificate of {url} is not trusted"),
            remedy(error),
        )
    } else if error.is_dns() {
        (
            format!("the host of {url} is not known"),
            "check the address: `pulsectl context show --origin`",
        )
    } else if error.is_timeout() {
        (
            format!("{url} did not answer in time"),
            "`pulsectl doctor` looks for the reason",
        )
    } else {
        (
            format!("could not reach {url}"),
            "is the server running there? `pulsectl doctor` looks for the reason",
        )
    };
    let mut failure = Failure::new(Kind::Unreachable, message).hint(hint);
    // The outermost errors only repeat the address and that something failed.
    if let Some(source) = error.source() {
        failure = failure.because(source);
        failure
            .causes
            .retain(|cause| !cause.starts_with("client error"));
    }
    // The innermost says what happened, those around it only where.
    if error.is_connect() && !is_certificate(error) {
        let causes = std::mem::take(&mut failure.causes);
        if let Some(last) = causes.last() {
            failure.message = format!("{}: {}", failure.message, last.to_lowercase());
        }
    }
    if failure
        .causes
        .iter()
        .any(|cause| cause.contains("CaUsedAsEndEntity"))
    {
        failure = failure.hint("the server shows the certificate of an authority as its own; issue it one with CA:FALSE");
    }
    failure
}

/// Whether the other side's certificate is what is wrong.
fn is_certificate(error: &reqwest::Error) -> bool {
    has_cause(error, "certificate")
}

/// What makes a certificate trusted, going by what is wrong with it.
fn remedy(error: &reqwest::Error) -> &'static str {
    if has_cause(error, "expired") {
        "it has to be renewed on the server; is this machine's clock right?"
    } else if has_cause(error, "not valid for name") {
        "use the name that the certificate is for, or have it made for this one too"
    } else {
        "give its certificate authority with --ca-cert FILE or PULSE_CA_CERT"
    }
}

/// Whether the other side answered a greeting of TLS with something else.
fn is_plain(error: &reqwest::Error) -> bool {
    has_cause(error, "InvalidContentType")
}

/// Whether another try cannot help.
pub(super) fn is_final(error: &reqwest::Error) -> bool {
    error.is_builder() || is_certificate(error) || is_plain(error)
}

fn has_cause(error: &reqwest::Error, part: &str) -> bool {
    let mut next: Option<&(dyn std::error::Error + 'static)> = error.source();
    while let Some(cause) = next {
        if cause.to_string().contains(part) {
            return true;
        }
        next = cause.source();
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    fn failure(code: ProblemCode) -> Failure {
        let status = StatusCode::from_u16(code.status()).unwrap();
        from_problem(
            Problem::new(code, "because"),
            status,
            Some("credentials of context dev"),
        )
    }

    #[test]
    fn a_problem_decides_the_exit_code() {
        for (code, exit) in [
            (ProblemCode::Unauthenticated, 4),
            (ProblemCode::Forbidden, 4),
            (ProblemCode::NotFound, 7),
            (ProblemCode::AlreadyAnswered, 9),
            (ProblemCode::StaleVersion, 9),
            (ProblemCode::NameTaken, 9),
            (ProblemCode::InvalidWorkflow, 2),
            (ProblemCode::NotAnOption, 2),
            (ProblemCode::NoTargets, 11),
            (ProblemCode::UnknownRegion, 7),
            (ProblemCode::IdempotencyKeyReused, 9),
            (ProblemCode::Internal, 1),
            (ProblemCode::DatabaseUnavailable, 1),
        ] {
            assert_eq!(failure(code).kind.code(), exit, "{}", code.as_str());
        }
    }

    #[test]
    fn a_fault_is_not_told_twice() {
        let fault = FaultView {
            path: "inputs.verson".into(),
            line: None,
            column: None,
            message: "unknown input `verson`".into(),
            hint: Some("did you mean `version`?".into()),
            source_line: None,
        };
        let problem =
            Problem::new(ProblemCode::InvalidInput, "unknown input `verson`").errors(vec![fault]);

        let failure = from_problem(
            problem,
            StatusCode::UNPROCESSABLE_ENTITY,
            Some("credentials of context dev"),
        );

        assert!(failure.details.is_empty());
        assert_eq!(failure.hint.as_deref(), Some("did you mean `version`?"));
    }

    #[test]
    fn several_faults_are_told_once_each() {
        let fault = |name: &str| FaultView {
            path: format!("inputs.{name}"),
            line: None,
            column: None,
            message: format!("input `{name}` is required"),
            hint: None,
            source_line: None,
        };
        let said = "input `a` is required; input `b` is required";
        let problem =
            Problem::new(ProblemCode::InvalidInput, said).errors(vec![fault("a"), fault("b")]);

        let failure = from_problem(
            problem,
            StatusCode::UNPROCESSABLE_ENTITY,
            Some("credentials of context dev"),
        );

        assert_eq!(failure.message, "2 faults in what was given");
        assert_eq!(
            failure.details,
            [
                "inputs.a: input `a` is required",
                "inputs.b: input `b` is required"
            ]
        );
    }

    #[test]
    fn the_servers_hint_wins() {
        let problem = Problem::new(ProblemCode::Forbidden, "no").hint("ask the owner");

        let failure = from_problem(
            problem,
            StatusCode::FORBIDDEN,
            Some("credentials of context dev"),
        );

        assert_eq!(failure.hint.as_deref(), Some("ask the owner"));
    }
}
