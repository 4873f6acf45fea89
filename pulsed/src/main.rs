//! The pulse server: edge → domain → store → model, over PostgreSQL.
//!
//! This file only names the parts; what is typed is read in `cli`.

mod cli;
mod clock;
mod config;
mod dev;
mod files;
mod logging;
mod model;
mod store;
mod supervisor;

// Stand-ins until the real modules are here.
mod serve {
    pub(crate) async fn serve(
        config: crate::config::Config,
        stop: tokio_util::sync::CancellationToken,
        ready: impl FnOnce(std::net::SocketAddr),
    ) -> Result<(), std::io::Error> {
        let listener = tokio::net::TcpListener::bind(config.server.listen).await?;
        ready(listener.local_addr()?);
        stop.cancelled().await;
        Ok(())
    }

    #[expect(clippy::unused_async, reason = "stand-in")]
    pub(crate) async fn create_admin(
        _config: &crate::config::Config,
        name: &str,
    ) -> Result<String, std::io::Error> {
        Ok(name.to_owned())
    }
}
use std::process::ExitCode;

fn main() -> ExitCode {
    cli::run()
}
