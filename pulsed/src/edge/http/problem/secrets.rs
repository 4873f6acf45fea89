//! What goes wrong with secrets.

use pulse_api::ProblemCode;

use super::Refusal;
use crate::domain::secrets::{PutError, delivery::SecretFault, keys::KeyTrouble};

impl From<KeyTrouble> for Refusal {
    fn from(error: KeyTrouble) -> Self {
        if let KeyTrouble::Store(error) = error {
            return error.into();
        }
        tracing::warn!(%error, "secrets cannot be used");
        let refusal = Self::new(ProblemCode::SecretsUnavailable, error.to_string());
        match error.hint() {
            Some(hint) => refusal.hint(hint),
            None => refusal,
        }
    }
}

impl From<PutError> for Refusal {
    fn from(error: PutError) -> Self {
        match error {
            PutError::Name(_) | PutError::Value(_) | PutError::TooMany => {
                Self::new(ProblemCode::InvalidBody, error.to_string())
            }
            PutError::NoWorkflow(_) => Self::new(ProblemCode::InvalidBody, error.to_string())
                .hint("store it first: a secret is for workflows that are there"),
            PutError::NoRegion(_) => Self::new(ProblemCode::UnknownRegion, error.to_string())
                .hint("pulsectl region ls shows what there is"),
            PutError::Unknown(name) => {
                Self::not_found("secret", &name).hint(format!("pulsectl secret set {name}"))
            }
            PutError::Key(error) => error.into(),
            PutError::Store(error) => error.into(),
        }
    }
}

impl From<SecretFault> for Refusal {
    fn from(fault: SecretFault) -> Self {
        let refused = |detail: String| Self::new(ProblemCode::SecretRefused, detail);
        let detail = fault.to_string();
        match fault {
            SecretFault::Unknown(name) => {
                refused(detail).hint(format!("pulsectl secret set {name}"))
            }
            SecretFault::OtherWorkflow(name) => refused(detail).hint(format!(
                "`pulsectl secret set {name} --workflow …` says which may"
            )),
            SecretFault::OtherRegion(name) => refused(detail).hint(format!(
                "`pulsectl secret set {name} --region …` says which"
            )),
            SecretFault::Unnamed => Self::new(ProblemCode::Forbidden, detail).hint(
                "an admin stores it with `pulsectl workflow apply`; then you run it by its name",
            ),
            SecretFault::TooMuch | SecretFault::Region { .. } => refused(detail),
            SecretFault::Key(trouble) => trouble.into(),
        }
    }
}
