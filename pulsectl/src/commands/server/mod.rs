//! `server`: how the server is.

mod backup;
mod restore;

use clap::{Args, Subcommand};
use pulse_api::http::health::{HealthView, ServerStatusView};
use reqwest::Method;

use crate::{
    app::App,
    client::{Call, read_json},
    error::{Exit, Failure, Kind},
    flags::Output,
    follow::size,
    ui::{Cell, Tone, document, render_table, time_cell},
};

/// Look at the server
#[derive(Debug, Subcommand)]
#[command(defer = true)]
pub(crate) enum Server {
    Status(Status),
    Version(Version),
    Metrics(Metrics),
    Backup(backup::Backup),
    Restore(restore::Restore),
}

impl Server {
    pub(crate) async fn run(self, app: &App) -> Result<Exit, Failure> {
        match self {
            Self::Status(command) => command.run(app).await,
            Self::Version(command) => command.run(app).await,
            Self::Metrics(command) => command.run(app).await,
            Self::Backup(command) => command.run(app).await,
            Self::Restore(command) => command.run(),
        }
    }
}

/// Show the server's state; exit code 3 when it is degraded
///
/// Of what runs by itself only what fails is shown; -o wide shows all of it.
#[derive(Debug, Args)]
pub(crate) struct Status {}

impl Status {
    async fn run(self, app: &App) -> Result<Exit, Failure> {
        let status: ServerStatusView = app.client()?.get("/server/status").await?;
        if app.ui.quiet {
            app.ui.data(&status.status)?;
        } else if app.ui.is_structured() {
            app.ui.structured(&status)?;
        } else {
            app.ui.data(describe(app, &status).trim_end())?;
        }
        Ok(if status.status == "ok" {
            Exit::OK
        } else {
            Kind::Failed.into()
        })
    }
}

fn describe(app: &App, status: &ServerStatusView) -> String {
    let database = &status.database;
    let connected = if database.connected {
        "connected"
    } else {
        "disconnected"
    };
    let version = database
        .version
        .as_ref()
        .map(|version| format!(" (PostgreSQL {version})"));
    let bytes = database.bytes.map(|bytes| format!(", {}", size(bytes)));
    let (workers, queue) = (&status.workers, &status.queue);
    let oldest = queue
        .oldest_pending_seconds
        .map(|seconds| format!(", oldest waits {seconds:.1} s"));
    let certificate = status.certificate_expires_at;
    let certificate = certificate.map(|at| format!("good until {}", app.ui.times.show(at)));
    let head = document(&[
        ("Status", status.status.clone()),
        (
            "Version",
            format!("{} (protocol {})", status.version, status.protocol),
        ),
        (
            "Database",
            format!(
                "{connected}{}{}",
                version.unwrap_or_default(),
                bytes.unwrap_or_default()
            ),
        ),
        ("Certificate", certificate.unwrap_or_default()),
        ("Migration", status.migration.clone().unwrap_or_default()),
        (
            "Workers",
            format!(
                "{} online, {} unreachable, {} offline",
                workers.online, workers.unreachable, workers.offline
            ),
        ),
        ("Agents", agents(status)),
        ("Leader", LEADER.to_owned()),
        (
            "Queue",
            format!(
                "{} pending, {} offered, {} running{}",
                queue.pending,
                queue.polled,
                queue.running,
                oldest.unwrap_or_default()
            ),
        ),
    ]);
    let timers = timers(app, status);
    let gap = if timers.is_empty() { "" } else { "\n\n" };
    format!("{head}\n{}{gap}{timers}", replicas(app, status))
}

/// Replicas are all equal: what runs by itself runs on each, and the database decides.
const LEADER: &str = "none, every replica does everything";

/// How many connected agents speak which version of the protocol.
fn agents(status: &ServerStatusView) -> String {
    let counts = status.agents.iter().map(|agents| {
        let what = match agents.protocol {
            Some(protocol) => format!("protocol {protocol}"),
            None => "the protocol before versions".to_owned(),
        };
        format!("{} with {what}", agents.count)
    });
    counts.collect::<Vec<_>>().join(", ")
}

fn replicas(app: &App, status: &ServerStatusView) -> String {
    let rows = status.replicas.iter().map(|replica| {
        vec![
            Cell::new(&replica.name),
            Cell::new(&replica.version),
            Cell::new(replica.sessions.to_string()),
            time_cell(Some(replica.seen_at), &app.ui.times),
        ]
    });
    render_table(
        &["replica", "version", "sessions", "seen"],
        rows.collect(),
        app.ui.paint,
    )
}

/// What runs by itself: all of it with `-o wide`, else what is in trouble.
fn timers(app: &App, status: &ServerStatusView) -> String {
    let is_all = app.ui.output == Output::Wide;
    let timers = status.timers.iter();
    let shown: Vec<_> = timers
        .filter(|timer| is_all || timer.last_error.is_some())
        .collect();
    if shown.is_empty() {
        return String::new();
    }
    let rows = shown.into_iter().map(|timer| {
        let tone = if timer.last_error.is_some() {
            Tone::Bad
        } else {
            Tone::Plain
        };
        vec![
            Cell::new(&timer.name),
            Cell::new(format!("{} ms", timer.period_ms)),
            Cell::new(timer.runs.to_string()),
            Cell::toned(timer.failures.to_string(), tone),
            time_cell(timer.last_run_at, &app.ui.times),
            Cell::maybe(timer.last_error.as_ref()),
        ]
    });
    let titles = [
        "timer",
        "period",
        "runs",
        "failures",
        "last run",
        "last error",
    ];
    render_table(&titles, rows.collect(), app.ui.paint)
}

/// Show the server's version; needs no token
#[derive(Debug, Args)]
pub(crate) struct Version {}

impl Version {
    async fn run(self, app: &App) -> Result<Exit, Failure> {
        let client = app.connect(app.settings.url()?.value, None)?;
        let call = Call::at(Method::GET, "/health".to_owned());
        let health: HealthView = read_json(client.ask(&call).await?).await?;
        let line = format!(
            "pulsed {} (pulsectl {})",
            health.version,
            env!("CARGO_PKG_VERSION")
        );
        app.ui.done(("version", &health.version), &health, line)?;
        Ok(Exit::OK)
    }
}

/// Show the numbers that Prometheus reads
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  pulsectl server metrics
  pulsectl server metrics --match queue")]
pub(crate) struct Metrics {
    /// Only lines with this text
    #[arg(long = "match", value_name = "TEXT")]
    part: Option<String>,
}

impl Metrics {
    async fn run(self, app: &App) -> Result<Exit, Failure> {
        let call = Call::at(Method::GET, "/metrics".to_owned());
        let response = app.client()?.send(&call).await?;
        let text = response.text().await.map_err(|error| {
            Failure::new(Kind::Unreachable, "the answer of the server broke off").because(&error)
        })?;
        let part = self.part.as_deref().unwrap_or_default();
        for line in text.lines().filter(|line| line.contains(part)) {
            app.ui.data(line)?;
        }
        Ok(Exit::OK)
    }
}
