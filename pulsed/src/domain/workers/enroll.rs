//! Enrolling a host with a one-shot token, and registering it again with its credential.

use pulse_api::{
    EnrollTokenId, WorkerId,
    http::workers::{Enroll as EnrollBody, Enrolled, WorkerAbout},
    status::{EnrollTokenStatus, WorkerRole, WorkerStatus},
    token::TokenKind,
};
use serde_json::json;
use subtle::ConstantTimeEq;
use uuid::Uuid;

use crate::{
    app::App,
    domain::{Verb, tokens::random},
    model::{
        enroll_token::Grant,
        token::{self, Minted},
        wake::Wake,
        worker::{About, Implausible, checked_blocks, checked_capabilities, is_valid_name},
    },
    store::{self, StoreError, Tx, workers::identity::NewWorker},
};

/// The region of a fresh installation.
const FIRST_REGION: &str = "iad";

/// Enrols a host: of many that use one token, one worker comes to be.
#[derive(Debug, Clone)]
pub(crate) struct Enroll(pub(crate) EnrollBody);

/// Why a host was not enrolled.
#[derive(Debug, thiserror::Error)]
pub(crate) enum EnrollError {
    #[error("the enrolment token is not valid")]
    Token,
    /// Its secret is right, so nobody is guessing; the caller is told the same.
    #[error("the enrolment token was used, revoked, or has run out")]
    Spent,
    #[error("the name {0} cannot be used")]
    Name(String),
    #[error("a worker called {0} exists already")]
    NameTaken(String),
    #[error("the token is for another name")]
    OtherName(String),
    #[error("the token is for another region")]
    OtherRegion(String),
    #[error(transparent)]
    Invalid(#[from] Implausible),
    #[error("no randomness to be had")]
    Random,
    #[error("could not store the worker")]
    Store(#[from] StoreError),
}

impl Verb for Enroll {
    type Output = Enrolled;
    type Error = EnrollError;

    async fn run(&self, app: &App, tx: &mut Tx) -> Result<Enrolled, EnrollError> {
        let about = about(self.0.about.clone())?;
        if is_development_token(app, &self.0.token) {
            let grant = development_grant();
            return enroll(app, tx, &about, &grant).await;
        }
        let parts = token::read(&self.0.token).ok_or(EnrollError::Token)?;
        if parts.kind != TokenKind::Enroll {
            return Err(EnrollError::Token);
        }
        let found = store::enroll_tokens::lock(tx, EnrollTokenId(parts.id)).await?;
        let found = found.ok_or(EnrollError::Token)?;
        if !token::matches(parts.secret, &found.secret_sha256) {
            return Err(EnrollError::Token);
        }
        let key = self.0.enrollment_key.as_deref().map(token::digest);
        if let (EnrollTokenStatus::Consumed, Some((worker, Some(used_with)))) =
            (found.status, &found.used_by)
            && key.as_ref().is_some_and(|key| key.ct_eq(used_with).into())
        {
            // Only while the token would have been good, and the worker is still there.
            if !found.is_in_time || !is_there(tx, *worker).await? {
                return Err(EnrollError::Spent);
            }
            return again(app, tx, *worker, &found.grant).await;
        }
        if found.status != EnrollTokenStatus::Issued || !found.is_in_time {
            return Err(EnrollError::Spent);
        }
        check(&about, &self.0.about, &found.grant)?;
        let enrolled = enroll(app, tx, &about, &found.grant).await?;
        if !store::enroll_tokens::consume(tx, found.grant.id, enrolled.worker_id, key).await? {
            return Err(EnrollError::Spent);
        }
        Ok(enrolled)
    }

    fn store_error(error: &EnrollError) -> Option<&StoreError> {
        match error {
            EnrollError::Store(error) => Some(error),
            EnrollError::Token
            | EnrollError::Spent
            | EnrollError::Name(_)
            | EnrollError::NameTaken(_)
            | EnrollError::OtherName(_)
            | EnrollError::OtherRegion(_)
            | EnrollError::Invalid(_)
            | EnrollError::Random => None,
        }
    }
}

async fn is_there(tx: &mut Tx, worker: WorkerId) -> Result<bool, StoreError> {
    let found = store::workers::find(tx, &worker.to_string()).await?;
    Ok(found.is_some_and(|found| found.status != WorkerStatus::Deleted))
}

fn is_development_token(app: &App, given: &str) -> bool {
    let server = &app.config().server;
    let expected = server.dev_enrollment_token.as_ref();
    server.dev
        && expected.is_some_and(|token| token.expose().as_bytes().ct_eq(given.as_bytes()).into())
}

fn development_grant() -> Grant {
    Grant {
        id: EnrollTokenId(Uuid::nil()),
        region: FIRST_REGION.to_owned(),
        role: WorkerRole::Action,
        groups: Vec::new(),
        labels: std::collections::BTreeMap::new(),
        name: None,
    }
}

/// Checks that the host is what the token is for.
fn check(about: &About, said: &WorkerAbout, grant: &Grant) -> Result<(), EnrollError> {
    if let Some(name) = &grant.name
        && *name != about.name
    {
        return Err(EnrollError::OtherName(name.clone()));
    }
    match &said.region {
        Some(region) if *region != grant.region => {
            Err(EnrollError::OtherRegion(grant.region.clone()))
        }
        Some(_) | None => Ok(()),
    }
}

/// Adds the worker with a new credential.
async fn enroll(
    app: &App,
    tx: &mut Tx,
    about: &About,
    grant: &Grant,
) -> Result<Enrolled, EnrollError> {
    let id = WorkerId::new();
    let credential = credential()?;
    let new = NewWorker {
        id,
        about,
        grant,
        credential: (credential.id, credential.secret_sha256.clone()),
    };
    store::workers::identity::insert(tx, new)
        .await
        .map_err(|error| taken(error, &about.name))?;
    let detail = json!({"name": about.name, "region": grant.region, "token": grant.id});
    tx.wake(Wake::Feed);
    store::audit::insert(tx, (&about.name, "worker.enroll", &id.to_string()), detail);
    Ok(answer(app, id, credential, &grant.region))
}

/// A unique key that is taken can only be the name.
fn taken(error: StoreError, name: &str) -> EnrollError {
    if let StoreError::Taken { .. } = error {
        EnrollError::NameTaken(name.to_owned())
    } else {
        EnrollError::Store(error)
    }
}

/// Repeats an enrolment whose answer got lost: the same worker, with another credential.
async fn again(
    app: &App,
    tx: &mut Tx,
    worker: WorkerId,
    grant: &Grant,
) -> Result<Enrolled, EnrollError> {
    let credential = credential()?;
    let new = (credential.id, credential.secret_sha256.clone());
    store::workers::identity::replace_credential(tx, worker, new).await?;
    let detail = json!({"token": grant.id});
    let subject = worker.to_string();
    store::audit::insert(tx, (&subject, "worker.enroll_again", &subject), detail);
    Ok(answer(app, worker, credential, &grant.region))
}

fn credential() -> Result<Minted, EnrollError> {
    let random = random().map_err(|_| EnrollError::Random)?;
    Ok(token::mint(TokenKind::Agent, Uuid::now_v7(), random))
}

fn answer(app: &App, worker_id: WorkerId, credential: Minted, region: &str) -> Enrolled {
    Enrolled {
        worker_id,
        credential: credential.text,
        heartbeat_interval_ms: app.config().workers.heartbeat_interval_ms,
        region: region.to_owned(),
    }
}

/// Checks what a host says of itself.
fn about(said: WorkerAbout) -> Result<About, EnrollError> {
    if !is_valid_name(&said.name) {
        return Err(EnrollError::Name(said.name));
    }
    let capabilities = checked_capabilities(said.capabilities)?;
    let meta = checked_capabilities(said.meta)?;
    let function_blocks = checked_blocks(said.function_blocks)?;
    let is_plain = |text: &Option<String>| {
        text.as_ref()
            .is_none_or(|t| t.len() <= 255 && !t.chars().any(char::is_control))
    };
    if ![&said.host, &said.boot_id, &said.version]
        .into_iter()
        .all(is_plain)
    {
        return Err(Implausible("host, boot id or version").into());
    }
    Ok(About {
        name: said.name,
        host: said.host,
        port: said.port,
        kind: said.kind,
        capabilities,
        function_blocks,
        meta,
        boot_id: said.boot_id,
        version: said.version,
    })
}

/// Writes what an enrolled host says of itself now; one that was cleaned up comes back.
#[derive(Debug, Clone)]
pub(crate) struct Register {
    pub(crate) worker: WorkerId,
    pub(crate) about: WorkerAbout,
}

impl Verb for Register {
    /// The worker's region; `None` when it was removed.
    type Output = Option<String>;
    type Error = EnrollError;

    async fn run(&self, _app: &App, tx: &mut Tx) -> Result<Option<String>, EnrollError> {
        let about = about(self.about.clone())?;
        let region = store::workers::identity::register(tx, self.worker, &about)
            .await
            .map_err(|error| taken(error, &about.name))?;
        if region.is_some() {
            let worker = self.worker.to_string();
            let detail = json!({"name": about.name, "version": about.version});
            store::audit::insert(tx, (&worker, "worker.register", &worker), detail);
        }
        Ok(region)
    }

    fn store_error(error: &EnrollError) -> Option<&StoreError> {
        <Enroll as Verb>::store_error(error)
    }
}
