//! Where the command line calls the server.

use std::{
    error::Error,
    io,
    net::SocketAddr,
    path::{Path, PathBuf},
};

use super::{
    args::MigrateMode,
    diagnosis::diagnose,
    failure::Failure,
    reload::Reload,
    say::{out, say},
    signals::Signals,
    token_file::TokenFile,
};
use crate::{
    app::Host,
    backup::{self, BackupError, Occupied},
    config::{Config, Environment},
    files, serve, service_manager, store,
    supervisor::Supervisor,
};

/// Serves until a signal says otherwise.
pub(crate) async fn serve(
    (config, host): (Config, Host),
    ready_file: Option<PathBuf>,
    reload: Option<Reload>,
) -> Result<(), Failure> {
    let supervisor = Supervisor::new();
    let stop = supervisor.stopping().clone();
    let mut signals = Signals::listen()?;
    if let Some(reload) = reload {
        supervisor.spawn("reload", reload.obey(signals.keep_hangup()));
    }
    supervisor.spawn("signals", signals.obey(stop.clone()));
    supervisor.spawn("watchdog", service_manager::keep_watch(stop.clone()));
    let (listen, url) = (config.server.listen, config.database.url.clone());
    let stopping = stop.clone();
    supervisor.spawn("goodbye", async move {
        stopping.cancelled().await;
        service_manager::stopping();
    });
    let ready = move |address: SocketAddr| {
        service_manager::ready();
        let Some(path) = ready_file else { return };
        if let Err(error) = files::replace(&path, &format!("{address}\n"), 0o644) {
            tracing::warn!(path = %path.display(), %error, "cannot write the ready file");
        }
    };
    match serve::serve((config, host), stop, ready).await {
        Ok(()) => Ok(()),
        Err(error) => Err(match listen_failure(listen, &error) {
            Some(failure) => failure,
            None => diagnose(&url)
                .await
                .unwrap_or_else(|| Failure::because("cannot serve", &error)),
        }),
    }
}

/// Brings the database to this version, or says what is missing.
pub(crate) async fn migrate(config: Config, mode: MigrateMode) -> Result<(), Failure> {
    let url = &config.database.url;
    let migrated = match mode {
        MigrateMode::Apply => store::migrate(url.expose()).await,
        MigrateMode::Check => store::pending_migrations(url.expose()).await,
    };
    let names = match migrated {
        Ok(names) => names,
        Err(error) => {
            let failure = diagnose(url).await;
            return Err(failure.unwrap_or_else(|| Failure::because("cannot migrate", &error)));
        }
    };
    match (mode, names.as_slice()) {
        (_, []) => say("the database is up to date"),
        (MigrateMode::Apply, names) => {
            for name in names {
                say(&format!("applied {name}"));
            }
        }
        (MigrateMode::Check, names) => {
            let text = format!(
                "the database is not up to date: {} pending",
                names.join(", ")
            );
            return Err(Failure::error(text).hint("pulsed migrate"));
        }
    }
    Ok(())
}

/// Writes the whole database into a file.
pub(crate) async fn backup(
    config: Config,
    environment: &Environment,
    file: &Path,
) -> Result<(), Failure> {
    let programs = environment.find("PULSE_PG_BIN").map(Path::new);
    match backup::write(&config.database.url, programs, file).await {
        Ok(bytes) => {
            say(&format!("{bytes} bytes are in {}", file.display()));
            Ok(())
        }
        Err(error) => Err(failed_with("cannot back the database up", &error, &config).await),
    }
}

/// Fills the database from a file.
pub(crate) async fn restore(
    config: Config,
    environment: &Environment,
    (file, occupied): (&Path, Occupied),
) -> Result<(), Failure> {
    let programs = environment.find("PULSE_PG_BIN").map(Path::new);
    let restored = backup::read_back(&config.database.url, (programs, file), occupied).await;
    match restored.as_deref() {
        Ok([]) => say("the database is restored, and up to date"),
        Ok(pending) => say(&format!(
            "the database is restored; `pulsed serve` or `pulsed migrate` brings it up to date: {} pending",
            pending.join(", ")
        )),
        Err(error) => return Err(failed_with("cannot restore the database", error, &config).await),
    }
    Ok(())
}

/// A failure around the database: it may be away, or say what to type.
async fn failed_with(what: &str, error: &BackupError, config: &Config) -> Failure {
    if let BackupError::Database(_) = error
        && let Some(failure) = diagnose(&config.database.url).await
    {
        return failure;
    }
    let failure = Failure::because(what, error);
    match error.hint() {
        Some(hint) => failure.hint(hint),
        None => failure,
    }
}

/// Creates an administrator and hands over the token, the only time it is shown.
pub(crate) async fn create_admin(
    config: Config,
    (name, ttl_seconds): (String, u32),
    token_file: Option<PathBuf>,
) -> Result<(), Failure> {
    let path = token_file.filter(|path| path.as_os_str() != "-");
    let file = path.map(TokenFile::create).transpose()?;
    let token = match serve::create_admin(&config, &name, ttl_seconds).await {
        Ok(token) => token,
        Err(error) => {
            let failure = diagnose(&config.database.url).await;
            let what = format!("cannot create the administrator {name}");
            return Err(failure.unwrap_or_else(|| Failure::because(&what, &error)));
        }
    };
    match file {
        Some(file) => file.fill(&token),
        None => out(&format!("{token}\n")),
    }
}

/// A failure to bind names the address and the flag that changes it.
fn listen_failure(listen: SocketAddr, error: &(dyn Error + 'static)) -> Option<Failure> {
    let mut next = Some(error);
    while let Some(error) = next {
        let kind = error.downcast_ref::<io::Error>().map(io::Error::kind);
        let (why, hint) = match kind {
            Some(io::ErrorKind::AddrInUse) => (
                "another program listens there",
                "stop it, or choose another address: --listen 127.0.0.1:8081",
            ),
            Some(io::ErrorKind::AddrNotAvailable) => (
                "this host does not have that address",
                "choose one of its own: --listen 127.0.0.1:8080",
            ),
            Some(io::ErrorKind::PermissionDenied) if listen.port() < 1024 => (
                "ports below 1024 are reserved for root",
                "choose a higher port: --listen 127.0.0.1:8080",
            ),
            Some(_) | None => {
                next = error.source();
                continue;
            }
        };
        return Some(Failure::error(format!("cannot listen on {listen}: {why}")).hint(hint));
    }
    None
}
