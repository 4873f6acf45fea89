//! Serving: the database, the doors and the timers, started and stopped in order.

use std::{io, net::SocketAddr, path::Path, time::Duration};

use pulse_api::{http::tokens::CreateToken, status::Role};
use tokio::{net::TcpListener, sync::mpsc};
use tokio_util::sync::CancellationToken;

use crate::{
    app::{App, Host},
    causes::error_chain,
    config::Config,
    domain::{
        events,
        executions::batch::{self, Starter},
        jobs::report::{self, Intake},
        lookups::{Lookups, look_all},
        perform,
        secrets::{
            keys::KeyTrouble,
            rotate::{self, Extent, Rotated},
        },
        server,
        tokens::{Create, CreateError},
    },
    edge::{
        http::{self, listener::Door, tls::Tls},
        timers,
    },
    model::{access::User, wake::Wake},
    service_manager,
    store::{self, MigrateError, StoreError},
    supervisor::Supervisor,
};

/// How long a stop may take before what is left is cut off.
const STOP_PATIENCE: Duration = Duration::from_secs(10);

/// Whether the database must survive a crash with what it acknowledged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Durability {
    Required,
    /// For development only.
    Any,
}

/// Why the server does not serve.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ServeError {
    #[error("cannot listen on {address}")]
    Listen {
        address: SocketAddr,
        #[source]
        source: io::Error,
    },
    #[error("the database cannot be used")]
    Database(#[source] MigrateError),
}

