//! The process that talks to the server. It starts no step and keeps no result.

mod acks;
mod backoff;
mod beats;
mod checks;
mod dial;
mod drains;
mod earlier;
mod executor;
mod introductions;
mod leaving;
mod logs;
mod metrics;
mod numbers;
mod outgoing;
mod own;
mod relay;
mod restarts;
mod rotation;
mod server_clock;
mod signals;
mod status;
mod uplink;

use std::{collections::BTreeMap, io, time::Duration};

use pulse_api::http::workers::Registered;
use tokio::runtime::LocalOptions;

use self::{
    backoff::{Backoff, roll},
    checks::Checks,
    drains::Drains,
    earlier::Walks,
    leaving::Leaving,
    logs::Logs,
    metrics::Meter,
    own::Own,
    relay::{Outcome, Pace, Relay},
    rotation::Rotation,
    server_clock::ServerClock,
    signals::{Call, Signals},
    uplink::Uplink,
};
use crate::{
    config::{Config, Environment, ExecutorMode, Origin},
    connection::{AttachError, Executor, read},
    credential::Credential,
    enrolment::{self, EnrolError, Enrolment},
    logging,
    network::{Network, RequestError},
    service_manager,
    state::{LockError, State},
    supervisor::Supervisor,
    wire::{DrainMode, Settings, ToExecutor},
};

/// How a link is to be run.
pub(crate) struct Options {
    pub(crate) state: State,
    pub(crate) config: Config,
    /// Where the configuration came from, to read it again.
    pub(crate) origin: Origin,
    pub(crate) network: Network,
    /// How to call this program as an executor.
    pub(crate) executor_arguments: Vec<String>,
}

impl Options {
    fn environment(&self) -> &Environment {
        &self.origin.environment
    }
}

/// How a link ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ended {
    Left,
    Restart,
}

