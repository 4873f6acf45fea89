//! From what the server or the network says to a failure with an exit code and a hint.

use std::error::Error as _;

use pulse_api::{Problem, ProblemCode, problem::FaultView};
use reqwest::{Response, StatusCode};

use crate::error::{Failure, Kind};

/// Whether the request carried a token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Token {
    Sent,
    Missing,
}

/// Reads an answer that is not a success.
pub(super) async fn read(response: Response, token: Token) -> Failure {
    let status = response.status();
    let bytes = response.bytes().await.unwrap_or_default();
    match serde_json::from_slice::<Problem>(&bytes) {
        Ok(problem) => from_problem(problem, status, token),
        Err(_) => Failure::new(kind_of(status, None), format!("the server answered {status}"))
            .hint(hint_of(status, None, token).unwrap_or(
                "it does not look like an answer of pulse; check the address with `pulsectl context show --origin`",
            )),
    }
}

fn from_problem(problem: Problem, status: StatusCode, token: Token) -> Failure {
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
    failure.details = faults.iter().map(fault_line).collect();
    failure.trace_id = problem.trace_id;
    let own_hint = || hint_of(status, Some(problem.code), token).map(str::to_owned);
    failure.hint = problem.hint.or(failure.hint.take()).or_else(own_hint);
    failure
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
    if code == Some(ProblemCode::NoTargets) {
        return Kind::NoWorker;
    }
    match status.as_u16() {
        401 | 403 => Kind::Denied,
        404 => Kind::NotFound,
        409 | 412 => Kind::Conflict,
        400 | 405 | 413 | 415 | 416 | 422 => Kind::Usage,
        _ => Kind::General,
    }
}

fn hint_of(status: StatusCode, code: Option<ProblemCode>, token: Token) -> Option<&'static str> {
    match status.as_u16() {
        401 if token == Token::Sent => {
            Some("the token is not accepted, or has expired; `pulsectl login` stores a new one")
        }
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
    }
}

/// Tells that the server took a request and said nothing.
pub(super) fn silent(url: &str) -> Failure {
    Failure::new(Kind::Unreachable, format!("{url} did not answer in time"))
        .hint("`pulsectl doctor` looks for the reason")
}

/// Tells why the server could not be reached.
pub(super) fn unreachable(url: &str, error: &reqwest::Error) -> Failure {
    let (message, hint) = if is_certificate(error) {
        (
            format!("the certificate of {url} is not trusted"),
            "give its certificate authority with --ca-cert FILE or PULSE_CA_CERT",
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
pub(super) fn is_certificate(error: &reqwest::Error) -> bool {
    let mut next: Option<&(dyn std::error::Error + 'static)> = error.source();
    while let Some(cause) = next {
        if cause.to_string().contains("certificate") {
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
        from_problem(Problem::new(code, "because"), status, Token::Sent)
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

        let failure = from_problem(problem, StatusCode::UNPROCESSABLE_ENTITY, Token::Sent);

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

        let failure = from_problem(problem, StatusCode::UNPROCESSABLE_ENTITY, Token::Sent);

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

        let failure = from_problem(problem, StatusCode::FORBIDDEN, Token::Sent);

        assert_eq!(failure.hint.as_deref(), Some("ask the owner"));
    }
}
