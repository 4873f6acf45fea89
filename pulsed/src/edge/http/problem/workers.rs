//! What goes wrong with workers, and with the regions that they are in.

use pulse_api::ProblemCode;

use super::Refusal;
use crate::domain::{
    regions::RegionError,
    workers::{
        administer::{ChangeError, RemoveError},
        credentials::RotateError,
        enroll::EnrollError,
        logs::LogError,
    },
};

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

impl From<LogError> for Refusal {
    fn from(error: LogError) -> Self {
        let detail = error.to_string();
        let on_the_host = "on the host, `journalctl -u pulse-agent -u pulse-executor`";
        match error {
            LogError::Away(_) | LogError::Silent(_) => {
                Self::new(ProblemCode::WorkerAway, detail).hint(on_the_host)
            }
            LogError::Unable(_) => Self::new(ProblemCode::AgentCannot, detail).hint(format!(
                "`pulsectl fleet upgrade` brings agents up to date; until then {on_the_host}"
            )),
            LogError::Crowded(_) => {
                Self::new(ProblemCode::TooManyRequests, detail).hint("wait until somebody has left")
            }
            LogError::Store(error) => error.into(),
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
            RegionError::Watched(..) => Self::new(ProblemCode::Conflict, detail).hint(
                "write another region into the monitor first: `pulsectl monitor apply -f FILE`",
            ),
            RegionError::Store(error) => error.into(),
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
            ChangeError::Name(_) | ChangeError::Label(_) | ChangeError::LabelValue(_) => {
                Self::new(ProblemCode::InvalidBody, error.to_string())
            }
            ChangeError::NameTaken(_) => Self::new(ProblemCode::NameTaken, error.to_string()),
            ChangeError::UnknownRegion(_) => {
                Self::new(ProblemCode::UnknownRegion, error.to_string())
            }
            ChangeError::Store(error) => error.into(),
        }
    }
}