/// Why no admin was made.
#[derive(Debug, thiserror::Error)]
pub(crate) enum AdminError {
    #[error("the database cannot be used")]
    Database(#[from] MigrateError),
    #[error("could not make the token")]
    Create(#[from] CreateError),
}

/// Why the key of secrets was not changed.
#[derive(Debug, thiserror::Error)]
pub(crate) enum RotateError {
    #[error("the database cannot be used")]
    Database(#[from] MigrateError),
    #[error(transparent)]
    Key(#[from] KeyTrouble),
}

/// Serves until `stop`. A database that is not there yet is waited for.
pub(crate) async fn serve(
    (config, host): (Config, Host),
    stop: CancellationToken,
    ready: impl FnOnce(SocketAddr),
) -> Result<(), ServeError> {
    let address = config.server.listen;
    let listen = |source| ServeError::Listen { address, source };
    let listener = TcpListener::bind(address).await.map_err(listen)?;
    let bound = listener.local_addr().map_err(listen)?;
    let supervisor = Supervisor::under(stop.clone());
    let (intake, reports) = Intake::new();
    let (starter, calls) = Starter::new();
    let (lookups, tokens) = Lookups::new();
    let url = config.database.url.expose().to_owned();
    let durability = if config.server.dev {
        Durability::Any
    } else {
        Durability::Required
    };
    let (app, hints) = App::new(config, (intake, starter, lookups), supervisor.clone(), host);

    supervisor.spawn("starts", batch::start_all(app.clone(), calls, stop.clone()));
    supervisor.spawn("lookups", look_all(app.clone(), tokens, stop.clone()));
    let (failed, mut failure) = mpsc::channel(1);
    let starting = (app.clone(), url, durability);
    supervisor.spawn("start", async move {
        let (app, url, durability) = starting;
        match prepare(&app, &url, durability).await {
            Ok(true) => run(&app, url, reports, hints),
            Ok(false) => {}
            Err(error) => {
                // The receiver waits for exactly this.
                let _ = failed.send(error).await;
            }
        }
    });
    tracing::info!(%bound, "listening");
    ready(bound);
    let door = Door {
        router: http::router(app.clone()),
        tls: app.certificate().cloned().map(Tls::showing),
    };
    let serving = http::listener::serve(listener, door, &supervisor, stop.clone());
    let outcome = tokio::select! {
        () = serving => Ok(()),
        Some(error) = failure.recv() => Err(ServeError::Database(error)),
    };
    stop.cancel();
    if let Err(error) = server::leave(&app).await {
        tracing::debug!(%error, "the replica's end is not recorded");
    }
    supervisor.shutdown(STOP_PATIENCE).await;
    outcome
}

/// Starts everything that needs the database.
fn run(app: &App, url: String, reports: report::Queue, hints: mpsc::UnboundedReceiver<Wake>) {
    let supervisor = app.supervisor();
    let stop = supervisor.stopping().clone();
    supervisor.spawn(
        "reports",
        report::record_all(app.clone(), reports, stop.clone()),
    );
    supervisor.spawn("hints", send_hints(app.clone(), hints));
    supervisor.spawn("listen", hear_hints(app.clone(), url));
    timers::start(&app.reserved());
    tracing::info!("the database is ready");
    service_manager::status("serving");
}

/// Waits for the database and brings it up to date; gives `false` when stopped meanwhile.
async fn prepare(app: &App, url: &str, durability: Durability) -> Result<bool, MigrateError> {
    let stop = app.supervisor().stopping().clone();
    let mut wait = Duration::from_millis(100);
    let mut has_said = false;
    loop {
        match ready_database(url, durability).await {
            Ok(()) => break,
            Err(MigrateError::Unavailable(error)) => {
                if !has_said {
                    let cause = error_chain(&error);
                    let hint = "`pulsed doctor` looks for what is in the way";
                    tracing::warn!(%cause, hint, "waiting for the database");
                    service_manager::status(&format!("waiting for the database: {cause}"));
                }
                has_said = true;
            }
            Err(error @ (MigrateError::Database(_) | MigrateError::Failed(_))) => {
                let cause = error_chain(&error);
                tracing::error!(%cause, "the database is not ready: trying again");
                service_manager::status(&format!("the database is not ready: {cause}"));
            }
            Err(error @ MigrateError::Unsafe(_)) => return Err(error),
        }
        tokio::select! {
            () = stop.cancelled() => return Ok(false),
            () = tokio::time::sleep(wait) => wait = (wait * 2).min(Duration::from_secs(1)),
        }
    }
    while let Err(error) = begin(app).await {
        tracing::warn!(%error, "waiting for the database");
        tokio::time::sleep(wait).await;
    }
    Ok(!stop.is_cancelled())
}

/// Takes this replica's place among the others.
async fn begin(app: &App) -> Result<(), StoreError> {
    let stop = app.supervisor().stopping();
    let mut pieces = 0;
    while perform(app, &events::Settle).await? {
        if stop.is_cancelled() {
            return Ok(());
        }
        if pieces % 100 == 0 {
            tracing::info!(
                pieces,
                "taking what another database wrote out of the order of events"
            );
            service_manager::status("settling what another database wrote");
        }
        pieces += 1;
    }
    server::beat(app).await
}

async fn ready_database(url: &str, durability: Durability) -> Result<(), MigrateError> {
    if durability == Durability::Required {
        store::refuse_unsafe(url).await?;
    }
    for migration in store::migrate(url).await? {
        tracing::info!(migration, "migrated");
    }
    Ok(())
}

/// Sends hints to the other replicas, all that have gathered in one statement.
async fn send_hints(app: App, mut hints: mpsc::UnboundedReceiver<Wake>) {
    let stop = app.supervisor().stopping().clone();
    let mut batch = Vec::new();
    loop {
        batch.clear();
        tokio::select! {
            () = stop.cancelled() => return,
            count = hints.recv_many(&mut batch, 500) => if count == 0 { return },
        }
        batch.sort_by_key(ToString::to_string);
        batch.dedup();
        if let Err(error) = server::hint(&app, &batch).await {
            tracing::debug!(%error, "hints are lost; polling stays the truth");
        }
    }
}

/// Hears the hints of the other replicas.
async fn hear_hints(app: App, url: String) {
    let stop = app.supervisor().stopping().clone();
    let (wakes, mut heard) = mpsc::unbounded_channel();
    loop {
        let listening = store::listen(&url, &wakes);
        tokio::pin!(listening);
        let outcome: Result<(), StoreError> = loop {
            tokio::select! {
                () = stop.cancelled() => return,
                Some(wake) = heard.recv() => app.switchboard().wake(wake),
                outcome = &mut listening => break outcome,
            }
        };
        if let Err(error) = outcome {
            tracing::debug!(%error, "listening for hints again in a second");
        }
        tokio::select! {
            () = stop.cancelled() => return,
            () = tokio::time::sleep(Duration::from_secs(1)) => {}
        }
    }
}

/// Makes a token for an admin, bringing the database up to date first.
pub(crate) async fn create_admin(
    config: &Config,
    name: &str,
    ttl_seconds: u32,
) -> Result<String, AdminError> {
    store::migrate(config.database.url.expose()).await?;
    let app = idle(config);
    let create = Create {
        wish: CreateToken {
            name: name.to_owned(),
            role: Role::Admin,
            ttl_seconds,
            groups: None,
            workflows: None,
        },
        by: User::of_console("pulsed user create-admin"),
    };
    Ok(perform(&app, &create).await?.token)
}

/// Puts another key in the place of the one that secrets are sealed under.
pub(crate) async fn rotate_key(
    config: &Config,
    path: &Path,
    extent: Extent,
) -> Result<Rotated, RotateError> {
    if extent == Extent::Whole {
        store::migrate(config.database.url.expose()).await?;
    }
    Ok(rotate::rotate(&idle(config), path, extent).await?)
}

/// A replica that serves nobody, for a verb that somebody has typed.
fn idle(config: &Config) -> App {
    let (intake, _reports) = Intake::new();
    let (starter, _calls) = Starter::new();
    let (lookups, _tokens) = Lookups::new();
    let parts = (intake, starter, lookups);
    App::new(config.clone(), parts, Supervisor::new(), Host::default()).0
}
