//! Secrets: values that steps get in their environment, sealed before they are stored.

pub(crate) mod delivery;
pub(crate) mod keys;
pub(crate) mod rotate;

pub(crate) use self::delivery::check;

use pulse_api::http::secrets::{SecretText, SecretUseView, SecretVersionView, SecretView};
use pulse_workflow::secrets::{ValueFault, fault_of_value};
use serde_json::json;
use uuid::Uuid;

use self::keys::KeyTrouble;
use super::{Verb, once::Gives};
use crate::{
    app::App,
    model::grant::Reach,
    store::{self, StoreError, Tx, secrets::Sealed, workflows::Name},
};

/// How many workflows or regions a secret may be restricted to.
const MOST_NAMED: usize = 100;

/// Sets the value of a secret, and what may use it.
#[derive(Debug, Clone)]
pub(crate) struct Put {
    pub(crate) name: String,
    pub(crate) value: SecretText,
    /// As it was where there is none; everything where the list is empty.
    pub(crate) workflows: Option<Vec<String>>,
    pub(crate) regions: Option<Vec<String>>,
    pub(crate) missing: Missing,
    pub(crate) by: String,
}

/// What becomes of a secret that is not there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Missing {
    Make,
    Refuse,
}

/// Why a secret was not set.
#[derive(Debug, thiserror::Error)]
pub(crate) enum PutError {
    #[error("{0}")]
    Name(&'static str),
    #[error(transparent)]
    Value(ValueFault),
    #[error("a secret is for at most {MOST_NAMED} workflows and {MOST_NAMED} regions")]
    TooMany,
    #[error("there is no workflow {0}")]
    NoWorkflow(String),
    #[error("there is no region {0}")]
    NoRegion(String),
    #[error("there is no secret {0}")]
    Unknown(String),
    #[error(transparent)]
    Key(#[from] KeyTrouble),
    #[error("could not store the secret")]
    Store(#[from] StoreError),
}

impl Verb for Put {
    type Output = SecretView;
    type Error = PutError;

    async fn run(&self, app: &App, tx: &mut Tx) -> Result<SecretView, PutError> {
        self.check(tx).await?;
        let key = keys::to_seal_under(app, tx).await?;
        let known = store::secrets::lock(tx, &self.name).await?;
        if known.is_none() && self.missing == Missing::Refuse {
            return Err(PutError::Unknown(self.name.clone()));
        }
        let (workflows, regions) = self.restrictions(known.as_ref());
        if let Some(known) = &known {
            let is_same = keys::open(app, known).is_ok_and(|value| value == self.value);
            if is_same && known.workflows == workflows && known.regions == regions {
                return self.view(tx).await;
            }
        }
        let mut secret = Sealed {
            id: known.as_ref().map_or_else(Uuid::now_v7, |known| known.id),
            name: self.name.clone(),
            version: known.map_or(0, |known| known.version) + 1,
            key_id: key.id.clone(),
            bytes: Vec::new(),
            workflows,
            regions,
        };
        let value = self.value.expose().as_bytes();
        secret.bytes = key.seal(secret.subject(), value, keys::random()?);
        store::secrets::put(tx, &secret, &self.by)
            .await
            .map_err(|error| {
                // Somebody else has just made it: this one looks again.
                if let StoreError::Taken { .. } = error {
                    StoreError::Stale
                } else {
                    error
                }
            })?;
        let detail = json!({"version": secret.version, "workflows": secret.workflows,
            "regions": secret.regions});
        store::audit::insert(tx, (&self.by, "secret.set", &self.name), detail);
        self.view(tx).await
    }

    fn gives(&self) -> Gives {
        Gives::Secrets
    }

    fn store_error(error: &PutError) -> Option<&StoreError> {
        match error {
            PutError::Store(error) | PutError::Key(KeyTrouble::Store(error)) => Some(error),
            PutError::Name(_)
            | PutError::Value(_)
            | PutError::TooMany
            | PutError::NoWorkflow(_)
            | PutError::NoRegion(_)
            | PutError::Unknown(_)
            | PutError::Key(_) => None,
        }
    }
}

impl Put {
    async fn view(&self, tx: &mut Tx) -> Result<SecretView, PutError> {
        // Only admins set one, and they see all of it.
        let everything = Reach {
            groups: None,
            workflows: None,
        };
        let found = get(tx, (&self.name, &everything)).await?;
        found.ok_or_else(|| self.unknown())
    }

    fn unknown(&self) -> PutError {
        PutError::Unknown(self.name.clone())
    }

    async fn check(&self, tx: &mut Tx) -> Result<(), PutError> {
        if let Some(fault) = pulse_workflow::secrets::fault_of_name(&self.name) {
            return Err(PutError::Name(fault));
        }
        if let Some(fault) = fault_of_value(self.value.expose()) {
            return Err(PutError::Value(fault));
        }
        let (workflows, regions) = (self.workflows.iter(), self.regions.iter());
        if workflows
            .chain(regions)
            .any(|names| names.len() > MOST_NAMED)
        {
            return Err(PutError::TooMany);
        }
        for workflow in self.workflows.iter().flatten() {
            let name = Name::Name(workflow.replace('\0', ""));
            if store::workflows::version(tx, &name, None).await?.is_none() {
                return Err(PutError::NoWorkflow(workflow.clone()));
            }
        }
        for region in self.regions.iter().flatten() {
            if !store::regions::exists(tx, &region.replace('\0', "")).await? {
                return Err(PutError::NoRegion(region.clone()));
            }
        }
        Ok(())
    }

    /// What may use it from now on; no list for everything.
    fn restrictions(&self, known: Option<&Sealed>) -> (Restriction, Restriction) {
        let one = |given: &Restriction, known: Option<&Restriction>| match given {
            None => known.cloned().flatten(),
            Some(names) => Some(names.clone()).filter(|names| !names.is_empty()),
        };
        (
            one(&self.workflows, known.map(|known| &known.workflows)),
            one(&self.regions, known.map(|known| &known.regions)),
        )
    }
}

type Restriction = Option<Vec<String>>;

/// Removes a secret. It takes no key: what cannot be opened any more can still be removed.
#[derive(Debug, Clone)]
pub(crate) struct Remove {
    pub(crate) name: String,
    pub(crate) by: String,
}

impl Verb for Remove {
    /// Whether there was such a secret.
    type Output = bool;
    type Error = StoreError;

    async fn run(&self, _app: &App, tx: &mut Tx) -> Result<bool, StoreError> {
        let found = store::secrets::delete(tx, &self.name).await?;
        if found {
            store::audit::insert(tx, (&self.by, "secret.remove", &self.name), json!({}));
        }
        Ok(found)
    }

    fn store_error(error: &StoreError) -> Option<&StoreError> {
        Some(error)
    }
}

async fn get(tx: &mut Tx, (name, reach): (&str, &Reach)) -> Result<Option<SecretView>, StoreError> {
    let found = store::secrets::list(tx, (Some(name), reach), (None, 1)).await?;
    Ok(found.into_iter().next())
}

/// One secret, without its value.
pub(crate) async fn find(
    app: &App,
    named: (&str, &Reach),
) -> Result<Option<SecretView>, StoreError> {
    get(&mut app.store().read().await?, named).await
}

/// Secrets by name, without their values.
pub(crate) async fn list(
    app: &App,
    reach: &Reach,
    part: (Option<String>, i64),
) -> Result<Vec<SecretView>, StoreError> {
    store::secrets::list(&mut app.store().read().await?, (None, reach), part).await
}

/// Who has set a secret and when, newest first; `None` where there is no such secret.
pub(crate) async fn versions(
    app: &App,
    name: &str,
    part: (Option<i64>, i64),
) -> Result<Option<Vec<SecretVersionView>>, StoreError> {
    let mut tx = app.store().read().await?;
    if !store::secrets::is_there(&mut tx, name).await? {
        return Ok(None);
    }
    store::secrets::versions(&mut tx, name, part)
        .await
        .map(Some)
}

/// What uses a secret, as far as somebody sees it; `None` where there is no such secret.
pub(crate) async fn uses(
    app: &App,
    (name, reach): (&str, &Reach),
    part: (Option<String>, i64),
) -> Result<Option<Vec<SecretUseView>>, StoreError> {
    let mut tx = app.store().read().await?;
    if !store::secrets::is_there(&mut tx, name).await? {
        return Ok(None);
    }
    store::secrets::uses(&mut tx, (name, reach), part)
        .await
        .map(Some)
}
