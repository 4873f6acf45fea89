//! What goes wrong with schedules.

use pulse_api::{ProblemCode, problem::FaultView};

use super::{
    Refusal,
    executions::{invalid_inputs, not_granted},
};
use crate::domain::schedules::ScheduleError;

impl From<ScheduleError> for Refusal {
    fn from(error: ScheduleError) -> Self {
        match error {
            ScheduleError::Unknown(name) => {
                Self::not_found("schedule", name).hint("pulsectl schedule ls shows what there is")
            }
            ScheduleError::UnknownWorkflow(name) => {
                let shown: String = name.chars().take(80).collect();
                Self::not_found("workflow", shown).hint("pulsectl workflow ls shows what there is")
            }
            ScheduleError::Forbidden => not_granted(),
            ScheduleError::Replaced => Self::new(ProblemCode::Forbidden, error.to_string())
                .hint("use the secret that took its place"),
            ScheduleError::Name(name) => {
                let shown: String = name.chars().take(80).collect();
                Self::new(
                    ProblemCode::InvalidBody,
                    format!("{shown:?} cannot be a schedule's name"),
                )
                .hint("a name has 1 to 63 of a-z, 0-9 and -, and does not begin with -")
            }
            ScheduleError::Taken(name) => Self::new(
                ProblemCode::NameTaken,
                format!("there is a schedule {name} already"),
            )
            .hint("PUT /schedules/{name} and `pulsectl schedule apply` change one"),
            ScheduleError::OfDocument(name) => Self::new(
                ProblemCode::Conflict,
                format!("{name} is made by the document of its workflow"),
            )
            .hint("take it out of `triggers` and apply the document, or pause it"),
            ScheduleError::Cron(fault) => {
                let shown = FaultView {
                    path: "cron".to_owned(),
                    line: None,
                    column: None,
                    message: fault.message.clone(),
                    hint: fault.hint.clone(),
                    source_line: None,
                };
                let refusal = Self::new(ProblemCode::InvalidBody, fault.message);
                let refusal = refusal.errors(vec![shown]);
                match fault.hint {
                    Some(hint) => refusal.hint(hint),
                    None => refusal,
                }
            }
            ScheduleError::Inputs(faults) => invalid_inputs("inputs", faults),
            ScheduleError::Start(error) => error.into(),
            ScheduleError::Engine(error) => error.into(),
        }
    }
}
