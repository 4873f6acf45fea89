//! Workers that show only the key that all of them share: a switch for older workers, off unless
//! it was set.
//!
//! Such a worker comes to be with its first sign of life. It can never take the name or the place
//! of one that has a credential of its own.

use pulse_api::{WorkerId, http::workers::WorkerAbout};
use serde_json::{Value, json};

use super::enroll::{EnrollError, Known, about, first_grant};
use crate::{
    app::App,
    domain::{Repeatable, Verb},
    store::{self, StoreError, Tx, workers::identity::NewWorker},
};

pub(crate) use crate::store::workers::identity::Standing;

/// How this worker proves who it is; `None` without such a worker.
pub(crate) async fn standing(app: &App, worker: WorkerId) -> Result<Option<Standing>, StoreError> {
    let mut tx = app.store().read().await?;
    store::workers::identity::standing(&mut tx, worker).await
}

/// Takes in a worker that shows the shared key.
#[derive(Debug, Clone)]
pub(crate) struct Appear {
    /// The id that it gives itself; without one, or with one that nobody has, it is known by its name.
    pub(crate) worker: Option<WorkerId>,
    pub(crate) about: WorkerAbout,
}

impl Verb for Appear {
    type Output = Known;
    type Error = EnrollError;

    async fn run(&self, _app: &App, tx: &mut Tx) -> Result<Known, EnrollError> {
        let about = about(self.about.clone())?;
        let mut known = self.worker;
        let mut standing = match known {
            Some(id) => store::workers::identity::standing(tx, id).await?,
            None => None,
        };
        // Whoever shows the same key may have a name again, under whatever id it gives itself now.
        if standing.is_none()
            && let Some(found) = store::workers::find(tx, &about.name).await?
        {
            known = Some(found.id);
            standing = store::workers::identity::standing(tx, found.id).await?;
        }
        match (known, standing) {
            (Some(_), Some(Standing::Removed)) => return Err(EnrollError::Removed),
            (Some(_), Some(Standing::Own)) => return Err(EnrollError::NameTaken(about.name)),
            (Some(id), Some(Standing::Shared)) => {
                let region = store::workers::identity::register(tx, id, &about)
                    .await?
                    .ok_or(EnrollError::Removed)?;
                return Ok(Known { worker: id, region });
            }
            (_, None) | (None, Some(_)) => {}
        }
        let (id, grant) = (known.unwrap_or_default(), first_grant());
        let new = NewWorker {
            id,
            about: &about,
            grant: &grant,
            credential: None,
        };
        store::workers::identity::insert(tx, new)
            .await
            .map_err(|error| super::enroll::taken(error, &about.name))?;
        let detail = json!({"name": about.name, "region": grant.region, "key": "shared"});
        store::audit::insert(tx, (&about.name, "worker.appear", &id.to_string()), detail);
        Ok(Known {
            worker: id,
            region: grant.region,
        })
    }

    fn store_error(error: &EnrollError) -> Option<&StoreError> {
        <super::enroll::Enroll as Verb>::store_error(error)
    }
}

impl Repeatable for Appear {
    fn keep(known: &Known) -> Result<Value, serde_json::Error> {
        known.keep()
    }

    async fn repeat(&self, app: &App, tx: &mut Tx, kept: Value) -> Result<Known, EnrollError> {
        match Known::again(tx, kept).await? {
            Some(known) => Ok(known),
            None => self.run(app, tx).await,
        }
    }
}