/// Why a link ended without being asked to.
#[derive(Debug, thiserror::Error)]
pub(crate) enum LinkError {
    #[error("another link is running in this state folder")]
    Running,
    #[error("the state folder cannot be used")]
    State(#[source] io::Error),
    #[error("this host is not enrolled")]
    NotEnrolled,
    #[error("this worker was removed on the server; its credential is worthless")]
    Revoked,
    #[error("{0}")]
    Cloned(String),
    #[error("this agent ({}) is too old for the server", env!("CARGO_PKG_VERSION"))]
    TooOld,
    #[error(transparent)]
    Enrol(#[from] EnrolError),
    #[error(transparent)]
    Attach(#[from] AttachError),
    #[error("the agent cannot run here")]
    Runtime(#[source] io::Error),
}

/// Runs the link until it is asked to leave.
pub(crate) fn run(options: Options) -> Result<Ended, LinkError> {
    let _lock = options
        .state
        .lock("link.lock")
        .map_err(|error| match error {
            LockError::Held => LinkError::Running,
            LockError::Io(error) => LinkError::State(error),
        })?;
    logging::keep(&options.state);
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .thread_keep_alive(Duration::from_millis(100))
        .thread_stack_size(256 * 1024)
        .build_local(LocalOptions::default())
        .map_err(LinkError::Runtime)?;
    let ended = runtime.block_on(serve(options));
    // A resolver that does not answer must not keep this process.
    runtime.shutdown_background();
    ended
}

async fn serve(options: Options) -> Result<Ended, LinkError> {
    let mut signals = Signals::listen().map_err(LinkError::Runtime)?;
    let mut tasks = Supervisor::default();
    tasks.start(service_manager::keep_watch());
    // Whether the server is there is another matter: nothing that waits for this may wait for it.
    service_manager::ready();
    let mut own = Own::begin(&options, &mut tasks);
    numbers::start(&mut tasks, &options, &own).await;
    let credential = tokio::select! {
        credential = credential(&options, &mut own) => credential?,
        _ = signals.next() => return Ok(Ended::Left),
    };
    let mut credential = credential;
    let link = uuid::Uuid::now_v7().to_string();
    let mut leaving = Leaving::default();
    let (mut drains, mut checks) = (Drains::default(), Checks::default());
    let mut logs = Logs::default();
    loop {
        let attached = tokio::select! {
            attached = attach(&options, own.settings()) => attached,
            call = signals.next() => match call {
                Call::Stop | Call::StopNow | Call::Drain => return Ok(Ended::Left),
                Call::Resume | Call::Reload => continue,
            },
        };
        let (executor, inventory) = attached?;
        let talk = Talk {
            signals: &mut signals,
            executor,
            inventory,
        };
        let who = (credential.clone(), link.as_str());
        let mut relay = relay(&options, &mut own, who, talk);
        (relay.leaving, relay.drains, relay.checks) = (leaving, drains, checks);
        relay.logs = logs;
        let outcome = stay(&mut relay, &options).await?;
        if let Some(ended) = part(&mut relay, &options, outcome).await? {
            return Ok(ended);
        }
        leaving = std::mem::take(&mut relay.leaving);
        drains = std::mem::take(&mut relay.drains);
        checks = std::mem::take(&mut relay.checks);
        logs = std::mem::take(&mut relay.logs);
        credential = relay.credential.clone();
        credential.start_over();
    }
}

/// Does what the end of a relay asks for; `None` where another relay follows.
async fn part(
    relay: &mut Relay<'_>,
    options: &Options,
    outcome: Outcome,
) -> Result<Option<Ended>, LinkError> {
    match outcome {
        Outcome::ExecutorLost => {
            tracing::warn!("the executor is gone; another takes over its journal");
            // One that fails at once must not be started in a tight loop.
            tokio::time::sleep(Duration::from_millis(50)).await;
            Ok(None)
        }
        Outcome::Left => {
            relay.uplink.close().await;
            Ok(Some(Ended::Left))
        }
        Outcome::Restart(restart) => {
            if restart.executor {
                dismiss(relay).await;
                relay.uplink.close().await;
            } else {
                relay.uplink.close().await;
                renew(relay).await;
            }
            Ok(Some(Ended::Restart))
        }
        Outcome::Drained => {
            end_executor(relay).await;
            sign_off(relay.leaving.unreported(), options, &relay.credential).await;
            Ok(Some(Ended::Left))
        }
        Outcome::Deleted => Ok(None),
        Outcome::TooOld => Err(LinkError::TooOld),
        Outcome::Revoked => {
            end_steps(relay).await;
            Err(LinkError::Revoked)
        }
        Outcome::Cloned(detail) => {
            end_steps(relay).await;
            Err(LinkError::Cloned(detail))
        }
    }
}

/// Relays, and registers again whenever the server has cleaned this worker up.
async fn stay(relay: &mut Relay<'_>, options: &Options) -> Result<Outcome, LinkError> {
    loop {
        let outcome = relay.run().await;
        // What it does not hear of now, it says again to the next link.
        let _ = relay.executor.flush().await;
        if !matches!(outcome, Outcome::Deleted) {
            return Ok(outcome);
        }
        tracing::info!("the server had cleaned this worker up; registering again");
        let about = relay.own.about().await;
        let about = enrolment::about(&relay.own.config, &about);
        let asked: Result<Registered, RequestError> = options
            .network
            .post("/workers/register", Some(relay.credential.secret()), &about)
            .await;
        let pause = match asked {
            Ok(_) => Duration::ZERO,
            Err(error) => {
                tracing::warn!(%error, "registering again failed; trying again");
                relay.begin_with_newest();
                Duration::from_secs(2)
            }
        };
        relay.uplink.restart(pause);
    }
}

/// Who a relay stands between.
struct Talk<'a> {
    signals: &'a mut Signals,
    executor: Executor,
    inventory: crate::wire::Inventory,
}

fn relay<'a>(
    options: &'a Options,
    own: &'a mut Own,
    (credential, link): (Credential, &'a str),
    talk: Talk<'a>,
) -> Relay<'a> {
    let interval = own.config.heartbeat_interval.map_or_else(
        || Duration::from_millis(credential.heartbeat_interval_ms),
        Duration::from_secs_f64,
    );
    let network = options.network.for_session(&talk.inventory.session);
    Relay {
        options,
        own,
        signals: talk.signals,
        executor: talk.executor,
        inventory: talk.inventory,
        uplink: Uplink::new(
            network.clone(),
            credential.worker_id,
            credential.secret().to_owned(),
        ),
        network,
        credential,
        rotation: Rotation::default(),
        link,
        meter: Meter::new(options.state.path().to_owned()),
        clock: ServerClock::default(),
        leaving: Leaving::default(),
        drains: Drains::default(),
        pace: Pace::new(interval),
        walks: Walks::default(),
        checks: Checks::default(),
        logs: Logs::default(),
    }
}

/// The stored credential, or the one that an enrolment gives.
async fn credential(options: &Options, own: &mut Own) -> Result<Credential, LinkError> {
    if let Some(credential) = options.state.credential().map_err(LinkError::State)? {
        return Ok(credential);
    }
    let no_labels = BTreeMap::new();
    let enrolment = Enrolment {
        state: &options.state,
        config: &options.config,
        about: &own.about().await,
        network: &options.network,
        labels: &no_labels,
    };
    let mut backoff = Backoff::default();
    let mut said = String::new();
    loop {
        tokio::time::sleep(backoff.next(roll())).await;
        let tried = match enrolment::token(&options.config, options.environment())? {
            Some(token) => enrolment.enrol(&token).await,
            None => match options.environment().api_key() {
                Some(key) => enrolment.register_shared(&key).await,
                None => return Err(LinkError::NotEnrolled),
            },
        };
        match tried {
            Ok(credential) => return Ok(credential),
            Err(error) if !error.is_temporary() => return Err(error.into()),
            Err(error) => {
                let sentence = error.to_string();
                if said != sentence {
                    tracing::warn!(reason = sentence, "not enrolled yet; trying again");
                    service_manager::status(&format!("not enrolled yet: {sentence}"));
                    said = sentence;
                }
            }
        }
    }
}

/// How long an idle executor may take to leave its place.
const RENEW_LIMIT: Duration = Duration::from_secs(5);

/// How often an executor that ends before it answers is started again.
const STARTS: u32 = 20;

async fn attach(
    options: &Options,
    settings: Settings,
) -> Result<(Executor, crate::wire::Inventory), AttachError> {
    let config = options.origin.file.as_deref();
    let mut is_said = false;
    let mut starts_left = STARTS;
    loop {
        let connected = Executor::connect(&options.state).await;
        let mut executor = match (connected, options.config.executor.mode) {
            (Ok(executor), _) => executor,
            (Err(_), ExecutorMode::Spawn) => {
                match executor::start(&options.state, &options.executor_arguments, config).await {
                    Ok(executor) => executor,
                    Err(AttachError::Silent) if starts_left > 0 => {
                        starts_left -= 1;
                        tracing::warn!("the executor ended before it answered; starting it again");
                        tokio::time::sleep(Duration::from_millis(50)).await;
                        continue;
                    }
                    Err(error) => return Err(error),
                }
            }
            (Err(error), ExecutorMode::Service) => {
                if !std::mem::replace(&mut is_said, true) {
                    tracing::warn!(%error, "waiting for the executor's service");
                    service_manager::status("waiting for pulse-executor.service");
                }
                tokio::time::sleep(Duration::from_millis(250)).await;
                continue;
            }
        };
        match executor.attach(settings).await {
            Ok(inventory) => return Ok((executor, inventory)),
            // It was about to end when it was found.
            Err(error) => {
                tracing::debug!(%error, "the executor did not take the link");
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
        }
    }
}

/// Ends an executor that `run` started, together with its steps: another one takes its place.
async fn dismiss(relay: &mut Relay<'_>) {
    if relay.inventory.detached {
        let _ = relay.executor.send(&ToExecutor::Exit).await;
    } else {
        tracing::warn!("the executor is a service of its own: its service manager restarts it");
    }
}

/// Lets the executor leave its place to the installed program, and waits for that where it is idle: the next
/// link then finds the new one.
async fn renew(relay: &mut Relay<'_>) {
    let asked = async {
        // What it has to report, it reports to the next link.
        relay.executor.send(&ToExecutor::Offline).await.ok()?;
        relay.executor.send(&ToExecutor::Renew).await.ok()?;
        while let Some(message) = relay.executor.next().await {
            if let Some(crate::wire::FromExecutor::Load(load)) = read(&message)
                && load.renewing
                && load.running + load.queued > 0
            {
                break;
            }
        }
        Some(())
    };
    // One of an older version does not answer.
    let _ = tokio::time::timeout(RENEW_LIMIT, asked).await;
}

/// Ends an executor that `run` started, and closes the connection.
async fn end_executor(relay: &mut Relay<'_>) {
    if relay.inventory.detached {
        let _ = relay.executor.send(&ToExecutor::Exit).await;
    }
    relay.uplink.close().await;
}

/// Takes the worker off the server's list.
///
/// With results to report it stays there: a server that is told of the end would
/// count their jobs as lost.
async fn sign_off(unreported: u32, options: &Options, credential: &Credential) {
    if unreported > 0 {
        tracing::warn!(
            unreported,
            "not unregistered: results are kept in the journal and reported by the next start"
        );
        return;
    }
    let endpoint = format!("/workers/{}/unregister", credential.worker_id);
    let body = serde_json::json!({});
    let asked =
        options
            .network
            .post::<serde_json::Value>(&endpoint, Some(credential.secret()), &body);
    match tokio::time::timeout(Duration::from_secs(3), asked).await {
        Ok(Ok(_)) => tracing::info!("unregistered"),
        Ok(Err(error)) => {
            tracing::warn!(%error, "the server could not be told; it will notice by itself");
        }
        Err(_) => tracing::warn!("the server did not answer in time; it will notice by itself"),
    }
}

/// A removed worker's steps must not go on.
async fn end_steps(relay: &mut Relay<'_>) {
    tracing::error!("the server refuses this worker for good; its running steps are ended");
    let _ = relay
        .executor
        .send(&ToExecutor::Drain(DrainMode::Exit))
        .await;
    let _ = relay.executor.send(&ToExecutor::CancelAll).await;
    let limit = Duration::from_millis(relay.own.config.kill_grace_ms) + Duration::from_secs(5);
    let ended = async {
        loop {
            if relay.executor.send(&ToExecutor::Status).await.is_err() {
                return;
            }
            let Some(message) = relay.executor.next().await else {
                return;
            };
            if let Some(crate::wire::FromExecutor::Load(load)) = read(&message)
                // What was said before the drain says nothing of its end.
                && load.draining.is_some()
                && load.outstanding() == load.unreported
            {
                return;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    let _ = tokio::time::timeout(limit, ended).await;
    if relay.inventory.detached {
        let _ = relay.executor.send(&ToExecutor::Exit).await;
    }
}
