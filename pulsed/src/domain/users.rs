//! People whom a trusted proxy has named: what an admin decides about them.

use pulse_api::http::users::{FixedRole, PatchUser, UserRow};
use serde_json::json;

use super::Verb;
use crate::{
    app::App,
    store::{self, StoreError, Tx, users::Patch},
};

/// Changes what somebody may do.
#[derive(Debug, Clone)]
pub(crate) struct Change {
    pub(crate) username: String,
    pub(crate) wish: PatchUser,
    pub(crate) by: String,
}

/// Why nothing was changed.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ChangeError {
    #[error("no such user")]
    Unknown,
    #[error("nobody locks themselves out")]
    Oneself,
    #[error("could not change the user")]
    Store(#[from] StoreError),
}

impl Verb for Change {
    type Output = ();
    type Error = ChangeError;

    async fn run(&self, _app: &App, tx: &mut Tx) -> Result<(), ChangeError> {
        let is_loss = self.wish.role.is_some_and(|role| role != FixedRole::Admin)
            || self.wish.disabled == Some(true);
        if is_loss && self.username == self.by {
            return Err(ChangeError::Oneself);
        }
        let patch = Patch {
            fixed_role: self.wish.role,
            disabled: self.wish.disabled,
        };
        if !store::users::patch(tx, &self.username, patch).await? {
            return Err(ChangeError::Unknown);
        }
        let detail = json!({"role": self.wish.role, "disabled": self.wish.disabled});
        store::audit::insert(tx, (&self.by, "user.change", &self.username), detail);
        Ok(())
    }

    fn store_error(error: &ChangeError) -> Option<&StoreError> {
        match error {
            ChangeError::Store(error) => Some(error),
            ChangeError::Unknown | ChangeError::Oneself => None,
        }
    }
}

/// Users by name: so many after one.
pub(crate) async fn list(
    app: &App,
    part: (Option<String>, i64),
) -> Result<Vec<UserRow>, StoreError> {
    store::users::list(&mut app.store().read().await?, None, part).await
}

/// One user.
pub(crate) async fn find(app: &App, username: &str) -> Result<Option<UserRow>, StoreError> {
    let mut tx = app.store().read().await?;
    let found = store::users::list(&mut tx, Some(username), (None, 1)).await?;
    Ok(found.into_iter().next())
}
