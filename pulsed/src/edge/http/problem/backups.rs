//! What goes wrong with backups.

use pulse_api::ProblemCode;

use super::Refusal;
use crate::{backup::BackupError, causes::error_chain};

impl From<BackupError> for Refusal {
    fn from(error: BackupError) -> Self {
        tracing::warn!(cause = %error_chain(&error), "no backup can be made");
        let detail = format!("on the server's host: {error}");
        match &error {
            BackupError::NotInstalled | BackupError::TooOld { .. } => {
                let refusal = Self::new(ProblemCode::BackupUnavailable, detail);
                refusal.hint(error.hint().unwrap_or_default())
            }
            BackupError::Database(_) => Self::new(
                ProblemCode::DatabaseUnavailable,
                "the database is away, or does not let this server look at it",
            ),
            BackupError::Exists(_)
            | BackupError::Busy(_)
            | BackupError::File { .. }
            | BackupError::Failed { .. }
            | BackupError::NotABackup(_)
            | BackupError::Newer { .. }
            | BackupError::InUse(_)
            | BackupError::NotEmpty(_) => {
                Self::new(ProblemCode::Internal, "the backup could not be begun")
                    .hint("the log of the server says why")
            }
        }
    }
}
