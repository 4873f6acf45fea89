//! How one connection to PostgreSQL is made and what it insists on.

use std::time::Duration;

use diesel::{ConnectionError, ConnectionResult};
use diesel_async::{AsyncPgConnection, SimpleAsyncConnection};
use tokio_postgres::{Config, NoTls};

/// How long a caller waits for a free connection.
pub(super) const CHECK_OUT_TIMEOUT: Duration = Duration::from_secs(5);

/// What every session insists on: an acknowledged commit is on disk, and nothing waits for ever.
///
/// Every statement is planned once. The planner would plan those with arrays anew each time, at the
/// price of running them; and a plan made while a table was small must not read all of it later.
const SESSION: &str = "set synchronous_commit = on; set statement_timeout = '30s'; \
     set lock_timeout = '10s'; set idle_in_transaction_session_timeout = '10s'; \
     set timezone = 'UTC'; set jit = off; \
     set plan_cache_mode = force_generic_plan; set enable_seqscan = off";

/// Connects, noticing within seconds when the other side has gone silent.
pub(super) async fn establish(url: &str) -> ConnectionResult<AsyncPgConnection> {
    let bad = |error: tokio_postgres::Error| ConnectionError::BadConnection(chain(&error));
    let mut config: Config = url.parse().map_err(bad)?;
    config
        .application_name("pulsed")
        .connect_timeout(Duration::from_secs(5))
        .tcp_user_timeout(Duration::from_secs(10))
        .keepalives_idle(Duration::from_secs(5))
        .keepalives_interval(Duration::from_secs(2))
        .keepalives_retries(2);
    let (client, connection) = config.connect(NoTls).await.map_err(bad)?;
    let mut conn = AsyncPgConnection::try_from_client_and_connection(client, connection).await?;
    conn.batch_execute(SESSION)
        .await
        .map_err(ConnectionError::CouldntSetupConfiguration)?;
    Ok(conn)
}

/// An error with its causes in one line.
fn chain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        text = format!("{text}: {cause}");
        source = cause.source();
    }
    text
}
