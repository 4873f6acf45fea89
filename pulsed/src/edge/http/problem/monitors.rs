//! What goes wrong with monitors and maintenances.

use pulse_api::ProblemCode;

use super::Refusal;
use crate::domain::{maintenances::MaintenanceError, monitors::MonitorError};

impl From<MonitorError> for Refusal {
    fn from(error: MonitorError) -> Self {
        let told = error.to_string();
        match error {
            MonitorError::Unknown(name) => {
                Self::not_found("monitor", name).hint("pulsectl monitor ls shows what there is")
            }
            MonitorError::Name(name) => Self::new(
                ProblemCode::InvalidBody,
                format!("{name:?} cannot be a monitor's name"),
            )
            .hint("a name has 1 to 63 of a-z, 0-9 and -, and does not begin with -"),
            MonitorError::Taken(_) => Self::new(ProblemCode::NameTaken, told)
                .hint("`pulsectl monitor show` shows it; PUT /monitors/{name} and `pulsectl monitor apply -f` change it"),
            MonitorError::Invalid(faults) => {
                let detail = match faults.as_slice() {
                    [only] => format!("{}: {}", only.path, only.message),
                    many => format!("the monitor has {} faults", many.len()),
                };
                let is_region = |path: &str| path.starts_with("region");
                let asks_for_regions = faults.iter().any(|fault| is_region(&fault.path));
                let refusal = Self::new(ProblemCode::InvalidBody, detail).errors(faults);
                if asks_for_regions {
                    refusal.hint("`pulsectl region ls` shows in which regions workers are online")
                } else {
                    refusal
                }
            }
            MonitorError::Paused(_) => Self::new(ProblemCode::Conflict, told)
                .hint("POST /monitors/{name}/resume has it looked at again"),
            MonitorError::IsHeartbeat(_) => Self::new(ProblemCode::Conflict, told)
                .hint("nobody looks at it: it calls POST /monitors/{name}/beat"),
            MonitorError::IsNoHeartbeat(_) => Self::new(ProblemCode::Conflict, told).hint(
                "workers look at it: only a monitor with `probe: {heartbeat: {}}` takes beats",
            ),
            MonitorError::Forgotten => Self::new(ProblemCode::Conflict, told)
                .hint("ask again under another Idempotency-Key: somebody looks anew then"),
            MonitorError::Store(error) => error.into(),
        }
    }
}

impl From<MaintenanceError> for Refusal {
    fn from(error: MaintenanceError) -> Self {
        match error {
            MaintenanceError::Store(error) => error.into(),
            MaintenanceError::NoMonitor(_) => {
                Self::new(ProblemCode::InvalidBody, error.to_string())
                    .hint("pulsectl monitor ls shows what there is")
            }
            MaintenanceError::OfHosts => Self::new(ProblemCode::InvalidBody, error.to_string())
                .hint("a label of the name `region` is `label.region=fra` in a selector"),
            MaintenanceError::Whom
            | MaintenanceError::Selector(_)
            | MaintenanceError::Duration
            | MaintenanceError::From
            | MaintenanceError::Reason => Self::new(ProblemCode::InvalidBody, error.to_string()),
        }
    }
}
