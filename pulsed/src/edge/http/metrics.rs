//! `/metrics`: what is counted here and what the database knows, in the text of OpenMetrics.

use std::{collections::BTreeSet, sync::atomic::AtomicU64};

use axum::{
    extract::State,
    http::header,
    response::{IntoResponse, Response},
};
use prometheus_client::{
    encoding::text::{encode_eof, encode_registry},
    metrics::{counter::Counter, family::Family, gauge::Gauge, info::Info},
    registry::Registry,
};
use pulse_api::{
    http::health::TimerView,
    status::{ExecutionStatus, JobStatus, WorkerStatus},
};

use crate::{
    app::App,
    domain::{PoolUse, metrics},
    model::metrics::Facts,
};

/// What Prometheus reads; the version is that of the text.
const MEDIA_TYPE: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";

/// A number for each set of labels.
type Gauges<const N: usize> = Family<[(&'static str, String); N], Gauge<f64, AtomicU64>>;

/// Answers with every number.
pub(super) async fn show(State(app): State<App>) -> Response {
    let mut registry = Registry::with_prefix("pulse");
    own(&mut registry, &app);
    // The fleet's numbers need not wait behind calls: who asks wants to know why calls wait.
    match metrics::facts(&app.reserved()).await {
        Ok(facts) => {
            alone(
                &mut registry,
                ("database_up", "Whether the database answers"),
                1.0,
            );
            fleet(&mut registry, &facts);
            work(&mut registry, &facts);
        }
        Err(error) => {
            tracing::warn!(%error, "the fleet's numbers cannot be read");
            alone(
                &mut registry,
                ("database_up", "Whether the database answers"),
                0.0,
            );
        }
    }
    let mut text = app.meters().text();
    // Writing into a string cannot fail.
    let _ = encode_registry(&mut text, &registry);
    let _ = encode_eof(&mut text);
    ([(header::CONTENT_TYPE, MEDIA_TYPE)], text).into_response()
}

/// Adds one kind of number.
fn add<const N: usize>(
    registry: &mut Registry,
    (name, help): (&'static str, &'static str),
    numbers: impl IntoIterator<Item = ([(&'static str, String); N], f64)>,
) {
    let gauges = Gauges::<N>::default();
    for (labels, number) in numbers {
        gauges.get_or_create(&labels).inc_by(number);
    }
    registry.register(name, help, gauges);
}

/// Adds a number that stands alone.
fn alone(registry: &mut Registry, (name, help): (&'static str, &'static str), number: f64) {
    let gauge = Gauge::<f64, AtomicU64>::default();
    gauge.set(number);
    registry.register(name, help, gauge);
}

/// Adds one kind of number that only grows.
fn count(
    registry: &mut Registry,
    (name, help): (&'static str, &'static str),
    numbers: impl IntoIterator<Item = ((&'static str, String), u64)>,
) {
    let counters = Family::<[(&'static str, String); 1], Counter>::default();
    for (label, number) in numbers {
        counters.get_or_create(&[label]).inc_by(number);
    }
    registry.register(name, help, counters);
}

/// This replica: its version, its connections to the database, its timers.
fn own(registry: &mut Registry, app: &App) {
    let version = [("version", env!("CARGO_PKG_VERSION"))];
    registry.register("build", "The version of this server", Info::new(version));
    let pools = app.pools();
    let now = |number: fn(PoolUse) -> u32| {
        pools.map(|(name, state)| ([("pool", name.to_owned())], f64::from(number(state))))
    };
    let open = ("pool_connections", "Open connections to the database");
    add(registry, open, now(|pool| pool.open));
    let idle = ("pool_idle", "Connections to the database that nobody uses");
    add(registry, idle, now(|pool| pool.idle));
    let most = ("pool_size", "The most connections to the database");
    add(registry, most, now(|pool| pool.most));
    let since = |number: fn(PoolUse) -> u64| {
        pools.map(|(name, state)| (("pool", name.to_owned()), number(state)))
    };
    let waits = ("pool_waits", "How often a connection had to be waited for");
    count(registry, waits, since(|pool| pool.waited));
    let timeouts = ("pool_timeouts", "How often no connection came in time");
    count(registry, timeouts, since(|pool| pool.timed_out));
    timers(registry, app);
}

fn timers(registry: &mut Registry, app: &App) {
    let views = app.timers().views();
    let last = views.iter().filter_map(|timer| {
        let seconds = timer.last_run_at?.as_duration().as_secs_f64();
        Some(([("timer", timer.name.clone())], seconds))
    });
    let when = ("timer_last_run_timestamp_seconds", "When a timer ran last");
    add(registry, when, last);
    let since = |number: fn(&TimerView) -> u64| {
        views
            .iter()
            .map(move |timer| (("timer", timer.name.clone()), number(timer)))
    };
    let runs = ("timer_runs", "How often a timer has run");
    count(registry, runs, since(|timer| timer.runs));
    let failures = ("timer_failures", "How often a timer has failed");
    count(registry, failures, since(|timer| timer.failures));
}

/// Workers: how many, of what kind, and when they were heard.
fn fleet(registry: &mut Registry, facts: &Facts) {
    let live = |status: &&WorkerStatus| **status != WorkerStatus::Deleted;
    let zeros = regions(facts).flat_map(|region| {
        WorkerStatus::ALL
            .iter()
            .filter(live)
            .map(move |s| (s, region))
    });
    let zeros = zeros.map(|(status, region)| (status.as_str(), region, 0.0));
    let counts = facts.workers.iter().map(|group| {
        (
            group.status.as_str(),
            group.region.as_str(),
            float(group.count),
        )
    });
    let labelled = zeros.chain(counts).map(|(status, region, count)| {
        let labels = [("status", status.to_owned()), ("region", region.to_owned())];
        (labels, count)
    });
    add(
        registry,
        ("workers", "Workers by what is heard of them"),
        labelled,
    );
    let wanted = facts.workers.iter().map(|group| {
        let label = [("admin_state", group.admin_state.clone())];
        (label, float(group.count))
    });
    add(
        registry,
        ("workers_wanted", "Workers by what operators want of them"),
        wanted,
    );
    let active = facts
        .workers
        .iter()
        .filter(|group| group.status == "online" && group.admin_state == "active");
    let slots = active.map(|group| (group.region.as_str(), float(group.slots)));
    let zeros = regions(facts).map(|region| (region, 0.0));
    let slots = zeros
        .chain(slots)
        .map(|(region, slots)| ([("region", region.to_owned())], slots));
    add(
        registry,
        (
            "worker_slots",
            "Jobs that online, active workers take at once",
        ),
        slots,
    );
    kinds(registry, facts);
    silence(registry, facts);
    let replicas = float(facts.replicas);
    alone(
        registry,
        ("replicas", "Servers that live on this database"),
        replicas,
    );
}

/// What workers can do, and what is left to do for those that shall do nothing more.
fn kinds(registry: &mut Registry, facts: &Facts) {
    let runtimes = facts
        .runtimes
        .iter()
        .map(|it| ([("runtime", it.runtime.clone())], float(it.count)));
    add(
        registry,
        ("worker_runtimes", "Online workers that have a runtime"),
        runtimes,
    );
    let left = facts
        .drains
        .iter()
        .map(|it| ([("worker", it.worker.clone())], float(it.jobs_left)));
    add(
        registry,
        (
            "drain_jobs_left",
            "Jobs still in the hands of workers that drain or are held",
        ),
        left,
    );
}

fn silence(registry: &mut Registry, facts: &Facts) {
    let heard = facts.heartbeats.iter().map(|it| {
        let labels = [("worker", it.worker.clone()), ("region", it.region.clone())];
        (labels, it.seconds)
    });
    add(
        registry,
        (
            "worker_heartbeat_age_seconds",
            "Since a worker was heard; the thousand that have been silent longest",
        ),
        heard,
    );
    let online = || {
        facts
            .workers
            .iter()
            .filter(|group| group.status == "online")
    };
    let most = online().map(|group| group.silent_most).fold(0.0, f64::max);
    let count: f64 = online().map(|group| float(group.count)).sum();
    let sum: f64 = online().map(|group| group.silent_sum).sum();
    let mean = if count > 0.0 { sum / count } else { 0.0 };
    let numbers = [
        ([("of", "longest".to_owned())], most),
        ([("of", "average".to_owned())], mean),
    ];
    add(
        registry,
        ("heartbeat_age_seconds", "Since online workers were heard"),
        numbers,
    );
}

/// The regions that have workers.
fn regions(facts: &Facts) -> impl Iterator<Item = &str> {
    let regions: BTreeSet<&str> = facts.workers.iter().map(|it| it.region.as_str()).collect();
    regions.into_iter()
}

/// Jobs and executions that have not ended.
fn work(registry: &mut Registry, facts: &Facts) {
    let open = [JobStatus::Pending, JobStatus::Polled, JobStatus::Running];
    let zeros = regions(facts).flat_map(|region| open.map(|status| (status.as_str(), region, 0.0)));
    let counts = facts
        .queue
        .iter()
        .map(|it| (it.status.as_str(), it.region.as_str(), float(it.count)));
    let depth = zeros.chain(counts).map(|(status, region, count)| {
        let labels = [("status", status.to_owned()), ("region", region.to_owned())];
        (labels, count)
    });
    add(
        registry,
        ("queue_jobs", "Jobs that wait, are offered, or run"),
        depth,
    );
    let waiting = facts.queue.iter().filter(|it| it.status == "pending");
    let oldest = waiting.map(|it| it.oldest).fold(0.0, f64::max);
    alone(
        registry,
        (
            "queue_oldest_seconds",
            "How long the oldest waiting job has waited",
        ),
        oldest,
    );
    let open = [
        ExecutionStatus::Pending,
        ExecutionStatus::Running,
        ExecutionStatus::Waiting,
    ];
    let zeros = open.map(|status| ([("status", status.to_string())], 0.0));
    let counts = facts
        .executions
        .iter()
        .map(|it| ([("status", it.status.clone())], float(it.count)));
    let executions = zeros.into_iter().chain(counts);
    add(
        registry,
        ("executions_open", "Executions that have not ended"),
        executions,
    );
    alone(
        registry,
        ("prompts_open", "Questions that wait for an answer"),
        float(facts.prompts_open),
    );
}

/// Exact up to 2^53, which no count here reaches.
#[expect(clippy::cast_precision_loss, reason = "no count here reaches 2^53")]
fn float(count: u64) -> f64 {
    count as f64
}
