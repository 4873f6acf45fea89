//! The pulse server: edge → domain → store → model, over PostgreSQL.
//!
//! This file only names the parts; what is typed is read in `cli`.

mod app;
mod aside;
mod backup;
mod beats;
mod board;
mod causes;
mod certificate;
mod cli;
mod clock;
mod config;
mod courier;
mod dev;
mod domain;
mod edge;
mod failpoint;
mod files;
mod key_file;
mod library;
mod logging;
mod memory;
mod meters;
mod model;
mod outcomes;
mod plain_http;
mod refusals;
mod serve;
mod service_manager;
mod store;
mod supervisor;
mod switchboard;

use std::process::ExitCode;

fn main() -> ExitCode {
    cli::run()
}
