//! Load and side-by-side measurements of pulse. Says what is, judges nothing by its exit code.

mod floor;
mod run;
mod say;

use std::net::SocketAddr;

use anyhow::Context;
use clap::{Parser, Subcommand};
use tokio::runtime;

#[derive(Debug, Parser)]
#[command(version, about)]
struct Arguments {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Debug, Subcommand)]
enum Verb {
    /// Measure a pulse stack beside the floor, on a private PostgreSQL
    Run(run::Options),
    /// Serve the floor: the least that any durable system does
    FloorServer {
        /// Where to listen; the address that was taken is the first line on stdout
        #[arg(long, default_value = "127.0.0.1:0")]
        listen: SocketAddr,
        /// The URL of the database
        #[arg(long)]
        database: String,
        /// The most connections to the database
        #[arg(long, default_value_t = 10)]
        pool: u32,
    },
    /// Run commands for a floor server
    FloorAgent {
        #[arg(long)]
        server: SocketAddr,
    },
}

fn main() -> anyhow::Result<()> {
    match Arguments::parse().verb {
        Verb::Run(options) => current_thread()?.block_on(run::run(&options)),
        Verb::FloorServer {
            listen,
            database,
            pool,
        } => runtime::Builder::new_multi_thread()
            .enable_all()
            .build()
            .context("cannot start the runtime")?
            .block_on(floor::serve(listen, &database, pool)),
        Verb::FloorAgent { server } => current_thread()?.block_on(floor::work(server)),
    }
}

fn current_thread() -> anyhow::Result<runtime::Runtime> {
    runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .context("cannot start the runtime")
}
