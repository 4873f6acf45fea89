//! The measurements: a pulse stack and the floor, in turns, on one PostgreSQL.

mod alternate;
mod client;
mod fleet;
mod floor;
mod herd;
mod host;
mod idle;
mod latency;
mod numbers;
mod programs;
mod report;
mod shipped;
mod simulated;
mod ssh;
mod stack;
mod start_up;
mod throughput;

use std::path::PathBuf;

use anyhow::Context as _;
use clap::Args;

use self::{
    floor::Floor,
    programs::Programs,
    report::{Report, Row},
    stack::{Keep, Stack},
};
use crate::say;

/// How many agents a fan-out reaches.
const FAN: usize = 50;
/// How many agents are connected where the server's memory is measured.
const FLEET: usize = 1000;

/// What to measure.
#[derive(Debug, Args)]
pub(crate) struct Options {
    /// Fewer samples: a first impression in about a minute
    #[arg(long)]
    quick: bool,
    /// Print JSON in place of the table
    #[arg(long)]
    json: bool,
    /// An empty folder for the database and everything else; it is removed afterwards
    #[arg(long)]
    dir: Option<PathBuf>,
    /// Only these, separated by commas: idle, latency, throughput, start, fan, fleet, herd
    #[arg(long, value_delimiter = ',')]
    only: Vec<String>,
    /// How many agents the herd has; it is measured only when it is named in --only
    #[arg(long, default_value_t = 10_000)]
    herd: usize,
    /// How many connections to the database the floor may have; a pulse server has 10
    #[arg(long, default_value_t = 10)]
    floor_pool: u32,
    /// Leave the folder as it is, with the logs
    #[arg(long)]
    keep: bool,
}

impl Options {
    fn wants(&self, name: &str) -> bool {
        self.only.is_empty() || self.only.iter().any(|only| only == name)
    }

    /// How often to do something: the first number, or the second in a quick run.
    fn rounds(&self, whole: usize, quick: usize) -> usize {
        if self.quick { quick } else { whole }
    }
}

/// Measures everything and prints it.
pub(crate) async fn run(options: &Options) -> anyhow::Result<()> {
    let mut report = Report::default();
    tokio::select! {
        measured = measure(options, &mut report) => measured?,
        stop = tokio::signal::ctrl_c() => {
            stop?;
            anyhow::bail!("stopped");
        }
    }
    if options.json {
        say::line(&report.json()?)?;
    } else {
        say::line(&report.table())?;
    }
    Ok(())
}

async fn measure(options: &Options, report: &mut Report) -> anyhow::Result<()> {
    let programs = Programs::find()?;
    let load = host::load();
    report.add(Row::of("load average before".to_owned(), "", load));
    let keep = if options.keep {
        Keep::Folder
    } else {
        Keep::Nothing
    };
    let mut stack = Stack::new(&programs, options.dir.clone(), keep)?;
    say::progress("starting PostgreSQL, a server and one agent");
    stack.start(1).context("the stack does not start")?;
    if options.wants("idle") {
        idle::measure(options, (&programs, &stack), report).await?;
    }
    let mut floor = Floor::start(&programs, &stack, options.floor_pool).await?;
    floor.agents(1).await?;
    if options.wants("latency") {
        latency::one_step(options, (&stack, &floor), report).await?;
    }
    if options.wants("throughput") {
        throughput::measure(options, (&stack, &floor), report).await?;
    }
    if options.wants("start") {
        start_up::measure(options, &stack, report).await?;
    }
    if options.wants("fan") {
        say::progress(&format!("starting {FAN} agents"));
        stack.stop()?;
        floor.stop();
        stack.start(FAN)?;
        floor = Floor::start(&programs, &stack, options.floor_pool).await?;
        floor.agents(FAN).await?;
        latency::fan_out(options, (&stack, &floor), report).await?;
    }
    floor.stop();
    if options.wants("fleet") {
        fleet::measure(options, &mut stack, report).await?;
    }
    // It takes several minutes and thousands of open files: not without being asked for.
    if options.only.iter().any(|only| only == "herd") {
        herd::measure(options, (&programs, &mut stack), report).await?;
    }
    stack.stop()
}
