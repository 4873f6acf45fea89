//! Notifications: channels, and what came of what they were told. Telling them is in `deliver`.

pub(crate) mod deliver;
mod put;
mod settle;
mod start;
mod test;
mod way;

use pulse_api::http::notifications::{ChannelView, NotificationView};
use serde_json::json;

pub(crate) use self::{
    put::{ChannelFault, Put, PutError},
    test::{Test, TestError, test},
};
use super::Verb;
use crate::{
    app::App,
    model::grant::Reach,
    store::{self, StoreError, Tx},
};
pub(crate) use store::notifications::Filter;

/// Removes a channel.
#[derive(Debug, Clone)]
pub(crate) struct Remove {
    pub(crate) name: String,
    pub(crate) by: String,
}

impl Verb for Remove {
    /// Whether there was such a channel.
    type Output = bool;
    type Error = StoreError;

    async fn run(&self, _app: &App, tx: &mut Tx) -> Result<bool, StoreError> {
        if !store::notifications::channels::delete(tx, &self.name).await? {
            return Ok(false);
        }
        store::audit::insert(tx, (&self.by, "channel.remove", &self.name), json!({}));
        Ok(true)
    }

    fn store_error(error: &StoreError) -> Option<&StoreError> {
        Some(error)
    }
}

/// A channel, as somebody sees it.
pub(crate) async fn find(
    app: &App,
    (name, reach): (&str, &Reach),
) -> Result<Option<ChannelView>, StoreError> {
    get(&mut app.store().read().await?, (name, reach)).await
}

async fn get(
    tx: &mut Tx,
    (name, reach): (&str, &Reach),
) -> Result<Option<ChannelView>, StoreError> {
    let found = store::notifications::channels::list(tx, (Some(name), reach), (None, 1)).await?;
    Ok(found.into_iter().next())
}

/// Channels by name.
pub(crate) async fn list(
    app: &App,
    reach: &Reach,
    part: (Option<String>, i64),
) -> Result<Vec<ChannelView>, StoreError> {
    store::notifications::channels::list(&mut app.store().read().await?, (None, reach), part).await
}

/// What was to be told about executions that somebody may see, newest first.
pub(crate) async fn told(
    app: &App,
    wanted: (&Filter, &Reach),
    part: (Option<i64>, i64),
) -> Result<Vec<NotificationView>, StoreError> {
    store::notifications::list(&mut app.store().read().await?, wanted, part).await
}
