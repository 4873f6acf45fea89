//! Enrolling a host with a one-shot token, and registering it again with its credential.

use pulse_api::{
    EnrollTokenId, WorkerId,
    http::workers::{Enroll as EnrollBody, Enrolled, WorkerAbout},
    status::{EnrollTokenStatus, WorkerRole, WorkerStatus},
    token::TokenKind,
};
use serde_json::{Value, json};
use subtle::ConstantTimeEq;
use uuid::Uuid;

use crate::{
    app::App,
    domain::{Repeatable, Verb, tokens::random},
    model::{
        enroll_token::Grant,
        token::{self, Minted},
        wake::Wake,
        worker::{About, Implausible, checked_blocks, checked_capabilities, is_valid_name},
    },
    store::{
        self, StoreError, Tx,
        enroll_tokens::EnrollToken,
        workers::identity::{NewWorker, Standing},
    },
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
    #[error("the token is for region {0}")]
    OtherRegion(String),
    #[error("the token does not give the {0} that the host asks for")]
    Beyond(&'static str),
    #[error(transparent)]
    Invalid(#[from] Implausible),
    #[error("this worker was removed by an operator")]
    Removed,
    #[error("no randomness to be had")]
    Random,
    #[error("could not store the worker")]
    Store(#[from] StoreError),
}

/// A host that was enrolled, with its credential: nothing keeps it as it is.
pub(crate) struct Enrolment(pub(crate) Enrolled);

impl Enroll {
    /// The token that is shown, its row locked, in time and not taken back; `None` for the one of a development server.
    async fn token(&self, app: &App, tx: &mut Tx) -> Result<Option<EnrollToken>, EnrollError> {
        if is_development_token(app, &self.0.token) {
            return Ok(None);
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
        // What was taken back enrols nobody, not even whom it enrolled before.
        if !found.is_in_time || found.status == EnrollTokenStatus::Revoked {
            return Err(EnrollError::Spent);
        }
        Ok(Some(found))
    }
}

impl Verb for Enroll {
    type Output = Enrolment;
    type Error = EnrollError;

    async fn run(&self, app: &App, tx: &mut Tx) -> Result<Enrolment, EnrollError> {
        let about = about(self.0.about.clone())?;
        let Some(found) = self.token(app, tx).await? else {
            let grant = first_grant();
            return enroll(app, tx, &about, &grant).await;
        };
        let key = self.0.enrollment_key.as_deref().map(token::digest);
        if let Some(key) = &key
            && let Some(worker) = store::enroll_tokens::enrolled(tx, found.grant.id, key).await?
        {
            return again(app, tx, worker, &found.grant).await;
        }
        if found.status != EnrollTokenStatus::Issued {
            return Err(EnrollError::Spent);
        }
        check(&about, &self.0.about, &found.grant)?;
        let enrolled = enroll(app, tx, &about, &found.grant).await?;
        if !store::enroll_tokens::consume(tx, found.grant.id, enrolled.0.worker_id, key).await? {
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
            | EnrollError::Beyond(_)
            | EnrollError::Removed
            | EnrollError::Invalid(_)
            | EnrollError::Random => None,
        }
    }
}

impl Repeatable for Enroll {
    fn keep(output: &Enrolment) -> Result<Value, serde_json::Error> {
        serde_json::to_value(output.0.worker_id)
    }

    /// The same worker, as long as it is there, with another credential.
    async fn repeat(&self, app: &App, tx: &mut Tx, kept: Value) -> Result<Enrolment, EnrollError> {
        let worker: WorkerId = serde_json::from_value(kept).map_err(StoreError::from)?;
        let found = self.token(app, tx).await?;
        let grant = found.map_or_else(first_grant, |found| found.grant);
        match store::workers::identity::standing(tx, worker).await? {
            Some(Standing::Own) => again(app, tx, worker, &grant).await,
            Some(Standing::Shared | Standing::Removed) | None => Err(EnrollError::Spent),
        }
    }
}

fn is_development_token(app: &App, given: &str) -> bool {
    let server = &app.config().server;
    let expected = server.dev_enrollment_token.as_ref();
    server.dev
        && expected.is_some_and(|token| token.expose().as_bytes().ct_eq(given.as_bytes()).into())
}

/// What a host is given that has no token of its own: a place in the first region.
pub(super) fn first_grant() -> Grant {
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
    if said
        .region
        .as_ref()
        .is_some_and(|region| *region != grant.region)
    {
        return Err(EnrollError::OtherRegion(grant.region.clone()));
    }
    if said.role.is_some_and(|role| role != grant.role) {
        return Err(EnrollError::Beyond("role"));
    }
    if !said.groups.iter().all(|group| grant.groups.contains(group)) {
        return Err(EnrollError::Beyond("groups"));
    }
    let is_granted = |(key, value): (&String, &String)| grant.labels.get(key) == Some(value);
    if !said.labels.iter().all(is_granted) {
        return Err(EnrollError::Beyond("labels"));
    }
    Ok(())
}

/// Adds the worker with a new credential.
async fn enroll(
    app: &App,
    tx: &mut Tx,
    about: &About,
    grant: &Grant,
) -> Result<Enrolment, EnrollError> {
    let id = WorkerId::new();
    let credential = credential().map_err(|_| EnrollError::Random)?;
    let new = NewWorker {
        id,
        about,
        grant,
        credential: Some((credential.id, credential.secret_sha256.clone())),
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
pub(super) fn taken(error: StoreError, name: &str) -> EnrollError {
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
) -> Result<Enrolment, EnrollError> {
    let credential = credential().map_err(|_| EnrollError::Random)?;
    let new = (credential.id, credential.secret_sha256.clone());
    store::workers::credentials::replace(tx, worker, new).await?;
    let detail = json!({"token": grant.id});
    let subject = worker.to_string();
    store::audit::insert(tx, (&subject, "worker.enroll_again", &subject), detail);
    Ok(answer(app, worker, credential, &grant.region))
}

/// A credential that nobody has yet.
pub(super) fn credential() -> Result<Minted, getrandom::Error> {
    Ok(token::mint(TokenKind::Agent, Uuid::now_v7(), random()?))
}

fn answer(app: &App, worker_id: WorkerId, credential: Minted, region: &str) -> Enrolment {
    Enrolment(Enrolled {
        worker_id,
        credential: credential.text,
        heartbeat_interval_ms: app.config().workers.heartbeat_interval_ms,
        region: region.to_owned(),
    })
}

/// Checks what a host says of itself.
pub(super) fn about(said: WorkerAbout) -> Result<About, EnrollError> {
    if !is_valid_name(&said.name) {
        return Err(EnrollError::Name(said.name));
    }
    let is_said = |said: &Value| said.is_object() || said.is_null();
    if !is_said(&said.capabilities) || !is_said(&said.meta) {
        return Err(Implausible("capabilities or meta").into());
    }
    if said.port == Some(0) {
        return Err(Implausible("port").into());
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

/// A worker that has said who it is.
#[derive(Debug)]
pub(crate) struct Known {
    pub(crate) worker: WorkerId,
    pub(crate) region: String,
}

impl Known {
    /// What is kept of it for the same call made again.
    pub(super) fn keep(&self) -> Result<Value, serde_json::Error> {
        serde_json::to_value((self.worker, &self.region))
    }

    /// Who it was that was kept, while it is there. Otherwise the call made again has to bring it back: it was
    /// cleaned up since, or only a sign of life was kept.
    pub(super) async fn again(tx: &mut Tx, kept: Value) -> Result<Option<Self>, StoreError> {
        let Ok((worker, region)) = serde_json::from_value::<(WorkerId, String)>(kept) else {
            return Ok(None);
        };
        let found = store::workers::find(tx, &worker.to_string()).await?;
        let is_there = found.is_some_and(|found| found.status != WorkerStatus::Deleted);
        Ok(is_there.then_some(Self { worker, region }))
    }
}

impl Verb for Register {
    type Output = Known;
    type Error = EnrollError;

    async fn run(&self, _app: &App, tx: &mut Tx) -> Result<Known, EnrollError> {
        let about = about(self.about.clone())?;
        let region = store::workers::identity::register(tx, self.worker, &about)
            .await
            .map_err(|error| taken(error, &about.name))?
            .ok_or(EnrollError::Removed)?;
        let worker = self.worker.to_string();
        let detail = json!({"name": about.name, "version": about.version});
        store::audit::insert(tx, (&worker, "worker.register", &worker), detail);
        Ok(Known {
            worker: self.worker,
            region,
        })
    }

    fn store_error(error: &EnrollError) -> Option<&StoreError> {
        <Enroll as Verb>::store_error(error)
    }
}

impl Repeatable for Register {
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
