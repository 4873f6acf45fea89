//! Hints from the other replicas: PostgreSQL's LISTEN, never the truth.

use diesel_async::{AsyncPgConnection, RunQueryDsl};
use futures_util::StreamExt;
use tokio::sync::mpsc;

use super::{
    StoreError, Tx, connect,
    sql::sql,
    types::{Array, Text},
};
use crate::model::wake::{self, Wake};

/// The channel on which replicas wake each other.
const CHANNEL: &str = "pulse_wake";

/// Hands every hint to `wakes` until the connection breaks or nobody listens.
pub(crate) async fn listen(
    url: &str,
    wakes: &mpsc::UnboundedSender<Wake>,
) -> Result<(), StoreError> {
    let mut conn: AsyncPgConnection = connect::establish(url)
        .await
        .map_err(|error| StoreError::Unavailable(Box::new(error)))?;
    diesel::sql_query(format!("listen {CHANNEL}"))
        .execute(&mut conn)
        .await?;
    // Whatever was said while nobody listened here.
    if wakes.send(Wake::Followers).is_err() {
        return Ok(());
    }
    let mut notifications = std::pin::pin!(conn.notifications_stream());
    while let Some(notification) = notifications.next().await {
        let payload = notification?.payload;
        for wake in payload.lines().filter_map(Wake::parse) {
            if wakes.send(wake).is_err() {
                return Ok(());
            }
        }
    }
    Ok(())
}

impl Tx {
    /// Sends hints to the other replicas, all in one statement.
    pub(crate) async fn notify(&mut self, wakes: &[Wake]) -> Result<(), StoreError> {
        let payloads = wake::payloads(wakes);
        self.run(
            sql("select pg_notify('pulse_wake', payload) from unnest($1) as t (payload)")
                .bind::<Array<Text>, _>(payloads),
        )
        .await?;
        Ok(())
    }
}
